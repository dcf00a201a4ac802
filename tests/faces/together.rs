//! Jobs side by side: most of them only wait.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    thread::{self, Builder},
};

/// What `work` makes of each of `all`, in their order.
pub(crate) fn together<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::new());
    let run = || {
        loop {
            let place = next.fetch_add(1, Ordering::Relaxed);
            let Some(one) = all.get(place) else { return };
            let made = work(one);
            done.lock().unwrap().push((place, made));
        }
    };
    thread::scope(|scope| {
        for _ in 0..SIDE_BY_SIDE {
            Builder::new().name("face".to_owned()).spawn_scoped(scope, run).unwrap();
        }
    });
    let mut done = done.into_inner().unwrap();
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, made)| made).collect()
}

const SIDE_BY_SIDE: usize = 8;
