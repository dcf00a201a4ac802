//! Messages as a file: JSON with every byte, or a table of comma-separated values (RFC 4180).
//!
//! Each message says by itself whether it passed a virtual modem.

use std::sync::Arc;

use chrono::{DateTime, Local, SecondsFormat};

use crate::{
    model::{
        event::Delivery,
        messages::{Direction, Entry, Messages},
    },
    mqtt::{Message, Qos},
    payload::{MESSAGE_COLUMNS, MessageRow, Table},
    trace::{unnamed, unnamed_bytes},
};

use super::rows::is_probably_cut;

/// How the file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ExportFormat {
    /// JSON, every byte of every payload as Base64 and, where it is text, as text too.
    Json,
    /// A table; payloads that are no text as Base64.
    Csv,
}

/// A copy of messages, to be written elsewhere while more arrive.
#[derive(Clone, Debug)]
pub struct Export {
    entries: Vec<Piece>,
    is_simulated: bool,
}

#[derive(Clone, Debug)]
struct Piece {
    time: DateTime<Local>,
    direction: Direction,
    message: Arc<Message>,
    broker: Option<String>,
    is_probably_cut: bool,
}

impl Export {
    /// Copies the messages `seqs` of the history.
    pub fn new(messages: &Messages, seqs: impl Iterator<Item = u64>, is_simulated: bool) -> Self {
        let copy = |entry: &Entry| Piece {
            time: entry.time,
            direction: entry.direction.clone(),
            message: Arc::clone(&entry.message),
            broker: messages.passage(entry.connection).and_then(|passage| passage.broker.clone()),
            is_probably_cut: is_probably_cut(entry),
        };
        Self { entries: seqs.filter_map(|seq| messages.log().entry(seq)).map(copy).collect(), is_simulated }
    }

    /// The same without the numbers of device and card, and without positions: each of their signs is a `*`.
    #[must_use]
    pub fn hiding_numbers(mut self) -> Self {
        for Piece { message, .. } in &mut self.entries {
            let topic = message.topic.as_str();
            let hidden = Message {
                topic: unnamed(topic).parse().unwrap_or_else(|_| message.topic.clone()),
                payload: unnamed_bytes(&message.payload),
                ..Message::clone(message)
            };
            *message = Arc::new(hidden);
        }
        self
    }

    /// Whether they passed a virtual modem.
    pub const fn is_simulated(&self) -> bool {
        self.is_simulated
    }

    /// A name for the file: says `SIMULATED` when it is so.
    pub fn file_name(&self, format: ExportFormat) -> String {
        let mark = if self.is_simulated { "-SIMULATED" } else { "" };
        let first = self.entries.first().map(|piece| piece.time).unwrap_or_default();
        let ending = match format {
            ExportFormat::Json => "json",
            ExportFormat::Csv => "csv",
        };
        format!("messages-{}{mark}.{ending}", first.format("%Y%m%d-%H%M%S"))
    }

    /// The file's text.
    pub fn text(&self, format: ExportFormat) -> String {
        match format {
            ExportFormat::Json => self.json(),
            ExportFormat::Csv => self.csv(),
        }
    }

    fn json(&self) -> String {
        let mut text = String::from("[\n");
        for (place, row) in self.rows().enumerate() {
            text.push_str(if place == 0 { "  " } else { ",\n  " });
            // A row is plain data: writing it cannot fail.
            text.push_str(&serde_json::to_string(&row).unwrap_or_default());
        }
        text.push_str("\n]\n");
        text
    }

    fn csv(&self) -> String {
        let mut table = Table::new(&MESSAGE_COLUMNS);
        self.rows().for_each(|row| row.write(&mut table));
        table.into_text()
    }

    fn rows(&self) -> impl Iterator<Item = MessageRow<'_>> {
        self.entries.iter().map(|piece| {
            let Piece { time, direction, message, .. } = piece;
            let (is_out, delivery, took) = match direction {
                Direction::In { .. } | Direction::Here { delivery: None } => (false, "", None),
                Direction::Out { delivery } | Direction::Here { delivery: Some(delivery) } => {
                    (true, outcome(delivery, message.qos), took_ms(delivery))
                }
            };
            let is_here = matches!(direction, Direction::Here { .. });
            MessageRow {
                time: time.to_rfc3339_opts(SecondsFormat::Millis, false),
                source: match (is_here, self.is_simulated) {
                    (true, _) => "this computer",
                    (false, true) => "SIMULATED",
                    (false, false) => "modem",
                },
                direction: if is_out { "published" } else { "received" },
                // The modem prints neither for what arrives.
                qos: (is_out || is_here).then(|| message.qos.number()),
                retain: (is_out || is_here).then_some(message.retain),
                delivery,
                took_ms: took,
                broker: piece.broker.as_deref(),
                probably_cut: piece.is_probably_cut,
                ..MessageRow::of(message.topic.as_str(), &message.payload)
            }
        })
    }
}

fn outcome(delivery: &Delivery, qos: Qos) -> &'static str {
    match delivery {
        Delivery::Queued => "queued",
        Delivery::Sending => "sending",
        Delivery::Accepted { .. } if qos == Qos::AtMostOnce => "sent",
        Delivery::Accepted { .. } => "accepted",
        Delivery::Received { .. } => "received by the broker",
        Delivery::Confirmed { .. } => "confirmed",
        Delivery::Failed(_) => "not sent",
        Delivery::Unknown(_) => "unknown",
    }
}

fn took_ms(delivery: &Delivery) -> Option<f64> {
    let took = match delivery {
        Delivery::Accepted { accept } => *accept,
        Delivery::Received { after } => *after,
        Delivery::Confirmed { accept, ack } => *accept + *ack,
        _ => return None,
    };
    Some(took.as_secs_f64() * 1_000.0)
}
