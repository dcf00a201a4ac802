//! Words of the window, looked at as text: what a reader of one language would not write.

use std::{fs, path::Path};

use air780e_companion::{lang::Lang, ui::theme};
use eframe::egui::Context;

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

/// How wide the mark stands in a text of this language, in parts of the text's size.
fn width_of(lang: Lang, mark: char) -> f32 {
    let ctx = Context::default();
    theme::install(&ctx);
    theme::speak(&ctx, lang);
    let mut width = 0.0;
    // Fonts are there from the first frame on.
    let mut output = ctx.run_ui(eframe::egui::RawInput::default(), |ui| {
        width = ui.fonts_mut(|fonts| fonts.glyph_width(&theme::proportional(100.0), mark)) / 100.0;
    });
    output.textures_delta.clear();
    width
}

/// One code point, two habits: a square of its own in Chinese, the width of its ink elsewhere.
#[test]
fn marks_are_as_wide_as_their_language_writes_them() {
    for mark in ['…', '·', '×', '±', '“', '’'] {
        let (english, chinese) = (width_of(Lang::En, mark), width_of(Lang::ZhCn, mark));
        assert!(english > 0.2 && english < 0.9, "{mark}: {english}");
        assert!(chinese > 0.9, "{mark}: {chinese}");
    }
    let dots = 3.0 * width_of(Lang::En, '.');
    assert!((width_of(Lang::En, '…') - dots).abs() < 0.02, "an ellipsis is three full stops");
}
