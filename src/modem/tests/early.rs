//! A module that is still starting, a radio that is off, an access point that does not fit: told early, and by name.

use super::*;
use crate::modem::{
    event::{LossCause, Note, Refusal},
    request::{AccessPoint, Authentication},
    status::Session,
};

fn notes(world: &World) -> Vec<&Note> {
    let notes = world.events.iter().filter_map(|event| match event {
        Event::Note { note, .. } => Some(note),
        _ => None,
    });
    notes.collect()
}

#[test]
fn a_command_that_comes_too_early_is_asked_again_and_no_trouble() {
    let mut cues = good_connect();
    let signal = cues.iter().position(|cue| cue.expects == "AT+CSQ").expect("a question");
    cues.insert(signal, cue("AT+CSQ", &["+CME ERROR: 4"]));
    let config = cues.iter().position(|cue| cue.expects.starts_with("AT+MCONFIG")).expect("a line");
    cues.insert(config, cue(r#"AT+MCONFIG="unit-7","root","s3cret""#, &["+CME ERROR: 14"]));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(world.now.as_millis() < 3_000, "{}", world.now);
    let early = |note: &&&Note| matches!(note, Note::TooEarly { .. });
    assert_eq!(notes(&world).iter().filter(early).count(), 2, "{:?}", notes(&world));
    let refused: Vec<_> = world.records().into_iter().filter(|record| record.result.is_err()).collect();
    assert_eq!(refused.len(), 2);
    assert!(refused.iter().all(|record| record.is_forgiven), "{refused:?}");
    assert!(!world.events.iter().any(|event| matches!(event, Event::Rung { state: RungState::Failed, .. })));
}

#[test]
fn a_command_that_stays_refused_is_refused_soon() {
    let mut cues: Vec<_> = good_connect().into_iter().take(11).collect();
    let config = r#"AT+MCONFIG="unit-7","root","s3cret""#;
    cues.extend((0..6).map(|_| cue(config, &["+CME ERROR: 4"])));
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::Refused { refusal: Refusal::Cme(4), .. })));
    assert!(world.now.as_millis() < 6_000, "{}", world.now);
    assert_eq!(notes(&world).len(), 1, "it is told once");
    assert!(!world.records().last().expect("a record").is_forgiven);
}

#[test]
fn long_after_the_start_nothing_comes_too_early() {
    let mut world = connected([cue(r#"AT+MSUB="later",0"#, &["+CME ERROR: 4"])]);
    world.now += Duration::from_mins(1);
    let later = Subscription { filter: "later".parse().expect("a filter"), qos: Qos::AtMostOnce };
    world.request(Request::Subscribe(later));
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::Refused { refusal: Refusal::Cme(4), .. })));
    assert_eq!(notes(&world), Vec::<&Note>::new());
}

#[test]
fn a_typed_line_that_comes_too_early_is_told_and_not_repeated() {
    let mut world = World::new([cue("AT+MCONNECT=1,60", &["+CME ERROR: 4"])]);
    world.request(Request::Raw("AT+MCONNECT=1,60".into()));
    world.run();
    assert!(matches!(notes(&world)[..], [Note::TooEarly { refusal: Refusal::Cme(4), .. }]));
    assert_eq!(world.sent.len(), 1);
}

fn idle_bring_up(state: u8) -> Vec<Cue> {
    let mut cues: Vec<_> = good_bring_up().into_iter().take(5).collect();
    cues.extend([
        cue("AT+CEREG?", &[&format!("+CEREG: 0,{state}\nOK")]),
        cue("AT+CGREG?", &[&format!("+CGREG: 0,{state}\nOK")]),
    ]);
    cues
}

#[test]
fn a_radio_that_is_off_is_named_at_once() {
    for (state, function) in [(0, 4), (4, 0)] {
        let mut cues = idle_bring_up(state);
        cues.push(cue("AT+CFUN?", &[&format!("+CFUN: {function}\nOK")]));
        let mut world = World::new(cues);
        world.request(Request::BringUp);
        world.run();
        assert_eq!(world.only_result(), Err(Fault::RadioOff { function }));
        assert!(world.now.as_millis() < 1_000, "{}", world.now);
        let (rung, entry) = world.modem.status().ladder.first_failed().expect("a failure");
        assert_eq!(
            (rung, entry.evidence.as_ref().map(|shown| shown.line.clone())),
            (Rung::Network, Some(format!("+CFUN: {function}")))
        );
        assert_eq!(world.modem.status().details.function.as_ref().map(|seen| seen.value), Some(function));
    }
}

#[test]
fn a_radio_that_is_on_is_asked_for_once_and_the_network_is_waited_for() {
    let mut cues = idle_bring_up(0);
    cues.push(cue("AT+CFUN?", &["+CFUN: 1\nOK"]));
    cues.extend([cue("AT+CEREG?", &["+CEREG: 0,0\nOK"]), cue("AT+CGREG?", &["+CGREG: 0,0\nOK"])]);
    cues.extend(good_bring_up().into_iter().skip(5));
    let mut world = World::new(cues);
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
}

#[test]
fn a_card_that_is_not_seen_while_the_radio_is_off_is_no_missing_card() {
    let cues = |reply, function| {
        good_bring_up().into_iter().take(3).chain([cue("AT+CPIN?", &[reply]), cue("AT+CFUN?", &[function])])
    };
    for (reply, function, fault) in [
        ("+CME ERROR: 10", "+CFUN: 0\nOK", Fault::RadioOff { function: 0 }),
        ("+CME ERROR: 797", "+CFUN: 4\nOK", Fault::RadioOff { function: 4 }),
        ("+CME ERROR: 10", "+CFUN: 1\nOK", Fault::SimNotReady { state: "SIM not inserted".into() }),
        ("+CME ERROR: 10", "ERROR", Fault::SimNotReady { state: "SIM not inserted".into() }),
    ] {
        let mut world = World::new(cues(reply, function));
        world.request(Request::BringUp);
        world.run();
        assert_eq!(world.only_result(), Err(fault), "{reply} {function}");
    }
}

#[test]
fn an_access_point_that_gives_no_address_is_given_up_within_its_own_time() {
    let wanted = AccessPoint {
        name: "wrong.apn".into(),
        user: String::new(),
        password: Password::new(""),
        auth: Authentication::None,
    };
    let bare = "+CGDCONT: 1,\"IP\",\"wrong.apn\",\"\"\nOK";
    let mut cues = vec![
        cue("AT+CPNETAPN?", &["MODE:3\nAPN:\nUSR:\nPWD:\nAUTHMODE:0\nOK"]),
        cue(r#"AT+CPNETAPN=2,"wrong.apn","","",0"#, &["OK"]),
    ];
    cues.extend((0..12).map(|_| cue("AT+CGDCONT?", &[bare])));
    cues.extend([cue("AT+CFUN=0", &["OK"]), cue("AT+CFUN=1", &["OK"])]);
    cues.extend((0..20).map(|_| cue("AT+CGDCONT?", &[bare])));
    let mut world = World::new(cues);
    world.request(Request::SetAccessPoint(wanted));
    world.run_until(Moment::from_millis(60_000));
    assert!(matches!(world.only_result(), Err(Fault::NotAttached { .. })), "{:?}", world.only_result());
    assert!(world.now.as_millis() <= 31_000, "{}", world.now);
    let set = world.modem.status().access_point_set.as_ref().map(|seen| seen.value.as_str());
    assert_eq!(set, Some("wrong.apn"));
}

#[test]
fn what_was_asked_for_is_told_with_its_line() {
    let table = [
        ("AT+RESET", &["OK", "^boot.rom'v'!\\n\nRDY"][..], LossCause::ModuleRestarted),
        ("AT+CFUN=1,1", &["OK", "^boot.rom'v'!\\n\nRDY"], LossCause::ModuleRestarted),
        ("AT+CFUN=0", &["OK", "+CGEV: ME DETACH"], LossCause::BearerLost),
        ("AT+CFUN=4", &["OK", "+CGEV: ME PDN DEACT 1"], LossCause::BearerLost),
        ("AT+CGATT=0", &["OK", "+PDP: DEACT"], LossCause::BearerLost),
        ("AT+CIPSHUT", &["SHUT OK", "CLOSED"], LossCause::Closed),
    ];
    for (line, replies, cause) in table {
        let mut world = connected([cue(line, replies)]);
        world.request(Request::Raw(line.into()));
        world.run();
        let lost: Vec<_> = world
            .events
            .iter()
            .filter_map(|event| match event {
                Event::SessionLost { cause, asked, .. } => Some((*cause, asked.as_ref().map(ToString::to_string))),
                _ => None,
            })
            .collect();
        assert_eq!(lost, [(cause, Some(line.to_owned()))], "{line}");
        assert_eq!(world.modem.status().ladder.first_failed().map(|(rung, _)| rung), None, "{line}");
        assert_eq!(world.modem.status().session, Session::Offline);
        assert_eq!(world.modem.status().losses.len(), 0, "{line}");
    }
    let mut world = connected([cue("AT+RESET", &["OK"])]);
    world.request(Request::Raw("AT+RESET".into()));
    world.run();
    world.now += Duration::from_mins(2);
    world.says(b"\r\nRDY\r\n");
    let asked = world.events.iter().any(|event| matches!(event, Event::SessionLost { asked: Some(_), .. }));
    assert!(!asked, "two minutes later it is another restart");
}

#[test]
fn refusals_that_nobody_minds_are_marked() {
    let mut cues = good_connect();
    cues[1] = cue("AT+CMEE=1", &["ERROR"]);
    cues[9] = cue("AT+MQTTMSGSET=0", &["ERROR"]);
    cues.extend([
        cue("AT+FSDEL=\"gone.crt\"", &["+CME ERROR: 62"]),
        cue("AT+CIPCLOSE", &["+CME ERROR: 3"]),
        cue("AT+CGEREP=2,1", &["ERROR"]),
        cue("AT+FSCREATE=\"a\"", &["ERROR"]),
    ]);
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    for line in ["AT+FSDEL=\"gone.crt\"", "AT+CIPCLOSE", "AT+CGEREP=2,1", "AT+FSCREATE=\"a\""] {
        world.request(Request::Raw(line.into()));
    }
    world.run();
    let refused: Vec<_> = world
        .records()
        .into_iter()
        .filter(|record| record.result.is_err())
        .map(|record| (record.command.as_str(), record.is_forgiven))
        .collect();
    assert_eq!(
        refused,
        [
            ("AT+CMEE=1", true),
            ("AT+MQTTMSGSET=0", true),
            ("AT+FSDEL=\"gone.crt\"", true),
            ("AT+CIPCLOSE", true),
            ("AT+CGEREP=2,1", true),
            ("AT+FSCREATE=\"a\"", false)
        ]
    );
}
