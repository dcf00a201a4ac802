//! The notices over a page, in words.

use std::time::Duration;

use crate::{
    lang::Text,
    model::{
        Model,
        event::Note,
        notices::{Entry, Notice, RequestKind},
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
    /// The file that was written, when it tells of one.
    pub file: Option<String>,
}

/// What the user has open of the notices, and since when those that go by themselves are in sight.
#[derive(Clone, Debug, Default)]
pub struct Screen {
    /// Whether the list of all that were said is open.
    pub is_list_open: bool,
    /// Numbers of good news with the time at which each came up, in seconds of the window's own clock.
    seen: Vec<(u64, f64)>,
}

impl Screen {
    /// Notes what is in sight at `now` and returns what has been there long enough, and how long until the next has.
    pub fn fade(&mut self, model: &Model, now: f64) -> (Vec<u64>, Option<Duration>) {
        let good: Vec<u64> =
            model.notices().iter().filter(|entry| entry.notice.is_good()).map(|entry| entry.id).collect();
        self.seen.retain(|(id, _)| good.contains(id));
        for id in good {
            if !self.seen.iter().any(|(known, _)| *known == id) {
                self.seen.push((id, now));
            }
        }
        let age = |since: f64| now - since;
        let old = self.seen.iter().filter(|(_, since)| age(*since) >= GOOD_SECONDS).map(|(id, _)| *id).collect();
        let left = self.seen.iter().map(|(_, since)| GOOD_SECONDS - age(*since)).filter(|left| *left > 0.0);
        (old, left.min_by(f64::total_cmp).map(Duration::from_secs_f64))
    }
}

/// How long good news stay in sight.
const GOOD_SECONDS: f64 = 6.0;

/// The notices to show over `page`, oldest first. What the Connect and the Troubleshoot page say themselves is not said twice.
pub fn view(model: &Model, page: Page) -> Vec<NoticeView> {
    model
        .notices()
        .iter()
        .filter(|entry| !matches!(page, Page::Connect | Page::Troubleshoot) || !is_on_page(&entry.notice))
        .map(entry_view)
        .collect()
}

/// All that were said, the newest first.
pub fn past(model: &Model) -> Vec<NoticeView> {
    model.notices().past().rev().map(entry_view).collect()
}

fn entry_view(entry: &Entry) -> NoticeView {
    let file = match &entry.notice {
        Notice::Exported { path } => Some(path.clone()),
        _ => None,
    };
    NoticeView { id: entry.id, is_bad: !entry.notice.is_good(), text: text(&entry.notice), file }
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
        Notice::ClearingEnded { left } => Text::new("notice-clearing-ended").with("left", *left),
        Notice::Exported { path } => Text::new("notice-exported").with("path", path.as_str()),
        Notice::NoFileDialog => Text::new("files-no-dialog"),
        Notice::KeyringFailed { detail } => Text::new("notice-keyring").with("detail", detail.as_str()),
        Notice::SettingsPutAside { path, detail, profiles } => Text::new("notice-settings-aside")
            .with("path", path.as_str())
            .with("detail", detail.as_str())
            .with("profiles", *profiles),
        Notice::SettingsHeld { path } => Text::new("notice-settings-held").with("path", path.as_str()),
        Notice::SearchNotUndone { port } => Text::new("bisect-older").with("port", port.as_str()),
        Notice::ProfileSaved { name } => Text::new("notice-profile-saved").with("name", name.as_str()),
    }
}

fn note_text(note: &Note) -> Text {
    match note {
        Note::MessagesOverwritten { count } => Text::new("note-overwritten").with("count", *count),
        Note::KeptMessagesLost { count } => Text::new("note-kept-lost").with("count", *count),
        Note::UnknownDialect { name } => Text::new("note-dialect").with("name", name.as_str()),
        Note::Firmware { version, text } => {
            Text::new("note-firmware").with("version", version.to_string()).with("text", *text)
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
        lang::{Lang, Phrase, Translator},
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
        let known = Phrase::new("firmware-names-time-live-0");
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
        assert_eq!(english[2], "Firmware V1117: names with a time to live of 0 do not resolve.");
        let chinese = shown(notes(), Lang::ZhCn);
        assert!(
            chinese[0].contains("2 条消息") && chinese[2] == "固件 V1117：TTL 为 0 的域名无法解析。",
            "{chinese:?}"
        );
    }

    #[test]
    fn what_changes_nothing_is_no_notice() {
        let doubted = Note::BeyondLimit { what: "payload", value: 2_000, limit: 1_360, origin: "the tutorial" };
        assert!(shown([doubted], Lang::En).is_empty());
    }

    #[test]
    fn good_news_fade_and_bad_news_do_not() {
        let mut model = Model::default();
        model.apply(&Input::Notice(Notice::Exported { path: "a.csv".to_owned() }));
        model.apply(&Input::Notice(Notice::NoPort));
        let mut screen = Screen::default();
        let (old, next) = screen.fade(&model, 100.0);
        assert_eq!((old, next), (Vec::new(), Some(Duration::from_secs_f64(GOOD_SECONDS))));
        let (old, next) = screen.fade(&model, 100.0 + GOOD_SECONDS);
        assert_eq!((old.len(), next), (1, None));
        model.apply(&Input::Dismissed(old[0]));
        assert_eq!(view(&model, Page::Messages).len(), 1);
        assert_eq!(screen.fade(&model, 1_000.0), (Vec::new(), None));
        assert_eq!(past(&model).len(), 2, "both can be looked up");
    }
}
