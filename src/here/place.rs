//! A server as a person writes it: `HOST`, `HOST:PORT`, an address. What is pasted from elsewhere (a URL, quotes, a comma, signs of
//! another script) is refused with the form that was meant, before anything is sent.

use std::{fmt, net::IpAddr};

use crate::{diagnosis::Fact, lang::Text};

/// A server to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Name or address, without brackets.
    pub host: String,
    /// The port, where one was written.
    pub port: Option<u16>,
}

/// What was written is no place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotAPlace {
    /// The same as it was probably meant; `None` when that cannot be told.
    pub meant: Option<Place>,
}

impl Place {
    /// The port of MQTT with TLS: meant where none is written.
    pub const TLS_PORT: u16 = 8_883;

    /// Reads exactly one of the forms; anything else is refused, with what it may have meant.
    pub fn read(text: &str) -> Result<Self, NotAPlace> {
        exact(text).ok_or_else(|| NotAPlace { meant: exact(&freed(text)) })
    }
}

impl NotAPlace {
    /// Why `typed` is refused, in a sentence that holds no login of it.
    pub fn said(&self, typed: &str) -> Fact {
        let shown = self.hides(typed).unwrap_or_else(|| typed.escape_debug().to_string());
        match &self.meant {
            Some(meant) => Fact::said(Text::new("place-not-bare-name-address").put("shown", shown).put("meant", meant)),
            None => Fact::said(Text::new("place-not-name-address-server").put("shown", shown)),
        }
    }

    /// What is shown in place of `typed` where that may hold a login, as a URL may.
    pub fn hides(&self, typed: &str) -> Option<String> {
        let meant = || self.meant.as_ref().map_or_else(|| "(not shown)".to_owned(), ToString::to_string);
        typed.contains('@').then(meant)
    }
}

/// `host`, `host:1883`, `[2001:db8::1]:1883`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match (self.host.contains(':'), self.port) {
            (true, Some(port)) => write!(f, "[{}]:{port}", self.host),
            (false, Some(port)) => write!(f, "{}:{port}", self.host),
            (_, None) => f.write_str(&self.host),
        }
    }
}

fn exact(text: &str) -> Option<Place> {
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(Place { host: address.to_string(), port: None });
    }
    let (host, port) = match text.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, port)) => (host.parse::<IpAddr>().ok()?.to_string(), port),
        None => match text.find(':') {
            Some(at) => (text[..at].to_owned(), &text[at..]),
            None => (text.to_owned(), ""),
        },
    };
    let port = match port.strip_prefix(':') {
        None if port.is_empty() => None,
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(digits.parse().ok().filter(|port| *port > 0)?)
        }
        Some(_) | None => return None,
    };
    let is_host = host.parse::<IpAddr>().is_ok() || is_name(&host);
    is_host.then_some(Place { host, port })
}

/// Labels of letters, digits, hyphens and underscores, as DNS and TLS carry them.
fn is_name(host: &str) -> bool {
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let bare = host.strip_suffix('.').unwrap_or(host);
    // Digits and dots alone are an address that is none.
    let is_number = bare.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    (1..=253).contains(&bare.len()) && bare.split('.').all(is_label) && !is_number
}

/// The text without what came along with it: scheme, login, path, quotes, punctuation, blanks, and signs that only look like ASCII.
fn freed(text: &str) -> String {
    let plain: String = text.chars().filter_map(plain).collect();
    let mut rest = plain.trim_matches(|sign: char| sign.is_whitespace() || AROUND.contains(&sign));
    if let Some((scheme, behind)) = rest.split_once("://")
        && scheme.chars().all(|sign| sign.is_ascii_alphanumeric() || sign == '+')
    {
        rest = behind;
    }
    rest = rest.rsplit('@').next().unwrap_or(rest);
    rest = rest.split(['/', '?', '#', '\\']).next().unwrap_or(rest);
    // `host,1883` and `host 1883` are a host and a port.
    let parts: Vec<&str> = rest.split([',', ';', ' ', '\t', '"', '\'']).filter(|part| !part.is_empty()).collect();
    let joined = match parts.as_slice() {
        [host, port] if port.bytes().all(|byte| byte.is_ascii_digit()) => format!("{host}:{port}"),
        [host] => (*host).to_owned(),
        _ => return String::new(),
    };
    joined.trim_end_matches([':', '.', ',']).to_owned()
}

/// A sign as it was meant; `None` for what nobody sees.
fn plain(sign: char) -> Option<char> {
    match sign {
        '\u{3002}' | '\u{ff61}' | '\u{b7}' => Some('.'),
        '\u{3001}' => Some(','),
        '\u{3000}' | '\u{a0}' => Some(' '),
        '\u{2018}' | '\u{2019}' => Some('\''),
        '\u{201c}' | '\u{201d}' => Some('"'),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Some('-'),
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0),
        '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' => None,
        _ if sign.is_control() => Some(' '),
        _ => Some(sign),
    }
}

/// What stands around a name and is no part of it.
const AROUND: [char; 13] = ['"', '\'', '`', ',', ';', '(', ')', '<', '>', '=', '{', '}', '\u{ff0c}'];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_forms_of_a_place_are_read_and_written() {
        let table = [
            ("broker.example", "broker.example", None),
            ("broker.example:1883", "broker.example", Some(1883)),
            ("my_broker-1", "my_broker-1", None),
            ("192.0.2.7:8883", "192.0.2.7", Some(8883)),
            ("2001:db8::1", "2001:db8::1", None),
            ("[2001:db8::1]:8883", "2001:db8::1", Some(8883)),
            ("localhost:65535", "localhost", Some(65_535)),
        ];
        for (text, host, port) in table {
            let place = Place::read(text).unwrap_or_else(|_| panic!("{text}"));
            assert_eq!((place.host.as_str(), place.port), (host, port), "{text}");
            assert_eq!(place.to_string(), text);
        }
    }

    #[test]
    fn what_was_pasted_is_refused_with_what_was_meant() {
        let table = [
            ("mqtts://broker.example.com:8883", "broker.example.com:8883"),
            ("tcp://127.0.0.1:23831/mqtt", "127.0.0.1:23831"),
            ("'broker.example.com'", "broker.example.com"),
            ("\u{201c}broker.example.com\u{201d}", "broker.example.com"),
            ("localhost,", "localhost"),
            ("broker\u{3002}example\u{ff0e}com", "broker.example.com"),
            ("broker.example.com\u{ff1a}8883", "broker.example.com:8883"),
            ("broker.example,1883", "broker.example:1883"),
            (" broker.example \r\n", "broker.example"),
            ("mqtt://user:secret@broker.example", "broker.example"),
            ("broker.example:", "broker.example"),
            ("\u{feff}broker.example", "broker.example"),
            ("wss://broker.example:8084/mqtt?x=1", "broker.example:8084"),
        ];
        for (text, meant) in table {
            let refused = Place::read(text).expect_err(text);
            assert_eq!(refused.meant.map(|place| place.to_string()).as_deref(), Some(meant), "{text}");
        }
        for text in
            ["", "broker.example:0", "broker.example:99999", "a b c", "b\u{fc}cher.example", "1.2.3", "-a.example"]
        {
            assert_eq!(Place::read(text).expect_err(text).meant, None, "{text}");
        }
    }
}
