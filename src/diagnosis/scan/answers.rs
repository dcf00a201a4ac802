//! What a server said to each thing that the module can offer: taken, refused, or not to be told by a handshake.

use crate::{
    diagnosis::{Fact, Here},
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
    /// Which.
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
        let (answer, detail) = told.unwrap_or_else(|| (Answer::Untestable, Fact::both("not tried", "未测试")));
        SuiteRow { suite, answer, detail }
    };
    Suite::ALL.into_iter().map(row).collect()
}

fn suite_answer(one: &SuiteAnswer) -> (Answer, Fact) {
    match &one.answer {
        _ if one.is_accepted() && one.suite.is_built_in() => {
            (Answer::Taken, Fact::both("the server takes it", "服务器接受"))
        }
        _ if one.is_accepted() => {
            let detail = Fact::both(
                "the server takes the offer; not testable by handshake on this computer",
                "服务器接受该请求；本电脑无法以握手测试",
            );
            (Answer::Untestable, detail)
        }
        Ok(HelloAnswer::Alert(alert)) => (Answer::Refused, Fact::new(format!("alert {alert}"))),
        Ok(HelloAnswer::Accepted(hello)) => {
            let other = hello.suite;
            let detail = Fact::both(
                format!("the server answers with 0x{other:04X}"),
                format!("服务器以其他套件应答： 0x{other:04X}"),
            );
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
        FailureCause::OwnAlert(_) | FailureCause::Library(_) => {
            Fact::both("the answer does not fit the offer", "应答与请求不符")
        }
        FailureCause::Untrusted { .. } => Fact::both("the certificate is not believed", "证书不被信任"),
        FailureCause::NotTls => Fact::both("the answer is not TLS", "应答不是 TLS"),
        FailureCause::Closed | FailureCause::Broken(_) => Fact::both("closed without a word", "未作应答即断开"),
        FailureCause::TimedOut => Fact::both("no answer in time", "超时无应答"),
        FailureCause::NoConnection(_) => Fact::both("no connection", "无法连接"),
        FailureCause::Refused(_) => Fact::both("not testable by handshake on this computer", "本电脑无法以握手测试"),
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
