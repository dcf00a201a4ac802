//! One message on its way. Nothing here is ever repeated: after a time-out the outcome is unknown.
//!
//! Short text goes as `AT+MPUB`, all else as `AT+MPUBEX`, which takes any byte as it is. Hex digits are the last choice, for a
//! module that says it does not know `AT+MPUBEX`: they double the length, and while `AT+MQTTMODE=1` holds, arriving messages
//! may be printed in hex too (reference, section 20, 6). So the mode is set for one message and taken back at once.

use std::time::Duration;

use crate::{
    air780e::{
        Command, codes,
        mqtt::{HexMode, Publish, PublishExtended, PublishHex},
    },
    at::{
        exchange::Exchange,
        reply::{End, Ended},
    },
    modem::{
        board::Board,
        event::{Delivery, Event, Fault, LossCause, PublishUpdate},
        outcome,
        request::RequestId,
    },
    mqtt::{Message, Qos},
    time::Moment,
};

use super::{Ask, Flow, Input, Progress, Turn, subscribe::by_loss};

/// The flow of a publish.
#[derive(Debug)]
pub(crate) struct PublishFlow {
    id: RequestId,
    message: Message,
    stage: Stage,
    loss: Option<LossCause>,
    /// Somebody else sends it: nothing of ours goes out beside it.
    is_watched: bool,
    /// From the command's last byte to `OK`.
    accept: Option<Duration>,
    /// What to tell at the end.
    last: Option<Delivery>,
    /// How it ended, while the way back to text is still to be told to the module.
    result: Option<Result<(), Fault>>,
}

/// Where a publish stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stage {
    /// Nothing was asked.
    Begin,
    /// An earlier message may have left hex digits on: text is set again first.
    TextFirst,
    /// The message itself.
    Sent(Form),
    /// Hex digits are to be understood.
    HexOn,
    /// Text again.
    TextAgain,
}

/// How a message travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Quoted,
    Extended,
    Hex,
}

impl PublishFlow {
    /// The flow of a message that has been checked.
    pub(crate) const fn new(id: RequestId, message: Message) -> Self {
        let stage = Stage::Begin;
        Self { id, message, stage, loss: None, is_watched: false, accept: None, last: None, result: None }
    }

    /// The flow of a message that somebody else sends.
    pub(crate) fn watched(id: RequestId, message: Message) -> Self {
        Self { is_watched: true, ..Self::new(id, message) }
    }

    fn tell(&self, at: Moment, delivery: Delivery, board: &mut Board) {
        board.tell(Event::Publish(PublishUpdate { at, id: self.id, delivery }));
    }

    fn go(&mut self, stage: Stage) -> Turn {
        self.stage = stage;
        let message = &self.message;
        let exchange = match stage {
            Stage::Begin | Stage::Sent(Form::Quoted) => Publish(message).exchange(),
            Stage::Sent(Form::Extended) => PublishExtended(message).exchange(),
            Stage::Sent(Form::Hex) => PublishHex(message).exchange(),
            Stage::HexOn => HexMode::Hex.exchange(),
            Stage::TextFirst | Stage::TextAgain => HexMode::Text.exchange(),
        };
        Ask::turn(exchange, None)
    }

    fn begin(&mut self, board: &Board) -> Turn {
        if Publish::fits(&self.message) {
            let is_doubtful = board.publishing.may_read_hex && !self.is_watched;
            return self.go(if is_doubtful { Stage::TextFirst } else { Stage::Sent(Form::Quoted) });
        }
        let takes_digits = board.publishing.lacks_extended && PublishHex::fits(&self.message);
        self.go(if takes_digits { Stage::HexOn } else { Stage::Sent(Form::Extended) })
    }

    fn answered(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        match self.stage {
            Stage::Begin => Turn::Done(Err(Fault::Cancelled)),
            Stage::Sent(form) => self.after_message(form, ended, board),
            Stage::HexOn => {
                board.publishing.may_read_hex = !matches!(ended.end, End::Refused(_));
                self.unless_failed(ended, Form::Hex)
            }
            Stage::TextFirst => {
                board.publishing.may_read_hex = ended.end != End::Done;
                self.unless_failed(ended, Form::Quoted)
            }
            Stage::TextAgain => {
                board.publishing.may_read_hex = ended.end != End::Done;
                Turn::Done(self.result.take().unwrap_or(Err(Fault::Cancelled)))
            }
        }
    }

    /// The message goes out when the mode that it needs was set; else it has certainly not gone.
    fn unless_failed(&mut self, ended: &Ended, form: Form) -> Turn {
        match by_loss(self.loss, outcome::result(ended)) {
            Ok(()) => self.go(Stage::Sent(form)),
            Err(fault) => {
                self.last = Some(Delivery::Failed(fault.clone()));
                Turn::Done(Err(fault))
            }
        }
    }

    /// A refusal that says the command is unknown means that nothing was published: another form may be tried.
    fn after_message(&mut self, form: Form, ended: &Ended, board: &mut Board) -> Turn {
        let is_unknown = outcome::error_number(ended).is_some_and(codes::is_unknown_command);
        if form == Form::Extended && is_unknown && self.loss.is_none() {
            board.publishing.lacks_extended = true;
            if PublishHex::fits(&self.message) {
                return self.go(Stage::HexOn);
            }
        }
        let (delivery, result) = outcome(self.message.qos, self.loss, ended);
        self.last = Some(delivery);
        if form == Form::Hex && self.loss.is_none() {
            self.result = Some(result);
            return self.go(Stage::TextAgain);
        }
        Turn::Done(result)
    }
}

/// How a publish at `qos` ended. What is `Failed` has certainly not happened: the modem refused it, or never took the data.
pub(super) fn outcome(qos: Qos, loss: Option<LossCause>, ended: &Ended) -> (Delivery, Result<(), Fault>) {
    let Err(fault) = by_loss(loss, outcome::result(ended)) else {
        let accept = ended.accepted_at.map_or(Duration::ZERO, |at| at.since(ended.sent_at));
        let ack = ended.accepted_at.map_or(Duration::ZERO, |at| ended.ended_at.since(at));
        let is_acknowledged = qos > Qos::AtMostOnce;
        let delivery =
            if is_acknowledged { Delivery::Confirmed { accept, ack } } else { Delivery::Accepted { accept } };
        return (delivery, Ok(()));
    };
    let is_certain = match &ended.end {
        End::Refused(_) => true,
        End::Bad { expected, .. } => *expected == ">",
        End::Done | End::TimedOut { .. } => false,
    };
    let delivery = if is_certain { Delivery::Failed(fault.clone()) } else { Delivery::Unknown(fault.clone()) };
    (delivery, Err(fault))
}

/// The dialogue that sends `message`.
pub(super) fn exchange(message: &Message) -> Exchange {
    if Publish::fits(message) { Publish(message).exchange() } else { PublishExtended(message).exchange() }
}

impl Flow for PublishFlow {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Ended(ended) => self.answered(ended, board),
            Input::Start | Input::Woken => self.begin(board),
        }
    }

    fn progress(&mut self, now: Moment, sent_at: Moment, progress: Progress, board: &mut Board) {
        if !matches!(self.stage, Stage::Sent(_)) {
            return;
        }
        let since_sent = now.since(sent_at);
        let delivery = match progress {
            Progress::Sent => Delivery::Sending,
            Progress::Accepted => {
                self.accept = Some(since_sent);
                Delivery::Accepted { accept: since_sent }
            }
            Progress::Word => Delivery::Received { after: since_sent },
        };
        self.tell(now, delivery, board);
    }

    /// A message that is through is not taken back; the module is still told that text follows.
    fn cancel(&mut self, _now: Moment, _board: &mut Board) -> Turn {
        if self.stage == Stage::TextAgain { self.go(Stage::TextAgain) } else { Turn::Done(Err(Fault::Cancelled)) }
    }

    /// A message is never sent twice.
    fn may_repeat(&self) -> bool {
        false
    }

    fn note_loss(&mut self, cause: LossCause) {
        self.loss = Some(cause);
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, was_sent: bool, board: &mut Board) {
        let delivery = self.last.take().unwrap_or_else(|| {
            let fault = result.clone().err().unwrap_or(Fault::Cancelled);
            let was_on_wire = was_sent && matches!(self.stage, Stage::Sent(_));
            if was_on_wire { Delivery::Unknown(fault) } else { Delivery::Failed(fault) }
        });
        self.tell(now, delivery, board);
    }
}
