//! What is worth knowing without being a failure of a request.

use std::fmt;

use crate::{
    air780e::verb::Line,
    lang::{Lang, Phrase, Text},
    modem::fault::{Refusal, origin_of, value_name},
};

/// Something worth knowing that is no failure.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The answer to `ATI` is no name of this family: its answers may differ.
    UnknownDialect {
        /// The name as printed.
        name: String,
    },
    /// A setting that not every firmware knows was refused; its usual value is assumed.
    SettingRefused {
        /// The command.
        command: Line,
        /// The word of the module: `ERROR`, or a number.
        refusal: Refusal,
    },
    /// Messages were overwritten in the module's cache before they could be read.
    MessagesOverwritten {
        /// How many at least.
        count: u32,
    },
    /// The module restarted while its cache held messages that had not been fetched: they are lost.
    KeptMessagesLost {
        /// How many at least.
        count: u32,
    },
    /// Something known of this firmware concerns what is asked of it.
    Firmware {
        /// The number after `V`.
        version: u32,
        /// What is known, in both languages.
        text: Phrase,
    },
    /// The module started anew, as its boot lines say; told once for each start.
    Restarted {
        /// The line that asked for it shortly before.
        asked: Option<Line>,
    },
    /// A command came before the module had finished starting: it was refused with 4 or 14.
    TooEarly {
        /// The command.
        command: Line,
        /// The word of the module: `ERROR`, or a number.
        refusal: Refusal,
    },
    /// A prompt for data had been left open before, so that the module took commands for data; it is closed now.
    PromptLeftOpen {
        /// The line that ended the wait.
        line: String,
    },
    /// The module reports as those of another maker do.
    OtherVendor {
        /// The report.
        line: String,
    },
    /// A value is beyond what one source allows, but within what another does.
    BeyondLimit {
        /// Which value.
        what: &'static str,
        /// Its size.
        value: usize,
        /// The lower limit.
        limit: usize,
        /// Who states it.
        origin: &'static str,
    },
}

impl Note {
    /// What is worth knowing, as a part of a sentence: it begins small and ends without a point.
    pub fn text(&self) -> Text {
        match self {
            Self::UnknownDialect { name } => Text::new("noted-dialect").put("name", format_args!("{name:?}")),
            Self::SettingRefused { command, refusal } => {
                Text::new("noted-setting").put("command", command).put("refusal", refusal)
            }
            Self::MessagesOverwritten { count } => Text::new("noted-overwritten").put("count", count),
            Self::KeptMessagesLost { count } => Text::new("noted-kept-lost").put("count", count),
            Self::Firmware { version, text } => Text::new("noted-firmware").put("version", version).with("text", *text),
            Self::Restarted { asked: None } => Text::new("noted-restarted"),
            Self::Restarted { asked: Some(line) } => Text::new("noted-restarted-asked").put("line", line),
            Self::TooEarly { command, refusal } => {
                Text::new("noted-too-early").put("command", command).put("refusal", refusal)
            }
            Self::PromptLeftOpen { line } => Text::new("noted-prompt-left").put("line", line),
            Self::OtherVendor { line } => Text::new("noted-other-vendor").put("line", line),
            Self::BeyondLimit { what, value, limit, origin } => Text::new("noted-beyond")
                .with("what", value_name(what))
                .put("value", value)
                .put("limit", limit)
                .with("origin", origin_of(origin)),
        }
    }
}

/// In English, as it stands in the program's own log.
impl fmt::Display for Note {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text().to(Lang::En))
    }
}
