//! Short sessions at the core: lines typed by hand, with every way a module may answer them, and a key that is written and
//! read back; what the events, the trace, its replay and the window make of them.

use air780e_companion::{
    modem::{
        Modem,
        event::Event,
        request::{Contents, FileRef, Request, RequestId},
    },
    time::Moment,
    trace::{Direction, Entry, Header, Recorder, Trace, write_entry, write_header},
    worker::replay,
};

use crate::search::{REPORT, SENTENCE};

/// What one session showed, each face by its name.
pub(crate) type Faces = Vec<(&'static str, Vec<u8>)>;

/// A core, and everything it told.
struct Desk {
    modem: Modem,
    recorder: Recorder<Vec<u8>>,
    now: Moment,
    events: Vec<Event>,
    sent: Vec<u8>,
}

impl Desk {
    fn new() -> Self {
        let recorder = Recorder::new(Vec::new(), &Header::default()).expect("a vector takes all");
        Self { modem: Modem::new(Moment::ZERO), recorder, now: Moment::ZERO, events: Vec::new(), sent: Vec::new() }
    }

    fn ask(&mut self, id: u64, request: Request) {
        self.modem.request(self.now, RequestId(id), request);
        self.settle();
    }

    fn settle(&mut self) {
        loop {
            self.events.extend(std::iter::from_fn(|| self.modem.poll_event()));
            let Some(transmit) = self.modem.poll_transmit() else { return };
            self.recorder.sent(self.now, &transmit.bytes, &transmit.secret).expect("a vector takes all");
            self.sent = transmit.bytes;
            self.modem.handle_sent(self.now);
        }
    }

    fn hear(&mut self, bytes: &[u8], cut: usize) {
        for piece in bytes.chunks(cut) {
            self.now += std::time::Duration::from_millis(3);
            self.recorder.received(self.now, piece).expect("a vector takes all");
            self.modem.handle_bytes(self.now, piece);
            self.settle();
        }
    }

    /// Time passes until nothing is waited for.
    fn wait(&mut self) {
        for _ in 0..200 {
            let Some(due) = self.modem.poll_timeout() else { return };
            self.now = due;
            self.modem.handle_timeout(due);
            self.settle();
        }
    }

    fn faces(self) -> Faces {
        let mut faces = Vec::new();
        faces.push(("events", format!("{:?}", self.events).into_bytes()));
        faces.push(("status", format!("{:?}", self.modem.status().session).into_bytes()));
        let saved = self.recorder.finish().expect("a vector takes all");
        let trace = Trace::parse(&String::from_utf8_lossy(&saved)).expect("its own text");
        let mut told = Vec::new();
        replay::watch(&trace, |_, event| told.push(event));
        faces.push(("trace", saved));
        faces.push(("replay", format!("{told:?}").into_bytes()));
        #[cfg(feature = "gui")]
        faces.extend(window(&self.events));
        faces
    }
}

/// What the window copies and exports of the same events.
#[cfg(feature = "gui")]
fn window(events: &[Event]) -> Faces {
    use air780e_companion::{
        model::{Generation, Input, Model},
        view::terminal::{Chosen, Record, Screen},
    };
    let mut model = Model::default();
    for event in events {
        model.apply(&Input::Told { generation: Generation::default(), event: event.clone() });
    }
    let record = Record::new(&model, &Screen::default());
    let shown = record.clone().showing_numbers(true);
    vec![
        ("copy", record.text(&Chosen::Shown).into_bytes()),
        ("export", record.trace().into_bytes()),
        ("export with numbers", shown.trace().into_bytes()),
    ]
}

/// Lines with a secret, `§` in its place, and whether it stands there as it is typed in quotes.
pub(crate) const LINES: [&str; 22] = [
    r#"AT+MCONFIG="id","user","§""#,
    r#"AT+CSQ;+MCONFIG="id","user","§""#,
    r#"AT+MCONFIG = "id" , "user" , "§""#,
    r#"AT+MCONFIG="id,"user","§""#,
    r#"AT+MCONFIG="id","user","§"#,
    r#"AT+MCONFG="id","user","§""#,
    "AT+MCONFIG=id,user,§",
    "at mconfig:id,user,§",
    r#"AT+CSTT="apn","user","§""#,
    "AT+CSTT=apn,user,§",
    r#"AT+CGAUTH=1,1,"user","§""#,
    r#"AT+CPNETAPN=2,"apn","user","§",1"#,
    "AT+CPIN=§",
    r#"AT+CPNI="§""#,
    r#"AT+CPIN="§","§""#,
    r#"AT+CPWD="SC","1111","§""#,
    r#"AT+CLCK="SC",1,"§""#,
    r#"AT+SAPBR=3,1,"PWD","§""#,
    "AT+SAPBR=3,1,PWD,§",
    r#"AT+SSLCFG="premaster",88,"§""#,
    r#"AT+NEVERHEARD="id","user","§""#,
    r#"AT+QMTCONN=0,"id","user","§""#,
];

/// One session: `line` is typed, and answered in way number `way`.
pub(crate) fn typed(line: &str, secret: &str, way: usize) -> Faces {
    let mut desk = Desk::new();
    let typed = line.replace('§', secret);
    desk.ask(1, Request::Raw(typed.clone()));
    let (answer, cut) = answered(&typed, secret, way);
    desk.hear(answer.as_bytes(), cut.min(answer.len()));
    desk.hear(format!("\r\n+MSUB: \"t\",2 byte,hi\r\n{SENTENCE}").as_bytes(), 9);
    desk.wait();
    desk.faces()
}

/// The same session as somebody else's program saved it, and the reports that are made of it.
pub(crate) fn reported(line: &str, secret: &str, way: usize) -> Faces {
    let typed = line.replace('§', secret);
    let (answer, _) = answered(&typed, secret, way);
    saved(&typed, &answer)
}

/// A key that somebody else's program wrote with `announced` as its length, and the reports that are made of it.
pub(crate) fn key_reported(key: &str, announced: usize) -> Faces {
    let line = format!("AT+FSWRITE=\"client.key\",0,{announced},15");
    saved(&line, &format!("\r\n>\r\n[10:00:00.100]发→◇{key}□\r\n[10:00:00.400]收←◆\r\nOK\r\n\r\nERROR\r\n"))
}

fn saved(typed: &str, answer: &str) -> Faces {
    let log = format!(
        "[10:00:00.000]发→◇{typed}\r\n□\r\n[10:00:00.010]收←◆{answer}\r\n[10:00:01.000]发→◇AT+CPIN?\r\n□\r\n[10:00:01.010]收←◆\r\n+CME ERROR: 10\r\n\r\n"
    );
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name);
    std::fs::write(path("log.txt"), log).expect("it is written");
    let mut faces = Vec::new();
    for (face, name) in [("page", "report.html"), ("Markdown", "report.md"), ("text", "report.txt")] {
        let mut doctor = std::process::Command::new(env!("CARGO_BIN_EXE_air780e"));
        let output =
            doctor.arg("doctor").arg(path("log.txt")).arg("--report").arg(path(name)).output().expect("it runs");
        faces.push((face, std::fs::read(path(name)).expect("a report")));
        faces.push(("the doctor's answer", output.stdout));
    }
    faces
}

/// A recording that hides nothing, as other programs make them.
struct Tape {
    text: String,
    last: Option<Moment>,
    now: Moment,
    cut: usize,
}

impl Tape {
    fn new(cut: usize) -> Self {
        let mut text = String::new();
        write_header(&mut text, &Header::default());
        Self { text, last: None, now: Moment::ZERO, cut }
    }

    fn passes(&mut self, direction: Direction, bytes: &[u8]) -> &mut Self {
        for piece in bytes.chunks(self.cut) {
            self.now += std::time::Duration::from_millis(2);
            write_entry(&mut self.text, &Entry::new(self.now, direction, piece, &[]), self.last);
            self.last = Some(self.now);
        }
        self
    }

    fn sent(&mut self, text: &str) -> &mut Self {
        self.passes(Direction::Sent, text.as_bytes())
    }

    fn received(&mut self, text: &str) -> &mut Self {
        self.passes(Direction::Received, text.as_bytes())
    }

    /// What comes of watching it: the events, the window, and what the program prints.
    fn faces(&self) -> Faces {
        let trace = Trace::parse(&self.text).expect("its own text");
        let mut told = Vec::new();
        replay::watch(&trace, |_, event| told.push(event));
        let mut faces = vec![("watched events", format!("{told:?}").into_bytes())];
        #[cfg(feature = "gui")]
        faces.extend(window(&told));
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("session.trace");
        std::fs::write(&path, &self.text).expect("it is written");
        for (face, more) in [("replay", None), ("replay --json", Some("--json"))] {
            let mut program = std::process::Command::new(env!("CARGO_BIN_EXE_air780e"));
            let output = program.arg("replay").args(more).arg(&path).output().expect("it runs");
            faces.push((face, [output.stdout, output.stderr].concat()));
        }
        faces
    }
}

/// How a recording may hold a key, each by its name.
pub(crate) const TAPES: [&str; 10] = [
    "written with a length that is too small",
    "written, and all of it echoed",
    "written before the prompt",
    "written although it was refused",
    "written, the prompt not recorded",
    "sent from its middle on, with no command before",
    "sent in a message",
    "received from its middle on, with no command before",
    "received in one line with its ends",
    "read in parts, the first one not recorded",
];

/// A recording that holds `key` in way number `way`, cut into pieces of `cut` bytes.
pub(crate) fn taped(key: &str, way: usize, cut: usize) -> Faces {
    let half = key.len() / 2;
    let middle = key[half..].find('\n').map_or(half, |place| half + place + 1);
    let write = |announced: usize| format!("AT+FSWRITE=\"client.dat\",0,{announced},15\r");
    let in_one = key.replace('\n', "\\n");
    let mut tape = Tape::new(cut);
    tape.sent("AT\r").received("AT\r\r\nOK\r\n");
    match TAPES[way] {
        "written with a length that is too small" => {
            tape.sent(&write(half)).received("\r\n> ").sent(key).received("\r\nOK\r\n\r\nERROR\r\n")
        }
        "written, and all of it echoed" => {
            tape.sent(&write(half)).received(&format!("{}\r\n> ", write(half))).sent(key);
            tape.received(&key[..half]).received("\r\nOK\r\n").received(&key[half..]).received("\r\nERROR\r\n")
        }
        "written before the prompt" => tape.sent(&write(half)).sent(key).received("\r\n> \r\nOK\r\n"),
        "written although it was refused" => {
            tape.sent(&write(half)).received("\r\n+CME ERROR: 58\r\n").sent(key).received(key).received("\r\nERROR\r\n")
        }
        "written, the prompt not recorded" => tape.sent(&write(half)).sent(key).received("\r\nOK\r\n"),
        "sent from its middle on, with no command before" => tape.sent(&key[middle..]).received("\r\nERROR\r\n"),
        "sent in a message" => tape
            .sent(&format!("AT+MPUBEX=\"t\",0,0,{}\r", key.len()))
            .received("\r\n> ")
            .sent(key)
            .received("\r\nOK\r\n")
            .sent(&format!("AT+MPUB=\"t\",0,0,\"{in_one}\"\r"))
            .received(&format!("AT+MPUB=\"t\",0,0,\"{in_one}\"\r\r\nOK\r\n")),
        "received from its middle on, with no command before" => tape.received(&key[middle..]),
        "received in one line with its ends" => tape.received(&format!("+XKEY: \"{in_one}\"\r\n")),
        _ => tape.sent("AT+FSREAD=\"client.dat\",1,500,100\r").received(&key[100..600]).received("\r\n\r\nOK\r\n"),
    };
    tape.sent("\rAT+CSQ\r").received("\r\n+CSQ: 17,0\r\n\r\nOK\r\n");
    tape.faces()
}

/// How the module answers in way number `way`, and into which pieces the answer is cut.
fn answered(typed: &str, secret: &str, way: usize) -> (String, usize) {
    let middle = typed.find(secret).map_or(1, |start| start + secret.len() / 2);
    let middle = (middle..typed.len()).find(|place| typed.is_char_boundary(*place)).unwrap_or(typed.len());
    let (first, rest) = typed.split_at(middle);
    match way % WAYS {
        0 => (format!("{typed}\r\r\nOK\r\n"), usize::MAX),
        1 => (format!("{typed}\r\r\n\r\n+CME ERROR: 3\r\n"), 3),
        2 => (format!("{first}{REPORT}{rest}\r\r\nOK\r\n"), 7),
        3 => (format!("{typed}\r\r\n\r\n+XINFO: {secret}\r\n\r\nOK\r\n"), usize::MAX),
        4 => (format!("PWD:{secret}\r\n+CSTT: \"a\",\"u\",\"{secret}\"\r\nOK\r\n"), 5),
        _ => (format!("x{typed}\r\r\nwrong: {secret} {secret}\r\nERROR\r\n"), 11),
    }
}

/// Ways to answer a line.
pub(crate) const WAYS: usize = 6;

/// One session: `key` is written and read back, with strangers between its bytes in way number `way`.
pub(crate) fn kept(key: &[u8], way: usize) -> Faces {
    let mut desk = Desk::new();
    let file = FileRef::with("client.key", Contents::secret(key.to_vec()));
    desk.ask(1, Request::Provision(vec![file]));
    for turn in 0..16 {
        let sent = String::from_utf8_lossy(&desk.sent).into_owned();
        let echo = format!("{}\r\r\n", sent.trim_end());
        let answer = match sent.split('=').next().unwrap_or_default() {
            "AT+FSDEL" => format!("{echo}+CME ERROR: 62\r\n").into_bytes(),
            "AT+FSWRITE" => format!("{echo}> ").into_bytes(),
            "AT+FSFLSIZE" => format!("{echo}+FSFLSIZE: {}\r\n\r\nOK\r\n", key.len()).into_bytes(),
            "AT+FSREAD" => [echo.as_bytes(), b"\r\n", &disturbed(key, way + turn / 8), b"\r\n\r\nOK\r\n"].concat(),
            _ if desk.sent == key => match way % 3 {
                0 => b"\r\nOK\r\n".to_vec(),
                // A module that repeats what it is given.
                1 => [key, b"\r\nOK\r\n"].concat(),
                _ => [&disturbed(key, way), &b"\r\nTimeOut\r\n"[..]].concat(),
            },
            _ => format!("{echo}OK\r\n").into_bytes(),
        };
        let before = desk.events.len();
        desk.hear(&answer, [1, 7, 64, 4096][way % 4]);
        if desk.events.len() == before {
            break;
        }
    }
    desk.wait();
    desk.faces()
}

/// The key with something between its bytes, or with bytes lost.
fn disturbed(key: &[u8], way: usize) -> Vec<u8> {
    let lines: Vec<usize> = (1..key.len()).filter(|place| key[place - 1] == b'\n').collect();
    let (at, inside) = (lines[way % lines.len()], lines[way % lines.len()] + 11);
    let between = |place: usize, stranger: &str| [&key[..place], stranger.as_bytes(), &key[place..]].concat();
    match way % 6 {
        0 => between(at, &SENTENCE.repeat(8)),
        1 => between(inside, REPORT),
        2 => between(at, &REPORT.repeat(8)),
        3 => between(inside, "\r\nsome line of another part\r\n"),
        4 => [&key[..at], &key[at + 9..]].concat(),
        _ => key.to_vec(),
    }
}
