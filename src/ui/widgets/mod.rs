//! The small parts that pages are made of. Each is one look for one idea, everywhere the same.

mod button;
mod card;
mod dialog;
mod field;
mod icon;
mod mark;
mod path;
mod row_list;
mod strip;
mod words;

pub use self::{
    button::{button, focus_ring, icon_button, primary_button, quiet_button},
    card::{card, empty_page, page_frame, page_title, rule},
    dialog::{Answering, Asked, dialog},
    field::{
        FieldState, choice, field_id, form_row, in_sight, labelled, locked_ui, named, password_field, text_field,
        toggle,
    },
    icon::{Icon, icon},
    mark::{Mark, badge, mark, mark_at, mark_with_word},
    path::{PathInput, path_field},
    row_list::{RowList, Rows},
    strip::{Lane, LineBelow, Strip, StripMark, StripSpan, StripWish},
    words::{body, key_value, mono, mono_in, muted, small, stage, title},
};
