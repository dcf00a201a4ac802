//! The whole way: the card, its access point, the network, files, encryption, the session.

use crate::{
    air780e::firmware::{self, Topic},
    modem::{
        board::{Board, evidence},
        event::{Event, Fault, LossCause, Note},
        request::{Connection, Reception, Security},
        status::Rung,
    },
    time::Moment,
};

use super::{
    Flow, Input, Progress, Turn, access_point::AccessPointFlow, bring_up::BringUp, broker::OpenSession,
    provision::Provision, secure::Secure,
};

/// The flow of [`Request::Connect`](crate::modem::request::Request::Connect).
#[derive(Debug)]
pub(crate) struct Connect {
    connection: Box<Connection>,
    part: Part,
    card: BringUp,
    access_point: Option<AccessPointFlow>,
    network: BringUp,
    files: Provision,
    secure: Secure,
    session: OpenSession,
    /// The access point was saved although the same one seemed to be saved: its password may be another.
    has_forced_access_point: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Card,
    AccessPoint,
    Network,
    Files,
    Secure,
    Session,
}

impl Connect {
    /// The flow of a connection that has been checked.
    pub(crate) fn new(connection: Box<Connection>) -> Self {
        Self {
            part: Part::Card,
            card: BringUp::to_card(),
            access_point: connection.apn.clone().map(AccessPointFlow::ensure),
            network: BringUp::from_card(),
            files: Provision::new(connection.security.files()),
            secure: Secure::new(&connection),
            session: OpenSession::new(connection.clone()),
            connection,
            has_forced_access_point: false,
        }
    }

    fn flow(&mut self) -> &mut dyn Flow {
        match (self.part, &mut self.access_point) {
            (Part::Card, _) => &mut self.card,
            (Part::AccessPoint, Some(flow)) => flow,
            (Part::Network | Part::AccessPoint, _) => &mut self.network,
            (Part::Files, _) => &mut self.files,
            (Part::Secure, _) => &mut self.secure,
            (Part::Session, _) => &mut self.session,
        }
    }

    /// Goes on to the next part that has something to do.
    fn next(&mut self, now: Moment, board: &mut Board) -> Turn {
        loop {
            self.part = match self.part {
                Part::Card if self.access_point.is_some() => Part::AccessPoint,
                Part::Card | Part::AccessPoint => Part::Network,
                Part::Network => Part::Files,
                Part::Files => Part::Secure,
                Part::Secure | Part::Session => Part::Session,
            };
            if matches!(self.part, Part::AccessPoint | Part::Network) {
                self.note_facts(now, board);
            }
            match self.flow().advance(now, Input::Start, board) {
                Turn::Done(Ok(())) if self.part != Part::Session => {}
                turn => return turn,
            }
        }
    }

    /// A private card without address may have the right access point with a wrong password: it is saved once more.
    fn force_access_point(&mut self, fault: &Fault) -> bool {
        let is_due = self.part == Part::Network
            && matches!(fault, Fault::NotAttached { .. } | Fault::NotRegistered { .. })
            && self.connection.apn.is_some()
            && !std::mem::replace(&mut self.has_forced_access_point, true);
        if is_due {
            self.access_point = self.connection.apn.clone().map(|apn| AccessPointFlow::new(Some(apn)));
            self.network = BringUp::from_card();
            self.part = Part::Card;
        }
        is_due
    }

    /// Tells what is known of this firmware and concerns this connection, once.
    fn note_facts(&self, now: Moment, board: &mut Board) {
        if self.has_forced_access_point || (self.part == Part::Network && self.access_point.is_some()) {
            return;
        }
        let Some(seen) = board.status().firmware.clone() else { return };
        for fact in firmware::facts(&seen.value).filter(|fact| concerns(fact.topic, &self.connection)) {
            let version = seen.value.version.unwrap_or_default();
            board.tell(Event::Note { at: now, note: Note::Firmware { version, text: fact.text } });
        }
    }
}

impl Flow for Connect {
    fn advance(&mut self, now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        if matches!(input, Input::Start) {
            self.session.prepare(now, board);
        }
        let shown = if let Input::Ended(ended) = &input { Some(evidence(ended)) } else { None };
        match self.flow().advance(now, input, board) {
            Turn::Done(Ok(())) if self.part != Part::Session => self.next(now, board),
            Turn::Done(Err(fault)) if self.force_access_point(&fault) => self.next(now, board),
            Turn::Done(Err(fault)) => {
                if matches!(self.part, Part::Files | Part::Secure) {
                    board.rung_failed(now, Rung::Tls, fault.clone(), shown);
                }
                Turn::Done(Err(fault))
            }
            turn => turn,
        }
    }

    fn progress(&mut self, now: Moment, sent_at: Moment, progress: Progress, board: &mut Board) {
        self.flow().progress(now, sent_at, progress, board);
    }

    fn note_loss(&mut self, cause: LossCause) {
        self.flow().note_loss(cause);
    }

    fn is_linking(&self) -> bool {
        self.part == Part::Session && self.session.is_linking()
    }

    fn is_closing(&self) -> bool {
        self.part == Part::Session && self.session.is_closing()
    }

    fn expects(&self, cause: LossCause) -> bool {
        match (self.part, &self.access_point) {
            (Part::AccessPoint, Some(flow)) => flow.expects(cause),
            (Part::Session, _) => self.session.expects(cause),
            _ => false,
        }
    }

    fn cancel(&mut self, now: Moment, board: &mut Board) -> Turn {
        self.flow().cancel(now, board)
    }
}

/// Whether a fact about the firmware matters to `connection`.
fn concerns(topic: Topic, connection: &Connection) -> bool {
    match topic {
        Topic::General => true,
        Topic::Display => false,
        Topic::Encryption => connection.security != Security::Plain,
        Topic::ClientCertificate => matches!(connection.security, Security::Mutual { .. }),
        Topic::AccessPoint => connection.apn.is_some(),
        Topic::LongKeepAlive => connection.keep_alive > crate::air780e::limits::KEEP_ALIVE_PLAIN,
        Topic::Names => connection.host.parse::<std::net::IpAddr>().is_err(),
        Topic::Cache => connection.reception == Reception::Cached,
    }
}
