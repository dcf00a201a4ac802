//! Every cause of the catalogue has a rule that names it, or a reason why nothing can.

use std::{collections::BTreeMap, fs, path::Path};

use air780e_companion::diagnosis::catalogue::{self, Shown};

/// Causes that something can show and that no rule names yet. May only become shorter.
const WITHOUT_A_RULE: &[&str] = &[];

#[test]
fn every_cause_that_can_be_shown_has_a_rule() {
    let rules = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnosis/rules");
    let spoken = spoken(&rules);
    let names = names();
    let mut unnamed = Vec::new();
    for cause in catalogue::all() {
        let name = &names[cause.id];
        if spoken.iter().any(|word| word == name) || matches!(cause.shown, Shown::Nothing(_)) {
            continue;
        }
        println!("{} {name}: shown by {:?}, no rule", cause.id, cause.shown);
        unnamed.push(cause.id);
    }
    println!("{} causes, {} without a rule", names.len(), unnamed.len());
    let new: Vec<_> = unnamed.iter().filter(|id| !WITHOUT_A_RULE.contains(id)).collect();
    assert!(new.is_empty(), "no rule names {new:?}");
    let mended: Vec<_> = WITHOUT_A_RULE.iter().filter(|id| !unnamed.contains(id)).collect();
    assert!(mended.is_empty(), "{mended:?} have a rule by now: take them from the list");
}

/// The constants' names by number, as the catalogue's sources declare them.
fn names() -> BTreeMap<String, String> {
    let room = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diagnosis/catalogue");
    let declared = |line: &str| {
        let (name, rest) = line.strip_prefix("    ")?.split_once(" = ")?;
        let id = rest.split_once(" \"")?.1.split('"').next()?;
        let is_row = id.starts_with("F-")
            && name.bytes().all(|byte| byte.is_ascii_uppercase() || b"0123456789_".contains(&byte));
        is_row.then(|| (id.to_owned(), name.to_owned()))
    };
    let names: BTreeMap<_, _> =
        sources(&room).iter().flat_map(|text| text.lines().filter_map(declared).collect::<Vec<_>>()).collect();
    assert_eq!(names.len(), catalogue::all().count(), "a row was not understood");
    names
}

/// Every constant of the catalogue that the rules name outside their tests.
fn spoken(rules: &Path) -> Vec<String> {
    let mut words = Vec::new();
    for text in sources(rules) {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        for path in ["c::", "catalogue::"] {
            let after = code.split(path).skip(1);
            words.extend(after.map(|rest| {
                let end = rest.find(|c: char| !c.is_ascii_alphanumeric() && c != '_').unwrap_or(rest.len());
                rest[..end].to_owned()
            }));
        }
    }
    words
}

fn sources(room: &Path) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in fs::read_dir(room).expect("a room of the sources") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            texts.extend(sources(&path));
        } else if path.extension().is_some_and(|end| end == "rs") && path.file_stem().is_none_or(|stem| stem != "tests")
        {
            texts.push(fs::read_to_string(&path).expect("a source"));
        }
    }
    texts
}
