//! How many sessions a log shows: each begins with a try to open a link to a broker, or with its first visible sign.

use crate::air780e::verb::{Line, Verb};

/// The sessions of one port.
#[derive(Debug, Default)]
pub(super) struct Sessions {
    count: u64,
    is_open: bool,
}

impl Sessions {
    /// How many there were.
    pub(super) const fn count(&self) -> u64 {
        self.count
    }

    /// Whether one is open.
    pub(super) const fn is_open(&self) -> bool {
        self.is_open
    }

    /// A line was sent.
    pub(super) fn sent(&mut self, text: &str) {
        let command = Line::from(text.trim());
        let verb = command.verb();
        if verb.opens() && !command.is_question() {
            self.begin();
        } else if matches!(verb, Verb::LogOut | Verb::CloseLink | Verb::ShutContext | Verb::Restart)
            && !text.ends_with('?')
        {
            self.is_open = false;
        }
    }

    /// A line was received.
    pub(super) fn received(&mut self, text: &str) {
        let text = text.trim();
        match text.strip_prefix(|c: char| c.is_ascii_digit()).and_then(|rest| rest.strip_prefix(',')).unwrap_or(text) {
            "CONNECT OK" | "CONNACK OK" | "SUBACK" | "UNSUBACK" | "PUBACK" | "PUBREC" | "PUBCOMP" => self.show(),
            "CONNECT FAIL" => {
                self.show();
                self.is_open = false;
            }
            "CLOSED" => self.end(),
            "RDY" | "+PDP DEACT" | "+PDP: DEACT" => self.is_open = false,
            text if text.starts_with("+MSUB:") => self.show(),
            text if text.starts_with("^boot.rom") => self.is_open = false,
            _ => {}
        }
    }

    /// A message was taken: there is a session.
    pub(super) const fn show(&mut self) {
        if !self.is_open {
            self.begin();
        }
    }

    /// A session that ends was there.
    const fn end(&mut self) {
        if self.count == 0 {
            self.begin();
        }
        self.is_open = false;
    }

    const fn begin(&mut self) {
        self.count += 1;
        self.is_open = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(lines: &[&str]) -> u64 {
        let mut sessions = Sessions::default();
        for line in lines {
            if line.starts_with("AT") { sessions.sent(line) } else { sessions.received(line) }
        }
        sessions.count()
    }

    #[test]
    fn a_session_begins_with_its_try_or_its_first_sign() {
        assert_eq!(
            count(&["AT+MIPSTART=\"b\",1883", "OK", "CONNECT OK", "AT+MCONNECT=1,60", "CONNACK OK", "CLOSED"]),
            1
        );
        assert_eq!(count(&["AT+MIPSTART=\"b\",1883", "CONNECT FAIL", "AT+MIPSTART=\"b\",1883", "CONNECT OK"]), 2);
        assert_eq!(count(&["+MSUB: \"t\",1 byte,x", "SUBACK", "CLOSED", "CONNECT OK", "CONNACK OK"]), 2);
        assert_eq!(count(&["AT+CSQ", "OK"]), 0);
        assert_eq!(count(&["CLOSED"]), 1);
    }
}
