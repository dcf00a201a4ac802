//! What is worth knowing without being a failure of a request.

use thiserror::Error;

use crate::{
    air780e::verb::Line,
    lang::{Lang, Phrase},
    modem::fault::Refusal,
};

/// Something worth knowing that is no failure.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Note {
    /// The answer to `ATI` is no name of this family: its answers may differ.
    #[error("{name:?} is not a firmware of the Air780E family: its answers may differ from what is expected")]
    UnknownDialect {
        /// The name as printed.
        name: String,
    },
    /// A setting that not every firmware knows was refused; its usual value is assumed.
    #[error("{command} was refused ({refusal}): an older firmware; the usual value is assumed")]
    SettingRefused {
        /// The command.
        command: Line,
        /// The word of the module: `ERROR`, or a number.
        refusal: Refusal,
    },
    /// Messages were overwritten in the module's cache before they could be read.
    #[error("{count} messages were overwritten in the module's cache before they could be read")]
    MessagesOverwritten {
        /// How many at least.
        count: u32,
    },
    /// The module restarted while its cache held messages that had not been fetched: they are lost.
    #[error("{count} messages in the module's cache were lost when it restarted, before they could be read")]
    KeptMessagesLost {
        /// How many at least.
        count: u32,
    },
    /// Something known of this firmware concerns what is asked of it.
    #[error("firmware V{version}: {}", text.to(Lang::En))]
    Firmware {
        /// The number after `V`.
        version: u32,
        /// What is known, in both languages.
        text: Phrase,
    },
    /// The module started anew, as its boot lines say; told once for each start.
    #[error("the module started anew{}", asked.as_ref().map_or_else(String::new, |line| format!(", as {line} had asked")))]
    Restarted {
        /// The line that asked for it shortly before.
        asked: Option<Line>,
    },
    /// A command came before the module had finished starting: it was refused with 4 or 14.
    #[error("{command} came too early ({refusal}): the module was still starting")]
    TooEarly {
        /// The command.
        command: Line,
        /// The word of the module: `ERROR`, or a number.
        refusal: Refusal,
    },
    /// A prompt for data had been left open before, so that the module took commands for data; it is closed now.
    #[error("the module was still waiting for data that an earlier command had announced, until it said {line}")]
    PromptLeftOpen {
        /// The line that ended the wait.
        line: String,
    },
    /// The module reports as those of another maker do.
    #[error("this is the report of another maker's module: {line}")]
    OtherVendor {
        /// The report.
        line: String,
    },
    /// A value is beyond what one source allows, but within what another does.
    #[error("{what}: {value} is more than {limit}, the limit of {origin}")]
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
