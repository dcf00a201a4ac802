//! Resolving a host name as the module sees it (reference, sections 6.3 and 7).

use crate::{
    air780e::{
        Command,
        dns::{BringUpContext, ReadContextAddress, ReadServers, Resolve, Resolved, StartTask},
    },
    at::reply::{End, Ended},
    modem::{
        board::{Board, evidence},
        event::{Event, Fault},
        outcome,
        status::Evidence,
        step::Step,
    },
    time::{Moment, Observed},
};

use super::{Flow, Input, Turn, ask, probe};

/// The flow that resolves one name.
#[derive(Debug)]
pub(crate) struct ResolveFlow {
    host: String,
    stage: Stage,
    /// What was found, or why nothing.
    found: Option<Result<String, Fault>>,
    /// The line that shows it.
    shown: Option<Evidence>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    Start,
    Raise,
    Address,
    Resolve,
    Servers,
}

impl ResolveFlow {
    /// The flow of a name that has been checked.
    pub(crate) const fn new(host: String) -> Self {
        Self { host, stage: Stage::Start, found: None, shown: None }
    }

    /// The line that shows whether the name resolves, when the module came as far as asking.
    pub(crate) const fn shown(&self) -> Option<&Evidence> {
        self.shown.as_ref()
    }

    fn go(&mut self, stage: Stage) -> Turn {
        self.stage = stage;
        match stage {
            Stage::Start => probe(&StartTask, Step::StartContext),
            Stage::Raise => probe(&BringUpContext, Step::RaiseContext),
            Stage::Address => ask(&ReadContextAddress, Step::ContextAddress),
            Stage::Resolve => ask(&Resolve(&self.host), Step::Resolve),
            Stage::Servers => probe(&ReadServers, Step::NameServers),
        }
    }

    /// The first two steps are refused when the context is up already: its address decides.
    fn answered(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if matches!(ended.end, End::TimedOut { .. }) && self.stage != Stage::Resolve {
            return self.give_up(ended);
        }
        match self.stage {
            Stage::Start => self.go(Stage::Raise),
            Stage::Raise => self.go(Stage::Address),
            Stage::Address if ended.end == End::Done => self.go(Stage::Resolve),
            Stage::Address => self.give_up(ended),
            Stage::Resolve => self.after_resolve(ended),
            Stage::Servers => {
                if let Some(servers) = ReadServers.answer(&ended.answer) {
                    board.status_mut().name_servers = Some(Observed::new(servers, ended.ended_at, "AT+CDNSCFG?"));
                }
                self.end()
            }
        }
    }

    /// A name that does not resolve raises the question who was asked.
    fn after_resolve(&mut self, ended: &Ended) -> Turn {
        let found = match Resolve(&self.host).answer(&ended.answer) {
            Some(Resolved::Address(address)) => Ok(address),
            Some(Resolved::Failed(number)) => Err(Fault::NotResolved { host: self.host.clone(), number: Some(number) }),
            None => Err(outcome::result(ended).err().unwrap_or_else(|| outcome::unfitting(ended))),
        };
        let is_found = found.is_ok();
        self.shown = Some(evidence(ended));
        self.found = Some(found);
        if is_found || matches!(ended.end, End::TimedOut { .. }) { self.end() } else { self.go(Stage::Servers) }
    }

    fn give_up(&mut self, ended: &Ended) -> Turn {
        let fault = outcome::result(ended).err().unwrap_or_else(|| outcome::unfitting(ended));
        self.found.get_or_insert(Err(fault));
        self.end()
    }

    fn end(&self) -> Turn {
        let result = self.found.clone().unwrap_or(Err(Fault::Cancelled));
        Turn::Done(result.map(|_| ()))
    }
}

impl Flow for ResolveFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Start => self.go(Stage::Start),
            Input::Ended(ended) => self.answered(ended, board),
            Input::Woken => self.go(self.stage),
        }
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, _was_sent: bool, board: &mut Board) {
        let fault = || result.clone().err().unwrap_or(Fault::Cancelled);
        let result = self.found.take().unwrap_or_else(|| Err(fault()));
        board.tell(Event::Resolved { at: now, host: self.host.clone(), result });
    }
}
