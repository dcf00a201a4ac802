//! The ladder as one way from the cable up: joined, evenly spaced, and calm when the connection was ended as it should.

use air780e_companion::{
    lang::{Lang, Translator},
    model::{
        Generation, Input, Model,
        event::{Event, LossCause},
        status::{Rung, RungState, Status},
    },
    time::{Moment, WallAnchor},
    ui::{self, Cx, theme},
    view::{self, Screen},
};
use eframe::egui::{CentralPanel, Frame, Rect, Shape, Vec2, vec2};
use egui_kittest::{Harness, kittest::Queryable};

use crate::desk::opened;

fn told(model: &mut Model, event: Event) {
    model.apply(&Input::Told { generation: Generation::default(), event });
}

/// A connection whose rungs are all in `state`.
fn model(state: RungState) -> Model {
    let mut model = Model::default();
    let anchor = WallAnchor::new(opened());
    told(&mut model, Event::Opened { port: "COM5".to_owned(), anchor, is_simulated: false });
    let mut status = Status::default();
    for rung in Rung::ALL {
        status.ladder.entry_mut(rung).state = state;
    }
    told(&mut model, Event::Status(Box::new(status)));
    model
}

fn shown(model: Model, lang: Lang, size: Vec2) -> Harness<'static> {
    let translator = Translator::new(lang);
    let mut harness = Harness::builder().with_size(size).with_context_setup(theme::install).build_ui(move |ui| {
        let mut actions = Vec::new();
        let mut cx = Cx { lang: &translator, tokens: theme::Tokens::of(ui), actions: &mut actions };
        let view = view::ladder::view(&model, &Screen::default());
        CentralPanel::default().frame(Frame::NONE).show(ui, |ui| ui::ladder::ladder_ui(ui, &mut cx, &view));
    });
    harness.run();
    harness
}

/// The level lines between the rungs, from the left.
fn joins(harness: &Harness<'_>) -> Vec<Rect> {
    let mut lines: Vec<Rect> = Vec::new();
    for clipped in &harness.output().shapes {
        if let Shape::LineSegment { points: [from, to], .. } = &clipped.shape
            && (from.y - to.y).abs() < 0.1
            && from.y > 4.0
            && to.x - from.x < 200.0
        {
            lines.push(Rect::from_two_pos(*from, *to));
        }
    }
    lines.sort_by(|one, other| one.left().total_cmp(&other.left()));
    lines
}

#[test]
fn a_line_joins_each_rung_to_the_next_and_the_gaps_are_even() {
    for lang in Lang::ALL {
        for width in [1_000.0, 1_200.0, 1_920.0] {
            let harness = shown(model(RungState::Confirmed), lang, vec2(width, 60.0));
            let lines = joins(&harness);
            assert_eq!(lines.len(), Rung::ALL.len() - 1, "{lang:?} {width}: {lines:?}");
            assert!(lines.iter().all(|line| line.width() >= 4.0), "{lang:?} {width}: {lines:?}");
            assert!(lines.is_sorted_by(|one, other| one.right() < other.left()), "none runs through a rung");
        }
    }
}

#[test]
fn after_a_wanted_end_nothing_asks_for_attention_and_after_a_loss_it_does() {
    let words = |model: Model| {
        let harness = shown(model, Lang::En, vec2(1_200.0, 60.0));
        ["MQTT: was fine", "MQTT: stale"].map(|words| harness.query_by_label(words).is_some())
    };
    let mut wanted = model(RungState::Stale);
    told(&mut wanted, Event::Closed { at: Moment::from_millis(9_000), fault: None });
    assert_eq!(words(wanted), [true, false]);
    let mut lost = model(RungState::Stale);
    told(&mut lost, Event::SessionLost { at: Moment::from_millis(9_000), cause: LossCause::Closed, asked: None });
    assert_eq!(words(lost), [false, true]);
}
