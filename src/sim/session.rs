//! The one MQTT connection of the module, between AT commands and network (reference, sections 10 to 12).

use std::time::Duration;

use crate::time::Moment;

use super::{
    VirtualModem,
    client::{Client, Effect, Login, Publication, Timer},
    messages::Inbox,
    net::{LinkId, NetEvent, NetRequest},
    shell::{Answer, Data, DataEnd, Failure, Outcome, Target},
    truth::{Fact, Way},
    virtual_modem::Task,
};

/// How far the connection is.
#[derive(Debug, Default)]
pub(super) enum Stage {
    /// No link.
    #[default]
    Offline,
    /// The link is being made.
    Opening(LinkId),
    /// The link stands, nothing was sent.
    LinkUp(LinkId),
    /// `CONNECT` was sent.
    LoggingIn(LinkId, Box<Client>),
    /// The broker accepted.
    Connected(LinkId, Box<Client>),
}

/// Everything MQTT in the module; lost at restart, except what names connections.
#[derive(Debug, Default)]
pub(super) struct Session {
    pub(super) stage: Stage,
    pub(super) login: Option<Login>,
    /// `AT+CIPMUX=1` puts the link number before the outcome of `AT+MIPSTART`.
    pub(super) is_multiplexed: bool,
    /// `AT+MQTTMODE`: messages of `AT+MPUB` are hexadecimal.
    pub(super) is_hexadecimal: bool,
    pub(super) inbox: Inbox,
    last_link: u64,
    /// Whether the link being opened is encrypted.
    opens_encrypted: bool,
    /// Armed timers count only in their own generation.
    ping_generation: u64,
    answer_generation: u64,
}

/// Before this firmware a failed `AT+SSLMIPSTART` crashed the module (reference, section 18).
const SURVIVES_TLS_FAILURE_SINCE: u16 = 1_026;

impl Session {
    /// The link that is open or being opened.
    pub(super) const fn link(&self) -> Option<LinkId> {
        match self.stage {
            Stage::Offline => None,
            Stage::Opening(id) | Stage::LinkUp(id) | Stage::LoggingIn(id, _) | Stage::Connected(id, _) => Some(id),
        }
    }

    /// As `AT+MQTTSTATU` tells it.
    pub(super) const fn status(&self) -> u8 {
        match self.stage {
            Stage::Offline | Stage::Opening(_) => 0,
            Stage::Connected(..) => 1,
            Stage::LinkUp(_) | Stage::LoggingIn(..) => 2,
        }
    }

    /// A fresh one that goes on counting.
    pub(super) fn after_restart(&self) -> Self {
        Self {
            last_link: self.last_link,
            ping_generation: self.ping_generation + 1,
            answer_generation: self.answer_generation + 1,
            ..Self::default()
        }
    }

    fn end(&mut self) {
        self.stage = Stage::Offline;
        self.ping_generation += 1;
        self.answer_generation += 1;
    }

    fn client(&mut self) -> Option<(LinkId, &mut Client)> {
        match &mut self.stage {
            Stage::LoggingIn(id, client) | Stage::Connected(id, client) => Some((*id, client)),
            _ => None,
        }
    }
}

impl VirtualModem {
    /// `AT+MIPSTART` and `AT+SSLMIPSTART`: asks for a link; its outcome is printed later.
    pub(super) fn open_link(&mut self, now: Moment, host: &str, port: u16, is_encrypted: bool) -> Answer {
        match self.session.stage {
            Stage::Offline => {}
            Stage::Opening(_) => return Err(Failure::NOT_ALLOWED),
            _ => {
                self.agenda.add(now, Task::Word("ALREADY CONNECT"));
                return Ok(Outcome::Awaited);
            }
        }
        self.session.last_link += 1;
        let id = LinkId(self.session.last_link);
        self.session.stage = Stage::Opening(id);
        self.session.opens_encrypted = is_encrypted;
        let limit = if self.radio.has_bearer {
            let tls = is_encrypted.then(|| Box::new(self.tls_client(now, host)));
            self.ask_net(now, NetRequest::Open { id, host: host.to_owned(), port, tls });
            Duration::from_millis(self.device.timing.connect_limit_ms)
        } else {
            self.device.timing.answer.network.draw(&mut self.rng)
        };
        self.agenda.add(now + limit, Task::ConnectLimit(id));
        Ok(Outcome::Awaited)
    }

    /// `AT+MCONNECT`: sends the login.
    pub(super) fn log_in(&mut self, now: Moment, is_clean: bool, keep_alive: u16) -> Answer {
        let Stage::LinkUp(id) = self.session.stage else { return Err(Failure::OPERATION) };
        let Some(login) = &self.session.login else { return Err(Failure::Plain) };
        let mut client = Box::new(Client::new());
        let effects = client.connect(login, is_clean, keep_alive).map_err(|_| Failure::Plain)?;
        self.session.stage = Stage::LoggingIn(id, client);
        self.carry_out(now, effects);
        Ok(Outcome::Awaited)
    }

    pub(super) fn publish(&mut self, now: Moment, publication: &Publication) -> Answer {
        let effects = self.connected_client()?.publish(publication).map_err(|_| Failure::Plain)?;
        self.carry_out(now, effects);
        Ok(if publication.qos > 0 { Outcome::Awaited } else { Outcome::Done })
    }

    pub(super) fn subscribe(&mut self, now: Moment, filter: &str, qos: u8) -> Answer {
        let effects = self.connected_client()?.subscribe(filter, qos).map_err(|_| Failure::Plain)?;
        self.carry_out(now, effects);
        Ok(Outcome::Awaited)
    }

    pub(super) fn unsubscribe(&mut self, now: Moment, filter: &str) -> Answer {
        let effects = self.connected_client()?.unsubscribe(filter).map_err(|_| Failure::Plain)?;
        self.carry_out(now, effects);
        Ok(Outcome::Awaited)
    }

    /// `AT+MDISCONNECT`: says good-bye; the link stays until one side closes it.
    pub(super) fn log_out(&mut self, now: Moment) -> Answer {
        let effects = self.connected_client()?.disconnect().map_err(|_| Failure::Plain)?;
        let sent = effects.into_iter().filter(|effect| matches!(effect, Effect::Send(_))).collect();
        self.carry_out(now, sent);
        if let Some(id) = self.session.link() {
            self.session.end();
            self.session.stage = Stage::LinkUp(id);
        }
        Ok(Outcome::Done)
    }

    /// `AT+MIPCLOSE`: closes the link without a word to the broker, which therefore publishes the will.
    pub(super) fn close_link(&mut self, now: Moment) -> Answer {
        let Some(id) = self.session.link() else { return Err(Failure::OPERATION) };
        self.ask_net(now, NetRequest::Close { id });
        self.session.end();
        Ok(Outcome::Done)
    }

    /// Fails unless a publish would be possible.
    pub(super) fn connected_client(&mut self) -> Result<&mut Client, Failure> {
        match &mut self.session.stage {
            Stage::Connected(_, client) => Ok(client),
            _ => Err(Failure::OPERATION),
        }
    }

    /// Takes what the prompt collected.
    pub(super) fn store_data(&mut self, now: Moment, data: Data, end: DataEnd) {
        let answer = match data.target {
            Target::File(target) => self.write_file(now, &target, &data.bytes, end),
            Target::Publish { .. } if data.is_over || (end == DataEnd::Silence && data.bytes.is_empty()) => {
                Err(Failure::Plain)
            }
            Target::Publish { topic, qos, is_retained } => {
                self.publish(now, &Publication { topic, qos, is_retained, payload: data.bytes })
            }
        };
        self.finish(now, answer);
    }

    /// Takes what the network says about the link.
    pub(super) fn take_net(&mut self, now: Moment, event: NetEvent) {
        if self.faults.is_swallowing {
            self.note(now, || Fact::Swallowed { way: Way::In });
            return;
        }
        self.note_event(now, &event);
        match event {
            NetEvent::Reached { id } => self.link_reached(now, id),
            NetEvent::Opened { id } => self.link_opened(now, id),
            NetEvent::Failed { id, .. } => self.link_failed(now, id),
            NetEvent::Received { id, bytes } => self.link_received(now, id, &bytes),
            NetEvent::Closed { id } => self.link_closed(now, id),
            NetEvent::Resolved { host, address } => self.looked_up(now, &host, address),
        }
    }

    /// TCP stands; from here on the handshake has its own time.
    fn link_reached(&mut self, now: Moment, id: LinkId) {
        if matches!(self.session.stage, Stage::Opening(opening) if opening == id) {
            self.forget_connect_limit();
            let limit = self.negotiation_limit();
            self.agenda.add(now + limit, Task::ConnectLimit(id));
        }
    }

    fn link_opened(&mut self, now: Moment, id: LinkId) {
        if matches!(self.session.stage, Stage::Opening(opening) if opening == id) {
            self.forget_connect_limit();
            self.session.stage = Stage::LinkUp(id);
            let prefix = if self.session.is_multiplexed { "7," } else { "" };
            self.outcome(now, &format!("{prefix}CONNECT OK"));
        }
    }

    fn link_failed(&mut self, now: Moment, id: LinkId) {
        if !matches!(self.session.stage, Stage::Opening(opening) if opening == id) {
            return;
        }
        self.forget_connect_limit();
        self.session.end();
        if self.session.opens_encrypted && self.device.identity.firmware.version < SURVIVES_TLS_FAILURE_SINCE {
            return self.crash(now);
        }
        if self.session.is_multiplexed {
            self.outcome(now, "7,CONNECT FAIL");
        } else {
            let state = if self.radio.has_bearer { "IP STATUS" } else { "IP INITIAL" };
            self.say(now, &format!("STATE: {state}"));
            self.outcome(now, "CONNECT FAIL");
        }
    }

    fn forget_connect_limit(&mut self) {
        self.agenda.retain(|task| !matches!(task, Task::ConnectLimit(_)));
    }

    /// The attempt to connect has lasted as long as it may.
    pub(super) fn connect_limit(&mut self, now: Moment, id: LinkId) {
        if matches!(self.session.stage, Stage::Opening(opening) if opening == id) {
            self.ask_net(now, NetRequest::Close { id });
            self.link_failed(now, id);
        }
    }

    fn link_received(&mut self, now: Moment, id: LinkId, bytes: &[u8]) {
        if let Some((own, client)) = self.session.client()
            && own == id
        {
            let effects = client.receive(bytes);
            self.carry_out(now, effects);
        }
    }

    /// The broker closes the connection.
    pub(super) fn kick(&mut self, now: Moment) {
        if let Some(id) = self.session.link() {
            self.ask_net(now, NetRequest::Close { id });
            self.link_closed(now, id);
        }
    }

    fn link_closed(&mut self, now: Moment, id: LinkId) {
        if self.session.link() != Some(id) {
            return;
        }
        if matches!(self.session.stage, Stage::Opening(_)) {
            self.link_failed(now, id);
        } else {
            self.session.end();
            self.outcome(now, "CLOSED");
        }
    }

    /// The bearer is gone and every link with it, without another word (reference, section 3).
    pub(super) fn lose_links(&mut self, now: Moment) {
        self.lose_context(now);
        if let Some(id) = self.session.link() {
            if matches!(self.session.stage, Stage::Opening(_)) {
                self.link_failed(now, id);
            }
            self.session.end();
            self.ask_net(now, NetRequest::Close { id });
        }
    }

    pub(super) fn mqtt_timer(&mut self, now: Moment, timer: Timer, generation: u64) {
        let current = match timer {
            Timer::Ping => self.session.ping_generation,
            Timer::PingAnswer => self.session.answer_generation,
        };
        if generation != current {
            return;
        }
        if let Some((_, client)) = self.session.client() {
            let effects = client.timer(timer);
            self.carry_out(now, effects);
        }
    }

    fn carry_out(&mut self, now: Moment, effects: Vec<Effect>) {
        for effect in effects {
            let Some(id) = self.session.link() else { return };
            match effect {
                Effect::Send(bytes) => self.ask_net(now, NetRequest::Send { id, bytes }),
                Effect::Arm(timer, after) => self.arm(now, timer, after),
                Effect::Connack { is_accepted } => self.take_connack(now, is_accepted),
                Effect::Suback => self.outcome(now, "SUBACK"),
                Effect::Unsuback => self.outcome(now, "UNSUBACK"),
                Effect::Puback => self.outcome(now, "PUBACK"),
                Effect::Pubrec => self.say(now, "PUBREC"),
                Effect::Pubcomp => self.outcome(now, "PUBCOMP"),
                Effect::Message { topic, payload } => self.take_message(now, topic, payload),
                Effect::Close => {
                    self.ask_net(now, NetRequest::Close { id });
                    self.session.end();
                    self.outcome(now, "CLOSED");
                }
            }
        }
    }

    fn arm(&mut self, now: Moment, timer: Timer, after_ms: Option<u64>) {
        let generation = match timer {
            Timer::Ping => &mut self.session.ping_generation,
            Timer::PingAnswer => &mut self.session.answer_generation,
        };
        *generation += 1;
        let generation = *generation;
        self.agenda.retain(|task| !matches!(task, Task::Mqtt(armed, _) if *armed == timer));
        if let Some(millis) = after_ms {
            self.agenda.add(now + Duration::from_millis(millis), Task::Mqtt(timer, generation));
        }
    }

    /// A refused login is told by a bare `ERROR`; the broker then closes (reference, section 11.3).
    fn take_connack(&mut self, now: Moment, is_accepted: bool) {
        let Stage::LoggingIn(id, client) = std::mem::take(&mut self.session.stage) else { return };
        if is_accepted {
            self.session.stage = Stage::Connected(id, client);
            self.outcome(now, "CONNACK OK");
        } else {
            self.session.stage = Stage::LinkUp(id);
            self.outcome(now, "ERROR");
        }
    }

    /// Prints the word that the PC waits for.
    pub(super) fn outcome(&mut self, now: Moment, text: &str) {
        self.say(now, text);
        self.note_word(now);
    }
}
