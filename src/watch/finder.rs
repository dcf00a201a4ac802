//! The longest quiet time that a path survives, found step by step: what the keep-alive must stay below.
//!
//! Whoever asks keeps quiet for as long as [`Finder::quiet`] says, then sends one message that the broker confirms, and tells
//! what came of it. Quiet times grow until the path cuts one, which must happen twice; then the space between is halved.

use crate::lang::Text;

use std::time::Duration;

use super::words;

/// Looks for the longest quiet time.
#[derive(Clone, Debug)]
pub struct Finder {
    longest: Duration,
    /// The longest that was survived.
    survived: Option<Duration>,
    /// The shortest that was cut, twice.
    cut: Option<Duration>,
    next: Duration,
    /// `next` was cut once.
    is_suspect: bool,
    /// Tries in a row that told nothing.
    vain: u32,
}

/// What came of one quiet time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quiet {
    /// The broker confirmed the message behind it.
    Survived,
    /// The other side had closed, or confirmed nothing.
    Cut,
    /// Something else took the session away: it tells nothing of the path.
    Disturbed,
}

/// What was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found {
    /// The longest quiet time that was survived; `None` when not even the shortest was.
    pub survived: Option<Duration>,
    /// The shortest that was cut; `None` when none was.
    pub cut: Option<Duration>,
    /// It was given up, as something else took the session away again and again.
    pub is_given_up: bool,
}

impl Finder {
    /// Begins with `shortest` and ends with `longest`, at the latest.
    pub fn new(shortest: Duration, longest: Duration) -> Self {
        let shortest = shortest.max(Duration::from_secs(1));
        Self { longest: longest.max(shortest), survived: None, cut: None, next: shortest, is_suspect: false, vain: 0 }
    }

    /// How long to keep quiet next; `None` when it is found.
    pub fn quiet(&self) -> Option<Duration> {
        (!self.is_done()).then_some(self.next)
    }

    /// What came of the quiet time that [`quiet`](Self::quiet) had asked for.
    pub fn tell(&mut self, quiet: Quiet) {
        match quiet {
            Quiet::Disturbed => {
                self.vain += 1;
                return;
            }
            Quiet::Survived => {
                self.survived = self.survived.max(Some(self.next));
                self.is_suspect = false;
            }
            // Once may be chance.
            Quiet::Cut if !std::mem::replace(&mut self.is_suspect, true) => return,
            Quiet::Cut => {
                self.cut = Some(self.cut.map_or(self.next, |cut| cut.min(self.next)));
                self.is_suspect = false;
            }
        }
        self.vain = 0;
        self.next = self.following();
    }

    /// What is known so far.
    pub const fn found(&self) -> Found {
        Found { survived: self.survived, cut: self.cut, is_given_up: self.vain >= MOST_VAIN }
    }

    fn following(&self) -> Duration {
        let survived = self.survived.unwrap_or_default();
        match self.cut {
            Some(cut) => survived + cut.saturating_sub(survived) / 2,
            // Half as long again, in whole seconds.
            None => Duration::from_secs((survived.as_secs() * 3).div_ceil(2)).min(self.longest),
        }
    }

    fn is_done(&self) -> bool {
        let survived = self.survived.unwrap_or_default();
        let is_near = self.cut.is_some_and(|cut| cut.saturating_sub(survived) <= NEAR.max(cut / 10));
        is_near || self.cut.is_none() && survived >= self.longest || self.vain >= MOST_VAIN
    }
}

impl Found {
    /// The keep-alive that is safe on this path, in whole tens of seconds below three quarters of what was survived, and from 60
    /// to 240 s as the vendor's tutorial advises; `None` when the path does not even bear that.
    pub fn safe(&self) -> Option<Duration> {
        let survived = self.survived?.as_secs();
        let tens = survived * 3 / 4 / 10 * 10;
        (tens >= LEAST_KEEP_ALIVE).then(|| Duration::from_secs(tens.min(MOST_KEEP_ALIVE)))
    }

    /// What it comes to.
    pub fn words(&self) -> Text {
        let survived = self.survived.map(words::span);
        let cut = self.cut.map(words::span);
        let what = match (survived, cut) {
            (Some(survived), Some(cut)) => {
                Text::new("watch-quiet-time-survived-cut").with("survived", survived).with("cut", cut)
            }
            (Some(survived), None) => Text::new("watch-every-quiet-time-up").with("survived", survived),
            (None, Some(cut)) => Text::new("watch-already-quiet-time-cut").with("cut", cut),
            (None, None) => Text::new("watch-nothing-found"),
        };
        let advice = match self.safe() {
            Some(safe) => Text::new("watch-keep-alive-safe-here").put("safe", safe.as_secs()),
            None if self.survived.is_some() && self.cut.is_none() => Text::new("watch-try-longer-ones-know"),
            None => Text::new("watch-path-bears-no-usual"),
        };
        let key = if self.is_given_up { "watch-quiet-given-up" } else { "watch-quiet" };
        Text::new(key).with("what", what).with("advice", advice)
    }
}

/// So near the truth is near enough.
const NEAR: Duration = Duration::from_secs(10);
/// So many disturbed tries in a row, and the path is not to be measured.
const MOST_VAIN: u32 = 5;
/// Bounds of a sensible keep-alive, in seconds (reference, section 10).
const LEAST_KEEP_ALIVE: u64 = 60;
const MOST_KEEP_ALIVE: u64 = 240;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    fn secs(seconds: u64) -> Duration {
        Duration::from_secs(seconds)
    }

    /// Looks on a path that cuts whatever is quiet for `limit`; gives what was found, and how long it was quiet in all.
    fn on_path(limit: u64) -> (Found, Duration) {
        let mut finder = Finder::new(secs(30), secs(1_200));
        let mut spent = Duration::ZERO;
        while let Some(quiet) = finder.quiet() {
            spent += quiet;
            finder.tell(if quiet >= secs(limit) { Quiet::Cut } else { Quiet::Survived });
            assert!(spent < Duration::from_hours(6), "it does not end: {finder:?}");
        }
        (finder.found(), spent)
    }

    #[test]
    fn any_limit_is_found() {
        for limit in (20..1_300).step_by(7) {
            let (found, _) = on_path(limit);
            let below = found.survived.unwrap_or_default();
            assert!(below < secs(limit), "{limit}: {found:?}");
            match found.cut {
                Some(cut) => {
                    assert!(
                        cut >= secs(limit) && cut.saturating_sub(below) <= NEAR.max(cut / 10),
                        "{limit}: {found:?}"
                    );
                }
                None => assert!(limit > 1_200, "{limit}: {found:?}"),
            }
            assert!(found.safe().is_none_or(|safe| safe < secs(limit)), "{limit}: {found:?}");
        }
    }

    #[test]
    fn one_cut_may_be_chance_and_what_disturbs_tells_nothing() {
        let mut finder = Finder::new(secs(30), secs(60));
        finder.tell(Quiet::Cut);
        assert_eq!(finder.quiet(), Some(secs(30)), "once more");
        finder.tell(Quiet::Survived);
        finder.tell(Quiet::Disturbed);
        assert_eq!(finder.quiet(), Some(secs(45)));
        finder.tell(Quiet::Survived);
        finder.tell(Quiet::Survived);
        assert_eq!((finder.quiet(), finder.found().survived), (None, Some(secs(60))));
        let mut lost = Finder::new(secs(30), secs(60));
        for _ in 0..5 {
            lost.tell(Quiet::Disturbed);
        }
        assert!(lost.quiet().is_none() && lost.found().is_given_up);
    }

    #[test]
    fn it_is_said_with_the_safe_value() {
        let found = Found { survived: Some(secs(190)), cut: Some(secs(205)), is_given_up: false };
        assert_eq!(found.safe(), Some(secs(140)));
        assert!(
            found.words().to(Lang::En).ends_with("; a keep-alive of 140 s is safe here."),
            "{}",
            found.words().to(Lang::En)
        );
        let bad = Found { survived: Some(secs(40)), cut: Some(secs(50)), is_given_up: false };
        assert!(
            bad.safe().is_none() && bad.words().to(Lang::ZhCn).contains("无法维持"),
            "{}",
            bad.words().to(Lang::ZhCn)
        );
    }
}
