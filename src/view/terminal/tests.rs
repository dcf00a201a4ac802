//! Lines in; rows, hits, copies and traces out.

use super::{index::Budget, *};
use crate::{
    model::{
        Generation, Input,
        event::{Event, WireLine},
    },
    trace::Trace,
};

fn told(model: &mut Model, kind: WireKind, text: &str) {
    told_bytes(model, kind, text, None);
}

fn told_bytes(model: &mut Model, kind: WireKind, text: &str, bytes: Option<&[u8]>) {
    let line = WireLine { at: Moment::ZERO, kind, text: text.to_owned(), bytes: bytes.map(Into::into) };
    model.apply(&Input::Told { generation: Generation::default(), event: Event::Wire(line) });
}

fn texts(model: &Model, screen: &mut Screen) -> Vec<String> {
    screen.refresh_within(model.terminal(), Budget::endless());
    let view = view(model, screen);
    (0..view.shown()).filter_map(|index| view.line(index)).map(|line| line.text.to_owned()).collect()
}

fn many(lines: usize) -> Model {
    let mut model = Model::default();
    model.apply(&Input::Limits { terminal_lines: lines, messages: 1 });
    for number in 0..lines {
        let kind = if number % 2 == 0 { WireKind::Sent } else { WireKind::Answer };
        told(&mut model, kind, &format!("line {number}"));
    }
    model
}

#[test]
fn search_filters_only_when_it_is_told_to() {
    let mut model = Model::default();
    let mut screen = Screen::default();
    told(&mut model, WireKind::Sent, "AT+CSQ");
    told(&mut model, WireKind::Answer, "+CSQ: 24,0");
    screen.search = "csq:".to_owned();
    assert_eq!(texts(&model, &mut screen), ["AT+CSQ", "+CSQ: 24,0"]);
    assert_eq!(view(&model, &screen).line(1).and_then(|line| line.marks.first().cloned()), Some(1..5));
    screen.only_hits = true;
    assert_eq!(texts(&model, &mut screen), ["+CSQ: 24,0"]);
    told(&mut model, WireKind::Answer, "+CSQ: 25,0");
    assert_eq!(texts(&model, &mut screen), ["+CSQ: 24,0", "+CSQ: 25,0"]);
    screen.hidden = vec![WireLook::Answer];
    screen.search.clear();
    assert_eq!(texts(&model, &mut screen), ["AT+CSQ"]);
}

#[test]
fn next_and_previous_go_round_the_hits() {
    let model = many(10);
    let mut screen = Screen { search: "line".to_owned(), hidden: vec![WireLook::Answer], ..Screen::default() };
    texts(&model, &mut screen);
    let mut seek = |step| {
        screen.seek(step);
        screen.refresh_within(model.terminal(), Budget::endless());
        let view = view(&model, &screen);
        (view.hits().and_then(|hits| hits.current), view.detail().map(|detail| detail.line.text.to_owned()))
    };
    assert_eq!(seek(-1), (Some(5), Some("line 8".to_owned())), "the first step back leads to the newest");
    assert_eq!(seek(1), (Some(1), Some("line 0".to_owned())), "behind the last comes the first");
    assert_eq!(seek(1), (Some(2), Some("line 2".to_owned())));
    assert_eq!(seek(-1), (Some(1), Some("line 0".to_owned())));
    assert_eq!(seek(-1), (Some(5), Some("line 8".to_owned())));
}

#[test]
fn forgotten_lines_leave_the_list() {
    let mut model = Model::default();
    let mut screen = Screen { search: "x".to_owned(), only_hits: true, ..Screen::default() };
    model.apply(&Input::Limits { terminal_lines: 3, messages: 1 });
    for number in 0..10 {
        told(&mut model, WireKind::Answer, &format!("x{number}"));
        screen.refresh(model.terminal());
    }
    assert_eq!(texts(&model, &mut screen), ["x7", "x8", "x9"]);
    let first = view(&model, &screen).first_shown();
    told(&mut model, WireKind::Answer, "x10");
    assert_eq!(texts(&model, &mut screen), ["x8", "x9", "x10"]);
    assert_eq!(view(&model, &screen).first_shown(), first + 1, "each row keeps its number");
    model.apply(&Input::TerminalCleared);
    assert!(texts(&model, &mut screen).is_empty());
    told(&mut model, WireKind::Answer, "x new");
    assert_eq!(texts(&model, &mut screen), ["x new"]);
}

/// Counts work, not time: a frame looks at a bounded number of lines and bytes, the newest of them first.
#[test]
fn a_filter_over_very_many_lines_takes_many_short_frames() {
    let model = many(200_000);
    let mut screen = Screen { search: "line 1".to_owned(), only_hits: true, ..Screen::default() };
    assert!(screen.refresh(model.terminal()), "one frame is not enough");
    let newest = view(&model, &screen).line(view(&model, &screen).shown() - 1).map(|line| line.text.to_owned());
    assert_eq!(newest.as_deref(), Some("line 199999"));
    let mut frames = 1;
    while screen.refresh(model.terminal()) {
        frames += 1;
    }
    assert!((4..40).contains(&frames), "{frames} frames");
    assert_eq!(view(&model, &screen).shown(), 111_111);
    assert_eq!(view(&model, &screen).line(0).map(|line| line.text.to_owned()).as_deref(), Some("line 1"));
}

#[test]
fn a_line_of_ten_megabytes_is_cut_before_it_is_drawn() {
    let mut model = Model::default();
    let mut screen = Screen { search: "x".to_owned(), ..Screen::default() };
    told(&mut model, WireKind::Answer, &"x".repeat(10 << 20));
    texts(&model, &mut screen);
    screen.choose(0, false);
    let view = view(&model, &screen);
    let line = view.line(0).expect("the line");
    assert_eq!((line.text.len(), line.more), (clip::ROW, (10 << 20) - clip::ROW));
    assert!(line.marks.len() <= MOST_MARKS);
    assert!(view.detail().is_some_and(|detail| detail.line.text.len() <= MOST_DETAIL));
}

#[test]
fn the_chosen_lines_are_copied_with_their_times() {
    let model = many(6);
    let mut screen = Screen::default();
    texts(&model, &mut screen);
    screen.choose(3, false);
    screen.choose(1, true);
    let chosen = screen.chosen().expect("three lines");
    let text = Record::new(&model, &screen).text(&Chosen::Numbers(chosen));
    assert_eq!(text, "0.000 ← line 1\n0.000 → line 2\n0.000 ← line 3\n");
    screen.hidden = vec![WireLook::Sent];
    texts(&model, &mut screen);
    assert_eq!(Record::new(&model, &screen).text(&Chosen::Shown).lines().count(), 3);
}

#[test]
fn the_bytes_of_a_line_are_exact_and_what_is_masked_says_so() {
    let mut model = Model::default();
    let mut screen = Screen::default();
    told_bytes(&mut model, WireKind::Answer, "a<1B>[31m", Some(b"a\x1b[31m"));
    told(&mut model, WireKind::Sent, r#"AT+MCONFIG="i","u",***"#);
    texts(&model, &mut screen);
    screen.choose(0, false);
    assert_eq!(
        view(&model, &screen).detail().map(|detail| (detail.bytes.to_vec(), detail.is_masked)),
        Some((b"a\x1b[31m".to_vec(), false))
    );
    screen.choose(1, false);
    assert!(view(&model, &screen).detail().is_some_and(|detail| detail.is_masked));
}

#[test]
fn a_saved_conversation_can_be_read_as_a_trace_and_hides_the_card() {
    let mut model = Model::default();
    told(&mut model, WireKind::Sent, "AT+CGSN");
    told(&mut model, WireKind::Answer, "868488076771714");
    told_bytes(&mut model, WireKind::Answer, "x<1B>", Some(b"x\x1b"));
    let text = Record::new(&model, &Screen::default()).trace();
    assert!(!text.contains("868488076771714"), "{text}");
    let trace = Trace::parse(&text).expect("a trace");
    assert_eq!(trace.entries[0].bytes, b"AT+CGSN\r");
    assert!(trace.entries.iter().any(|entry| entry.bytes.ends_with(b"x\x1b\r\n")), "{text}");
}

#[test]
fn the_history_of_commands_goes_back_and_forth() {
    let mut screen = Screen { command: " AT ".to_owned(), ..Screen::default() };
    assert_eq!(screen.take_command().as_deref(), Some("AT"));
    screen.command = "ATI".to_owned();
    screen.take_command();
    screen.recall(-1);
    assert_eq!(screen.command, "ATI");
    screen.recall(-1);
    screen.recall(-1);
    assert_eq!(screen.command, "AT");
    screen.recall(1);
    screen.recall(1);
    assert_eq!(screen.command, "");
    assert_eq!(screen.take_command(), None);
}
