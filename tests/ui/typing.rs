//! An input method: what is being composed and what it becomes, in every kind of field.

use air780e_companion::{
    app::Options,
    settings::{PasswordEntry, Profile, Settings},
    view::Page,
};

use crate::kit::Window;

#[test]
fn an_input_method_writes_into_every_kind_of_field() {
    let passwords = PasswordEntry { has_login: true, ..PasswordEntry::default() };
    let profile = Profile {
        name: "a".to_owned(),
        uses_own_broker: false,
        user: "root".to_owned(),
        passwords,
        ..Profile::default()
    };
    let asked = Settings { profiles: vec![profile], chosen: "a".to_owned(), ..Settings::default() };
    for (page, fields) in [
        (Page::Connect, ["Profile name", "Host", "Password"].as_slice()),
        (Page::Messages, &["Search topics", "Search messages", "Topic", "Payload"]),
        (Page::Terminal, &["Search lines", "AT command"]),
    ] {
        let connects_virtual = page != Page::Connect;
        let settings = if connects_virtual { Settings::default() } else { asked.clone() };
        let options = Options { page, settings, connects_virtual, ..Options::default() };
        let mut window = Window::open(options);
        if connects_virtual {
            window.wait("connected", |window| window.can_click("Disconnect"));
        }
        for field in fields {
            window.compose_in(field, &["shu", "shu ju"], "数据");
            let value = window.value_of(field);
            let is_secret = *field == "Password";
            assert!(if is_secret { value.chars().count() == 2 } else { value == "数据" }, "{field}: {value}");
        }
    }
}
