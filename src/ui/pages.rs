//! The pages: what is the same of each wherever it is named. Navigation, keys, arguments, settings and tests read it here.

use eframe::egui::Key;

use crate::view::Page;

use super::widgets::Icon;

/// What is the same of a page wherever it is named.
#[derive(Clone, Copy, Debug)]
pub struct PageFacts {
    /// The page.
    pub page: Page,
    /// With `Ctrl`, what brings it to the front: a digit.
    pub key: Key,
    /// Its picture.
    pub icon: Icon,
    /// The name of its word in the language files; the settings keep the page by it.
    pub word: &'static str,
    /// Its name among the arguments of the program.
    pub name: &'static str,
}

/// All pages, in the order of the navigation.
pub const PAGES: [PageFacts; Page::ALL.len()] = [
    facts(Page::Connect, Key::Num1, Icon::Plug, "page-connect", "connect"),
    facts(Page::Messages, Key::Num2, Icon::Messages, "page-messages", "messages"),
    facts(Page::Certificates, Key::Num3, Icon::Certificate, "page-certificates", "certificates"),
    facts(Page::Latency, Key::Num4, Icon::Latency, "page-latency", "latency"),
    facts(Page::Watch, Key::Num5, Icon::Watch, "page-watch", "watch"),
    facts(Page::Troubleshoot, Key::Num6, Icon::Troubleshoot, "page-troubleshoot", "troubleshoot"),
    facts(Page::Terminal, Key::Num7, Icon::Terminal, "page-terminal", "terminal"),
    facts(Page::Settings, Key::Num8, Icon::Settings, "page-settings", "settings"),
];

const fn facts(page: Page, key: Key, icon: Icon, word: &'static str, name: &'static str) -> PageFacts {
    PageFacts { page, key, icon, word, name }
}

impl PageFacts {
    /// Those of `page`.
    pub fn of(page: Page) -> &'static Self {
        PAGES.iter().find(|facts| facts.page == page).unwrap_or(&PAGES[0])
    }

    /// What is pressed for it, as people write it.
    pub fn keys(&self) -> String {
        format!("Ctrl+{}", self.key.name())
    }
}

/// The page whose word is `word`, when there is still one.
pub fn kept(word: &str) -> Option<Page> {
    PAGES.iter().find(|facts| facts.word == word).map(|facts| facts.page)
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_page_has_one_row_of_its_own_in_the_order_of_the_digits() {
        assert_eq!(PAGES.map(|facts| facts.page), Page::ALL);
        assert_eq!(PAGES.map(|facts| facts.key.name()), ["1", "2", "3", "4", "5", "6", "7", "8"]);
        let names: BTreeSet<_> = PAGES.iter().flat_map(|facts| [facts.word, facts.name]).collect();
        assert_eq!(names.len(), 2 * PAGES.len());
        assert!(PAGES.iter().all(|facts| PageFacts::of(facts.page).word == facts.word));
        assert_eq!((kept("page-terminal"), kept("of yesterday")), (Some(Page::Terminal), None));
    }
}
