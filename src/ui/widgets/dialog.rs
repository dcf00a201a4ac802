//! Questions over the window: one frame for all, and the keyboard answers them.
//!
//! When one opens, the keyboard is in its first field, or on the button that does no harm; Enter there answers. Escape leaves.

use eframe::egui::{Frame, Id, Key, Margin, Memory, Modal, Response, Ui};

/// What came of a question in this frame.
#[derive(Debug)]
pub struct Asked<R> {
    /// What was drawn last returned.
    pub inner: R,
    /// Whether it was left: by Escape, or by a click beside it.
    pub is_left: bool,
}

/// How the keyboard stands to the question that is drawn.
#[derive(Clone, Copy, Debug)]
pub struct Answering {
    /// It has just opened: nothing in it has the keyboard yet.
    is_new: bool,
    /// Enter was pressed while nothing had the keyboard.
    is_entered: bool,
}

impl Answering {
    /// Gives the keyboard to what is to have it when the question opens.
    pub fn begin_with(self, response: &Response) {
        if self.is_new && !response.has_focus() {
            response.request_focus();
        }
    }

    /// Whether the button of the usual answer was pressed, or Enter while nothing had the keyboard.
    pub fn is_given(self, usual: &Response) -> bool {
        usual.clicked() || self.is_entered && usual.enabled()
    }
}

/// Draws the question `name` over the window, `width` points wide.
pub fn dialog<R>(ui: &Ui, name: &str, width: f32, add_contents: impl FnOnce(&mut Ui, Answering) -> R) -> Asked<R> {
    let id = Id::unique(("dialog", name));
    let frame = Frame::popup(ui.style()).inner_margin(Margin::same(PADDING));
    let is_free = ui.memory(Memory::focused).is_none();
    let is_entered = is_free && ui.input(|input| input.key_pressed(Key::Enter));
    let answering = Answering { is_new: is_new(ui, id), is_entered };
    let response = Modal::new(id).frame(frame).show(ui.ctx(), |ui| {
        ui.set_width(width);
        add_contents(ui, answering)
    });
    Asked { is_left: response.should_close(), inner: response.inner }
}

/// Whether the question was not there some frames ago. A frame or two pass until what is drawn can have the keyboard.
fn is_new(ui: &Ui, id: Id) -> bool {
    let now = ui.ctx().cumulative_pass_nr();
    ui.data_mut(|data| {
        let (opened, seen) = data.get_temp::<(u64, u64)>(id).unwrap_or((now, now));
        let opened = if now > seen + 1 { now } else { opened };
        data.insert_temp(id, (opened, now));
        now - opened < OPENING
    })
}

/// Padding around what is asked.
const PADDING: i8 = 16;
/// Passes that a question takes to open.
const OPENING: u64 = 3;
