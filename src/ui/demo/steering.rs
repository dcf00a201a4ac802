//! Hands on the running module: card, air, bearer, supply, broker, delays, the serial line, and the pace of its time.

use eframe::egui::{Label, TextEdit, Ui, vec2};

use crate::{
    action::{Action, DemoAction},
    lang::{Arg, Text},
    ui::{
        Cx,
        theme::{Tone, size, space},
        widgets::{body, button, card, choice, mono, muted, named, small, toggle},
    },
    view::demo::{BEARER_AWAY, DELAYS, Delay, DemoView, GARBLES, LOSSES, SPEEDS, Share, Speed, Steer},
};

/// Draws all controls; while nothing can be steered each says why.
pub(super) fn steering_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>) {
    let why_not = view.why_not_steer.as_ref().map(|why| cx.text(why));
    let why_not = why_not.as_deref();
    if let Some(why) = why_not {
        ui.add(Label::new(small(why).color(Tone::Warn.ink(&cx.tokens))).wrap());
    }
    ui.spacing_mut().item_spacing.y = space::S;
    for (heading, hands) in MOMENTS {
        moments_ui(ui, cx, heading, hands, why_not);
    }
    network_ui(ui, cx, view, why_not);
    line_ui(ui, cx, view, why_not);
    speed_ui(ui, cx, view, why_not);
    words_ui(ui, cx, view, why_not);
}

/// Buttons that do something at once.
fn moments_ui(ui: &mut Ui, cx: &mut Cx<'_>, heading: &str, hands: &[(&str, Steer)], why_not: Option<&str>) {
    card(ui, Some(&cx.lang.tr(heading)), |ui| {
        ui.horizontal_wrapped(|ui| {
            for (word, steer) in hands {
                if button(ui, &cx.lang.tr(word), why_not).clicked() {
                    cx.push(Action::Demo(DemoAction::Steer(*steer)));
                }
            }
        });
    });
}

fn network_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>, why_not: Option<&str>) {
    card(ui, Some(&cx.tr("demo-network")), |ui| {
        let delay = chosen_ui(ui, cx, "demo-delay", view.hands.delay, &DELAYS, why_not, delay_word);
        if let Some(delay) = delay {
            cx.push(Action::Demo(DemoAction::Steer(Steer::Delay(delay))));
        }
        let word = cx.tr("demo-swallow").into_owned();
        let swallow = ui.add_enabled_ui(why_not.is_none(), |ui| toggle(ui, &word, view.hands.is_swallowing));
        if let Some(is_on) = swallow.inner {
            cx.push(Action::Demo(DemoAction::Steer(Steer::Swallow(is_on))));
        }
        explained(swallow.response, why_not);
    });
}

fn line_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>, why_not: Option<&str>) {
    card(ui, Some(&cx.tr("demo-line")), |ui| {
        let lost = chosen_ui(ui, cx, "demo-lose", view.hands.lost, &LOSSES, why_not, share_word);
        if let Some(share) = lost {
            cx.push(Action::Demo(DemoAction::Steer(Steer::Lose(share))));
        }
        let garbled = chosen_ui(ui, cx, "demo-garble", view.hands.garbled, &GARBLES, why_not, share_word);
        if let Some(share) = garbled {
            cx.push(Action::Demo(DemoAction::Steer(Steer::Garble(share))));
        }
    });
}

fn speed_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>, why_not: Option<&str>) {
    card(ui, Some(&cx.tr("demo-time")), |ui| {
        let speeds = SPEEDS.map(|percent| Speed::of_percent(percent).unwrap_or_default());
        if let Some(speed) = chosen_ui(ui, cx, "demo-speed", view.hands.speed, &speeds, why_not, speed_word) {
            cx.push(Action::Demo(DemoAction::Steer(Steer::Speed(speed))));
        }
        ui.add(Label::new(muted(&cx.tokens, cx.tr("demo-speed-hint"))).wrap());
    });
}

/// Everything else, as on standard input of `air780e sim`.
fn words_ui(ui: &mut Ui, cx: &mut Cx<'_>, view: &DemoView<'_>, why_not: Option<&str>) {
    card(ui, Some(&cx.tr("demo-words")), |ui| {
        ui.horizontal(|ui| {
            let mut line = view.screen.line.clone();
            let width = ui.available_width() - 72.0;
            let field = TextEdit::singleline(&mut line).hint_text(muted(&cx.tokens, "delay lognormal 120 0.5"));
            let field = field.desired_width(width).min_size(vec2(0.0, size::CONTROL));
            let response = named(ui.add_enabled(why_not.is_none(), field), &cx.tr("demo-words-field"));
            let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(eframe::egui::Key::Enter));
            if response.changed() {
                cx.push(Action::Demo(DemoAction::Type(line)));
            }
            if button(ui, &cx.tr("demo-words-do"), why_not).clicked() || is_entered {
                cx.push(Action::Demo(DemoAction::Obey));
            }
        });
        match (&view.screen.line_fault, &view.hands.last) {
            (Some(fault), _) => drop(ui.add(Label::new(small(cx.text(fault)).color(Tone::Bad.ink(&cx.tokens))).wrap())),
            (None, Some(last)) => {
                ui.horizontal(|ui| {
                    ui.label(muted(&cx.tokens, cx.tr("demo-words-last")));
                    ui.label(mono(last));
                });
            }
            (None, None) => drop(ui.add(Label::new(muted(&cx.tokens, cx.tr("demo-words-hint"))).wrap())),
        }
    });
}

/// A labelled choice; the value in use is shown even when it is none of those offered.
fn chosen_ui<T: Copy + PartialEq>(
    ui: &mut Ui,
    cx: &Cx<'_>,
    key: &str,
    current: T,
    options: &[T],
    why_not: Option<&str>,
    word: fn(T) -> Text,
) -> Option<T> {
    let name = cx.lang.tr(key).into_owned();
    let response = ui.add_enabled_ui(why_not.is_none(), |ui| {
        ui.horizontal(|ui| {
            ui.add_sized(vec2(LABEL, size::CONTROL), Label::new(body(&name).color(cx.tokens.colors.muted)).truncate());
            choice(ui, &name, current, options, |option| cx.text(&word(option)))
        })
        .inner
    });
    explained(response.response, why_not);
    response.inner
}

fn explained(response: eframe::egui::Response, why_not: Option<&str>) {
    if let Some(why) = why_not {
        response.on_hover_text(why);
    }
}

fn delay_word(delay: Option<Delay>) -> Text {
    match delay {
        None => Text::new("demo-delay-none"),
        Some(Delay::Fixed { ms }) => Text::new("demo-delay-fixed").with("ms", ms.to_string()),
        Some(Delay::Uniform { min_ms, max_ms }) => {
            Text::new("demo-delay-uniform").with("min", min_ms.to_string()).with("max", max_ms.to_string())
        }
        Some(Delay::Exponential { mean_ms }) => Text::new("demo-delay-exponential").with("ms", mean_ms.to_string()),
        Some(Delay::LogNormal { median_ms, .. }) => {
            Text::new("demo-delay-log-normal").with("ms", median_ms.to_string())
        }
    }
}

fn share_word(share: Share) -> Text {
    if share.parts() == 0 {
        return Text::new("demo-share-none");
    }
    let percent = f64::from(share.parts()) / 10_000.0;
    Text::new("demo-share").with("percent", Arg::Plain(format!("{percent}")))
}

fn speed_word(speed: Speed) -> Text {
    let times = f64::from(speed.percent()) / 100.0;
    Text::new("demo-speed-times").with("times", Arg::Plain(format!("{times}")))
}

/// Hands that act at once, card by card.
const MOMENTS: [(&str, &[(&str, Steer)]); 4] = [
    ("demo-card", &[("demo-sim-remove", Steer::RemoveSim), ("demo-sim-insert", Steer::InsertSim)]),
    (
        "demo-air",
        &[
            ("demo-signal-good", Steer::Signal(24)),
            ("demo-signal-weak", Steer::Signal(7)),
            ("demo-signal-none", Steer::Signal(99)),
            ("demo-registration-denied", Steer::Registration(3)),
            ("demo-registration-searching", Steer::Registration(2)),
            ("demo-registration-home", Steer::Registration(1)),
        ],
    ),
    (
        "demo-bearer",
        &[
            ("demo-bearer-away", Steer::DropBearer { back_after: Some(BEARER_AWAY) }),
            ("demo-bearer-down", Steer::DropBearer { back_after: None }),
            ("demo-bearer-up", Steer::RestoreBearer),
        ],
    ),
    (
        "demo-module",
        &[("demo-restart-module", Steer::Restart), ("demo-off", Steer::PowerOff), ("demo-kick", Steer::Kick)],
    ),
];

/// Width of the labels.
const LABEL: f32 = 112.0;
