//! What a panel shows, computed from the model: pure, without egui.

pub mod certificates;
pub mod clip;
pub mod comeback;
pub mod connect;
pub mod demo;
pub mod fault;
pub mod files;
pub mod ladder;
pub mod latency;
pub mod messages;
pub mod notices;
pub mod recorded;
pub mod report;
pub mod rung;
pub mod save;
pub mod settings;
pub mod terminal;
pub mod top_bar;
pub mod troubleshoot;
pub mod waiting;
pub mod watch;

/// The words of the core that views speak in; panels take them from here.
pub use self::connect::Port;
pub use crate::model::status::{Rung, RungState};

/// A page of the window. What is the same of each wherever it is named stands in `ui::pages`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Page {
    /// Choose a port and a broker, and connect.
    #[default]
    Connect,
    /// Subscriptions, messages, composer.
    Messages,
    /// Certificates and keys, on this computer and on the module.
    Certificates,
    /// How long things take.
    Latency,
    /// Hours of one session, and why it was lost.
    Watch,
    /// What is wrong, why, and what to do.
    Troubleshoot,
    /// The whole conversation with the modem.
    Terminal,
    /// Language, theme, sizes.
    Settings,
}

impl Page {
    /// The pages in the order of the navigation.
    pub const ALL: [Self; 8] = [
        Self::Connect,
        Self::Messages,
        Self::Certificates,
        Self::Latency,
        Self::Watch,
        Self::Troubleshoot,
        Self::Terminal,
        Self::Settings,
    ];
}

/// How a line of the conversation looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum WireLook {
    /// What we sent.
    Sent,
    /// The modem's echo of it.
    Echo,
    /// The answer to it.
    Answer,
    /// What came unasked.
    Unsolicited,
    /// What nobody asked for and nobody knows.
    Unrecognised,
}

/// Below this height of the window, in points, the terminal strip folds by itself: its last line stays in sight.
pub const LOW_WINDOW: f32 = 700.0;

/// What the user has open, typed and chosen: everything of the window that is neither known of the modem nor kept
/// between runs.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// The page in front.
    pub page: Page,
    /// The rung whose evidence is open.
    pub rung: Option<Rung>,
    /// Whether the list of keys is open.
    pub is_help_open: bool,
    /// Whether the terminal strip was unfolded in a low window, where it is folded by itself.
    pub opens_low_strip: bool,
    /// State of the Connect page.
    pub connect: connect::Screen,
    /// State of the Terminal page.
    pub terminal: terminal::Screen,
    /// State of the Messages page.
    pub messages: messages::Screen,
    /// State of the Certificates page.
    pub certificates: certificates::Screen,
    /// State of the Latency page.
    pub latency: latency::Screen,
    /// State of the Watch page.
    pub watch: watch::Screen,
    /// The dialog that saves a file, while it is open.
    pub save: Option<save::Screen>,
    /// State of the Troubleshoot page.
    pub troubleshoot: troubleshoot::Screen,
    /// State of the demo panel.
    pub demo: demo::Screen,
    /// What is open of logs.
    pub recorded: recorded::Screen,
    /// The report that is made ready to be sent, while its dialog is open.
    pub report: Option<report::Screen>,
    /// State of the notices.
    pub notices: notices::Screen,
}
