//! The lines of a session: what a connection becomes on the wire.

use crate::{
    air780e::{
        Command,
        mqtt::{Config, HexMode, Login, MessageMode, OpenLink, ReadState, Subscribe},
    },
    modem::{
        flow::{Turn, ask, secure},
        request::{Connection, Reception, Security},
        step::Step,
    },
};

pub(super) fn config(connection: &Connection) -> Config<'_> {
    let login = connection.credentials.as_ref().map(|login| (login.user.as_str(), &login.password));
    Config {
        client_id: &connection.client_id,
        login: login.filter(|(user, password)| !user.is_empty() || !password.is_empty()),
        will: connection.will.as_ref().map(|will| &will.message),
    }
}

pub(super) fn open_link(connection: &Connection) -> Turn {
    match connection.security {
        Security::Plain => ask(&plain_link(connection), Step::OpenLink),
        _ => ask(&secure::open_link(connection), Step::OpenEncryptedLink),
    }
}

pub(super) fn plain_link(connection: &Connection) -> OpenLink<'_> {
    OpenLink { host: &connection.host, port: connection.port }
}

pub(super) fn planned_link(connection: &Connection) -> (Step, String) {
    match connection.security {
        Security::Plain => (Step::OpenLink, plain_link(connection).line().masked()),
        _ => (Step::OpenEncryptedLink, secure::open_link(connection).line().masked()),
    }
}

pub(super) const fn message_mode(connection: &Connection) -> (MessageMode, Step) {
    match connection.reception {
        Reception::Direct => (MessageMode::Direct, Step::DirectMessages),
        Reception::Cached => (MessageMode::Cached, Step::CachedMessages),
    }
}

pub(super) fn login(connection: &Connection) -> Login {
    Login { clean_session: connection.clean_session, keep_alive: connection.keep_alive }
}

/// The lines this flow sends when no old session is open and every answer is good, in order.
pub(crate) fn planned(connection: &Connection) -> Vec<(Step, String)> {
    let mut lines = vec![
        (Step::SessionState, ReadState.line().masked()),
        (message_mode(connection).1, message_mode(connection).0.line().masked()),
        (Step::TextMode, HexMode::Text.line().masked()),
        (Step::Config, config(connection).line().masked()),
        planned_link(connection),
        (Step::Login, login(connection).line().masked()),
    ];
    lines.extend(
        connection
            .subscriptions
            .iter()
            .map(|wanted| (Step::Subscribe, Subscribe { filter: &wanted.filter, qos: wanted.qos }.line().masked())),
    );
    lines
}
