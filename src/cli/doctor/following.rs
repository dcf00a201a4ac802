//! A log that goes on while it is looked at: what it comes to is told again whenever that is something else.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use crossbeam_channel::bounded;

use super::{refusals, told};
use crate::{
    cli::{WRONG_INPUT, args::DoctorArgs, print_line, say_to_user, signals::StopSignal},
    doctor::{Judge, Origin},
    lang::Lang,
    record::{Options, Reader},
};

/// Tells what the log comes to until somebody wants it to end; the exit code is that of the last time.
pub(super) fn follow(asked: &DoctorArgs, options: &Options, lang: Lang) -> ExitCode {
    let Ok(stop) = StopSignal::listen() else { return ExitCode::from(WRONG_INPUT) };
    let origin = Origin::File(PathBuf::from(&asked.files[0]));
    let (mut before, mut code) = (None, WRONG_INPUT);
    // Nobody sends: it is only waited on.
    let (_sender, nothing) = bounded::<()>(0);
    while !stop.is_asked() {
        let stamp = origin.stamp();
        let (mut judge, mut reader) = (Judge::new(asked.messages && asked.json), Reader::new(options.clone()));
        let read =
            origin.open().and_then(|mut source| judge.read(&mut source, &mut reader, &mut |_, _, _| !stop.is_asked()));
        let bytes = judge.understood();
        let findings = judge.conclude(&asked.files[0], &reader, read.is_err());
        let now = match read {
            Ok(()) => told(&findings, asked, true, lang),
            Err(fault) => {
                say_to_user(&format!("air780e: {}: {}", asked.files[0], refusals::stopped(&fault).to(lang)));
                None
            }
        };
        code = findings.result.exit_code();
        if now != before && now.is_some() {
            print_line(now.as_deref().unwrap_or_default());
            before = now;
        }
        let pause = LEAST_PAUSE + Duration::from_micros(bytes / RESTED_BYTES);
        let mut waited = Duration::ZERO;
        while !stop.is_asked() && (waited < pause || origin.stamp() == stamp) {
            let _ = nothing.recv_timeout(LOOK);
            waited += LOOK;
        }
    }
    ExitCode::from(code)
}

/// How often the file is looked at, and how long it is let alone at least after it was read: a microsecond more for so many bytes.
const LOOK: Duration = Duration::from_millis(100);
const LEAST_PAUSE: Duration = Duration::from_millis(400);
const RESTED_BYTES: u64 = 20;
