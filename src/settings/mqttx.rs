//! A connection for MQTTX that sees what the module sends: same broker, other client id, topics mirrored.
//!
//! The form is that of MQTTX's own export, a list of connections; its import wants an id, a name, a client id, host and
//! port, and for TLS the kind of certificate, of which `self` also wants the path of an authority.

use serde_json::{Value, json};

use super::{Profile, Secrets};

/// What MQTTX shall know beside the profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Peer<'a> {
    /// The broker's host, as this computer reaches it.
    pub host: &'a str,
    /// Its port.
    pub port: u16,
    /// The password, by the user's word for this one file.
    pub secrets: Option<&'a Secrets>,
    /// How the way is protected.
    pub tls: PeerTls<'a>,
}

/// How MQTTX shall protect its way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PeerTls<'a> {
    /// Not at all.
    #[default]
    None,
    /// Encrypted, nothing checked.
    Unchecked,
    /// The server against the authorities in this file; against the system's when there is none.
    Server {
        /// Path of the authorities' certificates.
        ca: &'a str,
    },
    /// As before, and with a certificate of its own.
    Mutual {
        /// Path of the authorities' certificates.
        ca: &'a str,
        /// Path of the certificate.
        certificate: &'a str,
        /// Path of its key.
        key: &'a str,
    },
}

/// The text of the file.
pub fn export(profile: &Profile, peer: &Peer<'_>) -> String {
    let list = Value::Array(vec![connection(profile, peer)]);
    format!("{list:#}\n")
}

fn connection(profile: &Profile, peer: &Peer<'_>) -> Value {
    let id = id_of(profile);
    let (kind, is_checked, paths) = match peer.tls {
        PeerTls::None => ("", true, ["", "", ""]),
        PeerTls::Unchecked => ("server", false, ["", "", ""]),
        // MQTTX takes files of its own only together with an authority's.
        PeerTls::Server { ca: "" } | PeerTls::Mutual { ca: "", .. } => ("server", true, ["", "", ""]),
        PeerTls::Server { ca } => ("self", true, [ca, "", ""]),
        PeerTls::Mutual { ca, certificate, key } => ("self", true, [ca, certificate, key]),
    };
    let is_encrypted = peer.tls != PeerTls::None;
    let name = if profile.name.is_empty() { "Air780E" } else { &profile.name };
    json!({
        "id": uuid(id),
        "name": format!("{name}{NAME_END}"),
        "clientId": client_id(&profile.client_id),
        "clean": true,
        "protocol": if is_encrypted { "mqtts" } else { "mqtt" },
        "host": peer.host,
        "port": peer.port,
        "keepalive": profile.keep_alive.trim().parse().unwrap_or(60_u16),
        "connectTimeout": 10,
        "reconnect": true,
        "username": profile.user.trim(),
        "password": peer.secrets.map_or("", |secrets| secrets.login.reveal()),
        "path": "/mqtt",
        "certType": kind,
        "ssl": is_encrypted,
        "mqttVersion": "3.1.1",
        "unreadMessageCount": 0,
        "clientIdWithTime": false,
        "parentId": null,
        "orderId": 0,
        "rejectUnauthorized": is_checked,
        "ca": paths[0],
        "cert": paths[1],
        "key": paths[2],
        "isCollection": false,
        "will": {
            "lastWillTopic": "", "lastWillPayload": "", "lastWillQos": 0, "lastWillRetain": false,
            "properties": { "contentType": "" },
        },
        "messages": [],
        "subscriptions": subscriptions(profile, id),
        "properties": {},
        (OWN): profile,
    })
}

/// What the module publishes, MQTTX subscribes to; and the module's will, which only others get.
fn subscriptions(profile: &Profile, id: u128) -> Vec<Value> {
    let will = profile.will.is_on.then_some((&profile.will.topic, "last will", COLORS[1]));
    let wanted = [(&profile.publish_topic, ALIAS, COLORS[0])].into_iter().chain(will);
    let wanted = wanted.filter(|(topic, ..)| !topic.trim().is_empty());
    let numbered = (1_u128..).zip(wanted);
    numbered
        .map(|(number, (topic, alias, color))| {
            json!({
                "id": uuid(id.wrapping_add(number)),
                "topic": topic.trim(),
                "qos": 2,
                "alias": alias,
                "retain": false,
                "nl": false,
                "rap": false,
                "rh": 0,
                "color": color,
                "disabled": false,
            })
        })
        .collect()
}

/// Another client id than the module's: two clients of one id throw each other out.
fn client_id(of_module: &str) -> String {
    format!("{}{CLIENT_END}", of_module.trim())
}

/// The same profile has the same id at each export: MQTTX then changes the connection that it has instead of adding one. FNV-1a
/// of its name and its client id, in 128 bits.
fn id_of(profile: &Profile) -> u128 {
    let bytes = profile.name.bytes().chain([0]).chain(profile.client_id.trim().bytes());
    bytes.fold(FNV_START, |hash, byte| (hash ^ u128::from(byte)).wrapping_mul(FNV_PRIME))
}

/// A UUID of a form of one's own (version 8) of these bytes.
fn uuid(bytes: u128) -> String {
    let bytes = bytes & !(0xF << 76) | 0x8 << 76;
    let bytes = bytes & !(0x3 << 62) | 0x2 << 62;
    let digits = format!("{bytes:032x}");
    [&digits[..8], &digits[8..12], &digits[12..16], &digits[16..20], &digits[20..]].join("-")
}

/// What the name of such a connection ends with.
pub(super) const NAME_END: &str = " (Air780E)";
/// What its client id ends with.
pub(super) const CLIENT_END: &str = "-mqttx";
/// What the subscription to the module's messages is called.
pub(super) const ALIAS: &str = "from the Air780E";
/// The field with the profile itself, for this program; MQTTX passes over fields that it does not know.
pub(super) const OWN: &str = "air780e_companion";
const FNV_START: u128 = 0x6C62_272E_07BB_0142_62B8_2175_6295_C58D;
const FNV_PRIME: u128 = 0x0000_0000_0100_0000_0000_0000_0000_013B;
const COLORS: [&str; 2] = ["#34C388", "#D08CF1"];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{mqtt::Password, settings::WillEntry};

    fn profile() -> Profile {
        Profile {
            name: "line 3".to_owned(),
            client_id: "868488076771714".to_owned(),
            user: "root".to_owned(),
            will: WillEntry { is_on: true, topic: "device/state".to_owned(), ..WillEntry::default() },
            ..Profile::default()
        }
    }

    fn exported(peer: &Peer<'_>) -> Value {
        serde_json::from_str::<Value>(&export(&profile(), peer)).expect("JSON")[0].clone()
    }

    fn peer() -> Peer<'static> {
        Peer { host: "broker.example", port: 1883, secrets: None, tls: PeerTls::None }
    }

    #[test]
    fn mqttx_listens_to_what_the_module_sends_under_another_id() {
        let connection = exported(&peer());
        assert_eq!(connection["clientId"], "868488076771714-mqttx");
        let topics: Vec<_> =
            connection["subscriptions"].as_array().expect("a list").iter().map(|s| &s["topic"]).collect();
        assert_eq!(topics, ["mqtt/sub", "device/state"]);
        // What MQTTX refuses or leaves out a connection for.
        for field in ["id", "clientId", "name", "host"] {
            assert!(connection[field].as_str().is_some_and(|text| !text.is_empty()), "{field}");
        }
        assert_eq!((&connection["port"], &connection["ssl"]), (&json!(1883), &json!(false)));
    }

    #[test]
    fn the_password_goes_along_only_when_asked() {
        let secrets = Secrets { login: Password::new("luat-7788"), ..Secrets::default() };
        assert_eq!(exported(&peer())["password"], "");
        assert_eq!(exported(&Peer { secrets: Some(&secrets), ..peer() })["password"], "luat-7788");
    }

    #[test]
    fn each_kind_of_protection_has_what_the_import_wants() {
        let [ca, certificate, key] = ["/c/ca.crt", "/c/client.crt", "/c/client.key"];
        let files = PeerTls::Mutual { ca, certificate, key };
        let table = [
            (PeerTls::None, "mqtt", "", true, ""),
            (PeerTls::Unchecked, "mqtts", "server", false, ""),
            (PeerTls::Server { ca: "" }, "mqtts", "server", true, ""),
            (PeerTls::Server { ca: "/c/ca.crt" }, "mqtts", "self", true, "/c/ca.crt"),
            (files, "mqtts", "self", true, "/c/ca.crt"),
        ];
        for (tls, protocol, kind, is_checked, ca) in table {
            let connection = exported(&Peer { tls, ..peer() });
            let got = ["protocol", "certType", "rejectUnauthorized", "ca"].map(|field| connection[field].clone());
            assert_eq!(got, [json!(protocol), json!(kind), json!(is_checked), json!(ca)], "{tls:?}");
            assert!(connection["certType"] != "self" || connection["ca"] != "", "MQTTX refuses this");
        }
    }

    #[test]
    fn the_same_profile_has_the_same_ids_at_each_export_and_another_has_others() {
        let (first, again) = (exported(&peer()), exported(&Peer { host: "moved.example", ..peer() }));
        let ids = |connection: &Value| [connection["id"].clone(), connection["subscriptions"][0]["id"].clone()];
        assert_eq!(ids(&first), ids(&again));
        assert_ne!(first["subscriptions"][0]["id"], first["subscriptions"][1]["id"]);
        let id = |profile: &Profile| uuid(id_of(profile));
        let other = Profile { client_id: "868488076771715".to_owned(), ..profile() };
        assert_ne!(id(&other), id(&profile()));
        assert_eq!(uuid(u128::MAX), "ffffffff-ffff-8fff-bfff-ffffffffffff");
    }
}
