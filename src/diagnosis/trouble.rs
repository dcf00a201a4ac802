//! One thing that went wrong, and how deep it lies: what is nearer to the cable explains what is further from it.

use crate::{
    air780e::verb::{Line, Verb},
    modem::{
        event::{Fault, LossCause},
        status::Rung,
    },
    time::Moment,
};

/// One thing that went wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// When it happened, on the clock of the link.
    pub at: Moment,
    /// What failed.
    pub fault: Fault,
    /// The rung that failed by it, if one did.
    pub rung: Option<Rung>,
}

impl Trouble {
    /// The rung at which things stopped, by the fault itself where the ladder did not tell.
    pub fn stopped_at(&self) -> Option<Rung> {
        self.rung.or_else(|| rung_of(&self.fault))
    }

    /// How far from the cable it lies, counted like the rungs; a step beside the ladder comes last.
    pub(super) fn depth(&self) -> usize {
        self.stopped_at().map_or(Rung::ALL.len(), |rung| rung as usize)
    }

    /// Whether `other` is the same thing again.
    pub(super) fn is_like(&self, other: &Self) -> bool {
        let verb = |trouble: &Self| command_of(&trouble.fault).map(Line::verb);
        let is_same_kind = std::mem::discriminant(&self.fault) == std::mem::discriminant(&other.fault);
        let is_same_loss = match (&self.fault, &other.fault) {
            (Fault::SessionLost(mine), Fault::SessionLost(other)) => mine == other,
            _ => true,
        };
        is_same_kind && is_same_loss && verb(self) == verb(other) && self.depth() == other.depth()
    }
}

/// The command that a fault is about.
pub(super) const fn command_of(fault: &Fault) -> Option<&Line> {
    match fault {
        Fault::Refused { command, .. }
        | Fault::BadOutcome { command, .. }
        | Fault::TimedOut { command, .. }
        | Fault::Unfitting { command, .. } => Some(command),
        _ => None,
    }
}

/// Whether `line` holds a second command: the first had no carriage return. A payload may hold anything.
pub(super) fn is_glued(line: &Line) -> bool {
    if line.verb().publishes() {
        return false;
    }
    let text = line.as_str().to_ascii_uppercase();
    let is_second = |at: usize| at > 0 && text[..at].matches('"').count().is_multiple_of(2);
    text.match_indices("AT+").any(|(at, _)| is_second(at))
}

/// Whether `line` asks for data: for the attachment, or for a bearer.
pub(super) fn activates(line: &Line) -> bool {
    match line.verb() {
        Verb::Context => line.name() == "AT+CIICR",
        Verb::Bearer => line.name() == "AT+CGACT" && line.argument(0) == Some("1"),
        Verb::Attach => line.argument(0) == Some("1"),
        _ => false,
    }
}

/// The rung at which `fault` stops a connection; `None` for a step beside the ladder.
fn rung_of(fault: &Fault) -> Option<Rung> {
    Some(match fault {
        Fault::Port(_) => Rung::Port,
        Fault::Silent { .. } | Fault::Noise { .. } | Fault::LuaFirmware { .. } => Rung::At,
        Fault::SimNotReady { .. } => Rung::Sim,
        Fault::NoSignal { .. } => Rung::Signal,
        Fault::NotRegistered { .. } | Fault::NoService | Fault::RadioOff { .. } => Rung::Network,
        Fault::NotAttached { .. } => Rung::Data,
        Fault::NotResolved { .. } => Rung::Dns,
        Fault::FileDiffers { .. } | Fault::ReadingDisturbed { .. } | Fault::SettingDiffers { .. } => Rung::Tls,
        Fault::SessionLost(loss) => match loss {
            LossCause::ModuleRestarted | LossCause::Silent => Rung::At,
            LossCause::SimRemoved => Rung::Sim,
            LossCause::BearerLost => Rung::Data,
            LossCause::Closed => Rung::Mqtt,
        },
        Fault::Refused { command, .. } if activates(command) => Rung::Data,
        _ => return by_verb(command_of(fault)?.verb()),
    })
}

const fn by_verb(verb: Verb) -> Option<Rung> {
    Some(match verb {
        Verb::Attention => Rung::At,
        Verb::Card | Verb::Unlock => Rung::Sim,
        Verb::Registration | Verb::Operator | Verb::Radio => Rung::Network,
        Verb::Attach | Verb::Bearer | Verb::AccessPoint => Rung::Data,
        Verb::Resolve => Rung::Dns,
        Verb::OpenLink => Rung::Tcp,
        Verb::OpenTls | Verb::TlsSetting => Rung::Tls,
        Verb::LogIn => Rung::Mqtt,
        Verb::Subscribe => Rung::Subscribed,
        _ if verb.is_about_files() => Rung::Tls,
        _ => return None,
    })
}
