//! The serial ports of this machine: which belong together, and what each said when it was asked `AT`.

use crate::{
    lang::Text,
    settings::{LinkChoice, Profile},
};

/// The link that will be used, or is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Port {
    /// The virtual modem.
    Virtual,
    /// A serial port by name or path.
    Serial(String),
}

/// The serial ports of this machine, as far as they are known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Ports {
    /// They are being looked for.
    #[default]
    Looking,
    /// These were found, those of the module first and the functions of one device together.
    Found(Vec<PortRow>),
    /// They cannot be listed.
    Failed(String),
}

/// One serial port.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PortRow {
    /// What to open.
    pub name: String,
    /// What the USB bus says of it: ids, product, interface.
    pub detail: String,
    /// Whether its USB id is that of the module.
    pub is_air780e: bool,
    /// Number of the device it belongs to; ports of the same number are functions of one device.
    pub device: usize,
    /// What it said when it was asked.
    pub probe: Probe,
}

/// What a port said to `AT`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Probe {
    /// It was not asked.
    #[default]
    NotAsked,
    /// It is being asked.
    Asking,
    /// `OK`: it takes AT commands.
    AtPort,
    /// Bytes that are no text: the log port, or another rate.
    Noise,
    /// Text, but no answer.
    Words,
    /// Nothing.
    Silent,
    /// It does not open: why, and what to do.
    Unusable(Text),
}

impl Ports {
    /// The names of the ports.
    pub fn names(&self) -> Vec<String> {
        self.rows().iter().map(|row| row.name.clone()).collect()
    }

    /// The ports that were found.
    pub fn rows(&self) -> &[PortRow] {
        match self {
            Self::Found(rows) => rows,
            Self::Looking | Self::Failed(_) => &[],
        }
    }

    /// The ports by device, in their order.
    pub fn devices(&self) -> impl Iterator<Item = &[PortRow]> {
        self.rows().chunk_by(|one, other| one.device == other.device)
    }

    /// The port that is the module's for all that is known: the one that answered, else its first.
    pub fn likeliest(&self) -> Option<&PortRow> {
        let of_module = || self.rows().iter().filter(|row| row.is_air780e);
        of_module().find(|row| row.probe == Probe::AtPort).or_else(|| {
            let is_possible = |row: &&PortRow| !matches!(row.probe, Probe::Noise | Probe::Unusable(_));
            of_module().find(is_possible).or_else(|| of_module().next())
        })
    }

    /// Notes what the port `name` said, if it is still there.
    pub fn note(&mut self, name: &str, probe: &Probe) {
        if let Self::Found(rows) = self {
            rows.iter_mut().filter(|row| row.name == name).for_each(|row| row.probe = probe.clone());
        }
    }
}

impl Probe {
    /// The name of its words in the language files; `None` while there is nothing to say.
    pub const fn key(&self) -> Option<&'static str> {
        match self {
            Self::NotAsked => None,
            Self::Asking => Some("probe-asking"),
            Self::AtPort => Some("probe-at"),
            Self::Noise => Some("probe-noise"),
            Self::Words => Some("probe-words"),
            Self::Silent => Some("probe-silent"),
            Self::Unusable(_) => Some("probe-unusable"),
        }
    }
}

/// The link that `profile` will use with these ports.
pub fn link(profile: &Profile, ports: &Ports) -> Port {
    match &profile.link {
        LinkChoice::Virtual => Port::Virtual,
        LinkChoice::Port(name) => Port::Serial(name.clone()),
        LinkChoice::Auto => ports.likeliest().map_or(Port::Virtual, |row| Port::Serial(row.name.clone())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str, device: usize, is_air780e: bool) -> PortRow {
        PortRow { name: name.to_owned(), device, is_air780e, ..PortRow::default() }
    }

    fn module() -> Ports {
        Ports::Found(vec![row("if02", 0, true), row("if04", 0, true), row("if06", 0, true), row("ttyS0", 1, false)])
    }

    #[test]
    fn the_port_that_answered_is_taken_and_the_log_port_is_not() {
        let mut ports = module();
        assert_eq!(link(&Profile::default(), &ports), Port::Serial("if02".to_owned()));
        ports.note("if02", &Probe::Noise);
        assert_eq!(link(&Profile::default(), &ports), Port::Serial("if04".to_owned()));
        ports.note("if06", &Probe::AtPort);
        assert_eq!(link(&Profile::default(), &ports), Port::Serial("if06".to_owned()));
    }

    #[test]
    fn a_module_of_which_no_port_opens_is_still_the_one_meant() {
        let mut ports = module();
        for name in ["if02", "if04", "if06"] {
            ports.note(name, &Probe::Unusable(Text::new("port-busy")));
        }
        assert_eq!(link(&Profile::default(), &ports), Port::Serial("if02".to_owned()));
    }

    #[test]
    fn functions_of_one_device_stand_together() {
        let ports = module();
        assert_eq!(ports.devices().map(<[PortRow]>::len).collect::<Vec<_>>(), [3, 1]);
    }
}
