//! What is kept between runs: how the window looks and the profiles. Never a secret in clear.

mod broker;
mod comeback;
pub mod exchange;
pub mod foreign;
mod latency;
mod log;
pub mod merge;
mod messages;
pub mod mqttx;
mod secrets;
mod sim;
mod window;

use serde::{Deserialize, Serialize};

use crate::{lang::Lang, mqtt::Qos};

pub use self::{
    broker::BrokerEntry,
    comeback::{ComebackChoice, ComebackEntry},
    latency::BudgetEntry,
    log::LogEntry,
    messages::{MessagesPage, PayloadFormat, Template},
    secrets::{SecretKind, Secrets},
    sim::{AccessCheck, SimEntry},
    window::WindowState,
};

/// Everything that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Version of the file's form, [`Settings::VERSION`]; 0 for a file of before there were versions.
    pub version: u32,
    /// Language; `None` until the user chose one, then the system's counts.
    pub lang: Option<Lang>,
    /// Light, dark or as the system.
    pub theme: ThemeChoice,
    /// Whether everything is drawn larger, for an audience.
    pub is_stage: bool,
    /// Whether the terminal strip is unfolded.
    pub is_strip_open: bool,
    /// Most terminal lines kept, 1,000 to 1,000,000.
    pub terminal_lines: usize,
    /// Most messages kept, 100 to 100,000.
    pub messages: usize,
    /// Whether this computer tries the same by itself when a TCP or TLS connection fails: name, port, handshake.
    pub tries_here: bool,
    /// The log of each connection.
    pub log: LogEntry,
    /// Paths of the logs that were read last, the newest first.
    pub last_logs: Vec<String>,
    /// The folder in which a file was saved last; empty before the first.
    pub last_folder: String,
    /// The broker inside this program.
    pub broker: BrokerEntry,
    /// What the Messages page keeps.
    pub messages_page: MessagesPage,
    /// What is wanted of publishes on the Latency page.
    pub latency_budget: BudgetEntry,
    /// Profiles in the order of the user.
    pub profiles: Vec<Profile>,
    /// Name of the profile in use.
    pub chosen: String,
    /// The profile in use as typed, when it differs from what is saved under its name.
    pub draft: Option<Profile>,
    /// What the window looked like.
    pub window: WindowState,
}

impl Settings {
    /// The form that this program writes.
    pub const VERSION: u32 = 1;
    /// So many logs are named again.
    pub const LAST_LOGS: usize = 8;
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            version: Self::VERSION,
            lang: None,
            theme: ThemeChoice::System,
            is_stage: false,
            is_strip_open: true,
            terminal_lines: 20_000,
            messages: 10_000,
            tries_here: true,
            log: LogEntry::default(),
            last_logs: Vec::new(),
            last_folder: String::new(),
            broker: BrokerEntry::default(),
            messages_page: MessagesPage::default(),
            latency_budget: BudgetEntry::default(),
            profiles: Vec::new(),
            chosen: String::new(),
            draft: None,
            window: WindowState::default(),
        }
    }
}

/// Which theme the window wears.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ThemeChoice {
    /// As the system says.
    #[default]
    System,
    /// Always light.
    Light,
    /// Always dark.
    Dark,
}

impl ThemeChoice {
    /// All three.
    pub const ALL: [Self; 3] = [Self::System, Self::Light, Self::Dark];
}

/// Which link a profile uses.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LinkChoice {
    /// The module's AT port when one is plugged in, else the virtual modem.
    #[default]
    Auto,
    /// The virtual modem.
    Virtual,
    /// A serial port by name or path.
    Port(String),
}

/// Everything needed to connect, secrets aside.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
#[expect(clippy::struct_excessive_bools, reason = "switches of a form")]
pub struct Profile {
    /// Its name, unique among the profiles; empty for the one that was never saved.
    pub name: String,
    /// The link.
    pub link: LinkChoice,
    /// Line rate in bits per second.
    pub baud: u32,
    /// Whether the virtual modem talks to the broker inside this program.
    pub uses_own_broker: bool,
    /// Broker's host name or address, as typed.
    pub host: String,
    /// Broker's port, as typed.
    pub port: String,
    /// Whether the user typed that port; if not, it follows the choice of encryption.
    pub is_port_typed: bool,
    /// How the way to the broker is protected.
    pub security: SecurityEntry,
    /// Client identifier.
    pub client_id: String,
    /// User name; empty for none.
    pub user: String,
    /// Keep alive in seconds, as typed.
    pub keep_alive: String,
    /// Whether the broker shall forget the session when it ends.
    pub clean_session: bool,
    /// Whether the module keeps messages in its four slots until they are fetched.
    pub is_cached: bool,
    /// Wanted subscriptions.
    pub subscriptions: Vec<SubscriptionEntry>,
    /// Topic the composer starts with.
    pub publish_topic: String,
    /// Last will; unused while `is_on` is off.
    pub will: WillEntry,
    /// What is done when the session is lost.
    pub comeback: ComebackEntry,
    /// The SIM card.
    pub sim: SimEntry,
    /// The passwords it needs, which are not part of it.
    pub passwords: PasswordEntry,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            name: String::new(),
            link: LinkChoice::Auto,
            baud: 115_200,
            uses_own_broker: true,
            host: String::new(),
            port: SecurityCase::Plain.usual_port().to_owned(),
            is_port_typed: false,
            security: SecurityEntry::default(),
            client_id: "air780e-companion".to_owned(),
            user: String::new(),
            keep_alive: "120".to_owned(),
            clean_session: true,
            is_cached: false,
            subscriptions: vec![SubscriptionEntry::default()],
            publish_topic: "mqtt/sub".to_owned(),
            will: WillEntry::default(),
            comeback: ComebackEntry::default(),
            sim: SimEntry::default(),
            passwords: PasswordEntry::default(),
        }
    }
}

impl Profile {
    /// The quality of service in which it asks for `filter`; `None` when it does not ask for it.
    pub fn asks_for(&self, filter: &str) -> Option<Qos> {
        self.subscriptions.iter().find(|entry| entry.filter.trim() == filter).map(|entry| entry.qos)
    }

    /// This profile after the user changed it to `fields`. A port that the user types stays; one that nobody typed
    /// follows the choice of encryption.
    #[must_use]
    pub fn changed_to(&self, fields: Self) -> Self {
        let mut new = fields;
        let (was, is) = (self.security.case.usual_port(), new.security.case.usual_port());
        if new.port != self.port {
            new.is_port_typed = !new.port.trim().is_empty();
        } else if was != is && !self.is_port_typed && (new.port.trim() == was || new.port.trim().is_empty()) {
            is.clone_into(&mut new.port);
        }
        new
    }
}

/// How the way to the broker is protected, in the four cases that a user tells apart.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SecurityCase {
    /// Not at all.
    #[default]
    Plain,
    /// Encrypted, but anybody may be at the other end.
    Encrypted,
    /// Encrypted, and the server shows a certificate.
    Server,
    /// Encrypted, and both sides show a certificate.
    Both,
}

impl SecurityCase {
    /// All four, from none to most.
    pub const ALL: [Self; 4] = [Self::Plain, Self::Encrypted, Self::Server, Self::Both];

    /// Whether the way is encrypted.
    pub const fn is_encrypted(self) -> bool {
        !matches!(self, Self::Plain)
    }

    /// The port that brokers usually have for it.
    pub const fn usual_port(self) -> &'static str {
        if self.is_encrypted() { "8883" } else { "1883" }
    }
}

/// Protection as chosen and typed. The files themselves are never kept here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SecurityEntry {
    /// Which of the four cases.
    pub case: SecurityCase,
    /// Certificates of the authorities that are believed.
    pub ca: FileEntry,
    /// The certificate that the module shows.
    pub certificate: FileEntry,
    /// The key to that certificate.
    pub key: FileEntry,
    /// Name asked of the server (SNI) and held against its certificate; empty takes the host.
    pub server_name: String,
    /// Whether the dates of certificates are left unchecked.
    pub ignore_clock: bool,
    /// The protocol version allowed, by its number at the module; `None` allows all of the module's.
    pub version: Option<u8>,
    /// The suite offered, by its number; `None` offers all of the module's.
    pub suite: Option<u16>,
    /// How long the handshake may take, in seconds; `None` leaves it to the module.
    pub negotiation_s: Option<u16>,
}

impl Default for SecurityEntry {
    fn default() -> Self {
        Self {
            case: SecurityCase::Plain,
            ca: FileEntry::named("ca.crt"),
            certificate: FileEntry::named("client.crt"),
            key: FileEntry::named("client.key"),
            server_name: String::new(),
            ignore_clock: false,
            version: None,
            suite: None,
            negotiation_s: None,
        }
    }
}

/// One file for the module, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FileEntry {
    /// Where it lies on this computer.
    pub path: String,
    /// What it is called on the module.
    pub name: String,
    /// Whether the file that is on the module already is used as it is.
    pub is_on_module: bool,
}

impl FileEntry {
    fn named(name: &str) -> Self {
        Self { name: name.to_owned(), ..Self::default() }
    }
}

/// One wanted subscription, as typed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct SubscriptionEntry {
    /// Topic filter.
    pub filter: String,
    /// Highest quality of service wanted.
    pub qos: Qos,
}

impl Default for SubscriptionEntry {
    fn default() -> Self {
        Self { filter: "mqtt/pub".to_owned(), qos: Qos::AtMostOnce }
    }
}

/// A last will, as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct WillEntry {
    /// Whether the connection has a will.
    pub is_on: bool,
    /// Its topic.
    pub topic: String,
    /// Its payload.
    pub payload: String,
    /// Its quality of service.
    pub qos: Qos,
    /// Whether the broker keeps it.
    pub retain: bool,
}

/// Which passwords a profile needs and where they may be kept; never the passwords themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct PasswordEntry {
    /// Whether it logs in at the broker with a password.
    pub has_login: bool,
    /// Whether its access point has a password.
    pub has_access_point: bool,
    /// Whether they shall be kept in the system's keyring.
    pub are_kept: bool,
}

impl PasswordEntry {
    /// Whether it needs any.
    pub const fn has_any(self) -> bool {
        self.has_login || self.has_access_point
    }

    /// Whether it needs that password.
    pub const fn has(self, kind: SecretKind) -> bool {
        match kind {
            SecretKind::Login => self.has_login,
            SecretKind::AccessPoint => self.has_access_point,
        }
    }
}

impl Default for PasswordEntry {
    /// None is needed; where there is a keyring, it keeps them.
    fn default() -> Self {
        Self { has_login: false, has_access_point: false, are_kept: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with_case(profile: &Profile, case: SecurityCase) -> Profile {
        let security = SecurityEntry { case, ..profile.security.clone() };
        profile.changed_to(Profile { security, ..profile.clone() })
    }

    #[test]
    fn the_port_follows_the_encryption_until_somebody_types_one() {
        let plain = Profile::default();
        let checked = with_case(&plain, SecurityCase::Server);
        assert_eq!((checked.port.as_str(), checked.is_port_typed), ("8883", false));
        assert_eq!(with_case(&checked, SecurityCase::Both).port, "8883");
        assert_eq!(with_case(&checked, SecurityCase::Plain).port, "1883");

        let typed = plain.changed_to(Profile { port: "1884".to_owned(), ..plain.clone() });
        assert_eq!(with_case(&typed, SecurityCase::Server).port, "1884");
        let back = typed.changed_to(Profile { port: "1883".to_owned(), ..typed.clone() });
        assert_eq!(with_case(&back, SecurityCase::Server).port, "1883", "typed on purpose");
        let emptied = back.changed_to(Profile { port: String::new(), ..back.clone() });
        assert!(!emptied.is_port_typed);
    }

    #[test]
    fn a_profile_of_an_older_program_has_no_encryption_and_the_usual_file_names() {
        let profile: Profile = serde_json::from_str(r#"{"name":"a","port":"1884"}"#).expect("a profile");
        assert_eq!(profile.security, SecurityEntry::default());
        assert_eq!(with_case(&profile, SecurityCase::Server).port, "1884", "no usual port: somebody typed it");
        let some = r#"{"security":{"case":"both","ca":{"path":"a.pem","name":"ca.crt"}}}"#;
        let profile: Profile = serde_json::from_str(some).expect("a profile");
        assert_eq!(profile.security.case, SecurityCase::Both);
        assert_eq!((profile.security.ca.path.as_str(), profile.security.key.name.as_str()), ("a.pem", "client.key"));
    }
}
