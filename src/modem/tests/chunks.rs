//! The law: any cutting of the byte stream into chunks gives the same events.

use proptest::prelude::*;

use super::*;

/// What may stand between any two lines of an answer.
const EXTRAS: [&[u8]; 10] = [
    b"",
    b"\r\n+MSUB: \"mqtt/pub\",12 byte,\r\nOK\r\n>ab\xff\r\r\n",
    b"\r\n+MSUB: mqtt/pub,4,data\r\n",
    b"\r\n+CGEV: ME PDN ACT 1\r\n\r\n^MODE: 17,17\r\n",
    b"\r\n+CEREG: 1,\"1A2B\",\"0C3D4E5F\",7\r\n",
    b"\r\nsomething else > and \xff more\r\n",
    b"\r\n+MSUB: 0\r\n",
    b"\r\n\r\n\r\n",
    b"\r\n+MSUB: \"unfinished\r\n",
    b"\r\n+NITZ: 24/08/22,07:00:02+32, \r\n",
];

/// What the modem says to each line of a connection and two publishes.
fn streams(extras: &[usize]) -> Vec<Vec<u8>> {
    let mut extras = extras.iter().cycle();
    let mut cues = good_connect();
    cues.push(cue(r#"AT+MPUB="mqtt/sub",2,0,"x""#, &["OK", "PUBREC", "PUBCOMP"]));
    cues.push(cue(r#"AT+MPUBEX="mqtt/sub",1,0,3"#, &["> "]));
    cues.push(cue("\0\x01\x02", &["OK", "PUBACK", "CLOSED"]));
    let stream = |cue: Cue| {
        let mut bytes = format!("{}\r", cue.expects).into_bytes();
        for (_, reply) in cue.replies {
            bytes.extend_from_slice(EXTRAS[*extras.next().expect("endless")]);
            bytes.extend_from_slice(&reply);
        }
        bytes
    };
    cues.into_iter().map(stream).collect()
}

/// Plays the streams, each cut at `cuts`; with `polls` the world is polled after each chunk.
fn play(streams: &[Vec<u8>], cuts: &[usize], polls: bool) -> (Vec<Event>, Modem) {
    let requests = [
        connect(),
        Request::Publish(message(b"x", Qos::ExactlyOnce)),
        Request::Publish(message(b"\0\x01\x02", Qos::AtLeastOnce)),
    ];
    play_for(&requests, streams, cuts, polls)
}

fn play_for(requests: &[Request], streams: &[Vec<u8>], cuts: &[usize], polls: bool) -> (Vec<Event>, Modem) {
    let mut modem = Modem::new(Moment::ZERO);
    let mut events = Vec::new();
    let mut now = Moment::ZERO;
    let mut cuts = cuts.iter().cycle();
    for (id, request) in (1..).zip(requests) {
        modem.request(now, RequestId(id), request.clone());
    }
    for stream in streams {
        drain(&mut modem, now, &mut events);
        now += Duration::from_millis(10);
        let mut rest = stream.as_slice();
        while !rest.is_empty() {
            let cut = cuts.next().map_or(rest.len(), |cut| (*cut).clamp(1, rest.len()));
            modem.handle_bytes(now, &rest[..cut]);
            rest = &rest[cut..];
            if polls {
                while let Some(event) = modem.poll_event() {
                    events.push(event);
                }
            }
        }
    }
    drain(&mut modem, now, &mut events);
    (events, modem)
}

fn drain(modem: &mut Modem, now: Moment, events: &mut Vec<Event>) {
    loop {
        while let Some(event) = modem.poll_event() {
            events.push(event);
        }
        if modem.poll_transmit().is_none() {
            return;
        }
        modem.handle_sent(now);
    }
}

fn without_status(events: Vec<Event>) -> Vec<Event> {
    events.into_iter().filter(|event| !matches!(event, Event::Status(_))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_cutting_gives_the_same_events(
        extras in prop::collection::vec(0..EXTRAS.len(), 1..20),
        cuts in prop::collection::vec(1_usize..40, 1..30),
    ) {
        let streams = streams(&extras);
        let (whole, _) = play(&streams, &[usize::MAX], false);
        let (cut, _) = play(&streams, &cuts, false);
        prop_assert_eq!(&whole, &cut);
        let (polled, modem) = play(&streams, &cuts, true);
        prop_assert_eq!(without_status(whole), without_status(polled));
        prop_assert_eq!(modem.status().session, crate::modem::status::Session::Offline);
    }
}

#[test]
fn the_stream_of_the_law_reaches_its_end() {
    let (events, _) = play(&streams(&[0]), &[1], false);
    let done = events.iter().filter(|event| matches!(event, Event::Done { result: Ok(()), .. })).count();
    assert_eq!(done, 3);
}

/// Reports that may stand before the content of a file.
const REPORTS: [&[u8]; 4] =
    [b"", b"\r\n+CGEV: NW MODIFY 1\r\n", b"\r\n+CEREG: 1,\"1A2B\",\"0C3D4E5F\",7\r\n", b"\r\n^MODE: 17,17\r\n"];

/// What the modem says while a file of `content` is put on it and kept messages are fetched.
fn service_streams(content: &[u8], report: &[u8]) -> Vec<Vec<u8>> {
    let write = format!("AT+FSWRITE=\"a\",0,{},15\r\r\n>", content.len());
    let size = format!("AT+FSFLSIZE=\"a\"\r\r\n+FSFLSIZE: {}\r\n\r\nOK\r\n", content.len());
    let read = format!("AT+FSREAD=\"a\",0,{},0\r", content.len());
    vec![
        b"AT+FSDEL=\"a\"\r\r\nERROR\r\n".to_vec(),
        b"AT+FSCREATE=\"a\"\r\r\nOK\r\n".to_vec(),
        write.into_bytes(),
        [report, b"\r\nOK\r\n"].concat(),
        [size.as_bytes(), b"\r\n+MSUB: 0\r\n"].concat(),
        [read.as_bytes(), report, b"\r\n", content, b"\r\n\r\nOK\r\n"].concat(),
        b"AT+MQTTMSGGET\r\r\n+MSUB: t,4 byte,\r\nOK\r\n\r\nOK\r\n".to_vec(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn any_cutting_of_files_and_kept_messages_gives_the_same_events(
        content in prop::collection::vec(prop::sample::select(b"\r\nOK>+A\0\xff".to_vec()), 1..80),
        report in 0..REPORTS.len(),
        cuts in prop::collection::vec(1_usize..40, 1..30),
    ) {
        use crate::modem::request::{Contents, FileRef};
        let content = [b"-".as_slice(), &content].concat();
        let file = FileRef::with("a", Contents::public(content.clone()));
        let requests = [Request::Provision(vec![file])];
        let streams = service_streams(&content, REPORTS[report]);
        let (whole, _) = play_for(&requests, &streams, &[usize::MAX], false);
        let (cut, _) = play_for(&requests, &streams, &cuts, false);
        let is_done = |event: &Event| matches!(event, Event::Done { result: Ok(()), .. });
        prop_assert!(whole.iter().any(is_done), "{:?}", whole);
        prop_assert!(whole.iter().any(|event| matches!(event, Event::Message(_))));
        prop_assert_eq!(whole, cut);
    }
}
