//! What a bisect on the module says: the link opens with one change and not without it. Everything below that change is innocent;
//! what it stands for is the cause, where it stands for one alone.

use crate::diagnosis::{Changed, Course, Decided, Fact, Innocent, catalogue as c, suspects::Suspects};

use super::files;

/// What the change that decides stands for.
pub(in crate::diagnosis) fn by_bisect(course: &Course, suspects: &mut Suspects) {
    let Some(decided) = course.decided() else { return };
    let fact = decided.fact();
    clear_the_way(decided, &fact, suspects);
    match &decided.changed {
        Changed::Files { other } => {
            for (_, expected, found) in other {
                let is_cut = found < expected;
                suspects.likely(if is_cut { &c::COUNT_TOO_SMALL } else { &c::OLD_FILE }, [fact.clone()]);
                files::differs(*expected, *found, suspects);
            }
        }
        Changed::DatesIgnored => by_dates(course, fact, suspects),
        Changed::HostAsName(_) | Changed::NoName => suspects.likely(&c::NAME_MISMATCH, [fact]),
        Changed::ServerOnly => {
            suspects.any_of(&[&c::KEY_MISMATCH, &c::CLIENT_UNTRUSTED, &c::CLIENT_EXPIRED, &c::CLIENT_USAGE]);
        }
        Changed::Unchecked => {
            suspects.any_of(&[&c::CA_WRONG, &c::INTERMEDIATE_MISSING, &c::SELF_SIGNED, &c::CA_TWIN, &c::CA_IS_LEAF]);
            suspects.any_of(&[&c::SIGNATURE_UNCOMMON, &c::OLD_SIGNATURE, &c::KEY_SIZE, &c::USAGE_MISSING]);
        }
        Changed::AnyVersion => suspects.seen(&c::VERSION_PINNED, [fact]),
        Changed::AnySuite => suspects.seen(&c::SUITE_PINNED, [fact]),
        Changed::MoreTime => suspects.seen(&c::HANDSHAKE_SLOW, [fact]),
        Changed::OneVersion(_) | Changed::OneSuite(_) => suspects.likely(&c::FIRMWARE_TLS, [fact]),
    }
}

/// Whose clock is wrong, or whose certificate is over, the certificate's own dates tell.
fn by_dates(course: &Course, fact: Fact, suspects: &mut Suspects) {
    let seen = course.here().and_then(|here| Some((here.chain.first()?, here.checked_at?)));
    let Some((leaf, today)) = seen else {
        return suspects.any_of(&[&c::CLOCK_WRONG, &c::SERVER_EXPIRED, &c::SERVER_NOT_YET]);
    };
    match (leaf.not_before, leaf.not_after) {
        (_, Some(end)) if end < today => suspects.seen(&c::SERVER_EXPIRED, [fact]),
        (Some(begin), _) if begin > today => suspects.seen(&c::SERVER_NOT_YET, [fact]),
        _ => suspects.likely(&c::CLOCK_WRONG, [fact]),
    }
}

/// A link that opens speaks for name, port and network, and for all of the talk that the change leaves alone.
fn clear_the_way(decided: &Decided, fact: &Fact, suspects: &mut Suspects) {
    suspects.clear(
        &[
            &c::NAME_UNKNOWN,
            &c::TCP_REFUSED,
            &c::TLS_ON_PLAIN,
            &c::NOT_TLS,
            &c::PORT_ROLE,
            &c::CLOSED_AT_ONCE,
            &c::ONLY_TLS13,
            &c::ELLIPTIC_SERVER,
        ],
        Innocent::Handshake,
        fact.clone(),
    );
    let is_of_talk = matches!(
        decided.changed,
        Changed::AnyVersion
            | Changed::OneVersion(_)
            | Changed::AnySuite
            | Changed::OneSuite(_)
            | Changed::HostAsName(_)
            | Changed::NoName
    );
    if !is_of_talk {
        suspects.clear(&[&c::NO_COMMON_SUITE], Innocent::Handshake, fact.clone());
    }
    if !matches!(decided.changed, Changed::MoreTime) {
        suspects.clear(&[&c::HANDSHAKE_SLOW, &c::MIDDLE_BOX], Innocent::Handshake, fact.clone());
    }
    if !matches!(decided.changed, Changed::ServerOnly) {
        suspects.clear(&[&c::NEEDS_CLIENT_CERTIFICATE], Innocent::Handshake, fact.clone());
    }
    // A narrower change was tried before it, and did not open the link.
    if matches!(decided.changed, Changed::Unchecked) {
        suspects.clear(
            &[&c::NAME_MISMATCH, &c::CLOCK_WRONG, &c::SERVER_EXPIRED, &c::SERVER_NOT_YET],
            Innocent::Handshake,
            fact.clone(),
        );
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        certs::CertificateFacts,
        diagnosis::{Certainty, Here},
        tls::{
            Suite,
            authority::{Authority, KeyKind, LeafSpec},
        },
    };

    const NOW: i64 = 1_800_000_000;

    fn said(changed: Changed, here: Option<Here>) -> Vec<(&'static str, Certainty)> {
        let mut course = Course::default();
        course.take_here(here.map(Box::new));
        course.take_decided(Some(Decided { changed, lines: Vec::new() }));
        let mut suspects = Suspects::default();
        by_bisect(&course, &mut suspects);
        suspects.findings(&[]).into_iter().map(|one| (one.id, one.certainty)).collect()
    }

    #[test]
    fn each_change_stands_for_its_causes_and_without_one_nothing_is_said() {
        use Certainty::{Likely, Possible, Seen};
        assert_eq!(said(Changed::AnyVersion, None), [("F-073", Seen)]);
        assert_eq!(said(Changed::AnySuite, None), [("F-075", Seen)]);
        assert_eq!(said(Changed::MoreTime, None), [("F-084", Seen)]);
        assert_eq!(said(Changed::NoName, None), [("F-108", Likely)]);
        assert_eq!(said(Changed::HostAsName("h".to_owned()), None), [("F-108", Likely)]);
        assert_eq!(said(Changed::OneSuite(Suite::Aes128Sha), None), [("F-086", Likely)]);
        assert!(said(Changed::Unchecked, None).contains(&("F-097", Possible)));
        assert!(said(Changed::ServerOnly, None).contains(&("F-130", Possible)));
        let files = Changed::Files { other: vec![("ca.crt".to_owned(), 1200, 600)] };
        assert_eq!(said(files, None)[0], ("F-116", Likely));
        let mut suspects = Suspects::default();
        by_bisect(&Course::default(), &mut suspects);
        assert!(suspects.findings(&[]).is_empty());
    }

    #[test]
    fn of_dates_the_certificate_itself_says_whose_they_are() {
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, NOW).expect("a root");
        let leaf = root.issue(&LeafSpec::server(&["broker.test"], NOW)).expect("a leaf");
        let facts = CertificateFacts::of(&leaf.certificate);
        let at = |today| Here { chain: vec![facts.clone()], checked_at: Some(today), ..Here::default() };
        let first = |here| said(Changed::DatesIgnored, here)[0];
        assert_eq!(first(Some(at(NOW + 60))), ("F-106", Certainty::Likely));
        assert_eq!(first(Some(at(NOW + 20 * 365 * 86_400))), ("F-104", Certainty::Seen));
        assert_eq!(first(Some(at(NOW - 20 * 365 * 86_400))), ("F-105", Certainty::Seen));
        assert_eq!(first(None).1, Certainty::Possible);
    }
}
