//! The serial ports of this machine as rows, and the question `AT` to each.

use std::panic;

use crate::{
    link::{
        baud::Reply,
        devices,
        ports::{self, PortEntry},
    },
    model::connection::Phase,
    view::{
        connect::{PortRow, Ports, Probe},
        fault,
    },
    worker::{
        port_fault,
        probe::{self, Probed},
    },
};

use super::App;

/// Asks the system for its serial ports.
pub(super) fn list(app: &mut App) {
    app.ports = Ports::Looking;
    app.tasks.start("task-ports", found, listed);
}

fn found() -> Ports {
    // On some systems the enumeration panics instead of failing; that must not look like an endless search.
    match panic::catch_unwind(ports::list) {
        Ok(Ok(entries)) => Ports::Found(rows(&entries)),
        Ok(Err(error)) => Ports::Failed(error.to_string()),
        Err(_) => Ports::Failed("the system's port list cannot be read".to_owned()),
    }
}

/// The ports as rows, the functions of one device together.
fn rows(entries: &[PortEntry]) -> Vec<PortRow> {
    let devices = devices::grouped(entries);
    let numbered = devices.iter().enumerate();
    numbered.flat_map(|(number, device)| device.ports.iter().map(move |entry| row(entry, number))).collect()
}

fn row(entry: &PortEntry, device: usize) -> PortRow {
    let detail = entry.usb.as_ref().map_or_else(String::new, |usb| {
        let ids = format!("{:04x}:{:04x}", usb.vendor_id, usb.product_id);
        let interface = usb.interface.map(|number| format!("if{number:02}"));
        [usb.product.clone(), Some(ids), interface].into_iter().flatten().collect::<Vec<_>>().join(" · ")
    });
    PortRow { name: entry.name.clone(), detail, is_air780e: entry.is_air780e(), device, probe: Probe::NotAsked }
}

/// The ports were listed: those of a module are asked at once, for only one of them takes AT commands. Nobody else's port
/// is touched unasked.
fn listed(app: &mut App, ports: Ports) {
    app.ports = ports;
    let of_module: Vec<_> = app.ports.rows().iter().filter(|row| row.is_air780e).map(|row| row.name.clone()).collect();
    if !of_module.is_empty() {
        ask(app, of_module);
    }
}

/// Asks the ports `names`, or all when none is named. A port in use is not asked: its line belongs to the connection.
pub(super) fn ask(app: &mut App, names: Vec<String>) {
    if *app.model.connection().phase() != Phase::Idle {
        return;
    }
    let names = if names.is_empty() { app.ports.names() } else { names };
    if names.is_empty() {
        return;
    }
    for name in &names {
        note(app, name, &Probe::Asking);
    }
    let (baud, leaving) = (app.profile.baud, app.session.leaving());
    let work = move || {
        leaving.wait_for(&names);
        let said = probe::ports(&names, baud);
        names.iter().zip(said).map(|(name, probed)| (name.clone(), verdict(name, probed))).collect()
    };
    app.tasks.start("task-probe", work, asked);
}

/// Whether a port is held to be asked: until it is let go, no connection can open it.
pub(super) fn is_asking(app: &App) -> bool {
    let found = app.ports.rows().iter().map(|row| &row.probe);
    let typed = app.screen.connect.typed_probe.iter().map(|(_, probe)| probe);
    found.chain(typed).any(|probe| *probe == Probe::Asking)
}

/// Takes what was said.
fn asked(app: &mut App, probes: Vec<(String, Probe)>) {
    for (name, probe) in probes {
        note(app, &name, &probe);
    }
}

/// A port typed by hand is not among those found; its verdict is kept beside them.
fn note(app: &mut App, name: &str, probe: &Probe) {
    if app.ports.rows().iter().any(|row| row.name == name) {
        app.ports.note(name, probe);
    } else {
        app.screen.connect.typed_probe = Some((name.to_owned(), probe.clone()));
    }
}

fn verdict(name: &str, probed: Probed) -> Probe {
    match probed {
        Probed::Heard(Reply::Answer) => Probe::AtPort,
        Probed::Heard(Reply::Text { .. }) => Probe::Words,
        Probed::Heard(Reply::Noise { .. }) => Probe::Noise,
        Probed::Heard(Reply::Silence) => Probe::Silent,
        Probed::Unusable(error) => Probe::Unusable(fault::port_text(&port_fault(name, error))),
    }
}
