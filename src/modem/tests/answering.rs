//! A module that answers by what it hears, in whatever order it comes; for sessions that something disturbs.

use super::*;

/// How the module's lines look on the wire.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Echo {
    On,
    Off,
    /// On for every second line.
    Toggled,
    /// One byte of each echo is another.
    Garbled,
}

/// A module with a broker that takes everything, on a wire whose bytes pass through `disturb`.
pub(super) struct Answering<'a> {
    pub(super) modem: Modem,
    pub(super) events: Vec<Event>,
    pub(super) now: Moment,
    pub(super) echo: Echo,
    /// What stands for CR LF.
    pub(super) line_end: &'static str,
    /// Gets each piece the module says, and its number; gives what arrives.
    disturb: Box<dyn FnMut(usize, Vec<u8>) -> Vec<u8> + 'a>,
    pieces: usize,
    coming: VecDeque<(Moment, Vec<u8>)>,
    lines: usize,
    /// Bytes of data that are still to come after a prompt, and what is said then.
    data: Option<(usize, Vec<String>)>,
}

impl<'a> Answering<'a> {
    pub(super) fn new(disturb: impl FnMut(usize, Vec<u8>) -> Vec<u8> + 'a) -> Self {
        Self {
            modem: Modem::new(Moment::ZERO),
            events: Vec::new(),
            now: Moment::ZERO,
            echo: Echo::On,
            line_end: "\r\n",
            disturb: Box::new(disturb),
            pieces: 0,
            coming: VecDeque::new(),
            lines: 0,
            data: None,
        }
    }

    pub(super) fn request(&mut self, id: u64, request: Request) {
        self.modem.request(self.now, RequestId(id), request);
        self.poll();
    }

    /// Lets time pass until nothing is left to happen; false when that takes more steps than anything sensible.
    pub(super) fn run(&mut self) -> bool {
        for _ in 0..20_000 {
            let byte_due = self.coming.front().map(|(at, _)| *at);
            let Some(due) = [byte_due, self.modem.poll_timeout()].into_iter().flatten().min() else { return true };
            self.now = self.now.max(due);
            match self.coming.pop_front_if(|(at, _)| *at == due) {
                Some((_, bytes)) => self.modem.handle_bytes(self.now, &bytes),
                None => self.modem.handle_timeout(self.now),
            }
            self.poll();
        }
        false
    }

    /// How each wish ended, by its number.
    pub(super) fn ends(&self, id: u64) -> Vec<Result<(), Fault>> {
        let ends = self.events.iter().filter_map(|event| match event {
            Event::Done { id: ended, result, .. } if ended.0 == id => Some(result.clone()),
            _ => None,
        });
        ends.collect()
    }

    fn poll(&mut self) {
        loop {
            while let Some(event) = self.modem.poll_event() {
                self.events.push(event);
            }
            let Some(transmit) = self.modem.poll_transmit() else { return };
            self.modem.handle_sent(self.now);
            self.hear(&transmit.bytes);
        }
    }

    fn hear(&mut self, bytes: &[u8]) {
        if let Some((missing, said)) = self.data.take() {
            match missing.checked_sub(bytes.len()).filter(|rest| *rest > 0) {
                Some(rest) => self.data = Some((rest, said)),
                None => self.say_all(&said),
            }
            return;
        }
        let line = String::from_utf8_lossy(bytes).trim_end_matches('\r').to_owned();
        self.lines += 1;
        self.say_echo(bytes);
        let (said, data) = answer(&line);
        match data {
            Some((length, after)) => {
                self.data = Some((length, after));
                let prompt = format!("{}> ", self.line_end).into_bytes();
                self.say(prompt);
            }
            None => self.say_all(&said),
        }
    }

    fn say_echo(&mut self, bytes: &[u8]) {
        let mut echo = bytes.to_vec();
        match self.echo {
            Echo::Off => return,
            Echo::Toggled if self.lines.is_multiple_of(2) => return,
            Echo::Garbled => echo[2] ^= 0x04,
            Echo::On | Echo::Toggled => {}
        }
        self.say(echo);
    }

    fn say_all(&mut self, lines: &[String]) {
        for line in lines {
            let framed = format!("{0}{line}{0}", self.line_end).into_bytes();
            self.say(framed);
        }
    }

    fn say(&mut self, bytes: Vec<u8>) {
        let last = self.coming.back().map_or(self.now, |(at, _)| *at);
        let arrives = (self.disturb)(self.pieces, bytes);
        self.pieces += 1;
        self.coming.push_back((last.max(self.now) + Duration::from_millis(2), arrives));
    }
}

type Data = (usize, Vec<String>);

/// What a healthy module says to a line, or the data it then waits for.
fn answer(line: &str) -> (Vec<String>, Option<Data>) {
    let qos_words = |line: &str| match line.split(',').nth(1) {
        Some("1") => vec!["OK", "PUBACK"],
        Some("2") => vec!["OK", "PUBREC", "PUBCOMP"],
        _ => vec!["OK"],
    };
    if line.starts_with("AT+MPUBEX=") {
        let length = line.rsplit(',').next().and_then(|length| length.parse().ok()).unwrap_or(0);
        let words = qos_words(line).into_iter().map(str::to_owned).collect();
        return (Vec::new(), Some((length, words)));
    }
    let words = match line.split(['=', '?']).next().unwrap_or(line) {
        "ATI" => vec!["AirM2M_780E_V1169_LTE_AT", "OK"],
        "AT+CPIN" => vec!["+CPIN: READY", "OK"],
        "AT+CSQ" => vec!["+CSQ: 23,0", "OK"],
        "AT+CEREG" => vec!["+CEREG: 0,1", "OK"],
        "AT+CGREG" => vec!["+CGREG: 0,1", "OK"],
        "AT+CGATT" => vec!["+CGATT: 1", "OK"],
        "AT+CGPADDR" => vec!["+CGPADDR: 1,\"10.143.27.227\"", "OK"],
        "AT+MQTTSTATU" => vec!["+MQTTSTATU :0", "OK"],
        "AT+MIPSTART" => vec!["OK", "CONNECT OK"],
        "AT+MCONNECT" => vec!["OK", "CONNACK OK"],
        "AT+MSUB" => vec!["OK", "SUBACK"],
        "AT+MPUB" => qos_words(line),
        "AT+CIFSR" => vec!["10.1.2.3"],
        "AT+CDNSGIP" => vec!["OK", "+CDNSGIP: 1,\"broker.example\",\"192.0.2.7\""],
        "AT+FSFLSIZE" => vec!["+FSFLSIZE: 5", "OK"],
        "AT+FSREAD" => vec!["alpha", "OK"],
        _ => vec!["OK"],
    };
    (words.into_iter().map(str::to_owned).collect(), None)
}

/// The wishes of a whole session: connect, publish in all ways, read.
pub(super) fn wishes() -> Vec<Request> {
    vec![
        connect(),
        Request::Publish(message(b"x", Qos::AtMostOnce)),
        Request::Publish(message(b"x", Qos::AtLeastOnce)),
        Request::Publish(message(b"\0\x01\x02", Qos::ExactlyOnce)),
        Request::ReadFile("a".into()),
        Request::ReadSignal,
        Request::Disconnect,
    ]
}

/// A whole session, its wishes numbered from 1, each asked for when the one before has ended.
pub(super) fn whole_session<'a>(
    echo: Echo,
    line_end: &'static str,
    disturb: impl FnMut(usize, Vec<u8>) -> Vec<u8> + 'a,
) -> Answering<'a> {
    let mut world = Answering { echo, line_end, ..Answering::new(disturb) };
    for (id, wish) in (1..).zip(wishes()) {
        world.request(id, wish);
        assert!(world.run(), "it never comes to rest");
    }
    world
}
