//! What a log comes to, in the sentences of a page and of a report.

use super::{Account, Change, Findings, Outcome};
use crate::lang::Text;

/// What happened to the file while it was read.
pub fn changed(change: Change) -> Text {
    match change {
        Change::Rewritten => Text::new("log-file-rewritten"),
        Change::Shrank { read, length } => {
            Text::new("log-file-shrank-while-read").put("read", read).put("length", length)
        }
        Change::Grew { read, length } => Text::new("log-file-grew-while-read").put("length", length).put("read", read),
    }
}

/// Where and when an episode is.
pub fn when(told: &Account) -> Text {
    let (begin, end) = (told.begin_line, told.end_line);
    let time = told.begin.as_deref().map_or_else(String::new, |begin| match &told.end {
        Some(end) => format!("{begin} – {end}, "),
        None => format!("{begin}, "),
    });
    let device = told.device.as_deref().map_or_else(String::new, |device| format!("{device}, "));
    let lasting = if told.is_recovered { Text::new("log-put-right") } else { Text::new("log-not-put-right") };
    Text::new("log-lines")
        .put("device", device)
        .put("time", time)
        .put("begin", begin)
        .put("end", end)
        .with("lasting", lasting)
}

/// The one word for a log, and what to do.
pub fn result(findings: &Findings) -> Text {
    let lines: Vec<_> = findings.shown.iter().map(u32::to_string).collect();
    let lines = lines.join(", ");
    match findings.result {
        Outcome::Healthy => Text::new("log-healthy-nothing-went-wrong"),
        Outcome::Trouble => Text::new("log-trouble-lasts-end-log"),
        Outcome::Recovered => Text::new("log-recovered-all-works-end"),
        Outcome::OtherFirmware => Text::new("log-other-firmware-module-runs").put("lines", lines),
        Outcome::OtherVendor => Text::new("log-other-maker-log-another").put("lines", lines),
        Outcome::NoLog => no_log(findings),
    }
}

fn no_log(findings: &Findings) -> Text {
    match findings.kind {
        Some(kind) => Text::new("log-no-log-file-kind").put("kind", kind),
        None if findings.lines == 0 => Text::new("log-no-log-file-empty"),
        None => Text::new("log-no-log-none-lines").put("lines", findings.lines),
    }
}

/// How many messages there were.
pub fn counts(findings: &Findings) -> Text {
    let Findings { published, confirmed, received, .. } = findings;
    Text::new("log-messages-published-confirmed-received")
        .put("published", published)
        .put("confirmed", confirmed)
        .put("received", received)
}
