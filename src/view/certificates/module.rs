//! What is on the module: its files with their sizes, how they compare with those here, and what points to them.

use crate::{
    lang::Text,
    model::{
        Model,
        connection::Phase,
        files::{ModuleFiles, Question},
        request::Contents,
    },
    settings::Profile,
    view::{
        files::{self, FileRole, LocalFiles, ROLES},
        messages::grouped,
    },
};

use super::{Screen, role_key, visible, why_busy};

/// What is on the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleView {
    /// Why it cannot be asked now.
    pub why_not_ask: Option<Text>,
    /// What is known, in one sentence: free space, or that nothing was asked.
    pub summary: Text,
    /// Its files; `None` before they are known.
    pub files: Option<Vec<ModuleFileRow>>,
    /// Which file each place of the encryption points to; empty before it is known.
    pub pointers: Vec<Pointer>,
    /// The file whose deletion is being asked about.
    pub asks_delete: Option<DeleteAsk>,
}

/// One file on the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleFileRow {
    /// Its name, as the module tells it.
    pub name: String,
    /// Its name as it may stand on screen.
    pub shown: String,
    /// Its size, when it is known.
    pub size: Option<Text>,
    /// The places that point to it.
    pub places: Vec<Text>,
    /// How it compares with the file here that would get its name.
    pub comparison: Comparison,
    /// The same in words.
    pub text: Text,
    /// Why it cannot be read back or deleted now.
    pub why_not: Option<Text>,
}

/// How a file on the module compares with the one here.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Comparison {
    /// There is none here of that name.
    NoLocal,
    /// Only sizes are known, and they are equal.
    NotCompared,
    /// It is being read back.
    Reading,
    /// Equal, byte for byte.
    Equal,
    /// Not equal.
    Different,
}

/// A place of the encryption and what it is set to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// The key of `AT+SSLCFG`.
    pub key: &'static str,
    /// What it means.
    pub meaning: Text,
    /// What it is set to.
    pub value: Text,
    /// That the file it names is not on the module.
    pub is_dangling: bool,
}

/// A deletion that waits for a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeleteAsk {
    /// The file, as the module tells it.
    pub name: String,
    /// Its name as it may stand on screen.
    pub shown: String,
    /// What will be lost.
    pub loss: Text,
}

/// What is known of the module's files.
pub(super) fn view(model: &Model, screen: &Screen, profile: &Profile, local: &LocalFiles) -> ModuleView {
    let known = model.files();
    let why_not_ask = why_not_ask(model);
    let rows = known.listing().map(|listing| {
        listing.names.iter().map(|name| row(name, known, profile, local, why_not_ask.clone())).collect::<Vec<_>>()
    });
    ModuleView {
        summary: summary(model),
        asks_delete: screen.asks_delete.as_ref().map(|name| ask_delete(name, known, profile, local)),
        files: rows,
        pointers: pointers(known),
        why_not_ask,
    }
}

fn why_not_ask(model: &Model) -> Option<Text> {
    if model.files().is_uploading() {
        return Some(Text::new("upload-why-running"));
    }
    if model.files().is_asked(&Question::List) {
        return Some(Text::new("module-why-asked"));
    }
    why_busy(model.connection().phase())
}

fn summary(model: &Model) -> Text {
    let is_closed = *model.connection().phase() == Phase::Idle;
    match model.files().listing() {
        None => Text::new("module-not-asked"),
        Some(_) if is_closed => Text::new("module-closed"),
        Some(listing) => match listing.free {
            Some(free) => Text::new("module-free").with("count", listing.names.len()).with("bytes", grouped(free)),
            None => Text::new("module-free-unknown").with("count", listing.names.len()),
        },
    }
}

/// The place whose file would be called `name` on the module.
fn place_of<'a>(name: &str, profile: &'a Profile) -> Option<(FileRole, &'a str)> {
    ROLES.into_iter().find_map(|role| {
        let entry = files::entry(&profile.security, role);
        (entry.name.trim() == name).then_some((role, entry.path.as_str()))
    })
}

fn local_contents<'a>(name: &str, profile: &Profile, local: &'a LocalFiles) -> Option<&'a Contents> {
    let (role, _) = place_of(name, profile)?;
    local.file(role).map(|file| &file.contents)
}

fn row(name: &str, known: &ModuleFiles, profile: &Profile, local: &LocalFiles, why_not: Option<Text>) -> ModuleFileRow {
    let here = local_contents(name, profile, local);
    let (comparison, text) = compare(name, known, here);
    let size = known.known(name).and_then(|file| file.bytes);
    ModuleFileRow {
        name: name.to_owned(),
        shown: visible(name),
        size: size.map(|bytes| Text::new("file-bytes").with("count", grouped(bytes as u64))),
        places: places(name, known),
        comparison,
        text,
        why_not,
    }
}

/// The places of the encryption that point to `name`.
fn places(name: &str, known: &ModuleFiles) -> Vec<Text> {
    let Some(settings) = known.settings() else { return Vec::new() };
    let points =
        |key: &str| settings.values.iter().any(|(other, value)| *other == key && value.as_deref() == Some(name));
    ROLES.into_iter().filter(|role| points(key_of(*role))).map(|role| Text::new(role_key(role))).collect()
}

const fn key_of(role: FileRole) -> &'static str {
    match role {
        FileRole::Authority => "cacert",
        FileRole::ClientCertificate => "clientcert",
        FileRole::ClientKey => "clientkey",
    }
}

fn compare(name: &str, known: &ModuleFiles, here: Option<&Contents>) -> (Comparison, Text) {
    if known.is_asked(&Question::Read(name.to_owned())) {
        return (Comparison::Reading, Text::new("compare-reading"));
    }
    let Some(here) = here else { return (Comparison::NoLocal, Text::new("compare-no-local")) };
    let here = here.bytes();
    let Some(there) = known.known(name) else { return (Comparison::NotCompared, Text::new("compare-unknown")) };
    match (&there.contents, there.bytes) {
        (Some(contents), _) if contents.bytes() == here => {
            let text = Text::new("compare-equal").with("bytes", grouped(here.len() as u64));
            (Comparison::Equal, text)
        }
        (Some(contents), _) => {
            let there = contents.bytes();
            let same = here.iter().zip(there).take_while(|(one, other)| one == other).count();
            let text = Text::new("compare-different")
                .with("place", same + 1)
                .with("here", grouped(here.len() as u64))
                .with("there", grouped(there.len() as u64));
            (Comparison::Different, text)
        }
        (None, Some(bytes)) if bytes != here.len() => {
            let text = Text::new("compare-other-size")
                .with("here", grouped(here.len() as u64))
                .with("there", grouped(bytes as u64));
            (Comparison::Different, text)
        }
        (None, _) => (Comparison::NotCompared, Text::new("compare-unknown")),
    }
}

fn pointers(known: &ModuleFiles) -> Vec<Pointer> {
    let Some(settings) = known.settings() else { return Vec::new() };
    settings
        .values
        .iter()
        .map(|(key, value)| {
            let is_file = matches!(*key, "cacert" | "clientcert" | "clientkey");
            let name = value.as_deref().filter(|name| !name.is_empty());
            let is_missing = |name: &str| known.listing().is_some_and(|all| !all.names.iter().any(|one| one == name));
            Pointer {
                key,
                meaning: Text::new(meaning_key(key)),
                value: match (value, name) {
                    (None, _) => Text::new("pointer-untold"),
                    (Some(_), None) => Text::new("pointer-empty"),
                    (_, Some(name)) => value_text(key, name),
                },
                is_dangling: is_file && name.is_some_and(is_missing),
            }
        })
        .collect()
}

fn value_text(key: &str, value: &str) -> Text {
    match (key, value) {
        ("seclevel", "0") => Text::new("pointer-level-0"),
        ("seclevel", "1") => Text::new("pointer-level-1"),
        ("seclevel", "2") => Text::new("pointer-level-2"),
        ("ignorelocaltime", "0") => Text::new("pointer-clock-checked"),
        ("ignorelocaltime", "1") => Text::new("pointer-clock-ignored"),
        _ => Text::new("pointer-value").with("value", visible(value)),
    }
}

fn meaning_key(key: &str) -> &'static str {
    match key {
        "cacert" => "role-ca",
        "clientcert" => "role-certificate",
        "clientkey" => "role-key",
        "seclevel" => "pointer-level",
        "hostname" => "pointer-host",
        _ => "pointer-clock",
    }
}

fn ask_delete(name: &str, known: &ModuleFiles, profile: &Profile, local: &LocalFiles) -> DeleteAsk {
    let is_here = matches!(compare(name, known, local_contents(name, profile, local)).0, Comparison::Equal);
    let key = match (is_here, places(name, known).is_empty()) {
        (true, true) => "delete-loss-copy",
        (true, false) => "delete-loss-copy-used",
        (false, true) => "delete-loss-only",
        (false, false) => "delete-loss-only-used",
    };
    DeleteAsk { name: name.to_owned(), shown: visible(name), loss: Text::new(key) }
}
