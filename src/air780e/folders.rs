//! Folders and the drive of the module's file system (reference, section 8): `AT+FSMKDIR`, `AT+FSRMDIR`, `AT+FSDRIVE`,
//! `AT+FSREADHEAD`. Certificates lie beside each other without any folder.

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{
    Command,
    command::{last_value, told_command, unquoted},
    limits,
};

/// `AT+FSMKDIR=`: make a folder. The name has at most 64 bytes.
#[derive(Clone, Copy, Debug)]
pub struct MakeFolder<'a>(pub &'a str);

/// `AT+FSRMDIR=`: remove a folder.
#[derive(Clone, Copy, Debug)]
pub struct RemoveFolder<'a>(pub &'a str);

/// `AT+FSDRIVE=0`: which drive are the files on?
#[derive(Clone, Copy, Debug)]
pub struct ReadDrive;

/// `AT+FSREADHEAD=`: whether `AT+FSREAD` prints the head `+FSREAD:` before the bytes. Known since V1118.
#[derive(Clone, Copy, Debug)]
pub struct SetReadHead(pub bool);

told_command!(MakeFolder<'_>, limits::DEFAULT, |folder| CommandLine::new("AT+FSMKDIR=").quoted(folder.0));
told_command!(RemoveFolder<'_>, limits::DEFAULT, |folder| CommandLine::new("AT+FSRMDIR=").quoted(folder.0));
told_command!(SetReadHead, limits::DEFAULT, |head| CommandLine::new("AT+FSREADHEAD=").arg(u8::from(head.0)));

impl Command for ReadDrive {
    /// Its letter: `C` is the module's own memory, `D` a TF card.
    type Answer = char;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+FSDRIVE=0")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+FSDRIVE".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<char> {
        unquoted(last_value(lines, "+FSDRIVE")?).chars().next().filter(char::is_ascii_alphabetic)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_folders() {
        let texts = [
            (MakeFolder("certs").line(), r#"AT+FSMKDIR="certs""#),
            (RemoveFolder("certs").line(), r#"AT+FSRMDIR="certs""#),
            (SetReadHead(true).line(), "AT+FSREADHEAD=1"),
            (SetReadHead(false).line(), "AT+FSREADHEAD=0"),
            (ReadDrive.line(), "AT+FSDRIVE=0"),
        ];
        for (line, expected) in texts {
            assert_eq!(line.masked(), expected);
        }
        assert_eq!(MakeFolder("x").exchange().limit, limits::DEFAULT);
    }

    #[test]
    fn the_drive_in_any_spacing() {
        for line in ["+FSDRIVE:C", "+FSDRIVE: C", "+FSDRIVE : \"C:\""] {
            assert_eq!(ReadDrive.answer(&[line.to_owned()]), Some('C'), "{line}");
            assert!(ReadDrive.exchange().info.covers(line));
        }
        assert_eq!(ReadDrive.answer(&["+FSDRIVE:".to_owned()]), None);
        assert_eq!(ReadDrive.answer(&["+FSDRIVE: 1".to_owned()]), None);
    }
}
