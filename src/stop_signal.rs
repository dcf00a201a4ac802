//! The wish to end, as it comes from outside: SIGTERM, SIGINT and SIGHUP on Unix; Ctrl+C, Ctrl+Break and a console that is
//! closed on Windows.
//!
//! The first one asks for an orderly end, the second ends the process at once.

#[cfg(not(unix))]
use std::{
    io, process,
    sync::{Arc, Condvar, Mutex, PoisonError},
};
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
pub struct StopSignal {
    asked: Arc<AtomicBool>,
    wake: UnixStream,
}

#[cfg(unix)]
impl StopSignal {
    /// Starts to listen for SIGTERM, SIGINT and SIGHUP.
    pub fn listen() -> io::Result<Self> {
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
    pub fn is_asked(&self) -> bool {
        self.asked.load(Ordering::SeqCst)
    }

    /// Waits until the end is asked for.
    pub fn wait(&self) {
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
const SIGNALLED: i32 = 130;

/// Tells whether this process shall end.
#[cfg(not(unix))]
#[derive(Debug)]
pub struct StopSignal {
    asked: Arc<(Mutex<bool>, Condvar)>,
}

#[cfg(not(unix))]
impl StopSignal {
    /// Starts to listen for Ctrl+C, Ctrl+Break and a console that is closed.
    pub fn listen() -> io::Result<Self> {
        let asked = Arc::new((Mutex::new(false), Condvar::new()));
        let told = Arc::clone(&asked);
        let tell = move || {
            let (is_asked, changed) = &*told;
            let mut is_asked = is_asked.lock().unwrap_or_else(PoisonError::into_inner);
            if *is_asked {
                process::exit(SIGNALLED);
            }
            *is_asked = true;
            changed.notify_all();
        };
        ctrlc::set_handler(tell).map_err(io::Error::other)?;
        Ok(Self { asked })
    }

    /// Whether the end was asked for.
    pub fn is_asked(&self) -> bool {
        *self.asked.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits until the end is asked for.
    pub fn wait(&self) {
        let (is_asked, changed) = &*self.asked;
        let held = is_asked.lock().unwrap_or_else(PoisonError::into_inner);
        drop(changed.wait_while(held, |is_asked| !*is_asked));
    }
}
