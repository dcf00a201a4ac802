//! `air780e ports`: the serial ports of this computer, those of the Air780E family marked.

use serde_json::json;

use super::{args::PortsArgs, print_line};
use crate::link::{
    LinkError,
    ports::{self, PortEntry},
};

/// Prints one line a port.
pub(super) fn run(asked: &PortsArgs) -> Result<(), LinkError> {
    let found = ports::list()?;
    for port in &found {
        print_line(&if asked.json { as_json(port) } else { as_text(port) });
    }
    if found.is_empty() && !asked.json {
        print_line("No serial port found: connect the module by a data cable and press its power key for two seconds.");
    }
    Ok(())
}

fn as_json(port: &PortEntry) -> String {
    let usb = port.usb.as_ref().map(|usb| {
        json!({
            "vendor_id": format!("{:04x}", usb.vendor_id),
            "product_id": format!("{:04x}", usb.product_id),
            "interface": usb.interface,
            "serial_number": usb.serial_number,
            "product": usb.product,
        })
    });
    json!({ "name": port.name, "air780e": port.is_air780e(), "usb": usb }).to_string()
}

fn as_text(port: &PortEntry) -> String {
    let mut parts = vec![port.name.clone()];
    if let Some(usb) = &port.usb {
        parts.push(format!("usb {:04x}:{:04x}", usb.vendor_id, usb.product_id));
        parts.extend(usb.interface.map(|interface| format!("interface {interface:02}")));
        let texts = [&usb.product, &usb.serial_number].into_iter().flatten();
        parts.extend(texts.map(|text| text.escape_debug().to_string()));
    }
    if port.is_air780e() {
        parts.push("Air780E family".to_owned());
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
            as_text(&port),
            "/dev/ttyACM0  usb 19d1:0001  interface 02  AirM2M Compo  000000000001  Air780E family"
        );
        let json: serde_json::Value = serde_json::from_str(&as_json(&port)).expect("JSON");
        assert_eq!(json["usb"]["vendor_id"], "19d1");
        assert_eq!(json["air780e"], true);
    }
}
