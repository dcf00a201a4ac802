//! Short words to the user, the newest few in sight, and the newest hundred to look back at.
//!
//! A notice ends with its cause: what one connection said goes when the next begins.

use std::{collections::VecDeque, path::Path};

use super::{
    Input,
    event::{Event, Fault, Note},
    request::{Request, RequestId},
};

/// What a notice is about. The language files word it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// A request ended badly.
    RequestFailed {
        /// What was asked.
        request: RequestKind,
        /// Why it failed.
        fault: Fault,
    },
    /// The worker holds as many requests as it can.
    TooManyRequests,
    /// There is no open port to send to.
    NoPort,
    /// The session was lost without being asked for.
    SessionLost(super::event::LossCause),
    /// Something the user should know although nothing failed.
    Noted(super::event::Note),
    /// The port is of no use any more.
    PortClosed(super::event::PortFault),
    /// The broker inside this program does not start.
    OwnBrokerFailed {
        /// The system's own words.
        detail: String,
    },
    /// A file of this program cannot be read or written.
    FileFailed {
        /// The file.
        path: String,
        /// The system's own words.
        detail: String,
    },
    /// A file the user asked for was written.
    Exported {
        /// The file.
        path: String,
    },
    /// The system shows no file dialog.
    NoFileDialog,
    /// The system's keyring does not keep or give a password.
    KeyringFailed {
        /// The system's own words.
        detail: String,
    },
    /// The settings could not be read and were put aside, whole, before anything else was kept.
    SettingsPutAside {
        /// Where the old file is now.
        path: String,
        /// What is wrong with it.
        detail: String,
        /// How many profiles could be used all the same.
        profiles: usize,
    },
    /// The settings were not written, because another window holds their file.
    SettingsHeld {
        /// The file.
        path: String,
    },
    /// The log of the connection ended before it: too large, or the disk does not keep up.
    LogEnded {
        /// Its file.
        path: String,
    },
    /// The connection ended before all kept messages were cleared that should be.
    ClearingEnded {
        /// How many the broker keeps still.
        left: usize,
    },
    /// A search for the setting that decides was cut off, and what it changed was never put back.
    SearchNotUndone {
        /// Where its module was.
        port: String,
    },
    /// A profile was kept.
    ProfileSaved {
        /// Its name.
        name: String,
    },
}

/// Which request a notice speaks of, without what it carried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RequestKind {
    /// Open a session.
    Connect,
    /// Close it.
    Disconnect,
    /// Subscribe or unsubscribe.
    Subscribe,
    /// Publish.
    Publish,
    /// A measuring run.
    Measure,
    /// A line typed by hand.
    Raw,
    /// Anything else.
    Other,
}

impl Notice {
    /// Whether it speaks of a connection, and means nothing once another has begun.
    pub const fn is_of_connection(&self) -> bool {
        match self {
            Self::RequestFailed { .. }
            | Self::TooManyRequests
            | Self::NoPort
            | Self::SessionLost(_)
            | Self::Noted(_)
            | Self::PortClosed(_)
            | Self::OwnBrokerFailed { .. }
            | Self::LogEnded { .. }
            | Self::ClearingEnded { .. } => true,
            Self::FileFailed { .. }
            | Self::Exported { .. }
            | Self::NoFileDialog
            | Self::KeyringFailed { .. }
            | Self::SettingsPutAside { .. }
            | Self::SettingsHeld { .. }
            | Self::SearchNotUndone { .. }
            | Self::ProfileSaved { .. } => false,
        }
    }

    /// Whether it says of one more file in the same folder what `earlier` said: each connection has a log of its own, and a
    /// full disk takes none of them.
    fn says_again(&self, earlier: &Self) -> bool {
        match (self, earlier) {
            (Self::FileFailed { path, detail }, Self::FileFailed { path: other, detail: said }) => {
                detail == said && Path::new(path).parent() == Path::new(other).parent()
            }
            _ => false,
        }
    }

    /// Whether it tells of something that worked, and needs no answer.
    pub const fn is_good(&self) -> bool {
        matches!(self, Self::Exported { .. } | Self::ProfileSaved { .. })
    }
}

impl RequestKind {
    /// The kind of `request`.
    pub const fn of(request: &Request) -> Self {
        match request {
            Request::Connect(_) => Self::Connect,
            Request::Disconnect => Self::Disconnect,
            Request::Subscribe(_) | Request::Unsubscribe(_) => Self::Subscribe,
            Request::Publish(_) => Self::Publish,
            Request::Measure(_) => Self::Measure,
            Request::Raw(_) => Self::Raw,
            _ => Self::Other,
        }
    }
}

/// A notice on screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its number, to take it away by.
    pub id: u64,
    /// What it is about.
    pub notice: Notice,
}

/// The newest notices, oldest first.
#[derive(Debug, Default)]
pub struct Notices {
    entries: VecDeque<Entry>,
    /// All of them, in sight or not, oldest first.
    past: VecDeque<Entry>,
    next: u64,
    asked: VecDeque<(RequestId, RequestKind)>,
    /// What is asked now belongs to a search, which tells by itself what comes of it.
    is_searching: bool,
}

impl Notices {
    /// Takes what happened.
    pub(super) fn apply(&mut self, input: &Input) {
        match input {
            Input::Began { .. } => {
                self.end_connection();
                self.asked.clear();
                self.is_searching = false;
            }
            // Read along with other things, never asked for by hand: its failure says nothing that they do not say.
            Input::Asked { request, .. } if self.is_searching || matches!(**request, Request::ReadSignal) => {}
            Input::Searching(is_begun) => self.is_searching = *is_begun,
            Input::Asked { id, request } => {
                let kind = RequestKind::of(request);
                if kind == RequestKind::Connect {
                    self.end_connection();
                }
                self.remember(*id, kind);
            }
            Input::NotTaken { why: notice, .. } | Input::Notice(notice) => self.push(notice.clone()),
            Input::Dismissed(id) => self.entries.retain(|entry| entry.id != *id),
            Input::Told { event, .. } => self.told(event),
            _ => {}
        }
    }

    fn told(&mut self, event: &Event) {
        match event {
            Event::Done { id, result, .. } => {
                let Some(place) = self.asked.iter().position(|(asked, _)| asked == id) else { return };
                let Some((_, request)) = self.asked.remove(place) else { return };
                if let Err(fault) = result
                    && *fault != Fault::Cancelled
                {
                    self.push(Notice::RequestFailed { request, fault: fault.clone() });
                }
            }
            Event::SessionLost { cause, .. } => self.push(Notice::SessionLost(*cause)),
            Event::Note { note, .. } if concerns_user(note) => self.push(Notice::Noted(note.clone())),
            Event::Closed { fault: Some(fault), .. } => {
                self.asked.clear();
                self.push(Notice::PortClosed(fault.clone()));
            }
            _ => {}
        }
    }

    fn remember(&mut self, id: RequestId, kind: RequestKind) {
        self.asked.push_back((id, kind));
        if self.asked.len() > MOST_ASKED {
            self.asked.pop_front();
        }
    }

    /// A newer connection begins: what the one before said is history.
    fn end_connection(&mut self) {
        self.entries.retain(|entry| !entry.notice.is_of_connection());
    }

    fn push(&mut self, notice: Notice) {
        self.entries.retain(|entry| entry.notice != notice && !notice.says_again(&entry.notice));
        let entry = Entry { id: self.next, notice };
        self.next += 1;
        if self.entries.len() >= MOST_SHOWN {
            // What must be read stays longest.
            let place = self.entries.iter().position(|entry| entry.notice.is_of_connection() || entry.notice.is_good());
            self.entries.remove(place.unwrap_or(0));
        }
        self.entries.push_back(entry.clone());
        self.past.push_back(entry);
        if self.past.len() > MOST_PAST {
            self.past.pop_front();
        }
    }

    /// All that were said, in sight or not: the newest hundred, oldest first.
    pub fn past(&self) -> impl ExactSizeIterator<Item = &Entry> + DoubleEndedIterator {
        self.past.iter()
    }

    /// The notices on screen, oldest first.
    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }
}

/// Whether a note is more than a line for the record: messages are lost, or the module is not as expected. A setting that an
/// older firmware does not know, and a size that one source doubts, change nothing for now.
const fn concerns_user(note: &Note) -> bool {
    match note {
        Note::MessagesOverwritten { .. }
        | Note::KeptMessagesLost { .. }
        | Note::UnknownDialect { .. }
        | Note::OtherVendor { .. }
        | Note::PromptLeftOpen { .. }
        | Note::Firmware { .. } => true,
        Note::SettingRefused { .. } | Note::BeyondLimit { .. } | Note::TooEarly { .. } | Note::Restarted { .. } => {
            false
        }
    }
}

/// Most notices on screen at once: more would hide the page.
const MOST_SHOWN: usize = 3;

/// Most notices to look back at.
const MOST_PAST: usize = 100;

/// Most requests remembered by their kind.
const MOST_ASKED: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_saved_stays_said() {
        let mut notices = Notices::default();
        let failed = Notice::FileFailed { path: "settings.json".to_owned(), detail: "no space left".to_owned() };
        notices.apply(&Input::Notice(failed.clone()));
        for number in 0..9 {
            notices.apply(&Input::Notice(Notice::ProfileSaved { name: number.to_string() }));
        }
        let link = String::new();
        notices.apply(&Input::Began {
            generation: super::super::Generation::default(),
            link,
            is_simulated: false,
            own_broker: None,
        });
        for number in 0..9 {
            // Each connection has a log of its own, which finds no room either.
            let path = format!("logs/{number}.trace");
            notices.apply(&Input::Notice(Notice::FileFailed { path, detail: "no space left".to_owned() }));
        }
        assert_eq!(notices.iter().filter(|entry| matches!(entry.notice, Notice::FileFailed { .. })).count(), 2);
        let stays = |notices: &Notices| notices.iter().find(|entry| entry.notice == failed).map(|entry| entry.id);
        let id = stays(&notices).expect("it is there");
        notices.apply(&Input::Dismissed(id));
        assert_eq!(stays(&notices), None);
    }
}
