//! The message list: direction, topic, the beginning of the payload, and how far a publish is.

use eframe::egui::{
    Align, Color32, Id, Key, Label, Layout, Modifiers, Popup, Rect, Response, Role, Sense, Ui, UiBuilder, WidgetInfo,
    pos2, vec2,
};

use crate::{
    action::{Action, MessagesAction, RecordedAction},
    lang::Arg,
    ui::{
        Cx, SEARCH_FIELD,
        theme::{monospace, size, space, text},
        widgets::{
            Icon, Mark, RowList, Rows, empty_page, focus_ring, icon, icon_button, mark, muted, quiet_button, rule,
            small,
        },
    },
    view::messages::{
        Change, ExportFormat, MessageRow, MessagesView, Outcome, Seam, Shown, Stage, Way, grouped, took_text,
    },
};

use super::{change, chart::chart_ui, marked, search_ui, small_mono};

/// Draws the list with its tools over what is left. `has_counts` is off where they stand elsewhere.
pub(super) fn list_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, has_counts: bool) {
    if has_counts {
        ui.add_space(space::S);
    }
    tools_ui(ui, cx, view);
    if has_counts {
        ui.horizontal(|ui| {
            ui.add_space(space::S);
            counts_ui(ui, cx, view);
        });
    }
    rule(ui);
    chart_ui(ui, cx, view);
    keys_ui(ui, cx, view);
    let list = &view.screen().list;
    if list.is_empty() {
        empty_ui(ui, cx, view);
        return;
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    let rows = Rows { first: list.first(), count: list.len() };
    let shown = RowList::new("messages", rows, ROW_HEIGHT).following_newest().revealing(list.revealed());
    let shown = shown.leading_back(&cx.tr("messages-newest"));
    shown.show(ui, |ui, row| {
        if let Some(seam) = view.seam(row) {
            seam_ui(ui, cx, &seam);
        } else if let Some(row) = view.message(row) {
            row_ui(ui, cx, view, &row);
        }
    });
}

/// Where another connection begins: above and below are messages that have nothing to do with each other.
fn seam_ui(ui: &mut Ui, cx: &Cx<'_>, seam: &Seam) {
    let area = ui.max_rect();
    let broker = seam.broker.clone().unwrap_or_else(|| cx.tr("messages-broker-unknown").into_owned());
    let words = cx.tr_args("messages-seam", &[("time", seam.time.as_str().into()), ("broker", broker.into())]);
    ui.painter().rect_filled(area, 0.0, cx.tokens.colors.hover);
    ui.painter().hline(area.x_range(), area.max.y - 0.5, (1.0, cx.tokens.colors.outline));
    let inner = area.shrink2(vec2(space::S, space::XS));
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(Layout::left_to_right(Align::Center)), |ui| {
        ui.add(Label::new(small(words).color(cx.tokens.colors.text).strong()).truncate());
    });
}

/// Arrow keys walk through the list while no field has the keyboard.
pub(super) fn keys_ui(ui: &Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    if ui.memory(|memory| memory.focused().is_some()) || view.screen().list.is_empty() {
        return;
    }
    for (key, rows) in KEYS {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) {
            change(cx, Change::Move(rows));
        }
    }
    if view.screen().list.selected.is_some() && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        change(cx, Change::Select(None));
    }
}

fn empty_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>) {
    let (words, hint) = match (view.is_empty(), view.is_connected()) {
        (true, _) if view.is_recorded() => ("messages-empty", "recorded-no-messages"),
        (false, _) => ("search-empty", "messages-none-fit-hint"),
        (true, true) => ("messages-empty", "messages-empty-hint"),
        (true, false) => ("messages-empty", "messages-offline-hint"),
    };
    empty_page(ui, &cx.tr(words), &cx.tr(hint));
}

/// Directions at the left; search, pause and clear at the right where there is room, else below.
fn tools_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let is_wide = ui.available_width() > TOOLS_WIDE;
    ui.horizontal(|ui| {
        ui.add_space(space::S);
        ui.spacing_mut().item_spacing.x = space::XS;
        let has_party = view.party().was_asked || view.screen().list.filter.shown == Shown::Here;
        for shown in Shown::ALL.into_iter().filter(|shown| has_party || *shown != Shown::Here) {
            if ui.selectable_label(view.screen().list.filter.shown == shown, cx.tr(shown_key(shown))).clicked() {
                change(cx, Change::Shown(shown));
            }
        }
        if is_wide {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| filter_ui(ui, cx, view));
        }
    });
    if !is_wide {
        ui.horizontal(|ui| {
            ui.add_space(space::S);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| filter_ui(ui, cx, view));
        });
    }
}

fn filter_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    ui.add_space(space::S);
    if !view.is_recorded() && icon_button(ui, Icon::Delete, &cx.tr("messages-clear"), None).clicked() {
        cx.push(Action::Messages(MessagesAction::Clear));
    }
    export_ui(ui, cx, view);
    if !view.is_recorded() {
        pause_ui(ui, cx, view);
    }
    outcome_ui(ui, cx, view);
    let id = Id::unique(SEARCH_FIELD);
    if let Some(text) = search_ui(ui, cx, "messages-search", &view.screen().list.filter.search, id) {
        change(cx, Change::Search(text));
    }
}

fn export_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let why_not = view.screen().list.is_empty().then(|| cx.tr("messages-export-none"));
    let opener = icon_button(ui, Icon::Export, &cx.tr("messages-export"), why_not.as_deref());
    Popup::menu(&opener).show(|ui| {
        for (key, format) in [("messages-export-json", ExportFormat::Json), ("messages-export-csv", ExportFormat::Csv)]
        {
            if ui.button(cx.tr(key)).clicked() {
                cx.push(Action::Messages(MessagesAction::Export(format)));
            }
        }
    });
}

/// Which outcomes are shown; a quiet funnel while it is every one.
fn outcome_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let current = view.screen().list.filter.outcome;
    let name = cx.tr("messages-outcome");
    let opener = if current == Outcome::Any {
        icon_button(ui, Icon::Filter, &name, None)
    } else {
        quiet_button(ui, Icon::Filter, &cx.tr(outcome_key(current)), None)
    };
    Popup::menu(&opener).show(|ui| {
        for outcome in Outcome::ALL {
            if ui.selectable_label(outcome == current, cx.tr(outcome_key(outcome))).clicked() {
                change(cx, Change::Outcome(outcome));
                ui.close();
            }
        }
    });
}

fn pause_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let is_paused = view.screen().list.is_paused();
    let is_clicked = if is_paused {
        let words = cx.tr_args("messages-resume", &[("n", Arg::from(grouped(view.waiting())))]);
        quiet_button(ui, Icon::Play, &words, None).clicked()
    } else {
        icon_button(ui, Icon::Pause, &cx.tr("messages-pause"), None).clicked()
    };
    if is_clicked {
        change(cx, Change::Paused(!is_paused));
    }
}

/// How many messages there were, and which of them are left out.
pub(super) fn counts_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>) {
    let mut words = cx.tr_args(
        "messages-counts",
        &[("received", Arg::from(grouped(view.received()))), ("sent", Arg::from(grouped(view.sent())))],
    );
    if view.trimmed() > 0 {
        words.push_str(" · ");
        words.push_str(&cx.tr_args("messages-trimmed", &[("n", Arg::from(grouped(view.trimmed())))]));
    }
    if !view.screen().list.filter.search.is_empty() {
        let hits = view.screen().list.messages();
        words.push_str(" · ");
        words.push_str(&cx.tr_args("messages-hits", &[("n", Arg::from(hits))]));
    }
    if let Some(topic) = &view.screen().list.filter.topic {
        words.push_str(" · ");
        words.push_str(&cx.tr_args("messages-only-topic", &[("topic", Arg::from(topic.as_str()))]));
    }
    ui.add(Label::new(muted(&cx.tokens, words)).truncate());
}

fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, row: &MessageRow) {
    let area = ui.max_rect();
    let is_selected = view.screen().list.selected == Some(row.seq);
    let response = ui.interact(area, ui.scope_id().with("message"), Sense::click());
    let direction = direction_key(row);
    let name = format!("{} {} {} {}", cx.tr(direction), row.time, row.topic, row.preview);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, is_selected, &name));
    paint_background(ui, cx, area, row, is_selected, response.hovered());
    focus_ring(ui, &response);
    if response.clicked() {
        change(cx, Change::Select((!is_selected).then_some(row.seq)));
    }
    menu_ui(cx, view, row, &response);
    let search = view.screen().list.filter.search.as_str();
    let mut inner = area.shrink2(vec2(space::S, space::XS));
    // On a wide screen time and state stay near the words that they belong to.
    inner.max.x = inner.max.x.min(inner.min.x + ROW_WIDTH);
    let middle = inner.center().y;
    let left_to_right = Layout::left_to_right(Align::Center);
    let first = Rect::from_min_max(inner.min, pos2(inner.max.x, middle));
    ui.scope_builder(UiBuilder::new().max_rect(first).layout(left_to_right), |ui| first_line_ui(ui, cx, row, search));
    let second = Rect::from_min_max(pos2(inner.min.x + size::ICON + space::XS, middle), inner.max);
    ui.scope_builder(UiBuilder::new().max_rect(second).layout(left_to_right), |ui| second_line_ui(ui, cx, row, search));
}

fn menu_ui(cx: &mut Cx<'_>, view: &MessagesView<'_>, row: &MessageRow, response: &Response) {
    response.context_menu(|ui| {
        if ui.button(cx.tr("message-copy-payload")).clicked() {
            cx.actions.extend(view.payload_text(row.seq).map(Action::Copy));
        }
        if ui.button(cx.tr("message-copy-topic")).clicked() {
            cx.actions.extend(view.topic_text(row.seq).map(|topic| Action::Copy(topic.to_owned())));
        }
        if let Some(line) = row.line {
            if ui.button(cx.tr_args("recorded-to-line", &[("line", line.into())])).clicked() {
                cx.push(Action::Recorded(RecordedAction::GoToLine(line, None)));
            }
        } else if ui.button(cx.tr("details-reuse")).clicked() {
            change(cx, Change::Reuse(row.seq));
        }
    });
}

fn paint_background(ui: &Ui, cx: &Cx<'_>, area: Rect, row: &MessageRow, is_selected: bool, is_hovered: bool) {
    let colors = &cx.tokens.colors;
    let fill = match (is_selected, is_hovered) {
        (true, _) => colors.accent_wash,
        (false, true) => colors.hover,
        (false, false) => Color32::TRANSPARENT,
    };
    ui.painter().rect_filled(area, 0.0, fill);
    if let Some(colour) = row.colour {
        let stripe = Rect::from_min_size(area.min, vec2(STRIPE, area.height())).shrink2(vec2(0.0, 3.0));
        ui.painter().rect_filled(stripe, 1.0, colors.series[colour % colors.series.len()]);
    }
    ui.painter().hline(area.x_range(), area.max.y - 0.5, (1.0, colors.line));
}

/// Direction and topic; retain, QoS and time at the right.
fn first_line_ui(ui: &mut Ui, cx: &Cx<'_>, row: &MessageRow, search: &str) {
    let colors = &cx.tokens.colors;
    ui.spacing_mut().item_spacing.x = space::XS;
    let (picture, colour) =
        if row.is_incoming() { (Icon::Received, colors.wire_unsolicited) } else { (Icon::SentUp, colors.wire_sent) };
    let direction = direction_key(row);
    if row.is_here {
        ui.add(icon(Icon::Computer, colour)).on_hover_text(cx.tr(direction));
    }
    ui.add(icon(picture, colour)).on_hover_text(cx.tr(direction));
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        if row.time.is_empty()
            && let Some(line) = row.line
        {
            ui.label(muted(&cx.tokens, cx.tr_args("recorded-time-line", &[("line", line.into())])));
        } else {
            ui.label(small_mono(&row.time).color(colors.muted));
        }
        if let Some(qos) = row.qos {
            ui.label(muted(&cx.tokens, format!("QoS {qos}")));
        }
        if row.retain {
            ui.label(muted(&cx.tokens, cx.tr("retain")));
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let font = monospace(text::BODY - 1.0);
            ui.add(Label::new(marked(cx, &row.topic, search, font, cx.tokens.colors.text)).truncate());
        });
    });
}

/// The payload's beginning; size and state at the right.
fn second_line_ui(ui: &mut Ui, cx: &Cx<'_>, row: &MessageRow, search: &str) {
    let colors = &cx.tokens.colors;
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        let is_wide = ui.available_width() > WIDE - STRIPE;
        ui.spacing_mut().item_spacing.x = space::S;
        if is_wide || row.way.is_none() {
            ui.label(muted(&cx.tokens, cx.tr_args("bytes", &[("n", Arg::from(grouped(row.bytes as u64)))])));
        }
        if let Some(way) = &row.way {
            way_ui(ui, cx, way, is_wide);
        }
        let cut = match (row.announced, row.is_probably_cut) {
            (Some(_), _) => Some("message-cut"),
            (None, true) => Some("message-probably-cut"),
            (None, false) => None,
        };
        if let Some(key) = cut {
            ui.label(small(cx.tr(key)).color(Mark::Stale.tone().ink(&cx.tokens)));
            mark(ui, Mark::Stale);
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            if row.bytes == 0 {
                ui.label(muted(&cx.tokens, cx.tr("payload-empty")));
            } else {
                let font = monospace(text::SMALL);
                ui.add(Label::new(marked(cx, &row.preview, search, font, colors.text)).truncate());
            }
        });
    });
}

/// How far a publish is, in a row that is filled from the right: word, then mark.
fn way_ui(ui: &mut Ui, cx: &Cx<'_>, way: &Way, is_wide: bool) {
    let words = if is_wide { way_words(cx, way) } else { cx.tr(way.stage.key()).into_owned() };
    let shape = mark_of(way.stage);
    let hint = cx.tr(way.stage.hint_key());
    ui.spacing_mut().item_spacing.x = space::XS;
    ui.label(small(words).color(shape.tone().ink(&cx.tokens))).on_hover_text(hint.as_ref());
    mark(ui, shape).on_hover_text(hint);
}

/// How far a publish is in words: the stage, the line that shows it, how long it took.
pub(super) fn way_words(cx: &Cx<'_>, way: &Way) -> String {
    let mut words = cx.tr(way.stage.key()).into_owned();
    if !way.line.is_empty() {
        words.push_str(" · ");
        words.push_str(way.line);
    }
    if let Some(took) = way.took {
        words.push(' ');
        words.push_str(&took_text(took));
    }
    words
}

pub(super) fn mark_of(stage: Stage) -> Mark {
    match stage {
        Stage::Queued => Mark::Unknown,
        Stage::Sending => Mark::Trying,
        Stage::Accepted | Stage::Sent | Stage::Received => Mark::Accepted,
        Stage::Confirmed => Mark::Confirmed,
        Stage::Failed => Mark::Failed,
        Stage::TimedOut | Stage::Unknown => Mark::Stale,
    }
}

const fn direction_key(row: &MessageRow) -> &'static str {
    match (row.is_here, row.is_incoming()) {
        (false, true) => "message-received",
        (false, false) => "message-sent",
        (true, true) => "message-received-here",
        (true, false) => "message-sent-here",
    }
}

fn shown_key(shown: Shown) -> &'static str {
    match shown {
        Shown::All => "messages-all",
        Shown::Received => "messages-received",
        Shown::Sent => "messages-sent",
        Shown::Here => "messages-here",
    }
}

fn outcome_key(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Any => "outcome-any",
        Outcome::Open => "outcome-open",
        Outcome::Good => "outcome-good",
        Outcome::Lost => "outcome-lost",
    }
}

const KEYS: [(Key, isize); 6] = [
    (Key::ArrowUp, -1),
    (Key::ArrowDown, 1),
    (Key::PageUp, -10),
    (Key::PageDown, 10),
    (Key::Home, isize::MIN),
    (Key::End, isize::MAX),
];
const ROW_HEIGHT: f32 = 48.0;
const ROW_WIDTH: f32 = 860.0;
const STRIPE: f32 = 3.0;
/// From this width on everything stands on one line.
const WIDE: f32 = 400.0;
/// From this width on directions, search and buttons stand on one line.
const TOOLS_WIDE: f32 = 540.0;
