//! Holds that nothing stands in the house that no face reaches.
//!
//! Every room is public in the library, so that tests can enter it, and a public item is never dead to the compiler. Here all
//! rooms are compiled once more, as private modules of one binary that has both faces. What the compiler calls dead then must
//! stand in `tests/unreachable.txt` with a reason, and what stands there must be dead.

#![cfg(all(unix, feature = "gui", feature = "serial"))]

use std::{
    collections::{BTreeMap, BTreeSet},
    env,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

/// The name of each dead item and of each excused one, by file.
type Items = BTreeMap<String, BTreeSet<String>>;

#[test]
#[ignore = "compiles all rooms once more; .ci/run asks for it"]
fn nothing_is_unreachable_without_a_reason() {
    let place = tempfile::tempdir().expect("a folder");
    draw_house(place.path());
    let dead = dead(&compiled(place.path()));
    let list = fs::read_to_string(root().join(LIST)).expect("the list is readable");
    let (told, excused) = (compared(&dead, &excused(&list)), dead.values().map(BTreeSet::len).sum::<usize>());
    assert!(told.is_empty(), "{told}");
    println!("{excused} items are reached by no face, each with its reason");
}

#[test]
fn a_new_dead_item_and_an_excuse_for_a_living_one_are_told() {
    let dead = items(&[("src/a.rs", &["one", "two"]), ("src/c.rs", &["x", "y"])]);
    let list = "# For tests.\nsrc/a.rs: one, three\nsrc/c.rs: *\n\n# Tomorrow.\nsrc/d.rs: *\n";
    let told = compared(&dead, &excused(list));
    assert_eq!(
        told,
        "no face reaches src/a.rs: two\nno longer dead, strike it from the list: src/a.rs: three\n\
         no longer dead, strike it from the list: src/d.rs: *\n"
    );
    assert_eq!(compared(&dead, &excused("# For tests.\nsrc/a.rs: one, two\nsrc/c.rs: *\n")), "");
}

#[test]
#[should_panic(expected = "stands under no reason")]
fn an_item_without_a_reason_is_no_excuse() {
    excused("src/a.rs: one\n");
}

#[test]
fn names_of_dead_items_are_read_from_what_the_compiler_says() {
    let line = r#"{"reason":"compiler-message","message":{"code":{"code":"dead_code"},"spans":[
        {"is_primary":true,"file_name":"src/a.rs","text":[{"text":"    fn lost() {}","highlight_start":8,"highlight_end":12}]},
        {"is_primary":false,"file_name":"src/a.rs","text":[{"text":"impl A {","highlight_start":1,"highlight_end":7}]}]}}"#;
    let other = line.replace("dead_code", "unused_imports");
    let said = format!("{}\n{}\n", line.replace('\n', " "), other.replace('\n', " "));
    assert_eq!(dead(&said), items(&[("src/a.rs", &["lost"])]));
}

/// Writes a package into `place` whose one binary has all rooms as its own.
fn draw_house(place: &Path) {
    let source = place.join("src");
    fs::create_dir(&source).expect("a folder");
    for entry in fs::read_dir(root().join("src")).expect("readable").map(|entry| entry.expect("readable")) {
        if !["lib.rs", "main.rs", "bin"].iter().any(|other| entry.file_name() == *other) {
            std::os::unix::fs::symlink(entry.path(), source.join(entry.file_name())).expect("a link");
        }
    }
    let library = fs::read_to_string(root().join("src/lib.rs")).expect("readable");
    let rooms = library.lines().filter(|line| line.starts_with("pub mod ") || line.starts_with("#[cfg("));
    let rooms: String = rooms.map(|line| line.trim_start_matches("pub ").to_owned() + "\n").collect();
    let faces = "mod window_face;\nfn main() {\n    drop((window_face::main(), cli::main()));\n}\n";
    fs::write(source.join("main.rs"), rooms + faces).expect("written");
    let window = fs::read_to_string(root().join("src/main.rs")).expect("readable");
    let window = window.replace("air780e_companion::", "crate::").replace("\nfn main()", "\npub fn main()");
    let icons = format!("\"{}/icons/", root().display());
    fs::write(source.join("window_face.rs"), window.replace("\"../icons/", &icons)).expect("written");
    fs::copy(root().join("Cargo.lock"), place.join("Cargo.lock")).expect("copied");
    fs::write(place.join("Cargo.toml"), manifest()).expect("written");
    fs::write(place.join("build.rs"), build()).expect("written");
}

/// What lists the languages, and nothing else of this package's build script.
fn build() -> String {
    format!(
        "#[path = \"{root}/dist/languages.rs\"]\nmod languages;\nfn main() {{\n    let table = languages::table(\
         std::path::Path::new(\"{root}/assets/lang\")).expect(\"readable\");\n    let out = std::env::var(\"OUT_DIR\").expect(\"a folder\");\n    \
         std::fs::write(std::path::Path::new(&out).join(\"languages.rs\"), table).expect(\"written\");\n}}\n",
        root = root().display()
    )
}

/// This package's manifest with one binary and nothing that only tests need.
fn manifest() -> String {
    let whole = fs::read_to_string(root().join("Cargo.toml")).expect("readable");
    let mut kept = String::new();
    let mut keeps = true;
    for line in whole.lines() {
        if line.starts_with('[') {
            let is_left_out = ["[[", "[lib]", "[lints"].iter().any(|start| line.starts_with(start));
            keeps = !is_left_out && !line.contains("dev-dependencies") && !line.contains("build-dependencies");
        }
        if keeps && !line.starts_with("default-run") && !line.starts_with("build = ") {
            writeln!(kept, "{line}").expect("a string takes all");
        }
    }
    kept.replace("autobenches = false", "autobenches = false\nautobins = false")
        + "\n[[bin]]\nname = \"house\"\npath = \"src/main.rs\"\n\n[workspace]\n"
}

/// What the compiler says of the package in `place`, one message a line.
fn compiled(place: &Path) -> String {
    // The same folder for what is compiled: the other crates are there already.
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["check", "--offline", "--message-format", "json"])
        .current_dir(place)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    said
}

fn dead(said: &str) -> Items {
    let mut found = Items::new();
    for message in said.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()) {
        if message["message"]["code"]["code"] != "dead_code" {
            continue;
        }
        let spans = message["message"]["spans"].as_array().into_iter().flatten();
        for span in spans.filter(|span| span["is_primary"] == true) {
            let file = span["file_name"].as_str().expect("a file").to_owned();
            found.entry(file).or_default().insert(name(span));
        }
    }
    found
}

/// The piece of source that a message points at: a name.
fn name(span: &Value) -> String {
    let line = &span["text"][0];
    let place = |key: &str| usize::try_from(line[key].as_u64().expect("a column")).expect("a column") - 1;
    let (from, to) = (place("highlight_start"), place("highlight_end"));
    line["text"].as_str().expect("a line").chars().skip(from).take(to - from).collect()
}

/// The list: `# reason`, then `file: name, name`, where `*` is all of the file.
fn excused(list: &str) -> Items {
    let mut found = Items::new();
    let mut has_reason = false;
    for line in list.lines().filter(|line| !line.trim().is_empty()) {
        if line.starts_with('#') {
            has_reason = true;
            continue;
        }
        assert!(has_reason, "{line} stands under no reason");
        let (file, names) = line.split_once(": ").unwrap_or_else(|| panic!("{line}: not `file: name, name`"));
        found.entry(file.to_owned()).or_default().extend(names.split(", ").map(ToOwned::to_owned));
    }
    found
}

fn compared(dead: &Items, excused: &Items) -> String {
    let mut told = String::new();
    let nothing = BTreeSet::new();
    for (file, names) in dead {
        let reasoned = excused.get(file).unwrap_or(&nothing);
        for name in names.difference(reasoned).filter(|_| !reasoned.contains("*")) {
            writeln!(told, "no face reaches {file}: {name}").expect("a string takes all");
        }
    }
    for (file, names) in excused {
        let living = |name: &&String| match dead.get(file) {
            Some(dead) => *name != "*" && !dead.contains(*name),
            None => true,
        };
        for name in names.iter().filter(living) {
            writeln!(told, "no longer dead, strike it from the list: {file}: {name}").expect("a string takes all");
        }
    }
    told
}

fn items(of: &[(&str, &[&str])]) -> Items {
    let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    of.iter().map(|(file, all)| ((*file).to_owned(), names(all))).collect()
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

const LIST: &str = "tests/unreachable.txt";
