//! Does what panels ask.

use crate::{
    action::{Action, Edit, SecretKind},
    model::Input,
    settings::SubscriptionEntry,
};

use super::{
    App, certificates, clipboard, comeback, connecting, demo_panel, farewell, folders, latency, look, messages, module,
    places, ports, profiles, recorded, report, save, secrets, terminal, troubleshoot, watching,
};

/// Does what was asked.
pub(super) fn dispatch(app: &mut App, action: Action) {
    let Some(action) = recorded::take_action(app, action) else { return };
    match action {
        Action::Go(page) => places::go(app, page),
        Action::ShowRung(rung) => app.screen.rung = rung,
        Action::ShowHelp(is_open) => app.screen.is_help_open = is_open,
        Action::Connect => connecting::connect_when_idle(app),
        Action::Disconnect => connecting::disconnect(app),
        Action::Close(closes) => farewell::answer(app, closes),
        Action::ListPorts => ports::list(app),
        Action::Edit(edit) => change(app, edit),
        Action::ProbePorts(names) => ports::ask(app, names),
        Action::Secrets(action) => secrets::dispatch(app, action),
        Action::Profile(action) => profiles::dispatch(app, action),
        Action::Look(look) => look::change(app, look),
        Action::Terminal(action) => terminal::dispatch(app, action),
        Action::Messages(action) => messages::dispatch(app, action),
        Action::Certificates(action) => certificates::dispatch(app, action),
        Action::Latency(action) => latency::dispatch(app, action),
        Action::Watch(action) => watching::dispatch(app, action),
        Action::Module(action) => module::dispatch(app, action),
        Action::Comeback(action) => comeback::dispatch(app, action),
        Action::Save(action) => save::dispatch(app, action),
        Action::Troubleshoot(action) => troubleshoot::dispatch(app, action),
        Action::Recorded(action) => recorded::dispatch(app, action),
        Action::Report(action) => report::dispatch(app, action),
        Action::Demo(action) => demo_panel::dispatch(app, action),
        Action::DismissNotice(id) => app.apply(&Input::Dismissed(id)),
        Action::ShowNotices(is_open) => app.screen.notices.is_list_open = is_open,
        Action::Copy(text) => clipboard::copy(app, text),
        Action::OpenFolder(path) => folders::open(app, path),
    }
}

fn change(app: &mut App, edit: Edit) {
    let profile = &mut app.profile;
    match edit {
        Edit::Link(link) => profile.link = link,
        Edit::Fields(mut fields) => {
            app.files.keep_pasted(&mut fields.security);
            if fields.publish_topic != profile.publish_topic {
                app.screen.messages.composer.topic.clone_from(&fields.publish_topic);
            }
            *profile = profile.changed_to(*fields);
        }
        Edit::Secret(kind, password) => {
            match kind {
                SecretKind::Login => profile.passwords.has_login = !password.is_empty(),
                SecretKind::AccessPoint => profile.passwords.has_access_point = !password.is_empty(),
            }
            app.secrets.set(kind, password);
        }
        Edit::AddSubscription => {
            profile.subscriptions.push(SubscriptionEntry { filter: String::new(), ..SubscriptionEntry::default() });
        }
        Edit::PortPath(path) => app.screen.connect.path = path,
        Edit::ProfileName(name) => app.screen.connect.name = name,
    }
    app.save();
}
