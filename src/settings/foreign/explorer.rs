//! The settings of MQTT Explorer: its connections, with the bytes of certificates inside the file.

use serde_json::Value;

use crate::{lang::Text, mqtt::Password};

use super::{Found, Read, fields::Fields};
use crate::settings::{Profile, Secrets, SecurityCase, SubscriptionEntry, exchange::Parcel};

/// The connections, when `value` is such a file.
pub(super) fn connections(value: &Value) -> Option<Vec<&Value>> {
    value.get("ConnectionManager_connections")?.as_object().map(|list| list.values().collect())
}

/// Reads one connection; the name of a field that does not fit is the error.
pub(super) fn read(value: &Value) -> Result<Read, String> {
    let fields = Fields::of(value, "")?;
    let name = fields.text("name")?.trim();
    if fields.text("protocol")? == "ws" {
        return Ok(Err(Text::new("foreign-web-socket").with("name", name)));
    }
    if fields.text("host")?.trim().is_empty() {
        return Ok(Err(Text::new("foreign-no-host").with("name", name)));
    }
    let (host, port) = fields.address()?;
    let secrets = Secrets { login: Password::new(fields.text("password")?), ..Secrets::default() };
    let mut notes = vec![Text::new("foreign-client-id")];
    let mut profile = Profile {
        name: name.to_owned(),
        uses_own_broker: false,
        host,
        port,
        is_port_typed: true,
        client_id: fields.text("clientId")?.to_owned(),
        user: fields.text("username")?.to_owned(),
        subscriptions: subscriptions(fields)?,
        ..Profile::default()
    };
    profile.passwords.has_login = !secrets.login.is_empty();
    if fields.flag("encryption", false)? {
        let has = |key| fields.value(key).is_some();
        profile.security.case =
            match (has("clientCertificate") && has("clientKey"), fields.flag("certValidation", true)?) {
                (true, _) => SecurityCase::Both,
                (false, true) => SecurityCase::Server,
                (false, false) => SecurityCase::Encrypted,
            };
        if FILES.into_iter().any(has) {
            notes.push(Text::new("foreign-files-inside"));
        } else if profile.security.case == SecurityCase::Server {
            notes.push(Text::new("foreign-no-authority"));
        }
    }
    Ok(Ok(Found { parcel: Parcel { profile, secrets }, notes }))
}

/// Topics alone in older files, with a quality of service in newer ones.
fn subscriptions(fields: Fields<'_>) -> Result<Vec<SubscriptionEntry>, String> {
    let read = |value: &Value| {
        if let Some(filter) = value.as_str() {
            return Ok(SubscriptionEntry { filter: filter.to_owned(), ..SubscriptionEntry::default() });
        }
        let wanted = Fields::of(value, "subscriptions")?;
        Ok(SubscriptionEntry { filter: wanted.text("topic")?.to_owned(), qos: wanted.qos("qos")? })
    };
    fields.list("subscriptions")?.iter().map(read).collect()
}

const FILES: [&str; 3] = ["selfSignedCertificate", "clientCertificate", "clientKey"];
