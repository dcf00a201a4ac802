//! The language of what a command prints, and sentences in both.

use std::env;

use clap::ValueEnum;

use crate::diagnosis::{Fact, Text};

/// A language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Tongue {
    /// English.
    En,
    /// Simplified Chinese.
    #[value(alias = "zh-CN")]
    Zh,
}

impl Tongue {
    /// The language of this system: Chinese when it says so.
    pub(super) fn of_system() -> Self {
        let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
        let said = said.into_iter().find(|value| !value.is_empty());
        #[cfg(any(windows, target_os = "macos"))]
        let said = said.or_else(sys_locale::get_locale);
        Self::of_tag(said.as_deref())
    }

    fn of_tag(tag: Option<&str>) -> Self {
        if tag.is_some_and(|tag| tag.to_ascii_lowercase().starts_with("zh")) { Self::Zh } else { Self::En }
    }

    /// The sentence in this language.
    pub(super) const fn text(self, text: Text) -> &'static str {
        match self {
            Self::En => text.en,
            Self::Zh => text.zh,
        }
    }

    /// The one of two in this language.
    pub(super) const fn pick<'a>(self, en: &'a str, zh: &'a str) -> &'a str {
        match self {
            Self::En => en,
            Self::Zh => zh,
        }
    }

    /// The fact in this language.
    pub(super) fn fact(self, fact: &Fact) -> &str {
        self.pick(&fact.text, fact.chinese())
    }
}

/// A sentence with values in it, in both languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Sentence {
    /// English.
    pub(super) en: String,
    /// Simplified Chinese.
    pub(super) zh: String,
}

impl Sentence {
    /// A sentence and its like.
    pub(super) fn new(en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { en: en.into(), zh: zh.into() }
    }

    /// The sentence in `tongue`.
    pub(super) fn of(&self, tongue: Tongue) -> &str {
        tongue.pick(&self.en, &self.zh)
    }
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
