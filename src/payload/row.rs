//! One message as a row of a table, whoever exports it.

use std::io;

use serde::Serialize;

use super::{Charset, Table, base64};

/// The names of the columns of messages, in the order in which [`MessageRow::write`] writes them.
pub const MESSAGE_COLUMNS: [&str; 13] = [
    "time",
    "source",
    "direction",
    "topic",
    "qos",
    "retain",
    "delivery",
    "took_ms",
    "bytes",
    "charset",
    "payload",
    "broker",
    "probably_cut",
];

/// A message with what is known of its way.
#[derive(Clone, Debug, Serialize)]
pub struct MessageRow<'a> {
    /// When it passed, RFC 3339.
    pub time: String,
    /// `modem`, or `SIMULATED` where it passed a virtual one.
    pub source: &'a str,
    /// `received` or `published`.
    pub direction: &'a str,
    /// Its topic.
    pub topic: &'a str,
    /// Its quality of service; the module does not print it of what arrives.
    pub qos: Option<u8>,
    /// Whether the broker keeps it; the module does not print it of what arrives.
    pub retain: Option<bool>,
    /// How far a published one came; empty for what arrived.
    pub delivery: &'a str,
    /// From the command to the last word about it, in milliseconds.
    pub took_ms: Option<f64>,
    /// Bytes of the payload.
    pub bytes: usize,
    /// In what the payload is written.
    pub charset: &'a str,
    /// The payload, where it is text.
    pub text: Option<String>,
    /// The payload, every byte.
    pub base64: String,
    /// The broker as `host:port`, where it is known.
    pub broker: Option<&'a str>,
    /// Exactly as many bytes as the module prints at most: a longer message looks the same.
    pub probably_cut: bool,
}

impl<'a> MessageRow<'a> {
    /// The row of a payload on `topic`; the rest is for the caller to fill in.
    pub fn of(topic: &'a str, payload: &[u8]) -> Self {
        let charset = Charset::of(payload);
        Self {
            time: String::new(),
            source: "modem",
            direction: "received",
            topic,
            qos: None,
            retain: None,
            delivery: "",
            took_ms: None,
            bytes: payload.len(),
            charset: charset.name(),
            text: charset.text(payload),
            base64: base64(payload),
            broker: None,
            probably_cut: false,
        }
    }

    /// Writes it as a row of a table of messages; a payload that is no text as Base64.
    pub fn write(&self, table: &mut Table<impl io::Write>) {
        table.field(&self.time);
        table.field(self.source);
        table.field(self.direction);
        table.field(self.topic);
        table.optional(self.qos);
        table.optional(self.retain);
        table.field(self.delivery);
        table.optional(self.took_ms.map(|took| format!("{took:.3}")));
        table.field(self.bytes);
        table.field(self.charset);
        table.field(self.text.as_deref().unwrap_or(&self.base64));
        table.optional(self.broker);
        table.field(self.probably_cut);
        table.end_row();
    }
}
