//! `air780e broker`: the embedded broker until somebody ends it.

mod lines;
mod words;

use std::{io, net::SocketAddr, path::Path, process::ExitCode, thread::Builder, time::Duration};

use chrono::Local;
use crossbeam_channel::{Receiver, bounded};
use serde_json::json;
use zeroize::Zeroizing;

use super::{WRONG_INPUT, args::BrokerArgs, complain, print_line, say_to_user, signals::StopSignal};
use crate::{
    broker::{CoreConfig, Event, FileError, Limits, Server, ServerConfig, TlsListener, TopicRule, Users},
    lang::{Lang, Text},
    time::WallAnchor,
    tls::ServerError,
    user_file::{self, CERTIFICATES, FileFault},
};

/// Runs until SIGTERM or SIGINT. What is asked for wrongly, a file that does not serve among it, is told as that.
pub(super) fn run(asked: &BrokerArgs, lang: Lang) -> ExitCode {
    match serve(asked, lang) {
        Ok(()) => ExitCode::SUCCESS,
        Err(refused) => {
            complain(&refused.said, lang);
            if refused.is_wrong_input { ExitCode::from(WRONG_INPUT) } else { ExitCode::FAILURE }
        }
    }
}

/// Why there is no broker.
#[derive(Debug)]
struct Refused {
    said: Text,
    /// What was asked for makes no sense; else it cannot be now.
    is_wrong_input: bool,
}

impl Refused {
    const fn wrong(said: Text) -> Self {
        Self { said, is_wrong_input: true }
    }
}

impl From<io::Error> for Refused {
    fn from(error: io::Error) -> Self {
        let is_wrong_input = matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::NotFound);
        Self { said: words::start(&error), is_wrong_input }
    }
}

/// The first line printed is the port, then come those for TLS and WebSockets if there are any, then what happens.
fn serve(asked: &BrokerArgs, lang: Lang) -> Result<(), Refused> {
    let mut config = config(asked)?;
    let stop = StopSignal::listen()?;
    let (events, told) = bounded(MAX_EVENTS);
    config.events = Some(events);
    #[expect(clippy::disallowed_methods, reason = "the command line owns the time of day of the broker's lines")]
    let anchor = WallAnchor::new(Local::now());
    let server = Server::start(config).map_err(|error| with_option(asked, error))?;
    say_where(asked, &server);
    if !asked.bind.is_loopback() {
        say_to_user(&warning(server.local_addr(), asked.users.is_some()).to(lang));
    }
    let printed = print_events(told, anchor, asked.json, lang)?;
    stop.wait();
    server.stop();
    // Whoever reads the lines may have stopped reading: that must not keep the broker from ending.
    if printed.recv_timeout(LAST_LINES).is_err() {
        tracing::debug!("the last lines of the broker are not read");
    }
    Ok(())
}

fn say_where(asked: &BrokerArgs, server: &Server) {
    let port = |address: Option<SocketAddr>| address.map(|address| address.port());
    let (plain, tls) = (server.local_addr().port(), port(server.tls_addr()));
    let (web, secure) = (port(server.web_addrs().first().copied()), port(server.secure_web_addrs().first().copied()));
    if asked.json {
        let line = json!({
            "event": "listening", "address": asked.bind, "port": plain, "tls_port": tls, "ws_port": web,
            "wss_port": secure,
        });
        return print_line(&line.to_string());
    }
    print_line(&plain.to_string());
    for (name, port) in [("tls", tls), ("ws", web), ("wss", secure)] {
        if let Some(port) = port {
            print_line(&format!("{name} {port}"));
        }
    }
}

/// Prints what happens until the broker has ended, and then says so. A limit is also a line on stderr.
fn print_events(told: Receiver<Event>, anchor: WallAnchor, is_json: bool, lang: Lang) -> io::Result<Receiver<()>> {
    let (done, printed) = bounded(1);
    Builder::new().name("broker-lines".into()).spawn(move || {
        for event in told {
            let is_warning = lines::is_warning(&event);
            if is_warning {
                say_to_user(&lines::text(anchor, &event, lang));
            }
            if is_json {
                print_line(&lines::json(anchor, &event));
            } else if !is_warning {
                print_line(&lines::text(anchor, &event, lang));
            }
        }
        // Whoever waited may have given up.
        done.try_send(()).ok();
    })?;
    Ok(printed)
}

fn config(asked: &BrokerArgs) -> Result<ServerConfig, Refused> {
    let limits = Limits {
        max_retained_bytes: asked.max_retained_bytes,
        max_queued_messages: asked.max_queued_messages,
        ..Limits::default()
    };
    let core = CoreConfig {
        users: asked.users.as_deref().map(users).transpose()?,
        rules: asked.forbid_filter.iter().cloned().map(TopicRule::forbid).collect(),
        limits,
        max_keep_alive: asked.max_keep_alive,
        max_events: MAX_EVENTS,
        ..CoreConfig::default()
    };
    let tls = tls(asked)?;
    let at = |port| SocketAddr::new(asked.bind, port);
    let secure_web = asked.wss_port.and_then(|port| Some(TlsListener { bind: at(port), ..tls.clone()? }));
    Ok(ServerConfig {
        bind: at(asked.port),
        tls: tls.into_iter().collect(),
        web: asked.ws_port.map(at).into_iter().collect(),
        secure_web: secure_web.into_iter().collect(),
        core,
        events: None,
        store: asked.store.clone(),
        capture: asked.pcapng.clone(),
    })
}

fn users(path: &Path) -> Result<Users, Refused> {
    let text = user_file::read_text(path, user_file::USERS).map(Zeroizing::new);
    let text = text.map_err(|fault| not_read("--users", path, &fault))?;
    Users::from_text(&text).map_err(|error| unfit("--users", path, words::users(&error)))
}

/// The listener for TLS if one is asked for.
fn tls(asked: &BrokerArgs) -> Result<Option<TlsListener>, Refused> {
    let (Some(port), Some(certificate), Some(key)) = (asked.tls_port, &asked.cert, &asked.key) else { return Ok(None) };
    Ok(Some(TlsListener {
        bind: SocketAddr::new(asked.bind, port),
        ca: asked.ca.as_deref().map(|path| read("--ca", path, CERTIFICATES)).transpose()?,
        certificate: read("--cert", certificate, CERTIFICATES)?,
        key: read("--key", key, CERTIFICATES)?,
        require_client_certificate: asked.require_client_cert,
    }))
}

fn read(option: &str, path: &Path, most: u64) -> Result<Vec<u8>, Refused> {
    user_file::read(path, most).map_err(|fault| not_read(option, path, &fault))
}

fn not_read(option: &str, path: &Path, fault: &FileFault) -> Refused {
    Refused::wrong(super::words::file(option, path, fault))
}

/// A file that can be read and does not serve.
fn unfit(option: &str, path: &Path, why: Text) -> Refused {
    let why = Text::new("command-file").put("path", user_file::named(path)).with("why", why);
    Refused::wrong(Text::new("command-option-file").put("option", option).with("why", why))
}

/// How long the end waits for the last lines to be read.
const LAST_LINES: Duration = Duration::from_secs(1);
/// Events that may wait to be printed, and again as many within the broker.
const MAX_EVENTS: usize = 4_096;

/// Names the option behind a file that is unfit.
fn with_option(asked: &BrokerArgs, error: io::Error) -> Refused {
    let file = match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(FileError::Store(_)) => asked.store.as_deref().map(|path| ("--store", path)),
        Some(FileError::Capture(_)) => asked.pcapng.as_deref().map(|path| ("--pcapng", path)),
        None => None,
    };
    if let Some((option, path)) = file {
        return unfit(option, path, words::start(&error));
    }
    let option = match error.get_ref().and_then(|inner| inner.downcast_ref()) {
        Some(ServerError::Certificate(_)) => "--cert",
        Some(ServerError::Key(_) | ServerError::KeyMismatch) => "--key",
        Some(ServerError::ClientAuthority(_)) => "--ca",
        Some(_) => "--tls-port",
        None => return error.into(),
    };
    Refused::wrong(Text::new("check-option").put("option", option).with("why", words::start(&error)))
}

fn warning(address: SocketAddr, has_users: bool) -> Text {
    Text::new(if has_users { "broker-open-to-readers" } else { "broker-open-to-all" }).put("address", address)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warning_says_what_is_open_and_how_to_close_it() {
        let address = SocketAddr::from(([0, 0, 0, 0], 1883));
        for (has_users, expected) in [(false, "without password"), (true, "port without TLS")] {
            let text = warning(address, has_users);
            let text = text.to(Lang::En);
            assert!(text.contains("0.0.0.0:1883") && text.contains("--bind 127.0.0.1"), "{text}");
            assert!(text.contains(expected), "{text}");
        }
    }
}
