//! The classic TCP/IP context, names and the private access point (reference, sections 6.2, 6.3 and 7).

use std::net::IpAddr;

use crate::{mqtt::Password, time::Moment};

use super::{
    VirtualModem,
    net::NetRequest,
    shell::{Answer, Failure, Outcome},
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
}

/// Error of `+CDNSGIP:0,`: general.
const NAME_NOT_FOUND: u8 = 10;

impl VirtualModem {
    /// Whether the network gives this card an address: a private one only to the right access point.
    pub(super) fn is_access_granted(&self) -> bool {
        self.device.radio.private.as_ref().is_none_or(|needed| self.access_point.as_ref() == Some(needed))
    }

    /// `AT+CDNSGIP`: works only in a context that has its address.
    pub(super) fn look_up(&mut self, now: Moment, host: &str) -> Answer {
        if self.context.state != IpState::Status {
            return Err(Failure::NOT_ALLOWED);
        }
        self.ask_net(now, NetRequest::Resolve { host: host.to_owned() });
        Ok(Outcome::Awaited)
    }

    pub(super) fn looked_up(&mut self, now: Moment, host: &str, address: Option<IpAddr>) {
        match address {
            Some(address) => self.outcome(now, &format!("+CDNSGIP: 1,\"{host}\",\"{address}\"")),
            None => self.outcome(now, &format!("+CDNSGIP:0,{NAME_NOT_FOUND}")),
        }
    }

    /// The bearer under the context is gone.
    pub(super) fn lose_context(&mut self, now: Moment) {
        if matches!(self.context.state, IpState::Active | IpState::Status) {
            self.context.state = IpState::Deactivated;
            self.report(now, "+PDP: DEACT");
        }
    }
}
