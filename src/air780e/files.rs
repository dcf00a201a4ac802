//! The module's file system (reference, section 8), as far as it speaks in lines.
//!
//! Reading a file back prints raw bytes without an announced length and is not here.

use std::time::Duration;

use crate::at::{
    exchange::{Data, Exchange, Info},
    reply::Final,
    text::CommandLine,
};

use super::{Command, command::last_value, limits, urc};

/// `AT+FSCREATE`: make an empty file.
#[derive(Clone, Copy, Debug)]
pub struct CreateFile<'a>(pub &'a str);

/// `AT+FSWRITE`: write bytes after a prompt. Exactly the announced bytes are sent: one more would fall into the
/// command parser.
#[derive(Clone, Copy, Debug)]
pub struct WriteFile<'a> {
    /// File name, at most 64 bytes.
    pub name: &'a str,
    /// Whether to write behind what is there.
    pub appends: bool,
    /// The bytes, at most 10,240.
    pub bytes: &'a [u8],
    /// Whether only the wire may see them: a private key.
    pub is_secret: bool,
}

/// `AT+FSFLSIZE`: how many bytes are in a file?
#[derive(Clone, Copy, Debug)]
pub struct ReadFileSize<'a>(pub &'a str);

/// `AT+FSLS`: which files are there?
#[derive(Clone, Copy, Debug)]
pub struct ListFiles;

/// `AT+FSMEM`: how much room is left?
#[derive(Clone, Copy, Debug)]
pub struct ReadFreeSpace;

/// `AT+FSDEL`: delete a file.
#[derive(Clone, Copy, Debug)]
pub struct DeleteFile<'a>(pub &'a str);

impl Command for CreateFile<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+FSCREATE=").quoted(self.0)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for WriteFile<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+FSWRITE=")
            .quoted(self.name)
            .arg(u8::from(self.appends))
            .arg(self.bytes.len())
            .arg(WRITE_INPUT.as_secs())
    }

    fn exchange(&self) -> Exchange {
        let data = Data { bytes: self.bytes.to_vec(), is_secret: self.is_secret, limit: limits::DEFAULT };
        Exchange::new(self.line(), WRITE_INPUT + limits::DEFAULT)
            .with_data(data)
            .with_own_final(|line| (line == "TimeOut").then_some(Final::Error))
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

impl Command for ReadFileSize<'_> {
    type Answer = usize;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+FSFLSIZE=").quoted(self.0)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+FSFLSIZE".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<usize> {
        last_value(lines, "+FSFLSIZE")?.parse().ok()
    }
}

impl Command for ListFiles {
    /// Names of files; directories are left out.
    type Answer = Vec<String>;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+FSLS=").quoted("/")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Where(urc::is_bare))
    }

    fn answer(&self, lines: &[String]) -> Option<Vec<String>> {
        let names = lines.iter().filter(|line| urc::is_bare(line) && !line.ends_with('\\'));
        Some(names.cloned().collect())
    }
}

impl Command for ReadFreeSpace {
    /// Bytes.
    type Answer = u64;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+FSMEM")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+FSMEM".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<u64> {
        last_value(lines, "+FSMEM")?.split_whitespace().next()?.parse().ok()
    }
}

impl Command for DeleteFile<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+FSDEL=").quoted(self.0)
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
    }
}

/// How long the module waits for the announced bytes: the tutorial's value.
const WRITE_INPUT: Duration = Duration::from_secs(15);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_as_the_reference_prints_them() {
        let write = WriteFile { name: "ca.crt", appends: false, bytes: b"0123456789", is_secret: true };
        let table = [
            (CreateFile("ca.crt").line(), r#"AT+FSCREATE="ca.crt""#),
            (write.line(), r#"AT+FSWRITE="ca.crt",0,10,15"#),
            (ReadFileSize("ca.crt").line(), r#"AT+FSFLSIZE="ca.crt""#),
            (ListFiles.line(), r#"AT+FSLS="/""#),
            (ReadFreeSpace.line(), "AT+FSMEM"),
            (DeleteFile("ca.crt").line(), r#"AT+FSDEL="ca.crt""#),
        ];
        for (line, expected) in table {
            assert_eq!(line.masked(), expected);
        }
        assert_eq!((write.exchange().own_final)("TimeOut"), Some(Final::Error));
        assert_eq!(write.exchange().data.map(|data| data.bytes), Some(b"0123456789".to_vec()));
    }

    #[test]
    fn answers() {
        assert_eq!(ReadFileSize("x").answer(&["+FSFLSIZE: 1212".into()]), Some(1_212));
        assert_eq!(ReadFreeSpace.answer(&["+FSMEM: 64100 bytes".into()]), Some(64_100));
        let lines = ["ca.crt", "sub\\", "OK"].map(str::to_owned);
        assert_eq!(ListFiles.answer(&lines), Some(vec!["ca.crt".to_owned()]));
    }
}
