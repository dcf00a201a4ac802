//! The two legs of a check's messages: a client on this computer joins the same broker, receives what the module publishes, and
//! publishes what the module receives.

use std::time::Duration;

use super::{Phase, Run};
use crate::{
    cli::check::{
        plan::{Plan, random},
        words,
    },
    diagnosis::KeptByBroker,
    lang::Text,
    legs::{Cell, Leg, Mark, Place, Tracer, Verdict},
    modem::{
        event::Event,
        request::{RequestId, Subscription},
    },
    mqtt::{Message, Qos, Topic},
    peer::{self, Deed, End, Happening, Joining, Peer, PublishId},
    time::Moment,
    worker::LinkStart,
};

/// A trace under way.
pub(super) struct Legs {
    peer: Option<Peer>,
    start: LinkStart,
    out: Tracer,
    /// The other way, where the module asks for a topic of its own.
    back: Option<Back>,
    /// Whether the client is subscribed, or will not be any more.
    is_ready: bool,
    /// When the broker is asked again what it has read and sent.
    ask_at: Moment,
}

struct Back {
    tracer: Tracer,
    message: Message,
    due: Moment,
}

impl Legs {
    /// A number for the module's next message, which is handed over as `id`; the message with it.
    pub(super) fn numbered(&mut self, id: RequestId, message: &Message) -> Message {
        let n = self.out.next_number();
        // The plan has made sure that there is room.
        let Ok(marked) = self.out.mark().put(message, n) else { return message.clone() };
        self.out.handed(n, id.0, self.start.now(), &marked);
        marked
    }

    /// Whether messages may be handed over: before, nobody would see them.
    pub(super) const fn is_ready(&self) -> bool {
        self.is_ready
    }

    /// Takes what the module's side tells.
    pub(super) fn take(&mut self, event: &Event) {
        self.out.take_modem(event);
        if let Some(back) = &mut self.back {
            back.tracer.take_modem(event);
        }
    }

    /// Whether each message is judged, and `count` of them went the other way.
    fn is_settled(&self, count: u32) -> bool {
        let now = self.start.now();
        let is_back = self.back.as_ref().is_none_or(|back| {
            (back.tracer.next_number() > count || self.peer.is_none()) && back.tracer.is_settled(now)
        });
        is_back && self.out.is_settled(now)
    }

    fn tracers(&self) -> impl Iterator<Item = &Tracer> {
        std::iter::once(&self.out).chain(self.back.iter().map(|back| &back.tracer))
    }

    /// Hands the next message for the module over, if it is due.
    fn send_back(&mut self, count: u32) {
        let (Some(peer), Some(back), now) = (&self.peer, &mut self.back, self.start.now()) else { return };
        let n = back.tracer.next_number();
        if n > count || now < back.due {
            return;
        }
        back.due = now + PAUSE;
        let Ok(marked) = back.tracer.mark().put(&back.message, n) else { return };
        back.tracer.handed(n, n.into(), now, &marked);
        if peer.try_do(Deed::Publish(PublishId(n.into()), marked)).is_err() {
            back.tracer.take_peer(&peer::Event { at: now, what: Happening::NotSent(PublishId(n.into())) });
        }
    }

    fn ask(&mut self) {
        let now = self.start.now();
        let wants = self.tracers().any(|tracer| tracer.wants_answer(now));
        if let Some(peer) = self.peer.as_ref().filter(|_| wants && now >= self.ask_at) {
            self.ask_at = now + ASK_PAUSE;
            if peer.try_do(Deed::Ask).is_err() {
                tracing::debug!("the client on this computer takes no question");
            }
        }
    }
}

impl Run<'_> {
    /// Lets the client on this computer join once the module is in, if messages are traced.
    pub(super) fn join(&mut self) {
        let (Some(carrier), Some(message), Some(start), None) =
            (self.plan.trace_legs, &self.plan.publish, self.start, &self.legs)
        else {
            return;
        };
        let run = random();
        let mark = Mark::new(run, carrier);
        let wait = self.plan.legs_wait;
        let mut joining = Joining { route: self.plan.route, ..Joining::beside(&self.plan.connection) };
        joining.subscriptions.extend(mark.filter(&message.topic).map(|filter| (filter, Qos::ExactlyOnce)));
        let back = back(self.plan, Mark::new(run.wrapping_add(1), carrier), start.now());
        if let Some(filter) = back.as_ref().and_then(|back| back.tracer.mark().filter(&back.message.topic).ok()) {
            joining.subscriptions.insert(0, (filter, Qos::ExactlyOnce));
        }
        let peer = Peer::join(joining, move || start.now(), || ());
        if let Err(error) = &peer {
            self.report.notice(self.last_moment, &Text::new("check-cannot-join").put("error", error));
        }
        let out = Tracer::new(Leg::Out, mark, message.topic.clone(), wait);
        let is_ready = peer.is_err();
        self.legs = Some(Legs { peer: peer.ok(), start, out, back, is_ready, ask_at: Moment::ZERO });
    }

    /// Takes what the client on this computer tells, and lets it do what is due.
    pub(super) fn follow_legs(&mut self) {
        self.take_legs(Duration::ZERO);
    }

    /// The same, waiting at most `wait` for more.
    fn take_legs(&mut self, wait: Duration) {
        let Some(mut legs) = self.legs.take() else { return };
        for _ in 0..EVENTS_AT_ONCE {
            let Some(event) = legs.peer.as_ref().and_then(|peer| peer.wait_event(wait)) else { break };
            legs.out.take_peer(&event);
            if let Some(back) = &mut legs.back {
                back.tracer.take_peer(&event);
            }
            match event.what {
                Happening::Joined { present } => {
                    let key = if present { "check-joined-again" } else { "check-joined" };
                    self.report.notice(event.at, &Text::new(key));
                }
                Happening::Subscribed { filter, granted } => {
                    // The last of its subscriptions is the one for the module's messages.
                    legs.is_ready |= legs.out.concerns(&filter);
                    if granted.is_none() {
                        let text = Text::new("check-subscription-refused").put("filter", filter);
                        self.report.notice(event.at, &text);
                    }
                }
                Happening::Ended(end) => {
                    legs.is_ready = true;
                    self.report.notice(event.at, &Text::new("check-not-joined").with("why", ended(&end)));
                }
                _ => {}
            }
        }
        if legs.peer.as_ref().is_some_and(Peer::is_over) {
            legs.peer = None;
        }
        if legs.is_ready && self.phase >= Phase::Publishing {
            legs.send_back(self.plan.count);
            legs.ask();
        }
        self.legs = Some(legs);
    }

    /// Whether nothing more is awaited of the traced messages.
    pub(super) fn are_legs_settled(&self) -> bool {
        self.legs.as_ref().is_none_or(|legs| legs.is_settled(self.plan.count))
    }

    /// Prints the verdicts; what to say when a message did not arrive.
    pub(super) fn judge_legs(&mut self) -> Option<Text> {
        self.take_legs(LAST_WORDS);
        let legs = self.legs.take()?;
        let now = legs.start.now();
        let mut lost = Vec::new();
        for tracer in legs.tracers() {
            let verdicts = tracer.verdicts(now);
            for verdict in &verdicts {
                self.report.leg(now, tracer.leg(), verdict);
            }
            self.report.legs(now, tracer.leg(), &verdicts);
            if tracer.leg() == Leg::Out
                && let Some(kept) = kept_by_broker(&verdicts)
            {
                self.course.take_kept_by_broker(kept);
            }
            lost.extend(summary(tracer.leg(), &verdicts));
        }
        (!lost.is_empty()).then(|| Text::list(lost, "watch-semicolon"))
    }
}

/// What the broker has taken and sent to nobody.
fn kept_by_broker(verdicts: &[Verdict]) -> Option<KeptByBroker> {
    let mut kept = verdicts.iter().filter(|verdict| verdict.place() == Place::AtBroker);
    let first = kept.next()?;
    let Cell::No(at, _) = first.left_broker else { return None };
    Some(KeptByBroker { at, number: first.number, count: kept.count() + 1, traced: verdicts.len() })
}

/// The way to the module: a topic that it asks for itself, without wildcards, or with a last level for the number.
fn back(plan: &Plan, mark: Mark, now: Moment) -> Option<Back> {
    let fits = |subscription: &Subscription| {
        let Subscription { filter, qos } = subscription;
        topics_within(filter.as_str()).into_iter().find_map(|topic| {
            let message = Message { topic, payload: FROM_HERE.into(), qos: *qos, retain: false };
            mark.put(&message, plan.count).is_ok_and(|marked| filter.matches(&marked.topic)).then_some(message)
        })
    };
    let message = plan.connection.subscriptions.iter().find_map(fits)?;
    let tracer = Tracer::new(Leg::Back, mark, message.topic.clone(), plan.legs_wait);
    Some(Back { tracer, message, due: now })
}

/// Topics that `filter` may ask for: itself, without its last wildcard, with a word for each wildcard.
fn topics_within(filter: &str) -> Vec<Topic> {
    let shorter = filter.strip_suffix("/+").or(filter.strip_suffix("/#")).unwrap_or(filter);
    let filled = filter.replace(['+', '#'], "trace");
    [filter, shorter, &filled].into_iter().filter_map(|text| text.parse().ok()).collect()
}

/// Where the messages that did not arrive were lost.
fn summary(leg: Leg, verdicts: &[Verdict]) -> Option<Text> {
    let count = |place| verdicts.iter().filter(|verdict| verdict.place() == place).count();
    let arrived = count(Place::Arrived);
    if arrived == verdicts.len() {
        return None;
    }
    let places = LOST.into_iter().filter_map(|(place, key)| match count(place) {
        0 => None,
        many => Some(Text::new(key).put("count", many)),
    });
    Some(
        Text::new("check-legs-lost")
            .with("way", words::leg(leg))
            .put("lost", verdicts.len() - arrived)
            .put("sent", verdicts.len())
            .with("places", Text::list(places, "watch-comma")),
    )
}

/// Why the client on this computer is not at the broker.
fn ended(end: &End) -> Text {
    match end {
        End::Asked => Text::new("check-peer-left"),
        End::Unreachable { detail } => Text::new("check-peer-unreachable").put("detail", detail),
        End::Tls { detail } => Text::new("check-peer-tls").put("detail", detail),
        End::Refused(code) => Text::new("check-peer-refused").put("code", code),
        End::Closed => Text::new("check-peer-closed"),
        End::Broken { detail } => Text::new("check-peer-broken").put("detail", detail),
        End::Silent => Text::new("check-peer-silent"),
        End::Nonsense => Text::new("check-peer-nonsense"),
    }
}

const LOST: [(Place, &str); 6] = [
    (Place::AtSender, "check-lost-at-sender"),
    (Place::AtBroker, "check-lost-at-broker"),
    (Place::BeforeBrokerOrThere, "check-lost-before-broker-or-there"),
    (Place::BehindBroker, "check-lost-behind-broker"),
    (Place::UnderWay, "check-lost-under-way"),
    (Place::Unknown, "check-lost-unknown"),
];

/// What the vendor's tutorial lets its tool send.
const FROM_HERE: &str = "data from tcp server";
/// A topic with much traffic must not hold the check.
const EVENTS_AT_ONCE: usize = 1_024;
/// How long the client's last words are waited for before the verdict.
const LAST_WORDS: Duration = Duration::from_millis(20);
/// Between two messages to the module.
const PAUSE: Duration = Duration::from_millis(200);
/// Between two questions to the broker.
const ASK_PAUSE: Duration = Duration::from_millis(200);
