//! Keys and certificates pasted where a path, a host or a topic belongs: told as that, before anything repeats them.

use std::ffi::OsString;

use crate::{lang::Text, user_file::Pasted};

/// What to say of the first argument that is the text of a key or a certificate; a message may be anything.
pub(super) fn in_arguments(arguments: impl IntoIterator<Item = OsString>) -> Option<Text> {
    let mut option = String::new();
    for argument in arguments {
        let text = argument.to_string_lossy();
        let (name, value) = match text.split_once('=') {
            Some((name, value)) if name.starts_with("--") => (name.to_owned(), value),
            _ => (option.clone(), text.as_ref()),
        };
        if let Some(pasted) = Pasted::of(value).filter(|_| !MESSAGES.contains(&name.as_str())) {
            let told = Text::new(match pasted {
                Pasted::Key => "command-pasted-key",
                Pasted::Certificate => "command-pasted-certificate",
            });
            let place = if name.is_empty() {
                Text::new("command-an-argument")
            } else {
                Text::new("command-value-of").put("option", name)
            };
            return Some(told.with("place", place));
        }
        // Whatever else begins so may be a secret as well; only the name of an option is repeated.
        let is_option = text.len() <= LONGEST_OPTION && text.starts_with("--");
        option = if is_option { text.into_owned() } else { String::new() };
    }
    None
}

/// Options whose value is a message.
const MESSAGES: [&str; 3] = ["--payload", "--wait-for", "--will-payload"];
/// No option has a longer name.
const LONGEST_OPTION: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    const KEY: &str = "-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----";

    fn told(arguments: &[&str]) -> Option<String> {
        in_arguments(arguments.iter().map(OsString::from)).map(|told| told.to(Lang::En).into_owned())
    }

    #[test]
    fn a_pasted_key_is_told_by_its_option_and_not_repeated() {
        let glued = format!("--host={KEY}");
        for (arguments, name) in [
            (vec!["check", "--key", KEY], "the value of --key"),
            (vec!["check", &glued], "the value of --host"),
            (vec!["replay", KEY], "an argument"),
            (vec!["check", "--mqtt-port", KEY, "--host", "h"], "the value of --mqtt-port"),
        ] {
            let text = told(&arguments).expect("told");
            assert!(text.starts_with(name) && !text.contains("MIIE") && !text.contains('\n'), "{text}");
        }
        assert_eq!(told(&["check", "--payload", KEY, "--host", "h", "--ca", "ca.crt"]), None);
    }
}
