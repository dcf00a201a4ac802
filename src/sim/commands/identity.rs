//! Who the module and its card are (reference, section 4).

use crate::{
    sim::{
        Chip, VirtualModem,
        shell::{Answer, Form, Outcome},
    },
    time::Moment,
};

/// Prints one line; the test form prints nothing.
fn tell(modem: &mut VirtualModem, now: Moment, form: &Form, text: &str) -> Answer {
    if *form != Form::Test {
        modem.say(now, text);
    }
    Ok(Outcome::Done)
}

pub(super) fn firmware(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let name = modem.device.identity.firmware.name();
    tell(modem, now, form, &name)
}

pub(super) fn maker(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    tell(modem, now, form, "+CGMI: \"AirM2M\"")
}

pub(super) fn model(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let text = format!("+CGMM: \"{}\"", model_name(modem));
    tell(modem, now, form, &text)
}

pub(super) fn revision(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let text = format!("+CGMR: \"{}\"", modem.device.identity.firmware.name());
    tell(modem, now, form, &text)
}

pub(super) fn imei(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let imei = modem.device.identity.imei.clone();
    tell(modem, now, form, &imei)
}

pub(super) fn imsi(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    modem.radio.usable_card()?;
    let imsi = modem.device.card.imsi.clone();
    tell(modem, now, form, &imsi)
}

pub(super) fn ccid(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    modem.radio.readable_card()?;
    let iccid = modem.device.card.iccid.clone();
    tell(modem, now, form, &iccid)
}

pub(super) fn iccid(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    modem.radio.readable_card()?;
    let text = format!("+ICCID: {}", modem.device.card.iccid);
    tell(modem, now, form, &text)
}

pub(super) fn platform(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let text = format!("^HVER: {}", chip_name(modem));
    tell(modem, now, form, &text)
}

/// `AT*I`: one block with everything.
pub(super) fn everything(modem: &mut VirtualModem, now: Moment, _: &Form) -> Answer {
    let identity = &modem.device.identity;
    let (iccid, imsi) = if modem.radio.readable_card().is_ok() {
        (modem.device.card.iccid.as_str(), modem.device.card.imsi.as_str())
    } else {
        ("", "")
    };
    let block = [
        "Manufacturer:AirM2M".to_owned(),
        format!("Model:{}", model_name(modem)),
        format!("Revision:{}", identity.firmware.name()),
        format!("HWver:{}", chip_name(modem)),
        "Buildtime:Oct 10 2024 10:24:00".to_owned(),
        format!("IMEI:{}", identity.imei),
        format!("ICCID:{iccid}"),
        format!("IMSI:{imsi}"),
    ];
    for line in block {
        modem.say(now, &line);
    }
    Ok(Outcome::Done)
}

fn model_name(modem: &VirtualModem) -> String {
    format!("Air{}", modem.device.identity.firmware.model)
}

const fn chip_name(modem: &VirtualModem) -> &'static str {
    match modem.device.identity.chip {
        Chip::Ec618 => "EC618",
        Chip::Ec718 => "EC718",
    }
}
