//! `ModemManager`'s debug log: `[ttyUSB2/at] --> 'AT+CSQ<CR>'`, the bytes exact, several ports in one file.

use super::{Form, Format, Head, Unit, no_bonus, plainly};
use crate::record::{entry::Way, stamp};

pub(in crate::record) static MODEM_MANAGER: Format = Format {
    key: "modemmanager",
    name: "ModemManager",
    head,
    settle: plainly,
    bonus: no_bonus,
    least: 1,
    drops_returns: false,
};

fn head(line: &str) -> Option<Head<'_>> {
    let (at, way) = [("] --> '", Way::Sent), ("] <-- '", Way::Received)]
        .into_iter()
        .find_map(|(mark, way)| line.find(mark).map(|at| (at, way)))?;
    let port = line[..at].rsplit_once('[')?.1;
    let port = port.split('/').rfind(|part| part.starts_with("tty") || part.starts_with("cdc")).unwrap_or(port);
    let stamp = line.find('[').and_then(|open| stamp::read(&line[open..])).or_else(|| stamp::read(line));
    Some(Head {
        stamp: stamp.map(|(stamp, _)| stamp),
        way,
        port: Some(port),
        body: at + "] --> ".len(),
        form: Form::Literal,
        unit: Unit::Chunk,
        is_sure: true,
        goes_on: false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_port_and_the_way_are_told() {
        let line = "ModemManager[712]: <debug> [1730505330.112345] [modem0/ttyUSB2/at] --> 'AT+CSQ<CR>'";
        let head = head(line).expect("an entry");
        assert_eq!((head.port, head.way, &line[head.body..]), (Some("ttyUSB2"), Way::Sent, "'AT+CSQ<CR>'"));
        assert!(head.stamp.is_some());
    }
}
