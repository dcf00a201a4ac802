//! Watching: somebody else speaks to the modem, and what they send stands where our own lines would.
//!
//! A line seen on its way starts the dialogue it belongs to, so that echo, answer and unsolicited line are told apart and
//! ladder and events arise as if we had sent it. Nothing is sent from here.

use crate::{
    air780e::{
        mqtt::END_OF_DATA,
        raw::{self, DataEnd},
    },
    at::{framer::LINE_BYTES, text::visible},
    modem::{
        Modem,
        event::{Event, Fault, WireKind, WireLine},
        outcome,
        request::RequestId,
    },
    time::Moment,
};

/// What has been seen on its way to the modem and is not complete.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    line: Vec<u8>,
    data: Vec<u8>,
    /// How the data of the last command end.
    data_end: Option<DataEnd>,
    /// Lines seen; numbers their dialogues.
    lines: u64,
}

impl Modem {
    /// Takes bytes that somebody else sent to the modem at `now`, cut anywhere, secrets overwritten or not.
    ///
    /// From the first call on this modem is only watched: [`poll_transmit`](Self::poll_transmit) gives nothing out.
    /// Nothing may be requested of it.
    pub fn observe(&mut self, now: Moment, sent: &[u8]) {
        if self.is_closed() {
            return;
        }
        self.watch.get_or_insert_default();
        self.note_files(sent, false);
        for byte in sent {
            if self.client.awaits_data() { self.observe_data(now, *byte) } else { self.observe_text(now, *byte) }
        }
    }

    /// In a watched session what would be sent has been sent already.
    pub(super) fn note_observed(&mut self, now: Moment) {
        if self.watch.is_some() && self.client.poll_transmit().is_some() {
            self.handle_sent(now);
        }
    }

    fn observe_data(&mut self, now: Moment, byte: u8) {
        let Some(watch) = &mut self.watch else { return };
        watch.data.push(byte);
        let is_complete = match watch.data_end {
            Some(DataEnd::After(length)) => watch.data.len() >= length,
            Some(DataEnd::Marked) | None => byte == END_OF_DATA,
        };
        if is_complete {
            let data = std::mem::take(&mut watch.data);
            self.client.replace_data(data);
            self.note_observed(now);
        }
    }

    fn observe_text(&mut self, now: Moment, byte: u8) {
        let Some(watch) = &mut self.watch else { return };
        match byte {
            b'\r' | b'\n' => {}
            _ => watch.line.push(byte),
        }
        if matches!(byte, b'\r' | b'\n') || watch.line.len() >= LINE_BYTES {
            let line = std::mem::take(&mut watch.line);
            self.observe_line(now, &line);
        }
    }

    fn observe_line(&mut self, now: Moment, line: &[u8]) {
        let text = String::from_utf8_lossy(line);
        let text = text.trim();
        if text.is_empty() {
            return;
        }
        self.overtake(now);
        if !text.get(..2).is_some_and(|start| start.eq_ignore_ascii_case("AT")) {
            let text = visible(line).into_owned();
            return self.board.tell(Event::Wire(WireLine::plain(now, WireKind::Sent, text)));
        }
        let Some(watch) = &mut self.watch else { return };
        watch.lines += 1;
        watch.data.clear();
        watch.data_end = raw::data_end(text);
        self.schedule.take_watched(RequestId(watch.lines), text);
        self.run(now);
    }

    /// Whoever sends the next line has stopped waiting for the one before.
    fn overtake(&mut self, now: Moment) {
        let Some(ended) = self.client.abandon(now) else { return };
        let result = outcome::result(&ended);
        self.record(&ended, result.clone());
        self.schedule.fail_all(now, &result.err().unwrap_or(Fault::Cancelled), &mut self.board);
    }
}
