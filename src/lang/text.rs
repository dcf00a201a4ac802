//! Sentences that are not yet in any language.

use std::{borrow::Cow, fmt};

use super::Lang;

/// A sentence without arguments, by its name in the language files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Phrase(&'static str);

impl Phrase {
    /// The sentence named `key` in the language files.
    pub const fn new(key: &'static str) -> Self {
        Self(key)
    }

    /// The name of the sentence in the language files.
    pub const fn key(self) -> &'static str {
        self.0
    }

    /// The sentence in `lang`.
    pub fn to(self, lang: Lang) -> Cow<'static, str> {
        lang.tr(self.0)
    }
}

/// One argument of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arg {
    /// Shown as it is.
    Plain(String),
    /// A whole number; the language chooses the plural.
    Number(i64),
    /// Another text, in the language of the sentence around it.
    Nested(Text),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Plain(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

impl From<Cow<'_, str>> for Arg {
    fn from(text: Cow<'_, str>) -> Self {
        Self::Plain(text.into_owned())
    }
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Nested(text)
    }
}

impl From<Phrase> for Arg {
    fn from(phrase: Phrase) -> Self {
        Self::Nested(phrase.into())
    }
}

macro_rules! arg_from_number {
    ($($number:ty),*) => {$(
        impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
            }
        }
    )*};
}

arg_from_number!(u8, u16, u32, u64, usize, i16, i32, i64);

/// A sentence that is not yet in any language, or words that are the same in all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text(Said);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Said {
    Keyed {
        key: &'static str,
        args: Vec<(&'static str, Arg)>,
    },
    /// What passed the wire, a name, a number.
    Plain(String),
    /// One behind the other, with a phrase between them.
    Joined {
        texts: Vec<Text>,
        between: &'static str,
    },
    /// A sentence that stands within another.
    Within {
        text: Box<Text>,
        place: Place,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    AfterColon,
    InBrackets,
}

impl Default for Text {
    fn default() -> Self {
        Self::plain("")
    }
}

impl From<Phrase> for Text {
    fn from(phrase: Phrase) -> Self {
        Self::new(phrase.0)
    }
}

impl Text {
    /// The sentence named `key` in the language files.
    pub const fn new(key: &'static str) -> Self {
        Self(Said::Keyed { key, args: Vec::new() })
    }

    /// What is the same in every language: a line of the wire, a name, a number.
    pub fn plain(words: impl Into<String>) -> Self {
        Self(Said::Plain(words.into()))
    }

    /// `texts` one behind the other, with nothing between them.
    pub fn chain(texts: impl IntoIterator<Item = Self>) -> Self {
        Self(Said::Joined { texts: texts.into_iter().collect(), between: "" })
    }

    /// `texts` with the sign named `between` in the language files between them.
    pub fn list(texts: impl IntoIterator<Item = Self>, between: &'static str) -> Self {
        Self(Said::Joined { texts: texts.into_iter().collect(), between })
    }

    /// This sentence behind a colon: it begins with a small letter, where it is not a name.
    #[must_use]
    pub fn after_colon(self) -> Self {
        Self(Said::Within { text: Box::new(self), place: Place::AfterColon })
    }

    /// This sentence in brackets: without the point at its end.
    #[must_use]
    pub fn in_brackets(self) -> Self {
        Self(Said::Within { text: Box::new(self), place: Place::InBrackets })
    }

    /// The same sentence, with what is filled in as `mask` leaves it.
    #[must_use]
    pub fn masked(self, mask: &dyn Fn(&str) -> String) -> Self {
        let masked = |texts: Vec<Self>| texts.into_iter().map(|text| text.masked(mask)).collect();
        Self(match self.0 {
            Said::Plain(words) => Said::Plain(mask(&words)),
            Said::Joined { texts, between } => Said::Joined { texts: masked(texts), between },
            Said::Within { text, place } => Said::Within { text: Box::new(text.masked(mask)), place },
            Said::Keyed { key, args } => {
                let one = |arg| match arg {
                    Arg::Plain(words) => Arg::Plain(mask(&words)),
                    Arg::Nested(text) => Arg::Nested(text.masked(mask)),
                    Arg::Number(number) => Arg::Number(number),
                };
                Said::Keyed { key, args: args.into_iter().map(|(name, arg)| (name, one(arg))).collect() }
            }
        })
    }

    /// The same sentence with `name` filled in. Words that take no arguments stay as they are.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        if let Said::Keyed { args, .. } = &mut self.0 {
            args.push((name, value.into()));
        }
        self
    }

    /// The same sentence with `name` filled in by what is the same in every language.
    #[must_use]
    pub fn put(self, name: &'static str, value: impl fmt::Display) -> Self {
        self.with(name, value.to_string())
    }

    /// The name of the sentence in the language files; nothing for words that are in none.
    pub const fn key(&self) -> &'static str {
        match &self.0 {
            Said::Keyed { key, .. } => key,
            Said::Within { text, .. } => text.key(),
            Said::Plain(_) | Said::Joined { .. } => "",
        }
    }

    /// What passed the wire, or what else is the same in every language.
    pub fn as_plain(&self) -> Option<&str> {
        match &self.0 {
            Said::Plain(words) => Some(words),
            Said::Keyed { .. } | Said::Joined { .. } | Said::Within { .. } => None,
        }
    }

    /// The argument `name`, here or in a text within, where it is shown as it is.
    pub fn arg(&self, name: &str) -> Option<Cow<'_, str>> {
        match &self.0 {
            Said::Plain(_) => None,
            Said::Joined { texts, .. } => texts.iter().find_map(|text| text.arg(name)),
            Said::Within { text, .. } => text.arg(name),
            Said::Keyed { args, .. } => args.iter().find_map(|(known, value)| match value {
                Arg::Plain(words) if *known == name => Some(Cow::Borrowed(words.as_str())),
                Arg::Number(number) if *known == name => Some(number.to_string().into()),
                Arg::Nested(text) => text.arg(name),
                Arg::Plain(_) | Arg::Number(_) => None,
            }),
        }
    }

    /// The sentence in `lang`.
    pub fn to(&self, lang: Lang) -> Cow<'_, str> {
        match &self.0 {
            Said::Keyed { key, args } if args.is_empty() => lang.tr(key),
            Said::Keyed { key, args } => lang.translator().tr_args(key, args).into(),
            Said::Plain(words) => Cow::Borrowed(words),
            Said::Joined { texts, between } => {
                let between = if between.is_empty() { Cow::Borrowed("") } else { lang.tr(between) };
                texts.iter().map(|text| text.to(lang)).collect::<Vec<_>>().join(&between).into()
            }
            Said::Within { text, place: Place::AfterColon } => lower(&text.to(lang)).into(),
            Said::Within { text, place: Place::InBrackets } => {
                text.to(lang).trim_end_matches(['.', '。']).to_owned().into()
            }
        }
    }
}

fn lower(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let second_is_small = sentence.chars().nth(1).is_none_or(|letter| letter.is_lowercase() || letter == ' ');
    match letters.next() {
        Some(first) if second_is_small => first.to_lowercase().chain(letters).collect(),
        _ => sentence.to_owned(),
    }
}
