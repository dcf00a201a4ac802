//! The chain that this computer got, against the CA file, the clocks and the name.

use super::asked_name;
use crate::{
    certs::{CaRelation, CertificateFacts, ChainJudgement},
    diagnosis::{Cause, Fact, Here, Innocent, catalogue as c, suspects::Suspects},
    lang::Text,
    tls::VerifyCode,
};

/// The chain by the CA file, this computer's clock and the name.
pub(super) fn by_chain(here: &Here, judged: &ChainJudgement, suspects: &mut Suspects) {
    if !here.wanted.checks_server {
        return;
    }
    match judged.code {
        VerifyCode::OK => {
            let fact = || Fact::said(Text::new("fact-trust-broker-chain-leads-ca"));
            suspects.clear(TRUST, Innocent::Authority, fact());
            suspects.clear(&[&c::SERVER_EXPIRED, &c::SERVER_NOT_YET], Innocent::Dates, dates(here));
            suspects.clear(&[&c::NAME_MISMATCH], Innocent::ServerName, covered(asked_name(here)));
            by_module_clock(here, suspects);
        }
        VerifyCode::EXPIRED | VerifyCode::NOT_YET_VALID if here.wanted.ignores_clock => {}
        VerifyCode::EXPIRED => suspects.seen(&c::SERVER_EXPIRED, [dates(here), by_check(judged.code)]),
        VerifyCode::NOT_YET_VALID => suspects.seen(&c::SERVER_NOT_YET, [dates(here), by_check(judged.code)]),
        VerifyCode::HOSTNAME_MISMATCH | VerifyCode::IP_MISMATCH => {
            suspects.seen(&c::NAME_MISMATCH, [uncovered(here), by_check(judged.code)]);
            let fact = Fact::said(Text::new("fact-trust-ca-file-issued-broker"));
            suspects.clear(TRUST, Innocent::Authority, fact);
        }
        VerifyCode::SELF_SIGNED => suspects.seen(&c::SELF_SIGNED, untrusted(here, judged)),
        VerifyCode::SIGNATURE_FAILURE => suspects.seen(&c::CA_TWIN, untrusted(here, judged)),
        _ => by_relation(here, judged, suspects),
    }
}

/// What the chain says by itself, when the CA file lies on the module only: dates, name, its own signature.
pub(super) fn by_bare_chain(here: &Here, suspects: &mut Suspects) {
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
                suspects.clear(&[&c::SERVER_EXPIRED, &c::SERVER_NOT_YET], Innocent::Dates, dates(here));
            }
        }
    }
    if leaf.covers(asked_name(here)) {
        suspects.clear(&[&c::NAME_MISMATCH], Innocent::ServerName, covered(asked_name(here)));
    } else {
        suspects.seen(&c::NAME_MISMATCH, [uncovered(here)]);
    }
    if leaf.is_self_issued && here.chain.len() == 1 {
        let subject = &leaf.subject;
        let fact = Fact::said(Text::new("fact-trust-broker-certificate-signed-itself").put("subject", subject));
        suspects.likely(&c::SELF_SIGNED, [fact]);
    }
}

/// How the CA file stands to a chain that does not lead to it.
fn by_relation(here: &Here, judged: &ChainJudgement, suspects: &mut Suspects) {
    let facts = || untrusted(here, judged);
    match judged.relation {
        CaRelation::SameNameOtherKey => suspects.seen(&c::CA_TWIN, facts()),
        CaRelation::IsTheLeaf => suspects.seen(&c::CA_IS_LEAF, facts()),
        CaRelation::Unreadable => suspects.seen(&c::PEM_DAMAGED, facts()),
        CaRelation::Issues if !IS_WITHOUT_ROOT.contains(&judged.code) => {}
        CaRelation::Issues => {
            let ends = Fact::said(Text::new("fact-trust-ca-file-issued-certificate"));
            suspects.likely(&c::CA_IS_INTERMEDIATE, facts().into_iter().chain([ends]));
        }
        // The certificate itself names who issued its issuer.
        CaRelation::Unrelated if judged.length == 1 && is_below_the_authority(here) => {
            let [names, check] = facts();
            suspects.clear(&[&c::CA_WRONG, &c::CA_TWIN, &c::CA_IS_LEAF], Innocent::Authority, names.clone());
            suspects.seen(&c::INTERMEDIATE_MISSING, [names, check]);
        }
        CaRelation::Unrelated if judged.length == 1 && is_issued_by_self_issued(here) => {
            let [names, check] = facts();
            suspects.clear(&[&c::INTERMEDIATE_MISSING], Innocent::Chain, names.clone());
            suspects.seen(&c::CA_WRONG, [names, check]);
            by_renewal(here, suspects);
        }
        CaRelation::Unrelated if judged.length == 1 && is_same_house(here) => {
            suspects.likely(&c::INTERMEDIATE_MISSING, facts());
            suspects.possible(&c::CA_WRONG, facts());
            by_renewal(here, suspects);
        }
        // Alone, a certificate does not tell whether its issuer is an authority of its own or one below that of the CA file.
        CaRelation::Unrelated if judged.length == 1 && !is_issued_by_root(here) => {
            suspects.likely(&c::CA_WRONG, facts());
            suspects.possible(&c::INTERMEDIATE_MISSING, []);
            by_renewal(here, suspects);
        }
        CaRelation::Unrelated => {
            suspects.seen(&c::CA_WRONG, facts());
            if !here.chain.last().is_some_and(|last| last.is_self_issued) {
                suspects.possible(&c::INTERMEDIATE_MISSING, []);
            }
            by_renewal(here, suspects);
        }
    }
    if let (Some(now), false) = (here.checked_at, here.chain.is_empty())
        && here.chain.iter().all(|one| one.not_after.is_some_and(|end| end >= now))
        && here.chain.iter().all(|one| one.not_before.is_some_and(|begin| begin <= now))
    {
        suspects.clear(&[&c::SERVER_EXPIRED, &c::SERVER_NOT_YET], Innocent::Dates, dates(here));
    }
}

/// A certificate that is new, of an authority that the CA file does not hold: it may have worked until the renewal.
fn by_renewal(here: &Here, suspects: &mut Suspects) {
    let issued = here.chain.first().and_then(|leaf| leaf.not_before);
    if let (Some(issued), Some(now)) = (issued, here.checked_at)
        && (0..RECENT).contains(&(now - issued))
    {
        let day = day(issued);
        let fact = Fact::said(Text::new("fact-trust-broker-certificate-new-begins").put("day", day));
        suspects.possible(&c::CA_OLD_ROOT, [fact]);
    }
}

/// Whether the leaf's issuer was issued by the CA file, by names.
fn is_below_the_authority(here: &Here) -> bool {
    let above = here.chain.first().and_then(|leaf| leaf.above_issuer.as_deref());
    above.is_some() && above == here.wanted.authority.as_deref()
}

/// Whether the leaf's issuer issued itself, by names: there is nothing between both.
fn is_issued_by_self_issued(here: &Here) -> bool {
    here.chain.first().is_some_and(|leaf| leaf.above_issuer.as_ref() == Some(&leaf.issuer))
}

/// Whether the leaf's issuer and the CA file belong to one organisation, and the issuer does not call itself a root: then a
/// link between them is missing.
fn is_same_house(here: &Here) -> bool {
    let house = |name: &str| name.split(", ").find(|part| part.starts_with("O=")).map(str::to_owned);
    let Some(leaf) = here.chain.first() else { return false };
    let issuer = house(&leaf.issuer);
    issuer.is_some() && !is_issued_by_root(here) && issuer == here.wanted.authority.as_deref().and_then(house)
}

/// Whether the leaf's issuer calls itself a root.
fn is_issued_by_root(here: &Here) -> bool {
    here.chain.first().is_some_and(|leaf| leaf.issuer.to_ascii_lowercase().contains("root"))
}

/// The chain is good by this computer's clock. Is it by the module's?
fn by_module_clock(here: &Here, suspects: &mut Suspects) {
    let Some((module, pc)) = here.wanted.clocks else { return };
    let (module, pc) = (day(module), day(pc));
    let told = Fact::said(Text::new("fact-trust-module-clock-says-computer").put("module", module).put("pc", pc));
    match here.judged_by_module.as_ref().map(|judged| judged.code) {
        Some(VerifyCode::EXPIRED | VerifyCode::NOT_YET_VALID) if !here.wanted.ignores_clock => {
            suspects.seen(&c::CLOCK_WRONG, [told, dates(here)]);
        }
        Some(_) => suspects.clear(&[&c::CLOCK_WRONG], Innocent::Dates, told),
        None => {}
    }
}

/// Who issued the chain, and whom the CA file names.
fn untrusted(here: &Here, judged: &ChainJudgement) -> [Fact; 2] {
    let issuer = here.chain.last().map_or("?", |last| last.issuer.as_str());
    let authority = here.wanted.authority.as_deref().unwrap_or("?");
    let names =
        Fact::said(Text::new("fact-trust-broker-chain-issued-ca").put("issuer", issuer).put("authority", authority));
    [names, by_check(judged.code)]
}

fn by_check(code: VerifyCode) -> Fact {
    Fact::said(Text::new("fact-trust-computer-check-same-ca").put("verify", code.0))
}

fn covered(name: &str) -> Fact {
    Fact::said(Text::new("fact-trust-broker-certificate").put("name", name))
}

fn uncovered(here: &Here) -> Fact {
    let (name, leaf) = (asked_name(here), here.chain.first());
    let names = leaf.map(|leaf| match (leaf.names.as_slice(), &leaf.common_name) {
        ([], Some(name)) => name.clone(),
        (names, _) => names.join(", "),
    });
    let names: String = names.unwrap_or_default().chars().take(120).collect();
    Fact::said(Text::new("fact-trust-broker-certificate-not").put("names", names).put("name", name))
}

/// The dates of the first certificate of the chain that is out of date, else of the broker's own.
fn dates(here: &Here) -> Fact {
    let part = |time: Option<i64>| time.map_or_else(|| "?".to_owned(), day);
    let is_off = |one: &CertificateFacts| {
        here.checked_at.is_some_and(|now| {
            one.not_after.is_some_and(|end| end < now) || one.not_before.is_some_and(|begin| begin > now)
        })
    };
    let place = here.chain.iter().position(is_off).unwrap_or(0);
    let Some(one) = here.chain.get(place) else { return Fact::new("") };
    let (from, to) = (part(one.not_before), part(one.not_after));
    if place == 0 {
        return Fact::said(Text::new("fact-trust-broker-certificate-valid").put("from", from).put("to", to));
    }
    let (number, subject) = (place + 1, &one.subject);
    Fact::said(
        Text::new("fact-trust-certificate-chain-valid")
            .put("number", number)
            .put("subject", subject)
            .put("from", from)
            .put("to", to),
    )
}

/// A day of the calendar, UTC.
fn day(seconds: i64) -> String {
    chrono::DateTime::from_timestamp(seconds, 0)
        .map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d").to_string())
}

/// What a chain that leads to the CA file cannot go with.
pub(super) const TRUST: &[&Cause] =
    &[&c::CA_WRONG, &c::CA_TWIN, &c::CA_IS_LEAF, &c::INTERMEDIATE_MISSING, &c::SELF_SIGNED];
/// The CA file issued something, and the way up ends before a root that is believed.
const IS_WITHOUT_ROOT: [VerifyCode; 4] = [
    VerifyCode::ISSUER_OF_AUTHORITY_NOT_FOUND,
    VerifyCode::SELF_SIGNED_IN_CHAIN,
    VerifyCode::ISSUER_NOT_FOUND,
    VerifyCode::LEAF_NOT_VERIFIABLE,
];
/// So new is a certificate after its renewal, in seconds.
const RECENT: i64 = 45 * 86_400;
