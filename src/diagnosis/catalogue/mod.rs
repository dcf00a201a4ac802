//! The causes a session can fail by: one row each, with the remedy, what rules it out and what can show it. What is
//! wrong and what to do stand in the language files.
//!
//! Numbers and keys are stable: support engineers quote them. Wording may change, meaning may not. One file holds one or
//! more [`Stage`]s, rows in the order of their numbers.

mod files;
mod login;
mod messages;
mod network;
mod other;
mod own;
mod port;
mod radio;
mod stage;
mod staying;
mod tls;
mod trust;

pub use self::{
    files::*, login::*, messages::*, network::*, other::*, own::*, port::*, radio::*, stage::Stage, staying::*, tls::*,
    trust::*,
};

pub use super::cause::Shown;

use super::cause::Cause;

/// Every cause the rules can name, from the cable up.
pub fn all() -> impl Iterator<Item = &'static Cause> {
    let rooms = [
        port::ALL,
        radio::ALL,
        network::ALL,
        tls::ALL,
        trust::ALL,
        files::ALL,
        login::ALL,
        messages::ALL,
        staying::ALL,
        other::ALL,
        own::ALL,
    ];
    rooms.into_iter().flatten().copied()
}

/// The cause of this number.
pub fn by_id(id: &str) -> Option<&'static Cause> {
    all().find(|cause| cause.id == id)
}

/// Declares causes as constants and lists them in `ALL`.
///
/// `NAME = Stage "F-nnn" "key" { other fields of the row }`: what is wrong stands as `cause-F-nnn` in the language files, what to do
/// as `fix-F-nnn`, and why nothing can show it as `unshown-F-nnn`.
/// A field that is left out is as in [`Cause::EMPTY`]: no remedy, not plain, ruled out by nothing, shown by the wire.
macro_rules! causes {
    ($($name:ident = $stage:ident $id:literal $key:literal {
        $($field:ident: $value:expr,)*
    })+) => {
        $(
            #[doc = concat!("`", $id, "`, `", $key, "`.")]
            pub const $name: $crate::diagnosis::Cause = $crate::diagnosis::Cause {
                id: $id,
                key: $key,
                stage: $crate::diagnosis::catalogue::Stage::$stage,
                cause: $crate::lang::Phrase::new(concat!("cause-", $id)),
                fix: $crate::lang::Phrase::new(concat!("fix-", $id)),
                $($field: $value,)*
                ..$crate::diagnosis::Cause::EMPTY
            };
        )+
        pub(super) const ALL: &[&$crate::diagnosis::Cause] = &[$(&$name),+];
    };
}

use causes;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use crate::lang::Lang;

    #[test]
    fn every_number_is_there_once_and_in_its_stage() {
        let (mut ids, mut keys) = (HashSet::new(), HashSet::new());
        for cause in all() {
            assert!(ids.insert(cause.id), "{} twice", cause.id);
            assert!(keys.insert(cause.key), "{} twice", cause.key);
            let number = number(cause);
            if number > CATALOGUED {
                continue;
            }
            let stage = STAGES.iter().find(|(_, last)| number <= *last).expect("a number of the catalogue").0;
            assert_eq!(cause.stage, if number == 0 { Stage::Other } else { stage }, "{}", cause.id);
        }
        for number in 1..=LAST {
            assert!(ids.contains(format!("F-{number:03}").as_str()), "F-{number:03} is missing");
        }
        assert_eq!(ids.len(), usize::from(LAST) + 1, "and the one of this program itself");
    }

    #[test]
    fn rows_stand_in_the_order_of_their_numbers() {
        let numbers: Vec<_> = all().map(number).filter(|number| *number > 0).collect();
        assert!(numbers.is_sorted(), "{numbers:?}");
    }

    #[test]
    fn every_sentence_is_there_in_both_languages() {
        for cause in all() {
            let reason = match cause.shown {
                Shown::Nothing(reason) => Some(reason),
                Shown::Wire | Shown::File | Shown::Here => None,
            };
            for text in [cause.cause, cause.fix].into_iter().chain(reason) {
                let (english, chinese) = (text.to(Lang::En), text.to(Lang::ZhCn));
                assert!(english.ends_with('.') && english.is_ascii(), "{}: {english}", cause.id);
                assert!(chinese.ends_with('。') && !chinese.is_ascii(), "{}: {chinese}", cause.id);
            }
        }
    }

    #[test]
    fn what_nothing_shows_has_a_reason_and_is_rare() {
        let hidden: Vec<_> = all().filter(|cause| matches!(cause.shown, Shown::Nothing(_))).collect();
        for cause in &hidden {
            println!("{} {}: {:?}", cause.id, cause.key, cause.shown);
            assert!(!cause.is_plain && cause.ruled_out_by.is_none(), "{} is shown after all", cause.id);
        }
        assert!(hidden.len() <= 10, "{} causes that nothing shows", hidden.len());
    }

    fn number(cause: &Cause) -> u16 {
        let digits = cause.id.strip_prefix("F-").expect("F-nnn");
        assert_eq!(digits.len(), 3, "{}", cause.id);
        digits.parse().expect("digits")
    }

    const LAST: u16 = 211;
    /// The last of the catalogue; those behind it act in any stage.
    const CATALOGUED: u16 = 210;
    /// Each stage with its last number.
    const STAGES: [(Stage, u16); 18] = [
        (Stage::Port, 20),
        (Stage::Sim, 30),
        (Stage::Signal, 36),
        (Stage::Registration, 42),
        (Stage::Data, 51),
        (Stage::Dns, 57),
        (Stage::Tcp, 68),
        (Stage::TlsTalk, 87),
        (Stage::TlsSettings, 96),
        (Stage::TlsTrust, 114),
        (Stage::TlsFiles, 133),
        (Stage::Login, 152),
        (Stage::Subscribe, 161),
        (Stage::Publish, 174),
        (Stage::Receive, 179),
        (Stage::Stay, 194),
        (Stage::Will, 199),
        (Stage::Other, CATALOGUED),
    ];
}
