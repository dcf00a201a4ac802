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
    /// A file of profiles: at most one.
    pub(super) profiles: Option<PathBuf>,
    /// What shall be published: at most one.
    pub(super) payload: Option<PathBuf>,
    /// Names of files that hold no certificate and no key, or whose place was taken by another.
    pub(super) useless: Vec<String>,
}

/// What a file is taken for that holds no certificate and no key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Rest {
    /// Profiles or a log, when it looks like them.
    Unknown,
    /// A log.
    Log,
    /// What shall be published.
    Payload,
}

/// What a file that is no certificate and no key looks like.
#[derive(Clone, Copy, Debug)]
pub(super) struct IsIt<L, P> {
    /// A log.
    pub(super) log: L,
    /// Profiles.
    pub(super) profiles: P,
}

/// Sorts files, the first of each kind wins. A certificate and a key find their places wherever they are dropped: a key is
/// never published by accident.
pub(super) fn sort(
    paths: Vec<PathBuf>,
    rest: Rest,
    read: impl Fn(&Path) -> Option<Vec<u8>>,
    is_it: &IsIt<impl Fn(&Path) -> bool, impl Fn(&Path) -> bool>,
) -> Sorted {
    let mut sorted = Sorted::default();
    for path in paths {
        let role = read(&path).and_then(|bytes| FileFacts::read(&bytes).likely_role());
        match role {
            Some(role) if sorted.placed.iter().all(|(taken, _)| *taken != role) => sorted.placed.push((role, path)),
            None if rest == Rest::Payload && sorted.payload.is_none() => sorted.payload = Some(path),
            None if sorted.profiles.is_none() && rest == Rest::Unknown && (is_it.profiles)(&path) => {
                sorted.profiles = Some(path);
            }
            None if sorted.log.is_none() && (rest == Rest::Log || rest == Rest::Unknown && (is_it.log)(&path)) => {
                sorted.log = Some(path);
            }
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
        let is_it = &IsIt { log: |path: &Path| path.starts_with("g"), profiles: |path: &Path| path.starts_with("h") };
        let sorted =
            sort(["a", "b", "c", "d", "e", "f", "h", "g"].map(PathBuf::from).to_vec(), Rest::Unknown, read, is_it);
        assert_eq!(sorted.profiles, Some(PathBuf::from("h")));
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

    #[test]
    fn what_is_no_certificate_is_what_the_page_is_for() {
        let key = Authority::root("Root", KeyKind::Rsa(2048), 0, 1_800_000_000).and_then(|root| root.certificate_pem());
        let key = key.expect("a certificate");
        let read = |path: &Path| if path.starts_with("c") { Some(key.clone()) } else { Some(b"21.5".to_vec()) };
        let paths = || ["c", "d", "e"].map(PathBuf::from).to_vec();
        let on_messages = sort(paths(), Rest::Payload, read, &IsIt { log: |_: &Path| true, profiles: |_: &Path| true });
        assert_eq!(on_messages.placed, [(FileRole::Authority, PathBuf::from("c"))]);
        assert_eq!((on_messages.payload, on_messages.log), (Some(PathBuf::from("d")), None));
        assert_eq!(on_messages.useless, ["e"]);
        let on_terminal = sort(paths(), Rest::Log, read, &IsIt { log: |_: &Path| false, profiles: |_: &Path| true });
        assert_eq!((on_terminal.payload, on_terminal.log), (None, Some(PathBuf::from("d"))));
    }
}
