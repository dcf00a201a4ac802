//! Logins of cloud platforms: what their ids and user names say of mode and expiry. Passwords are never seen here.

use super::{ended, is_wrong_state, sent, told};
use crate::{
    air780e::verb::Verb,
    diagnosis::{
        Course, Fact, Trouble, catalogue as c, rules::seconds_of_clock, suspects::Suspects, trouble::command_of,
    },
    lang::Text,
    modem::event::{ExchangeRecord, Fault},
    time::Moment,
};

/// A platform that signs its logins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Platform {
    Aliyun,
    Huawei,
    Tencent,
    OneNet,
}

/// Why a signed login cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Flaw {
    /// The signature is made for the other kind of link.
    Mode(String),
    /// It ended, or was made, at this second since 1970.
    Expired(i64),
}

/// A platform refused the login: by a flaw that its id shows, else perhaps by signature or device.
pub(super) fn signature(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let Some((configured, opened)) = refused_login(course, trouble) else { return };
    let (id, user) =
        (configured.command.argument(0).unwrap_or_default(), configured.command.argument(1).unwrap_or_default());
    let Some(platform) = Platform::of(opened.command.target().map_or("", |target| target.host), id, user) else {
        return;
    };
    let is_encrypted = opened.command.verb() == Verb::OpenTls;
    match flaw(platform, id, user, is_encrypted, clock(course, trouble.at)) {
        Some(Flaw::Mode(mode)) => {
            suspects.seen(&c::CLOUD_SIGNATURE, [Fact::at(configured.sent_at, mode), ended(opened)]);
        }
        Some(Flaw::Expired(at)) => {
            let day = chrono::DateTime::from_timestamp(at, 0)
                .map_or_else(|| at.to_string(), |time| time.format("%Y-%m-%d %H:%M UTC").to_string());
            let date = told(configured.sent_at, Text::new("fact-cloud-date").put("day", day));
            suspects.likely(&c::CLOUD_SIGNATURE, [sent(configured), date]);
        }
        None => {
            suspects.possible(&c::CLOUD_SIGNATURE, [sent(configured)]);
            suspects.possible(&c::DEVICE_DISABLED, [sent(configured)]);
        }
    }
}

/// The module showed a certificate, the handshake went well, and the login was refused: the platform does not know the certificate.
pub(super) fn certificate(course: &Course, trouble: &Trouble, suspects: &mut Suspects) {
    let Some((_, opened)) = refused_login(course, trouble).filter(|(_, opened)| opened.command.verb() == Verb::OpenTls)
    else {
        return;
    };
    let level = course.exchanges().rfind(|record| {
        record.command.verb() == Verb::TlsSetting
            && record.command.argument(0) == Some("seclevel")
            && record.command.argument(2).is_some()
    });
    let Some(level) = level.filter(|record| record.command.argument(2) == Some("2")) else { return };
    let host = opened.command.target().map_or("", |target| target.host);
    if BY_CERTIFICATE.iter().any(|end| host.ends_with(end)) {
        suspects.likely(&c::CLIENT_NOT_REGISTERED, [sent(level), ended(opened)]);
    } else {
        suspects.possible(&c::CLIENT_NOT_REGISTERED, [sent(level), ended(opened)]);
    }
}

/// The configuration and the open link of a login that the broker refused.
fn refused_login<'a>(course: &'a Course, trouble: &Trouble) -> Option<(&'a ExchangeRecord, &'a ExchangeRecord)> {
    let is_login = command_of(&trouble.fault).is_some_and(|line| line.verb() == Verb::LogIn);
    if !is_login || is_wrong_state(&trouble.fault) || matches!(trouble.fault, Fault::TimedOut { .. }) {
        return None;
    }
    let configured = course.last(|verb| verb == Verb::Configure).filter(|record| record.result.is_ok())?;
    let opened = course.last(Verb::opens).filter(|record| record.result.is_ok())?;
    Some((configured, opened))
}

impl Platform {
    fn of(host: &str, id: &str, user: &str) -> Option<Self> {
        let is_at = |ends: &[&str]| ends.iter().any(|end| host.ends_with(end));
        if id.contains("securemode=") || is_at(&[".aliyuncs.com"]) {
            Some(Self::Aliyun)
        } else if is_at(&[".myhuaweicloud.com"]) || huawei_hour(id).is_some() {
            Some(Self::Huawei)
        } else if is_at(&[".tencentdevices.com"]) || tencent_expiry(user).is_some() {
            Some(Self::Tencent)
        } else if is_at(&["heclouds.com"]) {
            Some(Self::OneNet)
        } else {
            None
        }
    }
}

fn flaw(platform: Platform, id: &str, user: &str, is_encrypted: bool, now: Option<i64>) -> Option<Flaw> {
    match platform {
        // 2 is for TLS, 3 for TCP.
        Platform::Aliyun => {
            let mode = id.split_once("securemode=")?.1.split([',', '|']).next()?;
            let wanted = if is_encrypted { "2" } else { "3" };
            (mode != wanted)
                .then(|| Flaw::Mode(format!("securemode={mode}, {}", if is_encrypted { "TLS" } else { "TCP" })))
        }
        // With 1 before the hour the platform compares it with its own.
        Platform::Huawei => {
            let (is_checked, hour) = huawei_hour(id)?;
            (is_checked && now.is_some_and(|now| (now - hour).abs() > 2 * HOUR)).then_some(Flaw::Expired(hour))
        }
        Platform::Tencent => tencent_expiry(user).filter(|end| now.is_some_and(|now| *end < now)).map(Flaw::Expired),
        Platform::OneNet => None,
    }
}

/// `…_0_1_2026031108`: whether the hour is checked, and its begin in seconds since 1970.
fn huawei_hour(id: &str) -> Option<(bool, i64)> {
    let mut parts = id.rsplitn(4, '_');
    let (hour, check, kind, device) = (parts.next()?, parts.next()?, parts.next()?, parts.next()?);
    let is_form = hour.len() == 10 && matches!(check, "0" | "1") && kind == "0" && !device.is_empty();
    let time =
        chrono::NaiveDateTime::parse_from_str(&format!("{hour}0000"), "%Y%m%d%H%M%S").ok().filter(|_| is_form)?;
    Some((check == "1", time.and_utc().timestamp()))
}

/// `…;12010126;…;1799999999`: the last field is the end of validity in seconds since 1970.
fn tencent_expiry(user: &str) -> Option<i64> {
    let parts: Vec<_> = user.split(';').collect();
    let [_, application, _, end] = parts[..] else { return None };
    application.parse::<u64>().ok()?;
    end.parse().ok().filter(|end| *end > 1_000_000_000)
}

/// Seconds since 1970 at `at`: by the module's clock, else by this computer's at the link's opening.
fn clock(course: &Course, at: Moment) -> Option<i64> {
    let by_module = course.status.details.clock.as_ref().and_then(|seen| seconds_of_clock(&seen.value));
    // A module that was never told the time begins in 1970 or 2000.
    by_module.filter(|seconds| *seconds > LONG_AGO).or_else(|| Some(course.anchor()?.at(at).timestamp()))
}

/// Clouds that know their devices by certificates.
const BY_CERTIFICATE: &[&str] = &[".amazonaws.com", ".amazonaws.com.cn", ".azure-devices.net", ".azure-devices.cn"];
const HOUR: i64 = 3_600;
/// 2020.
const LONG_AGO: i64 = 1_577_836_800;

#[cfg(test)]
mod tests {
    use super::{
        super::tests::{Kit, outcome, refusal},
        *,
    };
    use crate::{
        diagnosis::Certainty::{Likely, Possible, Seen},
        modem::event::Awaited,
        time::Observed,
    };

    const LOGIN: &str = "AT+MCONNECT=1,120";

    fn refused(open: &str, host: &str, id: &str, user: &str) -> Kit {
        let kit = Kit::default().works(&format!("AT+MCONFIG=\"{id}\",\"{user}\",\"***\""), "OK");
        let kit = kit.works(&format!("{open}=\"{host}\",1883"), "CONNECT OK").ends_in(LOGIN, Awaited::Login, "CLOSED");
        kit.knows(|status| {
            status.details.clock = Some(Observed::new("26/03/04,08:30:00+00".to_owned(), Moment::ZERO, "AT+CCLK"));
        })
    }

    fn said(kit: &Kit) -> Vec<(&'static str, crate::diagnosis::Certainty)> {
        kit.of(signature, &kit.trouble(outcome(LOGIN, Awaited::Login, "CLOSED")))
    }

    #[test]
    fn a_mode_for_the_other_kind_of_link_is_seen() {
        let id = "dev|securemode=2,signmethod=hmacsha1|";
        assert_eq!(said(&refused("AT+MIPSTART", "x.iot-as-mqtt.test", id, "u")), [("F-146", Seen)]);
        assert_eq!(
            said(&refused("AT+SSLMIPSTART", "x.iot-as-mqtt.test", id, "u")),
            [("F-146", Possible), ("F-147", Possible)]
        );
    }

    #[test]
    fn an_end_that_has_passed_is_told_by_the_modules_clock() {
        let tencent = |end: i64| refused("AT+MIPSTART", "b", "c", &format!("PRODdev;12010126;ABC;{end}"));
        assert_eq!(said(&tencent(1_700_000_000)), [("F-146", Likely)]);
        assert_eq!(said(&tencent(1_900_000_000)), [("F-146", Possible), ("F-147", Possible)]);
        let huawei = |id: &str| refused("AT+MIPSTART", "b", id, "u");
        assert_eq!(said(&huawei("dev_0_1_2025010100")), [("F-146", Likely)]);
        assert_eq!(said(&huawei("dev_0_1_2026030408")), [("F-146", Possible), ("F-147", Possible)]);
        assert_eq!(
            said(&huawei("dev_0_0_2025010100")),
            [("F-146", Possible), ("F-147", Possible)],
            "the hour is not checked"
        );
    }

    #[test]
    fn a_login_of_no_platform_and_one_at_the_wrong_time_are_silent() {
        assert_eq!(said(&refused("AT+MIPSTART", "broker.test", "client_1", "user;x")), []);
        let kit = refused("AT+MIPSTART", "x.aliyuncs.com", "c", "u");
        assert_eq!(kit.of(signature, &kit.trouble(refusal(LOGIN, 767))), []);
        assert_eq!(kit.of(signature, &kit.trouble(refusal("AT+MSUB=\"t\",0", 0))), []);
    }

    #[test]
    fn a_certificate_that_the_cloud_does_not_know() {
        let shown = |host: &str, level: u8| {
            let kit = Kit::default()
                .works(&format!("AT+SSLCFG=\"seclevel\",88,{level}"), "OK")
                .works("AT+MCONFIG=\"c\"", "OK");
            let kit = kit.works(&format!("AT+SSLMIPSTART=\"{host}\",8883"), "CONNECT OK").ends_in(
                LOGIN,
                Awaited::Login,
                "CLOSED",
            );
            kit.of(certificate, &kit.trouble(outcome(LOGIN, Awaited::Login, "CLOSED")))
        };
        assert_eq!(shown("a1.iot.eu-west-1.amazonaws.com", 2), [("F-133", Likely)]);
        assert_eq!(shown("broker.test", 2), [("F-133", Possible)]);
        assert_eq!(shown("a1.iot.eu-west-1.amazonaws.com", 1), []);
    }
}
