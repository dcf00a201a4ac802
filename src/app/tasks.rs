//! Short threads for what may take long: listing ports, writing files, waiting for a port to close.
//!
//! Each is named `task-…` and ends by itself; most bring one result.

use std::{panic, path::PathBuf, sync::Arc, thread, time::Duration};

use crossbeam_channel::{Receiver, Sender, bounded};
use eframe::egui::Context;

use crate::{
    diagnosis::Here,
    link::ports,
    settings::Settings,
    view::{
        connect::{Ports, Probe},
        files::FileRole,
        messages::FileState,
    },
};

use super::{
    clock::Clock,
    demo::Demo,
    demo_panel::Staged,
    files::{Found, Sorted},
    pick, ports as port_rows, profile_files, save, secrets,
    store::Store,
};

/// What a task brings.
#[derive(Debug)]
pub(super) enum TaskResult {
    /// The serial ports of this machine.
    Ports(Ports),
    /// What each of these ports said to `AT`.
    Probed(Vec<(String, Probe)>),
    /// Something about profiles in files.
    Profiles(profile_files::Told),
    /// Something about the keyring.
    Keyring(secrets::Told),
    /// The system's dialog for a file closed.
    Picked(pick::Picked),
    /// The files for the module were read.
    Files(Box<Found>),
    /// Dropped files were looked at.
    Sorted(Sorted),
    /// A repaired file was written beside the old one, or not and why.
    Repaired {
        /// Its place.
        role: FileRole,
        /// The old one.
        from: String,
        /// The new one.
        written: Result<PathBuf, (PathBuf, String)>,
    },
    /// The demonstration's certificates are there, or not and why.
    Demo(Result<Arc<Demo>, (PathBuf, String)>),
    /// Settings were written, or not and why.
    Saved(Result<(), (PathBuf, String)>),
    /// The log of a connection cannot be written, and why.
    LogFailed(PathBuf, String),
    /// The log of a connection ended before the connection did.
    LogEnded(PathBuf),
    /// Something came of the dialog that saves a file.
    Save(save::Outcome),
    /// A text for the clipboard.
    Text(String),
    /// What this computer got so far, by the number of its try.
    Compared(u64, Box<Here>),
    /// The port and rate that answer, if any does.
    FoundPort(Option<(String, u32)>),
    /// A file to publish was read, or what became of it.
    Payload(FileState),
    /// A scenario's surroundings were built, or not and why.
    Staged(Box<Staged>),
}

/// Starts tasks and collects what they bring.
#[derive(Debug)]
pub(super) struct Tasks {
    ctx: Context,
    sender: Sender<TaskResult>,
    results: Receiver<TaskResult>,
    is_saving: bool,
    unsaved: Option<Settings>,
}

impl Tasks {
    /// No tasks yet; each will wake `ctx` when it ends.
    pub(super) fn new(ctx: Context) -> Self {
        let (sender, results) = bounded(RESULTS);
        Self { ctx, sender, results, is_saving: false, unsaved: None }
    }

    /// The next result, if there is one.
    pub(super) fn next(&self) -> Option<TaskResult> {
        self.results.try_recv().ok()
    }

    /// Looks for serial ports.
    pub(super) fn list_ports(&self) {
        self.start("task-ports", || Some(TaskResult::Ports(found_ports())));
    }

    /// Writes `settings`; while one write is under way the newest settings wait for their turn.
    pub(super) fn save(&mut self, store: &Store, settings: Settings) {
        if self.is_saving {
            self.unsaved = Some(settings);
            return;
        }
        self.is_saving = true;
        let store = store.clone();
        self.start("task-save", move || {
            let result = store.save(&settings).map_err(|error| (store.file(), error.to_string()));
            Some(TaskResult::Saved(result))
        });
    }

    /// Learns that a write ended, and begins the one that waited.
    pub(super) fn saved(&mut self, store: &Store) {
        self.is_saving = false;
        if let Some(settings) = self.unsaved.take() {
            self.save(store, settings);
        }
    }

    /// Waits until no write is under way, at most for `limit`. Other results that come meanwhile are lost: call it last.
    pub(super) fn wait_until_saved(&mut self, limit: Duration) {
        let clock = Clock::start();
        while self.is_saving && !clock.has_run_for(limit) {
            if let Ok(TaskResult::Saved(_)) = self.results.recv_timeout(limit) {
                self.is_saving = false;
            }
        }
    }

    /// Drops `thing` on a thread of its own, because that may wait for a port.
    pub(super) fn let_go<T: Send + 'static>(&self, thing: T) {
        self.start("task-close", move || {
            drop(thing);
            None
        });
    }

    /// Runs `work` on a thread named `name`; it may tell several results.
    pub(super) fn start_telling(&self, name: &str, work: impl FnOnce(&mut dyn FnMut(TaskResult)) + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        self.start(name, move || {
            work(&mut |result| {
                if sender.send(result).is_ok() {
                    ctx.request_repaint();
                }
            });
            None
        });
    }

    /// Runs `work` on a thread named `name`.
    pub(super) fn start(&self, name: &str, work: impl FnOnce() -> Option<TaskResult> + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        let started = thread::Builder::new().name(name.to_owned()).spawn(move || {
            if let Some(result) = work()
                && sender.send(result).is_ok()
            {
                ctx.request_repaint();
            }
        });
        if let Err(error) = started {
            tracing::error!(%error, name, "a task does not start");
        }
    }
}

fn found_ports() -> Ports {
    // On some systems the enumeration panics instead of failing; that must not look like an endless search.
    match panic::catch_unwind(ports::list) {
        Ok(Ok(entries)) => Ports::Found(port_rows::rows(&entries)),
        Ok(Err(error)) => Ports::Failed(error.to_string()),
        Err(_) => Ports::Failed("the system's port list cannot be read".to_owned()),
    }
}

/// Results that may wait for the next frame.
const RESULTS: usize = 64;
