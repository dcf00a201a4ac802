//! The Terminal page: rows, search, filter, bytes, commands, and what hostile or very long conversations cost.

use air780e_companion::{
    action::{Action, TerminalAction},
    lang::{Lang, Text, Translator},
    model::{
        Generation, Input, Model,
        event::{Event, WireKind, WireLine},
        request::RequestId,
    },
    time::{Moment, WallAnchor},
    ui::{self, Cx, theme},
    view::{WireLook, terminal},
};
use eframe::egui::{self, CentralPanel, Frame, Key, Modifiers, Shape, Theme, accesskit::Role, vec2};
use egui_kittest::{
    Harness,
    kittest::{NodeT, Queryable},
};

use crate::{
    desk::opened,
    pictures::{SMALL, hold_shown},
};

const SIZE: egui::Vec2 = vec2(856.0, 500.0);

/// The page with all that it needs.
struct Desk {
    model: Model,
    screen: terminal::Screen,
    translator: Translator,
    actions: Vec<Action>,
    strip: bool,
}

impl Desk {
    fn new(limit: usize) -> Self {
        let mut model = Model::default();
        model.apply(&Input::Limits { terminal_lines: limit, messages: 1 });
        let anchor = WallAnchor::new(opened());
        let opened = Event::Opened { port: "COM5".to_owned(), anchor, is_simulated: false };
        model.apply(&Input::Told { generation: Generation::default(), event: opened });
        let translator = Translator::new(Lang::En);
        Self { model, screen: terminal::Screen::default(), translator, actions: Vec::new(), strip: false }
    }

    fn tell(&mut self, kind: WireKind, text: &str) {
        self.tell_bytes(kind, text, None);
    }

    fn tell_bytes(&mut self, kind: WireKind, text: &str, bytes: Option<&[u8]>) {
        let line = WireLine { at: Moment::ZERO, kind, text: text.to_owned(), bytes: bytes.map(Into::into) };
        self.model.apply(&Input::Told { generation: Generation::default(), event: Event::Wire(line) });
    }

    fn of(lines: &[(WireKind, &str)]) -> Self {
        let mut desk = Self::new(10_000);
        for (kind, text) in lines {
            desk.tell(*kind, text);
        }
        desk
    }

    fn show(&mut self, ui: &mut egui::Ui) {
        let tokens = theme::Tokens::of(ui);
        let mut actions = Vec::new();
        let mut cx = Cx { lang: &self.translator, tokens: tokens.clone(), actions: &mut actions };
        self.screen.refresh(self.model.terminal());
        let view = terminal::view(&self.model, &self.screen);
        CentralPanel::default().frame(Frame::new().fill(tokens.colors.page)).show(ui, |ui| {
            if self.strip {
                ui::terminal_strip::strip_ui(ui, &mut cx, &view, true, 0);
            } else {
                ui::terminal::page_ui(ui, &mut cx, &view);
            }
        });
        for action in actions {
            self.take(action);
        }
    }

    fn take(&mut self, action: Action) {
        let Action::Terminal(action) = action else { return self.actions.push(action) };
        let screen = &mut self.screen;
        match action {
            TerminalAction::Search(text) => screen.search = text,
            TerminalAction::OnlyHits(only) => screen.only_hits = only,
            TerminalAction::Seek(step) => screen.seek(step),
            TerminalAction::Choose { number, extends } => screen.choose(number, extends),
            TerminalAction::ChooseNone => screen.choose_none(),
            TerminalAction::Step(step) => screen.step(step, self.model.terminal().forgotten()),
            TerminalAction::Type(text) => screen.command = text,
            TerminalAction::Toggle(look) => screen.hidden.push(look),
            other => self.actions.push(Action::Terminal(other)),
        }
    }
}

fn shown(desk: Desk) -> Harness<'static, Desk> {
    shown_sized(desk, SIZE)
}

fn shown_sized(desk: Desk, size: egui::Vec2) -> Harness<'static, Desk> {
    let mut harness = Harness::builder()
        .with_size(size)
        .with_context_setup(theme::install)
        .build_ui_state(|ui, desk: &mut Desk| desk.show(ui), desk);
    harness.run();
    harness
}

fn rows(harness: &Harness<'static, Desk>) -> Vec<String> {
    let rows = harness.get_all_by_role(Role::ListBoxOption);
    rows.filter_map(|row| row.accesskit_node().label()).collect()
}

fn asked(harness: &mut Harness<'static, Desk>, name: &str) -> Vec<Action> {
    harness.get_by_label(name).click();
    harness.run();
    std::mem::take(&mut harness.state_mut().actions)
}

fn conversation() -> Desk {
    Desk::of(&[
        (WireKind::Sent, "AT+CSQ"),
        (WireKind::Answer, "+CSQ: 24,0"),
        (WireKind::Answer, "OK"),
        (WireKind::Unsolicited, "+CGEV: ME PDN ACT 1"),
        (WireKind::Unrecognised, "strange"),
    ])
}

#[test]
fn rows_say_their_direction_and_text_and_kinds_are_hidden_by_name() {
    let mut harness = shown(conversation());
    let all = ["→ AT+CSQ", "← +CSQ: 24,0", "← OK", "◆ +CGEV: ME PDN ACT 1", "? strange"];
    assert_eq!(rows(&harness), all);
    harness.get_by_label("answers").click();
    harness.run();
    assert_eq!(rows(&harness), [all[0], all[3], all[4]]);
    assert_eq!(harness.state().screen.hidden, [WireLook::Answer]);
}

#[test]
fn search_goes_from_hit_to_hit_and_can_filter() {
    let mut harness = shown(conversation());
    assert!(harness.get_by_label("Next hit").accesskit_node().is_disabled());
    harness.get_by_label("Next hit").hover();
    harness.run();
    harness.get_by_label("Type what to look for first");
    harness.get_by_label("Search lines").focus();
    harness.run();
    harness.get_by_label("Search lines").type_text("csq");
    harness.run();
    harness.get_by_label("2 hits");
    asked(&mut harness, "Previous hit");
    harness.get_by_label("2 / 2");
    assert_eq!(harness.state().screen.chosen(), Some(1..=1));
    harness.get_by_label("Only hits").click();
    harness.run();
    assert_eq!(rows(&harness), ["→ AT+CSQ", "← +CSQ: 24,0"]);
}

#[test]
fn a_chosen_row_shows_its_exact_bytes() {
    let mut desk = conversation();
    desk.tell_bytes(WireKind::Answer, "red<1B>[31m", Some(b"red\x1b[31m"));
    let mut harness = shown(desk);
    harness.get_by_role_and_label(Role::ListBoxOption, "← red<1B>[31m").click();
    harness.run();
    harness.get_by_label(&format!("0000  72 65 64 1B 5B 33 31 6D{}red·[31m", " ".repeat(27)));
    harness.get_by_label("8 bytes");
    assert_eq!(asked(&mut harness, "Copy bytes"), [Action::Copy("72 65 64 1B 5B 33 31 6D".to_owned())]);
    assert_eq!(asked(&mut harness, "Copy line"), [Action::Terminal(TerminalAction::CopyChosen)]);
    harness.get_by_role_and_label(Role::ListBoxOption, "→ AT+CSQ").click_modifiers(Modifiers::SHIFT);
    harness.run();
    harness.get_by_label("6 lines chosen");
}

#[test]
fn copy_save_and_clear_say_why_not_while_there_is_nothing() {
    let mut harness = shown(Desk::new(10));
    for name in ["Copy shown", "Save trace", "Clear"] {
        assert!(harness.get_by_label(name).accesskit_node().is_disabled(), "{name}");
    }
    harness.get_by_label("Save trace").hover();
    harness.run();
    harness.get_by_label("There is nothing yet");
    let mut harness = shown(conversation());
    assert_eq!(asked(&mut harness, "Copy shown"), [Action::Terminal(TerminalAction::CopyShown)]);
    assert_eq!(asked(&mut harness, "Save trace"), [Action::Terminal(TerminalAction::Save)]);
    assert_eq!(asked(&mut harness, "Clear"), [Action::Terminal(TerminalAction::Clear)]);
}

#[test]
fn a_command_is_explained_suggested_and_warned_of() {
    let mut harness = shown(conversation());
    let mut type_command = |text: &str| {
        harness.state_mut().screen.command = text.to_owned();
        harness.run();
        let names = harness.get_all_by_role(Role::Label).filter_map(|label| label.accesskit_node().value());
        names.collect::<Vec<_>>().join(" | ")
    };
    let words = type_command("AT+CSQ");
    assert!(words.contains("dBm = 2 × value − 113") && words.contains("§ 4"), "{words}");
    assert!(type_command("AT+RESET").contains("The module restarts"), "a danger is said while typing");
    assert!(type_command("AT+NOSUCH").contains("sent as it is"));
    type_command("AT+FSF");
    harness.get_by_label("Take AT+FSFLSIZE=\"ca.crt\"").click();
    harness.run();
    assert_eq!(harness.state().screen.command, "AT+FSFLSIZE=\"ca.crt\"");
}

#[test]
fn a_command_that_does_harm_asks_first() {
    let mut desk = conversation();
    desk.screen.asks_for = vec!["AT+CFUN=0".to_owned()];
    let mut harness = shown(desk);
    harness.get_by_label("The radio goes off: the session and the address are lost until AT+CFUN=1.");
    assert_eq!(asked(&mut harness, "Do not send"), [Action::Terminal(TerminalAction::Withdraw)]);
    assert_eq!(asked(&mut harness, "Send it"), [Action::Terminal(TerminalAction::Confirm)]);
}

#[test]
fn without_a_port_the_command_line_says_why() {
    let mut desk = conversation();
    let closed = Event::Closed { at: Moment::ZERO, fault: None };
    desk.model.apply(&Input::Told { generation: Generation::default(), event: closed });
    let mut harness = shown(desk);
    assert!(harness.get_by_label("Send").accesskit_node().is_disabled());
    harness.get_by_label("Send").hover();
    harness.run();
    harness.get_by_label("No port is open: connect first");
}

/// Positions are whole row numbers: row N of a million stands where N rows of 20 points end, to the point.
#[test]
fn a_million_rows_scroll_exactly() {
    let mut desk = Desk::new(1_000_000);
    for number in 0..1_000_000 {
        desk.tell(WireKind::Answer, &format!("row {number}"));
    }
    let mut harness = shown(desk);
    assert_eq!(rows(&harness).last().map(String::as_str), Some("← row 999999"));
    for wanted in [500_000_u64, 0, 16_777_217, 999_999, 3] {
        let wanted = wanted.min(999_999);
        harness.state_mut().screen.reveal(wanted);
        harness.run();
        let row = |number: u64| {
            let name = format!("← row {number}");
            harness.get_by_role_and_label(Role::ListBoxOption, &name).rect()
        };
        let at = row(wanted);
        let neighbour = if wanted == 0 { row(1).top() - 20.0 } else { row(wanted - 1).top() + 20.0 };
        assert!((at.top() - neighbour).abs() < 0.01, "row {wanted}: {} and {neighbour}", at.top());
        assert!((at.height() - 20.0).abs() < 0.01);
    }
    assert!(rows(&harness).len() < 40, "only what is in sight is drawn");
}

/// Characters laid out in one frame.
fn glyphs(harness: &Harness<'static, Desk>) -> usize {
    fn of(shape: &Shape) -> usize {
        match shape {
            Shape::Text(text) => text.galley.rows.iter().map(|row| row.row.glyphs.len()).sum(),
            Shape::Vec(shapes) => shapes.iter().map(of).sum(),
            _ => 0,
        }
    }
    harness.output().shapes.iter().map(|clipped| of(&clipped.shape)).sum()
}

/// Counts work instead of time: however long and odd the lines are, a frame lays out no more characters than fit.
#[test]
fn hostile_lines_cost_no_more_than_ordinary_ones() {
    let long = "x<1B>[31m<U+202E>".repeat(1 << 19);
    for strip in [false, true] {
        let mut desk = Desk::new(10_000);
        desk.strip = strip;
        for _ in 0..40 {
            desk.tell(WireKind::Unrecognised, &long);
        }
        desk.screen.search = "x".to_owned();
        desk.screen.choose(39, false);
        let harness = shown(desk);
        let laid_out = glyphs(&harness);
        assert!((1_000..40_000).contains(&laid_out), "{laid_out} characters are laid out");
    }
}

#[test]
fn the_page_looks_as_it_did() {
    let mut harness = shown(conversation());
    harness.state_mut().translator = Translator::new(Lang::ZhCn);
    theme::speak(&harness.ctx, Lang::ZhCn);
    hold_shown("terminal-zh-dark-small", &mut harness, Theme::Dark, SMALL);
}

#[test]
fn a_line_is_sent_by_button_and_enter_and_older_ones_come_back_by_the_arrows() {
    let mut harness = shown(conversation());
    assert_eq!(asked(&mut harness, "Send"), [Action::Terminal(TerminalAction::Send)]);
    harness.get_by_label("AT command").focus();
    harness.run();
    for (key, wish) in [
        (Key::ArrowUp, TerminalAction::Recall(-1)),
        (Key::ArrowDown, TerminalAction::Recall(1)),
        (Key::Enter, TerminalAction::Send),
    ] {
        harness.key_press(key);
        harness.run();
        assert_eq!(std::mem::take(&mut harness.state_mut().actions), [Action::Terminal(wish)]);
    }
}

#[test]
fn a_search_without_a_hit_says_so_on_hover() {
    let mut harness = shown(conversation());
    for (search, why) in [("", "Type what to look for first"), ("nowhere", "No line holds this text")] {
        harness.state_mut().screen.search = search.to_owned();
        harness.run();
        assert!(harness.get_by_label("Next hit").accesskit_node().is_disabled());
        harness.hover_at(egui::pos2(1.0, 1.0));
        harness.run_steps(4);
        harness.get_by_label("Next hit").hover();
        harness.run_steps(60);
        assert!(harness.query_by_label(why).is_some(), "{why}");
    }
}

#[test]
fn the_page_speaks_both_languages_with_every_glyph_on_the_least_page() {
    for lang in Lang::ALL {
        let mut desk = conversation();
        desk.translator = Translator::new(lang);
        desk.screen.choose(1, false);
        desk.screen.command = "AT+CS".to_owned();
        // The harness fails on a glyph that no font has and on a control without a name.
        shown_sized(desk, vec2(856.0, 420.0));
    }
}

#[test]
fn pasted_lines_are_asked_about_and_too_many_are_not_sent() {
    let mut harness = shown(conversation());
    harness.get_by_role_and_label(Role::TextInput, "AT command").focus();
    harness.run();
    harness.event(egui::Event::Paste("AT\nAT+CSQ\n".to_owned()));
    harness.run();
    let asked_to = TerminalAction::AskToSend(vec!["AT".to_owned(), "AT+CSQ".to_owned()]);
    assert_eq!(std::mem::take(&mut harness.state_mut().actions), [Action::Terminal(asked_to)]);
    harness.state_mut().screen.asks_for = vec!["AT".to_owned(); 33];
    harness.run();
    assert!(harness.get_by_label("Send all").accesskit_node().is_disabled());
    harness.get_by_label("Send all").hover();
    harness.run();
    harness.get_by_label("At most 32 lines at once");
}

#[test]
fn what_is_left_of_pasted_lines_is_asked_about_when_one_fails() {
    let mut harness = shown(conversation());
    let batch = &mut harness.state_mut().screen.batch;
    assert!(batch.add(["AT+X", "AT", "ATI"].map(str::to_owned).to_vec()));
    let line = batch.take_next().expect("the first");
    batch.sent(RequestId(7), line);
    assert!(!batch.ended(RequestId(6), None), "another request ended");
    assert!(!batch.ended(RequestId(7), Some(Text::new("notice-no-port"))));
    harness.run();
    harness.get_by_label("AT+X");
    harness.get_by_label("2 lines have not been sent.");
    for (word, goes_on) in [("Send no more", false), ("Send the rest", true)] {
        harness.get_by_role_and_label(Role::Button, word).click();
        harness.run();
        let wish = Action::Terminal(TerminalAction::GoOn(goes_on));
        assert_eq!(std::mem::take(&mut harness.state_mut().actions), [wish]);
    }
    harness.key_press(Key::Enter);
    harness.run();
    let wish = Action::Terminal(TerminalAction::GoOn(false));
    assert_eq!(std::mem::take(&mut harness.state_mut().actions), [wish], "Enter sends no more");
}
