//! The search for the one setting that decides, tried on the module: asked for each time, run beside the page, and put back by
//! whoever finds its list later.

use crate::{
    action::BisectAction,
    bisect::{Bisect, Outcome, Stage, UndoList, Verdict, Wish},
    model::{
        Input,
        event::{Event, Fault},
        notices::Notice,
        request::{Request, Security},
    },
    view::troubleshoot::{BisectQuestion, BisectView, TriedMark, TriedRow},
};

use super::{App, clock::Clock};

/// Does what the page asks.
pub(super) fn dispatch(app: &mut App, action: BisectAction) {
    match action {
        BisectAction::Ask(asks) => app.screen.troubleshoot.bisect.question = question(app).filter(|_| asks),
        BisectAction::Start => start(app),
        BisectAction::Stop => stop(app),
        BisectAction::Restore => restore(app),
    }
}

/// Looks for lists that were never undone, and says so wherever the window begins.
pub(super) fn begin_with_older(app: &App) {
    let Some(shelf) = app.search.shelf.clone() else { return };
    app.tasks.start(
        "task-undo-lists",
        move || shelf.lists(),
        |app: &mut App, lists: Vec<UndoList>| {
            if let Some(list) = lists.first() {
                app.apply(&Input::Notice(Notice::SearchNotUndone { port: list.port.clone() }));
            }
            found_older(app, lists);
        },
    );
}

fn look_for_older(app: &App) {
    let Some(shelf) = app.search.shelf.clone() else { return };
    app.tasks.start("task-undo-lists", move || shelf.lists(), found_older);
}

fn found_older(app: &mut App, lists: Vec<UndoList>) {
    app.screen.troubleshoot.bisect.older = lists.into_iter().next().map(|list| list.port);
}

/// What is asked before each search; `None` where there is no encrypted connection to search for.
fn question(app: &App) -> Option<BisectQuestion> {
    let asked = &app.model.connection().run()?.asked;
    let target = format!("{}:{}", asked.host, asked.port);
    (asked.security != Security::Plain && app.search.shelf.is_some()).then_some(BisectQuestion { target })
}

fn start(app: &mut App) {
    let screen = &mut app.screen.troubleshoot.bisect;
    screen.question = None;
    let port = app.model.connection().link().to_owned();
    let (Some(shelf), Some(run)) = (app.search.shelf.clone(), app.model.connection().run()) else { return };
    let connection = (*run.asked).clone();
    let today = Clock::wall().timestamp();
    // Whoever agreed to changes agreed to their end: an older list of the same module is told, and undone on a click.
    app.tasks.start(
        "task-undo-lists",
        move || shelf.lists(),
        move |app: &mut App, lists| {
            begin(app, Bisect::new(connection, port, lists, today));
        },
    );
}

fn restore(app: &mut App) {
    let port = app.model.connection().link().to_owned();
    let Some(shelf) = app.search.shelf.clone() else { return };
    app.tasks.start(
        "task-undo-lists",
        move || shelf.lists(),
        move |app: &mut App, lists| {
            if let Some(list) = lists.into_iter().next() {
                begin(app, Bisect::restoring(list, port));
            }
        },
    );
}

fn begin(app: &mut App, bisect: Bisect) {
    if app.search.running.is_some() || !app.session.is_open() {
        return;
    }
    app.search.running = Some(bisect);
    app.apply(&Input::Searching(true));
    drive(app);
}

fn stop(app: &mut App) {
    let Some(bisect) = &mut app.search.running else { return };
    bisect.stop();
    if let Some(id) = app.search.asked.filter(|_| app.search.running.as_ref().is_some_and(is_trying)) {
        app.ask(Request::Cancel(id));
    }
}

fn is_trying(bisect: &Bisect) -> bool {
    bisect.stage() != Stage::PutBack
}

/// Does what the search wants next.
fn drive(app: &mut App) {
    while let Some(wish) = app.search.running.as_mut().and_then(Bisect::poll_wish) {
        match wish {
            Wish::Ask(request) => {
                let inputs = app.session.request(request);
                let id =
                    inputs.iter().find_map(|input| if let Input::Asked { id, .. } = input { Some(*id) } else { None });
                app.apply_all(
                    &inputs.into_iter().filter(|input| matches!(input, Input::Asked { .. })).collect::<Vec<_>>(),
                );
                app.search.asked = id;
                if id.is_some() {
                    break;
                }
                // The port is gone, or takes no more.
                told(app, Err(Fault::Busy));
            }
            Wish::Keep(list) => {
                let Some(shelf) = app.search.shelf.clone() else { break };
                let keep = move || shelf.keep(&list).map_err(|error| error.to_string());
                app.tasks.start("task-undo-list", keep, |app: &mut App, kept| {
                    if let Some(bisect) = &mut app.search.running {
                        bisect.handle_kept(kept);
                    }
                    drive(app);
                });
                break;
            }
            Wish::Forget(module) => {
                let Some(shelf) = app.search.shelf.clone() else { break };
                let forget = move || {
                    shelf.forget(&module).ok();
                    shelf.lists()
                };
                app.tasks.start("task-undo-list", forget, found_older);
            }
        }
    }
    show(app);
}

fn told(app: &mut App, result: Result<(), Fault>) {
    app.search.asked = None;
    if let Some(bisect) = &mut app.search.running {
        bisect.handle_done(result);
    }
}

/// Passes on what the module tells while a search runs.
pub(super) fn follow(app: &mut App, input: &Input) {
    let Input::Told { event, .. } = input else { return };
    let Some(bisect) = &mut app.search.running else { return };
    bisect.handle_event(event);
    match event {
        Event::Done { id, result, .. } if app.search.asked == Some(*id) => told(app, result.clone()),
        Event::Closed { fault, .. } => {
            let fault = fault.clone().map_or(Fault::Cancelled, Fault::Port);
            let is_end = matches!(fault, Fault::Port(_));
            told(app, Err(fault));
            if !is_end {
                // Closed on purpose: nobody is left to be asked.
                told(app, Err(Fault::Silent { tries: 0 }));
            }
        }
        _ => return,
    }
    drive(app);
}

/// Shows how far it is; what it decided is a fact of the diagnosis.
fn show(app: &mut App) {
    let Some(bisect) = &app.search.running else { return };
    app.screen.troubleshoot.bisect.shown = Some(view(bisect));
    if !bisect.is_over() {
        return;
    }
    let decided = match bisect.verdict() {
        Some(Verdict::Decides(decided)) => Some(Box::new(decided.clone())),
        _ => None,
    };
    app.search.running = None;
    app.apply(&Input::Searching(false));
    if let Some(decided) = decided {
        app.apply(&Input::Decided(decided));
    }
    look_for_older(app);
}

fn view(bisect: &Bisect) -> BisectView {
    let row = |tried: &crate::bisect::Tried| TriedRow {
        what: tried.said(),
        outcome: tried.outcome.said(),
        mark: match tried.outcome {
            Outcome::Opened => TriedMark::Opens,
            Outcome::Failed(_) => TriedMark::Fails,
            Outcome::Refused(_) | Outcome::Untold(_) => TriedMark::Untried,
        },
    };
    let lines = match bisect.verdict() {
        Some(Verdict::Decides(decided)) => decided.lines.clone(),
        _ => Vec::new(),
    };
    BisectView {
        is_running: !bisect.is_over(),
        stage: match bisect.stage() {
            Stage::Identify | Stage::Look => "bisect-stage-look",
            Stage::Keep => "bisect-stage-keep",
            Stage::Try => "bisect-stage-try",
            Stage::PutBack => "bisect-stage-put-back",
            Stage::Over => "bisect-stage-over",
        },
        trying: bisect.trying().flatten().map(crate::diagnosis::Changed::said),
        to_come: bisect.to_come(),
        files: bisect.files().iter().map(|(file, seen)| seen.said(&file.name)).collect(),
        tried: bisect.tries().iter().map(row).collect(),
        verdict: bisect.verdict().filter(|_| bisect.is_over()).map(Verdict::said),
        lines,
        untold: bisect.untold().join(", "),
        left: bisect.left().join(", "),
    }
}
