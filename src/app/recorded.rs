//! A log that is looked at like a connection: read on a task of its own, which ends when nobody can ask it any more. The live
//! connection goes on beside it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

use crossbeam_channel::bounded;
use eframe::egui::Ui;

use crate::{
    action::{Action, LatencyAction, MessagesAction, RecordedAction},
    doctor::{Answer, Onlooker, Origin, Passed, Reading, Stop, Wish, attend},
    settings::Settings,
    ui::{self, Cx},
    user_file::Pasted,
    view::{
        Page, latency, messages,
        recorded::{self, Ask, Block, Log},
        save::Purpose,
    },
};

use super::{
    App, clock::Clock, latency as latency_page, log, pick, places, recording::Recording, replayed::Replayed, save,
    shown::Shown, tasks::Ending,
};

/// Draws the log in the place of the page; `false` when there is none there.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) -> bool {
    let page = shown.screen.page;
    let gone_to = shown.screen.recorded.shows_episode.take_if(|_| page == Page::Troubleshoot);
    let Some(log) = shown.screen.recorded.on_mut(page) else { return false };
    match page {
        Page::Terminal => ui::recorded::lines_ui(ui, cx, log),
        Page::Messages => messages_ui(shown.recorded.get(log.port), log, ui, cx),
        Page::Latency => latency_ui(shown.recorded.get(log.port), log, ui, cx),
        _ => ui::recorded::findings_ui(ui, cx, &recorded::page(log), gone_to),
    }
    true
}

fn messages_ui(port: Option<&Replayed>, log: &mut Log, ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(Replayed { model, lines }) = port else { return unread_ui(log, ui, cx) };
    // Ages count from the end of the log.
    let now = model.anchor().map_or_else(Clock::wall, |anchor| anchor.at(model.connection().newest()));
    let view = messages::view(model.messages(), &mut log.messages, now).with_source(lines);
    ui::messages::page_ui(ui, cx, &view);
    if log.messages.is_behind() {
        ui.request_repaint();
    }
}

fn latency_ui(port: Option<&Replayed>, log: &mut Log, ui: &mut Ui, cx: &mut Cx<'_>) {
    let Some(Replayed { model, .. }) = port else { return unread_ui(log, ui, cx) };
    if log.looked_at().is_none_or(|port| port.time.is_timed) {
        let view = latency::view(model.latency(), &mut log.latency, false, None).recorded();
        ui::latency::page_ui(ui, cx, &view);
    } else {
        let (words, hint) = (cx.tr("recorded-no-times"), cx.tr("recorded-no-times-hint"));
        ui::widgets::empty_page(ui, &words, &hint);
    }
}

/// What is not there yet, or never will be.
fn unread_ui(log: &Log, ui: &mut Ui, cx: &Cx<'_>) {
    let is_over = log.end.as_ref().is_some_and(|end| end.stop.is_some());
    let key = if is_over { "recorded-unread" } else { "recorded-being-read" };
    ui::widgets::empty_page(ui, &cx.tr(key), "");
}

/// Takes what a page asks where a log stands on it; gives back what is not about the log.
pub(super) fn take_action(app: &mut App, action: Action) -> Option<Action> {
    let page = app.screen.page;
    let Some(log) = app.screen.recorded.on_mut(page) else { return Some(action) };
    let port = app.recording.ports.get(log.port);
    match action {
        Action::ShowRung(rung) => log.rung = rung,
        Action::Messages(MessagesAction::Change(change)) => {
            if let Some(port) = port {
                log.messages.change(change, port.model.messages());
            }
        }
        Action::Messages(MessagesAction::Export(format)) => save::begin(app, Purpose::Messages(format)),
        // Nothing can be written to a log.
        Action::Messages(_) => {}
        Action::Latency(LatencyAction::Export) => save::begin(app, Purpose::Latency),
        Action::Latency(action) => {
            if let Some(port) = port {
                latency_page::look(&mut log.latency, action, port.model.latency());
            }
        }
        action => return Some(action),
    }
    None
}

/// Draws the questions about logs over the window.
pub(super) fn questions_ui(shown: &Shown<'_>, ui: &Ui, cx: &mut Cx<'_>) {
    let screen = &shown.screen.recorded;
    if let Some(ask) = &screen.asks {
        ui::recorded::ask_ui(ui, cx, ask);
    } else if let Some(pasted) = &screen.pasted {
        ui::recorded::pasted_ui(ui, cx, pasted);
    }
}

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: RecordedAction) {
    let screen = &mut app.screen.recorded;
    match action {
        RecordedAction::Ask(true) => ask(app),
        RecordedAction::Ask(false) => screen.asks = None,
        RecordedAction::Path(path) => screen.asks.iter_mut().for_each(|ask| ask.path.clone_from(&path)),
        RecordedAction::Choose => choose(app),
        RecordedAction::Open(path) => open(app, Origin::File(PathBuf::from(path.trim()))),
        RecordedAction::Offer(text) => screen.pasted = Some(Arc::from(text)),
        RecordedAction::ReadPasted(is_wanted) => {
            if let Some(text) = screen.pasted.take().filter(|_| is_wanted) {
                open(app, Origin::Text(text));
            }
        }
        RecordedAction::Look(block) => look(app, block),
        RecordedAction::Line(line) => screen.log.iter_mut().for_each(|log| log.choose(line, false)),
        RecordedAction::GoToLine(line, episode) => {
            if let Some(log) = &mut screen.log {
                log.choose(Some(line), true);
                log.episode = episode.or(log.episode);
            }
            places::go(app, Page::Terminal);
        }
        RecordedAction::Format(format) => correct(app, |log| log.format = format),
        RecordedAction::Follow(follows) => correct(app, |log| log.follows = follows),
        RecordedAction::Port(port) => screen.log.iter_mut().for_each(|log| {
            (log.port, log.messages, log.latency) = (port, messages::Screen::default(), latency::Screen::default());
        }),
        RecordedAction::ShowUnderstood(shows) => screen.log.iter_mut().for_each(|log| log.shows_understood = shows),
        RecordedAction::GoToEpisode(episode) => {
            screen.shows_episode = Some(episode);
            places::go(app, Page::Troubleshoot);
        }
        RecordedAction::ShowLive(is_live) => {
            screen.is_live_shown = is_live;
            if !is_live && screen.on(app.screen.page).is_none() {
                places::go(app, Page::Troubleshoot);
            }
        }
        RecordedAction::Close => {
            screen.log = None;
            let number = app.recording.number;
            app.recording = Recording { number, ..Recording::default() };
        }
    }
}

/// Reads `origin` in the place of what was read before.
pub(super) fn open(app: &mut App, origin: Origin) {
    let log = Log::new(app.recording.number + 1, path_of(&origin).as_deref());
    read(app, origin, log);
    if app.screen.recorded.on(app.screen.page).is_none() {
        places::go(app, Page::Troubleshoot);
    }
}

/// Reads the open log once more, in another way.
fn correct(app: &mut App, change: impl FnOnce(&mut Log)) {
    let (Some(mut log), Some(origin)) = (app.screen.recorded.log.take(), app.recording.origin.take()) else { return };
    change(&mut log);
    let path = path_of(&origin);
    let Log { format, follows, shows_understood, chosen, jumps, .. } = log;
    let number = app.recording.number + 1;
    read(app, origin, Log { chosen, jumps, format, follows, shows_understood, ..Log::new(number, path.as_deref()) });
}

fn path_of(origin: &Origin) -> Option<PathBuf> {
    match origin {
        Origin::File(path) => Some(path.clone()),
        Origin::Text(_) => None,
    }
}

fn read(app: &mut App, origin: Origin, log: Log) {
    let (sender, wishes) = bounded(WISHES);
    let (number, name) = (log.number, log.name.clone());
    let reading = Reading { format: log.format, follows: log.follows };
    app.recording = Recording { number, wishes: Some(sender), origin: Some(origin.clone()), ports: Vec::new() };
    let screen = &mut app.screen.recorded;
    (screen.asks, screen.pasted, screen.is_live_shown, screen.log) = (None, None, false, Some(log));
    app.tasks.start_telling("task-recorded", move |tell| {
        let path = path_of(&origin);
        attend(&origin, &name, &reading, &wishes, &mut Teller { number, path, tell, ports: Vec::new() });
    });
}

/// Hands on what is told of a log to the window.
struct Teller<'a> {
    number: u64,
    path: Option<PathBuf>,
    tell: &'a mut dyn FnMut(Ending<App>),
    ports: Vec<Replayed>,
}

impl Onlooker for Teller<'_> {
    fn take(&mut self, answer: Answer) {
        let (number, path) = (self.number, self.path.clone());
        let ports = if matches!(answer, Answer::Retold(_)) { std::mem::take(&mut self.ports) } else { Vec::new() };
        (self.tell)(Box::new(move |app: &mut App| take(app, number, answer, ports, path)));
    }

    fn begin(&mut self) {
        self.ports.clear();
    }

    fn pass(&mut self, port: usize, line: u32, passed: Passed) {
        while self.ports.len() <= port {
            self.ports.push(Replayed::default());
        }
        self.ports[port].take(line, passed);
    }
}

/// Learns what the reader of log `number` told.
fn take(app: &mut App, number: u64, answer: Answer, mut replayed: Vec<Replayed>, path: Option<PathBuf>) {
    if number != app.recording.number {
        return;
    }
    let Some(log) = &mut app.screen.recorded.log else { return };
    match answer {
        Answer::Read { bytes, length, lines } => {
            (log.bytes, log.length) = (bytes, length);
            // What is followed stays in sight while it is read again.
            if log.end.is_none() {
                log.lines = lines;
            }
        }
        Answer::Lines { first, lines } => {
            let least = if log.end.is_some() { (log.lines + 1).saturating_sub(first) } else { 0 };
            log.rows.take(first, lines, least);
        }
        Answer::Ended { findings, stop } => {
            let is_there = !matches!(stop, Some(Stop::Refused(_)));
            log.ended(findings, stop);
            if let Some(path) = path.filter(|_| is_there) {
                remember(app, &path);
            }
        }
        Answer::Retold(ports) => {
            for (port, retold) in replayed.iter_mut().zip(&ports) {
                port.lines.is_timed = retold.time.is_timed;
            }
            log.ports = ports;
            log.port = log.port.min(log.ports.len().saturating_sub(1));
            // What was worked out of those before is not theirs.
            (log.messages, log.latency) = (messages::Screen::default(), latency::Screen::default());
            app.recording.ports = replayed;
        }
    }
}

/// Asks the reader for rows.
fn look(app: &mut App, block: Block) {
    let Some(log) = &mut app.screen.recorded.log else { return };
    let wish = Wish { first: block.first(), count: Block::LINES };
    // Where too much is asked at once, the next frame asks again.
    if app.recording.wishes.as_ref().is_some_and(|wishes| wishes.try_send(wish).is_ok()) {
        log.rows.await_block(block);
    }
}

/// Keeps the path among those of the last logs, and never the text of a key that was put in its place.
fn remember(app: &mut App, path: &Path) {
    let path = path.display().to_string();
    if Pasted::of(&path).is_some() {
        return;
    }
    let last = &mut app.settings.last_logs;
    last.retain(|earlier| *earlier != path);
    last.insert(0, path);
    last.truncate(Settings::LAST_LOGS);
    app.save();
}

/// Opens the question which log, and looks for those that the program wrote itself.
fn ask(app: &mut App) {
    let last = app.settings.last_logs.clone();
    app.screen.recorded.asks = Some(Ask { last, ..Ask::default() });
    if let Some(folder) = log::folder(&app.settings.log, app.store.as_ref()) {
        app.tasks.start(
            "task-list-logs",
            move || own_logs(&folder),
            |app, own| {
                app.screen.recorded.asks.iter_mut().for_each(|ask| ask.own.clone_from(&own));
            },
        );
    }
}

/// Paths of the newest logs in `folder`.
fn own_logs(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.filter(|name| log::is_log(name)).collect();
    // The time stands first in the name.
    names.sort_unstable_by(|one, other| other.cmp(one));
    names.into_iter().take(Settings::LAST_LOGS).map(|name| folder.join(name).display().to_string()).collect()
}

/// Opens the system's own dialog, where there is one.
fn choose(app: &mut App) {
    let Some(ask) = &mut app.screen.recorded.asks else { return };
    (ask.is_choosing, ask.has_no_dialog) = (true, false);
    let work = || pick::shown(|| rfd::FileDialog::new().pick_file());
    app.tasks.start("task-choose", work, |app, picked| {
        let Some(ask) = &mut app.screen.recorded.asks else { return };
        (ask.is_choosing, ask.has_no_dialog) = (false, picked.has_no_dialog());
        if let Some(path) = picked.path {
            open(app, Origin::File(path));
        }
    });
}

/// Wishes that may wait for the reader.
const WISHES: usize = 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_of_the_own_logs_come_first_and_nothing_else() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["air780e-20260101-1-COM5.trace", "air780e-20260102-1-COM5.trace", "notes.txt"] {
            fs::write(folder.path().join(name), "x").expect("a file");
        }
        let found = own_logs(folder.path());
        assert_eq!(found.len(), 2);
        assert!(found[0].contains("20260102") && found[1].contains("20260101"), "{found:?}");
        assert!(own_logs(&folder.path().join("none")).is_empty());
    }
}
