//! What can be changed one at a time, in the order from the narrowest to the widest, and how the module's settings stand then.

use std::{collections::BTreeMap, net::IpAddr, time::Duration};

use crate::{
    diagnosis::Changed,
    modem::{
        plan,
        request::{self, Connection, FileRef, Security},
    },
    tls::{Suite, TlsVersion},
};

/// How each setting stands by its key word; `None` when it is not set.
pub(super) type Settings = BTreeMap<&'static str, Option<String>>;

/// How the settings stand for `connection`.
pub(super) fn settings(connection: &Connection) -> Settings {
    plan::tls_settings(connection).into_iter().map(|change| (change.key, change.value)).collect()
}

/// How they stand with this one change; `None` when it would change nothing.
pub(super) fn changed(connection: &Connection, fresh: &[(String, String)], change: &Changed) -> Option<Settings> {
    let base = settings(connection);
    let mut other = connection.clone();
    let mut is_unnamed = false;
    match change {
        Changed::Files { .. } => other.security = renamed(&connection.security, fresh),
        Changed::DatesIgnored => other.tls.ignore_clock = true,
        Changed::HostAsName(_) => other.tls.server_name = None,
        Changed::NoName => is_unnamed = true,
        Changed::ServerOnly => {
            if let Security::Mutual { ca, .. } = &connection.security {
                other.security = Security::Server { ca: ca.clone() };
            }
        }
        Changed::Unchecked => other.security = Security::Encrypted,
        Changed::AnyVersion => other.tls.version = None,
        Changed::OneVersion(version) => other.tls.version = version_of(*version),
        Changed::AnySuite => other.tls.suite = None,
        Changed::OneSuite(suite) => other.tls.suite = suite_of(*suite),
        Changed::MoreTime => other.tls.negotiate_timeout = Some(LONGEST),
    }
    let mut all = settings(&other);
    if is_unnamed {
        all.insert("hostname", None);
    }
    // A lower level leaves the files where they are; they are only not looked at.
    for (key, value) in &base {
        all.entry(key).or_insert_with(|| value.clone());
    }
    (all != base).then_some(all)
}

/// What may be tried for `connection`, the narrowest first: a wider change would hide what a narrower one shows.
pub(super) fn in_order(connection: &Connection, other: Vec<(String, usize, usize)>, ran_out: bool) -> Vec<Changed> {
    let checks = !matches!(connection.security, Security::Plain | Security::Encrypted);
    let options = &connection.tls;
    let mut all = Vec::new();
    if !other.is_empty() {
        all.push(Changed::Files { other });
    }
    if checks && !options.ignore_clock {
        all.push(Changed::DatesIgnored);
    }
    let is_address = connection.host.parse::<IpAddr>().is_ok();
    if !is_address && options.server_name.as_ref().is_some_and(|name| *name != connection.host) {
        all.push(Changed::HostAsName(connection.host.clone()));
    }
    all.push(Changed::NoName);
    if matches!(connection.security, Security::Mutual { .. }) {
        all.push(Changed::ServerOnly);
    }
    if checks {
        all.push(Changed::Unchecked);
    }
    if options.version.is_some() {
        all.push(Changed::AnyVersion);
    } else {
        all.extend([TlsVersion::Tls12, TlsVersion::Tls11, TlsVersion::Tls10].map(Changed::OneVersion));
    }
    if options.suite.is_some() {
        all.push(Changed::AnySuite);
    } else {
        all.extend(Suite::ALL.map(Changed::OneSuite));
    }
    if ran_out && options.negotiate_timeout.is_none_or(|limit| limit < LONGEST) {
        all.push(Changed::MoreTime);
    }
    all
}

/// The same protection with the files under the names of their fresh copies.
pub(super) fn renamed(security: &Security, fresh: &[(String, String)]) -> Security {
    let name = |file: &FileRef| {
        let fresh = fresh.iter().find(|(name, _)| *name == file.name).map(|(_, fresh)| fresh.clone());
        FileRef { name: fresh.unwrap_or_else(|| file.name.clone()), ..file.clone() }
    };
    match security {
        Security::Plain | Security::Encrypted => security.clone(),
        Security::Server { ca } => Security::Server { ca: name(ca) },
        Security::Mutual { ca, certificate, key } => {
            Security::Mutual { ca: name(ca), certificate: name(certificate), key: name(key) }
        }
    }
}

fn version_of(version: TlsVersion) -> Option<request::Version> {
    match version {
        TlsVersion::Ssl3 => Some(request::Version::Ssl3),
        TlsVersion::Tls10 => Some(request::Version::Tls10),
        TlsVersion::Tls11 => Some(request::Version::Tls11),
        TlsVersion::Tls12 => Some(request::Version::Tls12),
        TlsVersion::Tls13 => None,
    }
}

fn suite_of(suite: Suite) -> Option<request::Suite> {
    use request::Suite as Asked;
    let all =
        [Asked::Aes256Sha, Asked::Aes128Sha, Asked::Rc4Sha, Asked::Rc4Md5, Asked::TripleDesSha, Asked::Aes256Sha256];
    all.into_iter().find(|one| *one as u16 == suite.id())
}

/// The longest that the module takes for `negotiatetimeout` (reference, section 9).
const LONGEST: Duration = Duration::from_mins(5);
