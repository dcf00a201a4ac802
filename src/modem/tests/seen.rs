//! Watching sees what driving sees: facts, what is missing, other firmware, sessions that were open before.

use super::{watching::Watched, *};
use crate::modem::{
    event::{FileProgress, LossCause, Note},
    status::Session,
};

/// One line that is seen, and what the module says to it.
fn says(watched: &mut Watched, line: &str, answer: &str) {
    watched.sees(format!("{line}\r").as_bytes());
    watched.hears(format!("{line}\r").as_bytes()).hears(&framed(answer));
}

fn state(watched: &Watched, rung: Rung) -> RungState {
    watched.modem.status().ladder.entry(rung).state
}

fn first_failed(watched: &Watched) -> Option<Rung> {
    watched.modem.status().ladder.first_failed().map(|(rung, _)| rung)
}

fn notes(watched: &Watched) -> Vec<&Note> {
    let notes = watched.events.iter().filter_map(|event| match event {
        Event::Note { note, .. } => Some(note),
        _ => None,
    });
    notes.collect()
}

fn losses(watched: &Watched) -> Vec<LossCause> {
    let losses = watched.events.iter().filter_map(|event| match event {
        Event::SessionLost { cause, .. } => Some(*cause),
        _ => None,
    });
    losses.collect()
}

#[test]
fn what_is_missing_is_red_once_the_session_fails_and_not_before() {
    for (line, answer, rung) in [
        ("AT+CGATT?", "+CGATT: 0\nOK", Rung::Data),
        ("AT+CGREG?", "+CGREG: 0,2\nOK", Rung::Network),
        ("AT+CGPADDR=1", "+CGPADDR: 1,\"0.0.0.0\"\nOK", Rung::Data),
        ("AT+CGDCONT?", "+CGDCONT: 1,\"IP\",\"cmiot\",\"\"\nOK", Rung::Data),
        ("AT+CSQ", "+CSQ: 99,99\nOK", Rung::Signal),
    ] {
        let mut failing = Watched::new();
        says(&mut failing, line, answer);
        assert_eq!(first_failed(&failing), None, "{line}");
        says(&mut failing, "AT+MIPSTART=\"h.example\",1883", "OK\nCONNECT FAIL");
        assert_eq!(first_failed(&failing), Some(rung), "{line}");

        let mut working = Watched::new();
        says(&mut working, line, answer);
        says(&mut working, "AT+MIPSTART=\"h.example\",1883", "OK\nCONNECT OK");
        says(&mut working, "AT+MCONNECT=1,60", "OK\nCONNACK OK");
        assert_eq!(first_failed(&working), None, "{line}");
        working.hears(&framed("CLOSED"));
        assert_eq!(first_failed(&working), Some(Rung::Mqtt), "{line}");
    }
}

#[test]
fn a_later_success_of_the_same_step_clears_it() {
    let mut watched = Watched::new();
    says(&mut watched, "AT+MCONFIG=a,\"b", "ERROR");
    assert_eq!(first_failed(&watched), Some(Rung::Mqtt));
    says(&mut watched, "AT+MCONFIG=a", "OK");
    assert_eq!(first_failed(&watched), None);
    says(&mut watched, "AT+CPIN?", "+CME ERROR: 10");
    assert_eq!(first_failed(&watched), Some(Rung::Sim));
    says(&mut watched, "AT+CPIN?", "+CPIN: READY\nOK");
    assert_eq!(first_failed(&watched), None);
    says(&mut watched, "AT+MIPSTART=\"h.example\",1883", "OK\nCONNECT FAIL");
    assert_eq!(first_failed(&watched), Some(Rung::Tcp));
    says(&mut watched, "AT+MIPSTART=\"h.example\",1883", "OK\nCONNECT OK");
    assert_eq!(first_failed(&watched), None);
}

#[test]
fn other_firmware_is_known_by_what_it_prints() {
    for line in [
        "[000000000.231] I/user.main loop",
        "I/main LuatOS@Air780E base 23.11",
        "poweron reason:0",
        "E/main LUA_VM exit",
    ] {
        let mut watched = Watched::new();
        watched.hears(&framed(line));
        assert_eq!(first_failed(&watched), Some(Rung::At), "{line}");
        let fault = watched.modem.status().ladder.entry(Rung::At).fault.clone();
        assert_eq!(fault, Some(Fault::LuaFirmware { line: line.into() }));
    }
    let mut watched = Watched::new();
    says(&mut watched, "AT+QMTOPEN=0,\"h.example\",1883", "OK\n+QMTOPEN: 0,0");
    says(&mut watched, "AT+QMTCONN=0,\"id\"", "OK\n+QMTCONN: 0,0,0");
    assert_eq!(notes(&watched), [&Note::OtherVendor { line: "+QMTOPEN: 0,0".into() }]);
    let mut refused = Watched::new();
    says(&mut refused, "AT+QMTOPEN=0,\"h.example\",1883", "ERROR");
    assert_eq!(notes(&refused), Vec::<&Note>::new(), "what is refused is only a slip");
}

#[test]
fn boot_lines_are_told_once_a_start() {
    let mut watched = Watched::new();
    says(&mut watched, "AT", "OK");
    watched.now += Duration::from_mins(1);
    watched.hears(b"^boot.rom'v'!\\n\r\n\r\nRDY\r\n\r\nRDY\r\n");
    assert_eq!(notes(&watched), [&Note::Restarted { asked: None }]);
    says(&mut watched, "AT+RESET", "OK");
    watched.now += Duration::from_secs(4);
    watched.hears(b"^boot.rom'v'!\\n\r\n\r\nRDY\r\n");
    assert_eq!(notes(&watched).last(), Some(&&Note::Restarted { asked: Some("AT+RESET".into()) }));
}

#[test]
fn a_file_that_times_out_ends_its_prompt() {
    let mut watched = Watched::new();
    watched.sees(b"AT+FSWRITE=\"ca.crt\",0,20,15\r").hears(b"AT+FSWRITE=\"ca.crt\",0,20,15\r\r\n>");
    watched.sees(b"only nine");
    watched.now += Duration::from_secs(15);
    watched.hears(&framed("TimeOut"));
    let record = last_record(&watched);
    assert!(matches!(record.result, Err(Fault::Refused { .. })), "{record:?}");
    assert_eq!(record.answer, ["TimeOut"]);
    assert_eq!(record.data.map(|data| (data.announced, data.sent, data.missing())), Some((Some(20), 9, 11)));
    watched.assert_goes_on();
}

#[test]
fn data_that_leave_before_their_prompt_are_counted_all_the_same() {
    for (data, surplus) in [(&b"al\rp\n"[..], 0), (b"alpha\r\nand more\r\n", 12)] {
        let mut watched = Watched::new();
        watched.sees(b"AT+FSWRITE=\"ca.crt\",0,5,15\r").sees(data);
        watched.hears(b"AT+FSWRITE=\"ca.crt\",0,5,15\r\r\n>").hears(&framed("OK"));
        assert_eq!(last_record(&watched).result, Ok(()));
        let data = last_record(&watched).data.expect("data");
        assert_eq!((data.missing(), data.surplus()), (0, surplus));
        watched.assert_goes_on();
    }
}

fn last_record(watched: &Watched) -> &ExchangeRecord {
    let records = watched.events.iter().rev().find_map(|event| match event {
        Event::Exchange(record) => Some(record.as_ref()),
        _ => None,
    });
    records.expect("a record")
}

#[test]
fn bytes_behind_the_announced_ones_are_counted() {
    for (tail, surplus) in [(&b""[..], 0), (b"\r\n", 2), (b"more\r\n", 6), (b"more\r\nand more\r\n", 16)] {
        let mut watched = Watched::new();
        watched.sees(b"AT+FSWRITE=\"ca.crt\",0,5,15\r").hears(b"AT+FSWRITE=\"ca.crt\",0,5,15\r\r\n>");
        watched.sees(&[b"alpha", tail].concat()).hears(&framed("OK"));
        let data = last_record(&watched).data.expect("data");
        assert_eq!((data.announced, data.surplus(), data.missing()), (Some(5), surplus, 0), "{tail:?}");
        assert_eq!(last_record(&watched).result, Ok(()));
        watched.assert_goes_on();
    }
}

#[test]
fn data_that_the_recording_does_not_show_are_no_fault_and_swallow_nothing() {
    let mut told = Watched::new();
    told.sees(b"AT+FSWRITE=\"ca.crt\",0,1212,15\r")
        .hears(b"AT+FSWRITE=\"ca.crt\",0,1212,15\r\r\n>")
        .hears(&framed("OK"));
    assert_eq!(last_record(&told).result, Ok(()));
    told.assert_goes_on();

    let mut mute = Watched::new();
    mute.sees(b"AT+FSWRITE=\"ca.crt\",0,1212,15\r").hears(b"AT+FSWRITE=\"ca.crt\",0,1212,15\r\r\n>");
    mute.assert_goes_on();
    let record = mute.events.iter().find_map(|event| match event {
        Event::Exchange(record) => Some(record.as_ref()),
        _ => None,
    });
    assert!(record.is_some_and(|record| record.is_forgiven), "{record:?}");
    assert_eq!(first_failed(&mute), None);
}

/// Each answer, and where its fact is kept.
const FACTS: [(&str, &str); 7] = [
    ("AT+CCLK?", "+CCLK: \"24/10/11,15:38:35+32\"\nOK"),
    ("AT+CFUN?", "+CFUN: 4\nOK"),
    ("AT+CBC", "+CBC: 3821\nOK"),
    ("AT*EXINFO?", "*EXINFO: 8\nOK"),
    ("AT+CPNETAPN?", "MODE:2\nAPN:cmiot\nUSR:\nPWD:\nAUTHMODE:0\nOK"),
    ("AT+CDNSCFG?", "PrimaryDns: 192.0.2.53\nSecondaryDns: 0.0.0.0\nOK"),
    ("AT+CIPSTATUS", "OK\nSTATE: IP STATUS"),
];

fn assert_known(modem: &Modem, events: &[Event]) {
    let status = modem.status();
    let details = &status.details;
    assert_eq!(details.clock.as_ref().map(|seen| seen.value.as_str()), Some("24/10/11,15:38:35+32"));
    assert_eq!(details.function.as_ref().map(|seen| seen.value), Some(4));
    assert_eq!(details.supply_mv.as_ref().map(|seen| seen.value), Some(3_821));
    assert!(details.start_reason.is_some());
    assert_eq!(details.tcp_state.as_ref().map(|seen| seen.value.as_str()), Some("IP STATUS"));
    assert_eq!(status.access_point.as_ref().map(|seen| seen.value.apn.as_str()), Some("cmiot"));
    assert_eq!(status.access_point_set.as_ref().map(|seen| seen.value.as_str()), Some("m2m"));
    assert_eq!(status.name_servers.as_ref().map(|seen| seen.value.0.as_str()), Some("192.0.2.53"));
    let told = |wanted: &dyn Fn(&Event) -> bool| events.iter().any(wanted);
    assert!(told(
        &|event| matches!(event, Event::Resolved { host, result: Ok(address), .. } if host == "h.example" && address == "192.0.2.7")
    ));
    assert!(told(&|event| matches!(
        event,
        Event::Resolved { result: Err(Fault::NotResolved { number: Some(11), .. }), .. }
    )));
    let settings = [("seclevel", Some("2".to_owned())), ("hostname", Some(String::new()))];
    assert!(told(&|event| matches!(event, Event::TlsSettings { values, .. } if *values == settings)), "{events:#?}");
    assert!(told(
        &|event| matches!(event, Event::File(update) if update.progress == FileProgress::Found { bytes: 1212 } && update.name == "ca.crt")
    ));
    assert!(told(&|event| matches!(event, Event::Files { names, .. } if names == &["ca.crt", "client.key"])));
}

const QUESTIONS: [(&str, &[&str]); 7] = [
    ("AT+CDNSGIP=\"h.example\"", &["OK", "+CDNSGIP: 1,\"h.example\",\"192.0.2.7\""]),
    ("AT+CDNSGIP=h.wrong", &["OK", "+CDNSGIP:0,11"]),
    ("AT+SSLCFG=\"seclevel\",88", &["+SSLCFG: \"seclevel\",88,2\nOK"]),
    ("AT+SSLCFG=\"hostname\",88", &["+SSLCFG: \"hostname\",88,\nOK"]),
    ("AT+FSFLSIZE=\"ca.crt\"", &["+FSFLSIZE: 1212\nOK"]),
    ("AT+FSLS=\"/\"", &["ca.crt\nclient.key\nOK"]),
    ("AT+CPNETAPN=2,\"m2m\",\"\",\"\",0", &["OK"]),
];

#[test]
fn answers_are_facts_when_somebody_else_asks() {
    let mut watched = Watched::new();
    for (line, answer) in FACTS {
        says(&mut watched, line, answer);
    }
    for (line, answers) in QUESTIONS {
        says(&mut watched, line, &answers.join("\n"));
    }
    assert_known(&watched.modem, &watched.events);
}

#[test]
fn answers_are_facts_when_a_person_asks() {
    let mut cues: Vec<_> = FACTS.iter().map(|(line, answer)| cue(line, &[answer])).collect();
    cues.extend(QUESTIONS.iter().map(|(line, answers)| cue(line, answers)));
    let mut world = World::new(cues);
    for (line, _) in FACTS {
        world.request(Request::Raw(line.into()));
        world.run();
    }
    for (line, _) in QUESTIONS {
        world.request(Request::Raw(line.into()));
        world.run();
    }
    assert_known(&world.modem, &world.events);
}

#[test]
fn the_reason_of_a_refused_registration_is_a_fact() {
    let mut watched = Watched::new();
    says(&mut watched, "AT+CEREG?", "+CEREG: 3,3,\"1A2B\",\"0C3D4E5F\",7,0,15\nOK");
    let read = watched.modem.status().registration.as_ref().map(|seen| seen.value).expect("a state");
    assert_eq!((read.stat, read.reject.map(|reject| reject.cause)), (3, Some(15)));
    says(&mut watched, "AT+CEREG?", "+CEREG: 0,9\nOK");
    assert_eq!(state(&watched, Rung::Network), RungState::Confirmed);
}

#[test]
fn a_log_that_begins_inside_a_session_knows_what_it_loses() {
    let shows: [&[u8]; 4] = [
        b"\r\n+MSUB: \"t\",2 byte,hi\r\n",
        b"AT+MSUB=\"t\",1\r\r\nOK\r\n\r\nSUBACK\r\n",
        b"\r\nPUBACK\r\n",
        b"\r\n+MSUB: 0\r\n",
    ];
    for show in shows {
        for (lost, cause, rung) in [
            ("+CPIN: SIM REMOVED 0", LossCause::SimRemoved, Rung::Sim),
            ("+CGEV: NW PDN DEACT 1", LossCause::BearerLost, Rung::Data),
            ("+PDP: DEACT", LossCause::BearerLost, Rung::Data),
            ("CLOSED", LossCause::Closed, Rung::Mqtt),
        ] {
            let mut heard = Watched::new();
            heard.hears(show).hears(&framed(lost));
            assert_eq!(losses(&heard), [cause], "{lost}");
            assert_eq!(first_failed(&heard), Some(rung), "{lost}");
        }
    }
    let mut published = Watched::new();
    says(&mut published, "AT+MPUB=\"t\",0,0,\"x\"", "OK");
    assert_eq!(published.modem.status().session, Session::Connected);
    published.hears(&framed("CLOSED"));
    published.hears(b"\r\nPUBACK\r\n");
    assert_eq!(published.modem.status().session, Session::Offline, "a late word opens nothing");
}

#[test]
fn somebody_who_does_not_wait_for_acknowledgements_gets_each_for_its_own_message() {
    let mut watched = Watched::new();
    watched.sees(b"AT+MPUB=\"t\",1,0,\"a\"\r").hears(&framed("OK"));
    watched.sees(b"AT+MPUB=\"t\",1,0,\"b\"\r").hears(&framed("PUBACK")).hears(&framed("OK"));
    watched.now += Duration::from_secs(20);
    watched.sees(b"AT\r").hears(&framed("OK"));
    let ends: Vec<_> = watched
        .deliveries()
        .into_iter()
        .filter(|delivery| matches!(delivery, crate::modem::event::Delivery::Confirmed { .. }))
        .collect();
    assert_eq!(ends.len(), 0, "the one word was the first message's: {:?}", watched.deliveries());
}

#[test]
fn what_stays_missing_as_long_as_it_may_take_is_red_without_a_session() {
    let mut bare = Watched::new();
    says(&mut bare, "AT+CPNETAPN=2,\"wrong\",\"\",\"\",0", "OK");
    for second in 0..30 {
        says(&mut bare, "AT+CGDCONT?", "+CGDCONT: 1,\"IP\",\"wrong\",\"\"\nOK");
        assert!(second > 20 || first_failed(&bare).is_none(), "after {second} s");
        bare.now += Duration::from_secs(1);
    }
    let fault = bare.modem.status().ladder.entry(Rung::Data).fault.clone();
    assert!(matches!(fault, Some(Fault::NotAttached { .. })), "{fault:?}");

    let mut searching = Watched::new();
    for _ in 0..61 {
        says(&mut searching, "AT+CEREG?", "+CEREG: 0,2\nOK");
        searching.now += Duration::from_secs(1);
    }
    assert_eq!(first_failed(&searching), Some(Rung::Network));
    says(&mut searching, "AT+CEREG?", "+CEREG: 0,1\nOK");
    assert_eq!(first_failed(&searching), None);
}

#[test]
fn a_radio_that_is_off_is_red_until_it_is_on() {
    let mut watched = Watched::new();
    says(&mut watched, "AT+CEREG?", "+CEREG: 0,0\nOK");
    says(&mut watched, "AT+CFUN?", "+CFUN: 4\nOK");
    let fault = watched.modem.status().ladder.entry(Rung::Network).fault.clone();
    assert_eq!((first_failed(&watched), fault), (Some(Rung::Network), Some(Fault::RadioOff { function: 4 })));
    says(&mut watched, "AT+CFUN?", "+CFUN: 1\nOK");
    assert_eq!(first_failed(&watched), None);
}

#[test]
fn a_command_that_falls_into_open_data_is_told() {
    for (data, is_told) in [("helloAT\r", true), ("heAT+CSQ\r", true), ("a FORMAT\r", false), ("{\"a\":11}", false)] {
        let mut watched = Watched::new();
        let command = format!("AT+MPUBEX=\"t\",0,0,{}\r", data.len());
        watched.sees(command.as_bytes()).hears(format!("{command}\r\n>").as_bytes());
        watched.sees(data.as_bytes()).hears(&framed("OK"));
        assert_eq!(last_record(&watched).data.map(|data| data.ends_in_command), Some(is_told), "{data:?}");
    }
}

#[test]
fn a_module_that_is_switched_on_while_somebody_speaks_to_it_breaks_nothing() {
    let mut watched = Watched::new();
    says(&mut watched, "AT", "OK");
    watched.hears(b"^boot.rom'v'!\\n\r\n\r\nRDY\r\n");
    assert_eq!((state(&watched, Rung::At), first_failed(&watched)), (RungState::Confirmed, None));
}

#[test]
fn a_word_that_comes_after_the_next_line_still_says_what_it_says() {
    let mut watched = Watched::new();
    watched.sees(b"AT+MIPSTART=h.example,1883\r").hears(&framed("OK"));
    watched.sees(b"AT+MCONNECT=1,60\r").hears(&framed("+CME ERROR: 767")).hears(&framed("CONNECT OK"));
    assert_eq!(watched.modem.status().session, Session::LinkUp);
    assert_eq!(state(&watched, Rung::Tcp), RungState::Confirmed);
}

#[test]
fn whoever_gets_no_answer_at_all_speaks_to_nobody() {
    let attention = |watched: &mut Watched, times: usize| {
        for _ in 0..times {
            watched.sees(b"AT\r");
            watched.now += Duration::from_millis(500);
        }
    };
    let fault = |watched: &Watched| watched.modem.status().ladder.entry(Rung::At).fault.clone();
    let mut silent = Watched::new();
    attention(&mut silent, 6);
    assert_eq!(fault(&silent), Some(Fault::Silent { tries: 5 }));

    let mut noisy = Watched::new();
    noisy.hears(&[0xa9; 60]).hears(b"\xb5A\xd5\r\n");
    attention(&mut noisy, 6);
    assert_eq!(fault(&noisy), Some(Fault::Noise { bytes: 65 }));

    let mut lost = Watched::new();
    says(&mut lost, "AT+MIPSTART=\"h.example\",1883", "OK\nCONNECT OK");
    says(&mut lost, "AT+MCONNECT=1,60", "OK\nCONNACK OK");
    attention(&mut lost, 4);
    assert_eq!((fault(&lost), losses(&lost)), (Some(Fault::Silent { tries: 3 }), vec![LossCause::Silent]));
    says(&mut lost, "AT", "OK");
    assert_eq!(first_failed(&lost), None);
}
