//! Ways back, from mild to harsh (reference, section 13), and the restart that is asked for.

use crate::{
    air780e::{
        dns::ShutContext,
        firmware::Feature,
        identity::Firmware,
        limits,
        mqtt::CloseLink,
        power::{RadioOff, RadioOn, Restart},
    },
    at::reply::{End, Ended},
    modem::{
        board::Board,
        event::{Awaited, Event, Fault, LossCause, Means, RecoveryStep, RecoveryUpdate},
        outcome,
        request::Connection,
        step::Step,
    },
    time::{Moment, Observed},
};

use super::{Flow, Input, Progress, Turn, ask, bring_up::BringUp, connect::Connect, probe};

/// The flow that tries one means after the other until the session is open again.
#[derive(Debug)]
pub(crate) struct Recover {
    connection: Box<Connection>,
    /// Index into [`Means::ALL`].
    index: usize,
    stage: Stage,
    connect: Connect,
    /// The radio was told to go off, and nothing shows that it is on again.
    may_be_off: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// The first command of the means.
    Means,
    /// The radio is off.
    RadioPause,
    RadioOn,
    /// The way is given up, and the radio must not stay off.
    RadioBack,
    /// The module restarts, since then.
    Booting(Moment),
    Connecting,
}

impl Recover {
    /// The ways back to a session of `connection`, which has been checked.
    pub(crate) fn new(connection: Box<Connection>) -> Self {
        let connect = Connect::new(connection.clone());
        Self { connect, connection, index: 0, stage: Stage::Means, may_be_off: false }
    }

    fn means(&self) -> Means {
        Means::ALL[self.index]
    }

    fn begin(&mut self, now: Moment, board: &mut Board) -> Turn {
        tell(now, RecoveryStep::Trying(self.means()), board);
        self.go(Stage::Means)
    }

    fn go(&mut self, stage: Stage) -> Turn {
        self.stage = stage;
        self.may_be_off |= self.means() == Means::RestartRadio;
        match (stage, self.means()) {
            (Stage::RadioPause | Stage::RadioOn | Stage::RadioBack, _) => probe(&RadioOn, Step::RadioOn),
            (_, Means::Reconnect) => probe(&CloseLink, Step::CloseLink),
            (_, Means::ShutContext) => probe(&ShutContext, Step::ShutContext),
            (_, Means::RestartRadio) => probe(&RadioOff, Step::RadioOff),
            (_, Means::RestartModule) => ask(&Restart, Step::Restart),
        }
    }

    /// Whatever the command answers, the connection that follows decides. Only its silence speaks against it.
    fn after_command(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        let now = ended.ended_at;
        match (self.stage, self.means()) {
            (Stage::RadioBack, _) => Turn::Done(Err(Fault::Cancelled)),
            (_, Means::RestartModule) => {
                self.may_be_off = false;
                wait_for_boot(&mut self.stage, now)
            }
            _ if matches!(ended.end, End::TimedOut { .. }) => {
                let fault = outcome::result(ended).err().unwrap_or(Fault::Cancelled);
                self.in_vain(now, fault, board)
            }
            (Stage::Means, Means::RestartRadio) => {
                self.stage = Stage::RadioPause;
                Turn::Wait(now + limits::RADIO_PAUSE)
            }
            _ => {
                self.may_be_off = false;
                self.connect(now, board)
            }
        }
    }

    fn connect(&mut self, now: Moment, board: &mut Board) -> Turn {
        self.stage = Stage::Connecting;
        self.connect = Connect::new(self.connection.clone());
        let turn = self.connect.advance(now, Input::Start, board);
        self.take(now, turn, board)
    }

    fn take(&mut self, now: Moment, turn: Turn, board: &mut Board) -> Turn {
        match turn {
            Turn::Done(Ok(())) => {
                tell(now, RecoveryStep::Helped(self.means()), board);
                Turn::Done(Ok(()))
            }
            Turn::Done(Err(fault)) => self.in_vain(now, fault, board),
            turn => turn,
        }
    }

    fn in_vain(&mut self, now: Moment, fault: Fault, board: &mut Board) -> Turn {
        tell(now, RecoveryStep::InVain(self.means(), fault.clone()), board);
        if is_final(&fault) || self.index + 1 == Means::ALL.len() {
            return Turn::Done(Err(fault));
        }
        self.index += 1;
        if self.means() == Means::ShutContext && is_shutting_risky(&fault, board) {
            self.index += 1;
        }
        self.begin(now, board)
    }
}

impl Flow for Recover {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match (self.stage, input) {
            (Stage::Connecting, input) => {
                let turn = self.connect.advance(now, input, board);
                self.take(now, turn, board)
            }
            (_, Input::Start) => self.begin(now, board),
            (_, Input::Ended(ended)) => self.after_command(ended, board),
            (Stage::RadioPause, Input::Woken) => self.go(Stage::RadioOn),
            (Stage::Booting(since), Input::Woken) => match still_booting(since, now, board) {
                Some(turn) => turn,
                None => self.connect(now, board),
            },
            (stage, Input::Woken) => self.go(stage),
        }
    }

    fn progress(&mut self, now: Moment, sent_at: Moment, progress: Progress, board: &mut Board) {
        if self.stage == Stage::Connecting {
            self.connect.progress(now, sent_at, progress, board);
        }
    }

    fn note_loss(&mut self, cause: LossCause) {
        if self.stage == Stage::Connecting {
            self.connect.note_loss(cause);
        }
    }

    fn is_linking(&self) -> bool {
        self.stage == Stage::Connecting && self.connect.is_linking()
    }

    fn is_closing(&self) -> bool {
        self.stage != Stage::Connecting || self.connect.is_closing()
    }

    fn expects(&self, cause: LossCause) -> bool {
        match self.stage {
            Stage::Connecting => self.connect.expects(cause),
            _ => is_by_restart(cause),
        }
    }

    /// The next means may help against what made the module restart.
    fn interrupt(&mut self, now: Moment, fault: &Fault, board: &mut Board) -> Turn {
        self.in_vain(now, fault.clone(), board)
    }

    fn cancel(&mut self, now: Moment, board: &mut Board) -> Turn {
        match self.stage {
            Stage::Connecting => self.connect.cancel(now, board),
            _ if self.may_be_off => self.go(Stage::RadioBack),
            _ => Turn::Done(Err(Fault::Cancelled)),
        }
    }
}

/// The flow of [`Request::Restart`](crate::modem::request::Request::Restart): restarts, then looks how far the modem
/// gets.
#[derive(Debug)]
pub(crate) struct RestartFlow {
    stage: Stage,
    bring_up: BringUp,
}

impl RestartFlow {
    /// A flow that has not begun.
    pub(crate) const fn new() -> Self {
        Self { stage: Stage::Means, bring_up: BringUp::new() }
    }

    fn look(&mut self, now: Moment, board: &mut Board) -> Turn {
        self.stage = Stage::Connecting;
        self.bring_up.advance(now, Input::Start, board)
    }
}

impl Flow for RestartFlow {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match (self.stage, input) {
            (Stage::Connecting, input) => self.bring_up.advance(now, input, board),
            (_, Input::Ended(ended)) if matches!(ended.end, End::Refused(_)) => Turn::Done(outcome::result(ended)),
            (_, Input::Ended(ended)) => wait_for_boot(&mut self.stage, ended.ended_at),
            (Stage::Booting(since), Input::Woken) => match still_booting(since, now, board) {
                Some(turn) => turn,
                None => self.look(now, board),
            },
            _ => ask(&Restart, Step::Restart),
        }
    }

    fn is_closing(&self) -> bool {
        self.stage != Stage::Connecting
    }

    fn expects(&self, cause: LossCause) -> bool {
        self.stage != Stage::Connecting && is_by_restart(cause)
    }
}

fn wait_for_boot(stage: &mut Stage, now: Moment) -> Turn {
    *stage = Stage::Booting(now);
    Turn::Wait(now + limits::RESTART)
}

/// Boot reports may be missing: then the whole time is waited. A report may also come before the command's end.
fn still_booting(since: Moment, now: Moment, board: &Board) -> Option<Turn> {
    let has_booted = board.booted_at.is_some_and(|at| at >= since);
    let due = since + limits::RESTART;
    (!has_booted && now < due).then_some(Turn::Wait(due))
}

/// What a restart of radio or module takes away, and no more: a missing card is news.
const fn is_by_restart(cause: LossCause) -> bool {
    matches!(cause, LossCause::Closed | LossCause::BearerLost | LossCause::ModuleRestarted)
}

/// Old firmware crashes when its context is shut after a name that did not resolve (section 18).
fn is_shutting_risky(fault: &Fault, board: &Board) -> bool {
    let is_safe = |seen: &Observed<Firmware>| Feature::ShutsAfterLookUp.is_in(&seen.value);
    matches!(fault, Fault::NotResolved { .. }) && !board.status().firmware.as_ref().is_none_or(is_safe)
}

/// Whether no harsher means can help against `fault`.
fn is_final(fault: &Fault) -> bool {
    match fault {
        Fault::BadOutcome { expected, .. } => *expected == Awaited::Login,
        Fault::Silent { .. }
        | Fault::Noise { .. }
        | Fault::LuaFirmware { .. }
        | Fault::Port(_)
        | Fault::BadValue { .. }
        | Fault::FileDiffers { .. }
        | Fault::ReadingDisturbed { .. }
        | Fault::Cancelled => true,
        _ => false,
    }
}

fn tell(at: Moment, step: RecoveryStep, board: &mut Board) {
    board.tell(Event::Recovery(RecoveryUpdate { at, step }));
}
