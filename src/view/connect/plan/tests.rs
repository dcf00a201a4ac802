//! Answers stand beside the lines that brought them, and beside no others.

use chrono::DateTime;

use super::*;
use crate::{
    model::{
        Generation, Input, Model,
        event::{Event, Fault, PortFault, WireKind, WireLine},
        plan::plan,
        request::{Credentials, Request, RequestId},
        status::{Rung, RungState, Status},
    },
    mqtt::Password,
    time::{Moment, WallAnchor},
};

fn form(host: &str) -> request::Connection {
    request::Connection::new(host, 1883, "c")
}

fn at(seconds: u64) -> Moment {
    Moment::from_millis(seconds * 1_000)
}

fn tell(model: &mut Model, event: Event) {
    model.apply(&Input::Told { generation: Generation::default(), event });
}

fn running(form: &request::Connection) -> Model {
    let mut model = Model::default();
    let link = "COM5".to_owned();
    model.apply(&Input::Began { generation: Generation::default(), link, is_simulated: false, own_broker: None });
    let request = Box::new(Request::Connect(Box::new(form.clone())));
    model.apply(&Input::Asked { id: RequestId(1), request });
    let anchor = WallAnchor::new(DateTime::UNIX_EPOCH.into());
    tell(&mut model, Event::Opened { port: "COM5".to_owned(), anchor, is_simulated: false });
    model
}

fn record(seconds: u64, step: Step, line: &str, result: Result<(), Fault>) -> ExchangeRecord {
    ExchangeRecord {
        request: Some(RequestId(1)),
        step: Some(step),
        command: line.into(),
        answer: vec![if result.is_ok() { "OK" } else { "ERROR" }.to_owned()],
        sent_at: at(seconds),
        accepted_at: Some(at(seconds)),
        ended_at: at(seconds),
        is_forgiven: false,
        data: None,
        unreadable: None,
        result,
    }
}

fn exchanged(model: &mut Model, record: ExchangeRecord) {
    tell(model, Event::Exchange(Box::new(record)));
}

fn shown(model: &Model, form: &request::Connection, now: Moment) -> Vec<PlanRow> {
    rows(model.connection(), &plan(form), Some(form), waiting::view(model, now).as_ref())
}

fn state_of(rows: &[PlanRow], line: &str) -> RowState {
    rows.iter().find(|row| row.line == line).unwrap_or_else(|| panic!("no {line} in {rows:?}")).state
}

/// A run to the end: every line of the plan answered well, one a second.
fn whole(form: &request::Connection) -> Model {
    let mut model = running(form);
    for (second, line) in (0..).zip(plan(form)) {
        exchanged(&mut model, record(second, line.step, &line.text, Ok(())));
    }
    tell(&mut model, Event::Done { at: at(99), id: RequestId(1), result: Err(closed()) });
    model
}

fn closed() -> Fault {
    Fault::Port(PortFault::Unplugged { port: "COM5".to_owned() })
}

#[test]
fn another_broker_takes_away_its_own_answers_and_those_after_them() {
    let model = whole(&form("one.example"));
    let same = shown(&model, &form("one.example"), at(99));
    assert!(same.iter().all(|row| row.state == RowState::Done), "{same:?}");
    let other = form("two.example");
    let rows = shown(&model, &other, at(99));
    assert_eq!(state_of(&rows, "AT+CSQ"), RowState::Done, "the signal has nothing to do with it");
    let from_link = rows.iter().position(|row| row.line.starts_with("AT+MIPSTART")).expect("a link");
    let after = &rows[from_link..];
    assert!(after.iter().all(|row| row.state == RowState::Planned && row.answer.is_empty()), "{after:?}");
    assert!(!rows.iter().any(|row| row.line.contains("one.example")), "{rows:?}");
    assert!(is_of_form(model.connection(), &plan(&form("one.example")), Some(&form("one.example"))));
    assert!(!is_of_form(model.connection(), &plan(&other), Some(&other)));
}

#[test]
fn another_password_changes_no_line_and_takes_the_answers_away_all_the_same() {
    let with = |password: &str| request::Connection {
        credentials: Some(Credentials { user: "u".to_owned(), password: Password::new(password) }),
        ..form("h")
    };
    let model = whole(&with("old"));
    let rows = shown(&model, &with("new"), at(99));
    assert_eq!(plan(&with("old")), plan(&with("new")), "the lines hide it");
    let config = rows.iter().position(|row| row.line.starts_with("AT+MCONFIG")).expect("a login");
    assert!(rows[..config].iter().all(|row| row.state == RowState::Done), "{rows:?}");
    assert!(rows[config..].iter().all(|row| row.state == RowState::Planned), "{rows:?}");
}

#[test]
fn a_question_under_way_is_neither_done_nor_answered_by_another_command() {
    let form = form("h");
    let mut model = running(&form);
    let mut status = Status::default();
    status.ladder.entry_mut(Rung::Network).state = RungState::Trying;
    tell(&mut model, Event::Status(Box::new(status)));
    exchanged(&mut model, record(1, Step::Registration, "AT+CEREG?", Ok(())));
    exchanged(&mut model, record(1, Step::Registration, "AT+CGREG?", Ok(())));
    let rows = shown(&model, &form, at(7));
    let row = rows.iter().find(|row| row.line == "AT+CEREG?").expect("the row");
    assert_eq!(row.state, RowState::Running);
    assert!(row.waiting.is_some(), "{row:?}");
    let other = rows.iter().find(|row| row.line == "AT+CGREG?").expect("a row of its own");
    assert_eq!(other.kind, RowKind::Extra);
    assert_eq!(state_of(&rows, "AT+CGATT?"), RowState::Planned, "not asked yet");
    for second in 2..30 {
        exchanged(&mut model, record(second, Step::Registration, "AT+CGREG?", Ok(())));
    }
    let rows = shown(&model, &form, at(31));
    assert_eq!(rows.iter().filter(|row| row.line == "AT+CGREG?").count(), 1, "asked often, shown once");
}

#[test]
fn the_line_on_the_wire_runs_wherever_it_stands() {
    let form = form("h");
    let mut model = running(&form);
    exchanged(&mut model, record(1, Step::Attention, "AT", Ok(())));
    tell(&mut model, Event::Wire(WireLine::plain(at(2), WireKind::Sent, "AT+CSQ".to_owned())));
    let rows = shown(&model, &form, at(3));
    assert_eq!(state_of(&rows, "AT+CSQ"), RowState::Running);
    assert_eq!(rows.iter().filter(|row| row.state == RowState::Running).count(), 1);
}

#[test]
fn an_expected_refusal_is_no_failure() {
    let form = form("h");
    let mut model = running(&form);
    let refused = record(1, Step::CloseLink, "AT+MIPCLOSE", Err(Fault::Busy));
    exchanged(&mut model, ExchangeRecord { is_forgiven: true, ..refused });
    let rows = shown(&model, &form, at(2));
    let row = rows.iter().find(|row| row.line == "AT+MIPCLOSE").expect("the row");
    assert_eq!((row.state, row.remark(), &row.fault), (RowState::Absent, Some("row-absent"), &None));
}

#[test]
fn what_is_asked_after_a_failure_looks_for_the_cause() {
    let form = form("h");
    let mut model = running(&form);
    exchanged(&mut model, record(1, Step::Signal, "AT+CSQ", Ok(())));
    let link = plan(&form).into_iter().find(|line| line.step == Step::OpenLink).expect("a link");
    exchanged(&mut model, record(2, link.step, &link.text, Err(Fault::Busy)));
    exchanged(&mut model, record(3, Step::Signal, "AT+CSQ", Err(Fault::Busy)));
    exchanged(&mut model, record(4, Step::Detail, "AT+CDNSGIP=\"h\"", Ok(())));
    let rows = shown(&model, &form, at(9));
    let probes: Vec<_> = rows.iter().filter(|row| row.kind == RowKind::Probe).map(|row| row.line.as_str()).collect();
    assert_eq!(probes, ["AT+CSQ", "AT+CDNSGIP=\"h\""]);
    assert_eq!(state_of(&rows, "AT+CSQ"), RowState::Done, "its own answer is that of before");
    let failed = rows.iter().position(|row| row.state == RowState::Failed).expect("a failure");
    assert_eq!(rows[failed + 1].kind, RowKind::Probe, "right below what failed");
}
