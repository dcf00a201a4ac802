//! The Latency page.

use eframe::egui::Ui;

use crate::view::latency::LatencyView;

use super::Cx;

/// Draws the page.
pub fn page_ui(_ui: &mut Ui, _cx: &mut Cx<'_>, _view: &LatencyView<'_>) {}
