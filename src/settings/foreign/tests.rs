//! Files as those tools write them, read as profiles.

use serde_json::{Value, json};

use super::*;
use crate::{
    mqtt::{Password, Qos},
    settings::{
        Profile, Secrets, SecurityCase, SecurityEntry, SubscriptionEntry, WillEntry,
        mqttx::{Peer, PeerTls, export},
    },
};

/// One connection with the fields and the order of MQTTX' export.
fn connection(changes: &Value) -> Value {
    let mut connection = json!({
        "clientId": "mqttx_0c5a7ff1", "name": "plant", "clean": false, "protocol": "mqtts", "host": "broker.example",
        "port": 8884, "keepalive": 90, "connectTimeout": 10, "reconnect": true, "username": "anna",
        "password": "geheim-4711", "path": "/mqtt", "certType": "self", "ssl": true, "mqttVersion": "3.1.1",
        "unreadMessageCount": 0, "clientIdWithTime": false, "parentId": null, "orderId": 0, "rejectUnauthorized": true,
        "ca": "/c/ca.crt", "cert": "/c/client.crt", "key": "/c/client.key", "isCollection": false,
        "will": {
            "id": 3, "lastWillTopic": "state", "lastWillPayload": "gone", "lastWillQos": 1, "lastWillRetain": true,
            "properties": { "willDelayInterval": null, "payloadFormatIndicator": null, "contentType": "" },
        },
        "id": "6f5a5f0e-5b7e-4a7a-9d52-0f7b0f0c1d11", "createAt": "2026-01-05 11:20:40:117",
        "messages": [{ "topic": "a", "payload": "b" }],
        "subscriptions": [
            { "topic": "plant/#", "qos": 2, "alias": "", "nl": false, "rap": false, "rh": 0, "disabled": false },
            { "topic": "off", "qos": 0, "disabled": true },
        ],
        "properties": { "sessionExpiryInterval": null, "userProperties": null },
    });
    for (key, value) in changes.as_object().expect("fields") {
        connection[key] = value.clone();
    }
    connection
}

fn foreign(value: &Value) -> Foreign {
    match import(&value.to_string()) {
        Ok(Import::Foreign(foreign)) => foreign,
        other => panic!("{other:?}"),
    }
}

fn only(changes: &Value) -> Found {
    foreign(&json!([connection(changes)])).found.remove(0)
}

fn keys(notes: &[Text]) -> Vec<&str> {
    notes.iter().map(Text::key).collect()
}

#[test]
fn all_that_the_module_can_do_becomes_a_profile() {
    let found = only(&json!({}));
    let mut expected = Profile {
        name: "plant".to_owned(),
        uses_own_broker: false,
        host: "broker.example".to_owned(),
        port: "8884".to_owned(),
        is_port_typed: true,
        client_id: "mqttx_0c5a7ff1".to_owned(),
        user: "anna".to_owned(),
        keep_alive: "90".to_owned(),
        clean_session: false,
        subscriptions: vec![SubscriptionEntry { filter: "plant/#".to_owned(), qos: Qos::ExactlyOnce }],
        will: WillEntry {
            is_on: true,
            topic: "state".to_owned(),
            payload: "gone".to_owned(),
            qos: Qos::AtLeastOnce,
            retain: true,
        },
        security: SecurityEntry { case: SecurityCase::Both, ..SecurityEntry::default() },
        ..Profile::default()
    };
    expected.security.ca.path = "/c/ca.crt".to_owned();
    expected.security.certificate.path = "/c/client.crt".to_owned();
    expected.security.key.path = "/c/client.key".to_owned();
    expected.passwords.has_login = true;
    assert_eq!(found.parcel.profile, expected);
    assert_eq!(found.parcel.secrets.login, Password::new("geheim-4711"));
    assert_eq!(keys(&found.notes), ["foreign-disabled", "foreign-client-id"]);
    assert!(!format!("{found:?}").contains("geheim"), "the password shows itself nowhere");
    // Older versions write one connection without a list.
    assert_eq!(foreign(&connection(&json!({}))).found, [found]);
}

#[test]
fn each_kind_of_protection_is_the_one_that_mqttx_means() {
    use SecurityCase::{Both, Encrypted, Plain, Server};
    let table = [
        (json!({ "protocol": "mqtt", "ssl": false }), Plain, &[][..]),
        // Exports of before there was a protocol.
        (json!({ "protocol": null, "ssl": false }), Plain, &[]),
        (json!({ "protocol": null, "cert": "", "key": "" }), Server, &[]),
        (json!({ "certType": "server" }), Server, &["foreign-no-authority"]),
        (json!({ "certType": "server", "rejectUnauthorized": false }), Encrypted, &[]),
        (json!({ "cert": "", "key": "", "rejectUnauthorized": false }), Encrypted, &[]),
        (json!({ "key": "" }), Server, &["foreign-half-pair"]),
        (json!({}), Both, &[]),
        (json!({ "rejectUnauthorized": false }), Both, &["foreign-checked-here"]),
        (json!({ "ALPNProtocols": "mqtt" }), Both, &["foreign-alpn"]),
    ];
    for (changes, case, notes) in table {
        let found = only(&changes);
        assert_eq!(found.parcel.profile.security.case, case, "{changes}");
        let of_security: Vec<_> = keys(&found.notes)
            .into_iter()
            .filter(|key| !["foreign-disabled", "foreign-client-id"].contains(key))
            .collect();
        assert_eq!(of_security, notes, "{changes}");
    }
}

#[test]
fn what_only_mqtt_5_has_is_told_and_web_sockets_are_left_out() {
    let changes = json!({
        "mqttVersion": "5.0", "clientIdWithTime": true,
        "properties": { "sessionExpiryInterval": 300, "receiveMaximum": null, "userProperties": { "a": "b" } },
        "will": { "lastWillTopic": "", "properties": { "willDelayInterval": 5, "contentType": "" } },
        "subscriptions": [{ "topic": "a", "qos": 0, "nl": true, "rap": false, "rh": 0 }],
    });
    let found = only(&changes);
    assert_eq!(keys(&found.notes), ["foreign-client-id-time", "foreign-version", "foreign-options"]);
    let options = "nl, sessionExpiryInterval, userProperties, willDelayInterval";
    assert_eq!(found.notes[2], Text::new("foreign-options").with("options", options));
    assert!(!found.parcel.profile.will.is_on);

    let list = json!([connection(&json!({ "protocol": "wss", "name": "web" })), connection(&json!({}))]);
    let both = foreign(&list);
    assert_eq!((both.found.len(), &both.left_out), (1, &vec![Text::new("foreign-web-socket").with("name", "web")]));
}

#[test]
fn a_field_that_does_not_fit_is_named_without_its_value() {
    let table = [
        (json!({ "port": "geheim-4711" }), "port"),
        (json!({ "port": 0 }), "port"),
        (json!({ "host": " " }), "host"),
        (json!({ "protocol": "amqp" }), "protocol"),
        (json!({ "password": 4711 }), "password"),
        (json!({ "keepalive": 70_000 }), "keepalive"),
        (json!({ "subscriptions": [{ "topic": "a", "qos": 3 }] }), "subscriptions.qos"),
        (json!({ "subscriptions": {} }), "subscriptions"),
        (json!({ "will": [] }), "will"),
        (json!({ "air780e_companion": { "baud": "fast" } }), "air780e_companion.baud"),
    ];
    for (changes, wrong) in table {
        let list = json!([connection(&json!({})), connection(&changes)]);
        match import(&list.to_string()) {
            Err(ImportError::BadProfile { number: 2, name, field, .. }) if name == "plant" => assert_eq!(field, wrong),
            other => panic!("{changes}: {other:?}"),
        }
    }
    assert!(matches!(import("[{\"mqttVersion\":\"5.0\"}, 7]"), Err(ImportError::BadProfile { number: 1, .. })));
    assert!(matches!(import("{\"clientId\": "), Err(ImportError::NotJson { .. })));
    assert_eq!(import("{}"), Err(ImportError::NotProfiles));
}

fn of_module() -> Profile {
    let mut profile = Profile {
        name: "line 3".to_owned(),
        host: "broker.example".to_owned(),
        client_id: "868488076771714".to_owned(),
        user: "root".to_owned(),
        subscriptions: vec![SubscriptionEntry { filter: "down/#".to_owned(), qos: Qos::AtLeastOnce }],
        publish_topic: "up".to_owned(),
        will: WillEntry { is_on: true, topic: "state".to_owned(), payload: "gone".to_owned(), ..WillEntry::default() },
        ..Profile::default()
    };
    profile.security.case = SecurityCase::Both;
    profile.security.ca.path = "ca.crt".to_owned();
    profile.passwords.has_login = true;
    profile
}

fn exported(secrets: Option<&Secrets>) -> String {
    let [ca, certificate, key] = ["/c/ca.crt", "/c/client.crt", "/c/client.key"];
    let tls = PeerTls::Mutual { ca, certificate, key };
    export(&of_module(), &Peer { host: "192.0.2.7", port: 8883, secrets, tls })
}

#[test]
fn what_was_exported_for_mqttx_is_the_same_profile_again() {
    let secrets = Secrets { login: Password::new("luat-7788"), ..Secrets::default() };
    for (given, expected) in [(None, Secrets::default()), (Some(&secrets), secrets.clone())] {
        let Ok(Import::Foreign(mut foreign)) = import(&exported(given)) else { panic!("not of MQTTX") };
        let found = foreign.found.remove(0);
        assert_eq!((found.parcel.profile, found.parcel.secrets, found.notes), (of_module(), expected, Vec::new()));
    }
}

#[test]
fn an_export_that_went_through_mqttx_or_is_older_is_turned_back_as_far_as_it_goes() {
    let mut value: Value = serde_json::from_str(&exported(None)).expect("JSON");
    value[0].as_object_mut().expect("fields").remove("air780e_companion");
    let found = foreign(&value).found.remove(0);
    let (profile, module) = (found.parcel.profile, of_module());
    assert_eq!((profile.name, profile.client_id), (module.name, module.client_id));
    assert_eq!((profile.publish_topic, profile.user), (module.publish_topic, module.user));
    assert_eq!(keys(&found.notes), ["foreign-mirrored"]);
}

#[test]
fn the_settings_of_mqtt_explorer_are_read_too() {
    let one = |changes: Value| {
        let mut one = json!({
            "configVersion": 1, "certValidation": true, "clientId": "mqtt-explorer-1f", "id": "x", "name": "home",
            "encryption": false, "subscriptions": [{ "topic": "#", "qos": 1 }, "old/#"], "type": "mqtt",
            "host": "h.example", "port": 1883, "protocol": "mqtt", "username": "u", "password": "p-4711-4711",
        });
        for (key, value) in changes.as_object().expect("fields") {
            one[key] = value.clone();
        }
        one
    };
    let file = |inside: &[u8]| json!({ "name": "ca.pem", "data": inside });
    let connections = json!({
        "a": one(json!({})),
        "b": one(json!({ "encryption": true, "selfSignedCertificate": file(b"x") })),
        "c": one(json!({ "protocol": "ws" })),
        "d": one(json!({ "host": "" })),
        "e": one(json!({ "encryption": true, "certValidation": false })),
    });
    let foreign = foreign(&json!({ "Settings": {}, "ConnectionManager_connections": connections }));
    let profiles: Vec<_> = foreign.found.iter().map(|found| &found.parcel.profile).collect();
    let cases: Vec<_> = profiles.iter().map(|profile| profile.security.case).collect();
    assert_eq!(cases, [SecurityCase::Plain, SecurityCase::Server, SecurityCase::Encrypted]);
    let filters: Vec<_> = profiles[0].subscriptions.iter().map(|entry| (entry.filter.as_str(), entry.qos)).collect();
    assert_eq!(filters, [("#", Qos::AtLeastOnce), ("old/#", Qos::AtMostOnce)]);
    assert!(profiles[0].passwords.has_login && foreign.has_secrets());
    assert_eq!(keys(&foreign.found[1].notes), ["foreign-client-id", "foreign-files-inside"]);
    assert_eq!(keys(&foreign.left_out), ["foreign-web-socket", "foreign-no-host"]);
}
