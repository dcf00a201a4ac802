//! The client on this computer: joining the module's broker, publishing in its name, and the trace of who lost a message.

use std::time::Duration;

use crate::{
    legs::{Leg, Mark},
    model::{
        Input,
        messages::{PartyInput, PartyStage},
        notices::Notice,
    },
    mqtt::{Draft, Filter, Message, Qos, Topic},
    peer::{Deed, Event, Happening, Joining, Peer},
    time::Moment,
    view::messages::Sender,
    worker::LinkStart,
};

use super::{App, beside::Beside, clock::Clock, publishing};

/// Lets the client join the broker that the module was asked to connect with.
pub(super) fn join(app: &mut App) {
    let Some(run) = app.model.connection().run() else { return };
    let module = run.asked.clone();
    let start = app.session.start().unwrap_or_else(LinkStart::begin);
    let typed = app.screen.messages.composer.topic.parse().ok();
    let will = module.will.as_ref().map(|will| will.message.topic.clone());
    let wanted = [typed, will].into_iter().flatten().chain(published(app));
    let mut subscriptions: Vec<(Filter, Qos)> = Vec::new();
    for filter in wanted.filter_map(|topic: Topic| topic.as_str().parse::<Filter>().ok()) {
        if subscriptions.iter().all(|(known, _)| *known != filter) {
            subscriptions.push((filter, Qos::ExactlyOnce));
        }
    }
    let route = app.session.route(&module.host, module.port);
    let joining = Joining { route, subscriptions, ..Joining::beside(&module) };
    let client_id = joining.client_id.clone();
    let (ctx, pause) = (app.ctx.clone(), app.session.pause());
    let joined = Peer::join(joining, move || start.now(), move || ctx.request_repaint_after(pause));
    app.apply(&Input::Party(PartyInput::Joins { client_id, anchor: start.anchor() }));
    match joined {
        Ok(peer) => {
            let seed = u16::try_from(Clock::wall().timestamp_subsec_micros() & 0xffff).unwrap_or_default();
            app.beside = Beside { peer: Some(peer), start: Some(start), traces: seed, ..Beside::default() };
        }
        Err(error) => app.apply(&Input::Party(PartyInput::Gone { detail: error.to_string() })),
    }
}

/// The topics that the module published to last.
fn published(app: &App) -> Vec<Topic> {
    let log = app.model.messages().log();
    let sent = log.range().rev().take(LOOKED_AT).filter_map(|seq| log.entry(seq));
    let mut topics: Vec<Topic> = Vec::new();
    for entry in sent.filter(|entry| matches!(entry.direction, crate::model::messages::Direction::Out { .. })) {
        if topics.len() < MOST_TOPICS && !topics.contains(&entry.message.topic) {
            topics.push(entry.message.topic.clone());
        }
    }
    topics
}

/// Hands a deed to the client, if there is one.
pub(super) fn ask(app: &mut App, deed: Deed) {
    if app.beside.peer.as_ref().is_some_and(|peer| peer.try_do(deed).is_err()) {
        app.apply(&Input::Notice(Notice::TooManyRequests));
    }
}

/// Publishes in the name of whom the page says; `false` when nobody took it.
pub(super) fn publish(app: &mut App, draft: &Draft) -> bool {
    let Ok(message) = draft.message() else { return false };
    let is_here = *app.model.messages().party().stage() == PartyStage::Here;
    match (app.screen.messages.sender, app.screen.messages.traces && is_here) {
        (Sender::Here, traces) => publish_here(app, message, traces),
        (Sender::Module, false) => {
            follow_topic(app, &message.topic);
            publishing::publish(app, draft).is_some()
        }
        (Sender::Module, true) => trace_module(app, draft, &message),
    }
}

/// What the module publishes shall come to this computer too.
fn follow_topic(app: &mut App, topic: &Topic) {
    let party = app.model.messages().party();
    if *party.stage() == PartyStage::Here
        && !party.receives(topic)
        && let Ok(filter) = topic.as_str().parse()
    {
        ask(app, Deed::Subscribe(filter, Qos::ExactlyOnce));
    }
}

fn publish_here(app: &mut App, message: Message, traces: bool) -> bool {
    let id = app.beside.next_id();
    let message = if traces { numbered(app, Leg::Back, id.0, &message).unwrap_or(message) } else { message };
    app.apply(&Input::Party(PartyInput::Handed { id, message: message.clone() }));
    let is_taken = app.beside.peer.as_ref().is_some_and(|peer| peer.try_do(Deed::Publish(id, message)).is_ok());
    if !is_taken {
        let told = Event { at: app.beside.now(), what: Happening::NotSent(id) };
        app.apply(&Input::Party(PartyInput::Told(told)));
    }
    is_taken
}

/// Publishes a numbered message by the module, once the client would see it.
fn trace_module(app: &mut App, draft: &Draft, message: &Message) -> bool {
    begin_trace(app, Leg::Out, &message.topic);
    let Some(filter) = trace_filter(app, &message.topic) else { return false };
    if !app.model.messages().party().has_asked_for(&filter) {
        ask(app, Deed::Subscribe(filter, Qos::ExactlyOnce));
        app.beside.waiting = Some((draft.clone(), app.beside.now() + SUBSCRIBING));
        return true;
    }
    hand_traced(app, draft)
}

fn trace_filter(app: &App, topic: &Topic) -> Option<Filter> {
    app.model.messages().party().trace()?.0.mark().filter(topic).ok()
}

fn hand_traced(app: &mut App, draft: &Draft) -> bool {
    let Ok(message) = draft.message() else { return false };
    let Some((tracer, _)) = app.model.messages().party().trace() else { return false };
    let (number, mark) = (tracer.next_number(), tracer.mark());
    let Ok(marked) = mark.put(&message, number) else { return false };
    let at = app.beside.now();
    let numbered = Draft { topic: marked.topic.to_string(), payload: marked.payload.clone(), ..draft.clone() };
    let Some(id) = publishing::publish(app, &numbered) else { return false };
    app.apply(&Input::Party(PartyInput::Traced { number, id: id.0, at, message: marked }));
    true
}

/// `message` with the next number of the trace that it belongs to.
fn numbered(app: &mut App, leg: Leg, id: u64, message: &Message) -> Option<Message> {
    begin_trace(app, leg, &message.topic);
    let (tracer, _) = app.model.messages().party().trace()?;
    let number = tracer.next_number();
    let marked = tracer.mark().put(message, number).ok()?;
    let at = app.beside.now();
    app.apply(&Input::Party(PartyInput::Traced { number, id, at, message: marked.clone() }));
    Some(marked)
}

/// Goes on with the trace if it is of this way, topic and place of the number; begins another otherwise.
fn begin_trace(app: &mut App, leg: Leg, topic: &Topic) {
    let carrier = app.screen.messages.carrier;
    let is_same =
        app.model.messages().party().trace().is_some_and(|(tracer, traced)| {
            tracer.leg() == leg && tracer.mark().carrier() == carrier && traced == topic
        });
    if !is_same {
        app.beside.traces = app.beside.traces.wrapping_add(1);
        let mark = Mark::new(app.beside.traces, carrier);
        app.apply(&Input::Party(PartyInput::TraceBegan { leg, mark, topic: topic.clone() }));
    }
}

/// Takes what the client told, and does what is due.
pub(super) fn drive(app: &mut App) {
    for _ in 0..EVENTS_A_FRAME {
        let Some(event) = app.beside.peer.as_ref().and_then(Peer::try_event) else { break };
        app.apply(&Input::Party(PartyInput::Told(event)));
    }
    if app.beside.peer.as_ref().is_some_and(Peer::is_over) {
        app.beside.peer = None;
    }
    let now = app.beside.now();
    send_waiting(app, now);
    let Some((tracer, _)) = app.model.messages().party().trace() else { return };
    let (wants, is_settled) = (tracer.wants_answer(now), tracer.is_settled(now));
    if wants && app.beside.ask_at <= now {
        app.beside.ask_at = now + ASK_PAUSE;
        ask(app, Deed::Ask);
    }
    if !is_settled {
        app.ctx.request_repaint_after(ASK_PAUSE);
    }
}

fn send_waiting(app: &mut App, now: Moment) {
    let Some((draft, until)) = &app.beside.waiting else { return };
    let topic = draft.topic.parse().ok();
    let filter = topic.and_then(|topic| trace_filter(app, &topic));
    let is_ready = filter.is_none_or(|filter| app.model.messages().party().has_asked_for(&filter));
    if is_ready || *until <= now {
        let draft = draft.clone();
        app.beside.waiting = None;
        hand_traced(app, &draft);
    } else {
        app.ctx.request_repaint_after(ASK_PAUSE);
    }
}

/// Messages of the history that are looked at for topics, and topics that are followed from the beginning.
const LOOKED_AT: usize = 200;
const MOST_TOPICS: usize = 16;
/// Events taken in one frame.
const EVENTS_A_FRAME: usize = 256;
/// Between two questions to the broker.
const ASK_PAUSE: Duration = Duration::from_millis(300);
/// How long a traced message waits for the client's subscription.
const SUBSCRIBING: Duration = Duration::from_secs(3);
