//! Lines typed by hand: how their answers end.

use crate::at::{
    exchange::{Exchange, Info, Word},
    reply::{End, Ended, Final},
};

use super::{
    bearer::STATE_WORDS,
    clock::CLOCK_WORDS,
    command::fields,
    dns::RESOLVE_WORDS,
    limits,
    mqtt::{LINK_WORDS, LOGIN_WORDS, SUBSCRIBE_WORDS, TLS_LINK_WORDS, UNSUBSCRIBE_WORDS, publish_words},
    secrets, urc,
    verb::Verb,
};

/// The dialogue of a line typed by hand.
pub fn exchange(line: &str) -> Exchange {
    let name = name(line);
    let info = Info::PrefixOr(name.get(2..).unwrap_or("").to_owned(), urc::is_not_unsolicited);
    let own_final = if name == "AT+CIFSR" { address_final } else { own_final };
    let exchange = Exchange::new(secrets::marked(line), limits::final_result(line))
        .with_info(info)
        .with_words(words(&name, line))
        .with_own_final(own_final);
    if matches!(name.as_str(), "AT+MPUB" | "AT+MPUBEX") { exchange.ordered() } else { exchange }
}

/// Whether the command waits for data after a prompt, which a typed line cannot give.
pub fn wants_data(line: &str) -> bool {
    let name = name(line);
    line.contains('=') && !line.trim_end().ends_with("=?") && DATA_COMMANDS.contains(&name.as_str())
}

/// How the data end that a command waits for after its prompt; `None` for a command without a prompt.
pub fn data_end(line: &str) -> Option<DataEnd> {
    if !wants_data(line) {
        return None;
    }
    let (name, arguments) = parts(line);
    let place = match name.as_str() {
        "AT+MPUBEX" => 3,
        "AT+FSWRITE" => 2,
        _ => 0,
    };
    let length = arguments.get(place).and_then(|text| text.parse().ok()).filter(|length| *length > 0);
    Some(length.map_or(DataEnd::Marked, DataEnd::After))
}

/// How data after a prompt end (reference, section 11.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DataEnd {
    /// After so many bytes.
    After(usize),
    /// With the byte 0x1A.
    Marked,
}

/// The command's name in upper case, and its arguments without quotes.
pub fn parts(line: &str) -> (String, Vec<&str>) {
    let arguments = line.split_once('=').map_or_else(Vec::new, |(_, arguments)| fields(arguments.trim_end()));
    (name(line), arguments)
}

/// What stands between the last quotes of a typed `AT+MPUB`: the message as it is sent.
pub fn quoted_message(line: &str) -> Option<&str> {
    if name(line) != "AT+MPUB" {
        return None;
    }
    let message = line.trim_end().strip_suffix('"')?;
    message.rsplit_once('"').map(|(_, message)| message)
}

/// Whether the command closes the session or its link.
pub fn ends_session(line: &str) -> bool {
    matches!(name(line).as_str(), "AT+MDISCONNECT" | "AT+MIPCLOSE") && !line.contains('=')
}

/// Whether it is no trouble that `ended`, the dialogue of `line`, did not end well: what is taken away is not there, what is
/// begun is there already, or the firmware does not know what only helps (reference, sections 8, 11.2, 11.9, 20).
pub fn may_fail(line: &str, ended: &Ended) -> bool {
    let is_refused = matches!(ended.end, End::Refused(_));
    match Verb::of(line) {
        Verb::DeleteFile | Verb::CloseLink | Verb::LogOut | Verb::ShutContext | Verb::Reports => is_refused,
        // A card that is still starting is asked again.
        Verb::Card => matches!(ended.end, End::Refused(Final::Cme(4 | 14))),
        // It is sent again until somebody answers.
        Verb::Attention => matches!(ended.end, End::TimedOut { .. }),
        Verb::Context => matches!(ended.end, End::Refused(Final::Cme(3))),
        Verb::FileRoom => is_refused || ended.answer.iter().any(|line| line.starts_with("+FSMEM")),
        Verb::OpenLink | Verb::OpenTls => {
            matches!(&ended.end, End::Bad { got, .. } if got.contains("ALREADY CONNECT"))
        }
        _ => false,
    }
}

/// Whether a line that sets how `AT+MPUB` reads its text makes it read hex digits; `None` for any other line.
pub fn hex_mode(line: &str) -> Option<bool> {
    let (name, arguments) = parts(line);
    match (name.as_str(), arguments.as_slice()) {
        ("AT+MQTTMODE", ["1"]) => Some(true),
        ("AT+MQTTMODE", ["0"]) => Some(false),
        _ => None,
    }
}

/// The command's name in upper case: `AT+CSQ`.
fn name(line: &str) -> String {
    line.trim().split(['=', '?', ';']).next().unwrap_or("").trim().to_ascii_uppercase()
}

fn words(name: &str, line: &str) -> &'static [Word] {
    let arguments = line.split_once('=').map_or("", |(_, arguments)| arguments);
    if arguments.starts_with('?') || line.trim_end().ends_with('?') {
        return &[];
    }
    match name {
        "AT+CIPSTATUS" => &STATE_WORDS,
        "AT+CNTP" if arguments.is_empty() => &CLOCK_WORDS,
        _ if arguments.is_empty() => &[],
        "AT+CDNSGIP" => &RESOLVE_WORDS,
        "AT+MIPSTART" => &LINK_WORDS,
        "AT+SSLMIPSTART" => &TLS_LINK_WORDS,
        "AT+MCONNECT" => &LOGIN_WORDS,
        "AT+MSUB" => &SUBSCRIBE_WORDS,
        "AT+MUNSUB" => &UNSUBSCRIBE_WORDS,
        "AT+MPUB" | "AT+MPUBEX" => {
            let qos = fields(arguments).get(1).and_then(|qos| qos.parse::<u8>().ok());
            qos.and_then(|qos| qos.try_into().ok()).map_or(&[], publish_words)
        }
        _ => &[],
    }
}

/// Ends that some commands have instead of `OK` (reference, section 1).
fn own_final(line: &str) -> Option<Final> {
    match line {
        "SHUT OK" | "CLOSE OK" | "NORMAL POWER DOWN" => Some(Final::Ok),
        "TimeOut" => Some(Final::Error),
        _ => None,
    }
}

/// `AT+CIFSR` ends with the bare address.
fn address_final(line: &str) -> Option<Final> {
    line.parse::<std::net::IpAddr>().ok().map(|_| Final::Ok)
}

const DATA_COMMANDS: [&str; 6] = ["AT+MPUBEX", "AT+FSWRITE", "AT+CIPSEND", "AT+CMGS", "AT+CMGW", "AT+HTTPDATA"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_commands_await_their_words() {
        let table = [
            (r#"AT+MIPSTART="h",1883"#, 1),
            ("AT+MCONNECT=1,60", 1),
            (r#"AT+MPUB="t",0,0,"x""#, 0),
            (r#"AT+MPUB="t",2,0,"x""#, 2),
            ("AT+CDNSGIP=broker.example", 1),
            ("AT+CNTP", 1),
            ("AT+CNTP=ntp.example", 0),
            ("AT+CIPSTATUS", 1),
            ("AT+CNTP?", 0),
            ("AT+MCONNECT", 0),
            ("AT+MSUB=?", 0),
            ("AT+CSQ", 0),
        ];
        for (line, count) in table {
            assert_eq!(exchange(line).words.len(), count, "{line}");
        }
    }

    #[test]
    fn commands_with_a_prompt_are_known() {
        assert!(wants_data("AT+MPUBEX=\"t\",0,0,5"));
        assert!(wants_data("at+fswrite=\"a\",0,1,1"));
        assert!(!wants_data("AT+MPUBEX=?"));
        assert!(!wants_data("AT+MPUB=\"t\",0,0,\"x\""));
    }

    #[test]
    fn the_end_of_data_is_in_the_command() {
        assert_eq!(data_end("AT+MPUBEX=\"a,b\",0,0,5"), Some(DataEnd::After(5)));
        assert_eq!(data_end("AT+MPUBEX=\"t\",0,0"), Some(DataEnd::Marked));
        assert_eq!(data_end("AT+FSWRITE=\"ca.crt\",0,1212,15"), Some(DataEnd::After(1212)));
        assert_eq!(data_end("AT+CIPSEND=7"), Some(DataEnd::After(7)));
        assert_eq!(data_end("AT+CSQ"), None);
    }

    #[test]
    fn the_message_of_a_typed_publish() {
        assert_eq!(quoted_message("AT+MPUB=\"t\",0,0,\"a,b\" "), Some("a,b"));
        assert_eq!(quoted_message("at+mpub=t,0,0,\"\""), Some(""));
        assert_eq!(quoted_message("AT+MPUBEX=\"t\",0,0,5"), None);
        assert_eq!(quoted_message("AT+MPUB=?"), None);
    }

    #[test]
    fn a_mode_set_by_hand_is_known() {
        let modes = ["at+mqttmode = 1", "AT+MQTTMODE=0", "AT+MQTTMODE?", "AT+MQTTMODE=?", "AT+MQTTMSGSET=1"];
        assert_eq!(modes.map(hex_mode), [Some(true), Some(false), None, None, None]);
    }

    #[test]
    fn own_ends_of_some_commands() {
        assert_eq!((exchange("AT+CIPSHUT").own_final)("SHUT OK"), Some(Final::Ok));
        assert_eq!((exchange("AT+CIFSR").own_final)("10.0.0.1"), Some(Final::Ok));
        assert_eq!((exchange("AT+CSQ").own_final)("10.0.0.1"), None);
    }
}
