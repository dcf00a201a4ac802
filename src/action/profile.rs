//! What can be asked of profiles and their passwords.

use crate::{mqtt::Password, settings::SecretKind, view::connect::files::FileDialog};

/// What can be done with profiles.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProfileAction {
    /// Use the profile of that name.
    Choose(String),
    /// Keep the profile in use under that name.
    Save(String),
    /// Give the saved profile in use another name.
    Rename(String),
    /// Keep a copy of the profile in use under a new name.
    Duplicate,
    /// Ask whether the profile in use shall be forgotten, or no longer ask.
    AskDelete(bool),
    /// Forget the profile in use.
    Delete,
    /// Start over with an empty one.
    New,
    /// Read profiles from a file, or write them.
    Files(FilesAction),
}

/// What can be done in the dialogs of files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FilesAction {
    /// Open a dialog, or close it.
    Open(Option<FileDialog>),
    /// The path changed.
    Path(String),
    /// Pick the path with the system's own dialog.
    Pick,
    /// Write all saved profiles, or only the one in use.
    All(bool),
    /// Write passwords too, in clear.
    WithSecrets(bool),
    /// Read or write the file.
    Run,
}

/// What can be answered when passwords are asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SecretsAction {
    /// A password was typed.
    Type(SecretKind, Password),
    /// Keep them in the system's keyring, or do not.
    Keep(bool),
    /// Connect with what was typed.
    Connect,
    /// Connect without those that are missing, now and from now on.
    ConnectWithout,
    /// Do not connect.
    Cancel,
}
