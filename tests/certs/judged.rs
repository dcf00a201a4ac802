//! What is sound as a file and still no good for the module, made by openssl.

use air780e_companion::certs::{Concern, Detail, FileRole, Given, Kit};

use crate::{
    made::{CLIENT, MADE, MIDDLE, SERVER, Workshop},
    today,
};

const DAY: i64 = 86_400;

fn shop() -> Workshop {
    let shop = Workshop::new();
    for name in ["root.crt", "root.key"] {
        shop.write(name, &MADE.read(name));
    }
    shop
}

fn kit(shop: &Workshop, names: &[&str], now: i64) -> Kit {
    let bytes: Vec<_> = names.iter().map(|name| shop.read(name)).collect();
    let given: Vec<_> = names.iter().zip(&bytes).map(|(name, bytes)| Given { name, bytes }).collect();
    Kit::of(&given, None, now)
}

fn concerns(shop: &Workshop, names: &[&str], now: i64) -> Vec<Concern> {
    kit(shop, names, now).problems().map(|(_, problem)| problem.concern).collect()
}

#[test]
fn clients_are_judged_for_the_module() {
    let shop = shop();
    let extended = |text: &str| CLIENT.replace("extendedKeyUsage=clientAuth", text);
    let used = |text: &str| CLIENT.replace("keyUsage=digitalSignature,keyEncipherment", text);
    let mut rows: Vec<(&str, &str, String, &str, Option<Concern>)> = vec![
        ("sound", "rsa:2048", CLIENT.to_owned(), "", None),
        ("signs", "rsa:2048", used("keyUsage=digitalSignature"), "", None),
        ("unstated", "rsa:2048", "basicConstraints=CA:FALSE".to_owned(), "", None),
        ("elliptic", "ec", CLIENT.to_owned(), "", Some(Concern::EllipticKey)),
        ("edwards", "ed25519", CLIENT.to_owned(), "", Some(Concern::EllipticKey)),
        ("short", "rsa:1024", CLIENT.to_owned(), "", Some(Concern::KeySize { bits: 1024 })),
        ("servers", "rsa:2048", extended("extendedKeyUsage=serverAuth"), "", Some(Concern::NotForClients)),
        ("encrypts", "rsa:2048", used("keyUsage=keyEncipherment"), "", Some(Concern::UsageMissing)),
        ("sha1", "rsa:2048", CLIENT.to_owned(), "-sha1 -days 99", Some(Concern::OldSignature)),
        ("sha512", "rsa:2048", CLIENT.to_owned(), "-sha512 -days 99", Some(Concern::UncommonSignature)),
    ];
    for (name, kind, extensions, more, concern) in rows.drain(..) {
        shop.issued(name, kind, "root", &extensions, more);
        let found = concerns(&shop, &[&format!("{name}.crt"), &format!("{name}.key")], today());
        match concern {
            Some(concern) => assert!(found.contains(&concern), "{name}: {found:?}"),
            None => assert_eq!(found, [], "{name}"),
        }
    }
    let pair = ["sound.crt", "sound.key"];
    assert_eq!(concerns(&shop, &pair, today() + 900 * DAY), [Concern::Expired]);
    assert_eq!(concerns(&shop, &pair, today() - 9 * DAY), [Concern::NotYetValid]);
}

#[test]
fn authorities_are_judged_for_the_module() {
    let shop = shop();
    let bound = format!("{}\nnameConstraints=critical,permitted;DNS:a.test\n", MIDDLE.replace(';', "\n"));
    shop.write("bound.ext", bound.as_bytes());
    shop.openssl("req -newkey rsa:2048 -nodes -keyout bound.key -out bound.csr -subj /CN=bound");
    shop.openssl("x509 -req -in bound.csr -CA root.crt -CAkey root.key -CAcreateserial -extfile bound.ext -out bound.crt -days 99");
    assert_eq!(concerns(&shop, &["bound.crt"], today()), [Concern::CriticalExtension { name: "nameConstraints" }]);
    shop.issued("mute", "rsa:2048", "root", "basicConstraints=critical,CA:TRUE;keyUsage=critical,cRLSign", "");
    assert_eq!(concerns(&shop, &["mute.crt"], today()), [Concern::UsageMissing]);
    shop.openssl(
        "req -x509 -newkey rsa:1024 -nodes -sha1 -days 99 -keyout old.key -out old.crt -subj /CN=old -addext basicConstraints=critical,CA:TRUE",
    );
    let found = concerns(&shop, &["old.crt"], today());
    assert!(found.contains(&Concern::KeySize { bits: 1024 }) && found.contains(&Concern::OldSignature), "{found:?}");
    shop.openssl(
        "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 99 -keyout ec.key -out ec.crt -subj /CN=ec \
         -addext basicConstraints=critical,CA:TRUE",
    );
    assert_eq!(concerns(&shop, &["ec.crt"], today()), [Concern::EllipticKey]);
    let both = kit(&shop, &["ec.crt", "root.crt"], today());
    assert_eq!(*both.file(FileRole::Authority).unwrap().bytes, shop.read("root.crt"), "the elliptic one is left out");
    assert_eq!(both.problems().count(), 1, "and that is told");
    shop.issued("server", "rsa:2048", "root", SERVER, "");
    assert_eq!(concerns(&shop, &["server.crt"], today()), [Concern::NotAnAuthority]);
    shop.issued("signs", "rsa:2048", "root", &SERVER.replace(",keyEncipherment", ""), "");
    assert_eq!(concerns(&shop, &["signs.crt"], today()), [Concern::NotAnAuthority, Concern::NoKeyEncipherment]);
    shop.write("full.crt", &[shop.read("server.crt"), shop.read("root.crt")].concat());
    let full = kit(&shop, &["full.crt"], today());
    assert_eq!(*full.file(FileRole::Authority).unwrap().bytes, shop.read("root.crt"));
    assert!(full.problems().any(|(_, one)| matches!(one.detail, Some(Detail::LeafLeftOut(_)))));
    let many: Vec<u8> = (0..5)
        .flat_map(|number| {
            shop.root(&format!("many{number}"), "");
            shop.read(&format!("many{number}.crt"))
        })
        .collect();
    shop.write("many.crt", &many);
    assert_eq!(concerns(&shop, &["many.crt"], today()), [Concern::Bundle { certificates: 5 }]);
}

#[test]
fn a_chain_is_sorted_and_looked_at_whole() {
    let shop = shop();
    for name in ["middle.crt", "below.crt", "below.key", "client.key"] {
        shop.write(name, &MADE.read(name));
    }
    shop.write("wrong.crt", &[shop.read("middle.crt"), shop.read("below.crt")].concat());
    let sorted = [shop.read("below.crt"), shop.read("middle.crt")].concat();
    let made = kit(&shop, &["wrong.crt", "below.key", "root.crt"], today());
    assert_eq!(made.problems().collect::<Vec<_>>(), []);
    assert_eq!(*made.file(FileRole::ClientCertificate).unwrap().bytes, sorted);
    let stranger = kit(&shop, &["wrong.crt", "client.key"], today());
    assert!(stranger.problems().any(|(_, one)| one.detail == Some(Detail::NoPair)));
    // An authority that the module is given in a file of its own stays one.
    let alone = kit(&shop, &["middle.crt", "below.crt", "below.key"], today());
    assert_eq!(*alone.file(FileRole::Authority).unwrap().bytes, shop.read("middle.crt"));
}

#[test]
fn in_a_folder_of_everything_the_device_gets_its_own_key_and_no_other() {
    let shop = shop();
    for name in ["server.crt", "server.key", "client.crt", "client.key"] {
        shop.write(name, &MADE.read(name));
    }
    // As a guide to OpenSSL leaves it; the order in which it is given does not matter.
    let mut all = vec!["root.crt", "root.key", "server.crt", "server.key", "client.crt", "client.key"];
    for _ in 0..all.len() {
        all.rotate_left(1);
        let made = kit(&shop, &all, today());
        assert_eq!(*made.file(FileRole::Authority).unwrap().bytes, shop.read("root.crt"), "{all:?}");
        assert_eq!(*made.file(FileRole::ClientCertificate).unwrap().bytes, shop.read("client.crt"), "{all:?}");
        assert_eq!(*made.file(FileRole::ClientKey).unwrap().bytes, MADE.read("client.pkcs1"), "{all:?}");
        let details: Vec<_> = made.problems().filter_map(|(file, one)| Some((all[file], one.detail?))).collect();
        assert!(details.contains(&("root.key", Detail::AuthorityKey)), "{details:?}");
        assert!(details.contains(&("server.key", Detail::MoreKeys)), "{details:?}");
    }
    let made = kit(&shop, &["root.crt", "root.key", "client.crt"], today());
    assert!(made.file(FileRole::ClientKey).is_none(), "an authority's key is none of a device");
    assert_eq!(*made.file(FileRole::ClientCertificate).unwrap().bytes, shop.read("client.crt"));
    let made = kit(&shop, &["root.crt", "root.key"], today());
    assert!(made.problems().any(|(_, one)| one.detail == Some(Detail::AuthorityAsDevice)));
}

#[test]
fn of_two_certificates_of_one_authority_the_one_below_a_root_that_is_there_is_taken() {
    let shop = shop();
    for name in ["middle.crt", "middle.key", "below.crt", "below.key"] {
        shop.write(name, &MADE.read(name));
    }
    shop.root("other", "");
    // The same authority, certified by another root too.
    shop.openssl("req -new -key middle.key -subj /O=Bench/CN=middle -out cross.csr");
    shop.write("cross.ext", MIDDLE.replace(';', "\n").as_bytes());
    shop.openssl("x509 -req -in cross.csr -CA other.crt -CAkey other.key -CAcreateserial -extfile cross.ext -days 99 -out cross.crt");
    for (root, middle) in [("root.crt", "middle.crt"), ("other.crt", "cross.crt")] {
        for order in [["cross.crt", "middle.crt"], ["middle.crt", "cross.crt"]] {
            let made = kit(&shop, &[order[0], order[1], root, "below.crt", "below.key"], today());
            let wanted = [shop.read("below.crt"), shop.read(middle)].concat();
            assert!(*made.file(FileRole::ClientCertificate).unwrap().bytes == wanted, "{root}, {order:?}");
        }
    }
}
