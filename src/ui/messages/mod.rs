//! The Messages page.

use eframe::egui::Ui;

use super::Cx;

/// Draws the page.
pub fn page_ui(_ui: &mut Ui, _cx: &mut Cx<'_>) {}
