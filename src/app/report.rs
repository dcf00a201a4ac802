//! A report on what is in front: the connection, or a log. Made on a task of its own, looked at before it goes out.

use chrono::{DateTime, Local};
use eframe::egui::Ui;

use crate::{
    action::ReportAction,
    diagnosis::{Case, diagnose},
    doctor::{Answered, Heard, Judge, Live, Origin, Took, of_log},
    model::{
        event::{Delivery, Event, WireLine},
        messages::{Direction, Entry, Messages},
        terminal::Line,
    },
    record::{self, Options, Reader},
    report::Report,
    time::Moment,
    ui::{self, Cx},
    view::{
        report::{Form, Screen},
        save::Purpose,
    },
};

use super::{App, clipboard, reporting::Reporting, save, shown::Shown};

/// Draws the dialog over the window.
pub(super) fn dialog_ui(shown: &Shown<'_>, ui: &Ui, cx: &mut Cx<'_>) {
    if let Some(screen) = shown.screen.report.as_ref().filter(|_| shown.screen.save.is_none()) {
        ui::report::report_ui(ui, cx, screen);
    }
}

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: ReportAction) {
    match action {
        ReportAction::Ask(true) => make(app),
        ReportAction::Ask(false) => {
            app.screen.report = None;
            app.reporting.report = None;
        }
        ReportAction::Hide(words) => change(app, |screen| screen.hidden = words),
        ReportAction::Form(form) => change(app, |screen| screen.form = form),
        ReportAction::Both(is_both) => change(app, |screen| screen.is_both = is_both),
        ReportAction::Copy(form) => {
            if let Some(text) = app.reporting.written(&app.screen, form, app.translator.lang()) {
                clipboard::copy(app, text);
            }
        }
        ReportAction::Save => {
            if let Some(form) = app.screen.report.as_ref().map(|screen| screen.form) {
                save::begin(app, Purpose::Report(form));
            }
        }
    }
}

fn make(app: &mut App) {
    app.reporting = Reporting { number: app.reporting.number + 1, report: None };
    let number = app.reporting.number;
    let log = app.screen.recorded.on(app.screen.page);
    let is_simulated = log.is_none() && app.model.connection().is_simulated();
    app.screen.report = Some(Screen { is_both: true, is_simulated, ..Screen::default() });
    let origin = app.recording.origin.clone();
    if let (Some(log), Some(origin)) = (log, origin) {
        let (name, format) = (log.name.clone(), log.format);
        app.tasks.start(
            "task-report",
            move || report_on(&origin, &name, format),
            move |app, made| take(app, number, made),
        );
        return;
    }
    let (live, lines) = (live(app), app.model.terminal().lines().clone());
    let work = move || {
        let mut live = live;
        lines.iter().for_each(|line| live.heard.hear(&Event::Wire(wire(&line))));
        Ok(live.report())
    };
    app.tasks.start("task-report", work, move |app, made| take(app, number, made));
}

/// The report on a log, or what the system says when it cannot be read.
fn report_on(origin: &Origin, name: &str, format: Option<&'static str>) -> Result<Report, String> {
    let options = Options { format: format.and_then(record::by_key), lines: None };
    let (mut judge, mut reader) = (Judge::new(false).keeping_lines(), Reader::new(options));
    let read = origin.open().and_then(|mut source| judge.read(&mut source, &mut reader, &mut |_, _, _| true));
    read.map_err(|stop| format!("{stop:?}"))?;
    Ok(of_log(&judge.conclude(name, &reader, false), &reader))
}

fn take(app: &mut App, number: u64, made: Result<Report, String>) {
    if number != app.reporting.number {
        return;
    }
    match made {
        Ok(report) => app.reporting.report = Some(report),
        Err(failed) => app.screen.report.iter_mut().for_each(|screen| screen.failed = Some(failed.clone())),
    }
    show(app);
}

fn change(app: &mut App, change: impl FnOnce(&mut Screen)) {
    if let Some(screen) = &mut app.screen.report {
        change(screen);
        show(app);
    }
}

/// Writes the preview anew.
fn show(app: &mut App) {
    let text = app.reporting.written(&app.screen, Form::Text, app.translator.lang());
    let preview = text.map(|text| text.lines().map(ToOwned::to_owned).collect());
    if let Some(screen) = &mut app.screen.report {
        screen.preview = preview;
    }
}

/// What is known of the connection, without its lines.
fn live(app: &App) -> Live {
    let (model, connection) = (&app.model, app.model.connection());
    let course = model.evidence().course();
    let now = app.clock.now(connection.newest());
    let target =
        model.evidence().target().map_or_else(String::new, |target| format!("{}:{}", target.host, target.port));
    let plan = connection.run().map_or_else(Vec::new, |run| {
        let answered = |text: &str| connection.exchanges().iter().rfind(|record| record.command == text);
        let lines = run.lines.iter();
        lines.map(|line| answered(&line.text).map_or_else(|| Answered::unasked(&line.text), Answered::of)).collect()
    });
    let messages = model.messages();
    let confirmed = entries(messages).filter(|entry| took(entry, entry.time).is_some_and(|took| took.ack.is_some()));
    Live {
        port: connection.link().to_owned(),
        is_simulated: connection.is_simulated(),
        target,
        diagnosis: diagnose(&Case { course, now }),
        counts: [messages.sent(), confirmed.count() as u64, messages.received()],
        heard: Heard::of(connection.status().clone(), all_took(messages)),
        anchor: connection.anchor(),
        plan,
        here: model.evidence().here().cloned(),
    }
}

fn entries(messages: &Messages) -> impl Iterator<Item = &Entry> {
    messages.log().range().filter_map(|seq| messages.log().entry(seq))
}

fn all_took(messages: &Messages) -> Vec<Took> {
    let Some(first) = entries(messages).next().map(|entry| entry.time) else { return Vec::new() };
    entries(messages).filter_map(|entry| took(entry, first)).collect()
}

/// How long the publish `entry` took, `first` being when time begins.
fn took(entry: &Entry, first: DateTime<Local>) -> Option<Took> {
    let Direction::Out { delivery } = &entry.direction else { return None };
    let at = Moment::from((entry.time - first).to_std().ok()?);
    match delivery {
        Delivery::Confirmed { accept, ack } => Some(Took::new(at, *accept, Some(*ack))),
        Delivery::Accepted { accept } => Some(Took::new(at, *accept, None)),
        _ => None,
    }
}

fn wire(line: &Line<'_>) -> WireLine {
    WireLine { at: line.at, kind: line.kind, text: line.text.to_owned(), bytes: line.bytes.map(Box::from) }
}
