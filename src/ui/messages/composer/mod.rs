//! The composer: what to publish, what is wrong with it, and what it will put on the wire.

mod party;
mod payload;
mod repeat;
mod templates;

use eframe::egui::{Align, FontSelection, Label, Layout, Ui, vec2};

use crate::{
    action::{Action, MessagesAction},
    lang::Arg,
    ui::{
        Cx,
        theme::{Tone, monospace, size, space, text},
        widgets::{Icon, choice, icon_button, muted, primary_button, small, toggle},
    },
    view::messages::{
        Change, Composer, MessagesView, PAYLOAD_RANGE, PayloadFormat, PayloadProblem, Qos, Sender, TopicProblem,
        grouped, qos_key,
    },
};

use super::{change, field_problem_ui, line, small_mono};

/// Draws the composer.
pub(super) fn composer_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, is_low: bool) {
    let mut fields = view.composer.fields.clone();
    address_ui(ui, cx, &mut fields);
    let judged = &view.composer.judged;
    if let Some(problem) = judged.topic.as_ref().map(TopicProblem::text).as_ref().or(view.composer.refusal.as_ref()) {
        field_problem_ui(ui, cx, problem);
    }
    if is_low {
        low_ui(ui, cx, view, &mut fields);
    } else {
        tall_ui(ui, cx, view, &mut fields);
    }
    if let Some(problem) = judged.payload.as_ref().filter(|problem| !matches!(problem, PayloadProblem::File(_))) {
        field_problem_ui(ui, cx, &problem.text());
    }
    if let Some(unknown) = &judged.unknown {
        let words = cx.tr_args("placeholder-unknown", &[("text", Arg::from(unknown.as_str()))]);
        ui.label(small(words).color(Tone::Warn.ink(&cx.tokens)));
    }
    foot_ui(ui, cx, view, &mut fields, is_low);
    party::party_ui(ui, cx, view);
    repeat::repeat_ui(ui, cx, view, &mut fields);
    if fields != view.composer.fields {
        change(cx, Change::Composer(Box::new(fields)));
    }
}

/// The payload over four lines, with format, bytes and button beside it.
fn tall_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer) {
    ui.horizontal_top(|ui| {
        let width = (ui.available_width() - SIDE_WIDTH - space::S).max(120.0);
        ui.allocate_ui_with_layout(vec2(width, PAYLOAD_HEIGHT), Layout::top_down(Align::Min), |ui| {
            payload::payload_ui(ui, cx, fields, PAYLOAD_ROWS, PAYLOAD_HEIGHT);
        });
        ui.allocate_ui_with_layout(vec2(SIDE_WIDTH, PAYLOAD_HEIGHT), Layout::top_down(Align::Min), |ui| {
            ui.horizontal(|ui| {
                format_ui(ui, cx, fields);
                payload::indent_ui(ui, cx, fields);
            });
            bytes_ui(ui, cx, view);
            let layout = Layout::top_down_justified(Align::Center);
            ui.with_layout(layout, |ui| publish_ui(ui, cx, view));
        });
    });
}

/// Everything on one line, where the page is low.
fn low_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer) {
    ui.horizontal(|ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let is_narrow = ui.available_width() < NARROW;
            publish_ui(ui, cx, view);
            if !is_narrow {
                bytes_ui(ui, cx, view);
            }
            payload::indent_ui(ui, cx, fields);
            format_ui(ui, cx, fields);
            let area = vec2(ui.available_width(), size::CONTROL);
            ui.allocate_ui_with_layout(area, Layout::top_down(Align::Min), |ui| {
                payload::payload_ui(ui, cx, fields, 1, size::CONTROL);
            });
        });
    });
}

/// Topic, QoS and retain on one line.
fn address_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer) {
    ui.horizontal(|ui| {
        let label = ui.label(muted(&cx.tokens, cx.tr("composer-topic")));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if let Some(retain) = toggle(ui, &cx.tr("retain"), fields.retain) {
                fields.retain = retain;
            }
            let words = |qos| cx.tr(qos_key(qos)).into_owned();
            if let Some(qos) = choice(ui, &cx.tr("composer-qos"), fields.qos, &Qos::ALL, words) {
                fields.qos = qos;
            }
            let field = line(&mut fields.topic)
                .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
                .char_limit(TOPIC_CHARS)
                .desired_width(ui.available_width());
            ui.add(field).labelled_by(label.id);
        });
    });
}

fn format_ui(ui: &mut Ui, cx: &Cx<'_>, fields: &mut Composer) {
    let words = |format| cx.tr(format_key(format)).into_owned();
    if let Some(format) = choice(ui, &cx.tr("composer-format"), fields.format, &PayloadFormat::ALL, words) {
        fields.format = format;
    }
}

/// Bytes used, bytes left of those the module takes, and who says so.
fn bytes_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>) {
    let judged = &view.composer.judged;
    let number = |bytes: usize| Arg::from(grouped(bytes as u64));
    let is_over = judged.used > judged.limit;
    let words = if is_over {
        cx.tr_args("composer-over", &[("over", number(judged.used - judged.limit))])
    } else {
        cx.tr_args("composer-left", &[("used", number(judged.used)), ("left", number(judged.left()))])
    };
    let tone = match judged.used {
        _ if is_over => Tone::Bad,
        used if used > PAYLOAD_RANGE.0 => Tone::Warn,
        _ => Tone::Neutral,
    };
    let hint = cx.tr_args("composer-limits", &[("direct", number(PAYLOAD_RANGE.0)), ("most", number(judged.limit))]);
    ui.label(small(words).color(tone.ink(&cx.tokens))).on_hover_text(hint);
}

fn publish_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    let why_not = view.draft().err().map(|why| cx.text(&why.text()));
    let response = primary_button(ui, &cx.tr("publish"), why_not.as_deref());
    let response = response.on_hover_text(cx.tr("publish-hint"));
    if response.clicked() {
        // Behind the fields, as with the key: placeholders are filled in when it is sent.
        cx.push(Action::Messages(MessagesAction::PublishTyped));
    }
}

/// The lines that publishing puts on the wire, and the tools.
fn foot_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>, fields: &mut Composer, is_low: bool) {
    let is_narrow = is_low && ui.available_width() < NARROW;
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = space::HAIR;
            let name = cx.tr(if fields.repeat.is_open { "repeat-close" } else { "repeat-open" });
            if icon_button(ui, Icon::Repeat, &name, None).clicked() {
                fields.repeat.is_open = !fields.repeat.is_open;
            }
            templates::placeholders_ui(ui, cx, fields);
            templates::templates_ui(ui, cx, view, fields);
            if is_narrow {
                bytes_ui(ui, cx, view);
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| wire_ui(ui, cx, view));
        });
    });
}

fn wire_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &MessagesView<'_>) {
    if view.screen().sender == Sender::Here {
        ui.label(muted(&cx.tokens, cx.tr("composer-not-by-module")));
        return;
    }
    let label = ui.label(muted(&cx.tokens, cx.tr("composer-wire")));
    if view.composer.judged.placeholders > 0 {
        label.on_hover_text(cx.tr("composer-wire-filled"));
    }
    ui.add_space(space::S);
    let Some(wire) = &view.composer.wire else {
        ui.label(muted(&cx.tokens, "–"));
        return;
    };
    let words = match &wire.data {
        Some(data) => format!("{}  > {data}", wire.line),
        None => wire.line.clone(),
    };
    let shown = small_mono(words.as_str()).color(cx.tokens.colors.wire_sent);
    let response = ui.add(Label::new(shown).truncate().selectable(true));
    response.on_hover_text(cx.tr_args("composer-wire-hint", &[("line", Arg::from(words))]));
}

fn format_key(format: PayloadFormat) -> &'static str {
    match format {
        PayloadFormat::Text => "format-text",
        PayloadFormat::Gbk => "format-gbk",
        PayloadFormat::Json => "form-json",
        PayloadFormat::Hex => "form-hex",
        PayloadFormat::Base64 => "form-base64",
        PayloadFormat::File => "format-file",
    }
}

/// Below this width the bytes leave the line of the payload.
const NARROW: f32 = 480.0;
const SIDE_WIDTH: f32 = 148.0;
const PAYLOAD_ROWS: usize = 4;
const PAYLOAD_HEIGHT: f32 = 88.0;
/// Far beyond what the module takes, so that a paste by mistake does not hold the window up.
const TOPIC_CHARS: usize = 1_024;
