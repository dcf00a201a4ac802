//! The words of both faces: Fluent files compiled in, and texts as data.
//!
//! It owns wording only. What is said, and when, is decided elsewhere; a [`Text`] names a key and its arguments, a [`Phrase`] a
//! key alone, so that what was made while one language was shown is told in the other after a switch. Each folder in
//! `assets/lang` is a language; there is no other list of them.

mod text;
mod translator;

use std::{borrow::Cow, sync::OnceLock};

use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

pub use self::{
    text::{Arg, Phrase, Text},
    translator::Translator,
};

/// Declares the languages: `Name = "tag" [its files]`, the one that fills the gaps of the others first.
macro_rules! languages {
    ($first:ident = $first_tag:literal [$($first_source:expr),*] $($name:ident = $tag:literal [$($source:expr),*])*) => {
        /// A language.
        #[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
        pub enum Lang {
            #[doc = concat!("That of the folder `", $first_tag, "`.")]
            #[default]
            #[serde(rename = $first_tag)]
            $first,
            $(
                #[doc = concat!("That of the folder `", $tag, "`.")]
                #[serde(rename = $tag)]
                $name,
            )*
        }

        /// The tag of each language and the text of its files.
        const SOURCES: &[(&str, &[&str])] =
            &[($first_tag, &[$($first_source),*]), $(($tag, &[$($source),*])),*];

        impl Lang {
            /// All languages, English first.
            pub const ALL: [Self; SOURCES.len()] = [Self::$first, $(Self::$name),*];
        }
    };
}

include!(concat!(env!("OUT_DIR"), "/languages.rs"));

impl Lang {
    /// The tag of the language: `en`, `zh-CN`.
    pub const fn tag(self) -> &'static str {
        SOURCES[self as usize].0
    }

    /// The tag without the country, by which the command line knows the language: `en`, `zh`.
    pub fn short_tag(self) -> &'static str {
        self.tag().split('-').next().unwrap_or_default()
    }

    /// The language's name in itself.
    pub fn own_name(self) -> Cow<'static, str> {
        self.tr("language-name")
    }

    /// The language of a tag such as `zh_CN.UTF-8` or `de`: the one with the same beginning, English where there is none.
    pub fn from_tag(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase().replace('_', "-");
        let fits = |lang: &Self, known: &str| {
            let rest = tag.strip_prefix(&known.to_ascii_lowercase());
            rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphanumeric())).then_some(*lang)
        };
        let exactly = Self::ALL.iter().find_map(|lang| fits(lang, lang.tag()));
        exactly.or_else(|| Self::ALL.iter().find_map(|lang| fits(lang, lang.short_tag()))).unwrap_or_default()
    }

    /// The sentence named `key`; the key itself when there is none.
    pub fn tr(self, key: &'static str) -> Cow<'static, str> {
        self.translator().tr(key)
    }

    /// The title of a scenario of the virtual modem by its name; the name itself when there is none.
    pub fn scenario(self, name: &'static str) -> Cow<'static, str> {
        self.translator().found(&format!("scenario-{name}")).unwrap_or(Cow::Borrowed(name))
    }

    /// The words of this language, read once for the whole program.
    pub fn translator(self) -> &'static Translator {
        static READ: [OnceLock<Translator>; Lang::ALL.len()] = [const { OnceLock::new() }; Lang::ALL.len()];
        READ[self as usize].get_or_init(|| Translator::new(self))
    }

    fn sources(self) -> &'static [&'static str] {
        SOURCES[self as usize].1
    }

    /// Chooses the plural rules.
    fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
