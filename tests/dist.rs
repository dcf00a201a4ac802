//! `dist/debian-packages.sh` where something is missing: it says what, by name, and changes nothing.

#![cfg(target_os = "linux")]

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    process::{Command, Output},
};

/// A machine of few programs: those that every Unix has, and what else a test puts there.
struct Machine {
    programs: tempfile::TempDir,
}

impl Machine {
    fn new() -> Self {
        let machine = Self { programs: tempfile::tempdir().expect("a folder") };
        for name in ["sh", "dirname", "sed", "sort", "head", "grep", "env"] {
            let program =
                ["/usr/bin", "/bin"].iter().map(|folder| Path::new(folder).join(name)).find(|path| path.exists());
            symlink(program.expect("a Unix"), machine.programs.path().join(name)).expect("a link");
        }
        machine
            .with("rustc", "echo 'rustc 1.95.0 (59807616e 2026-04-14)'")
            .with("cc", "")
            .with("make", "")
            .with("perl", "")
    }

    /// The machine with a program of these lines.
    fn with(self, name: &str, lines: &str) -> Self {
        let path = self.programs.path().join(name);
        fs::write(&path, format!("#!/bin/sh\n{lines}\n")).expect("written");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).expect("a program");
        self
    }

    /// The same as a Debian on which `package` is missing, and every other is there.
    fn debian_without(self, package: &str) -> Self {
        let tells = format!("case \"$*\" in *' {package}') exit 1;; *) echo 'install ok installed';; esac");
        self.with("apt-get", "echo apt-get was called; exit 3").with("dpkg-query", &tells).with("id", "echo 1000")
    }

    fn run(&self, language: &str) -> Output {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist/debian-packages.sh");
        let mut command = Command::new("/bin/sh");
        command.arg(script).arg("test").env_clear().env("PATH", self.programs.path()).env("LANG", language);
        command.output().expect("a shell")
    }

    /// What it says, in each language, when it gives up.
    fn refusals(&self) -> [String; 2] {
        ["en_GB.UTF-8", "zh_CN.UTF-8"].map(|language| {
            let output = self.run(language);
            let said = String::from_utf8(output.stderr).expect("text");
            assert_eq!((output.status.code(), output.stdout.as_slice()), (Some(1), &b""[..]), "{said}");
            said
        })
    }
}

#[track_caller]
fn hold(said: &[String; 2], parts: &[&str]) {
    for words in said {
        assert!(parts.iter().all(|part| words.contains(part)), "{words}");
    }
    assert_ne!(said[0], said[1], "two languages");
}

#[test]
fn a_machine_that_has_everything_hears_nothing() {
    let output = Machine::new().debian_without("of-no-project").run("C");
    assert!(output.status.success() && output.stdout.is_empty() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn without_sudo_the_command_for_root_is_told() {
    let said = Machine::new().debian_without("xvfb").refusals();
    hold(&said, &["root", "apt-get install --no-install-recommends xvfb\n"]);
}

#[test]
fn without_apt_everything_is_told_by_name() {
    hold(&Machine::new().refusals(), &["libwayland-egl1", "libxkbcommon-x11-0", "mosquitto-clients", "README"]);
}

#[test]
fn a_rust_that_is_too_old_is_told_as_that() {
    let said = Machine::new().debian_without("xvfb").with("rustc", "echo 'rustc 1.63.0'").refusals();
    hold(&said, &["Rust 1.63.0", env!("CARGO_PKG_RUST_VERSION"), "https://rustup.rs"]);
}

#[test]
fn no_rust_at_all_is_told_as_that() {
    let said = Machine::new().debian_without("xvfb").with("rustc", "exit 127").refusals();
    hold(&said, &["Rust", env!("CARGO_PKG_RUST_VERSION"), "https://rustup.rs"]);
}

#[test]
fn a_newer_rust_is_no_fault() {
    let output = Machine::new().debian_without("of-no-project").with("rustc", "echo 'rustc 1.100.2'").run("C");
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[test]
fn a_missing_compiler_is_among_the_packages() {
    let machine = Machine::new().debian_without("gcc");
    fs::remove_file(machine.programs.path().join("cc")).expect("it was there");
    hold(&machine.refusals(), &["--no-install-recommends gcc\n"]);
}
