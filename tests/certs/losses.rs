//! What lost something is told as that, and never called usable.

use air780e_companion::certs::{Concern, Damage, FileFacts, FileRole, Given, Kit};

use crate::{
    made::{MADE, text},
    today,
};

fn problems(bytes: &[u8]) -> (bool, Vec<Concern>) {
    let kit = Kit::of(&[Given { name: "file", bytes }], None, today());
    let concerns = kit.problems().map(|(_, problem)| problem.concern).collect();
    (kit.ready.is_empty(), concerns)
}

/// Places of base64 digits in the body of a PEM file, padding aside.
fn digits(pem: &str) -> Vec<usize> {
    let (start, end) = (pem.find('\n').unwrap() + 1, pem.find("-----END").unwrap());
    let is_digit = |at: &usize| !matches!(pem.as_bytes()[*at], b'\n' | b'=');
    (start..end).filter(is_digit).collect()
}

#[test]
fn one_lost_base64_character_is_never_usable() {
    for name in ["root.crt", "client.crt", "client.pkcs1", "client.key"] {
        let pem = text(&MADE.path(name));
        for (number, at) in digits(&pem).into_iter().enumerate().step_by(3) {
            let mut lost = pem.clone();
            lost.remove(at);
            // Also without its line ends, as a form of the web hands it over.
            let lost = if number % 2 == 0 { lost } else { lost.replace('\n', " ") };
            let (is_nothing, concerns) = problems(lost.as_bytes());
            assert!(is_nothing, "{name}: without character {at} something was read");
            assert!(concerns.iter().any(|one| matches!(one, Concern::Damaged(_))), "{name}, {at}: {concerns:?}");
        }
    }
}

#[test]
fn the_line_that_lost_a_character_is_named() {
    let pem = text(&MADE.path("root.crt"));
    let place = pem.lines().take(6).map(|line| line.len() + 1).sum::<usize>() + 10;
    let mut lost = pem;
    lost.remove(place);
    let (_, concerns) = problems(lost.as_bytes());
    assert_eq!(concerns, [Concern::Damaged(Damage::Lost { characters: 1, line: Some(7) })]);
}

#[test]
fn one_changed_character_is_found_where_a_signature_or_the_numbers_of_a_key_tell() {
    for name in ["root.crt", "client.pkcs1"] {
        let pem = text(&MADE.path(name));
        let all = digits(&pem);
        // The last digit holds bits of no meaning.
        for at in all[..all.len() - 1].iter().copied().step_by(17) {
            let mut changed = pem.clone().into_bytes();
            changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
            let (is_nothing, concerns) = problems(&changed);
            // Where the kind of the key was hit, it is told as one that no module has.
            let is_told = !concerns.is_empty();
            // With another key id it seems to be signed by somebody else.
            let facts = FileFacts::read(&changed);
            let is_strangers = facts.certificates().any(|one| one.subject_key_id != one.authority_key_id);
            assert!(is_told || is_strangers, "{name}, {at}: {is_nothing} {concerns:?}");
        }
    }
}

#[test]
fn a_file_that_was_cut_is_told_as_that() {
    let pem = text(&MADE.path("root.crt"));
    let der = MADE.openssl("x509 -in root.crt -outform DER");
    for cut in [&pem.as_bytes()[..600], &pem.as_bytes()[..pem.len() - 60]] {
        let (is_nothing, concerns) = problems(cut);
        assert!(is_nothing && matches!(concerns[..], [Concern::Damaged(_)]), "{concerns:?}");
    }
    let (is_nothing, concerns) = problems(&der[..400]);
    assert!(is_nothing);
    assert_eq!(concerns, [Concern::Damaged(Damage::Cut { bytes: 400, wanted: der.len() })]);
    let (_, concerns) = problems(&[&der[..], b"more"].concat());
    assert_eq!(concerns, [Concern::Damaged(Damage::Behind { bytes: 4 })]);
    let mut lying = der.clone();
    lying[3] ^= 1;
    let (is_nothing, concerns) = problems(&lying);
    assert!(is_nothing && matches!(concerns[..], [Concern::Damaged(_)]), "{concerns:?}");
}

#[test]
fn a_lost_padding_sign_is_a_doubt_and_no_more() {
    // One of three certificates has padding, whatever its length.
    for name in ["root.crt", "middle.crt", "client.crt", "below.crt", "server.crt"] {
        let pem = text(&MADE.path(name));
        if !pem.contains('=') {
            continue;
        }
        let kit = Kit::of(&[Given { name, bytes: pem.replacen('=', "", 1).as_bytes() }], None, today());
        assert!(!kit.ready.is_empty(), "{name}: all of its bytes are there");
        let changes = &kit.files[0].changes;
        let padding = air780e_companion::certs::Change::Dress(air780e_companion::certs::Dress::Padding);
        assert!(changes.contains(&padding), "{name}: {changes:?}");
    }
}

#[test]
fn an_issuers_signature_that_does_not_fit_is_told() {
    let root = MADE.read("root.crt");
    let der = MADE.openssl("x509 -in client.crt -outform DER");
    let mut changed = der.clone();
    let last = changed.len() - 5;
    changed[last] ^= 1;
    let given = [Given { name: "root.crt", bytes: &root }, Given { name: "client.crt", bytes: &changed }];
    let kit = Kit::of(&given, None, today());
    let damaged = kit.problems().any(|(file, one)| file == 1 && one.concern == Concern::Damaged(Damage::Signature));
    assert!(damaged, "{:?}", kit.files);
    assert!(kit.file(FileRole::Authority).is_some());
}
