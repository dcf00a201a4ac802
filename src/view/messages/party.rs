//! The client on this computer and the trace as the page shows them.

use crate::{
    lang::Text,
    legs::{Cell, Leg, Oddity, Place, Verdict},
    model::messages::PartyStage,
    peer::End,
};

use super::{MessagesView, took_text};

/// The client on this computer.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a question of its own that the panel asks")]
pub struct PartyView {
    /// Whether it was ever asked for.
    pub was_asked: bool,
    /// Whether the broker let it in.
    pub is_here: bool,
    /// Whether it is on its way.
    pub is_joining: bool,
    /// How far it is, in a sentence.
    pub state: Text,
    /// Whether that is bad news.
    pub is_bad: bool,
}

/// The trace under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TraceView {
    /// How many were sent, how many arrived, how many are lost, in a sentence.
    pub counts: Text,
    /// Which message the cells are of.
    pub number: u32,
    /// The four answers of the newest message.
    pub cells: [CellView; 4],
    /// Where it was lost, or that it was not.
    pub place: Text,
    /// Whether it is lost.
    pub is_lost: bool,
    /// What is odd about it.
    pub oddities: Vec<Text>,
}

/// One of the four answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CellView {
    /// The name of the question in the language files.
    pub key: &'static str,
    /// The answer.
    pub cell: Cell,
    /// The name of what shows it in the language files.
    pub shown_by: &'static str,
}

impl MessagesView<'_> {
    /// Why the client on this computer cannot join now: it goes where the module went.
    pub fn why_not_join(&self) -> Option<Text> {
        self.broker().is_none().then(|| Text::new("why-not-join"))
    }

    /// The client on this computer.
    pub fn party(&self) -> PartyView {
        let party = self.messages.party();
        let named = |key: &'static str| Text::new(key).put("id", party.client_id());
        let (state, is_bad) = match party.stage() {
            PartyStage::Away => (Text::new("party-away"), false),
            PartyStage::Joining => (named("party-joining"), false),
            PartyStage::Here => (named("party-here"), false),
            PartyStage::Ended(End::Asked) => (Text::new("party-left"), false),
            PartyStage::Ended(end) => (ended(end), true),
        };
        PartyView {
            was_asked: *party.stage() != PartyStage::Away,
            is_here: *party.stage() == PartyStage::Here,
            is_joining: *party.stage() == PartyStage::Joining,
            state,
            is_bad,
        }
    }

    /// The trace under way; `None` while nothing was traced.
    pub fn trace(&self) -> Option<TraceView> {
        let (tracer, _) = self.messages.party().trace()?;
        let verdicts = self.messages.party().verdicts(self.moment);
        let newest = verdicts.last()?;
        let count = |fits: fn(Place) -> bool| verdicts.iter().filter(|verdict| fits(verdict.place())).count();
        let counts = Text::new("trace-counts")
            .put("sent", verdicts.len())
            .put("arrived", count(|place| place == Place::Arrived))
            .put("lost", count(|place| !matches!(place, Place::Arrived | Place::UnderWay)));
        let (left, arrived) = match tracer.leg() {
            Leg::Out => ("trace-left-module", "trace-arrived-here"),
            Leg::Back => ("trace-left-here", "trace-arrived-module"),
        };
        let keys = [left, "trace-reached-broker", "trace-left-broker", arrived];
        let cells = [newest.left_sender, newest.reached_broker, newest.left_broker, newest.arrived];
        let view = |key: &'static str, cell: Cell| CellView { key, cell, shown_by: shown_by(cell) };
        let mut cells = cells.into_iter();
        Some(TraceView {
            counts,
            number: newest.number,
            cells: keys.map(|key| view(key, cells.next().unwrap_or(Cell::Open))),
            place: place_text(newest),
            is_lost: !matches!(newest.place(), Place::Arrived | Place::UnderWay),
            oddities: newest.oddities.iter().map(|odd| oddity(*odd)).collect(),
        })
    }
}

fn ended(end: &End) -> Text {
    match end {
        End::Asked => Text::new("party-left"),
        End::Unreachable { detail } => Text::new("party-unreachable").put("detail", detail.as_str()),
        End::Tls { detail } => Text::new("party-tls").put("detail", detail.as_str()),
        End::Refused(code) => Text::new("party-refused").put("code", usize::from(*code)),
        End::Closed => Text::new("party-closed"),
        End::Broken { detail } => Text::new("party-broken").put("detail", detail.as_str()),
        End::Silent => Text::new("party-silent"),
        End::Nonsense => Text::new("party-nonsense"),
    }
}

fn place_text(verdict: &Verdict) -> Text {
    let key = match verdict.place() {
        Place::Arrived if verdict.first_leg().is_none() => "trace-place-arrived-unconfirmed",
        Place::Arrived if verdict.second_leg().is_none() => "trace-place-arrived-early",
        Place::Arrived => "trace-place-arrived",
        Place::UnderWay => "trace-place-under-way",
        Place::AtSender => "trace-place-at-sender",
        Place::AtBroker => "trace-place-at-broker",
        Place::BeforeBrokerOrThere => "trace-place-before-broker-or-there",
        Place::BehindBroker => "trace-place-behind-broker",
        Place::Unknown => "trace-place-unknown",
    };
    let span = |span: Option<std::time::Duration>| span.map_or_else(|| "–".to_owned(), took_text);
    Text::new(key)
        .put("first", span(verdict.first_leg()))
        .put("second", span(verdict.second_leg()))
        .put("whole", span(verdict.end_to_end()))
}

fn oddity(odd: Oddity) -> Text {
    match odd {
        Oddity::Times(times) => Text::new("trace-odd-times").put("times", times),
        Oddity::Resent => Text::new("trace-odd-resent"),
        Oddity::Overtaken => Text::new("trace-odd-overtaken"),
        Oddity::Retained => Text::new("trace-odd-retained"),
        Oddity::QosLowered { to } => Text::new("trace-odd-qos").put("to", usize::from(to.number())),
        Oddity::Cut { came, sent } => Text::new("trace-odd-cut").put("came", came).put("sent", sent),
    }
}

const fn shown_by(cell: Cell) -> &'static str {
    use crate::legs::{Proof, Why};
    match cell {
        Cell::Yes(_, proof) | Cell::No(_, proof) => match proof {
            Proof::Arrival => "trace-by-arrival",
            Proof::Echo => "trace-by-echo",
            Proof::Confirmation => "trace-by-confirmation",
            Proof::LaterAnswer => "trace-by-later-answer",
            Proof::Refusal => "trace-by-refusal",
            Proof::Before => "trace-by-before",
            Proof::EmptyAnswer => "trace-by-empty-answer",
            Proof::Silence => "trace-by-silence",
        },
        Cell::Open => "trace-by-open",
        Cell::Unknown(why) => match why {
            Why::NobodyConfirms => "trace-unknown-nobody-confirms",
            Why::NotConfirmed => "trace-unknown-not-confirmed",
            Why::ReceiverAway => "trace-unknown-receiver-away",
            Why::NobodyAsks => "trace-unknown-nobody-asks",
            Why::Blind => "trace-unknown-blind",
        },
    }
}
