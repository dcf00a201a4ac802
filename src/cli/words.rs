//! The words of the command line for what lower rooms report: files, ports, the system. A face says them in its language.

use std::{io, path::Path};

use crate::{
    lang::Text,
    link::LinkError,
    own_file::InTheWay,
    trace::{TraceError, TraceFlaw},
    user_file::{self, FileFault},
};

/// Why a file cannot be used, with the option that names it.
pub(super) fn file(option: &str, path: &Path, fault: &FileFault) -> Text {
    let why = Text::new("command-file").put("path", user_file::named(path)).with("why", fault.text());
    Text::new("command-option-file").put("option", option).with("why", why)
}

/// Why a file that an option names cannot be written.
pub(super) fn unwritable(option: &str, path: &Path, error: &io::Error) -> Text {
    let text = Text::new("command-unwritable").put("option", option).put("path", user_file::named(path));
    text.with("why", system(error))
}

/// Why a recording ends before its time.
pub(super) fn recording_ended(error: &io::Error) -> Text {
    Text::new("command-recording-ended").with("why", system(error))
}

/// What the system says, where it is one of the usual things; else in its own words.
pub(super) fn system(error: &io::Error) -> Text {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref());
    if let Some(way) = inner {
        return in_the_way(*way);
    }
    Text::new(match error.kind() {
        _ if error.get_ref().is_some() => return Text::plain(error.to_string()),
        io::ErrorKind::NotFound => "command-system-missing",
        io::ErrorKind::NotADirectory => "command-system-no-folder",
        io::ErrorKind::PermissionDenied => "command-system-no-permission",
        io::ErrorKind::AlreadyExists => "command-system-there-already",
        io::ErrorKind::IsADirectory => "command-system-folder",
        io::ErrorKind::StorageFull => "command-system-disk-full",
        io::ErrorKind::ReadOnlyFilesystem => "command-system-read-only",
        _ => return Text::plain(error.to_string()),
    })
}

fn in_the_way(what: InTheWay) -> Text {
    Text::new(match what {
        InTheWay::Link => "command-in-the-way-link",
        InTheWay::Folder => "user-file-folder",
        InTheWay::Device => "user-file-not-regular",
        InTheWay::Nameless => "command-in-the-way-nameless",
    })
}

/// Why a link does not open or does not go on.
pub(super) fn link(error: &LinkError) -> Text {
    match error {
        LinkError::Missing => Text::new("command-link-missing"),
        LinkError::Busy => Text::new("command-link-busy"),
        LinkError::NoPermission { .. } => Text::new("command-link-no-permission"),
        LinkError::Gone => Text::new("command-link-gone"),
        LinkError::NotSerial => Text::new("command-link-not-serial"),
        LinkError::Other(detail) => Text::plain(detail.as_str()),
    }
}

/// What is wrong with a trace, and where.
pub(super) fn trace(error: &TraceError) -> Text {
    let why = match &error.why {
        TraceFlaw::Begin => Text::new("replay-flaw-begin"),
        TraceFlaw::NotText => Text::new("replay-flaw-no-text"),
        TraceFlaw::NoMoment => Text::new("replay-flaw-no-moment"),
        TraceFlaw::Mark => Text::new("replay-flaw-mark"),
        TraceFlaw::Moment(text) => Text::new("replay-flaw-moment").put("text", format_args!("{text:?}")),
        TraceFlaw::Backwards(moment) => Text::new("replay-flaw-backwards").put("moment", moment),
        TraceFlaw::Hex => Text::new("replay-flaw-hex"),
        TraceFlaw::SecretEnd => Text::new("replay-flaw-secret-end"),
        TraceFlaw::SecretCount => Text::new("replay-flaw-secret-count"),
        TraceFlaw::SecretLength { count, most } => {
            Text::new("replay-flaw-secret-length").put("count", count).put("most", most)
        }
        TraceFlaw::Escape => Text::new("replay-flaw-escape"),
    };
    Text::new("replay-line").put("line", error.line).with("why", why)
}
