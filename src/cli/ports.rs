//! `air780e ports`: the serial ports of this computer, those of the Air780E family marked, and which of them take commands.

use serde_json::{Value, json};

use super::{args::PortsArgs, print_line, words};
use crate::{
    lang::{Lang, Text},
    link::{
        baud::Reply,
        devices,
        ports::{self, PortEntry},
    },
    worker::probe::{self, Probed},
};

/// Prints one line a port.
pub(super) fn run(asked: &PortsArgs, lang: Lang) -> Result<(), Text> {
    let found = chosen(asked, ports::list().map_err(|error| words::link(&error))?);
    let devices = devices::grouped(&found);
    for (number, device) in devices.iter().enumerate() {
        let probes = if asked.probe { probed(asked, &device.ports) } else { Vec::new() };
        // A module has two ports that answer; the first is as good as the other.
        let at_port = probes.iter().position(|probe| probe.as_ref().is_some_and(Probed::is_at_port));
        for (index, port) in device.ports.iter().enumerate() {
            let probe = probes.get(index).and_then(Option::as_ref).map(word);
            let probe = probe.as_ref();
            let is_at_port = at_port == Some(index);
            print_line(&if asked.json {
                as_json(port, number, probe.map(|probe| probe.to(Lang::En)).as_deref(), is_at_port)
            } else {
                as_text(port, probe, is_at_port, lang)
            });
        }
    }
    if found.is_empty() && !asked.json {
        print_line(&lang.tr("ports-none-found"));
    }
    Ok(())
}

/// All ports, or those named; one that no list knows (a PTY) is taken at its word.
fn chosen(asked: &PortsArgs, listed: Vec<PortEntry>) -> Vec<PortEntry> {
    if asked.ports.is_empty() {
        return listed;
    }
    let known = |name: &String| listed.iter().find(|port| port.is_named(name)).cloned();
    asked.ports.iter().map(|name| known(name).unwrap_or_else(|| PortEntry { name: name.clone(), usb: None })).collect()
}

/// Asks the ports of the family, and those named: a stranger is sent nothing.
fn probed(asked: &PortsArgs, ports: &[PortEntry]) -> Vec<Option<Probed>> {
    let is_asked = |port: &PortEntry| !asked.ports.is_empty() || port.is_air780e();
    let names: Vec<_> = ports.iter().filter(|port| is_asked(port)).map(|port| port.name.clone()).collect();
    let mut probes = probe::ports(&names, asked.baud).into_iter();
    ports.iter().map(|port| if is_asked(port) { probes.next() } else { None }).collect()
}

fn word(probe: &Probed) -> Text {
    match probe {
        Probed::Heard(Reply::Answer) => Text::new("ports-answers"),
        Probed::Heard(Reply::Silence) => Text::new("ports-silent"),
        Probed::Heard(Reply::Noise { .. }) => Text::new("ports-noise"),
        Probed::Heard(Reply::Text { .. }) => Text::new("ports-other-text"),
        Probed::Unusable(error) => Text::new("ports-unusable").with("why", words::link(error)),
    }
}

fn as_json(port: &PortEntry, device: usize, probe: Option<&str>, is_at_port: bool) -> String {
    let usb = port.usb.as_ref().map(|usb| {
        json!({
            "vendor_id": format!("{:04x}", usb.vendor_id),
            "product_id": format!("{:04x}", usb.product_id),
            "interface": usb.interface,
            "serial_number": usb.serial_number,
            "product": usb.product,
            "location": usb.location,
        })
    });
    let mut object =
        json!({ "name": port.name, "air780e": port.is_air780e(), "device": device, "usb": usb, "probe": probe });
    if probe.is_some() {
        object["at_port"] = Value::Bool(is_at_port);
    }
    object.to_string()
}

fn as_text(port: &PortEntry, probe: Option<&Text>, is_at_port: bool, lang: Lang) -> String {
    let mut parts = vec![port.name.clone()];
    if let Some(usb) = &port.usb {
        parts.push(format!("usb {:04x}:{:04x}", usb.vendor_id, usb.product_id));
        parts.extend(usb.interface.map(|interface| {
            Text::new("ports-interface").put("number", format_args!("{interface:02}")).to(lang).into_owned()
        }));
        let texts = [&usb.product, &usb.serial_number].into_iter().flatten();
        parts.extend(texts.map(|text| text.escape_debug().to_string()));
    }
    if port.is_air780e() {
        parts.push(lang.tr("ports-family").into_owned());
    }
    parts.extend(probe.map(|probe| probe.to(lang).into_owned()));
    if is_at_port {
        parts.push(lang.tr("ports-use-this").into_owned());
    }
    parts.join("  ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::ports::UsbPort;

    #[test]
    fn a_port_of_the_family_is_marked() {
        let usb = UsbPort {
            vendor_id: 0x19d1,
            product_id: 1,
            interface: Some(2),
            serial_number: Some("000000000001".into()),
            product: Some("AirM2M Compo".into()),
            location: None,
        };
        let port = PortEntry { name: "/dev/ttyACM0".into(), usb: Some(usb) };
        assert_eq!(
            as_text(&port, None, false, Lang::En),
            "/dev/ttyACM0  usb 19d1:0001  interface 02  AirM2M Compo  000000000001  Air780E family"
        );
        let json: serde_json::Value = serde_json::from_str(&as_json(&port, 0, None, false)).expect("JSON");
        assert_eq!(json["usb"]["vendor_id"], "19d1");
        assert_eq!(json["air780e"], true);
        assert!(json["at_port"].is_null());
    }
}
