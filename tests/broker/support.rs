//! A broker on a free port, and the two command line clients of mosquitto beside it.

use std::{
    io::{BufRead, BufReader, ErrorKind, Read, Write},
    net::TcpStream,
    process::{Child, ChildStdout, Command, Stdio},
};

use air780e_companion::{
    broker::{CoreConfig, Server, ServerConfig},
    mqtt::{Message, Qos},
};

use crate::kit::LIMIT;

/// A broker whose retained message on [`READY`] tells a subscriber that its subscriptions are in force.
pub(crate) fn broker(core: CoreConfig) -> Server {
    broker_with(ServerConfig { core, ..ServerConfig::default() })
}

/// The same with more than a plain port.
pub(crate) fn broker_with(mut config: ServerConfig) -> Server {
    let ready = Message {
        topic: READY.parse().expect("a topic"),
        payload: b"now".to_vec(),
        qos: Qos::AtMostOnce,
        retain: true,
    };
    config.core.retained.push(ready);
    Server::start(config).expect("a free port")
}

/// A running `mosquitto_sub`. It ends by itself after [`LIMIT`], so no test hangs on it.
pub(crate) struct Subscriber {
    child: Child,
    lines: BufReader<ChildStdout>,
}

impl Subscriber {
    /// Starts it and waits until its subscriptions are in force.
    pub(crate) fn ready(server: &Server, arguments: &[&str]) -> Self {
        let mut subscriber = Self::start(server, &[arguments, &["-t", READY]].concat());
        assert_eq!(subscriber.line().as_deref(), Some("0 1 ready/now now"), "the retained message of the broker");
        subscriber
    }

    /// Starts it.
    pub(crate) fn start(server: &Server, arguments: &[&str]) -> Self {
        let mut command = client("mosquitto_sub", server);
        command.args(["-W", &LIMIT.as_secs().to_string(), "-F", "%q %r %t %p"]).args(arguments).stdout(Stdio::piped());
        let mut child = run(command);
        let lines = BufReader::new(child.stdout.take().expect("its output"));
        Self { child, lines }
    }

    /// The next message as `QoS retain topic payload`; `None` when the program has ended.
    pub(crate) fn line(&mut self) -> Option<String> {
        let mut line = String::new();
        let count = self.lines.read_line(&mut line).expect("text");
        (count > 0).then(|| line.trim_end().to_owned())
    }

    /// Ends it as a power cut would, without DISCONNECT.
    pub(crate) fn kill(mut self) {
        self.child.kill().expect("a running program");
    }

    /// Waits until it ends by itself.
    pub(crate) fn finish(mut self) {
        assert_eq!(self.line(), None);
        assert!(self.child.wait().expect("an exit status").success());
    }
}

impl Drop for Subscriber {
    fn drop(&mut self) {
        let _already_ended = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// Runs `mosquitto_pub` to its end and says whether it succeeded.
pub(crate) fn publish(server: &Server, arguments: &[&str]) -> bool {
    let mut command = client("mosquitto_pub", server);
    command.args(arguments).stderr(Stdio::null());
    run(command).wait().expect("an exit status").success()
}

fn client(program: &str, server: &Server) -> Command {
    let address = server.local_addr();
    let mut command = Command::new(program);
    command.args(["-V", "mqttv311", "-h", &address.ip().to_string(), "-p", &address.port().to_string()]);
    command
}

fn run(mut command: Command) -> Child {
    let program = command.get_program().to_string_lossy().into_owned();
    match command.spawn() {
        Ok(child) => child,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            panic!("{program} is not installed: install the Debian package mosquitto-clients")
        }
        Err(error) => panic!("{program} cannot be started: {error}"),
    }
}

/// A bare TCP connection to the broker; its reads end after a while.
pub(crate) fn connection(server: &Server) -> TcpStream {
    let stream = TcpStream::connect(server.local_addr()).expect("the broker listens");
    stream.set_nodelay(true).expect("an open socket");
    stream.set_read_timeout(Some(LIMIT)).expect("an open socket");
    stream
}

/// A bare TCP connection with an accepted CONNECT: clean session, client identifier of one letter.
pub(crate) fn connected(server: &Server, letter: u8) -> TcpStream {
    let mut stream = connection(server);
    stream.write_all(&connect(letter)).expect("an open socket");
    let mut connack = [0; 4];
    stream.read_exact(&mut connack).expect("a CONNACK");
    assert_eq!(connack, [0x20, 2, 0, 0]);
    stream
}

/// A CONNECT with a clean session and a client identifier of one letter.
pub(crate) fn connect(letter: u8) -> [u8; 15] {
    [0x10, 13, 0, 4, b'M', b'Q', b'T', b'T', 4, 2, 0, 0, 0, 1, letter]
}

/// Whether the broker closes the connection, whatever it sends before.
pub(crate) fn is_closed(mut stream: TcpStream) -> bool {
    let mut rest = Vec::new();
    match stream.read_to_end(&mut rest) {
        Ok(_) => true,
        Err(error) => error.kind() == ErrorKind::ConnectionReset,
    }
}

/// Sends PINGREQ and waits for PINGRESP.
pub(crate) fn answers_ping(stream: &mut TcpStream) -> bool {
    let mut pingresp = [0; 2];
    stream.write_all(&[0xc0, 0]).is_ok() && stream.read_exact(&mut pingresp).is_ok() && pingresp == [0xd0, 0]
}

const READY: &str = "ready/now";
