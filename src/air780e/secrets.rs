//! Secrets in lines that this program did not build itself: typed commands, stray echoes, answers.

use crate::at::{
    reply::Final,
    text::{CommandLine, MASK, find_ignoring_case},
};

/// The line with its secret arguments marked (passwords, PINs).
pub fn marked(line: &str) -> CommandLine {
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

/// A line for people with every secret argument, every shown password and every line of a private key masked.
///
/// `is_in_key` is kept from line to line: whether a key has begun. A final result ends it in any case.
pub fn veil(shown: &str, is_in_key: &mut bool) -> String {
    let line = shown.trim_end();
    if line.contains("-----BEGIN") && line.contains("PRIVATE KEY") {
        *is_in_key = true;
        return shown.to_owned();
    }
    if *is_in_key {
        *is_in_key = !line.contains("-----END") && Final::parse(line).is_none();
        return if *is_in_key { MASK.to_owned() } else { shown.to_owned() };
    }
    let is_password = ANSWERS.iter().find(|prefix| shown.starts_with(**prefix) && shown.len() > prefix.len());
    match is_password {
        Some(prefix) => format!("{prefix}{MASK}"),
        None => marked(shown).masked(),
    }
}

/// Command, and which of its arguments is a secret.
const SECRETS: [(&str, usize); 9] = [
    ("AT+MCONFIG=", 2),
    ("+CPNETAPN=", 3),
    ("+CSTT=", 2),
    ("+CGAUTH=", 3),
    ("+CPIN=", 0),
    ("+SAPBR=3,1,\"PWD\",", 0),
    ("+SAPBR=3,1,PWD,", 0),
    ("+SSLCFG=\"premaster\",", 1),
    ("+SSLCFG=premaster,", 1),
];
/// Answers that show a password in clear: `AT+CPNETAPN?` (reference, section 6.2).
const ANSWERS: [&str; 1] = ["PWD:"];

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
            ("at+sapbr=3,1,\"pwd\",\"iot98765\"", "at+sapbr=3,1,\"pwd\",***"),
            ("AT+SAPBR=3,1,\"APN\",\"cmiot\"", "AT+SAPBR=3,1,\"APN\",\"cmiot\""),
            ("AT+SSLCFG=\"premaster\",88,\"0303\"", "AT+SSLCFG=\"premaster\",88,***"),
            ("AT+CPIN?", "AT+CPIN?"),
            ("AT+MCONFIG=id", "AT+MCONFIG=id"),
            ("AT+CSQ", "AT+CSQ"),
        ];
        for (line, expected) in table {
            assert_eq!(marked(line).masked(), expected);
        }
    }

    #[test]
    fn shown_passwords_are_veiled() {
        let veil = |shown: &str| veil(shown, &mut false);
        assert_eq!(veil("PWD:iot98765"), "PWD:***");
        assert_eq!(veil("PWD:"), "PWD:");
        assert_eq!(veil("x AT+MCONFIG=\"i\",\"u\",\"p\""), "x AT+MCONFIG=\"i\",\"u\",***");
        assert_eq!(veil("+CSQ: 1,2"), "+CSQ: 1,2");
    }

    #[test]
    fn the_lines_of_a_private_key_are_veiled_until_it_ends() {
        let shown = |lines: &[&str]| {
            let mut is_in_key = false;
            lines.iter().map(|line| veil(line, &mut is_in_key)).collect::<Vec<_>>()
        };
        let (begin, end) = ("-----BEGIN RSA PRIVATE KEY-----", "-----END RSA PRIVATE KEY-----");
        assert_eq!(shown(&[begin, "TUlJ", "RW93", end, "OK"]), [begin, "***", "***", end, "OK"]);
        assert_eq!(shown(&[begin, "TUlJ", "OK", "+CSQ: 1,2"]), [begin, "***", "OK", "+CSQ: 1,2"]);
        assert_eq!(shown(&["-----BEGIN CERTIFICATE-----", "TUlJ"])[1], "TUlJ");
    }
}
