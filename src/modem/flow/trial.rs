//! An encrypted link by itself: opened, and closed again at once. No login is sent.

use crate::{
    air780e::{mqtt::CloseLink, tls::OpenEncryptedLink},
    at::reply::{End, Ended},
    modem::{
        board::Board,
        event::{Fault, LossCause},
        outcome,
        step::Step,
    },
    time::Moment,
};

use super::{Flow, Input, Turn, ask, probe};

/// The flow that tries whether a link opens.
#[derive(Debug)]
pub(crate) struct TrialFlow {
    host: String,
    port: u16,
    is_slow: bool,
    stage: Stage,
    result: Result<(), Fault>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    CloseOld,
    Open,
    Close,
}

impl TrialFlow {
    /// The flow of a place that has been checked.
    pub(crate) const fn new(host: String, port: u16, is_slow: bool) -> Self {
        Self { host, port, is_slow, stage: Stage::CloseOld, result: Ok(()) }
    }

    fn go(&mut self, stage: Stage) -> Turn {
        self.stage = stage;
        match stage {
            Stage::CloseOld | Stage::Close => probe(&CloseLink, Step::CloseLink),
            Stage::Open => {
                let open = OpenEncryptedLink { host: &self.host, port: self.port, is_slow: self.is_slow };
                ask(&open, Step::OpenEncryptedLink)
            }
        }
    }

    fn answered(&mut self, ended: &Ended) -> Turn {
        match self.stage {
            Stage::CloseOld if matches!(ended.end, End::TimedOut { .. }) => Turn::Done(outcome::result(ended)),
            Stage::CloseOld => self.go(Stage::Open),
            Stage::Open => {
                self.result = outcome::result(ended);
                self.go(Stage::Close)
            }
            // Whichever answer comes, the link is gone (reference, section 11.9).
            Stage::Close => Turn::Done(self.result.clone()),
        }
    }
}

impl Flow for TrialFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, _board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) => self.answered(ended),
            Input::Start | Input::Woken => self.go(self.stage),
        }
    }

    /// A broker counts the links, and each is a fact of its own.
    fn may_repeat(&self) -> bool {
        false
    }

    fn is_closing(&self) -> bool {
        self.stage != Stage::Open
    }

    /// A link that has just opened is closed all the same.
    fn cancel(&mut self, _now: Moment, _board: &mut Board) -> Turn {
        if self.stage == Stage::CloseOld {
            return Turn::Done(Err(Fault::Cancelled));
        }
        self.result = Err(Fault::Cancelled);
        self.go(Stage::Close)
    }

    /// A broker that drops a mute link does no harm.
    fn expects(&self, cause: LossCause) -> bool {
        cause == LossCause::Closed
    }
}
