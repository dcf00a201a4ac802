//! What the Messages page shows.

mod composer;
mod list;
mod payload;
mod topics;

pub use self::{
    composer::{Composer, Judged, PayloadFormat, PayloadProblem, TopicProblem, check_filter},
    list::{ListFilter, MessageList, Shown},
    payload::{PayloadForm, Rendered, preview, render, visible_line},
    topics::{TopicList, TopicRow},
};
