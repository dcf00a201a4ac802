//! The Messages page: subscriptions and topics on the left, messages on the right, the composer below them; in a small
//! window the first two take turns.

mod chart;
mod clearing;
mod composer;
mod details;
mod list;
mod narrow;
mod subscriptions;
mod topics;

use eframe::egui::{
    Align2, Button, CentralPanel, Color32, FontId, Frame, Id, Key, Margin, Modifiers, Panel, Response, RichText, Role,
    Stroke, TextEdit, Ui, Vec2, WidgetInfo,
    text::{LayoutJob, TextFormat},
    vec2,
};

use crate::{
    action::{Action, MessagesAction},
    lang::Text,
    view::messages::{Change, MessagesView},
};

use super::{
    Cx,
    theme::{Tokens, Tone, monospace, size, space, text},
    widgets::{Icon, focus_ring, icon, muted, rule, small},
};

/// Draws the page over all that is left. Ctrl+Enter publishes wherever the cursor stands.
pub fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let is_sent_by_key = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter)) && !view.is_recorded();
    if ui.available_width() < NARROW {
        narrow::narrow_ui(ui, cx, view);
    } else {
        wide_ui(ui, cx, view);
    }
    clearing::clearing_ui(ui, cx, view);
    if is_sent_by_key {
        // Behind the fields: a letter typed just before the key belongs to the message.
        cx.push(Action::Messages(MessagesAction::PublishTyped));
    }
}

/// Everything beside each other.
fn wide_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let is_low = ui.available_height() < LOW;
    let left = (ui.available_width() * LEFT_PART).clamp(LEFT_WIDTH, LEFT_MOST);
    // A window that became smaller takes its part from the topics too: list and composer stay usable.
    let widest = (ui.available_width() * LEFT_SHARE).clamp(LEFT_WIDTH, LEFT_MOST + 140.0);
    Panel::left("messages left").frame(side_frame(cx)).default_size(left).size_range(200.0..=widest).show(ui, |ui| {
        subscriptions::subscriptions_ui(ui, cx, view);
        ui.add_space(space::S);
        rule(ui);
        ui.add_space(space::XS);
        topics::topics_ui(ui, cx, view);
    });
    if !view.is_recorded() {
        Panel::bottom("composer").frame(side_frame(cx)).resizable(false).show(ui, |ui| {
            composer::composer_ui(ui, cx, view, is_low);
        });
    }
    if let Some(details) = view.details() {
        let widest = (ui.available_width() * 0.6).max(240.0);
        Panel::right("message details")
            .frame(side_frame(cx))
            .default_size(DETAILS_WIDTH)
            .size_range(220.0..=widest)
            .show(ui, |ui| details::details_ui(ui, cx, view, &details));
    }
    CentralPanel::no_frame().show(ui, |ui| list::list_ui(ui, cx, view, true));
}

fn side_frame(cx: &Cx<'_>) -> Frame {
    Frame::new().fill(cx.tokens.colors.page).inner_margin(Margin::symmetric(8, 8)).stroke(Stroke::NONE)
}

/// Gives a control the name by which it is found.
fn named(response: Response, name: &str) -> Response {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}

/// A text field of one line, as high as a button.
fn line(text: &mut String) -> TextEdit<'_> {
    TextEdit::singleline(text).min_size(vec2(0.0, size::CONTROL)).align(Align2::LEFT_CENTER)
}

/// A search field over the rest of the line; the new text when it changed.
fn search_ui(ui: &mut Ui, cx: &Cx<'_>, key: &'static str, text: &str, id: Id) -> Option<String> {
    let mut text = text.to_owned();
    let name = cx.tr(key);
    let width = ui.available_width();
    let field = line(&mut text).id(id).hint_text(muted(&cx.tokens, name.as_ref())).desired_width(width);
    named(ui.add(field), &name).changed().then_some(text)
}

/// Small text of something that crosses the wire.
fn small_mono(words: impl Into<String>) -> RichText {
    RichText::new(words).font(monospace(text::SMALL))
}

/// `words` with every hit of the search on a wash; upper and lower case of ASCII letters alike, as the list searches.
fn marked(cx: &Cx<'_>, words: &str, search: &str, font: FontId, color: Color32) -> LayoutJob {
    let plain = TextFormat { font_id: font, color, ..TextFormat::default() };
    let hit = TextFormat { background: cx.tokens.colors.warn_wash, ..plain.clone() };
    let mut job = LayoutJob::default();
    let (folded, wanted) = (words.to_ascii_lowercase(), search.to_ascii_lowercase());
    let mut end = 0;
    for (start, found) in folded.match_indices(&wanted).filter(|_| !wanted.is_empty()) {
        job.append(&words[end..start], 0.0, plain.clone());
        end = start + found.len();
        job.append(&words[start..end], 0.0, hit.clone());
    }
    job.append(&words[end..], 0.0, plain);
    job
}

/// What is wrong with the field above.
fn field_problem_ui(ui: &mut Ui, cx: &Cx<'_>, problem: &Text) {
    ui.label(small(cx.text(problem)).color(Tone::Bad.ink(&cx.tokens)));
}

/// A picture of the size of a row that can be clicked.
fn small_icon_button(ui: &mut Ui, picture: Icon, name: &str) -> Response {
    let button = Button::image(icon(picture, Tone::Neutral.ink(&Tokens::of(ui)))).frame(false);
    let response = ui.add(button.min_size(Vec2::splat(size::ICON)));
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, name));
    focus_ring(ui, &response);
    response.on_hover_text(name)
}

/// Wants one change of what is typed, opened or chosen here.
fn change(cx: &mut Cx<'_>, change: Change) {
    cx.push(Action::Messages(MessagesAction::Change(change)));
}

const LEFT_WIDTH: f32 = 248.0;
/// The part of a wide page that subscriptions and topics take at first, and the most that is.
const LEFT_PART: f32 = 0.24;
const LEFT_MOST: f32 = 420.0;
/// The largest part of the page that it takes, however wide it was drawn.
const LEFT_SHARE: f32 = 0.42;
const DETAILS_WIDTH: f32 = 320.0;
/// Below this width the list, the topics and the details take turns.
const NARROW: f32 = 700.0;
/// Below this height the composer leaves its room to the messages.
const LOW: f32 = 440.0;
