//! What a server said to each thing that the module can offer: taken, refused, or not to be told by a handshake.

use crate::{
    diagnosis::{Fact, Here},
    lang::Text,
    tls::{Alert, FailureCause, HelloAnswer, Suite, SuiteAnswer, TlsVersion},
};

/// What a server said to one thing offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answer {
    /// It takes it.
    Taken,
    /// It does not.
    Refused,
    /// A handshake from here cannot tell.
    Untestable,
}

impl Answer {
    /// A short stable name.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Taken => "taken",
            Self::Refused => "refused",
            Self::Untestable => "untestable",
        }
    }
}

/// One suite of the module.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuiteRow {
    /// One of the six suites of the module.
    pub suite: Suite,
    /// What the server said.
    pub answer: Answer,
    /// The same in words.
    pub detail: Fact,
}

/// The module's six suites.
pub fn suite_rows(here: &Here) -> Vec<SuiteRow> {
    let each = here.suites.as_ref().map_or(&[][..], |probe| &probe.each);
    let row = |suite: Suite| {
        let told = each.iter().find(|one| one.suite == suite).map(suite_answer);
        let (answer, detail) =
            told.unwrap_or_else(|| (Answer::Untestable, Fact::said(Text::new("fact-offer-not-tried"))));
        SuiteRow { suite, answer, detail }
    };
    Suite::ALL.into_iter().map(row).collect()
}

fn suite_answer(one: &SuiteAnswer) -> (Answer, Fact) {
    match &one.answer {
        _ if one.is_accepted() && one.suite.is_built_in() => {
            (Answer::Taken, Fact::said(Text::new("fact-offer-server-takes")))
        }
        _ if one.is_accepted() => {
            let detail = Fact::said(Text::new("fact-offer-server-takes-offer-not"));
            (Answer::Untestable, detail)
        }
        Ok(HelloAnswer::Alert(alert)) => (Answer::Refused, Fact::new(format!("alert {alert}"))),
        Ok(HelloAnswer::Accepted(hello)) => {
            let other = hello.suite;
            let detail =
                Fact::said(Text::new("fact-offer-server-answers-0x").put("other", format_args!("{other:04X}")));
            (Answer::Refused, detail)
        }
        Ok(HelloAnswer::NotTls(_) | HelloAnswer::Unexpected(_)) => (Answer::Untestable, said(&FailureCause::NotTls)),
        Err(cause @ (FailureCause::Closed | FailureCause::Broken(_))) => (Answer::Refused, said(cause)),
        Err(cause) => (Answer::Untestable, said(cause)),
    }
}

/// Why something was refused.
pub fn said(cause: &FailureCause) -> Fact {
    match cause {
        FailureCause::PeerAlert(alert) => Fact::new(format!("alert {alert}")),
        FailureCause::OwnAlert(_) | FailureCause::Library(_) => Fact::said(Text::new("fact-offer-answer-does-not-fit")),
        FailureCause::Untrusted { .. } => Fact::said(Text::new("fact-offer-certificate-not-believed")),
        FailureCause::NotTls => Fact::said(Text::new("fact-offer-answer-not-tls")),
        FailureCause::Closed | FailureCause::Broken(_) => Fact::said(Text::new("fact-offer-closed-without-word")),
        FailureCause::TimedOut => Fact::said(Text::new("fact-offer-no-answer-time")),
        FailureCause::NoConnection(_) => Fact::said(Text::new("fact-offer-no-connection")),
        FailureCause::Refused(_) => Fact::said(Text::new("fact-offer-not-testable-handshake-computer")),
    }
}

/// The versions of TLS, oldest first.
pub fn versions(here: &Here) -> Vec<(&'static str, Answer)> {
    vec![
        ("TLS1.0", old(here, TlsVersion::Tls10)),
        ("TLS1.1", old(here, TlsVersion::Tls11)),
        ("TLS1.2", tls12(here)),
        ("TLS1.3", tls13(here)),
    ]
}

fn old(here: &Here, version: TlsVersion) -> Answer {
    match here.old_versions.iter().find(|(one, _)| *one == version) {
        Some((_, Ok(HelloAnswer::Accepted(hello)))) if hello.version == version.id() => Answer::Taken,
        Some((
            _,
            Ok(HelloAnswer::Accepted(_) | HelloAnswer::Alert(_)) | Err(FailureCause::Closed | FailureCause::Broken(_)),
        )) => Answer::Refused,
        _ => Answer::Untestable,
    }
}

fn tls12(here: &Here) -> Answer {
    let freely = here.free.as_ref().map(|free| match &free.up_to_tls12 {
        Ok(established) => established.version == Some(TlsVersion::Tls12),
        Err(failure) => failure.seen.server_hello.is_some_and(|hello| hello.version == TlsVersion::Tls12.id()),
    });
    match here.together() {
        Some(Ok(HelloAnswer::Accepted(hello))) if hello.version == TlsVersion::Tls12.id() => Answer::Taken,
        _ if freely == Some(true) => Answer::Taken,
        Some(Ok(HelloAnswer::Accepted(_))) => Answer::Refused,
        Some(Ok(HelloAnswer::Alert(alert))) if *alert == Alert::PROTOCOL_VERSION => Answer::Refused,
        Some(_) if here.free.as_ref().is_some_and(|free| free.tls13.is_ok()) => Answer::Refused,
        _ => Answer::Untestable,
    }
}

fn tls13(here: &Here) -> Answer {
    match here.free.as_ref().map(|free| &free.tls13) {
        Some(Ok(_)) => Answer::Taken,
        Some(Err(failure)) if here.speaks_tls() => match failure.cause {
            FailureCause::TimedOut | FailureCause::NoConnection(_) | FailureCause::Refused(_) => Answer::Untestable,
            _ => Answer::Refused,
        },
        _ => Answer::Untestable,
    }
}
