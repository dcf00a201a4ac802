//! What the Messages page may ask.

use crate::{
    mqtt::{Draft, Filter, Qos},
    view::messages::Change,
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
    /// Take a topic filter that is off out of the list.
    Forget(Filter),
    /// Empty the history and the topic tree.
    Clear,
}
