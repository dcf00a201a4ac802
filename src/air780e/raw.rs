//! Lines typed by hand: which parts are secret, how their answers end.

use crate::at::{
    exchange::{Exchange, Info, Word},
    reply::Final,
    text::{CommandLine, find_ignoring_case},
};

use super::{
    command::fields,
    limits,
    mqtt::{LINK_WORDS, LOGIN_WORDS, SUBSCRIBE_WORDS, UNSUBSCRIBE_WORDS, publish_words},
    urc,
};

/// The dialogue of a line typed by hand.
pub fn exchange(line: &str) -> Exchange {
    let name = name(line);
    let info = Info::PrefixOr(name.get(2..).unwrap_or("").to_owned(), urc::is_not_unsolicited);
    let own_final = if name == "AT+CIFSR" { address_final } else { own_final };
    Exchange::new(masked(line), limits::final_result(line))
        .with_info(info)
        .with_words(words(&name, line))
        .with_own_final(own_final)
}

/// Whether the command waits for data after a prompt, which a typed line cannot give.
pub fn wants_data(line: &str) -> bool {
    let name = name(line);
    line.contains('=') && !line.trim_end().ends_with("=?") && DATA_COMMANDS.contains(&name.as_str())
}

/// The line with its secret arguments marked (passwords and PINs).
fn masked(line: &str) -> CommandLine {
    let found = SECRETS.iter().find_map(|(name, argument)| {
        let from = find_ignoring_case(line, name)? + name.len();
        let at = argument_start(&line[from..], *argument)?;
        Some(from + at)
    });
    match found {
        None => CommandLine::new(line),
        Some(at) => {
            let end = argument_end(&line[at..]) + at;
            CommandLine::new(&line[..at]).secret(&line[at..end]).plain(&line[end..])
        }
    }
}

/// Where argument number `index` begins, counted from 0.
fn argument_start(arguments: &str, index: usize) -> Option<usize> {
    if index == 0 {
        return Some(0);
    }
    let mut is_quoted = false;
    let mut seen = 0;
    for (at, byte) in arguments.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => {
                seen += 1;
                if seen == index {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

/// Where the argument at the start of `text` ends.
fn argument_end(text: &str) -> usize {
    let mut is_quoted = false;
    let end = text.bytes().position(|byte| {
        is_quoted ^= byte == b'"';
        !is_quoted && matches!(byte, b',' | b';')
    });
    end.unwrap_or(text.len())
}

/// The command's name in upper case: `AT+CSQ`.
fn name(line: &str) -> String {
    line.trim().split(['=', '?', ';']).next().unwrap_or("").trim().to_ascii_uppercase()
}

fn words(name: &str, line: &str) -> &'static [Word] {
    let Some((_, arguments)) = line.split_once('=') else { return &[] };
    if arguments.starts_with('?') {
        return &[];
    }
    match name {
        "AT+MIPSTART" | "AT+SSLMIPSTART" => &LINK_WORDS,
        "AT+MCONNECT" => &LOGIN_WORDS,
        "AT+MSUB" => &SUBSCRIBE_WORDS,
        "AT+MUNSUB" => &UNSUBSCRIBE_WORDS,
        "AT+MPUB" => {
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

/// Command, and which of its arguments is a secret.
const SECRETS: [(&str, usize); 5] =
    [("AT+MCONFIG=", 2), ("+CPNETAPN=", 3), ("+CSTT=", 2), ("+CGAUTH=", 3), ("+CPIN=", 0)];
const DATA_COMMANDS: [&str; 6] = ["AT+MPUBEX", "AT+FSWRITE", "AT+CIPSEND", "AT+CMGS", "AT+CMGW", "AT+HTTPDATA"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn typed_secrets_are_masked() {
        let table = [
            (r#"AT+MCONFIG="id","user","pa,ss""#, r#"AT+MCONFIG="id","user",***"#),
            ("at+mconfig=id,user,pass,1,0,t,m", "at+mconfig=id,user,***,1,0,t,m"),
            ("AT+CPNETAPN=2,jscmiot,u9682,iot98765,2", "AT+CPNETAPN=2,jscmiot,u9682,***,2"),
            ("AT+CPIN=\"1234\"", "AT+CPIN=***"),
            ("AT+CPIN?", "AT+CPIN?"),
            ("AT+MCONFIG=id", "AT+MCONFIG=id"),
            ("AT+CSQ", "AT+CSQ"),
        ];
        for (line, expected) in table {
            assert_eq!(masked(line).masked(), expected);
        }
    }

    #[test]
    fn typed_commands_await_their_words() {
        let table = [
            (r#"AT+MIPSTART="h",1883"#, 1),
            ("AT+MCONNECT=1,60", 1),
            (r#"AT+MPUB="t",0,0,"x""#, 0),
            (r#"AT+MPUB="t",2,0,"x""#, 2),
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
    fn own_ends_of_some_commands() {
        assert_eq!((exchange("AT+CIPSHUT").own_final)("SHUT OK"), Some(Final::Ok));
        assert_eq!((exchange("AT+CIFSR").own_final)("10.0.0.1"), Some(Final::Ok));
        assert_eq!((exchange("AT+CSQ").own_final)("10.0.0.1"), None);
    }
}
