//! What `AT+SSLCFG` set, and what it makes of a handshake: files, level, versions, suites, names, clock
//! (reference, section 9).
//!
//! Keys, ranges and the command itself stand in `commands`; the handshake is the room `tls`.

use std::{collections::BTreeMap, net::IpAddr, time::Duration};

use crate::{
    certs::{Doubt, FileRole, ModuleVerdict, module_verdict},
    time::Moment,
    tls::{ClientConfig, SecurityLevel, Suite, Trust, VersionSetting},
};

use super::VirtualModem;

/// The context of the MQTT commands.
const MQTT_CONTEXT: u32 = 88;
/// From this firmware on the module names the server in its `ClientHello` (reference, section 18).
const NAMES_SERVER_SINCE: u16 = 1_161;

/// Values by key and context; lost at restart.
#[derive(Clone, Default)]
pub(super) struct TlsSettings(BTreeMap<(String, u32), String>);

/// Keys only: a pre-master secret stands among the values.
impl std::fmt::Debug for TlsSettings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.0.keys()).finish()
    }
}

impl TlsSettings {
    /// The value of `key`, empty when it was not set.
    pub(super) fn value(&self, key: &str, context: u32) -> &str {
        self.0.get(&(key.to_owned(), context)).map_or("", String::as_str)
    }

    pub(super) fn set(&mut self, key: &str, context: u32, value: String) {
        self.0.insert((key.to_owned(), context), value);
    }

    pub(super) fn erase(&mut self, key: &str, context: u32) {
        self.0.remove(&(key.to_owned(), context));
    }

    /// The number set for `key` in the MQTT context.
    fn number(&self, key: &str) -> Option<u64> {
        self.value(key, MQTT_CONTEXT).parse().ok()
    }

    fn level(&self) -> SecurityLevel {
        self.digit("seclevel").and_then(SecurityLevel::from_number).unwrap_or_default()
    }

    fn versions(&self) -> VersionSetting {
        self.digit("sslversion").and_then(VersionSetting::from_number).unwrap_or_default()
    }

    fn digit(&self, key: &str) -> Option<u8> {
        u8::try_from(self.number(key)?).ok()
    }

    fn suites(&self) -> Vec<Suite> {
        let chosen = self.value("ciphersuite", MQTT_CONTEXT).trim_start_matches("0X");
        let one = u16::from_str_radix(chosen, 16).ok().and_then(Suite::from_id);
        one.map_or_else(|| Suite::ALL.to_vec(), |suite| vec![suite])
    }
}

impl VirtualModem {
    /// How the module shakes hands with `host` at this moment, with the bytes that stand in its files.
    pub(super) fn tls_client(&self, now: Moment, host: &str) -> ClientConfig {
        let settings = &self.tls_settings;
        let name = self.server_name(host);
        let names_server = self.device.identity.firmware.version >= NAMES_SERVER_SINCE;
        let trust = if settings.number("verifymode") == Some(1) { Trust::AnyCertificate } else { Trust::Roots };
        ClientConfig {
            level: settings.level(),
            trust,
            ca: self.tls_file("cacert", FileRole::Authority),
            certificate: self.tls_file("clientcert", FileRole::ClientCertificate),
            key: self.tls_file("clientkey", FileRole::ClientKey),
            sni: name.clone().filter(|_| names_server),
            expected_name: name.filter(|_| self.device.quirks.checks_name),
            ignore_dates: settings.number("ignorelocaltime") == Some(1),
            clock: Some(self.clock.utc_seconds(now)),
            ..ClientConfig::as_module(settings.versions(), &settings.suites())
        }
    }

    /// How long the handshake may last.
    pub(super) fn negotiation_limit(&self) -> Duration {
        let set = self.tls_settings.number("negotiatetimeout").map(Duration::from_secs);
        set.unwrap_or(Duration::from_millis(self.device.timing.negotiation_limit_ms))
    }

    /// The name that the server must have: the one set, or the host itself unless that is an address.
    fn server_name(&self, host: &str) -> Option<String> {
        let set = self.tls_settings.value("hostname", MQTT_CONTEXT);
        if !set.is_empty() {
            return Some(set.to_owned());
        }
        let is_named = self.device.quirks.names_server
            && self.device.identity.firmware.version >= NAMES_SERVER_SINCE
            && host.parse::<IpAddr>().is_err();
        is_named.then(|| host.to_owned())
    }

    /// The bytes of the file that `key` names. A file that is not there, or that the module's parser would not take,
    /// reads as empty, which no handshake can use.
    fn tls_file(&self, key: &str, role: FileRole) -> Option<Vec<u8>> {
        let name = self.tls_settings.value(key, MQTT_CONTEXT);
        let read = || {
            let bytes = self.files.bytes(name).unwrap_or_default();
            let is_taken = !matches!(
                module_verdict(bytes, role),
                ModuleVerdict::Refuses(_) | ModuleVerdict::Doubtful(Doubt::EllipticKey)
            );
            if is_taken { bytes.to_vec() } else { Vec::new() }
        };
        (!name.is_empty()).then(read)
    }
}
