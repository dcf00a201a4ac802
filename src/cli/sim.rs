//! `air780e sim`: a virtual modem on a PTY until somebody ends it.

use std::io;
#[cfg(unix)]
use std::net::{SocketAddr, ToSocketAddrs};

use super::args::SimArgs;

/// Runs until SIGTERM or SIGINT. The first line printed is the path to open.
#[cfg(unix)]
pub(super) fn run(asked: &SimArgs) -> io::Result<()> {
    use super::{print_line, signals::StopSignal};
    use crate::{link::pty::PtyModem, sim::host::VirtualSpec};

    let stop = StopSignal::listen()?;
    let broker = asked.broker.as_deref().map(resolve).transpose()?;
    let spec = VirtualSpec { baud: asked.baud, seed: asked.seed, broker, ..VirtualSpec::default() };
    let modem = PtyModem::start(&spec, asked.link.as_deref()).map_err(|error| explain(&error, asked))?;
    print_line(&modem.port().display().to_string());
    stop.wait();
    Ok(())
}

/// Windows has no PTY that a serial program could open.
#[cfg(not(unix))]
pub(super) fn run(_asked: &SimArgs) -> io::Result<()> {
    Err(io::Error::other("a virtual serial port needs Unix; use \"check --port virtual\" instead"))
}

#[cfg(unix)]
fn resolve(broker: &str) -> io::Result<SocketAddr> {
    let found = broker.to_socket_addrs().map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("--broker {broker}: {error}; write it as HOST:PORT, such as 127.0.0.1:1883"),
        )
    })?;
    let mut found: Vec<_> = found.collect();
    found.sort_by_key(SocketAddr::is_ipv6);
    found.into_iter().next().ok_or_else(|| io::Error::other(format!("--broker {broker}: the name has no address")))
}

#[cfg(unix)]
fn explain(error: &io::Error, asked: &SimArgs) -> io::Error {
    let text = match &asked.link {
        Some(link) if error.kind() == io::ErrorKind::AlreadyExists => {
            format!("--link {}: something else stands there; choose another path or remove it", link.display())
        }
        Some(link) => format!("the virtual modem at {} cannot start: {error}", link.display()),
        None => format!("the virtual modem cannot start: {error}"),
    };
    io::Error::new(error.kind(), text)
}
