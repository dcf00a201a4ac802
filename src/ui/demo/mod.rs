//! The demo panel: scenarios to start and hands to lay on the virtual modem, beside every page.
//!
//! On a wide window it stands beside the page, on a narrow one it lies over it.

mod details;
mod list;
mod steering;

use eframe::egui::{
    Align, Area, Frame, Id, Label, Layout, Margin, Order, Panel, Rect, ScrollArea, Stroke, Ui, pos2, vec2,
};

use crate::{
    action::{Action, DemoAction},
    view::demo::{DemoView, Tab},
};

use super::{
    Cx,
    theme::{Tone, size, space},
    widgets::{Icon, body, button, icon_button, mark_with_word, muted, rule, small, title},
};

/// Draws the panel at the right edge of what is left of the window.
pub fn panel_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    let frame = Frame::new().fill(cx.tokens.colors.chrome).stroke(Stroke::NONE).inner_margin(Margin::same(12));
    if ui.available_width() >= WIDE {
        Panel::right("demo").frame(frame).exact_size(WIDTH).resizable(false).show(ui, |ui| contents_ui(ui, cx, view));
        return;
    }
    let left = ui.available_rect_before_wrap();
    let place = Rect::from_min_max(pos2(left.right() - WIDTH, left.top()), left.max);
    let line = Stroke::new(1.0, cx.tokens.colors.line);
    Area::new(Id::unique("demo")).order(Order::Middle).fixed_pos(place.min).constrain(false).show(ui.ctx(), |ui| {
        frame.stroke(line).show(ui, |ui| {
            let inner = place.size() - vec2(26.0, 26.0);
            ui.set_min_size(inner);
            ui.set_max_size(inner);
            contents_ui(ui, cx, view);
        });
    });
}

fn contents_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    ui.spacing_mut().item_spacing.y = space::XS;
    head_ui(ui, cx, view);
    on_ui(ui, cx, view);
    tabs_ui(ui, cx, view);
    rule(ui);
    match view.screen.tab {
        Tab::Scenarios => list::list_ui(ui, cx, view),
        Tab::Steering => {
            ScrollArea::vertical().id_salt("steering").auto_shrink(false).show(ui, |ui| {
                steering::steering_ui(ui, cx, view);
            });
        }
    }
}

fn head_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    ui.horizontal(|ui| {
        ui.label(title(cx.tr("demo-title")));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if icon_button(ui, Icon::Close, &cx.tr("demo-close"), None).clicked() {
                cx.push(Action::Demo(DemoAction::Toggle));
            }
            if view.on.is_some() && button(ui, &cx.tr("demo-leave"), None).clicked() {
                cx.push(Action::Demo(DemoAction::Leave));
            }
        });
    });
}

/// What is on, and the next step of it.
fn on_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    if let Some(preparing) = view.preparing {
        let words = cx.tr_args("demo-preparing", &[("title", preparing.into())]);
        mark_with_word(ui, super::widgets::Mark::Trying, &words);
        return;
    }
    let Some((title, seed)) = view.on else {
        ui.add(Label::new(muted(&cx.tokens, cx.tr("demo-nothing-on"))).wrap());
        return;
    };
    let wash = Tone::Busy.wash(&cx.tokens);
    Frame::new().fill(wash).corner_radius(size::RADIUS).inner_margin(Margin::same(8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(body(title)).wrap());
        ui.label(muted(&cx.tokens, cx.tr_args("demo-on-seed", &[("seed", seed.to_string().into())])));
        if let Some(next) = &view.next {
            ui.add(Label::new(small(cx.tr_args("demo-next-is", &[("step", next.text.clone().into())]))).wrap());
            let why_not = next.why_not.as_ref().map(|why| cx.text(why));
            if button(ui, &cx.tr("demo-next"), why_not.as_deref()).clicked() {
                cx.push(Action::Demo(DemoAction::NextStep));
            }
        }
    });
}

fn tabs_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    ui.horizontal(|ui| {
        for tab in Tab::ALL {
            if ui.selectable_label(view.screen.tab == tab, body(cx.tr(tab.key()))).clicked() {
                cx.push(Action::Demo(DemoAction::Show(tab)));
            }
        }
    });
}

/// Width of the panel.
const WIDTH: f32 = 368.0;
/// Where less than this is left of the window, the panel lies over the page.
const WIDE: f32 = WIDTH + 680.0;
