//! The words of one language.

use std::{borrow::Cow, env::consts};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};

use super::{Arg, Lang, Text};

/// Turns keys into sentences of one language.
pub struct Translator {
    lang: Lang,
    bundle: FluentBundle<FluentResource>,
}

impl Translator {
    /// A translator into `lang`.
    pub fn new(lang: Lang) -> Self {
        Self::on(lang, consts::OS)
    }

    /// A translator for people who sit at `system` (`linux`, `windows`, `macos`): sentences ask for it with `SYSTEM()`, where
    /// what helps on one is no help on another.
    pub(super) fn on(lang: Lang, system: &'static str) -> Self {
        let mut bundle = FluentBundle::new_concurrent(vec![lang.identifier()]);
        bundle.set_use_isolating(false);
        let added = bundle.add_function("SYSTEM", move |_, _| FluentValue::from(system));
        debug_assert!(added.is_ok(), "nothing else has this name: {added:?}");
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

    /// The sentence named `key`; in English where this language has none, and the key itself where nobody has.
    pub fn tr<'a>(&'a self, key: &'a str) -> Cow<'a, str> {
        self.found(key).unwrap_or(Cow::Borrowed(key))
    }

    /// The sentence named `key`, here or in English.
    pub(super) fn found(&self, key: &str) -> Option<Cow<'_, str>> {
        self.filled(key, None).or_else(|| self.in_english()?.found(key))
    }

    /// The sentence named `key` with its arguments filled in.
    pub fn tr_args(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        let mut filled = FluentArgs::new();
        for (name, value) in args {
            filled.set(*name, self.value(value));
        }
        match self.filled(key, Some(&filled)) {
            Some(said) => said.into_owned(),
            None => self.in_english().map_or_else(|| key.to_owned(), |english| english.tr_args(key, args)),
        }
    }

    /// A sentence that lacks an argument would show the argument's name instead: whatever test says one finds that.
    fn filled(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<Cow<'_, str>> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let said = self.bundle.format_pattern(pattern, args, &mut errors);
        debug_assert!(errors.is_empty(), "{key} in {}: {errors:?}", self.lang.tag());
        Some(said)
    }

    /// The sentence `text` stands for.
    pub fn text(&self, text: &Text) -> String {
        text.to(self.lang).into_owned()
    }

    fn in_english(&self) -> Option<&'static Self> {
        (self.lang != Lang::default()).then(|| Lang::default().translator())
    }

    fn value<'a>(&self, arg: &'a Arg) -> FluentValue<'a> {
        match arg {
            Arg::Plain(text) => FluentValue::from(text.as_str()),
            Arg::Number(number) => FluentValue::from(*number),
            Arg::Nested(text) => FluentValue::from(text.to(self.lang)),
        }
    }
}
