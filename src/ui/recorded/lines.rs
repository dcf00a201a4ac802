//! The log's own lines with their numbers. Only what is in sight is there; what holds a secret is masked.

use eframe::egui::{
    Align, Align2, Color32, Event, Frame, Key, Label, Layout, Modifiers, Rect, Role, Sense, Stroke, Ui, WidgetInfo,
    pos2,
};

use super::{opener_ui, want};
use crate::{
    action::{Action, RecordedAction},
    ui::{
        Cx,
        terminal::{ink, sign},
        theme::{monospace, size, space, text},
        widgets::{Icon, RowList, Rows, empty_page, focus_ring, muted, page_frame, quiet_button, toggle},
    },
    view::{
        clip,
        recorded::{Log, ShownLine, lines},
        terminal,
    },
};

/// Draws the page over all that is left.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, log: &Log) {
    keys(ui, cx, log);
    page_frame().show(ui, |ui| {
        head_ui(ui, cx, log);
        let well = Frame::new().fill(cx.tokens.colors.well).stroke(Stroke::new(1.0, cx.tokens.colors.line));
        well.corner_radius(size::RADIUS).inner_margin(6).show(ui, |ui| {
            ui.set_min_size(ui.available_size());
            if log.lines == 0 {
                let key = if log.end.is_some() { "recorded-no-lines" } else { "recorded-being-read" };
                empty_page(ui, &cx.tr(key), "");
            } else {
                rows_ui(ui, cx, log);
            }
        });
    });
}

fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, log: &Log) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            opener_ui(ui, cx);
            if let Some(place) = log.episode {
                let name = cx.tr_args("recorded-to-episode", &[("number", (place + 1).into())]);
                if quiet_button(ui, Icon::Troubleshoot, &name, None).clicked() {
                    want(cx, RecordedAction::GoToEpisode(place));
                }
            }
            if let Some(shows) = toggle(ui, &cx.tr("recorded-understood"), log.shows_understood) {
                want(cx, RecordedAction::ShowUnderstood(shows));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.add(Label::new(muted(&cx.tokens, cx.tr("recorded-lines-hint"))).truncate());
            });
        });
    });
    ui.add_space(space::HAIR);
}

fn rows_ui(ui: &mut Ui, cx: &mut Cx<'_>, log: &Log) {
    let rows = Rows { first: 1, count: log.lines as usize };
    let target = log.chosen.map(|line| line.saturating_sub(1) as usize);
    let mut wanted = None;
    let digits = log.lines.max(999).to_string().len();
    let list = RowList::new(&format!("recorded {}", log.number), rows, size::WIRE_ROW);
    // Nothing is gone to before a line is chosen.
    let list = if target.is_some() { list.jumping((log.jumps, target)) } else { list };
    list.show(ui, |ui, index| {
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        if wanted.is_none() {
            wanted = lines(log, number);
        }
        row_ui(ui, cx, log, number, digits);
    });
    if let Some(block) = wanted {
        want(cx, RecordedAction::Look(block));
    }
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, log: &Log, number: u32, digits: usize) {
    let rect = ui.max_rect();
    let shown = log.rows.line(number);
    let (line, more) = clip::clip(shown.map_or("…", |line| &line.text), clip::ROW);
    let is_chosen = log.chosen == Some(number);
    let is_evidence = log.end.as_ref().is_some_and(|end| end.shows.binary_search(&number).is_ok());
    let response = ui.interact(rect, ui.scope_id().with("row"), Sense::CLICK);
    let understood = shown.filter(|_| log.shows_understood).map(understood).unwrap_or_default();
    let words =
        if understood.is_empty() { format!("{number} {line}") } else { format!("{number} {line} | {understood}") };
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, &words));
    let colors = &cx.tokens.colors;
    let ground = match (is_chosen, response.hovered(), is_evidence) {
        (true, ..) => colors.accent_wash,
        (_, true, _) => colors.hover,
        (.., true) => colors.warn_wash,
        _ => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(rect, 2.0, ground);
    focus_ring(ui, &response);
    let font = monospace(text::BODY - 1.0);
    let width = ui.painter().layout_no_wrap("0".repeat(digits), font.clone(), colors.muted).size().x;
    let left = rect.left() + space::L + width;
    let paint = |x: f32, align: Align2, words: String, color: Color32| -> Rect {
        ui.painter().text(pos2(x, rect.center().y), align, words, font.clone(), color)
    };
    // What is understood has the right half of the row; what is too long for its half ends at its border.
    let border = if log.shows_understood { rect.left() + rect.width() * SOURCE_PART } else { rect.right() };
    let source = ui.painter().with_clip_rect(Rect { max: pos2(border - space::S, rect.max.y), ..rect });
    if log.shows_understood {
        ui.painter().vline(border - space::XS, rect.y_range(), Stroke::new(1.0, colors.line));
    }
    if is_evidence {
        paint(rect.left(), Align2::LEFT_CENTER, "◆".to_owned(), colors.warn);
    }
    paint(left, Align2::RIGHT_CENTER, number.to_string(), colors.muted);
    let end = if more > 0 { format!("{line}…") } else { line.to_owned() };
    source.text(pos2(left + space::M, rect.center().y), Align2::LEFT_CENTER, end, font.clone(), colors.text);
    if let Some(line) = shown.filter(|_| log.shows_understood) {
        understood_ui(ui, cx, line, Rect { min: pos2(border + space::XS, rect.min.y), ..rect });
    }
    if response.hovered() && log.shows_understood && !understood.is_empty() {
        response.clone().on_hover_text(format!("{line}\n{understood}"));
    }
    if response.clicked() {
        want(cx, RecordedAction::Line(Some(number)));
    }
}

/// What is understood of a line, in its half of the row.
fn understood_ui(ui: &Ui, cx: &Cx<'_>, line: &ShownLine, area: Rect) {
    let painter = ui.painter().with_clip_rect(area);
    let mut left = area.left();
    for one in &line.understood {
        let look = terminal::look(one.kind);
        let (words, _) = clip::clip(&one.text, clip::ROW);
        let words = format!("{} {words}", sign(look));
        let at = pos2(left, area.center().y);
        left = painter.text(at, Align2::LEFT_CENTER, words, monospace(text::BODY - 1.0), ink(&cx.tokens, look)).right();
        left += space::M;
        if left > area.right() {
            return;
        }
    }
}

/// The same in words.
fn understood(line: &ShownLine) -> String {
    let words = line.understood.iter().map(|one| format!("{} {}", sign(terminal::look(one.kind)), one.text));
    words.collect::<Vec<_>>().join("  ")
}

/// The part of a row that the log's own line has.
const SOURCE_PART: f32 = 0.56;

/// Keys of the page.
fn keys(ui: &Ui, cx: &mut Cx<'_>, log: &Log) {
    let Some(chosen) = log.chosen else { return };
    if ui.input(|input| input.events.contains(&Event::Copy))
        && let Some(line) = log.rows.line(chosen)
    {
        cx.push(Action::Copy(line.text.clone()));
    }
    if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        want(cx, RecordedAction::Line(None));
    }
}
