//! What the Messages page keeps between runs: templates of the composer and the colours of topic filters.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::mqtt::Qos;

/// What the Messages page keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MessagesPage {
    /// Templates in the order of the user.
    pub templates: Vec<Template>,
    /// Colours that the user chose, by topic filter; the number is that of the theme's series.
    pub colours: BTreeMap<String, usize>,
}

/// What the composer's fields held when they were kept under a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Template {
    /// Its name, unique among the templates.
    pub name: String,
    /// Topic as typed.
    pub topic: String,
    /// Payload as typed, placeholders and all; the path when the payload is a file.
    pub payload: String,
    /// How to read the payload.
    pub format: PayloadFormat,
    /// Quality of service.
    pub qos: Qos,
    /// Whether the broker shall keep it.
    pub retain: bool,
}

/// How the payload field of the composer is to be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PayloadFormat {
    /// The text as UTF-8.
    #[default]
    Text,
    /// The text in GBK.
    Gbk,
    /// The text as UTF-8, which must be JSON.
    Json,
    /// Pairs of hex digits; white space may stand anywhere.
    Hex,
    /// Base64 of RFC 4648; white space may stand anywhere.
    Base64,
    /// The bytes of a file.
    File,
}

impl PayloadFormat {
    /// All formats in the order of the list.
    pub const ALL: [Self; 6] = [Self::Text, Self::Gbk, Self::Json, Self::Hex, Self::Base64, Self::File];

    /// Whether placeholders are filled in.
    pub const fn has_placeholders(self) -> bool {
        matches!(self, Self::Text | Self::Gbk | Self::Json)
    }
}

impl MessagesPage {
    /// Keeps `template`; one of the same name is replaced.
    pub fn keep(&mut self, template: Template) {
        match self.templates.iter_mut().find(|kept| kept.name == template.name) {
            Some(kept) => *kept = template,
            None => self.templates.push(template),
        }
    }

    /// Forgets the template called `name`.
    pub fn forget(&mut self, name: &str) {
        self.templates.retain(|template| template.name != name);
    }

    /// Remembers the colour of a topic filter; at most 500 of them.
    pub fn colour(&mut self, filter: &str, colour: usize) {
        if self.colours.len() < MOST_COLOURS || self.colours.contains_key(filter) {
            self.colours.insert(filter.to_owned(), colour);
        }
    }
}

const MOST_COLOURS: usize = 500;
