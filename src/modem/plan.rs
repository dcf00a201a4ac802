//! The AT lines a connection will send, before any is sent.

use crate::{
    air780e::{
        Command,
        mqtt::{Publish, PublishExtended, Subscribe},
    },
    modem::{
        check,
        event::Fault,
        flow::{access_point, bring_up, broker, provision, secure},
        request::{Connection, FileRef, Subscription, TlsChange},
    },
    mqtt::Message,
};

pub use super::step::Step;
/// Every key word of a setting of the encryption, and whether two values of one say the same.
pub use crate::air780e::tls::{KEYS as TLS_KEYS, reads_as};

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedLine {
    /// What it is for.
    pub step: Step,
    /// The line, secrets masked.
    pub text: String,
}

/// The lines that [`Request::Connect`](super::request::Request::Connect) sends, in order, when no old session is open,
/// another access point is saved and every answer is good.
pub fn plan(connection: &Connection) -> Vec<PlannedLine> {
    let parts = [
        bring_up::planned_to_card(),
        connection.apn.as_ref().map(access_point::planned).unwrap_or_default(),
        bring_up::planned_from_card(),
        provision::planned(&connection.security.files()),
        secure::planned(connection),
        broker::planned(connection),
    ];
    parts.into_iter().flatten().map(|(step, text)| PlannedLine { step, text }).collect()
}

/// The line that one subscription more sends.
pub fn subscription(wanted: &Subscription) -> PlannedLine {
    let line = Subscribe { filter: &wanted.filter, qos: wanted.qos }.line();
    PlannedLine { step: Step::Subscribe, text: line.masked() }
}

/// The lines that [`Request::Provision`](super::request::Request::Provision) sends for `files` when every answer is good.
pub fn upload(files: &[FileRef]) -> Vec<PlannedLine> {
    provision::planned(files).into_iter().map(|(step, text)| PlannedLine { step, text }).collect()
}

/// How each setting of the encryption stands that a link of `connection` rests on; none for a plain one.
pub fn tls_settings(connection: &Connection) -> Vec<TlsChange> {
    secure::changes(connection)
}

/// What publishing one message puts on the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedPublish {
    /// The command.
    pub line: String,
    /// Whether the payload follows as data when the modem asks for it; it stands in the command otherwise.
    pub has_data: bool,
}

/// What [`Request::Publish`](super::request::Request::Publish) sends for `message`, or why it cannot be sent.
pub fn publish(message: &Message) -> Result<PlannedPublish, Fault> {
    check::message(message)?;
    Ok(if Publish::fits(message) {
        PlannedPublish { line: Publish(message).line().masked(), has_data: false }
    } else {
        PlannedPublish { line: PublishExtended(message).line().masked(), has_data: true }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mqtt::Qos;

    fn message(topic: &str, payload: &[u8]) -> Message {
        Message {
            topic: topic.parse().expect("a topic"),
            payload: payload.to_vec(),
            qos: Qos::AtLeastOnce,
            retain: true,
        }
    }

    #[test]
    fn a_short_text_stands_in_the_command_and_bytes_follow_a_prompt() {
        let text = publish(&message("mqtt/sub", b"hi")).expect("it can be sent");
        assert_eq!(text, PlannedPublish { line: "AT+MPUB=\"mqtt/sub\",1,1,\"hi\"".to_owned(), has_data: false });
        let bytes = publish(&message("mqtt/sub", &[0xFF, 0x00])).expect("it can be sent");
        assert_eq!(bytes, PlannedPublish { line: "AT+MPUBEX=\"mqtt/sub\",1,1,2".to_owned(), has_data: true });
        assert!(matches!(publish(&message("a\"b", b"")), Err(Fault::BadValue { .. })));
    }
}
