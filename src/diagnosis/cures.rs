//! What can be pasted against a cause: lines for the broker, for the module, or commands that make the right files; each with what
//! it costs in safety.
//!
//! Data by cause (`table`, with the brokers' own spelling in `sets`); only names, host and port are filled in. Lines take the
//! place of lines of the same name: a mosquitto that finds a word twice in one listener refuses to start.

mod row;
mod sets;
mod table;

use std::net::IpAddr;

pub use self::row::Place;
use crate::lang::Phrase;

/// Lines against a cause.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cure {
    /// Where they belong.
    pub place: Place,
    /// The lines, ready to be pasted.
    pub lines: Vec<String>,
    /// What they do and what they cost.
    pub why: Phrase,
}

/// What is filled into lines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Blanks<'a> {
    /// The host as the module is given it.
    pub host: &'a str,
    /// The port.
    pub port: u16,
    /// The name that the server's certificate shall hold.
    pub name: &'a str,
}

/// The cures for the cause with this number. Lines that need a name are left out where there is only an address.
pub fn cures_of(id: &str, blanks: &Blanks<'_>) -> Vec<Cure> {
    let rows = table::ROWS.iter().filter(|row| row.causes.contains(&id));
    let mut all: Vec<Cure> = Vec::new();
    for row in rows {
        for (place, lines) in row.lines {
            let lines: Option<Vec<String>> = lines.iter().map(|line| filled(line, blanks)).collect();
            if let Some(lines) = lines
                && all.iter().all(|known| (known.place, &known.lines) != (*place, &lines))
            {
                all.push(Cure { place: *place, lines, why: row.why });
            }
        }
    }
    all
}

/// `line` with the blanks in place; `None` when it needs a name and there is an address. An IPv6 address stands in brackets where
/// a port follows.
fn filled(line: &str, blanks: &Blanks<'_>) -> Option<String> {
    let is_address = blanks.name.parse::<IpAddr>().is_ok();
    if is_address && line.contains("{domain}") {
        return None;
    }
    let host = blanks.host;
    let target =
        if host.contains(':') { format!("[{host}]:{}", blanks.port) } else { format!("{host}:{}", blanks.port) };
    let kind = if is_address { "IP" } else { "DNS" };
    let words = [
        ("{target}", target),
        ("{host}", host.to_owned()),
        ("{port}", blanks.port.to_string()),
        ("{san}", format!("{kind}:{}", blanks.name)),
        ("{domain}", blanks.name.to_owned()),
        ("{name}", blanks.name.to_owned()),
    ];
    Some(words.iter().fold(line.to_owned(), |line, (blank, word)| line.replace(blank, word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        diagnosis::catalogue::{self, Shown, Stage},
        lang::Lang,
    };

    const BLANKS: Blanks<'_> = Blanks { host: "broker.test", port: 8883, name: "mqtt.example" };

    #[test]
    fn every_row_names_causes_of_the_catalogue_and_is_said_in_both_languages() {
        for row in table::ROWS {
            for id in row.causes {
                assert!(catalogue::by_id(id).is_some(), "{id}");
            }
            let (english, chinese) = (row.why.to(Lang::En), row.why.to(Lang::ZhCn));
            assert!(english.ends_with('.') && english.is_ascii(), "{english}");
            assert!(chinese.ends_with('。') && !chinese.is_ascii(), "{chinese}");
            assert!(!row.lines.is_empty() && row.lines.iter().all(|(_, lines)| !lines.is_empty()), "{:?}", row.causes);
        }
    }

    #[test]
    fn what_this_computer_shows_of_tls_can_be_cured() {
        let of_tls = [Stage::TlsTalk, Stage::TlsTrust, Stage::TlsFiles];
        let shown = catalogue::all().filter(|cause| of_tls.contains(&cause.stage));
        let missing: Vec<_> = shown
            .filter(|cause| matches!(cause.shown, Shown::Here | Shown::File))
            .filter(|cause| cures_of(cause.id, &BLANKS).is_empty() && !BEYOND_LINES.contains(&cause.id))
            .map(|cause| format!("{} {}", cause.id, cause.key))
            .collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    /// A box on the way, dates that nobody checks, a file of before that only the module holds, a cloud's own list: no line cures
    /// them.
    const BEYOND_LINES: [&str; 4] = ["F-085", "F-107", "F-123", "F-133"];

    #[test]
    fn a_broker_of_every_kind_can_let_the_module_in() {
        for id in ["F-071", "F-072", "F-074", "F-095"] {
            let places: Vec<_> = cures_of(id, &BLANKS).iter().map(|cure| cure.place).collect();
            for place in [Place::Mosquitto, Place::Emqx, Place::VerneMq, Place::HiveMq, Place::Nginx, Place::HaProxy] {
                assert!(places.contains(&place), "{id}: {place:?}");
            }
        }
    }

    #[test]
    fn no_blank_is_left_and_at_lines_are_for_mqtt() {
        for cause in catalogue::all() {
            for cure in cures_of(cause.id, &BLANKS) {
                for line in &cure.lines {
                    for blank in ["{host}", "{port}", "{name}", "{target}", "{domain}", "{san}"] {
                        assert!(!line.contains(blank), "{line}");
                    }
                    let is_setting = line.starts_with("AT+SSLCFG=");
                    assert!(!is_setting || line.contains("\",88,"), "{}: {line}", cause.id);
                    assert_eq!(line.starts_with("AT"), cure.place == Place::Module, "{}: {line}", cause.id);
                }
            }
        }
        let long = Blanks { host: "2001:db8::1", ..BLANKS };
        assert_eq!(filled("air780e scan {target}", &long).as_deref(), Some("air780e scan [2001:db8::1]:8883"));
        let numeric = Blanks { name: "192.0.2.7", ..BLANKS };
        assert_eq!(filled("certbot -d {domain}", &numeric), None, "nobody certifies an address so");
        assert_eq!(filled("subjectAltName={san}", &numeric).as_deref(), Some("subjectAltName=IP:192.0.2.7"));
    }
}
