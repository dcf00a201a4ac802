//! Publishing by the module.

use crate::{
    model::{
        Input,
        request::{Request, RequestId},
    },
    mqtt::Draft,
};

use super::App;

/// Hands a message to the module; its id when it was taken.
pub(super) fn publish(app: &mut App, draft: &Draft) -> Option<RequestId> {
    let message = draft.message().ok()?;
    let inputs = app.session.request(Request::Publish(message));
    app.apply_all(&inputs);
    inputs.iter().find_map(|input| match input {
        Input::Asked { id, .. } => Some(*id),
        _ => None,
    })
}
