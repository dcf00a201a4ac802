//! A measuring run: publishes at planned instants, each timed from its plan.
//!
//! What cannot leave in time leaves as soon as it can, and the plan stays: a modem that falls behind shows it as waiting
//! time, instead of being asked less often.

use std::time::Duration;

use crate::{
    air780e::{mqtt::HexMode, signal::ReadSignal},
    at::reply::{End, Ended},
    modem::{
        board::Board,
        event::{Delivery, Event, Fault, LossCause, MeasureStep, MeasureUpdate},
        outcome,
        request::{MeasurePlan, RequestId},
        step::Step,
    },
    time::Moment,
};

use super::{
    Ask, Flow, Input, Turn, ask,
    publish::{self, exchange},
    single::take_signal,
    subscribe::by_loss,
};

/// The flow of a measuring run.
#[derive(Debug)]
pub(crate) struct MeasureFlow {
    id: RequestId,
    plan: MeasurePlan,
    /// The instant of the first publish.
    began: Option<Moment>,
    /// The publish that comes next, or is on the wire.
    number: u32,
    asked: Asked,
    /// When the signal was asked for last.
    signal_at: Option<Moment>,
    loss: Option<LossCause>,
}

/// What is on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Asked {
    Nothing,
    /// Text: an earlier message, or a hand, may have left hex digits on.
    TextMode,
    Signal,
    Publish,
}

impl MeasureFlow {
    /// The flow of a plan that has been checked.
    pub(crate) const fn new(id: RequestId, plan: MeasurePlan) -> Self {
        Self { id, plan, began: None, number: 0, asked: Asked::Nothing, signal_at: None, loss: None }
    }

    /// What comes next. It always waits, be it for no time at all, so that others have their turn.
    fn next(&mut self, now: Moment) -> Turn {
        self.asked = Asked::Nothing;
        if let Some(cause) = self.loss {
            return Turn::Done(Err(Fault::SessionLost(cause)));
        }
        if self.number >= self.plan.count {
            return Turn::Done(Ok(()));
        }
        let planned = self.planned(self.number);
        let signal = self.signal_at.filter(|_| self.plan.reads_signal).map(|at| at + SIGNAL_EVERY);
        let due = signal.filter(|due| *due + SIGNAL_ROOM <= planned).unwrap_or(planned);
        Turn::Wait(due.max(now))
    }

    fn planned(&self, number: u32) -> Moment {
        self.began.unwrap_or_default() + self.plan.period.saturating_mul(number)
    }

    /// Asks for the signal when that is wanted and fits before the next publish.
    fn ask_signal(&mut self, now: Moment) -> Option<Turn> {
        let is_due = self.signal_at.is_none_or(|at| now.since(at) >= SIGNAL_EVERY);
        let fits = self.began.is_none() || self.planned(self.number).since(now) >= SIGNAL_ROOM;
        (self.plan.reads_signal && is_due && fits).then(|| {
            (self.asked, self.signal_at) = (Asked::Signal, Some(now));
            ask(&ReadSignal, Step::Signal)
        })
    }

    /// What goes before the first publish, if anything does.
    fn prepare(&mut self, now: Moment, board: &mut Board) -> Turn {
        if board.publishing.may_read_hex {
            self.asked = Asked::TextMode;
            return ask(&HexMode::Text, Step::TextMode);
        }
        match self.ask_signal(now) {
            Some(turn) => turn,
            None => self.begin(now, board),
        }
    }

    /// A module that may read the text as digits would send something else than what is measured.
    fn after_text_mode(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        board.publishing.may_read_hex = ended.end != End::Done;
        match by_loss(self.loss, outcome::result(ended)) {
            Ok(()) => self.prepare(ended.ended_at, board),
            Err(fault) => Turn::Done(Err(fault)),
        }
    }

    fn begin(&mut self, now: Moment, board: &mut Board) -> Turn {
        self.began = Some(now);
        self.tell(now, MeasureStep::Began, board);
        self.next(now)
    }

    fn woken(&mut self, now: Moment) -> Turn {
        if self.loss.is_some() || now < self.planned(self.number) {
            return self.ask_signal(now).unwrap_or_else(|| self.next(now));
        }
        self.asked = Asked::Publish;
        Ask::turn(exchange(&self.plan.message(self.number)), None)
    }

    fn ended(&mut self, now: Moment, ended: &Ended, board: &mut Board) -> Turn {
        match self.asked {
            Asked::TextMode => self.after_text_mode(ended, board),
            Asked::Signal => {
                // Without a reading the run is as good.
                let _ = take_signal(ended, board);
                if self.began.is_none() { self.begin(now, board) } else { self.next(now) }
            }
            Asked::Publish | Asked::Nothing => {
                let (delivery, _) = publish::outcome(self.plan.qos, self.loss, ended);
                self.tell_ended(ended.ended_at, Some(ended.sent_at), delivery, board);
                self.next(now)
            }
        }
    }

    fn tell_ended(&mut self, at: Moment, sent: Option<Moment>, delivery: Delivery, board: &mut Board) {
        let (number, planned) = (self.number, self.planned(self.number));
        self.number += 1;
        self.tell(at, MeasureStep::Ended { number, planned, sent, delivery }, board);
    }

    fn tell(&self, at: Moment, step: MeasureStep, board: &mut Board) {
        board.tell(Event::Measure(Box::new(MeasureUpdate { at, id: self.id, step })));
    }
}

impl Flow for MeasureFlow {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Start => self.prepare(now, board),
            Input::Ended(ended) => self.ended(now, ended, board),
            Input::Woken => self.woken(now),
        }
    }

    /// A message is never sent twice.
    fn may_repeat(&self) -> bool {
        false
    }

    fn note_loss(&mut self, cause: LossCause) {
        self.loss = Some(cause);
    }

    fn is_lasting(&self) -> bool {
        true
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, was_sent: bool, board: &mut Board) {
        if self.asked == Asked::Publish
            && was_sent
            && let Err(fault) = result
        {
            self.tell_ended(now, None, Delivery::Unknown(fault.clone()), board);
        }
    }
}

/// How often the signal is asked for.
const SIGNAL_EVERY: Duration = Duration::from_secs(10);
/// So much time must be left before the next publish: a module answers `AT+CSQ` within some ten milliseconds.
const SIGNAL_ROOM: Duration = Duration::from_millis(150);
