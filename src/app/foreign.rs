//! Files of profiles, of this program or of another tool, read from the disk; with what the module could not do with the
//! certificates that they name.

use std::path::Path;

use crate::{
    certs::{FileFacts, PublicKey},
    lang::Text,
    settings::{
        exchange::ImportError,
        foreign::{self, Found, Import},
    },
    user_file::{self, FileFault},
    view::files::{self, fault_text, needed},
};

/// Reads the file at `path`.
pub(super) fn read(path: &Path) -> Result<Import, Text> {
    let text = match user_file::read_text(path, user_file::PROFILES) {
        Ok(text) => text,
        Err(FileFault::TooLarge { .. }) => return Err(Text::new("import-too-large")),
        Err(FileFault::NotText { .. }) => return Err(Text::new("import-not-text")),
        Err(fault) => return Err(fault_text(&path.display().to_string(), &fault)),
    };
    let mut import = foreign::import(&text).map_err(|error| import_text(&error))?;
    if let Import::Foreign(foreign) = &mut import {
        foreign.found.iter_mut().for_each(look_at_files);
    }
    Ok(import)
}

/// Whether the file at `path` holds profiles, sound or not: what is dropped is told by that.
pub(super) fn holds_profiles(path: &Path) -> bool {
    let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
    let text = || user_file::read_text(path, user_file::PROFILES).ok();
    is_json
        && text().is_some_and(|text| {
            !matches!(foreign::import(&text), Err(ImportError::NotJson { .. } | ImportError::NotProfiles))
        })
}

/// Adds what is to be said of the files that the profile names.
fn look_at_files(found: &mut Found) {
    let security = &found.parcel.profile.security;
    for role in needed(security.case) {
        let path = files::entry(security, *role).path.trim();
        if path.is_empty() {
            continue;
        }
        let note = match user_file::read(Path::new(path), user_file::CERTIFICATES) {
            Err(_) => "foreign-no-file",
            Ok(bytes) if is_elliptic(&bytes) => "foreign-elliptic",
            Ok(_) => continue,
        };
        found.notes.push(Text::new(note).with("path", path));
    }
}

fn is_elliptic(bytes: &[u8]) -> bool {
    let facts = FileFacts::read(bytes);
    let of_certificates = facts.certificates().any(|one| matches!(one.key, PublicKey::Elliptic { .. }));
    of_certificates || facts.key().is_some_and(|key| matches!(key.kind, Some(PublicKey::Elliptic { .. })))
}

fn import_text(error: &ImportError) -> Text {
    match error {
        ImportError::NotJson { line, column } => {
            Text::new("import-not-json").with("line", *line).with("column", *column)
        }
        ImportError::NotProfiles => Text::new("import-not-profiles"),
        ImportError::TooNew { found, known } => Text::new("import-too-new").with("found", *found).with("known", *known),
        ImportError::Empty => Text::new("import-empty"),
        ImportError::BadProfile { number, name, field, .. } => Text::new("import-bad-profile")
            .with("number", *number)
            .with("name", name.as_str())
            .with("field", field.as_str()),
    }
}
