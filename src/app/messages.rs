//! The Messages page: from model and screen to the panel, and what it asks.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use eframe::egui::Ui;

use crate::{
    action::MessagesAction,
    air780e::limits,
    model::{
        Input, RepeatInput,
        messages::PartyInput,
        notices::Notice,
        request::{Request, Subscription},
        status::Session,
    },
    mqtt::{Draft, Filter, Topic},
    peer::Deed,
    settings::SubscriptionEntry,
    ui::{self, Cx},
    user_file::{self, FileFault},
    view::{
        messages::{Change, FileState, ORDER_PAUSE, PayloadFormat, clearing, view},
        save::Purpose,
    },
};

use super::{App, clock::Clock, connecting, party, pick, publishing, save, shown::Shown};

/// Draws the page.
pub(super) fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let now = shown.now();
    let view = view(shown.model.messages(), &mut shown.screen.messages, Clock::wall());
    let profile = (!shown.is_staged).then_some(shown.profile);
    let view = view.with_templates(&shown.settings.messages_page.templates).with_lasting(shown.added, profile).at(now);
    ui::messages::page_ui(ui, cx, &view);
    if shown.screen.messages.is_behind() {
        ui.request_repaint();
    } else if shown.screen.messages.topics.is_order_old(shown.model.messages().tree()) {
        ui.request_repaint_after(ORDER_PAUSE);
    }
}

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: MessagesAction) {
    match action {
        MessagesAction::Change(change) => self::change(app, change),
        MessagesAction::Publish(draft) => drop(party::publish(app, &draft)),
        MessagesAction::PublishTyped => publish_typed(app),
        MessagesAction::Subscribe { filter, qos } => subscribe(app, Subscription { filter, qos }),
        MessagesAction::Unsubscribe(filter) => {
            take_away(app, &filter);
            app.ask(Request::Unsubscribe(filter));
            connecting::follow_run(app);
        }
        MessagesAction::Forget(filter) => forget(app, filter),
        MessagesAction::KeepSubscription(filter) => keep(app, &filter),
        MessagesAction::Colour { filter, colour } => set_colour(app, filter, colour),
        MessagesAction::ClearKept(topic) => app.ask(Request::Publish(clearing(topic))),
        MessagesAction::ClearAllKept(topics) => clear_all(app, topics),
        MessagesAction::PickFile => pick_file(app),
        MessagesAction::ReadFile(path) => read_file(app, path),
        MessagesAction::StartRepeat => start_repeat(app),
        MessagesAction::StopRepeat => app.apply(&Input::Repeat(RepeatInput::Stopped)),
        MessagesAction::KeepTemplate(template) => {
            app.settings.messages_page.keep(template);
            app.save();
        }
        MessagesAction::ForgetTemplate(name) => {
            app.settings.messages_page.forget(&name);
            app.save();
        }
        MessagesAction::JoinHere => party::join(app),
        MessagesAction::LeaveHere => party::ask(app, Deed::Leave),
        MessagesAction::BreakHere => party::ask(app, Deed::Break),
        MessagesAction::Export(format) => save::begin(app, Purpose::Messages(format)),
        MessagesAction::Clear => app.apply(&Input::MessagesCleared),
    }
}

/// Asks for a topic filter now, and at each connection from now on.
fn subscribe(app: &mut App, wanted: Subscription) {
    let is_staged = connecting::is_staged(app);
    let is_foreseen = !is_staged && app.profile.asks_for(wanted.filter.as_str()) == Some(wanted.qos);
    app.added.note(&wanted, is_staged, is_foreseen);
    app.ask(Request::Subscribe(wanted));
    connecting::follow_run(app);
}

/// Takes a topic filter out of the list; a session that comes back does not ask for it.
fn forget(app: &mut App, filter: Filter) {
    take_away(app, &filter);
    app.apply(&Input::SubscriptionForgotten(filter.clone()));
    let is_wanted = app.model.messages().subscriptions().iter().any(|entry| entry.filter == filter);
    if is_wanted {
        app.ask_along(Request::Unsubscribe(filter));
    }
}

fn take_away(app: &mut App, filter: &Filter) {
    let is_staged = connecting::is_staged(app);
    app.added.take_away(filter, is_staged);
}

/// Writes what was made here into the profile in use.
fn keep(app: &mut App, filter: &Filter) {
    let Some(wanted) = app.added.take_away(filter, false) else { return };
    let entries = &mut app.profile.subscriptions;
    match entries.iter_mut().find(|entry| entry.filter.trim() == filter.as_str()) {
        Some(entry) => entry.qos = wanted.qos,
        None => entries.push(SubscriptionEntry { filter: filter.as_str().to_owned(), qos: wanted.qos }),
    }
    app.save();
}

/// Begins to clear what the broker keeps of `topics`.
fn clear_all(app: &mut App, topics: Vec<Topic>) {
    let epoch = app.model.messages().tree().epoch();
    app.clearing.add(topics, epoch);
    drive_clearing(app);
}

/// Hands the next topics over while few are under way; lets go of all when the session ends or belongs to another broker.
pub(super) fn drive_clearing(app: &mut App) {
    if app.clearing.is_over() {
        return;
    }
    let messages = app.model.messages();
    if messages.session() != Session::Connected || !app.clearing.is_of(messages.tree().epoch()) {
        let left = app.clearing.give_up();
        app.apply(&Input::Notice(Notice::ClearingEnded { left }));
        return;
    }
    while app.model.messages().in_flight() < CLEARED_AT_ONCE
        && let Some(topic) = app.clearing.next()
    {
        app.ask(Request::Publish(clearing(topic)));
    }
}

/// Takes a file that was read, or what became of it. Another one may have been chosen meanwhile.
fn take_file(app: &mut App, state: FileState) {
    let composer = &mut app.screen.messages.composer;
    state.path().unwrap_or_default().clone_into(&mut composer.path);
    composer.file = state;
}

/// Gives filters that came into the list the colours that the user chose for them before.
pub(super) fn recall_colours(app: &mut App) {
    if app.settings.messages_page.colours.is_empty() {
        return;
    }
    let chosen = &app.settings.messages_page.colours;
    let wrong = |(filter, colour): (&Filter, usize)| {
        let wanted = *chosen.get(filter.as_str())?;
        (wanted != colour).then(|| Input::SubscriptionColoured { filter: filter.clone(), colour: wanted })
    };
    let known = app.model.messages().subscriptions().iter().map(|entry| (&entry.filter, entry.colour));
    let inputs: Vec<_> = known.filter_map(wrong).collect();
    app.apply_all(&inputs);
}

/// Sends the next message of a repeat when it is due.
pub(super) fn drive_repeat(app: &mut App) {
    let now = app.clock.now(app.model.connection().newest());
    if !app.model.messages().repeat().is_some_and(|repeat| repeat.is_due(now)) {
        return;
    }
    let draft = app.screen.messages.next_repeated(app.model.messages(), Clock::wall());
    // A connection that ends ends the repeat too, without a word of its own.
    let id = draft.filter(|_| app.session.is_open()).and_then(|draft| publishing::publish(app, &draft));
    app.apply(&Input::Repeat(RepeatInput::Sent { at: now, id }));
}

/// How long until a repeat is due again.
pub(super) fn repeat_wait(app: &App) -> Option<Duration> {
    let now = app.clock.now(app.model.connection().newest());
    app.model.messages().repeat()?.wait(now)
}

/// How long until an age on the page reads another: none does while nothing has a value.
pub(super) fn age_step(app: &App) -> Option<Duration> {
    if app.model.messages().tree().is_empty() {
        return None;
    }
    let messages = app.model.messages();
    let age = app.clock.now(app.model.connection().newest()).since(messages.latest());
    Some(if age < MINUTE { SECOND } else { MINUTE })
}

fn change(app: &mut App, change: Change) {
    let composer = &app.screen.messages.composer;
    let was = (composer.format, composer.path.clone());
    if change == Change::Traces(false) {
        app.apply(&Input::Party(PartyInput::TraceEnded));
    }
    app.screen.messages.change(change, app.model.messages());
    let composer = &app.screen.messages.composer;
    let is_file = composer.format == PayloadFormat::File && was.0 != PayloadFormat::File;
    // A template or a switch of the format brings a path whose file was not read yet.
    if is_file && composer.file == FileState::None && !composer.path.is_empty() {
        read_file(app, composer.path.clone());
    }
}

/// The draft of what is typed, its placeholders filled in now.
fn typed(app: &mut App) -> Option<Draft> {
    view(app.model.messages(), &mut app.screen.messages, Clock::wall()).draft().ok().cloned()
}

fn publish_typed(app: &mut App) {
    if let Some(draft) = typed(app)
        && party::publish(app, &draft)
    {
        app.screen.messages.composed += 1;
    }
}

fn start_repeat(app: &mut App) {
    let Ok(plan) = view(app.model.messages(), &mut app.screen.messages, Clock::wall()).repeat_plan() else { return };
    app.screen.messages.repeated = Some(Box::new(app.screen.messages.composer.clone()));
    let at = app.clock.now(app.model.connection().newest());
    app.apply(&Input::Repeat(RepeatInput::Began { at, interval: plan.interval, count: plan.count }));
    drive_repeat(app);
}

fn set_colour(app: &mut App, filter: Filter, colour: usize) {
    app.settings.messages_page.colour(filter.as_str(), colour);
    app.apply(&Input::SubscriptionColoured { filter, colour });
    app.save();
}

/// Asks for a file and reads it, both off the UI thread.
fn pick_file(app: &App) {
    let work = || {
        let picked = pick::shown(|| rfd::FileDialog::new().pick_file());
        (picked.has_no_dialog(), picked.path.map(|path| read(&path)))
    };
    app.tasks.start("task-pick", work, |app, (has_no_dialog, state)| {
        if has_no_dialog {
            pick::tell_no_dialog(app);
        }
        if let Some(state) = state {
            take_file(app, state);
        }
    });
}

/// Reads the payload at `path`.
pub(super) fn read_file(app: &mut App, path: String) {
    app.screen.messages.composer.path.clone_from(&path);
    app.screen.messages.composer.file = FileState::Reading { path: path.clone() };
    app.tasks.start("task-read", move || read(&PathBuf::from(path)), take_file);
}

/// Reads a payload; one that is too long for a message is only measured.
fn read(path: &Path) -> FileState {
    let name = path.display().to_string();
    match user_file::read(path, limits::MPUBEX_BYTES as u64) {
        Ok(bytes) => FileState::Read { path: name, bytes: Arc::from(bytes) },
        Err(FileFault::TooLarge { bytes, .. }) => FileState::TooLong { path: name, bytes },
        Err(fault) => FileState::Failed { path: name, fault },
    }
}

/// So many are handed over at a time: the modem takes one after the other anyway.
const CLEARED_AT_ONCE: usize = 4;
const SECOND: Duration = Duration::from_secs(1);
const MINUTE: Duration = Duration::from_mins(1);
