//! Ports that are asked whether they take AT commands, in the whole application.

use air780e_companion::app::Options;

use crate::kit::Window;

#[test]
fn a_typed_port_that_is_not_there_says_what_to_do() {
    let mut window = Window::open(Options::default());
    window.type_into("Port path", "/dev/no-such-port");
    window.click("Use");
    window.wait_for("There is no port /dev/no-such-port: check the cable");
    assert!(window.shows("typed by hand"));
}

#[cfg(unix)]
#[test]
fn a_silent_port_is_told_and_the_connection_waits_until_it_is_let_go() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let silent = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a PTY");
    grantpt(&silent).expect("granted");
    unlockpt(&silent).expect("unlocked");
    let path = ptsname(&silent, Vec::new()).expect("a name").into_string().expect("UTF-8");
    let mut window = Window::open(Options::default());
    window.click("Another broker");
    window.type_into("Host", "127.0.0.1");
    window.type_into("Port path", &path);
    window.click("Use");
    assert!(window.shows("Asking AT"));
    window.click("Connect");
    window.wait_for("does not answer AT");
    window.wait_for("Port: confirmed");
}
