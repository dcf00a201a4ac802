//! The form: from what was typed to a connection, and what is wrong where that is not possible.

use std::time::Duration;

use crate::{
    air780e::limits,
    lang::Text,
    model::{
        check::{self, Endpoint, Part},
        request::{Connection, Credentials, Reception, Security, Subscription, Suite, TlsOptions, Version, Will},
    },
    mqtt::{Draft, DraftError, Filter, TopicError},
    settings::{Profile, SecretKind, Secrets, SecurityCase, SecurityEntry},
    user_file::Pasted,
    view::{
        fault,
        files::{self, LocalFiles},
    },
};

use super::{
    access,
    problem::{Field, Found, Problem},
};

/// What is wrong with the form; empty when it can be used.
pub fn problems(profile: &Profile, secrets: &Secrets, uses_own_broker: bool, files: &LocalFiles) -> Vec<Problem> {
    let address = Address::of(profile, uses_own_broker);
    match connection(profile, secrets, &address, files) {
        Ok(_) => Vec::new(),
        Err(problems) => problems,
    }
}

/// Host and port to connect to, as typed or of the broker inside this program.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Host name or address.
    pub host: String,
    /// Port, as typed.
    pub port: String,
}

impl Address {
    /// As the profile says; a stand-in while the broker inside this program does not run.
    pub fn of(profile: &Profile, uses_own_broker: bool) -> Self {
        if uses_own_broker {
            let port = profile.security.case.usual_port();
            return Self { host: "127.0.0.1".to_owned(), port: port.to_owned() };
        }
        Self { host: profile.host.trim().to_owned(), port: profile.port.trim().to_owned() }
    }
}

/// The connection that `profile` describes, to `address`, with the files that were read for it.
pub fn connection(
    profile: &Profile,
    secrets: &Secrets,
    address: &Address,
    files: &LocalFiles,
) -> Result<Connection, Vec<Problem>> {
    let mut found = Found::default();
    found.pasted(profile);
    let port = found.number(Field::Port, &address.port);
    let keep_alive = found.number(Field::KeepAlive, &profile.keep_alive);
    let (places, subscriptions) = found.subscriptions(profile).into_iter().unzip::<usize, _, Vec<_>, Vec<_>>();
    let will = found.will(profile);
    let (security, tls) = found.security(profile, files);
    let user = profile.user.trim().to_owned();
    let has_login = !user.is_empty() || !secrets.login.is_empty();
    let connection = Connection {
        credentials: has_login.then(|| Credentials { user, password: secrets.login.clone() }),
        apn: access::point(&profile.sim, &secrets.access_point),
        keep_alive,
        clean_session: profile.clean_session,
        reception: if profile.is_cached { Reception::Cached } else { Reception::Direct },
        will,
        subscriptions,
        security,
        tls,
        ..Connection::new(address.host.as_str(), port, profile.client_id.trim())
    };
    for wrong in check::connection(&connection) {
        found.judged(field_of(wrong.part, profile, &places), &wrong.why);
    }
    found.in_order(connection)
}

/// `connection` with the subscriptions that were `added`; the newer wish counts where both ask for the same.
#[must_use]
pub fn with_added(mut connection: Connection, added: &[Subscription]) -> Connection {
    for wanted in added {
        match connection.subscriptions.iter_mut().find(|known| known.filter == wanted.filter) {
            Some(known) => known.qos = wanted.qos,
            None => connection.subscriptions.push(wanted.clone()),
        }
    }
    connection
}

/// The field in which `part` is typed; `places` are those of the subscriptions that could be read.
fn field_of(part: Part, profile: &Profile, places: &[usize]) -> Field {
    match part {
        Part::Host => Field::Host,
        Part::Port => Field::Port,
        Part::ClientId => Field::ClientId,
        Part::KeepAlive => Field::KeepAlive,
        Part::User => Field::User,
        Part::Password => Field::Password,
        Part::WillTopic => Field::WillTopic,
        Part::WillMessage => Field::WillPayload,
        Part::AccessPoint => Field::AccessPoint,
        Part::AccessUser => Field::AccessUser,
        Part::AccessPassword => Field::AccessPassword,
        Part::ServerName | Part::Negotiation => Field::ServerName,
        Part::File(place) => Field::FileName(files::needed(profile.security.case)[place]),
        Part::Subscription(place) => Field::Subscription(places[place]),
    }
}

/// What the host means, where it is none as it stands but a person would still read one out of it.
pub fn host_meant(profile: &Profile) -> Option<Endpoint> {
    check::endpoint(&profile.host)
}

/// What to think of when the keep alive lies outside what the vendor's tutorial advises (reference, section 11.3).
pub fn keep_alive_advice(profile: &Profile) -> Option<Text> {
    let seconds: u16 = profile.keep_alive.trim().parse().ok()?;
    let key = match seconds {
        1..60 => "keep-alive-short",
        241..=limits::KEEP_ALIVE_PLAIN => "keep-alive-long",
        0 | 60..=240 => return None,
        _ => "keep-alive-very-long",
    };
    Some(Text::new(key))
}

/// The names that are typed, each with its field.
fn names(profile: &Profile) -> Vec<(Field, &str)> {
    let security = &profile.security;
    let files = files::ROLES.map(|role| (Field::FileName(role), files::entry(security, role).name.as_str()));
    let subscriptions = profile.subscriptions.iter().enumerate();
    let fixed = [
        (Field::Host, profile.host.as_str()),
        (Field::ClientId, &profile.client_id),
        (Field::User, &profile.user),
        (Field::WillTopic, &profile.will.topic),
        (Field::AccessPoint, &profile.sim.access_point),
        (Field::AccessUser, &profile.sim.user),
        (Field::ServerName, &security.server_name),
    ];
    let subscriptions = subscriptions.map(|(place, entry)| (Field::Subscription(place), entry.filter.as_str()));
    fixed.into_iter().chain(files).chain(subscriptions).collect()
}

/// Fields whose text is secret and therefore not saved, though it can be used, and what to say of each.
pub fn not_saved(profile: &Profile, secrets: &Secrets) -> Vec<(Field, Text)> {
    let is_password = |text: &str| SecretKind::ALL.into_iter().any(|kind| secrets.of(kind).is_telling(text));
    let told = names(profile).into_iter().filter_map(|(field, text)| match Pasted::of(text) {
        Some(_) => Some((field, Text::new("field-looks-like-key"))),
        None => is_password(text.trim()).then(|| (field, Text::new("field-is-password"))),
    });
    told.collect()
}

/// What the parts of the profile describe, or what no value can be made of.
impl Found {
    /// The text of a key or a certificate is no name. One without the lines that stand around it may still be the name of
    /// somebody who is given a long one.
    fn pasted(&mut self, profile: &Profile) {
        for (field, text) in names(profile) {
            let may_be_name =
                matches!(field, Field::ClientId | Field::User | Field::AccessUser) && !text.contains("-----");
            match Pasted::of(text).filter(|_| !may_be_name) {
                Some(Pasted::Key) => self.push(field, Text::new("field-pasted-key")),
                Some(Pasted::Certificate) => self.push(field, Text::new("field-pasted-certificate")),
                None => {}
            }
        }
    }

    /// The subscriptions that can be read, each with its place in the form.
    fn subscriptions(&mut self, profile: &Profile) -> Vec<(usize, Subscription)> {
        let mut wanted: Vec<(usize, Subscription)> = Vec::new();
        for (place, entry) in profile.subscriptions.iter().enumerate() {
            let field = Field::Subscription(place);
            match entry.filter.trim().parse::<Filter>() {
                Ok(filter) if wanted.iter().any(|(_, earlier)| earlier.filter == filter) => {
                    self.push(field, Text::new("form-twice"));
                }
                Ok(filter) => wanted.push((place, Subscription { filter, qos: entry.qos })),
                Err(TopicError::Empty) => self.empty(field),
                Err(error) => self.push(field, fault::topic_text(&error)),
            }
        }
        wanted
    }

    fn security(&mut self, profile: &Profile, files: &LocalFiles) -> (Security, TlsOptions) {
        let typed = &profile.security;
        if typed.case == SecurityCase::Plain {
            return (Security::Plain, TlsOptions::default());
        }
        let mut names = Vec::new();
        for role in files::needed(typed.case) {
            let name = files::entry(typed, *role).name.trim();
            if !name.is_empty() && names.contains(&name) {
                self.push(Field::FileName(*role), Text::new("form-file-same-name"));
            }
            names.push(name);
        }
        let security = files::protection(typed, files).unwrap_or_else(|unfit| {
            self.problems.extend(unfit.into_iter().map(|unfit| Problem {
                field: Field::File(unfit.role),
                text: unfit.text,
                is_empty: unfit.is_empty,
            }));
            self.names(typed);
            Security::Encrypted
        });
        let server_name = Some(typed.server_name.trim().to_owned()).filter(|name| !name.is_empty());
        let number = |suite: &Suite| *suite as u16;
        let tls = TlsOptions {
            server_name,
            ignore_clock: typed.ignore_clock,
            suite: typed.suite.and_then(|wanted| SUITES.into_iter().find(|suite| number(suite) == wanted)),
            version: typed.version.and_then(|wanted| VERSIONS.into_iter().find(|version| *version as u8 == wanted)),
            negotiate_timeout: typed.negotiation_s.map(|seconds| Duration::from_secs(seconds.into())),
        };
        (security, tls)
    }

    /// Names of files, where no connection can be made to judge them with.
    fn names(&mut self, typed: &SecurityEntry) {
        for role in files::needed(typed.case) {
            if let Err(why) = check::file_name(files::entry(typed, *role).name.trim()) {
                self.judged(Field::FileName(*role), &why);
            }
        }
    }

    fn will(&mut self, profile: &Profile) -> Option<Will> {
        let entry = &profile.will;
        if !entry.is_on {
            return None;
        }
        let (topic, payload) = (entry.topic.trim().to_owned(), entry.payload.clone().into_bytes());
        match (Draft { topic, payload, qos: entry.qos, retain: entry.retain }).message() {
            Ok(message) => Some(Will { message }),
            Err(DraftError::Topic(TopicError::Empty)) => {
                self.empty(Field::WillTopic);
                None
            }
            Err(error) => {
                self.push(Field::WillTopic, fault::draft_text(&error));
                None
            }
        }
    }
}

/// The suites that can be offered alone, the stronger ones first.
pub const SUITES: [Suite; 6] =
    [Suite::Aes256Sha256, Suite::Aes256Sha, Suite::Aes128Sha, Suite::TripleDesSha, Suite::Rc4Sha, Suite::Rc4Md5];
/// The versions that can be allowed alone, the newest first.
pub const VERSIONS: [Version; 4] = [Version::Tls12, Version::Tls11, Version::Tls10, Version::Ssl3];

/// The name of a suite, by its number.
pub const fn suite_name(suite: Suite) -> &'static str {
    match suite {
        Suite::Aes256Sha => "AES256-SHA",
        Suite::Aes128Sha => "AES128-SHA",
        Suite::Rc4Sha => "RC4-SHA",
        Suite::Rc4Md5 => "RC4-MD5",
        Suite::TripleDesSha => "DES-CBC3-SHA",
        Suite::Aes256Sha256 => "AES256-SHA256",
        Suite::All => "–",
    }
}

/// The name of a version.
pub const fn version_name(version: Version) -> &'static str {
    match version {
        Version::Ssl3 => "SSL 3.0",
        Version::Tls10 => "TLS 1.0",
        Version::Tls11 => "TLS 1.1",
        Version::Tls12 => "TLS 1.2",
        Version::All => "–",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::{SubscriptionEntry, WillEntry};

    fn fields(profile: &Profile) -> Vec<Field> {
        problems(profile, &Secrets::default(), false, &LocalFiles::default())
            .into_iter()
            .map(|problem| problem.field)
            .collect()
    }

    fn usable() -> Profile {
        Profile { host: "broker.example".to_owned(), ..Profile::default() }
    }

    #[test]
    fn an_empty_profile_can_be_used_with_the_own_broker_only() {
        assert!(problems(&Profile::default(), &Secrets::default(), true, &LocalFiles::default()).is_empty());
        assert_eq!(fields(&Profile::default()), [Field::Host]);
        assert!(fields(&usable()).is_empty());
    }

    #[test]
    fn each_wrong_field_is_named() {
        let table: [(Profile, Field); 7] = [
            (Profile { port: "0".to_owned(), ..usable() }, Field::Port),
            (Profile { port: "70000".to_owned(), ..usable() }, Field::Port),
            (Profile { client_id: "x".repeat(257), ..usable() }, Field::ClientId),
            (Profile { user: "a\"b".to_owned(), ..usable() }, Field::User),
            (Profile { keep_alive: "two".to_owned(), ..usable() }, Field::KeepAlive),
            (
                Profile {
                    subscriptions: vec![SubscriptionEntry {
                        filter: "a/#/b".to_owned(),
                        ..SubscriptionEntry::default()
                    }],
                    ..usable()
                },
                Field::Subscription(0),
            ),
            (
                Profile {
                    will: WillEntry { is_on: true, topic: "a/+".to_owned(), ..WillEntry::default() },
                    ..usable()
                },
                Field::WillTopic,
            ),
        ];
        for (profile, field) in table {
            assert_eq!(fields(&profile), [field], "{profile:?}");
        }
    }

    #[test]
    fn a_filter_is_asked_for_once() {
        let twice = vec![SubscriptionEntry::default(), SubscriptionEntry::default()];
        assert_eq!(fields(&Profile { subscriptions: twice, ..usable() }), [Field::Subscription(1)]);
    }

    #[test]
    fn the_keep_alive_is_doubtful_outside_one_to_four_minutes() {
        let (short, long, very) = (Some("keep-alive-short"), Some("keep-alive-long"), Some("keep-alive-very-long"));
        let table = [("59", short), ("60", None), ("240", None), ("241", long), ("300", long), ("301", very)];
        for (typed, advice) in table.into_iter().chain([("x", None), ("0", None)]) {
            let profile = Profile { keep_alive: typed.to_owned(), ..usable() };
            assert_eq!(keep_alive_advice(&profile).map(|text| text.key()), advice, "{typed}");
        }
    }
}
