//! Connections of other tools as profiles: the JSON export of MQTTX and the settings of MQTT Explorer.
//!
//! What the module cannot do is told beside each profile before anything is imported. A password of such a file stays with its
//! parcel; whether it is taken is the user's word.

mod explorer;
mod fields;
mod mqttx;

use serde_json::Value;

use crate::lang::Text;

use super::exchange::{self, ImportError, Parcel};

/// What a file of profiles holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Import {
    /// Profiles that this program exported.
    Ours(Vec<Parcel>),
    /// Connections of another tool.
    Foreign(Foreign),
}

/// Connections of another tool.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreign {
    /// What the tool is called.
    pub tool: &'static str,
    /// What can become a profile, in the order of the file.
    pub found: Vec<Found>,
    /// A sentence for each connection that cannot.
    pub left_out: Vec<Text>,
}

/// One connection as a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// The profile, and the password that the file has for it.
    pub parcel: Parcel,
    /// What is other than in the tool.
    pub notes: Vec<Text>,
}

impl Foreign {
    /// Whether the file holds a password.
    pub fn has_secrets(&self) -> bool {
        self.found.iter().any(|found| !found.parcel.secrets.is_empty())
    }
}

/// What stands in `text`, all or nothing: a field that no profile can have is an error, and none of the file is taken.
pub fn import(text: &str) -> Result<Import, ImportError> {
    // Windows editors put a mark in front that JSON does not know.
    let Ok(value) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
        return exchange::import(text).map(Import::Ours);
    };
    let foreign = if let Some(connections) = mqttx::connections(&value) {
        collect("MQTTX", connections, mqttx::read)?
    } else if let Some(connections) = explorer::connections(&value) {
        collect("MQTT Explorer", connections, explorer::read)?
    } else {
        return exchange::import(text).map(Import::Ours);
    };
    Ok(Import::Foreign(foreign))
}

/// One connection read: a profile, or the sentence that says why it cannot be one.
type Read = Result<Found, Text>;

fn collect(
    tool: &'static str,
    connections: Vec<&Value>,
    read: fn(&Value) -> Result<Read, String>,
) -> Result<Foreign, ImportError> {
    let mut foreign = Foreign { tool, found: Vec::new(), left_out: Vec::new() };
    for (number, value) in (1..).zip(connections) {
        let bad = |field: String| ImportError::BadProfile {
            number,
            name: value.get("name").and_then(Value::as_str).unwrap_or_default().to_owned(),
            field,
            why: "not of its kind",
        };
        match read(value).map_err(bad)? {
            Ok(found) => foreign.found.push(found),
            Err(why) => foreign.left_out.push(why),
        }
    }
    if foreign.found.is_empty() && foreign.left_out.is_empty() {
        return Err(ImportError::Empty);
    }
    Ok(foreign)
}

#[cfg(test)]
mod tests;
