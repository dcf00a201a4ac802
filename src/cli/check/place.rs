//! Where the modem hangs: at which rate its line speaks, and under which name its port comes back.

use std::path::Path;

use super::verdict::Failure;
use crate::{
    cli::words,
    lang::Text,
    link::{
        baud::RATES,
        devices,
        ports::{self, PortEntry},
        spec::LinkSpec,
    },
    worker::probe,
};

/// A link, and what the bus says of its port while it is there.
#[derive(Debug)]
pub(in crate::cli) struct Place {
    link: LinkSpec,
    entry: Option<PortEntry>,
}

impl Place {
    /// Looks the port up while it is there.
    pub(in crate::cli) fn of(link: &LinkSpec) -> Self {
        let listed = ports::list().unwrap_or_default();
        Self { entry: listed.into_iter().find(|port| port.name == link.name()), link: link.clone() }
    }

    /// The link to the same modem, when its port is there again. A port that no list names is known by its path.
    pub(in crate::cli) fn found_again(&self) -> Option<LinkSpec> {
        let LinkSpec::Serial { port, baud } = &self.link else { return None };
        let Some(entry) = &self.entry else { return Path::new(port).exists().then(|| self.link.clone()) };
        let listed = ports::list().ok()?;
        let found = devices::found_again(entry, &listed)?;
        Some(LinkSpec::Serial { port: found.name.clone(), baud: *baud })
    }

    /// The rate at which the line answers, when it is another one than was asked for.
    pub(super) fn answering_rate(&self) -> Option<u32> {
        let LinkSpec::Serial { port, baud } = &self.link else { return None };
        probe::find_baud(port).ok().flatten().filter(|rate| rate != baud)
    }
}

/// The same link at the rate at which the modem answers.
pub(in crate::cli) fn at_answering_rate(link: LinkSpec) -> Result<LinkSpec, Failure> {
    let LinkSpec::Serial { port, .. } = link else { return Ok(link) };
    match probe::find_baud(&port) {
        Ok(Some(baud)) => Ok(LinkSpec::Serial { port, baud }),
        Ok(None) => {
            let rates = format_args!("{RATES:?}");
            Err(Failure::plain(Text::new("check-no-rate").put("port", &port).put("rates", rates)))
        }
        Err(error) => {
            let text = Text::new("check-port-unusable").put("port", &port).with("why", words::link(&error));
            Err(Failure::plain(text))
        }
    }
}
