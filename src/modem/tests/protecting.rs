//! Protected connections: files, settings, the encrypted link, and what goes wrong with each.

use super::*;
use crate::modem::{
    event::{FileProgress, Note, Refusal},
    plan::plan,
    request::{Contents, FileRef, Security, Suite, TlsOptions, Version},
};

const CA: &[u8] = b"-----BEGIN CERTIFICATE-----\nOK\r\n>MIIB\n-----END CERTIFICATE-----\n";
const KEY: &[u8] = b"-----BEGIN PRIVATE KEY-----\nhush-hush-hush\n-----END PRIVATE KEY-----\n";

fn file(name: &str, bytes: &[u8]) -> FileRef {
    FileRef::with(name, Contents::public(bytes.to_vec()))
}

fn protected(security: Security) -> Connection {
    Connection { port: 8883, security, ..connection() }
}

fn server() -> Security {
    Security::Server { ca: file("ca.crt", CA) }
}

fn mutual() -> Security {
    Security::Mutual {
        ca: file("ca.crt", CA),
        certificate: FileRef::existing("client.crt"),
        key: file("client.key", KEY),
    }
}

/// What the scripted modem answers to `line`: all is well. `files` are those it will hold, in order of reading.
fn answer(line: &str, files: &mut VecDeque<&[u8]>) -> Cue {
    let name = line.split('=').next().unwrap_or(line);
    let text: &[&str] = match name {
        "AT+SSLCFG" if line.matches(',').count() == 1 => {
            let value = setting_value(line);
            return cue(line, &[&format!("+SSLCFG: {},{value}\nOK", &line[10..])]);
        }
        "AT+FSWRITE" => &[">"],
        "AT+FSFLSIZE" => {
            let size = if line.contains("client.crt") { 1_127 } else { files.front().expect("a file").len() };
            return cue(line, &[&format!("+FSFLSIZE: {size}\nOK")]);
        }
        "AT+FSREAD" => {
            let bytes = files.pop_front().expect("a file");
            let reply = [b"\r\n", bytes, b"\r\n\r\nOK\r\n"].concat();
            return Cue { expects: line.to_owned(), replies: vec![(Duration::from_millis(10), reply)] };
        }
        "AT+FSDEL" => &["ERROR"],
        "AT+SSLMIPSTART" => &["OK", "CONNECT OK"],
        _ => &["OK"],
    };
    cue(line, text)
}

fn setting_value(line: &str) -> &'static str {
    let table = [
        ("sslversion", "4"),
        ("ciphersuite", "0XFFFF"),
        ("cacert", "\"ca.crt\""),
        ("clientcert", "client.crt"),
        ("clientkey", "\"client.key\""),
        ("hostname", "\"broker.example\""),
        ("ignorelocaltime", "0"),
    ];
    let level = if line.contains("seclevel") { LEVEL.with(std::cell::Cell::get) } else { "" };
    table.iter().find(|(key, _)| line.contains(key)).map_or(level, |(_, value)| value)
}

thread_local! {
    static LEVEL: std::cell::Cell<&'static str> = const { std::cell::Cell::new("0") };
}

/// Plays a whole connection whose every answer is good, as planned.
fn play(wanted: &Connection, level: &'static str, files: &[&'static [u8]]) -> World {
    LEVEL.with(|cell| cell.set(level));
    let mut queue: VecDeque<&[u8]> = files.iter().copied().collect();
    let mut written: VecDeque<&[u8]> = files.iter().copied().collect();
    let plain: Vec<Cue> = good_connect();
    let mut cues = Vec::new();
    for line in plan(wanted) {
        let known = plain.iter().find(|cue| masked(&cue.expects) == line.text).cloned();
        let cue_of_line = known.unwrap_or_else(|| answer(&line.text, &mut queue));
        cues.push(cue_of_line);
        if line.text.starts_with("AT+FSWRITE") {
            let bytes = written.pop_front().expect("a file");
            let data = String::from_utf8_lossy(bytes).trim_end_matches('\r').to_owned();
            cues.push(Cue { expects: data, replies: vec![(Duration::from_millis(10), framed("OK"))] });
        }
    }
    let mut world = World::new(cues);
    world.request(Request::Connect(Box::new(wanted.clone())));
    world.run();
    world
}

fn masked(line: &str) -> String {
    line.replace("s3cret", "***")
}

#[test]
fn the_lines_sent_are_the_lines_planned_in_every_case() {
    let table: [(Security, &'static str, Vec<&'static [u8]>); 3] =
        [(Security::Encrypted, "0", vec![]), (server(), "1", vec![CA]), (mutual(), "2", vec![CA, KEY])];
    for (security, level, files) in table {
        let wanted = protected(security);
        let world = play(&wanted, level, &files);
        assert_eq!(world.only_result(), Ok(()), "level {level}: {:?}", world.sent);
        let planned: Vec<_> = plan(&wanted).into_iter().map(|line| line.text).collect();
        assert_eq!(world.wire(WireKind::Sent), planned, "level {level}");
        for rung in Rung::ALL {
            assert_eq!(world.state(rung), RungState::Confirmed, "{rung} at level {level}");
        }
        let verified = world.events.iter().filter(
            |event| matches!(event, Event::File(update) if matches!(update.progress, FileProgress::Verified { .. })),
        );
        assert_eq!(verified.count(), files.len());
        let answers: Duration = world.records().iter().map(|record| record.took()).sum();
        assert_eq!(world.now.since_open(), answers, "only the modem's own time");
    }
}

#[test]
fn a_key_reaches_the_wire_and_nothing_else() {
    let world = play(&protected(mutual()), "2", &[CA, KEY]);
    assert!(world.sent.iter().any(|line| line.contains("hush-hush-hush")));
    let shown = format!("{:?} {:?} {:?}", world.events, world.modem, plan(&protected(mutual())));
    assert!(!shown.contains("hush-hush-hush"));
}

#[test]
fn settings_stand_in_the_plan_as_chosen() {
    let tls = TlsOptions {
        server_name: Some("sni.example".into()),
        ignore_clock: true,
        suite: Some(Suite::Aes256Sha),
        version: Some(Version::Tls12),
        negotiate_timeout: Some(Duration::from_mins(2)),
    };
    let wanted = Connection { tls, host: "192.0.2.7".into(), ..protected(server()) };
    let lines: Vec<_> = plan(&wanted).into_iter().map(|line| line.text).collect();
    for expected in [
        r#"AT+SSLCFG="sslversion",88,3"#,
        r#"AT+SSLCFG="ciphersuite",88,0X0035"#,
        r#"AT+SSLCFG="cacert",88,"ca.crt""#,
        r#"AT+SSLCFG="seclevel",88,1"#,
        r#"AT+SSLCFG="hostname",88,"sni.example""#,
        r#"AT+SSLCFG="ignorelocaltime",88,1"#,
        r#"AT+SSLCFG="negotiatetimeout",88,120"#,
        r#"AT+SSLMIPSTART="192.0.2.7",8883"#,
    ] {
        assert!(lines.iter().any(|line| line == expected), "{expected}");
    }
    let nameless = Connection { host: "192.0.2.7".into(), ..protected(Security::Encrypted) };
    assert!(plan(&nameless).iter().any(|line| line.text == r#"AT+SSLCFG="hostname",88,"#));
}

/// A world in which the encryption settings are answered by `replies`, in order of `lines`.
fn world_with(lines: &[(&str, &[&str])], wanted: &Connection) -> World {
    let mut cues = good_bring_up();
    cues.extend(lines.iter().map(|(line, replies)| cue(line, replies)));
    let mut world = World::new(cues);
    world.request(Request::Connect(Box::new(wanted.clone())));
    world.run_until(Moment::from_millis(3_000));
    world
}

#[test]
fn a_level_that_is_not_kept_stops_before_the_link() {
    let wanted = protected(Security::Encrypted);
    let world = world_with(
        &[
            (r#"AT+SSLCFG="sslversion",88,4"#, &["ERROR"]),
            (r#"AT+SSLCFG="ciphersuite",88,0XFFFF"#, &["OK"]),
            (r#"AT+SSLCFG="ciphersuite",88"#, &["+SSLCFG: \"ciphersuite\",88,65535\nOK"]),
            (r#"AT+SSLCFG="seclevel",88,0"#, &["OK"]),
            (r#"AT+SSLCFG="seclevel",88"#, &["+SSLCFG: \"seclevel\",88,2\nOK"]),
        ],
        &wanted,
    );
    let differs = Fault::SettingDiffers { setting: "seclevel", expected: "0".into(), found: "2".into() };
    assert_eq!(world.only_result(), Err(differs));
    assert_eq!(world.modem.status().ladder.first_failed().map(|(rung, _)| rung), Some(Rung::Tls));
    let command = r#"AT+SSLCFG="sslversion",88,4"#.to_owned();
    let note = Note::SettingRefused { command: command.into(), refusal: Refusal::Error };
    assert!(world.events.iter().any(|event| matches!(event, Event::Note { note: found, .. } if *found == note)));
}

#[test]
fn a_refused_level_stops_too() {
    let world = world_with(
        &[
            (r#"AT+SSLCFG="sslversion",88,4"#, &["ERROR"]),
            (r#"AT+SSLCFG="ciphersuite",88,0XFFFF"#, &["ERROR"]),
            (r#"AT+SSLCFG="seclevel",88,0"#, &["ERROR"]),
        ],
        &protected(Security::Encrypted),
    );
    assert!(matches!(world.only_result(), Err(Fault::Refused { .. })));
}

fn provision(cues: Vec<Cue>) -> World {
    let mut world = World::new(cues);
    world.request(Request::Provision(vec![file("ca.crt", b"0123456789")]));
    world.run();
    world
}

fn up_to_write() -> Vec<Cue> {
    vec![
        cue(r#"AT+FSDEL="ca.crt""#, &["+CME ERROR: 62"]),
        cue(r#"AT+FSCREATE="ca.crt""#, &["OK"]),
        cue(r#"AT+FSWRITE="ca.crt",0,10,15"#, &[">"]),
    ]
}

fn written(reads: &[&[u8]]) -> Vec<Cue> {
    let mut cues = up_to_write();
    cues.extend([cue("0123456789", &["OK"]), cue(r#"AT+FSFLSIZE="ca.crt""#, &["+FSFLSIZE: 10\nOK"])]);
    cues.extend(reads.iter().map(|reply| Cue {
        expects: r#"AT+FSREAD="ca.crt",0,10,0"#.to_owned(),
        replies: vec![(Duration::from_millis(10), reply.to_vec())],
    }));
    cues
}

#[test]
fn a_file_that_reads_back_wrong_is_read_once_more_and_never_written_again() {
    let wrong: &[u8] = b"\r\n01234x6789\r\n\r\nOK\r\n";
    let right: &[u8] = b"\r\n0123456789\r\n\r\nOK\r\n";
    assert_eq!(provision(written(&[wrong, right])).only_result(), Ok(()));
    let world = provision(written(&[wrong, wrong]));
    let differs = Fault::FileDiffers { name: "ca.crt".into(), expected: 10, found: 5 };
    assert_eq!(world.only_result(), Err(differs));
    assert_eq!(world.sent.iter().filter(|line| line.starts_with("AT+FSWRITE")).count(), 1);
}

#[test]
fn a_report_before_the_content_and_a_head_are_no_content() {
    for reply in [
        b"\r\n+CGREG: 1\r\n\r\n0123456789\r\n\r\nOK\r\n".as_slice(),
        b"\r\n+FSREAD: 10\r\n\r\n0123456789\r\n\r\nOK\r\n",
        b"\r\n0123456789\r\nOK\r\n",
    ] {
        assert_eq!(provision(written(&[reply])).only_result(), Ok(()), "{:?}", String::from_utf8_lossy(reply));
    }
}

/// What may come between the bytes of a file: a report with a line end before it, sentences with none.
fn strangers() -> [String; 3] {
    let sentence = "$GNRMC,024512.000,A,3112.3456,N,12123.4567,E,0.02,0.00,290626,,,A*7B\r\n";
    [sentence.to_owned(), sentence.repeat(8), "\r\n+CGEV: NW MODIFY 1\r\n".repeat(8)]
}

/// Puts a secret file on a module that answers each reading with one of `reads`.
fn keep_secret(key: &[u8], reads: &[Vec<u8>]) -> World {
    let name = "client.key";
    let read = format!("AT+FSREAD=\"{name}\",0,{},0", key.len());
    let mut cues = vec![
        cue(&format!("AT+FSDEL=\"{name}\""), &["+CME ERROR: 62"]),
        cue(&format!("AT+FSCREATE=\"{name}\""), &["OK"]),
        cue(&format!("AT+FSWRITE=\"{name}\",0,{},15", key.len()), &[">"]),
        cue(std::str::from_utf8(key).expect("text"), &["OK"]),
        cue(&format!("AT+FSFLSIZE=\"{name}\""), &[&format!("+FSFLSIZE: {}\nOK", key.len())]),
    ];
    cues.extend(
        reads
            .iter()
            .map(|reply| Cue { expects: read.clone(), replies: vec![(Duration::from_millis(10), reply.clone())] }),
    );
    let mut world = World::new(cues);
    let contents = Contents::secret(key.to_vec());
    world.request(Request::Provision(vec![FileRef::with(name, contents)]));
    world.run();
    world
}

const LONG_KEY: &[u8] = b"-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG\n9w0BAQEFAASCBKcwggSj\nAgEAAoIBAQC7VJTUt9Us\n-----END PRIVATE KEY-----\n";

fn shows_no_key(world: &World) {
    let told = format!("{:?}", world.events);
    for piece in ["MIIEvQIBADAN", "9w0BAQEFAASC", "AgEAAoIBAQC7", "IBADANBgkqhkiG"] {
        assert!(!told.contains(piece), "{piece} in {told}");
    }
}

#[test]
fn a_reading_survives_lines_of_other_origin_between_its_bytes() {
    for stranger in strangers() {
        for place in (1..LONG_KEY.len()).filter(|place| stranger.starts_with('\r') || LONG_KEY[place - 1] == b'\n') {
            let answer =
                [b"\r\n", &LONG_KEY[..place], stranger.as_bytes(), &LONG_KEY[place..], b"\r\n\r\nOK\r\n"].concat();
            let world = keep_secret(LONG_KEY, &[answer]);
            assert_eq!(world.only_result(), Ok(()), "{stranger:?} at {place}");
            shows_no_key(&world);
            let first = stranger.lines().find(|line| !line.is_empty()).expect("a line");
            let seen = world.events.iter().filter(|event| matches!(event, Event::Wire(line) if line.text == first));
            assert_eq!(seen.count(), stranger.matches(first).count(), "every one of them is told");
        }
    }
}

#[test]
fn a_reading_that_cannot_be_put_together_is_disturbed_and_shows_nothing() {
    let stranger = "#3 some line of another part\r\n".repeat(8);
    let (first, rest) = LONG_KEY.split_at(49);
    let answer = [b"\r\n", first, stranger.as_bytes(), rest, b"\r\n\r\nOK\r\n"].concat();
    let lost = [b"\r\n", &LONG_KEY[..60], &LONG_KEY[70..], b"\r\n\r\nOK\r\n"].concat();
    for reads in [[answer.clone(), answer], [lost.clone(), lost]] {
        let world = keep_secret(LONG_KEY, &reads);
        shows_no_key(&world);
        let result = world.only_result();
        let is_disturbed = matches!(result, Err(Fault::ReadingDisturbed { .. } | Fault::FileDiffers { .. }));
        assert!(is_disturbed, "{result:?}");
    }
}

#[test]
fn content_that_lost_bytes_on_the_line_is_read_once_more() {
    let mut cues = written(&[b"\r\n01234\r\n\r\nOK\r\n"]);
    cues.push(cue("AT", &["OK"]));
    cues.extend(written(&[b"\r\n0123456789\r\n\r\nOK\r\n"]).pop());
    assert_eq!(provision(cues).only_result(), Ok(()));
}

#[test]
fn a_write_that_times_out_in_the_module_is_refused() {
    let mut cues = up_to_write();
    cues.push(cue("0123456789", &["TimeOut"]));
    let world = provision(cues);
    assert!(matches!(world.only_result(), Err(Fault::Refused { .. })));
}

#[test]
fn a_file_that_is_said_to_be_there_is_looked_for() {
    let mut world = World::new([cue(r#"AT+FSFLSIZE="ca.crt""#, &["+CME ERROR: 62"])]);
    world.request(Request::Provision(vec![FileRef::existing("ca.crt")]));
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::Refused { refusal: Refusal::Cme(62), .. })));
}

#[test]
fn a_large_file_is_written_and_read_in_blocks() {
    let bytes: Vec<u8> = (0..10_300_usize).map(|index| b"abcdefghij\r\nOK\r\n"[index % 16]).collect();
    let (first, rest) = bytes.split_at(10_240);
    let data = |bytes: &[u8]| String::from_utf8_lossy(bytes).trim_end_matches('\r').to_owned();
    let done = || vec![(Duration::from_millis(10), framed("OK"))];
    let read = |line: &str, bytes: &[u8]| Cue {
        expects: line.to_owned(),
        replies: vec![(Duration::from_millis(10), [b"\r\n", bytes, b"\r\n\r\nOK\r\n"].concat())],
    };
    let mut world = World::new([
        cue(r#"AT+FSDEL="big""#, &["OK"]),
        cue(r#"AT+FSCREATE="big""#, &["OK"]),
        cue(r#"AT+FSWRITE="big",0,10240,15"#, &[">"]),
        Cue { expects: data(first), replies: done() },
        cue(r#"AT+FSWRITE="big",1,60,15"#, &["> "]),
        Cue { expects: data(rest), replies: done() },
        cue(r#"AT+FSFLSIZE="big""#, &["+FSFLSIZE: 10300\nOK"]),
        read(r#"AT+FSREAD="big",0,10240,0"#, first),
        read(r#"AT+FSREAD="big",1,60,10240"#, rest),
    ]);
    world.request(Request::Provision(vec![file("big", &bytes)]));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
}

#[test]
fn settings_are_read_back_and_a_refused_one_is_unknown() {
    let mut world = World::new([
        cue("AT+SSLCFG=\"seclevel\",88", &["+SSLCFG: \"seclevel\",88,2\nOK"]),
        cue("AT+SSLCFG=\"cacert\",88", &["+SSLCFG: \"cacert\",88,\"ca.crt\"\nOK"]),
        cue("AT+SSLCFG=\"clientcert\",88", &["ERROR"]),
        cue("AT+SSLCFG=\"clientkey\",88", &["+SSLCFG: \"clientkey\",88,\nOK"]),
        cue("AT+SSLCFG=\"hostname\",88", &["OK"]),
        cue("AT+SSLCFG=\"ignorelocaltime\",88", &["+SSLCFG: \"ignorelocaltime\",88,0\nOK"]),
    ]);
    world.request(Request::ReadTlsSettings);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let told = world.events.iter().find_map(|event| match event {
        Event::TlsSettings { values, .. } => Some(values.clone()),
        _ => None,
    });
    let expected = [
        ("seclevel", Some("2")),
        ("cacert", Some("ca.crt")),
        ("clientcert", None),
        ("clientkey", Some("")),
        ("hostname", None),
        ("ignorelocaltime", Some("0")),
    ];
    let expected = expected.map(|(key, value)| (key, value.map(ToOwned::to_owned)));
    assert_eq!(told.expect("the settings"), expected);
}
