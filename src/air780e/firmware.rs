//! What is known of single versions of the firmware (reference, section 18), looked up by the answer to `ATI`.

pub mod models;

use super::identity::Firmware;
use crate::lang::Phrase;

/// What a fact concerns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Topic {
    /// Any session.
    General,
    /// Values that are only shown.
    Display,
    /// Encrypted connections.
    Encryption,
    /// Encrypted connections in which the module shows a certificate.
    ClientCertificate,
    /// The access point of a private card.
    AccessPoint,
    /// A keep alive above 300 s.
    LongKeepAlive,
    /// Resolving names.
    Names,
    /// Messages kept in the cache.
    Cache,
}

/// One fact: what is wrong up to a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fact {
    /// The first version in which it is right.
    pub fixed_in: u32,
    /// What it concerns.
    pub topic: Topic,
    /// What is wrong before.
    pub text: Phrase,
}

/// What a firmware can do from some version on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Feature {
    /// The module attaches again by itself after `AT+CPNETAPN`.
    AccessPointAttaches,
    /// `AT*EXINFO?` tells why the module started.
    StartReason,
    /// The server name is sent to the server (SNI).
    ServerName,
    /// `AT+CIPSHUT` after a name that did not resolve is safe.
    ShutsAfterLookUp,
}

impl Feature {
    /// Whether `firmware` has it. Versions of other models are not comparable: they are believed to have it.
    pub fn is_in(self, firmware: &Firmware) -> bool {
        let since = match self {
            Self::AccessPointAttaches => 1_155,
            Self::StartReason => 1_126,
            Self::ServerName => 1_161,
            Self::ShutsAfterLookUp => 1_118,
        };
        firmware.version.filter(|_| is_covered(firmware)).is_none_or(|version| version >= since)
    }
}

/// What is wrong in `firmware`, as far as it is known. Nothing is known of other models than the Air780E.
pub fn facts(firmware: &Firmware) -> impl Iterator<Item = &'static Fact> {
    let version = firmware.version.filter(|_| is_covered(firmware)).unwrap_or(u32::MAX);
    FACTS.iter().filter(move |fact| version < fact.fixed_in)
}

fn is_covered(firmware: &Firmware) -> bool {
    models::has_history(firmware)
}

const fn fact(fixed_in: u32, topic: Topic, text: Phrase) -> Fact {
    Fact { fixed_in, topic, text }
}

/// By version, ascending.
const FACTS: [Fact; 16] = [
    fact(1_026, Topic::Encryption, Phrase::new("firmware-failed-encrypted-connection-may")),
    fact(1_110, Topic::Display, Phrase::new("firmware-baud-rate-not-found")),
    fact(1_112, Topic::Display, Phrase::new("firmware-network-time-wrong-year")),
    fact(1_118, Topic::Names, Phrase::new("firmware-cdnscfg-answers-wrongly")),
    fact(1_118, Topic::Names, Phrase::new("firmware-closing-context-during-lookup")),
    fact(1_132, Topic::General, Phrase::new("firmware-long-mqtt-sessions-may")),
    fact(1_138, Topic::ClientCertificate, Phrase::new("firmware-publishing-fails-client-certificate")),
    fact(1_155, Topic::AccessPoint, Phrase::new("firmware-new-access-point-needs")),
    fact(1_155, Topic::Cache, Phrase::new("firmware-kept-messages-give-no")),
    fact(1_161, Topic::Encryption, Phrase::new("firmware-servers-need-sni-cannot")),
    fact(1_161, Topic::LongKeepAlive, Phrase::new("firmware-keep-alive-above-300")),
    fact(1_161, Topic::AccessPoint, Phrase::new("firmware-access-point-may-lost")),
    fact(1_162, Topic::Names, Phrase::new("firmware-names-time-live-0")),
    fact(1_164, Topic::General, Phrase::new("firmware-network-entry-may-fail")),
    fact(1_169, Topic::AccessPoint, Phrase::new("firmware-deleted-access-point-still")),
    fact(1_170, Topic::Display, Phrase::new("firmware-cops-shows-wrong-value")),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn known(name: &str, topic: Topic) -> usize {
        facts(&Firmware::parse(name)).filter(|fact| fact.topic == topic).count()
    }

    #[test]
    fn old_versions_have_their_facts_and_new_ones_none() {
        assert!(FACTS.windows(2).all(|pair| pair[0].fixed_in <= pair[1].fixed_in));
        assert_eq!(known("AirM2M_780E_LTE_AT_V1026", Topic::Encryption), 1);
        assert_eq!(known("AirM2M_780E_V1160_LTE_AT", Topic::LongKeepAlive), 1);
        assert_eq!(known("AirM2M_780E_V1169_LTE_AT", Topic::AccessPoint), 0);
        assert_eq!(facts(&Firmware::parse("AirM2M_780E_V1170_LTE_AT")).count(), 0);
    }

    #[test]
    fn other_models_are_not_judged_by_these_numbers() {
        for name in ["AirM2M_780EP_V1010_LTE_AT", "Quectel EC200", "AirM2M_780E_LTE_AT"] {
            assert_eq!(facts(&Firmware::parse(name)).count(), 0, "{name}");
            assert!(Feature::AccessPointAttaches.is_in(&Firmware::parse(name)), "{name}");
        }
        assert!(!Feature::AccessPointAttaches.is_in(&Firmware::parse("AirM2M_780E_V1154_LTE_AT")));
    }
}
