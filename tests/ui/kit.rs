//! A window without a screen: starts it, waits for what it shall say, and clicks by name.

use std::{
    cell::Cell,
    path::{Path, PathBuf},
    sync::Arc,
    time::{Duration, Instant},
};

use air780e_companion::{
    app::{App, Options},
    model::Input,
};
use eframe::egui::{
    Context, Key, Modifiers, OutputCommand, Rect, Vec2, ViewportCommand, ViewportEvent, ViewportId, accesskit::Role,
};
use egui_kittest::{
    Harness, Node,
    kittest::{AccessKitNode, By, NodeT, Queryable},
};

/// A window of 1200 × 800 points that is driven by hand.
pub(crate) struct Window<'a> {
    harness: Harness<'a, Option<App>>,
    patience: Duration,
    /// Whether it has told the system to close it.
    closes: bool,
    /// What was put on the clipboard, oldest first.
    copied: Vec<String>,
}

impl Window<'_> {
    /// Starts the application as `options` say.
    pub(crate) fn open(options: Options) -> Self {
        Self::open_sized(options, Vec2::new(1_200.0, 800.0))
    }

    /// Starts it in a window of `size` points.
    pub(crate) fn open_sized(options: Options, size: Vec2) -> Self {
        let mut options = Some(options);
        let draw = move |ui: &mut eframe::egui::Ui, app: &mut Option<App>| {
            let ctx: Context = ui.ctx().clone();
            let app = app.get_or_insert_with(|| App::new(&ctx, options.take().unwrap_or_default()));
            app.logic();
            app.show(ui);
        };
        let harness = Harness::builder().with_size(size).with_max_steps(8).build_ui_state(draw, None);
        let mut window = Self { harness, patience: LIMIT, closes: false, copied: Vec::new() };
        window.step();
        window
    }

    /// The same window before somebody who does not wait.
    pub(crate) const fn impatient(mut self) -> Self {
        self.patience = Duration::ZERO;
        self
    }

    /// The application behind the window.
    pub(crate) fn app(&self) -> &App {
        self.harness.state().as_ref().expect("the application")
    }

    /// Takes `inputs` as if the running connection had told them.
    pub(crate) fn load(&mut self, inputs: impl IntoIterator<Item = Input>) {
        self.harness.state_mut().as_mut().expect("the application").load(inputs);
        self.step();
    }

    /// Makes the window as large as `size`, in points.
    pub(crate) fn resize(&mut self, size: Vec2) {
        self.harness.set_size(size);
        self.step();
    }

    /// Draws a few frames.
    pub(crate) fn step(&mut self) {
        for _ in 0..3 {
            self.step_once();
        }
    }

    /// What was put on the clipboard so far, oldest first.
    #[allow(dead_code, reason = "the canaries look at it")]
    pub(crate) fn copied(&self) -> &[String] {
        &self.copied
    }

    /// Draws frames until `is_so`, at most for `LIMIT`.
    pub(crate) fn wait(&mut self, what: &str, is_so: impl Fn(&Self) -> bool) {
        let started = now();
        while !is_so(self) {
            let waited = started.elapsed();
            assert!(waited < self.patience, "{what} did not happen within {waited:?}; on screen:\n{}", self.words());
            self.step();
            std::thread::yield_now();
        }
    }

    /// Waits for a text on the screen.
    pub(crate) fn wait_for(&mut self, text: &str) {
        self.wait(text, |window| window.shows(text));
    }

    /// Whether a text with `part` in it is on the screen.
    pub(crate) fn shows(&self, part: &str) -> bool {
        self.harness
            .query_all(By::new().predicate(|node| says(node).any(|words| words.contains(part))))
            .next()
            .is_some()
    }

    /// Clicks the control of exactly this name as soon as it can be used, as a hand does: one that is greyed out is no
    /// control yet.
    pub(crate) fn click(&mut self, name: &str) {
        self.wait_to_click(name, control);
        self.harness.query_all(control(name)).find(is_usable).expect("it was there").scroll_to_me();
        self.step();
        // Scrolling takes frames, in which much can happen.
        self.wait_to_click(name, control);
        self.harness.query_all(control(name)).find(is_usable).expect("it was there").click();
        self.step();
    }

    /// Clicks the control of exactly this name if it can be used at this moment; what goes by itself is not waited for.
    pub(crate) fn click_if_offered(&mut self, name: &str) {
        if let Some(node) = self.harness.query_all(control(name)).find(is_usable) {
            node.click();
        }
        self.step();
    }

    /// Clicks the control of exactly this name with the other button of the mouse.
    pub(crate) fn click_secondary(&mut self, name: &str) {
        self.wait_to_click(name, control);
        self.harness.query_all(control(name)).find(is_usable).expect("it was there").click_secondary();
        self.step();
    }

    /// Draws frames until one of the controls `by` finds can be used; fails with the reason that the window shows.
    fn wait_to_click(&mut self, name: &str, by: impl Fn(&str) -> By<'_>) {
        let started = now();
        while !self.harness.query_all(by(name)).any(|node| is_usable(&node)) {
            let waited = started.elapsed();
            if waited > self.patience {
                let why = self.why_not(&by(name));
                panic!("{name:?} could not be clicked within {waited:?}: {why}; on screen:\n{}", self.words());
            }
            self.step();
            std::thread::yield_now();
        }
    }

    /// What the window says to a hand that rests on a control which cannot be used.
    fn why_not(&mut self, by: &By<'_>) -> String {
        let before = self.words();
        match self.harness.query_all(by.clone()).next() {
            Some(node) => node.hover(),
            None => return "there is none of this name".to_owned(),
        }
        self.harness.run_steps(HOVER_STEPS);
        let said = self.words();
        let new: Vec<_> = said.split(BETWEEN).filter(|words| !before.split(BETWEEN).any(|old| old == *words)).collect();
        format!("it is greyed out and says {new:?}")
    }

    /// Whether the control of this name can be used.
    pub(crate) fn can_click(&self, name: &str) -> bool {
        self.harness.query_all(control(name)).any(|node| is_usable(&node))
    }

    /// Presses a key with modifiers.
    pub(crate) fn press(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.step();
    }

    /// Types into the text field of this name.
    pub(crate) fn type_into(&mut self, name: &str, text: &str) {
        self.field(name).focus();
        self.step();
        self.field(name).type_text(text);
        self.step();
    }

    /// Pastes into the text field of this name, in place of what it holds.
    pub(crate) fn paste_into(&mut self, name: &str, text: &str) {
        self.field(name).focus();
        self.step();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.step();
        self.harness.event(eframe::egui::Event::Paste(text.to_owned()));
        self.step();
    }

    /// Composes in the text field of this name, in place of what it holds, as an input method does: each of `drafts` stands there
    /// in turn, then `text` takes its place.
    pub(crate) fn compose_in(&mut self, name: &str, drafts: &[&str], text: &str) {
        use eframe::egui::{Event, ImeEvent};
        self.field(name).focus();
        self.step();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.step();
        for draft in drafts {
            let active_range_chars = Some(0..draft.chars().count());
            self.harness.event(Event::Ime(ImeEvent::Preedit { text: (*draft).to_owned(), active_range_chars }));
            self.step();
        }
        self.harness.event(Event::Ime(ImeEvent::Commit(text.to_owned())));
        self.step();
    }

    /// Types into whatever has the keyboard; gives it to the field of this name first if nothing has it.
    pub(crate) fn type_on(&mut self, name: &str, text: &str) {
        let has_keyboard = |node: &AccessKitNode<'_>| node.is_focused() && !node.is_hidden();
        if self.harness.query_all(By::new().predicate(has_keyboard)).next().is_none() {
            self.field(name).focus();
            self.step();
        }
        self.harness.event(eframe::egui::Event::Text(text.to_owned()));
        self.step();
    }

    /// Drops files onto the window.
    pub(crate) fn drop_files(&mut self, paths: &[&Path]) {
        for path in paths {
            self.harness.input_mut().dropped_files.push(Arc::new(Dropped((*path).to_owned())));
        }
        self.step();
    }

    /// Gives the window an event that no control asked for.
    pub(crate) fn event(&mut self, event: eframe::egui::Event) {
        self.harness.event(event);
        self.step();
    }

    /// Types `text` in place of what the text field of this name holds.
    pub(crate) fn replace_in(&mut self, name: &str, text: &str) {
        self.field(name).focus();
        self.step();
        self.harness.key_press_modifiers(Modifiers::COMMAND, Key::A);
        self.step();
        self.field(name).type_text(text);
        self.step();
    }

    /// What the text field of this name holds.
    pub(crate) fn value_of(&self, name: &str) -> String {
        self.field(name).accesskit_node().value().unwrap_or_default()
    }

    /// How soon the window wants to be drawn again although nothing happened.
    pub(crate) fn repaint_delay(&self) -> Duration {
        let outputs = self.harness.output().viewport_output.values();
        outputs.map(|output| output.repaint_delay).min().unwrap_or(Duration::MAX)
    }

    /// Whether the text field of this name has the keyboard.
    pub(crate) fn is_focused(&self, name: &str) -> bool {
        self.field(name).accesskit_node().is_focused()
    }

    /// The name and the place of what has the keyboard.
    pub(crate) fn focused(&self) -> (String, Rect) {
        let has_keyboard = |node: &AccessKitNode<'_>| node.is_focused();
        let node =
            self.harness.query_all(By::new().predicate(has_keyboard)).next_back().expect("something has the keyboard");
        (node.accesskit_node().label().unwrap_or_default(), node.rect())
    }

    /// Every control that can be used now with its name and its place on the window, hidden parts included.
    pub(crate) fn controls(&self) -> Vec<(String, Rect)> {
        let is_control = |node: &AccessKitNode<'_>| {
            matches!(
                node.role(),
                Role::Button
                    | Role::CheckBox
                    | Role::RadioButton
                    | Role::ComboBox
                    | Role::TextInput
                    | Role::PasswordInput
                    | Role::MultilineTextInput
            ) && !node.is_hidden()
        };
        let named = |node: Node<'_>| (node.accesskit_node().label().unwrap_or_default(), node.rect());
        self.harness.query_all(By::new().predicate(is_control)).map(named).collect()
    }

    /// Every label on the window that is not hidden, with its words and its place.
    pub(crate) fn labels(&self) -> Vec<(String, Rect)> {
        let is_label = |node: &AccessKitNode<'_>| node.role() == Role::Label && !node.is_hidden();
        let named = |node: Node<'_>| (node.accesskit_node().value().unwrap_or_default(), node.rect());
        self.harness.query_all(By::new().predicate(is_label)).map(named).collect()
    }

    /// The place of whatever has exactly this name, cut to nothing else.
    pub(crate) fn place_of(&self, name: &str) -> Option<Rect> {
        self.harness.query_all(By::new().label(name)).next().map(|node| node.rect())
    }

    /// Clicks the first row or control in whose name `part` occurs, as soon as it can be used.
    pub(crate) fn click_part(&mut self, part: &str) {
        self.wait_to_click(part, control_part);
        // A question that was just asked moves to its place, and with it what it offers.
        let last = Cell::new(None);
        self.wait("it stands still", |window| {
            let place = window.harness.query_all(control_part(part)).find(is_usable).map(|node| node.rect());
            place.is_some() && last.replace(place) == place
        });
        self.harness.query_all(control_part(part)).find(is_usable).expect("it was there").click();
        self.step();
    }

    /// Closes the window as its user does.
    pub(crate) fn close(&mut self) {
        if let Some(app) = self.harness.state_mut() {
            app.close();
        }
    }

    /// Presses the button of the system's frame that closes the window.
    pub(crate) fn ask_to_close(&mut self) {
        let window = self.harness.input_mut().viewports.entry(ViewportId::ROOT).or_default();
        window.events.push(ViewportEvent::Close);
        self.step_once();
    }

    /// Draws frames until the window tells the system to close it.
    pub(crate) fn wait_for_close(&mut self) {
        let started = now();
        while !self.closes {
            assert!(started.elapsed() < self.patience, "the window does not close; on screen:\n{}", self.words());
            self.step_once();
            std::thread::yield_now();
        }
    }

    /// Whether the window has told the system to close it.
    pub(crate) const fn closes(&self) -> bool {
        self.closes
    }

    fn step_once(&mut self) {
        self.harness.step();
        let outputs = self.harness.output().viewport_output.values();
        self.closes |= outputs.flat_map(|output| &output.commands).any(|command| *command == ViewportCommand::Close);
        let commands = &self.harness.output().platform_output.commands;
        self.copied.extend(commands.iter().filter_map(|command| match command {
            OutputCommand::CopyText(text) => Some(text.clone()),
            _ => None,
        }));
    }

    fn field<'n>(&'n self, name: &'n str) -> Node<'n> {
        let is_field = |node: &AccessKitNode<'_>| {
            matches!(node.role(), Role::TextInput | Role::MultilineTextInput | Role::PasswordInput)
        };
        self.harness.get(By::new().label(name).predicate(is_field))
    }

    /// Everything that the window tells a reader for the blind, what is hidden and what hints say included.
    #[allow(dead_code, reason = "the canaries look at it")]
    pub(crate) fn told(&self) -> String {
        let all = self.harness.query_all(By::new().predicate(|_| true));
        let words = all.flat_map(|node| {
            let node = node.accesskit_node();
            says(&node)
                .chain([node.description(), node.placeholder().map(ToOwned::to_owned)].into_iter().flatten())
                .collect::<Vec<_>>()
        });
        words.collect::<Vec<_>>().join(BETWEEN)
    }

    /// Everything that is written on the screen.
    pub(crate) fn words(&self) -> String {
        let all = self.harness.query_all(By::new().predicate(|_| true));
        all.flat_map(|node| says(&node.accesskit_node()).collect::<Vec<_>>()).collect::<Vec<_>>().join(BETWEEN)
    }
}

/// A file that was let go over the window.
#[derive(Debug)]
struct Dropped(PathBuf);

impl eframe::egui::DroppedFile for Dropped {
    fn path(&self) -> &Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        Err("the window reads it itself".to_owned())
    }
}

/// What a control or a label says.
fn says(node: &AccessKitNode<'_>) -> impl Iterator<Item = String> {
    [node.label(), node.value()].into_iter().flatten()
}

fn is_usable(node: &Node<'_>) -> bool {
    !node.accesskit_node().is_disabled()
}

/// A control of exactly this name. *Connect* is the button of the top bar, not the page of that name.
fn control(name: &str) -> By<'_> {
    By::new().label(name).predicate(move |node| {
        let is_page = name == "Connect" && node.toggled().is_some();
        matches!(node.role(), Role::Button | Role::CheckBox | Role::RadioButton | Role::ComboBox | Role::ListBoxOption)
            && !is_page
    })
}

/// A row or control in whose name `part` occurs.
fn control_part(part: &str) -> By<'_> {
    By::new().predicate(move |node| {
        matches!(node.role(), Role::Button | Role::ListBoxOption)
            && node.label().is_some_and(|label| label.contains(part))
    })
}

#[expect(clippy::disallowed_methods, reason = "a test waits for a condition with a limit")]
fn now() -> Instant {
    Instant::now()
}

const LIMIT: Duration = Duration::from_mins(1);
/// Enough frames for a tooltip to come.
const HOVER_STEPS: usize = 60;
const BETWEEN: &str = " | ";
