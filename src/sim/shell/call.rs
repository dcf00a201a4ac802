//! One command line taken apart: basic and extended commands, chained with `;` or without.

use crate::{sim::VirtualModem, time::Moment};

use super::{Answer, Args, Failure};

/// How fast a command answers; the spans stand in [`crate::sim::AnswerTimes`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::sim) enum Pace {
    Quick,
    Query,
    Network,
    Flash,
}

/// One known command.
#[derive(Debug)]
pub(in crate::sim) struct Command {
    /// Without `AT`: `+CSQ`, `*I`, `E`, `&W`.
    pub(in crate::sim) name: &'static str,
    pub(in crate::sim) pace: Pace,
    /// Whether it may ask for data.
    pub(in crate::sim) prompts: bool,
    pub(in crate::sim) run: fn(&mut VirtualModem, Moment, &Form) -> Answer,
}

/// How a command is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::sim) enum Form {
    /// `AT+X`, for basic commands with their digits.
    Run(Vec<u8>),
    /// `AT+X?`
    Read,
    /// `AT+X=?`
    Test,
    /// `AT+X=…`
    Set(Vec<u8>),
}

impl Form {
    /// The arguments of the set form; every other form is `otherwise`.
    pub(in crate::sim) fn args(&self, otherwise: Failure) -> Result<Args, Failure> {
        match self {
            Self::Set(text) => Args::split(text, otherwise),
            _ => Err(Failure::UNKNOWN_COMMAND),
        }
    }
}

/// A command of a line, ready to run.
#[derive(Debug)]
pub(in crate::sim) struct Call {
    command: &'static Command,
    form: Form,
}

impl Call {
    pub(super) const fn pace(&self) -> Pace {
        self.command.pace
    }

    pub(super) const fn prompts(&self) -> bool {
        self.command.prompts && matches!(self.form, Form::Set(_))
    }

    pub(super) fn run(&self, modem: &mut VirtualModem, now: Moment) -> Answer {
        (self.command.run)(modem, now, &self.form)
    }
}

/// What follows `AT` in a line; `None` when the line is no command line at all.
pub(super) fn body(line: &[u8]) -> Option<&[u8]> {
    let start = line.iter().position(|byte| !matches!(byte, b' ' | 0 | b'\n'))?;
    let line = &line[start..];
    (line.len() >= 2 && line[..2].eq_ignore_ascii_case(b"AT")).then(|| &line[2..])
}

/// The calls of a line, or the failure of the first that is not known. Nothing runs before all are understood.
pub(super) fn parse(mut body: &[u8], find: impl Fn(&str) -> Option<&'static Command>) -> Result<Vec<Call>, Failure> {
    let mut calls = Vec::new();
    loop {
        body = skip(body, |byte| matches!(byte, b';' | b' '));
        let Some(first) = body.first() else { return Ok(calls) };
        let (name, form, rest) = match first {
            b'+' | b'*' | b'^' => extended(body)?,
            _ => basic(body)?,
        };
        let command = find(&name).ok_or(Failure::UNKNOWN_COMMAND)?;
        calls.push(Call { command, form });
        body = rest;
    }
}

fn skip(bytes: &[u8], unwanted: impl Fn(u8) -> bool) -> &[u8] {
    let count = bytes.iter().take_while(|byte| unwanted(**byte)).count();
    &bytes[count..]
}

/// `+NAME`, `+NAME?`, `+NAME=?` or `+NAME=…` up to a `;` outside quotes.
fn extended(body: &[u8]) -> Result<(String, Form, &[u8]), Failure> {
    let mut is_quoted = false;
    let end = body.iter().position(|byte| {
        is_quoted ^= *byte == b'"';
        *byte == b';' && !is_quoted
    });
    let (segment, rest) = body.split_at(end.unwrap_or(body.len()));
    let name_end = segment.iter().position(|byte| matches!(byte, b'=' | b'?')).unwrap_or(segment.len());
    let name = String::from_utf8_lossy(&segment[..name_end]).trim().to_ascii_uppercase();
    let form = match &segment[name_end..] {
        b"" => Form::Run(Vec::new()),
        b"?" => Form::Read,
        b"=?" => Form::Test,
        [b'=', args @ ..] => Form::Set(args.to_vec()),
        _ => return Err(Failure::UNKNOWN_COMMAND),
    };
    Ok((name, form, rest))
}

/// A letter, or `&` and a letter, with digits; `S` also with `?` or `=digits`.
fn basic(body: &[u8]) -> Result<(String, Form, &[u8]), Failure> {
    let prefix = usize::from(body[0] == b'&');
    let letter = body.get(prefix).filter(|byte| byte.is_ascii_alphabetic()).ok_or(Failure::UNKNOWN_COMMAND)?;
    let mut name = String::new();
    if prefix == 1 {
        name.push('&');
    }
    name.push(letter.to_ascii_uppercase().into());
    let (digits, mut rest) = digits(&body[prefix + 1..]);
    let mut form = Form::Run(digits.to_vec());
    if name == "S" {
        name.push_str(&String::from_utf8_lossy(digits));
        if let Some(after) = rest.strip_prefix(b"=") {
            let (value, after) = self::digits(after);
            form = Form::Set(value.to_vec());
            rest = after;
        }
    }
    if let Some(after) = rest.strip_prefix(b"?") {
        form = Form::Read;
        rest = after;
    }
    Ok((name, form, rest))
}

fn digits(bytes: &[u8]) -> (&[u8], &[u8]) {
    let count = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    bytes.split_at(count)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::commands;

    fn names(line: &str) -> Result<Vec<(&'static str, Form)>, Failure> {
        let calls = parse(body(line.as_bytes()).unwrap(), commands::find)?;
        Ok(calls.into_iter().map(|call| (call.command.name, call.form)).collect())
    }

    #[test]
    fn commands_share_a_line_with_and_without_semicolons() {
        assert_eq!(names("AT"), Ok(vec![]));
        assert_eq!(
            names("at+ipr=115200;&w"),
            Ok(vec![("+IPR", Form::Set(b"115200".to_vec())), ("&W", Form::Run(vec![]))])
        );
        assert_eq!(
            names("ATE0&W+CREG=2;&W"),
            Ok(vec![
                ("E", Form::Run(b"0".to_vec())),
                ("&W", Form::Run(vec![])),
                ("+CREG", Form::Set(b"2".to_vec())),
                ("&W", Form::Run(vec![])),
            ])
        );
    }

    #[test]
    fn a_semicolon_inside_quotes_belongs_to_the_text() {
        assert_eq!(
            names("AT+MPUB=t,0,0,\"a;b\";+CSQ"),
            Ok(vec![("+MPUB", Form::Set(b"t,0,0,\"a;b\"".to_vec())), ("+CSQ", Form::Run(vec![]))])
        );
    }

    #[test]
    fn what_is_not_known_fails_before_anything_runs() {
        assert_eq!(names("AT+CSQ;+NOSUCH"), Err(Failure::UNKNOWN_COMMAND));
        assert_eq!(names("AT%"), Err(Failure::UNKNOWN_COMMAND));
        assert_eq!(names("AT&"), Err(Failure::UNKNOWN_COMMAND));
        assert!(body(b"hello").is_none());
        assert!(body(b"").is_none());
    }
}
