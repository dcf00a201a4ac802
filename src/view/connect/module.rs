//! What can be done with the module itself, beside a connection: its card, its access point, its name servers, its radio; and what
//! is known of its firmware.

use crate::{
    air780e::firmware,
    lang::Text,
    model::{Model, connection::Phase, event::Fault, request::RequestId, status::Firmware},
    mqtt::Password,
};

/// What is typed there.
#[derive(Clone, Debug, Default)]
pub struct ModuleScreen {
    /// The PIN; gone as soon as it is sent.
    pub pin: Password,
    /// Wrong ones in a row in this window.
    pub wrong_pins: u32,
    /// The try that runs.
    pub tries_pin: Option<RequestId>,
    /// Name servers, one or two with a comma between them.
    pub servers: String,
}

impl ModuleScreen {
    /// Learns how a request ended: a card that refused a PIN counts it.
    pub fn take_end(&mut self, id: RequestId, result: &Result<(), Fault>) {
        if self.tries_pin.take_if(|asked| *asked == id).is_none() {
            return;
        }
        match result {
            Ok(()) => self.wrong_pins = 0,
            Err(Fault::Refused { .. }) => self.wrong_pins += 1,
            Err(_) => {}
        }
    }
}

/// The part of the page.
#[derive(Clone, Debug)]
pub struct ModuleView {
    /// Why nothing can be asked now.
    pub why_not: Option<&'static str>,
    /// The card in the module's own words.
    pub sim: Option<String>,
    /// The card wants its PIN; so many tries may be left at most.
    pub pin_left: Option<u32>,
    /// The card wants its PUK.
    pub wants_puk: bool,
    /// What the network gave: address and access point.
    pub network: Option<Text>,
    /// The access point that the module keeps.
    pub access_point: Option<String>,
    /// The name servers that it asks.
    pub servers: Option<String>,
    /// What a private card's provider must let through.
    pub white_list: Option<Text>,
    /// Messages that were overwritten in the cache, and that it held at a restart.
    pub cache: Option<Text>,
    /// What is known of this firmware.
    pub facts: Vec<Text>,
    /// Whether the name servers that are typed can be used.
    pub are_servers_fine: bool,
}

/// What is to be shown of it.
pub(super) fn view(model: &Model, screen: &ModuleScreen) -> ModuleView {
    let connection = model.connection();
    let status = connection.status();
    let is_busy = status.is_busy || matches!(connection.phase(), Phase::Opening | Phase::Connecting);
    let why_not = match connection.phase() {
        Phase::Idle => Some("doctor-why-closed"),
        _ if is_busy => Some("doctor-why-busy"),
        _ => None,
    };
    let sim = status.sim.as_ref().map(|seen| seen.value.to_string());
    let is_sim = |word: &str| sim.as_deref() == Some(word);
    let access_point =
        status.access_point.as_ref().filter(|seen| seen.value.is_saved).map(|seen| seen.value.apn.clone());
    let network = status.address.as_ref().map(|seen| {
        let through = access_point.clone().unwrap_or_else(|| "–".to_owned());
        Text::new("device-network-gave").put("address", &seen.value).put("apn", through)
    });
    ModuleView {
        why_not,
        pin_left: is_sim("SIM PIN").then(|| PIN_TRIES.saturating_sub(screen.wrong_pins)),
        wants_puk: is_sim("SIM PUK"),
        network,
        access_point,
        servers: status.name_servers.as_ref().map(|seen| {
            let (first, second) = &seen.value;
            second.as_ref().map_or_else(|| first.clone(), |second| format!("{first}, {second}"))
        }),
        white_list: white_list(model),
        cache: (status.overwritten + status.lost_in_cache > 0).then(|| {
            Text::new("device-cache-lost").put("overwritten", status.overwritten).put("lost", status.lost_in_cache)
        }),
        facts: status.firmware.as_ref().map(|seen| facts(&seen.value)).unwrap_or_default(),
        are_servers_fine: servers(&screen.servers).is_some(),
        sim,
    }
}

/// The name servers that are typed: one, or two with a comma between them.
pub fn servers(typed: &str) -> Option<(std::net::Ipv4Addr, Option<std::net::Ipv4Addr>)> {
    let mut all = typed.split([',', ' ']).filter(|word| !word.is_empty()).map(str::parse);
    let first = all.next()?.ok()?;
    let second = all.next().transpose().ok()?;
    all.next().is_none().then_some((first, second))
}

fn facts(seen: &Firmware) -> Vec<Text> {
    let known = firmware::facts(seen)
        .map(|fact| Text::new("device-fact").put("version", fact.fixed_in).with("text", fact.text));
    let mut known: Vec<_> = known.collect();
    if known.is_empty() {
        known.push(Text::new("device-no-fact").put("name", &seen.name));
    }
    known
}

fn white_list(model: &Model) -> Option<Text> {
    let target = model.evidence().target()?;
    let resolved = model.evidence().course().resolved().filter(|(_, host, _)| *host == target.host);
    let address = match resolved {
        Some((_, _, Ok(address))) => address.clone(),
        _ => target.host.clone(),
    };
    Some(Text::new("device-white-list").put("address", address).put("port", target.port))
}

/// A card takes so many wrong PINs in a row. The module does not say how many are left.
const PIN_TRIES: u32 = 3;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_or_two_name_servers_are_read() {
        assert_eq!(servers("223.5.5.5"), Some(([223, 5, 5, 5].into(), None)));
        assert_eq!(servers("1.1.1.1, 8.8.8.8"), Some(([1, 1, 1, 1].into(), Some([8, 8, 8, 8].into()))));
        for wrong in ["", "dns.example", "1.1.1.1,x", "1.1.1.1,2.2.2.2,3.3.3.3"] {
            assert_eq!(servers(wrong), None, "{wrong}");
        }
    }
}
