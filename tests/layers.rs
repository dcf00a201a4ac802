//! Holds the `use crate::` lines of every room against the table of who may know whom, and the files against circles.
//!
//! What the table does not allow is forbidden. The same words stand on the library's first page. A room's unit tests may
//! reach further, to make what their room is given; those of the virtual modem may not.

#[path = "layers/arrows.rs"]
mod arrows;
#[path = "layers/circles.rs"]
mod circles;
#[path = "layers/page.rs"]
mod page;

use std::{
    fs,
    path::{Path, PathBuf},
};

use self::arrows::Arrow;

/// A room (or one place in it) and what it may use. The longest matching place decides; a place that ends in
/// `::*` stands for the whole room.
const TABLE: &[(&str, &[&str])] = &[
    ("time", &[]),
    ("mqtt", &[]),
    ("lang", &[]),
    ("keys", &[]),
    ("user_file", &["keys", "lang"]),
    ("own_file", &[]),
    ("payload", &[]),
    ("stop_signal", &[]),
    ("at", &["time"]),
    ("air780e", &["at", "keys", "mqtt", "lang", "time"]),
    ("modem", &["air780e", "at", "keys", "mqtt", "lang", "time"]),
    ("trace", &["keys", "time"]),
    ("tls", &["time"]),
    ("certs", &["time", "tls"]),
    ("broker", &["mqtt", "tls", "time"]),
    ("sim", &["mqtt", "tls", "certs", "time"]),
    ("sim::bench", &["sim", "modem", "broker", "mqtt", "time"]),
    ("sim::net::simulated", &["broker", "mqtt", "tls", "time"]),
    ("link", &["time", "sim::host"]),
    ("worker", &["modem", "link", "trace", "time"]),
    (
        "diagnosis",
        &[
            "modem::status",
            "modem::event",
            "certs",
            "tls",
            "lang",
            "air780e::codes",
            "air780e::limits",
            "air780e::firmware",
            "air780e::verb",
            "mqtt",
            "trace",
            "time",
        ],
    ),
    ("record", &["modem", "air780e", "at", "time"]),
    ("report", &["at", "lang", "trace"]),
    (
        "doctor",
        &[
            "record",
            "report",
            "diagnosis",
            "modem::event",
            "modem::request",
            "modem::status",
            "air780e",
            "at",
            "keys",
            "mqtt",
            "lang",
            "trace",
            "user_file",
            "time",
        ],
    ),
    ("here", &["diagnosis::here", "diagnosis::Fact", "modem::request", "tls", "certs", "mqtt", "lang", "time"]),
    ("peer", &["modem::request", "tls", "mqtt", "time"]),
    ("legs", &["peer", "modem::event", "modem::request", "mqtt", "time"]),
    (
        "bisect",
        &[
            "diagnosis::Changed",
            "diagnosis::Decided",
            "modem::event",
            "modem::plan",
            "modem::request",
            "tls",
            "own_file",
            "user_file",
            "lang",
        ],
    ),
    (
        "watch",
        &[
            "diagnosis",
            "report",
            "modem::event",
            "modem::request",
            "modem::status",
            "user_file",
            "lang",
            "trace",
            "time",
        ],
    ),
    (
        "model",
        &[
            "modem::event",
            "modem::status",
            "modem::request",
            "modem::plan",
            "modem::check",
            "diagnosis",
            "legs",
            "peer",
            "mqtt",
            "trace",
            "time",
        ],
    ),
    ("settings", &["mqtt", "lang"]),
    (
        "view",
        &[
            "model",
            "diagnosis",
            "doctor",
            "watch",
            "legs",
            "peer",
            "report::Form",
            "certs",
            "settings",
            "air780e::codes",
            "air780e::firmware",
            "air780e::handbook",
            "air780e::limits",
            "payload",
            "mqtt",
            "lang",
            "trace",
            "user_file",
            "time",
        ],
    ),
    (
        "view::demo",
        &[
            "model",
            "sim::scenario",
            "sim::steer",
            "diagnosis::catalogue",
            "broker",
            "settings",
            "payload",
            "lang",
            "time",
        ],
    ),
    ("action", &["mqtt", "settings", "link::spec", "lang", "view"]),
    ("ui", &["view", "action", "lang", "time"]),
    ("cli", &["*"]),
    ("app", &["*"]),
];

/// What even those who may use everything may not: the faces stand beside each other.
const NEVER: &[(&str, &str)] = &[("app", "cli"), ("cli", "app")];

/// The virtual modem is one machine: its parts may know each other.
const ONE_MACHINE: &str = "sim";

/// Elsewhere a module and its own parts may know each other; here the parts stand upon the module and it knows no page.
const STACKED: &str = "app";

/// One `crate::…` path found in a source file.
struct Reach {
    from: String,
    to: String,
    file: PathBuf,
    line: usize,
}

#[test]
fn rooms_use_only_what_the_table_allows() {
    let mut broken = Vec::new();
    for reach in reaches(Path::new(env!("CARGO_MANIFEST_DIR")).join("src").as_path()) {
        if let Err(why) = judge(&reach.from, &reach.to) {
            broken.push(format!("{}:{}: {why}", reach.file.display(), reach.line));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn no_files_use_each_other_in_a_circle() {
    let files = house();
    let arrows = arrows::arrows(&files);
    assert!(arrows.len() > 500, "the reader of arrows finds nothing any more");
    let counts = |arrow: &Arrow| !stands_under(&arrow.from, &arrow.to) || stands_under(&arrow.from, STACKED);
    let arrows: Vec<_> = arrows.into_iter().filter(counts).collect();
    let circles = circles::circles(&arrows);
    let told: Vec<_> = circles
        .iter()
        .filter(|circle| !circle.iter().all(|arrow| stands_under(&arrow.from, ONE_MACHINE)))
        .map(|circle| circles::told(circle))
        .collect();
    assert!(told.is_empty(), "{} circles of `use`:\n{}", told.len(), told.join("\n"));
}

#[test]
fn the_table_goes_from_the_ground_up() {
    let floor = |path: &str| TABLE.iter().position(|(place, _)| path.split("::").next() == Some(*place));
    for (number, (place, allowed)) in TABLE.iter().enumerate() {
        for open in allowed.iter().filter(|open| **open != "*") {
            let other = floor(open);
            assert!(other.is_some_and(|other| other < number), "{place} may use {open}, which is no lower room");
        }
    }
}

#[test]
fn the_librarys_page_says_the_same() {
    let mut page = page::rows();
    for (place, allowed) in TABLE.iter().filter(|(place, _)| !place.starts_with("sim::")) {
        let said = page.remove(*place).unwrap_or_else(|| panic!("{place} is not on the page"));
        let held = allowed.iter().map(|open| (*open).to_owned()).collect();
        assert_eq!(said, held, "{place}: the page, and the table of this test");
    }
    assert!(page.is_empty(), "only on the page: {page:?}");
}

#[test]
fn every_room_stands_in_the_table() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for file in sources(&src) {
        let room = place_of(&file, &src);
        let Some(room) = room.split("::").next().filter(|room| !room.is_empty()) else { continue };
        assert!(TABLE.iter().any(|(place, _)| *place == room), "{room} is not in the table ({})", file.display());
    }
}

#[test]
fn the_judge_knows_right_from_wrong() {
    assert!(judge("at::framer", "time::Moment").is_ok());
    assert!(judge("at::framer", "air780e::codes").is_err());
    assert!(judge("sim::shell", "air780e::limits").is_err());
    assert!(judge("sim::bench", "modem::Modem").is_ok());
    assert!(judge("ui::connect", "model::Model").is_err());
    assert!(judge("view::ladder", "air780e::codes::cme").is_ok());
    assert!(judge("view::ladder", "air780e::mqtt").is_err());
    assert!(judge("link::pipe", "sim::host::PipeEnd").is_ok());
    assert!(judge("link::pipe", "sim::shell").is_err());
    assert!(judge("app::dispatch", "worker::Worker").is_ok());
    assert!(judge("here::port", "diagnosis::here::PortHere").is_ok());
    assert!(judge("here::port", "diagnosis::diagnose").is_err());
    assert!(judge("app::crosscheck", "cli::check").is_err());
    assert!(judge("cli::check", "app::crosscheck").is_err());
    assert_eq!(
        paths_in("use crate::{at::text, time::{Moment, Observed}, mqtt};"),
        ["at::text", "time::Moment", "time::Observed", "mqtt"]
    );
    assert_eq!(paths_in("fn f(x: crate::modem::Modem) {}"), ["modem::Modem"]);
}

/// Whether the place `from` may use the path `to`.
fn judge(from: &str, to: &str) -> Result<(), String> {
    if from.is_empty() {
        return Ok(());
    }
    let room = from.split("::").next().unwrap_or_default();
    if to.split("::").next() == Some(room) {
        return Ok(());
    }
    if NEVER.iter().any(|(place, other)| stands_under(from, place) && stands_under(to, other)) {
        return Err(format!("{from} may not use {to}: one face never needs the other"));
    }
    let allowed = TABLE
        .iter()
        .filter(|(place, _)| stands_under(from, place))
        .max_by_key(|(place, _)| place.len())
        .map(|(_, allowed)| *allowed)
        .ok_or_else(|| format!("{from} is not in the table"))?;
    if allowed.iter().any(|open| *open == "*" || stands_under(to, open)) {
        Ok(())
    } else {
        Err(format!("{from} may not use {to}"))
    }
}

fn stands_under(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

/// Every source file but the binaries and the crate's root, as a module path and its text.
fn house() -> Vec<(String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |file: &PathBuf| (place_of(file, &src), fs::read_to_string(file).expect("a source file is readable"));
    sources(&src).iter().map(read).filter(|(place, _)| !place.is_empty()).collect()
}

/// `place` and a name in it.
fn joined(place: &str, name: &str) -> String {
    if place.is_empty() { name.to_owned() } else { format!("{place}::{name}") }
}

/// Every path under `crate::` in every source file, binaries aside: those may use everything.
fn reaches(src: &Path) -> Vec<Reach> {
    let mut found = Vec::new();
    for file in sources(src) {
        let text = fs::read_to_string(&file).expect("a source file is readable");
        let from = place_of(&file, src);
        let text = if stands_under(&from, "sim") { &text } else { without_tests(&from, &text) };
        for (line, statement) in statements(text) {
            for to in paths_in(&statement) {
                found.push(Reach { from: from.clone(), to, file: file.clone(), line });
            }
        }
    }
    assert!(found.len() > 50, "the reader of `use` lines finds nothing any more");
    found
}

/// The part of a file that is not its unit tests.
fn without_tests<'a>(place: &str, text: &'a str) -> &'a str {
    if place.split("::").any(|part| part == "tests") {
        return "";
    }
    text.split_once("#[cfg(test)]\nmod tests {").map_or(text, |(code, _)| code)
}

/// Pieces of source that may hold a `crate::` path, each with the line it starts on; comments are left out.
fn statements(text: &str) -> Vec<(usize, String)> {
    let mut pieces = Vec::new();
    let mut lines = text.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        let code = line.split("//").next().unwrap_or_default();
        if !code.contains("crate::") {
            continue;
        }
        let mut statement = code.to_owned();
        while statement.matches('{').count() > statement.matches('}').count() && is_use(&statement) {
            let Some((_, next)) = lines.next() else { break };
            statement.push_str(next.split("//").next().unwrap_or_default());
        }
        pieces.push((number + 1, statement));
    }
    pieces
}

fn is_use(statement: &str) -> bool {
    statement.trim_start().trim_start_matches("pub ").trim_start_matches("pub(crate) ").starts_with("use ")
}

/// The paths after each `crate::` of a statement, groups in braces spread out.
fn paths_in(statement: &str) -> Vec<String> {
    let mut paths = Vec::new();
    for (at, _) in statement.match_indices("crate::") {
        let before = statement[..at].chars().last();
        if before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '$') {
            spread("", &statement[at + "crate::".len()..], &mut paths);
        }
    }
    paths
}

/// Reads one path or group and returns what follows it.
fn spread<'a>(prefix: &str, text: &'a str, paths: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = rest.trim_start().trim_start_matches(',').trim_start();
            match rest.strip_prefix('}') {
                Some(after) => return after,
                None if rest.is_empty() => return rest,
                None => rest = spread(prefix, rest, paths),
            }
        }
    }
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != ':').unwrap_or(text.len());
    let (segment, rest) = text.split_at(end);
    if let (Some(open), true) = (segment.strip_suffix("::"), rest.trim_start().starts_with('{')) {
        return spread(&format!("{prefix}{open}::"), rest, paths);
    }
    if !segment.is_empty() {
        paths.push(format!("{prefix}{}", segment.trim_end_matches(':')));
    }
    let rest = rest.strip_prefix(|c: char| c != '}' && c != ',').unwrap_or(rest);
    rest.trim_start_matches(|c: char| c != '}' && c != ',')
}

/// `src/modem/flow/apn.rs` → `modem::flow::apn`; the crate's own root and the binaries have no place.
fn place_of(file: &Path, src: &Path) -> String {
    let relative = file.strip_prefix(src).expect("under src").with_extension("");
    let mut parts: Vec<_> = relative.iter().map(|part| part.to_string_lossy().into_owned()).collect();
    if parts.last().is_some_and(|last| last == "mod") {
        parts.pop();
    }
    match parts.first().map(String::as_str) {
        Some("main" | "lib" | "bin") => String::new(),
        _ => parts.join("::"),
    }
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder is readable") {
        let path = entry.expect("an entry is readable").path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}
