//! The model as a whole: only the running connection changes it.

use chrono::DateTime;

use crate::{
    model::{
        Generation, Input, Model,
        connection::Phase,
        event::{Arrival, Event, Fault, LossCause, PortFault, WireKind, WireLine},
        notices::Notice,
        request::{Request, RequestId},
        status::{Rung, RungState},
    },
    time::{Moment, WallAnchor},
};

fn began(number: u64) -> Input {
    Input::Began {
        generation: Generation(number),
        link: "Virtual Air780E".to_owned(),
        is_simulated: true,
        own_broker: None,
    }
}

fn told(number: u64, event: Event) -> Input {
    Input::Told { generation: Generation(number), event }
}

fn opened() -> Event {
    let anchor = WallAnchor::new(DateTime::UNIX_EPOCH.into());
    Event::Opened { port: "COM5".to_owned(), anchor, is_simulated: false }
}

fn asked(id: u64, request: Request) -> Input {
    Input::Asked { id: RequestId(id), request: Box::new(request) }
}

fn done(id: u64, result: Result<(), Fault>) -> Event {
    Event::Done { at: Moment::ZERO, id: RequestId(id), result }
}

fn connect() -> Request {
    Request::Connect(Box::new(super::request::Connection::new("h", 1883, "c")))
}

fn model(inputs: impl IntoIterator<Item = Input>) -> Model {
    let mut model = Model::default();
    for input in inputs {
        model.apply(&input);
    }
    model
}

#[test]
fn what_an_older_connection_tells_is_ignored() {
    let line = WireLine::plain(Moment::ZERO, WireKind::Answer, "late".to_owned());
    let late = [told(1, Event::Wire(line)), told(1, Event::Closed { at: Moment::ZERO, fault: None })];
    let model = model([began(1), began(2), told(2, opened())].into_iter().chain(late));
    assert!(model.terminal().lines().is_empty());
    assert_eq!(*model.connection().phase(), Phase::Open);
}

#[test]
fn the_phases_follow_the_connect_request() {
    let mut model = model([began(1), asked(1, connect())]);
    assert_eq!(*model.connection().phase(), Phase::Opening);
    model.apply(&told(1, opened()));
    assert_eq!(*model.connection().phase(), Phase::Connecting);
    model.apply(&told(1, done(1, Ok(()))));
    assert_eq!(*model.connection().phase(), Phase::Connected);
    model.apply(&asked(2, Request::Disconnect));
    assert_eq!(*model.connection().phase(), Phase::Closing);
    model.apply(&told(1, done(2, Ok(()))));
    assert_eq!(*model.connection().phase(), Phase::Open);
    model.apply(&told(1, Event::Closed { at: Moment::ZERO, fault: None }));
    assert_eq!(*model.connection().phase(), Phase::Idle);
}

#[test]
fn a_failed_connect_leaves_the_port_open_and_says_why() {
    let fault = Fault::Silent { tries: 3 };
    let model = model([began(1), asked(1, connect()), told(1, opened()), told(1, done(1, Err(fault.clone())))]);
    assert_eq!(*model.connection().phase(), Phase::Open);
    assert_eq!(model.connection().fault(), Some(&fault));
    assert_eq!(model.notices().iter().count(), 1);
}

#[test]
fn a_lost_session_and_a_dead_port_are_told() {
    let lost = told(1, Event::SessionLost { at: Moment::ZERO, cause: LossCause::Closed, asked: None });
    let gone = PortFault::Unplugged { port: "COM5".to_owned() };
    let closed = told(1, Event::Closed { at: Moment::ZERO, fault: Some(gone.clone()) });
    let model = model([began(1), told(1, opened()), lost, closed]);
    let notices: Vec<_> = model.notices().iter().map(|entry| entry.notice.clone()).collect();
    assert_eq!(notices, [Notice::SessionLost(LossCause::Closed), Notice::PortClosed(gone)]);
}

#[test]
fn a_port_that_never_opened_has_a_failed_rung() {
    let missing = PortFault::Missing { port: "COM5".to_owned() };
    let model = model([began(1), told(1, Event::Closed { at: Moment::ZERO, fault: Some(missing.clone()) })]);
    let port = model.connection().status().ladder.entry(Rung::Port);
    assert_eq!((port.state, &port.fault), (RungState::Failed, &Some(Fault::Port(missing))));
}

#[test]
fn what_was_stopped_on_request_is_no_notice() {
    let model = model([began(1), asked(1, connect()), told(1, opened()), told(1, done(1, Err(Fault::Cancelled)))]);
    assert_eq!(model.notices().iter().count(), 0);
}

#[test]
fn few_notices_are_kept_and_each_can_be_taken_away() {
    let exported = |number: u32| Input::Notice(Notice::Exported { path: number.to_string() });
    let mut model = model((0..10).map(exported));
    let ids: Vec<_> = model.notices().iter().map(|entry| entry.id).collect();
    assert_eq!(ids, [7, 8, 9]);
    model.apply(&Input::Dismissed(8));
    assert_eq!(model.notices().iter().count(), 2);
}

#[test]
fn an_error_of_a_connection_goes_when_a_newer_one_starts_and_unread_settings_stay() {
    let lost = Notice::SessionLost(LossCause::Closed);
    let aside = Notice::SettingsPutAside { path: "old".to_owned(), detail: "torn".to_owned(), profiles: 1 };
    let shown = |model: &Model| model.notices().iter().map(|entry| entry.notice.clone()).collect::<Vec<_>>();
    let says = |notice: &Notice| Input::Notice(notice.clone());
    let mut model = model([says(&aside), began(1), told(1, opened()), says(&lost)]);
    assert_eq!(shown(&model), [aside.clone(), lost.clone()]);
    model.apply(&asked(2, connect()));
    assert_eq!(shown(&model), std::slice::from_ref(&aside), "another connect on the same port");
    model.apply(&says(&lost));
    model.apply(&began(2));
    assert_eq!(shown(&model), std::slice::from_ref(&aside), "another port");
    for number in 0..9_u32 {
        model.apply(&Input::Notice(Notice::Exported { path: number.to_string() }));
    }
    assert!(shown(&model).contains(&aside), "what must be read is not pushed out by good news");
    let past: Vec<_> = model.notices().past().map(|entry| entry.notice.clone()).collect();
    assert_eq!((past.len(), &past[1]), (12, &lost), "all can be looked up");
}

#[test]
fn a_burst_of_twenty_thousand_messages_is_counted_and_what_is_trimmed_is_said() {
    let mut model = Model::default();
    model.apply(&Input::Limits { terminal_lines: 5_000, messages: 8_000 });
    for number in 0..20_000_u64 {
        let topic = format!("burst/{}", number % 50).parse().expect("a topic");
        let payload = number.to_string().into_bytes();
        let message = crate::mqtt::Message { topic, payload, qos: crate::mqtt::Qos::AtMostOnce, retain: false };
        let at = Moment::from_millis(number);
        let line = WireLine::plain(at, WireKind::Unsolicited, format!("+MSUB: {number}"));
        model.apply(&told(0, Event::Wire(line)));
        model.apply(&told(0, Event::Message(Arrival { at, announced: 5, message })));
    }
    let messages = model.messages();
    let kept = messages.log().range();
    assert_eq!((messages.received(), kept.end - kept.start, messages.log().trimmed()), (20_000, 8_000, 12_000));
    assert_eq!((model.terminal().lines().len(), model.terminal().forgotten()), (5_000, 15_000));
}
