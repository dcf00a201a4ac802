//! Messages and changes in, page out.

use std::time::Duration;

use chrono::TimeDelta;

use super::*;
use crate::{
    air780e::identity::Firmware,
    model::{
        Generation, Input,
        event::{Awaited, Fault},
        status::{Status, Subscribed},
    },
    modem::{
        event::{Arrival, Delivery, Event, PublishUpdate},
        request::{self, Reception, Request, RequestId},
    },
    mqtt::Qos,
    time::{Moment, Observed},
};

fn now() -> DateTime<Local> {
    DateTime::UNIX_EPOCH.with_timezone(&Local) + TimeDelta::seconds(10)
}

fn message(topic: &str, payload: &[u8], qos: Qos) -> Message {
    Message { topic: topic.parse().expect("a topic"), payload: payload.to_vec(), qos, retain: false }
}

fn arrive(messages: &mut Messages, topic: &str, payload: &[u8]) {
    let message = message(topic, payload, Qos::AtMostOnce);
    messages.apply(&Event::Message(Arrival { at: Moment::from_millis(7_000), announced: payload.len(), message }));
}

fn connect(messages: &mut Messages) {
    let subscribed = Subscribed {
        filter: "mqtt/#".parse().expect("a filter"),
        qos: Qos::AtLeastOnce,
        state: SubscriptionState::Confirmed,
    };
    let status = Status { session: Session::Connected, subscriptions: vec![subscribed], ..Status::default() };
    messages.apply(&Event::Status(Box::new(status)));
}

fn publish(messages: &mut Messages, id: u64, qos: Qos, delivery: Delivery) {
    messages.record_publish(RequestId(id), message("mqtt/sub", b"hi", qos));
    messages.apply(&Event::Publish(PublishUpdate { at: Moment::ZERO, id: RequestId(id), delivery }));
}

#[test]
fn each_delivery_has_a_word_and_the_line_that_shows_it() {
    let second = Duration::from_secs(1);
    let timed_out = Fault::TimedOut { command: "".into(), expected: Awaited::Acknowledged, after: second };
    let accepted = Delivery::Accepted { accept: second };
    let confirmed = Delivery::Confirmed { accept: second, ack: second };
    let table = [
        (Qos::AtMostOnce, accepted.clone(), Stage::Sent, "OK"),
        (Qos::AtLeastOnce, accepted, Stage::Accepted, "OK"),
        (Qos::ExactlyOnce, Delivery::Received { after: second }, Stage::Received, "PUBREC"),
        (Qos::AtLeastOnce, confirmed.clone(), Stage::Confirmed, "PUBACK"),
        (Qos::ExactlyOnce, confirmed, Stage::Confirmed, "PUBCOMP"),
        (Qos::AtLeastOnce, Delivery::Unknown(timed_out), Stage::TimedOut, ""),
        (Qos::AtLeastOnce, Delivery::Unknown(Fault::Cancelled), Stage::Unknown, ""),
        (Qos::AtLeastOnce, Delivery::Failed(Fault::NotConnected), Stage::Failed, ""),
    ];
    for (qos, delivery, stage, line) in table {
        let mut messages = Messages::default();
        publish(&mut messages, 1, qos, delivery.clone());
        let mut screen = Screen::default();
        let row = view(&messages, &mut screen, now()).message(0).expect("a row");
        let way = row.way.expect("it was published");
        assert_eq!((way.stage, way.line, way.fault.is_some()), (stage, line, line.is_empty()), "{delivery:?}");
    }
}

#[test]
fn a_message_cut_short_says_what_was_announced() {
    let mut messages = Messages::default();
    let message = message("a", b"abc", Qos::AtMostOnce);
    messages.apply(&Event::Message(Arrival { at: Moment::ZERO, message, announced: 5 }));
    arrive(&mut messages, "a", b"abc");
    let mut screen = Screen::default();
    let view = view(&messages, &mut screen, now());
    let announced = |row| view.message(row).and_then(|row| row.announced);
    assert_eq!((announced(0), announced(1)), (Some(5), None));
}

#[test]
fn publishing_needs_a_session_and_a_sound_draft() {
    let mut messages = Messages::default();
    let mut screen = Screen::default();
    assert_eq!(view(&messages, &mut screen, now()).draft(), Err(WhyNot::NotConnected));
    connect(&mut messages);
    let page = view(&messages, &mut screen, now());
    assert_eq!(page.draft().map(|draft| draft.topic.as_str()), Ok("mqtt/sub"));
    let line = "AT+MPUB=\"mqtt/sub\",0,0,\"\"".to_owned();
    assert_eq!(page.composer.wire, Some(WireText { line, data: None }));
    let broken = Composer { topic: "a/#".to_owned(), ..Composer::default() };
    screen.change(Change::Composer(Box::new(broken.clone())), &messages);
    let page = view(&messages, &mut screen, now());
    assert!(matches!(page.draft(), Err(WhyNot::Topic(_))));
    assert_eq!(page.composer.wire, None);
    assert_eq!(page.composer.fields, broken, "the draft stays as it was typed");
    let unfit = Composer { topic: "say \"hi\"".to_owned(), ..Composer::default() };
    screen.change(Change::Composer(Box::new(unfit)), &messages);
    assert!(matches!(view(&messages, &mut screen, now()).draft(), Err(WhyNot::Refused(_))));
}

#[test]
fn subscribing_needs_a_session_and_a_sound_filter() {
    let mut messages = Messages::default();
    let mut screen = Screen::default();
    assert_eq!(view(&messages, &mut screen, now()).why_not_subscribe(), Some(WhyNot::NotConnected));
    connect(&mut messages);
    assert_eq!(view(&messages, &mut screen, now()).why_not_subscribe(), Some(WhyNot::Empty));
    screen.change(Change::NewFilter("a/#/b".to_owned()), &messages);
    assert!(matches!(view(&messages, &mut screen, now()).why_not_subscribe(), Some(WhyNot::Topic(_))));
    screen.change(Change::NewFilter("a/#".to_owned()), &messages);
    assert_eq!(view(&messages, &mut screen, now()).why_not_subscribe(), None);
}

#[test]
fn a_topic_row_has_count_value_and_age() {
    let mut messages = Messages::default();
    arrive(&mut messages, "mqtt/pub", "温度 21".as_bytes());
    let mut screen = Screen::default();
    screen.change(Change::TopicSearch("pub".to_owned()), &messages);
    let view = view(&messages, &mut screen, now());
    let cells = view.topic(1).expect("a row");
    assert_eq!((cells.path.as_str(), cells.messages, cells.value.as_deref()), ("mqtt/pub", 1, Some("温度 21")));
    assert_eq!(cells.age, Some(Duration::from_secs(3)));
    assert_eq!(view.topic(2), None);
}

#[test]
fn a_chosen_topic_narrows_the_list_until_it_is_given_up() {
    let mut messages = Messages::default();
    arrive(&mut messages, "home", b"1");
    arrive(&mut messages, "yard", b"2");
    let mut screen = Screen::default();
    screen.refresh(&messages);
    let home = screen.topics.rows()[0].node;
    screen.change(Change::Topic(Some(home)), &messages);
    screen.refresh(&messages);
    assert_eq!(screen.list.len(), 1);
    screen.change(Change::Topic(None), &messages);
    screen.refresh(&messages);
    assert_eq!(screen.list.len(), 2);
    screen.change(Change::Topic(Some(home)), &messages);
    messages.clear();
    arrive(&mut messages, "yard", b"3");
    screen.refresh(&messages);
    assert_eq!(screen.list.len(), 1, "a cleared tree narrows nothing");
}

fn select(messages: &Messages, screen: &mut Screen, seq: u64, form: PayloadForm) {
    screen.change(Change::Select(Some(seq)), messages);
    screen.change(Change::Form(form), messages);
    screen.refresh(messages);
}

fn text(screen: &Screen) -> &str {
    match screen.details.body() {
        Body::Text(rendered) => &rendered.text,
        other => panic!("no text: {other:?}"),
    }
}

#[test]
fn details_show_the_payload_in_the_chosen_form() {
    let mut messages = Messages::default();
    arrive(&mut messages, "a", b"{\"t\":21}");
    let mut screen = Screen::default();
    select(&messages, &mut screen, 0, PayloadForm::Text);
    assert_eq!(text(&screen), "{\"t\":21}");
    select(&messages, &mut screen, 0, PayloadForm::Base64);
    assert_eq!(text(&screen), "eyJ0IjoyMX0=");
    select(&messages, &mut screen, 0, PayloadForm::Hex);
    assert_eq!(view(&messages, &mut screen, now()).hex_row(0).expect("a row").characters, "{\"t\":21}");
    select(&messages, &mut screen, 0, PayloadForm::Json);
    let row = screen.details.json_row(1).expect("a row");
    assert_eq!((row.path.to_string(), row.node.number()), ("$.t".to_owned(), Some(21.0)));
    assert_eq!(view(&messages, &mut screen, now()).copied().as_deref(), Some("{\n  \"t\": 21\n}"));
    messages.clear();
    assert!(view(&messages, &mut screen, now()).details().is_none());
}

#[test]
fn characters_are_told_and_chosen_for_each_message_by_itself() {
    let mut messages = Messages::default();
    let gbk = [0xCE, 0xC2, 0xB6, 0xC8];
    for payload in ["温度".as_bytes(), &gbk, &[0, 1, 2], &gbk] {
        arrive(&mut messages, "a", payload);
    }
    let mut screen = Screen::default();
    for (seq, told, words) in
        [(0, Charset::Utf8, "温度"), (1, Charset::Gbk, "温度"), (2, Charset::Binary, "<00><01><02>")]
    {
        select(&messages, &mut screen, seq, PayloadForm::Text);
        assert_eq!((view(&messages, &mut screen, now()).details().expect("details").told, words), (told, words));
        assert_eq!(text(&screen), words);
    }
    screen.change(Change::Charset(1, Some(Charset::Binary)), &messages);
    for (seq, words) in [(1, "<CE><C2><B6><C8>"), (3, "温度")] {
        select(&messages, &mut screen, seq, PayloadForm::Text);
        assert_eq!(text(&screen), words);
        let row = usize::try_from(seq).expect("small");
        assert_eq!(view(&messages, &mut screen, now()).message(row).expect("a row").preview, words);
    }
    screen.change(Change::Charset(1, None), &messages);
    select(&messages, &mut screen, 1, PayloadForm::Text);
    assert_eq!(text(&screen), "温度");
}

#[test]
fn changes_are_those_against_the_message_before_of_the_same_topic() {
    let mut messages = Messages::default();
    arrive(&mut messages, "a", b"{\"t\":21,\"h\":60}");
    arrive(&mut messages, "b", b"{\"t\":99}");
    arrive(&mut messages, "a", b"{\"t\":22,\"h\":60}");
    let mut screen = Screen::default();
    select(&messages, &mut screen, 0, PayloadForm::History);
    assert!(matches!(screen.details.body(), Body::Changes(None)));
    select(&messages, &mut screen, 2, PayloadForm::History);
    let Body::Changes(Some(difference)) = screen.details.body() else { panic!("a difference") };
    let row = DiffRow::Value { path: "$.t".to_owned(), old: Some("21".to_owned()), new: Some("22".to_owned()) };
    assert_eq!((difference.rows.as_slice(), difference.same), (&[row][..], 1));
    let page = view(&messages, &mut screen, now());
    assert_eq!([0, 1, 2].map(|row| page.history(row).map(|row| row.seq)), [Some(2), Some(0), None]);
}

#[test]
fn the_newest_message_of_the_topic_can_be_followed() {
    let mut messages = Messages::default();
    arrive(&mut messages, "a", b"1");
    let mut screen = Screen::default();
    select(&messages, &mut screen, 0, PayloadForm::Text);
    screen.change(Change::Follow(true), &messages);
    arrive(&mut messages, "b", b"2");
    arrive(&mut messages, "a", b"3");
    screen.refresh(&messages);
    assert_eq!((screen.list.selected, text(&screen)), (Some(2), "3"));
    screen.change(Change::Select(Some(0)), &messages);
    screen.refresh(&messages);
    assert_eq!(screen.list.selected, Some(0), "choosing another ends it");
}

#[test]
fn what_is_folded_stays_folded_for_the_next_message_of_the_topic() {
    let mut messages = Messages::default();
    arrive(&mut messages, "a", b"{\"in\":{\"t\":1},\"n\":1}");
    arrive(&mut messages, "a", b"{\"in\":{\"t\":2},\"n\":2}");
    let mut screen = Screen::default();
    select(&messages, &mut screen, 0, PayloadForm::Json);
    let path = screen.details.json_row(1).expect("a row").path;
    screen.change(Change::Fold(path), &messages);
    for seq in [0, 1] {
        select(&messages, &mut screen, seq, PayloadForm::Json);
        let names: Vec<_> = (0..9).filter_map(|row| Some(screen.details.json_row(row)?.path.to_string())).collect();
        assert_eq!(names, ["$", "$.in", "$.n"]);
        assert!(screen.details.json_row(1).expect("a row").is_folded);
    }
}

#[test]
fn a_walk_through_the_list_stays_within_it() {
    let mut messages = Messages::default();
    for payload in [b"0", b"1", b"2"] {
        arrive(&mut messages, "a", payload);
    }
    let mut screen = Screen::default();
    screen.refresh(&messages);
    let steps = [(-1, 2), (-1, 1), (-10, 0), (1, 1), (isize::MAX, 2), (isize::MIN, 0)];
    for (rows, expected) in steps {
        screen.change(Change::Move(rows), &messages);
        screen.refresh(&messages);
        assert_eq!((screen.list.selected, screen.list.revealed()), (Some(expected), usize::try_from(expected).ok()));
    }
    screen.refresh(&messages);
    assert_eq!(screen.list.revealed(), None, "only once");
}

#[test]
fn a_held_tree_shows_what_it_showed() {
    let mut messages = Messages::default();
    arrive(&mut messages, "a", b"1");
    let mut screen = Screen::default();
    screen.refresh(&messages);
    screen.change(Change::TopicsPaused(true), &messages);
    let value = |messages: &Messages, screen: &mut Screen| {
        let cells = view(messages, screen, now()).topic(0).expect("a row");
        (cells.messages, cells.value.expect("a value"))
    };
    assert_eq!(value(&messages, &mut screen), (1, "1".to_owned()));
    arrive(&mut messages, "a", b"2");
    assert_eq!(value(&messages, &mut screen), (1, "1".to_owned()));
    screen.change(Change::TopicsPaused(false), &messages);
    assert_eq!(value(&messages, &mut screen), (2, "2".to_owned()));
}

#[test]
fn an_export_says_of_each_message_what_it_was_and_where_it_came_from() {
    let mut messages = Messages::default();
    arrive(&mut messages, "a,b", "温\"度".as_bytes());
    arrive(&mut messages, "bytes", &[0, 0xFF]);
    arrive(&mut messages, "formula", b"=1+1");
    let confirmed = Delivery::Confirmed { accept: Duration::from_millis(20), ack: Duration::from_millis(50) };
    publish(&mut messages, 1, Qos::AtLeastOnce, confirmed);
    let export = Export::new(&messages, messages.log().range(), true);
    assert!(export.file_name(ExportFormat::Json).ends_with("-SIMULATED.json"));
    let json: serde_json::Value = serde_json::from_str(&export.text(ExportFormat::Json)).expect("JSON");
    assert_eq!((&json[0]["text"], &json[0]["source"]), (&"温\"度".into(), &"SIMULATED".into()));
    assert_eq!((&json[1]["base64"], &json[1]["charset"]), (&"AP8=".into(), &"binary".into()));
    assert_eq!((&json[3]["delivery"], &json[3]["took_ms"]), (&"confirmed".into(), &70.0.into()));
    let csv = export.text(ExportFormat::Csv);
    let lines: Vec<_> = csv.lines().collect();
    assert!(lines[1].contains(",SIMULATED,received,\"a,b\",,,,,7,UTF-8,\"温\"\"度\""), "{}", lines[1]);
    assert!(lines[2].ends_with(",2,binary,AP8=,,false"), "{}", lines[2]);
    assert!(lines[3].ends_with(",'=1+1,,false"), "{}", lines[3]);
    assert!(lines[4].contains(",published,mqtt/sub,1,false,confirmed,70.000,2,"), "{}", lines[4]);
    assert!(!Export::new(&messages, 0..1, false).file_name(ExportFormat::Csv).contains("SIMULATED"));
}

#[test]
fn a_frame_works_out_only_what_is_seen() {
    let mut messages = Messages::new(crate::model::messages::HistoryLimit { entries: 20_000, bytes: usize::MAX });
    for number in 0..20_000 {
        arrive(&mut messages, &format!("site/{number}"), b"{\"t\":1}");
    }
    let mut screen = Screen::default();
    select(&messages, &mut screen, 19_999, PayloadForm::Json);
    screen.refresh(&messages);
    while screen.is_behind() {
        screen.refresh(&messages);
    }
    // Nothing is made again for a message that changes no row above it.
    assert!(!screen.topics.refresh(messages.tree()));
    let before = screen.list.len();
    arrive(&mut messages, "site/7", b"{\"t\":2}");
    screen.refresh(&messages);
    assert_eq!((before, screen.list.len()), (20_000, 20_000));
    assert_eq!(messages.received(), screen.list.len() as u64 + messages.log().trimmed());
}

#[test]
fn a_message_can_be_put_into_the_composer_without_losing_a_byte() {
    let mut messages = Messages::default();
    arrive(&mut messages, "text", "温度\n".as_bytes());
    arrive(&mut messages, "bytes", &[0xFF, 0x00, 0x1A]);
    let mut screen = Screen::default();
    for (seq, payload) in [(0, "温度\n".as_bytes()), (1, &[0xFF, 0x00, 0x1A])] {
        screen.change(Change::Reuse(seq), &messages);
        let draft = screen.composer.judge(screen.filling(now())).draft.expect("a draft");
        assert_eq!(draft.payload, payload);
    }
    assert_eq!(screen.composer.format, PayloadFormat::Hex);
}

/// Tells the model as the application does, so that it knows what is reached.
fn reach(model: &mut crate::model::Model, number: u64, host: &str, reception: Reception) {
    let generation = Generation(number);
    model.apply(&Input::Began { generation, link: "COM5".to_owned(), is_simulated: false, own_broker: None });
    let connection = request::Connection { reception, ..request::Connection::new(host, 1883, "c") };
    let request = Box::new(Request::Connect(Box::new(connection)));
    model.apply(&Input::Asked { id: RequestId(number), request });
}

fn receive(model: &mut crate::model::Model, number: u64, bytes: usize) {
    let message = message("a", &vec![b'x'; bytes], Qos::AtMostOnce);
    let event = Event::Message(Arrival { at: Moment::ZERO, announced: bytes, message });
    model.apply(&Input::Told { generation: Generation(number), event });
}

#[test]
fn between_two_connections_is_a_seam_that_names_the_broker() {
    let mut model = crate::model::Model::default();
    reach(&mut model, 1, "one", Reception::Direct);
    receive(&mut model, 1, 3);
    receive(&mut model, 1, 3);
    reach(&mut model, 2, "two", Reception::Direct);
    receive(&mut model, 2, 3);
    let mut screen = Screen::default();
    let page = view(model.messages(), &mut screen, now());
    let seams: Vec<_> = (0..4).filter_map(|row| Some((row, page.seam(row)?.broker))).collect();
    assert_eq!(seams, [(2, Some("two:1883".to_owned()))]);
    assert_eq!((0..4).filter(|row| page.message(*row).is_some()).count(), 3);
    assert_eq!(page.screen().list.seqs().count(), 3, "a seam is nothing to be saved");
    screen.change(Change::Select(Some(2)), model.messages());
    screen.change(Change::Move(-1), model.messages());
    assert_eq!(screen.list.selected, Some(1), "the keys pass over it");
    screen.change(Change::Move(1), model.messages());
    assert_eq!(screen.list.selected, Some(2));
    screen.list.filter.search = "nothing".to_owned();
    screen.refresh(model.messages());
    assert!(screen.list.is_empty(), "where no message is, there is no seam");
}

/// Tells the model which firmware answered `ATI`.
fn identify(model: &mut crate::model::Model, number: u64, name: &str) {
    let firmware = Some(Observed::new(Firmware::parse(name), Moment::ZERO, "ATI"));
    let event = Event::Status(Box::new(Status { firmware, ..Status::default() }));
    model.apply(&Input::Told { generation: Generation(number), event });
}

#[test]
fn the_limit_of_one_model_says_nothing_of_a_message_on_another() {
    let is_cut = |name: &str, bytes: usize| {
        let mut model = crate::model::Model::default();
        reach(&mut model, 1, "one", Reception::Direct);
        identify(&mut model, 1, name);
        receive(&mut model, 1, bytes);
        view(model.messages(), &mut Screen::default(), now()).message(0).map(|row| row.is_probably_cut)
    };
    for (name, at_1360, at_4100) in [
        ("AirM2M_780E_V1169_LTE_AT", true, false),
        ("AirM2M_780EP_V1010_LTE_AT", false, true),
        ("AirM2M_780EX_V1010_LTE_AT", true, true),
    ] {
        assert_eq!((is_cut(name, 1_360), is_cut(name, 4_100)), (Some(at_1360), Some(at_4100)), "{name}");
    }
}

#[test]
fn what_is_as_long_as_the_module_prints_at_most_is_probably_cut() {
    let table =
        [(1_360, Reception::Direct, true), (1_359, Reception::Direct, false), (1_360, Reception::Cached, false)];
    for (bytes, reception, is_cut) in table {
        let mut model = crate::model::Model::default();
        reach(&mut model, 1, "one", reception);
        receive(&mut model, 1, bytes);
        let mut screen = Screen::default();
        let page = view(model.messages(), &mut screen, now());
        assert_eq!(page.message(0).map(|row| row.is_probably_cut), Some(is_cut), "{bytes} {reception:?}");
        let export = Export::new(model.messages(), 0..1, false);
        let json: serde_json::Value = serde_json::from_str(&export.text(ExportFormat::Json)).expect("JSON");
        assert_eq!((&json[0]["probably_cut"], &json[0]["broker"]), (&is_cut.into(), &"one:1883".into()));
        assert!(export.text(ExportFormat::Csv).trim_end().ends_with(&format!(",one:1883,{is_cut}")));
    }
}

#[test]
fn a_question_about_a_retained_message_never_goes_to_another_broker() {
    let mut model = crate::model::Model::default();
    reach(&mut model, 1, "one", Reception::Direct);
    receive(&mut model, 1, 3);
    let mut screen = Screen::default();
    screen.refresh(model.messages());
    let node = screen.topics.rows()[0].node;
    screen.change(Change::AskClear(Some(node)), model.messages());
    screen.refresh(model.messages());
    assert_eq!(screen.clearing.len(), 1);
    reach(&mut model, 2, "two", Reception::Direct);
    receive(&mut model, 2, 3);
    screen.refresh(model.messages());
    assert!(screen.clearing.is_empty());
}

#[test]
fn details_open_in_the_form_that_fits_until_the_user_chooses_one() {
    let mut messages = Messages::default();
    for payload in [&br#"{"t":21}"#[..], b"21", b"closed", &[0, 0xff, 0x13]] {
        arrive(&mut messages, "a", payload);
    }
    let mut screen = Screen::default();
    let expected = [PayloadForm::Json, PayloadForm::Text, PayloadForm::Text, PayloadForm::Hex];
    for (seq, form) in (0..).zip(expected) {
        screen.change(Change::Select(Some(seq)), &messages);
        assert_eq!(screen.details.form, form, "{seq}");
    }
    screen.change(Change::Form(PayloadForm::Text), &messages);
    screen.change(Change::Select(Some(0)), &messages);
    assert_eq!(screen.details.form, PayloadForm::Text);
}
