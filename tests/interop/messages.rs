//! Messages in both directions, byte for byte.

use crate::{Modem, file, folder, kit::mosquitto::Mosquitto, text};

/// Payloads that upset whoever reads lines instead of counting bytes.
fn awkward() -> Vec<Vec<u8>> {
    vec![
        b"21.5".to_vec(),
        b"first line\r\nOK\r\n> second \"line\"\r\nERROR\r\n".to_vec(),
        "温度：21.5 ℃，正常".as_bytes().to_vec(),
        (0..=255).collect(),
        b"+MSUB: \"a\",3 byte,abc\r\nCLOSED\r\n".to_vec(),
    ]
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

fn from_modem_to_broker(modem: &Modem, qos: &str) {
    let (broker, folder) = (Mosquitto::open(), folder());
    for (index, payload) in awkward().into_iter().enumerate() {
        let listener = broker.subscribe("test/up", 1);
        let path = file(&folder, &format!("payload{index}"), &payload);
        let options = ["--publish", "test/up", "--payload-file", text(&path), "--qos", qos];
        let outcome = modem.check(broker.port, &options).outcome();
        outcome.assert_ok();
        assert_eq!(outcome.verdict["published"], 1);
        assert_eq!(outcome.verdict["confirmed"], u8::from(qos != "0"));
        let (_, lines, _) = listener.output();
        assert_eq!(lines, [hex(&payload)], "payload {index}");
    }
}

#[test]
fn the_modem_publishes_exact_bytes_at_qos_0() {
    from_modem_to_broker(&Modem::start(), "0");
}

#[test]
fn the_modem_publishes_exact_bytes_at_qos_1() {
    from_modem_to_broker(&Modem::start(), "1");
}

#[test]
fn the_modem_publishes_exact_bytes_at_qos_2() {
    from_modem_to_broker(&Modem::start(), "2");
}

#[test]
fn a_module_that_does_not_know_mpubex_publishes_exact_bytes_too() {
    from_modem_to_broker(&Modem::start_with(&["--without", "AT+MPUBEX"]), "1");
}

fn from_broker_to_modem(qos: u8) {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let options = ["--subscribe", "test/+/down", "--qos", &qos.to_string(), "--wait-for", "that is all"];
    let check = modem.check(broker.port, &options);
    check.wait_for_rung("subscribed", "confirmed");
    let mut sent: Vec<_> = awkward();
    sent.push(b"that is all".to_vec());
    for payload in &sent {
        broker.publish("test/one/down", payload, qos);
    }
    let outcome = check.outcome();
    outcome.assert_ok();
    let sent: Vec<_> = sent.iter().map(|payload| hex(payload)).collect();
    assert_eq!(outcome.received(), sent);
    assert_eq!(outcome.verdict["received"], sent.len());
}

#[test]
fn the_modem_receives_exact_bytes_at_qos_0() {
    from_broker_to_modem(0);
}

#[test]
fn the_modem_receives_exact_bytes_at_qos_1() {
    from_broker_to_modem(1);
}

#[test]
fn the_modem_receives_exact_bytes_at_qos_2() {
    from_broker_to_modem(2);
}

#[test]
fn many_messages_are_confirmed_one_by_one_and_timed() {
    let (broker, modem) = (Mosquitto::open(), Modem::start());
    let mut listener = broker.subscribe("test/many", 25);
    let options = ["--publish", "test/many", "--payload", "hello", "--qos", "1", "--count", "25"];
    let outcome = modem.check(broker.port, &options).outcome();
    outcome.assert_ok();
    assert_eq!((&outcome.verdict["published"], &outcome.verdict["confirmed"]), (&25.into(), &25.into()));
    for times in ["accept", "ack"] {
        let times = &outcome.verdict["latency_ms"][times];
        assert_eq!(times["count"], 25);
        assert!(times["p50"].as_f64() <= times["max"].as_f64(), "{times}");
    }
    assert!(listener.wait().success());
}

#[test]
fn messages_that_arrive_stand_in_a_table_for_spreadsheets() {
    let (broker, modem, folder) = (Mosquitto::open(), Modem::start(), folder());
    let path = folder.path().join("messages.csv");
    let payload = "=1+1,\"温度\" 866000000000017";
    let talk = ["--subscribe", "t/#", "--publish", "t/a", "--payload", payload, "--wait-for", "温度", "--messages-csv"];
    modem.check(broker.port, &[&talk[..], &[text(&path)]].concat()).outcome().assert_ok();
    let table = std::fs::read_to_string(&path).expect("a table");
    let rows: Vec<_> = table.strip_prefix('\u{feff}').expect("a byte order mark").split_terminator("\r\n").collect();
    assert!(rows[0].starts_with("time,source,direction,topic,"), "{rows:?}");
    let told = format!(
        ",modem,received,t/a,,,,,29,UTF-8,\"'=1+1,\"\"温度\"\" ***************\",127.0.0.1:{},false",
        broker.port
    );
    assert!(rows.len() == 2 && rows[1].ends_with(&told), "{rows:?} is not {told}");
    let wrong = modem.check(broker.port, &["--messages-csv", text(folder.path())]).outcome();
    assert_eq!(wrong.status.code(), Some(2), "{:?}", wrong.verdict);
}
