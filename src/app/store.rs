//! The file in which settings and profiles are kept. Its functions touch the disk: keep them off the UI thread.

use std::{
    fs, io,
    path::{Path, PathBuf},
};

use crate::settings::Settings;

/// Where settings live.
#[derive(Clone, Debug)]
pub struct Store {
    folder: PathBuf,
}

impl Store {
    /// The user's own place for settings; `None` when the system names none.
    pub fn of_user() -> Option<Self> {
        directories::ProjectDirs::from("", "", "air780e-companion")
            .map(|folders| Self { folder: folders.config_dir().to_owned() })
    }

    /// A place of one's own, for tests and portable use.
    pub const fn at(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// The folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The file itself.
    pub fn file(&self) -> PathBuf {
        self.folder.join("settings.json")
    }

    /// What was kept; the defaults when nothing was.
    ///
    /// A file that cannot be understood is left where it is and reported.
    pub fn load(&self) -> io::Result<Settings> {
        match fs::read_to_string(self.file()) {
            Ok(text) => serde_json::from_str(&text).map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Settings::default()),
            Err(error) => Err(error),
        }
    }

    /// Keeps `settings`. The old file stays whole until the new one is.
    pub fn save(&self, settings: &Settings) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let text = serde_json::to_string_pretty(settings)?;
        let fresh = self.folder.join("settings.json.new");
        fs::write(&fresh, text)?;
        fs::rename(fresh, self.file())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::Profile;

    #[test]
    fn what_was_saved_is_loaded() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::at(folder.path().join("deep"));
        assert_eq!(store.load().expect("defaults"), Settings::default());
        let profile = Profile { name: "机房".to_owned(), ..Profile::default() };
        let settings = Settings { profiles: vec![profile], is_stage: true, ..Settings::default() };
        store.save(&settings).expect("saved");
        assert_eq!(store.load().expect("loaded"), settings);
    }

    #[test]
    fn a_file_that_is_not_ours_is_reported_and_left() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::at(folder.path().to_owned());
        fs::write(store.file(), "{ not json").expect("written");
        assert_eq!(store.load().expect_err("no settings").kind(), io::ErrorKind::InvalidData);
        assert_eq!(fs::read_to_string(store.file()).expect("still there"), "{ not json");
    }

    #[test]
    fn settings_of_an_older_program_keep_what_they_have() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::at(folder.path().to_owned());
        fs::write(store.file(), r#"{"profiles":[{"name":"a","host":"h"}],"unknown":1}"#).expect("written");
        let settings = store.load().expect("loaded");
        assert_eq!(settings.profiles[0].host, "h");
        assert_eq!(settings.profiles[0].keep_alive, "120");
    }
}
