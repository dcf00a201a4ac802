//! The shape of a cause: what a row of the catalogue says.

use crate::{lang::Phrase, modem::status::Rung};

use super::{catalogue::Stage, remedy::Remedy};

/// One entry of the catalogue: why something fails, whatever shows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cause {
    /// Stable number, `F-002`. It never changes its meaning.
    pub id: &'static str,
    /// The same as a readable word, `port_busy`.
    pub key: &'static str,
    /// Where on the way from the cable to the message it lies.
    pub stage: Stage,
    /// What is wrong.
    pub cause: Phrase,
    /// What to do next.
    pub fix: Phrase,
    /// What a button can do about it.
    pub remedy: Option<Remedy>,
    /// Whether the modem or the system names it itself, although others look alike from afar.
    pub is_plain: bool,
    /// The step that cannot be confirmed while this is the cause, and the thing that is in order then.
    pub ruled_out_by: Option<(Rung, Innocent)>,
    /// What can show it.
    pub shown: Shown,
}

/// What a row does not say.
const NOTHING: &str = "";

impl Cause {
    /// A row with nothing in it: what the rows of the catalogue leave out.
    pub(super) const EMPTY: Self = Self {
        id: NOTHING,
        key: NOTHING,
        stage: Stage::Other,
        cause: Phrase::new(NOTHING),
        fix: Phrase::new(NOTHING),
        remedy: None,
        is_plain: false,
        ruled_out_by: None,
        shown: Shown::Wire,
    };
}

/// What can show a cause beyond a guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The conversation with the module: its lines, their order, their times.
    Wire,
    /// A certificate or key file in use.
    File,
    /// This computer: its port, or what it gets when it tries the same.
    Here,
    /// None of these, for this reason. A rule may still think it possible.
    Nothing(Phrase),
}

/// A thing that is in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Innocent {
    /// Port, rate, power.
    Port,
    /// The card.
    Card,
    /// The radio.
    Signal,
    /// The registration.
    Network,
    /// Attachment and address.
    Data,
    /// The host name.
    Name,
    /// The broker's host and port.
    Host,
    /// What the port speaks.
    Protocol,
    /// Cipher suites and versions.
    Suites,
    /// The kind of the broker's key.
    ServerKey,
    /// The CA file.
    Authority,
    /// Everything about trust: nobody checks the server.
    Trust,
    /// The chain.
    Chain,
    /// Dates.
    Dates,
    /// Names in the certificate.
    ServerName,
    /// The client certificate and key.
    ClientFiles,
    /// That the client certificate and key are a pair; no word of dates or authorities.
    ClientPair,
    /// Whether the server asks for a client certificate.
    ClientDemand,
    /// The TLS handshake as a whole.
    Handshake,
    /// The login.
    Login,
    /// The keep-alive.
    KeepAlive,
}
