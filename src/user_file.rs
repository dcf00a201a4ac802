//! Files that users name, on the command line or in the window: regular ones, of a size that makes sense, read without
//! waiting for anybody.
//!
//! It owns what is opened, how much of it is read, and the one sentence that says why not. What is in a file, its readers
//! know. The sentence here is that of the command line; the window words the same by [`FileFault`] in its language files.

use crate::lang::Text;

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    path::Path,
};

use thiserror::Error;

use crate::keys;

/// Most bytes of a certificate, a key or a bundle of authorities.
pub const CERTIFICATES: u64 = 1 << 20;
/// Most bytes of a list of users.
pub const USERS: u64 = 1 << 20;
/// Most bytes of a file with one password: MQTT carries no longer one.
pub const PASSWORD: u64 = 64 << 10;
/// Most bytes of a file of profiles, of this program or of MQTTX, which exports the messages of a connection along with it.
pub const PROFILES: u64 = 32 << 20;
/// Most bytes of a trace: a log of this program ends below.
pub const TRACE: u64 = 1_000_000_000;
/// Most bytes of the settings.
pub const SETTINGS: u64 = 16 << 20;

/// What a text is that was put where a path, a host or another name belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Pasted {
    /// A private key, or a piece of one: whoever reads it can be the module.
    Key,
    /// A certificate.
    Certificate,
}

impl Pasted {
    /// What `text` is, if it is the content of a file of keys or certificates rather than a name.
    pub fn of(text: &str) -> Option<Self> {
        if text.contains("-----BEGIN") {
            let is_key = text.contains("PRIVATE KEY") || !text.contains("CERTIFICATE");
            return Some(if is_key { Self::Key } else { Self::Certificate });
        }
        // A piece of one: base64 in lines or in one, and nothing else.
        let is_base64 = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=');
        let mut words = text.split_ascii_whitespace();
        let is_piece = words.clone().all(|word| word.bytes().all(is_base64)) && words.any(keys::is_key_line);
        is_piece.then_some(Self::Key)
    }
}

/// A path for people: not the text of a key that was pasted for one, and none that would break the line.
pub fn named(path: &Path) -> String {
    let text = path.display().to_string();
    match Pasted::of(&text) {
        Some(Pasted::Key) => "(the text of a key)".to_owned(),
        Some(Pasted::Certificate) => "(the text of a certificate)".to_owned(),
        None => text.chars().map(|sign| if sign.is_control() { '\u{fffd}' } else { sign }).collect(),
    }
}

/// Why a file cannot be used. Each says what to do; none shows a byte of the file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum FileFault {
    /// There is none of that name.
    #[error("there is no such file; check the path")]
    Missing,
    /// This user may not read it.
    #[error("this user may not read it; change its permissions or copy it")]
    NoPermission,
    /// It is a folder.
    #[error("this is a folder; give the path of a file in it")]
    Folder,
    /// A pipe, a device or a socket.
    #[error("this is no regular file, but a pipe or a device; give the path of a file")]
    NotRegular,
    /// Larger than a file of its kind is.
    #[error("this file is larger than {}, which no such file is; give another file", size(*most))]
    TooLarge {
        /// Its size, as far as it is known.
        bytes: u64,
        /// The largest that is read.
        most: u64,
    },
    /// It is to be text, and is not.
    #[error("line {line} is no text (UTF-8); save the file as UTF-8, or give another file")]
    NotText {
        /// Counted from 1.
        line: usize,
    },
    /// No path at all, but what should be in the file.
    #[error("this is the text of a {}, and no path; save it as a file, and give its path", match .0 { Pasted::Key => "key", Pasted::Certificate => "certificate" })]
    NoPath(Pasted),
    /// Anything else, in the system's own words.
    #[error("{0}; give the path of a file that can be read")]
    Other(String),
}

impl FileFault {
    /// The same sentence for every language.
    pub fn text(&self) -> Text {
        match self {
            Self::Missing => Text::new("user-file-missing"),
            Self::NoPermission => Text::new("user-file-no-permission"),
            Self::Folder => Text::new("user-file-folder"),
            Self::NotRegular => Text::new("user-file-not-regular"),
            Self::TooLarge { most, .. } => Text::new("user-file-too-large").put("most", size(*most)),
            Self::NotText { line } => Text::new("user-file-not-text").put("line", line),
            Self::NoPath(Pasted::Key) => Text::new("user-file-pasted-key"),
            Self::NoPath(Pasted::Certificate) => Text::new("user-file-pasted-certificate"),
            Self::Other(detail) => Text::new("user-file-unreadable").put("detail", detail),
        }
    }
}

impl From<io::Error> for FileFault {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::Missing,
            io::ErrorKind::PermissionDenied => Self::NoPermission,
            io::ErrorKind::IsADirectory => Self::Folder,
            // It would have been waited for.
            io::ErrorKind::WouldBlock => Self::NotRegular,
            _ => Self::Other(error.to_string()),
        }
    }
}

/// Opens the file at `path` for reading. Nothing is waited for and nothing but a regular file is touched: a device may act
/// on being opened.
pub fn open(path: &Path) -> Result<File, FileFault> {
    if let Some(pasted) = Pasted::of(&path.to_string_lossy()) {
        return Err(FileFault::NoPath(pasted));
    }
    regular(&fs::metadata(path)?)?;
    let file = open_without_waiting(path)?;
    // Another one may stand there by now.
    regular(&file.metadata()?)?;
    Ok(file)
}

/// The bytes of the file at `path`, which has at most `most`.
pub fn read(path: &Path, most: u64) -> Result<Vec<u8>, FileFault> {
    let file = open(path)?;
    let bytes = file.metadata()?.len();
    if bytes > most {
        return Err(FileFault::TooLarge { bytes, most });
    }
    // What the system says of the size need not hold: some files grow, some have none.
    let mut content = Vec::with_capacity(usize::try_from(bytes).unwrap_or(0));
    file.take(most + 1).read_to_end(&mut content)?;
    let bytes = content.len() as u64;
    if bytes > most { Err(FileFault::TooLarge { bytes, most }) } else { Ok(content) }
}

/// The text of the file at `path`, which has at most `most` bytes: UTF-8, or UTF-16 with a byte order mark, as editors and
/// shells of Windows write it.
pub fn read_text(path: &Path, most: u64) -> Result<String, FileFault> {
    String::from_utf8(unmarked(read(path, most)?)?).map_err(|error| {
        let sound = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        FileFault::NotText { line: 1 + memchr::memchr_iter(b'\n', sound).count() }
    })
}

/// What stands behind a byte order mark, as UTF-8; bytes without such a mark stay as they are.
pub fn unmarked(mut bytes: Vec<u8>) -> Result<Vec<u8>, FileFault> {
    let unit = match bytes.as_slice() {
        [0xEF, 0xBB, 0xBF, ..] => {
            bytes.drain(..3);
            return Ok(bytes);
        }
        [0xFF, 0xFE, ..] => u16::from_le_bytes,
        [0xFE, 0xFF, ..] => u16::from_be_bytes,
        _ => return Ok(bytes),
    };
    let (units, rest) = bytes[2..].as_chunks::<2>();
    let mut text = String::with_capacity(units.len());
    // Half a unit at the end is none.
    let half = (!rest.is_empty()).then_some(0xD800);
    for sign in char::decode_utf16(units.iter().map(|pair| unit(*pair)).chain(half)) {
        let line = || 1 + memchr::memchr_iter(b'\n', text.as_bytes()).count();
        text.push(sign.map_err(|_| FileFault::NotText { line: line() })?);
    }
    Ok(text.into_bytes())
}

fn regular(about: &fs::Metadata) -> Result<(), FileFault> {
    match about {
        about if about.is_file() => Ok(()),
        about if about.is_dir() => Err(FileFault::Folder),
        _ => Err(FileFault::NotRegular),
    }
}

/// Opening a FIFO waits for its other end, unless it is told not to.
#[cfg(unix)]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    use std::os::unix::fs::OpenOptionsExt;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    OpenOptions::new().read(true).custom_flags(flags.bits().cast_signed()).open(path)
}

#[cfg(not(unix))]
fn open_without_waiting(path: &Path) -> io::Result<File> {
    OpenOptions::new().read(true).open(path)
}

/// A bound for people: `1 MiB`, `1000 MB`, `5028 bytes`.
fn size(bytes: u64) -> String {
    for (unit, name) in [(1 << 20, "MiB"), (1 << 10, "KiB"), (1_000_000, "MB")] {
        if bytes >= unit && bytes.is_multiple_of(unit) {
            return format!("{} {name}", bytes / unit);
        }
    }
    format!("{bytes} bytes")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads on a thread of its own, so that a reader that waits fails the test instead of stopping it.
    fn read_in_time(path: &Path, most: u64) -> Result<Vec<u8>, FileFault> {
        let (done, read_now) = crossbeam_channel::bounded(1);
        let path = path.to_owned();
        std::thread::Builder::new().spawn(move || done.send(read(&path, most))).expect("a thread");
        read_now.recv_timeout(std::time::Duration::from_secs(10)).expect("nothing is waited for")
    }

    #[test]
    fn a_sound_file_is_read_whole_up_to_its_bound() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        fs::write(&path, b"12345").expect("written");
        assert_eq!(read(&path, 5), Ok(b"12345".to_vec()));
        assert_eq!(read(&path, 4), Err(FileFault::TooLarge { bytes: 5, most: 4 }));
        assert_eq!(read_text(&path, 5).as_deref(), Ok("12345"));
        fs::write(&path, b"one\ntwo \xff\n").expect("written");
        assert_eq!(read_text(&path, 99), Err(FileFault::NotText { line: 2 }));
    }

    #[test]
    fn what_editors_of_windows_write_is_text() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("file");
        let text = "user:p\u{e4}ss\u{5bc6}\u{1f511}\r\nsecond\n";
        let units = |of: fn(u16) -> [u8; 2], mark: [u8; 2]| {
            text.encode_utf16().fold(mark.to_vec(), |bytes, unit| [bytes, of(unit).to_vec()].concat())
        };
        let marked = [b"\xEF\xBB\xBF".as_slice(), text.as_bytes()].concat();
        let (little, big) = (units(u16::to_le_bytes, [0xFF, 0xFE]), units(u16::to_be_bytes, [0xFE, 0xFF]));
        for written in [text.as_bytes().to_vec(), marked, little.clone(), big] {
            fs::write(&path, &written).expect("written");
            assert_eq!(read_text(&path, 99).as_deref(), Ok(text), "{written:x?}");
        }
        // Cut in the middle of a unit; one half of a pair.
        for broken in [&little[..little.len() - 1], &[0xFF, 0xFE, b'\n', 0, 0x3D, 0xD8, b'x', 0]] {
            fs::write(&path, broken).expect("written");
            assert_eq!(read_text(&path, 99), Err(FileFault::NotText { line: 2 }), "{broken:x?}");
        }
    }

    #[test]
    fn what_is_no_file_is_told_at_once() {
        let folder = tempfile::tempdir().expect("a folder");
        assert_eq!(read_in_time(folder.path(), 9), Err(FileFault::Folder));
        assert_eq!(read_in_time(&folder.path().join("none"), 9), Err(FileFault::Missing));
        let file = folder.path().join("file");
        fs::write(&file, b"x").expect("written");
        assert_eq!(read_in_time(&file.join("below"), 9), Err(FileFault::Missing));
    }

    #[cfg(unix)]
    #[test]
    fn pipes_and_devices_are_not_waited_for() {
        let folder = tempfile::tempdir().expect("a folder");
        let fifo = folder.path().join("fifo");
        rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, rustix::fs::Mode::RWXU).expect("a pipe");
        let link = folder.path().join("link");
        std::os::unix::fs::symlink("/dev/zero", &link).expect("a link");
        for path in [fifo.as_path(), Path::new("/dev/zero"), Path::new("/dev/null"), &link] {
            assert_eq!(read_in_time(path, u64::MAX - 1), Err(FileFault::NotRegular), "{}", path.display());
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_far_too_large_is_not_read_at_all() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("zeros");
        File::create(&path).and_then(|file| file.set_len(1 << 30)).expect("a file with nothing in it");
        let fault = read_in_time(&path, CERTIFICATES).expect_err("too large");
        assert_eq!(fault, FileFault::TooLarge { bytes: 1 << 30, most: 1 << 20 });
        assert!(fault.to_string().contains("larger than 1 MiB"), "{fault}");
        assert!(matches!(read_in_time(&path, TRACE), Err(FileFault::TooLarge { .. })));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_somebody_else_is_told_as_that() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("locked");
        fs::write(&path, b"x").expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).expect("closed");
        // Nothing is closed to root.
        let expected =
            if rustix::process::geteuid().is_root() { Ok(b"x".to_vec()) } else { Err(FileFault::NoPermission) };
        assert_eq!(read_in_time(&path, 9), expected);
        assert_eq!(FileFault::from(io::Error::from(io::ErrorKind::PermissionDenied)), FileFault::NoPermission);
    }

    #[test]
    fn a_key_pasted_for_a_path_is_known_and_not_repeated() {
        let body = "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7VJTUt9Us8cKj";
        for text in [
            format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----\n"),
            format!("-----BEGIN RSA PRIVATE KEY----- {body}"),
            body.to_owned(),
            format!("{body}\n{body}"),
        ] {
            assert_eq!(Pasted::of(&text), Some(Pasted::Key), "{text}");
            let fault = read(Path::new(&text), 9).expect_err("no path");
            let said = format!("{}: {fault}", named(Path::new(&text)));
            assert!(!said.contains("MIIE") && !said.contains('\n') && said.contains("save it as a file"), "{said}");
        }
        assert_eq!(Pasted::of("-----BEGIN CERTIFICATE-----"), Some(Pasted::Certificate));
        let long = format!("/home/{}/client.key", "user0X".repeat(12));
        for text in ["client.key", "/etc/ssl/private/client.key", "broker.example", "a/b/c/d", "", long.as_str()] {
            assert_eq!(Pasted::of(text), None, "{text}");
        }
    }

    #[test]
    fn bounds_are_told_in_whole_units() {
        assert_eq!([CERTIFICATES, PASSWORD, TRACE, 5_028].map(size), ["1 MiB", "64 KiB", "1000 MB", "5028 bytes"]);
    }
}
