//! Coming back to a lost session: what it wishes is asked of the connection, a port that is gone is looked for, and a computer
//! that slept is noticed. What is to be done when says the core of
//! [`ComebackState`](super::returning::ComebackState).

use std::time::Duration;

use crossbeam_channel::{Receiver, RecvTimeoutError, bounded};

use crate::{
    action::ComebackAction,
    link::{place::Place, spec::LinkSpec},
    model::{Input, event::Event, request::Request},
    settings::ComebackChoice,
    time::Moment,
    view::comeback::LOOKS_AGAIN,
    watch::{ComebackWish, Manner, Pauses, Stage},
    worker::away::{self, Away},
};

use super::{App, clock::Clock};

/// Begins to look whether the computer sleeps: a window at rest draws nothing and would not notice.
pub(super) fn begin(app: &mut App) {
    if app.comeback.awake.is_some() {
        return;
    }
    let (awake, ended) = bounded(0);
    app.comeback.awake = Some(awake);
    app.tasks.start_telling("task-awake", move |tell| {
        let ended: Receiver<()> = ended;
        let lives = Clock::start();
        let mut away = Away::new(Moment::ZERO);
        while ended.recv_timeout(NOTE_AGAIN) == Err(RecvTimeoutError::Timeout) {
            let slept = away.look(lives.elapsed().into(), away::lived()).map_or(Duration::ZERO, |(_, slept)| slept);
            if !slept.is_zero() {
                tell(Box::new(|app: &mut App| app.comeback.core.was_away()));
            }
        }
    });
}

/// Remembers where a port hangs that was just opened.
pub(super) fn follow(app: &mut App, input: &Input) {
    if !matches!(input, Input::Told { event: Event::Opened { .. }, .. }) {
        return;
    }
    if app.comeback.core.stage() == Stage::Rest {
        app.comeback.place = None;
    }
    if let Some(link @ LinkSpec::Serial { .. }) = app.session.last_link().cloned() {
        app.tasks.start(
            "task-place",
            move || Place::of(&link),
            |app, place| {
                // A port that has gone again since says nothing of itself any more.
                if place.is_on_bus() || app.comeback.place.is_none() {
                    app.comeback.place = Some(place);
                }
            },
        );
    }
}

/// Does what is due.
pub(super) fn drive(app: &mut App) {
    let entry = app.profile.comeback;
    let manner = match entry.choice {
        // Whoever watches for hours wants nobody to be asked.
        _ if app.watching.is_running() => Manner::Automatic,
        ComebackChoice::Off => Manner::Off,
        ComebackChoice::Ask => Manner::Ask,
        ComebackChoice::Automatic => Manner::Automatic,
    };
    let seconds = |seconds: u16| Duration::from_secs(seconds.max(1).into());
    let (first, longest) = (seconds(entry.first_pause_s), seconds(entry.longest_pause_s));
    app.comeback.core.set(manner, Pauses { first, longest: longest.max(first) });
    app.comeback.core.tick(app.clock.now(app.model.connection().newest()));
    while let Some(wish) = app.comeback.core.poll_wish() {
        let request = match wish {
            ComebackWish::Connect(connection) => Request::Connect(connection),
            ComebackWish::Recover => Request::Recover,
            ComebackWish::ReadSession => Request::Raw("AT+MQTTSTATU".to_owned()),
        };
        app.ask_along(request);
        app.comeback.core.not_granted();
    }
    if app.comeback.core.wants_port() {
        look_for_port(app);
    }
}

/// How soon there is something to do, or to show, although nothing happens.
pub(super) fn next_look(app: &App) -> Option<Duration> {
    let core = &app.comeback.core;
    if core.wants_port() {
        return Some(LOOK_AGAIN);
    }
    let now = app.clock.now(app.model.connection().newest());
    core.poll_timeout().map(|due| due.since(now).min(LOOKS_AGAIN))
}

/// Does what is asked of it.
pub(super) fn dispatch(app: &mut App, action: ComebackAction) {
    match action {
        ComebackAction::Agree => app.comeback.core.agree(),
        ComebackAction::Always => {
            app.profile.comeback.choice = ComebackChoice::Automatic;
            app.comeback.core.agree();
            app.save();
        }
        ComebackAction::Stop => stop(app),
    }
}

/// One click, and nothing more is tried.
fn stop(app: &mut App) {
    if let Some(id) = app.comeback.core.stop() {
        app.ask_along(Request::Cancel(id));
    }
}

/// Looks for the port, and opens it when it is there again, whatever its name is then.
fn look_for_port(app: &mut App) {
    let is_soon = app.comeback.looked_at.is_some_and(|looked| !looked.has_run_for(LOOK_AGAIN));
    let Some(place) = app.comeback.place.clone().filter(|_| !is_soon && !app.comeback.is_looking) else { return };
    app.comeback.is_looking = true;
    app.tasks.start(
        "task-find-port",
        move || place.found_again(),
        |app, found| {
            (app.comeback.is_looking, app.comeback.looked_at) = (false, Some(Clock::start()));
            if let Some(spec) = found.filter(|_| app.comeback.core.wants_port()) {
                app.session.log.folder = super::log::folder(&app.settings.log, app.store.as_ref());
                app.session.open_again(spec, &app.tasks);
            }
        },
    );
}

/// From one look for the port to the next.
const LOOK_AGAIN: Duration = Duration::from_millis(500);
/// From one look at how long the computer has lived to the next.
const NOTE_AGAIN: Duration = Duration::from_secs(10);
