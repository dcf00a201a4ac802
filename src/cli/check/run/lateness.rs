//! What a check waits for in vain: the rung that holds it up, the word that does not come, the message whose end is missing.

use super::{Phase, Run};
use crate::{
    air780e::verb::Awaited,
    lang::Text,
    modem::{
        event::{Arrival, Fault},
        status::{Rung, RungState},
    },
    mqtt::Qos,
};

impl Run<'_> {
    pub(super) fn explain_lateness(&mut self) -> Text {
        let limit = self.plan.limit.as_secs();
        if self.phase == Phase::Waiting {
            self.course.take_missed_message(limit);
            return Text::new("check-no-message").put("limit", limit);
        }
        let rung = (self.phase == Phase::Connecting).then(|| self.first_open_rung()).flatten();
        let fault = rung.and_then(|rung| self.unreached(rung)).unwrap_or_else(|| Fault::TimedOut {
            command: self.last_command.as_str().into(),
            expected: rung.map_or_else(|| self.acknowledgement(), awaited_word),
            after: self.plan.limit,
        });
        Text::new("check-too-long").put("limit", limit).with("last", self.blame(&fault))
    }

    /// How much of the own message `arrival` is, when the module cut off its end and what is awaited with it.
    pub(super) fn cut_of(&self, arrival: &Arrival) -> Option<(usize, usize)> {
        let (own, wanted) = (self.plan.publish.as_ref()?, self.plan.wait_for.as_ref()?);
        let came = &arrival.message.payload;
        let is_limit = self.status.printed_limits().contains(&came.len()) || arrival.announced > came.len();
        let is_own =
            arrival.message.topic == own.topic && came.len() < own.payload.len() && own.payload.starts_with(came);
        let is_awaited = String::from_utf8_lossy(&own.payload).contains(wanted);
        (is_limit && is_own && is_awaited).then_some((came.len(), own.payload.len()))
    }

    /// What holds up a rung below the broker, by the values last seen.
    fn unreached(&self, rung: Rung) -> Option<Fault> {
        let after = self.plan.limit;
        let status = &self.status;
        match rung {
            Rung::At => Some(Fault::Silent { tries: 1 }),
            Rung::Sim => status.sim.as_ref().map(|seen| Fault::SimNotReady { state: seen.value.to_string() }),
            Rung::Signal => status.signal.as_ref().map(|seen| Fault::NoSignal { rssi: seen.value.rssi }),
            Rung::Network => {
                status.registration.as_ref().map(|seen| Fault::NotRegistered { stat: seen.value.stat, after })
            }
            Rung::Data => Some(Fault::NotAttached { after }),
            Rung::Port | Rung::Dns | Rung::Tcp | Rung::Tls | Rung::Mqtt | Rung::Subscribed => None,
        }
    }

    fn acknowledgement(&self) -> Awaited {
        match self.plan.publish.as_ref().map(|message| message.qos) {
            Some(Qos::AtLeastOnce) => Awaited::Acknowledged,
            Some(Qos::ExactlyOnce) => Awaited::Complete,
            Some(Qos::AtMostOnce) | None => Awaited::Acceptance,
        }
    }

    fn first_open_rung(&self) -> Option<Rung> {
        let is_open = |state| !matches!(state, RungState::Confirmed | RungState::NotNeeded);
        // Nothing shows a name or a handshake to be good before the connection itself is.
        let is_shown = |rung| !matches!(rung, Rung::Dns | Rung::Tls);
        self.status.ladder.iter().find(|(rung, entry)| is_open(entry.state) && is_shown(*rung)).map(|(rung, _)| rung)
    }
}

const fn awaited_word(rung: Rung) -> Awaited {
    match rung {
        Rung::Dns | Rung::Tcp | Rung::Tls => Awaited::Link,
        Rung::Mqtt => Awaited::Login,
        Rung::Subscribed => Awaited::Subscribed,
        Rung::Port | Rung::At | Rung::Sim | Rung::Signal | Rung::Network | Rung::Data => Awaited::Acceptance,
    }
}
