//! How egui's own widgets wear the tokens.

use std::collections::BTreeMap;

use eframe::egui::{
    Color32, CornerRadius, FontId, Margin, Shadow, Stroke, Style, TextStyle, Visuals,
    style::{ScrollStyle, Selection, WidgetVisuals, Widgets},
    vec2,
};

use super::{Tokens, monospace, proportional, size, space, text};

/// egui's style for `tokens`.
pub(super) fn of(tokens: &Tokens) -> Style {
    let mut style =
        Style { text_styles: text_styles(), visuals: visuals(tokens), animation_time: 0.1, ..Style::default() };
    let spacing = &mut style.spacing;
    spacing.item_spacing = vec2(space::S, space::XS);
    spacing.button_padding = vec2(space::M, space::XS);
    spacing.interact_size = vec2(size::CONTROL, size::CONTROL);
    spacing.window_margin = Margin::same(16);
    spacing.menu_margin = Margin::same(6);
    spacing.icon_width = size::ICON;
    spacing.icon_width_inner = 10.0;
    spacing.icon_spacing = 6.0;
    spacing.text_edit_width = 240.0;
    spacing.combo_width = 120.0;
    spacing.tooltip_width = 420.0;
    spacing.scroll = ScrollStyle { floating_allocated_width: 8.0, ..ScrollStyle::floating() };
    style.interaction.tooltip_delay = 0.3;
    style.interaction.selectable_labels = false;
    style
}

fn text_styles() -> BTreeMap<TextStyle, FontId> {
    [
        (TextStyle::Small, proportional(text::SMALL)),
        (TextStyle::Body, proportional(text::BODY)),
        (TextStyle::Button, proportional(text::BODY)),
        (TextStyle::Heading, proportional(text::TITLE)),
        (TextStyle::Monospace, monospace(text::BODY - 1.0)),
    ]
    .into()
}

fn visuals(tokens: &Tokens) -> Visuals {
    let colors = &tokens.colors;
    let base = if tokens.is_dark { Visuals::dark() } else { Visuals::light() };
    let shadow = Shadow { offset: [0, 4], blur: 12, spread: 0, color: Color32::from_black_alpha(40) };
    Visuals {
        widgets: widgets(tokens),
        selection: Selection { bg_fill: colors.accent_wash, stroke: Stroke::new(1.0, colors.accent) },
        hyperlink_color: colors.accent,
        faint_bg_color: colors.chrome,
        extreme_bg_color: colors.well,
        text_edit_bg_color: Some(colors.well),
        code_bg_color: colors.chrome,
        warn_fg_color: colors.warn,
        error_fg_color: colors.bad,
        weak_text_color: Some(colors.muted),
        window_corner_radius: CornerRadius::same(size::RADIUS + 3),
        window_fill: colors.card,
        window_stroke: Stroke::new(1.0, colors.line),
        window_shadow: shadow,
        popup_shadow: shadow,
        menu_corner_radius: CornerRadius::same(size::RADIUS),
        panel_fill: colors.page,
        disabled_alpha: 0.55,
        image_loading_spinners: false,
        ..base
    }
}

fn widgets(tokens: &Tokens) -> Widgets {
    let colors = &tokens.colors;
    let base = WidgetVisuals {
        bg_fill: colors.well,
        weak_bg_fill: colors.button,
        bg_stroke: Stroke::new(1.0, colors.outline),
        corner_radius: CornerRadius::same(size::RADIUS),
        fg_stroke: Stroke::new(1.0, colors.text),
        expansion: 0.0,
    };
    Widgets {
        noninteractive: WidgetVisuals { bg_stroke: Stroke::new(1.0, colors.line), bg_fill: colors.card, ..base },
        inactive: base,
        hovered: WidgetVisuals { weak_bg_fill: colors.hover, bg_stroke: Stroke::new(1.0, colors.muted), ..base },
        active: WidgetVisuals {
            bg_fill: colors.accent_wash,
            weak_bg_fill: colors.accent_wash,
            bg_stroke: Stroke::new(1.5, colors.accent),
            ..base
        },
        open: WidgetVisuals { weak_bg_fill: colors.hover, bg_stroke: Stroke::new(1.0, colors.muted), ..base },
    }
}
