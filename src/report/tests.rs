//! Hostile text on the page, the languages, the forms, and the way back.

use super::*;
use crate::lang::{Lang, Text};

const HOSTILE: &str = "</pre><script>alert(\"1\")</script>'&amp;\u{202E}\u{0}\u{7}\u{FFFF}\n# head `x` 862360001112223";

fn page() -> Report {
    let hostile = || Text::plain(HOSTILE);
    let line = Line { number: Some(7), time: Some(HOSTILE.into()), text: hostile(), is_proof: true };
    let step = Step { name: hostile(), mark: Mark::Bad, state: hostile(), proof: HOSTILE.into() };
    let finding = Finding {
        id: HOSTILE.into(),
        certainty: hostile(),
        cause: Text::new("log-unreadable").with("fault", HOSTILE),
        fix: hostile(),
        proofs: vec![line.clone()],
    };
    let blocks = vec![
        Block::Heading(hostile()),
        Block::Text(hostile()),
        Block::Table { head: vec![hostile(), hostile()], rows: vec![vec![hostile(), hostile()]] },
        Block::Table { head: Vec::new(), rows: vec![vec![hostile(), hostile()]] },
        Block::Ladder(vec![step]),
        Block::Finding(finding),
        Block::Lines(vec![line]),
        Block::Picture(Picture {
            span_seconds: 2.0,
            series: vec![Series { name: hostile(), points: vec![(0.5, 31.0)] }],
        }),
        Block::Strip(Strip { words: hostile(), seconds: 2.0, ticks: vec![(0.5, HOSTILE.into())], ..Strip::default() }),
    ];
    Report {
        title: hostile(),
        summary: vec![hostile()],
        sections: vec![Section { title: hostile(), blocks }],
        recordings: vec![Recording {
            device: Some("COM\"<5>".into()),
            trace: "# air780e trace 1\n> </pre>&lt;\\r\n".into(),
        }],
    }
}

#[test]
fn hostile_text_is_only_text() {
    for tongues in [Tongues::One(Lang::En), Tongues::One(Lang::ZhCn), Tongues::Both] {
        let page = html(&page(), tongues);
        let options = roxmltree::ParsingOptions { allow_dtd: true, ..Default::default() };
        let parsed = roxmltree::Document::parse_with_options(&page, options).expect("well formed");
        let names: Vec<_> = parsed.descendants().map(|node| node.tag_name().name()).collect();
        assert!(!names.contains(&"script") && names.contains(&"pre"), "{names:?}");
        assert!(!page.contains(['\u{202E}', '\u{0}', '\u{7}', '\u{FFFF}']), "{page}");
        assert!(!page.contains("862360001112223"));
        let links =
            parsed.descendants().flat_map(|node| node.attributes()).any(|one| matches!(one.name(), "src" | "href"));
        assert!(!links, "nothing is fetched");
    }
}

#[test]
fn text_for_a_chat_is_only_text() {
    let page = page();
    for text in [markdown(&page, Tongues::Both), text(&page, Tongues::Both)] {
        assert!(!text.contains(['\u{202E}', '\u{0}']) && !text.contains("862360001112223"), "{text}");
    }
    let marked = markdown(&page, Tongues::One(Lang::En));
    let outside: Vec<_> = marked.lines().filter(|line| !line.starts_with("    ")).collect();
    assert!(outside.iter().all(|line| !line.contains("<script") || line.contains("\\<script")), "{outside:?}");
}

#[test]
fn each_language_stands_alone_or_beside_the_other() {
    let report = Report { title: Text::new("report-masked"), summary: vec![Text::plain("AT")], ..Report::default() };
    let [en, zh, both] =
        [Tongues::One(Lang::En), Tongues::One(Lang::ZhCn), Tongues::Both].map(|tongues| html(&report, tongues));
    assert!(en.contains("What was masked") && !en.contains("脱敏内容"));
    assert!(!zh.contains("What was masked") && zh.contains("脱敏内容") && zh.contains("<html lang=\"zh-CN\">"));
    assert!(
        both.contains("What was masked") && both.contains("脱敏内容") && both.matches(">AT<").count() == 1,
        "{both}"
    );
}

#[test]
fn what_is_carried_comes_back() {
    let report = page();
    let page = html(&report, Tongues::Both);
    assert!(is_report(page.as_bytes()) && !is_report(b"AT\r\nOK\r\n"));
    assert_eq!(recordings(&page), report.recordings);
    assert_eq!(recordings("<pre class=\"recording\""), []);
}

proptest::proptest! {
    #[test]
    fn any_text_is_escaped_and_comes_back(text in "[^\u{FFFE}\u{FFFF}]{0,80}") {
        proptest::prop_assert_eq!(markup::unescape(&markup::escape(&text)), text);
    }
}

#[test]
fn what_shall_be_hidden_stands_nowhere_in_any_form() {
    let secret = "Plant-Nord";
    let line = |text: &str| Line { number: Some(1), time: None, text: Text::plain(text), is_proof: false };
    let report = Report {
        title: Text::new("report-report").put("name", "plant-nord.log"),
        summary: vec![Text::plain(secret)],
        sections: vec![Section {
            title: Text::plain("x"),
            blocks: vec![Block::Lines(vec![line("AT+MPUB=\"PLANT-NORD/t\",1,0,\"x\"")])],
        }],
        recordings: vec![Recording { device: None, trace: "> AT+MPUB=\"Plant-Nord/t\"\\r\n".into() }],
    };
    let hidden = hiding(report, &[" plant-nord ".to_owned(), String::new()]);
    for form in Form::ALL {
        let text = form.written(&hidden, Tongues::Both).to_ascii_lowercase();
        assert!(!text.contains("plant-nord"), "{text}");
        assert!(text.contains("**********") || text.contains("\\*\\*"), "as many stars stand there: {text}");
    }
    assert!(hidden.recordings[0].trace.starts_with("> AT+MPUB=\"**********/t\""), "the recording keeps its length");
}
