//! At which rate the line to a modem speaks.

use super::verdict::Failure;
use crate::{
    cli::words,
    lang::Text,
    link::{baud::RATES, spec::LinkSpec},
    worker::probe,
};

/// The rate at which the line answers, when it is another one than was asked for.
pub(super) fn answering_rate(link: &LinkSpec) -> Option<u32> {
    let LinkSpec::Serial { port, baud } = link else { return None };
    probe::find_baud(port).ok().flatten().filter(|rate| rate != baud)
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
