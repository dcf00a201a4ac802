//! Ports that belong together: the functions of one USB device, and a device that comes back under another name.
//!
//! Pure: it compares lists and opens nothing.

use super::ports::{PortEntry, UsbPort};

/// One USB device with all its ports, or one port that is not on USB.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// Its ports by interface number, then by name; never empty.
    pub ports: Vec<PortEntry>,
}

impl Device {
    /// Whether it is of the Air780E family.
    pub fn is_air780e(&self) -> bool {
        self.ports.iter().any(PortEntry::is_air780e)
    }
}

/// Puts ports of one device together, in the order of their first ports in `ports`.
///
/// The family's serial number is the same on every module (reference, section 2), so the place on the bus decides where it
/// is known; where it is not, a repeated interface number begins another device.
pub fn grouped(ports: &[PortEntry]) -> Vec<Device> {
    let mut devices: Vec<Device> = Vec::new();
    for port in ports {
        let place = devices.iter_mut().find(|device| device.ports.iter().all(|sibling| are_siblings(sibling, port)));
        match place {
            Some(device) => device.ports.push(port.clone()),
            None => devices.push(Device { ports: vec![port.clone()] }),
        }
    }
    for device in &mut devices {
        device.ports.sort_by_key(|port| port.usb.as_ref().and_then(|usb| usb.interface));
    }
    devices
}

/// The port that `lost` has become in `now`: the same function of the same device, whatever its name.
///
/// `None` when it is not there, or when several could be it and none hangs where it hung.
pub fn found_again<'a>(lost: &PortEntry, now: &'a [PortEntry]) -> Option<&'a PortEntry> {
    let Some(usb) = &lost.usb else { return now.iter().find(|port| port.name == lost.name) };
    let is_same = |port: &&PortEntry| port.usb.as_ref().is_some_and(|other| is_same_function(usb, other));
    let alike: Vec<_> = now.iter().filter(is_same).collect();
    let in_place = usb.location.as_ref().and_then(|place| alike.iter().find(|port| location(port) == Some(place)));
    match (in_place, alike.as_slice()) {
        (Some(port), _) => Some(port),
        (None, [only]) => Some(only),
        (None, _) => None,
    }
}

fn are_siblings(one: &PortEntry, other: &PortEntry) -> bool {
    let (Some(one), Some(other)) = (&one.usb, &other.usb) else { return false };
    let is_same_device = (one.vendor_id, one.product_id) == (other.vendor_id, other.product_id)
        && one.serial_number == other.serial_number
        && one.location == other.location;
    // Without an interface number nothing tells two functions of one device from two devices.
    is_same_device && one.interface.is_some() && one.interface != other.interface
}

fn is_same_function(one: &UsbPort, other: &UsbPort) -> bool {
    (one.vendor_id, one.product_id, one.interface) == (other.vendor_id, other.product_id, other.interface)
        && one.serial_number == other.serial_number
}

fn location(port: &PortEntry) -> Option<&String> {
    port.usb.as_ref()?.location.as_ref()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn port(name: &str, interface: u8, location: Option<&str>) -> PortEntry {
        let usb = UsbPort {
            vendor_id: 0x19d1,
            product_id: 0x0001,
            interface: Some(interface),
            serial_number: Some("000000000001".to_owned()),
            product: Some("AirM2M Compo".to_owned()),
            location: location.map(str::to_owned),
        };
        PortEntry { name: name.to_owned(), usb: Some(usb) }
    }

    fn names(device: &Device) -> Vec<&str> {
        device.ports.iter().map(|port| port.name.as_str()).collect()
    }

    #[test]
    fn three_functions_are_one_device() {
        let uart = PortEntry { name: "/dev/ttyS0".to_owned(), usb: None };
        let ports = [port("ttyACM1", 4, None), port("ttyACM0", 2, None), port("ttyACM2", 6, None), uart.clone(), uart];
        let devices = grouped(&ports);
        assert_eq!(
            devices.iter().map(names).collect::<Vec<_>>(),
            [vec!["ttyACM0", "ttyACM1", "ttyACM2"], vec!["/dev/ttyS0"], vec!["/dev/ttyS0"]]
        );
        assert!(devices[0].is_air780e() && !devices[1].is_air780e());
    }

    #[test]
    fn two_modules_with_the_same_serial_number_stay_apart() {
        let places = [(Some("1-1"), Some("1-2")), (None, None)];
        for (one, other) in places {
            let ports = [port("COM5", 0, one), port("COM6", 2, one), port("COM8", 0, other), port("COM9", 2, other)];
            let devices = grouped(&ports);
            assert_eq!(devices.iter().map(names).collect::<Vec<_>>(), [["COM5", "COM6"], ["COM8", "COM9"]]);
        }
    }

    #[test]
    fn a_port_is_found_again_under_another_name() {
        let lost = port("ttyACM0", 2, Some("1-1"));
        let now = [port("ttyACM3", 2, Some("1-2")), port("ttyACM4", 2, Some("1-1")), port("ttyACM5", 4, Some("1-1"))];
        assert_eq!(found_again(&lost, &now).map(|port| port.name.as_str()), Some("ttyACM4"));
        assert_eq!(found_again(&lost, &now[2..]), None, "another function");
        let moved = [port("ttyACM7", 2, Some("2-3"))];
        assert_eq!(found_again(&lost, &moved).map(|port| port.name.as_str()), Some("ttyACM7"));
        let two = [port("ttyACM7", 2, Some("2-3")), port("ttyACM8", 2, Some("2-4"))];
        assert_eq!(found_again(&lost, &two), None, "either could be it");
    }

    #[test]
    fn a_port_without_usb_returns_under_its_name() {
        let lost = PortEntry { name: "/dev/ttyS1".to_owned(), usb: None };
        assert_eq!(found_again(&lost, std::slice::from_ref(&lost)), Some(&lost));
        assert_eq!(found_again(&lost, &[]), None);
    }
}
