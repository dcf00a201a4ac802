//! Writes repaired files beside the old ones. Nothing is ever overwritten.

use std::{
    fs::OpenOptions,
    io::{ErrorKind, Write},
    path::{Path, PathBuf},
};

use crate::{
    app::private_file::write_private,
    certs::{Repair, RepairKind},
};

/// Writes `repair` of the file at `path` under a name of its own in the same folder.
pub(super) fn write_beside(path: &Path, repair: &Repair, is_secret: bool) -> Result<PathBuf, (PathBuf, String)> {
    let mut last = path.to_owned();
    for number in 1..=MOST_TRIES {
        last = beside(path, repair, number);
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        let written = if is_secret {
            write_private(&options, &last, &repair.bytes)
        } else {
            options.open(&last).and_then(|mut file| file.write_all(&repair.bytes))
        };
        match written {
            Ok(()) => return Ok(last),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err((last, error.to_string())),
        }
    }
    Err((last, "there are too many repaired files of that name already".to_owned()))
}

/// `ca.crt` becomes `ca.repaired.crt`, then `ca.repaired2.crt`; what was binary becomes `….pem`.
fn beside(path: &Path, repair: &Repair, number: u32) -> PathBuf {
    let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let old = path.extension().map(|extension| extension.to_string_lossy().into_owned());
    let extension = old.filter(|_| !repair.kinds.contains(&RepairKind::ToPem)).unwrap_or_else(|| "pem".to_owned());
    let number = if number == 1 { String::new() } else { number.to_string() };
    path.with_file_name(format!("{stem}.repaired{number}.{extension}"))
}

const MOST_TRIES: u32 = 99;

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn nothing_is_overwritten() {
        let folder = tempfile::tempdir().expect("a folder");
        let old = folder.path().join("ca.crt");
        fs::write(&old, "old").expect("written");
        let repair = Repair { kinds: vec![RepairKind::LineFeeds], bytes: b"new".to_vec(), size_before: 3 };
        let first = write_beside(&old, &repair, false).expect("written");
        let second = write_beside(&old, &repair, false).expect("written");
        assert_eq!(first.file_name().and_then(|name| name.to_str()), Some("ca.repaired.crt"));
        assert_eq!(second.file_name().and_then(|name| name.to_str()), Some("ca.repaired2.crt"));
        assert_eq!(fs::read_to_string(&old).expect("still there"), "old");
        let binary = Repair { kinds: vec![RepairKind::ToPem], ..repair };
        let third = write_beside(&folder.path().join("ca.der"), &binary, true).expect("written");
        assert_eq!(third.extension().and_then(|name| name.to_str()), Some("pem"));
    }
}
