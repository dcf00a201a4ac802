//! Does what the Messages page asks.

use crate::action::MessagesAction;

use super::App;

/// Does what the Messages page asks.
pub(super) fn dispatch(_app: &mut App, action: MessagesAction) {
    match action {}
}
