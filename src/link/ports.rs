//! Which serial ports this machine has, and which of them look like an Air780E.
//!
//! Listing only: nothing is opened. A PTY is never listed; its path must be typed.

#[cfg(feature = "serial")]
use std::path::Path;

use super::LinkError;

/// What the USB bus says of a port's device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UsbPort {
    /// Vendor id.
    pub vendor_id: u16,
    /// Product id.
    pub product_id: u16,
    /// Interface number inside a composite device (reference, section 2: 2, 4 and 6 on `_AT` firmware).
    pub interface: Option<u8>,
    /// Serial number, as the device reports it.
    pub serial_number: Option<String>,
    /// Product name, as the device reports it.
    pub product: Option<String>,
    /// Where on the bus the device hangs, such as `1-4.2`; stays the same when it comes back at the same socket.
    pub location: Option<String>,
}

/// One serial port of this machine.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PortEntry {
    /// `COM5` or `/dev/ttyUSB0`: what to open.
    pub name: String,
    /// USB facts; `None` for a port that is not on USB.
    pub usb: Option<UsbPort>,
}

impl PortEntry {
    /// Whether the USB id is that of the Air780E family (reference, section 2).
    ///
    /// It says which device, not which of its ports takes AT commands: ask `AT` on each.
    pub fn is_air780e(&self) -> bool {
        self.usb.as_ref().is_some_and(|usb| (usb.vendor_id, usb.product_id) == AIR780E_FAMILY)
    }

    /// Whether `name` is what somebody may call it: Windows takes `COM12` in any case, and as `\\.\COM12` too.
    pub fn is_named(&self, name: &str) -> bool {
        self.name == name
            || self.name.starts_with("COM")
                && self.name.eq_ignore_ascii_case(name.strip_prefix(DEVICES).unwrap_or(name))
    }
}

/// The ports of this machine: those of the Air780E family first, then by name.
///
/// Can take some hundred milliseconds on a slow bus: keep it off the thread that draws.
pub fn list() -> Result<Vec<PortEntry>, LinkError> {
    let mut entries = system_ports()?;
    entries.sort_by(|a, b| (!a.is_air780e(), natural_key(&a.name)).cmp(&(!b.is_air780e(), natural_key(&b.name))));
    Ok(entries)
}

/// Sorts `ttyUSB10` behind `ttyUSB9`.
pub(super) fn natural_key(name: &str) -> (&str, u64) {
    let digits_from = name.rfind(|c: char| !c.is_ascii_digit()).map_or(0, |at| at + 1);
    let (stem, digits) = name.split_at_checked(digits_from).unwrap_or((name, ""));
    (stem, digits.parse().unwrap_or(0))
}

#[cfg(feature = "serial")]
fn system_ports() -> Result<Vec<PortEntry>, LinkError> {
    if cfg!(target_os = "linux") && !Path::new(LINUX_TTY_CLASS).is_dir() {
        // The serialport crate panics without this directory; a container may lack it.
        return Ok(Vec::new());
    }
    let found = serialport::available_ports().map_err(|error| LinkError::Other(error.to_string()))?;
    Ok(found.into_iter().map(entry).collect())
}

#[cfg(not(feature = "serial"))]
fn system_ports() -> Result<Vec<PortEntry>, LinkError> {
    Err(LinkError::Other("this program was built without serial ports".to_owned()))
}

#[cfg(feature = "serial")]
fn entry(found: serialport::SerialPortInfo) -> PortEntry {
    let usb = match found.port_type {
        serialport::SerialPortType::UsbPort(usb) => Some(UsbPort {
            vendor_id: usb.vid,
            product_id: usb.pid,
            interface: usb.interface,
            serial_number: usb.serial_number,
            product: usb.product.map(|product| without_name(product, &found.port_name)),
            location: usb.location.map(|at| {
                let chain: Vec<_> = at.port_chain().iter().map(ToString::to_string).collect();
                format!("{}-{}", at.bus_id(), chain.join("."))
            }),
        }),
        _ => None,
    };
    PortEntry { name: found.port_name, usb }
}

/// Windows repeats the port in the name of the device: `USB Serial Device (COM5)`.
#[cfg(any(feature = "serial", test))]
fn without_name(product: String, port: &str) -> String {
    match product.strip_suffix(&format!(" ({port})")) {
        Some(short) => short.to_owned(),
        None => product,
    }
}

const AIR780E_FAMILY: (u16, u16) = (0x19d1, 0x0001);
/// Where Windows keeps its devices: what stands before a name that is no file's.
const DEVICES: &str = r"\\.\";
#[cfg(feature = "serial")]
const LINUX_TTY_CLASS: &str = "/sys/class/tty";

#[cfg(test)]
mod tests {
    use super::*;

    fn port(name: &str, usb: Option<(u16, u16)>) -> PortEntry {
        let usb = usb.map(|(vendor_id, product_id)| UsbPort {
            vendor_id,
            product_id,
            interface: Some(2),
            serial_number: None,
            product: None,
            location: None,
        });
        PortEntry { name: name.to_owned(), usb }
    }

    #[test]
    fn the_family_is_known_by_its_usb_id() {
        assert!(port("COM5", Some((0x19d1, 0x0001))).is_air780e());
        assert!(!port("COM6", Some((0x1a86, 0x7523))).is_air780e());
        assert!(!port("COM1", None).is_air780e());
    }

    #[test]
    fn ten_comes_after_nine() {
        assert!(natural_key("/dev/ttyUSB9") < natural_key("/dev/ttyUSB10"));
        assert!(natural_key("COM2") < natural_key("COM12"));
    }

    #[test]
    fn a_port_of_windows_is_known_by_every_name_it_opens_under() {
        let port = |name: &str| port(name, None);
        assert!(["COM12", "com12", r"\\.\COM12", r"\\.\com12"].iter().all(|name| port("COM12").is_named(name)));
        assert!(["COM1", "COM123", r"\\.\COM1", ""].iter().all(|name| !port("COM12").is_named(name)));
        assert!(port("/dev/ttyUSB0").is_named("/dev/ttyUSB0") && !port("/dev/ttyUSB0").is_named("/dev/ttyusb0"));
    }

    #[test]
    fn a_device_is_not_called_by_its_port_again() {
        let short = |product: &str| without_name(product.to_owned(), "COM5");
        assert_eq!(short("USB Serial Device (COM5)"), "USB Serial Device");
        assert_eq!(short("AirM2M Compo"), "AirM2M Compo");
        assert_eq!(short("USB Serial Device (COM51)"), "USB Serial Device (COM51)");
    }

    #[cfg(feature = "serial")]
    #[test]
    fn listing_never_panics() {
        let listed = list();
        assert!(listed.is_ok(), "{listed:?}");
    }
}
