//! The bytes of a payload: offset, bytes, characters, only the rows that are in sight.

use eframe::egui::{Align, Label, Layout, ScrollArea, Ui, vec2};

use crate::{
    ui::{
        Cx,
        theme::{size, space},
        widgets::{RowList, Rows},
    },
    view::messages::MessagesView,
};

use super::super::small_mono;

/// Draws `count` rows over what is left.
pub(super) fn hex_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>, count: usize) {
    // The columns of a dump stay columns: a narrow panel scrolls sideways.
    ScrollArea::horizontal().id_salt("hex").auto_shrink(false).show(ui, |ui| {
        let size = vec2(ui.available_width().max(WIDTH), ui.available_height());
        ui.allocate_ui(size, |ui| {
            ui.set_min_size(size);
            RowList::new("hex rows", Rows { first: 0, count }, size::WIRE_ROW).show(ui, |ui, row| {
                row_ui(ui, cx, view, row);
            });
        });
    });
}

fn row_ui(ui: &mut Ui, cx: &Cx<'_>, view: &MessagesView<'_>, row: usize) {
    let Some(row) = view.hex_row(row) else { return };
    let colors = &cx.tokens.colors;
    ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
        ui.spacing_mut().item_spacing.x = space::S;
        ui.add(Label::new(small_mono(row.offset).color(colors.muted)).extend());
        ui.add(Label::new(small_mono(row.bytes)).selectable(true).extend());
        ui.add(Label::new(small_mono(row.characters).color(colors.wire_sent)).selectable(true).extend());
    });
}

/// Offset, sixteen bytes and their characters at the small size.
const WIDTH: f32 = 560.0;
