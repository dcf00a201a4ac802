//! Older ways to a bearer, and what is asked over it: `AT+SAPBR`, `AT+CGAUTH`, `AT+CIPPING` (reference, sections 4, 6.3).

use crate::{
    mqtt::Password,
    sim::{
        VirtualModem,
        context::Login,
        shell::{Answer, Args, Failure, Form, Outcome},
    },
    time::Moment,
};

/// Longest access point and host name in bytes.
const NAME_LIMIT: usize = 128;
/// Longest user and password of an access point.
const LOGIN_LIMIT: usize = 32;
/// `AT+SAPBR=2`: open.
const OPEN: u8 = 1;
/// `AT+SAPBR=2`: closed.
const CLOSED: u8 = 3;

/// `AT+SAPBR=<what>,1[,<key>,<value>]`: 3 sets, 1 opens, 2 asks, 0 closes.
pub(super) fn application(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    let args = form.args(Failure::PARAMETERS)?;
    args.digit(1, 1..=1)?;
    match args.digit(0, 0..=4)? {
        0 => set_application(modem, false),
        1 => open_application(modem),
        2 => tell_application(modem, now),
        3 => check_setting(&args),
        _ => Ok(Outcome::Done),
    }
}

fn set_application(modem: &mut VirtualModem, is_open: bool) -> Answer {
    if modem.context.is_application_open == is_open {
        return Err(Failure::NOT_ALLOWED);
    }
    modem.context.is_application_open = is_open;
    Ok(Outcome::Done)
}

fn open_application(modem: &mut VirtualModem) -> Answer {
    if modem.radio.has_bearer { set_application(modem, true) } else { Err(Failure::Plain) }
}

fn tell_application(modem: &mut VirtualModem, now: Moment) -> Answer {
    let (state, address) = if modem.context.is_application_open {
        (OPEN, modem.device.radio.address.as_str())
    } else {
        (CLOSED, "0.0.0.0")
    };
    let text = format!("+SAPBR: 1,{state},\"{address}\"");
    modem.say(now, &text);
    Ok(Outcome::Done)
}

fn check_setting(args: &Args) -> Answer {
    args.expect_count(4..=4)?;
    let key = args.text(2, 16)?.to_ascii_uppercase();
    args.text(3, NAME_LIMIT)?;
    if matches!(key.as_str(), "CONTYPE" | "APN" | "USER" | "PWD") {
        Ok(Outcome::Done)
    } else {
        Err(Failure::PARAMETERS)
    }
}

/// `AT+CGAUTH=<cid>,<auth>[,<user>,<pwd>]`: 0 none, 1 PAP, 2 CHAP.
pub(super) fn login(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Test => return Ok(Outcome::Done),
        Form::Read => {
            if let Some(login) = &modem.context.login {
                let text = format!("+CGAUTH: 1,{},\"{}\"", login.auth, login.user);
                modem.say(now, &text);
            }
            return Ok(Outcome::Done);
        }
        _ => {}
    }
    let args = form.args(Failure::PARAMETERS)?;
    args.expect_count(1..=4)?;
    let is_first_bearer = args.number(0, 1..=15)? == 1;
    let auth = if args.len() > 1 { args.digit(1, 0..=2)? } else { 0 };
    if auth > 0 {
        args.expect_count(4..=4)?;
    }
    let part = |index| if index < args.len() { args.text(index, LOGIN_LIMIT) } else { Ok("") };
    let login = Login { auth, user: part(2)?.to_owned(), password: Password::new(part(3)?) };
    if is_first_bearer {
        modem.context.login = (auth > 0).then_some(login);
    }
    Ok(Outcome::Done)
}

/// `AT+CIPPING=<host>[,<count>,…]`: needs the context of `AT+CSTT` and `AT+CIICR`.
pub(super) fn ping(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    let args = form.args(Failure::PARAMETERS)?;
    args.expect_count(1..=5)?;
    let count = if args.len() > 1 { args.digit(1, 1..=100)? } else { 4 };
    let host = args.text(0, NAME_LIMIT)?.to_owned();
    modem.ping(now, &host, count)
}
