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
            let fact = Fact::both(
                format!("{host}:{port} answers this computer in TLS"),
                format!("{host}:{port} 以 TLS 应答本电脑"),
            );
            suspects.seen(&c::PLAIN_ON_TLS, [fact]);
        }
        Some(_) if !here.is_tls => {
            let fact = Fact::both(format!("{host}:{port} does not speak TLS"), format!("{host}:{port} 不是 TLS 服务"));
            suspects.clear(&[&c::PLAIN_ON_TLS], Innocent::Protocol, fact);
        }
        _ => {}
    }
}

pub(super) fn closes(port: &PortHere) -> Fact {
    let address = port.address;
    Fact::both(
        format!("{address} lets this computer in and closes at once"),
        format!("{address} 接受本电脑的连接后立即断开"),
    )
    .taking(port.took)
}

/// A web server where a broker should be.
fn by_web(here: &Here, suspects: &mut Suspects) {
    let by_offer = match here.together() {
        Some(Ok(HelloAnswer::NotTls(bytes))) if bytes.starts_with(b"HTTP/") => Some(shown(bytes)),
        _ => None,
    };
    let Some(words) = here.web.clone().or(by_offer) else { return };
    let fact = || {
        Fact::both(
            format!("a web server answers this computer there: {words}"),
            format!("该端口由网页服务器应答本电脑：{words}"),
        )
    };
    suspects.seen(&c::PORT_ROLE, [fact()]);
    if here.port == ALPN_PORT && here.is_tls {
        suspects.likely(&c::PROTOCOL_NAME_NEEDED, [fact()]);
    }
}

/// An encrypted connection that does not open.
pub(super) fn by_handshakes(here: &Here, proven: &Proven, suspects: &mut Suspects) {
    files::by_concerns(here, suspects);
    by_offer(here, suspects);
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
            let fact = || {
                Fact::both(
                    "the port opens from this computer and never answers the module's offer",
                    "端口可从本电脑连接，但从不应答模块的握手请求",
                )
            };
            suspects.likely(&c::HANDSHAKE_SLOW, [fact()]);
            suspects.possible(&c::NOT_TLS, [fact()]);
        }
        Some(Ok(HelloAnswer::Unexpected(_)) | Err(_)) | None => {}
    }
}

fn by_agreement(here: &Here, hello: ServerHello, suspects: &mut Suspects) {
    let name = Suite::from_id(hello.suite).map_or_else(|| format!("{:04X}", hello.suite), |suite| suite.to_string());
    let fact = || {
        Fact::both(
            format!("this computer offers the module's suites: the broker takes {name}"),
            format!("本电脑提供模块的套件：服务器接受 {name}"),
        )
    };
    let each = here.suites.iter().flat_map(|probe| &probe.each);
    let modern: Vec<_> = each.filter(|one| one.suite.is_built_in()).collect();
    let is_old = Suite::from_id(hello.suite).is_some_and(|suite| !suite.is_built_in());
    if is_old && !modern.is_empty() && modern.iter().all(|one| !one.is_accepted()) {
        let refused = Fact::both("it refuses every AES suite of the module", "它拒绝模块的所有 AES 套件");
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
        _ => by_refusal(here, &refused(refusal), refusal == Alert::PROTOCOL_VERSION, suspects),
    }
}

/// All six were refused, as `refusal` shows: by the version, by the kind of key, by the suites, or for want of a certificate.
fn by_refusal(here: &Here, refusal: &Fact, is_about_version: bool, suspects: &mut Suspects) {
    let refusal = || refusal.clone();
    if is_only_tls13(here) || is_about_version {
        let only = Fact::both(
            "TLS 1.3 works from this computer, TLS 1.2 is refused",
            "本电脑用 TLS 1.3 可以握手，TLS 1.2 被拒绝",
        );
        let shown = is_only_tls13(here).then_some(only);
        return suspects.seen(&c::ONLY_TLS13, std::iter::once(refusal()).chain(shown));
    }
    // The same suites work in another offer: they are not what is refused.
    if matches!(&here.as_module, Some(Ok(_))) {
        let works =
            Fact::both("with more signature algorithms the same suites work", "提供更多签名算法时，同样的套件可以握手");
        return suspects.seen(&c::SIGNATURE_POLICY, [refusal(), works]);
    }
    let each = || here.suites.iter().flat_map(|probe| &probe.each);
    if let Some(old) = each().find(|one| one.is_accepted()) {
        return suspects.seen(&c::OLD_SUITES_ONLY, [refusal(), alone(old)]);
    }
    by_server_key(here, &refusal, suspects);
}

/// Nothing of the module's offer is taken: the server's key tells why.
fn by_server_key(here: &Here, refusal: &dyn Fn() -> Fact, suspects: &mut Suspects) {
    let speaks =
        || Fact::both("this computer agrees on TLS with its other suites", "本电脑用其他套件可以完成 TLS 握手");
    let protocol = [&c::ONLY_TLS13, &c::TLS_ON_PLAIN, &c::NOT_TLS];
    match here.chain.first().map(|leaf| leaf.key) {
        Some(PublicKey::Elliptic { bits }) => {
            let key = Fact::both(
                format!("the broker's certificate has an elliptic-curve key of {bits} bits"),
                format!("服务器证书为 {bits} 位椭圆曲线密钥"),
            );
            suspects.seen(&c::ELLIPTIC_SERVER, [refusal(), key]);
            suspects.clear(&protocol, Innocent::Protocol, speaks());
        }
        Some(PublicKey::Rsa { bits }) => {
            let key = || {
                Fact::both(
                    format!("the broker's certificate has an RSA key of {bits} bits"),
                    format!("服务器证书为 {bits} 位 RSA 密钥"),
                )
            };
            suspects.seen(&c::NO_COMMON_SUITE, [refusal(), key()]);
            suspects.clear(&[&c::ELLIPTIC_SERVER], Innocent::ServerKey, key());
            suspects.clear(&protocol, Innocent::Protocol, speaks());
        }
        _ if here.free.is_some() => {
            let never = Fact::both(
                "it shows this computer no certificate with any suite",
                "无论使用何种套件，它都不向本电脑出示证书",
            );
            suspects.seen(&c::NO_SERVER_CERTIFICATE, [refusal(), never]);
        }
        _ => {
            suspects.likely(&c::NO_COMMON_SUITE, [refusal()]);
            suspects.likely(&c::ELLIPTIC_SERVER, [refusal()]);
        }
    }
}

/// Whether only TLS 1.3 comes to an agreement from here.
fn is_only_tls13(here: &Here) -> bool {
    here.free.as_ref().is_some_and(|free| free.tls13.is_ok() && !free.agrees_up_to_tls12())
}

/// Something answers, and not in TLS.
fn by_other_language(here: &Here, bytes: &[u8], suspects: &mut Suspects) {
    let words = shown(bytes);
    let fact = || {
        Fact::both(
            format!("the answer to this computer's offer is not TLS: {words}"),
            format!("对本电脑握手请求的应答不是 TLS：{words}"),
        )
    };
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
        let fact = Fact::both(
            "the port closes on the offer of the module's suites, without an alert, and shakes hands with others",
            "端口收到模块套件的握手请求即断开，没有告警；用其他套件则可以握手",
        );
        return by_refusal(here, &fact, false, suspects);
    }
    let fact = Fact::both(
        "the port opens from this computer and closes on the offer of TLS, without an alert",
        "端口可从本电脑连接，但收到 TLS 握手请求即断开，没有告警",
    );
    if matches!(here.behind_proxy, Some(Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_)))) {
        let behind = Fact::both(
            "with the header of a proxy in front (PROXY protocol) it answers the same offer in TLS",
            "在前面加上代理头（PROXY protocol）后，它以 TLS 应答同样的请求",
        );
        return suspects.seen(&c::CLOSED_AT_ONCE, [fact, behind]);
    }
    if here.is_open() {
        suspects.likely(&c::TLS_ON_PLAIN, [fact]);
        suspects.possible(&c::CLOSED_AT_ONCE, []);
    } else {
        suspects.likely(&c::CLOSED_AT_ONCE, [fact]);
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
    let fact = |said: &str, chinese: &str| {
        Fact::both(
            format!("the module may speak {pinned} alone; the broker {said}"),
            format!("模块只使用 {pinned}；服务器{chinese}"),
        )
    };
    let answers = TlsVersion::from_id(hello.version);
    match (&here.pinned_version, answers) {
        (Some(Ok(HelloAnswer::Accepted(_))), _) => {
            suspects.clear(&[&c::VERSION_PINNED], Innocent::Suites, fact("takes it", "接受"));
        }
        (Some(_), _) => {
            suspects.seen(&c::VERSION_PINNED, [fact("refuses it and takes TLS 1.2", "拒绝该版本，而接受 TLS 1.2")]);
        }
        (None, Some(answers)) if answers < pinned => {
            let (said, zh) = (format!("answers with {answers}"), format!("以 {answers} 应答"));
            suspects.seen(&c::VERSION_PINNED, [fact(&said, &zh)]);
        }
        (None, _) => {}
    }
}

/// What a firmware without SNI, or one that connects to an address, gets.
fn by_server_name(here: &Here, proven: &Proven, suspects: &mut Suspects) {
    let names = [&c::SERVER_NAME_NEEDED, &c::ADDRESS_FOR_NAME];
    let fact = match &here.unnamed {
        Some(Unnamed::Same) => {
            let fact = Fact::both(
                "without a server name this computer gets the same certificate",
                "不带服务器名称时，本电脑得到同样的证书",
            );
            return suspects.clear(&names, Innocent::ServerName, fact);
        }
        Some(Unnamed::OtherCertificate(subject)) => Fact::both(
            format!("without a server name this computer gets another certificate: {subject}"),
            format!("不带服务器名称时，本电脑得到另一张证书：{subject}"),
        ),
        Some(Unnamed::Refused(FailureCause::PeerAlert(alert))) => Fact::both(
            format!("without a server name this computer is refused (alert {alert})"),
            format!("不带服务器名称时，本电脑被拒绝（alert {alert}）"),
        ),
        Some(Unnamed::Refused(_)) => {
            Fact::both("without a server name this computer gets no agreement", "不带服务器名称时，本电脑无法完成握手")
        }
        None => return,
    };
    match proven.sends_name {
        Some(true) => {
            let says = Fact::both("the module's firmware names the server", "模块固件会发送服务器名称");
            suspects.clear(&[&c::SERVER_NAME_NEEDED], Innocent::ServerName, says);
        }
        Some(false) => {
            let nameless = Fact::both(
                "the module's firmware names no server: V1161 is the first that does",
                "模块固件不发送服务器名称：自 V1161 起才支持",
            );
            suspects.seen(name_cause(here), [fact, nameless]);
        }
        // Most firmware in the field names the server: before a module was tried nothing points to an older one.
        None if here.is_scan => suspects.possible(name_cause(here), [fact]),
        None => suspects.likely(name_cause(here), [fact]),
    }
}

fn name_cause(here: &Here) -> &'static Cause {
    let asked = here.wanted.server_name.as_ref().unwrap_or(&here.host);
    if asked.parse::<IpAddr>().is_ok() { &c::ADDRESS_FOR_NAME } else { &c::SERVER_NAME_NEEDED }
}

/// The broker's number against the module's offer.
fn refused(refusal: Alert) -> Fact {
    Fact::both(
        format!("the broker refuses this computer's offer of the module's suites (alert {refusal})"),
        format!("服务器拒绝本电脑提供的模块套件（alert {refusal}）"),
    )
}

fn alone(one: &SuiteAnswer) -> Fact {
    let suite = one.suite;
    if one.is_accepted() {
        Fact::both(format!("{suite} alone is taken"), format!("单独提供 {suite} 时被接受"))
    } else {
        Fact::both(format!("{suite} alone is refused"), format!("单独提供 {suite} 时被拒绝"))
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
