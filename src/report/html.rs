//! The page for any browser: one file without script and without anything from elsewhere, well formed also as XML.

use crate::lang::Text;

use std::fmt::Write;

use super::{
    carried::{self, MAGIC},
    dates,
    markup::{escape, escaped},
    page::{Block, Finding, Line, Recording, Report, Section, Series, Step, Tongues},
    picture,
    strip::{Mark, Strip},
};

/// The report as one HTML file.
pub fn html(report: &Report, tongues: Tongues) -> String {
    let mut page = Page { out: String::new(), tongues };
    page.head(&report.title);
    page.inline("h1", &report.title);
    page.put("<div class=\"summary\">\n");
    report.summary.iter().for_each(|words| page.paragraphs(words));
    page.put("</div>\n");
    report.sections.iter().for_each(|section| page.section(section));
    page.recordings(&report.recordings);
    page.put("</body>\n</html>\n");
    page.out
}

struct Page {
    out: String,
    tongues: Tongues,
}

impl Page {
    fn put(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    /// The policy forbids a browser to fetch anything or to run anything, whatever stands in the page.
    fn head(&mut self, title: &Text) {
        let texts = self.tongues.of(title);
        let language = texts[0].0;
        let name: Vec<_> = texts.iter().map(|(_, text)| escaped(text)).collect();
        let _ = write!(
            self.out,
            "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\"/>\n{MAGIC}\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"/>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>\n<title>{}</title>\n\
             <style>\n{STYLE}</style>\n</head>\n<body>\n",
            name.join(" · ")
        );
    }

    /// One element with all languages in it.
    fn inline(&mut self, tag: &str, words: &Text) {
        let _ = write!(self.out, "<{tag}>");
        for (language, text) in self.tongues.of(words) {
            let _ = write!(self.out, "<span lang=\"{language}\">{}</span> ", escaped(&text));
        }
        let _ = writeln!(self.out, "</{tag}>");
    }

    fn paragraphs(&mut self, words: &Text) {
        for (language, text) in self.tongues.of(words) {
            let _ = writeln!(self.out, "<p lang=\"{language}\">{}</p>", escaped(&text));
        }
    }

    fn section(&mut self, section: &Section) {
        self.put("<section>\n");
        self.inline("h2", &section.title);
        section.blocks.iter().for_each(|block| self.block(block));
        self.put("</section>\n");
    }

    fn block(&mut self, block: &Block) {
        match block {
            Block::Text(words) => self.paragraphs(words),
            Block::Heading(words) => self.inline("h3", words),
            Block::Table { head, rows } => self.table(head, rows),
            Block::Ladder(steps) => self.ladder(steps),
            Block::Finding(finding) => self.finding(finding),
            Block::Lines(lines) => self.lines(lines),
            Block::Code(lines) => {
                let _ = writeln!(self.out, "<pre>{}</pre>", escaped(&lines.join("\n")));
            }
            Block::Dates { spans, now, clock } => {
                self.put("<figure>\n");
                self.out.push_str(&dates::svg(spans, *now));
                self.inline("figcaption", clock);
                self.put("</figure>\n");
            }
            Block::Picture(drawn) => {
                let names = |series: &Series| {
                    let texts = self.tongues.of(&series.name);
                    texts.iter().map(|(_, text)| escaped(text)).collect::<Vec<_>>().join(" / ")
                };
                let names: Vec<_> = drawn.series.iter().map(names).collect();
                self.put(&picture::svg(drawn, &names));
            }
            Block::Strip(strip) => self.strip(strip),
        }
    }

    fn table(&mut self, head: &[Text], rows: &[Vec<Text>]) {
        self.put("<table>\n");
        if !head.is_empty() {
            self.put("<tr>");
            for cell in head {
                self.inline("th", cell);
            }
            self.put("</tr>\n");
        }
        for row in rows {
            self.put("<tr>");
            for (place, cell) in row.iter().enumerate() {
                self.inline(if place == 0 && head.is_empty() { "th" } else { "td" }, cell);
            }
            self.put("</tr>\n");
        }
        self.put("</table>\n");
    }

    fn ladder(&mut self, steps: &[Step]) {
        self.put("<table>\n");
        for step in steps {
            let (class, sign) = match step.mark {
                Mark::Good => ("good", '✓'),
                Mark::Bad => ("bad", '✗'),
                Mark::Open => ("open", '·'),
            };
            let _ = write!(self.out, "<tr><td class=\"{class}\">{sign}</td>");
            self.inline("th", &step.name);
            self.inline("td", &step.state);
            let _ = writeln!(self.out, "<td><code>{}</code></td></tr>", escaped(&step.proof));
        }
        self.put("</table>\n");
    }

    fn finding(&mut self, finding: &Finding) {
        self.put("<div class=\"finding\">\n");
        let certainty = self.tongues.of(&finding.certainty).iter().map(|(_, text)| escaped(text)).collect::<Vec<_>>();
        let _ = writeln!(self.out, "<p><strong>{}</strong> ({})</p>", escaped(&finding.id), certainty.join(" · "));
        self.paragraphs(&finding.cause);
        self.lines(&finding.proofs);
        self.paragraphs(&finding.fix);
        self.put("</div>\n");
    }

    fn strip(&mut self, strip: &Strip) {
        self.put("<figure>\n");
        self.put(&strip.svg());
        self.inline("figcaption", &strip.words);
        self.put("</figure>\n");
    }

    fn lines(&mut self, lines: &[Line]) {
        if lines.is_empty() {
            return;
        }
        self.put("<table class=\"lines\">\n");
        for line in lines {
            let class = if line.is_proof { " class=\"proof\"" } else { "" };
            let number = line.number.map_or_else(String::new, |number| number.to_string());
            let time = escaped(line.time.as_deref().unwrap_or(""));
            let _ = write!(self.out, "<tr{class}><td class=\"number\">{number}</td><td class=\"time\">{time}</td>");
            self.inline("td", &line.text);
            self.put("</tr>\n");
        }
        self.put("</table>\n");
    }

    fn recordings(&mut self, recordings: &[Recording]) {
        for recording in recordings {
            self.put("<details>\n");
            self.inline("summary", &recording_title());
            let port =
                recording.device.as_ref().map_or_else(String::new, |name| format!(" data-port=\"{}\"", escaped(name)));
            // The text of a trace holds no sign that acts; it stays as it is, to be read again.
            let _ = writeln!(self.out, "{}{port}>\n{}</pre>\n</details>", carried::BEGIN, escape(&recording.trace));
        }
    }
}

const fn recording_title() -> Text {
    Text::new("report-recording-masked-file-opens")
}

const STYLE: &str = include_str!("style.css");
