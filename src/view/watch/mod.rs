//! What the Watch page shows: the watch under way and those of journals, their course over time, their drops by cause, and two of
//! them held against each other.

mod drawn;
mod form;
mod report;

use crate::{
    lang::Text,
    watch::{Comeback, Comparison, Ending, Summary, Trail, Way, compare, short},
};

pub use self::{
    drawn::{Drawn, DropRow},
    form::{WatchField, WatchForm, WatchOrder},
    report::Report,
};
pub use crate::{
    mqtt::Qos,
    watch::{Lost, Standing},
};

/// One of the watches that can be looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Which {
    /// The one under way, or the one that ended last in this window.
    #[default]
    Own,
    /// The one of the journal with this number.
    Opened(u64),
}

/// A part of the time, in milliseconds since the begin of the watch that is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    /// Its begin.
    pub from_ms: i64,
    /// Its end.
    pub to_ms: i64,
}

/// The watch of a journal.
#[derive(Clone, Debug)]
pub struct Opened {
    /// Its number in this window.
    pub number: u64,
    /// The name of its file.
    pub name: String,
    /// Its path.
    pub path: String,
    /// What it comes to.
    pub summary: Summary,
    /// Its course.
    pub trail: Trail,
    /// Its file ends in the middle of a line.
    pub ends_torn: bool,
}

impl Opened {
    /// How the watching ended, as far as a journal tells it.
    pub fn ending(&self) -> Ending {
        Ending { is_early: !self.summary.is_over, ..Ending::default() }
    }
}

/// The question which journal to read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ask {
    /// The path that is typed.
    pub path: String,
    /// Journals that this window wrote, the newest first.
    pub own: Vec<String>,
    /// The system's own dialog is open.
    pub is_choosing: bool,
    /// This system has none.
    pub has_no_dialog: bool,
}

/// What the user has open, typed and chosen.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// Whether the form is open.
    pub is_form_open: bool,
    /// What is typed there.
    pub form: WatchForm,
    /// A watch shall begin as soon as there is a session.
    pub is_awaiting: bool,
    /// The watch that is looked at.
    pub shown: Which,
    /// The one it is held against.
    pub other: Option<Which>,
    /// The part that is looked at; `None` for all.
    pub window: Option<Window>,
    /// The question which journal to read.
    pub asks: Option<Ask>,
    /// A journal is being read.
    pub is_reading: bool,
    /// Why a journal could not be read or gone on with.
    pub fault: Option<Text>,
    /// Journals that were read.
    pub opened: Vec<Opened>,
    drawn: [Drawn; 2],
    drawn_for: [Option<Which>; 2],
}

impl Screen {
    /// The journal with this number.
    pub fn find(&self, which: Which) -> Option<&Opened> {
        match which {
            Which::Own => None,
            Which::Opened(number) => self.opened.iter().find(|opened| opened.number == number),
        }
    }

    /// Looks at another watch, as a whole.
    pub fn show(&mut self, which: Which) {
        (self.shown, self.window) = (which, None);
        self.other.take_if(|other| *other == which);
    }

    /// Looks at the time around a drop.
    pub fn look_at_drop(&mut self, number: u32) {
        let Some(row) = self.drawn[0].drops.iter().find(|row| row.number == number) else { return };
        let (at, lasted) = row.at;
        let around = lasted.max(AROUND_S);
        self.window = Some(Window { from_ms: millis(at - around), to_ms: millis(at + lasted + around) });
    }
}

/// The watch of this window: under way, or ended.
#[derive(Clone, Copy, Debug)]
pub struct Own<'a> {
    /// What it comes to.
    pub summary: &'a Summary,
    /// Its course.
    pub trail: &'a Trail,
    /// Where its journal is, when it has one.
    pub path: Option<&'a str>,
    /// It goes on.
    pub is_running: bool,
}

/// One watch on the page.
#[derive(Clone, Copy, Debug)]
pub struct Shown<'a> {
    /// Which one.
    pub which: Which,
    /// What is drawn of it.
    pub drawn: &'a Drawn,
    /// It goes on now.
    pub is_running: bool,
    /// It can be gone on with: it is of a journal, and not over.
    pub can_go_on: bool,
}

/// A loss of the session in this window.
#[derive(Clone, Debug)]
pub struct LossRow {
    /// When.
    pub time: String,
    /// By what.
    pub by: Text,
    /// How long until it was back; empty while it is not.
    pub back: Text,
    /// By what it came back.
    pub helped: Text,
    /// Tries in vain.
    pub vain: u32,
}

/// The page.
#[derive(Clone, Debug)]
pub struct WatchView<'a> {
    /// What the user has open, typed and chosen.
    pub screen: &'a Screen,
    /// The first field that is wrong, and why.
    pub wrong: Option<(WatchField, Text)>,
    /// A watch is under way: how much of its time is over, in seconds, and the whole.
    pub running: Option<(u64, u64)>,
    /// Watches to look at, each with its name.
    pub choices: Vec<(Which, String)>,
    /// The one that is looked at.
    pub shown: Option<Shown<'a>>,
    /// The one it is held against.
    pub other: Option<Shown<'a>>,
    /// What the comparison comes to.
    pub comparison: Option<Text>,
    /// Losses of the session in this window, the newest first.
    pub losses: Vec<LossRow>,
    /// Where the journal of the watch under way is.
    pub path: Option<&'a str>,
}

/// The page. `own_name` is what the watch of this window is called.
pub fn view<'a>(screen: &'a mut Screen, own: Option<Own<'a>>, comeback: &Comeback, own_name: &str) -> WatchView<'a> {
    let ids: Vec<u64> = screen.opened.iter().map(|opened| opened.number).collect();
    let is_there = |which: Which| match which {
        Which::Own => own.is_some(),
        Which::Opened(number) => ids.contains(&number),
    };
    let first = own.map(|_| Which::Own).or_else(|| ids.last().map(|number| Which::Opened(*number)));
    if !is_there(screen.shown) {
        screen.show(first.unwrap_or_default());
    }
    screen.other.take_if(|other| !is_there(*other));
    let wanted = [Some(screen.shown).filter(|_| first.is_some()), screen.other];
    let mut drawn = std::mem::take(&mut screen.drawn);
    for (place, which) in wanted.into_iter().enumerate() {
        if screen.drawn_for[place] != which {
            drawn[place] = Drawn::default();
        }
        screen.drawn_for[place] = which;
        if let Some((summary, trail, ending)) = which.and_then(|which| parts(screen, own, which)) {
            drawn[place].refresh(summary, trail, &ending);
        }
    }
    screen.drawn = drawn;
    let screen = &*screen;
    let running = own.filter(|own| own.is_running);
    let shown = |place: usize| {
        let which = wanted[place]?;
        let is_running = which == Which::Own && running.is_some();
        let can_go_on = screen.find(which).is_some_and(|opened| !opened.summary.is_over) && running.is_none();
        Some(Shown { which, drawn: &screen.drawn[place], is_running, can_go_on })
    };
    WatchView {
        wrong: screen.form.order().err(),
        running: running.map(|own| {
            let lasts = own.summary.plan.as_ref().map_or(0, |plan| plan.for_s);
            (own.summary.watched.as_secs(), lasts)
        }),
        choices: own
            .map(|_| (Which::Own, own_name.to_owned()))
            .into_iter()
            .chain(screen.opened.iter().map(|opened| (Which::Opened(opened.number), opened.name.clone())))
            .collect(),
        shown: shown(0),
        other: shown(1),
        comparison: comparison(screen, own).map(|compared| compared.words()),
        losses: comeback.losses().iter().rev().map(loss_row).collect(),
        path: running.and_then(|own| own.path),
        screen,
    }
}

/// The two watches that are held against each other, in figures.
pub fn comparison(screen: &Screen, own: Option<Own<'_>>) -> Option<Comparison> {
    let (one, _, _) = parts(screen, own, screen.shown)?;
    let (other, _, _) = parts(screen, own, screen.other?)?;
    Some(compare(one, other))
}

/// What is known of one watch.
pub fn parts<'a>(screen: &'a Screen, own: Option<Own<'a>>, which: Which) -> Option<(&'a Summary, &'a Trail, Ending)> {
    match which {
        Which::Own => {
            let own = own?;
            // A watch under way has not failed by not being over yet.
            let is_early = !own.is_running && !own.summary.is_over;
            Some((own.summary, own.trail, Ending { is_early, ..Ending::default() }))
        }
        Which::Opened(_) => {
            let opened = screen.find(which)?;
            Some((&opened.summary, &opened.trail, opened.ending()))
        }
    }
}

fn loss_row(lost: &Lost) -> LossRow {
    LossRow {
        time: lost.at.local(),
        by: lost.by.words(),
        back: lost.back.map(|back| short(back.since(lost.at))).unwrap_or_default(),
        helped: lost.helped.map(Way::words).unwrap_or_default(),
        vain: lost.vain,
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a cast of a float stops at the ends of the range")]
fn millis(seconds: f64) -> i64 {
    (seconds * 1e3) as i64
}

/// What is shown before and after a drop, at least, in seconds.
const AROUND_S: f64 = 30.0;
