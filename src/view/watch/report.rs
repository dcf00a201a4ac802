//! A copy of what the page shows, to be written as a report.

use crate::watch::{Ending, Summary, Told, Trail, compare, html};

use super::{Own, Screen, Which, parts};

/// One watch, or two that are compared.
#[derive(Clone, Debug)]
pub struct Report {
    one: Part,
    other: Option<Part>,
}

#[derive(Clone, Debug)]
struct Part {
    name: String,
    summary: Summary,
    trail: Trail,
    ending: Ending,
}

impl Report {
    /// What is looked at now; `None` when nothing is.
    pub fn new(screen: &Screen, own: Option<Own<'_>>, own_name: &str) -> Option<Self> {
        let part = |which: Which| {
            let (summary, trail, ending) = parts(screen, own, which)?;
            let name = screen.find(which).map_or_else(|| own_name.to_owned(), |opened| opened.name.clone());
            Some(Part { name, summary: summary.clone(), trail: trail.clone(), ending })
        };
        Some(Self { one: part(screen.shown)?, other: screen.other.and_then(part) })
    }

    /// The page for any browser, in both languages.
    pub fn html(&self) -> String {
        let other = self.other.as_ref().map(|other| (other.told(), compare(&self.one.summary, &other.summary)));
        html(self.one.told(), other)
    }
}

impl Part {
    fn told(&self) -> Told<'_> {
        Told { name: &self.name, summary: &self.summary, trail: &self.trail, ending: &self.ending }
    }
}
