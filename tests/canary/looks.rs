//! How the text of a key looks, held against keys that are made here and against what else passes a module: the one rule for
//! text of which nobody knows where it is from.

use air780e_companion::keys::{is_key_line, is_last_line, key_text, without_key_text};
use openssl::{pkey::PKey, rsa::Rsa, symm::Cipher};
use proptest::prelude::*;

/// One key in every form that tools write, by name.
pub(crate) fn forms() -> Vec<(&'static str, String)> {
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("PEM is text");
    (0..6)
        .flat_map(|number| {
            let rsa = Rsa::generate(if number == 0 { 4_096 } else { 2_048 }).expect("a key");
            let key = PKey::from_rsa(rsa.clone()).expect("a key");
            let encrypted = key.private_key_to_pem_pkcs8_passphrase(Cipher::aes_256_cbc(), b"hush");
            [
                ("PKCS#1", text(rsa.private_key_to_pem().expect("a file"))),
                ("PKCS#8", text(key.private_key_to_pem_pkcs8().expect("a file"))),
                ("encrypted", text(encrypted.expect("a file"))),
            ]
        })
        .collect()
}

/// The base64 of a key without line ends.
fn body(pem: &str) -> String {
    pem.lines().filter(|line| !line.starts_with("-----")).collect()
}

/// The longest run of `body` that stands in `shown`; a shorter one than these may stand in the words around it by chance.
fn longest_seen(shown: &str, body: &str) -> usize {
    (LEAST_SEEN..=body.len())
        .take_while(|length| {
            body.as_bytes().windows(*length).any(|part| memchr::memmem::find(shown.as_bytes(), part).is_some())
        })
        .last()
        .unwrap_or_default()
}

const LEAST_SEEN: usize = 8;

/// What stands around a line in logs of other programs, `§` in its place.
const AROUND: [&str; 9] = [
    "§",
    "[10:00:00.100]发→◇§□",
    "2026-11-30 12:00:01.123 TX: §",
    "[7] §",
    r#"key="§""#,
    r"\n§\n",
    "{\"key\":\"§\"}",
    "<0D><0A>§<0D><0A>",
    "§-----END RSA PRIVATE KEY-----",
];

/// Lines that chance makes look like names: about one of fifty thousand, of some thousand here.
const MOST_MISSED: usize = 2;

#[test]
fn every_line_of_every_key_is_known_wrapped_or_not_and_whatever_stands_around_it() {
    let mut missed = Vec::new();
    for (form, pem) in forms() {
        let body = body(&pem);
        for width in [64, 76, body.len()] {
            let lines: Vec<_> =
                body.as_bytes().chunks(width).map(|line| std::str::from_utf8(line).expect("text")).collect();
            let (last, whole) = lines.split_last().expect("lines");
            for line in whole.iter().chain(Some(last).filter(|last| last.len() >= 40)) {
                if !is_key_line(line) {
                    missed.push(format!("{form} at {width}: {line}"));
                    continue;
                }
                for around in AROUND {
                    let shown = without_key_text(&around.replace('§', line)).into_owned();
                    assert_eq!(longest_seen(&shown, line), 0, "{form} at {width}: {shown}");
                }
            }
            if !is_key_line(last) && !is_last_line(last) {
                missed.push(format!("{form} at {width}: {last}"));
            }
        }
        let in_one = pem.replace('\n', "\\n");
        assert_eq!(longest_seen(&without_key_text(&in_one), &body), 0, "{form} in one line");
    }
    assert!(missed.len() <= MOST_MISSED, "{missed:#?}");
}

/// Names that are longer than a line of a key, `§` for a number of the unit.
const NAMES: [&str; 30] = [
    "/sys/a1Xyz/device/thing/event/property/post/reply",
    "/sys/a1B2c3D4e5F/unit_§/thing/service/property/set",
    "/ext/ntp/a1B2c3D4e5F/unit§/response/of/the/last/request",
    "/ota/device/upgrade/a1B2c3D4e5F/Air780EFactoryLine4",
    "$aws/things/MyThing§/shadow/name/ProductionShadow/update/accepted",
    "$oc/devices/5e06bfee334dd4f33759f5b3_unit§/sys/properties/report",
    "devices/Unit§/messages/events/contentType/applicationJson",
    "homeassistant/sensor/livingRoomClimate§/temperatureHumidity/config",
    "factory/Line4/Machine12/Spindle/Temperature/Celsius/Average/Hour",
    "v1/devices/me/rpc/request/§/response/withSomeMoreWords",
    "application/3/device/0004A30B001C0530/event/upAndJoinAndStatus",
    "spBv1.0/GroupNumberOne/NDATA/EdgeNodeNumber§/DeviceNumberTwelve",
    "GasStation/Pump07/NozzleA/TotalVolumeLitres/CurrentTransaction",
    "tele/tasmota_A1B2C3/SENSORAndSomethingElseThatIsQuiteLong/State",
    "https://broker.example.com:8084/mqtt/ws/v5/Tenants/Unit§/Session",
    "mqtts://a1B2c3D4e5F.iot-as-mqtt.cn-shanghai.aliyuncs.com:1883",
    "http://iot.example/api/v1/Devices/§/telemetry?keys=Temperature,Humidity",
    "https://example.com/OTA/Firmware/AirM2M_780E_V1172_LTE_AT.bin",
    "/home/Developer/Projects/Air780E/Certificates2024/clientUnit§",
    "/Users/JohnSmith/Library/ApplicationSupport/Air780ECompanion/profiles",
    "C:/Users/Admin/Documents/MQTTCertificates/Production/ClientKey",
    "a1B2c3D4e5F.unit§|securemode=2,signmethod=hmacsha256,timestamp=1732950000000|",
    "Air780E-Companion-868488076771714-Production-Line-Number-04",
    "UnitNumberFourOfTheProductionLineInTheBuildingNextToTheRiver",
    "d9b1d7db4e5a4f3c9c0a8b7e6f5d4c3bd9b1d7db4e5a4f3c9c0a8b7e6f5d4c3b",
    "D9B1D7DB4E5A4F3C9C0A8B7E6F5D4C3BD9B1D7DB4E5A4F3C9C0A8B7E6F5D4C3B",
    "550e8400-e29b-41d4-a716-446655440000/550E8400-E29B-41D4-A716-446655440000",
    r#"{"temperature":21.5,"humidity":48,"deviceId":"Unit§","firmwareVersion":"AirM2M_780E_V1172_LTE_AT"}"#,
    r#"{"id":"§","version":"1.0","params":{"CurrentTemperature":{"value":21.5,"time":1732950000000}},"method":"thing.event.property.post"}"#,
    "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiIxMjM0NTY3ODkwIiwibmFtZSI6IkpvaG4gRG9lIiwiaWF0IjoxNTE2MjM5MDIyfQ.SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c",
];

#[test]
fn names_and_messages_stay_to_be_read() {
    for name in NAMES {
        for number in ["7", "0042", "868488076771714"] {
            let name = name.replace('§', number);
            for line in [format!("AT+MPUB=\"{name}\",0,0,\"x\""), format!("+MSUB: \"{name}\",2 byte,hi"), name] {
                assert!(key_text(&line).is_empty(), "{line}");
            }
        }
    }
}

/// Words of which names are made, as they are written: `sensor`, `Sensor`, `SENSOR`, with a number.
fn word(has_number: bool) -> impl Strategy<Value = String> {
    let words = prop::sample::select(vec![
        "temperature",
        "sensor",
        "device",
        "factory",
        "line",
        "machine",
        "state",
        "update",
        "property",
        "report",
        "events",
        "config",
        "status",
        "building",
        "floor",
        "room",
        "gateway",
        "thing",
        "shadow",
        "telemetry",
    ]);
    (words, 0..3, prop::option::of(0_u16..1000)).prop_map(move |(word, case, number)| {
        let word = match case {
            0 => word.to_owned(),
            1 => word[..1].to_uppercase() + &word[1..],
            _ => word.to_uppercase(),
        };
        number.filter(|_| has_number).map_or(word.clone(), |number| format!("{word}{number}"))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_096))]

    #[test]
    fn no_name_made_of_words_looks_like_a_key(
        words in prop::collection::vec(word(true), 3..12),
        separator in prop::sample::select(vec!["/", "_", "-", "."]),
        glued in prop::collection::vec(word(false), 3..12),
    ) {
        prop_assert!(key_text(&glued.concat()).is_empty(), "{}", glued.concat());
        let name = words.join(separator);
        prop_assert!(key_text(&name).is_empty(), "{}", name);
    }
}

#[test]
fn of_random_lines_in_base64_all_but_one_in_fifty_thousand_do() {
    // The bytes are the same in every run (xorshift).
    let mut state = 0x9E37_79B9_7F4A_7C15_u64;
    let mut missed = 0;
    for _ in 0..50_000 {
        let bytes: Vec<u8> = (0..6)
            .flat_map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                state.to_le_bytes()
            })
            .collect();
        missed += usize::from(!is_key_line(&openssl::base64::encode_block(&bytes)));
    }
    assert!(missed <= 1, "{missed}");
}
