//! Hostile clients at the broker inside the program: the window and its own session go on as if they were not there.

use std::{io::Write, net::TcpStream};

use air780e_companion::{app::Options, settings::Settings, view::Page};

use crate::kit::Window;

/// Connections that never say a word.
const HALF_OPEN: usize = 1_000;

fn publish_arrives(window: &mut Window<'_>, payload: &str) {
    window.replace_in("Payload", payload);
    window.click("Publish");
    window.wait_for(&format!("Echo: {payload}"));
}

#[test]
fn neither_nonsense_nor_silence_at_the_broker_reaches_the_window() {
    let settings = Settings { is_strip_open: false, ..Settings::default() };
    let options = Options { connects_virtual: true, page: Page::Messages, settings, ..Options::default() };
    let mut window = Window::open(options);
    window.wait_for("Welcome to the built-in broker");
    window.wait("connected", |window| window.can_click("Publish"));
    let broker = window.app().model().connection().own_broker().expect("an own broker").to_owned();
    let connect = || TcpStream::connect(&broker).expect("the broker takes connections");
    publish_arrives(&mut window, "before-1");

    let nonsense: [&[u8]; 4] =
        [b"GET / HTTP/1.1\r\n\r\n", &[0xff; 4_096], &[0x16, 3, 1, 2, 0], &[0x10, 0xff, 0xff, 0xff, 0x7f]];
    let mut bad: Vec<_> = nonsense.iter().map(|bytes| (connect(), *bytes)).collect();
    for (stream, bytes) in &mut bad {
        stream.write_all(bytes).expect("an open socket");
    }
    let silent: Vec<_> = (0..HALF_OPEN).map(|_| connect()).collect();
    publish_arrives(&mut window, "beside-2");
    drop(silent);
    publish_arrives(&mut window, "behind-3");
    assert!(window.can_click("Disconnect") && !window.shows("lost"), "{}", window.words());
}
