//! What belongs together: the pair, and the chain drawn from below.

use eframe::egui::{Frame, Label, Margin, Stroke, Ui};

use crate::{
    ui::{
        Cx,
        theme::{size, space},
        widgets::{Mark, body, card, mark, mark_with_word, mono, muted, small},
    },
    view::certificates::{CertificatesView, ChainView, LinkView, Severity},
};

use super::{shape, tone};

/// Draws the card.
pub(super) fn together_ui(ui: &mut Ui, cx: &Cx<'_>, view: &CertificatesView<'_>) {
    card(ui, Some(&cx.tr("together-title")), |ui| {
        ui.spacing_mut().item_spacing.y = space::XS;
        let pair = match view.pair.severity {
            None => Mark::Unknown,
            Some(Severity::Note) => Mark::Confirmed,
            Some(severity) => shape(severity),
        };
        mark_with_word(ui, pair, &cx.text(&view.pair.text));
        match &view.chain {
            Some(chain) => chain_ui(ui, cx, chain),
            None => drop(ui.label(muted(&cx.tokens, cx.tr("chain-none")))),
        }
    });
}

fn chain_ui(ui: &mut Ui, cx: &Cx<'_>, chain: &ChainView) {
    for (place, link) in chain.links.iter().enumerate() {
        if place > 0 {
            ui.label(muted(&cx.tokens, format!("   ↑  {}", cx.tr("chain-signed-by"))));
        }
        link_ui(ui, cx, link);
    }
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::XS;
        let (shape, ink) = match chain.severity {
            Severity::Note => (Mark::Accepted, cx.tokens.colors.muted),
            severity => (shape(severity), tone(severity).ink(&cx.tokens)),
        };
        mark(ui, shape);
        ui.add(Label::new(small(cx.text(&chain.end)).color(ink)).wrap().selectable(true));
    });
}

fn link_ui(ui: &mut Ui, cx: &Cx<'_>, link: &LinkView) {
    Frame::new()
        .stroke(Stroke::new(1.0, cx.tokens.colors.outline))
        .corner_radius(size::RADIUS)
        .inner_margin(Margin::symmetric(8, 4))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_wrapped(|ui| {
                ui.label(muted(&cx.tokens, cx.text(&link.kind)));
                ui.add(Label::new(body(&link.name)).wrap().selectable(true));
                ui.label(mono(&link.key).color(cx.tokens.colors.muted));
            });
        });
}
