//! The broker inside this program as the user wants it. Its password is kept nowhere.

use serde::{Deserialize, Serialize};

/// The broker inside this program.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BrokerEntry {
    /// Its port as typed; empty for 1883, or the last one where that is taken.
    pub port: String,
    /// The port that it had last; 0 before it ran.
    pub last_port: u16,
    /// Whether other computers reach it.
    pub is_on_network: bool,
    /// Whether clients must log in.
    pub wants_login: bool,
    /// Their user name.
    pub user: String,
}

impl Default for BrokerEntry {
    fn default() -> Self {
        Self { port: String::new(), last_port: 0, is_on_network: false, wants_login: false, user: "guest".to_owned() }
    }
}

impl BrokerEntry {
    /// The usual port of MQTT.
    pub const USUAL_PORT: u16 = 1_883;

    /// The ports to try, the first that is free counts; 0 takes any. `None` when what is typed is none.
    pub fn ports(&self) -> Option<Vec<u16>> {
        let typed = self.port.trim();
        if !typed.is_empty() {
            return typed.parse().ok().filter(|port| *port > 0).map(|port| vec![port]);
        }
        let mut ports = vec![Self::USUAL_PORT];
        if self.last_port != 0 && self.last_port != Self::USUAL_PORT {
            ports.push(self.last_port);
        }
        ports.push(0);
        Some(ports)
    }

    /// This entry after the user changed it to `fields`: who opens it to the network is given a login first.
    #[must_use]
    pub fn changed_to(&self, fields: Self) -> Self {
        let opens = fields.is_on_network && !self.is_on_network;
        Self { wants_login: fields.wants_login || opens, ..fields }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_stands_still() {
        let fresh = BrokerEntry::default();
        assert_eq!(fresh.ports(), Some(vec![1_883, 0]));
        assert_eq!(BrokerEntry { last_port: 40_001, ..fresh.clone() }.ports(), Some(vec![1_883, 40_001, 0]));
        assert_eq!(BrokerEntry { port: " 2883 ".to_owned(), last_port: 1, ..fresh.clone() }.ports(), Some(vec![2_883]));
        for typed in ["0", "65536", "x"] {
            assert_eq!(BrokerEntry { port: typed.to_owned(), ..fresh.clone() }.ports(), None, "{typed}");
        }
    }

    #[test]
    fn who_opens_it_to_the_network_is_given_a_login() {
        let shut = BrokerEntry::default();
        let open = shut.changed_to(BrokerEntry { is_on_network: true, ..shut.clone() });
        assert!(open.wants_login);
        assert!(
            !open.changed_to(BrokerEntry { wants_login: false, ..open.clone() }).wants_login,
            "and may take it away"
        );
    }
}
