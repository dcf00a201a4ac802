//! Connections that are over for the broker, while their clients may still send and read.

use std::{
    collections::{HashMap, VecDeque},
    time::Duration,
};

use super::socket::Socket;
use crate::{broker::ConnectionId, time::Moment};

/// A bounded number of them, each for a bounded time.
#[derive(Default)]
pub(super) struct Lingering {
    sockets: HashMap<ConnectionId, Socket>,
    /// When each is let go at the latest, in order; some are gone before.
    ends: VecDeque<(Moment, ConnectionId)>,
}

impl Lingering {
    /// Takes a connection whose sending side is closed. Gives it back if there are too many, or if it is over.
    pub(super) fn take(&mut self, now: Moment, id: ConnectionId, mut socket: Socket) -> Option<Socket> {
        if self.sockets.len() >= MOST || socket.is_over() {
            return Some(socket);
        }
        self.sockets.insert(id, socket);
        self.ends.push_back((now + LONGEST, id));
        None
    }

    /// Drops what came; whether the client has closed its side too.
    pub(super) fn is_over(&mut self, id: ConnectionId) -> bool {
        self.sockets.get_mut(&id).is_some_and(Socket::is_over)
    }

    pub(super) fn remove(&mut self, id: ConnectionId) -> Option<Socket> {
        let socket = self.sockets.remove(&id);
        // Those that went before their time stay in the order until it is theirs, unless they are many.
        if self.ends.len() > 2 * MOST {
            self.ends.retain(|(_, id)| self.sockets.contains_key(id));
        }
        socket
    }

    /// The next one whose time is over.
    pub(super) fn due(&mut self, now: Moment) -> Option<ConnectionId> {
        self.ends.pop_front_if(|(end, _)| *end <= now).map(|(_, id)| id)
    }

    /// When to look for one whose time is over.
    pub(super) fn next(&self) -> Option<Moment> {
        self.ends.front().map(|&(end, _)| end)
    }
}

const MOST: usize = 256;
/// Longer than a client needs to read what was sent before, and short enough for nobody to count on it.
const LONGEST: Duration = Duration::from_secs(1);
