//! The fonts of the window: an embedded Chinese face behind egui's own, so that no text depends on the machine.

use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

use crate::lang::Lang;

/// Noto Sans SC, cut to GB2312 (`assets/fonts/make.sh`).
static CHINESE: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-gb2312.otf");

/// The marks that stand in a square of their own in Chinese, `…` and `·` among them, as wide as they are elsewhere.
static MARKS: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-marks.otf");

/// Installs the fonts for text in `lang`. Proportional text is all Noto, so that Latin and Chinese stand on one line in one
/// weight; marks are as wide as the language writes them.
pub(super) fn install(ctx: &Context, lang: Lang) {
    let mut fonts = FontDefinitions::default();
    let mut first = vec![NAME.to_owned()];
    fonts.font_data.insert(NAME.to_owned(), Arc::new(FontData::from_static(CHINESE)));
    if !lang.tag().starts_with("zh") {
        fonts.font_data.insert(MARKS_NAME.to_owned(), Arc::new(FontData::from_static(MARKS)));
        first.insert(0, MARKS_NAME.to_owned());
    }
    fonts.families.entry(FontFamily::Proportional).or_default().splice(0..0, first);
    fonts.families.entry(FontFamily::Monospace).or_default().push(NAME.to_owned());
    ctx.set_fonts(fonts);
}

const NAME: &str = "noto-sans-sc";
const MARKS_NAME: &str = "noto-sans-sc-marks";
