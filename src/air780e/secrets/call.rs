//! One command as it stands in a line, read as the module reads it: name, sign, values between commas.
//!
//! What does not read so, a quote that opens or closes in the middle of a value, is told as that: from there on nobody
//! knows where a value ends.

use std::ops::Range;

/// One command of a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Call {
    /// Its name in upper case, letters and digits only, without `AT`: `MCONFIG`.
    pub(super) name: String,
    /// Where each letter of the name stands in the line.
    places: Vec<usize>,
    /// Where the values begin; `None` when it only asks.
    from: Option<usize>,
}

/// The values of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Values {
    /// What each value holds, quotes and blanks around it left out.
    pub(super) places: Vec<Range<usize>>,
    /// Where the command ends: behind its semicolon, or with the line.
    pub(super) end: usize,
    /// Whether every quote stands where one may.
    pub(super) is_sound: bool,
}

impl Call {
    /// The command that begins at `at`.
    pub(super) fn read(line: &str, at: usize) -> Self {
        let end = line[at..].find(['=', '?', ':', ';', ',', '"']).map_or(line.len(), |length| at + length);
        let named = line[at..end].char_indices().filter(|(_, sign)| sign.is_ascii_alphanumeric() || *sign == '_');
        let (mut places, mut name): (Vec<_>, String) =
            named.map(|(place, sign)| (at + place, sign.to_ascii_uppercase())).unzip();
        if name.len() > 2 && name.starts_with("AT") {
            name.drain(..2);
            places.drain(..2);
        }
        Self { name, places, from: values_from(line, end) }
    }

    /// The same with a name of only `length` letters: what stood glued to it is its first value.
    pub(super) fn cut(mut self, length: usize) -> Self {
        if let Some(first) = self.places.get(length) {
            self.from = Some(*first);
            self.name.truncate(length);
        }
        self
    }

    /// Its values; `None` when it has none.
    pub(super) fn values(&self, line: &str) -> Option<Values> {
        let from = self.from?;
        Some(sound_values(line, from).unwrap_or_else(|| raw_values(line, from)))
    }

    /// Where the next command begins, for one without values.
    pub(super) fn end(&self, line: &str) -> usize {
        let from = self.from.unwrap_or_else(|| self.places.first().copied().unwrap_or(line.len()));
        line[from..].find(';').map_or(line.len(), |length| from + length + 1)
    }
}

/// Behind the name at `end`: where values begin, whatever stands in the place of the equals sign.
fn values_from(line: &str, end: usize) -> Option<usize> {
    let rest = &line[end..];
    let mut signs = rest.char_indices().filter(|(_, sign)| !sign.is_whitespace());
    let (place, sign) = signs.next()?;
    match (sign, signs.next()) {
        (';' | '?', _) | (_, None) | ('=', Some((_, '?'))) => None,
        ('=' | ':', _) => Some(end + place + 1),
        _ => Some(end + place),
    }
}

/// The values, when every quote opens and closes one.
fn sound_values(line: &str, from: usize) -> Option<Values> {
    let mut places = Vec::new();
    let mut at = from;
    loop {
        at += line[at..].len() - line[at..].trim_start().len();
        let stop = if let Some(quoted) = line[at..].strip_prefix('"') {
            let length = quoted.find('"')?;
            places.push(at + 1..at + 1 + length);
            let behind = at + length + 2;
            let stop = line[behind..].find([',', ';']).map_or(line.len(), |length| behind + length);
            if !line[behind..stop].trim().is_empty() {
                return None;
            }
            stop
        } else {
            let stop = line[at..].find([',', ';']).map_or(line.len(), |length| at + length);
            let value = line[at..stop].trim_end();
            if value.contains('"') {
                return None;
            }
            places.push(at..at + value.len());
            stop
        };
        match line.as_bytes().get(stop) {
            Some(b',') => at = stop + 1,
            // A semicolon with anything but a command behind it may stand in a value that lacks its quotes.
            Some(_) if !begins_command(&line[stop + 1..]) => return None,
            Some(_) => return Some(Values { places, end: stop + 1, is_sound: true }),
            None => return Some(Values { places, end: stop, is_sound: true }),
        }
    }
}

/// Whether a line may go on with `rest` behind a semicolon.
pub(super) fn begins_command(rest: &str) -> bool {
    let rest = rest.trim_start();
    rest.is_empty() || rest.starts_with(['+', '*', '^', '&'])
}

/// What stands between commas, to the end of the line.
fn raw_values(line: &str, from: usize) -> Values {
    let mut places = Vec::new();
    let mut at = from;
    for piece in line[from..].split(',') {
        let inner = piece.trim_matches(|sign: char| sign.is_whitespace() || sign == '"');
        let before = piece.find(inner).unwrap_or(0);
        places.push(at + before..at + before + inner.len());
        at += piece.len() + 1;
    }
    Values { places, end: line.len(), is_sound: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(line: &str) -> (bool, Vec<&str>) {
        let values = Call::read(line, 0).values(line).expect("values");
        (values.is_sound, values.places.into_iter().map(|place| &line[place]).collect())
    }

    #[test]
    fn values_are_read_however_they_are_spelled() {
        for line in ["AT+X=1,\"a,b\",c", "AT+X = 1 , \"a,b\" ,c", "at x: 1,\"a,b\",c;+Y=2", "+X=1,\"a,b\",c"] {
            assert_eq!(values(line), (true, vec!["1", "a,b", "c"]), "{line}");
        }
        assert_eq!(values("AT+X=\"a"), (false, vec!["a"]));
        assert_eq!(values("AT+X=\"a,\"b\",c;d"), (false, vec!["a", "b", "c;d"]));
        assert_eq!(values("AT+X=\"a\"b,c"), (false, vec!["a\"b", "c"]));
        assert_eq!(values("AT+X=,,\"\""), (true, vec!["", "", ""]));
    }

    #[test]
    fn a_question_has_no_values() {
        for line in ["AT+X?", "AT+X=?", "AT+X = ?", "AT+X", "AT", "AT+X;+Y"] {
            assert_eq!(Call::read(line, 0).values(line), None, "{line}");
        }
    }

    #[test]
    fn names_are_letters_and_digits() {
        for (line, name) in [("AT+CPIN=1", "CPIN"), ("at + cpin =1", "CPIN"), ("ATCPIN=1", "CPIN"), ("AT", "AT")] {
            assert_eq!(Call::read(line, 0).name, name, "{line}");
        }
        let line = "AT+CPIN1234";
        let call = Call::read(line, 0).cut(4);
        assert_eq!((call.name.as_str(), &line[call.values(line).expect("one").places[0].clone()]), ("CPIN", "1234"));
    }
}
