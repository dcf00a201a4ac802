//! The module's files as they lie on this computer.

use crate::{
    certs::{Concern, FileFacts, FileRole, Pairing, concerns, pairing},
    modem::request::{Contents, FileRef, Security},
};

use super::Try;

/// CA, client certificate and key, as far as their bytes are here.
#[derive(Clone, Copy, Default)]
pub(super) struct Files<'a> {
    pub(super) ca: Option<&'a [u8]>,
    pub(super) certificate: Option<&'a [u8]>,
    pub(super) key: Option<&'a [u8]>,
}

impl<'a> Files<'a> {
    pub(super) fn of(security: &'a Security) -> Self {
        fn bytes(file: &FileRef) -> Option<&[u8]> {
            file.contents.as_ref().map(Contents::bytes)
        }
        match security {
            Security::Plain | Security::Encrypted => Self::default(),
            Security::Server { ca } => Self { ca: bytes(ca), ..Self::default() },
            Security::Mutual { ca, certificate, key } => {
                Self { ca: bytes(ca), certificate: bytes(certificate), key: bytes(key) }
            }
        }
    }

    /// Subject of the CA file's first certificate.
    pub(super) fn authority(self) -> Option<String> {
        let facts = FileFacts::read(self.ca?);
        facts.certificates().next().map(|one| one.subject.clone())
    }
}

/// What speaks against the files of `security`, dates judged at `today` (seconds since 1970).
pub fn concerns_of(security: &Security, today: i64) -> Vec<(FileRole, Concern)> {
    let Files { ca, certificate, key } = Files::of(security);
    let roles = [(FileRole::Authority, ca), (FileRole::ClientCertificate, certificate), (FileRole::ClientKey, key)];
    let known = roles.into_iter().filter_map(|(role, bytes)| Some((role, bytes?)));
    known
        .flat_map(|(role, bytes)| {
            concerns(&FileFacts::read(bytes), role, today).into_iter().map(move |concern| (role, concern))
        })
        .collect()
}

/// Whether client certificate and key belong together; `None` when one of them is not here.
pub fn pairing_of(security: &Security) -> Option<Pairing> {
    let Files { certificate, key, .. } = Files::of(security);
    Some(pairing(certificate?, key?))
}

impl Try<'_> {
    pub(super) fn judge_files(&mut self) {
        self.here.files = concerns_of(&self.order.security, self.order.today);
        self.here.pairing = pairing_of(&self.order.security);
    }
}
