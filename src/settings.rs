//! What is kept between runs: how the window looks and the profiles. Never a secret in clear.

use serde::{Deserialize, Serialize};

use crate::{lang::Lang, mqtt::Qos};

mod messages;

pub use self::messages::{MessagesPage, PayloadFormat, Template};

/// Everything that is kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Language; `None` until the user chose one, then the system's counts.
    pub lang: Option<Lang>,
    /// Light, dark or as the system.
    pub theme: ThemeChoice,
    /// Whether everything is drawn larger, for an audience.
    pub is_stage: bool,
    /// Whether the terminal strip is unfolded.
    pub is_strip_open: bool,
    /// Most terminal lines kept, 1,000 to 200,000.
    pub terminal_lines: usize,
    /// Most messages kept, 100 to 100,000.
    pub messages: usize,
    /// What the Messages page keeps.
    pub messages_page: MessagesPage,
    /// Profiles in the order of the user.
    pub profiles: Vec<Profile>,
    /// Name of the profile in use.
    pub chosen: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: None,
            theme: ThemeChoice::System,
            is_stage: false,
            is_strip_open: true,
            terminal_lines: 20_000,
            messages: 10_000,
            messages_page: MessagesPage::default(),
            profiles: Vec::new(),
            chosen: String::new(),
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
    /// Client identifier.
    pub client_id: String,
    /// User name; empty for none.
    pub user: String,
    /// Keep alive in seconds, as typed.
    pub keep_alive: String,
    /// Whether the broker shall forget the session when it ends.
    pub clean_session: bool,
    /// Wanted subscriptions.
    pub subscriptions: Vec<SubscriptionEntry>,
    /// Topic the composer starts with.
    pub publish_topic: String,
    /// Last will; unused while `is_on` is off.
    pub will: WillEntry,
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            name: String::new(),
            link: LinkChoice::Auto,
            baud: 115_200,
            uses_own_broker: true,
            host: String::new(),
            port: "1883".to_owned(),
            client_id: "air780e-companion".to_owned(),
            user: String::new(),
            keep_alive: "120".to_owned(),
            clean_session: true,
            subscriptions: vec![SubscriptionEntry::default()],
            publish_topic: "mqtt/sub".to_owned(),
            will: WillEntry::default(),
        }
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
