//! What the demo panel may ask.

use crate::{
    mqtt::Password,
    settings::BrokerEntry,
    view::demo::{Extent, Group, Steer, Tab},
};

/// What the demo panel may ask.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DemoAction {
    /// Open or unfold the panel, or close it when all of it is open.
    Toggle,
    /// Open so much of the panel.
    Extend(Extent),
    /// Bring a part to the front.
    Show(Tab),
    /// The search text changed.
    Search(String),
    /// Hide or show the rows of a group.
    Fold(Group),
    /// Choose the scenario of this name, or let go of it.
    Choose(&'static str),
    /// The seed as typed changed.
    Seed(String),
    /// Connect as the Connect page says, or as the scenario says.
    UseOwnForm(bool),
    /// Start the chosen scenario, or start it again.
    Start,
    /// Leave the scenario that is on.
    Leave,
    /// Fill in the Connect page as the chosen scenario needs it.
    FillForm,
    /// Do the next step of what is on.
    NextStep,
    /// Do something to the module.
    Steer(Steer),
    /// The steering line as typed changed.
    Type(String),
    /// Do what the steering line says.
    Obey,
    /// The broker shall be like this from its next start on.
    Broker(Box<BrokerEntry>),
    /// The password that its clients need.
    BrokerPassword(Password),
    /// Start the broker, or start it again.
    StartBroker,
    /// Stop the broker.
    StopBroker,
    /// Cut off the client with this id.
    Kick(String),
}
