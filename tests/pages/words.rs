//! Words of the window, looked at as text: what a reader of one language would not write.

use std::{fs, path::Path};

/// Every line of the language's files that is no comment, with the name of its file.
fn lines(language: &str) -> Vec<(String, String)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/lang").join(language);
    let mut lines = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()) {
        let name = entry.file_name().expect("a name").to_string_lossy().into_owned();
        let text = fs::read_to_string(&entry).expect("a text");
        lines.extend(text.lines().filter(|line| !line.starts_with('#')).map(|line| (name.clone(), line.to_owned())));
    }
    assert!(lines.len() > 500, "{language}: {}", lines.len());
    lines
}

/// The curly marks of the window's font are as wide as a Chinese character: they tear an English sentence apart.
#[test]
fn english_words_have_straight_quotes_and_no_chinese_marks() {
    let marks = ['“', '”', '‘', '’', '「', '」', '，', '。', '：', '；', '（', '）', '！', '？'];
    let found: Vec<_> = lines("en").into_iter().filter(|(_, line)| line.contains(marks)).collect();
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn chinese_words_have_chinese_quotes_in_pairs() {
    let count = |line: &str, mark: char| line.chars().filter(|letter| *letter == mark).count();
    let is_odd = |line: &str| count(line, '“') != count(line, '”') || line.contains(['‘', '’', '「', '」']);
    let found: Vec<_> = lines("zh-CN").into_iter().filter(|(_, line)| is_odd(line)).collect();
    assert!(found.is_empty(), "{found:#?}");
}
