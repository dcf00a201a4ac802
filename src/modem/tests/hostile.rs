//! Whatever comes in: no panic, bounded memory, an end for every request.

use proptest::prelude::*;

use super::*;
use crate::modem::request::{AccessPoint, Contents, FileRef, Reception, Security};

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    let texts = prop::sample::select(vec![
        "OK",
        "ERROR",
        "+CME ERROR: 767",
        "\r\n",
        ">",
        "+MSUB: \"t\",9 byte,",
        "+MSUB: ",
        "+MSUB: \"t\",65536 byte,",
        "CLOSED",
        "CONNECT OK",
        "CONNACK OK",
        "SUBACK",
        "PUBACK",
        "PUBREC",
        "PUBCOMP",
        "RDY",
        "^boot.rom",
        "+CPIN: SIM REMOVED 0",
        "+CGEV: NW PDN DEACT 1",
        "+CEREG: ",
        "+CSQ: ",
        "+MQTTSTATU :",
        "+MSUB: 0\r\n",
        "+FSFLSIZE: 7\r\n",
        "+CDNSGIP: 1,\"h\",\"1.2.3.4\"\r\n",
        "SHUT OK\r\n",
        "1,",
        "99",
        "AT",
        "\0",
        "\"",
    ]);
    prop_oneof![
        texts.prop_map(|text| text.as_bytes().to_vec()),
        texts_with_line_ends(),
        prop::collection::vec(any::<u8>(), 0..40),
    ]
}

fn texts_with_line_ends() -> impl Strategy<Value = Vec<u8>> {
    let lines =
        ["OK", "ERROR", "CONNECT OK", "CONNACK OK", "SUBACK", "CLOSED", "+CPIN: READY", "+CEREG: 0,1", "+CGATT: 1"];
    prop::sample::select(lines.to_vec()).prop_map(framed)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_request_ends_exactly_once(
        says in prop::collection::vec((pieces(), 0_u64..4_000), 0..60),
        wants in prop::collection::vec(0_usize..18, 1..8),
    ) {
        let mut world = World::new([]).without_echo();
        let mut ids = Vec::new();
        let mut wants = wants.into_iter();
        for (bytes, pause) in says {
            if let Some(want) = wants.next() {
                ids.push(world.request(request(want)));
            }
            world.says(&bytes);
            let until = world.now + Duration::from_millis(pause);
            world.run_until(until);
            world.now = until;
        }
        world.run();
        let mut ended: Vec<_> = world.results().into_iter().map(|(id, _)| id).collect();
        ended.sort();
        prop_assert_eq!(ended, ids);
    }
}

fn file() -> FileRef {
    FileRef::with("a", Contents::public(b"content".to_vec()))
}

fn access_point() -> AccessPoint {
    AccessPoint { name: "private".into(), ..AccessPoint::default() }
}

fn request(number: usize) -> Request {
    let filter = "mqtt/pub".parse().expect("a filter");
    match number {
        0 => Request::BringUp,
        1 | 2 => connect(),
        3 => Request::Publish(message(b"x", Qos::ExactlyOnce)),
        4 => Request::Publish(message(&[0; 100], Qos::AtLeastOnce)),
        5 => Request::Subscribe(Subscription { filter, qos: Qos::AtMostOnce }),
        6 => Request::Unsubscribe(filter),
        7 => Request::Disconnect,
        8 => Request::Provision(vec![file()]),
        9 => Request::SetAccessPoint(access_point()),
        10 => Request::ClearAccessPoint,
        11 => Request::Recover,
        12 => Request::Restart,
        13 => Request::Resolve("broker.example".into()),
        14 => Request::ReadFile("a".into()),
        15 => Request::ListFiles,
        16 => Request::Connect(Box::new(Connection {
            security: Security::Server { ca: file() },
            apn: Some(access_point()),
            reception: Reception::Cached,
            ..connection()
        })),
        _ => Request::Raw("AT+MCONNECT=1,60".into()),
    }
}

#[test]
fn megabytes_without_a_line_end_stay_bounded() {
    let mut world = World::new([]);
    for _ in 0..500 {
        world.modem.handle_bytes(world.now, &[b'x'; 10_000]);
        world.poll();
        world.events.clear();
        assert!(world.modem.framer.held() < 40_000);
    }
    let mut world = World::new([]);
    for _ in 0..500 {
        world.modem.handle_bytes(world.now, b"+MSUB: \"t\",99999 byte,");
        world.modem.handle_bytes(world.now, &[0; 10_000]);
        world.poll();
        world.events.clear();
        assert!(world.modem.framer.held() < 200_000);
    }
}
