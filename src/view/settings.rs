//! What the Settings page shows.

use std::path::Path;

use crate::{
    lang::{Lang, Text},
    settings::{Settings, ThemeChoice},
};

use super::connect::{Keyring, Ports};

/// The Settings page.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each is a switch on the page")]
pub struct SettingsView {
    /// The language in use.
    pub lang: Lang,
    /// The theme chosen.
    pub theme: ThemeChoice,
    /// Whether everything is drawn larger.
    pub is_stage: bool,
    /// Most terminal lines kept.
    pub terminal_lines: usize,
    /// Most messages kept.
    pub messages: usize,
    /// Whether this computer tries the same when a connection fails.
    pub tries_here: bool,
    /// Whether each connection is logged.
    pub writes_log: bool,
    /// The folder for logs, as typed.
    pub log_folder: String,
    /// Whether what is copied and exported shows the numbers of device and card, and positions.
    pub shows_numbers: bool,
    /// The folder that is meant while nothing is typed, when there is one.
    pub default_log_folder: Option<String>,
    /// The folder in which settings and profiles are kept, when there is one.
    pub folder: Option<String>,
    /// Version of the program.
    pub version: &'static str,
    /// What this system offers the program, or does not.
    pub system: Vec<Facility>,
}

/// Something that a system may lack; the program works without.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facility {
    /// The name of its word in the language files.
    pub key: &'static str,
    /// Whether it is there.
    pub is_there: bool,
    /// How it stands, and what happens without it.
    pub text: Text,
}

/// The page.
pub fn view(settings: &Settings, lang: Lang, folder: Option<String>, keyring: &Keyring, ports: &Ports) -> SettingsView {
    SettingsView {
        lang,
        theme: settings.theme,
        is_stage: settings.is_stage,
        terminal_lines: settings.terminal_lines,
        messages: settings.messages,
        tries_here: settings.tries_here,
        writes_log: settings.log.is_on,
        log_folder: settings.log.folder.clone(),
        shows_numbers: settings.log.shows_numbers,
        default_log_folder: folder.as_ref().map(|folder| Path::new(folder).join("logs").display().to_string()),
        folder,
        version: env!("CARGO_PKG_VERSION"),
        system: vec![keyring_facility(keyring), ports_facility(ports)],
    }
}

fn keyring_facility(keyring: &Keyring) -> Facility {
    let text = match keyring {
        Keyring::Looking => Text::new("keyring-looking"),
        Keyring::Ready => Text::new("system-keyring-ready"),
        Keyring::Missing(_) => Text::new("keyring-missing-short"),
    };
    Facility { key: "system-keyring", is_there: !matches!(keyring, Keyring::Missing(_)), text }
}

fn ports_facility(ports: &Ports) -> Facility {
    let text = match ports {
        Ports::Looking => Text::new("ports-looking"),
        Ports::Found(rows) if rows.is_empty() => Text::new("system-ports-none"),
        Ports::Found(rows) => Text::new("system-ports").with("count", rows.len()),
        Ports::Failed(detail) => Text::new("ports-failed").with("detail", detail.as_str()),
    };
    Facility {
        key: "system-ports-title",
        is_there: !matches!(ports, Ports::Failed(_)) && !ports.rows().is_empty(),
        text,
    }
}
