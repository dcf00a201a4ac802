//! Files (reference, section 8).

use std::time::Duration;

use crate::{
    sim::{
        VirtualModem,
        files::FileWrite,
        shell::{Answer, Args, Data, Failure, Form, Outcome, Target},
    },
    time::Moment,
};

/// Longest file name in bytes.
const NAME_LIMIT: usize = 64;
/// Most bytes of one read or write.
const BLOCK_LIMIT: u32 = 10_240;
/// From this firmware on file contents may come with a head.
const READ_HEAD_SINCE: u16 = 1_118;

/// The first argument as a file name.
fn name(args: &Args) -> Result<String, Failure> {
    let name = args.text(0, NAME_LIMIT)?;
    on_own_drive(name)?;
    let plain = name.trim_start_matches("C:").trim_start_matches('/');
    if plain.is_empty() { Err(Failure::Plain) } else { Ok(plain.to_owned()) }
}

/// There is no memory card in the module: drive D is missing (reference, section 5).
fn on_own_drive(path: &str) -> Result<(), Failure> {
    let is_card = path.get(..2).is_some_and(|drive| drive.eq_ignore_ascii_case("D:"));
    if is_card { Err(Failure::NO_CARD) } else { Ok(()) }
}

pub(super) fn create(modem: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    modem.files.create(&name(&form.args(Failure::Plain)?)?)?;
    Ok(Outcome::Done)
}

pub(super) fn delete(modem: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    modem.files.remove(&name(&form.args(Failure::Plain)?)?)?;
    Ok(Outcome::Done)
}

/// `AT+FSWRITE=<name>,<mode>,<size>,<seconds>`
pub(super) fn write(modem: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    let args = form.args(Failure::Plain)?;
    args.expect_count(4..=4)?;
    let target = FileWrite { name: name(&args)?, is_appended: args.digit(1, 0..=1)? == 1 };
    let size = usize::try_from(args.number(2, 1..=BLOCK_LIMIT)?).map_err(|_| Failure::Plain)?;
    let patience = Duration::from_secs(args.number(3, 1..=u32::MAX)?.into());
    modem.files.bytes(&target.name)?;
    Ok(Outcome::Prompt(Box::new(Data::for_file(Target::File(target), size, patience))))
}

/// `AT+FSREAD=<name>,<mode>,<size>,<pos>`: mode 0 from the start, 1 from `pos`.
pub(super) fn read(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let args = form.args(Failure::Plain)?;
    args.expect_count(4..=4)?;
    let is_from_position = args.digit(1, 0..=1)? == 1;
    let size = usize::try_from(args.number(2, 1..=BLOCK_LIMIT)?).map_err(|_| Failure::Plain)?;
    let position = usize::try_from(args.number(3, 0..=u32::MAX)?).map_err(|_| Failure::Plain)?;
    let bytes = modem.files.bytes(&name(&args)?)?;
    let start = if is_from_position { position.min(bytes.len()) } else { 0 };
    let block = bytes[start..(start + size).min(bytes.len())].to_vec();
    if modem.is_reading_with_head {
        modem.say(now, "+FSREAD:");
    }
    modem.say_bytes(now, &block);
    Ok(Outcome::Done)
}

pub(super) fn size(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let count = modem.files.bytes(&name(&form.args(Failure::Plain)?)?)?.len();
    modem.say(now, &format!("+FSFLSIZE: {count}"));
    Ok(Outcome::Done)
}

pub(super) fn list(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    let directory = form.args(Failure::Plain)?.text(0, NAME_LIMIT)?.to_owned();
    on_own_drive(&directory)?;
    let names = modem.files.list(directory.trim_start_matches("C:"))?;
    for name in names {
        modem.say(now, &name);
    }
    Ok(Outcome::Done)
}

pub(super) fn memory(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    let text = format!("+FSMEM: {} bytes", modem.files.free());
    modem.say(now, &text);
    Ok(if modem.device.quirks.is_memory_unfinished { Outcome::Spoken } else { Outcome::Done })
}

pub(super) fn drive(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    form.args(Failure::Plain)?.digit(0, 0..=0)?;
    modem.say(now, "+FSDRIVE:C");
    Ok(Outcome::Done)
}

/// `AT+FSREADHEAD=<0|1>`: known from V1118 on.
pub(super) fn read_head(modem: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    if modem.device.identity.firmware.version < READ_HEAD_SINCE {
        return Err(Failure::UNKNOWN_COMMAND);
    }
    if *form != Form::Test {
        modem.is_reading_with_head = form.args(Failure::Plain)?.digit(0, 0..=1)? == 1;
    }
    Ok(Outcome::Done)
}

pub(super) fn make_directory(modem: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    modem.files.make_directory(&name(&form.args(Failure::Plain)?)?)?;
    Ok(Outcome::Done)
}

pub(super) fn remove_directory(modem: &mut VirtualModem, _: Moment, form: &Form) -> Answer {
    modem.files.remove_directory(&name(&form.args(Failure::Plain)?)?)?;
    Ok(Outcome::Done)
}
