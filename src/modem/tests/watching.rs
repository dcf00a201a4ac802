//! Watching: raw blocks, prompts early, late and never, and links whose protection is only seen in the command.

use super::*;
use crate::modem::event::Delivery;

/// A modem that is only watched: lines sent by somebody else, and what the module says.
pub(super) struct Watched {
    pub(super) modem: Modem,
    pub(super) now: Moment,
    pub(super) events: Vec<Event>,
}

impl Watched {
    pub(super) fn new() -> Self {
        Self { modem: Modem::new(Moment::ZERO), now: Moment::ZERO, events: Vec::new() }
    }

    pub(super) fn sees(&mut self, sent: &[u8]) -> &mut Self {
        self.step(|modem, now| modem.observe(now, sent))
    }

    pub(super) fn hears(&mut self, said: &[u8]) -> &mut Self {
        self.step(|modem, now| modem.handle_bytes(now, said))
    }

    fn step(&mut self, happens: impl FnOnce(&mut Modem, Moment)) -> &mut Self {
        self.now += Duration::from_millis(10);
        while let Some(due) = self.modem.poll_timeout().filter(|due| *due < self.now) {
            self.modem.handle_timeout(due);
        }
        happens(&mut self.modem, self.now);
        while let Some(event) = self.modem.poll_event() {
            self.events.push(event);
        }
        assert!(self.modem.poll_transmit().is_none(), "a watched modem sends nothing");
        self
    }

    /// The next whole line is understood.
    pub(super) fn assert_goes_on(&mut self) {
        self.sees(b"AT+CSQ\r").hears(b"AT+CSQ\r\r\n+CSQ: 17,0\r\n\r\nOK\r\n");
        assert_eq!(self.modem.status().signal.as_ref().map(|seen| seen.value.rssi), Some(17), "{:#?}", self.events);
    }

    pub(super) fn deliveries(&self) -> Vec<&Delivery> {
        let told = self.events.iter().filter_map(|event| match event {
            Event::Publish(update) => Some(&update.delivery),
            _ => None,
        });
        told.collect()
    }
}

#[test]
fn data_after_a_prompt_are_no_lines_however_they_look() {
    let mut watched = Watched::new();
    watched.sees(b"AT+MPUBEX=\"t\",1,0,7\r").hears(b"AT+MPUBEX=\"t\",1,0,7\r\r\n> ");
    watched.sees(b"AT\r\nO").sees(b"K\r").hears(b"\r\nOK\r\n\r\nPUBACK\r\n");
    assert!(matches!(watched.deliveries().last(), Some(Delivery::Confirmed { .. })), "{:#?}", watched.events);
    let lines = watched.events.iter().filter(|event| matches!(event, Event::Exchange(_))).count();
    assert_eq!(lines, 1);
    watched.assert_goes_on();
}

#[test]
fn a_prompt_that_comes_after_whoever_sent_has_given_up_disturbs_nothing() {
    let mut watched = Watched::new();
    watched.sees(b"AT+MPUBEX=\"t\",1,0,3\r").hears(b"AT+MPUBEX=\"t\",1,0,3\r\r\n");
    watched.now += Duration::from_secs(12);
    watched.hears(b"> ");
    watched.sees(b"abc").hears(b"\r\nOK\r\n\r\nPUBACK\r\n");
    let ends = watched
        .deliveries()
        .into_iter()
        .filter(|delivery| matches!(delivery, Delivery::Confirmed { .. } | Delivery::Failed(_) | Delivery::Unknown(_)));
    assert_eq!(ends.count(), 1, "{:#?}", watched.events);
    watched.sees(b"\r");
    watched.assert_goes_on();
}

#[test]
fn a_prompt_that_the_recording_lacks_does_not_stop_it() {
    let mut watched = Watched::new();
    watched.sees(b"AT+FSWRITE=\"ca.crt\",0,6,15\r").sees(b"ab\rcd\n").hears(b"\r\nOK\r\n");
    watched.assert_goes_on();
}

#[test]
fn a_file_that_is_read_by_somebody_else_shows_no_key() {
    let key = b"-----BEGIN PRIVATE KEY-----\nTUlJRXZRSUJBREFO\n-----END PRIVATE KEY-----\n";
    let mut watched = Watched::new();
    watched.sees(b"AT+FSREAD=\"client.key\",0,1679,0\r");
    watched.hears(b"AT+FSREAD=\"client.key\",0,1679,0\r\r\n").hears(key).hears(b"\r\nOK\r\n");
    assert!(!format!("{:?}", watched.events).contains("TUlJ"), "{:#?}", watched.events);
    assert!(watched.events.iter().any(|event| matches!(event, Event::Done { result: Ok(()), .. })));
    watched.assert_goes_on();
}

#[test]
fn an_encrypted_link_that_fails_accuses_the_handshake_and_not_tcp() {
    for (command, rung) in [("AT+MIPSTART", Rung::Tcp), ("AT+SSLMIPSTART", Rung::Tls)] {
        let mut watched = Watched::new();
        watched.sees(format!("{command}=\"h.example\",8883\r").as_bytes()).hears(b"\r\nOK\r\n\r\nCONNECT FAIL\r\n");
        let failed = watched.modem.status().ladder.first_failed().map(|(rung, _)| rung);
        assert_eq!(failed, Some(rung), "{command}");
    }
}

#[test]
fn kept_messages_are_fetched_by_whoever_is_watched_and_by_nobody_else() {
    let mut watched = Watched::new();
    watched.sees(b"ATE0\r").hears(b"\r\nOK\r\n\r\n+MSUB: 0\r\n\r\n+MSUB: 1\r\n");
    watched.sees(b"AT+MQTTMSGGET\r");
    watched.hears(b"AT+MQTTMSGGET\r\r\n+MSUB: t,3,abc\r\n\r\n+MSUB: t,3,def\r\n\r\nOK\r\n");
    let records: Vec<_> = watched
        .events
        .iter()
        .filter_map(
            |event| if let Event::Exchange(record) = event { Some((&record.command, &record.result)) } else { None },
        )
        .collect();
    assert_eq!(records, [(&"ATE0".into(), &Ok(())), (&"AT+MQTTMSGGET".into(), &Ok(()))]);
    assert_eq!(watched.events.iter().filter(|event| matches!(event, Event::Message(_))).count(), 2);
    watched.hears(b"\r\n^boot.rom'v'!\\n\r\nRDY\r\n");
    assert_eq!(watched.modem.status().lost_in_cache, 0, "what was fetched cannot be lost");
    watched.assert_goes_on();
}

#[test]
fn what_a_file_has_too_much_is_hidden_until_the_next_command_and_no_longer() {
    let mut watched = Watched::new();
    let write = "AT+FSWRITE=\"client.key\",0,9,15";
    watched.sees(format!("{write}\r").as_bytes()).hears(format!("{write}\r\r\n> ").as_bytes());
    watched.sees(b"Ab1=Cd2=E").hears(b"\r\nOK\r\n").sees(b"Fg3=\r\nAThush\r").hears(b"Fg3=\r\nAThush\r\n\r\nERROR\r\n");
    let told = format!("{:?}", watched.events);
    for piece in ["Ab1", "Fg3", "hush"] {
        assert!(!told.contains(piece), "{piece} in {:#?}", watched.events);
    }
    watched.sees(b"AT+X\r").hears(b"plain words\r\n\r\nOK\r\n");
    let told = format!("{:?}", watched.events);
    assert!(told.contains("*** (4 bytes)") && told.contains("plain words"), "{:#?}", watched.events);
    watched.assert_goes_on();
}
