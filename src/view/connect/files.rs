//! Profiles to and from files: what is typed in the two dialogs, and what became of the last file.

use crate::{lang::Text, settings::foreign::Foreign};

/// Which of the dialogs is open.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileDialog {
    /// Read profiles.
    Import,
    /// Write profiles.
    Export,
    /// Write a connection for MQTTX.
    Mqttx,
}

impl FileDialog {
    /// The name a file of this kind gets by itself.
    pub fn file_name(self, profile: &str) -> String {
        let stem: String =
            profile.chars().map(|c| if c.is_alphanumeric() || "-_.".contains(c) { c } else { '-' }).collect();
        let stem = if stem.trim_matches(['-', '.']).is_empty() { "profile".to_owned() } else { stem };
        match self {
            Self::Import => String::new(),
            Self::Export => format!("{stem}.air780e.json"),
            Self::Mqttx => format!("{stem}.mqttx.json"),
        }
    }
}

/// State of the dialogs.
#[derive(Clone, Debug, Default)]
pub struct FilesScreen {
    /// The one that is open.
    pub open: Option<FileDialog>,
    /// The path as typed or picked.
    pub path: String,
    /// Whether all saved profiles are written and not only the one in use.
    pub is_all: bool,
    /// Whether passwords are written too, in clear, or taken from the file of another tool: the user's word for this one file.
    pub has_secrets: bool,
    /// The path at which a file may be replaced: the user was asked.
    pub may_replace: Option<String>,
    /// Whether something is under way.
    pub is_busy: bool,
    /// Connections of another tool that were read; they wait for the user's word.
    pub found: Option<Foreign>,
    /// What became of the last try.
    pub outcome: Option<FileOutcome>,
}

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileOutcome {
    /// It worked; one line each.
    Good(Vec<Text>),
    /// It did not, and nothing was changed.
    Bad(Text),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_named_after_the_profile_in_letters_that_every_disk_takes() {
        for (profile, name) in [
            ("机房 3/4", "机房-3-4.mqttx.json"),
            ("", "profile.mqttx.json"),
            ("../..", "profile.mqttx.json"),
            ("???", "profile.mqttx.json"),
        ] {
            assert_eq!(FileDialog::Mqttx.file_name(profile), name);
        }
    }
}
