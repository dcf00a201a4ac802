//! MQTT within a WebSocket: MQTT 3.1.1 and MQTT 5, section 6.
//!
//! To the loop it is one more layer below MQTT, as TLS is. A message that is not complete is held by the crate; its size and
//! the number of such connections are bounded, so that all of them together are.

use std::io::{self, Read, Write};

use mio::net::TcpStream;
use tracing::debug;
use tungstenite::{
    Error, HandshakeError, Message, WebSocket,
    handshake::{
        MidHandshake,
        server::{ErrorResponse, Request, Response, ServerHandshake},
    },
    http::{HeaderValue, StatusCode, header::SEC_WEBSOCKET_PROTOCOL},
    protocol::WebSocketConfig,
};

use super::socket::Transport;
use crate::tls::TlsFailure;

type Stream = Box<dyn Transport>;
type Greeter = fn(&Request, Response) -> Result<Response, ErrorResponse>;

/// A WebSocket over another layer.
pub(super) struct WebSocketTransport {
    state: State,
    /// What came in the last message and was not read yet.
    received: Vec<u8>,
    /// How much of it is read.
    read: usize,
    /// Why the greeting failed.
    failure: Option<String>,
}

enum State {
    Greeting(Box<MidHandshake<ServerHandshake<Stream, Greeter>>>),
    Open(Box<WebSocket<Stream>>),
    /// Between the two, and after a greeting that failed: the layer below is gone with it.
    Failed,
}

impl WebSocketTransport {
    pub(super) fn new(stream: Stream, max_packet_bytes: u32) -> Self {
        let most = usize::try_from(max_packet_bytes).unwrap_or(usize::MAX);
        let config = WebSocketConfig::default()
            .read_buffer_size(BUFFER)
            .write_buffer_size(BUFFER)
            .max_write_buffer_size(MOST_UNWRITTEN)
            .max_message_size(Some(most))
            .max_frame_size(Some(most));
        let greeting = ServerHandshake::start(stream, greet as Greeter, Some(config));
        Self { state: State::Greeting(Box::new(greeting)), received: Vec::new(), read: 0, failure: None }
    }

    /// Goes on with the greeting; says `WouldBlock` while it is not complete.
    fn greet(&mut self) -> io::Result<()> {
        let State::Greeting(greeting) = std::mem::replace(&mut self.state, State::Failed) else {
            return Err(io::ErrorKind::NotConnected.into());
        };
        match greeting.handshake() {
            Ok(open) => {
                self.state = State::Open(Box::new(open));
                Ok(())
            }
            Err(HandshakeError::Interrupted(greeting)) => {
                self.state = State::Greeting(Box::new(greeting));
                Err(io::ErrorKind::WouldBlock.into())
            }
            Err(HandshakeError::Failure(error)) => {
                debug!(%error, "a WebSocket handshake has failed");
                let layer_below = tls_failure(&error);
                self.failure = Some(layer_below.unwrap_or_else(|| format!("WebSocket: {error}")));
                Err(io::Error::other(error))
            }
        }
    }
}

impl Read for WebSocketTransport {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        loop {
            let rest = &self.received[self.read..];
            if !rest.is_empty() {
                let count = rest.len().min(buffer.len());
                buffer[..count].copy_from_slice(&rest[..count]);
                self.read += count;
                return Ok(count);
            }
            let socket = match &mut self.state {
                State::Greeting(_) | State::Failed => {
                    self.greet()?;
                    continue;
                }
                State::Open(socket) => socket,
            };
            would_block_is_fine(socket.flush())?;
            match socket.read() {
                Ok(Message::Binary(bytes)) => {
                    self.received = bytes.to_vec();
                    self.read = 0;
                }
                // Pings are answered and a good-bye is returned by the crate.
                Ok(Message::Ping(_) | Message::Pong(_) | Message::Close(_) | Message::Frame(_)) => {}
                Ok(Message::Text(_)) => return Err(io::Error::other("MQTT in a text message of a WebSocket")),
                Err(Error::ConnectionClosed | Error::AlreadyClosed) => return Ok(0),
                Err(error) => return Err(as_io(error)),
            }
        }
    }
}

impl Write for WebSocketTransport {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let State::Open(socket) = &mut self.state else { return Err(io::ErrorKind::WouldBlock.into()) };
        // What was taken before goes first; so no more than one piece waits in the crate.
        socket.flush().map_err(as_io)?;
        let piece = &bytes[..bytes.len().min(MOST_UNWRITTEN / 2)];
        socket.write(Message::binary(piece.to_vec())).map_err(as_io)?;
        would_block_is_fine(socket.flush())?;
        Ok(piece.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.state {
            State::Open(socket) => socket.flush().map_err(as_io),
            State::Greeting(_) | State::Failed => Ok(()),
        }
    }
}

impl Transport for WebSocketTransport {
    fn source(&mut self) -> Option<&mut TcpStream> {
        match &mut self.state {
            State::Greeting(greeting) => greeting.get_mut().get_mut().source(),
            State::Open(socket) => socket.get_mut().source(),
            State::Failed => None,
        }
    }

    fn failure(&self) -> Option<String> {
        self.failure.clone()
    }

    fn say_goodbye(&mut self) {
        if let State::Open(socket) = &mut self.state {
            if let Err(error) = socket.close(None).and_then(|()| socket.flush()) {
                debug!(%error, "a WebSocket ends without a good-bye");
            }
            socket.get_mut().say_goodbye();
        }
    }
}

/// Lets in whoever asks for the path of MQTT; of the protocols offered, MQTT is the one spoken (section 6).
#[expect(clippy::result_large_err, reason = "the shape that the crate asks for")]
fn greet(request: &Request, mut response: Response) -> Result<Response, ErrorResponse> {
    if request.uri().path() != PATH {
        let mut refusal = ErrorResponse::new(Some(format!("MQTT is at {PATH}\n")));
        *refusal.status_mut() = StatusCode::NOT_FOUND;
        return Err(refusal);
    }
    let offered = request.headers().get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    if offered.flat_map(|value| value.split(',')).any(|protocol| protocol.trim() == PROTOCOL) {
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(PROTOCOL));
    }
    Ok(response)
}

/// What TLS says of its failure, if that is what ended the greeting.
fn tls_failure(error: &Error) -> Option<String> {
    let Error::Io(error) = error else { return None };
    error.get_ref()?.downcast_ref().map(|TlsFailure { cause, .. }| format!("TLS: {cause}"))
}

fn would_block_is_fine(result: Result<(), Error>) -> io::Result<()> {
    match result.map_err(as_io) {
        Err(error) if error.kind() == io::ErrorKind::WouldBlock => Ok(()),
        other => other,
    }
}

fn as_io(error: Error) -> io::Error {
    match error {
        Error::Io(error) => error,
        other => io::Error::other(other),
    }
}

/// Where browsers and dashboards look for MQTT.
pub(super) const PATH: &str = "/mqtt";
const PROTOCOL: &str = "mqtt";
/// Bytes that one connection holds for reading, and for writing, while it is idle.
const BUFFER: usize = 4 * 1024;
/// Bytes that one connection may hold because its socket does not take them.
const MOST_UNWRITTEN: usize = 128 * 1024;
