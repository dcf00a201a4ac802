//! What a log is, said before the program reads it: one line of a table each.
//!
//! `file | family | as | result published/confirmed/received | sessions | causes`. A cause is `F-144@23~26`: of line 23 at least, with
//! 26 as a line that may stand beside it. `F-144/F-143` are equally right; with `?` the log does not decide, and a verdict that leaves it
//! open is right too when the cause is among what it leaves open. `V@2~3` are the lines that show another firmware or vendor.

use std::fs;

use encoding_rs::GBK;

/// The truth about one log.
pub(crate) struct Truth {
    pub(crate) name: String,
    pub(crate) family: String,
    /// How the tool saves it: `utf8`, `gbk`, `utf16`, with `+crlf` or `+cr`.
    pub(crate) saved: String,
    pub(crate) result: String,
    /// Published, confirmed, received.
    pub(crate) counts: [u64; 3],
    pub(crate) sessions: u64,
    pub(crate) causes: Vec<Cause>,
    /// The lines that show another firmware or vendor.
    pub(crate) shown: Option<Cause>,
}

/// One trouble and the lines that show it.
pub(crate) struct Cause {
    pub(crate) ids: Vec<String>,
    /// The log itself does not decide.
    pub(crate) is_open: bool,
    /// One of these lines at least.
    pub(crate) lines: Vec<u64>,
    /// Lines that may stand beside them.
    pub(crate) beside: Vec<u64>,
}

impl Truth {
    /// The table of a sheet.
    pub(crate) fn sheet(sheet: &str) -> Vec<Self> {
        let path = crate::folder().join(format!("{sheet}.txt"));
        let text = fs::read_to_string(&path).expect("the table is there");
        text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()).map(Self::of).collect()
    }

    fn of(line: &str) -> Self {
        let fields: Vec<_> = line.split('|').map(str::trim).collect();
        let [name, family, saved, verdict, sessions, causes] = fields[..] else { panic!("six fields: {line}") };
        let (result, counts) = verdict.split_once(' ').expect("a result and its counts");
        let counts: Vec<u64> = counts.split('/').map(number).collect();
        let all = causes.split_whitespace().filter(|cause| *cause != "-").map(Cause::of);
        let (mut shown, causes): (Vec<_>, Vec<_>) = all.partition(|cause| cause.ids == ["V"]);
        Self {
            name: name.to_owned(),
            family: family.to_owned(),
            saved: saved.to_owned(),
            result: result.to_owned(),
            counts: counts.try_into().expect("three counts"),
            sessions: number(sessions),
            causes,
            shown: shown.pop(),
        }
    }

    /// The log as the tool saves it.
    pub(crate) fn bytes(&self, sheet: &str) -> Vec<u8> {
        let path = crate::folder().join(sheet).join(&self.name);
        let mut text = fs::read_to_string(&path).expect("the log is there");
        if self.saved.contains("+crlf") {
            text = text.replace('\n', "\r\n");
        } else if self.saved.contains("+cr") {
            text = text.replace('\n', "\r");
        }
        match self.saved.split('+').next().expect("one part at least") {
            "gbk" => {
                let (bytes, _, is_lossy) = GBK.encode(&text);
                assert!(!is_lossy, "{}: not every sign has a place in GBK", self.name);
                bytes.into_owned()
            }
            "utf16" => std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            "utf16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            "bom" => ["\u{feff}", &text].concat().into_bytes(),
            "utf8" => text.into_bytes(),
            other => panic!("{}: unknown encoding {other}", self.name),
        }
    }
}

impl Cause {
    fn of(text: &str) -> Self {
        let (ids, lines) = text.split_once('@').expect("ids and lines");
        let (lines, beside) = lines.split_once('~').unwrap_or((lines, ""));
        let list = |text: &str| text.split(',').filter(|one| !one.is_empty()).map(number).collect();
        Self {
            ids: ids.trim_end_matches('?').split('/').map(ToOwned::to_owned).collect(),
            is_open: ids.ends_with('?'),
            lines: list(lines),
            beside: list(beside),
        }
    }

    /// Whether `lines` show it and nothing else.
    pub(crate) fn is_shown_by(&self, lines: &[u64]) -> bool {
        let is_known = |line: &u64| self.lines.contains(line) || self.beside.contains(line);
        lines.iter().any(|line| self.lines.contains(line)) && lines.iter().all(is_known)
    }
}

fn number(text: &str) -> u64 {
    text.trim().parse().expect("a number")
}
