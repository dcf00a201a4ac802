//! Secrets in command lines and answers, replaced by `***`.

/// Commands with a secret, and which argument it is; every later one is masked too when `is_rest`.
const SECRETS: [(&str, usize, bool); 7] = [
    ("+MCONFIG", 2, false),
    ("+CPNETAPN", 3, false),
    ("+CSTT", 2, false),
    ("+CGAUTH", 3, false),
    ("+CPIN", 0, true),
    ("+CLCK", 2, true),
    ("+CPWD", 1, true),
];
/// Keys of `AT+SSLCFG` and `AT+SAPBR` whose value is a secret.
const SECRET_KEYS: [&str; 3] = ["PREMASTER", "CLIENTRANDOM", "PWD"];
const MASK: &str = "***";

/// A command line without its secrets.
pub(super) fn command(line: &str) -> String {
    split(line, ';').into_iter().map(call).collect::<Vec<_>>().join(";")
}

/// A line of the module without its secrets: `AT+CPNETAPN?` shows a password in clear.
pub(super) fn line(text: &str) -> String {
    if text.starts_with("PWD:") {
        return format!("PWD:{MASK}");
    }
    match text.strip_prefix("+SSLCFG: ") {
        Some(rest) if holds_secret_key(rest) => format!("+SSLCFG: {MASK}"),
        _ => text.to_owned(),
    }
}

fn call(call: &str) -> String {
    let Some((name, rest)) = call.split_once('=') else { return call.to_owned() };
    let upper = name.to_ascii_uppercase();
    if holds_secret_key(rest) {
        return format!("{name}={MASK}");
    }
    let Some((_, secret, is_rest)) = SECRETS.iter().find(|(known, ..)| upper.ends_with(known)) else {
        return call.to_owned();
    };
    if rest == "?" {
        return call.to_owned();
    }
    // Quotes that do not close could hide where an argument ends.
    if rest.matches('"').count() % 2 == 1 {
        return format!("{name}={MASK}");
    }
    let mut args: Vec<&str> = split(rest, ',');
    for (index, arg) in args.iter_mut().enumerate() {
        if (index == *secret || (*is_rest && index > *secret)) && !arg.is_empty() {
            *arg = MASK;
        }
    }
    format!("{name}={}", args.join(","))
}

fn holds_secret_key(arguments: &str) -> bool {
    let upper = arguments.to_ascii_uppercase();
    let mut words = upper.split(',').map(|word| word.trim_matches('"'));
    words.any(|word| SECRET_KEYS.contains(&word)) && upper.contains(',')
}

/// Cuts at `mark` outside straight quotes.
fn split(text: &str, mark: char) -> Vec<&str> {
    let mut is_quoted = false;
    text.split(|character| {
        is_quoted ^= character == '"';
        character == mark && !is_quoted
    })
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_masked_and_nothing_else() {
        let table = [
            ("AT+MCONFIG=id,root,luat123", "AT+MCONFIG=id,root,***"),
            ("at+mconfig=\"id\",\"u\",\"a,b\",1,0,\"t\",\"m\"", "at+mconfig=\"id\",\"u\",***,1,0,\"t\",\"m\""),
            ("AT+MCONFIG=id,root,\"open", "AT+MCONFIG=***"),
            ("AT+MCONFIG=?", "AT+MCONFIG=?"),
            ("AT+CPNETAPN=2,apn,user,pass,2", "AT+CPNETAPN=2,apn,user,***,2"),
            ("AT+CPIN=\"1234\"", "AT+CPIN=***"),
            ("AT+CPIN=12345678,1234", "AT+CPIN=***,***"),
            ("AT+CSQ;+CPIN=1234;+CSQ", "AT+CSQ;+CPIN=***;+CSQ"),
            ("AT+SSLCFG=\"premaster\",88,\"00ff\"", "AT+SSLCFG=***"),
            ("AT+SAPBR=3,1,\"PWD\",\"x\"", "AT+SAPBR=***"),
            ("AT+CGAUTH=1,1,user,pass", "AT+CGAUTH=1,1,user,***"),
            ("AT+MPUB=t,0,0,\"a;b\"", "AT+MPUB=t,0,0,\"a;b\""),
        ];
        for (written, shown) in table {
            assert_eq!(command(written), shown);
        }
        assert_eq!(line("PWD:secret"), "PWD:***");
        assert_eq!(line("+SSLCFG: \"premaster\",88,\"00\""), "+SSLCFG: ***");
        assert_eq!(line("+CSQ: 24,0"), "+CSQ: 24,0");
    }
}
