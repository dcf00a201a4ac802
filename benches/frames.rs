//! How long the window's thread takes for a frame with very much loaded, against the 33 ms a frame may take.
//!
//! `cargo bench --bench frames`, or with `--profile dev` for the build without optimisation. 100,000 topics, 1,000,000
//! terminal rows and 1,000,000 latency points are loaded; each page is turned to, drawn still and with news in every
//! frame, its shapes cut into triangles as for a screen. Prints figures and ratios; it is for people to judge them.

use std::time::{Duration, Instant};

use air780e_companion::{
    app::{App, Options},
    at::{framer::LINE_BYTES, text::visible},
    model::{
        Generation, Input,
        event::{Arrival, Delivery, Event, MeasureStep, MeasureUpdate, WireKind, WireLine},
        request::{MeasurePlan, Request, RequestId},
    },
    mqtt::{Message, Qos},
    settings::Settings,
    time::{Moment, WallAnchor},
    view::Page,
};
use chrono::DateTime;
use eframe::egui::{Key, Modifiers, Ui, accesskit::Role};
use egui_kittest::{Harness, kittest::Queryable};

type Window = Harness<'static, Option<App>>;

fn main() {
    let started = now();
    let mut window = open();
    load(&mut window);
    println!(
        "loaded in {:.1} s; frames of the window's thread, limit {} ms",
        started.elapsed().as_secs_f64(),
        LIMIT_MS
    );
    turn_pages(&mut window);
    for (page, key) in PAGES {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run_steps(20);
        tell(&format!("{page:?}, still"), &frames(&mut window, |_, _| ()));
        tell(&format!("{page:?}, news in every frame"), &frames(&mut window, news));
    }
    filter(&mut window);
    search(&mut window, "Search topics", "999/v");
    search(&mut window, "Search messages", "n\":7");
    open_levels(&mut window);
    hostile(&mut window);
}

fn open() -> Window {
    let settings = Settings { terminal_lines: ROWS, messages: 100_000, ..Settings::default() };
    let mut options = Some(Options { settings, ..Options::default() });
    let draw = move |ui: &mut Ui, app: &mut Option<App>| {
        let ctx = ui.ctx().clone();
        let app = app.get_or_insert_with(|| App::new(&ctx, options.take().unwrap_or_default()));
        app.logic();
        app.show(ui);
    };
    let mut window = Harness::builder().with_size([1_200.0, 800.0]).with_max_steps(8).build_ui_state(draw, None);
    window.run_steps(20);
    window
}

fn load(window: &mut Window) {
    let anchor = WallAnchor::new(DateTime::UNIX_EPOCH.into());
    let opened = Event::Opened { port: "COM5".to_owned(), anchor, is_simulated: true };
    let plan = MeasurePlan {
        topic: "m".parse().expect("a topic"),
        qos: Qos::AtLeastOnce,
        bytes: 8,
        period: Duration::from_millis(100),
        count: u32::MAX,
        reads_signal: false,
    };
    let measure = Input::Asked { id: RequestId(1), request: Box::new(Request::Measure(plan)) };
    let app = window.state_mut().as_mut().expect("the application");
    app.load([told(opened), measure]);
    app.load((0..ROWS).map(|number| told(row(number as u64))));
    app.load((0..POINTS).map(|number| told(point(number as u64))));
    app.load((0..TOPICS).map(|number| told(message(number as u64, number as u64))));
}

fn told(event: Event) -> Input {
    Input::Told { generation: Generation::default(), event }
}

fn row(number: u64) -> Event {
    let kind = match number % 3 {
        0 => WireKind::Sent,
        1 => WireKind::Answer,
        _ => WireKind::Unsolicited,
    };
    let text = format!("AT+MPUB=\"site/{}/dev\",1,0,\"row number {number}\"", number % 97);
    Event::Wire(WireLine::plain(Moment::from_millis(number), kind, text))
}

fn point(number: u64) -> Event {
    let (at, wobble) = (Moment::from_millis(number * 100 + 200), number * 7_919 % 101);
    let accept = Duration::from_millis(15 + wobble / 9);
    let ack = Duration::from_millis(75 + wobble / 2 + if number.is_multiple_of(9_973) { 4_000 } else { 0 });
    let planned = Moment::from_millis(number * 100);
    let delivery = Delivery::Confirmed { accept, ack };
    let step = MeasureStep::Ended { number: 0, planned, sent: Some(planned), delivery };
    Event::Measure(Box::new(MeasureUpdate { at, id: RequestId(1), step }))
}

fn message(number: u64, topic: u64) -> Event {
    let topic = format!("site/{}/device/{}/value", topic % 300, topic);
    let payload = format!("{{\"t\":{}.{},\"n\":{number}}}", 20 + number % 9, number % 10).into_bytes();
    let message = Message { topic: topic.parse().expect("a topic"), payload, qos: Qos::AtMostOnce, retain: false };
    Event::Message(Arrival { at: Moment::from_millis(number), announced: message.payload.len(), message })
}

/// One line, one point and one message more.
fn news(app: &mut App, frame: u64) {
    let (lines, points) = (ROWS as u64 + frame, POINTS as u64 + frame);
    app.load([told(row(lines)), told(point(points)), told(message(frame, frame * 331 % TOPICS as u64))]);
}

/// Goes from page to page: the frames from a key to the page at rest, the first of which is the dear one.
fn turn_pages(window: &mut Window) {
    let mut times = Vec::new();
    for (_, key) in PAGES.iter().chain(&PAGES).chain(PAGES.iter().rev()) {
        window.key_press_modifiers(Modifiers::COMMAND, *key);
        times.extend((0..FRAMES_A_TURN).map(|_| frame(window)));
    }
    times.sort_unstable();
    tell("turning the pages", &times);
}

/// Times frames; before each, `change` is done to the application.
fn frames(window: &mut Window, change: impl Fn(&mut App, u64)) -> Vec<Duration> {
    let mut times: Vec<_> = (0..FRAMES)
        .map(|number| {
            let start = now();
            if let Some(app) = window.state_mut() {
                change(app, number);
            }
            start.elapsed() + frame(window)
        })
        .collect();
    times.sort_unstable();
    times
}

/// Draws one frame, and cuts its shapes into triangles.
fn frame(window: &mut Window) -> Duration {
    let start = now();
    window.step();
    let output = window.output();
    let triangles = window.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
    std::hint::black_box(triangles);
    start.elapsed()
}

/// Types a text into the search of the terminal and lets only its hits be shown: the frames until all are found.
fn filter(window: &mut Window) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num7);
    window.run_steps(20);
    window.get_by_label("Only hits").click();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Search lines").focus();
    window.run_steps(2);
    window.get_by_role_and_label(Role::TextInput, "Search lines").type_text("number 9999");
    tell("Terminal, filtering all rows", &frames(window, |_, _| ()));
}

/// Types a word into a search of the Messages page, letter by letter, with news in every frame.
fn search(window: &mut Window, field: &str, word: &str) {
    window.key_press_modifiers(Modifiers::COMMAND, Key::Num2);
    window.run_steps(20);
    window.get_by_role_and_label(Role::TextInput, field).focus();
    window.run_steps(2);
    let mut times = Vec::new();
    for letter in word.split_inclusive(|_| true) {
        window.get_by_role_and_label(Role::TextInput, field).type_text(letter);
        times.extend(frames(window, news));
    }
    times.sort_unstable();
    tell(field, &times);
}

/// Opens and closes all levels of the topic tree.
fn open_levels(window: &mut Window) {
    let mut times = Vec::new();
    for name in ["Open all levels", "Close all levels"] {
        window.get_by_label(name).click();
        times.extend(frames(window, news));
    }
    times.sort_unstable();
    tell("all levels opened and closed", &times);
}

/// Twenty megabytes of one line in the pieces in which it comes out of the framer, and the longest payloads, all of bytes that
/// would colour, turn or hide text.
fn hostile(window: &mut Window) {
    let evil = "\u{1b}[31m\u{202e}\u{200b}\u{0}".repeat(100_000);
    let bytes = evil.as_bytes();
    let app = window.state_mut().as_mut().expect("the application");
    app.load((0..HOSTILE).map(|number| {
        let text = visible(&bytes[..LINE_BYTES]).into_owned();
        told(Event::Wire(WireLine::plain(Moment::from_millis(number), WireKind::Answer, text)))
    }));
    app.load((0..HOSTILE / 20).map(|number| {
        let payload = bytes[..65_536].to_vec();
        let topic = "hostile".parse().expect("a topic");
        let message = Message { topic, payload, qos: Qos::AtMostOnce, retain: false };
        told(Event::Message(Arrival { at: Moment::from_millis(number), announced: message.payload.len(), message }))
    }));
    for (what, key) in [("Messages, hostile payloads", Key::Num2), ("Terminal, hostile lines", Key::Num7)] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        tell(what, &frames(window, news));
    }
}

fn tell(what: &str, times: &[Duration]) {
    let at = |permille: usize| times[(times.len() - 1) * permille / 1_000].as_secs_f64() * 1e3;
    let words = [("least", 0), ("p50", 500), ("p99", 990), ("max", 1_000)].map(|(name, permille)| {
        format!("{name} {:6.2} ms ({:4.2} of the limit)", at(permille), at(permille) / LIMIT_MS)
    });
    println!("{what:34} {}", words.join(", "));
}

#[expect(clippy::disallowed_methods, reason = "a benchmark owns a clock")]
fn now() -> Instant {
    Instant::now()
}

const PAGES: [(Page, Key); 8] = [
    (Page::Connect, Key::Num1),
    (Page::Messages, Key::Num2),
    (Page::Certificates, Key::Num3),
    (Page::Latency, Key::Num4),
    (Page::Watch, Key::Num5),
    (Page::Troubleshoot, Key::Num6),
    (Page::Terminal, Key::Num7),
    (Page::Settings, Key::Num8),
];
const ROWS: usize = 1_000_000;
const POINTS: usize = 1_000_000;
const TOPICS: usize = 100_000;
const FRAMES: u64 = 300;
const HOSTILE: u64 = 2_500;
const FRAMES_A_TURN: u64 = 20;
const LIMIT_MS: f64 = 33.0;
