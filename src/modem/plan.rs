//! The AT lines a connection will send, before any is sent.

use crate::modem::{
    flow::{bring_up, broker},
    request::Connection,
};

/// The purpose of one line of the plan. The language files explain each.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// `AT`: is anybody there?
    Attention,
    /// `ATI`: which firmware?
    Identity,
    /// `AT+CMEE=1`: say error numbers.
    ErrorNumbers,
    /// `AT+CPIN?`: is the card ready?
    SimState,
    /// `AT+CSQ`: how strong is the signal?
    Signal,
    /// `AT+CEREG?`: does the network have us?
    Registration,
    /// `AT+CGATT?`: may we send data?
    Attach,
    /// `AT+CGPADDR=1`: which address did we get?
    Address,
    /// `AT+MQTTMSGSET=0`: print messages as they arrive.
    DirectMessages,
    /// `AT+MQTTMODE=0`: payloads as text.
    TextMode,
    /// `AT+MQTTSTATU`: is an old session open?
    SessionState,
    /// `AT+MDISCONNECT`: say good-bye to the broker.
    Goodbye,
    /// `AT+MIPCLOSE`: close the TCP link.
    CloseLink,
    /// `AT+MCONFIG`: client id, login, will.
    Config,
    /// `AT+MIPSTART`: open the TCP link.
    OpenLink,
    /// `AT+MCONNECT`: log in at the broker.
    Login,
    /// `AT+MSUB`: subscribe.
    Subscribe,
}

/// One line of a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlannedLine {
    /// What it is for.
    pub step: Step,
    /// The line, secrets masked.
    pub text: String,
}

/// The lines that [`Request::Connect`](super::request::Request::Connect) sends, in order, when no old session is open
/// and every answer is good.
pub fn plan(connection: &Connection) -> Vec<PlannedLine> {
    let lines = bring_up::planned().into_iter().chain(broker::planned(connection));
    lines.map(|(step, text)| PlannedLine { step, text }).collect()
}
