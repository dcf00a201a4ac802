//! Throw-away certificates for trying encryption without a broker of one's own: for the broker inside this program, and
//! for the user to choose. They are kept in a folder, so that a profile that names them works tomorrow too.

use std::{
    fmt, fs, io,
    net::{Ipv4Addr, SocketAddr},
    path::{Path, PathBuf},
    sync::Arc,
};

use openssl::error::ErrorStack;

use crate::{
    broker::TlsListener,
    certs::{CertificateFacts, FileRole, Pairing, pairing},
    own_file,
    tls::{
        authority::{Authority, DAY, KeyKind, LeafSpec},
        certificates_from,
    },
    view::files::ROLES,
};

use super::private_file::write_private;

/// The certificates of the demonstration. `Debug` shows the folder only.
pub(super) struct Demo {
    folder: PathBuf,
    ca: Vec<u8>,
    server: Vec<u8>,
    server_key: Vec<u8>,
}

/// What is being done about them.
#[derive(Debug, Default)]
pub(super) struct DemoState {
    ready: Option<Arc<Demo>>,
    is_making: bool,
    /// Whether the profile in use shall name them when they are ready.
    pub(super) fills_profile: bool,
}

impl DemoState {
    /// The certificates, once they are there.
    pub(super) const fn ready(&self) -> Option<&Arc<Demo>> {
        self.ready.as_ref()
    }

    /// Whether they are being made.
    pub(super) const fn is_making(&self) -> bool {
        self.is_making
    }

    /// Whether they shall be made now: not while that is under way, nor when they are there.
    pub(super) const fn begin(&mut self) -> bool {
        let begins = !self.is_making && self.ready.is_none();
        self.is_making |= begins;
        begins
    }

    /// Learns that the making ended, and with what.
    pub(super) fn end(&mut self, made: Option<Arc<Demo>>) {
        self.is_making = false;
        self.ready = made;
    }
}

impl Demo {
    /// Two more ports of the broker: one that shows a certificate, one that also wants to see one.
    pub(super) fn listeners(&self) -> Vec<TlsListener> {
        let open = TlsListener {
            bind: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            ca: None,
            certificate: self.server.clone(),
            key: self.server_key.clone(),
            require_client_certificate: false,
        };
        let strict = TlsListener { ca: Some(self.ca.clone()), require_client_certificate: true, ..open.clone() };
        vec![open, strict]
    }

    /// Where the file for `role` of a module is.
    pub(super) fn path(&self, role: FileRole) -> PathBuf {
        self.folder.join(file_name(role))
    }

    /// Where all of them are.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// The certificates in `folder`; new ones when there are none that hold at `now` (seconds since 1970).
    pub(super) fn open(folder: &Path, now: i64) -> io::Result<Self> {
        match Self::load(folder) {
            Some(demo) if demo.is_sound(now) => Ok(demo),
            _ => Self::make(folder, now),
        }
    }

    fn load(folder: &Path) -> Option<Self> {
        let read = |name: &str| fs::read(folder.join(name)).ok();
        // The client's files must be there too; what they hold is the user's to play with.
        ROLES.iter().all(|role| folder.join(file_name(*role)).is_file()).then_some(())?;
        Some(Self {
            folder: folder.to_owned(),
            ca: read(file_name(FileRole::Authority))?,
            server: read(SERVER)?,
            server_key: read(SERVER_KEY)?,
        })
    }

    fn is_sound(&self, now: i64) -> bool {
        let holds = |bytes: &[u8]| {
            certificates_from(bytes).is_ok_and(|all| {
                all.first().is_some_and(|one| CertificateFacts::of(one).not_after.is_some_and(|end| now + DAY < end))
            })
        };
        holds(&self.ca) && holds(&self.server) && pairing(&self.server, &self.server_key) == Pairing::Pair
    }

    fn make(folder: &Path, now: i64) -> io::Result<Self> {
        let made = Made::new(now).map_err(io::Error::other)?;
        own_file::create_folder(folder)?;
        fs::write(folder.join(file_name(FileRole::Authority)), &made.ca)?;
        fs::write(folder.join(file_name(FileRole::ClientCertificate)), &made.client)?;
        fs::write(folder.join(OTHER_AUTHORITY), &made.other_ca)?;
        fs::write(folder.join(SERVER), &made.server)?;
        let mut options = fs::OpenOptions::new();
        options.write(true).create(true).truncate(true);
        write_private(&options, &folder.join(file_name(FileRole::ClientKey)), &made.client_key)?;
        write_private(&options, &folder.join(SERVER_KEY), &made.server_key)?;
        Ok(Self { folder: folder.to_owned(), ca: made.ca, server: made.server, server_key: made.server_key })
    }
}

impl fmt::Debug for Demo {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Demo").field("folder", &self.folder).finish_non_exhaustive()
    }
}

/// Fresh certificates as PEM.
struct Made {
    ca: Vec<u8>,
    other_ca: Vec<u8>,
    server: Vec<u8>,
    server_key: Vec<u8>,
    client: Vec<u8>,
    client_key: Vec<u8>,
}

impl Made {
    fn new(now: i64) -> Result<Self, ErrorStack> {
        let root = Authority::root("Demo CA", KeyKind::Rsa(2048), 0, now)?;
        let other = Authority::root("Another CA", KeyKind::Rsa(2048), 1, now)?;
        let server = root.issue(&LeafSpec::server(&["localhost", "127.0.0.1"], now))?;
        let client = root.issue(&LeafSpec::client("air780e-companion", now))?;
        Ok(Self {
            ca: root.certificate_pem()?,
            other_ca: other.certificate_pem()?,
            server: server.chain_pem()?,
            server_key: server.key_pem()?,
            client: client.certificate_pem()?,
            client_key: client.key_pkcs1_pem()?,
        })
    }
}

const fn file_name(role: FileRole) -> &'static str {
    match role {
        FileRole::Authority => "ca.crt",
        FileRole::ClientCertificate => "client.crt",
        FileRole::ClientKey => "client.key",
    }
}

const SERVER: &str = "server.crt";
const SERVER_KEY: &str = "server.key";
/// For trying what happens with the wrong one.
const OTHER_AUTHORITY: &str = "another-ca.crt";

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: i64 = 1_800_000_000;

    #[test]
    fn the_certificates_of_an_earlier_run_are_used_until_they_end() {
        let folder = tempfile::tempdir().expect("a folder");
        let place = folder.path().join("demo");
        let first = Demo::open(&place, NOW).expect("made");
        let again = Demo::open(&place, NOW + DAY).expect("read");
        assert_eq!(first.server, again.server);
        let later = Demo::open(&place, NOW + 20 * 365 * DAY).expect("made anew");
        assert_ne!(first.server, later.server);
        fs::remove_file(place.join(SERVER_KEY)).expect("removed");
        assert_ne!(later.server, Demo::open(&place, NOW + 20 * 365 * DAY).expect("made anew").server);
    }

    #[cfg(unix)]
    #[test]
    fn keys_are_for_their_owner_alone() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        Demo::open(folder.path(), NOW).expect("made");
        for name in ["client.key", SERVER_KEY] {
            let mode = fs::metadata(folder.path().join(name)).expect("it is there").permissions().mode();
            assert_eq!(mode & 0o077, 0, "{name}");
        }
    }
}
