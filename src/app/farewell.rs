//! Closing the window: the module logs off first, because it would stay logged in without its window. One that does not answer
//! holds the window up for a moment only; then the user is asked.

use std::time::Duration;

use eframe::egui::{Ui, ViewportCommand};

use crate::{
    model::connection::Phase,
    ui::{self, Cx},
};

use super::{App, clock::Clock, closing::Closing, connecting, shown::Shown};

/// Takes a wish to close, and closes as soon as the module has logged off.
pub(super) fn follow(app: &mut App) {
    let is_wanted = app.ctx.input(|input| input.viewport().close_requested());
    match app.closing {
        Closing::Yes => {}
        Closing::No if !is_wanted || is_logged_off(app) => {}
        Closing::No => {
            app.ctx.send_viewport_cmd(ViewportCommand::CancelClose);
            app.closing = Closing::LoggingOff(Clock::start());
            // What is closing already is not cut off.
            if *app.model.connection().phase() != Phase::Closing {
                connecting::disconnect(app);
            }
            app.ctx.request_repaint_after(LIMIT);
        }
        Closing::LoggingOff(since) => {
            let is_over = since.has_run_for(LIMIT) && app.system_wish.is_there();
            if is_over || is_logged_off(app) {
                close_now(app);
            } else {
                if is_wanted {
                    app.ctx.send_viewport_cmd(ViewportCommand::CancelClose);
                }
                app.ctx.request_repaint_after(LIMIT.saturating_sub(since.elapsed()).max(STEP));
            }
        }
    }
}

/// Asks whether the window shall close although the module does not answer, once it had its time.
pub(super) fn question_ui(shown: &Shown<'_>, ui: &Ui, cx: &mut Cx<'_>) {
    if matches!(shown.closing, Closing::LoggingOff(since) if since.has_run_for(LIMIT)) {
        ui::closing::question_ui(ui, cx);
    }
}

/// Closes although the module has not answered, or goes on.
pub(super) fn answer(app: &mut App, closes: bool) {
    if closes {
        close_now(app);
    } else {
        app.closing = Closing::No;
    }
}

fn close_now(app: &mut App) {
    app.closing = Closing::Yes;
    app.ctx.send_viewport_cmd(ViewportCommand::Close);
}

fn is_logged_off(app: &App) -> bool {
    !matches!(app.model.connection().phase(), Phase::Connecting | Phase::Connected | Phase::Closing)
}

/// How long a module that answers may take to log off.
const LIMIT: Duration = Duration::from_secs(1);
/// How often it is looked whether it has by now.
const STEP: Duration = Duration::from_millis(200);
