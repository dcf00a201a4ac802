//! The loop of the thread "broker": readiness in, bytes to the core, bytes from the core to the sockets.
//!
//! It waits only in `poll`, never longer than the core's next deadline, and never for one client: each readable
//! socket is read a bounded number of times before the next one has its turn.

use std::{
    collections::{HashMap, VecDeque},
    io,
    net::SocketAddr,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, Sender};
use mio::{
    Events, Interest, Poll, Token, Waker,
    net::{TcpListener, TcpStream},
};
use tracing::{debug, error, warn};

use super::{
    Command, Snapshot,
    capture::Capture,
    lingering::Lingering,
    socket::{Socket, Transport},
    store::Store,
    websocket::WebSocketTransport,
};
use crate::{
    broker::{ConnectionId, Core, Event, Limits, Peer, Transport as Way},
    time::Moment,
    tls::ServerContext,
};

/// Everything the thread owns besides the core.
pub(super) struct EventLoop {
    poll: Poll,
    waker: Arc<Waker>,
    /// The listener with index `n` has the token `FIRST_LISTENER + n`.
    listeners: Vec<Listener>,
    sockets: HashMap<ConnectionId, Socket>,
    lingering: Lingering,
    /// Sockets that may have bytes to read, each once.
    readable: VecDeque<ConnectionId>,
    last_connection: u64,
    commands: Receiver<Command>,
    stopping: Arc<AtomicBool>,
    max_outbound_bytes: usize,
    max_packet_bytes: u32,
    max_web_connections: usize,
    web_connections: usize,
    opened_at: Instant,
    /// Where events go, until nobody listens.
    events: Option<Sender<Event>>,
    store: Option<Store>,
    capture: Option<Capture>,
}

struct Listener {
    socket: TcpListener,
    /// What this port speaks below MQTT; `None` is nothing.
    tls: Option<ServerContext>,
    /// Whether MQTT comes within WebSockets here.
    is_web: bool,
    turn: Turn,
}

/// Whether a listener has clients to let in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// It will tell when it has.
    Idle,
    /// It may have more.
    Ready,
    /// The system lacks something, file handles most likely: it is asked again at this moment.
    Again(Moment),
}

impl EventLoop {
    #[expect(clippy::disallowed_methods, reason = "the broker's thread owns the broker's clock")]
    pub(super) fn new(limits: &Limits, commands: Receiver<Command>, stopping: Arc<AtomicBool>) -> io::Result<Self> {
        let poll = Poll::new()?;
        let waker = Arc::new(Waker::new(poll.registry(), WAKER)?);
        Ok(Self {
            poll,
            waker,
            listeners: Vec::new(),
            sockets: HashMap::new(),
            lingering: Lingering::default(),
            readable: VecDeque::new(),
            last_connection: FIRST_CONNECTION,
            commands,
            stopping,
            max_outbound_bytes: limits.max_outbound_bytes,
            max_packet_bytes: limits.max_packet_bytes,
            max_web_connections: limits.max_web_connections,
            web_connections: 0,
            opened_at: Instant::now(),
            events: None,
            store: None,
            capture: None,
        })
    }

    /// Tells what happens from now on.
    pub(super) fn tell(&mut self, events: Sender<Event>) {
        self.events = Some(events);
    }

    /// Keeps there what shall outlive a restart.
    pub(super) fn keep_in(&mut self, store: Store) {
        self.store = Some(store);
    }

    /// Writes down what is seen from now on.
    pub(super) fn capture_to(&mut self, capture: Capture) {
        self.capture = Some(capture);
    }

    /// Opens a port that speaks MQTT, over TLS if a context for it is given, and within WebSockets if asked for.
    pub(super) fn listen(
        &mut self,
        bind: SocketAddr,
        tls: Option<ServerContext>,
        is_web: bool,
    ) -> io::Result<SocketAddr> {
        let mut socket = TcpListener::bind(bind)?;
        let local_addr = socket.local_addr()?;
        self.poll.registry().register(&mut socket, Token(FIRST_LISTENER + self.listeners.len()), Interest::READABLE)?;
        self.listeners.push(Listener { socket, tls, is_web, turn: Turn::Idle });
        Ok(local_addr)
    }

    pub(super) fn waker(&self) -> Arc<Waker> {
        Arc::clone(&self.waker)
    }

    /// Runs until told to stop.
    pub(super) fn run(mut self, mut core: Core) {
        let mut events = Events::with_capacity(EVENTS_AT_ONCE);
        loop {
            match self.poll.poll(&mut events, self.patience(&core)) {
                Ok(()) => {}
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => {
                    error!(%error, "the broker ends: it cannot wait for its sockets");
                    return;
                }
            }
            if self.stopping.load(Ordering::Acquire) {
                return self.end(&mut core);
            }
            self.sort(&events);
            self.turn(&mut core);
        }
    }

    fn now(&self) -> Moment {
        Moment::from(self.opened_at.elapsed())
    }

    /// How long there is nothing to do unless a socket says otherwise; `None` is forever.
    fn patience(&self, core: &Core) -> Option<Duration> {
        if !self.readable.is_empty()
            || !self.commands.is_empty()
            || self.listeners.iter().any(|listener| listener.turn == Turn::Ready)
        {
            return Some(Duration::ZERO);
        }
        let again = self.listeners.iter().filter_map(|listener| match listener.turn {
            Turn::Again(moment) => Some(moment),
            Turn::Idle | Turn::Ready => None,
        });
        let next = again.chain(core.poll_timeout()).chain(self.lingering.next()).min()?;
        Some(next.since(self.now()))
    }

    fn sort(&mut self, events: &Events) {
        for event in events {
            match event.token() {
                WAKER => {}
                Token(number) if number < FIRST_LISTENER + self.listeners.len() => {
                    self.listeners[number - FIRST_LISTENER].turn = Turn::Ready;
                }
                Token(number) => {
                    let id = ConnectionId(number as u64);
                    if self.lingering.is_over(id) {
                        self.let_go(id);
                    }
                    self.list(id);
                }
            }
        }
    }

    /// One round: new clients, the program's messages, due deadlines, and every readable socket once.
    fn turn(&mut self, core: &mut Core) {
        for index in 0..self.listeners.len() {
            self.let_in(index, core);
        }
        let now = self.now();
        while let Some(id) = self.lingering.due(now) {
            self.let_go(id);
        }
        for command in self.commands.try_iter().take(COMMANDS_A_TURN) {
            match command {
                Command::Publish(message) => core.publish(now, message),
                Command::Kick(client_id) => core.kick(now, &client_id),
                Command::Look(answer) => {
                    // Whoever asked may have gone.
                    answer.try_send(Snapshot { clients: core.clients(), stats: core.stats() }).ok();
                }
            }
        }
        if core.poll_timeout().is_some_and(|moment| moment <= now) {
            core.handle_timeout(now);
        }
        self.obey(core);
        for _ in 0..self.readable.len() {
            if let Some(id) = self.readable.pop_front() {
                self.serve(id, core);
                self.obey(core);
            }
        }
    }

    fn list(&mut self, id: ConnectionId) {
        if let Some(socket) = self.sockets.get_mut(&id)
            && !socket.listed
        {
            socket.listed = true;
            self.readable.push_back(id);
        }
    }

    fn let_in(&mut self, index: usize, core: &mut Core) {
        let now = self.now();
        let Some(listener) = self.listeners.get_mut(index) else { return };
        match listener.turn {
            Turn::Ready => {}
            Turn::Again(moment) if moment <= now => {}
            Turn::Idle | Turn::Again(_) => return,
        }
        listener.turn = Turn::Ready;
        for _ in 0..ACCEPTS_A_TURN {
            match self.listeners[index].socket.accept() {
                Ok((stream, address)) => self.greet(stream, address, index, core),
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    self.listeners[index].turn = Turn::Idle;
                    return;
                }
                Err(error) if matches!(error.kind(), io::ErrorKind::Interrupted | io::ErrorKind::ConnectionAborted) => {
                }
                Err(error) => {
                    warn!(%error, "no connection can be accepted now; trying again soon");
                    self.listeners[index].turn = Turn::Again(now + ACCEPT_AGAIN_AFTER);
                    return;
                }
            }
        }
    }

    fn greet(&mut self, stream: TcpStream, address: SocketAddr, listener: usize, core: &mut Core) {
        let now = self.now();
        let Listener { tls, is_web, .. } = &self.listeners[listener];
        let transport = match (tls, is_web) {
            (None, false) => Way::Tcp,
            (Some(_), false) => Way::Tls,
            (None, true) => Way::WebSocket,
            (Some(_), true) => Way::SecureWebSocket,
        };
        let peer = Peer { address: Some(address), transport };
        if *is_web && self.web_connections >= self.max_web_connections {
            return core.turn_away(now, peer);
        }
        match self.welcome(stream, listener) {
            Ok(id) => {
                self.note(|capture| capture.open(now, id, peer));
                core.open_from(now, id, peer);
            }
            Err(error) => warn!(%error, "a connection is lost before its first byte"),
        }
    }

    fn welcome(&mut self, stream: TcpStream, listener: usize) -> io::Result<ConnectionId> {
        stream.set_nodelay(true)?;
        let mut transport: Box<dyn Transport> = match &self.listeners[listener].tls {
            None => Box::new(stream),
            Some(context) => Box::new(
                context.accept(stream).map_err(|failure| io::Error::other(format!("TLS: {:?}", failure.cause)))?,
            ),
        };
        let is_web = self.listeners[listener].is_web;
        if is_web {
            transport = Box::new(WebSocketTransport::new(transport, self.max_packet_bytes));
        }
        self.last_connection += 1;
        let id = ConnectionId(self.last_connection);
        let source = transport.source().ok_or(io::ErrorKind::NotConnected)?;
        self.poll.registry().register(source, token(id), Interest::READABLE | Interest::WRITABLE)?;
        self.sockets.insert(id, Socket::new(transport, is_web));
        self.web_connections += usize::from(is_web);
        Ok(id)
    }

    /// Writes what waits for a client and reads what came from it, for at most a turn.
    fn serve(&mut self, id: ConnectionId, core: &mut Core) {
        let Some(socket) = self.sockets.get_mut(&id) else { return };
        socket.listed = false;
        if let Err(error) = socket.flush() {
            return self.lose(id, &error, core);
        }
        let mut buffer = [0; READ_BYTES];
        for _ in 0..READS_A_TURN {
            let Some(socket) = self.sockets.get_mut(&id) else { return };
            match socket.transport.read(&mut buffer) {
                Ok(0) => return self.lose(id, &io::ErrorKind::UnexpectedEof.into(), core),
                Ok(count) => {
                    core.handle_bytes(self.now(), id, &buffer[..count]);
                    self.obey(core);
                }
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => return,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return self.lose(id, &error, core),
            }
        }
        self.list(id);
    }

    /// Does what the core wants until it wants nothing more.
    fn obey(&mut self, core: &mut Core) {
        loop {
            self.persist(core);
            let now = self.now();
            for (id, packet) in core.take_seen() {
                self.note(|capture| capture.received(now, id, packet));
            }
            let mut lost = Vec::new();
            while let Some((id, bytes)) = core.poll_transmit() {
                self.note(|capture| capture.sent(now, id, &bytes));
                let Some(socket) = self.sockets.get_mut(&id) else { continue };
                match socket.send(bytes) {
                    Ok(()) if socket.waiting() <= self.max_outbound_bytes => {}
                    Ok(()) => lost.push((id, io::Error::other("the client reads too slowly"))),
                    Err(error) => lost.push((id, error)),
                }
            }
            while let Some(id) = core.poll_close() {
                self.see_off(id);
            }
            if lost.is_empty() {
                self.note(Capture::flush);
                return self.pass_on_events(core);
            }
            for (id, error) in lost {
                self.lose(id, &error, core);
            }
        }
    }

    /// Lets the store have what has changed, before anybody is told about it.
    fn persist(&mut self, core: &mut Core) {
        let changes = core.take_changes();
        let Some(store) = self.store.as_ref().filter(|_| !changes.is_empty()) else { return };
        if let Err(error) = store.write(&changes) {
            warn!(%error, "sessions and retained messages are not kept");
            core.not_kept(error.to_string());
        }
    }

    /// Writes to the capture. One that cannot be written ends, and the broker goes on.
    fn note(&mut self, what: impl FnOnce(&mut Capture) -> io::Result<()>) {
        if let Some(capture) = &mut self.capture
            && let Err(error) = what(capture)
        {
            warn!(%error, "the capture ends here: it cannot be written");
            self.capture = None;
        }
    }

    /// Tells what happened, as far as there is room; the rest waits in the core, which counts what it cannot hold.
    fn pass_on_events(&mut self, core: &mut Core) {
        while let Some(events) = self.events.as_ref().filter(|events| !events.is_full())
            && let Some(event) = core.poll_event()
        {
            if events.try_send(event).is_err() {
                self.events = None;
            }
        }
    }

    fn lose(&mut self, id: ConnectionId, error: &io::Error, core: &mut Core) {
        debug!(connection = id.0, %error, "a connection is lost");
        let failure = self.sockets.get(&id).and_then(|socket| socket.transport.failure());
        self.close(id);
        match failure {
            Some(why) => core.handle_failed(self.now(), id, why),
            None => core.handle_closed(self.now(), id),
        }
    }

    /// Ends a connection that is lost.
    fn close(&mut self, id: ConnectionId) {
        if let Some(mut socket) = self.take_out(id) {
            self.deregister(id, &mut socket);
            socket.hang_up();
        }
    }

    /// Ends a connection that the core wants ended: the client still reads what was sent. What it still sends is taken and
    /// dropped for a while, because it would get a reset for it and might never read why.
    fn see_off(&mut self, id: ConnectionId) {
        let Some(mut socket) = self.take_out(id) else { return };
        socket.hang_up();
        if let Some(mut refused) = self.lingering.take(self.opened_at.elapsed().into(), id, socket) {
            self.deregister(id, &mut refused);
        }
    }

    fn take_out(&mut self, id: ConnectionId) -> Option<Socket> {
        let socket = self.sockets.remove(&id)?;
        self.web_connections -= usize::from(socket.is_web);
        let now = self.now();
        self.note(|capture| capture.close(now, id));
        Some(socket)
    }

    fn let_go(&mut self, id: ConnectionId) {
        if let Some(mut socket) = self.lingering.remove(id) {
            self.deregister(id, &mut socket);
        }
    }

    fn deregister(&self, id: ConnectionId, socket: &mut Socket) {
        if let Some(source) = socket.transport.source()
            && let Err(error) = self.poll.registry().deregister(source)
        {
            debug!(connection = id.0, %error, "a closed socket cannot be deregistered");
        }
    }

    /// The end of the broker: what the program published before it is still sent, as far as the sockets take it now, and
    /// every client is told goodbye.
    fn end(&mut self, core: &mut Core) {
        self.listeners.clear();
        while !self.commands.is_empty() {
            self.turn(core);
        }
        core.handle_end(self.now());
        self.obey(core);
        for mut socket in std::mem::take(&mut self.sockets).into_values() {
            socket.hang_up();
        }
    }
}

fn token(id: ConnectionId) -> Token {
    Token(usize::try_from(id.0).unwrap_or(usize::MAX))
}

const WAKER: Token = Token(0);
const FIRST_LISTENER: usize = 1;
/// Connections are numbered from here on, so that their tokens never meet those of listeners.
const FIRST_CONNECTION: u64 = 16;
const EVENTS_AT_ONCE: usize = 1_024;
const READ_BYTES: usize = 16 * 1024;
const READS_A_TURN: usize = 16;
const ACCEPTS_A_TURN: usize = 256;
const COMMANDS_A_TURN: usize = 256;
/// While the system refuses new connections they are asked for this often.
const ACCEPT_AGAIN_AFTER: Duration = Duration::from_millis(100);
