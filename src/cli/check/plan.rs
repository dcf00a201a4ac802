//! From arguments to what shall be done, with everything checked that can be checked before a port is opened.

use std::{
    hash::{BuildHasher, Hasher, RandomState},
    net::SocketAddr,
    path::Path,
    time::Duration,
};

use super::{
    inputs::{qos, read_password, unreadable},
    verdict::Failure,
};
use crate::{
    air780e::limits,
    cli::{
        args::{CheckArgs, TargetArgs},
        complain,
    },
    diagnosis::diagnose_input,
    here::Depth,
    lang::{Lang, Text},
    legs::{Carrier, Mark},
    link::spec::LinkSpec,
    modem::{
        check::{self, Part, Wrong},
        event::Fault,
        fault::{draft_words, topic_words},
        request::{Connection, Credentials, Reconnect, Request, Subscription},
    },
    mqtt::{Draft, DraftError, Filter, Message, Qos, TopicError},
    sim::host::VirtualSpec,
    user_file,
};

/// What shall be done.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) link: LinkSpec,
    pub(super) connection: Connection,
    pub(super) publish: Option<Message>,
    /// How often to publish it.
    pub(super) count: u32,
    /// A message that holds these bytes must arrive.
    pub(super) wait_for: Option<String>,
    /// Longest time for everything.
    pub(super) limit: Duration,
    /// How long to stay connected when everything else is done.
    pub(super) watch: Option<Duration>,
    /// Losses of the session beyond which the check fails although each was put right.
    pub(super) max_drops: Option<usize>,
    /// Whether the rate of the line is to be found first.
    pub(super) finds_baud: bool,
    /// Whether the module is asked what it says of itself.
    pub(super) asks_details: bool,
    /// How thoroughly this computer tries the same when the connection does not open, if at all.
    pub(super) crosscheck: Option<Depth>,
    /// Whether the user agreed to a login from this computer.
    pub(super) crosschecks_login: bool,
    /// Where this computer's own tries go, when they do not go where the modem's do.
    pub(super) route: Option<SocketAddr>,
    /// Where the number of a traced message travels, if messages are traced by a client on this computer.
    pub(super) trace_legs: Option<Carrier>,
    /// How long a traced message is waited for.
    pub(super) legs_wait: Duration,
    /// What is asked of the module before it connects.
    pub(super) before: Vec<Request>,
    /// What is to be told of the certificate files before anything is sent.
    pub(super) notes: Vec<Text>,
}

impl Plan {
    /// The plan for `asked`, or what is wrong with it.
    pub(super) fn new(asked: &CheckArgs) -> Result<Self, Failure> {
        let (target, staying) = (&asked.target, &asked.staying);
        let reconnect = staying.reconnect.then_some(RECONNECT);
        let mut notes = Vec::new();
        Ok(Self {
            link: link(target),
            publish: traceable(message(target)?, asked)?,
            connection: Connection { reconnect, ..connection(target, &mut notes)? },
            count: asked.count,
            wait_for: asked.wait_for.clone(),
            limit: limit(asked)?,
            max_drops: staying.max_drops.map(|drops| drops as usize),
            watch: staying.watch.map(|seconds| Duration::from_secs(seconds.into())),
            finds_baud: finds_baud(target)?,
            asks_details: staying.details,
            crosscheck: asked.crosscheck.depth(),
            crosschecks_login: asked.crosscheck_login,
            route: asked.route,
            trace_legs: asked.tracing.trace_legs.map(Carrier::from),
            legs_wait: Duration::from_secs(asked.tracing.legs_wait.into()),
            before: asked.before.requests()?,
            notes,
        })
    }
}

impl Plan {
    /// Whether a lost session, or a lost port, is opened again.
    pub(super) const fn reconnects(&self) -> bool {
        self.connection.reconnect.is_some()
    }
}

fn limit(asked: &CheckArgs) -> Result<Duration, Failure> {
    let (limit, watch) = (asked.timeout, asked.staying.watch.unwrap_or(0));
    if watch >= limit {
        return Err(Failure::plain(Text::new("check-watch-too-long").put("watch", watch).put("limit", limit)));
    }
    Ok(Duration::from_secs(limit.into()))
}

/// Whether the rate of the line is to be found first.
pub(in crate::cli) fn finds_baud(asked: &TargetArgs) -> Result<bool, Failure> {
    if asked.options.find_baud && asked.port == VIRTUAL {
        return Err(Failure::plain(Text::new("check-find-baud-virtual")));
    }
    Ok(asked.options.find_baud)
}

/// The link that is asked for.
pub(in crate::cli) fn link(asked: &TargetArgs) -> LinkSpec {
    if asked.port == VIRTUAL {
        LinkSpec::Virtual(VirtualSpec { baud: asked.baud, ..VirtualSpec::default() })
    } else {
        LinkSpec::Serial { port: asked.port.clone(), baud: asked.baud }
    }
}

/// The session that is asked for; what is to be told of its files goes to standard error.
pub(in crate::cli) fn connection_told(asked: &TargetArgs, lang: Lang) -> Result<Connection, Failure> {
    let mut notes = Vec::new();
    let connection = connection(asked, &mut notes)?;
    for note in &notes {
        complain(note, lang);
    }
    Ok(connection)
}

/// The session that is asked for; what is to be told of its files goes into `notes`.
fn connection(asked: &TargetArgs, notes: &mut Vec<Text>) -> Result<Connection, Failure> {
    let qos = qos(asked.qos)?;
    let credentials = match &asked.user {
        Some(user) => {
            let password = asked
                .password_file
                .as_deref()
                .map(|path| read_password("--password-file", path))
                .transpose()?
                .unwrap_or_default();
            Some(Credentials { user: user.clone(), password })
        }
        None => None,
    };
    let subscriptions = asked.subscribe.iter().map(|text| subscription(text, qos)).collect::<Result<_, _>>()?;
    let client_id = asked.client_id.clone().unwrap_or_else(random_client_id);
    let connection = Connection {
        credentials,
        keep_alive: asked.keep_alive,
        clean_session: asked.clean_session,
        subscriptions,
        ..Connection::new(asked.host.clone(), asked.mqtt_port, client_id)
    };
    takeable(asked.options.applied(connection, notes)?)
}

/// The connection, if the module takes all of it; else everything that it would not take, each with its option.
pub(in crate::cli) fn takeable(connection: Connection) -> Result<Connection, Failure> {
    let wrong = check::connection(&connection);
    let Some(first) = wrong.first() else { return Ok(connection) };
    let text = Text::list(wrong.iter().map(|one| told(one, &connection)), "watch-semicolon");
    Err(Failure::input(text, diagnose_input(&first.why).findings))
}

fn told(wrong: &Wrong, connection: &Connection) -> Text {
    let why = match &wrong.why {
        Fault::BadValue { why, .. } => why.text().in_brackets(),
        other => other.text(),
    };
    let option = option_of(wrong.part);
    let meant = check::endpoint(&connection.host).filter(|_| wrong.part == Part::Host);
    match meant.map(|meant| (meant.host, meant.port)) {
        Some((host, Some(port))) => {
            let meant = format!("--host {host} --mqtt-port {port}");
            Text::new("check-option-meant").put("option", option).with("why", why).put("meant", meant)
        }
        Some((host, None)) => {
            let meant = format!("--host {host}");
            Text::new("check-option-meant").put("option", option).with("why", why).put("meant", meant)
        }
        None => Text::new("check-option").put("option", option).with("why", why),
    }
}

const fn option_of(part: Part) -> &'static str {
    match part {
        Part::Host => "--host",
        Part::Port => "--mqtt-port",
        Part::ClientId => "--client-id",
        Part::KeepAlive => "--keep-alive",
        Part::User => "--user",
        Part::Password => "--password-file",
        Part::WillTopic => "--will-topic",
        Part::WillMessage => "--will-payload",
        Part::AccessPoint => "--apn",
        Part::AccessUser => "--apn-user",
        Part::AccessPassword => "--apn-password-file",
        Part::File(0) => "--ca",
        Part::File(1) => "--cert",
        Part::File(_) => "--key",
        Part::ServerName => "--sni",
        Part::Negotiation => "--security",
        Part::Subscription(_) => "--subscribe",
    }
}

pub(in crate::cli) fn subscription(text: &str, qos: Qos) -> Result<Subscription, Failure> {
    let filter: Filter = text.parse().map_err(|error: TopicError| {
        let fault = Fault::BadValue { what: "topic filter", why: error.clone().into() };
        let option = format!("--subscribe {text:?}");
        let told = Text::new("check-option").put("option", option).with("why", topic_words(&error));
        Failure::input(told, diagnose_input(&fault).findings)
    })?;
    Ok(Subscription { filter, qos })
}

/// The message that is asked for, if one is.
pub(in crate::cli) fn message(asked: &TargetArgs) -> Result<Option<Message>, Failure> {
    let qos = qos(asked.qos)?;
    let Some(topic) = &asked.publish else { return Ok(None) };
    let payload = match &asked.payload_file {
        Some(path) => read_payload(path)?,
        None => asked.payload.clone().unwrap_or_default().into_bytes(),
    };
    let draft = Draft { topic: topic.clone(), payload, qos, retain: asked.retain };
    checked(&draft).map(Some).map_err(|error| unfit(&format!("--publish {topic:?}"), error))
}

fn unfit(option: &str, error: DraftError) -> Failure {
    let told = Text::new("check-option").put("option", option).with("why", draft_words(&error));
    Failure::input(told, diagnose_input(&Fault::Draft(error)).findings)
}

fn read_payload(path: &Path) -> Result<Vec<u8>, Failure> {
    user_file::read(path, limits::MPUBEX_BYTES as u64).map_err(|fault| match fault {
        user_file::FileFault::TooLarge { bytes, .. } => {
            let error = limits::payload_too_long(usize::try_from(bytes).unwrap_or(usize::MAX));
            unfit(&format!("--payload-file {}", path.display()), error)
        }
        fault => unreadable("--payload-file", path, &fault),
    })
}

/// The message, if the module takes it (reference, section 16).
fn checked(draft: &Draft) -> Result<Message, DraftError> {
    let (bytes, limit) = (draft.topic.len(), limits::FIELD_BYTES);
    let message = draft.message()?;
    if bytes > limit {
        return Err(DraftError::TopicTooLong { bytes, limit });
    }
    let (bytes, limit) = (draft.payload.len(), limits::MPUBEX_BYTES);
    if bytes > limit {
        return Err(limits::payload_too_long(bytes));
    }
    Ok(message)
}

fn random_client_id() -> String {
    // Every RandomState is seeded anew: enough to be unique, and no secret rests on it.
    format!("air780e-{:08x}", RandomState::new().build_hasher().finish() >> 32)
}

/// A number that differs from run to run.
pub(super) fn random() -> u16 {
    let [high, low, ..] = RandomState::new().build_hasher().finish().to_be_bytes();
    u16::from_be_bytes([high, low])
}

/// The message, if there is room for the number of a trace too.
fn traceable(message: Option<Message>, asked: &CheckArgs) -> Result<Option<Message>, Failure> {
    if let (Some(message), Some(carrier)) = (&message, asked.tracing.trace_legs) {
        let marked = Mark::new(u16::MAX, carrier.into()).put(message, asked.count).map_err(DraftError::from);
        let marked = marked.and_then(|marked| {
            let Message { topic, payload, qos, retain } = marked;
            checked(&Draft { topic: topic.to_string(), payload, qos, retain })
        });
        marked.map_err(|error| unfit("--trace-legs", error))?;
    }
    Ok(message)
}

/// From one second to a minute, doubling.
pub(in crate::cli) const RECONNECT: Reconnect =
    Reconnect { first_pause: Duration::from_secs(1), longest_pause: Duration::from_mins(1), factor: 2 };
/// The port's name that means a virtual modem.
const VIRTUAL: &str = "virtual";

#[cfg(test)]
mod tests {
    use std::io::Write;

    use clap::Parser;

    use super::*;
    use crate::{
        cli::args::{Arguments, Command},
        modem::request::{Reception, Security},
    };

    fn plan(more: &[&str]) -> Result<Plan, Failure> {
        let line = ["air780e", "check", "--port", "virtual", "--host", "h"].iter().chain(more);
        match Arguments::try_parse_from(line).expect("arguments").command {
            Command::Check(asked) => Plan::new(&asked),
            other => panic!("{other:?}"),
        }
    }

    fn file(content: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().expect("file");
        file.write_all(content).expect("written");
        file
    }

    #[test]
    fn a_wrong_input_names_its_finding_before_anything_is_opened() {
        let wildcard = plan(&["--publish", "a/#"]).expect_err("a wildcard");
        assert_eq!(wildcard.finding_id(), Some("F-172"));
        let filter = plan(&["--subscribe", "a/#/b"]).expect_err("a bad filter");
        assert_eq!(filter.finding_id(), Some("F-157"));
        let payload = file(&vec![b'x'; limits::MPUBEX_BYTES + 1]);
        let path = payload.path().to_str().expect("UTF-8");
        let long = plan(&["--publish", "a", "--payload-file", path]).expect_err("too long");
        assert_eq!(long.finding_id(), Some("F-164"));
    }

    #[test]
    fn all_that_the_module_would_not_take_is_told_with_its_option_and_a_host_with_what_is_meant() {
        let password = file(b"p\"w");
        let password = password.path().to_str().expect("UTF-8");
        let options = ["--host", "mqtts://broker.example:8883", "--user", "u\u{200b}", "--password-file", password];
        let line = ["air780e", "check", "--port", "virtual"].iter().chain(&options);
        let Command::Check(asked) = Arguments::try_parse_from(line).expect("arguments").command else { panic!() };
        let failure = Plan::new(&asked).expect_err("nothing of it can be sent");
        assert_eq!(failure.finding_id(), Some("F-057"));
        for part in ["--host: ", "you may mean --host broker.example --mqtt-port 8883", "--user: ", "--password-file: "]
        {
            assert!(failure.text().contains(part), "{part}: {}", failure.text());
        }
        assert!(!failure.text().contains("p\"w"), "{}", failure.text());
    }

    #[test]
    fn a_missing_password_file_is_named() {
        let missing = plan(&["--user", "u", "--password-file", "/no/such/file"]).expect_err("missing");
        assert!(missing.text().contains("--password-file /no/such/file"), "{}", missing.text());
    }

    #[test]
    fn options_that_do_not_fit_together_are_told_with_what_to_do() {
        let ca = file(b"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n");
        let ca = ca.path().to_str().expect("UTF-8");
        let long = "x".repeat(limits::WILL_BYTES + 1);
        let table: [(&[&str], &str); 10] = [
            (&["--sni", "a"], "add --security server"),
            (&["--ca", ca], "add --security server"),
            (&["--security", "server"], "needs --ca"),
            (&["--security", "encrypted", "--ca", ca], "choose server or mutual"),
            (&["--security", "mutual", "--ca", ca], "needs --cert and --key"),
            (&["--security", "server", "--ca", ca], "would not take it"),
            (&["--apn", "iot", "--apn-user", "u"], "say pap or chap"),
            (&["--will-topic", "a/#"], "--will-topic"),
            (&["--will-topic", "a", "--will-payload", &long], "at most 1360"),
            (&["--watch", "200"], "longer time-out"),
        ];
        for (options, words) in table {
            let failure = plan(options).expect_err(words);
            assert!(failure.text().contains(words), "{options:?}: {}", failure.text());
        }
    }

    #[test]
    fn options_reach_the_connection() {
        let options = ["--will-topic", "gone", "--will-payload", "bye", "--will-qos", "1", "--will-retain", "--cached"];
        let more = ["--reconnect", "--apn", "iot", "--apn-auth", "chap", "--security", "encrypted", "--sni", "n"];
        let connection = plan(&[&options[..], &more[..]].concat()).expect("a plan").connection;
        let will = connection.will.expect("a will").message;
        assert_eq!((will.payload, will.qos, will.retain), (b"bye".to_vec(), Qos::AtLeastOnce, true));
        assert_eq!(connection.reception, Reception::Cached);
        assert_eq!(connection.security, Security::Encrypted);
        assert_eq!(connection.tls.server_name.as_deref(), Some("n"));
        assert!(connection.reconnect.is_some() && connection.apn.is_some_and(|apn| apn.name == "iot"));
    }

    #[test]
    fn client_ids_are_made_unique() {
        let (one, other) = (random_client_id(), random_client_id());
        assert!(one.starts_with("air780e-") && one.len() == 16, "{one}");
        assert_ne!(one, other);
    }
}
