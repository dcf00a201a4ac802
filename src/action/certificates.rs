//! What the Certificates page may ask.

use std::path::PathBuf;

use crate::{mqtt::Password, view::files::FileRole};

/// What the Certificates page may ask; pages with TLS fields ask it too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CertificatesAction {
    /// Name the demonstration's throw-away certificates in the profile, and make them first when there are none.
    UseDemo,
    /// Read all files of the profile again.
    ReadAgain,
    /// Open a file dialog for one place.
    Pick(FileRole),
    /// Put these files into the places that they are for.
    Drop(Vec<PathBuf>),
    /// Protect the way as the dropped files are for, or leave it as it is.
    Adopt(bool),
    /// Repair the file of one place, or take that back.
    Repair {
        /// The place.
        role: FileRole,
        /// Where the repaired bytes go.
        place: RepairPlace,
    },
    /// Unfold the commands of an upload.
    ShowCommands(bool),
    /// Write the files to the module and read them back.
    Upload,
    /// Stop the upload that runs.
    StopUpload,
    /// Ask the module for its files, its settings and its clock.
    LookAtModule,
    /// Read a file of the module back and compare it.
    Compare(String),
    /// Ask whether a file of the module shall be deleted, or no longer ask.
    AskDelete(Option<String>),
    /// Delete a file of the module.
    Delete(String),
    /// Offer to use the text of a key or a certificate that was pasted into a field for something else.
    OfferPasted(Password),
    /// Use that text from memory in one place, or forget it.
    UsePasted(Option<FileRole>),
}

/// Where repaired bytes go. The file they were made from is never changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RepairPlace {
    /// Into a new file beside the old one, which the profile then names.
    NewFile,
    /// Nowhere: they are used from memory until the program ends.
    Memory,
    /// The file is used as it is again.
    Nowhere,
}
