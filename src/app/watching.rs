//! The watch of this window: what it wishes is asked of the connection, what it writes down goes to a journal on a task of its
//! own; and the journals that are read on the Watch page.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use crossbeam_channel::{Receiver, RecvTimeoutError, Sender, bounded};
use eframe::egui::Ui;

use crate::{
    action::WatchAction,
    lang::Text,
    model::{Input, connection::Phase, notices::Notice, request::Request},
    mqtt::Message,
    own_file,
    time::Moment,
    ui::{self, Cx},
    view::{
        save::Purpose,
        watch::{Ask, Opened, WatchForm, WatchOrder, Which, view},
    },
    watch::{Book, BookFault, Entry, Plan, Read, Summary, Trail, Wall, Watch, Wish},
    worker::away::Away,
};

use super::{
    App,
    clock::Clock,
    connecting, pick, save,
    shown::Shown,
    watched::{Awaited, Running},
};

/// Draws the page.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let name = cx.tr("watch-own-name").into_owned();
    let view = view(&mut shown.screen.watch, shown.watching.own(), &shown.comeback.core, &name);
    ui::watch::page_ui(ui, cx, &view);
}

/// Does what is due.
pub(super) fn drive(app: &mut App) {
    begin_awaited(app);
    let now = app.clock.now(app.model.connection().newest());
    loop {
        let Some(running) = &mut app.watching.running else { return };
        running.tick(now);
        if !running.settle() {
            running.journal = None;
            let path = running.path.as_ref().map_or_else(String::new, |path| path.display().to_string());
            app.apply(&Input::Notice(Notice::LogEnded { path }));
            continue;
        }
        if running.watch.is_over() {
            app.watching.end();
            return;
        }
        let Some(wish) = running.watch.poll_wish() else { return };
        let request = request(wish, &running.order);
        running.granting = Some(wish);
        app.ask_along(request);
        if let Some(running) = &mut app.watching.running
            && let Some(wish) = running.granting.take()
        {
            running.watch.asked(wish, None);
        }
    }
}

/// How soon there is something to do although nothing happens.
pub(super) fn next_look(app: &App) -> Option<Duration> {
    let running = app.watching.running.as_ref()?;
    let now = app.clock.now(app.model.connection().newest());
    Some(running.watch.poll_timeout().since(now).max(LEAST_LOOK))
}

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: WatchAction) {
    let screen = &mut app.screen.watch;
    match action {
        WatchAction::ShowForm(is_open) => screen.is_form_open = is_open,
        WatchAction::Form(form) => screen.form = *form,
        WatchAction::Start => start(app, None),
        WatchAction::Stop => {
            app.watching.end();
            (app.watching.awaits, app.screen.watch.is_awaiting) = (None, false);
        }
        WatchAction::GoOn(number) => go_on(app, number),
        WatchAction::Show(which) => screen.show(which),
        WatchAction::Compare(other) => screen.other = other,
        WatchAction::Look(window) => screen.window = window,
        WatchAction::LookAtDrop(number) => screen.look_at_drop(number),
        WatchAction::Ask(true) => ask(app),
        WatchAction::Ask(false) => screen.asks = None,
        WatchAction::Path(path) => screen.asks.iter_mut().for_each(|ask| ask.path.clone_from(&path)),
        WatchAction::Choose => choose(app),
        WatchAction::Open(path) => open(app, PathBuf::from(path.trim())),
        WatchAction::Forget(number) => screen.opened.retain(|opened| opened.number != number),
        WatchAction::Report => save::begin(app, Purpose::WatchReport),
    }
}

/// Begins a watch as the form says, of the session that is open or as soon as one is.
fn start(app: &mut App, opened: Option<Opened>) {
    let screen = &mut app.screen.watch;
    let Ok(order) = screen.form.order() else { return };
    (screen.is_form_open, screen.is_awaiting, screen.fault) = (false, true, None);
    app.watching.awaits = Some(Awaited { order, opened });
    if !app.model.connection().has_session() && matches!(app.model.connection().phase(), Phase::Idle | Phase::Open) {
        connecting::connect_when_idle(app);
    }
    begin_awaited(app);
}

/// Goes on with the watch of a journal, as it was begun.
fn go_on(app: &mut App, number: u64) {
    let Some(opened) = app.screen.watch.find(Which::Opened(number)).cloned() else { return };
    if let Some(plan) = &opened.summary.plan {
        app.screen.watch.form = WatchForm::of(plan);
    }
    start(app, Some(opened));
}

/// Begins the watch that waits for a session, when there is one.
fn begin_awaited(app: &mut App) {
    let connection = app.model.connection();
    let is_there = connection.has_session() && *connection.phase() == Phase::Connected;
    let (Some(run), Some(anchor), true) = (connection.run(), connection.anchor(), is_there) else { return };
    let Some(Awaited { order, opened }) = app.watching.awaits.take() else { return };
    let now = app.clock.now(connection.newest());
    let base = Wall::from_millis(anchor.at(Moment::ZERO).timestamp_millis());
    let broker = format!("{}:{}", run.asked.host, run.asked.port);
    let plan = order.plan(base, broker, run.asked.keep_alive);
    app.screen.watch.is_awaiting = false;
    if let Some(fault) = opened.as_ref().and_then(|opened| unlike(opened, &plan)) {
        app.screen.watch.fault = Some(fault);
        return;
    }
    let path = match &opened {
        Some(opened) => Some(PathBuf::from(&opened.path)),
        None => journals(app).map(|folder| folder.join(Clock::wall().format(NAME).to_string())),
    };
    let course = app.model.evidence().course();
    let earlier = opened.as_ref().map(|opened| opened.summary.clone());
    let watch = Watch::beside(plan, earlier, base, now, course, connection.link());
    let torn = opened.as_ref().map(|opened| opened.ends_torn);
    let trail = opened.as_ref().map(|opened| opened.trail.clone()).unwrap_or_default();
    let (journal, whole) = path.clone().map(|path| keep_journal(app, path, torn)).unzip();
    let whole = whole.unwrap_or_else(|| bounded(0).1);
    if let Some(opened) = opened {
        app.screen.watch.opened.retain(|other| other.number != opened.number);
    }
    app.screen.watch.show(Which::Own);
    app.watching.ended = None;
    app.watching.running = Some(Running {
        watch,
        trail,
        order,
        anchor,
        journal,
        whole,
        path,
        granting: None,
        away: Away::new(Moment::ZERO),
        lives: Clock::start(),
    });
}

/// Why a journal cannot be gone on with by this plan.
fn unlike(opened: &Opened, plan: &Plan) -> Option<Text> {
    let begun = opened.summary.plan.as_ref()?;
    (Plan { t: plan.t, ..begun.clone() } != *plan)
        .then(|| Text::new("watch-other-session").put("broker", &begun.broker).put("keep_alive", begun.keep_alive_s))
}

fn request(wish: Wish, order: &WatchOrder) -> Request {
    match wish {
        // Coming back is seen to for the whole window.
        Wish::Connect | Wish::Recover | Wish::ReadSession => Request::Raw("AT+MQTTSTATU".to_owned()),
        Wish::ReadSignal => Request::ReadSignal,
        Wish::ReadDetails => Request::ReadDetails,
        Wish::Publish(number) => Request::Publish(Message {
            topic: order.topic.clone(),
            payload: number.to_string().into_bytes(),
            qos: order.qos,
            retain: false,
        }),
    }
}

/// Begins the task that writes the journal; it ends when nobody sends entries any more. `torn` says how the journal ends that is
/// gone on with.
fn keep_journal(app: &App, path: PathBuf, torn: Option<bool>) -> (Sender<Entry>, Receiver<()>) {
    let (sender, entries) = bounded(ENTRIES);
    let (alive, whole) = bounded(0);
    app.tasks.start_telling("task-journal", move |tell| {
        let alive: Sender<()> = alive;
        let written = write(&path, torn, &entries);
        drop(alive);
        if let Err(fault) = written {
            let notice = Notice::FileFailed { path: path.display().to_string(), detail: fault.to_string() };
            tell(Box::new(move |app: &mut App| app.apply(&Input::Notice(notice))));
        }
    });
    (sender, whole)
}

/// Writes each entry at once, and brings it to the disk in time.
fn write(path: &Path, torn: Option<bool>, entries: &Receiver<Entry>) -> Result<(), BookFault> {
    if let Some(folder) = path.parent() {
        own_file::create_folder(folder)?;
    }
    let mut book = Book::open(path, torn.is_none(), torn.unwrap_or(false))?;
    let opened = Clock::start();
    loop {
        match entries.recv_timeout(SYNC_STEP) {
            Ok(entry) => book.append(&entry)?,
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        book.keep(opened.elapsed().into())?;
    }
    Ok(book.sync()?)
}

/// Where journals go; `None` when nothing is kept at all.
fn journals(app: &App) -> Option<PathBuf> {
    app.store.as_ref().map(|store| store.logs().join("watches"))
}

/// Opens the question which journal, and looks for those that this window wrote.
fn ask(app: &mut App) {
    app.screen.watch.asks = Some(Ask::default());
    if let Some(folder) = journals(app) {
        app.tasks.start(
            "task-list-journals",
            move || own_journals(&folder),
            |app, own| app.screen.watch.asks.iter_mut().for_each(|ask| ask.own.clone_from(&own)),
        );
    }
}

/// Paths of the newest journals in `folder`.
fn own_journals(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).into_iter().flatten().flatten();
    let names = entries.map(|entry| entry.file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> =
        names.filter(|name| Path::new(name).extension().is_some_and(|end| end == "jsonl")).collect();
    // The time stands first in the name.
    names.sort_unstable_by(|one, other| other.cmp(one));
    names.into_iter().take(LISTED).map(|name| folder.join(name).display().to_string()).collect()
}

/// Opens the system's own dialog, where there is one.
fn choose(app: &mut App) {
    let Some(ask) = &mut app.screen.watch.asks else { return };
    (ask.is_choosing, ask.has_no_dialog) = (true, false);
    let work = || pick::shown(|| rfd::FileDialog::new().pick_file());
    app.tasks.start("task-choose", work, |app, picked| {
        let Some(ask) = &mut app.screen.watch.asks else { return };
        (ask.is_choosing, ask.has_no_dialog) = (false, picked.has_no_dialog());
        if let Some(path) = picked.path {
            open(app, path);
        }
    });
}

/// Reads a journal on a task of its own.
fn open(app: &mut App, path: PathBuf) {
    let screen = &mut app.screen.watch;
    (screen.asks, screen.is_reading, screen.fault) = (None, true, None);
    app.tasks.start(
        "task-journal",
        move || {
            let read = Book::read(&path);
            (path, read)
        },
        |app, (path, read)| take(app, &path, read),
    );
}

fn take(app: &mut App, path: &Path, read: Result<(Summary, Trail, Read), BookFault>) {
    let screen = &mut app.screen.watch;
    screen.is_reading = false;
    let shown = path.display().to_string();
    match read {
        Ok((summary, trail, state)) => {
            app.watching.journals += 1;
            let number = app.watching.journals;
            let name = path.file_name().map_or_else(|| shown.clone(), |name| name.to_string_lossy().into_owned());
            screen.opened.retain(|opened| opened.path != shown);
            if screen.opened.len() == MOST_OPENED {
                screen.opened.remove(0);
            }
            screen.opened.push(Opened { number, name, path: shown, summary, trail, ends_torn: state.ends_torn });
            screen.show(Which::Opened(number));
        }
        Err(fault) => {
            let detail = fault.text();
            screen.fault = Some(Text::new("watch-unreadable").put("path", shown).with("detail", detail));
        }
    }
}

/// The name of a journal, by its time.
const NAME: &str = "air780e-watch-%Y%m%d-%H%M%S.jsonl";
/// Entries that may wait for the disk.
const ENTRIES: usize = 4_096;
/// How often the journal's task looks whether something waits for the disk.
const SYNC_STEP: Duration = Duration::from_millis(500);
/// Never sooner, whatever is due.
const LEAST_LOOK: Duration = Duration::from_millis(50);
/// Journals that are listed, and that are kept open.
const LISTED: usize = 20;
const MOST_OPENED: usize = 8;
