//! The small parts that pages are made of. Each is one look for one idea, everywhere the same.

mod button;
mod card;
mod field;
mod icon;
mod mark;
mod row_list;
mod words;

pub use self::{
    button::{button, focus_ring, icon_button, primary_button, quiet_button},
    card::{card, dialog_frame, empty_page, page_frame, page_title, rule},
    field::{
        FieldState, choice, field_id, form_row, in_sight, labelled, locked_ui, named, password_field, text_field,
        toggle,
    },
    icon::{Icon, icon},
    mark::{Mark, badge, mark, mark_at, mark_with_word},
    row_list::{RowList, Rows},
    words::{body, key_value, mono, mono_in, muted, small, stage, title},
};
