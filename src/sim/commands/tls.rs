//! `AT+SSLCFG`: the settings of TLS, by key and context (reference, section 9). What they come to stands in
//! `tls_settings`.

use crate::{
    sim::{
        VirtualModem,
        shell::{Answer, Args, Failure, Form, Outcome},
    },
    time::Moment,
};

/// Longest file name in bytes.
const NAME_LIMIT: usize = 64;

/// `AT+SSLCFG="<key>",<n>[,<value>]`: without a value it asks, with an empty one it erases.
pub(super) fn configure(modem: &mut VirtualModem, now: Moment, form: &Form) -> Answer {
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
    if args.len() == 2 {
        let value = modem.tls_settings.value(&key, context);
        let text = match kind {
            TlsValue::Text(_) | TlsValue::Random => format!("+SSLCFG: \"{key}\",{context},\"{value}\""),
            _ => format!("+SSLCFG: \"{key}\",{context},{value}"),
        };
        modem.say(now, &text);
    } else if args.bytes(2, 512)?.is_empty() {
        modem.tls_settings.erase(&key, context);
    } else {
        let value = kind.check(&args)?;
        modem.tls_settings.set(&key, context, value);
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
    /// Hexadecimal digits, 56 or 64 of them.
    Random,
}

impl TlsValue {
    fn check(&self, args: &Args) -> Result<String, Failure> {
        match self {
            Self::Number(low, high) => Ok(args.number(2, *low..=*high)?.to_string()),
            Self::Text(limit) => Ok(args.text(2, *limit)?.to_owned()),
            Self::Random => {
                let digits = args.text(2, 64)?;
                let is_random = matches!(digits.len(), 56 | 64) && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
                if is_random { Ok(digits.to_owned()) } else { Err(Failure::Plain) }
            }
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
    ("clientrandom", TlsValue::Random),
    ("premaster", TlsValue::Text(128)),
    ("verifymode", TlsValue::Number(0, 1)),
];
