//! What may be asked of the module itself.

use crate::mqtt::Password;

/// What may be asked of the module itself, beside a connection.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ModuleAction {
    /// The PIN that is typed.
    Pin(Password),
    /// Unlock the card with it.
    Unlock,
    /// The name servers that are typed.
    Servers(String),
    /// Let the module ask them.
    SetServers,
    /// Delete the access point that the module keeps.
    ClearAccessPoint,
    /// Radio off, or on.
    Radio(bool),
    /// Restart the module.
    Restart,
    /// Let messages pass as hexadecimal digits, or as they are.
    HexMode(bool),
    /// Ask for everything again.
    Look,
    /// Erase a setting of the encryption by its key word.
    Erase(String),
}
