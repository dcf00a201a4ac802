//! 100,000 reports whose payloads look like everything else: byte-exact, and no other event leaks out of them.

use super::{dice::Dice, *};

const PIECES: [&[u8]; 16] = [
    b"\r\n",
    b"\r\nOK\r\n",
    b"\r\nERROR\r\n",
    b"\r\n+CME ERROR: 767\r\n",
    b"PUBACK\r\n",
    b"\r\nCLOSED\r\n",
    b"\r\n+MSUB: \"a\",3 byte,abc\r\n",
    b"+CGEV: NW PDN DEACT 1\r\n",
    b"RDY\r\n",
    b">",
    b"\"",
    b"\0",
    b"\xce\xc2\xb6\xc8",
    "温度".as_bytes(),
    b"plain text",
    b",12 byte,",
];

fn payload(dice: &mut Dice) -> Vec<u8> {
    if dice.below(4) == 0 {
        return (0..dice.below(24)).map(|_| u8::try_from(dice.below(256)).expect("a byte")).collect();
    }
    (0..dice.below(5)).flat_map(|_| dice.pick(&PIECES).to_vec()).collect()
}

fn report(payload: &[u8], form: usize) -> Vec<u8> {
    let length = payload.len();
    let head = match form {
        0 => format!("+MSUB: \"t/1\",{length} byte,"),
        1 => format!("+MSUB:\"t/1\",{length}byte,"),
        2 => format!("+MSUB: t/1,{length} byte,"),
        _ => format!("+MSUB: \"t/1\",{length},"),
    };
    [b"\r\n", head.as_bytes(), payload, b"\r\n"].concat()
}

#[test]
fn awkward_payloads_come_out_exact_and_leak_nothing() {
    let mut dice = Dice::new(7);
    let mut modem = Modem::new(Moment::ZERO);
    // An exchange is open all the time: nothing in a payload may answer it.
    modem.request(Moment::ZERO, RequestId(1), Request::Raw("AT+MPUB=\"t\",1,0,\"x\"".into()));
    assert!(modem.poll_transmit().is_some());
    modem.handle_sent(Moment::ZERO);
    while modem.poll_event().is_some() {}
    for round in 0..100_000 {
        let payload = payload(&mut dice);
        let form = dice.below(4);
        let bytes = report(&payload, form);
        let cut = dice.below(bytes.len());
        modem.handle_bytes(Moment::ZERO, &bytes[..cut]);
        modem.handle_bytes(Moment::ZERO, &bytes[cut..]);
        let mut arrived = 0;
        while let Some(event) = modem.poll_event() {
            match event {
                Event::Wire(line) => assert_eq!(line.kind, WireKind::Unsolicited, "round {round}: {line:?}"),
                Event::Message(arrival) => {
                    assert_eq!(arrival.message.payload, payload, "round {round}, form {form}");
                    assert_eq!((arrival.message.topic.as_str(), arrival.announced), ("t/1", payload.len()));
                    arrived += 1;
                }
                other => panic!("round {round}: {other:?} leaked out of {payload:?}"),
            }
        }
        assert_eq!(arrived, 1, "round {round}: {payload:?}");
    }
}
