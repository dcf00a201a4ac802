//! Why a question to the doctor makes no sense, why a log is not read, and what became of it meanwhile: in sentences.

use crate::{doctor::Stop, lang::Text, record, user_file::FileFault};

/// A format that is not known.
pub(super) fn unknown_format(name: &str) -> Text {
    let known: Vec<_> = record::FORMATS.iter().map(|format| format.key).collect();
    let known = known.join(", ");
    Text::new("log-no-format-leave-format").put("name", format_args!("{name:?}")).put("known", known)
}

/// Lines in the wrong order.
pub(super) fn no_lines(from: u32, to: u32) -> Text {
    Text::new("log-no-line-let-most").put("from", from).put("to", to)
}

/// Why the log was not read to its end, and what to do.
pub(super) fn stopped(stop: &Stop) -> Text {
    match stop {
        Stop::Refused(fault) => refused(fault),
        Stop::Unreadable(detail) => Text::new("log-give-path-file-can").put("detail", detail),
        Stop::Nothing => Text::new("log-no-text-first-64"),
        Stop::Unwanted => Text::new("log-not-read-end"),
    }
}

fn refused(fault: &FileFault) -> Text {
    match fault {
        FileFault::Missing => Text::new("log-missing"),
        FileFault::NoPermission => Text::new("log-no-permission"),
        FileFault::Folder => Text::new("log-folder"),
        // A pipe without a writer, or a device, would never end.
        FileFault::NotRegular => Text::new("log-not-regular"),
        FileFault::TooLarge { .. } | FileFault::NotText { .. } | FileFault::NoPath(_) | FileFault::Other(_) => {
            Text::new("log-unreadable").with("fault", fault.text())
        }
    }
}

/// A report about several logs.
pub(super) fn one_log() -> Text {
    Text::new("log-report-about-log-give")
}

/// A report in the place of its log.
pub(super) fn over_the_log(log: &str) -> Text {
    Text::new("log-report-would-written-over").put("log", log)
}

/// A report whose recording was too long for it.
pub(super) fn carries_nothing() -> Text {
    Text::new("log-report-carries-no-recording")
}
