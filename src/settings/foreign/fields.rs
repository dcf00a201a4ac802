//! Fields of a JSON object as other tools write them: absent and `null` are the same, a switch may be 0 or 1, a number may be
//! text.

use serde_json::{Map, Value};

use crate::mqtt::Qos;

/// The fields of one object. Each reading gives the name of the field as the error: nothing of its value.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields<'a>(&'a Map<String, Value>);

impl<'a> Fields<'a> {
    /// The fields of `value`, which is called `name` in an error.
    pub(super) fn of(value: &'a Value, name: &str) -> Result<Self, String> {
        value.as_object().map(Self).ok_or_else(|| name.to_owned())
    }

    /// The value as it is; `None` for `null` too.
    pub(super) fn value(self, key: &str) -> Option<&'a Value> {
        self.0.get(key).filter(|value| !value.is_null())
    }

    /// The object in that field.
    pub(super) fn object(self, key: &str) -> Result<Option<Self>, String> {
        self.value(key).map(|value| Self::of(value, key)).transpose()
    }

    /// The entries of the list in that field; none when it is absent.
    pub(super) fn list(self, key: &str) -> Result<&'a [Value], String> {
        match self.value(key) {
            None => Ok(&[]),
            Some(value) => value.as_array().map(Vec::as_slice).ok_or_else(|| key.to_owned()),
        }
    }

    /// A text; empty when it is absent.
    pub(super) fn text(self, key: &str) -> Result<&'a str, String> {
        self.value(key).map_or(Ok(""), |value| value.as_str().ok_or_else(|| key.to_owned()))
    }

    /// A switch; `usual` when it is absent.
    pub(super) fn flag(self, key: &str, usual: bool) -> Result<bool, String> {
        match self.value(key) {
            None => Ok(usual),
            Some(Value::Bool(flag)) => Ok(*flag),
            Some(value) => match value.as_u64() {
                Some(0) => Ok(false),
                Some(1) => Ok(true),
                _ => Err(key.to_owned()),
            },
        }
    }

    /// A number up to `most`; `None` when it is absent.
    pub(super) fn number(self, key: &str, most: u64) -> Result<Option<u64>, String> {
        let Some(value) = self.value(key) else { return Ok(None) };
        let number = value.as_u64().or_else(|| value.as_str()?.trim().parse().ok());
        number.filter(|number| *number <= most).map(Some).ok_or_else(|| key.to_owned())
    }

    /// A quality of service; the lowest when it is absent.
    pub(super) fn qos(self, key: &str) -> Result<Qos, String> {
        let number = self.number(key, 2)?.unwrap_or_default();
        Qos::ALL.into_iter().find(|qos| u64::from(qos.number()) == number).ok_or_else(|| key.to_owned())
    }

    /// A host and a port to reach, 1 to 65535.
    pub(super) fn address(self) -> Result<(String, String), String> {
        let host = Some(self.text("host")?.trim()).filter(|host| !host.is_empty()).ok_or("host")?;
        let port = self.number("port", 65_535)?.filter(|port| *port > 0).ok_or("port")?;
        Ok((host.to_owned(), port.to_string()))
    }

    /// Names of the fields in which something is chosen.
    pub(super) fn chosen(self) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(|(_, value)| is_chosen(value)).map(|(key, _)| key.as_str())
    }
}

fn is_chosen(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::Bool(flag) => *flag,
        Value::Number(number) => number.as_f64() != Some(0.0),
        Value::String(text) => !text.is_empty(),
        Value::Array(list) => !list.is_empty(),
        Value::Object(fields) => fields.values().any(is_chosen),
    }
}
