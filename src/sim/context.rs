//! The classic TCP/IP context, names and the private access point (reference, sections 6.2, 6.3 and 7).

use std::{net::IpAddr, time::Duration};

use crate::{mqtt::Password, time::Moment};

use super::{
    VirtualModem,
    net::NetRequest,
    shell::{Answer, Failure, Outcome},
    virtual_modem::Task,
};

/// How far the context of `AT+CSTT`, `AT+CIICR`, `AT+CIFSR` is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum IpState {
    #[default]
    Initial,
    Start,
    Active,
    Status,
    Deactivated,
}

impl IpState {
    /// As `AT+CIPSTATUS` names it.
    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Initial => "IP INITIAL",
            Self::Start => "IP START",
            Self::Active => "IP GPRSACT",
            Self::Status => "IP STATUS",
            Self::Deactivated => "PDP DEACT",
        }
    }
}

/// Access point of a private network, as `AT+CPNETAPN` stores it and a card may need it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccessPoint {
    /// Name, at most 128 bytes.
    pub name: String,
    /// User, at most 32 bytes.
    pub user: String,
    /// Password, at most 32 bytes.
    pub password: Password,
    /// 0 none, 1 PAP, 2 CHAP.
    pub auth: u8,
}

/// What is set up for names and addresses; lost at restart.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    pub(super) state: IpState,
    pub(super) name_servers: Vec<String>,
    /// The bearer of `AT+SAPBR`.
    pub(super) is_application_open: bool,
    /// What `AT+CGAUTH` set for the first bearer.
    pub(super) login: Option<Login>,
    /// The host of a running `AT+CDNSGIP`.
    sought: Option<String>,
    /// Whether the last `AT+CDNSGIP` found nothing.
    was_not_found: bool,
    /// The host of a running `AT+CIPPING` and how often it is asked.
    pinged: Option<(String, u8)>,
}

/// Login at an access point, as `AT+CGAUTH` sets it.
#[derive(Clone, Debug)]
pub(super) struct Login {
    /// 1 PAP, 2 CHAP.
    pub(super) auth: u8,
    pub(super) user: String,
    pub(super) password: Password,
}

/// How long `AT+CIPPING` waits for the address.
const PING_LIMIT: Duration = Duration::from_mins(1);
/// How long `AT+CDNSGIP` asks again before it gives up.
const LOOKUP_LIMIT: Duration = Duration::from_secs(30);
/// Errors of `+CDNSGIP:0,`: general, asked too often, not a name.
const NAME_NOT_FOUND: u8 = 10;
const ASKED_TOO_OFTEN: u8 = 11;
const INVALID_NAME: u8 = 14;
/// Before this firmware `AT+CIPSHUT` after a name that was not found crashed the module.
const SHUTS_AFTER_UNKNOWN_NAME_SINCE: u16 = 1_118;

impl VirtualModem {
    /// Whether the network gives this card an address: a private one only to the right access point.
    pub(super) fn is_access_granted(&self) -> bool {
        let Some(needed) = &self.device.radio.private else { return true };
        let is_logged_in = match (&self.context.login, needed.auth) {
            (_, 0) => true,
            (Some(login), auth) => login.auth == auth && login.user == needed.user && login.password == needed.password,
            (None, _) => false,
        };
        let is_set = self.is_access_point_active && self.access_point.as_ref() == Some(needed);
        is_set || (self.device.radio.apn == needed.name && is_logged_in)
    }

    /// `AT+CIPPING`: looks the host up; the statistics follow.
    pub(super) fn ping(&mut self, now: Moment, host: &str, count: u8) -> Answer {
        if !matches!(self.context.state, IpState::Active | IpState::Status) {
            return Err(Failure::NOT_ALLOWED);
        }
        self.context.pinged = Some((host.to_owned(), count));
        self.agenda.add(now + PING_LIMIT, Task::PingLimit);
        self.ask_net(now, NetRequest::Resolve { host: host.to_owned() });
        Ok(Outcome::Later)
    }

    /// The name server has not answered.
    pub(super) fn ping_limit(&mut self, now: Moment) {
        if self.context.pinged.take().is_some() {
            self.finish(now, Err(Failure::Plain));
        }
    }

    /// One line an answer: number, address, time in units of 100 ms, time to live.
    fn tell_ping(&mut self, now: Moment, address: IpAddr, count: u8) {
        for number in 1..=count {
            let tenths = self.device.timing.air.draw(&mut self.rng).as_millis() * 2 / 100;
            self.say(now, &format!("+CIPPING: {number},\"{address}\",{tenths},57"));
        }
        self.finish(now, Ok(Outcome::Done));
    }

    /// `AT+CDNSGIP`: works only in a context that has its address.
    pub(super) fn look_up(&mut self, now: Moment, host: &str) -> Answer {
        if self.context.state != IpState::Status {
            return Err(Failure::NOT_ALLOWED);
        }
        if !is_name(host) {
            self.context.was_not_found = true;
            self.agenda.add(now, Task::Report(format!("+CDNSGIP:0,{INVALID_NAME}")));
            return Ok(Outcome::Awaited);
        }
        self.context.sought = Some(host.to_owned());
        self.agenda.retain(|task| !matches!(task, Task::LookupLimit));
        self.agenda.add(now + LOOKUP_LIMIT, Task::LookupLimit);
        self.ask_net(now, NetRequest::Resolve { host: host.to_owned() });
        Ok(Outcome::Awaited)
    }

    /// No name server has answered.
    pub(super) fn lookup_limit(&mut self, now: Moment) {
        if self.context.sought.take().is_some() {
            self.context.was_not_found = true;
            self.outcome(now, &format!("+CDNSGIP:0,{ASKED_TOO_OFTEN}"));
        }
    }

    /// Whether `AT+CIPSHUT` meets the old firmware's fault.
    pub(super) fn crashes_at_shut(&self) -> bool {
        self.context.was_not_found && self.device.identity.firmware.version < SHUTS_AFTER_UNKNOWN_NAME_SINCE
    }

    pub(super) fn looked_up(&mut self, now: Moment, host: &str, address: Option<IpAddr>) {
        if let Some((_, count)) = self.context.pinged.take_if(|(pinged, _)| pinged == host) {
            self.agenda.retain(|task| !matches!(task, Task::PingLimit));
            match address {
                Some(address) => self.tell_ping(now, address, count),
                None => self.finish(now, Err(Failure::Plain)),
            }
            return;
        }
        if self.context.sought.take_if(|sought| sought == host).is_none() {
            return;
        }
        self.agenda.retain(|task| !matches!(task, Task::LookupLimit));
        self.context.was_not_found = address.is_none();
        match address {
            Some(address) => self.outcome(now, &format!("+CDNSGIP: 1,\"{host}\",\"{address}\"")),
            None => self.outcome(now, &format!("+CDNSGIP:0,{NAME_NOT_FOUND}")),
        }
    }

    /// The bearer under the context is gone.
    pub(super) fn lose_context(&mut self, now: Moment) {
        if std::mem::take(&mut self.context.is_application_open) {
            self.report(now, "+SAPBR 1: DEACT");
        }
        if matches!(self.context.state, IpState::Active | IpState::Status) {
            self.context.state = IpState::Deactivated;
            self.report(now, "+PDP: DEACT");
        }
    }
}

/// Letters, digits, dots, hyphens and underscores.
fn is_name(host: &str) -> bool {
    !host.is_empty() && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_'))
}
