//! TLS settings as somebody typed them: asked for where they were meant to be set, checks left out.

use super::{answered, ended, sent};
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Trouble, catalogue as c, suspects::Suspects, trouble::command_of},
    modem::event::ExchangeRecord,
};

/// A setting of MQTT's context that was only asked for, or emptied, and is empty.
pub(super) fn only_asked(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if command_of(&trouble.fault).is_none_or(|line| line.verb() != Verb::OpenTls) {
        return;
    }
    for key in KEYS {
        let about: Vec<_> = settings(course, key).collect();
        let value = |record: &ExchangeRecord| record.command.argument(2).unwrap_or_default().to_owned();
        let Some(last) = about.last().filter(|record| record.step.is_none() && value(record).is_empty()) else {
            continue;
        };
        let was_set = about.iter().any(|record| !value(record).is_empty());
        let is_asked = last.command.argument(2).is_none();
        let told = last.answer.iter().find(|line| line.starts_with("+SSLCFG"));
        match told {
            // Whoever looks at the settings asks the same; an empty suite or version is as good as any.
            Some(line) if is_asked && !was_set && is_empty(line) && FILES.contains(&key) => {
                suspects.likely(&c::QUERY_NOT_SET, [answered(last, line)]);
            }
            _ if !is_asked && was_set => suspects.seen(&c::QUERY_NOT_SET, [ended(last)]),
            _ => {}
        }
    }
}

/// Settings of `key` in the context of MQTT, oldest first.
fn settings<'a>(course: &'a Course, key: &str) -> impl DoubleEndedIterator<Item = &'a ExchangeRecord> {
    course.exchanges().filter(move |record| {
        record.command.verb() == Verb::TlsSetting
            && record.result.is_ok()
            && record.command.argument(0) == Some(key)
            && record.command.argument(1) == Some(MQTT)
    })
}

/// `+SSLCFG: "cacert",88,` or `…,""`.
fn is_empty(line: &str) -> bool {
    line.splitn(3, ',').nth(2).is_none_or(|value| value.trim().trim_matches('"').is_empty())
}

/// An encrypted link stands, and the level says that nobody is checked.
pub(super) fn nobody_checks(course: &Course, suspects: &mut Suspects) {
    let Some(open) =
        course.last(Verb::opens).filter(|record| record.command.verb() == Verb::OpenTls && record.result.is_ok())
    else {
        return;
    };
    // Whoever chose it in this program was told there.
    let is_typed = |record: &&ExchangeRecord| record.step.is_none() && record.command.argument(2).is_some();
    let level = settings(course, "seclevel").rfind(is_typed);
    if let Some(level) = level.filter(|record| record.command.argument(2) == Some("0") && record.sent_at < open.sent_at)
    {
        suspects.possible(&c::NOBODY_CHECKED, [sent(level), ended(open)]);
    }
}

/// The context of MQTT (reference, section 9).
const MQTT: &str = "88";
/// What has to be set before it can be of use.
const FILES: [&str; 3] = ["cacert", "clientcert", "clientkey"];
const KEYS: [&str; 6] = ["seclevel", "cacert", "clientcert", "clientkey", "ciphersuite", "sslversion"];

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{Kit, outcome},
        *,
    };
    use crate::{
        diagnosis::Certainty::{Likely, Possible, Seen},
        modem::event::Awaited,
    };

    const OPEN: &str = "AT+SSLMIPSTART=\"b\",8883";

    fn said(kit: Kit) -> Vec<(&'static str, crate::diagnosis::Certainty)> {
        let kit = kit.ends_in(OPEN, Awaited::Link, "CONNECT FAIL");
        kit.of(only_asked, &kit.trouble(outcome(OPEN, Awaited::Link, "CONNECT FAIL")))
    }

    #[test]
    fn a_setting_without_a_value_is_a_question() {
        let ask = "AT+SSLCFG=\"cacert\",88";
        assert_eq!(said(Kit::default().works(ask, "+SSLCFG: \"cacert\",88,\"\"")), [("F-091", Likely)]);
        let suites = Kit::default().works("AT+SSLCFG=\"ciphersuite\",88", "+SSLCFG: \"ciphersuite\",88,");
        assert_eq!(said(suites), [], "none is pinned");
        assert_eq!(said(Kit::default().works(ask, "+SSLCFG: \"cacert\",88,\"ca.crt\"")), [], "it is set");
        assert_eq!(
            said(
                Kit::default()
                    .works("AT+SSLCFG=\"cacert\",88,\"ca.crt\"", "OK")
                    .works(ask, "+SSLCFG: \"cacert\",88,\"\"")
            ),
            []
        );
        let emptied =
            Kit::default().works("AT+SSLCFG=\"cacert\",88,\"ca.crt\"", "OK").works("AT+SSLCFG=\"cacert\",88,", "OK");
        assert_eq!(said(emptied), [("F-091", Seen)]);
        assert_eq!(
            said(Kit::default().works("AT+SSLCFG=\"cacert\",0", "+SSLCFG: \"cacert\",0,\"\"")),
            [],
            "another context"
        );
    }

    #[test]
    fn an_encrypted_link_without_a_check_is_worth_a_word() {
        let open = |level: u8| {
            Kit::default().works(&format!("AT+SSLCFG=\"seclevel\",88,{level}"), "OK").works(OPEN, "CONNECT OK")
        };
        assert_eq!(open(0).rest(nobody_checks), [("F-096", Possible)]);
        assert_eq!(open(1).rest(nobody_checks), []);
        assert_eq!(open(0).works("AT+MIPSTART=\"b\",1883", "CONNECT OK").rest(nobody_checks), [], "plain by now");
    }
}
