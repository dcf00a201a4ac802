//! The wish to end that comes from the system, when the user logs out or a service stops the program: the window closes as
//! by its own button, so what was chosen is kept and the module logs off.

use std::{
    io::{self, Read},
    os::unix::net::UnixStream,
    sync::{Arc, atomic::AtomicBool},
    thread,
};

use eframe::egui::{Context, ViewportCommand};
use signal_hook::{
    consts::{SIGHUP, SIGINT, SIGTERM},
    flag,
    low_level::pipe,
};

/// Closes the window of `ctx` at the first SIGTERM, SIGINT or SIGHUP; the second ends the process at once.
pub fn close_on_signal(ctx: Context) -> io::Result<()> {
    let (mut asked, waker) = UnixStream::pair()?;
    let is_second = Arc::new(AtomicBool::new(false));
    for signal in [SIGHUP, SIGINT, SIGTERM] {
        flag::register_conditional_shutdown(signal, SIGNALLED, Arc::clone(&is_second))?;
        flag::register(signal, Arc::clone(&is_second))?;
        pipe::register(signal, waker.try_clone()?)?;
    }
    let close = move || {
        if asked.read_exact(&mut [0]).is_ok() {
            ctx.send_viewport_cmd(ViewportCommand::Close);
        }
    };
    thread::Builder::new().name("task-signal".to_owned()).spawn(close).map(drop)
}

/// Exit code after a second signal.
const SIGNALLED: i32 = 130;
