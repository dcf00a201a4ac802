//! From facts to advice: what is wrong, why we think so, what it is not, what to do next.
//!
//! One question, one judge: [`diagnose`] is the only way to a finding, for the window, a check and a recording. A [`Course`]
//! takes events and keeps what explains trouble, among it the [`Episode`]s; `rules` reads it together with what this computer
//! got (`here`), one file a stage of the way from the cable to the message; `suspects` weighs what they say; `undecided` says
//! what would decide when nothing does; `catalogue` holds the causes. Nothing here asks the
//! modem or the network anything.

mod case;
pub mod catalogue;
mod cause;
mod course;
pub mod cures;
mod decided;
mod episode;
mod evidence;
mod excluded;
mod explained;
mod finding;
pub mod here;
mod messages;
mod remedy;
mod rules;
mod scan;
mod suspects;
mod trouble;
mod undecided;

pub use self::{
    case::{Diagnosis, diagnose, diagnose_input, diagnose_loss},
    cause::{Cause, Innocent},
    course::{Case, Course, KeptByBroker},
    decided::{Changed, Decided},
    episode::Episode,
    explained::{Explained, explained},
    finding::{Certainty, Excluded, Fact, Finding},
    here::{
        Demand, FailedStep, Granted, Here, HereStage, LoginHere, NameFailure, NameHere, PortHere, PortOutcome, Unnamed,
        WantedTls,
    },
    remedy::Remedy,
    scan::{Answer, Reach, Scan, Standing, SuiteRow, said, suite_rows, versions},
    trouble::Trouble,
    undecided::{Step, Undecided},
};

pub use self::rules::{FileJudgement, judge_file, seconds_of_clock};
/// The words of TLS in which [`Here`] speaks.
pub use crate::tls::{FailureCause, HelloAnswer, Suite, SuiteAnswer, VerifyCode};
