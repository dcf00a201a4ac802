//! The notices over a page, in words.

use crate::{
    lang::Text,
    model::{
        Model,
        notices::{Notice, RequestKind},
    },
};

use super::{Page, fault};

/// One notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticeView {
    /// Its number, to take it away by.
    pub id: u64,
    /// Whether something went wrong.
    pub is_bad: bool,
    /// What happened and what to do.
    pub text: Text,
}

/// The notices to show over `page`, oldest first. What the Connect and the Troubleshoot page say themselves is not said twice.
pub fn view(model: &Model, page: Page) -> Vec<NoticeView> {
    model
        .notices()
        .iter()
        .filter(|entry| !matches!(page, Page::Connect | Page::Troubleshoot) || !is_on_page(&entry.notice))
        .map(|entry| NoticeView {
            id: entry.id,
            is_bad: !matches!(entry.notice, Notice::ProfileSaved { .. } | Notice::Exported { .. }),
            text: text(&entry.notice),
        })
        .collect()
}

fn text(notice: &Notice) -> Text {
    match notice {
        Notice::RequestFailed { request, fault } => Text::new(request_key(*request)).with("why", fault::text(fault)),
        Notice::TooManyRequests => Text::new("notice-too-many"),
        Notice::NoPort => Text::new("notice-no-port"),
        Notice::SessionLost(cause) => Text::new("notice-session-lost").with("why", fault::loss_text(*cause)),
        Notice::PortClosed(fault) => fault::port_text(fault),
        Notice::OwnBrokerFailed { detail } => Text::new("notice-own-broker").with("detail", detail.as_str()),
        Notice::FileFailed { path, detail } => {
            Text::new("notice-file").with("path", path.as_str()).with("detail", detail.as_str())
        }
        Notice::Exported { path } => Text::new("notice-exported").with("path", path.as_str()),
        Notice::NoFileDialog => Text::new("files-no-dialog"),
        Notice::KeyringFailed { detail } => Text::new("notice-keyring").with("detail", detail.as_str()),
        Notice::SettingsPutAside { path, detail, profiles } => Text::new("notice-settings-aside")
            .with("path", path.as_str())
            .with("detail", detail.as_str())
            .with("profiles", *profiles),
        Notice::ProfileSaved { name } => Text::new("notice-profile-saved").with("name", name.as_str()),
    }
}

const fn is_on_page(notice: &Notice) -> bool {
    matches!(
        notice,
        Notice::RequestFailed { request: RequestKind::Connect, .. } | Notice::PortClosed(_) | Notice::SessionLost(_)
    )
}

const fn request_key(request: RequestKind) -> &'static str {
    match request {
        RequestKind::Connect => "notice-connect-failed",
        RequestKind::Disconnect => "notice-disconnect-failed",
        RequestKind::Subscribe => "notice-subscribe-failed",
        RequestKind::Publish => "notice-publish-failed",
        RequestKind::Measure => "notice-measure-failed",
        RequestKind::Raw => "notice-raw-failed",
        RequestKind::Other => "notice-request-failed",
    }
}
