//! Files that a user names on the command line: whatever stands behind the name, the answer comes at once, in one
//! sentence, with exit code 2.
#![cfg(unix)]

mod kit;

use std::{fs::File, path::Path};

use air780e_companion::tls::authority::{Authority, KeyKind};
use kit::process::Process;

/// A check judges certificates by the day on which it runs.
#[expect(clippy::disallowed_methods, reason = "certificates that a real check takes")]
fn today() -> i64 {
    chrono::Local::now().timestamp()
}

/// What may stand behind a name, and what is said of it.
fn unfit(folder: &Path) -> Vec<(String, &'static str)> {
    let fifo = folder.join("fifo");
    rustix::fs::mkfifoat(rustix::fs::CWD, &fifo, rustix::fs::Mode::RWXU).expect("made");
    let zeros = folder.join("zeros");
    File::create(&zeros).and_then(|file| file.set_len(1 << 30)).expect("made");
    let path = |path: &Path| path.to_str().expect("made").to_owned();
    vec![
        (path(&fifo), "no regular file"),
        ("/dev/zero".to_owned(), "no regular file"),
        (path(folder), "this is a folder"),
        (path(&zeros), ""),
        (path(&folder.join("none")), "there is no such file"),
    ]
}

/// Every option that names a file to be read, with what must stand beside it.
const OPTIONS: &[&[&str]] = &[
    &["check", "--user", "u", "--password-file"],
    &["check", "--publish", "t", "--payload-file"],
    &["check", "--security", "server", "--ca"],
    &["check", "--security", "mutual", "--ca", "GOOD", "--key", "GOOD", "--cert"],
    &["check", "--apn", "a", "--apn-auth", "pap", "--apn-user", "u", "--apn-password-file"],
    &["broker", "--port", "0", "--users"],
    &["broker", "--port", "0", "--tls-port", "0", "--key", "GOOD", "--cert"],
    &["broker", "--port", "0", "--tls-port", "0", "--cert", "GOOD", "--key"],
    &["broker", "--port", "0", "--tls-port", "0", "--cert", "GOOD", "--key", "GOOD", "--ca"],
    &["replay"],
    &["certs"],
    &["certs", "GOOD", "--passphrase-file"],
    &["scan", "--targets"],
    &["scan", "127.0.0.1:1", "--ca"],
    &["drops"],
];

#[test]
fn whatever_stands_behind_a_name_is_told_at_once_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let ca = Authority::root("test", KeyKind::Rsa(2_048), 0, today()).unwrap();
    let good = folder.path().join("good.pem");
    std::fs::write(&good, ca.certificate_pem().unwrap()).unwrap();
    for (path, why) in unfit(folder.path()) {
        for option in OPTIONS {
            let mut arguments: Vec<_> =
                option.iter().map(|word| if *word == "GOOD" { good.to_str().unwrap() } else { word }).collect();
            if arguments[0] == "check" {
                arguments.splice(1..1, ["--port", "virtual", "--host", "h"]);
            }
            arguments.push(&path);
            let (status, lines, errors) = Process::air780e(&arguments).output();
            let said: Vec<_> = lines.iter().chain(&errors).filter(|line| line.contains(&path)).collect();
            assert_eq!(status.code(), Some(2), "{arguments:?}: {lines:?} {errors:?}");
            assert_eq!(said.len(), 1, "{arguments:?}: {lines:?} {errors:?}");
            assert!(said[0].contains(why) && said[0].contains(&path), "{arguments:?}: {}", said[0]);
        }
    }
}

#[test]
fn a_broker_ends_at_its_first_signal_however_early() {
    for _ in 0..5 {
        let mut broker = Process::air780e(["broker", "--port", "0", "--users", "/dev/fd/0"]);
        broker.terminate();
    }
    let mut broker = Process::air780e(["broker", "--port", "0"]);
    broker.line();
    assert!(broker.terminate().success());
}
