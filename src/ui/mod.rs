//! The panels: they draw a view and push actions.
