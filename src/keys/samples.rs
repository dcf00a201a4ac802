//! Key files of every form, made when a test asks for them.

use openssl::{
    asn1::Asn1Time,
    bn::BigNum,
    ec::{EcGroup, EcKey},
    hash::MessageDigest,
    nid::Nid,
    pkcs12::Pkcs12,
    pkey::{PKey, Private},
    rsa::Rsa,
    symm::Cipher,
    x509::{X509, X509NameBuilder, X509ReqBuilder},
};

/// Most bytes of a binary key that tell what it is and stay to be seen.
pub const HEAD: usize = 28;

/// What of a key file nobody may see: all but what tells that it is one.
pub fn secret_of(key: &[u8]) -> &[u8] {
    let lines = || key.iter().enumerate().filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1);
    match (key.starts_with(b"-----"), lines().next(), lines().nth_back(1)) {
        (true, Some(first), Some(last)) => &key[first..last],
        _ => &key[HEAD..],
    }
}

/// Binary keys by the name of their form.
pub fn binary_keys() -> Vec<(&'static str, Vec<u8>)> {
    let rsa = Rsa::generate(1_024).expect("a key");
    let rsa_key = PKey::from_rsa(rsa.clone()).expect("a key");
    let ec = ec();
    let ec_key = PKey::from_ec_key(ec.clone()).expect("a key");
    let ed = PKey::generate_ed25519().expect("a key");
    let encrypted =
        |key: &PKey<Private>| key.private_key_to_pkcs8_passphrase(Cipher::aes_256_cbc(), b"hush").expect("a file");
    let store = Pkcs12::builder().name("unit").pkey(&rsa_key).cert(&certificate(&rsa_key, 1)).build2("hush");
    vec![
        ("PKCS#1", rsa.private_key_to_der().expect("a file")),
        ("PKCS#8 RSA", rsa_key.private_key_to_pkcs8().expect("a file")),
        ("PKCS#8 EC", ec_key.private_key_to_pkcs8().expect("a file")),
        ("PKCS#8 Ed25519", ed.private_key_to_pkcs8().expect("a file")),
        ("SEC1", ec.private_key_to_der().expect("a file")),
        ("PKCS#8 RSA encrypted", encrypted(&rsa_key)),
        ("PKCS#8 EC encrypted", encrypted(&ec_key)),
        ("PKCS#12", store.expect("a store").to_der().expect("a file")),
    ]
}

/// Keys as text.
pub fn text_keys() -> Vec<(&'static str, Vec<u8>)> {
    let rsa = Rsa::generate(1_024).expect("a key");
    let key = PKey::from_rsa(rsa.clone()).expect("a key");
    vec![
        ("PKCS#1 text", rsa.private_key_to_pem().expect("a file")),
        ("PKCS#8 text", key.private_key_to_pem_pkcs8().expect("a file")),
        ("SEC1 text", ec().private_key_to_pem().expect("a file")),
        ("encrypted text", key.private_key_to_pem_pkcs8_passphrase(Cipher::aes_256_cbc(), b"hush").expect("a file")),
    ]
}

/// Files that everybody may see.
pub fn public_files() -> Vec<(&'static str, Vec<u8>)> {
    let rsa = Rsa::generate(1_024).expect("a key");
    let key = PKey::from_rsa(rsa.clone()).expect("a key");
    let mut asked = X509ReqBuilder::new().expect("a request");
    asked.set_pubkey(&key).expect("a public key");
    asked.sign(&key, MessageDigest::sha256()).expect("a signature");
    vec![
        ("certificate", certificate(&key, 77).to_der().expect("a file")),
        ("certificate of version 1", certificate_of(&key, 1, 0).to_der().expect("a file")),
        ("certificate text", certificate(&key, 1).to_pem().expect("a file")),
        ("request", asked.build().to_der().expect("a file")),
        ("public key", key.public_key_to_der().expect("a file")),
        ("public key of PKCS#1", rsa.public_key_to_der_pkcs1().expect("a file")),
    ]
}

/// A certificate as text.
pub fn certificate_text() -> Vec<u8> {
    let key = PKey::from_ec_key(ec()).expect("a key");
    certificate(&key, 1).to_pem().expect("a file")
}

fn ec() -> EcKey<Private> {
    EcKey::generate(&EcGroup::from_curve_name(Nid::X9_62_PRIME256V1).expect("a curve")).expect("a key")
}

fn certificate(key: &PKey<Private>, serial: u32) -> X509 {
    certificate_of(key, serial, 2)
}

fn certificate_of(key: &PKey<Private>, serial: u32, version: i32) -> X509 {
    let mut name = X509NameBuilder::new().expect("a name");
    name.append_entry_by_nid(Nid::COMMONNAME, "unit").expect("a name");
    let name = name.build();
    let mut wanted = X509::builder().expect("a certificate");
    wanted.set_version(version).expect("a version");
    wanted.set_subject_name(&name).expect("a subject");
    wanted.set_issuer_name(&name).expect("an issuer");
    wanted.set_pubkey(key).expect("a public key");
    let serial = BigNum::from_u32(serial).and_then(|number| number.to_asn1_integer()).expect("a serial number");
    wanted.set_serial_number(&serial).expect("a serial number");
    wanted.set_not_before(&Asn1Time::days_from_now(0).expect("a day")).expect("a day");
    wanted.set_not_after(&Asn1Time::days_from_now(1).expect("a day")).expect("a day");
    wanted.sign(key, MessageDigest::sha256()).expect("a signature");
    wanted.build()
}
