//! The language files against each other and against the keys that the source uses.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::{Arg, Lang, Text, Translator};

/// Keys of one language with the placeables in their text.
fn keys(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let mut found = BTreeMap::new();
    for source in lang.sources() {
        let mut key = String::new();
        for line in source.lines() {
            if let Some((name, _)) = line.split_once(" =")
                && line.starts_with(|c: char| c.is_ascii_lowercase())
            {
                name.clone_into(&mut key);
                let earlier = found.insert(key.clone(), BTreeSet::new());
                assert!(earlier.is_none(), "{key} stands twice in {}", lang.tag());
            }
            for piece in line.split("{ $").skip(1).filter(|_| !line.starts_with('#')) {
                let name = piece.split([' ', '}']).next().unwrap_or_default();
                if let Some(names) = found.get_mut(&key) {
                    names.insert(name.to_owned());
                }
            }
        }
    }
    found
}

fn rust_files(folder: &Path, into: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a readable folder").flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, into);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            into.push(path);
        }
    }
}

/// Every quoted word after one of the calls that name a key, in the rooms of the window: other rooms know no such files.
fn keys_in_source() -> BTreeSet<String> {
    const WINDOW: [&str; 7] = ["action", "app", "lang", "model", "settings", "ui", "view"];
    const CALLS: [&str; 4] = [".tr(\"", ".tr_args(\"", "Text::new(\"", "key: \""];
    let (source, mut files) = (Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), Vec::new());
    rust_files(source, &mut files);
    let room = |file: &Path| WINDOW.iter().any(|room| file.starts_with(source.join(room)));
    files.retain(|file| room(file) || *file == source.join("settings.rs"));
    assert!(files.len() > 100, "the rooms of the window are somewhere else");
    let mut found = BTreeSet::new();
    for file in files.iter().filter(|file| !file.ends_with("lang/tests.rs")) {
        let source: String =
            fs::read_to_string(file).expect("a source file").split_whitespace().collect::<Vec<_>>().join(" ");
        let source = source.replace("( \"", "(\"");
        for call in CALLS {
            found.extend(source.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    found
}

#[test]
fn both_languages_have_the_same_keys_and_arguments() {
    assert_eq!(keys(Lang::En), keys(Lang::ZhCn));
}

#[test]
fn every_entry_of_the_files_can_be_parsed() {
    for lang in Lang::ALL {
        for source in lang.sources() {
            if let Err((_, errors)) = fluent_bundle::FluentResource::try_new((*source).to_owned()) {
                panic!("{}: {errors:?}", lang.tag());
            }
        }
    }
}

#[test]
fn every_key_in_the_source_exists() {
    let known = keys(Lang::En);
    let missing: Vec<_> = keys_in_source().into_iter().filter(|key| !known.contains_key(key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn no_chinese_text_was_left_in_english() {
    let (english, chinese) = (Translator::new(Lang::En), Translator::new(Lang::ZhCn));
    let same: Vec<_> = keys(Lang::En)
        .into_keys()
        .filter(|key| {
            let text = chinese.tr(key);
            text == english.tr(key) && text.split_whitespace().count() > 3
        })
        .collect();
    assert!(same.is_empty(), "the same sentence in both languages: {same:?}");
}

#[test]
fn a_nested_text_follows_the_language_of_the_sentence() {
    let text = Text::new("ladder-first-failed").with("rung", Text::new("rung-sim"));
    let english = Translator::new(Lang::En).text(&text);
    let chinese = Translator::new(Lang::ZhCn).text(&text);
    assert!(english.contains("SIM"), "{english}");
    assert_ne!(english, chinese);
}

#[test]
fn words_known_in_both_languages_follow_the_sentence() {
    let text = Text::new("notice-exported").with("path", Arg::Known { english: "here", chinese: "此处" });
    assert!(Translator::new(Lang::En).text(&text).ends_with("here"));
    assert!(Translator::new(Lang::ZhCn).text(&text).ends_with("此处"));
}

#[test]
fn an_unknown_key_shows_itself() {
    assert_eq!(Translator::new(Lang::En).tr("no-such-key"), "no-such-key");
}
