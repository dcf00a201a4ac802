//! Wrong arguments in words. The library that reads them speaks English alone: in another language its usual complaints are
//! told anew, with the same names and values.

use std::{error::Error, fmt};

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::{
    lang::{Lang, Text},
    modem::fault::topic_words,
    mqtt::TopicError,
};

/// Why a value is none that an option takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unfit(pub(super) Text);

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.to(Lang::En))
    }
}

impl Error for Unfit {}

/// What is wrong with the arguments; `None` for what is no complaint, and for English, which the library speaks by itself.
pub(super) fn told(error: &clap::Error, lang: Lang) -> Option<Text> {
    if lang == Lang::En {
        return None;
    }
    let named = |kind| error.get(kind).map(words).unwrap_or_default();
    let (argument, value) = (named(ContextKind::InvalidArg), named(ContextKind::InvalidValue));
    Some(match error.kind() {
        ErrorKind::DisplayHelp | ErrorKind::DisplayVersion | ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            return None;
        }
        ErrorKind::UnknownArgument => Text::new("usage-unknown").put("argument", argument),
        ErrorKind::InvalidSubcommand => {
            Text::new("usage-no-command").put("command", named(ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => Text::new("usage-missing").put("argument", argument),
        ErrorKind::MissingSubcommand => Text::new("usage-missing-command"),
        ErrorKind::ArgumentConflict => {
            Text::new("usage-conflict").put("argument", argument).put("other", named(ContextKind::PriorArg))
        }
        ErrorKind::InvalidValue if value.is_empty() => Text::new("usage-no-value").put("argument", argument),
        ErrorKind::InvalidValue => {
            let known = named(ContextKind::ValidValue);
            Text::new("usage-choose").put("argument", argument).put("value", value).put("known", known)
        }
        ErrorKind::ValueValidation => {
            let text = Text::new("usage-unfit").put("argument", argument).put("value", value);
            text.with("why", why(error))
        }
        _ => Text::new("usage-other").put("detail", error.kind()),
    })
}

fn why(error: &clap::Error) -> Text {
    let Some(source) = error.source() else { return Text::new("usage-unfit-value") };
    if let Some(unfit) = source.downcast_ref::<Unfit>() {
        return unfit.0.clone();
    }
    match source.downcast_ref::<TopicError>() {
        Some(error) => topic_words(error),
        None => range(&source.to_string()).unwrap_or(Text::new("usage-unfit-value")),
    }
}

/// `70000 is not in 1..=65535`, as the library says it.
fn range(said: &str) -> Option<Text> {
    let (_, range) = said.split_once(" is not in ")?;
    Some(Text::new("usage-range").put("range", range))
}

fn words(value: &ContextValue) -> String {
    match value {
        ContextValue::String(text) => text.clone(),
        ContextValue::Strings(texts) => texts.join(", "),
        other => other.to_string(),
    }
}
