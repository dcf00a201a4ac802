//! Short threads for what may take long: listing ports, writing files, waiting for a port to close.
//!
//! Each is named `task-…` and ends by itself. What shall happen then it carries along, so that nothing here knows a page.

use std::thread;

use crossbeam_channel::{Receiver, Sender, bounded};
use eframe::egui::Context;

/// What a task does to the application `A` when it is done: on the UI thread, between two frames.
pub(super) type Ending<A> = Box<dyn FnOnce(&mut A) + Send>;

/// Starts tasks and collects their endings.
pub(super) struct Tasks<A> {
    ctx: Context,
    sender: Sender<Ending<A>>,
    endings: Receiver<Ending<A>>,
}

impl<A: 'static> Tasks<A> {
    /// No tasks yet; each will wake `ctx` when it ends.
    pub(super) fn new(ctx: Context) -> Self {
        let (sender, endings) = bounded(ENDINGS);
        Self { ctx, sender, endings }
    }

    /// The next ending, if there is one.
    pub(super) fn next(&self) -> Option<Ending<A>> {
        self.endings.try_recv().ok()
    }

    /// Runs `work` on a thread named `name`, then `end` with what it brought.
    pub(super) fn start<T>(
        &self,
        name: &str,
        work: impl FnOnce() -> T + Send + 'static,
        end: impl FnOnce(&mut A, T) + Send + 'static,
    ) where
        T: Send + 'static,
    {
        self.start_telling(name, |tell| {
            let brought = work();
            tell(Box::new(move |app: &mut A| end(app, brought)));
        });
    }

    /// Runs `work` on a thread named `name`; it may tell several endings, or none.
    pub(super) fn start_telling(&self, name: &str, work: impl FnOnce(&mut dyn FnMut(Ending<A>)) + Send + 'static) {
        let (sender, ctx) = (self.sender.clone(), self.ctx.clone());
        let started = thread::Builder::new().name(name.to_owned()).spawn(move || {
            work(&mut |ending| {
                if sender.send(ending).is_ok() {
                    ctx.request_repaint();
                }
            });
        });
        if let Err(error) = started {
            tracing::error!(%error, name, "a task does not start");
        }
    }

    /// Drops `thing` on a thread of its own, because that may wait for a port.
    pub(super) fn let_go<T: Send + 'static>(&self, thing: T) {
        self.start_telling("task-close", move |_| drop(thing));
    }
}

/// Endings that may wait for the next frame.
const ENDINGS: usize = 64;
