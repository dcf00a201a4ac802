//! The two languages of the window: Fluent files compiled in, and texts as data.
//!
//! It owns wording only. What is said, and when, is decided by the views; a [`Text`] names a key and its arguments, so
//! that a notice made in one language is shown in the other after a switch.

use std::borrow::Cow;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};
use serde::{Deserialize, Serialize};
use unic_langid::LanguageIdentifier;

/// The files of one language, a file a page.
macro_rules! texts_of {
    ($tag:literal) => {
        texts_of!($tag; "shell", "connect", "messages", "certificates", "latency", "troubleshoot", "terminal", "demo", "recorded")
    };
    ($tag:literal; $($page:literal),*) => {
        &[$(include_str!(concat!("../../assets/lang/", $tag, "/", $page, ".ftl"))),*]
    };
}

/// A language of the window.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lang {
    /// English.
    #[default]
    #[serde(rename = "en")]
    En,
    /// Simplified Chinese.
    #[serde(rename = "zh-CN")]
    ZhCn,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::En, Self::ZhCn];

    /// The tag of the language: `en`, `zh-CN`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::ZhCn => "zh-CN",
        }
    }

    /// The language's name in itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::ZhCn => "简体中文",
        }
    }

    /// The language of a tag such as `zh_CN.UTF-8`: Chinese when it begins with `zh`, English otherwise.
    pub fn from_tag(tag: &str) -> Self {
        if tag.to_ascii_lowercase().starts_with("zh") { Self::ZhCn } else { Self::En }
    }

    fn sources(self) -> &'static [&'static str] {
        match self {
            Self::En => texts_of!("en"),
            Self::ZhCn => texts_of!("zh-CN"),
        }
    }

    /// Chooses the plural rules.
    fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
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
    /// Words that are known in both languages without the language files.
    Known {
        /// In English.
        english: &'static str,
        /// In Simplified Chinese.
        chinese: &'static str,
    },
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

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Nested(text)
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

/// A sentence that is not yet in any language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    key: &'static str,
    args: Vec<(&'static str, Arg)>,
}

impl Text {
    /// The sentence named `key` in the language files.
    pub const fn new(key: &'static str) -> Self {
        Self { key, args: Vec::new() }
    }

    /// The same sentence with `name` filled in.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    /// The name of the sentence in the language files.
    pub const fn key(&self) -> &'static str {
        self.key
    }
}

/// Turns keys into sentences of one language.
pub struct Translator {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Translator {
    /// A translator into `lang`.
    pub fn new(lang: Lang) -> Self {
        let mut bundle = FluentBundle::new(vec![lang.identifier()]);
        bundle.set_use_isolating(false);
        for source in lang.sources() {
            // A malformed entry is left out and shows as its key; the tests walk every file for such entries.
            let resource = FluentResource::try_new((*source).to_owned()).unwrap_or_else(|(partial, _)| partial);
            bundle.add_resource_overriding(resource);
        }
        Self { lang, bundle }
    }

    /// The language it speaks.
    pub const fn lang(&self) -> Lang {
        self.lang
    }

    /// The sentence named `key`; the key itself when there is none.
    pub fn tr<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        match self.bundle.get_message(key).and_then(|message| message.value()) {
            Some(pattern) => self.bundle.format_pattern(pattern, None, &mut Vec::new()),
            None => Cow::Borrowed(key),
        }
    }

    /// The sentence named `key` with its arguments filled in.
    pub fn tr_args(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let Some(pattern) = self.bundle.get_message(key).and_then(|message| message.value()) else {
            return key.to_owned();
        };
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            filled.set(*name, self.value(value));
        }
        self.bundle.format_pattern(pattern, Some(&filled), &mut Vec::new()).into_owned()
    }

    /// The sentence `text` stands for.
    pub fn text(&self, text: &Text) -> String {
        self.tr_args(text.key, &text.args)
    }

    fn value<'a>(&self, arg: &'a Arg) -> FluentValue<'a> {
        match arg {
            Arg::Plain(text) => FluentValue::from(text.as_str()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Nested(text) => FluentValue::from(self.text(text)),
            Arg::Known { english, chinese } => FluentValue::from(match self.lang {
                Lang::En => *english,
                Lang::ZhCn => *chinese,
            }),
        }
    }
}

#[cfg(test)]
mod tests;
