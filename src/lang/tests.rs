//! The language files against each other, against the keys that the source uses, and against the words that stand in it.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use super::{Arg, Lang, Text, Translator};
use crate::{
    air780e::codes,
    diagnosis::catalogue::{self, Shown},
    sim::scenario,
};

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

/// Every file of the source by its path below `src`, its blanks made one, without these tests.
fn house() -> Vec<(String, String)> {
    let (source, mut files) = (Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/src")), Vec::new());
    rust_files(source, &mut files);
    let read = |file: PathBuf| {
        let name = file.strip_prefix(source).expect("below src").to_string_lossy().replace('\\', "/");
        let text = fs::read_to_string(&file).expect("a source file");
        (name != "lang/tests.rs").then_some((name, text))
    };
    let house: Vec<_> = files.into_iter().filter_map(read).collect();
    assert!(house.len() > 400, "the source is somewhere else");
    house
}

/// Every quoted word after one of the calls that name a key.
fn keys_in_source() -> BTreeSet<String> {
    const CALLS: [&str; 4] = [".tr(\"", ".tr_args(\"", "Text::new(\"", "Phrase::new(\""];
    /// Elsewhere a field of this name is something else.
    const OF_THE_WINDOW: &str = "key: \"";
    const WINDOW: [&str; 6] = ["action", "app", "model", "settings", "ui", "view"];
    let mut found = BTreeSet::new();
    for (file, source) in house() {
        let flat = source.split_whitespace().collect::<Vec<_>>().join(" ").replace("( \"", "(\"");
        let is_window = WINDOW.iter().any(|room| file.split(['/', '.']).next() == Some(*room));
        for call in CALLS.into_iter().chain(is_window.then_some(OF_THE_WINDOW)) {
            found.extend(flat.split(call).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned));
        }
    }
    found
}

/// The keys that tables make of their numbers.
fn keys_of_tables() -> BTreeSet<String> {
    let mut found: BTreeSet<_> =
        codes::all().flat_map(|code| [code.short, code.long]).map(|phrase| phrase.key().to_owned()).collect();
    for cause in catalogue::all() {
        found.extend([cause.cause, cause.fix].map(|phrase| phrase.key().to_owned()));
        if let Shown::Nothing(reason) = cause.shown {
            found.insert(reason.key().to_owned());
        }
    }
    found.extend(scenario::all().iter().map(|scenario| format!("scenario-{}", scenario.name)));
    found
}

#[test]
fn all_languages_have_the_same_keys_and_arguments() {
    let english = keys(Lang::En);
    for lang in Lang::ALL {
        assert_eq!(keys(lang), english, "{}", lang.tag());
    }
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
    let missing: Vec<_> =
        keys_in_source().into_iter().chain(keys_of_tables()).filter(|key| !known.contains_key(key)).collect();
    assert!(missing.is_empty(), "no text for {missing:?}");
}

#[test]
fn no_sentence_is_left_that_nobody_says() {
    let quoted: BTreeSet<String> =
        house().iter().flat_map(|(_, source)| source.split('"').map(str::to_owned).collect::<Vec<_>>()).collect();
    let tables = keys_of_tables();
    let unused: Vec<_> =
        keys(Lang::En).into_keys().filter(|key| !quoted.contains(key) && !tables.contains(key)).collect();
    // The terminal makes these of the names of commands, and its own test walks them.
    let unused: Vec<_> = unused.into_iter().filter(|key| !key.starts_with("cmd-")).collect();
    assert!(unused.is_empty(), "nobody says {unused:?}");
}

#[test]
fn a_text_is_given_no_argument_that_its_sentence_does_not_have() {
    let known: BTreeMap<String, BTreeSet<String>> =
        Lang::ALL.into_iter().map(keys).fold(BTreeMap::new(), |mut all, one| {
            for (key, names) in one {
                all.entry(key).or_default().extend(names);
            }
            all
        });
    let mut wrong = Vec::new();
    let mut seen = 0;
    for (file, source) in house().into_iter().filter(|(file, _)| !file.ends_with("tests.rs")) {
        for rest in source.split("Text::new(").skip(1) {
            let Some((key, mut rest)) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once('"'))
            else {
                continue;
            };
            rest = rest.trim_start().strip_prefix(')').unwrap_or_default();
            while let Some((name, behind)) = argument(rest) {
                seen += 1;
                if known.get(key).is_some_and(|names| !names.contains(name)) {
                    wrong.push(format!("{file}: {key} has no {name}"));
                }
                rest = behind;
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 400, "only {seen} arguments were found");
}

/// What a sentence needs it is given: in the function that names it, unless another fills the rest in.
#[test]
fn a_text_is_given_every_argument_that_its_sentence_has() {
    /// Files in which another function fills the sentences that begin so.
    const FILLED_ELSEWHERE: [(&str, &str); 6] = [
        ("app/losses.rs", "own-broker-"),
        ("cli/check/run/legs.rs", "check-lost-"),
        ("view/notices.rs", "notice-"),
        ("view/certificates/concerns.rs", "damage-"),
        ("ui/latency/plan.rs", "measure-rates"),
        ("ui/latency/summary.rs", "measure-rates"),
    ];
    let known = keys(Lang::En);
    let (mut wrong, mut seen) = (Vec::new(), 0);
    for (file, source) in house().into_iter().filter(|(file, _)| !file.ends_with("tests.rs")) {
        let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        for function in functions(code) {
            let given = |name: &str| {
                let flat = function.split_whitespace().collect::<String>();
                [".put(", ".with(", "("].iter().any(|call| flat.contains(&format!("{call}\"{name}\",")))
            };
            for key in quoted(function) {
                let Some(names) = known.get(key).filter(|names| !names.is_empty()) else { continue };
                seen += 1;
                let excused = FILLED_ELSEWHERE.iter().any(|(place, named)| file == *place && key.starts_with(named));
                let missing: Vec<_> = names.iter().filter(|name| !given(name)).collect();
                if !missing.is_empty() && !excused {
                    wrong.push(format!("{file}: {key} is not given {missing:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(seen > 600, "only {seen} sentences with arguments were found");
}

/// The functions of a file, methods too; what stands before the first is one as well.
fn functions(code: &str) -> Vec<&str> {
    let is_begin = |line: &str| {
        let line = line.trim_start();
        let words = ["pub ", "pub(super) ", "pub(crate) ", "const "].iter();
        let bare = words.fold(line, |line, word| line.strip_prefix(word).unwrap_or(line));
        bare.starts_with("fn ") || line.starts_with("pub(in ") && line.contains(" fn ")
    };
    let mut begins = vec![0];
    let mut at = 0;
    for line in code.split_inclusive('\n') {
        if is_begin(line) {
            begins.push(at);
        }
        at += line.len();
    }
    begins.push(code.len());
    begins.windows(2).map(|pair| &code[pair[0]..pair[1]]).collect()
}

/// The quoted words of a piece of code that could be keys.
fn quoted(code: &str) -> BTreeSet<&str> {
    let is_key =
        |word: &&str| word.contains('-') && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    code.split('"').filter(is_key).collect()
}

/// `.with("name", value)` or `.put("name", value)` at the beginning of `rest`: the name and what stands behind the call.
fn argument(rest: &str) -> Option<(&str, &str)> {
    let rest = rest.trim_start();
    let rest = rest.strip_prefix(".with(").or_else(|| rest.strip_prefix(".put("))?;
    let (name, _) = rest.trim_start().strip_prefix('"')?.split_once('"')?;
    let (mut depth, mut is_text) = (1, false);
    for (at, sign) in rest.char_indices() {
        match sign {
            '"' => is_text = !is_text,
            '(' if !is_text => depth += 1,
            ')' if !is_text => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some((name, &rest[at + 1..]));
        }
    }
    None
}

/// Words for people stand in the language files. What tools of others write, and signs, are data.
#[test]
fn no_chinese_words_stand_in_the_source() {
    const DATA: [(&str, &str); 6] = [
        ("lang/text.rs", "the points that end a sentence"),
        ("record/", "words by which the tools of others are known"),
        ("diagnosis/rules/command.rs", "signs that were typed in place of ASCII"),
        ("diagnosis/rules/tcp.rs", "signs that were typed in place of ASCII"),
        ("diagnosis/rules/marks/application.rs", "what platforms answer"),
        ("app/session.rs", "the payload of a message"),
    ];
    let is_chinese = |sign: char| matches!(sign, '\u{3000}'..='\u{9fff}' | '\u{ff00}'..='\u{ffef}');
    let mut found = Vec::new();
    for (file, source) in house() {
        let is_test = file.ends_with("tests.rs") || file.contains("/tests/");
        if is_test || DATA.iter().any(|(place, _)| file.starts_with(place)) {
            continue;
        }
        let code = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
        let spoken = code.lines().filter(|line| !line.trim_start().starts_with("//") && line.contains(is_chinese));
        found.extend(spoken.map(|line| format!("{file}: {}", line.trim())));
    }
    assert!(found.is_empty(), "give these a key in assets/lang:\n{}", found.join("\n"));
}

#[test]
fn no_text_of_another_language_was_left_in_english() {
    let said = |lang: Lang, key: &str, names: &BTreeSet<String>| {
        let args: Vec<_> = names.iter().map(|name| (name.clone().leak() as &str, Arg::from("x"))).collect();
        lang.translator().tr_args(key, &args)
    };
    for lang in Lang::ALL.into_iter().filter(|lang| *lang != Lang::En) {
        let is_same = |key: &str, names: &BTreeSet<String>| {
            let words = said(lang, key, names);
            words == said(Lang::En, key, names) && words.split_whitespace().count() > 3
        };
        let same: Vec<_> = keys(Lang::En)
            .into_iter()
            .filter(|(key, names)| names.len() <= 1 && is_same(key, names))
            .map(|(key, _)| key)
            .collect();
        assert!(same.is_empty(), "{}: the same sentence as in English: {same:?}", lang.tag());
    }
}

/// What helps on one system is no help on another.
#[test]
fn nobody_is_told_to_do_what_his_system_does_not_have() {
    const OF_LINUX: [&str; 11] = [
        "udev",
        "ModemManager",
        "dialout",
        "uucp",
        "usermod",
        "sudo",
        "Debian",
        "X11",
        "Wayland",
        "debian-packages",
        "/dev/",
    ];
    const OF_WINDOWS: [&str; 4] = ["Device Manager", "设备管理器", "Direct3D", "COM port"];
    /// Said only where the system refused a user in the way of Unix, or told that a library is missing.
    const SHOWN_BY_THE_SYSTEM: [&str; 4] =
        ["fix-F-003", "port-no-permission-group", "seen-refused-port-group", "start-library"];
    for lang in Lang::ALL {
        let mut wrong = Vec::new();
        for (system, foreign) in [("windows", &OF_LINUX[..]), ("linux", &OF_WINDOWS), ("macos", &OF_WINDOWS)] {
            let translator = Translator::on(lang, system);
            for (key, names) in keys(lang).into_iter().filter(|(key, _)| !SHOWN_BY_THE_SYSTEM.contains(&key.as_str())) {
                let args: Vec<_> = names.into_iter().map(|name| (name.leak() as &str, Arg::from("x"))).collect();
                let said = translator.tr_args(&key, &args);
                wrong.extend(
                    foreign.iter().filter(|word| said.contains(**word)).map(|word| format!("{system} {key}: {word}")),
                );
            }
        }
        assert!(wrong.is_empty(), "{}: {}", lang.tag(), wrong.join("\n"));
    }
}

#[test]
fn a_missing_driver_is_told_on_windows_and_a_service_that_takes_ports_on_linux() {
    let said = |system, key| Lang::ALL.map(|lang| Translator::on(lang, system).tr(key).into_owned());
    for key in ["cause-F-008", "fix-F-008", "ports-none", "ports-none-found"] {
        let [english, chinese] = said("windows", key);
        assert!(english.contains("driver") && chinese.contains("驱动"), "{english} {chinese}");
        assert!(said("linux", key).iter().zip([english, chinese]).all(|(linux, windows)| *linux != windows));
    }
    assert!(said("linux", "fix-F-004").iter().all(|words| words.contains("ModemManager") && words.contains("udev")));
}

#[test]
fn a_nested_text_follows_the_language_of_the_sentence() {
    let text = Text::new("doctor-trouble-at").with("rung", Text::new("rung-sim"));
    let english = Translator::new(Lang::En).text(&text);
    let chinese = Translator::new(Lang::ZhCn).text(&text);
    assert!(english.contains("SIM"), "{english}");
    assert_ne!(english, chinese);
}

#[test]
fn texts_stand_one_behind_the_other_and_within_each_other() {
    let both = Text::list([Text::new("watch-h"), Text::plain("AT")], "watch-comma");
    assert_eq!([Lang::En, Lang::ZhCn].map(|lang| both.to(lang).into_owned()), ["h, AT", "小时，AT"]);
    let cause = || Text::new("cause-F-021");
    assert_eq!(cause().after_colon().to(Lang::En), "the module finds no SIM card.");
    assert_eq!(Text::plain("TLS works.").after_colon().to(Lang::En), "TLS works.", "a name stays as it is");
    assert_eq!(cause().in_brackets().to(Lang::ZhCn), "模块未检测到 SIM 卡");
    let within = Text::new("watch-by").put("count", 1).put("id", "F-021").with("cause", cause().in_brackets());
    assert_eq!(within.arg("id").as_deref(), Some("F-021"));
    assert_eq!(within.arg("cause"), None, "it is no plain value");
}

#[test]
fn a_mask_reaches_every_value_and_no_word() {
    let text = Text::new("seen-no-answer-to").put("command", "AT+X=\"secret\"");
    let outer = Text::chain([Text::plain("secret "), text]).masked(&|value: &str| value.replace("secret", "***"));
    assert_eq!(outer.to(Lang::En), "*** AT+X=\"***\": no answer");
}

#[test]
fn a_number_chooses_the_plural() {
    let drops = |count: u64| Text::new("watch-drops").with("count", count).put("time", "1 h").to(Lang::En).into_owned();
    assert_eq!([drops(1), drops(2)], ["1 drop in 1 h", "2 drops in 1 h"]);
    assert_eq!(Arg::from(3_u8), Arg::Number(3));
}

#[test]
fn an_unknown_key_shows_itself() {
    for lang in Lang::ALL {
        assert_eq!(lang.translator().tr("no-such-key"), "no-such-key");
    }
}

#[test]
fn a_tag_of_a_system_leads_to_a_language() {
    for (tag, lang) in [("zh_CN.UTF-8", Lang::ZhCn), ("zh-Hant-TW", Lang::ZhCn), ("en_GB", Lang::En), ("de", Lang::En)]
    {
        assert_eq!(Lang::from_tag(tag), lang, "{tag}");
    }
    for lang in Lang::ALL {
        assert_eq!(Lang::from_tag(lang.tag()), lang);
        assert_ne!(lang.own_name(), "language-name");
    }
}
