//! The watch of this window, under way or ended: what it is made of, and how it takes what happens. What it asks for is asked in
//! `watching`.

use std::{
    path::{Path, PathBuf},
    time::Duration,
};

use crossbeam_channel::{Receiver, Sender};

use crate::{
    model::{
        Input,
        event::Event,
        request::{Request, RequestId},
    },
    time::{Moment, WallAnchor},
    view::watch::{Opened, Own, WatchOrder},
    watch::{Entry, Summary, Trail, Watch, Wish},
    worker::away::{self, Away},
};

use super::clock::Clock;

/// The watch of this window, under way or ended, and how many journals were read.
#[derive(Debug, Default)]
pub(super) struct Watching {
    pub(super) running: Option<Running>,
    pub(super) ended: Option<Ended>,
    /// A watch that shall begin as soon as there is a session.
    pub(super) awaits: Option<Awaited>,
    pub(super) journals: u64,
}

/// A watch under way.
#[derive(Debug)]
pub(super) struct Running {
    pub(super) watch: Watch,
    pub(super) trail: Trail,
    pub(super) order: WatchOrder,
    pub(super) anchor: WallAnchor,
    /// Where the journal's task takes entries; `None` where nothing is kept.
    pub(super) journal: Option<Sender<Entry>>,
    pub(super) whole: Receiver<()>,
    pub(super) path: Option<PathBuf>,
    /// The wish whose request comes next.
    pub(super) granting: Option<Wish>,
    pub(super) away: Away,
    /// Counts since it began here.
    pub(super) lives: Clock,
}

/// A watch that ended in this window.
#[derive(Debug)]
pub(super) struct Ended {
    pub(super) summary: Summary,
    pub(super) trail: Trail,
    pub(super) path: Option<PathBuf>,
}

/// A watch that waits for a session.
#[derive(Debug)]
pub(super) struct Awaited {
    pub(super) order: WatchOrder,
    /// The journal that is gone on with.
    pub(super) opened: Option<Opened>,
}

impl Watching {
    /// Whether a watch is under way.
    pub(super) const fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// What the page shows of it.
    pub(super) fn own(&self) -> Option<Own<'_>> {
        if let Some(running) = &self.running {
            return Some(Own {
                summary: running.watch.summary(),
                trail: &running.trail,
                path: running.path.as_deref().and_then(Path::to_str),
                is_running: true,
            });
        }
        let ended = self.ended.as_ref()?;
        let path = ended.path.as_deref().and_then(Path::to_str);
        Some(Own { summary: &ended.summary, trail: &ended.trail, path, is_running: false })
    }

    /// Takes what happened; `is_told` by the running connection.
    pub(super) fn take(&mut self, now: Moment, input: &Input, is_told: bool) {
        let Some(running) = &mut self.running else { return };
        match input {
            Input::Told { event: Event::Opened { anchor, .. }, .. } if is_told && *anchor != running.anchor => {
                self.end();
            }
            Input::Told { event, .. } if is_told => running.watch.event(now, event),
            Input::Asked { id, request } if !running.takes(*id, request) => self.end(),
            _ => {}
        }
    }

    /// Waits until the journal is whole, but not for a dead disk.
    pub(super) fn close(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.finish();
            drop(running.journal.take());
            let _ = running.whole.recv_timeout(LAST_WAIT);
        }
    }

    /// Ends the watch under way; what it wrote stays and can be gone on with.
    pub(super) fn end(&mut self) {
        if let Some(mut running) = self.running.take() {
            running.finish();
            let Running { watch, trail, path, .. } = running;
            self.ended = Some(Ended { summary: watch.summary().clone(), trail, path });
        }
    }
}

impl Running {
    /// Learns of a request that was handed over; `false` when it leads to another broker, where this watch has nothing to say.
    pub(super) fn takes(&mut self, id: RequestId, request: &Request) -> bool {
        if let Some(wish) = self.granting.take() {
            self.watch.asked(wish, Some(id));
            return true;
        }
        match request {
            Request::Connect(connection) => {
                let broker = format!("{}:{}", connection.host, connection.port);
                self.watch.asked(Wish::Connect, Some(id));
                self.watch.summary().plan.as_ref().is_some_and(|plan| plan.broker == broker)
            }
            Request::Recover => {
                self.watch.asked(Wish::Recover, Some(id));
                true
            }
            _ => true,
        }
    }

    /// Learns that `now` has come, and of time for which nobody watched.
    pub(super) fn tick(&mut self, now: Moment) {
        let lives = Moment::from(self.lives.elapsed());
        if let Some((from, slept)) = self.away.look(lives, away::lived()) {
            let from = Moment::from(now.since_open().saturating_sub(lives.since(from)));
            self.watch.tick(from);
            self.watch.was_away(from, now, slept);
        }
        self.watch.tick(now);
    }

    pub(super) fn finish(&mut self) {
        if !self.watch.is_over() {
            self.watch.beat();
        }
        self.settle();
    }

    /// Hands on what is to be written down; `false` when the journal's task takes no more.
    pub(super) fn settle(&mut self) -> bool {
        let mut is_kept = true;
        while let Some(entry) = self.watch.poll_entry() {
            self.trail.take(&entry);
            if let Some(journal) = &self.journal {
                is_kept &= journal.try_send(entry).is_ok();
            }
        }
        is_kept
    }
}

/// How long the end of the program may wait for the journal.
const LAST_WAIT: Duration = Duration::from_millis(500);
