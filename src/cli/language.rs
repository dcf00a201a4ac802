//! The language of what a command prints.

use std::env;

use crate::lang::Lang;

/// The language that was asked for, or that of this system.
pub(super) fn or_system(asked: Option<Lang>) -> Lang {
    asked.unwrap_or_else(of_system)
}

/// The language of a tag on the command line: `en`, `zh`, `zh-CN`.
pub(super) fn named(tag: &str) -> Result<Lang, String> {
    let is_named = |lang: &Lang| [lang.tag(), lang.short_tag()].iter().any(|known| known.eq_ignore_ascii_case(tag));
    Lang::ALL.into_iter().find(is_named).ok_or_else(|| {
        let known: Vec<_> = Lang::ALL.iter().map(|lang| lang.short_tag()).collect();
        format!("there are no words in it; choose one of {}", known.join(", "))
    })
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
        assert_eq!(named("xx"), Err("there are no words in it; choose one of en, zh".to_owned()));
        for lang in Lang::ALL {
            assert_eq!(named(lang.tag()), Ok(lang));
        }
    }
}
