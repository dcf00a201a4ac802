//! One message on its way. Nothing here is ever repeated: after a time-out the outcome is unknown.

use std::time::Duration;

use crate::{
    air780e::{
        Command,
        mqtt::{Publish, PublishExtended},
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
    loss: Option<LossCause>,
    /// From the command's last byte to `OK`.
    accept: Option<Duration>,
    /// What to tell at the end.
    last: Option<Delivery>,
}

impl PublishFlow {
    /// The flow of a message that has been checked.
    pub(crate) const fn new(id: RequestId, message: Message) -> Self {
        Self { id, message, loss: None, accept: None, last: None }
    }

    fn tell(&self, at: Moment, delivery: Delivery, board: &mut Board) {
        board.tell(Event::Publish(PublishUpdate { at, id: self.id, delivery }));
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
    fn advance(&mut self, _now: Moment, input: Input<'_>, _board: &mut Board) -> Turn {
        let Input::Ended(ended) = input else {
            return Turn::Ask(Box::new(Ask { exchange: exchange(&self.message), step: None }));
        };
        let (delivery, result) = outcome(self.message.qos, self.loss, ended);
        self.last = Some(delivery);
        Turn::Done(result)
    }

    fn progress(&mut self, now: Moment, sent_at: Moment, progress: Progress, board: &mut Board) {
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

    fn note_loss(&mut self, cause: LossCause) {
        self.loss = Some(cause);
    }

    fn settle(&mut self, now: Moment, result: &Result<(), Fault>, was_sent: bool, board: &mut Board) {
        let delivery = self.last.take().unwrap_or_else(|| {
            let fault = result.clone().err().unwrap_or(Fault::Cancelled);
            if was_sent { Delivery::Unknown(fault) } else { Delivery::Failed(fault) }
        });
        self.tell(now, delivery, board);
    }
}
