//! The file in which settings and profiles are kept. Its functions touch the disk: keep them off the UI thread.

use std::{
    fs::{File, TryLockError},
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use crossbeam_channel::never;
use serde_json::{Map, Value};

use crate::{
    own_file,
    settings::{Profile, Settings, exchange, merge::merged},
    user_file::{self, FileFault, Pasted},
};

use super::clock::Clock;

/// Where settings live.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
    logs: PathBuf,
}

/// Settings that were read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Loaded {
    /// What could be used.
    pub settings: Settings,
    /// What could not, when something could not.
    pub damage: Option<Damage>,
}

/// A file that could not be used as it is. It was put aside, whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Damage {
    /// Where the old file is now.
    pub kept_as: PathBuf,
    /// What is wrong with it, without any value of it.
    pub detail: String,
    /// How many profiles could be used all the same.
    pub profiles: usize,
}

impl Store {
    /// The user's own place for settings; `None` when the system names none. On Windows the settings follow the user from
    /// machine to machine (Roaming), the logs stay (Local): they may be large.
    pub fn of_user() -> Option<Self> {
        let folders = directories::ProjectDirs::from("", "", "air780e-companion")?;
        let folder = folders.config_dir().to_owned();
        let logs = if cfg!(windows) { folders.data_local_dir().join("logs") } else { folder.join("logs") };
        Some(Self { folder, logs })
    }

    /// A place of one's own, for tests and portable use.
    pub fn at(folder: PathBuf) -> Self {
        let logs = folder.join("logs");
        Self { folder, logs }
    }

    /// A place that travels with the program in the folder `programs`: when it `is_wanted`, or when it is there already.
    pub fn portable(programs: &Path, is_wanted: bool) -> Option<Self> {
        let folder = programs.join(PORTABLE);
        (is_wanted || folder.is_dir()).then(|| Self::at(folder))
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where logs and reports of crashes go unless the user says otherwise.
    pub fn logs(&self) -> &Path {
        &self.logs
    }

    /// The file itself.
    pub fn file(&self) -> PathBuf {
        self.folder.join("settings.json")
    }

    /// What was kept; the defaults when nothing was.
    ///
    /// A file that cannot be understood, or that a newer program wrote, is copied aside before anything can be written over
    /// it; what can be used of it is used. An error means that nothing may be written at all.
    pub fn load(&self) -> io::Result<Loaded> {
        let bytes = match user_file::read(&self.file(), user_file::SETTINGS) {
            Ok(bytes) => bytes,
            Err(FileFault::Missing) => return self.has_room().map(|()| Loaded::default()),
            Err(fault) => return Err(io::Error::other(fault)),
        };
        let (settings, detail) = understood(&bytes);
        let Some(detail) = detail else { return Ok(Loaded { settings, damage: None }) };
        let kept_as = self.put_aside(&bytes)?;
        let profiles = settings.profiles.len();
        Ok(Loaded { settings, damage: Some(Damage { kept_as, detail, profiles }) })
    }

    /// Whether the folder is there or could be: nothing may be kept where a file stands in its way.
    fn has_room(&self) -> io::Result<()> {
        let ground = self.folder.ancestors().find(|place| place.exists());
        if ground.is_none_or(Path::is_dir) { Ok(()) } else { Err(io::ErrorKind::NotADirectory.into()) }
    }

    /// Copies the file beside itself under a name that is free.
    fn put_aside(&self, bytes: &[u8]) -> io::Result<PathBuf> {
        let names = (1..=u32::MAX).map(|number| self.folder.join(format!("settings-unreadable-{number}.json")));
        let free = names.into_iter().find(|path| match user_file::read(path, user_file::SETTINGS) {
            Ok(earlier) => earlier == bytes,
            Err(fault) => fault == FileFault::Missing,
        });
        let path = free.ok_or_else(|| io::Error::other("no free name"))?;
        own_file::replace_own(&path, bytes)?;
        Ok(path)
    }

    /// Keeps what became of `base` in this window, which is `settings`, beside what other windows changed since; what is
    /// kept now. Nobody else writes meanwhile. The old file stays whole until the new one is.
    pub fn save(&self, base: &Settings, settings: &Settings) -> io::Result<Settings> {
        own_file::create_own_folder(&self.folder)?;
        let _alone = self.lock()?;
        let theirs = user_file::read(&self.file(), user_file::SETTINGS).map(|bytes| understood(&bytes));
        let merged = match theirs {
            Ok((theirs, None)) => merged(base, settings, &theirs),
            // What is damaged tells nobody's wishes.
            Ok((_, Some(_))) | Err(_) => settings.clone(),
        };
        let mut kept = serde_json::to_value(&merged)?;
        leave_out_pasted(&mut kept);
        own_file::replace_own(&self.file(), serde_json::to_string_pretty(&kept)?.as_bytes())?;
        Ok(serde_json::from_value(kept)?)
    }

    /// Waits until no other window writes, at most [`LOCK_LIMIT`]: a window that hangs must not hold all the others. They wait
    /// until what is returned is gone. A disk without locks has none.
    fn lock(&self) -> io::Result<Option<File>> {
        let path = self.folder.join("settings.lock");
        let file = match own_file::create(&path) {
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => own_file::go_on(&path)?,
            made => made?,
        };
        let began = Clock::start();
        loop {
            match file.try_lock() {
                Ok(()) => return Ok(Some(file)),
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => return Ok(None),
                Err(TryLockError::Error(error)) => return Err(error),
                Err(TryLockError::WouldBlock) if began.has_run_for(LOCK_LIMIT) => {
                    return Err(io::ErrorKind::ResourceBusy.into());
                }
                // Nothing is ever sent: what comes is the next try.
                Err(TryLockError::WouldBlock) => drop(never::<()>().recv_timeout(LOCK_PAUSE)),
            }
        }
    }
}

/// The text of a key or a certificate that was pasted into a field for something else is not kept.
fn leave_out_pasted(value: &mut Value) {
    match value {
        Value::String(text) if Pasted::of(text).is_some() => text.clear(),
        Value::Array(values) => values.iter_mut().for_each(leave_out_pasted),
        Value::Object(fields) => fields.values_mut().for_each(leave_out_pasted),
        _ => {}
    }
}

/// What can be used of the file, and what is wrong with the rest.
fn understood(bytes: &[u8]) -> (Settings, Option<String>) {
    let value: Value = match serde_json::from_slice(bytes) {
        Ok(value) => value,
        Err(error) => return (Settings::default(), Some(error.to_string())),
    };
    let newer = value.get("version").and_then(Value::as_u64).filter(|version| *version > u64::from(Settings::VERSION));
    let newer = newer.map(|version| format!("form {version} of a newer program"));
    if let Ok(settings) = serde_json::from_value::<Settings>(value.clone()) {
        return (Settings { version: Settings::VERSION, ..settings }, newer);
    }
    let Value::Object(mut fields) = value else {
        return (Settings::default(), Some("not an object".to_owned()));
    };
    let mut wrong: Vec<String> = newer.into_iter().collect();
    let profiles = sound_profiles(fields.remove("profiles"), &mut wrong);
    let usable = sound_fields(fields, &mut wrong);
    let settings = serde_json::from_value(Value::Object(usable)).unwrap_or_default();
    (Settings { profiles, version: Settings::VERSION, ..settings }, Some(wrong.join(", ")))
}

/// The profiles that can be used.
fn sound_profiles(value: Option<Value>, wrong: &mut Vec<String>) -> Vec<Profile> {
    let entries = match value {
        Some(Value::Array(entries)) => entries,
        Some(_) => {
            wrong.push("profiles".to_owned());
            return Vec::new();
        }
        None => return Vec::new(),
    };
    let mut sound = Vec::new();
    for (number, entry) in (1_usize..).zip(entries) {
        let profile = match &entry {
            Value::Object(fields) => exchange::profile(fields),
            _ => Err(String::new()),
        };
        match profile {
            Ok(profile) => sound.push(profile),
            Err(field) => wrong.push(format!("profile {number}: {field}")),
        }
    }
    sound
}

/// The other settings that can be used, each by itself.
fn sound_fields(fields: Map<String, Value>, wrong: &mut Vec<String>) -> Map<String, Value> {
    let is_sound = |key: &String, value: &Value| {
        let alone = Map::from_iter([(key.clone(), value.clone())]);
        serde_json::from_value::<Settings>(Value::Object(alone)).is_ok()
    };
    let (sound, bad): (Vec<_>, Vec<_>) = fields.into_iter().partition(|(key, value)| is_sound(key, value));
    wrong.extend(bad.into_iter().map(|(key, _)| key));
    sound.into_iter().collect()
}

/// How long a write waits for another window to end its own; after that it is an error of the kind
/// [`ResourceBusy`](io::ErrorKind::ResourceBusy).
const LOCK_LIMIT: Duration = Duration::from_secs(5);
const LOCK_PAUSE: Duration = Duration::from_millis(20);

/// The folder beside the program that makes it portable.
const PORTABLE: &str = "air780e-companion-data";

#[cfg(test)]
mod tests;
