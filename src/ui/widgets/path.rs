//! A path: its end is what tells one file from another.

use std::sync::Arc;

use eframe::egui::{
    Align2, FontId, FontSelection, Galley, Id, Key, TextBuffer, TextEdit, Ui, Widget,
    text::{CCursor, CCursorRange},
    text_edit::TextEditState,
    vec2,
};

use crate::ui::theme::{Tokens, monospace, size, text};

use super::{muted, named};

/// A path as it was typed in this frame.
#[derive(Debug)]
pub struct PathInput {
    /// The field.
    pub response: eframe::egui::Response,
    /// Whether Enter ended it.
    pub is_entered: bool,
}

/// A field for a path, `width` points wide; `hint` stands in it while it is empty. Where the path is longer than the field,
/// its end is in sight until it is typed into.
pub fn path_field(ui: &mut Ui, id: Id, name: &str, path: &mut String, hint: &str, width: f32) -> PathInput {
    let tokens = Tokens::of(ui);
    let font = monospace(text::BODY - 1.0);
    let has_keyboard = ui.memory(|memory| memory.has_focus(id));
    let mut is_cut = false;
    let cut_font = font.clone();
    let mut layouter = |ui: &Ui, buffer: &dyn TextBuffer, room: f32| {
        let whole = line(ui, &cut_font, buffer.as_str().to_owned());
        if has_keyboard || whole.size().x <= room {
            return whole;
        }
        is_cut = true;
        end_of(ui, &cut_font, buffer.as_str(), room)
    };
    let response = TextEdit::singleline(path)
        .id(id)
        .font(FontSelection::FontId(font))
        .hint_text(muted(&tokens, hint))
        .align(Align2::LEFT_CENTER)
        .min_size(vec2(0.0, size::CONTROL))
        .desired_width(width)
        .layouter(&mut layouter)
        .ui(ui);
    let response = named(response, name);
    if is_cut && response.gained_focus() {
        // The click was on another letter than the one that stands there now.
        let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
        state.cursor.set_char_range(Some(CCursorRange::one(CCursor::new(path.chars().count()))));
        state.store(ui.ctx(), id);
    }
    let is_entered = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    let response = if is_cut { response.on_hover_text(path.as_str()) } else { response };
    PathInput { response, is_entered }
}

fn line(ui: &Ui, font: &FontId, words: String) -> Arc<Galley> {
    ui.fonts_mut(|fonts| fonts.layout_no_wrap(words, font.clone(), ui.visuals().text_color()))
}

/// As much of the end of `path` as fits into `room` points behind a mark of what is left out.
fn end_of(ui: &Ui, font: &FontId, path: &str, room: f32) -> Arc<Galley> {
    let starts: Vec<usize> = path.char_indices().map(|(start, _)| start).skip(1).collect();
    let cut = |start: usize| line(ui, font, format!("…{}", &path[start..]));
    let place = starts.partition_point(|start| cut(*start).size().x > room);
    cut(starts.get(place).copied().unwrap_or(path.len()))
}
