//! The other subcommands, and all of them together without a foreign program.

use std::{fs, os::unix::fs::symlink};

use crate::{Modem, folder, kit::process::Process};

#[test]
fn modem_broker_and_check_work_together() {
    let broker = Process::air780e(["broker", "--port", "0"]);
    let port = broker.line().parse().expect("the first line is the port");
    let options =
        ["--subscribe", "a/#", "--publish", "a/b", "--payload", "echo\r\n>", "--wait-for", "echo", "--qos", "2"];
    let outcome = Modem::start().check(port, &options).outcome();
    outcome.assert_ok();
    assert_eq!(outcome.received(), ["6563686f0d0a3e"]);
}

#[test]
fn a_virtual_modem_inside_the_process_needs_no_port() {
    let broker = Process::air780e(["broker", "--port", "0"]);
    let port = broker.line().parse().expect("the first line is the port");
    let outcome = crate::Check::start("virtual", port, &["--publish", "a", "--payload", "x", "--qos", "1"]).outcome();
    outcome.assert_ok();
    assert!(outcome.lines.iter().any(|line| line["text"].as_str().is_some_and(|text| text.contains("SIMULATED"))));
}

#[test]
fn the_link_of_a_virtual_modem_comes_and_goes() {
    let folder = folder();
    let link = folder.path().join("modem");
    symlink("/dev/pts/left-over", &link).expect("a link");
    let mut modem = Process::air780e(["sim".as_ref(), "--link".as_ref(), link.as_os_str()]);
    assert_eq!(modem.line(), link.to_str().expect("UTF-8"));
    assert!(fs::read_link(&link).expect("a link").starts_with("/dev/pts"));
    assert!(modem.terminate().success());
    assert!(fs::symlink_metadata(&link).is_err(), "the link is still there");
}

#[test]
fn a_file_in_the_place_of_the_link_is_left_alone() {
    let folder = folder();
    let path = crate::file(&folder, "precious", b"content");
    let (status, _, errors) = Process::air780e(["sim".as_ref(), "--link".as_ref(), path.as_os_str()]).output();
    assert!(!status.success());
    assert!(errors.iter().any(|line| line.contains("something else stands there")), "{errors:?}");
    assert_eq!(fs::read(&path).expect("the file"), b"content");
}

#[test]
fn a_broker_ends_on_request_and_warns_when_others_can_reach_it() {
    let mut quiet = Process::air780e(["broker", "--port", "0"]);
    quiet.line();
    assert!(quiet.terminate().success());
    assert_eq!(quiet.errors(), [""; 0]);
    let mut open = Process::air780e(["broker", "--port", "0", "--bind", "0.0.0.0"]);
    open.line();
    open.wait_for_error_line(|line| line.starts_with("WARNING"));
    assert!(open.terminate().success());
}

#[test]
fn ports_lists_as_json() {
    let (status, lines, errors) = Process::air780e(["ports", "--json"]).output();
    assert!(status.success(), "{errors:?}");
    for line in lines {
        assert!(crate::object(&line)["name"].is_string(), "{line}");
    }
}
