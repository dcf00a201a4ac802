//! The ladder: always in sight, each rung a shape, a word and a colour; a click opens its evidence.

use eframe::egui::{Align, Align2, Layout, Pos2, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

use crate::{
    action::Action,
    view::{
        Page, RungState, clip,
        ladder::{EvidenceView, LadderView, Next, RungView, Seen, Standing},
        troubleshoot::words,
    },
};

use super::{
    Cx,
    theme::{Tokens, Tone, proportional, size, space, text},
    widgets::{Icon, Mark, body, button, focus_ring, icon_button, mark_at, mono, muted, rule},
};

/// Draws the ladder and the open evidence.
pub fn ladder_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &LadderView) {
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::LADDER), Sense::hover());
    ui.painter().hline(rect.x_range(), rect.top(), Stroke::new(1.0, cx.tokens.colors.line));
    let widths = |look| view.rungs.iter().map(|rung| needed_width(ui, cx, rung, look)).collect::<Vec<f32>>();
    let (needed, look) = Some(widths(ROOMY))
        .filter(|needed| needed.iter().sum::<f32>() <= rect.width())
        .map_or_else(|| (widths(DENSE), DENSE), |needed| (needed, ROOMY));
    #[expect(clippy::cast_precision_loss, reason = "there are eleven rungs")]
    let spare = (rect.width() - needed.iter().sum::<f32>()) / needed.len().max(1) as f32;
    let mut left = rect.left();
    let mut below: Option<Pos2> = None;
    for (rung, needed) in view.rungs.iter().zip(needed) {
        let cell = Rect::from_min_size(pos2(left, rect.top()), vec2(needed + spare, rect.height()));
        let name = rung_ui(ui, cx, rung, cell, look);
        if let Some(below) = below {
            join(ui, below, name.left_center(), &cx.tokens);
        }
        below = Some(name.right_center());
        left = cell.right();
    }
    if let Some(evidence) = &view.evidence {
        rule(ui);
        evidence_ui(ui, cx, evidence);
    }
}

/// The line from the end of one rung's name to the next rung's mark: all of them are one way from the cable up.
fn join(ui: &Ui, from: Pos2, to: Pos2, tokens: &Tokens) {
    let (from, to) = (from + vec2(space::XS, 0.0), to - vec2(space::XS, 0.0));
    if to.x - from.x >= LEAST_JOIN {
        let line = Stroke::new(1.0, tokens.colors.outline);
        // Names of one row may differ by a hair in height; the line is level all the same.
        ui.painter().line_segment([from, pos2(to.x, from.y)], line);
    }
}

/// How a rung is written.
#[derive(Clone, Copy)]
struct Look {
    /// Size of the name.
    name: f32,
    /// Left and right of a rung.
    padding: f32,
    /// Whether every state has its word; else only those that want attention, and the others say it on hover.
    has_words: bool,
}

impl Look {
    /// Whether the state stands in words below the name.
    fn writes(self, standing: Standing) -> bool {
        let wants_attention = matches!(shape(standing), Mark::Trying | Mark::Failed | Mark::Stale);
        self.has_words || wants_attention
    }

    /// From the cell's left edge to the name.
    fn name_left(self) -> f32 {
        self.padding + size::ICON + if self.has_words { space::XS } else { space::HAIR }
    }
}

/// The width at which neither the rung's name nor the word for its state is cut.
fn needed_width(ui: &Ui, cx: &Cx<'_>, rung: &RungView, look: Look) -> f32 {
    let width = |words: String, size: f32| {
        ui.painter().layout_no_wrap(words, proportional(size), cx.tokens.colors.text).size().x
    };
    let name = look.name_left() + width(cx.tr(rung.key).into_owned(), look.name);
    let word =
        if look.writes(rung.standing) { width(cx.tr(rung.standing.key()).into_owned(), text::SMALL) } else { 0.0 };
    name.max(word + look.padding) + look.padding
}

/// The shape of a standing.
pub(super) const fn shape(standing: Standing) -> Mark {
    match standing {
        Standing::Is(RungState::Unknown) | Standing::NotReached => Mark::Unknown,
        Standing::Is(RungState::Trying) => Mark::Trying,
        Standing::Is(RungState::Accepted) => Mark::Accepted,
        Standing::Is(RungState::Confirmed) => Mark::Confirmed,
        Standing::Is(RungState::Failed) => Mark::Failed,
        Standing::Is(RungState::Stale) => Mark::Stale,
        Standing::Is(RungState::NotNeeded) => Mark::NotNeeded,
        Standing::Rested => Mark::Past,
    }
}

/// Draws one rung, and says where its mark and name are.
fn rung_ui(ui: &Ui, cx: &mut Cx<'_>, rung: &RungView, cell: Rect, look: Look) -> Rect {
    let (name, word) = (cx.tr(rung.key).into_owned(), cx.tr(rung.standing.key()).into_owned());
    let response = ui.interact(cell, ui.scope_id().with(rung.key), Sense::click());
    let label = format!("{name}: {word}");
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &label));
    let colors = &cx.tokens.colors;
    let area = cell.shrink2(vec2(2.0, 3.0));
    if rung.is_open || response.hovered() || response.has_focus() {
        let fill = if rung.is_open { colors.accent_wash } else { colors.hover };
        ui.painter().rect_filled(area, size::RADIUS, fill);
    }
    focus_ring(ui, &response);
    let (mark, tone) = (shape(rung.standing), shape(rung.standing).tone());
    let is_known = tone != Tone::Neutral;
    let name_color = if is_known { colors.text } else { colors.muted };
    let word_color = if is_known { tone.ink(&cx.tokens) } else { colors.muted };
    let left = cell.left() + look.padding;
    let has_word = look.writes(rung.standing);
    let top_line = if has_word { area.top() + 12.0 } else { area.center().y };
    mark_at(ui.painter(), pos2(left + size::ICON / 2.0, top_line), mark, &cx.tokens);
    let painter = ui.painter().with_clip_rect(area);
    let name_at = pos2(cell.left() + look.name_left(), top_line);
    let written = painter.text(name_at, Align2::LEFT_CENTER, &name, proportional(look.name), name_color);
    if has_word {
        let word_at = pos2(left, area.bottom() - 9.0);
        painter.text(word_at, Align2::LEFT_CENTER, &word, proportional(text::SMALL), word_color);
    }
    if response.on_hover_text(label).clicked() {
        cx.push(Action::ShowRung((!rung.is_open).then_some(rung.rung)));
    }
    Rect::from_x_y_ranges(left..=written.right(), top_line - 1.0..=top_line + 1.0)
}

fn evidence_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &EvidenceView) {
    let heading = format!("{} · {}", cx.tr(crate::view::rung::key(view.rung)), cx.tr(view.standing.key()));
    let tone = shape(view.standing).tone();
    ui.spacing_mut().interact_size.y = size::ROW - space::XS;
    ui.horizontal(|ui| {
        ui.label(body(heading).color(tone.ink(&cx.tokens)));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Close, &cx.tr("evidence-close"), None).clicked() {
                cx.push(Action::ShowRung(None));
            }
        });
    });
    ui.scope(|ui| {
        seen_ui(ui, cx, view.seen.as_ref());
        if let Some(fault) = &view.fault {
            line_ui(ui, &cx.tokens, &cx.tr("evidence-fault"), &clip::sentence(&cx.text(fault)));
        }
        line_ui(ui, &cx.tokens, &cx.tr("evidence-proves"), &cx.tr(view.proves));
        if let Some(next) = view.next {
            next_ui(ui, cx, next);
        }
    });
    ui.add_space(space::S);
}

/// What to do next, by the likeliest finding where there is one, and the way to all of them.
fn next_ui(ui: &mut Ui, cx: &mut Cx<'_>, next: Next) {
    let lang = cx.lang.lang();
    match next {
        Next::Sentence(key) => line_ui(ui, &cx.tokens, &cx.tr("evidence-next"), &cx.tr(key)),
        Next::Finding(id, cause, fix) => {
            line_ui(ui, &cx.tokens, id, &words(cause, lang));
            line_ui(ui, &cx.tokens, &cx.tr("evidence-next"), &words(fix, lang));
        }
    }
    if button(ui, &cx.tr("evidence-open-doctor"), None).clicked() {
        cx.push(Action::Go(Page::Troubleshoot));
    }
}

fn seen_ui(ui: &mut Ui, cx: &Cx<'_>, seen: Option<&Seen>) {
    let Some(seen) = seen else {
        ui.label(muted(&cx.tokens, cx.tr("evidence-none")));
        return;
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.label(muted(&cx.tokens, &seen.clock));
        if !seen.command.is_empty() {
            ui.label(mono(clip::sentence(&seen.command)).color(cx.tokens.colors.wire_sent));
            ui.label(muted(&cx.tokens, "→"));
        }
        if seen.line.is_empty() {
            ui.label(muted(&cx.tokens, cx.tr("evidence-silence")));
        } else {
            ui.label(mono(clip::sentence(&seen.line)));
        }
        if !seen.took.is_zero() {
            ui.label(muted(&cx.tokens, took(seen.took)));
        }
    });
}

fn line_ui(ui: &mut Ui, tokens: &Tokens, label: &str, words: &str) {
    ui.horizontal_wrapped(|ui| {
        ui.label(muted(tokens, label));
        ui.label(body(words));
    });
}

/// A duration with its unit, exact enough for people.
pub(super) fn took(took: std::time::Duration) -> String {
    match took.as_millis() {
        0..10 => format!("{:.1} ms", took.as_secs_f64() * 1_000.0),
        millis @ 10..10_000 => format!("{millis} ms"),
        _ => format!("{:.1} s", took.as_secs_f64()),
    }
}

/// A shorter line would be a dot.
const LEAST_JOIN: f32 = 4.0;
/// Where there is room for all.
const ROOMY: Look = Look { name: text::BODY, padding: 6.0, has_words: true };
/// In a small window at the stage size.
const DENSE: Look = Look { name: text::SMALL, padding: 4.0, has_words: false };
