//! What is asked of the module itself, beside a connection.

use crate::{
    action::ModuleAction,
    model::{Input, event::Event, request::Request},
    view::connect::module,
};

use super::App;

/// Does what is asked.
pub(super) fn dispatch(app: &mut App, action: ModuleAction) {
    let screen = &mut app.screen.connect.module;
    let request = match action {
        ModuleAction::Pin(pin) => return screen.pin = pin,
        ModuleAction::Servers(servers) => return screen.servers = servers,
        ModuleAction::Unlock => return unlock(app),
        ModuleAction::SetServers => match module::servers(&screen.servers) {
            Some((primary, secondary)) => Request::SetNameServers { primary, secondary },
            None => return,
        },
        ModuleAction::ClearAccessPoint => Request::ClearAccessPoint,
        ModuleAction::Radio(is_on) => Request::Raw(format!("AT+CFUN={}", u8::from(is_on))),
        ModuleAction::Restart => Request::Restart,
        ModuleAction::HexMode(is_on) => Request::Raw(format!("AT+MQTTMODE={}", u8::from(is_on))),
        ModuleAction::Look => Request::BringUp,
        ModuleAction::Erase(key) => Request::EraseTlsSetting(key),
    };
    app.ask(request);
}

/// Sends the PIN once; it is forgotten here at once.
fn unlock(app: &mut App) {
    let pin = std::mem::take(&mut app.screen.connect.module.pin);
    let inputs = app.session.request(Request::EnterPin(pin));
    let asked = inputs.iter().find_map(|input| match input {
        Input::Asked { id, .. } => Some(*id),
        _ => None,
    });
    app.screen.connect.module.tries_pin = asked;
    app.apply_all(&inputs);
}

/// Learns how a try with a PIN ended.
pub(super) fn follow(app: &mut App, input: &Input) {
    if let Input::Told { event: Event::Done { id, result, .. }, .. } = input {
        app.screen.connect.module.take_end(*id, result);
    }
}
