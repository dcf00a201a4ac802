//! Handshakes from this computer: who gave up, at which point and by which number, decides between suites, key, trust, time,
//! name and the client's files (catalogue, section 2, rule 4).
//!
//! Here is what the port speaks and what it agrees to; `trust` is the chain, `client` the client's files, `doubts` what is left
//! when all of it works from here.

mod client;
mod doubts;
mod trust;

use std::net::IpAddr;

use super::{files, proven::Proven};
use crate::{
    certs::PublicKey,
    diagnosis::{Cause, Fact, Here, Innocent, PortHere, PortOutcome, Unnamed, catalogue as c, suspects::Suspects},
    lang::Text,
    tls::{Alert, FailureCause, FreeProbe, HelloAnswer, ServerHello, Suite, SuiteAnswer, TlsVersion},
};

/// A login that failed although the link had opened: what the port speaks.
pub(super) fn by_language(here: &Here, suspects: &mut Suspects) {
    let Here { host, port, .. } = here;
    if let Some(met) = here.port_here.as_ref().filter(|met| met.outcome == PortOutcome::Closes) {
        suspects.seen(&c::CLOSED_AT_ONCE, [closes(met)]);
    }
    by_web(here, suspects);
    match here.together() {
        Some(Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_))) if !here.is_tls => {
            let fact = Fact::said(Text::new("fact-tls-here-answers-computer-tls").put("host", host).put("port", port));
            suspects.seen(&c::PLAIN_ON_TLS, [fact]);
        }
        Some(_) if !here.is_tls => {
            let fact = Fact::said(Text::new("fact-tls-here-does-not-speak-tls").put("host", host).put("port", port));
            suspects.clear(&[&c::PLAIN_ON_TLS], Innocent::Protocol, fact);
        }
        _ => {}
    }
}

pub(super) fn closes(port: &PortHere) -> Fact {
    let address = port.address;
    Fact::said(Text::new("fact-tls-here-lets-computer-closes-once").put("address", address)).taking(port.took)
}

/// A web server where a broker should be.
fn by_web(here: &Here, suspects: &mut Suspects) {
    let by_offer = match here.together() {
        Some(Ok(HelloAnswer::NotTls(bytes))) if bytes.starts_with(b"HTTP/") => Some(shown(bytes)),
        _ => None,
    };
    let Some(words) = here.web.clone().or(by_offer) else { return };
    let fact = || Fact::said(Text::new("fact-tls-here-web-server-answers-computer").put("words", &words));
    suspects.seen(&c::PORT_ROLE, [fact()]);
    if here.port == ALPN_PORT && here.is_tls {
        suspects.likely(&c::PROTOCOL_NAME_NEEDED, [fact()]);
    }
}

/// An encrypted connection that does not open.
pub(super) fn by_handshakes(here: &Here, proven: &Proven, suspects: &mut Suspects) {
    files::by_concerns(here, suspects);
    by_offer(here, suspects);
    if matches!(here.together(), Some(Ok(HelloAnswer::Accepted(_)))) {
        by_web(here, suspects);
    }
    by_pinned(here, suspects);
    by_server_name(here, proven, suspects);
    match &here.judged {
        Some(judged) => trust::by_chain(here, judged, suspects),
        None => trust::by_bare_chain(here, suspects),
    }
    client::by_demand(here, suspects);
    client::by_files(here, suspects);
    if !suspects.is_settled() {
        doubts::by_doubts(here, suspects);
    }
}

/// The server's answer to the module's six suites.
fn by_offer(here: &Here, suspects: &mut Suspects) {
    match here.together() {
        Some(Ok(HelloAnswer::Accepted(hello))) => by_agreement(here, *hello, suspects),
        Some(Ok(HelloAnswer::Alert(refusal))) => by_alert(here, *refusal, suspects),
        Some(Ok(HelloAnswer::NotTls(bytes))) => by_other_language(here, bytes, suspects),
        Some(Err(FailureCause::Closed | FailureCause::Broken(_))) => by_silent_end(here, suspects),
        Some(Err(FailureCause::TimedOut)) => {
            let fact = || Fact::said(Text::new("fact-tls-here-port-opens-computer-never"));
            suspects.likely(&c::HANDSHAKE_SLOW, [fact()]);
            suspects.possible(&c::NOT_TLS, [fact()]);
        }
        Some(Ok(HelloAnswer::Unexpected(_)) | Err(_)) | None => {}
    }
}

fn by_agreement(here: &Here, hello: ServerHello, suspects: &mut Suspects) {
    let name = Suite::from_id(hello.suite).map_or_else(|| format!("{:04X}", hello.suite), |suite| suite.to_string());
    let fact = || Fact::said(Text::new("fact-tls-here-computer-offers-module-suites").put("name", &name));
    let each = here.suites.iter().flat_map(|probe| &probe.each);
    let modern: Vec<_> = each.filter(|one| one.suite.is_built_in()).collect();
    let is_old = Suite::from_id(hello.suite).is_some_and(|suite| !suite.is_built_in());
    if is_old && !modern.is_empty() && modern.iter().all(|one| !one.is_accepted()) {
        let refused = Fact::said(Text::new("fact-tls-here-refuses-every-aes-suite"));
        suspects.seen(&c::OLD_SUITES_ONLY, [fact(), refused]);
    } else {
        suspects.clear(NEGOTIATION, Innocent::Suites, fact());
    }
    suspects.clear(&[&c::ELLIPTIC_SERVER], Innocent::ServerKey, fact());
}

/// The offer was refused with a number.
fn by_alert(here: &Here, refusal: Alert, suspects: &mut Suspects) {
    match refusal {
        Alert::UNRECOGNIZED_NAME => suspects.seen(name_cause(here), [refused(refusal)]),
        NO_APPLICATION_PROTOCOL => suspects.seen(&c::PROTOCOL_NAME_NEEDED, [refused(refusal)]),
        _ => by_refusal(here, &refused(refusal), Some(refusal), suspects),
    }
}

/// All six were refused, as `refusal` shows: by the version, by the kind of key, by the suites, or for want of a certificate.
fn by_refusal(here: &Here, refusal: &Fact, alert: Option<Alert>, suspects: &mut Suspects) {
    let refusal = || refusal.clone();
    // Who refuses every version alike does not say that a newer one would do.
    let refuses_all = here.free.as_ref().is_some_and(|free| !free.has_agreed());
    if is_only_tls13(here) || alert == Some(Alert::PROTOCOL_VERSION) && !refuses_all {
        let only = Fact::said(Text::new("fact-tls-here-tls-1-3-works"));
        let shown = is_only_tls13(here).then_some(only);
        return suspects.seen(&c::ONLY_TLS13, std::iter::once(refusal()).chain(shown));
    }
    // The same suites work in another offer: they are not what is refused.
    if matches!(&here.as_module, Some(Ok(_))) {
        let works = Fact::said(Text::new("fact-tls-here-more-signature-algorithms-same"));
        return suspects.seen(&c::SIGNATURE_POLICY, [refusal(), works]);
    }
    let each = || here.suites.iter().flat_map(|probe| &probe.each);
    if let Some(old) = each().find(|one| one.is_accepted()) {
        return suspects.seen(&c::OLD_SUITES_ONLY, [refusal(), alone(old)]);
    }
    by_server_key(here, &refusal, alert, suspects);
}

/// Nothing of the module's offer is taken: the server's key tells why.
fn by_server_key(here: &Here, refusal: &dyn Fn() -> Fact, alert: Option<Alert>, suspects: &mut Suspects) {
    let speaks = || Fact::said(Text::new("fact-tls-here-computer-agrees-tls-other"));
    let protocol = [&c::ONLY_TLS13, &c::TLS_ON_PLAIN, &c::NOT_TLS];
    match here.chain.first().map(|leaf| leaf.key) {
        Some(PublicKey::Elliptic { bits }) => {
            let key = Fact::said(Text::new("fact-tls-here-broker-certificate-elliptic-curve").put("bits", bits));
            suspects.seen(&c::ELLIPTIC_SERVER, [refusal(), key]);
            suspects.clear(&protocol, Innocent::Protocol, speaks());
        }
        Some(PublicKey::Rsa { bits }) => {
            let key = || Fact::said(Text::new("fact-tls-here-broker-certificate-rsa-key").put("bits", bits));
            suspects.seen(&c::NO_COMMON_SUITE, [refusal(), key()]);
            suspects.clear(&[&c::ELLIPTIC_SERVER], Innocent::ServerKey, key());
            suspects.clear(&protocol, Innocent::Protocol, speaks());
        }
        Some(PublicKey::Other) => {
            let key = Fact::said(Text::new("fact-tls-here-key-neither-rsa-nor-curve"));
            suspects.seen(&c::ELLIPTIC_SERVER, [refusal(), key]);
            suspects.clear(&protocol, Innocent::Protocol, speaks());
        }
        None if here.free.is_some() => without_certificate(here, refusal(), alert, suspects),
        None => {
            suspects.likely(&c::NO_COMMON_SUITE, [refusal()]);
            suspects.likely(&c::ELLIPTIC_SERVER, [refusal()]);
        }
    }
}

/// No offer brought a certificate. Only the plain "no" to one that asked for the right name says that there is none.
fn without_certificate(here: &Here, refusal: Fact, alert: Option<Alert>, suspects: &mut Suspects) {
    let never = Fact::said(Text::new("fact-tls-here-shows-computer-no-certificate"));
    let is_plain = alert.is_none_or(|alert| alert == Alert::HANDSHAKE_FAILURE);
    if !is_plain {
        return suspects.possible(&c::NO_SERVER_CERTIFICATE, [refusal, never]);
    }
    if asked_name(here).parse::<IpAddr>().is_err() {
        return suspects.seen(&c::NO_SERVER_CERTIFICATE, [refusal, never]);
    }
    let nameless = Fact::said(Text::new("fact-tls-here-address-is-no-server-name"));
    suspects.possible(&c::ADDRESS_FOR_NAME, [refusal.clone(), nameless]);
    suspects.possible(&c::NO_SERVER_CERTIFICATE, [refusal, never]);
}

/// Whether only TLS 1.3 comes to an agreement from here.
fn is_only_tls13(here: &Here) -> bool {
    here.free.as_ref().is_some_and(|free| free.tls13.is_ok() && !free.agrees_up_to_tls12())
}

/// Something answers, and not in TLS.
fn by_other_language(here: &Here, bytes: &[u8], suspects: &mut Suspects) {
    let words = shown(bytes);
    let fact = || Fact::said(Text::new("fact-tls-here-answer-computer-offer-not").put("words", &words));
    by_web(here, suspects);
    if !suspects.is_settled() {
        suspects.seen(&c::NOT_TLS, [fact()]);
    }
    suspects.clear(NEGOTIATION, Innocent::Suites, fact());
}

/// The port opens and drops whoever offers TLS.
fn by_silent_end(here: &Here, suspects: &mut Suspects) {
    by_web(here, suspects);
    if here.free.as_ref().is_some_and(FreeProbe::has_agreed) {
        let fact = Fact::said(Text::new("fact-tls-here-port-closes-offer-module"));
        return by_refusal(here, &fact, None, suspects);
    }
    let fact = Fact::said(Text::new("fact-tls-here-port-opens-computer-closes"));
    if matches!(here.behind_proxy, Some(Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_)))) {
        let behind = Fact::said(Text::new("fact-tls-here-header-proxy-front-proxy"));
        return suspects.seen(&c::CLOSED_AT_ONCE, [fact, behind]);
    }
    match here.is_mqtt_in_clear {
        Some(true) => {
            let clear = Fact::said(Text::new("fact-tls-here-in-clear-it-is-a-broker"));
            suspects.seen(&c::TLS_ON_PLAIN, [fact, clear]);
        }
        // It answers in no language that was tried: who stands there, or on the way, only its own log tells.
        Some(false) if here.is_open() => {
            let silent = Fact::said(Text::new("fact-tls-here-in-clear-it-is-no-broker"));
            suspects.possible(&c::CLOSED_AT_ONCE, [fact.clone(), silent]);
            suspects.possible(&c::TLS_ON_PLAIN, [fact]);
        }
        None if here.is_open() => {
            suspects.likely(&c::TLS_ON_PLAIN, [fact]);
            suspects.possible(&c::CLOSED_AT_ONCE, []);
        }
        Some(false) | None => suspects.likely(&c::CLOSED_AT_ONCE, [fact]),
    }
}

/// What the module is held to, against what the server takes otherwise.
fn by_pinned(here: &Here, suspects: &mut Suspects) {
    let Some(Ok(HelloAnswer::Accepted(hello))) = here.together() else { return };
    if let Some(pinned) = here.wanted.version {
        by_pinned_version(here, pinned, *hello, suspects);
    }
    let Some(pinned) = here.wanted.suite else { return };
    let each = here.suites.iter().flat_map(|probe| &probe.each);
    match each.into_iter().find(|one| one.suite == pinned) {
        Some(one) if one.is_accepted() => suspects.clear(&[&c::SUITE_PINNED], Innocent::Suites, alone(one)),
        Some(one) => suspects.seen(&c::SUITE_PINNED, [alone(one)]),
        None => {}
    }
}

fn by_pinned_version(here: &Here, pinned: TlsVersion, hello: ServerHello, suspects: &mut Suspects) {
    let fact = |answer: Text| {
        Fact::said(Text::new("fact-tls-here-module-may-speak-alone").put("pinned", pinned).with("answer", answer))
    };
    let answers = TlsVersion::from_id(hello.version);
    match (&here.pinned_version, answers) {
        (Some(Ok(HelloAnswer::Accepted(_))), _) => {
            suspects.clear(&[&c::VERSION_PINNED], Innocent::Suites, fact(Text::new("fact-tls-here-takes")));
        }
        (Some(_), _) => {
            suspects.seen(&c::VERSION_PINNED, [fact(Text::new("fact-tls-here-refuses-takes-tls-1"))]);
        }
        (None, Some(answers)) if answers < pinned => {
            suspects.seen(&c::VERSION_PINNED, [fact(Text::new("fact-tls-here-answers").put("answers", answers))]);
        }
        (None, _) => {}
    }
}

/// What a firmware without SNI, or one that connects to an address, gets.
fn by_server_name(here: &Here, proven: &Proven, suspects: &mut Suspects) {
    let names = [&c::SERVER_NAME_NEEDED, &c::ADDRESS_FOR_NAME];
    let fact = match &here.unnamed {
        Some(Unnamed::Same) => {
            let fact = Fact::said(Text::new("fact-tls-here-without-server-name-computer"));
            return suspects.clear(&names, Innocent::ServerName, fact);
        }
        Some(Unnamed::OtherCertificate(subject)) => {
            Fact::said(Text::new("fact-tls-here-without-server-name-computer-gets").put("subject", subject))
        }
        Some(Unnamed::Refused(FailureCause::PeerAlert(alert))) => {
            Fact::said(Text::new("fact-tls-here-without-server-name-computer-refused").put("alert", alert))
        }
        Some(Unnamed::Refused(_)) => Fact::said(Text::new("fact-tls-here-without-server-name-computer-gets-no")),
        None => return,
    };
    match proven.sends_name {
        Some(true) => {
            let says = Fact::said(Text::new("fact-tls-here-module-firmware-names-server"));
            suspects.clear(&[&c::SERVER_NAME_NEEDED], Innocent::ServerName, says);
        }
        Some(false) => {
            let nameless = Fact::said(Text::new("fact-tls-here-module-firmware-names-no"));
            suspects.seen(name_cause(here), [fact, nameless]);
        }
        // Most firmware in the field names the server: before a module was tried nothing points to an older one.
        None if here.is_scan => suspects.possible(name_cause(here), [fact]),
        None => suspects.likely(name_cause(here), [fact]),
    }
}

fn name_cause(here: &Here) -> &'static Cause {
    if asked_name(here).parse::<IpAddr>().is_ok() { &c::ADDRESS_FOR_NAME } else { &c::SERVER_NAME_NEEDED }
}

/// The name that the server is asked for, or the address in its place.
fn asked_name(here: &Here) -> &str {
    here.wanted.server_name.as_deref().unwrap_or(&here.host)
}

/// The broker's number against the module's offer.
fn refused(refusal: Alert) -> Fact {
    Fact::said(Text::new("fact-tls-here-broker-refuses-computer-offer").put("alert", refusal))
}

fn alone(one: &SuiteAnswer) -> Fact {
    let suite = one.suite;
    if one.is_accepted() {
        Fact::said(Text::new("fact-tls-here-alone-taken").put("suite", suite))
    } else {
        Fact::said(Text::new("fact-tls-here-alone-refused").put("suite", suite))
    }
}

/// The beginning of what somebody else said, on one line.
pub(super) fn shown(bytes: &[u8]) -> String {
    let words = String::from_utf8_lossy(bytes);
    words.lines().next().unwrap_or_default().escape_debug().take(60).collect()
}

/// What an accepted offer cannot go with.
const NEGOTIATION: &[&Cause] =
    &[&c::NO_COMMON_SUITE, &c::ONLY_TLS13, &c::OLD_SUITES_ONLY, &c::TLS_ON_PLAIN, &c::NOT_TLS];
/// Where clouds serve web pages and MQTT, told apart by the protocol's name (catalogue, F-080).
const ALPN_PORT: u16 = 443;
/// `no_application_protocol` (RFC 7301).
const NO_APPLICATION_PROTOCOL: Alert = Alert(120);
