//! The causes a session can fail by, with one sentence for what is wrong and one for what to do, in both languages.
//!
//! Numbers and keys are stable: support engineers quote them. Wording may change, meaning may not.

mod broker;
mod files;
mod modem;
mod tls;

pub use self::{broker::*, files::*, modem::*, tls::*};

use super::Cause;

/// Every cause the rules can name, from the cable up.
pub fn all() -> impl Iterator<Item = &'static Cause> {
    [modem::ALL, broker::ALL, tls::ALL, files::ALL].into_iter().flatten().copied()
}

/// Declares causes as constants and lists them in `ALL`.
macro_rules! causes {
    ($($name:ident = $id:literal $key:literal { $en:literal $zh:literal => $fix_en:literal $fix_zh:literal })+) => {
        $(
            #[doc = concat!("`", $id, "`: ", $en)]
            pub const $name: $crate::diagnosis::Cause = $crate::diagnosis::Cause {
                id: $id,
                key: $key,
                cause: $crate::diagnosis::Text { en: $en, zh: $zh },
                fix: $crate::diagnosis::Text { en: $fix_en, zh: $fix_zh },
            };
        )+
        pub(super) const ALL: &[&$crate::diagnosis::Cause] = &[$(&$name),+];
    };
}
/// The cause of this number.
pub fn by_id(id: &str) -> Option<&'static Cause> {
    all().find(|cause| cause.id == id)
}

use causes;

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn numbers_and_keys_are_unique_and_well_formed() {
        let (mut ids, mut keys) = (HashSet::new(), HashSet::new());
        for cause in all() {
            assert!(ids.insert(cause.id), "{} twice", cause.id);
            assert!(keys.insert(cause.key), "{} twice", cause.key);
            let number = cause.id.strip_prefix("F-").expect("F-nnn");
            assert!(number.len() == 3 && number.parse::<u16>().is_ok_and(|n| n <= 210), "{}", cause.id);
        }
    }

    #[test]
    fn every_sentence_is_there_in_both_languages() {
        for cause in all() {
            for text in [cause.cause, cause.fix] {
                assert!(text.en.ends_with('.') && text.en.is_ascii(), "{}: {}", cause.id, text.en);
                assert!(text.zh.ends_with('。') && !text.zh.is_ascii(), "{}: {}", cause.id, text.zh);
            }
        }
    }
}
