//! The frame of the window: bars around, the page in the middle. It computes each view and hands it to its panel.

use eframe::egui::{CentralPanel, Frame, Margin, Panel, Stroke, Ui};

use crate::{
    action::Action,
    ui::{
        self, Cx,
        theme::{Tokens, size, space},
    },
    view::{self, LOW_WINDOW, Page, demo::Extent},
};

use super::{
    App, certificates, clock::Clock, connecting, demo_panel, farewell, latency, messages, recorded, report,
    shown::Shown, terminal, troubleshoot, watching,
};

/// Draws everything and collects what is asked.
pub(super) fn window_ui(app: &mut App, ui: &mut Ui, actions: &mut Vec<Action>) {
    let mut cx = Cx { lang: &app.translator, tokens: Tokens::of(ui), actions };
    let is_staged = connecting::is_staged(app);
    let mut shown = Shown {
        is_staged,
        closing: app.closing,
        model: &app.model,
        screen: &mut app.screen,
        settings: &app.settings,
        borders: &mut app.borders,
        profile: &app.profile,
        secrets: &app.secrets,
        keyring: &app.keeper.state,
        ports: &app.ports,
        files: app.files.known(),
        plan: &app.plan,
        added: app.added.of(is_staged),
        own_broker: app.session.own_broker_address(app.profile.security.case).map(|address| address.to_string()),
        losses: app.losses.told(),
        folder: app.store.as_ref().map(|store| store.folder().display().to_string()),
        clock: app.clock,
        demo_panel: &app.demo_panel,
        broker: &app.broker,
        recorded: &app.recording.ports,
        comeback: &app.comeback,
        watching: &app.watching,
        width: ui.ctx().content_rect().width(),
    };
    ui::skip::skip_ui(ui, &cx);
    bars_ui(&mut shown, ui, &mut cx);
    notices_ui(&mut shown, ui, &mut cx);
    if shown.screen.demo.extent == Extent::Closed || demo_panel::panel_ui(&mut shown, ui, &mut cx) {
        let page = Frame::new().fill(cx.tokens.colors.page);
        CentralPanel::default().frame(page).show(ui, |ui| page_ui(&mut shown, ui, &mut cx));
    }
    if shown.screen.connect.asks_secrets {
        ui::connect::question_ui(ui, &mut cx, &connect_view(&shown));
    }
    report::dialog_ui(&shown, ui, &mut cx);
    if let Some(save) = &shown.screen.save {
        ui::save::save_ui(ui, &mut cx, save);
    }
    farewell::question_ui(&shown, ui, &mut cx);
    recorded::questions_ui(&shown, ui, &mut cx);
    if let Some(ask) = &shown.screen.watch.asks {
        ui::watch::ask_ui(ui, &mut cx, ask);
    }
    ui::certificates::drop_ui(ui, &mut cx, shown.screen.page);
    certificates::pasted_ui(&shown, ui, &mut cx);
    if shown.screen.is_help_open {
        ui::keys::help_ui(ui, &mut cx, shown.screen.page);
    }
}

/// Whether navigation and page have little room beside each other.
fn is_small(shown: &Shown<'_>) -> bool {
    shown.width - demo_panel::width(shown) < size::NAV_WANTS
}

/// What was said, below the page; good news go by themselves.
fn notices_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let (old, next) = shown.screen.notices.fade(shown.model, ui.input(|input| input.time));
    cx.actions.extend(old.into_iter().map(Action::DismissNotice));
    if let Some(pause) = next {
        ui.ctx().request_repaint_after(pause);
    }
    if shown.screen.notices.is_list_open {
        ui::notices::list_ui(ui, cx, &view::notices::past(shown.model));
    } else {
        ui::notices::notices_ui(ui, cx, &view::notices::view(shown.model, shown.screen.page));
    }
}

fn bars_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    let lang = cx.lang.lang();
    let bar = bar_frame(cx);
    Panel::top("top bar").frame(bar).exact_size(size::TOP_BAR).resizable(false).show(ui, |ui| {
        let now = shown.now();
        let view = view::top_bar::TopBarView {
            recorded: shown.screen.recorded.elsewhere(shown.screen.page),
            ..view::top_bar::view(
                shown.model,
                shown.profile,
                shown.settings,
                shown.ports,
                &shown.demo_panel.play,
                lang,
                now,
            )
        };
        ui::top_bar::bar_ui(ui, cx, &view);
    });
    if let Some(log) = shown.screen.recorded.on(shown.screen.page) {
        let model = shown.recorded.get(log.port).map(|port| &port.model);
        let (about, ladder, time) =
            (view::recorded::bar(log), view::recorded::ladder(log, model), view::recorded::time(log, model));
        Panel::top("recorded").frame(bar).resizable(false).show(ui, |ui| ui::recorded::bar_ui(ui, cx, &about));
        if let Some(ladder) = &ladder {
            Panel::top("recorded ladder")
                .frame(bar)
                .resizable(false)
                .show(ui, |ui| ui::ladder::ladder_ui(ui, cx, ladder));
        }
        if let Some(time) = &time {
            Panel::top("recorded time").frame(bar).resizable(false).show(ui, |ui| ui::recorded::time_ui(ui, cx, time));
        }
    } else {
        let ladder = view::ladder::view(shown.model, shown.screen);
        Panel::top("ladder").frame(bar).resizable(false).show(ui, |ui| ui::ladder::ladder_ui(ui, cx, &ladder));
    }
    if let Some(words) = shown.broker.state.banner() {
        Panel::top("broker banner").frame(bar).resizable(false).show(ui, |ui| ui::demo::banner_ui(ui, cx, &words));
    }
    if let Some(comeback) = view::comeback::view(&shown.comeback.core, shown.now()) {
        let frame = bar.fill(cx.tokens.colors.warn_wash);
        Panel::top("comeback").frame(frame).resizable(false).show(ui, |ui| ui::comeback::bar_ui(ui, cx, &comeback));
    }
    strip_ui(shown, ui, cx);
    let is_narrow = is_small(shown);
    let (width, margin) = if is_narrow { (size::NAV_NARROW, space::XS) } else { (size::NAV, space::M) };
    #[expect(clippy::cast_possible_truncation, reason = "a few points")]
    let frame = bar.inner_margin(Margin::symmetric(margin as i8, 0));
    Panel::left("navigation").frame(frame).exact_size(width).resizable(false).show(ui, |ui| {
        ui::nav::nav_ui(ui, cx, shown.screen.page, is_narrow);
    });
}

/// The terminal strip stands below every page but the terminal itself and those that show a log.
fn strip_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    if shown.screen.page == Page::Terminal || shown.screen.recorded.on(shown.screen.page).is_some() {
        return;
    }
    let is_low = ui.ctx().content_rect().height() < LOW_WINDOW;
    let is_open = if is_low { shown.screen.opens_low_strip } else { shown.settings.is_strip_open };
    let frame = bar_frame(cx).inner_margin(Margin { left: 12, right: 12, top: 0, bottom: 4 });
    let panel = Panel::bottom(if is_open { "strip" } else { "folded strip" }).frame(frame);
    let panel = if is_open {
        let height = ui.ctx().content_rect().height();
        let first = size::STRIP.min(height * STRIP_PART);
        panel
            .resizable(true)
            .default_size(shown.borders.get(STRIP).copied().unwrap_or(first))
            .size_range(size::STRIP_LEAST..=(height * STRIP_MOST).max(size::STRIP_LEAST))
    } else {
        panel.resizable(false)
    };
    let view = view::terminal::view(shown.model, &shown.screen.terminal);
    let notices = shown.model.notices().past().len();
    let drawn = panel.show(ui, |ui| ui::terminal_strip::strip_ui(ui, cx, &view, is_open, notices));
    if is_open {
        shown.borders.insert(STRIP.to_owned(), drawn.response.rect.height());
    }
}

fn page_ui(shown: &mut Shown<'_>, ui: &mut Ui, cx: &mut Cx<'_>) {
    ui::skip::begin_page(ui);
    if recorded::page_ui(shown, ui, cx) {
        return;
    }
    match shown.screen.page {
        Page::Connect => ui::connect::page_ui(ui, cx, &connect_view(shown)),
        Page::Messages => messages::page_ui(shown, ui, cx),
        Page::Certificates => certificates::page_ui(shown, ui, cx),
        Page::Latency => latency::page_ui(shown, ui, cx),
        Page::Watch => watching::page_ui(shown, ui, cx),
        Page::Terminal => terminal::page_ui(shown, ui, cx),
        Page::Troubleshoot => troubleshoot::page_ui(shown, ui, cx),
        Page::Settings => {
            let view =
                view::settings::view(shown.settings, cx.lang.lang(), shown.folder.clone(), shown.keyring, shown.ports);
            ui::settings::page_ui(ui, cx, &view);
        }
    }
}

fn connect_view<'a>(shown: &'a Shown<'_>) -> view::connect::ConnectView<'a> {
    let inputs = view::connect::Inputs {
        profile: shown.profile,
        secrets: shown.secrets,
        keyring: shown.keyring,
        profiles: &shown.settings.profiles,
        ports: shown.ports,
        added: shown.added,
        plan: &shown.plan.lines,
        files: shown.files,
        own_broker: shown.own_broker.clone(),
        losses: shown.losses.clone(),
        doctor: &shown.screen.troubleshoot,
        now: shown.now(),
        pc_clock: Clock::wall().timestamp(),
    };
    view::connect::view(shown.model, &shown.screen.connect, inputs)
}

/// The part of the window's height that the strip takes at first, and the most that it may take.
const STRIP_PART: f32 = 0.18;
const STRIP_MOST: f32 = 0.5;
/// The name of the border above the terminal strip.
const STRIP: &str = "strip";

fn bar_frame(cx: &Cx<'_>) -> Frame {
    Frame::new().fill(cx.tokens.colors.chrome).inner_margin(Margin::symmetric(12, 0)).stroke(Stroke::NONE)
}
