//! Command texts, escapes and what each awaited word makes of a line.

use crate::at::exchange::{Verdict, Word};

use super::*;

fn message(payload: &[u8], qos: Qos) -> Message {
    Message { topic: "mqtt/sub".parse().expect("a topic"), payload: payload.to_vec(), qos, retain: false }
}

#[test]
fn texts_as_the_reference_prints_them() {
    let password = Password::new("luat123456");
    let filter: Filter = "mqtt/pub".parse().expect("a filter");
    let plain = message(b"hello", Qos::AtLeastOnce);
    let config = Config { client_id: "868488076771714", login: Some(("root", &password)), will: None };
    let table = [
        (config.line(), r#"AT+MCONFIG="868488076771714","root","***""#),
        (Config { client_id: "id", login: None, will: None }.line(), r#"AT+MCONFIG="id""#),
        (
            Config { client_id: "id", login: None, will: Some(&plain) }.line(),
            r#"AT+MCONFIG="id","","",1,0,"mqtt/sub","hello""#,
        ),
        (OpenLink { host: "broker.example", port: 1883 }.line(), r#"AT+MIPSTART="broker.example",1883"#),
        (Login { clean_session: true, keep_alive: 120 }.line(), "AT+MCONNECT=1,120"),
        (Login { clean_session: false, keep_alive: 300 }.line(), "AT+MCONNECT=0,300"),
        (Login { clean_session: true, keep_alive: 600 }.line(), "AT+MCONNECT=1,600,1"),
        (Subscribe { filter: &filter, qos: Qos::ExactlyOnce }.line(), r#"AT+MSUB="mqtt/pub",2"#),
        (Unsubscribe(&filter).line(), r#"AT+MUNSUB="mqtt/pub""#),
        (Publish(&plain).line(), r#"AT+MPUB="mqtt/sub",1,0,"hello""#),
        (Publish(&message(b"", Qos::AtMostOnce)).line(), r#"AT+MPUB="mqtt/sub",0,0,"""#),
        (PublishExtended(&plain).line(), r#"AT+MPUBEX="mqtt/sub",1,0,5"#),
        (MessageMode::Direct.line(), "AT+MQTTMSGSET=0"),
        (HexMode::Text.line(), "AT+MQTTMODE=0"),
        (ReadState.line(), "AT+MQTTSTATU"),
        (Disconnect.line(), "AT+MDISCONNECT"),
        (CloseLink.line(), "AT+MIPCLOSE"),
    ];
    for (line, expected) in table {
        assert_eq!(line.masked(), expected);
    }
}

#[test]
fn four_characters_are_escaped_and_others_refused() {
    assert_eq!(escaped(b"{\"a\":1}").as_deref(), Some(r"{\22a\22:1}"));
    assert_eq!(escaped(b"a\r\nb\\").as_deref(), Some(r"a\0D\0Ab\5C"));
    assert_eq!(escaped("温度".as_bytes()).as_deref(), Some("温度"));
    assert_eq!(escaped(b"a\x1a"), None);
    assert_eq!(escaped(b"\xff"), None);
}

#[test]
fn the_short_form_is_for_short_plain_text() {
    assert!(Publish::fits(&message(b"", Qos::AtMostOnce)));
    assert!(Publish::fits(&message(&[b'x'; limits::MPUB_BYTES], Qos::AtMostOnce)));
    assert!(!Publish::fits(&message(&[b'x'; limits::MPUB_BYTES + 1], Qos::AtMostOnce)));
    assert!(!Publish::fits(&message(&[b'"'; 17], Qos::AtMostOnce)));
    assert!(!Publish::fits(&message(b"\0", Qos::AtMostOnce)));
}

#[test]
fn words_and_their_bad_twins() {
    let table: [(&Word, &str, Option<Verdict>); 17] = [
        (&LINK_WORDS[0], "CONNECT OK", Some(Verdict::Good)),
        (&LINK_WORDS[0], "7,CONNECT OK", Some(Verdict::Good)),
        (&LINK_WORDS[0], "ALREADY CONNECT", Some(Verdict::Bad)),
        (&LINK_WORDS[0], "7,CONNECT FAIL", Some(Verdict::Bad)),
        (&LINK_WORDS[0], "STATE: IP STATUS", Some(Verdict::Remark)),
        (&LINK_WORDS[0], "ERROR", Some(Verdict::Bad)),
        (&LINK_WORDS[0], "SUBACK", None),
        (&LOGIN_WORDS[0], "CONNACK OK", Some(Verdict::Good)),
        (&LOGIN_WORDS[0], "CLOSED", Some(Verdict::Bad)),
        (&LOGIN_WORDS[0], "ERROR", Some(Verdict::Bad)),
        (&LOGIN_WORDS[0], "+CME ERROR: 767", Some(Verdict::Bad)),
        (&LOGIN_WORDS[0], "+CGEV: ME PDN ACT 1", None),
        (&SUBSCRIBE_WORDS[0], "SUBACK", Some(Verdict::Good)),
        (&SUBSCRIBE_WORDS[0], "UNSUBACK", None),
        (&SUBSCRIBE_WORDS[0], "SUBACK FAIL", Some(Verdict::Bad)),
        (&PUBCOMP_WORDS[0], "PUBREC", Some(Verdict::Good)),
        (&PUBCOMP_WORDS[1], "PUBCOMP", Some(Verdict::Good)),
    ];
    for (word, line, expected) in table {
        assert_eq!((word.judge)(line), expected, "{} against {line:?}", word.expected);
    }
}

#[test]
fn the_session_state_has_its_blank_before_the_colon() {
    for (line, expected) in [
        ("+MQTTSTATU :1", Some(LinkState::LoggedIn)),
        ("+MQTTSTATU: 2", Some(LinkState::LinkUp)),
        ("+MQTTSTATU :0", Some(LinkState::Offline)),
        ("+MQTTSTATU :9", None),
    ] {
        assert_eq!(ReadState.answer(&[line.to_owned()]), expected, "{line}");
    }
}

/// What a module makes of the text between the quotes: the reference's four escapes, written without a look at ours.
fn unescaped(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = text;
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        if first != b'\\' {
            bytes.push(first);
            continue;
        }
        let (digits, tail) = tail.split_at_checked(2).expect("two digits follow");
        bytes.push(u8::from_str_radix(std::str::from_utf8(digits).expect("digits"), 16).expect("hex digits"));
        rest = tail;
    }
    bytes
}

/// What a broker gets when `payload` is sent in the form that is chosen for it.
fn delivered(payload: &[u8]) -> Vec<u8> {
    let message = message(payload, Qos::AtMostOnce);
    if !Publish::fits(&message) {
        let exchange = PublishExtended(&message).exchange();
        let announced = exchange.line.masked().rsplit(',').next().expect("a length").to_owned();
        let data = exchange.data.expect("data").bytes;
        assert_eq!(announced, data.len().to_string());
        return data;
    }
    let line = Publish(&message).line().bytes();
    let quoted = line.strip_suffix(b"\"\r").expect("a closing quote");
    let start = quoted.windows(3).position(|window| window == b"0,\"").expect("an opening quote") + 3;
    let text = &quoted[start..];
    assert!(text.iter().all(|byte| !matches!(byte, b'"' | b'\r' | b'\n')), "{text:?} ends the argument");
    unescaped(text)
}

#[test]
fn every_byte_value_survives_alone_and_among_others() {
    for value in 0..=u8::MAX {
        for payload in [vec![value], vec![value; 3], [b"a\\22".as_slice(), &[value], b"\""].concat()] {
            assert_eq!(delivered(&payload), payload, "{payload:?}");
        }
    }
}

#[test]
fn random_payloads_survive_the_escape_rules() {
    const PIECES: [&str; 10] = ["\\", "\"", "\r", "\n", "\\22", "5C", "0D", "温度", "plain", ","];
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut draw = |end: u64| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % end).expect("a small number")
    };
    for round in 0..100_000 {
        let payload: Vec<u8> = if round % 4 == 0 {
            (0..draw(40)).map(|_| u8::try_from(draw(256)).expect("a byte")).collect()
        } else {
            (0..draw(12)).flat_map(|_| PIECES[draw(10)].bytes()).collect()
        };
        assert_eq!(delivered(&payload), payload, "round {round}: {payload:?}");
    }
}
