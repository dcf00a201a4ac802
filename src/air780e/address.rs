//! The address of a bearer (reference, section 4, `AT+CGPADDR`).

use std::net::Ipv6Addr;

use crate::at::{
    exchange::{Exchange, Info},
    text::CommandLine,
};

use super::{
    Command,
    command::{fields, last_value},
    limits,
};

/// `AT+CGPADDR=1`: which address did the first bearer get?
#[derive(Clone, Copy, Debug)]
pub struct ReadAddress;

impl Command for ReadAddress {
    /// The first usable address; an IPv6 one in its usual form.
    type Answer = String;

    fn line(&self) -> CommandLine {
        CommandLine::new("AT+CGPADDR=1")
    }

    fn exchange(&self) -> Exchange {
        Exchange::new(self.line(), limits::DEFAULT).with_info(Info::Prefix("+CGPADDR".into()))
    }

    fn answer(&self, lines: &[String]) -> Option<String> {
        let value = last_value(lines, "+CGPADDR")?;
        fields(value).into_iter().skip(1).find_map(usable)
    }
}

/// `text` as an address, unless it is empty or all zeros. Sixteen dotted decimals are IPv6.
fn usable(text: &str) -> Option<String> {
    let octets: Vec<u8> = text.split('.').map(str::parse).collect::<Result<_, _>>().unwrap_or_default();
    if octets.iter().all(|octet| *octet == 0) {
        let other: Ipv6Addr = text.parse().ok()?;
        return (!other.is_unspecified()).then(|| other.to_string());
    }
    match octets.len() {
        4 => Some(text.to_owned()),
        16 => <[u8; 16]>::try_from(octets).ok().map(|octets| Ipv6Addr::from(octets).to_string()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_in_all_printed_forms() {
        let table = [
            (r#"+CGPADDR: 1,"10.143.27.227""#, Some("10.143.27.227")),
            ("+CGPADDR: 1,10.0.0.9", Some("10.0.0.9")),
            (r#"+CGPADDR: 1,"10.0.0.9","36.9.0.0.0.0.0.0.0.0.0.0.0.0.0.1""#, Some("10.0.0.9")),
            (r#"+CGPADDR: 1,"","36.9.0.0.0.0.0.0.0.0.0.0.0.0.0.1""#, Some("2409::1")),
            (r#"+CGPADDR: 1,"0.0.0.0""#, None),
            ("+CGPADDR: 1", None),
            (r#"+CGPADDR: 1,"300.1.1.1""#, None),
        ];
        for (line, expected) in table {
            assert_eq!(ReadAddress.answer(&[line.to_owned()]).as_deref(), expected, "{line}");
        }
    }
}
