//! What a frame of the Latency page costs with ten million points, against one with a thousand: a ratio of the same run.
//!
//! `cargo bench --bench points`, or with `--profile dev` for the build without optimisation. Two windows stand side by side and
//! are drawn by turns, so that whatever else the machine does meets both. The shapes of each frame are cut into triangles as for
//! a screen. Prints figures and ratios; it is for people to judge them: at most 1.5 is wanted.

use std::time::{Duration, Instant};

use air780e_companion::{
    app::{App, Options},
    model::{
        Generation, Input,
        event::{Delivery, Event, MeasureStep, MeasureUpdate},
        request::{MeasurePlan, Request, RequestId},
    },
    mqtt::Qos,
    time::{Moment, WallAnchor},
    view::Page,
};
use chrono::DateTime;
use eframe::egui::Ui;
use egui_kittest::Harness;

type Window = Harness<'static, Option<App>>;

fn main() {
    let (mut few, mut many) = (open(), open());
    load(&mut few, FEW);
    load(&mut many, MANY);
    for (what, brings_news) in [("still", false), ("news in every frame", true)] {
        let (mut of_few, mut of_many) = (Vec::new(), Vec::new());
        for number in 0..FRAMES {
            of_few.push(frame(&mut few, brings_news.then_some(FEW + number)));
            of_many.push(frame(&mut many, brings_news.then_some(MANY + number)));
        }
        tell(what, of_few, of_many);
    }
}

fn open() -> Window {
    let mut options = Some(Options { page: Page::Latency, ..Options::default() });
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

fn load(window: &mut Window, points: u64) {
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
    app.load((0..points).map(|number| told(point(number))));
    window.run_steps(20);
}

fn told(event: Event) -> Input {
    Input::Told { generation: Generation::default(), event }
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

/// Draws one frame, before it the point of this number, and cuts its shapes into triangles.
fn frame(window: &mut Window, news: Option<u64>) -> Duration {
    let start = now();
    if let Some((app, number)) = window.state_mut().as_mut().zip(news) {
        app.load([told(point(number))]);
    }
    window.step();
    let output = window.output();
    let triangles = window.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
    std::hint::black_box(triangles);
    start.elapsed()
}

fn tell(what: &str, mut few: Vec<Duration>, mut many: Vec<Duration>) {
    few.sort_unstable();
    many.sort_unstable();
    for (name, permille) in [("least", 0), ("p50", 500), ("p90", 900), ("p99", 990), ("max", 1_000)] {
        let at = |times: &[Duration]| times[(times.len() - 1) * permille / 1_000].as_secs_f64() * 1e3;
        let (few, many) = (at(&few), at(&many));
        println!("{what:20} {name:5} {FEW} points {few:6.2} ms, {MANY} points {many:6.2} ms, ratio {:4.2}", many / few);
    }
}

#[expect(clippy::disallowed_methods, reason = "a benchmark owns a clock")]
fn now() -> Instant {
    Instant::now()
}

const FEW: u64 = 1_000;
const MANY: u64 = 10_000_000;
const FRAMES: u64 = 400;
