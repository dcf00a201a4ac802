//! What a frame from the modem is and what it changes.

use crate::{
    air780e::{
        codes, dialect, limits,
        message::{self, ReportHead},
        network::{Domain, Registration},
        raw::{self, DataEnd},
        sim::{self, SimState},
        urc::Urc,
    },
    at::{
        client::{Change, Heard, Owner},
        framer::{Extent, Frame},
        reply::{End, Ended},
        text::visible,
    },
    keys,
    modem::{
        Modem,
        board::{evidence, evidence_unasked},
        event::{
            Arrival, DataCount, Event, ExchangeRecord, Fault, Line, LossCause, Note, Refusal, Verb, WireKind, WireLine,
        },
        flow::{Progress, facts::prove_ground},
        loss, outcome,
        status::{Evidence, Rung, RungState, Session},
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
    pub(super) fn record(&mut self, ended: &Ended, result: Result<(), Fault>, is_forgiven: bool) {
        let (request, step) = self.schedule.asked();
        let may_fail = is_forgiven || self.schedule.is_probing() || raw::may_fail(&ended.command, ended);
        self.board.tell(Event::Exchange(Box::new(ExchangeRecord {
            request,
            step,
            command: ended.command.as_str().into(),
            answer: ended.answer.clone(),
            sent_at: ended.sent_at,
            accepted_at: ended.accepted_at,
            ended_at: ended.ended_at,
            is_forgiven: may_fail && result.is_err(),
            data: self.data_count(ended),
            unreadable: ended.unreadable.clone(),
            result,
        })));
    }

    fn data_count(&self, ended: &Ended) -> Option<DataCount> {
        let own = ended.data_sent?;
        let announced = match raw::data_end(&ended.command) {
            Some(DataEnd::After(length)) => Some(length),
            Some(DataEnd::Marked) | None => None,
        };
        let (sent, ends_in_command) = self.watch.as_ref().map_or((own, false), |watch| watch.data_seen(own));
        Some(DataCount { announced, sent, ends_in_command })
    }

    /// Passes the end of an exchange on. A refusal that may mean that the session is gone is looked into.
    pub(super) fn take_end(&mut self, now: Moment, ended: &Ended) {
        let asks_again = self.came_too_early(now, ended);
        self.record(ended, outcome::result(ended), asks_again);
        self.note_answer(now, ended);
        self.note_unanswered(now, ended);
        if asks_again {
            return self.schedule.ask_again(now + limits::START_POLL);
        }
        // Words that older exchanges still wait for belong to the link that is closed now, or that was before this one.
        let verb = Verb::of(&ended.command);
        let is_new = ended.end == End::Done && (verb.opens() || verb == Verb::LogIn);
        if is_new || raw::ends_session(&ended.command) && !matches!(ended.end, End::TimedOut { .. }) {
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

    /// A module that is still starting refuses what it will take a moment later (reference, section 3): whether the exchange
    /// is to be asked again.
    fn came_too_early(&mut self, now: Moment, ended: &Ended) -> bool {
        let refusal = outcome::error_number(ended).filter(|number| sim::is_busy(*number));
        let Some(number) = refusal.filter(|_| self.board.start.is_early(now) && !self.board.start.is_over) else {
            return false;
        };
        let (command, refusal) = (Line::from(ended.command.as_str()), Refusal::Cme(number));
        // A card that is busy is waited for in a way of its own.
        let is_card = command.verb() == Verb::Card && number == codes::SIM_BUSY;
        if !is_card && self.board.told_early.replace(command.clone()).as_ref() != Some(&command) {
            self.board.tell(Event::Note { at: now, note: Note::TooEarly { command, refusal } });
        }
        self.watch.is_none() && self.schedule.may_ask_again() && self.board.start.try_again()
    }

    /// What the bare fact of an answer shows.
    fn note_answer(&mut self, now: Moment, ended: &Ended) {
        if ended.accepted_at.is_none() {
            return;
        }
        self.board.start.first_answer.get_or_insert(now);
        if self.board.status().open_prompt.is_some() {
            self.board.status_mut().open_prompt = None;
        }
        let is_refused = matches!(ended.end, End::Refused(_));
        if !is_refused {
            (self.board.start.tries, self.board.told_early) = (0, None);
        }
        self.board.own_action.take_if(|own| is_refused && own.line == ended.command);
        let verb = Verb::of(&ended.command);
        if ended.end == End::Done && verb.opens() {
            self.board.own_action = None;
        }
        if ended.end == End::Done && (verb.publishes() || verb.subscribes()) {
            self.infer_session(evidence(ended));
        }
    }

    /// Whether somebody else speaks to the module.
    const fn is_onlooker(&self) -> bool {
        self.watch.is_some() || !self.board.past.is_asked
    }

    /// What only comes in a session shows that there is one, for somebody who came too late to see it open.
    fn infer_session(&mut self, shown: Evidence) {
        if self.is_onlooker() && !self.board.past.has_seen_link && self.board.status().session == Session::Offline {
            self.board.status_mut().session = Session::Connected;
            self.board.rung_shown(shown.at, Rung::Mqtt, RungState::Confirmed, shown);
        }
    }

    fn take_prompt(&mut self, now: Moment) {
        if let Some(command) = self.client.command() {
            self.board.status_mut().open_prompt = Some(Observed::new(command.into(), now, ">"));
        }
        self.show(now, WireKind::Prompt, ">".to_owned());
        self.client.handle_prompt(now);
        self.observe_early(now);
    }

    fn take_block(&mut self, now: Moment, bytes: Vec<u8>) {
        if let Some(text) = self.client.handle_block(bytes) {
            self.show(now, WireKind::Answer, text);
        }
    }

    fn take_report(&mut self, now: Moment, head: &[u8], body: Vec<u8>) {
        let Some(read) = message::parse_head(head) else { return };
        let text = format!("{}{}", visible(head), visible(&body));
        // The payload is data and stays as it came; the line is for people.
        let text = keys::masked(&text, keys::bodies(&text)).into_owned();
        let line = [head, &body].concat();
        self.arrive(now, text, &line, &read, body);
    }

    /// A topic that MQTT does not allow makes the report an unrecognised line, for all to see.
    fn arrive(&mut self, now: Moment, text: String, line: &[u8], head: &ReportHead, payload: Vec<u8>) {
        let Ok(topic) = String::from_utf8_lossy(&head.topic).parse() else {
            return self.show_bytes(now, WireKind::Unrecognised, text, line);
        };
        if !self.board.cache.is_fetching() {
            self.infer_session(evidence_unasked(now, &format!("+MSUB: {topic}")));
        }
        self.show_bytes(now, WireKind::Unsolicited, text, line);
        self.board.cache.note_message();
        let message = Message { topic, payload, qos: Qos::AtMostOnce, retain: false };
        self.board.tell(Event::Message(Arrival { at: now, message, announced: head.announced }));
    }

    fn take_piece(&mut self, now: Moment, bytes: &[u8], extent: Extent) {
        let mark = if extent == Extent::Piece { PIECE_MARK } else { "" };
        let text = format!("{}{mark}", self.client.veil_piece(bytes));
        self.show(now, WireKind::Unrecognised, text);
    }

    fn take_line(&mut self, now: Moment, bytes: &[u8]) {
        if let Some(head) = message::parse_head(bytes) {
            return self.take_cut_report(now, &head, bytes);
        }
        self.release_swallowed(now, bytes);
        let heard = self.client.handle_line(now, bytes);
        let urc = Urc::parse(&heard.text).filter(|_| !matches!(heard.owner, Owner::Echo | Owner::Late));
        let cause = urc.as_ref().and_then(loss::cause);
        self.show_bytes(now, kind(&heard, urc.as_ref()), heard.text.clone(), bytes);
        if urc.is_none() && heard.owner != Owner::Echo {
            self.take_stranger(now, &heard, bytes);
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

    /// A line that this family of modules does not print, or prints in no session.
    fn take_stranger(&mut self, now: Moment, heard: &Heard, bytes: &[u8]) {
        let line = &heard.text;
        if dialect::is_foreign_report(line) && !std::mem::replace(&mut self.board.past.has_told_vendor, true) {
            self.board.tell(Event::Note { at: now, note: Note::OtherVendor { line: line.clone() } });
        }
        if heard.owner != Owner::Nobody {
            return;
        }
        self.client.note_unknown(bytes);
        if dialect::is_lua_log(line) {
            self.board.contact.lua_line.get_or_insert_with(|| line.clone());
            if self.board.state(Rung::At) == RungState::Unknown && !self.board.status().is_busy {
                let shown = evidence_unasked(now, line);
                self.board.rung_failed(now, Rung::At, Fault::LuaFirmware { line: line.clone() }, Some(shown));
            }
        }
        if line == "TimeOut" {
            self.board.status_mut().open_prompt = None;
            self.board.tell(Event::Note { at: now, note: Note::PromptLeftOpen { line: line.clone() } });
        }
    }

    /// A report that stopped before its announced length: what came is told, and how much was announced.
    fn take_cut_report(&mut self, now: Moment, head: &ReportHead, bytes: &[u8]) {
        let text = visible(bytes);
        let text = keys::masked(&text, keys::bodies(&text)).into_owned();
        self.arrive(now, text, bytes, head, bytes[head.length..].to_vec());
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
                self.infer_session(evidence_unasked(now, line));
                self.board.cache.named += 1;
                // Whoever is watched fetches them when it likes.
                if !self.is_onlooker() {
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
        if matches!(line, "SUBACK" | "UNSUBACK" | "PUBACK" | "PUBREC" | "PUBCOMP") {
            return self.infer_session(evidence_unasked(now, line));
        }
        let session = match line {
            "CONNACK OK" => Session::Connected,
            line if line.ends_with("CONNECT OK") => Session::LinkUp,
            _ => return,
        };
        if self.schedule.is_linking() || self.board.status().session == session {
            return;
        }
        self.board.past.has_seen_link = true;
        self.board.status_mut().session = session;
        let rung = if session == Session::Connected { Rung::Mqtt } else { Rung::Tcp };
        let shown = evidence_unasked(now, line);
        prove_ground(&shown, &mut self.board);
        self.board.rung_shown(now, rung, RungState::Confirmed, shown);
    }

    /// Nothing answers any more: whatever runs or waits cannot be done.
    pub(super) fn fall_silent(&mut self, now: Moment, tries: u32) {
        let fault = Fault::Silent { tries };
        let asked = self.asked_for(now, LossCause::Silent);
        let had_session = self.board.status().session == Session::Connected;
        self.end_session();
        match asked {
            Some(_) => self.board.stale(now, Rung::At),
            None => self.board.rung_failed(now, Rung::At, fault.clone(), None),
        }
        self.board.stale_above(now, Rung::At);
        if had_session {
            self.tell_loss(now, LossCause::Silent, asked);
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
