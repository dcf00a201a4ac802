//! Which module is simulated, with which card in which network: plain data.

use crate::mqtt::Password;

use super::{AccessPoint, Timing};

/// Chip platform; decides limits and a few spellings (reference, section 19).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Chip {
    /// Air780E.
    #[default]
    Ec618,
    /// `Air780EP` and its kin.
    Ec718,
}

impl Chip {
    /// What the boot loader prints; `\\n` is literal text, and the newer chip sends a stray byte before it (reference,
    /// sections 3 and 19).
    pub(super) const fn banner(self) -> &'static [u8] {
        match self {
            Self::Ec618 => b"^boot.rom'v'!\\n",
            Self::Ec718 => b"\0^boot.rom'v'!\\n",
        }
    }

    /// How often `RDY` is printed.
    pub(super) const fn ready_reports(self) -> usize {
        match self {
            Self::Ec618 => 1,
            Self::Ec718 => 2,
        }
    }
}

/// The AT firmware and its version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firmware {
    /// `780E` in `AirM2M_780E_V1169_LTE_AT`.
    pub model: String,
    /// `1169` in the same name.
    pub version: u16,
    /// `AT`, `LSAT`, `LPAT`, `AUAT`.
    pub suffix: String,
}

impl Firmware {
    /// The name as `ATI` prints it.
    pub fn name(&self) -> String {
        format!("AirM2M_{}_V{:04}_LTE_{}", self.model, self.version, self.suffix)
    }
}

/// What the module is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Identity {
    /// Chip platform.
    pub chip: Chip,
    /// Firmware.
    pub firmware: Firmware,
    /// 15 digits.
    pub imei: String,
}

/// The card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Card {
    /// Whether it is in the slot at the start.
    pub is_present: bool,
    /// 20 characters.
    pub iccid: String,
    /// 15 digits.
    pub imsi: String,
    /// PIN that it asks for.
    pub pin: Option<Password>,
    /// What unblocks it after three wrong PINs.
    pub puk: Password,
    /// Whether three wrong PINs were given already.
    pub is_blocked: bool,
}

/// The cell and the network at the start.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Radio {
    /// Signal as `AT+CSQ` shows it: 0 to 31, or 99.
    pub rssi: u8,
    /// Where registration ends: 1 home, 5 roaming, 2 searching, 3 denied.
    pub registration: u8,
    /// Network code.
    pub operator: String,
    /// Tracking area, hexadecimal.
    pub tac: String,
    /// Cell, hexadecimal.
    pub cell: String,
    /// Access point name that the network gives.
    pub apn: String,
    /// Address of the first bearer.
    pub address: String,
    /// The access point without which this card gets no address; only private networks have one.
    pub private: Option<AccessPoint>,
}

/// Where documents and firmware leave a choice. The default is what most sources say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quirks {
    /// Without `AT+SSLCFG="hostname"` the host of `AT+SSLMIPSTART` is the server name. One field code had to set it
    /// (reference, section 9).
    pub names_server: bool,
    /// The name in the server's certificate is checked, not only its chain; no document says so.
    pub checks_name: bool,
    /// `AT+FSMEM` ends without `OK`, as one log of an `Air780EP` shows (reference, section 8).
    pub is_memory_unfinished: bool,
}

impl Default for Quirks {
    fn default() -> Self {
        Self { names_server: true, checks_name: true, is_memory_unfinished: false }
    }
}

/// What the module is doing when its link opens.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Power {
    /// It has been running for a while: registered and quiet, if card and network allow.
    #[default]
    Running,
    /// It is switched on at that moment: boot reports follow.
    SwitchedOn,
}

/// One simulated module in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Device {
    /// What it is.
    pub identity: Identity,
    /// Its card.
    pub card: Card,
    /// Its network.
    pub radio: Radio,
    /// Its delays.
    pub timing: Timing,
    /// Its choices where documents leave them open.
    pub quirks: Quirks,
    /// Commands that its firmware does not know, in upper case and without `AT`: `+MPUBEX`. No document says since which
    /// version each command exists, so they are chosen by name.
    pub lacks: Vec<String>,
    /// Its state when the link opens.
    pub power: Power,
    /// Whether the port waits for an upper-case `AT` to learn the rate (reference, section 2). Not so on USB.
    pub is_auto_baud: bool,
    /// Whether the network tells the time; without it the clock starts in the year 2000 (reference, section 9).
    pub has_network_time: bool,
    /// Seconds since 1970 (UTC) when the link opens; what the network time starts from. `None` is the computer's own
    /// time on a [host](super::host), and the day of the tutorial's log on a virtual clock.
    pub utc_at_open: Option<i64>,
}

impl Default for Device {
    fn default() -> Self {
        Self {
            identity: Identity {
                chip: Chip::Ec618,
                firmware: Firmware { model: "780E".into(), version: 1169, suffix: "AT".into() },
                imei: "866000000000017".into(),
            },
            card: Card {
                is_present: true,
                iccid: "898600000022C0000017".into(),
                imsi: "460010000000017".into(),
                pin: None,
                puk: Password::new("12345678"),
                is_blocked: false,
            },
            radio: Radio {
                rssi: 24,
                registration: 1,
                operator: "46001".into(),
                tac: "1A2B".into(),
                cell: "0C3D4E5F".into(),
                apn: "cmiot".into(),
                address: "10.126.200.230".into(),
                private: None,
            },
            timing: Timing::default(),
            quirks: Quirks::default(),
            lacks: Vec::new(),
            power: Power::Running,
            is_auto_baud: false,
            has_network_time: true,
            utc_at_open: None,
        }
    }
}
