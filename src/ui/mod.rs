//! egui only: panels draw a view and push actions.
//!
//! A panel cannot send, block, read a file or look at a clock. It takes its view, a [`Cx`] for words, colours and
//! actions, and an egui `Ui`.

pub mod certificates;
pub mod closing;
pub mod comeback;
pub mod connect;
pub mod demo;
pub mod keys;
pub mod ladder;
pub mod latency;
pub mod messages;
pub mod nav;
pub mod notices;
pub mod pages;
pub mod recorded;
pub mod report;
pub mod save;
pub mod settings;
pub mod skip;
pub mod terminal;
pub mod terminal_strip;
pub mod theme;
pub mod top_bar;
pub mod troubleshoot;
pub mod watch;
pub mod widgets;

use std::borrow::Cow;

use eframe::egui::Id;

use crate::{
    action::Action,
    lang::{Arg, Text, Translator},
    view::files::{FileRole, ROLES},
};

use self::theme::Tokens;

/// The id of the search field of the page in front: Ctrl+F goes there.
pub const SEARCH_FIELD: &str = "search field";
/// The only field of several lines, which takes a paste as it is.
pub const PAYLOAD_FIELD: &str = "payload field";

/// The id of the field for the path of one of the three files.
pub(crate) fn file_path_id(role: FileRole) -> Id {
    Id::unique(("path of a file", role))
}

/// Whether a field is for the path of a file with a key or a certificate: the text of one is used from memory there.
pub fn is_path_field(id: Id) -> bool {
    ROLES.into_iter().any(|role| file_path_id(role) == id)
}

/// What every panel needs beside its view: words, colours, and a place for what the user wants.
pub struct Cx<'a> {
    /// Words of the language in use.
    pub lang: &'a Translator,
    /// Colours of the theme in use.
    pub tokens: Tokens,
    /// What the user wants; done after the frame is drawn.
    pub actions: &'a mut Vec<Action>,
}

impl<'a> Cx<'a> {
    /// The sentence named `key`.
    pub fn tr(&self, key: &'a str) -> Cow<'a, str> {
        self.lang.tr(key)
    }

    /// The sentence named `key` with its arguments filled in.
    pub fn tr_args(&self, key: &str, args: &[(&'static str, Arg)]) -> String {
        self.lang.tr_args(key, args)
    }

    /// The sentence `text` stands for.
    pub fn text(&self, text: &Text) -> String {
        self.lang.text(text)
    }

    /// Wants something.
    pub fn push(&mut self, action: Action) {
        self.actions.push(action);
    }
}
