//! `air780e broker`: the embedded broker until somebody ends it.

use std::{io, net::SocketAddr};

use super::{args::BrokerArgs, print_line, say_to_user, signals::StopSignal};
use crate::broker::{Server, ServerConfig};

/// Runs until SIGTERM or SIGINT. The first line printed is the port.
pub(super) fn run(asked: &BrokerArgs) -> io::Result<()> {
    let stop = StopSignal::listen()?;
    let bind = SocketAddr::new(asked.bind, asked.port);
    let server = Server::start(ServerConfig { bind, ..ServerConfig::default() })?;
    print_line(&server.local_addr().port().to_string());
    if !asked.bind.is_loopback() {
        say_to_user(&format!(
            "WARNING: this broker listens on {}: everybody who reaches this computer can read and write, \
             without password and encryption. Use --bind 127.0.0.1 to keep it to this computer.",
            server.local_addr()
        ));
    }
    stop.wait();
    server.stop();
    Ok(())
}
