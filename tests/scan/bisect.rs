//! `air780e bisect` at a virtual module on a PTY, before listeners with one defect each: the setting that decides is found, and the
//! module is as before, also when the program was killed in the middle.

use std::time::Duration;

use air780e_companion::{
    link::{pty::PtyModem, spec::LinkSpec},
    modem::{
        event::Event,
        request::{Contents, FileRef, Request, RequestId, TlsChange},
    },
    sim::{
        VirtualSpec,
        range::{Fault, HOST, Range, RangeConfig},
    },
    worker::Worker,
};
use serde_json::Value;

use crate::{
    kit::{process::Process, wait_for},
    tools::{Files, first, today},
};

/// A module at a port of its own, and a folder for what the program keeps.
struct Desk {
    modem: PtyModem,
    files: Files,
}

/// Each setting, and the names of all files.
type State = (Vec<(&'static str, Option<String>)>, Vec<String>);

impl Desk {
    fn new() -> Self {
        Self { modem: PtyModem::start(&VirtualSpec::default(), None).unwrap(), files: Files::new() }
    }

    fn port(&self) -> String {
        self.modem.port().to_str().unwrap().to_owned()
    }

    fn run(&self, arguments: &[&str]) -> Process {
        let home = format!("XDG_DATA_HOME={}", self.files.path("data").display());
        let port = self.port();
        let fixed = [home.as_str(), env!("CARGO_BIN_EXE_air780e"), arguments[0], "--port", &port];
        Process::start("env", "coreutils", fixed.iter().chain(&arguments[1..]))
    }

    fn bisect(&self, arguments: &[&str]) -> (Value, i32) {
        let all = [&["bisect", "--yes", "--json"][..], arguments].concat();
        let (status, lines, errors) = self.run(&all).output();
        let said = serde_json::from_str(lines.last().unwrap_or_else(|| panic!("{errors:?}"))).unwrap();
        (said, status.code().unwrap())
    }

    /// Asks the module directly, and gives what it told.
    fn ask(&self, requests: Vec<Request>) -> Vec<Event> {
        let worker = Worker::spawn(LinkSpec::Serial { port: self.port(), baud: 115_200 }, || ());
        let mut events = Vec::new();
        for (number, request) in (0..).zip(requests) {
            worker.try_request(RequestId(number), request).unwrap();
            wait_for("the end of a request", || {
                let event = worker.wait_event(Duration::from_millis(50))?;
                let is_end = matches!(&event, Event::Done { id, .. } if *id == RequestId(number));
                events.push(event);
                is_end.then_some(())
            });
        }
        events
    }

    fn state(&self) -> State {
        let events = self.ask(vec![Request::ReadLinkSettings, Request::ListFiles]);
        let settings = events.iter().find_map(|event| match event {
            Event::TlsSettings { values, .. } => Some(values.clone()),
            _ => None,
        });
        let files = events.iter().find_map(|event| match event {
            Event::Files { names, .. } => Some(names.clone()),
            _ => None,
        });
        (settings.unwrap(), files.unwrap())
    }

    fn undo_lists(&self) -> usize {
        std::fs::read_dir(self.files.path("data/air780e-companion/undo")).map_or(0, Iterator::count)
    }
}

fn place(range: &Range, fault: Fault) -> Vec<String> {
    let port = range.address(fault).unwrap().port().to_string();
    ["--host", "127.0.0.1", "--mqtt-port", &port, "--sni", HOST].map(str::to_owned).to_vec()
}

#[test]
fn the_setting_that_decides_is_found_on_the_module_and_everything_is_put_back() {
    let faults = vec![Fault::Good, Fault::Expired, Fault::WrongName, Fault::ForeignAuthority, Fault::EcdheOnly];
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults }).unwrap();
    let desk = Desk::new();
    let ca = desk.files.put("root.crt", range.files().ca());
    // Something that was there before, and is to be there afterwards.
    let change = |key, value: &str| TlsChange { key, value: Some(value.to_owned()) };
    desk.ask(vec![Request::ChangeTls(vec![change("seclevel", "2"), change("cacert", "theirs.crt")])]);
    let before = desk.state();
    let table = [
        (Fault::Good, "opens", None, None),
        (Fault::Expired, "decides", Some("ignore-time"), Some("F-104")),
        (Fault::WrongName, "decides", Some("no-name"), Some("F-108")),
        (Fault::ForeignAuthority, "decides", Some("level-0"), Some("F-097")),
        (Fault::EcdheOnly, "nothing", None, Some("F-071")),
    ];
    for (fault, verdict, change, id) in table {
        let place = place(&range, fault);
        let all: Vec<_> = place.iter().map(String::as_str).chain(["--ca", &ca]).collect();
        let (said, code) = desk.bisect(&all);
        println!("{fault}: {said}");
        assert_eq!((said["verdict"].as_str(), said["change"].as_str()), (Some(verdict), change), "{fault}: {said}");
        assert_eq!(first(&said), id, "{fault}: {said}");
        assert_eq!(
            (said["put_back"].as_bool(), code),
            (Some(true), i32::from(verdict == "nothing")),
            "{fault}: {said}"
        );
        assert_eq!((desk.state(), desk.undo_lists()), (before.clone(), 0), "{fault}");
    }
}

#[test]
fn a_file_on_the_module_that_holds_something_else_decides() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::Good] }).unwrap();
    let desk = Desk::new();
    let ca = desk.files.put("root.crt", range.files().ca());
    let half = range.files().ca()[..range.files().ca().len() / 2].to_vec();
    desk.ask(vec![Request::Provision(vec![FileRef::with("ca.crt", Contents::public(half))])]);
    let before = desk.state();
    let place = place(&range, Fault::Good);
    let all: Vec<_> = place.iter().map(String::as_str).chain(["--ca", &ca]).collect();
    let (said, _) = desk.bisect(&all);
    assert_eq!((said["change"].as_str(), first(&said)), (Some("files"), Some("F-116")), "{said}");
    assert_eq!((desk.state(), desk.undo_lists()), (before, 0));
}

#[test]
fn after_a_kill_in_the_middle_the_next_start_offers_and_puts_everything_back() {
    let range = Range::start(&RangeConfig { now: today(), upstream: None, faults: vec![Fault::EcdheOnly] }).unwrap();
    let desk = Desk::new();
    let ca = desk.files.put("root.crt", range.files().ca());
    let before = desk.state();
    let place = place(&range, Fault::EcdheOnly);
    let all: Vec<_> =
        ["bisect", "--yes"].into_iter().chain(place.iter().map(String::as_str)).chain(["--ca", &ca]).collect();
    let mut killed = desk.run(&all);
    killed.lines_until(|line| line.contains("seclevel 0"));
    killed.kill();
    assert_eq!(desk.undo_lists(), 1);
    assert_ne!(desk.state(), before, "it was killed while something was changed");
    // Whoever uses the module next is told; who searches again has it undone first.
    let port = desk.port();
    let check = desk.run(&["check", "--host", "127.0.0.1", "--mqtt-port", "1", "--timeout", "20"]);
    let (_, _, errors) = check.output();
    assert!(errors.iter().any(|line| line.contains("--restore") && line.contains(&port)), "{errors:?}");
    let (said, code) = desk.bisect_restore();
    assert_eq!(
        (said["verdict"].as_str(), said["put_back"].as_bool(), code),
        (Some("restored"), Some(true), 0),
        "{said}"
    );
    assert_eq!((desk.state(), desk.undo_lists()), (before, 0));
}

impl Desk {
    fn bisect_restore(&self) -> (Value, i32) {
        let (status, lines, errors) = self.run(&["bisect", "--restore", "--json"]).output();
        let said = serde_json::from_str(lines.last().unwrap_or_else(|| panic!("{errors:?}"))).unwrap();
        (said, status.code().unwrap())
    }
}

#[test]
fn nobody_is_changed_without_a_word_of_consent() {
    let desk = Desk::new();
    let (status, _, errors) = desk.run(&["bisect", "--host", "broker.test"]).output();
    assert_eq!(status.code(), Some(2), "{errors:?}");
    assert!(errors.iter().any(|line| line.contains("--yes")), "{errors:?}");
}
