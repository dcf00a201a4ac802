//! The fonts of the window: an embedded Chinese face behind egui's own, so that no text depends on the machine.

use std::sync::Arc;

use eframe::egui::{Context, FontData, FontDefinitions, FontFamily};

/// Noto Sans SC, cut to GB2312 (`assets/fonts/make.sh`).
static CHINESE: &[u8] = include_bytes!("../../../assets/fonts/NotoSansSC-gb2312.otf");

/// Installs the fonts. Proportional text is all Noto, so that Latin and Chinese stand on one line in one weight.
pub(super) fn install(ctx: &Context) {
    let mut fonts = FontDefinitions::default();
    fonts.font_data.insert(NAME.to_owned(), Arc::new(FontData::from_static(CHINESE)));
    fonts.families.entry(FontFamily::Proportional).or_default().insert(0, NAME.to_owned());
    fonts.families.entry(FontFamily::Monospace).or_default().push(NAME.to_owned());
    ctx.set_fonts(fonts);
}

const NAME: &str = "noto-sans-sc";
