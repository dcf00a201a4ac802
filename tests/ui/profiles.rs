//! Profiles in the whole application: kept, renamed, handed on in files; their passwords; what survives a restart.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    sync::{Arc, Mutex},
};

use air780e_companion::{
    app::{Options, Store, Vault},
    mqtt::Password,
    settings::{LinkChoice, Profile, Settings},
    ui::pages::kept,
    view::Page,
};
use eframe::egui::{Key, Modifiers};

use crate::kit::Window;

/// A keyring in memory.
#[derive(Debug, Default)]
struct Drawer(Mutex<BTreeMap<String, Password>>);

impl Vault for Drawer {
    fn check(&self) -> Result<(), String> {
        Ok(())
    }

    fn read(&self, entry: &str) -> Result<Option<Password>, String> {
        Ok(self.0.lock().expect("sound").get(entry).cloned())
    }

    fn write(&self, entry: &str, password: &Password) -> Result<(), String> {
        self.0.lock().expect("sound").insert(entry.to_owned(), password.clone());
        Ok(())
    }

    fn forget(&self, entry: &str) -> Result<(), String> {
        self.0.lock().expect("sound").remove(entry);
        Ok(())
    }
}

impl Drawer {
    fn entries(&self) -> Vec<String> {
        self.0.lock().expect("sound").keys().cloned().collect()
    }
}

struct Desk {
    folder: tempfile::TempDir,
    store: Store,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let store = Store::at(folder.path().join("settings"));
        Self { folder, store }
    }

    fn with(profiles: &[&str]) -> Self {
        let desk = Self::new();
        let profiles: Vec<_> = profiles.iter().map(|name| profile(name)).collect();
        let chosen = profiles.first().map(|profile| profile.name.clone()).unwrap_or_default();
        desk.store.save(&Settings::default(), &Settings { profiles, chosen, ..Settings::default() }).expect("saved");
        desk
    }

    fn open(&self) -> Window<'static> {
        self.open_with(None)
    }

    fn open_with(&self, vault: Option<Arc<dyn Vault>>) -> Window<'static> {
        let loaded = self.store.load().expect("loaded");
        let page = kept(&loaded.settings.window.page).unwrap_or_default();
        Window::open(Options {
            store: Some(self.store.clone()),
            settings: loaded.settings,
            damage: loaded.damage,
            page,
            vault,
            ..Options::default()
        })
    }

    fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    fn kept(&self) -> Settings {
        self.store.load().expect("loaded").settings
    }

    fn names(&self) -> Vec<String> {
        self.kept().profiles.into_iter().map(|profile| profile.name).collect()
    }

    fn wait_for_names(&self, window: &mut Window<'_>, names: &[&str]) {
        window.wait("the profiles are kept", |_| self.names() == names);
    }
}

fn profile(name: &str) -> Profile {
    let host = format!("{}.example", name.replace(' ', "-"));
    Profile { name: name.to_owned(), link: LinkChoice::Virtual, uses_own_broker: false, host, ..Profile::default() }
}

fn run_file(window: &mut Window<'_>, open: &str, path: &str, run: &str) {
    window.click(open);
    window.replace_in("Path of the file", path);
    window.click(run);
    window.wait("the file is done", |window| !window.shows("Wait for the file"));
}

#[test]
fn a_profile_is_duplicated_renamed_and_forgotten() {
    let desk = Desk::with(&["line 3"]);
    let mut window = desk.open();
    window.click("Duplicate");
    desk.wait_for_names(&mut window, &["line 3", "line 4"]);
    window.replace_in("Profile name", "hall");
    window.click("Rename");
    desk.wait_for_names(&mut window, &["line 3", "hall"]);
    window.click("Delete");
    assert!(window.shows("Delete the profile \"hall\"?"));
    window.click("Keep it");
    assert_eq!(desk.names(), ["line 3", "hall"]);
    // Enter answers with what does no harm.
    window.click("Delete");
    window.press(Modifiers::NONE, Key::Enter);
    window.wait("answered", |window| !window.shows("Delete the profile \"hall\"?"));
    assert_eq!(desk.names(), ["line 3", "hall"]);
    window.click("Delete");
    window.click("Delete it");
    desk.wait_for_names(&mut window, &["line 3"]);
    assert_eq!(window.value_of("Profile name"), "line 3");
}

#[test]
fn profiles_travel_in_a_file_and_a_clash_loses_nothing() {
    let desk = Desk::with(&["a", "b"]);
    let path = desk.path("handed on.json");
    let mut window = desk.open();
    window.click("Export");
    window.click("All 2 saved profiles");
    window.replace_in("Path of the file", &path);
    window.click("Write the file");
    window.wait_for("Written to");
    window.click("Done");
    window.replace_in("Host", "changed.example");
    window.click("Save");
    window.wait("saved", |_| desk.kept().profiles[0].host == "changed.example");

    run_file(&mut window, "Import", &path, "Read and import");
    window.wait_for("\"a\" was taken: the imported one is called \"a 2\".");
    assert!(window.shows("\"b\" is there already, exactly the same."));
    desk.wait_for_names(&mut window, &["a", "b", "a 2"]);
    let kept = desk.kept();
    assert_eq!((kept.profiles[0].host.as_str(), kept.profiles[2].host.as_str()), ("changed.example", "a.example"));
}

#[test]
fn a_bad_file_is_told_and_changes_nothing() {
    let desk = Desk::with(&["a"]);
    let mut window = desk.open();
    window.click("Import");
    let table = [
        ("{ \"profiles\": [,] }", "line 1, column 16"),
        ("{}", "holds no profiles of this program"),
        (
            r#"{"profiles":[{"name":"x"},{"name":"y","baud":"fast"}]}"#,
            "Profile 2 (\"y\") cannot be used: the field \"baud\"",
        ),
        (r#"[{"mqttVersion":"5.0"}]"#, "Profile 1 (\"\") cannot be used: the field \"host\""),
    ];
    for (text, words) in table {
        let path = desk.path("bad.json");
        fs::write(&path, text).expect("written");
        window.replace_in("Path of the file", &path);
        window.click("Read and import");
        window.wait_for(words);
    }
    window.replace_in("Path of the file", &desk.path("none.json"));
    window.click("Read and import");
    window.wait_for("There is no file");
    assert_eq!(desk.names(), ["a"]);
}

#[test]
fn connections_of_mqttx_are_told_before_they_become_profiles_and_no_password_is_taken_unasked() {
    const SECRET: &str = "zebra-1972-quartz";
    let desk = Desk::with(&["a"]);
    let path = desk.path("mqttx.json");
    let connections = serde_json::json!([
        { "name": "hall", "clientId": "mqttx_1", "protocol": "mqtts", "host": "hall.example", "port": 8883,
          "mqttVersion": "5.0", "username": "ann", "password": SECRET, "keepalive": 60, "certType": "self",
          "ca": "/nowhere/ca.crt", "rejectUnauthorized": true, "subscriptions": [{ "topic": "hall/#", "qos": 1 }] },
        { "name": "web", "clientId": "mqttx_2", "protocol": "ws", "host": "web.example", "port": 8083 },
    ]);
    fs::write(&path, connections.to_string()).expect("written");
    let mut window = desk.open();
    run_file(&mut window, "Import", &path, "Read and import");
    window.wait_for("MQTTX: one connection");
    for words in ["There it speaks MQTT 5", "/nowhere/ca.crt cannot be read", "\"web\" goes over WebSocket"] {
        assert!(window.shows(words), "{words}");
    }
    assert!(window.can_click("Take the passwords of the file too"));
    assert_eq!(desk.names(), ["a"], "nothing is taken before it is wanted");
    window.click("Import them");
    desk.wait_for_names(&mut window, &["a", "hall"]);
    let hall = desk.kept().profiles.remove(1);
    assert_eq!((hall.host.as_str(), hall.port.as_str(), hall.user.as_str()), ("hall.example", "8883", "ann"));
    assert_eq!(hall.subscriptions.first().map(|wanted| wanted.filter.as_str()), Some("hall/#"));
    let settings = fs::read_to_string(desk.path("settings/settings.json")).expect("settings");
    assert!(settings.contains("hall.example") && !settings.contains(SECRET));
}

#[test]
fn a_file_is_replaced_only_when_asked_twice() {
    let desk = Desk::with(&["a"]);
    let path = desk.path("there.json");
    fs::write(&path, "precious").expect("written");
    let mut window = desk.open();
    run_file(&mut window, "Export", &path, "Write the file");
    window.wait_for("exists already");
    assert_eq!(fs::read_to_string(&path).expect("there"), "precious");
    window.click("Replace it");
    window.wait_for("Written to");
    assert!(fs::read_to_string(&path).expect("there").contains("a.example"));
}

#[test]
fn passwords_leave_only_by_the_users_word_and_for_the_owner_alone() {
    let desk = Desk::with(&["a"]);
    let mut window = desk.open();
    window.type_into("Password", "geheim-4711");
    let (without, with) = (desk.path("without.json"), desk.path("with.json"));
    run_file(&mut window, "Export", &without, "Write the file");
    window.wait_for("without.json");
    window.click("Write passwords too, in clear");
    assert!(window.shows("Anybody who gets this file can read the passwords"));
    window.replace_in("Path of the file", &with);
    window.click("Write the file");
    window.wait("written", |_| Path::new(&with).exists());
    window.wait_for("with.json");
    assert!(!fs::read_to_string(&without).expect("there").contains("geheim"));
    assert!(fs::read_to_string(&with).expect("there").contains("geheim-4711"));
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let mode = fs::metadata(&with).expect("there").permissions().mode();
        assert_eq!(mode & 0o077, 0, "others can read it: {mode:o}");
    }
}

#[test]
fn a_connection_for_mqttx_mirrors_the_topics() {
    let desk = Desk::with(&["a"]);
    let path = desk.path("mqttx.json");
    let mut window = desk.open();
    run_file(&mut window, "Export for MQTTX", &path, "Write the file");
    window.wait_for("Written to");
    let list: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).expect("there")).expect("JSON");
    assert_eq!((&list[0]["host"], &list[0]["port"]), (&"a.example".into(), &1883.into()));
    assert_eq!(list[0]["clientId"], "air780e-companion-mqttx");
    assert_eq!(list[0]["subscriptions"][0]["topic"], "mqtt/sub", "what the module publishes");
}

#[test]
fn without_a_keyring_the_password_is_asked_for_after_each_start() {
    let desk = Desk::new();
    let mut window = desk.open();
    window.type_into("User name", "operator");
    window.type_into("Password", "geheim-4711");
    window.replace_in("Profile name", "line 3");
    window.click("Save");
    desk.wait_for_names(&mut window, &["line 3"]);
    window.close();
    drop(window);
    let text = fs::read_to_string(desk.store.file()).expect("kept");
    assert!(!text.contains("geheim") && text.contains("\"has_login\": true"), "{text}");

    let mut window = desk.open();
    window.press(Modifiers::COMMAND, Key::K);
    assert!(window.shows("Passwords for \"line 3\""));
    assert!(!window.can_click("Connect with it"));
    window.type_into("Login password", "geheim-4711");
    window.click("Connect with it");
    window.wait_for("CONNACK OK");
    assert!(!window.words().contains("geheim"), "no word on the screen shows it");
}

#[test]
fn a_keyring_keeps_passwords_across_starts_renames_and_forgets() {
    let (desk, drawer) = (Desk::new(), Arc::new(Drawer::default()));
    let mut window = desk.open_with(Some(drawer.clone()));
    window.wait("the keyring is found", |window| window.can_click("Keep passwords in the system's keyring"));
    window.type_into("Password", "geheim-4711");
    window.replace_in("Profile name", "line 3");
    window.click("Save");
    window.wait("kept", |_| drawer.entries() == ["login of line 3"]);
    window.close();
    drop(window);
    assert!(!fs::read_to_string(desk.store.file()).expect("kept").contains("geheim"));

    let mut window = desk.open_with(Some(drawer.clone()));
    window.wait("the password is back", |window| !window.value_of("Password").is_empty());
    window.press(Modifiers::COMMAND, Key::K);
    window.wait_for("CONNACK OK");
    window.press(Modifiers::COMMAND, Key::K);
    window.wait("closed", |window| window.can_click("Rename") || window.can_click("Delete"));
    window.replace_in("Profile name", "hall");
    window.click("Rename");
    window.wait("moved", |_| drawer.entries() == ["login of hall"]);
    window.click("Delete");
    window.click("Delete it");
    window.wait("forgotten", |_| drawer.entries().is_empty());
}

#[test]
fn what_was_typed_and_open_is_there_again_after_a_restart() {
    let desk = Desk::with(&["a"]);
    let mut window = desk.open();
    window.replace_in("Host", "half-typed.exam");
    assert!(window.shows("not saved"));
    window.press(Modifiers::COMMAND, Key::Num8);
    window.close();
    drop(window);
    assert_eq!(kept(&desk.kept().window.page), Some(Page::Settings));

    let mut window = desk.open();
    assert!(window.shows("Stage size"), "the page is in front again");
    window.press(Modifiers::COMMAND, Key::Num1);
    assert_eq!(window.value_of("Host"), "half-typed.exam");
    assert_eq!(desk.kept().profiles[0].host, "a.example", "nothing was saved unasked");
}

#[test]
fn damaged_settings_are_put_aside_and_told() {
    let desk = Desk::with(&["a"]);
    let text = fs::read_to_string(desk.store.file()).expect("kept").replace("115200", "\"fast\"");
    fs::write(desk.store.file(), &text).expect("written");
    let mut window = desk.open();
    assert!(window.shows("The settings could not be read (profile 1: baud)"), "{}", window.words());
    window.press(Modifiers::COMMAND, Key::Num8);
    window.close();
    let aside = desk.store.folder().join("settings-unreadable-1.json");
    assert_eq!(fs::read_to_string(aside).expect("put aside"), text);
}

#[test]
fn ctrl_f_goes_to_the_search_field_of_each_page_that_has_one() {
    let mut window = Window::open(Options::default());
    for (key, field) in [(Key::Num2, "Search messages"), (Key::Num7, "Search lines")] {
        window.press(Modifiers::COMMAND, key);
        window.press(Modifiers::COMMAND, Key::F);
        assert!(window.is_focused(field), "{field}");
    }
}

#[test]
fn two_windows_of_one_folder_lose_nothing_of_each_other() {
    let desk = Desk::with(&["a", "b"]);
    let (mut one, mut two) = (desk.open(), desk.open());
    one.replace_in("Host", "one.example");
    one.click("Save");
    one.wait("the first window's change is kept", |_| desk.kept().profiles[0].host == "one.example");
    two.click("Duplicate");
    desk.wait_for_names(&mut two, &["a", "b", "a 2"]);
    assert_eq!(desk.kept().profiles[0].host, "one.example", "the second window did not know of it");

    // Both give the same name to different profiles.
    one.click("Duplicate");
    desk.wait_for_names(&mut one, &["a", "b", "a 2", "a 3"]);
    one.close();
    two.close();
    let hosts: Vec<_> = desk.kept().profiles.into_iter().map(|profile| profile.host).collect();
    assert_eq!(hosts, ["one.example", "b.example", "one.example", "a.example"]);
}
