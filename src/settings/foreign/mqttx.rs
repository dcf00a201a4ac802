//! MQTTX' JSON export: one connection or a list of them, with the certificates' paths and, in clear, the password.

use serde_json::Value;

use crate::{lang::Text, mqtt::Password};

use super::{Found, Read, fields::Fields};
use crate::settings::{
    Profile, Secrets, SecurityCase, SecurityEntry, SubscriptionEntry, WillEntry,
    exchange::{self, Parcel},
    mqttx::{ALIAS, CLIENT_END, NAME_END, OWN},
};

/// The connections, when `value` is such a file. What MQTTX asks for at its own import tells it.
pub(super) fn connections(value: &Value) -> Option<Vec<&Value>> {
    let is_one = |value: &Value| value.get("clientId").is_some() && value.get("host").is_some();
    match value {
        Value::Array(list) => {
            list.iter().any(|value| is_one(value) || value.get("mqttVersion").is_some()).then(|| list.iter().collect())
        }
        _ => is_one(value).then(|| vec![value]),
    }
}

/// Reads one connection; the name of a field that does not fit is the error.
pub(super) fn read(value: &Value) -> Result<Read, String> {
    let fields = Fields::of(value, "")?;
    let secrets = Secrets { login: Password::new(fields.text("password")?), ..Secrets::default() };
    if let Some(profile) = own(fields)? {
        return Ok(Ok(Found { parcel: Parcel { profile, secrets }, notes: Vec::new() }));
    }
    let name = fields.text("name")?.trim();
    let is_encrypted = match fields.text("protocol")? {
        "ws" | "wss" => return Ok(Err(Text::new("foreign-web-socket").with("name", name))),
        "mqtts" => true,
        "mqtt" => false,
        "" => fields.flag("ssl", false)?,
        _ => return Err("protocol".to_owned()),
    };
    let (host, port) = fields.address()?;
    let mut notes = Vec::new();
    let mut profile = Profile {
        name: name.to_owned(),
        uses_own_broker: false,
        host,
        port,
        is_port_typed: true,
        security: if is_encrypted { security(fields, &mut notes)? } else { SecurityEntry::default() },
        client_id: fields.text("clientId")?.to_owned(),
        user: fields.text("username")?.to_owned(),
        clean_session: fields.flag("clean", true)?,
        will: will(fields)?,
        ..Profile::default()
    };
    if let Some(seconds) = fields.number("keepalive", 65_535)? {
        profile.keep_alive = seconds.to_string();
    }
    profile.passwords.has_login = !secrets.login.is_empty();
    if !unmirror(fields, &mut profile, &mut notes)? {
        profile.subscriptions = subscriptions(fields, &mut notes)?;
        let is_stamped = fields.flag("clientIdWithTime", false)?;
        notes.push(Text::new(if is_stamped { "foreign-client-id-time" } else { "foreign-client-id" }));
    }
    version_notes(fields, &mut notes)?;
    Ok(Ok(Found { parcel: Parcel { profile, secrets }, notes }))
}

/// The profile that this program wrote along for itself.
fn own(fields: Fields<'_>) -> Result<Option<Profile>, String> {
    match fields.value(OWN) {
        None => Ok(None),
        Some(Value::Object(profile)) => exchange::profile(profile).map(Some).map_err(|field| format!("{OWN}.{field}")),
        Some(_) => Err(OWN.to_owned()),
    }
}

fn security(fields: Fields<'_>, notes: &mut Vec<Text>) -> Result<SecurityEntry, String> {
    let mut security = SecurityEntry::default();
    let is_checked = fields.flag("rejectUnauthorized", true)?;
    let has_files = fields.text("certType")? == "self";
    let path = |key| Ok::<_, String>(if has_files { fields.text(key)?.trim().to_owned() } else { String::new() });
    (security.ca.path, security.certificate.path, security.key.path) = (path("ca")?, path("cert")?, path("key")?);
    let pair = (security.certificate.path.is_empty(), security.key.path.is_empty());
    security.case = match (pair, is_checked) {
        ((false, false), _) => SecurityCase::Both,
        (_, true) => SecurityCase::Server,
        (_, false) => SecurityCase::Encrypted,
    };
    if pair.0 != pair.1 {
        notes.push(Text::new("foreign-half-pair"));
    }
    if security.case == SecurityCase::Both && !is_checked {
        notes.push(Text::new("foreign-checked-here"));
    }
    if security.case != SecurityCase::Encrypted && security.ca.path.is_empty() {
        notes.push(Text::new("foreign-no-authority"));
    }
    if fields.value("ALPNProtocols").is_some_and(|alpn| alpn.as_str() != Some("")) {
        notes.push(Text::new("foreign-alpn"));
    }
    Ok(security)
}

fn will(fields: Fields<'_>) -> Result<WillEntry, String> {
    let Some(will) = fields.object("will")? else { return Ok(WillEntry::default()) };
    let topic = will.text("lastWillTopic")?.to_owned();
    Ok(WillEntry {
        is_on: !topic.trim().is_empty(),
        topic,
        payload: will.text("lastWillPayload")?.to_owned(),
        qos: will.qos("lastWillQos")?,
        retain: will.flag("lastWillRetain", false)?,
    })
}

fn subscriptions(fields: Fields<'_>, notes: &mut Vec<Text>) -> Result<Vec<SubscriptionEntry>, String> {
    let mut entries = Vec::new();
    for value in fields.list("subscriptions")? {
        let field = |key: String| format!("subscriptions.{key}");
        let wanted = Fields::of(value, "subscriptions")?;
        let filter = wanted.text("topic").map_err(field)?.to_owned();
        let qos = wanted.qos("qos").map_err(field)?;
        if wanted.flag("disabled", false).map_err(field)? {
            notes.push(Text::new("foreign-disabled").with("topic", filter));
        } else if !filter.trim().is_empty() {
            entries.push(SubscriptionEntry { filter, qos });
        }
    }
    Ok(entries)
}

/// A connection that this program wrote for MQTTX listens to what the module publishes: that is turned round again.
fn unmirror(fields: Fields<'_>, profile: &mut Profile, notes: &mut Vec<Text>) -> Result<bool, String> {
    let (name, client_id) = (profile.name.strip_suffix(NAME_END), profile.client_id.strip_suffix(CLIENT_END));
    let (Some(name), Some(client_id)) = (name, client_id) else { return Ok(false) };
    (profile.name, profile.client_id) = (name.to_owned(), client_id.to_owned());
    for value in fields.list("subscriptions")? {
        let wanted = Fields::of(value, "subscriptions")?;
        if wanted.text("alias")? == ALIAS {
            wanted.text("topic")?.clone_into(&mut profile.publish_topic);
        }
    }
    notes.push(Text::new("foreign-mirrored"));
    Ok(true)
}

/// What only MQTT 5 has. Version 3.1.1 leaves the same fields unused, and so does this.
fn version_notes(fields: Fields<'_>, notes: &mut Vec<Text>) -> Result<(), String> {
    if !fields.text("mqttVersion")?.starts_with('5') {
        return Ok(());
    }
    notes.push(Text::new("foreign-version"));
    let will = fields.object("will")?.map(|will| will.object("properties")).transpose()?.flatten();
    let mut options: Vec<&str> =
        fields.object("properties")?.into_iter().chain(will).flat_map(Fields::chosen).collect();
    for value in fields.list("subscriptions")? {
        options.extend(Fields::of(value, "subscriptions")?.chosen().filter(|key| ONLY_5.contains(key)));
    }
    options.sort_unstable();
    options.dedup();
    if !options.is_empty() {
        notes.push(Text::new("foreign-options").with("options", options.join(", ")));
    }
    Ok(())
}

/// Fields of a subscription that need MQTT 5.
const ONLY_5: [&str; 5] = ["nl", "rap", "rh", "subscriptionIdentifier", "userProperties"];
