//! Kept messages, lost sessions that come back, ways back from mild to harsh, and the module's own services.

use super::*;
use crate::modem::{
    event::{FileProgress, LossCause, Means, Note, RecoveryStep},
    request::{AccessPoint, Authentication, Contents, FileRef, Reception, Reconnect, Security},
    status::{Session, SubscriptionState},
};

fn steps(world: &World) -> Vec<RecoveryStep> {
    let steps = world.events.iter().filter_map(|event| match event {
        Event::Recovery(update) => Some(update.step.clone()),
        _ => None,
    });
    steps.collect()
}

fn notes(world: &World) -> Vec<Note> {
    let notes = world.events.iter().filter_map(|event| match event {
        Event::Note { note, .. } => Some(note.clone()),
        _ => None,
    });
    notes.collect()
}

fn payloads(world: &World) -> Vec<String> {
    let arrived = world.events.iter().filter_map(|event| match event {
        Event::Message(arrival) => Some(String::from_utf8_lossy(&arrival.message.payload).into_owned()),
        _ => None,
    });
    arrived.collect()
}

/// A world in which `wanted` is open.
fn open(wanted: Connection, more: impl IntoIterator<Item = Cue>) -> World {
    let mut cues = good_connect();
    if wanted.reception == Reception::Cached {
        cues[9] = cue("AT+MQTTMSGSET=1", &["OK"]);
        cues.push(empty_slots());
    }
    let mut world = World::new(cues.into_iter().chain(more));
    world.request(Request::Connect(Box::new(wanted)));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    world.events.clear();
    world.sent.clear();
    world
}

fn slots(held: [bool; 4]) -> Cue {
    let word = |holds: bool| if holds { "VALID" } else { "INVALID" };
    let lines: Vec<_> =
        held.iter().enumerate().map(|(slot, holds)| format!("+MQTTMSGGET: {slot},{}", word(*holds))).collect();
    cue("AT+MQTTMSGGET?", &[&format!("{}\nOK", lines.join("\n"))])
}

fn empty_slots() -> Cue {
    slots([false; 4])
}

fn cached() -> Connection {
    Connection { reception: Reception::Cached, ..connection() }
}

fn returning() -> Connection {
    let reconnect =
        Reconnect { first_pause: Duration::from_secs(2), longest_pause: Duration::from_secs(10), factor: 3 };
    Connection { reconnect: Some(reconnect), ..connection() }
}

#[test]
fn kept_messages_are_fetched_at_once() {
    let reports = "+MSUB: mqtt/pub,5 byte,first\n+MSUB: \"mqtt/pub\",4 byte,next\nOK";
    let mut world = open(cached(), [cue("AT+MQTTMSGGET", &[reports])]);
    world.says(b"\r\n+MSUB: 0\r\n\r\n+MSUB: 1\r\n");
    world.run();
    assert_eq!(world.sent, ["AT+MQTTMSGGET"]);
    assert_eq!(payloads(&world), ["first", "next"]);
    assert_eq!(notes(&world), []);
}

#[test]
fn what_the_slots_hold_from_before_is_fetched_after_the_login() {
    let mut cues = good_connect();
    cues[9] = cue("AT+MQTTMSGSET=1", &["OK"]);
    cues.push(slots([true, false, true, false]));
    cues.push(cue("AT+MQTTMSGGET", &["+MSUB: t,1 byte,a\n+MSUB: t,1 byte,b\nOK"]));
    let mut world = World::new(cues);
    world.request(Request::Connect(Box::new(cached())));
    world.run();
    assert_eq!(payloads(&world), ["a", "b"]);
    assert_eq!(notes(&world), []);
}

#[test]
fn a_firmware_without_the_question_for_slots_is_asked_for_everything() {
    let mut cues = good_connect();
    cues[9] = cue("AT+MQTTMSGSET=1", &["OK"]);
    cues.extend([cue("AT+MQTTMSGGET?", &["ERROR"]), cue("AT+MQTTMSGGET", &["+MSUB: t,1 byte,a\nOK"])]);
    let mut world = World::new(cues);
    world.request(Request::Connect(Box::new(cached())));
    world.run();
    assert_eq!(payloads(&world), ["a"]);
}

#[test]
fn messages_that_were_overwritten_are_counted() {
    let slots = "+MSUB: t,1 byte,c\n+MSUB: t,1 byte,d\n+MSUB: t,1 byte,e\n+MSUB: t,1 byte,f\nOK";
    let publish = cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["OK"]);
    let mut world = open(cached(), [publish, cue("AT+MQTTMSGGET", &[slots])]);
    world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)));
    world.run_until(world.now + Duration::from_millis(50));
    for slot in [0, 1, 2, 3, 0, 1] {
        world.says(format!("\r\n+MSUB: {slot}\r\n").as_bytes());
    }
    world.says(b"\r\nPUBACK\r\n");
    world.run();
    assert_eq!(payloads(&world), ["c", "d", "e", "f"]);
    assert_eq!(notes(&world), [Note::MessagesOverwritten { count: 2 }]);
    assert_eq!(world.modem.status().overwritten, 2);
}

#[test]
fn a_message_named_while_others_are_fetched_is_fetched_after_them() {
    let mut world = open(
        cached(),
        [
            cue("AT+MQTTMSGGET", &["+MSUB: t,1 byte,a", "+MSUB: 1\nOK"]),
            cue("AT+MQTTMSGGET", &["+MSUB: t,1 byte,b\nOK"]),
        ],
    );
    world.says(b"\r\n+MSUB: 0\r\n");
    world.run();
    assert_eq!(payloads(&world), ["a", "b"]);
    assert_eq!(notes(&world), []);
}

#[test]
fn a_lost_session_comes_back_with_growing_pauses_and_says_why() {
    let fail = |cues: &mut Vec<Cue>| {
        cues.extend(good_connect().into_iter().take(12));
        cues.extend(failed_link(&["OK", "CONNECT FAIL"]));
    };
    let mut more = Vec::new();
    fail(&mut more);
    fail(&mut more);
    fail(&mut more);
    more.extend(good_connect());
    let mut world = open(returning(), more);
    let lost_at = world.now;
    world.says(b"\r\nCLOSED\r\n");
    assert_eq!(world.modem.status().losses.iter().map(|loss| loss.cause).collect::<Vec<_>>(), [LossCause::Closed]);
    let retry = world.modem.status().retry.expect("a try is planned");
    assert_eq!((retry.attempt, retry.due), (1, lost_at + Duration::from_secs(2)));
    world.run();
    let found = steps(&world);
    let pauses: Vec<_> = found.iter().filter(|step| matches!(step, RecoveryStep::Planned { .. })).collect();
    assert_eq!(pauses.len(), 4);
    assert_eq!(found.last(), Some(&RecoveryStep::Helped(Means::Reconnect)));
    let starts: Vec<_> =
        world.records().iter().filter(|record| record.command == "AT").map(|record| record.sent_at).collect();
    let gaps: Vec<_> = starts.windows(2).map(|pair| pair[1].since(pair[0]).as_secs()).collect();
    assert_eq!(gaps, [6, 10, 10]);
    assert_eq!(world.modem.status().session, Session::Connected);
    assert_eq!(world.modem.status().retry, None);
    assert_eq!(world.modem.poll_timeout(), None);
    assert_eq!(world.results(), []);
}

#[test]
fn a_session_returns_only_when_that_was_wanted_and_nobody_closed_it() {
    let mut stays = open(connection(), []);
    stays.says(b"\r\nCLOSED\r\n");
    stays.run();
    assert_eq!(stays.sent.len(), 0);

    let mut closed = open(returning(), [cue("AT+MDISCONNECT", &["OK", "CLOSED"]), cue("AT+MIPCLOSE", &["ERROR"])]);
    closed.request(Request::Disconnect);
    closed.run();
    assert_eq!(closed.sent, ["AT+MDISCONNECT", "AT+MIPCLOSE"]);

    let mut stopped = open(returning(), [cue("AT+MDISCONNECT", &["ERROR"]), cue("AT+MIPCLOSE", &["ERROR"])]);
    stopped.says(b"\r\nCLOSED\r\n");
    stopped.request(Request::Disconnect);
    stopped.run();
    assert_eq!(stopped.sent, ["AT+MDISCONNECT", "AT+MIPCLOSE"]);
    assert_eq!(stopped.modem.status().retry, None);
}

#[test]
fn a_wish_of_the_user_ends_our_own_try() {
    let mut more: Vec<_> = good_bring_up().into_iter().take(5).collect();
    more.extend([cue("AT+CEREG?", &["+CEREG: 0,2\nOK"]), cue("AT+CGREG?", &["+CGREG: 0,2\nOK"])]);
    more.extend(good_connect());
    let mut world = open(returning(), more);
    world.says(b"\r\nCLOSED\r\n");
    world.run_until(world.now + Duration::from_millis(2_500));
    let id = world.request(connect());
    world.run();
    assert_eq!(world.results(), [(id, Ok(()))]);
    assert_eq!(world.modem.status().session, Session::Connected);
}

#[test]
fn after_a_restart_everything_is_sent_again_and_later_subscriptions_too() {
    let mut more = vec![cue(r#"AT+MSUB="later/#",0"#, &["OK", "SUBACK"])];
    more.extend(good_connect());
    more.push(cue(r#"AT+MSUB="later/#",0"#, &["OK", "SUBACK"]));
    let mut world = open(returning(), more);
    let later = Subscription { filter: "later/#".parse().expect("a filter"), qos: Qos::AtMostOnce };
    world.request(Request::Subscribe(later));
    world.run();
    world.sent.clear();
    world.says(b"^boot.rom'v'!\\n\r\n\r\nRDY\r\n");
    world.run();
    assert_eq!(world.sent.len(), good_connect().len() + 1);
    assert!(world.modem.status().subscriptions.iter().all(|known| known.state == SubscriptionState::Confirmed));
    assert_eq!(world.modem.status().losses.last().map(|loss| loss.cause), Some(LossCause::ModuleRestarted));
}

#[test]
fn the_mildest_means_that_helps_is_the_last() {
    let fails = || {
        let mut cues = good_connect().into_iter().take(12).collect::<Vec<_>>();
        cues.extend(failed_link(&["OK", "CONNECT FAIL"]));
        cues
    };
    let mut more = vec![cue("AT+MIPCLOSE", &["+CME ERROR: 767"])];
    more.extend(fails());
    more.push(cue("AT+CIPSHUT", &["SHUT OK"]));
    more.extend(fails());
    more.push(cue("AT+CFUN=0", &["OK", "+CGEV: ME DETACH"]));
    more.push(cue("AT+CFUN=1", &["OK"]));
    more.extend(fails());
    more.push(cue("AT+RESET", &["OK", "^boot.rom'v'!\\n\nRDY"]));
    more.extend(good_connect());
    let mut world = open(connection(), more);
    world.says(b"\r\nCLOSED\r\n");
    world.request(Request::Recover);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let tried: Vec<_> = steps(&world)
        .into_iter()
        .filter_map(|step| if let RecoveryStep::Trying(means) = step { Some(means) } else { None })
        .collect();
    assert_eq!(tried, Means::ALL);
    assert_eq!(steps(&world).last(), Some(&RecoveryStep::Helped(Means::RestartModule)));
}

#[test]
fn a_refused_login_is_not_fought_with_restarts() {
    let mut more = vec![cue("AT+MIPCLOSE", &["OK"])];
    more.extend(good_connect().into_iter().take(13));
    more.extend([cue("AT+MCONNECT=1,120", &["OK", "ERROR"]), cue("AT+MIPCLOSE", &["OK"])]);
    let mut world = open(connection(), more);
    world.request(Request::Recover);
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::BadOutcome { .. })));
    assert!(!world.sent.iter().any(|line| line == "AT+RESET"));
}

#[test]
fn a_restart_that_was_asked_for_is_no_loss() {
    let mut more = vec![cue("AT+RESET", &["OK", "+CGEV: ME PDN DEACT 1\n^boot.rom'v'!\\n\nRDY"])];
    more.extend(good_bring_up());
    let mut world = open(returning(), more);
    world.request(Request::Restart);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(!world.events.iter().any(|event| matches!(event, Event::SessionLost { .. })));
    assert_eq!(world.modem.status().session, Session::Offline);
    assert_eq!(world.state(Rung::Data), RungState::Confirmed);
}

fn private() -> AccessPoint {
    AccessPoint {
        name: "jscmiot".into(),
        user: "u9682".into(),
        password: Password::new("iot98765"),
        auth: Authentication::Chap,
    }
}

const UNSAVED: &str = "MODE:3\nAPN:\nUSR:\nPWD:\nAUTHMODE:0\nOK";
const SAVED: &str = "MODE:2\nAPN:jscmiot\nUSR:u9682\nPWD:iot98765\nAUTHMODE:2\nOK";
const USED: &str = "+CGDCONT: 1,\"IP\",\"jscmiot\",\"10.1.2.3\"\nOK";
const SAVE: &str = r#"AT+CPNETAPN=2,"jscmiot","u9682","iot98765",2"#;

#[test]
fn a_private_card_gets_its_access_point_before_the_network_is_asked() {
    let wanted = Connection { apn: Some(private()), ..connection() };
    let mut cues = good_connect();
    cues.splice(4..4, [cue("AT+CPNETAPN?", &[UNSAVED]), cue(SAVE, &["OK"]), cue("AT+CGDCONT?", &[USED])]);
    let mut world = World::new(cues);
    world.request(Request::Connect(Box::new(wanted.clone())));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let planned: Vec<_> = crate::modem::plan::plan(&wanted).into_iter().map(|line| line.text).collect();
    assert_eq!(world.wire(WireKind::Sent), planned);
    assert!(!format!("{:?}{planned:?}", world.events).contains("iot98765"));

    let mut cues = good_connect();
    cues.insert(4, cue("AT+CPNETAPN?", &[SAVED]));
    let mut same = World::new(cues);
    same.request(Request::Connect(Box::new(wanted)));
    same.run();
    assert_eq!(same.only_result(), Ok(()));
}

#[test]
fn a_module_that_does_not_attach_anew_by_itself_gets_its_radio_restarted() {
    let old = "+CGDCONT: 1,\"IP\",\"cmiot\",\"10.1.2.3\"\nOK";
    let mut cues = vec![cue("AT+CPNETAPN?", &[UNSAVED]), cue(SAVE, &["OK"])];
    cues.extend((0..12).map(|_| cue("AT+CGDCONT?", &[old])));
    cues.extend([
        cue("AT+CFUN=0", &["OK", "+CGEV: ME DETACH"]),
        cue("AT+CFUN=1", &["OK"]),
        cue("AT+CGDCONT?", &[USED]),
    ]);
    let mut world = World::new(cues);
    world.request(Request::SetAccessPoint(private()));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(world.now < Moment::from_millis(20_000));
}

/// Lets time pass until the radio was told to go off, and `millis` more.
fn pause_in_radio_off(world: &mut World, millis: u64) {
    let mut pass = |millis| {
        let until = world.now + Duration::from_millis(millis);
        world.run_until(until);
        world.now = until;
        world.sent.iter().any(|line| line == "AT+CFUN=0")
    };
    assert!((0..100_000).any(|_| pass(1)), "the radio is never told to go off");
    pass(millis);
}

#[test]
fn a_way_that_is_given_up_leaves_the_radio_on() {
    let old = "+CGDCONT: 1,\"IP\",\"cmiot\",\"10.1.2.3\"\nOK";
    // In the pause between off and on; while the radio goes off; and when the module never says that it went off.
    for (off, pause) in [(&["OK"][..], 2_000), (&["OK"], 5), (&[], 5)] {
        let mut cues = vec![cue("AT+CPNETAPN?", &[UNSAVED]), cue(SAVE, &["OK"])];
        cues.extend((0..12).map(|_| cue("AT+CGDCONT?", &[old])));
        cues.push(cue("AT+CFUN=0", off));
        if off.is_empty() {
            cues.push(cue("AT", &["OK"]));
        }
        cues.push(cue("AT+CFUN=1", &["OK"]));
        let mut world = World::new(cues);
        let id = world.request(Request::SetAccessPoint(private()));
        pause_in_radio_off(&mut world, pause);
        world.request(Request::Cancel(id));
        world.run();
        assert_eq!(world.sent.last().map(String::as_str), Some("AT+CFUN=1"), "{off:?} {pause}");
        assert!(world.results().iter().any(|(ended, result)| *ended == id && result.is_err()), "{:?}", world.results());
    }
}

#[test]
fn a_recovery_that_is_given_up_leaves_the_radio_on() {
    let fails = || {
        let mut cues = good_connect().into_iter().take(12).collect::<Vec<_>>();
        cues.extend(failed_link(&["OK", "CONNECT FAIL"]));
        cues
    };
    let mut more = vec![cue("AT+MIPCLOSE", &["+CME ERROR: 767"])];
    more.extend(fails());
    more.push(cue("AT+CIPSHUT", &["SHUT OK"]));
    more.extend(fails());
    more.extend([cue("AT+CFUN=0", &["OK"]), cue("AT+CFUN=1", &["OK"])]);
    let mut world = open(connection(), more);
    world.says(b"\r\nCLOSED\r\n");
    let id = world.request(Request::Recover);
    pause_in_radio_off(&mut world, 1_000);
    world.request(Request::Cancel(id));
    world.run();
    assert_eq!(world.sent.last().map(String::as_str), Some("AT+CFUN=1"));
    assert!(world.results().contains(&(id, Err(Fault::Cancelled))), "{:?}", world.results());
}

#[test]
fn names_resolve_and_a_failure_says_who_was_asked() {
    let context = || [cue("AT+CSTT", &["+CME ERROR: 3"]), cue("AT+CIICR", &["ERROR"]), cue("AT+CIFSR", &["10.1.2.3"])];
    let mut good = context().to_vec();
    good.push(cue(r#"AT+CDNSGIP="broker.example""#, &["OK", "+CDNSGIP: 1,\"broker.example\",\"192.0.2.7\""]));
    let mut bad = context().to_vec();
    bad.push(cue(r#"AT+CDNSGIP="broker.example""#, &["OK", "+CDNSGIP:0,11"]));
    bad.push(cue("AT+CDNSCFG?", &["PrimaryDns: 192.0.2.53\nSecondaryDns: 0.0.0.0\nOK"]));
    let host = || "broker.example".to_owned();
    for (cues, expected) in
        [(good, Ok("192.0.2.7".to_owned())), (bad, Err(Fault::NotResolved { host: host(), number: Some(11) }))]
    {
        let mut world = World::new(cues);
        world.request(Request::Resolve(host()));
        world.run();
        let told = world.events.iter().find_map(|event| match event {
            Event::Resolved { result, .. } => Some(result.clone()),
            _ => None,
        });
        assert_eq!(told, Some(expected.clone()));
        assert_eq!(world.only_result(), expected.map(|_| ()));
        let servers = world.modem.status().name_servers.as_ref().map(|seen| seen.value.0.clone());
        assert_eq!(servers, told.and_then(Result::err).map(|_| "192.0.2.53".to_owned()));
    }
}

#[test]
fn files_are_listed_read_and_deleted() {
    let mut world = World::new([
        cue(r#"AT+FSLS="/""#, &["ca.crt\nclient.key\nOK"]),
        cue("AT+FSMEM", &["+FSMEM: 64100 bytes\nOK"]),
        cue(r#"AT+FSFLSIZE="client.key""#, &["+FSFLSIZE: 6\nOK"]),
        cue(r#"AT+FSREAD="client.key",0,6,0"#, &["hidden\nOK"]),
        cue(r#"AT+FSDEL="ca.crt""#, &["OK"]),
    ]);
    world.request(Request::ListFiles);
    world.request(Request::ReadFile("client.key".into()));
    world.request(Request::DeleteFile("ca.crt".into()));
    world.run();
    assert!(world.results().iter().all(|(_, result)| result.is_ok()), "{:?}", world.results());
    let listed = world.events.iter().find_map(|event| match event {
        Event::Files { names, free, .. } => Some((names.clone(), *free)),
        _ => None,
    });
    assert_eq!(listed, Some((vec!["ca.crt".to_owned(), "client.key".to_owned()], Some(64_100))));
    let read = world.events.iter().find_map(|event| match event {
        Event::File(update) => match &update.progress {
            FileProgress::Read(contents) => Some(contents.clone()),
            _ => None,
        },
        _ => None,
    });
    assert_eq!(read, Some(Contents::secret(b"hidden".to_vec())));
    assert!(!format!("{:?}", world.events).contains("hidden"));
}

#[test]
fn a_list_survives_a_free_space_without_ok() {
    let cues = [cue(r#"AT+FSLS="/""#, &["ca.crt\nOK"]), cue("AT+FSMEM", &["+FSMEM: 64100 bytes"]), cue("AT", &["OK"])];
    let mut world = World::new(cues);
    world.request(Request::ListFiles);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(world.events.iter().any(|event| matches!(event, Event::Files { free: Some(64_100), .. })));
    assert!(world.now < Moment::from_millis(2_000), "{}", world.now);
}

#[test]
fn details_are_asked_one_by_one_and_a_refusal_leaves_a_blank() {
    let mut world = World::new([
        cue("AT*I", &["Manufacturer: AirM2M\nIMEI: 866000000000017\nOK"]),
        cue("AT^HVER", &["^HVER: EC618\nOK"]),
        cue("AT+CESQ", &["+CESQ: 99,99,255,255,20,50\nOK"]),
        cue("AT+COPS?", &["+COPS: 0,2,\"46001\",7\nOK"]),
        cue("AT+CGACT?", &["+CGACT: 1,1\n+CGACT: 5,0\nOK"]),
        cue("AT+CCLK?", &["+CCLK: \"24/10/11,15:38:35+32\"\nOK"]),
        cue("AT+CBC", &["ERROR"]),
        cue("AT*EXINFO?", &["*EXINFO: 8\nOK"]),
        cue("AT+CFUN?", &["+CFUN: 1\nOK"]),
        cue("AT+IPR?", &["+IPR: 0\nOK"]),
        cue("AT+CIPSTATUS", &["OK", "STATE: IP INITIAL"]),
    ]);
    world.request(Request::ReadDetails);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let details = &world.modem.status().details;
    assert_eq!(details.operator.as_ref().map(|seen| seen.value.as_str()), Some("46001"));
    assert_eq!(details.supply_mv, None);
    assert_eq!(details.chip.as_ref().map(|seen| seen.value.as_str()), Some("EC618"));
    assert_eq!(details.bearers.as_ref().map(|seen| seen.value.iter().filter(|bearer| bearer.is_up).count()), Some(1));
    assert_eq!(details.tcp_state.as_ref().map(|seen| seen.value.as_str()), Some("IP INITIAL"));
    assert!(details.start_reason.as_ref().is_some_and(|seen| seen.value.is_trouble()));
    assert_eq!(details.identity.as_ref().map(|seen| seen.value.imei.as_str()), Some("866000000000017"));
}

#[test]
fn an_old_firmware_without_optional_settings_connects_all_the_same() {
    let mut cues = good_connect();
    cues[1] = cue("AT+CMEE=1", &["ERROR"]);
    cues[9] = cue("AT+MQTTMSGSET=0", &["ERROR"]);
    cues[10] = cue("AT+MQTTMODE=0", &["+CME ERROR: 58"]);
    cues[2] = cue("ATI", &["Some Other Modem\nOK"]);
    let mut world = World::new(cues);
    world.request(connect());
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let told = notes(&world);
    assert_eq!(told.iter().filter(|note| matches!(note, Note::SettingRefused { .. })).count(), 3);
    assert!(told.contains(&Note::UnknownDialect { name: "Some Other Modem".into() }));
}

#[test]
fn what_is_known_of_an_old_firmware_is_told_where_it_matters() {
    let mut cues = good_connect();
    cues[2] = cue("ATI", &["AirM2M_780E_V1160_LTE_AT\nOK"]);
    cues[13] = cue("AT+MCONNECT=1,600,1", &["OK", "CONNACK OK"]);
    let mut world = World::new(cues);
    world.request(Request::Connect(Box::new(Connection { keep_alive: 600, ..connection() })));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let told = notes(&world).iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    assert!(told.contains("300 s") && !told.contains("SNI") && !told.contains("access point"), "{told}");
}

#[test]
fn files_are_written_for_the_first_session_only() {
    let bytes = b"certificate".to_vec();
    let ca = FileRef::with("ca.crt", Contents::public(bytes));
    let wanted = Connection { security: Security::Server { ca }, ..returning() };
    let mut keeper = crate::modem::keeper::Keeper::default();
    let mut board = crate::modem::board::Board::default();
    keeper.take(&wanted, &mut board);
    let first = keeper.wanted(&board).expect("a connection");
    assert!(first.security.files()[0].contents.is_some());
    keeper.hold(&mut board);
    let again = keeper.wanted(&board).expect("a connection");
    assert_eq!(again.security.files(), [FileRef::existing("ca.crt")]);
}
