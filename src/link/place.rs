//! Where a modem hangs, and under which name its port comes back.

use std::path::Path;

use super::{
    devices,
    ports::{self, PortEntry},
    spec::LinkSpec,
};

/// A link, and what the bus says of its port while it is there.
#[derive(Clone, Debug)]
pub struct Place {
    link: LinkSpec,
    entry: Option<PortEntry>,
}

impl Place {
    /// Looks the port up while it is there. May take as long as the system needs for its list of ports.
    pub fn of(link: &LinkSpec) -> Self {
        let listed = ports::list().unwrap_or_default();
        Self { entry: listed.into_iter().find(|port| port.is_named(link.name())), link: link.clone() }
    }

    /// The link.
    pub const fn link(&self) -> &LinkSpec {
        &self.link
    }

    /// Whether the bus says which device it is, and not only its path.
    pub fn is_on_bus(&self) -> bool {
        self.entry.as_ref().is_some_and(|entry| entry.usb.is_some())
    }

    /// The link to the same modem, when its port is there again. A port that no list names is known by its path.
    pub fn found_again(&self) -> Option<LinkSpec> {
        let LinkSpec::Serial { port, baud } = &self.link else { return None };
        let Some(entry) = &self.entry else { return Path::new(port).exists().then(|| self.link.clone()) };
        let listed = ports::list().ok()?;
        let found = devices::found_again(entry, &listed)?;
        Some(LinkSpec::Serial { port: found.name.clone(), baud: *baud })
    }
}
