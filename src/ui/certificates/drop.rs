//! Files that are dragged over the window and dropped onto it, on whatever page.

use eframe::egui::{Align2, Id, LayerId, Order, Ui};

use crate::{
    action::CertificatesAction,
    ui::{
        Cx,
        theme::{Tone, proportional, text},
    },
    view::Page,
};

use super::want;

/// Says what a drop would do while files hover, and wants them once they are dropped.
pub fn drop_ui(ui: &Ui, cx: &mut Cx<'_>, page: Page) {
    let (is_hovered, dropped) = ui.input(|input| {
        let dropped: Vec<_> = input.raw.dropped_files.iter().map(|file| file.path().to_owned()).collect();
        (!input.raw.hovered_files.is_empty(), dropped)
    });
    if is_hovered {
        let painter = ui.ctx().layer_painter(LayerId::new(Order::Foreground, Id::unique("drop")));
        let area = ui.ctx().content_rect();
        painter.rect_filled(area, 0.0, cx.tokens.colors.shade);
        let words = cx.tr(match page {
            Page::Messages => "drop-here-payload",
            Page::Terminal | Page::Troubleshoot => "drop-here-log",
            _ => "certs-drop-here",
        });
        let color = Tone::Busy.wash(&cx.tokens);
        painter.text(area.center(), Align2::CENTER_CENTER, words, proportional(text::STAGE), color);
    }
    if !dropped.is_empty() {
        want(cx, CertificatesAction::Drop(dropped));
    }
}
