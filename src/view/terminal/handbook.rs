//! What a typed command does, and what it destroys, in words.

use crate::{
    air780e::handbook::{self, Entry, Harm},
    lang::Text,
};

/// What is known of the line being typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Advice {
    /// The name of the sentence that says what it does.
    pub key: String,
    /// Section of the reference that describes it.
    pub section: &'static str,
    /// The command's name.
    pub name: &'static str,
}

/// What a line destroys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Danger {
    /// What will be lost.
    pub text: Text,
}

/// What is known of `line`; `None` for a command that is not in the table.
pub fn advice(line: &str) -> Option<Advice> {
    handbook::entry(line).map(|entry| Advice { key: key(entry), section: entry.section, name: entry.name })
}

/// Commands to choose from while `line` is typed: none when it is one already.
pub fn suggestions(line: &str) -> Vec<&'static str> {
    let typed = line.trim();
    if typed.len() < 2 || typed.contains('=') {
        return Vec::new();
    }
    handbook::beginning(typed)
        .filter(|entry| !entry.example.eq_ignore_ascii_case(typed))
        .map(|entry| entry.example)
        .take(MOST_SUGGESTED)
        .collect()
}

impl Danger {
    /// What `line` destroys, if anything.
    pub fn of(line: &str) -> Option<Self> {
        handbook::harm(line).map(|harm| Self { text: Text::new(harm_key(harm)) })
    }
}

/// The name of the sentence about a command: `cmd-csq`, `cmd-at-and-w`.
fn key(entry: &Entry) -> String {
    let name = entry.name.to_ascii_lowercase();
    if let Some(name) = name.strip_prefix("at+") {
        return format!("cmd-{name}");
    }
    let rest = name.strip_prefix("at").unwrap_or(&name);
    let rest = rest.replace('&', "and-").replace('*', "star-").replace('^', "hat-");
    if rest.is_empty() { "cmd-at".to_owned() } else { format!("cmd-at-{rest}") }
}

const fn harm_key(harm: Harm) -> &'static str {
    match harm {
        Harm::Restart => "harm-restart",
        Harm::FactorySettings => "harm-factory",
        Harm::RadioOff => "harm-radio",
        Harm::PowerOff => "harm-power",
        Harm::DeletesFile => "harm-file",
        Harm::AccessPoint => "harm-apn",
        Harm::EndsSession => "harm-session",
        Harm::BaudRate => "harm-baud",
    }
}

/// More would not fit beside each other.
const MOST_SUGGESTED: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::{Lang, Translator};

    #[test]
    fn every_command_and_every_harm_has_a_sentence_in_both_languages() {
        let harms = [
            Harm::Restart,
            Harm::FactorySettings,
            Harm::RadioOff,
            Harm::PowerOff,
            Harm::DeletesFile,
            Harm::AccessPoint,
            Harm::EndsSession,
            Harm::BaudRate,
        ];
        for lang in Lang::ALL {
            let translator = Translator::new(lang);
            let keys = handbook::ENTRIES.iter().map(key).chain(harms.map(|harm| harm_key(harm).to_owned()));
            for key in keys {
                assert_ne!(translator.tr(&key), key, "{} lacks it", lang.tag());
            }
        }
    }

    #[test]
    fn suggestions_end_where_the_command_is_complete() {
        assert_eq!(suggestions("at+cs"), ["AT+CSQ", "AT+CSCS?", "AT+CSTT"]);
        assert_eq!(suggestions("AT+CSQ"), Vec::<&str>::new());
        assert_eq!(suggestions("A"), Vec::<&str>::new());
        assert_eq!(advice("at+csq").map(|advice| advice.key), Some("cmd-csq".to_owned()));
    }
}
