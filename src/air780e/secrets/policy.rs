//! Which values of which command are secrets, for commands that are known, written with a slip, or unknown.

use crate::air780e::{handbook, verb::Verb};

/// Which values of a command are secrets, counted from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Policy {
    /// None.
    Plain,
    /// This one; and those behind it, when they cannot be what this command has there.
    One(usize),
    /// This one and all behind it.
    From(usize),
    /// A key names what the value behind it is: from `value` on, unless the one at `key` is among `plain`.
    Keyed {
        /// Where the key stands.
        key: usize,
        /// The first secret value.
        value: usize,
        /// Keys of values that are none.
        plain: &'static [&'static str],
    },
}

impl Policy {
    /// The policy of a command, and how many letters of `name` are its name: the rest is a value glued to it.
    pub(super) fn of(name: &str) -> (Self, usize) {
        if let Some((_, policy)) = SECRETS.iter().find(|(known, _)| *known == name) {
            return (*policy, name.len());
        }
        if is_known(name) {
            return (Self::Plain, name.len());
        }
        if let Some((known, policy)) = SECRETS.iter().find(|(known, _)| name.starts_with(known)) {
            return (*policy, known.len());
        }
        let slip = SECRETS.iter().find(|(known, _)| is_slip(name, known));
        (slip.map_or(UNREAD, |(_, policy)| *policy), name.len())
    }

    /// The policy of an answer that begins with `name`: most commands answer with something else than was set.
    pub(super) fn of_answer(name: &str) -> Option<Self> {
        let is_silent = SILENT.contains(&name);
        SECRETS.iter().find(|(known, _)| *known == name && !is_silent).map(|(_, policy)| *policy)
    }

    /// The first secret value of a command whose values cannot be told apart; `None` when it has none.
    pub(super) const fn first(self) -> Option<usize> {
        match self {
            Self::Plain => None,
            Self::One(first) | Self::From(first) | Self::Keyed { value: first, .. } => {
                Some(if first < THIRD { first } else { THIRD })
            }
        }
    }
}

/// Whether a command of that name, in upper case, has a secret.
pub(super) fn has_secret(name: &str) -> bool {
    SECRETS.iter().any(|(known, _)| *known == name)
}

/// Whether a command of that name is known and has no secret.
fn is_known(name: &str) -> bool {
    // Basic commands are a letter and a number.
    let starts: &[&str] = if name.len() <= 3 { &["AT+", "AT*", "AT^", "AT&", "AT"] } else { &["AT+", "AT*", "AT^"] };
    let is_listed = |start: &&str| {
        let line = format!("{start}{name}");
        !matches!(Verb::of(&line), Verb::Other | Verb::Foreign) || handbook::entry(&line).is_some()
    };
    name == "AT" || PLAIN.contains(&name) || starts.iter().any(is_listed)
}

/// Whether `name` is `known` with one slip, or two in a long one.
fn is_slip(name: &str, known: &str) -> bool {
    let most = if known.len() >= LONG { 2 } else { 1 };
    name.len().abs_diff(known.len()) <= most && distance(name.as_bytes(), known.as_bytes()) <= most
}

/// Letters lost, added, changed, or swapped with their neighbour.
fn distance(one: &[u8], other: &[u8]) -> usize {
    let mut rows = vec![vec![0; other.len() + 1]; one.len() + 1];
    for i in 0..=one.len() {
        for j in 0..=other.len() {
            rows[i][j] = match (i, j) {
                (0, left) | (left, 0) => left,
                _ => {
                    let turned = usize::from(one[i - 1] != other[j - 1]);
                    let least = (rows[i - 1][j] + 1).min(rows[i][j - 1] + 1).min(rows[i - 1][j - 1] + turned);
                    let is_swap = i > 1 && j > 1 && one[i - 1] == other[j - 2] && one[i - 2] == other[j - 1];
                    if is_swap { least.min(rows[i - 2][j - 2] + 1) } else { least }
                }
            };
        }
    }
    rows[one.len()][other.len()]
}

/// Of a line that cannot be read everything from the third value on is a secret.
const THIRD: usize = 2;
const UNREAD: Policy = Policy::From(THIRD);
/// Names from this length on may hold two slips.
const LONG: usize = 6;

/// Commands with secrets (reference, sections 4, 6 and 9, and those of other makers).
const SECRETS: [(&str, Policy); 13] = [
    ("MCONFIG", Policy::One(2)),
    ("CPNETAPN", Policy::One(3)),
    ("CSTT", Policy::From(2)),
    ("CGAUTH", Policy::From(3)),
    ("CPIN", Policy::From(0)),
    ("CPIN2", Policy::From(0)),
    ("CPWD", Policy::From(0)),
    ("CLCK", Policy::From(0)),
    ("SAPBR", Policy::Keyed { key: 2, value: 3, plain: &["APN", "USER", "CONTYPE", "PHONENUM", "RATE"] }),
    ("SSLCFG", Policy::Keyed { key: 0, value: 2, plain: PLAIN_TLS_KEYS }),
    ("CWJAP", Policy::From(1)),
    ("SMCONF", Policy::From(1)),
    ("UMQTT", Policy::From(1)),
];
/// Answers of these say how the card is, and nothing that was typed.
const SILENT: [&str; 4] = ["CPIN", "CPIN2", "CPWD", "CLCK"];
/// Keys of `AT+SSLCFG` whose value is no secret: all but `premaster`.
const PLAIN_TLS_KEYS: &[&str] = &[
    "SSLVERSION",
    "CIPHERSUITE",
    "CACERT",
    "CLIENTCERT",
    "CLIENTKEY",
    "SECLEVEL",
    "HOSTNAME",
    "IGNORELOCALTIME",
    "NEGOTIATETIMEOUT",
    "CLIENTRANDOM",
    "VERIFYMODE",
];
/// Commands of the standards (27.005, 27.007) with three values and more, none of them a secret, that neither the handbook
/// nor a verb knows.
const PLAIN: [&str; 14] = [
    "CNMI", "CGEREP", "CSMP", "CGQREQ", "CGQMIN", "CGEQREQ", "CIND", "CMER", "CCFC", "CSCB", "CRSM", "CPBW", "COPN",
    "CIPTKA",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_one_or_two_letters() {
        let table = [
            ("CPNI", "CPIN", true),
            ("CPI", "CPIN", true),
            ("MCONFG", "MCONFIG", true),
            ("MCNOFIGG", "MCONFIG", true),
            ("CMGS", "CPIN", false),
            ("CP", "CPIN", false),
        ];
        for (name, known, slips) in table {
            assert_eq!(is_slip(name, known), slips, "{name}");
        }
    }

    #[test]
    fn what_is_known_is_no_slip() {
        for name in ["CCLK", "CGATT", "MCONNECT", "CPOWD", "MPUB", "SSLMIPSTART", "E0", "I", "CSQ", "CNMI"] {
            assert_eq!(Policy::of(name), (Policy::Plain, name.len()), "{name}");
        }
        assert_eq!(Policy::of("CPIN1234"), (Policy::From(0), 4));
        assert_eq!(Policy::of("QMTCONN").0, UNREAD);
    }
}
