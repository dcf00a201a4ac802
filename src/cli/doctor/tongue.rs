//! The language of the answers, and the sentences about the question itself.

use std::env;

use clap::ValueEnum;

use crate::{diagnosis::Text, record};

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Tongue {
    /// English.
    En,
    /// Simplified Chinese.
    Zh,
}

impl Tongue {
    /// The language of this system: Chinese when it says so.
    pub(super) fn of_system() -> Self {
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
        Self::of_tag(said.into_iter().find(|value| !value.is_empty()).as_deref())
    }

    fn of_tag(tag: Option<&str>) -> Self {
        if tag.is_some_and(|tag| tag.to_ascii_lowercase().starts_with("zh")) { Self::Zh } else { Self::En }
    }

    /// The sentence in this language.
    pub(super) const fn pick(self, text: Text) -> &'static str {
        match self {
            Self::En => text.en,
            Self::Zh => text.zh,
        }
    }
}

/// A sentence with values in it, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Sentence {
    en: String,
    zh: String,
}

impl Sentence {
    /// The same in both languages.
    pub(super) fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// The sentence in `tongue`.
    pub(super) fn of(&self, tongue: Tongue) -> &str {
        match tongue {
            Tongue::En => &self.en,
            Tongue::Zh => &self.zh,
        }
    }
}

/// A format that is not known.
pub(super) fn unknown_format(name: &str) -> Sentence {
    let known: Vec<_> = record::FORMATS.iter().map(|format| format.key).collect();
    let known = known.join(", ");
    Sentence::new(
        format!("there is no format {name:?}; leave --format out, or give one of these: {known}"),
        format!("没有名为 {name:?} 的格式；请去掉 --format，或选择其一：{known}"),
    )
}

/// Lines in the wrong order.
pub(super) fn no_lines(from: u32, to: u32) -> Sentence {
    Sentence::new(
        format!("there is no line from {from} to {to}; let --from be at most --to"),
        format!("第 {from} 行到第 {to} 行不存在；--from 不能大于 --to"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_system_says_its_language() {
        assert_eq!(Tongue::of_tag(Some("zh_CN.UTF-8")), Tongue::Zh);
        assert_eq!(Tongue::of_tag(Some("de_DE.UTF-8")), Tongue::En);
        assert_eq!(Tongue::of_tag(None), Tongue::En);
    }
}
