//! Short sessions of the window: what is typed and pasted, and what its pages, its clipboard and its files show of it.

use std::{fs, path::Path};

use air780e_companion::{
    app::{Options, Store},
    settings::{LogEntry, Settings},
    view::Page,
};
use eframe::egui::{Key, Modifiers};

use crate::{desk::Faces, kit_of_window::Window};

/// A window with settings and logs in `folder`, connected to the virtual modem.
fn connected(folder: &Path) -> Window<'static> {
    let store = Some(Store::at(folder.join("settings")));
    let log = LogEntry { folder: folder.join("logs").display().to_string(), ..LogEntry::default() };
    let settings = Settings { log, ..Settings::default() };
    let options = Options { connects_virtual: true, page: Page::Terminal, settings, store, ..Options::default() };
    let mut window = Window::open(options);
    window.wait("connected", |window| window.can_click("Disconnect"));
    window
}

/// What is in use cannot be changed. What was typed may have taken the session away.
fn disconnect(window: &mut Window<'_>) {
    window.click_if_offered("Disconnect");
    window.wait("disconnected", |window| window.can_click("Connect"));
}

/// What every page tells, and what was copied.
fn pages(window: &mut Window<'_>, faces: &mut Faces) {
    let keys = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6, Key::Num7, Key::Num8];
    for key in keys {
        window.press(Modifiers::COMMAND, key);
        faces.push(("a page, to whom it is read", window.told().into_bytes()));
    }
    faces.push(("the clipboard", window.copied().join("\n").into_bytes()));
}

/// Every file below `folder`.
fn files(folder: &Path, faces: &mut Faces) {
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        if entry.is_dir() {
            files(&entry, faces);
        } else {
            faces.push(("a file of the window", fs::read(&entry).expect("it is read")));
        }
    }
}

/// One session: `lines` are sent, `secret` is the password of the login and is typed as the client id too.
pub(crate) fn typed(lines: &[String], secret: &str) -> Faces {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = connected(folder.path());
    let mut faces = Vec::new();
    for line in lines {
        window.replace_in("AT command", line);
        window.click("Send");
        window.click_if_offered("Send it");
        assert_eq!(window.value_of("AT command"), "", "{line} is sent");
    }
    window.type_into("AT command", "AT+CGMR");
    window.click("Send");
    window.wait_for("→ AT+CGMR");
    window.click("Copy shown");
    window.wait("copied", |window| !window.copied().is_empty());
    window.click("Save trace");
    window.replace_in("File", &folder.path().join("saved.trace").display().to_string());
    window.click("Save file");
    window.wait_for("Written to");
    disconnect(&mut window);
    window.press(Modifiers::COMMAND, Key::Num1);
    window.replace_in("Password", secret);
    pages(&mut window, &mut faces);

    window.press(Modifiers::COMMAND, Key::Num1);
    window.replace_in("Client ID", secret);
    window.wait_for("It is not saved here");
    let settings = Store::at(folder.path().join("settings")).file();
    let is_saved =
        |_: &Window<'_>| fs::read_to_string(&settings).is_ok_and(|text| text.contains("\"client_id\": \"\""));
    window.wait("the field is left out", is_saved);
    window.close();
    drop(window);
    files(folder.path(), &mut faces);
    faces
}

/// One session: `pem` is pasted into fields for something else, and used from memory in the end.
pub(crate) fn pasted(pem: &str) -> Faces {
    let folder = tempfile::tempdir().expect("a folder");
    let mut window = connected(folder.path());
    let mut faces = Vec::new();
    disconnect(&mut window);
    for (key, fields) in [
        (Key::Num7, &["AT command", "Search lines"][..]),
        (Key::Num1, &["Client ID", "User name", "Password", "Keep Alive (s)", "Publish topic", "Subscription 1"]),
        (Key::Num2, &["Topic"]),
    ] {
        window.press(Modifiers::COMMAND, key);
        for field in fields {
            let before = window.value_of(field);
            window.paste_into(field, pem);
            window.wait_for("This is the text of a key");
            faces.push(("the question", window.told().into_bytes()));
            window.click("Forget it");
            assert_eq!(window.value_of(field), before, "{field} takes nothing of it");
        }
    }
    window.press(Modifiers::COMMAND, Key::Num1);
    window.paste_into("Client ID", pem);
    window.click("Use it as Client key");
    window.wait_for("(pasted)");
    window.wait("read", |window| window.shows("RSA"));
    pages(&mut window, &mut faces);
    window.close();
    drop(window);
    files(folder.path(), &mut faces);
    faces
}
