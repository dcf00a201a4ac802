//! Settings on a disk: kept, damaged, newer, older.

use std::fs;

use super::*;

fn store() -> (tempfile::TempDir, Store) {
    let folder = tempfile::tempdir().expect("a folder");
    let store = Store::at(folder.path().to_owned());
    (folder, store)
}

fn load_text(text: &str) -> (tempfile::TempDir, Loaded) {
    let (folder, store) = store();
    fs::write(store.file(), text).expect("written");
    let loaded = store.load().expect("loaded");
    (folder, loaded)
}

#[test]
fn what_was_saved_is_loaded() {
    let (folder, _) = store();
    let store = Store::at(folder.path().join("deep"));
    assert_eq!(store.load().expect("defaults"), Loaded::default());
    let profile = Profile { name: "机房".to_owned(), ..Profile::default() };
    let settings = Settings { profiles: vec![profile], is_stage: true, ..Settings::default() };
    store.save(&Settings::default(), &settings).expect("saved");
    assert_eq!(store.load().expect("loaded"), Loaded { settings, damage: None });
}

#[test]
fn a_file_in_the_folders_place_is_told() {
    let (folder, _) = store();
    fs::write(folder.path().join(".config"), "in the way").expect("written");
    let error = Store::at(folder.path().join(".config/air780e-companion")).load().expect_err("no room");
    assert_eq!(error.kind(), io::ErrorKind::NotADirectory);
    assert_eq!(Store::at(folder.path().join("a/b")).load().expect("room"), Loaded::default());
}

#[test]
fn a_folder_beside_the_program_makes_it_portable() {
    let programs = tempfile::tempdir().expect("a folder");
    assert!(Store::portable(programs.path(), false).is_none());
    let wanted = Store::portable(programs.path(), true).expect("asked for");
    wanted.save(&Settings::default(), &Settings::default()).expect("saved");
    let found = Store::portable(programs.path(), false).expect("there now");
    assert_eq!(found.file(), wanted.file());
    assert!(found.file().starts_with(programs.path()) && found.logs().starts_with(programs.path()));
}

#[test]
fn a_file_that_is_not_ours_is_put_aside_whole_before_anything_is_written() {
    let (_folder, loaded) = load_text("{ not json");
    let damage = loaded.damage.expect("damage");
    assert_eq!(fs::read_to_string(&damage.kept_as).expect("kept"), "{ not json");
    assert_eq!((loaded.settings, damage.profiles), (Settings::default(), 0));
}

#[test]
fn a_second_damaged_file_does_not_replace_the_first() {
    let (_folder, store) = store();
    let kept: Vec<_> = ["{ one", "{ two", "{ two"]
        .into_iter()
        .map(|text| {
            fs::write(store.file(), text).expect("written");
            store.load().expect("loaded").damage.expect("damage").kept_as
        })
        .collect();
    assert_ne!(kept[0], kept[1]);
    assert_eq!(kept[1], kept[2], "the same file is kept once");
    assert_eq!(fs::read_to_string(&kept[0]).expect("kept"), "{ one");
}

#[test]
fn one_damaged_profile_costs_only_itself() {
    let text = r#"{"is_stage":true,"theme":"purple","profiles":[{"name":"a","host":"h"},{"name":"b","baud":"x"}],"chosen":"a"}"#;
    let (_folder, loaded) = load_text(text);
    let damage = loaded.damage.expect("damage");
    let names: Vec<_> = loaded.settings.profiles.iter().map(|profile| profile.name.as_str()).collect();
    assert_eq!(
        (names.as_slice(), loaded.settings.is_stage, loaded.settings.chosen.as_str()),
        (["a"].as_slice(), true, "a")
    );
    assert_eq!(damage.detail, "profile 2: baud, theme");
    assert_eq!(fs::read_to_string(damage.kept_as).expect("kept"), text);
}

#[test]
fn a_newer_file_is_used_as_far_as_it_is_understood_and_kept() {
    let (_folder, loaded) = load_text(r#"{"version":99,"is_stage":true,"tomorrow":[1]}"#);
    assert!(loaded.settings.is_stage);
    assert_eq!(loaded.settings.version, Settings::VERSION);
    assert!(loaded.damage.expect("told").detail.contains("99"));
}

#[test]
fn settings_of_an_older_program_keep_what_they_have() {
    let (_folder, loaded) = load_text(r#"{"profiles":[{"name":"a","host":"h"}],"unknown":1}"#);
    assert_eq!(loaded.damage, None);
    assert_eq!(loaded.settings.profiles[0].host, "h");
    assert_eq!(loaded.settings.profiles[0].keep_alive, "120");
}

#[cfg(unix)]
#[test]
fn settings_are_for_their_owner_alone_and_never_written_through_a_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let (folder, _) = store();
    let store = Store::at(folder.path().join("kept"));
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    store.save(&Settings::default(), &Settings::default()).expect("saved");
    assert_eq!((mode(store.folder()), mode(&store.file())), (0o700, 0o600));
    let theirs = folder.path().join("theirs");
    fs::write(&theirs, "theirs").expect("written");
    for name in ["settings.json", "settings.json.new"] {
        let _ = fs::remove_file(store.folder().join(name));
        symlink(&theirs, store.folder().join(name)).expect("a link");
        store.save(&Settings::default(), &Settings::default()).expect("saved");
        assert_eq!(fs::read_to_string(&theirs).expect("there"), "theirs", "{name}");
    }
    fs::set_permissions(store.file(), fs::Permissions::from_mode(0o644)).expect("opened");
    store.save(&Settings::default(), &Settings::default()).expect("saved");
    assert_eq!(mode(&store.file()), 0o600);
}

#[test]
fn a_key_that_was_pasted_into_any_field_is_not_kept() {
    let (_folder, store) = store();
    let key = "-----BEGIN PRIVATE KEY----- MIIEvQIBADANBgkq -----END PRIVATE KEY-----";
    let mut profile = Profile { name: "a".to_owned(), host: key.to_owned(), ..Profile::default() };
    profile.publish_topic = key.to_owned();
    profile.security.key.path = key.to_owned();
    store.save(&Settings::default(), &Settings { profiles: vec![profile], ..Settings::default() }).expect("saved");
    let text = fs::read_to_string(store.file()).expect("there");
    assert!(!text.contains("MIIE") && text.contains("\"a\""), "{text}");
}

#[test]
fn windows_that_write_at_the_same_time_lose_nothing() {
    let (_folder, store) = store();
    let names: Vec<_> = (0..16).map(|number| format!("profile {number:02}")).collect();
    std::thread::scope(|scope| {
        for name in &names {
            let store = store.clone();
            scope.spawn(move || {
                let profiles = vec![Profile { name: name.clone(), ..Profile::default() }];
                store.save(&Settings::default(), &Settings { profiles, ..Settings::default() }).expect("saved")
            });
        }
    });
    let mut kept: Vec<_> = store.load().expect("loaded").settings.profiles.into_iter().map(|one| one.name).collect();
    kept.sort_unstable();
    assert_eq!(kept, names);
}
