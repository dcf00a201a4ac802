//! The application: drains events, draws, dispatches actions.
