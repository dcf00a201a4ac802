//! The file of `--messages-csv`: each message that arrives, a row at once, as the window exports it.

use std::{fs::File, io, path::Path};

use chrono::SecondsFormat;

use super::verdict::Failure;
use crate::{
    cli::words,
    modem::event::{Arrival, Event},
    own_file,
    payload::{MESSAGE_COLUMNS, MessageRow, Table},
    time::WallAnchor,
    trace::{unnamed, unnamed_bytes},
};

/// A table of messages that grows. The numbers that name device and card are masked in it as in a trace.
#[derive(Debug)]
pub(super) struct MessagesFile {
    table: Table<File>,
    broker: String,
    anchor: Option<WallAnchor>,
    is_simulated: bool,
}

impl MessagesFile {
    /// Begins the file anew; `broker` is its `host:port`.
    pub(super) fn begin(path: &Path, broker: String) -> Result<Self, Failure> {
        let table = own_file::begin(path).and_then(|file| Table::over(file, &MESSAGE_COLUMNS));
        let table = table.map_err(|error| Failure::plain(words::unwritable("--messages-csv", path, &error)))?;
        Ok(Self { table, broker, anchor: None, is_simulated: false })
    }

    /// Takes what says of the port from when its moments count.
    pub(super) fn note(&mut self, event: &Event) {
        if let Event::Opened { anchor, is_simulated, .. } = event {
            (self.anchor, self.is_simulated) = (self.anchor.or(Some(*anchor)), *is_simulated);
        }
    }

    /// Writes a message.
    pub(super) fn take(&mut self, arrival: &Arrival, probably_cut: bool) -> io::Result<()> {
        let (topic, payload) = (unnamed(arrival.message.topic.as_str()), unnamed_bytes(&arrival.message.payload));
        let time = self.anchor.map(|anchor| anchor.at(arrival.at).to_rfc3339_opts(SecondsFormat::Millis, false));
        let row = MessageRow {
            time: time.unwrap_or_default(),
            source: if self.is_simulated { "SIMULATED" } else { "modem" },
            broker: Some(&self.broker),
            probably_cut,
            ..MessageRow::of(&topic, &payload)
        };
        row.write(&mut self.table);
        self.table.flush()
    }
}
