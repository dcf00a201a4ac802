//! Files and numbers that a check is given, read before a port is opened.

use std::path::Path;

use zeroize::Zeroizing;

use super::verdict::Failure;
use crate::{
    cli::words,
    lang::Text,
    mqtt::{Password, Qos},
    user_file,
};

/// Strips one line end: editors and `echo` add it. The file's content never reaches a message.
pub(in crate::cli) fn read_password(option: &str, path: &Path) -> Result<Password, Failure> {
    let text = user_file::read_text(path, user_file::PASSWORD).map(Zeroizing::new);
    let text = text.map_err(|fault| unreadable(option, path, &fault))?;
    let password = text.strip_suffix('\n').map_or(text.as_str(), |line| line.strip_suffix('\r').unwrap_or(line));
    Ok(Password::new(password))
}

/// The quality of service of a number.
pub(in crate::cli) fn qos(number: u8) -> Result<Qos, Failure> {
    Qos::try_from(number).map_err(|_| Failure::plain(Text::new("check-no-qos").put("qos", number)))
}

/// Why a file cannot be used, with the option that names it.
pub(super) fn unreadable(option: &str, path: &Path, fault: &user_file::FileFault) -> Failure {
    Failure::plain(words::file(option, path, fault))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    #[test]
    fn one_line_end_is_not_part_of_a_password() {
        for (content, password) in [
            (&b"secret"[..], "secret"),
            (b"secret\n", "secret"),
            (b"secret\r\n", "secret"),
            (b"secret\n\n", "secret\n"),
        ] {
            let mut file = tempfile::NamedTempFile::new().expect("file");
            file.write_all(content).expect("written");
            assert_eq!(read_password("--password-file", file.path()).expect("password").reveal(), password);
        }
    }
}
