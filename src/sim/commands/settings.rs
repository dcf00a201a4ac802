//! The classic settings that `AT&W` stores (reference, sections 1, 2 and 4).

use crate::{
    sim::{
        VirtualModem,
        shell::{Answer, Failure, Form, Outcome},
    },
    time::Moment,
};

/// Rates that `AT+IPR` takes; 0 is automatic.
const RATES: [u32; 13] =
    [0, 600, 1_200, 2_400, 4_800, 9_600, 14_400, 19_200, 38_400, 57_600, 115_200, 230_400, 460_800];
/// The fastest of them, which does not fit into the row above.
const FASTEST: u32 = 921_600;

/// What `AT&W` stores and `AT&F` resets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sim) struct Settings {
    pub(in crate::sim) is_echoing: bool,
    /// 0 plain `ERROR`, 1 numbers, 2 words. Numbers are what every log shows without a setting.
    pub(in crate::sim) cmee: u8,
    /// Fixed rate; 0 when automatic.
    pub(in crate::sim) ipr: u32,
    pub(in crate::sim) cscs: String,
    pub(in crate::sim) creg: u8,
    pub(in crate::sim) cgreg: u8,
    pub(in crate::sim) cereg: u8,
    /// What `AT+CFGRI` set; only `AT+CFGRISAVE=1` keeps it.
    pub(in crate::sim) ring: u8,
}

impl Default for Settings {
    fn default() -> Self {
        Self { is_echoing: true, cmee: 1, ipr: 0, cscs: "GSM".to_owned(), creg: 0, cgreg: 0, cereg: 0, ring: 0 }
    }
}

impl Settings {
    /// The three registration reports and their modes.
    pub(in crate::sim) const fn registration_reports(&self) -> [(&'static str, u8); 3] {
        [("+CREG", self.creg), ("+CGREG", self.cgreg), ("+CEREG", self.cereg)]
    }
}

pub(super) fn echo(modem: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    let is_echoing = match form {
        Form::Run(digits) if digits.is_empty() || digits == b"0" => false,
        Form::Run(digits) if digits == b"1" => true,
        _ => return Err(Failure::UNKNOWN_COMMAND),
    };
    modem.settings.is_echoing = is_echoing;
    modem.shell.is_echoing = is_echoing;
    Ok(Outcome::Done)
}

/// `ATS3` takes only 13.
pub(super) fn line_end(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    register(modem, now, form, "13")
}

/// `ATS4` takes only 10.
pub(super) fn line_feed(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    register(modem, now, form, "10")
}

/// `ATS5` stays at 8.
pub(super) fn backspace(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    register(modem, now, form, "8")
}

fn register(modem: &mut VirtualModem, now: Moment, form: &Form, value: &str) -> Answer {
    match form {
        Form::Read => modem.say(now, &format!("{value:0>3}")),
        Form::Set(digits) if digits == value.as_bytes() => {}
        _ => return Err(Failure::UNKNOWN_COMMAND),
    }
    Ok(Outcome::Done)
}

pub(super) fn store(modem: &mut VirtualModem, _: Moment, _: &Form) -> Answer {
    let (ring, ipr) = (modem.saved.ring, modem.saved.ipr);
    modem.saved = Settings { ring, ..modem.settings.clone() };
    if modem.device.identity.firmware.version < STORES_RATE_SINCE {
        modem.saved.ipr = ipr;
    }
    Ok(Outcome::Done)
}

/// From this firmware on `AT&W` stores the rate.
const STORES_RATE_SINCE: u16 = 1_026;

/// `AT+CFGRI`: the ring line, which nobody sees here.
pub(super) fn ring(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+CFGRI: {}", modem.settings.ring);
            modem.say(now, &text);
        }
        Form::Test => {}
        _ => modem.settings.ring = form.args(Failure::PARAMETERS)?.digit(0, 0..=255)?,
    }
    Ok(Outcome::Done)
}

/// `AT+CFGRISAVE=1` keeps the ring line's setting through restarts (reference, section 17).
pub(super) fn keep_ring(modem: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    if *form != Form::Test && form.args(Failure::PARAMETERS)?.digit(0, 0..=1)? == 1 {
        modem.saved.ring = modem.settings.ring;
    }
    Ok(Outcome::Done)
}

/// `AT&F`; the rate is part of it only from V1155 on.
pub(super) fn factory(modem: &mut VirtualModem, _: Moment, _: &Form) -> Answer {
    let mut fresh = Settings::default();
    if modem.device.identity.firmware.version < 1_155 {
        fresh.ipr = modem.settings.ipr;
    }
    modem.shell.is_echoing = fresh.is_echoing;
    modem.settings = fresh;
    Ok(Outcome::Done)
}

pub(super) fn factory_restart(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let answer = factory(modem, now, form)?;
    modem.saved = modem.settings.clone();
    super::general::restart_soon(modem, now);
    Ok(answer)
}

pub(super) fn cmee(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        // The blank stands before the colon (reference, section 4).
        Form::Read => {
            let text = format!("+CMEE :{}", modem.settings.cmee);
            modem.say(now, &text);
        }
        Form::Test => modem.say(now, "+CMEE: (0-2)"),
        _ => modem.settings.cmee = form.args(Failure::PARAMETERS)?.digit(0, 0..=2)?,
    }
    Ok(Outcome::Done)
}

pub(super) fn ipr(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+IPR: {}", modem.settings.ipr);
            modem.say(now, &text);
        }
        Form::Test => {
            let rates: Vec<_> = RATES.iter().chain([&FASTEST]).map(u32::to_string).collect();
            modem.say(now, &format!("+IPR: ({})", rates.join(",")));
        }
        _ => {
            let rate = form.args(Failure::PARAMETERS)?.number(0, 0..=FASTEST)?;
            if rate != FASTEST && !RATES.contains(&rate) {
                return Err(Failure::PARAMETERS);
            }
            modem.settings.ipr = rate;
        }
    }
    Ok(Outcome::Done)
}

pub(super) fn cscs(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    match form {
        Form::Read => {
            let text = format!("+CSCS: \"{}\"", modem.settings.cscs);
            modem.say(now, &text);
        }
        Form::Test => modem.say(now, "+CSCS: (\"GSM\",\"UCS2\",\"HEX\")"),
        _ => {
            let args = form.args(Failure::PARAMETERS)?;
            let name = args.text(0, 4)?;
            if !["GSM", "UCS2", "HEX"].contains(&name) {
                return Err(Failure::PARAMETERS);
            }
            name.clone_into(&mut modem.settings.cscs);
        }
    }
    Ok(Outcome::Done)
}
