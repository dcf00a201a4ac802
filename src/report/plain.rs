//! The report for a chat: as Markdown, and as plain text. The recording stays out of both.

use crate::lang::Text;

use super::{
    markup::shown,
    page::{Block, Finding, Line, Report, Step, Tongues},
    strip::Mark,
};

/// The report as Markdown.
pub fn markdown(report: &Report, tongues: Tongues) -> String {
    write(report, tongues, Form::Markdown)
}

/// The report as plain text.
pub fn text(report: &Report, tongues: Tongues) -> String {
    write(report, tongues, Form::Text)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Markdown,
    Text,
}

fn write(report: &Report, tongues: Tongues, form: Form) -> String {
    let mut page = Page { out: String::new(), tongues, form };
    page.heading(1, &report.title);
    report.summary.iter().for_each(|words| page.paragraph(words));
    for section in &report.sections {
        page.heading(2, &section.title);
        section.blocks.iter().for_each(|block| page.block(block));
    }
    page.out
}

struct Page {
    out: String,
    tongues: Tongues,
    form: Form,
}

impl Page {
    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// All languages in one line.
    fn joined(&self, words: &Text) -> String {
        let texts = self.tongues.of(words);
        texts.iter().map(|(_, text)| self.quoted(text)).collect::<Vec<_>>().join(" / ")
    }

    /// `text` so that nothing in it is a mark.
    fn quoted(&self, text: &str) -> String {
        let text = shown(text);
        if self.form == Form::Text {
            return text;
        }
        let mut out = String::with_capacity(text.len());
        for c in text.chars() {
            if MARKS.contains(c) {
                out.push('\\');
            }
            out.push(c);
        }
        out
    }

    fn heading(&mut self, depth: usize, words: &Text) {
        let words = self.joined(words);
        if !self.out.is_empty() {
            self.out.push('\n');
        }
        match self.form {
            Form::Markdown => self.line(&format!("{} {words}\n", "#".repeat(depth))),
            Form::Text => self.line(&words),
        }
    }

    fn paragraph(&mut self, words: &Text) {
        for (_, text) in self.tongues.of(words) {
            let text = self.quoted(&text);
            self.line(&text);
            if self.form == Form::Markdown {
                self.out.push('\n');
            }
        }
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(words) => self.paragraph(words),
            Block::Heading(words) => self.heading(3, words),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Ladder(steps) => steps.iter().for_each(|step| self.step(step)),
            Block::Finding(finding) => self.finding(finding),
            Block::Lines(lines) => self.lines(lines),
            Block::Code(lines) => self.code(lines),
            Block::Dates { spans, now, clock } => {
                self.paragraph(clock);
                for span in spans {
                    let sign = if span.holds(*now) { '\u{2713}' } else { '\u{2717}' };
                    let line = format!("- {sign} {}: {}", self.quoted(&span.name), self.quoted(&span.said));
                    self.line(&line);
                }
            }
            // What it shows stands in the table below it.
            Block::Picture(_) | Block::Strip(_) => {}
        }
    }

    fn code(&mut self, lines: &[String]) {
        let fence = if self.form == Form::Markdown { "```" } else { "" };
        for line in [fence].into_iter().chain(lines.iter().map(String::as_str)).chain([fence]) {
            self.line(&shown(line));
        }
    }

    fn table(&mut self, head: &[Text], rows: &[Vec<Text>]) {
        for row in rows {
            let cells: Vec<_> = row.iter().map(|cell| self.joined(cell)).collect();
            let named = head.iter().zip(&cells).map(|(name, cell)| format!("{}: {cell}", self.joined(name)));
            let text = if head.is_empty() { cells.join(": ") } else { named.collect::<Vec<_>>().join("; ") };
            self.line(&format!("- {text}"));
        }
        self.line("");
    }

    fn step(&mut self, step: &Step) {
        let sign = match step.mark {
            Mark::Good => "✓",
            Mark::Bad => "✗",
            Mark::Open => "·",
        };
        let (name, state) = (self.joined(&step.name), self.joined(&step.state));
        let proof = if step.proof.is_empty() { String::new() } else { format!(" — {}", self.quoted(&step.proof)) };
        self.line(&format!("- {sign} {name}: {state}{proof}"));
    }

    fn finding(&mut self, finding: &Finding) {
        let (id, certainty) = (self.quoted(&finding.id), self.joined(&finding.certainty));
        self.line(&format!("{id} ({certainty})"));
        self.paragraph(&finding.cause);
        self.lines(&finding.proofs);
        self.paragraph(&finding.fix);
    }

    /// Four blanks make a line one that is shown as it is.
    fn lines(&mut self, lines: &[Line]) {
        for line in lines {
            let number = line.number.map_or_else(String::new, |number| format!("{number}: "));
            let time = line.time.as_ref().map_or_else(String::new, |time| format!("{time}  "));
            let texts: Vec<_> = self.tongues.of(&line.text).iter().map(|(_, text)| shown(text)).collect();
            let sign = if line.is_proof { '>' } else { ' ' };
            self.line(&format!("    {sign} {number}{}{}", shown(&time), texts.join(" / ")));
        }
        self.line("");
    }
}

/// What Markdown takes for marks, and the beginning of HTML in it.
const MARKS: &str = "\\`*_{}[]<>#|~&!";
