//! The data bearer: activations that fail again and again, an address of the wrong family, a computer that lives on the card.

use super::{answered, ended};
use crate::{
    air780e::verb::Verb,
    diagnosis::{
        Course, Fact, Trouble, catalogue as c,
        suspects::Suspects,
        trouble::{activates, command_of},
    },
    modem::event::{ExchangeRecord, Fault, LossCause},
};

/// The activation failed three times in a row, and it is still what is missing.
pub(super) fn stuck(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let is_about_data = matches!(trouble.fault, Fault::NotAttached { .. } | Fault::SessionLost(LossCause::BearerLost))
        || command_of(&trouble.fault).is_some_and(|line| activates(line) || line.verb().opens());
    if !is_about_data {
        return;
    }
    let tries = course.exchanges().rev().filter(|record| activates(&record.command));
    let failed: Vec<_> = tries.take_while(|record| record.result.is_err()).take(TOO_OFTEN).map(ended).collect();
    if failed.len() == TOO_OFTEN {
        suspects.seen(&c::BEARER_STUCK, failed.into_iter().rev());
    }
}

/// The only address is one of IPv6, and the broker was not reached.
pub(super) fn family(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let is_about_way = matches!(trouble.fault, Fault::NotResolved { .. })
        || command_of(&trouble.fault).is_some_and(|line| line.verb().opens() || line.verb() == Verb::Resolve);
    if !is_about_way {
        return;
    }
    let told = course.exchanges().rev().find_map(|record| {
        let is_asked = record.command.verb() == Verb::Bearer && record.result.is_ok();
        let line = record.answer.iter().find(|line| is_asked && !addresses(line).is_empty())?;
        Some((line.as_str(), answered(record, line)))
    });
    let by_status = || {
        let seen = course.status.address.as_ref()?;
        Some((seen.value.as_str(), Fact::at(seen.at, format!("{} → {}", seen.by, seen.value))))
    };
    if let Some((text, fact)) = told.or_else(by_status)
        && let addresses = addresses(text)
        && !addresses.is_empty()
        && addresses.iter().all(|is_long| *is_long)
    {
        suspects.likely(&c::ADDRESS_FAMILY, [fact]);
    }
}

/// The addresses in a line: whether each is one of IPv6, in its own form or as sixteen numbers (3GPP 27.007, `+CGPADDR`).
fn addresses(line: &str) -> Vec<bool> {
    let words = line.split([',', '"', ' ']).filter(|word| !word.is_empty());
    let family = |word: &str| {
        let numbers = word.split('.').filter(|part| part.parse::<u8>().is_ok()).count();
        match numbers {
            4 if word != "0.0.0.0" => Some(false),
            16.. => Some(true),
            _ => word.parse::<std::net::Ipv6Addr>().ok().filter(|address| !address.is_unspecified()).map(|_| true),
        }
    };
    words.filter_map(family).collect()
}

/// The module serves a computer as a network card, while the card gives no data.
pub(super) fn tethered(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let is_without_data = matches!(
        trouble.fault,
        Fault::NotRegistered { .. } | Fault::NotAttached { .. } | Fault::SessionLost(LossCause::BearerLost)
    );
    let is_asked = |record: &&ExchangeRecord| record.command.name() == "AT+RNDISCALL" && record.command.is_question();
    let Some(record) = course.exchanges().rfind(is_asked).filter(|_| is_without_data) else { return };
    let on = |line: &&String| line.split(':').nth(1).is_some_and(|value| value.trim_start().starts_with('1'));
    if let Some(line) = record.answer.iter().find(on) {
        suspects.possible(&c::TETHERED, [answered(record, line)]);
    }
}

const TOO_OFTEN: usize = 3;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{
        super::tests::{Kit, outcome, refusal},
        *,
    };
    use crate::{
        diagnosis::Certainty::{Likely, Possible, Seen},
        modem::event::Awaited,
    };

    #[test]
    fn three_activations_in_vain_and_no_success_since() {
        let twice = Kit::default().refused("AT+CIICR", 3).refused("AT+CIICR", 3);
        let trouble = twice.trouble(refusal("AT+CIICR", 3));
        assert_eq!(twice.of(stuck, &trouble), []);
        let often = twice.refused("AT+CGACT=1,1", 148);
        assert_eq!(often.of(stuck, &trouble), [("F-050", Seen)]);
        assert_eq!(often.of(stuck, &often.trouble(refusal("AT+MSUB=\"t\",0", 767))), [], "another matter");
        assert_eq!(often.works("AT+CIICR", "OK").of(stuck, &trouble), []);
    }

    #[test]
    fn an_address_of_the_other_family_alone_explains_a_broker_out_of_reach() {
        let failed = outcome("AT+MIPSTART=\"b\",1883", Awaited::Link, "CONNECT FAIL");
        let said = |line: &str| {
            let kit = Kit::default().works("AT+CGPADDR=1", line);
            kit.of(family, &kit.trouble(failed.clone()))
        };
        let long = "+CGPADDR: 1,\"36.8.132.1.0.0.0.0.0.0.0.0.0.0.0.1\"";
        assert_eq!(said(long), [("F-051", Likely)]);
        assert_eq!(said("+CGPADDR: 1,\"2408:8401::1\""), [("F-051", Likely)]);
        assert_eq!(said("+CGPADDR: 1,\"10.1.2.3\""), []);
        assert_eq!(said("+CGPADDR: 1,\"10.1.2.3\",\"2408:8401::1\""), []);
        assert_eq!(said("+CGPADDR: 1,\"0.0.0.0\""), []);
    }

    #[test]
    fn a_network_card_may_have_used_up_what_the_card_had() {
        let fault = || Fault::NotAttached { after: Duration::from_mins(1) };
        let on = Kit::default().works("AT+RNDISCALL?", "+RNDISCALL: 1,1");
        assert_eq!(on.of(tethered, &on.trouble(fault())), [("F-030", Possible)]);
        let off = Kit::default().works("AT+RNDISCALL?", "+RNDISCALL: 0,1");
        assert_eq!(off.of(tethered, &off.trouble(fault())), []);
        assert_eq!(on.of(tethered, &on.trouble(refusal("AT+MSUB=\"t\",0", 767))), []);
    }
}
