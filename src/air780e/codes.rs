//! Numbers the module prints and what they mean, short and long (reference, section 5).

/// The rows of a table whose sentences are named by its word and the number: `cme-767` and `cme-767-hint`.
macro_rules! codes {
    ($table:literal; $($number:literal)*) => {
        [$($crate::air780e::codes::Code {
            number: $number,
            short: $crate::lang::Phrase::new(concat!($table, "-", $number)),
            long: $crate::lang::Phrase::new(concat!($table, "-", $number, "-hint")),
        }),*]
    };
}

mod cme;

use crate::lang::Phrase;

use self::cme::{CME, PRINTED};

/// The meaning of one number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Code {
    /// The number.
    pub number: u32,
    /// A few words.
    pub short: Phrase,
    /// A sentence: where it occurs, what it hints at.
    pub long: Phrase,
}

/// The meaning of `+CME ERROR: number`, if it is known.
pub fn cme(number: u32) -> Option<&'static Code> {
    let listed = CME.binary_search_by_key(&number, |code| code.number).ok().map(|index| &CME[index]);
    listed.or_else(|| SIM_DETAILS.contains(&number).then_some(&SIM_DETAIL))
}

/// The meaning of a registration state, 0 to 11 (reference, section 4).
pub fn registration(stat: u8) -> Option<Phrase> {
    REGISTRATION.get(usize::from(stat)).copied()
}

/// The meaning of `TCP ERROR:number`, if it is known (reference, section 5).
pub fn tcp(number: u32) -> Option<&'static Code> {
    TCP.iter().find(|code| code.number == number)
}

/// The meaning of `+CDNSGIP:0,number`, if it is known (reference, section 7).
pub fn dns(number: u32) -> Option<&'static Code> {
    DNS.iter().find(|code| code.number == number)
}

/// The error number whose English words the module printed instead of it (`AT+CMEE=2`).
pub fn cme_by_text(words: &str) -> Option<u32> {
    PRINTED.iter().find(|(_, printed)| printed.eq_ignore_ascii_case(words.trim())).map(|(number, _)| *number)
}

/// All numbers of `+CME ERROR`, `TCP ERROR` and `+CDNSGIP` that have a meaning of their own.
pub fn all() -> impl Iterator<Item = &'static Code> {
    static ALL: [&[Code]; 3] = [&CME, &TCP, &DNS];
    ALL.into_iter().flatten().chain([&SIM_DETAIL])
}

/// `+CME ERROR: 767`: in an MQTT session, that it is gone, or that the login was done already.
pub const OPERATION_FAILED: u32 = 767;
/// The card is still starting.
pub const SIM_BUSY: u32 = 14;
/// The radio is off: `AT+CFUN` is 0 or 4.
pub const RADIO_OFF: u32 = 797;

/// Error numbers that say the module does not know the command (section 5): not supported, option not supported, invalid
/// command line, not implemented, not recognised.
pub const fn is_unknown_command(number: u32) -> bool {
    matches!(number, 4 | 52 | 58 | 99 | 811)
}

/// Numbers that all tell of some trouble with the card; which is not documented one by one.
const SIM_DETAILS: std::ops::RangeInclusive<u32> = 264..=283;
static SIM_DETAIL: Code = Code { number: 264, short: Phrase::new("cme-card"), long: Phrase::new("cme-card-hint") };

/// Registration states by number.
const REGISTRATION: [Phrase; 12] = [
    Phrase::new("registration-0"),
    Phrase::new("registration-1"),
    Phrase::new("registration-2"),
    Phrase::new("registration-3"),
    Phrase::new("registration-4"),
    Phrase::new("registration-5"),
    Phrase::new("registration-6"),
    Phrase::new("registration-7"),
    Phrase::new("registration-8"),
    Phrase::new("registration-9"),
    Phrase::new("registration-10"),
    Phrase::new("registration-11"),
];

/// `TCP ERROR` by number, ascending.
const TCP: [Code; 10] = codes!("tcp"; 5 6 8 11 12 13 14 16 17 18);

/// Errors of resolving by number, ascending.
const DNS: [Code; 6] = codes!("dns"; 10 11 12 13 14 15);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Lang;

    #[test]
    fn the_tables_are_sorted() {
        for table in [CME.as_slice(), &TCP, &DNS] {
            assert!(table.windows(2).all(|pair| pair[0].number < pair[1].number));
        }
    }

    #[test]
    fn numbers_and_words_lead_to_a_meaning() {
        let short = |code: &Code| code.short.to(Lang::En).into_owned();
        assert_eq!(cme(767).map(short).as_deref(), Some("operation failed"));
        assert_eq!(cme(9_999), None);
        assert_eq!([263, 264, 283, 284].map(|number| cme(number).is_some()), [false, true, true, false]);
        assert_eq!(tcp(11).map(short).as_deref(), Some("refused"));
        assert_eq!(dns(12).map(short).as_deref(), Some("no server address"));
        assert_eq!((tcp(7), dns(9)), (None, None));
        assert_eq!(cme_by_text("SIM not inserted"), Some(10));
        assert_eq!(registration(3).map(|state| state.to(Lang::En)).as_deref(), Some("registration denied"));
        assert_eq!(registration(12), None);
    }
}
