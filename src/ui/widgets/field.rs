//! Labelled inputs of a form. The label is the accessible name.

use eframe::egui::{
    Align, Align2, ComboBox, FontSelection, Id, InnerResponse, Label, Layout, Response, Role, TextEdit, Ui, Widget,
    WidgetInfo, vec2,
};

use crate::ui::theme::{Tokens, Tone, monospace, size, space, text};

use super::{body, muted, small};

/// What is wrong with a field's text, if anything.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum FieldState {
    /// Nothing.
    #[default]
    Fine,
    /// It works, but think twice.
    Doubtful(String),
    /// It cannot be used.
    Wrong(String),
}

/// The label column of a form; returns the label.
fn label_ui(ui: &mut Ui, words: &str) -> Response {
    let tokens = Tokens::of(ui);
    let label_size = vec2(size::LABEL, size::CONTROL);
    ui.allocate_ui_with_layout(label_size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_size(label_size);
        ui.label(body(words).color(tokens.colors.muted))
    })
    .inner
}

/// One line of a form whose controls bring their own names.
pub fn form_row<R>(ui: &mut Ui, label: &str, add_contents: impl FnOnce(&mut Ui) -> R) -> R {
    ui.horizontal(|ui| {
        label_ui(ui, label);
        add_contents(ui)
    })
    .inner
}

/// One line of a form: the label on the left, `input` on the right, what is wrong below.
pub fn labelled(ui: &mut Ui, label: &str, state: &FieldState, input: impl FnOnce(&mut Ui) -> Response) -> Response {
    let tokens = Tokens::of(ui);
    let response = ui
        .horizontal(|ui| {
            let label = label_ui(ui, label);
            input(ui).labelled_by(label.id)
        })
        .inner;
    let (tone, words) = match state {
        FieldState::Fine => return response,
        FieldState::Doubtful(words) => (Tone::Warn, words),
        FieldState::Wrong(words) => (Tone::Bad, words),
    };
    ui.horizontal_top(|ui| {
        ui.add_space(size::LABEL + space::S);
        ui.add(Label::new(small(words).color(tone.ink(&tokens))).wrap());
    });
    response
}

/// A labelled text field over the rest of the line, in the wire's face. `hint` stands in it while it is empty.
pub fn text_field(ui: &mut Ui, label: &str, value: &mut String, hint: &str, state: &FieldState) -> Response {
    labelled(ui, label, state, |ui| line_edit(ui, label, value, hint, false))
}

/// A labelled text field that shows dots.
pub fn password_field(ui: &mut Ui, label: &str, value: &mut String, hint: &str, state: &FieldState) -> Response {
    labelled(ui, label, state, |ui| line_edit(ui, label, value, hint, true))
}

/// The id of the text field of a form that is labelled so: whoever leads a user there gives it the keyboard.
pub fn field_id(label: &str) -> Id {
    Id::unique(("field", label))
}

/// The field's own name keeps the keyboard with it when something appears or goes above it.
fn line_edit(ui: &mut Ui, label: &str, value: &mut String, hint: &str, is_secret: bool) -> Response {
    let tokens = Tokens::of(ui);
    let response = TextEdit::singleline(value)
        .id(field_id(label))
        .password(is_secret)
        .font(FontSelection::FontId(monospace(text::BODY - 1.0)))
        .hint_text(muted(&tokens, hint))
        .min_size(vec2(0.0, size::CONTROL))
        .align(Align2::LEFT_CENTER)
        .desired_width(f32::INFINITY)
        .ui(ui);
    in_sight(response)
}

/// Brings a field that gets the keyboard into sight.
pub fn in_sight(response: Response) -> Response {
    // The keyboard may have been given away between two frames: then nothing is gained in this one.
    let key = Id::unique("field brought into sight");
    let is_known = response.ctx.data(|data| data.get_temp::<Id>(key)) == Some(response.id);
    if response.has_focus() && !is_known {
        response.scroll_to_me(Some(Align::Center));
        response.ctx.data_mut(|data| data.insert_temp(key, response.id));
    } else if !response.has_focus() && is_known {
        response.ctx.data_mut(|data| data.remove::<Id>(key));
    }
    response
}

/// A labelled choice of one of `options`; returns the chosen one when it changed.
pub fn choice<T: Copy + PartialEq>(
    ui: &mut Ui,
    name: &str,
    current: T,
    options: &[T],
    word: impl Fn(T) -> String,
) -> Option<T> {
    let mut chosen = None;
    let response = ComboBox::from_id_salt(name)
        .selected_text(word(current))
        .show_ui(ui, |ui| {
            for option in options {
                if ui.selectable_label(*option == current, word(*option)).clicked() && *option != current {
                    chosen = Some(*option);
                }
            }
        })
        .response;
    response.widget_info(|| WidgetInfo::labeled(Role::ComboBox, true, name));
    chosen
}

/// Gives a control the name by which it is found.
pub fn named(response: Response, name: &str) -> Response {
    response.ctx.accesskit_node_builder(response.id, |node| node.set_label(name));
    response
}

/// Controls that cannot be changed now and are read all the same: no grey, only without the look of a field.
pub fn locked_ui<R>(ui: &mut Ui, is_free: bool, add_contents: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    ui.scope(|ui| {
        ui.visuals_mut().disabled_alpha = 1.0;
        ui.add_enabled_ui(is_free, add_contents)
    })
    .inner
}

/// A check box; returns the new state when it changed.
pub fn toggle(ui: &mut Ui, word: &str, is_on: bool) -> Option<bool> {
    let mut now = is_on;
    ui.checkbox(&mut now, word).changed().then_some(now)
}
