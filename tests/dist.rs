//! What `dist` holds: `debian-packages.sh` says what is missing by name and changes nothing; the papers of the packages tell
//! of this version and of every option.

#![cfg(target_os = "linux")]

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::Path,
    process::{Command, Output},
};

/// The text of a file in `dist`.
fn paper(name: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("dist").join(name)).expect("a file of text")
}

#[test]
fn the_newest_change_and_the_shop_s_entry_are_of_this_version() {
    let version = env!("CARGO_PKG_VERSION");
    let changes = paper("CHANGELOG.md");
    assert_eq!(changes.lines().find_map(|line| line.strip_prefix("## ")), Some(version));
    let entry = paper("air780e-companion.metainfo.xml");
    let entry = roxmltree::Document::parse(&entry).expect("well formed");
    let newest = entry.descendants().find(|node| node.has_tag_name("release")).expect("a release");
    assert_eq!(newest.attribute("version"), Some(version));
}

#[cfg(all(feature = "gui", feature = "serial"))]
#[test]
fn the_manual_of_the_window_names_every_option_and_every_page() {
    let manual = paper("air780e-companion.1").replace('\\', "");
    let help = Command::new(env!("CARGO_BIN_EXE_air780e-companion")).arg("--help").output().expect("it starts");
    let help = String::from_utf8(help.stdout).expect("text");
    let options =
        help.split_whitespace().filter(|word| word.starts_with("--") && !["--help", "--version"].contains(word));
    let options: Vec<_> = options.collect();
    assert!(options.len() > 5, "{help}");
    let pages = air780e_companion::ui::pages::PAGES.map(|facts| facts.name);
    for word in options.into_iter().chain(pages) {
        assert!(manual.contains(word), "{word} is not in the manual");
    }
}

#[test]
fn every_script_can_be_read_by_its_shell() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("dist");
    let is_script = |path: &Path| path.extension().is_some_and(|end| end == "sh");
    let files = fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path());
    let scripts: Vec<_> = files.filter(|path| is_script(path)).collect();
    assert!(scripts.len() > 5, "{scripts:?}");
    for script in scripts {
        let read = Command::new("bash").arg("-n").arg(&script).output().expect("a shell");
        assert!(read.status.success() && read.stderr.is_empty(), "{}: {read:?}", script.display());
    }
}

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
