//! Saving: what is in the file is made and written off the UI thread, and only when the user said so.

use std::{
    io::{ErrorKind, Write as _},
    path::{Path, PathBuf},
};

use crate::{
    action::SaveAction,
    model::{Input, notices::Notice},
    own_file,
    view::{
        latency::Export,
        messages::{self, ExportFormat},
        save::{Purpose, Screen, Stage},
        terminal::Record,
        watch,
    },
};

use super::{
    App, folders,
    pick::{self, Picked},
    replayed,
};

/// What came of a task of the dialog.
enum Outcome {
    /// The system's own dialog was answered, or closed.
    Chosen(Picked),
    /// The file was written.
    Written(PathBuf),
    /// There is such a file, and nobody said to replace it.
    Taken,
    /// It could not be written.
    Failed(String),
}

/// Opens the dialog, when there is something to save.
pub(super) fn begin(app: &mut App, purpose: Purpose) {
    let Some(content) = Content::new(app, purpose) else { return };
    let folder = folders::for_saving(app).or_else(|| std::env::current_dir().ok()).unwrap_or_default();
    let path = folder.join(content.file_name()).display().to_string();
    app.screen.save = Some(Screen::new(purpose, path, content.is_simulated()));
}

/// Does what the dialog asks.
pub(super) fn dispatch(app: &mut App, action: SaveAction) {
    let Some(screen) = &mut app.screen.save else { return };
    match action {
        SaveAction::Path(path) => screen.name(path),
        SaveAction::Cancel => app.screen.save = None,
        SaveAction::Choose => choose(app),
        SaveAction::Write => {
            let replaces = screen.stage == Stage::Taken;
            write(app, replaces);
        }
    }
}

/// Learns what came of a task.
fn finish(app: &mut App, outcome: Outcome) {
    let Some(screen) = &mut app.screen.save else {
        // The dialog was closed while it was written: only the end is told.
        if let Outcome::Written(path) = outcome {
            app.apply(&Input::Notice(Notice::Exported { path: path.display().to_string() }));
        }
        return;
    };
    match outcome {
        Outcome::Chosen(picked) => {
            if picked.has_no_dialog() {
                screen.stage = Stage::NoDialog;
            } else if screen.take_choice(picked.path) {
                write(app, true);
            }
        }
        Outcome::Written(path) => {
            app.screen.save = None;
            folders::remember(app, &path);
            app.apply(&Input::Notice(Notice::Exported { path: path.display().to_string() }));
        }
        Outcome::Taken => screen.stage = Stage::Taken,
        Outcome::Failed(detail) => screen.stage = Stage::Failed(detail),
    }
}

/// Opens the system's own dialog, where there is one.
fn choose(app: &mut App) {
    let Some(screen) = &mut app.screen.save else { return };
    screen.stage = Stage::Choosing;
    let path = PathBuf::from(screen.path.trim());
    let work = move || {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let dialog = rfd::FileDialog::new().set_file_name(name);
        let dialog = match path.parent() {
            Some(folder) => dialog.set_directory(folder),
            None => dialog,
        };
        Outcome::Chosen(pick::shown(|| dialog.save_file()))
    };
    app.tasks.start("task-choose", work, finish);
}

fn write(app: &mut App, replaces: bool) {
    let Some(screen) = app.screen.save.as_mut().filter(|screen| screen.can_write()) else { return };
    let (path, purpose) = (PathBuf::from(screen.path.trim()), screen.purpose);
    screen.stage = Stage::Writing;
    let Some(content) = Content::new(app, purpose) else {
        // What was to be saved is gone.
        app.screen.save = None;
        return;
    };
    app.tasks.start("task-export", move || write_file(&path, replaces, &content), finish);
}

fn write_file(path: &Path, replaces: bool, content: &Content) -> Outcome {
    // Nobody finds a file that is still being thought of.
    let text = content.text();
    let written = if replaces {
        own_file::replace(path, text.as_bytes())
    } else {
        own_file::create(path).and_then(|mut file| file.write_all(text.as_bytes()))
    };
    match written {
        Ok(()) => Outcome::Written(path.to_owned()),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Outcome::Taken,
        Err(error) => Outcome::Failed(error.to_string()),
    }
}

/// A copy of what is saved.
enum Content {
    Latency(Export),
    Terminal(Box<Record>),
    Messages(messages::Export, ExportFormat),
    Authority(String),
    Report(String, &'static str, bool),
    Watch(Box<watch::Report>),
}

impl Content {
    /// What is to be saved; `None` when there is nothing.
    fn new(app: &App, purpose: Purpose) -> Option<Self> {
        Some(match purpose {
            Purpose::Report(form) => {
                let is_simulated = app.screen.report.as_ref()?.is_simulated;
                Self::Report(
                    app.reporting.written(&app.screen, form, app.translator.lang())?,
                    form.ending(),
                    is_simulated,
                )
            }
            Purpose::Authority => {
                let authority = app.screen.troubleshoot.scan.authority.as_ref()?;
                Self::Authority(authority.file.as_ref()?.pem.clone())
            }
            Purpose::WatchReport => {
                let name = app.translator.tr("watch-own-name");
                Self::Watch(Box::new(watch::Report::new(&app.screen.watch, app.watching.own(), &name)?))
            }
            Purpose::Latency => {
                let log = app.screen.recorded.on(app.screen.page);
                let screen = log.map_or(&app.screen.latency, |log| &log.latency);
                Self::Latency(Export::new(
                    replayed::in_front(&app.screen, &app.recording.ports, &app.model).latency(),
                    screen,
                ))
            }
            Purpose::Terminal => Self::Terminal(Box::new(
                Record::new(&app.model, &app.screen.terminal).showing_numbers(app.settings.log.shows_numbers),
            )),
            Purpose::Messages(format) => {
                let model = replayed::in_front(&app.screen, &app.recording.ports, &app.model);
                let log = app.screen.recorded.on(app.screen.page);
                let seqs = log.map_or(&app.screen.messages, |log| &log.messages).list.seqs();
                let export = messages::Export::new(model.messages(), seqs, model.connection().is_simulated());
                let hides = !app.settings.log.shows_numbers;
                Self::Messages(if hides { export.hiding_numbers() } else { export }, format)
            }
        })
    }

    fn file_name(&self) -> String {
        match self {
            Self::Latency(export) => export.file_name(),
            Self::Terminal(record) => record.file_name(),
            Self::Messages(export, format) => export.file_name(*format),
            Self::Authority(_) => "ca.crt".to_owned(),
            Self::Report(_, ending, _) => format!("report.{ending}"),
            Self::Watch(_) => "air780e-watch.html".to_owned(),
        }
    }

    fn is_simulated(&self) -> bool {
        match self {
            Self::Latency(export) => export.is_simulated(),
            Self::Terminal(record) => record.is_simulated(),
            Self::Messages(export, _) => export.is_simulated(),
            Self::Authority(_) | Self::Watch(_) => false,
            Self::Report(_, _, is_simulated) => *is_simulated,
        }
    }

    fn text(&self) -> String {
        match self {
            Self::Latency(export) => export.csv(),
            Self::Terminal(record) => record.trace(),
            Self::Messages(export, format) => export.text(*format),
            Self::Authority(pem) => pem.clone(),
            Self::Report(text, ..) => text.clone(),
            Self::Watch(report) => report.html(),
        }
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::Context;

    use super::*;
    use crate::{
        action::ScanAction,
        app::{Options, scan},
        view::troubleshoot::{AuthorityFile, AuthorityView},
    };

    #[test]
    fn no_ca_is_saved_where_none_was_found() {
        let mut app = App::new(&Context::default(), Options::default());
        scan::dispatch(&mut app, ScanAction::SaveAuthority);
        assert!(app.screen.save.is_none());
        let file = AuthorityFile { subject: "CN=Plant".into(), fingerprint: "AB".into(), pem: "PEM".into() };
        app.screen.troubleshoot.scan.authority = Some(AuthorityView { file: Some(file), said: Vec::new() });
        scan::dispatch(&mut app, ScanAction::SaveAuthority);
        assert!(app.screen.save.is_some());
        app.screen.troubleshoot.scan.authority = None;
        dispatch(&mut app, SaveAction::Write);
        assert!(app.screen.save.is_none(), "another scan has begun: its CA is not there yet");
    }
}
