//! What the Messages page may ask.

use crate::{
    mqtt::{Draft, Filter, Qos, Topic},
    settings::Template,
    view::messages::{Change, ExportFormat},
};

/// What the Messages page may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MessagesAction {
    /// Change what is typed, opened or chosen on the page.
    Change(Change),
    /// Send a message.
    Publish(Draft),
    /// Send what the composer holds once everything typed before has been taken.
    PublishTyped,
    /// Ask for one more topic filter.
    Subscribe {
        /// What is asked for.
        filter: Filter,
        /// Highest quality of service wanted.
        qos: Qos,
    },
    /// Stop asking for a topic filter.
    Unsubscribe(Filter),
    /// Take a topic filter out of the list: it is asked for no more.
    Forget(Filter),
    /// Write a subscription that was made here into the profile in use.
    KeepSubscription(Filter),
    /// Give a topic filter another colour, and keep it for later runs.
    Colour {
        /// The filter.
        filter: Filter,
        /// Number of the theme's series.
        colour: usize,
    },
    /// Make the broker forget the message that it keeps of a topic.
    ClearKept(Topic),
    /// Make the broker forget the messages that it keeps of several topics.
    ClearAllKept(Vec<Topic>),
    /// Let the user choose a file as payload.
    PickFile,
    /// Read this file as payload.
    ReadFile(String),
    /// Send what the composer holds again and again.
    StartRepeat,
    /// Send it no more.
    StopRepeat,
    /// Keep a template.
    KeepTemplate(Template),
    /// Forget the template of that name.
    ForgetTemplate(String),
    /// Let the client on this computer join the module's broker.
    JoinHere,
    /// Let it leave.
    LeaveHere,
    /// Break its connection without a word.
    BreakHere,
    /// Save the listed messages.
    Export(ExportFormat),
    /// Empty the history and the topic tree.
    Clear,
}
