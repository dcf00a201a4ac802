//! What a page is for keeps a size that can be used, in the least window and on a stage, in both languages.

use air780e_companion::{
    app::Options,
    lang::Lang,
    settings::{Profile, Settings},
    view::Page,
};
use eframe::egui::{Key, Modifiers, Rect, Vec2};

use crate::kit::Window;

/// The least window at the plain size, and a window of 1200 × 800 at the stage size.
const SIZES: [Vec2; 2] = [Vec2::new(1_000.0, 640.0), Vec2::new(800.0, 533.0)];

fn connected(lang: Lang, size: Vec2) -> Window<'static> {
    let settings = Settings { is_strip_open: true, ..Settings::default() };
    let options = Options { lang: Some(lang), settings, connects_virtual: true, ..Options::default() };
    let mut window = Window::open_sized(options, size);
    let disconnect = if lang == Lang::En { "Disconnect" } else { "断开" };
    window.wait("connected", |window| window.can_click(disconnect));
    window
}

fn assert_roomy(window: &Window<'_>, name: &str, least: Vec2, window_size: Vec2) {
    let place = window.place_of(name).unwrap_or_else(|| panic!("no {name:?}; on screen:\n{}", window.words()));
    let page = Rect::from_min_size(eframe::egui::Pos2::ZERO, window_size);
    let seen = place.intersect(page).size();
    assert!(seen.x >= least.x && seen.y >= least.y, "{name:?} has {seen:?} of {window_size:?}, not {least:?}");
}

#[test]
fn the_terminal_strip_folds_in_a_low_window_and_opens_by_hand() {
    let settings = Settings { is_strip_open: true, ..Settings::default() };
    let options = || Options { settings: settings.clone(), ..Options::default() };
    let mut window = Window::open_sized(options(), Vec2::new(1_000.0, 640.0));
    assert!(window.can_click("Unfold the terminal"), "{}", window.words());
    window.click("Unfold the terminal");
    assert!(window.can_click("Fold the terminal"));
    let window = Window::open_sized(options(), Vec2::new(1_000.0, 720.0));
    assert!(window.can_click("Fold the terminal"), "a higher window is as the settings say");
}

#[test]
fn the_latency_plot_and_the_message_list_keep_a_size_that_can_be_used() {
    for (lang, plot, publish) in
        [(Lang::En, "Times of publishes over the time of day", "Publish"), (Lang::ZhCn, "发布时延随时间变化", "发布")]
    {
        for size in SIZES {
            let mut window = connected(lang, size);
            window.press(Modifiers::COMMAND, Key::Num2);
            window.wait_for("Welcome");
            window.click(publish);
            window.wait("published", |window| window.app().model().messages().sent() > 0);
            window.press(Modifiers::COMMAND, Key::Num4);
            window.wait("measured", |window| !window.app().model().latency().runs().is_empty());
            window.step();
            assert_roomy(&window, plot, Vec2::new(300.0, 120.0), size);
        }
    }
}

#[test]
fn encryption_is_in_sight_at_first_start_without_scrolling() {
    for (lang, title) in [(Lang::En, "Encryption"), (Lang::ZhCn, "加密")] {
        for size in [Vec2::new(1_000.0, 640.0), Vec2::new(1_200.0, 800.0), Vec2::new(1_920.0, 1_080.0)] {
            let window = Window::open_sized(Options { lang: Some(lang), ..Options::default() }, size);
            let title_at = window.labels().into_iter().find(|(words, _)| words == title).expect("a heading").1;
            assert!(title_at.bottom() < size.y - 60.0, "{lang:?} {size:?}: {title_at:?}");
        }
    }
}

#[test]
fn connecting_with_a_fault_gives_the_keyboard_to_its_field_also_below_the_fold() {
    let mut profile = Profile { uses_own_broker: false, ..Profile::default() };
    profile.host = "broker.example".to_owned();
    profile.sim.is_private = true;
    let settings = Settings { draft: Some(profile), ..Settings::default() };
    let mut window = Window::open_sized(Options { settings, ..Options::default() }, Vec2::new(1_000.0, 640.0));
    assert!(window.shows("Still to fill in: APN"), "{}", window.words());
    window.click("Connect");
    window.step();
    assert!(window.is_focused("APN"));
    let place = window.place_of("APN").expect("the field");
    assert!(place.bottom() < 640.0, "in sight: {place:?}");
}

#[test]
fn a_wide_screen_has_the_form_in_two_columns_beside_the_plan() {
    let window = Window::open_sized(Options::default(), Vec2::new(1_920.0, 1_080.0));
    let left = |words: &str| window.labels().into_iter().find(|(found, _)| found == words).expect("a heading").1.left();
    let (modem, broker, plan) = (left("Modem"), left("Broker and login"), left("AT plan"));
    assert!(modem + 300.0 < broker && broker + 300.0 < plan, "{modem} {broker} {plan}");
}

#[test]
fn a_link_brings_its_part_of_the_form_into_sight() {
    let mut window =
        Window::open_sized(Options { page: Page::Connect, ..Options::default() }, Vec2::new(1_000.0, 640.0));
    window.click("Go to Last Will");
    for _ in 0..20 {
        window.step();
    }
    let will = window.place_of("Last Will").expect("the heading of the part");
    assert!(will.top() > 90.0 && will.bottom() < 600.0, "{will:?}");
}

#[test]
fn a_window_that_becomes_small_leaves_the_composer_its_room() {
    let options = Options { page: Page::Messages, ..Options::default() };
    let mut window = Window::open_sized(options, Vec2::new(1_800.0, 1_000.0));
    for size in [Vec2::new(1_000.0, 640.0), Vec2::new(800.0, 533.0)] {
        window.resize(size);
        let width = |name: &str| window.place_of(name).unwrap_or_else(|| panic!("no {name:?}")).width();
        assert!(width("Topic") > 90.0 && width("Payload") > 90.0, "{size:?}: {} {}", width("Topic"), width("Payload"));
    }
}
