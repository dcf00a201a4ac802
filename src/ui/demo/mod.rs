//! The demo panel: scenarios to start and hands to lay on the virtual modem, beside every page.
//!
//! It never lies over a page: where the window is wide it stands beside it, else in its place until a page is wanted or
//! a scenario starts, and folded it is one line below.

mod broker;
mod details;
mod list;
mod steering;

use eframe::egui::{Align, CentralPanel, Frame, Label, Layout, Margin, Panel, ScrollArea, Stroke, Ui};

use crate::{
    action::{Action, DemoAction},
    lang::Text,
    view::demo::{DemoView, Extent, Tab},
};

use super::{
    Cx,
    theme::{Tone, size, space},
    widgets::{Icon, body, button, icon_button, mark_with_word, muted, rule, small, title},
};

/// Whether a window so wide holds the panel and a page beside it.
pub fn fits_beside(width: f32) -> bool {
    width >= WIDTH + size::NAV_NARROW + PAGE_LEAST
}

/// Draws the panel: at the right edge when it fits beside the page, else in the page's place; folded, one line below it.
pub fn panel_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>, is_beside: bool) {
    let frame = Frame::new().fill(cx.tokens.colors.chrome).stroke(Stroke::NONE);
    if view.screen.extent == Extent::Line {
        let frame = frame.inner_margin(Margin::symmetric(12, 2));
        Panel::bottom("folded demo").frame(frame).resizable(false).show(ui, |ui| folded_ui(ui, cx, view));
    } else if is_beside {
        let frame = frame.inner_margin(Margin::same(12));
        Panel::right("demo").frame(frame).exact_size(WIDTH).resizable(false).show(ui, |ui| contents_ui(ui, cx, view));
    } else {
        let frame = frame.inner_margin(Margin::symmetric(12, 6));
        CentralPanel::no_frame().frame(frame).show(ui, |ui| low_ui(ui, cx, view));
    }
}

/// One line: what is on, its next step, and the ways to more and to less.
fn folded_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        ui.set_min_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = space::XS;
        if icon_button(ui, Icon::Close, &cx.tr("demo-close"), None).clicked() {
            cx.push(Action::Demo(DemoAction::Extend(Extent::Closed)));
        }
        if icon_button(ui, Icon::Expand, &cx.tr("demo-unfold"), None).clicked() {
            cx.push(Action::Demo(DemoAction::Extend(Extent::Whole)));
        }
        if let Some(next) = &view.next {
            let why_not = next.why_not.as_ref().map(|why| cx.text(why));
            let hint = cx.tr_args("demo-next-is", &[("step", next.text.clone().into())]);
            if button(ui, &cx.tr("demo-next"), why_not.as_deref()).on_hover_text(hint).clicked() {
                cx.push(Action::Demo(DemoAction::NextStep));
            }
        }
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            ui.label(body(cx.tr("demo-title")).strong());
            let words = match (&view.preparing, &view.on) {
                (Some(preparing), _) => cx.tr_args("demo-preparing", &[("title", preparing.as_ref().into())]),
                (None, Some((title, _))) => title.clone().into_owned(),
                (None, None) => cx.tr("demo-nothing-on").into_owned(),
            };
            ui.add(Label::new(muted(&cx.tokens, words)).truncate());
        });
    });
}

/// One line above every page while other computers reach the broker inside this program.
pub fn banner_ui(ui: &mut Ui, cx: &Cx<'_>, words: &Text) {
    Frame::new().fill(Tone::Warn.wash(&cx.tokens)).inner_margin(Margin::symmetric(8, 2)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(body(cx.text(words)).color(Tone::Warn.ink(&cx.tokens))).truncate());
    });
}

fn contents_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    ui.spacing_mut().item_spacing.y = space::XS;
    head_ui(ui, cx, view);
    on_ui(ui, cx, view);
    tabs_ui(ui, cx, view);
    rule(ui);
    if view.screen.tab == Tab::Scenarios {
        let foot = Panel::bottom("demo foot").frame(Frame::new()).resizable(false);
        foot.show(ui, |ui| list::foot_ui(ui, cx, view));
    }
    tab_ui(ui, cx, view);
}

/// In a window that is low too: what is on and the way to start at the left, the list or the hands at the right.
fn low_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    ui.spacing_mut().item_spacing.y = space::XS;
    head_ui(ui, cx, view);
    rule(ui);
    let side = Panel::left("demo side").frame(Frame::new().inner_margin(Margin { right: 8, ..Margin::ZERO }));
    side.exact_size(ui.available_width() * SIDE_PART).resizable(false).show(ui, |ui| {
        ScrollArea::vertical().id_salt("demo side").auto_shrink(false).show(ui, |ui| {
            on_ui(ui, cx, view);
            list::foot_ui(ui, cx, view);
        });
    });
    tabs_ui(ui, cx, view);
    tab_ui(ui, cx, view);
}

fn tab_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    match view.screen.tab {
        Tab::Scenarios => list::list_ui(ui, cx, view),
        Tab::Broker => {
            if let Some(view) = &view.broker {
                broker::broker_ui(ui, cx, view);
            }
        }
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
                cx.push(Action::Demo(DemoAction::Extend(Extent::Closed)));
            }
            if icon_button(ui, Icon::Collapse, &cx.tr("demo-fold"), None).clicked() {
                cx.push(Action::Demo(DemoAction::Extend(Extent::Line)));
            }
            if view.on.is_some() && button(ui, &cx.tr("demo-leave"), None).clicked() {
                cx.push(Action::Demo(DemoAction::Leave));
            }
        });
    });
}

/// What is on, and the next step of it.
fn on_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    if let Some(preparing) = &view.preparing {
        let words = cx.tr_args("demo-preparing", &[("title", preparing.as_ref().into())]);
        mark_with_word(ui, super::widgets::Mark::Trying, &words);
        return;
    }
    let Some((title, seed)) = &view.on else {
        ui.add(Label::new(muted(&cx.tokens, cx.tr("demo-nothing-on"))).wrap());
        return;
    };
    let wash = Tone::Busy.wash(&cx.tokens);
    Frame::new().fill(wash).corner_radius(size::RADIUS).inner_margin(Margin::same(8)).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.add(Label::new(body(title.as_ref())).wrap());
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

/// Width of the panel beside a page.
pub const WIDTH: f32 = 344.0;
/// The part of a low panel that its left column takes.
const SIDE_PART: f32 = 0.42;
/// Least width of a page beside it.
const PAGE_LEAST: f32 = 560.0;
