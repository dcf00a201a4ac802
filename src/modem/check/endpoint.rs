//! A host as it can be sent, read out of what was typed or pasted in its place: a URL, a host with its port, a name between
//! quotes or commas, signs of a Chinese keyboard, blanks that nobody sees.

use std::net::{IpAddr, Ipv6Addr};

use super::host;
use crate::at::text::is_hidden;

/// Where a broker is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Endpoint {
    /// Its name or address, as it can be sent.
    pub host: String,
    /// Its port, when it stood beside the name.
    pub port: Option<u16>,
}

/// What `typed` means, where it is no host as it stands but a person would still read one out of it.
pub fn endpoint(typed: &str) -> Option<Endpoint> {
    if host(typed).is_ok() {
        return None;
    }
    let plain: String = typed.chars().filter(|sign| !is_hidden(*sign)).map(plain).collect();
    let rest = plain.trim_matches(is_around);
    let rest = rest.split_once("://").map_or(rest, |(_, rest)| rest);
    let rest = rest.split(['/', '\\', '?', '#']).next().unwrap_or(rest);
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    let (name, port) = parted(rest)?;
    let name = name.trim_matches(is_around).trim_end_matches('.');
    host(name).is_ok().then(|| Endpoint { host: name.to_owned(), port })
}

/// Name and port, when a port stands behind the name.
fn parted(text: &str) -> Option<(&str, Option<u16>)> {
    if let Some((address, behind)) = text.strip_prefix('[').and_then(|text| text.split_once(']')) {
        address.parse::<Ipv6Addr>().ok()?;
        return if behind.is_empty() { Some((address, None)) } else { Some((address, port(behind)?)) };
    }
    if text.trim_matches(is_around).parse::<IpAddr>().is_ok() {
        return Some((text, None));
    }
    match text.find([':', ',', ';', ' ']) {
        None => Some((text, None)),
        Some(at) => Some((&text[..at], port(&text[at..])?)),
    }
}

/// The port behind its colon, or no port where nothing but signs stands there; `None` for anything else.
#[expect(clippy::option_option, reason = "nothing there, and nothing that can be read, are two answers")]
fn port(behind: &str) -> Option<Option<u16>> {
    match behind.trim_matches(|sign| is_around(sign) || sign == ':') {
        "" => Some(None),
        digits => digits.parse().ok().filter(|port| *port > 0).map(Some),
    }
}

/// The plain sign that looks like `sign`.
fn plain(sign: char) -> char {
    match sign {
        '\u{3002}' | '\u{ff61}' => '.',
        '\u{3001}' => ',',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - FULL_WIDTH).unwrap_or(sign),
        _ if sign.is_whitespace() => ' ',
        _ => sign,
    }
}

/// Signs that stand around a name and are none of it.
const fn is_around(sign: char) -> bool {
    matches!(
        sign,
        ' ' | '"' | '\'' | '`' | ',' | ';' | '<' | '>' | '(' | ')' | '\u{2018}'
            ..='\u{201f}' | '\u{300c}' | '\u{300d}' | '\u{301d}'
    )
}

/// How far a full-width sign is from its plain one.
const FULL_WIDTH: u32 = 0xFEE0;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_is_read_out_of_what_a_person_would_read_one_out_of() {
        let table = [
            ("mqtts://broker.example.com:8883", "broker.example.com", Some(8_883)),
            ("broker.example.com:1883", "broker.example.com", Some(1_883)),
            ("tcp://127.0.0.1:23831/mqtt", "127.0.0.1", Some(23_831)),
            ("'broker.example.com'", "broker.example.com", None),
            ("\u{201c}broker.example.com\u{201d}", "broker.example.com", None),
            ("localhost,", "localhost", None),
            ("broker\u{3002}example.com", "broker.example.com", None),
            ("broker\u{ff0e}example\u{ff1a}1883", "broker.example", Some(1_883)),
            ("\u{ff42}\u{ff52}oker.example", "broker.example", None),
            (" broker.example\u{a0}\r\n", "broker.example", None),
            ("bro\u{200b}ker.example", "broker.example", None),
            ("wss://user:word@broker.example:443/mqtt?x=1", "broker.example", Some(443)),
            ("[2001:db8::1]:8883", "2001:db8::1", Some(8_883)),
            ("[2001:db8::1]", "2001:db8::1", None),
            ("192.0.2.7, 1883", "192.0.2.7", Some(1_883)),
            ("broker.example:", "broker.example", None),
        ];
        for (typed, host, port) in table {
            assert_eq!(endpoint(typed), Some(Endpoint { host: host.to_owned(), port }), "{typed:?}");
        }
    }

    #[test]
    fn nothing_is_offered_for_a_good_host_or_where_nothing_can_be_read() {
        for typed in
            ["broker.example", "192.0.2.7", "2001:db8::1", "", "  ", "://", "a:b:c", "one two", "h:70000", "h:0"]
        {
            assert_eq!(endpoint(typed), None, "{typed:?}");
        }
    }
}
