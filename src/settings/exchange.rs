//! Profiles as a JSON file of their own, to hand on. Passwords are in it only by the user's word for that one file.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::mqtt::Password;

use super::{Profile, SecretKind, Secrets};

/// One profile of a file, with the passwords that came along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Parcel {
    /// The profile.
    pub profile: Profile,
    /// Its passwords; empty when the file has none.
    pub secrets: Secrets,
}

/// Why a file is not one of profiles. Nothing is taken of such a file.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// Not JSON.
    #[error("not JSON: line {line}, column {column}")]
    NotJson {
        /// Line of the first fault, from 1.
        line: usize,
        /// Its column, from 1.
        column: usize,
    },
    /// JSON of something else.
    #[error("a file of something else")]
    NotProfiles,
    /// Written by a newer program.
    #[error("form {found}, known up to {known}")]
    TooNew {
        /// The form of the file.
        found: u64,
        /// The newest form known.
        known: u64,
    },
    /// There is no profile in it.
    #[error("no profile in it")]
    Empty,
    /// One profile cannot be used.
    #[error("profile {number} ({name}): field {field}: {why}")]
    BadProfile {
        /// Its place in the file, from 1.
        number: usize,
        /// Its name, as far as it has one.
        name: String,
        /// The field.
        field: String,
        /// What is wrong with it, without its value.
        why: &'static str,
    },
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct SecretTexts {
    login: String,
    access_point: String,
}

/// The text of a file with these profiles; passwords only with `has_secrets`.
pub fn export(parcels: &[Parcel], has_secrets: bool) -> String {
    let profiles: Vec<Value> = parcels.iter().map(|parcel| profile_value(parcel, has_secrets)).collect();
    let file = json!({ "format": FORMAT, "version": VERSION, "profiles": profiles });
    format!("{file:#}\n")
}

fn profile_value(parcel: &Parcel, has_secrets: bool) -> Value {
    let mut value = json!(parcel.profile);
    if let (Some(fields), true) = (value.as_object_mut(), has_secrets && !parcel.secrets.is_empty()) {
        let text = |kind| parcel.secrets.of(kind).reveal().to_owned();
        let texts = SecretTexts { login: text(SecretKind::Login), access_point: text(SecretKind::AccessPoint) };
        fields.insert(SECRETS.to_owned(), json!(texts));
    }
    value
}

/// The profiles in `text`, all or none.
pub fn import(text: &str) -> Result<Vec<Parcel>, ImportError> {
    // Windows editors put a mark in front that JSON does not know.
    let text = text.trim_start_matches('\u{feff}');
    let value: Value = serde_json::from_str(text)
        .map_err(|error| ImportError::NotJson { line: error.line(), column: error.column() })?;
    let profiles = profiles_of(&value)?;
    if profiles.is_empty() {
        return Err(ImportError::Empty);
    }
    profiles.iter().enumerate().map(|(index, value)| parcel(index + 1, value)).collect()
}

fn profiles_of(value: &Value) -> Result<&[Value], ImportError> {
    let version = value.get("version").and_then(Value::as_u64).unwrap_or(VERSION);
    let is_ours = value.get("format").is_none_or(|format| format == FORMAT);
    match value.get("profiles").and_then(Value::as_array) {
        Some(_) if !is_ours => Err(ImportError::NotProfiles),
        Some(_) if version > VERSION => Err(ImportError::TooNew { found: version, known: VERSION }),
        Some(profiles) => Ok(profiles),
        None => Err(ImportError::NotProfiles),
    }
}

fn parcel(number: usize, value: &Value) -> Result<Parcel, ImportError> {
    let name = value.get("name").and_then(Value::as_str).unwrap_or_default().trim().to_owned();
    let bad = |field: &str, why| ImportError::BadProfile { number, name: name.clone(), field: field.to_owned(), why };
    let Some(fields) = value.as_object() else { return Err(bad("", "not an object")) };
    let secrets = match fields.get(SECRETS) {
        Some(texts) => {
            serde_json::from_value::<SecretTexts>(texts.clone()).map_err(|_| bad(SECRETS, "not two texts"))?
        }
        None => SecretTexts::default(),
    };
    let fields: Map<String, Value> =
        fields.iter().filter(|(key, _)| *key != SECRETS).map(|(key, value)| (key.clone(), value.clone())).collect();
    let mut profile = profile(&fields).map_err(|field| bad(&field, "not of its kind"))?;
    profile.name.clone_from(&name);
    let secrets = Secrets { login: Password::new(secrets.login), access_point: Password::new(secrets.access_point) };
    Ok(Parcel { profile, secrets })
}

/// The profile with these fields, or the field that no profile can have.
pub fn profile(fields: &Map<String, Value>) -> Result<Profile, String> {
    serde_json::from_value(Value::Object(fields.clone())).map_err(|_| {
        let alone = |(key, value): &(&String, &Value)| {
            let one = Map::from_iter([((*key).clone(), (*value).clone())]);
            serde_json::from_value::<Profile>(Value::Object(one)).is_err()
        };
        fields.iter().find(alone).map(|(key, _)| key.clone()).unwrap_or_default()
    })
}

/// `name`, or the first of `name 2`, `name 3`, … (`line 4` after `line 3`) that `is_taken` does not know.
pub fn free_name(name: &str, is_taken: impl Fn(&str) -> bool) -> String {
    let name = name.trim();
    let name = if name.is_empty() { "profile" } else { name };
    if !is_taken(name) {
        return name.to_owned();
    }
    // Only a number of its own is counted on: "AB12" becomes "AB12 2".
    let numbered = name.rsplit_once(' ').and_then(|(stem, number)| Some((stem, number.parse::<u32>().ok()?)));
    let (stem, number) = numbered.unwrap_or((name, 1));
    let later = (number.saturating_add(1)..=u32::MAX).map(|number| format!("{stem} {number}"));
    later.into_iter().find(|name| !is_taken(name)).unwrap_or_default()
}

/// Whether `name` is `asked`, or what [`free_name`] makes of it.
pub fn is_counted_on(name: &str, asked: &str) -> bool {
    let rest = name.strip_prefix(asked.trim());
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') && rest.trim_start().parse::<u32>().is_ok())
}

const FORMAT: &str = "air780e-companion profiles";
const VERSION: u64 = 1;
const SECRETS: &str = "passwords_in_clear";

#[cfg(test)]
mod tests {
    use super::*;

    fn parcels() -> Vec<Parcel> {
        let secrets = Secrets { login: Password::new("luat-7788"), access_point: Password::new("iot-4455") };
        let named = |name: &str| Profile { name: name.to_owned(), host: "h".to_owned(), ..Profile::default() };
        vec![
            Parcel { profile: named("机房"), secrets },
            Parcel { profile: named("line 3"), secrets: Secrets::default() },
        ]
    }

    #[test]
    fn what_was_exported_is_imported_without_passwords_unless_asked() {
        let text = export(&parcels(), false);
        assert!(!text.contains("luat-7788") && !text.contains("iot-4455") && !text.contains("in_clear"), "{text}");
        let back = import(&text).expect("ours");
        assert_eq!(back[0].profile, parcels()[0].profile);
        assert!(back.iter().all(|parcel| parcel.secrets.is_empty()));
        assert_eq!(import(&export(&parcels(), true)).expect("ours"), parcels());
    }

    #[test]
    fn a_bad_file_is_told_by_what_is_wrong_with_it() {
        let bad = |number, name: &str, field: &str, why| {
            Err(ImportError::BadProfile { number, name: name.to_owned(), field: field.to_owned(), why })
        };
        let table = [
            ("", Err(ImportError::NotJson { line: 1, column: 0 })),
            ("{\n  \"profiles\": [,]", Err(ImportError::NotJson { line: 2, column: 16 })),
            ("{}", Err(ImportError::NotProfiles)),
            ("7", Err(ImportError::NotProfiles)),
            ("[]", Err(ImportError::NotProfiles)),
            (r#"{"format":"other","profiles":[{}]}"#, Err(ImportError::NotProfiles)),
            (r#"{"version":9,"profiles":[{}]}"#, Err(ImportError::TooNew { found: 9, known: 1 })),
            (r#"{"profiles":[]}"#, Err(ImportError::Empty)),
            (r#"{"profiles":[{"name":"a"},7]}"#, bad(2, "", "", "not an object")),
            (r#"{"profiles":[{"name":"a","host":"h","baud":"fast"}]}"#, bad(1, "a", "baud", "not of its kind")),
            (r#"{"profiles":[{"name":"a","passwords_in_clear":[1]}]}"#, bad(1, "a", SECRETS, "not two texts")),
        ];
        for (text, expected) in table {
            assert_eq!(import(text), expected, "{text}");
        }
    }

    #[test]
    fn a_mark_in_front_and_fields_of_tomorrow_do_no_harm() {
        let text = "\u{feff}{\"profiles\":[{\"name\":\" a \",\"host\":\"h\",\"tomorrow\":1}]}";
        let parcels = import(text).expect("profiles");
        assert_eq!((parcels[0].profile.name.as_str(), parcels[0].profile.host.as_str()), ("a", "h"));
    }

    #[test]
    fn a_clash_of_names_is_counted_on() {
        let taken = ["a", "a 2", "AB12", "7", "line 3"];
        for (name, free) in [
            ("b", "b"),
            ("a", "a 3"),
            ("a 2", "a 3"),
            ("AB12", "AB12 2"),
            ("7", "7 2"),
            ("line 3", "line 4"),
            (" ", "profile"),
        ] {
            assert_eq!(free_name(name, |name| taken.contains(&name)), free);
        }
    }
}
