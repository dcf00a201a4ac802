//! The notices over a page, in words.

use crate::{
    lang::Text,
    model::{
        Model,
        event::Note,
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
        Notice::Noted(note) => note_text(note),
        Notice::PortClosed(fault) => fault::port_text(fault),
        Notice::OwnBrokerFailed { detail } => Text::new("notice-own-broker").with("detail", detail.as_str()),
        Notice::FileFailed { path, detail } => {
            Text::new("notice-file").with("path", path.as_str()).with("detail", detail.as_str())
        }
        Notice::LogEnded { path } => Text::new("notice-log-ended").with("path", path.as_str()),
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

fn note_text(note: &Note) -> Text {
    match note {
        Note::MessagesOverwritten { count } => Text::new("note-overwritten").with("count", *count),
        Note::KeptMessagesLost { count } => Text::new("note-kept-lost").with("count", *count),
        Note::UnknownDialect { name } => Text::new("note-dialect").with("name", name.as_str()),
        Note::Firmware { version, text } => {
            Text::new("note-firmware").with("version", version.to_string()).with("text", fault::known(*text))
        }
        Note::SettingRefused { command, refusal } => {
            Text::new("note-setting").with("command", command.as_str()).with("refusal", refusal.to_string())
        }
        Note::Restarted { .. } => Text::new("note-restarted"),
        Note::TooEarly { command, .. } => Text::new("note-too-early").with("command", command.as_str()),
        Note::PromptLeftOpen { line } => Text::new("note-prompt-left").with("line", line.as_str()),
        Note::OtherVendor { line } => Text::new("note-other-vendor").with("line", line.as_str()),
        Note::BeyondLimit { value, limit, .. } => Text::new("note-beyond").with("value", *value).with("limit", *limit),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        air780e::codes,
        lang::{Lang, Translator},
        model::{Generation, Input, event::Event},
        time::Moment,
    };

    fn shown(notes: impl IntoIterator<Item = Note>, lang: Lang) -> Vec<String> {
        let mut model = Model::default();
        for note in notes {
            let event = Event::Note { at: Moment::ZERO, note };
            model.apply(&Input::Told { generation: Generation::default(), event });
        }
        view(&model, Page::Messages).iter().map(|notice| Translator::new(lang).text(&notice.text)).collect()
    }

    #[test]
    fn lost_messages_and_an_odd_firmware_come_up_in_both_languages() {
        let known = codes::Text { english: "names do not resolve", chinese: "无法解析域名" };
        let notes = || {
            [
                Note::KeptMessagesLost { count: 2 },
                Note::MessagesOverwritten { count: 1 },
                Note::Firmware { version: 1_117, text: known },
            ]
        };
        let english = shown(notes(), Lang::En);
        assert_eq!(english[0], "2 messages in the module's cache were lost when the module restarted.");
        assert_eq!(english[1], "1 message was overwritten in the module's cache before it could be read.");
        assert_eq!(english[2], "Firmware V1117: names do not resolve.");
        let chinese = shown(notes(), Lang::ZhCn);
        assert!(chinese[0].contains("2 条消息") && chinese[2] == "固件 V1117：无法解析域名。", "{chinese:?}");
    }

    #[test]
    fn what_changes_nothing_is_no_notice() {
        let doubted = Note::BeyondLimit { what: "payload", value: 2_000, limit: 1_360, origin: "the tutorial" };
        assert!(shown([doubted], Lang::En).is_empty());
    }
}
