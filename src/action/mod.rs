//! What a panel may ask. Panels push actions; the app does them after the frame is drawn.

mod certificates;
mod comeback;
mod demo;
mod latency;
mod messages;
mod module;
mod profile;
mod recorded;
mod report;
mod terminal;
mod troubleshoot;
mod watch;

use crate::{
    lang::Lang,
    view::{Page, Rung},
};

pub use self::{
    certificates::{CertificatesAction, RepairPlace},
    comeback::ComebackAction,
    demo::DemoAction,
    latency::LatencyAction,
    messages::MessagesAction,
    module::ModuleAction,
    profile::{FilesAction, ProfileAction, SecretsAction},
    recorded::RecordedAction,
    report::ReportAction,
    terminal::TerminalAction,
    troubleshoot::{BisectAction, Remedy, ScanAction, TroubleshootAction},
    watch::WatchAction,
};
/// The words in which a panel asks; panels take them from here.
pub use crate::{
    mqtt::{Password, Qos},
    settings::{
        AccessCheck, ComebackChoice, ComebackEntry, FileEntry, LinkChoice, Profile, SecretKind, Secrets, SecurityCase,
        ThemeChoice,
    },
};

/// Something the user wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    /// Bring a page to the front.
    Go(Page),
    /// Open a rung's evidence, or close it.
    ShowRung(Option<Rung>),
    /// Open the list of keys, or close it.
    ShowHelp(bool),
    /// Connect as the profile says.
    Connect,
    /// Close the session and the port, or stop connecting.
    Disconnect,
    /// Close the window although the module has not logged off, or leave it open.
    Close(bool),
    /// Look for serial ports again.
    ListPorts,
    /// Change the profile in use.
    Edit(Edit),
    /// Ask these ports whether they take AT commands; all that were found when none is named.
    ProbePorts(Vec<String>),
    /// Manage profiles.
    Profile(ProfileAction),
    /// Answer the question for passwords.
    Secrets(SecretsAction),
    /// Change how the window looks.
    Look(Look),
    /// Something on the terminal.
    Terminal(TerminalAction),
    /// Something on the Messages page.
    Messages(MessagesAction),
    /// Something about certificates.
    Certificates(CertificatesAction),
    /// Something on the Latency page.
    Latency(LatencyAction),
    /// Something on the Watch page.
    Watch(WatchAction),
    /// Something about the module itself.
    Module(ModuleAction),
    /// Something about coming back to a lost session.
    Comeback(ComebackAction),
    /// Something in the dialog that saves a file.
    Save(SaveAction),
    /// Something on the Troubleshoot page.
    Troubleshoot(TroubleshootAction),
    /// Something about a log.
    Recorded(RecordedAction),
    /// Something about a report.
    Report(ReportAction),
    /// Something on the demo panel.
    Demo(DemoAction),
    /// Take a notice away.
    DismissNotice(u64),
    /// Open the list of all notices, or close it.
    ShowNotices(bool),
    /// Put text on the clipboard.
    Copy(String),
    /// Show the folder of the file at this path in the system's own window for files.
    OpenFolder(String),
}

/// A change of the profile in use, as typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// The link.
    Link(LinkChoice),
    /// All of the profile's typed fields at once.
    Fields(Box<Profile>),
    /// One of the passwords; kept in memory only.
    Secret(SecretKind, Password),
    /// A subscription more, with the defaults.
    AddSubscription,
    /// The path field for a port that is not listed.
    PortPath(String),
    /// The name field for saving the profile.
    ProfileName(String),
}

/// How the window looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// The language.
    Lang(Lang),
    /// Light, dark, as the system.
    Theme(ThemeChoice),
    /// Larger, for an audience.
    Stage(bool),
    /// The terminal strip unfolded.
    Strip(bool),
    /// Most terminal lines kept.
    TerminalLines(usize),
    /// Most messages kept.
    Messages(usize),
    /// A log of each connection.
    Log(bool),
    /// Trying the same from this computer when a connection fails.
    TriesHere(bool),
    /// The folder for logs; empty for the one beside the settings.
    LogFolder(String),
    /// Whether what is copied and exported shows the numbers of device and card, and positions.
    ShowsNumbers(bool),
}

/// What the dialog that saves a file may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveAction {
    /// The path changed.
    Path(String),
    /// Open the system's own dialog.
    Choose,
    /// Write the file.
    Write,
    /// Write nothing.
    Cancel,
}
