//! The files for the module as they lie on this computer: what was read of each, and whether they can be used.
//!
//! Pure: who reads them stands in the app. Bytes of keys are secret contents, which show themselves nowhere.

use std::{fmt, sync::Arc};

use crate::{
    certs::{self, FileFacts, ModuleVerdict, Pairing, ParserRefusal, Path, Repair},
    lang::Text,
    model::request::{Contents, FileRef, Security},
    settings::{FileEntry, SecurityCase, SecurityEntry},
};

pub use crate::{
    certs::FileRole,
    user_file::{FileFault, Pasted},
};

/// The three places for files, in the order in which they are written to the module.
pub const ROLES: [FileRole; 3] = [FileRole::Authority, FileRole::ClientCertificate, FileRole::ClientKey];

/// What is known of the files of a profile.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LocalFiles {
    states: [FileState; 3],
    pairing: Option<Pairing>,
    path: Option<Path>,
}

/// What is known of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FileState {
    /// No file is named.
    #[default]
    None,
    /// It is being read.
    Reading,
    /// It cannot be read.
    Failed(FileFault),
    /// It was read.
    Read(Arc<LocalFile>),
}

/// A file that was read, and what it is.
#[derive(Clone, PartialEq, Eq)]
pub struct LocalFile {
    /// The path under which it was read, as typed.
    pub path: String,
    /// The bytes as they lie on the disk.
    pub original: Vec<u8>,
    /// The bytes that would go to the module: those of the file, or repaired ones.
    pub contents: Contents,
    /// What they are.
    pub facts: FileFacts,
    /// Whether the module's parser takes them in this place.
    pub verdict: ModuleVerdict,
    /// What could be made better; with what was made better already when `is_repaired`.
    pub repair: Repair,
    /// Whether the bytes are repaired ones that exist in memory only.
    pub is_repaired: bool,
}

/// Without bytes: they may be those of a key.
impl fmt::Debug for LocalFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LocalFile")
            .field("path", &self.path)
            .field("contents", &self.contents)
            .field("is_repaired", &self.is_repaired)
            .finish_non_exhaustive()
    }
}

impl LocalFile {
    /// Looks at the bytes of the file at `path`, repaired if `repairs`. It takes milliseconds: not for the UI thread.
    pub fn of(path: String, bytes: Vec<u8>, role: FileRole, repairs: bool) -> Self {
        let repair = certs::clean(&bytes);
        let is_repaired = repairs && !repair.kinds.is_empty();
        let original = bytes;
        let bytes = if is_repaired { repair.bytes.clone() } else { original.clone() };
        let facts = FileFacts::read(&bytes);
        let verdict = certs::module_verdict(&bytes, role);
        // Everything but certificates may hold a key, whatever place it was put in.
        let is_public = role != FileRole::ClientKey && facts.key().is_none() && facts.certificates().next().is_some();
        let contents = if is_public { Contents::public(bytes) } else { Contents::secret(bytes) };
        Self { path, original, contents, facts, verdict, repair, is_repaired }
    }
}

impl LocalFiles {
    /// What was read of the three places. Finding out what belongs together takes milliseconds.
    pub fn new(states: [FileState; 3]) -> Self {
        let mut files = Self { states, pairing: None, path: None };
        let bytes = |role| files.file(role).map_or(&[][..], |file| file.contents.bytes());
        let (ca, certificate) = (bytes(FileRole::Authority), bytes(FileRole::ClientCertificate));
        files.path = certs::path_upwards(certificate, ca).or_else(|| certs::path_upwards(ca, &[]));
        if let (Some(certificate), Some(key)) =
            (files.file(FileRole::ClientCertificate), files.file(FileRole::ClientKey))
        {
            files.pairing = Some(certs::pairing(certificate.contents.bytes(), key.contents.bytes()));
        }
        files
    }

    /// What is known of the file for `role`.
    pub const fn state(&self, role: FileRole) -> &FileState {
        &self.states[index(role)]
    }

    /// The file for `role`, when it was read.
    pub fn file(&self, role: FileRole) -> Option<&Arc<LocalFile>> {
        match self.state(role) {
            FileState::Read(file) => Some(file),
            FileState::None | FileState::Reading | FileState::Failed(_) => None,
        }
    }

    /// Whether certificate and key belong together; `None` while one of them is not read.
    pub const fn pairing(&self) -> Option<Pairing> {
        self.pairing
    }

    /// The way from the client's certificate, or else from the authority's, up to a root.
    pub const fn path(&self) -> Option<&Path> {
        self.path.as_ref()
    }

    /// The same with the places for which `is_outdated` holds as being read.
    #[must_use]
    pub fn reading(mut self, is_outdated: impl Fn(FileRole) -> bool) -> Self {
        for role in ROLES.into_iter().filter(|role| is_outdated(*role)) {
            self.states[index(role)] = FileState::Reading;
            self.pairing = self.pairing.filter(|_| role == FileRole::Authority);
            self.path = self.path.take().filter(|_| role == FileRole::ClientKey);
        }
        self
    }
}

/// What was typed for `role`.
pub const fn entry(security: &SecurityEntry, role: FileRole) -> &FileEntry {
    match role {
        FileRole::Authority => &security.ca,
        FileRole::ClientCertificate => &security.certificate,
        FileRole::ClientKey => &security.key,
    }
}

/// What was typed for `role`, to be changed.
pub const fn entry_mut(security: &mut SecurityEntry, role: FileRole) -> &mut FileEntry {
    match role {
        FileRole::Authority => &mut security.ca,
        FileRole::ClientCertificate => &mut security.certificate,
        FileRole::ClientKey => &mut security.key,
    }
}

/// The places that `case` needs a file for.
pub const fn needed(case: SecurityCase) -> &'static [FileRole] {
    match case {
        SecurityCase::Plain | SecurityCase::Encrypted => &[],
        SecurityCase::Server => &[FileRole::Authority],
        SecurityCase::Both => &ROLES,
    }
}

/// The protection that `security` describes with `files`; the error names what is missing or unfit.
pub fn protection(security: &SecurityEntry, files: &LocalFiles) -> Result<Security, Vec<Unfit>> {
    let mut unfit = Vec::new();
    let mut refs: Vec<FileRef> = Vec::new();
    for role in needed(security.case) {
        match file_ref(security, files, *role) {
            Ok(file) => refs.push(file),
            Err(why) => unfit.push(Unfit { role: *role, ..why }),
        }
    }
    if security.case == SecurityCase::Both && unfit.is_empty() && is_foreign_key(security, files) {
        unfit.push(Unfit::new(FileRole::ClientKey, Text::new("form-file-not-a-pair")));
    }
    if !unfit.is_empty() {
        return Err(unfit);
    }
    let mut refs = refs.into_iter();
    Ok(match (security.case, refs.next(), refs.next(), refs.next()) {
        (SecurityCase::Plain, ..) => Security::Plain,
        (SecurityCase::Server, Some(ca), ..) => Security::Server { ca },
        (SecurityCase::Both, Some(ca), Some(certificate), Some(key)) => Security::Mutual { ca, certificate, key },
        _ => Security::Encrypted,
    })
}

/// Why the file for one place cannot be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The place.
    pub role: FileRole,
    /// Why it cannot, and what to do.
    pub text: Text,
    /// Whether there is merely none yet, or none that was read to its end.
    pub is_empty: bool,
}

impl Unfit {
    const fn new(role: FileRole, text: Text) -> Self {
        Self { role, text, is_empty: false }
    }
}

pub(super) fn file_ref(security: &SecurityEntry, files: &LocalFiles, role: FileRole) -> Result<FileRef, Unfit> {
    let entry = entry(security, role);
    if entry.is_on_module {
        return Ok(FileRef::existing(entry.name.trim()));
    }
    let path = entry.path.trim();
    match files.state(role) {
        FileState::None => Err(Unfit { is_empty: true, ..Unfit::new(role, Text::new("form-file-none")) }),
        FileState::Reading => Err(Unfit { is_empty: true, ..Unfit::new(role, Text::new("form-file-reading")) }),
        FileState::Failed(fault) => Err(Unfit::new(role, fault_text(path, fault))),
        FileState::Read(file) => match file.verdict {
            ModuleVerdict::Refuses(why) => {
                Err(Unfit::new(role, Text::new("form-file-refused").with("why", refusal_text(why))))
            }
            ModuleVerdict::Takes | ModuleVerdict::Doubtful(_) => {
                Ok(FileRef::with(entry.name.trim(), file.contents.clone()))
            }
        },
    }
}

/// Whether both files are on this computer and do not belong together.
fn is_foreign_key(security: &SecurityEntry, files: &LocalFiles) -> bool {
    !security.certificate.is_on_module && !security.key.is_on_module && files.pairing() == Some(Pairing::NotAPair)
}

/// Why the file at `path` cannot be read.
pub fn fault_text(path: &str, fault: &FileFault) -> Text {
    match fault {
        FileFault::Missing => Text::new("file-missing").with("path", path),
        FileFault::NoPermission => Text::new("file-no-permission").with("path", path),
        FileFault::Folder => Text::new("file-folder").with("path", path),
        FileFault::NotRegular => Text::new("file-not-regular").with("path", path),
        FileFault::TooLarge { bytes, most } => {
            Text::new("file-too-large").with("path", path).with("bytes", *bytes).with("most", *most)
        }
        FileFault::NotText { line } => Text::new("file-not-text").with("path", path).with("line", *line),
        FileFault::NoPath(pasted) => pasted_text(*pasted),
        FileFault::Other(detail) => Text::new("file-other").with("path", path).with("detail", detail.as_str()),
    }
}

/// What was pasted where a path belongs.
pub const fn pasted_text(pasted: Pasted) -> Text {
    Text::new(match pasted {
        Pasted::Key => "file-pasted-key",
        Pasted::Certificate => "file-pasted-certificate",
    })
}

/// Why the module's parser refuses a file.
pub const fn refusal_text(why: ParserRefusal) -> Text {
    Text::new(match why {
        ParserRefusal::NoBlock => "refusal-no-block",
        ParserRefusal::NoLineFeed => "refusal-no-line-feed",
        ParserRefusal::Character => "refusal-character",
        ParserRefusal::Content => "refusal-content",
        ParserRefusal::PassPhrase => "refusal-pass-phrase",
        ParserRefusal::Container => "refusal-container",
    })
}

const fn index(role: FileRole) -> usize {
    match role {
        FileRole::Authority => 0,
        FileRole::ClientCertificate => 1,
        FileRole::ClientKey => 2,
    }
}
