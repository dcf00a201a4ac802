//! How the link is encrypted: every setting is sent before each link, because a restart takes them all, and read back.

use std::net::IpAddr;

use crate::{
    air780e::{
        Command, limits,
        tls::{Configure, EraseSetting, Level, OpenEncryptedLink, ReadSetting, Setting, Suite, Version},
    },
    at::reply::{End, Ended},
    modem::{
        board::Board,
        event::Fault,
        outcome,
        request::{Connection, Security, TlsChange},
        step::Step,
    },
    time::Moment,
};

use super::{Flow, Input, Turn, ask, note_refusal, probe};

/// The flow that sends the settings.
#[derive(Debug)]
pub(crate) struct Secure {
    wanted: Vec<Wanted>,
    index: usize,
    is_checking: bool,
}

/// One wanted setting.
#[derive(Debug)]
struct Wanted {
    change: Change,
    /// Whether the link must not be opened without it.
    is_needed: bool,
}

#[derive(Debug)]
enum Change {
    Set(Setting),
    Erase(&'static str),
}

impl Secure {
    /// The flow of a connection; it sends nothing for a plain one.
    pub(crate) fn new(connection: &Connection) -> Self {
        Self { wanted: wanted(connection), index: 0, is_checking: false }
    }

    fn go(&mut self) -> Turn {
        let Some(wanted) = self.wanted.get(self.index) else { return Turn::Done(Ok(())) };
        match &wanted.change {
            Change::Set(setting) if self.is_checking => probe(&ReadSetting(setting.key()), Step::TlsCheck),
            Change::Set(setting) if wanted.is_needed => ask(&Configure(setting.clone()), Step::TlsSetting),
            Change::Set(setting) => probe(&Configure(setting.clone()), Step::TlsSetting),
            Change::Erase(key) => probe(&EraseSetting(key), Step::TlsSetting),
        }
    }

    fn answered(&mut self, ended: &Ended, board: &mut Board) -> Turn {
        if matches!(ended.end, End::TimedOut { .. } | End::Bad { .. }) {
            return Turn::Done(outcome::result(ended));
        }
        if self.is_checking {
            return self.after_check(ended);
        }
        let wanted = &self.wanted[self.index];
        if let Err(fault) = outcome::result(ended) {
            if wanted.is_needed {
                return Turn::Done(Err(fault));
            }
            note_refusal(ended, board);
            return self.next();
        }
        match wanted.change {
            Change::Set(_) => {
                self.is_checking = true;
                self.go()
            }
            Change::Erase(_) => self.next(),
        }
    }

    /// A setting that cannot be read back counts as set; one that reads back as something else does not.
    fn after_check(&mut self, ended: &Ended) -> Turn {
        let wanted = &self.wanted[self.index];
        if let Change::Set(setting) = &wanted.change
            && let Some(found) = ReadSetting(setting.key()).answer(&ended.answer)
            && !setting.is_read_as(&found)
        {
            let (setting, expected) = (setting.key(), setting.value());
            return Turn::Done(Err(Fault::SettingDiffers { setting, expected, found }));
        }
        self.next()
    }

    fn next(&mut self) -> Turn {
        self.is_checking = false;
        self.index += 1;
        self.go()
    }
}

impl Flow for Secure {
    fn advance(&mut self, _now: Moment, input: Input<'_>, board: &mut Board) -> Turn {
        match input {
            Input::Start | Input::Woken => self.go(),
            Input::Ended(ended) => self.answered(ended, board),
        }
    }
}

/// The command that opens the encrypted link of `connection`.
pub(crate) fn open_link(connection: &Connection) -> OpenEncryptedLink<'_> {
    let is_slow = connection.tls.negotiate_timeout.is_some_and(|limit| limit > limits::NEGOTIATION_PLAIN);
    OpenEncryptedLink { host: &connection.host, port: connection.port, is_slow }
}

/// The lines this flow sends when every answer is good, in order.
pub(crate) fn planned(connection: &Connection) -> Vec<(Step, String)> {
    let lines = wanted(connection).into_iter().flat_map(|wanted| match wanted.change {
        Change::Set(setting) => {
            let check = (Step::TlsCheck, ReadSetting(setting.key()).line().masked());
            vec![(Step::TlsSetting, Configure(setting).line().masked()), check]
        }
        Change::Erase(key) => vec![(Step::TlsSetting, EraseSetting(key).line().masked())],
    });
    lines.collect()
}

/// How each setting stands that a link of `connection` rests on.
pub(crate) fn changes(connection: &Connection) -> Vec<TlsChange> {
    let change = |wanted: Wanted| match wanted.change {
        Change::Set(setting) => TlsChange { key: setting.key(), value: Some(setting.value()) },
        Change::Erase(key) => TlsChange { key, value: None },
    };
    wanted(connection).into_iter().map(change).collect()
}

fn wanted(connection: &Connection) -> Vec<Wanted> {
    let set = |setting, is_needed| Wanted { change: Change::Set(setting), is_needed };
    let options = &connection.tls;
    let (level, files) = match &connection.security {
        Security::Plain => return Vec::new(),
        Security::Encrypted => (Level::Nothing, Vec::new()),
        Security::Server { ca } => (Level::Server, vec![Setting::Authority(ca.name.clone())]),
        Security::Mutual { ca, certificate, key } => {
            let certificate = Setting::ClientCertificate(certificate.name.clone());
            (Level::Both, vec![Setting::Authority(ca.name.clone()), certificate, Setting::ClientKey(key.name.clone())])
        }
    };
    let mut all = vec![
        set(Setting::Version(options.version.unwrap_or(Version::All)), options.version.is_some()),
        set(Setting::Suites(options.suite.unwrap_or(Suite::All)), options.suite.is_some()),
    ];
    all.extend(files.into_iter().map(|file| set(file, true)));
    all.push(set(Setting::Level(level), true));
    all.push(match server_name(connection) {
        Some(name) => set(Setting::HostName(name), options.server_name.is_some()),
        None => Wanted { change: Change::Erase("hostname"), is_needed: false },
    });
    all.push(set(Setting::IgnoreDates(options.ignore_clock), false));
    all.extend(options.negotiate_timeout.map(|limit| set(Setting::NegotiationLimit(limit), false)));
    all
}

/// An address is no name that a certificate or SNI could hold.
fn server_name(connection: &Connection) -> Option<String> {
    let host = Some(&connection.host).filter(|host| host.parse::<IpAddr>().is_err());
    connection.tls.server_name.as_ref().or(host).cloned()
}
