//! `air780e replay`: a saved trace read again, event by event, and what went wrong in the end.

use std::{fs, process::ExitCode};

use super::{
    WRONG_INPUT,
    args::ReplayArgs,
    check::{
        report::Report,
        tally::Tally,
        verdict::{Failure, Verdict},
    },
};
use crate::{
    diagnosis,
    modem::{
        event::{Event, Fault},
        status::{Rung, RungState, Status},
    },
    trace::Trace,
    worker::replay,
};

/// Prints the events of a trace and its verdict.
pub(super) fn run(asked: &ReplayArgs) -> ExitCode {
    let mut report = Report::new(asked.json);
    let (verdict, code) = match read(asked) {
        Err(failure) => (Verdict::failed(failure), ExitCode::from(WRONG_INPUT)),
        Ok(trace) => {
            let verdict = play(&trace, &mut report);
            let code = if verdict.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
            (verdict, code)
        }
    };
    report.verdict(&verdict);
    code
}

fn read(asked: &ReplayArgs) -> Result<Trace, Failure> {
    let path = asked.trace.display();
    let bytes = fs::read(&asked.trace)
        .map_err(|error| Failure::plain(format!("{path}: {error}; give the path of a file that can be read")))?;
    let text = String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.split(|byte| *byte == b'\n').count();
        Failure::plain(format!("{path}: line {line}: this is no text (UTF-8); give a file that --save-trace wrote"))
    })?;
    Trace::parse(&text).map_err(|error| {
        Failure::plain(format!("{path}: {error}. Correct this line, or cut the file off before it, and try again"))
    })
}

fn play(trace: &Trace, report: &mut Report) -> Verdict {
    let mut course = Course::default();
    replay::watch(trace, |event| {
        report.event(&event);
        course.take(event);
    });
    course.end()
}

/// What a session has come to.
#[derive(Debug, Default)]
struct Course {
    status: Status,
    tally: Tally,
    trouble: Option<Trouble>,
}

/// The last thing that went wrong and was not put right.
#[derive(Debug)]
struct Trouble {
    rung: Option<Rung>,
    fault: Fault,
    /// What was known then.
    status: Status,
}

impl Course {
    fn take(&mut self, event: Event) {
        match event {
            Event::Status(status) => self.take_status(*status),
            Event::Publish(update) => self.tally.note_publish(&update),
            Event::Note { note, .. } => self.tally.note(&note),
            Event::Message(_) => self.tally.note_received(),
            Event::Rung { rung, state: RungState::Confirmed, .. } => self.put_right(rung),
            Event::SessionLost { cause, .. } => self.note(Fault::SessionLost(cause)),
            Event::Done { result: Err(fault), .. } if self.is_news(&fault) => self.note(fault),
            _ => {}
        }
    }

    /// A rung that failed says more than the line that failed it.
    fn take_status(&mut self, status: Status) {
        let failed = status.ladder.first_failed().and_then(|(rung, entry)| Some((rung, entry.fault.clone()?)));
        self.status = status;
        if let Some((rung, fault)) = failed {
            self.trouble = Some(Trouble { rung: Some(rung), fault, status: self.status.clone() });
        }
    }

    /// A refusal beside the ladder counts when it is one of a session's own lines: the rest were questions.
    fn is_news(&self, fault: &Fault) -> bool {
        let (Fault::Refused { command, .. } | Fault::BadOutcome { command, .. } | Fault::TimedOut { command, .. }) =
            fault
        else {
            return false;
        };
        let in_session =
            ["AT+MPUB", "AT+MSUB", "AT+MUNSUB", "AT+MCONNECT", "AT+MIPSTART", "AT+SSLMIPSTART", "AT+MCONFIG"];
        self.trouble.is_none() && in_session.iter().any(|name| command.starts_with(name))
    }

    fn note(&mut self, fault: Fault) {
        let rung = self.status.ladder.first_failed().map(|(rung, _)| rung);
        self.trouble = Some(Trouble { rung, fault, status: self.status.clone() });
    }

    /// After a loss only a new login puts things right.
    fn put_right(&mut self, rung: Rung) {
        let is_right = self.trouble.as_ref().is_some_and(|trouble| match &trouble.fault {
            Fault::SessionLost(_) => rung == Rung::Mqtt,
            _ => rung >= Rung::Mqtt || trouble.rung.is_some_and(|failed| rung >= failed),
        });
        if is_right {
            self.trouble = None;
        }
    }

    fn end(self) -> Verdict {
        let failure = self.trouble.map(|trouble| {
            let findings = diagnosis::judge(&trouble.status, &trouble.fault);
            Failure::new(trouble.rung, trouble.fault.to_string(), findings)
        });
        Verdict::new(failure, self.tally)
    }
}
