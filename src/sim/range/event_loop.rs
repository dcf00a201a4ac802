//! The thread "tls-range": lets clients in and carries each on when its sockets are ready.

use std::{
    collections::HashMap,
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use mio::{
    Events, Interest, Poll, Token, Waker,
    net::{TcpListener, TcpStream},
};
use tracing::{debug, error};

use super::{
    answer::Answer,
    guest::{Guest, Turn},
};

pub(super) struct EventLoop {
    poll: Poll,
    waker: Arc<Waker>,
    stopping: Arc<AtomicBool>,
    upstream: Option<SocketAddr>,
    /// The listener with index `n` has the token `n`.
    listeners: Vec<(TcpListener, Answer)>,
    /// The guest with key `n` has the token `2 n` for itself and `2 n + 1` for where it is handed on to.
    guests: HashMap<usize, Guest>,
    /// Guests that were told to leave, and when they are left alone.
    leaving: Vec<(usize, Instant)>,
    next_guest: usize,
}

impl EventLoop {
    pub(super) fn new(upstream: Option<SocketAddr>, stopping: Arc<AtomicBool>) -> io::Result<Self> {
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKER)?);
        Ok(Self {
            poll,
            waker,
            stopping,
            upstream,
            listeners: Vec::new(),
            guests: HashMap::new(),
            leaving: Vec::new(),
            next_guest: FIRST_GUEST,
        })
    }

    pub(super) fn listen(&mut self, bind: SocketAddr, answer: Answer) -> io::Result<SocketAddr> {
        let mut listener = TcpListener::bind(bind)?;
        let address = listener.local_addr()?;
        self.poll.registry().register(&mut listener, Token(self.listeners.len()), Interest::READABLE)?;
        self.listeners.push((listener, answer));
        Ok(address)
    }

    pub(super) fn waker(&self) -> Arc<Waker> {
        Arc::clone(&self.waker)
    }

    /// Runs until told to stop.
    pub(super) fn run(mut self) {
        let mut events = Events::with_capacity(256);
        loop {
            match self.poll.poll(&mut events, self.patience()) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    error!(%error, "the TLS range ends: it cannot wait for its sockets");
                    return;
                }
            }
            if self.stopping.load(Ordering::Acquire) {
                return;
            }
            let tokens: Vec<_> = events.iter().map(mio::event::Event::token).collect();
            for token in tokens {
                self.handle(token);
            }
            self.forget_leavers();
        }
    }

    fn handle(&mut self, token: Token) {
        if token == WAKER {
            return;
        }
        if token.0 < self.listeners.len() {
            self.let_in(token.0);
        } else {
            self.carry_on(token.0 / 2);
        }
    }

    fn let_in(&mut self, listener: usize) {
        loop {
            let (socket, answer) = &self.listeners[listener];
            let stream = match socket.accept() {
                Ok((stream, _)) => stream,
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) => {
                    debug!(%error, "a client of the TLS range was lost");
                    return;
                }
            };
            let guest = Guest::new(stream, answer);
            if self.guests.len() < MOST_GUESTS {
                self.welcome(guest);
            }
        }
    }

    fn welcome(&mut self, mut guest: Guest) {
        let key = self.next_guest;
        self.next_guest += 1;
        let Some(socket) = guest.socket() else { return };
        let both = Interest::READABLE | Interest::WRITABLE;
        if let Err(error) = self.poll.registry().register(socket, Token(2 * key), both) {
            debug!(%error, "a client of the TLS range cannot be watched");
            return;
        }
        self.guests.insert(key, guest);
        self.carry_on(key);
    }

    fn carry_on(&mut self, key: usize) {
        let has_upstream = self.upstream.is_some();
        let Some(guest) = self.guests.get_mut(&key) else { return };
        match guest.carry_on(has_upstream) {
            Turn::Waits => {}
            Turn::WantsBack => self.hand_on(key),
            Turn::Leaves => self.see_off(key),
            Turn::Ended => {
                self.guests.remove(&key);
            }
        }
    }

    fn hand_on(&mut self, key: usize) {
        let Some(upstream) = self.upstream else { return };
        let opened = TcpStream::connect(upstream).and_then(|mut back| {
            let both = Interest::READABLE | Interest::WRITABLE;
            self.poll.registry().register(&mut back, Token(2 * key + 1), both)?;
            Ok(back)
        });
        match (opened, self.guests.get_mut(&key)) {
            (Ok(back), Some(guest)) => {
                guest.hand_on(back);
                self.carry_on(key);
            }
            (Err(error), _) => {
                debug!(%error, "a client of the TLS range cannot be handed on");
                self.guests.remove(&key);
            }
            (Ok(_), None) => {}
        }
    }

    fn see_off(&mut self, key: usize) {
        if !self.leaving.iter().any(|(one, _)| *one == key) {
            self.leaving.push((key, now() + PATIENCE));
        }
    }

    fn patience(&self) -> Option<Duration> {
        let next = self.leaving.iter().map(|(_, until)| *until).min()?;
        Some(next.saturating_duration_since(now()))
    }

    fn forget_leavers(&mut self) {
        let now = now();
        let guests = &mut self.guests;
        self.leaving.retain(|(key, until)| {
            if *until <= now {
                guests.remove(key);
            }
            guests.contains_key(key)
        });
    }
}

const WAKER: Token = Token(usize::MAX);
/// Tokens of guests begin far above those of listeners.
const FIRST_GUEST: usize = 1_000;
const MOST_GUESTS: usize = 128;
/// How long a client that was told to leave may take to close.
const PATIENCE: Duration = Duration::from_secs(1);

#[expect(clippy::disallowed_methods, reason = "the range's thread owns its clock")]
fn now() -> Instant {
    Instant::now()
}
