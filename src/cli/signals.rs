//! The wish to end, as it comes from outside: SIGTERM, SIGINT and SIGHUP on Unix.
//!
//! The first one asks for an orderly end, the second ends the process at once. On Windows Ctrl-C ends the process by
//! itself; what it holds open, the system closes.

#[cfg(unix)]
use std::{
    io::{self, Read},
    os::unix::net::UnixStream,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
};

/// Tells whether this process shall end.
#[cfg(unix)]
#[derive(Debug)]
pub(super) struct StopSignal {
    asked: Arc<AtomicBool>,
    wake: UnixStream,
}

#[cfg(unix)]
impl StopSignal {
    /// Starts to listen for SIGTERM, SIGINT and SIGHUP.
    pub(super) fn listen() -> io::Result<Self> {
        use signal_hook::{
            consts::{SIGHUP, SIGINT, SIGTERM},
            flag,
            low_level::pipe,
        };
        let (wake, waker) = UnixStream::pair()?;
        let asked = Arc::new(AtomicBool::new(false));
        for signal in [SIGHUP, SIGINT, SIGTERM] {
            flag::register_conditional_shutdown(signal, SIGNALLED, Arc::clone(&asked))?;
            flag::register(signal, Arc::clone(&asked))?;
            pipe::register(signal, waker.try_clone()?)?;
        }
        Ok(Self { asked, wake })
    }

    /// Whether the end was asked for.
    pub(super) fn is_asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until the end is asked for.
    pub(super) fn wait(&self) {
        let mut byte = [0];
        while !self.is_asked() {
            if let Err(error) = (&self.wake).read(&mut byte)
                && error.kind() != io::ErrorKind::Interrupted
            {
                return;
            }
        }
    }
}

/// Exit code after a second signal.
#[cfg(unix)]
const SIGNALLED: i32 = 130;

/// Tells whether this process shall end: never, as Ctrl-C ends it by itself.
#[cfg(not(unix))]
#[derive(Debug)]
pub(super) struct StopSignal;

#[cfg(not(unix))]
#[expect(clippy::unnecessary_wraps, clippy::unused_self, reason = "the same shape as on Unix")]
impl StopSignal {
    /// Nothing to prepare.
    pub(super) fn listen() -> std::io::Result<Self> {
        Ok(Self)
    }

    /// Never: the process is gone by then.
    pub(super) fn is_asked(&self) -> bool {
        false
    }

    /// Waits for the process to be ended.
    pub(super) fn wait(&self) {
        loop {
            std::thread::park();
        }
    }
}
