//! Words that whoever sends a report does not want in it, hidden wherever they stand.

use super::{
    page::{Block, Finding, Line, Picture, Recording, Report, Section, Series, Span, Step},
    strip::Strip,
};
use crate::{at::text::find_ignoring_case, lang::Text};

/// `report` with as many `*` in the place of each of `words`, whatever their case.
pub fn hiding(report: Report, words: &[String]) -> Report {
    let words: Vec<&str> = words.iter().map(|word| word.trim()).filter(|word| !word.is_empty()).collect();
    if words.is_empty() {
        return report;
    }
    let hide = |text: &str| hidden(text, &words);
    Hiding(&hide).report(report)
}

fn hidden(text: &str, words: &[&str]) -> String {
    words.iter().fold(text.to_owned(), |text, word| {
        let (mut out, mut rest) = (String::with_capacity(text.len()), text.as_str());
        while let Some(at) = find_ignoring_case(rest, word) {
            out.push_str(&rest[..at]);
            out.extend(std::iter::repeat_n('*', word.len()));
            rest = &rest[at + word.len()..];
        }
        out + rest
    })
}

struct Hiding<'a>(&'a dyn Fn(&str) -> String);

impl Hiding<'_> {
    fn report(&self, report: Report) -> Report {
        let Report { title, summary, sections, recordings } = report;
        let recording =
            |one: Recording| Recording { device: one.device.map(|name| (self.0)(&name)), trace: (self.0)(&one.trace) };
        Report {
            title: self.text(title),
            summary: self.texts(summary),
            sections: sections.into_iter().map(|section| self.section(section)).collect(),
            recordings: recordings.into_iter().map(recording).collect(),
        }
    }

    fn text(&self, text: Text) -> Text {
        text.masked(self.0)
    }

    fn texts(&self, texts: Vec<Text>) -> Vec<Text> {
        texts.into_iter().map(|text| self.text(text)).collect()
    }

    fn section(&self, section: Section) -> Section {
        let blocks = section.blocks.into_iter().map(|block| self.block(block)).collect();
        Section { title: self.text(section.title), blocks }
    }

    fn block(&self, block: Block) -> Block {
        match block {
            Block::Text(words) => Block::Text(self.text(words)),
            Block::Heading(words) => Block::Heading(self.text(words)),
            Block::Table { head, rows } => {
                Block::Table { head: self.texts(head), rows: rows.into_iter().map(|row| self.texts(row)).collect() }
            }
            Block::Ladder(steps) => Block::Ladder(steps.into_iter().map(|step| self.step(step)).collect()),
            Block::Finding(finding) => Block::Finding(self.finding(finding)),
            Block::Lines(lines) => Block::Lines(self.lines(lines)),
            Block::Code(lines) => Block::Code(lines.iter().map(|line| (self.0)(line)).collect()),
            Block::Dates { spans, now, clock } => Block::Dates {
                spans: spans.into_iter().map(|span| self.span(span)).collect(),
                now,
                clock: self.text(clock),
            },
            Block::Picture(picture) => Block::Picture(self.picture(picture)),
            Block::Strip(strip) => Block::Strip(Strip { words: self.text(strip.words), ..strip }),
        }
    }

    fn step(&self, step: Step) -> Step {
        Step { name: self.text(step.name), state: self.text(step.state), proof: (self.0)(&step.proof), ..step }
    }

    fn finding(&self, finding: Finding) -> Finding {
        let Finding { id, certainty, cause, fix, proofs } = finding;
        Finding { id, certainty, cause: self.text(cause), fix: self.text(fix), proofs: self.lines(proofs) }
    }

    fn lines(&self, lines: Vec<Line>) -> Vec<Line> {
        lines.into_iter().map(|line| Line { text: self.text(line.text), ..line }).collect()
    }

    fn span(&self, span: Span) -> Span {
        let Span { name, from, to, said } = span;
        Span { name: (self.0)(&name), from, to, said: (self.0)(&said) }
    }

    fn picture(&self, picture: Picture) -> Picture {
        let named = |series: Series| Series { name: self.text(series.name), ..series };
        Picture { series: picture.series.into_iter().map(named).collect(), ..picture }
    }
}
