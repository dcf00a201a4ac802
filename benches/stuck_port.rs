//! How long the window's thread takes for a frame while nobody reads the port, against the 33 ms a frame may take.
//!
//! `cargo bench --bench stuck_port`. Prints figures and ratios; it is for people to judge them.

#[cfg(target_os = "linux")]
use std::time::{Duration, Instant};

#[cfg(target_os = "linux")]
use air780e_companion::{
    action::{LinkChoice, Profile},
    app::{App, Options},
    settings::Settings,
};
#[cfg(target_os = "linux")]
use eframe::egui::{Key, Modifiers, Ui};
#[cfg(target_os = "linux")]
use egui_kittest::Harness;

#[cfg(target_os = "linux")]
fn main() {
    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let nobody_reads = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).expect("a pseudo terminal");
    grantpt(&nobody_reads).expect("granted");
    unlockpt(&nobody_reads).expect("unlocked");
    let path = ptsname(&nobody_reads, Vec::new()).expect("a name").into_string().expect("UTF-8");

    let quiet = frames(LinkChoice::Virtual, false);
    let stuck = frames(LinkChoice::Port(path), true);
    println!("frames of the window's thread, {FRAMES} each, limit {} ms", LIMIT.as_millis());
    tell("no port open      ", &quiet);
    tell("port open, stuck  ", &stuck);
}

#[cfg(not(target_os = "linux"))]
fn main() {
    println!("needs a pseudo terminal: Linux only");
}

/// Times frames of the whole application, connecting to `link` first when asked to.
#[cfg(target_os = "linux")]
#[expect(clippy::disallowed_methods, reason = "a benchmark owns a clock")]
fn frames(link: LinkChoice, connects: bool) -> Vec<Duration> {
    let profile = Profile { name: "a".to_owned(), link, host: "127.0.0.1".to_owned(), ..Profile::default() };
    let settings = Settings { profiles: vec![profile], chosen: "a".to_owned(), ..Settings::default() };
    let mut options = Some(Options { settings, ..Options::default() });
    let draw = move |ui: &mut Ui, app: &mut Option<App>| {
        let ctx = ui.ctx().clone();
        let app = app.get_or_insert_with(|| App::new(&ctx, options.take().unwrap_or_default()));
        app.logic();
        app.show(ui);
    };
    let mut harness = Harness::builder().with_max_steps(8).build_ui_state(draw, None);
    harness.run_steps(20);
    if connects {
        harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
        harness.run_steps(20);
    }
    let phase = harness.state().as_ref().map(|app| format!("{:?}", app.model().connection().phase()));
    println!("the connection is: {}", phase.unwrap_or_default());
    let mut times: Vec<_> = (0..FRAMES)
        .map(|_| {
            let start = Instant::now();
            harness.step();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times
}

#[cfg(target_os = "linux")]
fn tell(what: &str, times: &[Duration]) {
    let at = |permille: usize| times[(times.len() - 1) * permille / 1_000];
    let ratio = |time: Duration| time.as_secs_f64() / LIMIT.as_secs_f64();
    println!(
        "{what} p50 {:.2} ms ({:.2} of the limit), p99 {:.2} ms ({:.2}), max {:.2} ms ({:.2})",
        at(500).as_secs_f64() * 1e3,
        ratio(at(500)),
        at(990).as_secs_f64() * 1e3,
        ratio(at(990)),
        at(1_000).as_secs_f64() * 1e3,
        ratio(at(1_000)),
    );
}

#[cfg(target_os = "linux")]
const FRAMES: usize = 500;
#[cfg(target_os = "linux")]
const LIMIT: Duration = Duration::from_millis(33);
