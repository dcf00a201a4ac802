//! Containers as openssl writes them, old and new, with pass phrases.

use air780e_companion::certs::{Change, Closed, Concern, Detail, FileRole, Given, Kit, PassPhrase};

use crate::{
    made::{MADE, Workshop, der, der_again},
    today,
};

const PHRASE: &str = "p 密码 ä1";

fn shop() -> Workshop {
    let shop = Workshop::new();
    for name in ["root.crt", "middle.crt", "below.crt", "below.key", "client.crt", "client.key", "client.pkcs1"] {
        shop.write(name, &MADE.read(name));
    }
    shop.write("phrase", PHRASE.as_bytes());
    let chain = [shop.read("root.crt"), shop.read("middle.crt")].concat();
    shop.write("chain.crt", &chain);
    shop
}

fn phrase(text: &str) -> PassPhrase {
    PassPhrase::from_file(format!("{text}\r\nnot this line").into_bytes())
}

fn opened(bytes: &[u8], text: Option<&str>) -> Kit {
    Kit::of(&[Given { name: "file", bytes }], text.map(phrase).as_ref(), today())
}

/// The three files of `below`, its chain in order, from one container.
fn assert_is_below(kit: &Kit, name: &str) {
    assert_eq!(kit.problems().collect::<Vec<_>>(), [], "{name}");
    let chain = String::from_utf8(kit.file(FileRole::ClientCertificate).expect(name).bytes.to_vec()).unwrap();
    let wanted = [MADE.read("below.crt"), MADE.read("middle.crt")].concat();
    assert_eq!(chain, String::from_utf8(wanted).unwrap(), "{name}");
    assert_eq!(*kit.file(FileRole::Authority).expect(name).bytes, MADE.read("root.crt"), "{name}");
}

/// DER as Windows and Java write it: lengths are left open, long strings come in pieces.
fn loosened(der: &[u8]) -> Vec<u8> {
    let (mut left, mut loose) = (der, Vec::new());
    while let [tag, first, rest @ ..] = left {
        let digits = usize::from(first & 0x7F);
        let (length, rest) = match first {
            0..=0x7F => (digits, rest),
            _ => (rest[..digits].iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), &rest[digits..]),
        };
        let (content, behind) = rest.split_at(length);
        let open = |tag: u8, content: Vec<u8>| [vec![tag, 0x80], content, vec![0, 0]].concat();
        loose.extend(match *tag {
            4 if content.len() > 500 => {
                let piece = |part: &[u8]| [&[4, 0x82, 1, 0x90][..], part].concat();
                let (parts, last) = content.as_chunks::<400>();
                let mut pieces: Vec<u8> = parts.iter().flat_map(|part| piece(part)).collect();
                let size = u16::try_from(last.len()).unwrap().to_be_bytes();
                pieces.extend([4, 0x82, size[0], size[1]].iter().chain(last));
                open(0x24, pieces)
            }
            tag if tag & 0x20 != 0 => open(tag, loosened(content)),
            _ => left[..left.len() - behind.len()].to_vec(),
        });
        left = behind;
    }
    loose
}

#[test]
fn stores_of_every_age_are_opened() {
    let shop = shop();
    let export = "pkcs12 -export -in below.crt -inkey below.key -certfile chain.crt -passout file:phrase";
    let kinds = [
        ("today's", ""),
        ("RC2 and 3DES", "-legacy"),
        ("3DES", "-keypbe PBE-SHA1-3DES -certpbe PBE-SHA1-3DES -macalg sha1"),
        ("RC2 with 128 bits", "-legacy -certpbe PBE-SHA1-RC2-128 -keypbe PBE-SHA1-RC2-128"),
        ("certificates in clear", "-certpbe NONE"),
    ];
    for (name, more) in kinds {
        shop.openssl(&format!("{export} {more} -out store.p12"));
        let store = shop.read("store.p12");
        let kit = opened(&store, Some(PHRASE));
        assert_is_below(&kit, name);
        let key = kit.file(FileRole::ClientKey).expect(name);
        assert!(der_again(&key.bytes, true) == der(&MADE, "below.key"), "{name}");
        assert_is_below(&opened(&loosened(&store), Some(PHRASE)), "without lengths, in pieces");
        let in_text = openssl::base64::encode_block(&store);
        assert_is_below(&opened(in_text.as_bytes(), Some(PHRASE)), "in base64");
        for (text, why) in [(None, Closed::NoPassPhrase), (Some("wrong"), Closed::WrongPassPhrase)] {
            let kit = opened(&store, text);
            let details: Vec<_> = kit.problems().map(|(_, one)| (one.concern, one.detail)).collect();
            assert_eq!(details, [(Concern::PassPhrase, Some(Detail::Closed(why)))], "{name}");
        }
    }
    shop.openssl("pkcs12 -export -in below.crt -inkey below.key -certfile chain.crt -passout pass: -out empty.p12");
    assert_is_below(&opened(&shop.read("empty.p12"), None), "without a pass phrase");
}

#[test]
fn bundles_are_opened_and_sorted() {
    let shop = shop();
    shop.openssl("crl2pkcs7 -nocrl -certfile chain.crt -certfile below.crt -out bundle.p7b");
    shop.openssl("crl2pkcs7 -nocrl -certfile chain.crt -certfile below.crt -outform DER -out bundle.der");
    for name in ["bundle.p7b", "bundle.der"] {
        let kit = opened(&shop.read(name), None);
        assert_is_below(&kit, name);
        assert!(kit.files[0].changes.contains(&Change::FromPkcs7), "{name}");
    }
}

#[test]
fn locked_keys_are_opened_in_every_form() {
    let shop = shop();
    let makes = [
        ("pkcs8 -topk8 -in client.key -passout file:phrase", Some(Change::Unlocked)),
        ("pkcs8 -topk8 -in client.key -passout file:phrase -outform DER", Some(Change::Unlocked)),
        ("pkcs8 -topk8 -in client.key -passout file:phrase -v1 PBE-SHA1-3DES", Some(Change::Unlocked)),
        ("rsa -in client.key -traditional -aes128 -passout file:phrase", Some(Change::Unlocked)),
        ("rsa -in client.key -traditional -des3 -passout file:phrase", Some(Change::Unlocked)),
        // What OpenSSL before 1.1 made where nobody asked for more.
        (
            "pkcs8 -topk8 -in client.key -passout file:phrase -v1 PBE-MD5-DES -provider legacy -provider default",
            Some(Change::Unlocked),
        ),
        (
            "pkcs8 -topk8 -in client.key -passout file:phrase -v1 PBE-SHA1-DES -provider legacy -provider default",
            Some(Change::Unlocked),
        ),
        (
            "pkcs8 -topk8 -in client.key -passout file:phrase -v1 PBE-SHA1-RC2-64 -provider legacy -provider default",
            Some(Change::Unlocked),
        ),
        (
            "pkcs8 -topk8 -in client.key -passout file:phrase -v1 PBE-SHA1-RC2-40 -provider legacy -provider default",
            Some(Change::Unlocked),
        ),
        (
            "pkcs8 -topk8 -in client.key -passout file:phrase -v1 PBE-SHA1-RC2-128 -provider legacy -provider default",
            Some(Change::Unlocked),
        ),
        (
            "rsa -in client.key -traditional -des -passout file:phrase -provider legacy -provider default",
            Some(Change::Unlocked),
        ),
        ("pkcs8 -topk8 -nocrypt -in client.key", Some(Change::ToPkcs1)),
        ("rsa -in client.key -traditional", None),
    ];
    let wanted = der(&MADE, "client.pkcs1");
    for (make, change) in makes {
        let bytes = shop.openssl(make);
        let spoiled = String::from_utf8(bytes.clone()).ok().map(|text| text.replace('\n', "\\n").into_bytes());
        for bytes in std::iter::once(bytes).chain(spoiled) {
            let kit = opened(&bytes, Some(PHRASE));
            assert_eq!(kit.problems().collect::<Vec<_>>(), [], "{make}");
            let key = kit.file(FileRole::ClientKey).expect(make);
            assert!(key.bytes.starts_with(b"-----BEGIN RSA PRIVATE KEY-----\n"), "{make}");
            assert!(der_again(&key.bytes, true) == wanted, "{make}");
            assert!(change.is_none_or(|change| kit.files[0].changes.contains(&change)), "{make}: {:?}", kit.files);
            assert!(!format!("{kit:?}").contains("MII"), "{make}: a key in a debug line");
            let closed = |text| opened(&bytes, text).problems().map(|(_, one)| one.detail).collect::<Vec<_>>();
            if change == Some(Change::Unlocked) {
                assert_eq!(closed(None), [Some(Detail::Closed(Closed::NoPassPhrase))], "{make}");
                assert_eq!(closed(Some("wrong")), [Some(Detail::Closed(Closed::WrongPassPhrase))], "{make}");
            }
        }
    }
}

#[test]
fn a_key_of_openssh_becomes_the_vendors_form() {
    let shop = Workshop::new();
    shop.program("ssh-keygen", &["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", "key"]);
    let bytes = shop.read("key");
    shop.program("ssh-keygen", &["-q", "-p", "-m", "PEM", "-N", "", "-f", "key"]);
    let wanted = der(&shop, "key");
    for bytes in [bytes.clone(), String::from_utf8(bytes).unwrap().replace('\n', "\r\n").into_bytes()] {
        let kit = opened(&bytes, None);
        assert_eq!(kit.problems().collect::<Vec<_>>(), []);
        assert!(kit.files[0].changes.contains(&Change::FromOpenSsh));
        assert!(der_again(&kit.file(FileRole::ClientKey).unwrap().bytes, true) == wanted);
    }
    shop.program("ssh-keygen", &["-q", "-t", "ed25519", "-N", "", "-f", "ed"]);
    let concerns: Vec<_> = opened(&shop.read("ed"), None).problems().map(|(_, one)| one.concern).collect();
    assert_eq!(concerns, [Concern::EllipticKey]);
}

#[test]
fn a_locked_key_of_openssh_is_opened_with_each_of_its_ciphers() {
    let shop = Workshop::new();
    shop.program("ssh-keygen", &["-q", "-t", "rsa", "-b", "2048", "-N", "", "-f", "open"]);
    let wanted = opened(&shop.read("open"), None).file(FileRole::ClientKey).unwrap().bytes.to_vec();
    let ciphers = [
        "aes128-cbc",
        "aes192-cbc",
        "aes256-cbc",
        "aes128-ctr",
        "aes192-ctr",
        "aes256-ctr",
        "3des-cbc",
        "aes128-gcm@openssh.com",
        "aes256-gcm@openssh.com",
        "chacha20-poly1305@openssh.com",
    ];
    for cipher in ciphers {
        // Whoever may read a key besides its owner gets none of it opened by the tool.
        shop.write("locked", b"");
        std::fs::copy(shop.path("open"), shop.path("locked")).unwrap();
        shop.program("ssh-keygen", &["-q", "-p", "-a", "1", "-Z", cipher, "-P", "", "-N", PHRASE, "-f", "locked"]);
        let bytes = shop.read("locked");
        let kit = opened(&bytes, Some(PHRASE));
        assert_eq!(kit.problems().collect::<Vec<_>>(), [], "{cipher}");
        assert!(*kit.file(FileRole::ClientKey).expect(cipher).bytes == wanted, "{cipher}");
        for (text, why) in [(None, Closed::NoPassPhrase), (Some("wrong"), Closed::WrongPassPhrase)] {
            let details: Vec<_> = opened(&bytes, text).problems().map(|(_, one)| (one.concern, one.detail)).collect();
            assert_eq!(details, [(Concern::PassPhrase, Some(Detail::Closed(why)))], "{cipher}");
        }
    }
}
