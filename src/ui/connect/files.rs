//! The dialogs that read profiles from a file and write them. The path field works where the system has no dialog.

use eframe::egui::{Id, Label, ScrollArea, Ui};

use crate::{
    action::{Action, FileEntry, FilesAction, ProfileAction, SecurityCase},
    ui::{
        Cx,
        theme::{Tone, space},
        widgets::{
            Answering, Mark, body, button, dialog, mark, mono, muted, path_field, primary_button, small, title, toggle,
        },
    },
    view::connect::{
        ConnectView,
        files::{FileDialog, FileOutcome, FilesScreen},
    },
};

use super::security;

/// Draws the dialog that is open.
pub(super) fn dialog_ui(ui: &Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>) {
    let files = &view.screen.files;
    let Some(open) = files.open else { return };
    let asked = dialog(ui, "files", WIDTH, |ui, answering| {
        ui.spacing_mut().item_spacing.y = space::S;
        let (heading, hint) = words(open);
        ui.label(title(cx.tr(heading)));
        ui.add(Label::new(body(cx.tr(hint))).wrap());
        if open == FileDialog::Mqttx {
            mqttx_ui(ui, cx, view);
        }
        let is_entered = path_ui(ui, cx, files, answering);
        if open != FileDialog::Import {
            options_ui(ui, cx, view, open);
        }
        found_ui(ui, cx, files);
        outcome_ui(ui, cx, files);
        buttons_ui(ui, cx, files, open, (answering, is_entered))
    });
    if asked.inner || asked.is_left {
        push(cx, FilesAction::Open(None));
    }
}

const fn words(dialog: FileDialog) -> (&'static str, &'static str) {
    match dialog {
        FileDialog::Import => ("import-title", "import-hint"),
        FileDialog::Export => ("export-title", "export-hint"),
        FileDialog::Mqttx => ("mqttx-title", "mqttx-hint"),
    }
}

/// What the other side will listen to, and where it has to publish.
fn mqttx_ui(ui: &mut Ui, cx: &Cx<'_>, view: &ConnectView<'_>) {
    let profile = view.profile;
    let filters: Vec<_> = profile.subscriptions.iter().map(|entry| entry.filter.trim()).collect();
    let words = cx.tr_args(
        "mqttx-topics",
        &[
            ("listens", profile.publish_topic.trim().into()),
            ("publishes", filters.join(", ").into()),
            ("client", format!("{}-mqttx", profile.client_id.trim()).into()),
        ],
    );
    ui.add(Label::new(muted(&cx.tokens, words)).wrap());
    let security = &profile.security;
    let lies_here = |file: &FileEntry| !file.is_on_module && !file.path.trim().is_empty();
    let key = match security.case {
        SecurityCase::Both if ![&security.ca, &security.certificate, &security.key].into_iter().all(lies_here) => {
            "mqttx-no-files"
        }
        SecurityCase::Server if !lies_here(&security.ca) => "mqttx-no-authority",
        _ => return,
    };
    ui.add(Label::new(small(cx.tr(key)).color(Tone::Warn.ink(&cx.tokens))).wrap());
}

/// What another tool's file would become, and what is other than there, before anything is imported.
fn found_ui(ui: &mut Ui, cx: &mut Cx<'_>, files: &FilesScreen) {
    let Some(foreign) = &files.found else { return };
    let count = foreign.found.len();
    ui.label(body(cx.tr_args("foreign-found", &[("tool", foreign.tool.into()), ("count", count.into())])).strong());
    ScrollArea::vertical().id_salt("found").max_height(FOUND_HEIGHT).show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::XS;
        for found in &foreign.found {
            let profile = &found.parcel.profile;
            let address = format!("{}:{}", profile.host, profile.port);
            let case = cx.tr(security::words(profile.security.case).0).into_owned();
            ui.horizontal_wrapped(|ui| {
                ui.label(body(profile.name.as_str()).strong());
                ui.label(mono(address));
                ui.label(muted(&cx.tokens, case));
            });
            for note in &found.notes {
                ui.add(Label::new(small(format!("– {}", cx.text(note)))).wrap());
            }
        }
        for line in &foreign.left_out {
            ui.add(Label::new(small(cx.text(line)).color(Tone::Warn.ink(&cx.tokens))).wrap());
        }
    });
    if foreign.has_secrets() {
        if let Some(takes) = toggle(ui, &cx.tr("foreign-secrets"), files.has_secrets) {
            push(cx, FilesAction::WithSecrets(takes));
        }
        let key = if files.has_secrets { "foreign-secrets-taken" } else { "foreign-secrets-left" };
        ui.add(Label::new(muted(&cx.tokens, cx.tr(key))).wrap());
    }
}

/// The path; whether Enter ended it.
fn path_ui(ui: &mut Ui, cx: &mut Cx<'_>, files: &FilesScreen, answering: Answering) -> bool {
    let mut path = files.path.clone();
    ui.horizontal(|ui| {
        let (name, hint) = (cx.tr("files-path").into_owned(), cx.tr("files-path-hint").into_owned());
        let width = ui.available_width() - PICK_WIDTH;
        let input = path_field(ui, Id::unique("profile path"), &name, &mut path, &hint, width);
        answering.begin_with(&input.response);
        if input.response.changed() {
            push(cx, FilesAction::Path(path.clone()));
        }
        let why_not = files.is_busy.then(|| cx.tr("files-why-busy").into_owned());
        if button(ui, &cx.tr("files-pick"), why_not.as_deref()).clicked() {
            push(cx, FilesAction::Pick);
        }
        input.is_entered
    })
    .inner
}

fn options_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &ConnectView<'_>, dialog: FileDialog) {
    let files = &view.screen.files;
    if dialog == FileDialog::Export && view.profiles.len() > 1 {
        let words = cx.tr_args("export-all", &[("count", view.profiles.len().into())]);
        if let Some(is_all) = toggle(ui, &words, files.is_all) {
            push(cx, FilesAction::All(is_all));
        }
    }
    if let Some(has_secrets) = toggle(ui, &cx.tr("export-secrets"), files.has_secrets) {
        push(cx, FilesAction::WithSecrets(has_secrets));
    }
    if files.has_secrets {
        let key = if view.secrets.is_empty() { "export-no-secrets" } else { "export-secrets-warning" };
        ui.add(Label::new(small(cx.tr(key)).color(Tone::Warn.ink(&cx.tokens))).wrap());
    }
}

fn outcome_ui(ui: &mut Ui, cx: &Cx<'_>, files: &FilesScreen) {
    let (shape, lines) = match &files.outcome {
        None => return,
        Some(FileOutcome::Good(lines)) => (Mark::Confirmed, lines.as_slice()),
        Some(FileOutcome::Bad(line)) => (Mark::Failed, std::slice::from_ref(line)),
    };
    for line in lines {
        ui.horizontal_top(|ui| {
            mark(ui, shape);
            ui.add(Label::new(small(cx.text(line)).color(shape.tone().ink(&cx.tokens))).wrap());
        });
    }
}

/// The buttons; whether the dialog shall close.
fn buttons_ui(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    files: &FilesScreen,
    dialog: FileDialog,
    (answering, is_entered): (Answering, bool),
) -> bool {
    let why_not = match (files.is_busy, files.path.trim().is_empty()) {
        (true, _) => Some(cx.tr("files-why-busy").into_owned()),
        (false, true) => Some(cx.tr("files-why-no-path").into_owned()),
        (false, false) if files.found.as_ref().is_some_and(|foreign| foreign.found.is_empty()) => {
            Some(cx.tr("foreign-why-nothing").into_owned())
        }
        (false, false) => None,
    };
    let may_replace = files.may_replace.as_deref() == Some(files.path.trim()) && files.outcome.is_some();
    let run = match dialog {
        FileDialog::Import if files.found.is_some() => "foreign-run",
        FileDialog::Import => "import-run",
        _ if may_replace && matches!(files.outcome, Some(FileOutcome::Bad(_))) => "files-replace",
        _ => "export-run",
    };
    ui.add_space(space::XS);
    ui.horizontal(|ui| {
        // What is there already is replaced by a click on the word that says so.
        let replaces = run == "files-replace";
        let look = if replaces { button } else { primary_button };
        let runs = look(ui, &cx.tr(run), why_not.as_deref());
        let is_usual = answering.is_given(&runs) || is_entered && runs.enabled();
        if runs.clicked() || is_usual && !replaces {
            push(cx, FilesAction::Run);
        }
        button(ui, &cx.tr("files-close"), None).clicked()
    })
    .inner
}

fn push(cx: &mut Cx<'_>, action: FilesAction) {
    cx.push(Action::Profile(ProfileAction::Files(action)));
}

const WIDTH: f32 = 480.0;
const PICK_WIDTH: f32 = 110.0;
const FOUND_HEIGHT: f32 = 220.0;
