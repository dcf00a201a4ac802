//! The wish to end that comes from the system, when the user logs out or a service stops the program: the window closes as
//! by its own button, so what was chosen is kept and the module logs off. Nobody is there to be asked then.

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use eframe::egui::{Context, ViewportCommand};

use crate::stop_signal::StopSignal;

/// Whether the system has asked for the end.
#[derive(Clone, Debug, Default)]
pub struct SystemWish(Arc<AtomicBool>);

impl SystemWish {
    /// Whether it has.
    pub fn is_there(&self) -> bool {
        self.0.load(Ordering::SeqCst)
    }
}

/// Closes the window of `ctx` at the first SIGTERM, SIGINT or SIGHUP and says so to whoever asks; the second ends the process
/// at once.
pub fn close_on_signal(ctx: Context) -> io::Result<SystemWish> {
    let signal = StopSignal::listen()?;
    let wish = SystemWish::default();
    let told = wish.clone();
    let close = move || {
        signal.wait();
        told.0.store(true, Ordering::SeqCst);
        ctx.send_viewport_cmd(ViewportCommand::Close);
        ctx.request_repaint();
    };
    thread::Builder::new().name("task-signal".to_owned()).spawn(close)?;
    Ok(wish)
}
