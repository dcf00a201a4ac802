//! What goes back to whoever sent a log or asked for a check: one page with everything that bears on the case.
//!
//! It knows no modem and no diagnosis: a face fills in a [`Report`], which is a plain value, and this room writes it as one
//! HTML file that needs nothing else, as Markdown or as plain text. What comes from outside is made harmless here, and numbers of
//! device and card are masked once more, so that no face can forget it. The page carries the masked recording, which
//! [`recordings`] takes out again.

mod carried;
mod dates;
mod form;
mod hiding;
mod html;
mod markup;
mod page;
mod picture;
mod plain;
mod strip;
#[cfg(test)]
mod tests;

pub use self::{
    carried::{is_report, recordings},
    form::Form,
    hiding::hiding,
    html::html,
    page::{Block, Column, Finding, Line, Picture, Recording, Report, Section, Series, Span, Step, Tongues},
    plain::{markdown, text},
    strip::{Mark, Stretch, Strip},
};
