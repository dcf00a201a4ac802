//! What the Settings page shows.

use crate::{
    lang::Lang,
    settings::{Settings, ThemeChoice},
};

/// The Settings page.
#[derive(Clone, Debug, PartialEq, Eq)]
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
    /// The folder in which settings and profiles are kept, when there is one.
    pub folder: Option<String>,
    /// Version of the program.
    pub version: &'static str,
}

/// The page.
pub fn view(settings: &Settings, lang: Lang, folder: Option<String>) -> SettingsView {
    SettingsView {
        lang,
        theme: settings.theme,
        is_stage: settings.is_stage,
        terminal_lines: settings.terminal_lines,
        messages: settings.messages,
        folder,
        version: env!("CARGO_PKG_VERSION"),
    }
}
