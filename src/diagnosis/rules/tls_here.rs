//! Handshakes from this computer: who gave up, at which point and by which number, decides between suites, key, trust, time,
//! name and the client's files (catalogue, section 2, rule 4).

use super::files;
use crate::{
    certs::{CaRelation, ChainJudgement, FileRole, Pairing, PublicKey, Signature},
    diagnosis::{Cause, Fact, Here, Innocent, catalogue as c, suspects::Suspects},
    tls::{Alert, FailureCause, HelloAnswer, LocalRefusal, Stage, Suite, TlsFailure, VerifyCode},
};

/// Whether the port speaks TLS although the module came without.
pub(super) fn by_language(here: &Here, suspects: &mut Suspects) {
    match here.together() {
        Some(Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_))) => {
            suspects.seen(&c::PLAIN_ON_TLS, [Fact::new(format!("PC: {}:{}: TLS", here.host, here.port))]);
        }
        Some(Ok(HelloAnswer::NotTls(bytes))) if bytes.starts_with(b"HTTP") => {
            suspects.seen(&c::PORT_ROLE, [Fact::new("PC: HTTP")]);
        }
        Some(_) => {
            suspects.clear(&[&c::PLAIN_ON_TLS], Innocent::Protocol, format!("PC: {}:{}: no TLS", here.host, here.port));
        }
        None => {}
    }
}

/// An encrypted connection that does not open.
pub(super) fn by_handshakes(here: &Here, suspects: &mut Suspects) {
    by_file_concerns(here, suspects);
    by_offer(here, suspects);
    match &here.judged {
        Some(judged) => by_chain(here, judged, suspects),
        None => by_bare_chain(here, suspects),
    }
    by_demand(here, suspects);
    by_client(here, suspects);
    if !suspects.is_settled() {
        by_doubts(here, suspects);
    }
}

fn by_file_concerns(here: &Here, suspects: &mut Suspects) {
    for (role, concern) in &here.files {
        if let Some((cause, is_enough)) = files::by_concern(concern) {
            let cause = if *role == FileRole::Authority && cause.id == c::CLIENT_EXPIRED.id {
                &c::SERVER_EXPIRED
            } else {
                cause
            };
            let fact = Fact::new(format!("{}: {concern:?}", slot(*role)));
            if is_enough { suspects.seen(cause, [fact]) } else { suspects.possible(cause, [fact]) }
        }
    }
    match here.pairing {
        Some(Pairing::Pair) => {
            suspects.clear(&[&c::KEY_MISMATCH], Innocent::ClientFiles, "clientcert / clientkey: a pair");
        }
        Some(Pairing::NotAPair) => suspects.seen(&c::KEY_MISMATCH, [Fact::new("clientcert / clientkey: no pair")]),
        _ => {}
    }
}

/// The server's answer to the module's six suites.
fn by_offer(here: &Here, suspects: &mut Suspects) {
    let Some(together) = here.together() else { return };
    let tls13 = here.free.as_ref().is_some_and(|free| free.tls13.is_ok() && free.up_to_tls12.is_err());
    match together {
        Ok(HelloAnswer::Accepted(hello)) => {
            let suite =
                Suite::from_id(hello.suite).map_or_else(|| format!("{:04X}", hello.suite), |suite| suite.to_string());
            let proof = format!("PC: ServerHello {suite}");
            suspects.clear(NEGOTIATION, Innocent::Suites, proof.clone());
            suspects.clear(&[&c::ELLIPTIC_SERVER], Innocent::ServerKey, proof);
            by_pinned_suite(here, suspects);
            by_server_name(here, suspects);
        }
        Ok(HelloAnswer::Alert(Alert::PROTOCOL_VERSION)) => {
            suspects.seen(&c::ONLY_TLS13, [alert(Alert::PROTOCOL_VERSION)]);
        }
        Ok(HelloAnswer::Alert(Alert::UNRECOGNIZED_NAME)) => {
            suspects.seen(name_cause(here), [alert(Alert::UNRECOGNIZED_NAME)]);
        }
        Ok(HelloAnswer::Alert(_)) if tls13 => {
            suspects.seen(&c::ONLY_TLS13, [Fact::new("PC: TLS 1.3 OK, TLS 1.2 refused")]);
        }
        Ok(HelloAnswer::Alert(refusal)) => by_refusal(here, *refusal, suspects),
        Ok(HelloAnswer::NotTls(bytes)) => {
            let words: String = String::from_utf8_lossy(bytes).escape_debug().take(60).collect();
            suspects.seen(&c::NOT_TLS, [Fact::new(format!("PC: {words}"))]);
            suspects.clear(NEGOTIATION, Innocent::Suites, "PC: no TLS record");
        }
        Err(FailureCause::Closed | FailureCause::Broken(_)) => {
            let fact = Fact::new("PC: ClientHello → EOF");
            if here.is_open() {
                suspects.likely(&c::TLS_ON_PLAIN, [fact]);
                suspects.possible(&c::CLOSED_AT_ONCE, []);
            } else {
                suspects.likely(&c::CLOSED_AT_ONCE, [fact]);
            }
        }
        Err(FailureCause::TimedOut) => suspects.likely(&c::NOT_TLS, [Fact::new("PC: ClientHello → (no answer)")]),
        Ok(HelloAnswer::Unexpected(_)) | Err(_) => {}
    }
}

/// All six were refused: by the kind of key, by the suites, or for want of a certificate.
fn by_refusal(here: &Here, refusal: Alert, suspects: &mut Suspects) {
    let old = here.suites.iter().flat_map(|probe| &probe.each).find(|one| one.is_accepted());
    if let Some(old) = old {
        return suspects.seen(&c::OLD_SUITES_ONLY, [alert(refusal), Fact::new(format!("PC: {} OK", old.suite))]);
    }
    match here.chain.first().map(|leaf| leaf.key) {
        Some(PublicKey::Elliptic { bits }) => {
            suspects.seen(&c::ELLIPTIC_SERVER, [alert(refusal), Fact::new(format!("PC: server key EC {bits} bit"))]);
            suspects.clear(&[&c::ONLY_TLS13, &c::TLS_ON_PLAIN, &c::NOT_TLS], Innocent::Protocol, "PC: TLS 1.2 OK");
        }
        Some(PublicKey::Rsa { bits }) => {
            suspects.seen(&c::NO_COMMON_SUITE, [alert(refusal), Fact::new(format!("PC: server key RSA {bits} bit"))]);
            suspects.clear(&[&c::ELLIPTIC_SERVER], Innocent::ServerKey, format!("PC: RSA {bits} bit"));
            suspects.clear(&[&c::ONLY_TLS13, &c::TLS_ON_PLAIN, &c::NOT_TLS], Innocent::Protocol, "PC: TLS 1.2 OK");
        }
        _ if here.free.is_some() => suspects.seen(&c::NO_SERVER_CERTIFICATE, [alert(refusal)]),
        _ => {
            suspects.likely(&c::NO_COMMON_SUITE, [alert(refusal)]);
            suspects.likely(&c::ELLIPTIC_SERVER, [alert(refusal)]);
        }
    }
}

fn by_pinned_suite(here: &Here, suspects: &mut Suspects) {
    let Some(pinned) = here.wanted.suite else { return };
    let answer = here.suites.iter().flat_map(|probe| &probe.each).find(|one| one.suite == pinned);
    match answer.map(crate::tls::SuiteAnswer::is_accepted) {
        Some(false) => suspects.seen(&c::SUITE_PINNED, [Fact::new(format!("PC: {pinned} refused, others OK"))]),
        Some(true) => suspects.clear(&[&c::SUITE_PINNED], Innocent::Suites, format!("PC: {pinned} OK")),
        None => {}
    }
}

/// The same offer without a name: what a firmware without SNI, or one that connects to an address, gets.
fn by_server_name(here: &Here, suspects: &mut Suspects) {
    match &here.unnamed {
        Some(Ok(HelloAnswer::Accepted(_))) => {
            suspects.clear(
                &[&c::SERVER_NAME_NEEDED, &c::ADDRESS_FOR_NAME],
                Innocent::ServerName,
                "PC: ServerHello without SNI",
            );
        }
        Some(answer) => {
            let fact = match answer {
                Ok(HelloAnswer::Alert(refusal)) => Fact::new(format!("PC: without SNI: alert {refusal}")),
                _ => Fact::new("PC: without SNI: refused"),
            };
            suspects.likely(name_cause(here), [fact]);
        }
        None => {}
    }
}

fn name_cause(here: &Here) -> &'static Cause {
    if here.host.parse::<std::net::IpAddr>().is_ok() { &c::ADDRESS_FOR_NAME } else { &c::SERVER_NAME_NEEDED }
}

/// The chain against the CA file, the clocks and the name.
fn by_chain(here: &Here, judged: &ChainJudgement, suspects: &mut Suspects) {
    if !here.wanted.checks_server {
        return;
    }
    let issuer = here.chain.last().map_or("?", |last| last.issuer.as_str());
    let facts = || {
        let authority = here.wanted.authority.as_deref().unwrap_or("?");
        [Fact::new(format!("PC: verify {}", judged.code.0)), Fact::new(format!("{issuer} is not CA: {authority}"))]
    };
    match judged.code {
        VerifyCode::OK => {
            suspects.clear(TRUST, Innocent::Authority, "PC: verify 0");
            suspects.clear(&[&c::SERVER_EXPIRED, &c::SERVER_NOT_YET], Innocent::Dates, "PC: verify 0");
            suspects.clear(&[&c::NAME_MISMATCH], Innocent::ServerName, format!("PC: verify 0 for {}", here.host));
            by_module_clock(here, suspects);
        }
        VerifyCode::EXPIRED => suspects.seen(&c::SERVER_EXPIRED, [facts()[0].clone(), dates(here)]),
        VerifyCode::NOT_YET_VALID => suspects.seen(&c::SERVER_NOT_YET, [facts()[0].clone(), dates(here)]),
        VerifyCode::HOSTNAME_MISMATCH | VerifyCode::IP_MISMATCH => {
            let names = here.chain.first().map(|leaf| leaf.names.join(", ")).unwrap_or_default();
            let shown = Fact::new(format!("{} not in {}", here.host, names.chars().take(120).collect::<String>()));
            suspects.seen(&c::NAME_MISMATCH, [facts()[0].clone(), shown]);
            suspects.clear(TRUST, Innocent::Authority, "PC: issuer = CA");
        }
        VerifyCode::SELF_SIGNED => suspects.seen(&c::SELF_SIGNED, facts()),
        VerifyCode::SIGNATURE_FAILURE => suspects.seen(&c::CA_TWIN, facts()),
        _ => by_relation(here, judged, facts(), suspects),
    }
}

/// What the chain says by itself, when the CA file lies on the module only: dates, name, its own signature.
fn by_bare_chain(here: &Here, suspects: &mut Suspects) {
    let (true, Some(leaf), Some(now)) = (here.wanted.checks_server, here.chain.first(), here.checked_at) else {
        return;
    };
    if !here.wanted.ignores_clock {
        let is_over = here.chain.iter().any(|one| one.not_after.is_some_and(|end| end < now));
        let is_early = here.chain.iter().any(|one| one.not_before.is_some_and(|begin| begin > now));
        match (is_over, is_early) {
            (true, _) => suspects.seen(&c::SERVER_EXPIRED, [dates(here)]),
            (false, true) => suspects.seen(&c::SERVER_NOT_YET, [dates(here)]),
            (false, false) => {
                suspects.clear(&[&c::SERVER_EXPIRED, &c::SERVER_NOT_YET], Innocent::Dates, dates(here).text);
            }
        }
    }
    let name = here.wanted.server_name.as_deref().unwrap_or(&here.host);
    if leaf.covers(name) {
        suspects.clear(&[&c::NAME_MISMATCH], Innocent::ServerName, format!("PC: certificate for {name}"));
    } else {
        let names = leaf.names.join(", ");
        let shown = format!("{name} not in {}", names.chars().take(120).collect::<String>());
        suspects.seen(&c::NAME_MISMATCH, [Fact::new(shown)]);
    }
    if leaf.is_self_issued && here.chain.len() == 1 {
        suspects.likely(&c::SELF_SIGNED, [Fact::new(format!("PC: {} signed itself", leaf.subject))]);
    }
}

fn by_relation(here: &Here, judged: &ChainJudgement, facts: [Fact; 2], suspects: &mut Suspects) {
    match judged.relation {
        CaRelation::SameNameOtherKey => suspects.seen(&c::CA_TWIN, facts),
        CaRelation::IsTheLeaf => suspects.seen(&c::CA_IS_LEAF, facts),
        CaRelation::Unreadable => suspects.seen(&c::PEM_DAMAGED, facts),
        CaRelation::Issues => suspects.possible(&c::CHAIN_ORDER, facts),
        CaRelation::Unrelated if judged.length == 1 && is_same_house(here) => {
            suspects.likely(&c::INTERMEDIATE_MISSING, facts.clone());
            suspects.possible(&c::CA_WRONG, facts);
        }
        CaRelation::Unrelated => {
            suspects.seen(&c::CA_WRONG, facts.clone());
            if judged.length == 1 {
                suspects.possible(&c::INTERMEDIATE_MISSING, facts);
            }
        }
    }
    suspects.clear(&[&c::SERVER_EXPIRED, &c::SERVER_NOT_YET, &c::CLOCK_WRONG], Innocent::Dates, dates(here).text);
}

/// Whether the leaf's issuer and the CA file belong to one organisation: then a link between them is missing.
fn is_same_house(here: &Here) -> bool {
    let house = |name: &str| name.split(", ").find(|part| part.starts_with("O=")).map(str::to_owned);
    let issuer = here.chain.first().and_then(|leaf| house(&leaf.issuer));
    issuer.is_some() && issuer == here.wanted.authority.as_deref().and_then(house)
}

/// The chain is good by this computer's clock. Is it by the module's?
fn by_module_clock(here: &Here, suspects: &mut Suspects) {
    let Some((module, pc)) = here.wanted.clocks else { return };
    let told = format!("module {} / PC {}", day(module), day(pc));
    match here.judged_by_module.as_ref().map(|judged| judged.code) {
        Some(VerifyCode::EXPIRED | VerifyCode::NOT_YET_VALID) if !here.wanted.ignores_clock => {
            suspects.seen(&c::CLOCK_WRONG, [Fact::new(told), dates(here)]);
        }
        Some(_) => suspects.clear(&[&c::CLOCK_WRONG], Innocent::Dates, told),
        None => {}
    }
}

fn by_demand(here: &Here, suspects: &mut Suspects) {
    let Some(free) = &here.free else { return };
    if free.demands_certificate && !here.wanted.shows_certificate {
        suspects.seen(&c::NEEDS_CLIENT_CERTIFICATE, [Fact::new("PC: CertificateRequest")]);
    } else if !free.demands_certificate && !here.chain.is_empty() {
        suspects.clear(&[&c::NEEDS_CLIENT_CERTIFICATE], Innocent::ClientFiles, "PC: no CertificateRequest");
    }
}

/// The whole handshake with the user's files.
fn by_client(here: &Here, suspects: &mut Suspects) {
    let failure = match &here.as_module {
        Some(Ok(established)) => {
            let proof = format!("PC: {} OK", established.suite_name);
            suspects.clear(CLIENT, Innocent::ClientFiles, proof.clone());
            suspects.clear(NEGOTIATION, Innocent::Suites, proof);
            return;
        }
        Some(Err(failure)) => failure,
        None => return,
    };
    match (failure.stage, &failure.cause) {
        (_, FailureCause::Refused(refusal)) => by_local(*refusal, suspects),
        (Stage::AfterClientCertificate, FailureCause::PeerAlert(refusal)) => {
            by_client_alert(*refusal, failure, suspects);
        }
        _ => {}
    }
}

fn by_client_alert(refusal: Alert, failure: &TlsFailure, suspects: &mut Suspects) {
    let cause = match refusal {
        Alert::UNKNOWN_CA => &c::CLIENT_UNTRUSTED,
        Alert::CERTIFICATE_EXPIRED => &c::CLIENT_EXPIRED,
        Alert::UNSUPPORTED_CERTIFICATE => &c::CLIENT_USAGE,
        Alert::CERTIFICATE_REVOKED => &c::REVOKED,
        Alert::DECRYPT_ERROR => &c::KEY_MISMATCH,
        _ if failure.seen.client_certificate == Some(false) => &c::NEEDS_CLIENT_CERTIFICATE,
        _ => return suspects.likely(&c::CLIENT_UNTRUSTED, [alert(refusal)]),
    };
    suspects.seen(cause, [alert(refusal)]);
    suspects.clear(TRUST, Innocent::Authority, "PC: server certificate accepted");
}

fn by_local(refusal: LocalRefusal, suspects: &mut Suspects) {
    let cause = match refusal {
        LocalRefusal::Authority(_) | LocalRefusal::Certificate(_) | LocalRefusal::Key(_) => &c::PEM_DAMAGED,
        LocalRefusal::CertificateMissing | LocalRefusal::KeyMissing => &c::CLIENT_FILES_MISSING,
        LocalRefusal::KeyMismatch => &c::KEY_MISMATCH,
        _ => return,
    };
    suspects.seen(cause, [Fact::new(format!("PC: {refusal}"))]);
}

/// Nothing is wrong from here: what small stacks may dislike, and what only the module's side can be.
fn by_doubts(here: &Here, suspects: &mut Suspects) {
    if let Some(bytes) =
        here.free.as_ref().and_then(crate::tls::FreeProbe::certificate_message).filter(|bytes| *bytes > LARGE_CHAIN)
    {
        suspects.likely(&c::CHAIN_TOO_BIG, [Fact::new(format!("PC: Certificate {bytes} > {LARGE_CHAIN} byte"))]);
    }
    for (depth, certificate) in here.chain.iter().enumerate() {
        let is_uncommon = matches!(certificate.signature, Signature::RsaPss | Signature::Ecdsa(_))
            || matches!(
                certificate.signature,
                Signature::Rsa(crate::certs::Digest::Sha384 | crate::certs::Digest::Sha512)
            );
        if is_uncommon && !certificate.is_self_issued {
            suspects.likely(&c::SIGNATURE_UNCOMMON, [Fact::new(format!("PC: [{depth}] {:?}", certificate.signature))]);
        }
        if matches!(certificate.key, PublicKey::Rsa { bits } if !(2_048..=4_096).contains(&bits)) {
            suspects.likely(&c::KEY_SIZE, [Fact::new(format!("PC: [{depth}] {:?}", certificate.key))]);
        }
    }
    if here.chain.first().and_then(|leaf| leaf.usage).is_some_and(|usage| !usage.key_encipherment) {
        suspects.likely(&c::USAGE_MISSING, [Fact::new("PC: keyUsage without keyEncipherment")]);
    }
    if here.judged.as_ref().is_some_and(|judged| !judged.is_in_order) {
        suspects.likely(&c::CHAIN_ORDER, [Fact::new("PC: chain out of order")]);
    }
    if matches!(here.as_module, Some(Ok(_))) {
        let fact = || [Fact::new("PC: the same files, the same suites: OK")];
        for cause in [&c::OLD_FILE, &c::COUNT_TOO_SMALL, &c::MIDDLE_BOX, &c::FIRMWARE_TLS] {
            suspects.possible(cause, fact());
        }
    }
}

fn alert(alert: Alert) -> Fact {
    Fact::new(format!("PC: alert {alert}"))
}

fn dates(here: &Here) -> Fact {
    let part = |time: Option<i64>| time.map_or_else(|| "?".to_owned(), day);
    let span = here.chain.first().map(|leaf| format!("{} .. {}", part(leaf.not_before), part(leaf.not_after)));
    Fact::new(span.unwrap_or_default())
}

/// A day of the calendar, UTC.
fn day(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(seconds, 0)
        .map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d").to_string())
}

const fn slot(role: FileRole) -> &'static str {
    match role {
        FileRole::Authority => "cacert",
        FileRole::ClientCertificate => "clientcert",
        FileRole::ClientKey => "clientkey",
    }
}

/// What an accepted offer cannot go with.
const NEGOTIATION: &[&Cause] =
    &[&c::NO_COMMON_SUITE, &c::ONLY_TLS13, &c::OLD_SUITES_ONLY, &c::TLS_ON_PLAIN, &c::NOT_TLS];
/// What a chain that leads to the CA file cannot go with.
const TRUST: &[&Cause] = &[&c::CA_WRONG, &c::CA_TWIN, &c::CA_IS_LEAF, &c::INTERMEDIATE_MISSING, &c::SELF_SIGNED];
/// What a whole handshake cannot go with.
const CLIENT: &[&Cause] = &[&c::CLIENT_UNTRUSTED, &c::CLIENT_EXPIRED, &c::CLIENT_USAGE, &c::KEY_MISMATCH, &c::REVOKED];
/// What small TLS stacks surely hold (catalogue, F-081).
const LARGE_CHAIN: usize = 4_096;
