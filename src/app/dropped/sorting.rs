//! Which place each dropped file is for, by what is in it.

use std::path::{Path, PathBuf};

use crate::certs::{FileFacts, FileRole};

/// Files in their places.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Sorted {
    /// At most one for each place.
    pub(super) placed: Vec<(FileRole, PathBuf)>,
    /// Logs among the others: at most one, since one is looked at at a time.
    pub(super) log: Option<PathBuf>,
    /// Names of files that hold no certificate and no key, or whose place was taken by another.
    pub(super) useless: Vec<String>,
}

/// Sorts files, the first of each kind wins.
pub(super) fn sort(
    paths: Vec<PathBuf>,
    read: impl Fn(&Path) -> Option<Vec<u8>>,
    is_log: impl Fn(&Path) -> bool,
) -> Sorted {
    let mut sorted = Sorted::default();
    for path in paths {
        let role = read(&path).and_then(|bytes| FileFacts::read(&bytes).likely_role());
        match role {
            Some(role) if sorted.placed.iter().all(|(taken, _)| *taken != role) => sorted.placed.push((role, path)),
            None if sorted.log.is_none() && is_log(&path) => sorted.log = Some(path),
            _ => sorted.useless.push(name(&path)),
        }
    }
    sorted
}

fn name(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tls::authority::{Authority, KeyKind, LeafSpec};

    #[test]
    fn files_find_their_places_whatever_they_are_called() {
        let now = 1_800_000_000;
        let root = Authority::root("Root", KeyKind::Rsa(2048), 0, now).expect("a root");
        let client = root.issue(&LeafSpec::client("dev", now)).expect("a client");
        let read = |path: &Path| match path.to_str()? {
            "a" => client.key_pem().ok(),
            "b" | "e" => root.certificate_pem().ok(),
            "c" => client.certificate_pem().ok(),
            "d" => Some(b"hello".to_vec()),
            _ => None,
        };
        let is_log = |path: &Path| path.starts_with("g");
        let sorted = sort(["a", "b", "c", "d", "e", "f", "g"].map(PathBuf::from).to_vec(), read, is_log);
        let expected = [
            (FileRole::ClientKey, PathBuf::from("a")),
            (FileRole::Authority, PathBuf::from("b")),
            (FileRole::ClientCertificate, PathBuf::from("c")),
        ];
        assert_eq!(sorted.placed, expected);
        assert_eq!(
            (sorted.useless, sorted.log),
            (["d", "e", "f"].map(str::to_owned).to_vec(), Some(PathBuf::from("g")))
        );
    }
}
