//! Theme: every colour and every size of the window, as tokens, and how egui's own widgets wear them.
//!
//! Panels take what they need from [`Tokens`] and from [`space`], [`text`] and [`size`]; no other place names a colour
//! or invents a size.

mod fonts;
mod palette;
mod style;

use eframe::egui::{Color32, Context, FontFamily, FontId, Theme, Ui};

use crate::lang::Lang;

pub use self::palette::Palette;

/// Distances, on a grid of 4 and 8 points.
pub mod space {
    /// 2 points: between a mark and its word.
    pub const HAIR: f32 = 2.0;
    /// 4 points: inside a group.
    pub const XS: f32 = 4.0;
    /// 8 points: between controls.
    pub const S: f32 = 8.0;
    /// 12 points: inside a card.
    pub const M: f32 = 12.0;
    /// 16 points: between cards, around a page.
    pub const L: f32 = 16.0;
    /// 24 points: between sections.
    pub const XL: f32 = 24.0;
}

/// Text sizes: three, and one for the last row of a hall.
pub mod text {
    /// Labels, units, stamps.
    pub const SMALL: f32 = 12.0;
    /// Everything else.
    pub const BODY: f32 = 14.0;
    /// Titles of pages and cards.
    pub const TITLE: f32 = 18.0;
    /// A value that an audience reads.
    pub const STAGE: f32 = 28.0;
}

/// Sizes of recurring things.
pub mod size {
    /// Height of a button or a text field.
    pub const CONTROL: f32 = 28.0;
    /// Height of one row of a dense list.
    pub const ROW: f32 = 24.0;
    /// Height of one row of the terminal.
    pub const WIRE_ROW: f32 = 20.0;
    /// Height of the top bar.
    pub const TOP_BAR: f32 = 48.0;
    /// Height of the ladder.
    pub const LADDER: f32 = 44.0;
    /// Width of the navigation.
    pub const NAV: f32 = 172.0;
    /// Width of the navigation where the page would otherwise become too narrow.
    pub const NAV_NARROW: f32 = 92.0;
    /// With less than this for navigation and page the navigation is narrow.
    pub const NAV_WANTS: f32 = 880.0;
    /// Height of the terminal strip.
    pub const STRIP: f32 = 132.0;
    /// Least height of the unfolded terminal strip.
    pub const STRIP_LEAST: f32 = 72.0;
    /// Side of an icon.
    pub const ICON: f32 = 16.0;
    /// Corner radius of controls and cards.
    pub const RADIUS: u8 = 5;
    /// Width of the label column of a form.
    pub const LABEL: f32 = 128.0;
    /// Least width of the form on the Connect page.
    pub const FORM_LEAST: f32 = 340.0;
    /// Width of that form on a wide window.
    pub const FORM_MOST: f32 = 460.0;
    /// How much larger everything is at the stage size.
    pub const STAGE_ZOOM: f32 = 1.5;
}

/// The look of the moment: the colours of the theme in use.
#[derive(Clone, Debug, PartialEq)]
pub struct Tokens {
    /// Whether the dark theme is in use.
    pub is_dark: bool,
    /// Its colours.
    pub colors: Palette,
}

impl Tokens {
    /// The tokens of the theme that `ui` is drawn in.
    pub fn of(ui: &Ui) -> Self {
        Self::of_theme(ui.theme())
    }

    /// The tokens of `theme`.
    pub const fn of_theme(theme: Theme) -> Self {
        match theme {
            Theme::Light => Self { is_dark: false, colors: Palette::light() },
            Theme::Dark => Self { is_dark: true, colors: Palette::dark() },
        }
    }
}

/// How good or bad something is: picks a colour pair, never alone (a shape and a word stand beside it).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Tone {
    /// Nothing to say.
    Neutral,
    /// Confirmed.
    Good,
    /// On its way.
    Busy,
    /// Doubtful or old.
    Warn,
    /// Failed.
    Bad,
}

impl Tone {
    /// The colour of text and marks.
    pub const fn ink(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Neutral => tokens.colors.muted,
            Self::Good => tokens.colors.good,
            Self::Busy => tokens.colors.busy,
            Self::Warn => tokens.colors.warn,
            Self::Bad => tokens.colors.bad,
        }
    }

    /// The colour behind them.
    pub const fn wash(self, tokens: &Tokens) -> Color32 {
        match self {
            Self::Neutral => tokens.colors.hover,
            Self::Good => tokens.colors.good_wash,
            Self::Busy => tokens.colors.busy_wash,
            Self::Warn => tokens.colors.warn_wash,
            Self::Bad => tokens.colors.bad_wash,
        }
    }
}

/// Text for people, at `size` points.
pub const fn proportional(size: f32) -> FontId {
    FontId::new(size, FontFamily::Proportional)
}

/// Text that crosses the wire, at `size` points.
pub const fn monospace(size: f32) -> FontId {
    FontId::new(size, FontFamily::Monospace)
}

/// Makes text in `lang` look as it is written there.
pub fn speak(ctx: &Context, lang: Lang) {
    fonts::install(ctx, lang);
}

/// Gives egui our fonts, icons and both themes. Call it once for each context; text is English until [`speak`] says otherwise.
pub fn install(ctx: &Context) {
    speak(ctx, Lang::En);
    egui_extras::install_image_loaders(ctx);
    for theme in [Theme::Light, Theme::Dark] {
        ctx.set_style_of(theme, style::of(&Tokens::of_theme(theme)));
    }
}
