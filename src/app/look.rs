//! How the window looks, and what is kept how long: as the settings say.

use eframe::egui::ThemePreference;

use crate::{
    action::Look,
    lang::Translator,
    model::Input,
    settings::{Settings, ThemeChoice},
    ui::theme::{self, size},
    view::LOW_WINDOW,
};

use super::App;

/// Does what was asked.
pub(super) fn change(app: &mut App, look: Look) {
    let settings = &mut app.settings;
    match look {
        Look::Lang(lang) => {
            settings.lang = Some(lang);
            app.translator = Translator::new(lang);
            theme::speak(&app.ctx, lang);
        }
        Look::Theme(theme) => settings.theme = theme,
        Look::Stage(is_stage) => settings.is_stage = is_stage,
        Look::Strip(is_open) if app.ctx.content_rect().height() < LOW_WINDOW => {
            app.screen.opens_low_strip = is_open;
        }
        Look::Strip(is_open) => settings.is_strip_open = is_open,
        Look::TerminalLines(lines) => settings.terminal_lines = lines.clamp(1_000, 1_000_000),
        Look::Messages(messages) => settings.messages = messages.clamp(100, 100_000),
        Look::TriesHere(is_on) => settings.tries_here = is_on,
        Look::Log(is_on) => settings.log.is_on = is_on,
        Look::LogFolder(folder) => settings.log.folder = folder,
        Look::ShowsNumbers(shows) => settings.log.shows_numbers = shows,
    }
    wear(app);
    app.save();
}

/// Makes egui and the model wear what the settings say.
pub(super) fn wear(app: &mut App) {
    app.ctx.set_theme(preference(app.settings.theme));
    app.ctx.set_zoom_factor(if app.settings.is_stage { size::STAGE_ZOOM } else { 1.0 });
    let Settings { terminal_lines, messages, .. } = app.settings;
    app.apply(&Input::Limits { terminal_lines, messages });
}

/// What egui calls the theme chosen.
const fn preference(theme: ThemeChoice) -> ThemePreference {
    match theme {
        ThemeChoice::System => ThemePreference::System,
        ThemeChoice::Light => ThemePreference::Light,
        ThemeChoice::Dark => ThemePreference::Dark,
    }
}
