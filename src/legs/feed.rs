//! From what the module and the client on this computer tell to what a [`Tracer`] rests on.

use super::{
    Tracer,
    leg::{Arrival, Leg},
};
use crate::{
    modem::event::{self, Delivery, Note},
    peer::{self, Happening, PublishId},
};

impl Tracer {
    /// Takes what the module's side tells.
    pub fn take_modem(&mut self, event: &event::Event) {
        match event {
            event::Event::Publish(update) if self.leg() == Leg::Out => {
                let Some(n) = self.number_of(update.id.0) else { return };
                match &update.delivery {
                    Delivery::Accepted { .. } => self.accepted(n, update.at),
                    Delivery::Received { .. } | Delivery::Confirmed { .. } => self.confirmed(n, update.at),
                    Delivery::Failed(_) => self.not_sent(n, update.at),
                    Delivery::Queued | Delivery::Sending | Delivery::Unknown(_) => {}
                }
            }
            event::Event::Message(arrival) if self.leg() == Leg::Back => {
                let message = &arrival.message;
                let bytes = message.payload.len();
                if let Some(n) = self.mark().read(&message.topic, &message.payload) {
                    self.arrived(n, arrival.at, Arrival { qos: None, retain: None, is_dup: false, bytes });
                }
            }
            event::Event::Note { note: Note::MessagesOverwritten { .. } | Note::KeptMessagesLost { .. }, .. }
            | event::Event::Dropped { others: 1.., .. }
            | event::Event::Closed { .. }
                if self.leg() == Leg::Back =>
            {
                self.blind();
            }
            _ => {}
        }
    }

    /// Takes what the client on this computer tells.
    pub fn take_peer(&mut self, event: &peer::Event) {
        let at = event.at;
        match (&event.what, self.leg()) {
            (Happening::Message(arrival), leg) => {
                let message = &arrival.message;
                let Some(n) = self.mark().read(&message.topic, &message.payload) else { return };
                match leg {
                    Leg::Out => {
                        let seen = Arrival {
                            qos: Some(message.qos),
                            retain: Some(message.retain),
                            is_dup: arrival.is_dup,
                            bytes: message.payload.len(),
                        };
                        self.arrived(n, at, seen);
                    }
                    // What was kept at the broker shows that it has been there all the same.
                    Leg::Back => self.echoed(n, at),
                }
            }
            (Happening::Subscribed { filter, granted }, Leg::Out) if self.concerns(filter) => {
                self.receiver_stands(at, granted.is_some());
            }
            (Happening::Ended(_), Leg::Out) => self.receiver_stands(at, false),
            (Happening::Answered { asked }, Leg::Out) => self.receiver_answered(*asked, at),
            (Happening::Answered { asked }, Leg::Back) => self.sender_answered(*asked, at),
            (Happening::Received(PublishId(id)) | Happening::Confirmed(PublishId(id)), Leg::Back) => {
                if let Some(n) = self.number_of(*id) {
                    self.confirmed(n, at);
                }
            }
            (Happening::Sent(PublishId(id)), Leg::Back) => {
                if let Some(n) = self.number_of(*id) {
                    self.written(n, at);
                }
            }
            (Happening::NotSent(PublishId(id)), Leg::Back) => {
                if let Some(n) = self.number_of(*id) {
                    self.not_sent(n, at);
                }
            }
            (Happening::Ended(_), Leg::Back) => self.sender_gone(),
            (Happening::Joined { .. } | Happening::Subscribed { .. }, _)
            | (
                Happening::Sent(_) | Happening::Received(_) | Happening::Confirmed(_) | Happening::NotSent(_),
                Leg::Out,
            ) => {}
        }
    }
}
