//! The ports of a log, each as the model of a connection that told the same: what pages show of a connection they show of it.

use chrono::{DateTime, Local, TimeZone};

use crate::{
    doctor::Passed,
    model::{Generation, Input, Model, event::Event, request::Request},
    time::WallAnchor,
    view::{Screen, messages::SourceLines},
};

/// One port.
#[derive(Debug, Default)]
pub(super) struct Replayed {
    pub(super) model: Model,
    /// Where its messages stand.
    pub(super) lines: SourceLines,
}

impl Replayed {
    /// Something passed at `line`.
    pub(super) fn take(&mut self, line: u32, passed: Passed) {
        let generation = Generation::default();
        let input = match passed {
            Passed::Began(micros) => {
                let opened = Event::Opened { port: String::new(), anchor: anchor(micros), is_simulated: false };
                Input::Told { generation, event: opened }
            }
            Passed::Published(id, message) => Input::Asked { id, request: Box::new(Request::Publish(message)) },
            Passed::Told(event) => Input::Told { generation, event },
        };
        self.model.apply(&input);
        self.lines.note(self.model.messages(), line);
    }
}

/// The model that the page in front shows: that of a port of the log where it stands in the place of the connection, which is
/// `live`.
pub(super) fn in_front<'a>(screen: &Screen, ports: &'a [Replayed], live: &'a Model) -> &'a Model {
    let log = screen.recorded.on(screen.page);
    log.and_then(|log| ports.get(log.port)).map_or(live, |port| &port.model)
}

/// What the log writes is shown as it writes it, wherever this computer is.
fn anchor(micros: i64) -> WallAnchor {
    let written = DateTime::from_timestamp_micros(micros).unwrap_or_default().naive_utc();
    let local = Local.from_local_datetime(&written).earliest();
    WallAnchor::new(local.unwrap_or_else(|| Local.from_utc_datetime(&written)))
}
