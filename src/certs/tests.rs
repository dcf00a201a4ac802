//! Every way a file is known to go wrong, as a table: what a computer says, what the module's parser says, what is told
//! to the user, and what a repair makes of it.

use std::sync::LazyLock;

use openssl::{
    pkcs7::{Pkcs7, Pkcs7Flags},
    pkcs12::Pkcs12,
    stack::Stack,
    symm::Cipher,
};
use proptest::prelude::*;

use super::*;
use crate::tls::authority::{Authority, DAY, Hash, Identity, KeyKind, LeafSpec, Purpose, Usage, self_signed};

const NOW: i64 = 1_790_000_000;

/// Made once: each one made has its own serial number.
fn root() -> Authority {
    static ROOT: LazyLock<Authority> =
        LazyLock::new(|| Authority::root("Bench Root", KeyKind::Rsa(2048), 0, NOW).unwrap());
    ROOT.clone()
}

fn root_pem() -> Vec<u8> {
    root().certificate_pem().unwrap()
}

fn client() -> Identity {
    root().issue(&LeafSpec::client("dev1", NOW)).unwrap()
}

fn replaced(bytes: &[u8], from: &str, to: &str) -> Vec<u8> {
    String::from_utf8(bytes.to_vec()).unwrap().replace(from, to).into_bytes()
}

fn utf16(bytes: &[u8], to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(bytes.iter().map(|byte| u16::from(*byte))).flat_map(to_bytes).collect()
}

/// Name, bytes, whether a computer opens it, the module's verdict, a concern that must be told.
type Row = (&'static str, Vec<u8>, bool, ModuleVerdict, Option<Concern>);

const TAKES: ModuleVerdict = ModuleVerdict::Takes;
const NO_BLOCK: ModuleVerdict = ModuleVerdict::Refuses(ParserRefusal::NoBlock);
const NO_LINE_FEED: ModuleVerdict = ModuleVerdict::Refuses(ParserRefusal::NoLineFeed);
const CHARACTER: ModuleVerdict = ModuleVerdict::Refuses(ParserRefusal::Character);
const CONTAINER: ModuleVerdict = ModuleVerdict::Refuses(ParserRefusal::Container);

fn text_rows() -> Vec<Row> {
    let pem = root_pem();
    let cr = replaced(&pem, "\n", "\r");
    let indented = [b"  ", &replaced(&pem, "\n", "\n  ")[..]].concat();
    let indented_body = replaced(&pem, "\nM", "\n  M");
    let bad = [&pem[..100], b"#", &pem[101..]].concat();
    vec![
        ("as it is", pem.clone(), true, TAKES, None),
        ("CRLF", replaced(&pem, "\n", "\r\n"), true, TAKES, None),
        ("CR only", cr, false, NO_LINE_FEED, Some(Concern::CarriageReturnsOnly)),
        ("one line", replaced(&pem, "\n", ""), false, NO_LINE_FEED, Some(Concern::Damaged(Damage::Joined))),
        ("blanks for LF", replaced(&pem, "\n", " "), false, NO_LINE_FEED, Some(Concern::Damaged(Damage::Joined))),
        ("literal \\n", replaced(&pem, "\n", "\\n"), false, NO_LINE_FEED, Some(Concern::LiteralLineEnds)),
        ("BOM", [b"\xEF\xBB\xBF", &pem[..]].concat(), true, TAKES, Some(Concern::ByteOrderMark)),
        ("UTF-16 LE", utf16(&pem, u16::to_le_bytes), false, NO_BLOCK, Some(Concern::Utf16)),
        ("UTF-16 BE", utf16(&pem, u16::to_be_bytes), false, NO_BLOCK, Some(Concern::Utf16)),
        ("text in front", [b"Issuer: me\n", &pem[..]].concat(), true, TAKES, Some(Concern::StrayText { bytes: 9 })),
        ("AT behind", [&pem[..], b"AT+CSQ\r\n"].concat(), true, TAKES, Some(Concern::StrayText { bytes: 6 })),
        ("last LF missing", pem[..pem.len() - 1].to_vec(), true, TAKES, None),
        ("footer cut", pem[..pem.len() - 10].to_vec(), false, NO_BLOCK, None),
        ("footer gone", pem[..pem.len() - 30].to_vec(), false, NO_BLOCK, Some(Concern::Damaged(Damage::NoFooter))),
        ("body cut", pem[..600].to_vec(), false, NO_BLOCK, Some(Concern::Damaged(Damage::NoFooter))),
        ("indented", indented, false, CHARACTER, Some(Concern::Damaged(Damage::Indented { line: 2 }))),
        ("body indented", indented_body, true, CHARACTER, Some(Concern::Damaged(Damage::Indented { line: 2 }))),
        ("bad character", bad, false, CHARACTER, Some(Concern::Damaged(Damage::Character { line: 3, column: 8 }))),
        (
            "four dashes",
            replaced(&pem, "-----BEGIN", "----BEGIN"),
            false,
            NO_BLOCK,
            Some(Concern::Damaged(Damage::Dashes { line: 1 })),
        ),
        ("a web page", b"<html>not here</html>".to_vec(), false, NO_BLOCK, Some(Concern::NotCertificates)),
        ("nothing", Vec::new(), false, NO_BLOCK, Some(Concern::Empty)),
    ]
}

fn container_rows() -> Vec<Row> {
    let pem = root_pem();
    let client = client();
    let der = root().certificate().to_der().unwrap();
    let mut store = Pkcs12::builder();
    store.pkey(&client.key).cert(&client.certificate);
    let p12 = store.build2("x").unwrap().to_der().unwrap();
    let flags = Pkcs7Flags::BINARY;
    let p7 = Pkcs7::sign(&client.certificate, &client.key, &Stack::new().unwrap(), b"", flags).unwrap();
    let other = replaced(&pem, "BEGIN CERTIFICATE", "BEGIN TRUSTED CERTIFICATE");
    let trusted = replaced(&other, "END CERTIFICATE", "END TRUSTED CERTIFICATE");
    let ec_root = Authority::root("EC", KeyKind::P256, 0, NOW).unwrap().certificate_pem().unwrap();
    let elliptic = ModuleVerdict::Doubtful(Doubt::EllipticKey);
    vec![
        ("DER", der, true, ModuleVerdict::Doubtful(Doubt::Binary), Some(Concern::Binary)),
        ("PKCS#12", p12, false, CONTAINER, Some(Concern::Container)),
        ("PKCS#7 PEM", p7.to_pem().unwrap(), false, CONTAINER, Some(Concern::Container)),
        ("PKCS#7 DER", p7.to_der().unwrap(), false, CONTAINER, Some(Concern::Container)),
        ("TRUSTED", trusted, true, NO_BLOCK, Some(Concern::TrustedHeader)),
        ("two certificates", [&pem[..], &pem[..]].concat(), true, TAKES, None),
        ("elliptic", ec_root, true, elliptic, Some(Concern::EllipticKey)),
        ("a key in its place", client.key_pem().unwrap(), true, NO_BLOCK, Some(Concern::WrongContent)),
    ]
}

#[test]
fn every_broken_certificate_file_is_known() {
    for (name, bytes, opens_on_pc, verdict, concern) in text_rows().into_iter().chain(container_rows()) {
        let facts = FileFacts::read(&bytes);
        assert_eq!(facts.opens_on_pc, opens_on_pc, "{name}");
        assert_eq!(module_verdict(&bytes, FileRole::Authority), verdict, "{name}");
        let found = concerns(&facts, FileRole::Authority, NOW);
        match concern {
            Some(concern) => assert!(found.contains(&concern), "{name}: {found:?}"),
            None => assert!(!found.contains(&Concern::NotCertificates), "{name}: {found:?}"),
        }
    }
}

#[test]
fn a_good_file_raises_no_concern_and_needs_no_repair() {
    let pem = root_pem();
    assert_eq!(concerns(&FileFacts::read(&pem), FileRole::Authority, NOW), []);
    assert_eq!(clean(&pem).kinds, []);
    let client = client();
    assert_eq!(concerns(&FileFacts::read(&client.certificate_pem().unwrap()), FileRole::ClientCertificate, NOW), []);
    let key = client.key_pkcs1_pem().unwrap();
    assert_eq!(concerns(&FileFacts::read(&key), FileRole::ClientKey, NOW), []);
    assert_eq!(module_verdict(&key, FileRole::ClientKey), TAKES);
}

#[test]
fn what_can_be_repaired_becomes_the_clean_file() {
    let clean_pem = root_pem();
    for (name, bytes, ..) in text_rows().into_iter().chain(container_rows()) {
        let facts = FileFacts::read(&bytes);
        let is_whole = facts.certificates().any(|one| one.common_name.as_deref() == Some("Bench Root"));
        let repaired = clean(&bytes);
        if !is_whole || name == "two certificates" {
            continue;
        }
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end().to_owned();
        if facts.damage() != Some(Damage::NoFooter) {
            assert_eq!(text(&repaired.bytes), text(&clean_pem), "{name}");
        }
        assert_eq!(module_verdict(&repaired.bytes, FileRole::Authority), TAKES, "{name}");
        assert_eq!(clean(&repaired.bytes).kinds, [], "{name}: a second time");
    }
}

#[test]
fn what_cannot_be_read_is_left_as_it_is() {
    let pem = root_pem();
    let cut = [&pem[..600], &pem[700..]].concat();
    assert_eq!(clean(&cut).bytes, cut);
    let bad = [&pem[..100], b"#", &pem[101..]].concat();
    assert_eq!(clean(&bad).bytes, bad);
    assert_eq!(clean(b"text").bytes, b"text");
}

#[test]
fn the_other_line_ends_size_is_foretold() {
    let pem = root_pem();
    let crlf = replaced(&pem, "\n", "\r\n");
    assert_eq!(FileFacts::read(&pem).bytes_with_crlf(), crlf.len());
    assert_eq!(FileFacts::read(&crlf).bytes_with_lf(), pem.len());
}

#[test]
fn keys_are_known_in_every_form() {
    let identity = client();
    let rsa = identity.key.rsa().unwrap();
    let elliptic = root().issue(&LeafSpec { key: KeyKind::P256, ..LeafSpec::client("dev1", NOW) }).unwrap();
    let sec1 = elliptic.key.ec_key().unwrap().private_key_to_pem().unwrap();
    let parameters = b"-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n-----END EC PARAMETERS-----\n";
    let cipher = Cipher::aes_128_cbc();
    let pass_phrase = ModuleVerdict::Refuses(ParserRefusal::PassPhrase);
    let doubt = ModuleVerdict::Doubtful;
    let rows: [(Vec<u8>, KeyForm, ModuleVerdict, Option<Concern>); 8] = [
        (identity.key_pkcs1_pem().unwrap(), KeyForm::Pkcs1, TAKES, None),
        (identity.key_pem().unwrap(), KeyForm::Pkcs8, TAKES, Some(Concern::Pkcs8)),
        (rsa.private_key_to_der().unwrap(), KeyForm::Pkcs1, doubt(Doubt::Binary), Some(Concern::Binary)),
        (sec1.clone(), KeyForm::Sec1, doubt(Doubt::EllipticKey), Some(Concern::EllipticKey)),
        (
            [parameters, &sec1[..]].concat(),
            KeyForm::Sec1,
            doubt(Doubt::CurveParameters),
            Some(Concern::CurveParameters),
        ),
        (
            identity.key.private_key_to_pem_pkcs8_passphrase(cipher, b"x").unwrap(),
            KeyForm::Encrypted,
            pass_phrase,
            Some(Concern::PassPhrase),
        ),
        (
            rsa.private_key_to_pem_passphrase(cipher, b"x").unwrap(),
            KeyForm::Encrypted,
            pass_phrase,
            Some(Concern::PassPhrase),
        ),
        (
            identity.key.private_key_to_pkcs8_passphrase(cipher, b"x").unwrap(),
            KeyForm::Encrypted,
            pass_phrase,
            Some(Concern::PassPhrase),
        ),
    ];
    for (number, (bytes, form, verdict, concern)) in rows.into_iter().enumerate() {
        let facts = FileFacts::read(&bytes);
        assert_eq!(facts.key().map(|key| key.form), Some(form), "row {number}");
        assert_eq!(module_verdict(&bytes, FileRole::ClientKey), verdict, "row {number}");
        let found = concerns(&facts, FileRole::ClientKey, NOW);
        assert!(concern.is_none_or(|concern| found.contains(&concern)), "row {number}: {found:?}");
    }
}

#[test]
fn a_pkcs8_key_becomes_the_vendors_form_and_stays_the_same_key() {
    let identity = client();
    let repaired = clean(&identity.key_pem().unwrap());
    assert_eq!(repaired.kinds, [RepairKind::ToPkcs1]);
    assert_eq!(repaired.bytes, identity.key_pkcs1_pem().unwrap());
    assert_eq!(pairing(&identity.certificate_pem().unwrap(), &repaired.bytes), Pairing::Pair);
    assert!(!format!("{repaired:?} {:?}", FileFacts::read(&repaired.bytes)).contains("MII"));
}

#[test]
fn pairs_are_told_from_strangers() {
    let mine = client();
    let stranger = root().issue(&LeafSpec { key_number: 7, ..LeafSpec::client("dev2", NOW) }).unwrap();
    let certificate = mine.certificate_pem().unwrap();
    assert_eq!(pairing(&certificate, &mine.key_pem().unwrap()), Pairing::Pair);
    assert_eq!(pairing(&certificate, &stranger.key_pem().unwrap()), Pairing::NotAPair);
    assert_eq!(pairing(&certificate, b"nothing"), Pairing::Unreadable);
}

#[test]
fn a_certificate_says_what_it_is() {
    let spec = LeafSpec {
        names: vec!["broker.test".to_owned(), "192.0.2.7".to_owned()],
        usage: Usage::SignOnly,
        hash: Hash::Sha384,
        ..LeafSpec::server(&["broker.test"], NOW)
    };
    let leaf = root().issue(&spec).unwrap();
    let facts = CertificateFacts::of(&leaf.certificate);
    assert_eq!(facts.subject, "O=Bench, CN=broker.test");
    assert_eq!(facts.issuer, "O=Bench, CN=Bench Root");
    assert_eq!(facts.common_name.as_deref(), Some("broker.test"));
    assert_eq!(facts.names, ["broker.test", "192.0.2.7"]);
    assert_eq!((facts.not_before, facts.not_after), (Some(spec.valid.0), Some(spec.valid.1)));
    assert_eq!(facts.key, PublicKey::Rsa { bits: 2048 });
    assert_eq!(facts.signature, Signature::Rsa(Digest::Sha384));
    assert_eq!((facts.is_authority, facts.is_self_issued), (Some(false), false));
    assert_eq!((facts.server_auth, facts.client_auth), (Some(true), Some(false)));
    assert!(facts.usage.is_some_and(|usage| usage.digital_signature && !usage.key_encipherment));
    assert_eq!(facts.authority_key_id, CertificateFacts::of(root().certificate()).subject_key_id);
    assert_eq!(CertificateFacts::of(root().certificate()).is_authority, Some(true));
}

#[test]
fn files_in_the_wrong_place_raise_their_concern() {
    let concerns_of = |spec: &LeafSpec, role| {
        let pem = root().issue(spec).unwrap().certificate_pem().unwrap();
        concerns(&FileFacts::read(&pem), role, NOW)
    };
    let client = LeafSpec::client("dev1", NOW);
    let expired = LeafSpec { valid: (NOW - 9 * DAY, NOW - DAY), ..client.clone() };
    let future = LeafSpec { valid: (NOW + DAY, NOW + 9 * DAY), ..client.clone() };
    let server = LeafSpec { purpose: Purpose::Server, ..client.clone() };
    let weak = LeafSpec { key: KeyKind::Rsa(1024), ..client.clone() };
    let role = FileRole::ClientCertificate;
    assert_eq!(concerns_of(&expired, role), [Concern::Expired]);
    assert_eq!(concerns_of(&future, role), [Concern::NotYetValid]);
    assert_eq!(concerns_of(&server, role), [Concern::NotForClients]);
    assert_eq!(concerns_of(&weak, role), [Concern::KeySize { bits: 1024 }]);
    assert_eq!(concerns_of(&LeafSpec { hash: Hash::Sha1, ..client.clone() }, role), [Concern::OldSignature]);
    assert_eq!(concerns_of(&LeafSpec { hash: Hash::Sha512, ..client.clone() }, role), [Concern::UncommonSignature]);
    assert_eq!(concerns_of(&client, FileRole::Authority), [Concern::NotAnAuthority]);
    let root = FileFacts::read(&root_pem());
    assert_eq!(concerns(&root, role, NOW), [Concern::IsAnAuthority]);
    assert_eq!(root.likely_role(), Some(FileRole::Authority));
    let bundle = FileFacts::read(&root_pem().repeat(12));
    let found = concerns(&bundle, FileRole::Authority, NOW);
    assert!(
        found.contains(&Concern::Bundle { certificates: 12 })
            && found.contains(&Concern::TooBig { bytes: bundle.bytes })
    );
}

#[test]
fn chains_are_judged_like_a_client_would() {
    let root = root();
    let twin = Authority::root("Bench Root", KeyKind::Rsa(2048), 2, NOW).unwrap();
    let middle = root.intermediate("Middle", 3, NOW).unwrap();
    let spec = LeafSpec::server(&["broker.test"], NOW);
    let der = |identity: &Identity| identity.certificate.to_der().unwrap();
    let middle_der = middle.certificate().to_der().unwrap();
    let leaf = middle.issue(&spec).unwrap();
    let full = vec![der(&leaf), middle_der.clone()];
    let alone = vec![der(&leaf)];
    let own = self_signed(&spec).unwrap();
    let direct = root.issue(&spec).unwrap();
    let ca = root_pem();
    let twin_ca = twin.certificate_pem().unwrap();
    let own_ca = own.certificate_pem().unwrap();
    let leaf_ca = direct.certificate_pem().unwrap();

    let code = |chain: &[Vec<u8>], ca: &[u8], host| {
        let judged = judge_chain(chain, ca, host, NOW).unwrap();
        (judged.code.0, judged.relation)
    };
    let name = Some("broker.test");
    assert_eq!(code(&full, &ca, name), (0, CaRelation::Issues));
    assert_eq!(code(&full, &ca, Some("other.test")), (62, CaRelation::Issues));
    assert_eq!(code(&alone, &ca, name), (20, CaRelation::Unrelated));
    assert_eq!(code(&alone, &middle.certificate_pem().unwrap(), name).1, CaRelation::Issues);
    assert_eq!(code(&[der(&direct)], &twin_ca, name), (20, CaRelation::SameNameOtherKey));
    assert_eq!(code(&[der(&direct)], &leaf_ca, name).1, CaRelation::IsTheLeaf);
    assert_eq!(code(&[der(&own)], &ca, name), (18, CaRelation::Unrelated));
    assert_eq!(code(&[der(&own)], &own_ca, name), (0, CaRelation::Issues));
    assert_eq!(code(&full, b"no certificate", name).1, CaRelation::Unreadable);
    assert_eq!(judge_chain(&full, &ca, name, NOW + 400 * DAY).unwrap().code.0, 10);

    let turned = vec![der(&leaf), root.certificate().to_der().unwrap(), middle_der];
    let judged = judge_chain(&turned, &ca, name, NOW).unwrap();
    assert_eq!((judged.code.0, judged.is_in_order, judged.length), (0, false, 3));
    assert!(judge_chain(&[], &ca, name, NOW).is_none());
}

#[test]
fn dashes_shared_by_two_words_are_counted_once() {
    let pem = root_pem();
    let joined = [&pem[..pem.len() - 6], &pem[..]].concat();
    let shared = b"-----BEGIN X-----END X-----BEGIN X-----\n";
    for bytes in [&joined[..], shared] {
        let facts = FileFacts::read(bytes);
        assert!(facts.damage().is_some());
    }
    assert_eq!(FileFacts::read(&joined).certificates().count(), 2);
}

/// Pieces of PEM in any order: what a careless copy or a hostile file looks like.
fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        Just(b"-----BEGIN CERTIFICATE-----".to_vec()),
        Just(b"-----END CERTIFICATE-----".to_vec()),
        Just(b"-----BEGIN PRIVATE KEY-----\n".to_vec()),
        Just(b"-----END ".to_vec()),
        Just(b"Proc-Type: 4,ENCRYPTED\n\n".to_vec()),
        Just(b"\r\n".to_vec()),
        Just(b"-".to_vec()),
        Just(b"\xEF\xBB\xBF".to_vec()),
        Just(b"\xFF\xFE".to_vec()),
        Just(b"MIIB".to_vec()),
        Just(vec![0x30, 0x82, 0x01]),
        proptest::collection::vec(any::<u8>(), 0..20),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn no_file_makes_the_reader_panic(bytes in pieces()) {
        let facts = FileFacts::read(&bytes);
        for role in [FileRole::Authority, FileRole::ClientCertificate, FileRole::ClientKey] {
            concerns(&facts, role, NOW);
            module_verdict(&bytes, role);
        }
        let repaired = clean(&bytes);
        prop_assert_eq!(FileFacts::read(&repaired.bytes).certificates().count(), facts.certificates().count());
    }

    #[test]
    fn a_changed_certificate_is_read_or_refused(at in 0_usize..800, byte in any::<u8>()) {
        let mut der = root().certificate().to_der().unwrap();
        let at = at % der.len();
        der[at] = byte;
        FileFacts::read(&der);
        judge_chain(&[der], &root_pem(), Some("broker.test"), NOW);
    }
}

#[test]
fn a_certificate_covers_its_names_and_one_label_for_a_star() {
    let facts = |names: &[&str]| CertificateFacts {
        names: names.iter().map(|name| (*name).to_owned()).collect(),
        common_name: Some("common.test".to_owned()),
        ..CertificateFacts::of(root().certificate())
    };
    let table: [(&[&str], &str, bool); 9] = [
        (&["broker.test"], "Broker.TEST", true),
        (&["other.test", "broker.test"], "broker.test", true),
        (&["broker.test"], "mqtt.broker.test", false),
        (&["*.broker.test"], "mqtt.broker.test", true),
        (&["*.broker.test"], "a.mqtt.broker.test", false),
        (&["*.broker.test"], "broker.test", false),
        (&["127.0.0.1"], "127.0.0.1", true),
        (&["broker.test"], "common.test", false),
        (&[], "common.test", true),
    ];
    for (names, host, is_covered) in table {
        assert_eq!(facts(names).covers(host), is_covered, "{names:?} {host}");
    }
}
