//! What goes wrong: refusals, losses, silence, late answers, stops.

use super::*;
use crate::modem::{
    event::{Awaited, LossCause, Note, PortFault, Refusal, ValueFault},
    status::{Session, SubscriptionState},
};

fn up_to(index: usize) -> Vec<Cue> {
    good_connect().into_iter().take(index).collect()
}

/// Positions in [`good_connect`].
const STATE: usize = 8;
const OPEN: usize = 12;
const LOGIN: usize = 13;

fn losses(world: &World) -> Vec<LossCause> {
    let losses = world.events.iter().filter_map(|event| match event {
        Event::SessionLost { cause, .. } => Some(*cause),
        _ => None,
    });
    losses.collect()
}

#[test]
fn an_open_session_is_closed_first_whatever_the_close_answers() {
    let mut cues = up_to(STATE);
    cues.extend([
        cue("AT+MQTTSTATU", &["+MQTTSTATU :1\nOK"]),
        cue("AT+MDISCONNECT", &["OK\nCLOSED"]),
        cue("AT+MIPCLOSE", &["+CME ERROR: 767"]),
    ]);
    cues.extend(good_connect().into_iter().skip(STATE + 1));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(losses(&world).is_empty());
}

#[test]
fn a_link_that_exists_already_is_closed_and_opened_anew() {
    let mut cues = up_to(OPEN);
    cues.extend([cue(r#"AT+MIPSTART="broker.example",1883"#, &["OK", "ALREADY CONNECT"]), cue("AT+MIPCLOSE", &["OK"])]);
    cues.extend(good_connect().into_iter().skip(OPEN));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert_eq!(world.only_result(), Ok(()));
}

#[test]
fn a_refused_link_accuses_tcp_with_its_evidence() {
    let mut cues = up_to(OPEN);
    cues.extend(failed_link(&["OK", "STATE: IP STATUS\nCONNECT FAIL"]));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    let Err(Fault::BadOutcome { expected, got, after, .. }) = world.only_result() else { panic!("no bad outcome") };
    assert_eq!((expected, got.as_str(), after.as_millis()), (Awaited::Link, "CONNECT FAIL", 21));
    assert_eq!(world.modem.status().ladder.first_failed().map(|(rung, _)| rung), Some(Rung::Tcp));
    let link = world.records().into_iter().find(|record| record.command.starts_with("AT+MIPSTART"));
    assert_eq!(link.expect("a record").answer, ["OK", "STATE: IP STATUS", "CONNECT FAIL"]);
    assert_eq!(world.state(Rung::Dns), RungState::Confirmed, "the name resolved");
}

#[test]
fn a_name_without_address_accuses_dns_and_not_tcp() {
    let mut cues = up_to(OPEN);
    cues.extend(failed_link(&["OK", "CONNECT FAIL"]).into_iter().take(4));
    cues.push(cue(r#"AT+CDNSGIP="broker.example""#, &["OK", "+CDNSGIP:0,11"]));
    cues.push(cue("AT+CDNSCFG?", &["PrimaryDns: 192.0.2.53\nSecondaryDns: 0.0.0.0\nOK"]));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    let unknown = Fault::NotResolved { host: "broker.example".into(), number: Some(11) };
    assert_eq!(world.only_result(), Err(unknown.clone()));
    let ladder = &world.modem.status().ladder;
    assert_eq!(
        ladder.first_failed().map(|(rung, entry)| (rung, entry.fault.clone())),
        Some((Rung::Dns, Some(unknown)))
    );
    assert_eq!(world.state(Rung::Tcp), RungState::Unknown);
    let line = ladder.entry(Rung::Dns).evidence.as_ref().map(|shown| shown.line.as_str());
    assert_eq!(line, Some("+CDNSGIP:0,11"));
}

#[test]
fn a_module_that_cannot_look_a_name_up_leaves_the_link_accused() {
    let mut cues = up_to(OPEN);
    cues.extend(failed_link(&["OK", "CONNECT FAIL"]).into_iter().take(3));
    cues.push(cue("AT+CIFSR", &["+CME ERROR: 3"]));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::BadOutcome { expected: Awaited::Link, .. })));
    assert_eq!((world.state(Rung::Dns), world.state(Rung::Tcp)), (RungState::Unknown, RungState::Failed));
}

#[test]
fn a_module_without_service_accuses_the_network_until_service_is_back() {
    for (lost, back) in [("+NO Service", "+E_UTRAN Service"), ("^MODE: 0,0", "^MODE: 17,17")] {
        let mut world = connected([]);
        world.says(&framed(lost));
        let entry = world.modem.status().ladder.entry(Rung::Network).clone();
        assert_eq!((entry.state, entry.fault), (RungState::Failed, Some(Fault::NoService)), "{lost}");
        assert_eq!(entry.evidence.map(|shown| shown.line).as_deref(), Some(lost));
        assert_eq!(world.modem.status().session, Session::Connected, "the session may outlive a gap");
        world.says(&framed("+CGEV: NW PDN DEACT 1"));
        assert_eq!(world.modem.status().ladder.first_failed().map(|(rung, _)| rung), Some(Rung::Network));
        world.says(&framed(back));
        assert_eq!(world.state(Rung::Network), RungState::Confirmed, "{back}");
    }
}

#[test]
fn a_wish_after_the_end_is_refused_once() {
    let mut world = connected([]);
    world.modem.handle_closed(world.now, Some(PortFault::Missing { port: "COM5".into() }));
    world.poll();
    world.events.clear();
    let id = world.request(Request::ReadSignal);
    assert_eq!(world.results(), [(id, Err(Fault::Port(PortFault::Missing { port: "COM5".into() })))]);
    assert_eq!(world.modem.poll_transmit().map(|transmit| transmit.bytes), None);
}

#[test]
fn a_card_is_unlocked_by_its_pin_which_nobody_sees() {
    let mut world = World::new([cue("AT+CPIN=\"8642\"", &["+CPIN: READY\nOK"])]);
    world.request(Request::EnterPin(Password::new("8642")));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert_eq!(world.state(Rung::Sim), RungState::Confirmed);
    assert!(!format!("{:?}{:?}", world.events, world.modem).contains("8642"));
    for pin in ["", "123", "123456789", "12a4"] {
        let mut world = World::new([]);
        world.request(Request::EnterPin(Password::new(pin)));
        assert!(matches!(world.only_result(), Err(Fault::BadValue { what: "PIN", .. })), "{pin}");
        assert_eq!(world.sent.len(), 0);
    }
}

#[test]
fn settings_of_names_and_encryption_are_one_command_each() {
    let mut world = World::new([
        cue(r#"AT+CDNSCFG="192.0.2.53","192.0.2.54""#, &["OK"]),
        cue(r#"AT+SSLCFG="hostname",88,"#, &["OK"]),
    ]);
    let secondary = Some("192.0.2.54".parse().expect("an address"));
    world.request(Request::SetNameServers { primary: "192.0.2.53".parse().expect("an address"), secondary });
    world.request(Request::EraseTlsSetting("hostname".into()));
    let unknown = world.request(Request::EraseTlsSetting("ignoreltime".into()));
    world.run();
    let ends: Vec<_> = world.results().into_iter().map(|(id, result)| (id == unknown, result.is_ok())).collect();
    assert_eq!(ends, [(true, false), (false, true), (false, true)]);
}

#[test]
fn a_typed_publish_is_held_against_both_limits() {
    let typed = |bytes: usize| format!("AT+MPUB=\"t\",0,0,\"{}\"", "x".repeat(bytes));
    let mut world = connected([cue(&typed(2_385), &["OK"])]);
    world.request(Request::Raw(typed(2_385)));
    let refused = world.request(Request::Raw(typed(4_101)));
    world.run();
    let warned = world.events.iter().any(|event| {
        matches!(event, Event::Note { note: Note::BeyondLimit { limit: 2_384, origin: "the tutorial", .. }, .. })
    });
    assert!(warned, "{:?}", world.events);
    let why = ValueFault::TooLong { bytes: 4_101, limit: 4_100, origin: "the AT manual" };
    assert!(world.results().contains(&(refused, Err(Fault::BadValue { what: "message of AT+MPUB", why }))));
}

#[test]
fn a_link_that_never_opens_is_given_up_and_given_back() {
    let mut cues = up_to(OPEN);
    cues.extend([
        cue(r#"AT+MIPSTART="broker.example",1883"#, &["OK"]),
        cue("AT", &["OK"]),
        cue("AT+MIPCLOSE", &["OK"]),
    ]);
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::TimedOut { expected: Awaited::Link, .. })));
    assert_eq!(world.state(Rung::Tcp), RungState::Failed);
    assert_eq!(world.sent.last().map(String::as_str), Some("AT+MIPCLOSE"));
}

#[test]
fn login_refusals_in_every_known_form() {
    for (reply, got) in [("CLOSED", "CLOSED"), ("ERROR", "ERROR"), ("+CME ERROR: 3", "+CME ERROR: 3")] {
        let mut cues = up_to(LOGIN);
        cues.push(cue("AT+MCONNECT=1,120", &["OK", reply]));
        cues.push(cue("AT+MIPCLOSE", &["OK"]));
        let mut world = World::new(cues);
        world.request(connect());
        world.run();
        let result = world.only_result();
        assert!(matches!(&result, Err(Fault::BadOutcome { got: line, .. }) if line == got), "{result:?}");
        assert_eq!(world.state(Rung::Mqtt), RungState::Failed, "{reply}");
        assert_eq!(world.modem.status().session, Session::Offline);
        assert!(losses(&world).is_empty(), "there was no session to lose");
    }
}

#[test]
fn a_767_at_the_login_is_settled_by_the_state() {
    let mut cues = up_to(LOGIN);
    cues.extend([cue("AT+MCONNECT=1,120", &["+CME ERROR: 767"]), cue("AT+MQTTSTATU", &["+MQTTSTATU :1\nOK"])]);
    cues.extend(good_connect().into_iter().skip(LOGIN + 1));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert_eq!(world.only_result(), Ok(()));
}

#[test]
fn a_767_at_the_login_without_a_link_is_told_as_it_was() {
    let mut cues = up_to(LOGIN);
    cues.extend([cue("AT+MCONNECT=1,120", &["+CME ERROR: 767"]), cue("AT+MQTTSTATU", &["+MQTTSTATU :0\nOK"])]);
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    let command = "AT+MCONNECT=1,120".to_owned();
    assert_eq!(world.only_result(), Err(Fault::Refused { command: command.into(), refusal: Refusal::Cme(767) }));
    assert_eq!(world.state(Rung::Mqtt), RungState::Failed);
}

#[test]
fn polling_for_registration_does_not_look_like_a_loss() {
    let mut cues: Vec<_> = good_bring_up().into_iter().take(5).collect();
    cues.extend([
        cue("AT+CEREG?", &["+CEREG: 2\n+CEREG: 0,2\nOK"]),
        cue("AT+CGREG?", &["+CGREG: 0,2\nOK"]),
        cue("AT+CEREG?", &["+CEREG: 0,1\nOK"]),
    ]);
    cues.extend(good_bring_up().into_iter().skip(6));
    let mut world = World::new(cues);
    world.request(Request::BringUp);
    world.run();
    let states: Vec<_> = world
        .events
        .iter()
        .filter_map(|event| match event {
            Event::Rung { rung: Rung::Network, state, .. } => Some(*state),
            _ => None,
        })
        .collect();
    assert_eq!(states, [RungState::Trying, RungState::Confirmed]);
}

#[test]
fn a_question_typed_by_hand_refreshes_what_is_known() {
    let mut world = connected([cue("AT+CEREG?", &["+CEREG: 0,2\nOK"])]);
    world.request(Request::Raw("AT+CEREG?".into()));
    world.run();
    assert_eq!(world.modem.status().registration.as_ref().map(|seen| seen.value.stat), Some(2));
    assert_eq!(world.state(Rung::Network), RungState::Stale);
}

#[test]
fn a_session_closed_by_hand_is_over_and_not_lost() {
    let mut world = connected([cue("AT+MIPCLOSE", &["OK"])]);
    world.request(Request::Raw("AT+MIPCLOSE".into()));
    world.run();
    assert_eq!(world.modem.status().session, Session::Offline);
    assert!(losses(&world).is_empty());
}

#[test]
fn words_may_come_before_the_ok() {
    let mut cues = up_to(OPEN);
    cues.extend([
        cue(r#"AT+MIPSTART="broker.example",1883"#, &["7,CONNECT OK", "OK"]),
        cue("AT+MCONNECT=1,120", &["CONNACK OK\nOK"]),
        cue(r#"AT+MSUB="mqtt/pub",1"#, &["SUBACK\nOK"]),
    ]);
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert_eq!(world.only_result(), Ok(()));
}

#[test]
fn every_loss_is_told_once_and_takes_its_rungs_away() {
    let table: [(&[u8], LossCause, Rung); 5] = [
        (b"\r\nCLOSED\r\n", LossCause::Closed, Rung::Mqtt),
        (b"\r\n+PDP DEACT\r\n", LossCause::BearerLost, Rung::Data),
        (b"\r\n+CGEV: NW PDN DEACT 1\r\n\r\nCLOSED\r\n", LossCause::BearerLost, Rung::Data),
        (b"^boot.rom'v'!\\n\r\nRDY\r\n\r\nRDY\r\n", LossCause::ModuleRestarted, Rung::At),
        (b"\r\n+CPIN: SIM REMOVED 0\r\n", LossCause::SimRemoved, Rung::Sim),
    ];
    for (bytes, cause, rung) in table {
        let mut world = connected([]);
        world.says(bytes);
        assert_eq!(losses(&world), [cause]);
        assert_eq!(world.modem.status().ladder.first_failed().map(|(rung, _)| rung), Some(rung), "{cause:?}");
        assert_eq!(world.state(Rung::Subscribed), RungState::Stale);
        let status = world.modem.status();
        assert_eq!(status.session, Session::Offline);
        assert_eq!(status.subscriptions[0].state, SubscriptionState::Wanted);
    }
}

#[test]
fn boot_lines_of_a_module_that_is_just_waking_up_are_no_loss() {
    let mut cues = good_bring_up();
    cues[0] = cue("AT", &["OK\n^boot.rom'v'!\\n\nRDY\n+E_UTRAN Service"]);
    let mut world = World::new(cues);
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(losses(&world).is_empty());
}

#[test]
fn a_restart_ends_the_wait_at_once() {
    let mut cues = up_to(OPEN);
    cues.push(cue(r#"AT+MIPSTART="broker.example",1883"#, &["OK", "^boot.rom'v'!\\n\nRDY"]));
    let mut world = World::new(cues);
    world.request(connect());
    world.run_until(Moment::from_millis(2_000));
    assert_eq!(world.only_result(), Err(Fault::SessionLost(LossCause::ModuleRestarted)));
}

#[test]
fn closing_in_order_is_no_loss() {
    let mut world = connected([cue("AT+MDISCONNECT", &["OK", "CLOSED"]), cue("AT+MIPCLOSE", &["+CME ERROR: 767"])]);
    world.request(Request::Disconnect);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(losses(&world).is_empty());
    assert_eq!(world.modem.status().session, Session::Offline);
    assert_eq!(world.state(Rung::Mqtt), RungState::Unknown);
}

#[test]
fn a_modem_that_falls_silent_is_told_after_three_exchanges() {
    let mut world = connected([]).without_echo();
    let signal = world.request(Request::ReadSignal);
    let publish = world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)));
    world.run();
    assert_eq!(world.sent, ["AT+CSQ", "AT", "AT"]);
    let results = world.results();
    assert!(matches!(results[0], (id, Err(Fault::TimedOut { .. })) if id == signal));
    assert_eq!(results[1], (publish, Err(Fault::Silent { tries: 2 })));
    assert_eq!(world.state(Rung::At), RungState::Failed);
}

#[test]
fn a_late_answer_is_never_the_answer_of_the_next() {
    let mut world = connected([cue("AT+CSQ", &[]), cue("AT", &["OK"]), cue("AT+CSQ", &["+CSQ: 7,0\nERROR"])]);
    world.request(Request::ReadSignal);
    world.run_until(world.now + Duration::from_millis(9_100));
    assert_eq!(world.results().len(), 1);
    world.says(b"\r\n+CSQ: 31,0\r\n\r\nOK\r\n");
    let second = world.request(Request::ReadSignal);
    world.run();
    assert_eq!(world.wire(WireKind::Late), ["+CSQ: 31,0", "OK"]);
    let refused = Fault::Refused { command: "AT+CSQ".into(), refusal: Refusal::Error };
    assert_eq!(world.results().last(), Some(&(second, Err(refused))));
}

#[test]
fn a_word_still_owed_by_a_closed_session_does_not_swallow_that_of_the_next() {
    let mut more = vec![cue(r#"AT+MSUB="late",0"#, &["OK"]), cue("AT", &["OK"])];
    more.extend([cue("AT+MDISCONNECT", &["OK"]), cue("AT+MIPCLOSE", &["OK"])]);
    more.extend(good_connect());
    let mut world = connected(more);
    let late = Subscription { filter: "late".parse().expect("a filter"), qos: Qos::AtMostOnce };
    world.request(Request::Subscribe(late));
    world.run();
    world.request(Request::Disconnect);
    world.run();
    let again = world.request(connect());
    world.run();
    assert_eq!(world.results().last(), Some(&(again, Ok(()))));
}

#[test]
fn unknown_lines_are_shown() {
    let mut world = connected([]);
    world.says(b"\r\nsomething \x1b new\xff\r\n");
    assert_eq!(world.wire(WireKind::Unrecognised), ["something <1B> new<FF>"]);
}

#[test]
fn a_second_flow_is_refused_and_a_stop_ends_the_first() {
    let mut cues: Vec<_> = good_bring_up().into_iter().take(5).collect();
    cues.extend([cue("AT+CEREG?", &["+CEREG: 0,2\nOK"]), cue("AT+CGREG?", &["+CGREG: 0,2\nOK"])]);
    let mut world = World::new(cues);
    let first = world.request(Request::BringUp);
    world.run_until(Moment::from_millis(500));
    let second = world.request(Request::BringUp);
    let stop = world.request(Request::Cancel(first));
    world.run();
    assert_eq!(world.results(), [(second, Err(Fault::Busy)), (first, Err(Fault::Cancelled)), (stop, Ok(()))]);
    assert!(!world.modem.status().is_busy);
}

#[test]
fn a_stop_while_the_link_opens_gives_the_link_back() {
    let mut cues = up_to(LOGIN);
    cues.push(cue("AT+MIPCLOSE", &["OK"]));
    let mut world = World::new(cues);
    let id = world.request(connect());
    world.run_until(Moment::from_millis(12 * 11 + 3));
    world.request(Request::Cancel(id));
    world.run();
    assert!(world.results().contains(&(id, Err(Fault::Cancelled))));
    assert_eq!(world.sent.last().map(String::as_str), Some("AT+MIPCLOSE"));
    assert_eq!(world.modem.status().session, Session::Offline);
}

#[test]
fn small_questions_run_while_a_flow_waits() {
    let mut cues: Vec<_> = good_bring_up().into_iter().take(5).collect();
    cues.extend([
        cue("AT+CEREG?", &["+CEREG: 0,2\nOK"]),
        cue("AT+CGREG?", &["+CGREG: 0,2\nOK"]),
        cue("AT+CCLK?", &["+CCLK: \"24/10/11,15:38:35+32\"\nOK"]),
        cue("AT+CEREG?", &["+CEREG: 0,1\nOK"]),
    ]);
    cues.extend(good_bring_up().into_iter().skip(6));
    let mut world = World::new(cues);
    let bring_up = world.request(Request::BringUp);
    world.run_until(Moment::from_millis(200));
    let raw = world.request(Request::Raw("AT+CCLK?".into()));
    world.run();
    assert_eq!(world.results(), [(raw, Ok(())), (bring_up, Ok(()))]);
}

#[test]
fn a_failed_subscription_leaves_the_session_and_is_told() {
    let mut cues = good_connect();
    cues.pop();
    cues.push(cue(r#"AT+MSUB="mqtt/pub",1"#, &["ERROR"]));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::Refused { .. })));
    assert_eq!(world.modem.status().session, Session::Connected);
    assert_eq!(world.state(Rung::Subscribed), RungState::Failed);
}

#[test]
fn a_port_that_goes_away_ends_everything_exactly_once() {
    let mut world = connected([cue("AT+CSQ", &[])]);
    let ids = [world.request(Request::ReadSignal), world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)))];
    let fault = PortFault::Unplugged { port: "/dev/ttyUSB0".into() };
    world.modem.handle_closed(world.now, Some(fault.clone()));
    world.modem.handle_closed(world.now, None);
    world.poll();
    assert_eq!(world.results(), ids.map(|id| (id, Err(Fault::Port(fault.clone())))));
    assert!(matches!(world.events.last(), Some(Event::Closed { fault: Some(_), .. })));
    assert_eq!(world.modem.poll_timeout(), None);
}

#[test]
fn no_event_and_no_text_holds_the_password() {
    let mut world = World::new(good_connect());
    world.request(connect());
    world.run();
    world.says(b"AT+MCONFIG=\"unit-7\",\"root\",\"s3cret\"\r\n");
    world.request(Request::Raw("AT+MCONFIG=unit-7,root,s3cret".into()));
    world.run();
    assert!(!format!("{:?}", world.events).contains("s3cret"));
    assert!(!format!("{:?}", world.modem).contains("s3cret"));
}
