//! What is known of single versions of the firmware (reference, section 18), looked up by the answer to `ATI`.

pub mod models;

use super::{codes::Text, identity::Firmware};

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
    pub text: Text,
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

const fn fact(fixed_in: u32, topic: Topic, english: &'static str, chinese: &'static str) -> Fact {
    Fact { fixed_in, topic, text: Text { english, chinese } }
}

/// By version, ascending.
const FACTS: [Fact; 16] = [
    fact(
        1_026,
        Topic::Encryption,
        "a failed encrypted connection may crash the module",
        "加密连接失败可能导致模块崩溃",
    ),
    fact(1_110, Topic::Display, "the baud rate is not found automatically", "不支持自动波特率"),
    fact(1_112, Topic::Display, "the network time has a wrong year", "网络时间的年份错误"),
    fact(1_118, Topic::Names, "AT+CDNSCFG? answers wrongly", "AT+CDNSCFG? 的应答有误"),
    fact(
        1_118,
        Topic::Names,
        "closing the context during a lookup crashes the module",
        "解析期间关闭场景会导致模块崩溃",
    ),
    fact(1_132, Topic::General, "long MQTT sessions may crash the module", "长时间 MQTT 会话可能导致模块崩溃"),
    fact(1_138, Topic::ClientCertificate, "publishing fails with a client certificate", "双向认证时发布失败"),
    fact(1_155, Topic::AccessPoint, "a new access point needs a restart of the radio", "新接入点需要重启射频才能生效"),
    fact(1_155, Topic::Cache, "kept messages give no pulse on RI", "缓存消息不产生 RI 脉冲"),
    fact(1_161, Topic::Encryption, "servers that need SNI cannot be reached", "无法连接要求 SNI 的服务器"),
    fact(1_161, Topic::LongKeepAlive, "a keep alive above 300 s is cut to 300 s", "大于 300 秒的心跳会被截断为 300 秒"),
    fact(1_161, Topic::AccessPoint, "the access point may be lost at a restart", "重启后接入点可能失效"),
    fact(1_162, Topic::Names, "names with a time to live of 0 do not resolve", "TTL 为 0 的域名无法解析"),
    fact(1_164, Topic::General, "network entry may fail in special cases", "特殊情况下可能无法入网"),
    fact(1_169, Topic::AccessPoint, "a deleted access point still reads as saved", "已删除的接入点仍显示为已保存"),
    fact(1_170, Topic::Display, "AT+COPS? shows a wrong value", "AT+COPS? 的值有误"),
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
