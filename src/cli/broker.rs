//! `air780e broker`: the embedded broker until somebody ends it.

use std::{fs, io, net::SocketAddr, path::Path};

use super::{args::BrokerArgs, print_line, say_to_user, signals::StopSignal};
use crate::{
    broker::{CoreConfig, Server, ServerConfig, TlsListener, TopicRule, Users},
    tls::ServerError,
};

/// Runs until SIGTERM or SIGINT. The first line printed is the port, the second that for TLS if there is one.
pub(super) fn run(asked: &BrokerArgs) -> io::Result<()> {
    let stop = StopSignal::listen()?;
    let server = Server::start(config(asked)?).map_err(with_option)?;
    print_line(&server.local_addr().port().to_string());
    if let Some(address) = server.tls_addr() {
        print_line(&format!("tls {}", address.port()));
    }
    if !asked.bind.is_loopback() {
        say_to_user(&warning(server.local_addr(), asked.users.is_some()));
    }
    stop.wait();
    server.stop();
    Ok(())
}

fn config(asked: &BrokerArgs) -> io::Result<ServerConfig> {
    let core = CoreConfig {
        users: asked.users.as_deref().map(users).transpose()?,
        rules: asked.forbid_filter.iter().cloned().map(TopicRule::forbid).collect(),
        ..CoreConfig::default()
    };
    Ok(ServerConfig { bind: SocketAddr::new(asked.bind, asked.port), tls: tls(asked)?.into_iter().collect(), core })
}

fn users(path: &Path) -> io::Result<Users> {
    let text = String::from_utf8(read("--users", path)?)
        .map_err(|_| unfit(&format!("--users {}: this is not a text in UTF-8", path.display())))?;
    Users::from_text(&text).map_err(|error| unfit(&format!("--users {}: {error}", path.display())))
}

/// The listener for TLS if one is asked for.
fn tls(asked: &BrokerArgs) -> io::Result<Option<TlsListener>> {
    let (Some(port), Some(certificate), Some(key)) = (asked.tls_port, &asked.cert, &asked.key) else { return Ok(None) };
    Ok(Some(TlsListener {
        bind: SocketAddr::new(asked.bind, port),
        ca: asked.ca.as_deref().map(|path| read("--ca", path)).transpose()?,
        certificate: read("--cert", certificate)?,
        key: read("--key", key)?,
        require_client_certificate: asked.require_client_cert,
    }))
}

fn read(option: &str, path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path).map_err(|error| {
        io::Error::new(
            error.kind(),
            format!("{option} {}: {error}; give the path of a file that can be read", path.display()),
        )
    })
}

/// Names the option behind a file for TLS that is unfit.
fn with_option(error: io::Error) -> io::Error {
    let option = match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(ServerError::Certificate(_)) => "--cert",
        Some(ServerError::Key(_) | ServerError::KeyMismatch) => "--key",
        Some(ServerError::ClientAuthority(_)) => "--ca",
        Some(_) => "--tls-port",
        None => return error,
    };
    unfit(&format!("{option}: {error}"))
}

fn unfit(text: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, text)
}

fn warning(address: SocketAddr, has_users: bool) -> String {
    let who = if has_users {
        "passwords and messages on the port without TLS cross the network readable for everybody between"
    } else {
        "everybody who reaches this computer can read and write, without password"
    };
    format!("WARNING: this broker listens on {address}: {who}. Use --bind 127.0.0.1 to keep it to this computer.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_says_what_is_open_and_how_to_close_it() {
        let address = SocketAddr::from(([0, 0, 0, 0], 1883));
        for (has_users, expected) in [(false, "without password"), (true, "port without TLS")] {
            let text = warning(address, has_users);
            assert!(text.contains("0.0.0.0:1883") && text.contains("--bind 127.0.0.1"), "{text}");
            assert!(text.contains(expected), "{text}");
        }
    }
}
