//! A module that starts: commands that came too early, and starts that were asked for.

use std::time::Duration;

use super::{ended, is_soon, met, sent};
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Fact, Trouble, catalogue as c, suspects::Suspects},
    modem::event::{ExchangeRecord, Fault, LossCause, PortFault},
    time::Moment,
};

/// A command that was refused while the module was starting, and taken later.
pub(super) fn too_early(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let Fault::Refused { command, .. } = &trouble.fault else { return };
    let Some(boot) = course.boots().iter().rfind(|boot| **boot <= trouble.at) else { return };
    // The card has words of its own for this.
    if matches!(command.verb(), Verb::Card | Verb::Unlock) || !is_soon(course, *boot, trouble.at, STARTING) {
        return;
    }
    let same = |record: &&ExchangeRecord| {
        record.sent_at > trouble.at && record.command.as_str() == command.as_str() && record.result.is_ok()
    };
    if let Some(again) = course.exchanges().chain(course.mending()).find(same) {
        suspects.seen(&c::TOO_EARLY, [Fact::at(*boot, "RDY"), met(trouble), ended(again)]);
    }
}

/// A port that vanished, or a module that fell silent, after a command that asks for it.
pub(super) fn asked_for(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let is_gone = matches!(
        trouble.fault,
        Fault::Port(PortFault::Unplugged { .. } | PortFault::Missing { .. }) | Fault::SessionLost(LossCause::Silent)
    );
    if let Some(record) = order(course, trouble.at).filter(|_| is_gone) {
        suspects.seen(&c::OWN_RESTART, [sent(record), met(trouble)]);
    }
}

/// Whether the start at `boot` was asked for.
pub(in super::super) fn is_asked_for(course: &Course, boot: Moment) -> bool {
    order(course, boot).is_some()
}

/// The command that asks for a start or an end at `at`.
fn order(course: &Course, at: Moment) -> Option<&ExchangeRecord> {
    let is_order = |record: &&ExchangeRecord| {
        matches!(record.command.verb(), Verb::Restart | Verb::PowerDown)
            && !matches!(record.result, Err(Fault::Refused { .. }))
            && is_soon(course, record.sent_at, at, OBEYS)
    };
    course.exchanges().rfind(is_order)
}

/// So long after its first line a module may refuse what it will take later.
const STARTING: Duration = Duration::from_secs(20);
/// A module starts within this after it was told to.
const OBEYS: Duration = Duration::from_secs(30);

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{Kit, refusal},
        *,
    };
    use crate::diagnosis::Certainty::Seen;

    #[test]
    fn the_same_line_that_works_later_came_too_early() {
        let said = |number: u32, pause: u64, again: &str| {
            let kit = Kit::default().hears("RDY").later(pause).refused("AT+MCONFIG=\"c\"", number);
            let trouble = kit.trouble(refusal("AT+MCONFIG=\"c\"", number));
            kit.later(5_000).works(again, "OK").of(too_early, &trouble)
        };
        let same = "AT+MCONFIG=\"c\"";
        assert_eq!(said(4, 2_000, same), [("F-206", Seen)]);
        assert_eq!(said(0, 2_000, same), [("F-206", Seen)]);
        assert_eq!(said(0, 2_000, "AT+MCONFIG=\"d\""), [], "another text works");
        assert_eq!(said(4, 60_000, same), [], "long after the start");
    }

    #[test]
    fn a_busy_card_and_a_refusal_without_a_start_have_other_causes() {
        let card = Kit::default().hears("RDY").later(2_000);
        let trouble = card.trouble(refusal("AT+CPIN?", 14));
        assert_eq!(card.later(5_000).works("AT+CPIN?", "+CPIN: READY").of(too_early, &trouble), []);
        let calm = Kit::default().refused("AT+MCONFIG=\"c\"", 4);
        let trouble = calm.trouble(refusal("AT+MCONFIG=\"c\"", 4));
        assert_eq!(calm.later(5_000).works("AT+MCONFIG=\"c\"", "OK").of(too_early, &trouble), []);
    }

    #[test]
    fn an_end_after_its_command_is_no_fault() {
        let gone = || Fault::Port(PortFault::Unplugged { port: "p".into() });
        let said = |kit: Kit| kit.of(asked_for, &kit.trouble(gone()));
        assert_eq!(said(Kit::default().works("AT+CFUN=1,1", "OK").later(500)), [("F-209", Seen)]);
        let off = Kit::default().works("AT+CPOWD=1", "OK").later(4_000);
        assert_eq!(off.of(asked_for, &off.loss(LossCause::Silent)), [("F-209", Seen)]);
        assert_eq!(said(Kit::default().works("AT+CFUN=1", "OK").later(500)), []);
        assert_eq!(said(Kit::default().works("AT+RESET", "OK").later(600_000)), [], "long ago");
        assert_eq!(said(Kit::default().refused("AT+RESET", 3).later(500)), [], "it was refused");
        let closed = Kit::default().works("AT+RESET", "OK").later(500);
        assert_eq!(closed.of(asked_for, &closed.loss(LossCause::SimRemoved)), []);
    }

    #[test]
    fn a_start_is_asked_for_by_a_command_shortly_before() {
        let kit = Kit::default().works("AT+RESET", "OK").later(3_000).hears("RDY").later(300_000).hears("RDY");
        let asked: Vec<_> = kit.course.boots().iter().map(|boot| is_asked_for(&kit.course, *boot)).collect();
        assert_eq!(asked, [true, false]);
    }
}
