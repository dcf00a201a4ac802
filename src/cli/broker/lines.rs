//! What happens at the broker, as lines for people and as JSON for programs.
//!
//! Names, topics and filters come from strangers: they are quoted, and what could steer a terminal is written out.

use serde_json::{Map, Value, json};

use super::words;
use crate::{
    broker::{ClientFault, End, Event, Happening, Peer, Transport},
    lang::{Lang, Text},
    time::WallAnchor,
};

/// A line for people.
pub(super) fn text(anchor: WallAnchor, event: &Event, lang: Lang) -> String {
    format!("{} {}", anchor.clock_text(event.at), told(&event.what).to(lang))
}

fn told(what: &Happening) -> Text {
    match what {
        Happening::Connected { client_id, peer, version, user, keep_alive, present } => {
            let session = Text::new(if *present { "broker-session-goes-on" } else { "broker-session-new" });
            let connected = match user {
                Some(user) => Text::new("broker-connected-as").put("user", quoted(user)),
                None => Text::new("broker-connected"),
            };
            let connected = connected.put("client", quoted(client_id)).put("peer", peer).put("version", version);
            connected.put("seconds", keep_alive).with("session", session)
        }
        Happening::Refused { peer, client_id, fault, .. } => {
            let refused = match client_id {
                Some(client_id) => Text::new("broker-refused-client").put("client", quoted(client_id)),
                None => Text::new("broker-refused"),
            };
            refused.put("peer", peer).with("why", shown(fault))
        }
        Happening::Disconnected { client_id, peer, end } => {
            let ended = match end {
                End::Goodbye { code: 0 } => Text::new("broker-disconnected"),
                End::Goodbye { code } => {
                    Text::new("broker-disconnected-reason").put("code", format_args!("0x{code:02x}"))
                }
                End::Lost => Text::new("broker-gone"),
                End::Fault(fault) => Text::new("broker-cut-off").with("why", shown(fault)),
            };
            ended.put("client", quoted(client_id)).put("peer", peer)
        }
        Happening::Subscribed { client_id, filter, granted } => {
            let subscribed = match granted {
                Ok(qos) => Text::new("broker-subscribed").put("qos", qos),
                Err(code) => Text::new("broker-may-not-subscribe").put("code", format_args!("0x{code:02x}")),
            };
            subscribed.put("client", quoted(client_id)).put("filter", quoted(filter.as_str()))
        }
        Happening::Unsubscribed { client_id, filter } => {
            let text = Text::new("broker-unsubscribed").put("client", quoted(client_id));
            text.put("filter", quoted(filter.as_str()))
        }
        Happening::Forbidden { client_id, topic } => {
            let text = Text::new("broker-may-not-publish").put("client", quoted(client_id));
            text.put("topic", quoted(topic.as_str()))
        }
        Happening::Will { client_id, topic } => {
            Text::new("broker-will").put("client", quoted(client_id)).put("topic", quoted(topic.as_str()))
        }
        Happening::SessionExpired { client_id } => Text::new("broker-session-expired").put("client", quoted(client_id)),
        Happening::Limited { limit, client_id, times } => {
            let limited = match client_id {
                Some(client_id) => Text::new("broker-limited-client").put("client", quoted(client_id)),
                None => Text::new("broker-limited"),
            };
            limited.with("limit", words::limit(*limit)).put("times", times)
        }
        Happening::NotKept { error } => Text::new("broker-not-kept").put("error", error),
        Happening::Missed { count } => Text::new("broker-missed").put("count", count),
    }
}

fn quoted(name: &str) -> String {
    format!("{name:?}")
}

/// The reason, without what could steer a terminal.
fn shown(fault: &ClientFault) -> Text {
    words::client(fault).masked(&|words: &str| {
        words.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
    })
}

/// Whether a line is for stderr: somebody shall look.
pub(super) const fn is_warning(event: &Event) -> bool {
    matches!(event.what, Happening::Limited { .. } | Happening::NotKept { .. } | Happening::Missed { .. })
}

/// A line for programs.
pub(super) fn json(anchor: WallAnchor, event: &Event) -> String {
    let mut object = Map::new();
    object.insert("event".into(), key(&event.what).into());
    object.insert("time".into(), anchor.at(event.at).to_rfc3339().into());
    object.extend(fields(&event.what));
    Value::Object(object).to_string()
}

const fn key(what: &Happening) -> &'static str {
    match what {
        Happening::Connected { .. } => "connected",
        Happening::Refused { .. } => "refused",
        Happening::Disconnected { .. } => "disconnected",
        Happening::Subscribed { .. } => "subscribed",
        Happening::Unsubscribed { .. } => "unsubscribed",
        Happening::Forbidden { .. } => "forbidden",
        Happening::Will { .. } => "will",
        Happening::SessionExpired { .. } => "session-expired",
        Happening::Limited { .. } => "limited",
        Happening::NotKept { .. } => "not-kept",
        Happening::Missed { .. } => "missed",
    }
}

fn fields(what: &Happening) -> Map<String, Value> {
    let value = match what {
        Happening::Connected { client_id, peer, version, user, keep_alive, present } => with_peer(
            *peer,
            json!({
                "client_id": client_id, "version": version.to_string(), "user": user, "keep_alive": keep_alive,
                "session_present": present,
            }),
        ),
        Happening::Refused { peer, client_id, level, fault } => with_peer(
            *peer,
            json!({
                "client_id": client_id, "protocol_level": level, "reason": fault.key(), "code": fault.code(),
                "text": fault.to_string(),
            }),
        ),
        Happening::Disconnected { client_id, peer, end } => with_peer(*peer, ended(client_id, end)),
        Happening::Subscribed { client_id, filter, granted } => match granted {
            Ok(qos) => json!({ "client_id": client_id, "filter": filter, "qos": qos }),
            Err(code) => json!({ "client_id": client_id, "filter": filter, "refused": code }),
        },
        Happening::Unsubscribed { client_id, filter } => json!({ "client_id": client_id, "filter": filter }),
        Happening::Forbidden { client_id, topic } | Happening::Will { client_id, topic } => {
            json!({ "client_id": client_id, "topic": topic })
        }
        Happening::SessionExpired { client_id } => json!({ "client_id": client_id }),
        Happening::Limited { limit, client_id, times } => {
            json!({ "limit": limit.key(), "client_id": client_id, "times": times, "text": limit.to_string() })
        }
        Happening::NotKept { error } => json!({ "text": error }),
        Happening::Missed { count } => json!({ "count": count }),
    };
    match value {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}

fn ended(client_id: &str, end: &End) -> Value {
    match end {
        End::Goodbye { code } => json!({ "client_id": client_id, "reason": "goodbye", "code": code }),
        End::Lost => json!({ "client_id": client_id, "reason": "lost" }),
        End::Fault(fault) => {
            let (key, code, text) = (fault.key(), fault.code(), fault.to_string());
            json!({ "client_id": client_id, "reason": key, "code": code, "text": text })
        }
    }
}

fn with_peer(peer: Peer, mut value: Value) -> Value {
    value["address"] = peer.address.map(|address| address.to_string()).into();
    value["transport"] = match peer.transport {
        Transport::Inside => "inside",
        Transport::Tcp => "tcp",
        Transport::Tls => "tls",
        Transport::WebSocket => "ws",
        Transport::SecureWebSocket => "wss",
    }
    .into();
    value
}

#[cfg(test)]
mod tests {
    use chrono::{Local, TimeZone};

    use super::*;
    use crate::{
        broker::{Limit, Version},
        mqtt::Qos,
        time::Moment,
    };

    fn event(what: Happening) -> Event {
        Event { at: Moment::from_millis(1_500), what }
    }

    fn anchor() -> WallAnchor {
        WallAnchor::new(Local.with_ymd_and_hms(2026, 11, 29, 18, 0, 0).single().expect("a time of day"))
    }

    fn peer() -> Peer {
        Peer { address: Some(([127, 0, 0, 1], 50_000).into()), transport: Transport::Tls }
    }

    #[test]
    fn a_client_stands_on_one_line_with_version_and_address() {
        let what = Happening::Connected {
            client_id: "mqttx".into(),
            peer: peer(),
            version: Version::V5,
            user: Some("anna".into()),
            keep_alive: 60,
            present: false,
        };
        let line = text(anchor(), &event(what.clone()), Lang::En);
        assert_eq!(
            line,
            "18:00:01.500 \"mqttx\" connected from 127.0.0.1:50000 (TLS) as \"anna\": MQTT 5, keep alive 60 s, a new session"
        );
        let object: Value = serde_json::from_str(&json(anchor(), &event(what))).expect("JSON");
        assert_eq!((&object["event"], &object["version"]), (&json!("connected"), &json!("5")));
        assert_eq!((&object["address"], &object["transport"]), (&json!("127.0.0.1:50000"), &json!("tls")));
    }

    #[test]
    fn a_refusal_says_why() {
        let refused = |fault| Happening::Refused { peer: peer(), client_id: None, level: Some(3), fault };
        let line = text(anchor(), &event(refused(ClientFault::Version { level: 3 })), Lang::En);
        assert!(line.ends_with("the client speaks MQTT 3.1; this broker speaks MQTT 3.1.1 and 5"), "{line}");
        let object: Value =
            serde_json::from_str(&json(anchor(), &event(refused(ClientFault::Version { level: 3 })))).expect("JSON");
        assert_eq!((&object["reason"], &object["protocol_level"]), (&json!("version"), &json!(3)));
    }

    #[test]
    fn names_of_strangers_cannot_steer_a_terminal_or_begin_a_line() {
        let client_id = "a\u{1b}[2J\n18:00 \u{202e}x".to_owned();
        let filter = "b\r\u{1b}]0;x".parse().expect("a filter");
        for what in [
            Happening::SessionExpired { client_id: client_id.clone() },
            Happening::Subscribed { client_id, filter, granted: Ok(Qos::AtMostOnce) },
        ] {
            for line in [text(anchor(), &event(what.clone()), Lang::En), json(anchor(), &event(what.clone()))] {
                assert!(!line.contains(['\u{1b}', '\n', '\r']), "{line:?}");
            }
            assert!(!text(anchor(), &event(what), Lang::En).contains('\u{202e}'));
        }
    }

    #[test]
    fn a_limit_is_a_warning_with_its_number() {
        let limited = event(Happening::Limited { limit: Limit::Queue, client_id: Some("a".into()), times: 7 });
        assert!(is_warning(&limited));
        let line = text(anchor(), &limited, Lang::En);
        assert!(line.contains("7 times, last for \"a\""), "{line}");
    }
}
