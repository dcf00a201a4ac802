//! Restart, power, clock and what needs no topic of its own (reference, section 4).

use std::time::Duration;

use crate::{
    sim::{
        VirtualModem,
        shell::{Answer, Failure, Form, Outcome},
        virtual_modem::Task,
    },
    time::Moment,
};

/// From `OK` to the restart it announces.
const RESTART_DELAY: Duration = Duration::from_millis(150);
/// Supply voltage in millivolts.
const SUPPLY_MV: u32 = 3_836;

/// Settings that are taken and change nothing here.
pub(super) fn accept(_: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    match form {
        Form::Run(digits) if digits.len() <= 1 => Ok(Outcome::Done),
        _ => Err(Failure::UNKNOWN_COMMAND),
    }
}

pub(super) fn reset(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Run(_) => {
            restart_soon(modem, now);
            Ok(Outcome::Done)
        }
        Form::Test => Ok(Outcome::Done),
        _ => Err(Failure::UNKNOWN_COMMAND),
    }
}

/// Lets `OK` leave, then restarts.
pub(super) fn restart_soon(modem: &mut VirtualModem, now: Moment) {
    modem.agenda.add(now + RESTART_DELAY, Task::Restart);
}

/// `AT+CPOWD=1` says good-bye, `=0` does not; from then on nobody listens.
pub(super) fn power_down(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let is_gentle = form.args(Failure::PARAMETERS)?.digit(0, 0..=1)? == 1;
    modem.switch_off(now);
    if is_gentle {
        modem.say(now, "NORMAL POWER DOWN");
    }
    modem.note_answered(now);
    Ok(Outcome::Later)
}

pub(super) fn clock(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+CCLK: \"{}\"", modem.clock.local_text(now));
            modem.say(now, &text);
            Ok(Outcome::Done)
        }
        Form::Test => Ok(Outcome::Done),
        Form::Set(_) => {
            let args = form.args(Failure::PARAMETERS)?;
            let is_set = modem.clock.set_local(now, args.text(0, 20)?);
            if is_set { Ok(Outcome::Done) } else { Err(Failure::PARAMETERS) }
        }
        Form::Run(_) => Err(Failure::UNKNOWN_COMMAND),
    }
}

/// `AT+CNTP[=<server>[,<zone>]]`: sets the clock from a time server; `+CNTP: 1` follows, or 61 without a network.
pub(super) fn network_time(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Set(_) => form.args(Failure::PARAMETERS)?.expect_count(1..=3)?,
        Form::Test => return Ok(Outcome::Done),
        Form::Run(_) => {
            let span = modem.device.timing.air.draw(&mut modem.rng) * 2;
            let is_told = modem.radio.has_bearer;
            if is_told {
                modem.clock.follow_network();
            }
            modem.agenda.add(now + span, Task::Word(if is_told { "+CNTP: 1" } else { "+CNTP: 61" }));
            return Ok(Outcome::Awaited);
        }
        Form::Read => return Err(Failure::UNKNOWN_COMMAND),
    }
    Ok(Outcome::Done)
}

pub(super) fn battery(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if matches!(form, Form::Run(_) | Form::Read) {
        modem.say(now, &format!("+CBC: {SUPPLY_MV}"));
    }
    Ok(Outcome::Done)
}

/// Known from V1126 on.
pub(super) fn start_reason(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form != Form::Read || modem.device.identity.firmware.version < 1_126 {
        return Err(Failure::UNKNOWN_COMMAND);
    }
    let text = format!("*EXINFO: {}", modem.start_reason);
    modem.say(now, &text);
    Ok(Outcome::Done)
}
