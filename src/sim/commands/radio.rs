//! Card, signal, registration and bearer as commands show and change them (reference, sections 4 and 6.3).

use crate::{
    mqtt::Password,
    sim::{
        Chip, VirtualModem,
        radio::PIN_TRIES,
        shell::{Answer, Args, Failure, Form, Outcome},
        virtual_modem::Task,
    },
    time::Moment,
};

use super::{Settings, general};

/// Prints one line, then `OK`.
fn tell(modem: &mut VirtualModem, now: Moment, text: &str) -> Answer {
    modem.say(now, text);
    Ok(Outcome::Done)
}

pub(super) fn pin(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => match modem.radio.usable_card() {
            Ok(()) => tell(modem, now, "+CPIN: READY"),
            Err(Failure::PIN_REQUIRED) => tell(modem, now, "+CPIN: SIM PIN"),
            Err(Failure::PUK_REQUIRED) => tell(modem, now, "+CPIN: SIM PUK"),
            Err(failure) => Err(failure),
        },
        Form::Test => Ok(Outcome::Done),
        _ => enter_pin(modem, now, form),
    }
}

fn enter_pin(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    modem.radio.readable_card()?;
    let args = form.args(Failure::PARAMETERS)?;
    if modem.radio.card.pin_tries == 0 {
        unblock(modem, &args)?;
    } else if modem.radio.card.is_locked {
        try_pin(modem, &args)?;
    } else {
        return Err(Failure::NOT_ALLOWED);
    }
    modem.radio.card.is_locked = false;
    modem.radio.card.pin_tries = PIN_TRIES;
    modem.search(now);
    tell(modem, now, "+CPIN: READY")
}

/// The third wrong PIN blocks the card.
fn try_pin(modem: &mut VirtualModem, args: &Args) -> Result<(), Failure> {
    if modem.device.card.pin.as_ref().is_some_and(|pin| args.text(0, 8) == Ok(pin.reveal())) {
        return Ok(());
    }
    modem.radio.card.pin_tries -= 1;
    Err(if modem.radio.card.pin_tries == 0 { Failure::PUK_REQUIRED } else { Failure::WRONG_PIN })
}

/// `AT+CPIN=<puk>,<new pin>`
fn unblock(modem: &mut VirtualModem, args: &Args) -> Result<(), Failure> {
    args.expect_count(2..=2)?;
    if args.text(0, 8)? != modem.device.card.puk.reveal() {
        return Err(Failure::WRONG_PIN);
    }
    modem.device.card.pin = Some(Password::new(args.text(1, 8)?));
    Ok(())
}

pub(super) fn signal(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let rssi = modem.radio.shown_rssi();
    let text = if *form == Form::Test {
        "+CSQ: (0-31,99),(0-7,99)".to_owned()
    } else {
        format!("+CSQ: {rssi},{}", if rssi == 99 { 99 } else { 0 })
    };
    tell(modem, now, &text)
}

/// `AT+CESQ`: only the last two values mean something in LTE; 99 and 255 are unknown.
pub(super) fn extended_signal(modem: &mut VirtualModem, now: Moment, _: &Form) -> Answer {
    let text = match modem.radio.shown_rssi() {
        99 => "+CESQ: 99,99,255,255,255,255".to_owned(),
        rssi => format!("+CESQ: 99,99,255,255,{},{}", 12 + rssi / 2, 20 + u16::from(rssi) * 3 / 2),
    };
    tell(modem, now, &text)
}

pub(super) fn system(modem: &mut VirtualModem, now: Moment, _: &Form) -> Answer {
    let text = if modem.radio.is_registered() { "^SYSINFO: 2,3,0,17,1" } else { "^SYSINFO: 0,0,0,0,1" };
    tell(modem, now, text)
}

pub(super) fn creg(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    registration(modem, now, form, "+CREG", |settings| &mut settings.creg)
}

pub(super) fn cgreg(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    registration(modem, now, form, "+CGREG", |settings| &mut settings.cgreg)
}

pub(super) fn cereg(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    registration(modem, now, form, "+CEREG", |settings| &mut settings.cereg)
}

fn registration(
    modem: &mut VirtualModem,
    now: Moment,
    form: &Form,
    name: &str,
    mode: fn(&mut Settings) -> &mut u8,
) -> Answer {
    match form {
        Form::Read => {
            let mode = *mode(&mut modem.settings);
            let text = format!("{name}: {mode},{}", modem.registration_text(mode));
            modem.say(now, &text);
        }
        Form::Test => modem.say(now, &format!("{name}: (0-2)")),
        _ => *mode(&mut modem.settings) = form.args(Failure::PARAMETERS)?.digit(0, 0..=2)?,
    }
    Ok(Outcome::Done)
}

/// `AT+CGEREP`: taken, and reports come anyway; the newer chip refuses it (reference, section 19).
pub(super) fn reporting(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if modem.device.identity.chip == Chip::Ec718 {
        return Err(Failure::Plain);
    }
    match form {
        Form::Read => tell(modem, now, "+CGEREP: 0,0"),
        Form::Test => tell(modem, now, "+CGEREP: (0-2),(0,1)"),
        Form::Set(_) => {
            let args = form.args(Failure::PARAMETERS)?;
            args.expect_count(1..=2)?;
            args.digit(0, 0..=2)?;
            Ok(Outcome::Done)
        }
        Form::Run(_) => Err(Failure::UNKNOWN_COMMAND),
    }
}

pub(super) fn attach(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+CGATT: {}", u8::from(modem.radio.is_attached));
            tell(modem, now, &text)
        }
        Form::Test => tell(modem, now, "+CGATT: (0,1)"),
        _ => {
            let is_wanted = form.args(Failure::PARAMETERS)?.digit(0, 0..=1)? == 1;
            if modem.radio.function != 1 {
                return Err(Failure::RADIO_OFF);
            }
            modem.set_attached(now, is_wanted);
            slowly(modem, now)
        }
    }
}

/// Ends with `OK` after the time that the radio takes.
fn slowly(modem: &mut VirtualModem, now: Moment) -> Answer {
    let at = now + modem.device.timing.answer.radio.draw(&mut modem.rng);
    modem.agenda.add(at, Task::Finish(Ok(Outcome::Done)));
    Ok(Outcome::Later)
}

/// `AT+COPS?`. Before V1170 its value was wrong in a way that no document describes; here it is right.
pub(super) fn operator(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read if modem.radio.is_registered() => {
            let text = format!("+COPS: 0,2,\"{}\",7", modem.device.radio.operator);
            tell(modem, now, &text)
        }
        Form::Read => tell(modem, now, "+COPS: 0"),
        Form::Set(_) => {
            form.args(Failure::PARAMETERS)?.digit(0, 0..=4)?;
            slowly(modem, now)
        }
        _ => Err(Failure::UNKNOWN_COMMAND),
    }
}

pub(super) fn contexts(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let address = if modem.radio.has_bearer { modem.device.radio.address.as_str() } else { "" };
            let saved = modem.access_point.as_ref().map(|saved| saved.name.as_str());
            let apn = saved.unwrap_or(&modem.device.radio.apn);
            let text = format!("+CGDCONT: 1,\"IP\",\"{apn}\",\"{address}\",0,0");
            tell(modem, now, &text)
        }
        Form::Test => tell(modem, now, "+CGDCONT: (1-15),\"IP\",,,(0-2),(0-2)"),
        _ => {
            let args = form.args(Failure::PARAMETERS)?;
            args.expect_count(1..=7)?;
            let cid = args.number(0, 1..=15)?;
            if cid == 1 && args.len() >= 3 {
                args.text(2, 128)?.clone_into(&mut modem.device.radio.apn);
            }
            Ok(Outcome::Done)
        }
    }
}

pub(super) fn address(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if let Form::Set(_) = form {
        form.args(Failure::PARAMETERS)?.number(0, 1..=15)?;
    }
    match form {
        Form::Test => tell(modem, now, "+CGPADDR: (1)"),
        Form::Read => Err(Failure::UNKNOWN_COMMAND),
        _ if modem.radio.has_bearer => {
            let text = format!("+CGPADDR: 1,\"{}\"", modem.device.radio.address);
            tell(modem, now, &text)
        }
        _ => tell(modem, now, "+CGPADDR: 1"),
    }
}

pub(super) fn bearer(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+CGACT: 1,{}", u8::from(modem.radio.has_bearer));
            tell(modem, now, &text)
        }
        Form::Test => tell(modem, now, "+CGACT: (0,1)"),
        _ => {
            let args = form.args(Failure::PARAMETERS)?;
            args.expect_count(1..=2)?;
            let is_wanted = args.digit(0, 0..=1)? == 1;
            if is_wanted && !modem.radio.is_attached {
                return Err(Failure::NO_NETWORK);
            }
            modem.set_bearer(now, is_wanted);
            slowly(modem, now)
        }
    }
}

pub(super) fn function(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+CFUN: {}", modem.radio.function);
            return tell(modem, now, &text);
        }
        Form::Test => return tell(modem, now, "+CFUN: (0,1,4),(0,1)"),
        _ => {}
    }
    let args = form.args(Failure::PARAMETERS)?;
    args.expect_count(1..=2)?;
    let function = args.digit(0, 0..=4)?;
    if !matches!(function, 0 | 1 | 4) {
        return Err(Failure::PARAMETERS);
    }
    if args.len() == 2 && args.digit(1, 0..=1)? == 1 {
        general::restart_soon(modem, now);
        return Ok(Outcome::Done);
    }
    modem.set_function(now, function);
    slowly(modem, now)
}
