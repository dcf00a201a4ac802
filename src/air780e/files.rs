//! The module's file system (reference, section 8).
//!
//! Reading a file back prints raw bytes without an announced length: whoever asks knows it from `AT+FSFLSIZE`.

use std::time::Duration;

use crate::at::{
    exchange::{Data, Exchange, Info, RawBlock},
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

/// `AT+FSREAD`: read a part of a file. The caller knows from [`ReadFileSize`] that it is that long.
#[derive(Clone, Copy, Debug)]
pub struct ReadFile<'a> {
    /// File name.
    pub name: &'a str,
    /// Where the part begins.
    pub from: usize,
    /// How long it is, 1 to 10,240.
    pub bytes: usize,
    /// Whether people may not see it.
    pub is_secret: bool,
}

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
        let data =
            Data { bytes: self.bytes.to_vec(), is_secret: self.is_secret, limit: limits::DEFAULT, hold: WRITE_INPUT };
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

impl Command for ReadFile<'_> {
    type Answer = ();

    fn line(&self) -> CommandLine {
        let mode = u8::from(self.from > 0);
        CommandLine::new("AT+FSREAD=").quoted(self.name).arg(mode).arg(self.bytes).arg(self.from)
    }

    /// A slow line takes longer for many bytes than the usual limit.
    fn exchange(&self) -> Exchange {
        let block = RawBlock { bytes: self.bytes, is_secret: self.is_secret, is_line: is_no_content, is_end };
        let travel = Duration::from_millis(u64::try_from(self.bytes).unwrap_or(u64::MAX).saturating_mul(2));
        Exchange::new(self.line(), limits::DEFAULT + travel).with_block(block)
    }

    fn answer(&self, _lines: &[String]) -> Option<()> {
        Some(())
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
        Exchange::new(self.line(), FREE_SPACE).with_info(Info::Prefix("+FSMEM".into()))
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

/// Whether a line where a file's bytes could begin is none of them. `+FSREAD` is the head of `AT+FSREADHEAD=1`.
fn is_no_content(line: &[u8]) -> bool {
    let Ok(line) = std::str::from_utf8(line) else { return false };
    let line = line.trim_end();
    let is_ours =
        line.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("AT+FSREAD")) || line.starts_with("+FSREAD");
    is_ours || Final::parse(line).is_some() || urc::Urc::parse(line).is_some() || is_sentence(line)
}

/// Whether a line ends the answer.
fn is_end(line: &[u8]) -> bool {
    std::str::from_utf8(line).is_ok_and(|line| Final::parse(line.trim_end()).is_some())
}

/// Whether `line` is a sentence of a satellite receiver (NMEA 0183), by its shape: its sum may be that of another sentence
/// after a byte was lost, and no file of keys holds a dollar sign.
fn is_sentence(line: &str) -> bool {
    let Some((text, sum)) = line.strip_prefix('$').and_then(|line| line.rsplit_once('*')) else { return false };
    let talker = text.split(',').next().unwrap_or_default();
    let is_talker = (4..=8).contains(&talker.len()) && talker.bytes().all(|byte| byte.is_ascii_alphanumeric());
    is_talker && sum.len() == 2 && sum.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Whether a line says nothing of a file's bytes whatever dialogue it comes in: a final result, a report, a sentence.
pub fn is_no_file(line: &str) -> bool {
    line == "TimeOut" || is_no_content(line.as_bytes())
}

/// How long `AT+FSMEM` may take. Some firmware never says `OK` to it, although the answer comes at once (section 20,
/// number 23): whoever asks must look at the answer even then.
const FREE_SPACE: Duration = Duration::from_secs(1);
/// Most bytes of one [`WriteFile`] or [`ReadFile`].
pub const BLOCK_BYTES: usize = 10_240;
/// How long the module waits for the announced bytes: the tutorial's value.
const WRITE_INPUT: Duration = Duration::from_secs(15);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_as_the_reference_prints_them() {
        let read = |from| ReadFile { name: "ca.crt", from, bytes: 10, is_secret: false };
        let write = WriteFile { name: "ca.crt", appends: false, bytes: b"0123456789", is_secret: true };
        let table = [
            (CreateFile("ca.crt").line(), r#"AT+FSCREATE="ca.crt""#),
            (write.line(), r#"AT+FSWRITE="ca.crt",0,10,15"#),
            (ReadFileSize("ca.crt").line(), r#"AT+FSFLSIZE="ca.crt""#),
            (ListFiles.line(), r#"AT+FSLS="/""#),
            (ReadFreeSpace.line(), "AT+FSMEM"),
            (DeleteFile("ca.crt").line(), r#"AT+FSDEL="ca.crt""#),
            (read(0).line(), r#"AT+FSREAD="ca.crt",0,10,0"#),
            (read(10).line(), r#"AT+FSREAD="ca.crt",1,10,10"#),
        ];
        for (line, expected) in table {
            assert_eq!(line.masked(), expected);
        }
        assert_eq!((write.exchange().own_final)("TimeOut"), Some(Final::Error));
        assert_eq!(write.exchange().data.map(|data| data.bytes), Some(b"0123456789".to_vec()));
    }

    #[test]
    fn content_is_told_from_what_may_stand_before_it() {
        for line in [
            "AT+FSREAD=\"ca.crt\",0,10,0",
            "+FSREAD: 10",
            "+CME ERROR: 62",
            "ERROR",
            "+CGEV: ME PDN ACT 1",
            "$GNRMC,1,A*7B",
        ] {
            assert!(is_no_content(line.as_bytes()), "{line}");
        }
        for line in ["-----BEGIN CERTIFICATE-----", "", "OKAY", "AT", "\u{30}\u{82}"] {
            assert!(!is_no_content(line.as_bytes()), "{line}");
        }
    }

    #[test]
    fn answers() {
        assert_eq!(ReadFileSize("x").answer(&["+FSFLSIZE: 1212".into()]), Some(1_212));
        assert_eq!(ReadFreeSpace.answer(&["+FSMEM: 64100 bytes".into()]), Some(64_100));
        let lines = ["ca.crt", "sub\\", "OK"].map(str::to_owned);
        assert_eq!(ListFiles.answer(&lines), Some(vec!["ca.crt".to_owned()]));
    }
}
