//! What every command of the module is: a type that knows its text, its answer and its time limits.

use crate::at::{exchange::Exchange, text::CommandLine};

/// One command with its arguments.
pub trait Command {
    /// What its information lines say.
    type Answer;

    /// The line, secrets marked.
    fn line(&self) -> CommandLine;

    /// The whole dialogue: how it ends and how long each part may take.
    fn exchange(&self) -> Exchange;

    /// Reads the information lines; `None` when they say nothing that fits.
    fn answer(&self, lines: &[String]) -> Option<Self::Answer>;
}

/// A command without arguments and without information of interest.
macro_rules! plain_command {
    ($command:ty, $text:literal, $limit:expr) => {
        impl $crate::air780e::Command for $command {
            type Answer = ();

            fn line(&self) -> $crate::at::text::CommandLine {
                $crate::at::text::CommandLine::new($text)
            }

            fn exchange(&self) -> $crate::at::exchange::Exchange {
                let line = $crate::air780e::Command::line(self);
                $crate::at::exchange::Exchange::new(line, $limit)
            }

            fn answer(&self, _lines: &[String]) -> Option<()> {
                Some(())
            }
        }
    };
}
pub(crate) use plain_command;

/// What stands behind `prefix` in the last line that begins so, without blanks around it.
///
/// Some answers put a blank before the colon (`+MQTTSTATU :1`), some none behind it: both are read.
pub(crate) fn last_value<'a>(lines: &'a [String], prefix: &str) -> Option<&'a str> {
    lines.iter().rev().find_map(|line| value(line, prefix))
}

/// What stands behind `prefix` and its colon.
pub(crate) fn value<'a>(line: &'a str, prefix: &str) -> Option<&'a str> {
    line.strip_prefix(prefix)?.trim_start().strip_prefix(':').map(str::trim)
}

/// Splits at commas that stand outside double quotes; the quotes are taken away.
pub(crate) fn fields(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_quoted = false;
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b',' if !is_quoted => {
                found.push(unquoted(&text[from..at]));
                from = at + 1;
            }
            _ => {}
        }
    }
    found.push(unquoted(&text[from..]));
    found
}

/// `field` without blanks and quotes around it.
pub(crate) fn unquoted(field: &str) -> &str {
    let field = field.trim();
    field.strip_prefix('"').and_then(|inner| inner.strip_suffix('"')).unwrap_or(field)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_inside_quotes_do_not_split() {
        assert_eq!(fields(r#"1,"a,b", c ,"""#), ["1", "a,b", "c", ""]);
        assert_eq!(fields(""), [""]);
    }

    #[test]
    fn the_colon_may_have_blanks_on_either_side() {
        for line in ["+MQTTSTATU :1", "+MQTTSTATU: 1", "+MQTTSTATU:1"] {
            assert_eq!(value(line, "+MQTTSTATU"), Some("1"), "{line}");
        }
        assert_eq!(value("+MQTTSTATUS: 1", "+MQTTSTATU"), None);
    }
}
