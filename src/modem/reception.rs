//! What a frame from the modem is and what it changes.

use crate::{
    air780e::{
        codes, dialect,
        message::{self, ReportHead},
        network::{Domain, Registration},
        raw,
        sim::SimState,
        urc::Urc,
    },
    at::{
        client::{Change, Heard, Owner},
        framer::{Extent, Frame},
        reply::{End, Ended},
        text::visible,
    },
    modem::{
        Modem,
        board::evidence_unasked,
        event::{Arrival, Event, ExchangeRecord, Fault, LossCause, WireKind, WireLine},
        flow::Progress,
        loss, outcome,
        status::{Rung, RungState, Session},
    },
    mqtt::{Message, Qos},
    time::{Moment, Observed},
};

impl Modem {
    /// Takes every complete frame; flows move after each, so that chunks make no difference.
    pub(super) fn take_frames(&mut self, now: Moment) {
        while let Some(frame) = self.framer.next_frame(now, self.client.expects()) {
            match frame.to_owned() {
                Frame::Prompt => self.take_prompt(now),
                Frame::Raw(bytes) => self.take_block(now, bytes),
                Frame::Block { head, body } => self.take_report(now, &head, body),
                Frame::Line { bytes, extent: Extent::Whole } => self.take_line(now, &bytes),
                Frame::Line { bytes, extent } => self.take_piece(now, &bytes, extent),
            }
            self.run(now);
        }
    }

    /// Applies a step of the running exchange.
    pub(super) fn apply(&mut self, now: Moment, change: Change) {
        match change {
            Change::Accepted { sent_at } => self.schedule.progress(now, sent_at, Progress::Accepted, &mut self.board),
            Change::Word { sent_at } => self.schedule.progress(now, sent_at, Progress::Word, &mut self.board),
            Change::Ended(ended) => self.take_end(now, &ended),
            Change::Silent { tries } => self.fall_silent(now, tries),
        }
    }

    /// Writes the record of an exchange.
    pub(super) fn record(&mut self, ended: &Ended, result: Result<(), Fault>) {
        let (request, step) = self.schedule.asked();
        self.board.tell(Event::Exchange(Box::new(ExchangeRecord {
            request,
            step,
            command: ended.command.as_str().into(),
            answer: ended.answer.clone(),
            sent_at: ended.sent_at,
            accepted_at: ended.accepted_at,
            ended_at: ended.ended_at,
            result,
        })));
    }

    /// Passes the end of an exchange on. A refusal that may mean that the session is gone is looked into.
    pub(super) fn take_end(&mut self, now: Moment, ended: &Ended) {
        self.record(ended, outcome::result(ended));
        // Words that older exchanges still wait for belong to the link that is closed now.
        if raw::ends_session(&ended.command) && !matches!(ended.end, End::TimedOut { .. }) {
            self.client.forget_words();
        }
        let is_doubtful = outcome::error_number(ended) == Some(codes::OPERATION_FAILED)
            && self.board.status().session == Session::Connected
            && !self.schedule.is_closing()
            && self.watch.is_none();
        if is_doubtful {
            self.schedule.doubt_session();
        }
        self.schedule.ended(now, ended, &mut self.board);
    }

    fn take_prompt(&mut self, now: Moment) {
        self.show(now, WireKind::Prompt, ">".to_owned());
        self.client.handle_prompt(now);
    }

    fn take_block(&mut self, now: Moment, bytes: Vec<u8>) {
        if let Some(text) = self.client.handle_block(bytes) {
            self.show(now, WireKind::Answer, text);
        }
    }

    fn take_report(&mut self, now: Moment, head: &[u8], body: Vec<u8>) {
        let Some(read) = message::parse_head(head) else { return };
        let text = format!("{}{}", visible(head), visible(&body));
        let line = [head, &body].concat();
        self.arrive(now, text, &line, &read, body);
    }

    /// A topic that MQTT does not allow makes the report an unrecognised line, for all to see.
    fn arrive(&mut self, now: Moment, text: String, line: &[u8], head: &ReportHead, payload: Vec<u8>) {
        let Ok(topic) = String::from_utf8_lossy(&head.topic).parse() else {
            return self.show_bytes(now, WireKind::Unrecognised, text, line);
        };
        self.show_bytes(now, WireKind::Unsolicited, text, line);
        self.board.cache.note_message();
        let message = Message { topic, payload, qos: Qos::AtMostOnce, retain: false };
        self.board.tell(Event::Message(Arrival { at: now, message, announced: head.announced }));
    }

    fn take_piece(&mut self, now: Moment, bytes: &[u8], extent: Extent) {
        let mark = if extent == Extent::Piece { PIECE_MARK } else { "" };
        let text = format!("{}{mark}", visible(bytes));
        self.show(now, WireKind::Unrecognised, text);
    }

    fn take_line(&mut self, now: Moment, bytes: &[u8]) {
        if let Some(head) = message::parse_head(bytes) {
            return self.take_cut_report(now, &head, bytes);
        }
        let heard = self.client.handle_line(now, bytes);
        let urc = Urc::parse(&heard.text).filter(|_| !matches!(heard.owner, Owner::Echo | Owner::Late));
        let cause = urc.as_ref().and_then(loss::cause);
        self.show_bytes(now, kind(&heard, urc.as_ref()), heard.text.clone(), bytes);
        if heard.owner == Owner::Nobody && dialect::is_lua_log(&heard.text) {
            self.board.contact.lua_line.get_or_insert_with(|| heard.text.clone());
        }
        if let Some(cause) = cause.filter(|cause| self.schedule.expects(*cause)) {
            return self.yield_session(now, cause, &heard.text, heard.change);
        }
        if let Some(cause) = cause {
            return self.lose(now, cause, &heard.text, heard.change);
        }
        if let Some(change) = heard.change {
            self.apply(now, change);
        }
        if let Some(urc) = urc {
            self.take_urc(now, urc, &heard.text);
        }
    }

    /// A report that stopped before its announced length: what came is told, and how much was announced.
    fn take_cut_report(&mut self, now: Moment, head: &ReportHead, bytes: &[u8]) {
        self.arrive(now, visible(bytes).into_owned(), bytes, head, bytes[head.length..].to_vec());
    }

    fn take_urc(&mut self, now: Moment, urc: Urc, line: &str) {
        match urc {
            Urc::Registration(domain, registration) => self.take_registration(now, domain, registration, line),
            Urc::Sim(state) => self.take_sim(now, state, line),
            Urc::BearerUp => self.schedule.wake(now, &mut self.board),
            Urc::Service { has_service } => self.take_service(now, has_service, line),
            Urc::Mode { system } => self.take_service(now, system > 0, line),
            Urc::Outcome => self.take_stray_outcome(now, line),
            Urc::Cached(_) => {
                self.board.cache.named += 1;
                // Whoever is watched fetches them when it likes.
                if self.watch.is_none() {
                    self.schedule.fetch_messages();
                }
            }
            _ => {}
        }
    }

    fn take_registration(&mut self, now: Moment, domain: Domain, registration: Registration, line: &str) {
        if domain == Domain::Circuit {
            return;
        }
        self.board.status_mut().registration = Some(Observed::new(registration, now, domain.prefix()));
        let state = self.board.state(Rung::Network);
        if registration.is_registered() {
            let is_down = matches!(state, RungState::Stale | RungState::Failed);
            if is_down {
                self.board.rung_shown(now, Rung::Network, RungState::Confirmed, evidence_unasked(now, line));
            }
            self.schedule.wake(now, &mut self.board);
        } else if state == RungState::Confirmed {
            self.board.stale(now, Rung::Network);
        }
    }

    /// The module may keep its session over a short gap: only what the line itself says is written.
    fn take_service(&mut self, now: Moment, has_service: bool, line: &str) {
        let entry = self.board.status().ladder.entry(Rung::Network);
        let (state, is_told) = (entry.state, entry.fault == Some(Fault::NoService));
        let shown = evidence_unasked(now, line);
        match state {
            RungState::Confirmed | RungState::Accepted if !has_service => {
                if self.schedule.expects(LossCause::BearerLost) {
                    self.board.stale(now, Rung::Network);
                } else {
                    self.board.rung_failed(now, Rung::Network, Fault::NoService, Some(shown));
                }
            }
            RungState::Failed if has_service && is_told => {
                self.board.rung_shown(now, Rung::Network, RungState::Confirmed, shown);
            }
            RungState::Stale if has_service => self.board.rung_shown(now, Rung::Network, RungState::Confirmed, shown),
            _ => {}
        }
        if has_service {
            self.schedule.wake(now, &mut self.board);
        }
    }

    fn take_sim(&mut self, now: Moment, state: SimState, line: &str) {
        let is_down = matches!(self.board.state(Rung::Sim), RungState::Stale | RungState::Failed);
        if state == SimState::Ready && is_down {
            self.board.rung_shown(now, Rung::Sim, RungState::Confirmed, evidence_unasked(now, line));
        }
        self.board.status_mut().sim = Some(Observed::new(state, now, "+CPIN"));
        self.schedule.wake(now, &mut self.board);
    }

    /// A word that tells an outcome although no flow of ours awaits it: someone typed the command.
    fn take_stray_outcome(&mut self, now: Moment, line: &str) {
        let session = match line {
            "CONNACK OK" => Session::Connected,
            line if line.ends_with("CONNECT OK") => Session::LinkUp,
            _ => return,
        };
        if self.schedule.is_linking() || self.board.status().session == session {
            return;
        }
        self.board.status_mut().session = session;
        let rung = if session == Session::Connected { Rung::Mqtt } else { Rung::Tcp };
        self.board.rung_shown(now, rung, RungState::Confirmed, evidence_unasked(now, line));
    }

    /// Nothing answers any more: whatever runs or waits cannot be done.
    fn fall_silent(&mut self, now: Moment, tries: u32) {
        let fault = Fault::Silent { tries };
        let had_session = self.board.status().session == Session::Connected;
        self.end_session();
        self.board.rung_failed(now, Rung::At, fault.clone(), None);
        self.board.stale_above(now, Rung::At);
        if had_session {
            self.tell_loss(now, LossCause::Silent);
        }
        self.schedule.fail_all(now, &fault, &mut self.board);
    }

    fn show(&mut self, at: Moment, kind: WireKind, text: String) {
        self.board.tell(Event::Wire(WireLine::plain(at, kind, text)));
    }

    /// As [`show`](Self::show), with the bytes that stand behind the text.
    fn show_bytes(&mut self, at: Moment, kind: WireKind, text: String, bytes: &[u8]) {
        self.board.tell(Event::Wire(WireLine::of_bytes(at, kind, text, bytes)));
    }
}

const fn kind(heard: &Heard, urc: Option<&Urc>) -> WireKind {
    match heard.owner {
        Owner::Echo => WireKind::Echo,
        Owner::Running => WireKind::Answer,
        Owner::Late => WireKind::Late,
        Owner::Nobody if urc.is_some() => WireKind::Unsolicited,
        Owner::Nobody => WireKind::Unrecognised,
    }
}

/// Shows that an over-long line goes on.
const PIECE_MARK: &str = "<…>";
