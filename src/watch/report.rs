//! A watch as a report for whoever asked for it: the verdict in words, the picture over time, every drop.

use std::time::Duration;

use super::{Comparison, Dropped, Ending, Standing, Summary, Trail, Verdict, Wall, Way, words::span};
use crate::{
    diagnosis::catalogue,
    lang::Text,
    report::{self, Block, Mark, Report, Section, Stretch, Strip, Tongues},
};

/// One watch, as it was.
#[derive(Clone, Copy, Debug)]
pub struct Told<'a> {
    /// What to call it.
    pub name: &'a str,
    /// What its journal comes to.
    pub summary: &'a Summary,
    /// Its course.
    pub trail: &'a Trail,
    /// How the watching ended.
    pub ending: &'a Ending,
}

/// The report of a watch, or of two that are held against each other, as a page for any browser in both languages.
pub fn html(one: Told<'_>, other: Option<(Told<'_>, Comparison)>) -> String {
    report::html(&page(one, other), Tongues::Both)
}

/// The report of a watch, or of two that are held against each other.
pub fn page(one: Told<'_>, other: Option<(Told<'_>, Comparison)>) -> Report {
    let mut summary = vec![one.summary.words()];
    let mut sections = sections(one);
    if let Some((other, compared)) = other {
        summary.push(other.summary.words());
        summary.push(compared.words());
        sections.extend(self::sections(other));
    }
    Report { title: Text::new("watch-report-title").put("name", one.name), summary, sections, recordings: Vec::new() }
}

fn sections(told: Told<'_>) -> Vec<Section> {
    let name = || Text::plain(told.name.to_owned());
    let mut blocks = vec![Block::Text(verdict(told))];
    blocks.extend(picture(told).map(Block::Strip));
    blocks.push(Block::Table { head: Vec::new(), rows: figures(told.summary) });
    let mut sections = vec![Section { title: name(), blocks }];
    let causes = causes(told.summary);
    if !causes.is_empty() {
        let head = vec![Text::new("watch-column-cause"), Text::new("watch-column-count")];
        let blocks = vec![Block::Table { head, rows: causes }];
        sections.push(Section { title: Text::new("watch-by-cause"), blocks });
    }
    if !told.summary.drops.is_empty() {
        sections.push(Section { title: Text::new("watch-every-drop"), blocks: vec![drops(told.summary)] });
    }
    sections
}

fn verdict(told: Told<'_>) -> Text {
    let verdict = Verdict::new(told.summary, told.ending);
    match (verdict.failure(), verdict.finding()) {
        (None, _) => Text::new("watch-verdict-ok"),
        (Some(failure), None) => Text::new("watch-verdict-failed").with("failure", failure),
        (Some(failure), Some(id)) => Text::new("watch-verdict-failed-by").with("failure", failure).put("id", id),
    }
}

/// What was counted, a row each with its name first.
pub fn figures(summary: &Summary) -> Vec<Vec<Text>> {
    let row = |key: &'static str, value: Text| vec![Text::new(key), value];
    let plain = |text: String| Text::plain(text);
    let mut rows = Vec::new();
    if let Some(plan) = &summary.plan {
        rows.push(row("watch-figure-broker", plain(plan.broker.clone())));
        rows.push(row("watch-figure-begin", plain(plan.t.local())));
        let publishes = plan.publish_every_s.map_or_else(
            || Text::new("watch-figure-publishes-nothing"),
            |seconds| Text::new("watch-figure-publishes").put("seconds", seconds).put("qos", plan.qos),
        );
        rows.push(row("watch-figure-plan", publishes.clone()));
        rows.push(row("watch-figure-keep-alive", plain(format!("{} s", plan.keep_alive_s))));
    }
    rows.push(row("watch-figure-watched", span(summary.watched)));
    rows.push(row("watch-figure-up", plain(format!("{:.3} %", summary.share() * 100.0))));
    rows.push(row("watch-figure-drops", plain(summary.drops.len().to_string())));
    rows.push(row("watch-figure-per-hour", plain(format!("{:.3}", summary.per_hour()))));
    if let Some((middle, longest)) = summary.returns() {
        let both = Text::new("watch-figure-return-both").with("middle", short(middle)).with("longest", short(longest));
        rows.push(row("watch-figure-return", both));
    }
    rows.push(row("watch-figure-quiet", span(summary.longest_quiet)));
    let messages = Text::new("watch-figure-messages-counts")
        .put("published", summary.published)
        .put("confirmed", summary.confirmed)
        .put("failed", summary.failed)
        .put("unknown", summary.unknown)
        .put("received", summary.received);
    rows.push(row("watch-figure-messages", messages));
    if let Some((least, most)) = summary.signal {
        rows.push(row("watch-figure-signal", plain(format!("{least} … {most} dBm").replace('-', "−"))));
    }
    if !summary.operators.is_empty() {
        let names: Vec<_> = summary.operators.iter().map(String::as_str).collect();
        rows.push(row("watch-figure-operators", plain(names.join(", "))));
    }
    if !summary.cells.is_empty() {
        let names: Vec<_> = summary.cells.iter().take(CELLS).map(|(area, cell)| format!("{area:X}-{cell:X}")).collect();
        let counted =
            Text::new("watch-figure-cells-named").put("count", summary.cells.len()).put("names", names.join(", "));
        rows.push(row("watch-figure-cells", counted));
    }
    if let Some((least, most)) = summary.supply {
        rows.push(row("watch-figure-supply", plain(format!("{least} … {most} mV"))));
    }
    if !summary.unwatched.is_zero() {
        rows.push(row("watch-figure-unwatched", span(summary.unwatched)));
    }
    rows
}

/// Causes with how many drops each explains, the most frequent first, and at last what nothing explains.
pub fn causes(summary: &Summary) -> Vec<Vec<Text>> {
    let mut counted: Vec<_> = summary.by_cause().into_iter().collect();
    counted.sort_by_key(|(id, count)| (std::cmp::Reverse(*count), *id));
    let mut rows: Vec<_> = counted
        .into_iter()
        .map(|(id, count)| vec![cause_text(Some(id), &[]), Text::plain(count.to_string())])
        .collect();
    if summary.unexplained() > 0 {
        let count = Text::plain(summary.unexplained().to_string());
        rows.push(vec![Text::new("watch-cause-none"), count]);
    }
    rows
}

/// A cause by its number, or what it may be where nothing decides.
pub fn cause_text(finding: Option<&str>, undecided: &[String]) -> Text {
    match finding {
        Some(id) => {
            let words = catalogue::by_id(id).map(|cause| Text::from(cause.cause)).unwrap_or_default();
            Text::new("watch-cause").put("id", id).with("words", words)
        }
        None if undecided.is_empty() => Text::new("watch-cause-none"),
        None => Text::new("watch-cause-perhaps").put("ids", undecided.join(", ")),
    }
}

/// `4.2 s` below two minutes, as people say it above.
pub fn short(time: Duration) -> Text {
    if time >= Duration::from_mins(2) {
        return span(time);
    }
    Text::plain(format!("{:.1} s", time.as_secs_f64()))
}

fn drops(summary: &Summary) -> Block {
    let head = [
        "watch-column-number",
        "watch-column-begin",
        "watch-column-lasted",
        "watch-column-by",
        "watch-column-before",
        "watch-column-cause",
        "watch-column-helped",
    ];
    let rows = summary.drops.iter().map(|drop| {
        vec![
            Text::plain(drop.number.to_string()),
            Text::plain(drop.begin.local()),
            drop.lasted().map_or_else(|| Text::new("watch-still-lost"), short),
            drop.by.words(),
            before_text(drop),
            cause_text(drop.finding.as_deref(), &drop.undecided),
            drop.helped.map_or_else(Text::default, Way::words),
        ]
    });
    Block::Table { head: head.map(Text::new).to_vec(), rows: rows.collect() }
}

/// What was seen before a drop: the signal, and how long nothing certain had passed.
pub fn before_text(drop: &Dropped) -> Text {
    let quiet = short(drop.quiet);
    match drop.rssi_dbm {
        Some(dbm) => {
            Text::new("watch-before-signal").put("dbm", dbm.to_string().replace('-', "−")).with("quiet", quiet)
        }
        None => Text::new("watch-before").with("quiet", quiet),
    }
}

fn picture(told: Told<'_>) -> Option<Strip> {
    let (begin, end) = told.trail.span()?;
    let at = |t: Wall| t.since(begin).as_secs_f64();
    let stretches = told.trail.stretches().iter().map(|one| Stretch {
        from: at(one.from),
        to: at(one.to),
        mark: match one.standing {
            Standing::Open => Mark::Good,
            Standing::Lost => Mark::Bad,
            Standing::Closed | Standing::Unwatched => Mark::Open,
        },
    });
    let seconds = at(end);
    Some(Strip {
        words: Text::new("watch-picture"),
        seconds,
        stretches: stretches.collect(),
        marks: told.summary.drops.iter().map(|drop| at(drop.begin)).collect(),
        curve: told.trail.signal().iter().map(|(t, dbm)| (at(*t), dbm.map(f64::from))).collect(),
        range: (LEAST_DBM, MOST_DBM),
        ticks: ticks(begin, seconds),
    })
}

/// Six to twelve times of day on the axis.
fn ticks(begin: Wall, seconds: f64) -> Vec<(f64, String)> {
    let step = STEPS.into_iter().find(|step| seconds / *step <= MOST_TICKS).unwrap_or(STEPS[STEPS.len() - 1]);
    let first = begin.seconds_to_next(step);
    let mut all = Vec::new();
    let mut at = first;
    while at <= seconds {
        let t = begin.after(Duration::from_secs_f64(at));
        all.push((at, if step < 60.0 { t.clock() } else { t.minute() }));
        at += step;
    }
    all
}

/// Cells that are named.
const CELLS: usize = 8;
/// The range of `AT+CSQ` (reference, section 4).
const LEAST_DBM: f64 = -113.0;
const MOST_DBM: f64 = -51.0;
const STEPS: [f64; 14] =
    [1.0, 5.0, 15.0, 60.0, 300.0, 900.0, 1_800.0, 3_600.0, 7_200.0, 14_400.0, 21_600.0, 43_200.0, 86_400.0, 172_800.0];
const MOST_TICKS: f64 = 10.0;

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Entry, Reason, compare,
            summary::tests::{beat, lost, of, run, wall, why},
        },
        *,
    };
    use crate::lang::Lang;

    #[test]
    fn a_report_is_whole_harmless_and_the_same_every_time() {
        let entries = [
            run(0),
            Entry::Up { t: wall(10) },
            Entry::Signal { t: wall(20), rssi_dbm: Some(-71) },
            lost(40, 1, Reason::Closed, Some(-105)),
            why(41, 1, Some("F-185")),
            Entry::Helped { t: wall(49), way: Way::Link },
            Entry::Up { t: wall(50) },
            lost(90, 2, Reason::Restart, None),
            beat(4_000),
        ];
        let mut trail = Trail::default();
        for entry in &entries {
            trail.take(entry);
        }
        let (summary, ending) = (of(&entries), Ending { is_early: true, ..Ending::default() });
        let told = Told { name: "<script>alert(1)</script>", summary: &summary, trail: &trail, ending: &ending };
        let page = || html(told, Some((told, compare(&summary, &summary))));
        assert_eq!(page(), page());
        assert!(!page().contains("<script") && page().contains("&lt;script&gt;"), "{}", page());
        for wanted in ["<svg ", "F-185", "−105", "still lost", "仍未恢复", "class=\"bad\"", "may be chance"] {
            assert!(page().contains(wanted), "{wanted}: {}", page());
        }
        let one = report::html(&self::page(told, None), Tongues::One(Lang::En));
        assert!(!one.contains("断线"), "{one}");
    }

    #[test]
    fn the_axis_has_some_words_and_not_too_many() {
        for seconds in [5.0, 61.0, 3_600.0, 10_000.0, 144_000.0, 720_000.0] {
            let count = ticks(wall(17), seconds).len();
            assert!((1..=11).contains(&count), "{count} over {seconds} s");
        }
    }
}
