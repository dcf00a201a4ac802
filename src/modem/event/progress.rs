//! How far something is that takes several steps: a publish, a file, the way back to a session.

use std::time::Duration;

use crate::{
    modem::request::{Contents, RequestId},
    time::Moment,
};

use super::{Fault, LossCause};

/// How far a publish is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Delivery {
    /// It waits for the ones before it.
    Queued,
    /// Its command is on the wire.
    Sending,
    /// The modem said `OK`. For QoS 0 this is all that will ever be known.
    Accepted {
        /// From the command's last byte to `OK`.
        accept: Duration,
    },
    /// `PUBREC` came; `PUBCOMP` is still open (QoS 2 only).
    Received {
        /// From the command's last byte to `PUBREC`.
        after: Duration,
    },
    /// `PUBACK` or `PUBCOMP` came.
    Confirmed {
        /// From the command's last byte to `OK`.
        accept: Duration,
        /// From `OK` to `PUBACK` or `PUBCOMP`.
        ack: Duration,
    },
    /// It did not happen, and it is certain that it did not.
    Failed(Fault),
    /// The command was sent, its outcome never came: it may have happened. Never repeated on its own.
    Unknown(Fault),
}

/// One step of a publish.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublishUpdate {
    /// When it happened, on the clock of the link.
    pub at: Moment,
    /// The request that asked for it.
    pub id: RequestId,
    /// How far it is now.
    pub delivery: Delivery,
}

/// One file on the module, and how far it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileUpdate {
    /// When it happened, on the clock of the link.
    pub at: Moment,
    /// Its name.
    pub name: String,
    /// How far it is.
    pub progress: FileProgress,
}

/// How far one file is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileProgress {
    /// So much of it is on the module.
    Writing {
        /// Bytes written.
        written: usize,
        /// Bytes in all.
        total: usize,
    },
    /// It was read back and is as it should be.
    Verified {
        /// Bytes.
        bytes: usize,
    },
    /// It was there already and is used as it is.
    Found {
        /// Bytes.
        bytes: usize,
    },
    /// It was read.
    Read(Contents),
    /// It is gone.
    Deleted,
    /// It is not as it should be.
    Failed(Fault),
}

/// One step of a measuring run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MeasureUpdate {
    /// When it happened, on the clock of the link.
    pub at: Moment,
    /// The request that asked for it.
    pub id: RequestId,
    /// What happened.
    pub step: MeasureStep,
}

/// What happened in a measuring run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MeasureStep {
    /// The plan counts from now.
    Began,
    /// One publish ended.
    Ended {
        /// Its number in the plan, from 0.
        number: u32,
        /// When it was planned to leave.
        planned: Moment,
        /// When its command's last byte was handed to the link; `None` when that is not known.
        sent: Option<Moment>,
        /// How it ended.
        delivery: Delivery,
    },
}

/// One step on the way back to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecoveryUpdate {
    /// When it happened, on the clock of the link.
    pub at: Moment,
    /// What is tried to bring the session back, and what came of it.
    pub step: RecoveryStep,
}

/// A step on the way back to a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RecoveryStep {
    /// The session will be opened again on its own.
    Planned {
        /// Which try, from 1.
        attempt: u32,
        /// When it begins.
        due: Moment,
        /// What the session was lost by.
        cause: LossCause,
    },
    /// These means are tried now.
    Trying(Means),
    /// They did not help.
    InVain(Means, Fault),
    /// They helped: the session is open again.
    Helped(Means),
}

/// Means to get a session back, from mild to harsh (reference, section 13).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Means {
    /// `AT+MIPCLOSE` and a new connection.
    Reconnect,
    /// `AT+CIPSHUT` first: the TCP context anew.
    ShutContext,
    /// `AT+CFUN=0`, `AT+CFUN=1` first: the radio anew.
    RestartRadio,
    /// `AT+RESET` first: the whole module anew.
    RestartModule,
}

impl Means {
    /// From mild to harsh.
    pub const ALL: [Self; 4] = [Self::Reconnect, Self::ShutContext, Self::RestartRadio, Self::RestartModule];
}
