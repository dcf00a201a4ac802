//! The language of what a command prints.

use std::{env, ffi::OsString};

use super::usage::Unfit;
use crate::lang::{Lang, Text};

/// The language that was asked for, or that of this system.
pub(super) fn or_system(asked: Option<Lang>) -> Lang {
    asked.unwrap_or_else(of_system)
}

/// The language of a tag on the command line: `en`, `zh`, `zh-CN`.
pub(super) fn named(tag: &str) -> Result<Lang, Unfit> {
    let is_named = |lang: &Lang| [lang.tag(), lang.short_tag()].iter().any(|known| known.eq_ignore_ascii_case(tag));
    Lang::ALL.into_iter().find(is_named).ok_or_else(|| {
        let known: Vec<_> = Lang::ALL.iter().map(|lang| lang.short_tag()).collect();
        Unfit(Text::new("command-no-language").put("known", known.join(", ")))
    })
}

/// The language in which to speak before the arguments are understood: that of `--lang`, where it is one, or the system's.
pub(super) fn before_all(arguments: impl IntoIterator<Item = OsString>) -> Lang {
    let mut arguments = arguments.into_iter().filter_map(|argument| argument.into_string().ok());
    let mut asked = None;
    while let Some(argument) = arguments.next() {
        let tag = match argument.strip_prefix("--lang") {
            Some("") => arguments.next(),
            Some(rest) => rest.strip_prefix('=').map(str::to_owned),
            None => None,
        };
        asked = tag.and_then(|tag| named(&tag).ok()).or(asked);
    }
    or_system(asked)
}

fn of_system() -> Lang {
    let said = ["LC_ALL", "LC_MESSAGES", "LANG"].into_iter().filter_map(|name| env::var(name).ok());
    let said = said.into_iter().find(|value| !value.is_empty());
    #[cfg(any(windows, target_os = "macos"))]
    let said = said.or_else(sys_locale::get_locale);
    said.map_or_else(Lang::default, |tag| Lang::from_tag(&tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_known_by_its_tag_and_by_the_beginning_of_it() {
        assert_eq!([named("en"), named("zh"), named("zh-CN")], [Ok(Lang::En), Ok(Lang::ZhCn), Ok(Lang::ZhCn)]);
        let unknown = named("xx").expect_err("no such language");
        assert_eq!(unknown.to_string(), "there are no words in it; choose one of en, zh");
        for given in [&["check", "--lang", "zh"][..], &["--lang=zh-CN", "ports"], &["--lang", "en", "--lang", "zh"]] {
            assert_eq!(before_all(given.iter().map(OsString::from)), Lang::ZhCn, "{given:?}");
        }
        for lang in Lang::ALL {
            assert_eq!(named(lang.tag()), Ok(lang));
        }
    }
}
