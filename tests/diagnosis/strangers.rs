//! Short dialogues of modules that nobody here has seen, saved as four tools save them, through the real program: what it says against
//! what was judged before.
//!
//! The sheets stand in `strangers/`. Where times are shown the verdict must be the one on the sheet; without times it may leave open
//! what only times decide, and it must never name anything else.

use std::{
    fmt::Write as _,
    fs,
    path::Path,
    process::{Command, Stdio},
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use serde_json::Value;

/// Where the lines themselves cannot decide, and why.
const OPEN: &[(&str, &str)] = &[
    ("remark-copied", "the remark begins inside the password, which nobody may see"),
    ("topics-differ-by-a-slash", "without times nobody knows whether the message had time to come back"),
    ("acknowledged-before-ok", "without times a confirmation before its OK is not told from an older one"),
    ("garbage-instead-of-answers", "bytes of another rate are no log to a program that looks for words"),
    ("nothing-ever-answers", "commands without one answer are no log either"),
    ("lua-instead-of-at", "three lines without stamps are no log"),
];

/// One dialogue with its truth.
struct Dialogue {
    name: String,
    truths: Vec<Truth>,
    lines: Vec<Line>,
}

/// One trouble that it holds.
struct Truth {
    ids: Vec<String>,
    /// The lines do not decide: left open is right.
    is_open: bool,
    /// The lines do not decide: a name would be a guess.
    is_undecidable: bool,
}

/// One line that passed.
struct Line {
    millis: u64,
    is_sent: bool,
    /// Bytes behind a prompt, or the prompt: no line of its own.
    is_raw: bool,
    text: String,
}

/// How a tool saves what passed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Sscom,
    Tio,
    Bare,
    Arrows,
}

/// What came of one dialogue in one form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Score {
    Right,
    /// Left open although the lines decide.
    Open,
    /// Nothing was said.
    Missed,
    /// Something else was named.
    Wrong,
}

#[test]
fn strangers_are_judged_as_the_catalogue_does() {
    let all: Vec<_> = SHEETS.iter().flat_map(|sheet| Dialogue::sheet(sheet)).collect();
    assert!(all.len() >= 100, "{}", all.len());
    let jobs: Vec<_> = all.iter().flat_map(|one| Form::ALL.map(|form| (one, form))).collect();
    let jobs: Vec<_> = jobs.into_iter().filter_map(|(one, form)| Some((one, form, form.saved(&one.lines)?))).collect();
    let scores = side_by_side(&jobs, |(one, form, text)| one.score(*form, text));
    let mut told = String::new();
    let mut counts = [0_usize; 4];
    let mut broken = 0;
    for ((one, form, _), (score, said)) in jobs.iter().zip(&scores) {
        counts[*score as usize] += 1;
        let is_excused = *score != Score::Wrong && OPEN.iter().any(|(name, _)| *name == one.name);
        if *score != Score::Right {
            writeln!(told, "{:32} {form:?} {score:?}: {said}", one.name)
                .expect("a dialogue as the head of its file says");
        }
        broken += usize::from(*score != Score::Right && !is_excused);
    }
    let [right, open, missed, wrong] = counts;
    println!(
        "{told}{} dialogues, {} logs: {right} right, {open} left open, {missed} missed, {wrong} wrong",
        all.len(),
        jobs.len()
    );
    assert_eq!((broken, wrong), (0, 0), "\n{told}");
}

impl Dialogue {
    fn sheet(name: &str) -> Vec<Self> {
        let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/diagnosis/strangers")).join(name);
        let text = fs::read_to_string(path).expect("a dialogue as the head of its file says");
        let mut all: Vec<Self> = Vec::new();
        for line in text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty()) {
            if let Some(head) = line.strip_prefix("= ") {
                let (name, truth) = head.split_once('|').expect("a dialogue as the head of its file says");
                let truths = truth.split_whitespace().map(Truth::of).collect();
                all.push(Self { name: name.trim().to_owned(), truths, lines: Vec::new() });
            } else {
                all.last_mut().expect("a dialogue as the head of its file says").lines.push(Line::of(line));
            }
        }
        all
    }

    /// Plays it to the program as it stands in a file of this form.
    fn score(&self, form: Form, text: &str) -> (Score, String) {
        let objects = said_of(text);
        let result = objects.iter().rfind(|one| one["kind"] == "verdict").map_or(&Value::Null, |one| &one["result"]);
        let episodes: Vec<_> = objects.iter().filter(|one| one["kind"] == "episode").map(Episode::of).collect();
        let said =
            format!("{} {}", result.as_str().unwrap_or("?"), episodes.iter().map(Episode::told).collect::<String>());
        if self.truths.iter().any(|truth| truth.ids == ["V"]) {
            let is_right = matches!(result.as_str(), Some("other-vendor" | "other-firmware")) && episodes.is_empty();
            return (if is_right { Score::Right } else { Score::Missed }, said);
        }
        let holds = |truth: &Truth, episode: &Episode| truth.holds(episode, form.is_timed());
        let of_episodes = episodes.iter().map(|episode| match self.truths.iter().any(|truth| holds(truth, episode)) {
            true => Score::Right,
            false if episode.open.is_empty() => Score::Wrong,
            false => Score::Open,
        });
        let needed = self.truths.iter().filter(|truth| !truth.ids.iter().any(|id| id == "-"));
        let of_truths = needed.map(|truth| match episodes.iter().any(|episode| holds(truth, episode)) {
            true => Score::Right,
            false if episodes.is_empty() => Score::Missed,
            false => Score::Open,
        });
        (of_episodes.chain(of_truths).max_by_key(|score| *score as usize).unwrap_or(Score::Right), said)
    }
}

impl Truth {
    fn of(text: &str) -> Self {
        Self {
            ids: text.trim_matches(['!', '?']).split('/').map(str::to_owned).collect(),
            is_open: text.ends_with('?'),
            is_undecidable: text.starts_with('!'),
        }
    }

    fn holds(&self, episode: &Episode, is_timed: bool) -> bool {
        let is_among = |id: &String| episode.open.contains(id);
        match episode.open.is_empty() {
            _ if self.is_undecidable => self.ids.iter().all(is_among),
            true => episode.named.as_ref().is_some_and(|id| self.ids.contains(id)),
            false => (self.is_open || !is_timed) && self.ids.iter().any(is_among),
        }
    }
}

/// An episode as the program told it.
struct Episode {
    named: Option<String>,
    open: Vec<String>,
}

impl Episode {
    fn of(object: &Value) -> Self {
        let ids = |key: &str| -> Vec<String> {
            let list = object[key].as_array().into_iter().flatten();
            list.filter_map(|one| one["id"].as_str().map(str::to_owned)).collect()
        };
        Self { named: ids("findings").into_iter().next(), open: ids("undecided") }
    }

    fn told(&self) -> String {
        match &self.named {
            Some(id) if self.open.is_empty() => format!("{{{id}}}"),
            _ => format!("{{? {}}}", self.open.join(" ")),
        }
    }
}

impl Line {
    /// `12.3 > AT`, `12.3 <: >`.
    fn of(text: &str) -> Self {
        let mut parts = text.splitn(3, ' ');
        let (seconds, mark) = (
            parts.next().expect("a dialogue as the head of its file says"),
            parts.next().expect("a dialogue as the head of its file says"),
        );
        let (is_raw, text) = (mark.ends_with(':'), parts.next().unwrap_or_default());
        Self {
            millis: u64::try_from(std::time::Duration::from_secs_f64(seconds.parse().expect("seconds")).as_millis())
                .expect("a short log"),
            is_sent: mark.starts_with('>'),
            is_raw,
            text: if is_raw { text.replace("\\n", "\n") } else { text.to_owned() },
        }
    }

    fn stamp(&self) -> String {
        let millis = self.millis + 10 * 3_600_000;
        let (seconds, minutes) = (millis / 1_000, millis / 60_000);
        format!("{:02}:{:02}:{:02}.{:03}", minutes / 60, minutes % 60, seconds % 60, millis % 1_000)
    }
}

impl Form {
    const ALL: [Self; 4] = [Self::Sscom, Self::Tio, Self::Bare, Self::Arrows];

    const fn is_timed(self) -> bool {
        matches!(self, Self::Sscom | Self::Tio)
    }

    /// The file; only one form shows the bytes behind a prompt as what was sent.
    fn saved(self, lines: &[Line]) -> Option<String> {
        if self != Self::Sscom && lines.iter().any(|line| line.is_raw) {
            return None;
        }
        Some(lines.iter().map(|line| self.line(line)).collect())
    }

    fn line(self, line: &Line) -> String {
        let (text, stamp) = (&line.text, line.stamp());
        match (self, line.is_sent, line.is_raw) {
            (Self::Sscom, true, false) => format!("[{stamp}]发→◇{text}\n□\n"),
            (Self::Sscom, true, true) => format!("[{stamp}]发→◇{text}\n"),
            (Self::Sscom, false, true) => format!("[{stamp}]收←◆\n{text}\n"),
            (Self::Sscom, false, false) => format!("[{stamp}]收←◆\n{text}\n\n"),
            (Self::Tio, true, _) => format!("[{stamp}] {text}\n"),
            (Self::Tio, false, _) => format!("[{stamp}] \n[{stamp}] {text}\n"),
            (Self::Bare, true, _) => format!("{text}\n"),
            (Self::Bare, false, _) => format!("\n{text}\n"),
            (Self::Arrows, is_sent, _) => format!("{} {text}\n", if is_sent { '→' } else { '←' }),
        }
    }
}

fn said_of(text: &str) -> Vec<Value> {
    let folder = tempfile::tempdir().expect("a dialogue as the head of its file says");
    let path = folder.path().join("log.txt");
    fs::write(&path, text).expect("a dialogue as the head of its file says");
    let mut program = Command::new(env!("CARGO_BIN_EXE_air780e"));
    let output = program
        .args(["doctor", "--json"])
        .arg(&path)
        .stdin(Stdio::null())
        .output()
        .expect("a dialogue as the head of its file says");
    String::from_utf8(output.stdout)
        .expect("a dialogue as the head of its file says")
        .lines()
        .map(|line| serde_json::from_str(line).expect("a dialogue as the head of its file says"))
        .collect()
}

/// What `work` makes of each of `all`, in their order.
fn side_by_side<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let mut done: Vec<(usize, R)> = thread::scope(|scope| {
        let run = || {
            let mut own = Vec::new();
            loop {
                let place = next.fetch_add(1, Ordering::Relaxed);
                let Some(one) = all.get(place) else { return own };
                own.push((place, work(one)));
            }
        };
        #[expect(clippy::needless_collect, reason = "all of them begin before the first is waited for")]
        let threads: Vec<_> = (0..SIDE_BY_SIDE)
            .map(|_| {
                thread::Builder::new()
                    .name("stranger".to_owned())
                    .spawn_scoped(scope, run)
                    .expect("a dialogue as the head of its file says")
            })
            .collect();
        threads.into_iter().flat_map(|one| one.join().expect("a dialogue as the head of its file says")).collect()
    });
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, made)| made).collect()
}

const SHEETS: [&str; 3] = ["dialogues.txt", "harder.txt", "third.txt"];
const SIDE_BY_SIDE: usize = 4;
