//! Certificates and keys made by the openssl program, once for all tests of this binary.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
    sync::LazyLock,
};

use tempfile::TempDir;

/// A folder in which openssl works.
pub(crate) struct Workshop(TempDir);

impl Workshop {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub(crate) fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
    }

    pub(crate) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        fs::write(self.path(name), bytes).unwrap();
        self.path(name)
    }

    /// Runs `openssl` with these words; it must succeed.
    #[track_caller]
    pub(crate) fn openssl(&self, words: &str) -> Vec<u8> {
        self.program("openssl", &words.split_whitespace().collect::<Vec<_>>())
    }

    #[track_caller]
    pub(crate) fn program(&self, name: &str, words: &[&str]) -> Vec<u8> {
        let done = Command::new(name).args(words).current_dir(self.0.path()).output();
        let done = done.unwrap_or_else(|error| panic!("{name}: {error}: install its package"));
        assert!(done.status.success(), "{name} {words:?}: {}", String::from_utf8_lossy(&done.stderr));
        done.stdout
    }

    /// A root named `name` in `name.crt` with its key in `name.key`.
    pub(crate) fn root(&self, name: &str, more: &str) {
        self.openssl(&format!(
            "req -x509 -newkey rsa:2048 -nodes -sha256 -days 3650 -keyout {name}.key -out {name}.crt -subj /CN={name} \
             -addext basicConstraints=critical,CA:TRUE -addext keyUsage=critical,keyCertSign,cRLSign {more}"
        ));
    }

    /// A certificate in `name.crt` with its key in `name.key` (`kind` as `-newkey` has it), issued by `issuer`.
    pub(crate) fn issued(&self, name: &str, kind: &str, issuer: &str, extensions: &str, more: &str) {
        let curve = if kind == "ec" { "-pkeyopt ec_paramgen_curve:P-256" } else { "" };
        self.openssl(&format!(
            "req -newkey {kind} {curve} -nodes -keyout {name}.key -out {name}.csr -subj /O=Bench/CN={name}"
        ));
        self.write(&format!("{name}.ext"), extensions.replace(';', "\n").as_bytes());
        let more = if more.is_empty() { "-sha256 -days 825" } else { more };
        self.openssl(&format!(
            "x509 -req -in {name}.csr -CA {issuer}.crt -CAkey {issuer}.key -CAcreateserial -extfile {name}.ext -out {name}.crt {more}"
        ));
    }
}

pub(crate) const CLIENT: &str = "basicConstraints=CA:FALSE;keyUsage=digitalSignature,keyEncipherment;extendedKeyUsage=clientAuth;\
                                 subjectKeyIdentifier=hash;authorityKeyIdentifier=keyid";
pub(crate) const SERVER: &str = "basicConstraints=CA:FALSE;keyUsage=digitalSignature,keyEncipherment;extendedKeyUsage=serverAuth;\
                                 subjectAltName=DNS:broker.test;subjectKeyIdentifier=hash;authorityKeyIdentifier=keyid";
pub(crate) const MIDDLE: &str = "basicConstraints=critical,CA:TRUE;keyUsage=critical,keyCertSign;subjectKeyIdentifier=hash;\
                                 authorityKeyIdentifier=keyid";

/// Root `root`, intermediate `middle`, clients `client` (of the root) and `below` (of the intermediate), server `server`,
/// each with its key; `client.pkcs1` is the key in the vendor's form.
pub(crate) static MADE: LazyLock<Workshop> = LazyLock::new(|| {
    let shop = Workshop::new();
    shop.root("root", "");
    shop.issued("middle", "rsa:2048", "root", MIDDLE, "");
    shop.issued("client", "rsa:2048", "root", CLIENT, "");
    shop.issued("below", "rsa:2048", "middle", CLIENT, "");
    shop.issued("server", "rsa:2048", "root", SERVER, "");
    shop.openssl("rsa -in client.key -traditional -out client.pkcs1");
    shop
});

/// What openssl has in a PEM file, as DER.
pub(crate) fn der(shop: &Workshop, name: &str) -> Vec<u8> {
    if Path::new(name).extension().is_some_and(|extension| extension == "crt") {
        shop.openssl(&format!("x509 -in {name} -outform DER"))
    } else {
        shop.openssl(&format!("rsa -in {name} -traditional -outform DER"))
    }
}

/// What a PEM file of the kit holds, read by openssl again.
pub(crate) fn der_again(pem: &[u8], is_key: bool) -> Vec<u8> {
    let shop = Workshop::new();
    let name = if is_key { "again.key" } else { "again.crt" };
    shop.write(name, pem);
    der(&shop, name)
}

pub(crate) fn text(path: &Path) -> String {
    String::from_utf8(fs::read(path).unwrap()).unwrap()
}
