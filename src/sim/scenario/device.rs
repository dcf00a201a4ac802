//! How a scenario's module differs from the usual one.

use serde::Deserialize;

use crate::{
    mqtt::Password,
    sim::{AccessPoint, Device, Power},
};

/// Differences; what is not given is as in [`Device::default`].
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct DevicePlan {
    /// What is in the slot.
    pub card: CardPlan,
    /// Signal as `AT+CSQ` shows it.
    pub rssi: Option<u8>,
    /// Where registration ends.
    pub registration: Option<u8>,
    /// Name, user, password and kind of login of a private access point that the card needs.
    pub private: Option<(String, String, String, u8)>,
    /// Firmware version.
    pub firmware: Option<u16>,
    /// Ending of the firmware's name.
    pub suffix: Option<String>,
    /// The network tells no time.
    pub no_network_time: bool,
    /// The module is switched on at the start; otherwise it has been running.
    pub is_switched_on: bool,
    /// Time for a TLS handshake, in milliseconds.
    pub negotiation_limit_ms: Option<u64>,
}

/// What is in the slot.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardPlan {
    /// A card that works.
    #[default]
    Ready,
    /// Nothing.
    Absent,
    /// A card that wants the PIN 1234.
    Pin,
    /// A card blocked by wrong PINs.
    Puk,
}

impl DevicePlan {
    /// The module.
    pub fn device(&self) -> Device {
        let mut device = Device::default();
        device.card.is_present = self.card != CardPlan::Absent;
        device.card.is_blocked = self.card == CardPlan::Puk;
        if matches!(self.card, CardPlan::Pin | CardPlan::Puk) {
            device.card.pin = Some(Password::new("1234"));
        }
        device.radio.rssi = self.rssi.unwrap_or(device.radio.rssi);
        device.radio.registration = self.registration.unwrap_or(device.radio.registration);
        device.radio.private = self.private.as_ref().map(|(name, user, password, auth)| AccessPoint {
            name: name.clone(),
            user: user.clone(),
            password: Password::new(password.as_str()),
            auth: *auth,
        });
        let firmware = &mut device.identity.firmware;
        firmware.version = self.firmware.unwrap_or(firmware.version);
        if let Some(suffix) = &self.suffix {
            firmware.suffix.clone_from(suffix);
        }
        device.has_network_time = !self.no_network_time;
        if self.is_switched_on {
            device.power = Power::SwitchedOn;
        }
        let limit = &mut device.timing.negotiation_limit_ms;
        *limit = self.negotiation_limit_ms.unwrap_or(*limit);
        device
    }
}
