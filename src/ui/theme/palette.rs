//! The colours of the window, light and dark: the only place that names one.
//!
//! Status colours come from the part of the Okabe–Ito set that stays apart under the common colour blindnesses; text
//! in them keeps a contrast of at least 4.5 : 1 on every surface.

use eframe::egui::Color32;

/// All colours of one theme, by purpose.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// Behind everything: navigation, bars.
    pub chrome: Color32,
    /// Behind a page.
    pub page: Color32,
    /// Cards on a page.
    pub card: Color32,
    /// Wells: text fields, terminal, code.
    pub well: Color32,
    /// A row under the pointer, a quiet button.
    pub hover: Color32,
    /// A button at rest.
    pub button: Color32,
    /// Hairlines that part areas and say nothing by themselves.
    pub line: Color32,
    /// Outlines of controls.
    pub outline: Color32,
    /// Text.
    pub text: Color32,
    /// Text beside the point: labels, units, hints.
    pub muted: Color32,
    /// Marks and lines of what is not there; too faint for text.
    pub faint: Color32,
    /// The one accent: chosen things, the main button, links.
    pub accent: Color32,
    /// The accent under the pointer.
    pub accent_hover: Color32,
    /// Text on the accent.
    pub on_accent: Color32,
    /// A wash of the accent behind chosen rows.
    pub accent_wash: Color32,
    /// Confirmed, good.
    pub good: Color32,
    /// A wash of it.
    pub good_wash: Color32,
    /// On its way, accepted.
    pub busy: Color32,
    /// A wash of it.
    pub busy_wash: Color32,
    /// Doubtful, old, simulated.
    pub warn: Color32,
    /// A wash of it.
    pub warn_wash: Color32,
    /// Failed.
    pub bad: Color32,
    /// A wash of it.
    pub bad_wash: Color32,
    /// Terminal: what we sent.
    pub wire_sent: Color32,
    /// Terminal: the answer to it.
    pub wire_answer: Color32,
    /// Terminal: what came unasked.
    pub wire_unsolicited: Color32,
    /// Terminal: what nobody knows.
    pub wire_unrecognised: Color32,
    /// Colours of plotted series and of subscriptions, in order.
    pub series: [Color32; 7],
    /// Behind a dialog.
    pub shade: Color32,
}

#[expect(clippy::disallowed_methods, reason = "colours are made here and only here")]
const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

impl Palette {
    /// The light theme.
    pub const fn light() -> Self {
        Self {
            chrome: rgb(0x00EE_F0F3),
            page: rgb(0x00F8_F9FA),
            card: rgb(0x00FF_FFFF),
            well: rgb(0x00FF_FFFF),
            hover: rgb(0x00E6_E9ED),
            button: rgb(0x00FF_FFFF),
            line: rgb(0x00DC_E0E5),
            outline: rgb(0x007F_8994),
            text: rgb(0x001C_2127),
            muted: rgb(0x0055_5F6B),
            faint: rgb(0x007A_848F),
            accent: rgb(0x0021_5FC4),
            accent_hover: rgb(0x001A_4FA6),
            on_accent: rgb(0x00FF_FFFF),
            accent_wash: rgb(0x00E1_EBFA),
            good: rgb(0x0000_7556),
            good_wash: rgb(0x00E0_F3EC),
            busy: rgb(0x0021_5FC4),
            busy_wash: rgb(0x00E1_EBFA),
            warn: rgb(0x008F_5B00),
            warn_wash: rgb(0x00FB_F0D9),
            bad: rgb(0x00B8_3A00),
            bad_wash: rgb(0x00FC_E9E0),
            wire_sent: rgb(0x0021_5FC4),
            wire_answer: rgb(0x001C_2127),
            wire_unsolicited: rgb(0x0000_7556),
            wire_unrecognised: rgb(0x008F_5B00),
            series: [
                rgb(0x0000_72B2),
                rgb(0x00CC_5A00),
                rgb(0x0000_936B),
                rgb(0x00BB_6495),
                rgb(0x00A6_7900),
                rgb(0x002F_86BA),
                rgb(0x0055_5F6B),
            ],
            shade: Color32::from_black_alpha(90),
        }
    }

    /// The dark theme.
    pub const fn dark() -> Self {
        Self {
            chrome: rgb(0x0015_181C),
            page: rgb(0x001B_1F24),
            card: rgb(0x0022_272D),
            well: rgb(0x0014_171B),
            hover: rgb(0x002D_333B),
            button: rgb(0x002D_333B),
            line: rgb(0x0032_3941),
            outline: rgb(0x006C_7681),
            text: rgb(0x00E6_E9ED),
            muted: rgb(0x00A6_B0BB),
            faint: rgb(0x007D_8894),
            accent: rgb(0x006C_A8FF),
            accent_hover: rgb(0x008D_BCFF),
            on_accent: rgb(0x0010_1418),
            accent_wash: rgb(0x0025_3A57),
            good: rgb(0x0045_CDA0),
            good_wash: rgb(0x001B_3B33),
            busy: rgb(0x006C_A8FF),
            busy_wash: rgb(0x0025_3A57),
            warn: rgb(0x00F0_B74C),
            warn_wash: rgb(0x0040_331A),
            bad: rgb(0x00FF_8E61),
            bad_wash: rgb(0x0048_2A1E),
            wire_sent: rgb(0x0083_B6FF),
            wire_answer: rgb(0x00E6_E9ED),
            wire_unsolicited: rgb(0x0045_CDA0),
            wire_unrecognised: rgb(0x00F0_B74C),
            series: [
                rgb(0x0056_B4E9),
                rgb(0x00FF_8E61),
                rgb(0x0045_CDA0),
                rgb(0x00E0_9AC4),
                rgb(0x00F0_B74C),
                rgb(0x006C_A8FF),
                rgb(0x00A6_B0BB),
            ],
            shade: Color32::from_black_alpha(150),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Relative luminance of WCAG 2.
    fn luminance(colour: Color32) -> f32 {
        let channel = |value: u8| {
            let value = f32::from(value) / 255.0;
            if value <= 0.040_45 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
    }

    fn contrast(one: Color32, other: Color32) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    fn held(ink: Color32, surface: Color32, least: f32, what: &str) {
        let found = contrast(ink, surface);
        assert!(found >= least, "{what}: {ink:?} on {surface:?} has {found:.2}, not {least}");
    }

    #[test]
    fn text_can_be_read_on_every_surface() {
        for palette in [Palette::light(), Palette::dark()] {
            let surfaces = [
                palette.chrome,
                palette.page,
                palette.card,
                palette.well,
                palette.hover,
                palette.button,
                palette.accent_wash,
            ];
            let status = [palette.good, palette.busy, palette.warn, palette.bad, palette.accent];
            let wire = [palette.wire_sent, palette.wire_answer, palette.wire_unsolicited, palette.wire_unrecognised];
            for surface in surfaces {
                for ink in [palette.text, palette.muted].into_iter().chain(wire) {
                    held(ink, surface, TEXT, "text");
                }
                for ink in status {
                    held(ink, surface, TEXT, "status");
                }
            }
            held(palette.on_accent, palette.accent, TEXT, "the main button");
            held(palette.on_accent, palette.accent_hover, TEXT, "the main button under the pointer");
            let washed = [
                (palette.good, palette.good_wash),
                (palette.busy, palette.busy_wash),
                (palette.warn, palette.warn_wash),
                (palette.bad, palette.bad_wash),
            ];
            for (ink, wash) in washed {
                held(ink, wash, TEXT, "a badge");
                held(palette.text, wash, TEXT, "text on a wash");
            }
            for ink in [palette.muted, palette.good, palette.accent] {
                held(ink, palette.warn_wash, TEXT, "a hit of a search");
            }
        }
    }

    #[test]
    fn marks_outlines_and_plotted_lines_stand_out() {
        for palette in [Palette::light(), Palette::dark()] {
            let surfaces = [palette.chrome, palette.page, palette.card, palette.well];
            let touched = [palette.hover, palette.accent_wash];
            for surface in surfaces {
                held(palette.outline, surface, MARK, "an outline");
            }
            for surface in surfaces.into_iter().chain(touched) {
                held(palette.faint, surface, MARK, "a mark");
                for ink in palette.series {
                    held(ink, surface, MARK, "a plotted line");
                }
            }
        }
    }

    const TEXT: f32 = 4.5;
    const MARK: f32 = 3.0;
}
