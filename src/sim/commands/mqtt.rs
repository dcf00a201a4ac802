//! MQTT commands other than publishing (reference, sections 11.1 to 11.4, 11.7 and 11.9).

use crate::{
    sim::{
        VirtualModem,
        client::{Login, Publication},
        shell::{Answer, Args, Failure, Form, Outcome},
    },
    time::Moment,
};

/// Longest client id, user, password and topic, in bytes.
pub(super) const NAME_LIMIT: usize = 256;
/// Longest message of the will.
const WILL_LIMIT: usize = 1_360;
/// Longest host; not documented, taken from `AT+CDNSGIP`.
const HOST_LIMIT: usize = 128;
/// Longest keep alive that is taken without asking for more.
const KEEP_ALIVE_LIMIT: u32 = 300;
/// The firmware that allows more.
const LONG_KEEP_ALIVE_SINCE: u16 = 1_161;

/// Prints one line, then `OK`.
fn tell(modem: &mut VirtualModem, now: Moment, text: &str) -> Answer {
    modem.say(now, text);
    Ok(Outcome::Done)
}

/// Every network command fails in flight mode.
fn radio_on(modem: &VirtualModem) -> Result<(), Failure> {
    if modem.radio.function == 1 { Ok(()) } else { Err(Failure::RADIO_OFF) }
}

pub(super) fn configure(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        let text = "+MCONFIG: <clientid>[,<username>,<password>[,(0-2),(0,1),<will_topic>,<will_message>]]";
        return tell(modem, now, text);
    }
    modem.session.login = Some(login(&form.args(Failure::Plain)?)?);
    Ok(Outcome::Done)
}

/// One, three or seven arguments; the will is written QoS, retain, topic, message.
fn login(args: &Args) -> Result<Login, Failure> {
    let has_credentials = match args.len() {
        1 => false,
        3 | 7 => true,
        _ => return Err(Failure::Plain),
    };
    let will = match args.len() {
        7 => Some(Publication {
            qos: args.digit(3, 0..=2)?,
            is_retained: args.digit(4, 0..=1)? == 1,
            topic: utf8(args.quoted(5, NAME_LIMIT)?)?,
            payload: args.quoted(6, WILL_LIMIT)?.to_vec(),
        }),
        _ => None,
    };
    Ok(Login {
        client_id: args.text(0, NAME_LIMIT)?.to_owned(),
        user: if has_credentials { args.text(1, NAME_LIMIT)?.to_owned() } else { String::new() },
        password: if has_credentials { args.bytes(2, NAME_LIMIT)?.to_vec() } else { Vec::new() },
        will,
    })
}

fn utf8(bytes: &[u8]) -> Result<String, Failure> {
    String::from_utf8(bytes.to_vec()).map_err(|_| Failure::Plain)
}

pub(super) fn multiplex(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+CIPMUX: {}", u8::from(modem.session.is_multiplexed));
            tell(modem, now, &text)
        }
        Form::Test => tell(modem, now, "+CIPMUX: (0,1)"),
        _ => {
            let is_multiplexed = form.args(Failure::PARAMETERS)?.digit(0, 0..=1)? == 1;
            if modem.session.link().is_some() {
                return Err(Failure::NOT_ALLOWED);
            }
            modem.session.is_multiplexed = is_multiplexed;
            Ok(Outcome::Done)
        }
    }
}

pub(super) fn open(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    open_by(modem, now, form, "+MIPSTART", false)
}

pub(super) fn open_encrypted(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    open_by(modem, now, form, "+SSLMIPSTART", true)
}

fn open_by(modem: &mut VirtualModem, now: Moment, form: &Form, name: &str, is_encrypted: bool) -> Answer {
    if *form == Form::Test {
        modem.say(now, &format!("{name}:\"(0,255).(0,255).(0,255).(0,255)\",(1-65535)"));
        return tell(modem, now, &format!("{name}:\"DOMAIN NAME\",(1-65535)"));
    }
    let args = form.args(Failure::Plain)?;
    args.expect_count(2..=2)?;
    let host = args.text(0, HOST_LIMIT)?;
    let port = u16::try_from(args.number(1, 1..=65_535)?).map_err(|_| Failure::Plain)?;
    if host.is_empty() {
        return Err(Failure::Plain);
    }
    radio_on(modem)?;
    modem.open_link(now, host, port, is_encrypted)
}

pub(super) fn log_in(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return tell(modem, now, "+MCONNECT:(0-1),(1-65535)");
    }
    let args = form.args(Failure::Plain)?;
    args.expect_count(if has_two_parameter_fault(modem) { 3..=3 } else { 2..=3 })?;
    let is_clean = args.digit(0, 0..=1)? == 1;
    let asked = args.number(1, 1..=65_535)?;
    let may_be_long = args.len() == 3
        && args.digit(2, 0..=1)? == 1
        && modem.device.identity.firmware.version >= LONG_KEEP_ALIVE_SINCE;
    let seconds = if may_be_long { asked } else { asked.min(KEEP_ALIVE_LIMIT) };
    modem.log_in(now, is_clean, u16::try_from(seconds).map_err(|_| Failure::Plain)?)
}

/// Builds for low power refused the two-parameter form before V1156 (reference, section 18).
fn has_two_parameter_fault(modem: &VirtualModem) -> bool {
    let firmware = &modem.device.identity.firmware;
    firmware.suffix == "LPAT" && firmware.version < 1_156
}

pub(super) fn subscribe(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return tell(modem, now, "+MSUB:<topic>,(0-2)");
    }
    let args = form.args(Failure::Plain)?;
    args.expect_count(2..=2)?;
    let filter = topic(&args)?;
    let qos = args.digit(1, 0..=2)?;
    modem.subscribe(now, &filter, qos)
}

pub(super) fn unsubscribe(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return tell(modem, now, "+MUNSUB:<topic>");
    }
    let args = form.args(Failure::Plain)?;
    args.expect_count(1..=1)?;
    let filter = topic(&args)?;
    modem.unsubscribe(now, &filter)
}

/// The first argument as a topic. The module's client carries UTF-8 only.
pub(super) fn topic(args: &Args) -> Result<String, Failure> {
    let topic = args.text(0, NAME_LIMIT)?;
    if topic.is_empty() { Err(Failure::Plain) } else { Ok(topic.to_owned()) }
}

pub(super) fn log_out(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Run(_) => modem.log_out(now),
        Form::Test => Ok(Outcome::Done),
        _ => Err(Failure::Plain),
    }
}

pub(super) fn close(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Run(_) => modem.close_link(now),
        Form::Test => Ok(Outcome::Done),
        _ => Err(Failure::Plain),
    }
}

/// The blank stands before the colon (reference, section 11.9).
pub(super) fn status(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    let text = format!("+MQTTSTATU :{}", modem.session.status());
    tell(modem, now, &text)
}

pub(super) fn message_mode(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+MQTTMSGSET:{}", u8::from(modem.session.inbox.is_caching));
            tell(modem, now, &text)
        }
        Form::Test => tell(modem, now, "+MQTTMSGSET:(0,1)"),
        _ => {
            modem.session.inbox.is_caching = form.args(Failure::Plain)?.digit(0, 0..=1)? == 1;
            Ok(Outcome::Done)
        }
    }
}

pub(super) fn messages(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            for (slot, is_valid) in modem.session.inbox.valid().into_iter().enumerate() {
                let state = if is_valid { "VALID" } else { "INVALID" };
                modem.say(now, &format!("+MQTTMSGGET: {slot},{state}"));
            }
        }
        Form::Run(_) => modem.print_kept(now),
        Form::Test => {}
        Form::Set(_) => return Err(Failure::Plain),
    }
    Ok(Outcome::Done)
}
