//! The link to the broker: a second one that is wanted, a number before its words, a host behind a tunnel.

use super::{ended, met, sent};
use crate::{
    air780e::verb::Verb,
    diagnosis::{Course, Trouble, catalogue as c, suspects::Suspects, trouble::command_of},
    modem::event::{ExchangeRecord, Fault, LossCause},
};

/// Another broker is asked for while the link to the first one stands.
pub(super) fn one_only(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let Some(wanted) = command_of(&trouble.fault).filter(|_| is_taken(&trouble.fault)) else { return };
    let Some((open, target)) = standing(course, trouble).and_then(|open| Some((open, open.command.target()?))) else {
        return;
    };
    if wanted.target().is_some_and(|wanted| wanted != target) {
        suspects.likely(&c::ONE_LINK, [ended(open), met(trouble)]);
    }
}

/// The link was opened, its words bore a number, and whoever reads them opened it again instead of logging in.
pub(super) fn numbered(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    if !is_taken(&trouble.fault) {
        return;
    }
    let Some(open) = standing(course, trouble) else { return };
    let is_numbered = open.answer.iter().any(|line| matches!(line.as_bytes(), [b'0'..=b'9', b',', ..]));
    let has_gone_on =
        course.exchanges().any(|record| record.command.verb() == Verb::LogIn && record.sent_at > open.sent_at);
    if is_numbered && !has_gone_on {
        suspects.likely(&c::NUMBERED_LINKS, [ended(open), met(trouble)]);
    }
}

/// `ALREADY CONNECT`, or the number for it.
fn is_taken(fault: &Fault) -> bool {
    let opens = command_of(fault).is_some_and(|line| line.verb().opens());
    opens
        && (super::is_wrong_state(fault)
            || matches!(fault, Fault::BadOutcome { got, .. } if got.contains("ALREADY CONNECT")))
}

/// The link that stands when `trouble` is met: opened before it and not closed since.
fn standing<'a>(course: &'a Course, trouble: &Trouble) -> Option<&'a ExchangeRecord> {
    let is_open = |record: &&ExchangeRecord| {
        record.command.verb().opens() && record.result.is_ok() && record.ended_at < trouble.at
    };
    let open = course.exchanges().rfind(is_open)?;
    let is_since = |at| at > open.ended_at && at < trouble.at;
    let is_closed = course.line("CLOSED").is_some_and(|(at, _)| is_since(at))
        || course.boots().iter().any(|boot| is_since(*boot))
        || course
            .exchanges()
            .any(|record| record.command.verb().closes() && record.result.is_ok() && is_since(record.ended_at));
    (!is_closed).then_some(open)
}

/// The broker sits behind a service that lends a public name to a machine at home or in an office.
pub(super) fn tunnel(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let is_link = command_of(&trouble.fault).is_some_and(|line| line.verb().opens());
    if !is_link && !matches!(trouble.fault, Fault::SessionLost(LossCause::Closed)) {
        return;
    }
    let Some(record) = course.last(Verb::opens) else { return };
    let host = record.command.target().map(|target| target.host.to_ascii_lowercase()).unwrap_or_default();
    let is_of = |service: &&str| host.strip_suffix(*service).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    if TUNNELS.iter().any(is_of) {
        suspects.likely(&c::TUNNEL, [sent(record)]);
    }
}

/// Domains of services that lead a public name to a machine inside.
const TUNNELS: &[&str] = &[
    "ngrok.io",
    "ngrok.app",
    "ngrok-free.app",
    "ngrok-free.dev",
    "natappfree.cc",
    "natapp1.cc",
    "natapp4.cc",
    "cpolar.cn",
    "cpolar.top",
    "cpolar.io",
    "vicp.net",
    "vicp.cc",
    "vicp.fun",
    "oicp.net",
    "gicp.net",
    "eicp.net",
    "xicp.net",
    "uicp.io",
    "uicp.fun",
    "yicp.fun",
    "zicp.fun",
    "zicp.vip",
    "wicp.vip",
    "iask.in",
    "imdo.co",
    "51vip.biz",
    "natfrp.cloud",
    "nyat.app",
    "vaiwan.com",
    "loca.lt",
    "serveo.net",
    "lhr.life",
    "bore.pub",
    "playit.gg",
    "pinggy.link",
    "trycloudflare.com",
];

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{Kit, outcome},
        *,
    };
    use crate::{diagnosis::Certainty::Likely, modem::event::Awaited};

    fn taken(command: &str) -> Fault {
        outcome(command, Awaited::Link, "ALREADY CONNECT")
    }

    #[test]
    fn a_second_broker_beside_the_first_is_one_too_many() {
        let kit = Kit::default().logs_in("one.test", "AT+MCONNECT=1,120").later(100);
        let other = kit.trouble(taken("AT+MIPSTART=\"two.test\",1883"));
        assert_eq!(kit.of(one_only, &other), [("F-068", Likely)]);
        assert_eq!(kit.of(one_only, &kit.trouble(taken("AT+MIPSTART=\"one.test\",1883"))), [], "the same again");
        let closed = kit.works("AT+MIPCLOSE", "OK").later(100);
        assert_eq!(closed.of(one_only, &closed.trouble(taken("AT+MIPSTART=\"two.test\",1883"))), []);
    }

    #[test]
    fn a_number_before_the_word_that_nobody_understood() {
        let open = "AT+MIPSTART=\"b\",1883";
        let kit = Kit::default().works(open, "7,CONNECT OK").later(5_000);
        assert_eq!(kit.of(numbered, &kit.trouble(taken(open))), [("F-067", Likely)]);
        let plain = Kit::default().works(open, "CONNECT OK").later(5_000);
        assert_eq!(plain.of(numbered, &plain.trouble(taken(open))), []);
        let understood = kit.works("AT+MCONNECT=1,120", "CONNACK OK").later(5_000);
        assert_eq!(understood.of(numbered, &understood.trouble(taken(open))), []);
    }

    #[test]
    fn a_tunnel_is_known_by_the_end_of_its_name() {
        let said = |host: &str| {
            let kit = Kit::default().logs_in(host, "AT+MCONNECT=1,120").later(9_000);
            kit.of(tunnel, &kit.loss(LossCause::Closed))
        };
        assert_eq!(said("8.tcp.ngrok.io"), [("F-190", Likely)]);
        assert_eq!(said("Mine.VICP.fun"), [("F-190", Likely)]);
        assert_eq!(said("notngrok.io"), []);
        assert_eq!(said("broker.test"), []);
        let kit = Kit::default().logs_in("x.ngrok.io", "AT+MCONNECT=1,120");
        assert_eq!(kit.of(tunnel, &kit.loss(LossCause::SimRemoved)), [], "the card is gone, the tunnel is not asked");
    }
}
