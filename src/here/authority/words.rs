//! What to know of the CA file for the module: what believing it means, and what is left where none would do.

use chrono::DateTime;

use super::{Candidate, Choice, Hurdle, NoChoice, Origin};
use crate::{diagnosis::Fact, lang::Text};

impl Choice {
    /// What to know of it before it is used, a sentence each: what believing it means comes first.
    pub fn said(&self) -> Vec<Fact> {
        let best = &self.best;
        let mut said = vec![meaning(best)];
        said.extend(self.others.iter().map(|other| beside(best, other)));
        said.extend(self.unknown.as_deref().map(|issuer| cross(best, issuer)));
        said.extend((best.hurdle == Hurdle::Doubtful).then(doubt));
        said
    }
}

impl NoChoice {
    /// Why there is none, and what is left.
    pub fn said(&self) -> Fact {
        none_would(self)
    }
}

/// What believing it means.
fn meaning(best: &Candidate) -> Fact {
    Fact::said(match best.origin {
        Origin::Itself => Text::new("authority-module-file-believes-certificate"),
        Origin::Sent => Text::new("authority-module-file-believes-every"),
        Origin::System => Text::new("authority-module-file-believes-every-server"),
        Origin::Intermediate => Text::new("authority-intermediate-root-neither-sent"),
    })
}

/// Another root in which the same chain could end.
fn beside(best: &Candidate, other: &Candidate) -> Fact {
    let (mine, theirs) = (&best.facts.subject, &other.facts.subject);
    let until = day(other.facts.not_after);
    if other.works() {
        Fact::said(
            Text::new("authority-chain-signed-across-could")
                .put("theirs", theirs)
                .put("until", until)
                .put("mine", mine),
        )
    } else {
        let code = other.code.0;
        let why = match other.hurdle {
            Hurdle::Curve => Text::new("authority-way-needs-elliptic-curve"),
            _ => Text::plain(format!("verify {code}")),
        };
        Fact::said(
            Text::new("authority-chain-could-also-end").put("theirs", theirs).put("until", until).with("why", why),
        )
    }
}

/// The other side of a cross-sign, which this system does not know.
fn cross(best: &Candidate, issuer: &str) -> Fact {
    let mine = &best.facts.subject;
    if best.origin == Origin::Intermediate {
        return Fact::said(Text::new("authority-root-above-ask-where").put("issuer", issuer));
    }
    Fact::said(Text::new("authority-last-certificate-chain-signed").put("issuer", issuer).put("mine", mine))
}

fn doubt() -> Fact {
    Fact::said(Text::new("authority-no-authority-sure-do"))
}

fn none_would(none: &NoChoice) -> Fact {
    let left = Text::new("authority-left");
    Fact::said(match none {
        NoChoice::NothingShown => Text::new("authority-no-ca-file-kept"),
        NoChoice::IssuerUnknown { issuer } => Text::new("authority-no-ca-file-kept-server").put("issuer", issuer),
        NoChoice::Curves { authority } => {
            Text::new("authority-no-ca-file-kept-no").put("authority", authority).with("left", left)
        }
        NoChoice::Refused { authority, code } => Text::new("authority-no-ca-file-kept-check")
            .put("authority", authority)
            .put("verify", code.0)
            .with("left", left),
    })
}

fn day(seconds: Option<i64>) -> String {
    let time = seconds.and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    time.map_or_else(|| "?".to_owned(), |time| time.format("%Y-%m-%d").to_string())
}
