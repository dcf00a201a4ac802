//! Files and the settings of TLS that point to them (reference, sections 8 and 9).

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

/// The first argument as a file name.
fn name(args: &Args) -> Result<String, Failure> {
    let name = args.text(0, NAME_LIMIT)?;
    if name.is_empty() { Err(Failure::Plain) } else { Ok(name.to_owned()) }
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
    if !matches!(directory.as_str(), "/" | "C:/") {
        return Err(Failure::Plain);
    }
    let names: Vec<String> = modem.files.names().map(str::to_owned).collect();
    for name in names {
        modem.say(now, &name);
    }
    Ok(Outcome::Done)
}

pub(super) fn memory(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form != Form::Test {
        let text = format!("+FSMEM: {} bytes", modem.files.free());
        modem.say(now, &text);
    }
    Ok(Outcome::Done)
}

pub(super) fn drive(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    form.args(Failure::Plain)?.digit(0, 0..=0)?;
    modem.say(now, "+FSDRIVE:C");
    Ok(Outcome::Done)
}

/// `AT+SSLCFG="<key>",<n>[,<value>]`: without a value it asks, with an empty one it erases.
pub(super) fn tls(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
    if *form == Form::Test {
        return Ok(Outcome::Done);
    }
    let args = form.args(Failure::Plain)?;
    args.expect_count(2..=3)?;
    let key = args.text(0, NAME_LIMIT)?.to_ascii_lowercase();
    let context = args.number(1, 0..=153)?;
    if !matches!(context, 0..=5 | 34 | 88 | 153) {
        return Err(Failure::Plain);
    }
    let Some(kind) = TLS_KEYS.iter().find(|(known, _)| *known == key).map(|(_, kind)| kind) else {
        return Err(Failure::Plain);
    };
    let slot = (key.clone(), context);
    if args.len() == 2 {
        let value = modem.tls_settings.get(&slot).map_or("", String::as_str);
        let text = match kind {
            TlsValue::Text(_) => format!("+SSLCFG: \"{key}\",{context},\"{value}\""),
            _ => format!("+SSLCFG: \"{key}\",{context},{value}"),
        };
        modem.say(now, &text);
    } else if args.bytes(2, 512)?.is_empty() {
        modem.tls_settings.remove(&slot);
    } else {
        let value = kind.check(&args)?;
        modem.tls_settings.insert(slot, value);
    }
    Ok(Outcome::Done)
}

/// What a key takes.
enum TlsValue {
    /// A number in a range.
    Number(u32, u32),
    /// A text of at most so many bytes.
    Text(usize),
    /// One of the documented suites.
    Suite,
}

impl TlsValue {
    fn check(&self, args: &Args) -> Result<String, Failure> {
        match self {
            Self::Number(low, high) => Ok(args.number(2, *low..=*high)?.to_string()),
            Self::Text(limit) => Ok(args.text(2, *limit)?.to_owned()),
            Self::Suite => {
                let suite = args.text(2, 6)?.to_ascii_uppercase();
                if SUITES.contains(&suite.as_str()) { Ok(suite) } else { Err(Failure::Plain) }
            }
        }
    }
}

const SUITES: [&str; 7] = ["0X0035", "0X002F", "0X0005", "0X0004", "0X000A", "0X003D", "0XFFFF"];

const TLS_KEYS: [(&str, TlsValue); 12] = [
    ("sslversion", TlsValue::Number(0, 4)),
    ("ciphersuite", TlsValue::Suite),
    ("cacert", TlsValue::Text(NAME_LIMIT)),
    ("clientcert", TlsValue::Text(NAME_LIMIT)),
    ("clientkey", TlsValue::Text(NAME_LIMIT)),
    ("seclevel", TlsValue::Number(0, 2)),
    ("hostname", TlsValue::Text(128)),
    ("ignorelocaltime", TlsValue::Number(0, 1)),
    ("negotiatetimeout", TlsValue::Number(10, 300)),
    ("clientrandom", TlsValue::Text(64)),
    ("premaster", TlsValue::Text(128)),
    ("verifymode", TlsValue::Number(0, 1)),
];
