//! A language is a folder: with one more in `assets/lang` the room of the words speaks it, and no line of source knows of it.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

/// What lists the folders when the program is compiled.
#[path = "../dist/languages.rs"]
mod languages;

#[test]
fn every_folder_is_a_language_and_english_fills_the_gaps() {
    let place = tempfile::tempdir().expect("a folder");
    let words = place.path().join("lang");
    for (tag, text) in [("zh-CN", "a = 甲\n"), ("en", "a = one\n"), ("de", "a = eins\n"), ("pt-BR", "a = um\n")] {
        fs::create_dir_all(words.join(tag)).expect("a folder");
        fs::write(words.join(tag).join("some.ftl"), text).expect("written");
    }
    fs::write(words.join("README"), "no language").expect("written");
    let table = languages::table(&words).expect("readable");
    let rows: Vec<_> = table.lines().filter_map(|line| line.trim().split_once(" [")).map(|(row, _)| row).collect();
    assert_eq!(rows, ["En = \"en\"", "De = \"de\"", "PtBr = \"pt-BR\"", "ZhCn = \"zh-CN\""]);
    assert!(table.contains("de/some.ftl") && !table.contains("README"), "{table}");
}

#[test]
fn a_third_language_is_one_folder() {
    let place = tempfile::tempdir().expect("a folder");
    let words = place.path().join("lang");
    for tag in ["en", "zh-CN"] {
        copy(&root().join("assets/lang").join(tag), &words.join(tag));
    }
    copy(&words.join("en"), &words.join("de"));
    let file = words.join("de/causes.ftl");
    let german = fs::read_to_string(&file)
        .expect("readable")
        .replace("cause-F-021 = The module finds no SIM card.", "cause-F-021 = Das Modul findet keine SIM-Karte.");
    // What is missing is told in English.
    let german: String =
        german.lines().filter(|line| !line.starts_with("fix-F-021 ")).map(|l| l.to_owned() + "\n").collect();
    fs::write(&file, german).expect("written");
    let house = place.path().join("house");
    draw(&house, &words);
    let said = said(&house);
    let wanted = "de zh-CN en\nDas Modul findet keine SIM-Karte.\nPut the card in the right way round, press it home, then restart the module.\n";
    assert_eq!(said, wanted);
}

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("readable").flatten() {
        fs::copy(entry.path(), to.join(entry.file_name())).expect("copied");
    }
}

/// A package in `house` that has the room of the words alone, and the languages of `words`.
fn draw(house: &Path, words: &Path) {
    let source = house.join("src");
    fs::create_dir_all(&source).expect("a folder");
    copy(&root().join("src/lang"), &source.join("lang"));
    let whole = fs::read_to_string(root().join("Cargo.toml")).expect("readable");
    let line = |name: &str| whole.lines().find(|line| line.starts_with(name)).expect("a dependency").to_owned();
    let needs = ["fluent-bundle =", "unic-langid =", "serde ="].map(line).join("\n");
    let head = "[package]\nname = \"house\"\nversion = \"0.1.0\"\nedition = \"2024\"\nbuild = \"build.rs\"\n";
    fs::write(house.join("Cargo.toml"), format!("{head}\n[dependencies]\n{needs}\n\n[workspace]\n")).expect("written");
    fs::copy(root().join("Cargo.lock"), house.join("Cargo.lock")).expect("copied");
    let quoted = |path: &Path| format!("{:?}", path.to_string_lossy());
    let (list, words) = (quoted(&root().join("dist/languages.rs")), quoted(words));
    let build = format!(
        "#[path = {list}]\nmod languages;\nfn main() {{\n    let table = languages::table(std::path::Path::new({words})).unwrap();\n    \
         std::fs::write(std::env::var(\"OUT_DIR\").unwrap() + \"/languages.rs\", table).unwrap();\n}}\n"
    );
    fs::write(house.join("build.rs"), build).expect("written");
    let main = "mod lang;\nuse lang::{Lang, Phrase};\nfn main() {\n    let tags = [\"de_AT.UTF-8\", \"zh_CN\", \"xx\"].map(|tag| Lang::from_tag(tag).tag());\n    \
                println!(\"{}\", tags.join(\" \"));\n    let german = Lang::from_tag(\"de\");\n    \
                println!(\"{}\", Phrase::new(\"cause-F-021\").to(german));\n    println!(\"{}\", Phrase::new(\"fix-F-021\").to(german));\n}\n";
    fs::write(source.join("main.rs"), main).expect("written");
}

/// What the program in `house` says. The other crates are in this package's own folder already.
fn said(house: &Path) -> String {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args(["run", "--offline", "--quiet"])
        .current_dir(house)
        .env("CARGO_TARGET_DIR", target)
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}
