//! `air780e bisect`: which single setting decides whether the module's encrypted link opens, tried on the module itself.
//!
//! What is tried and put back is [`bisect`](crate::bisect); here are the port, the consent, the folder of undo lists and the
//! printing (`told`). `drive` runs it.

mod done;
mod drive;
mod told;

use std::{
    io::{self, IsTerminal, Write},
    process::ExitCode,
};

use self::{drive::Drive, told::Teller};
use super::{
    WRONG_INPUT,
    args::BisectArgs,
    check::{
        crosscheck::today,
        no_signals,
        options::{ApnCheck, Options, Protection},
        plan,
        verdict::Failure,
    },
    complain, print_line,
    signals::StopSignal,
};
use crate::{
    bisect::{Bisect, Shelf, UndoList, Verdict},
    lang::{Lang, Text},
    link::spec::LinkSpec,
    modem::request::Connection,
    sim::host::VirtualSpec,
};

/// Runs it, or puts back what an earlier one left.
pub(super) fn run(asked: &BisectArgs, lang: Lang) -> ExitCode {
    let teller = Teller { is_json: asked.json, lang };
    match begin(asked, teller) {
        Ok(code) => code,
        Err(failure) => {
            complain(failure.said(), lang);
            teller.empty();
            ExitCode::from(WRONG_INPUT)
        }
    }
}

/// The verdict of one whose arguments made no sense, for a reader of JSON. The text for people is out already.
pub(super) fn print_empty_verdict() {
    Teller { is_json: true, lang: Lang::En }.empty();
}

fn begin(asked: &BisectArgs, teller: Teller) -> Result<ExitCode, Failure> {
    let shelf = Shelf::of_user().ok_or_else(|| Failure::plain(Text::new("bisected-no-place")))?;
    let stop = StopSignal::listen().map_err(|error| no_signals(&error))?;
    let link = link(asked);
    let port = asked.port.clone();
    if asked.restore {
        return Ok(restore(&Drive { shelf, stop, link, teller, route: None, limit: asked.timeout }, &port));
    }
    let connection = connection(asked, teller)?;
    ask(&connection, asked, teller)?;
    let drive = Drive { shelf, stop, link, teller, route: asked.route, limit: asked.timeout };
    let bisect = Bisect::new(connection.clone(), port.clone(), drive.shelf.lists(), today());
    let done = drive.run(bisect, Some(&connection));
    if let Some(Verdict::UndoFirst(list)) = done.bisect.verdict() {
        // Whoever agreed to changes agreed to their end.
        teller.notice(&Text::new("bisected-undoes-older").put("port", &list.port));
        let restored = drive.run(Bisect::restoring(list.clone(), port.clone()), None);
        if !restored.is_restored() {
            return Ok(teller.end(&restored, &connection));
        }
        let bisect = Bisect::new(connection.clone(), port, drive.shelf.lists(), today());
        return Ok(teller.end(&drive.run(bisect, Some(&connection)), &connection));
    }
    Ok(teller.end(&done, &connection))
}

/// Puts back whatever list there is for the module at this port.
fn restore(drive: &Drive, port: &str) -> ExitCode {
    let lists = drive.shelf.lists();
    let nothing = Connection::new("", 0, "");
    if lists.is_empty() {
        drive.teller.notice(&Text::new("bisected-nothing-to-undo"));
        drive.teller.nothing_left();
        return ExitCode::SUCCESS;
    }
    // The list of the module that is there: others are told to belong elsewhere before anything is changed.
    let mut last = None;
    for list in lists {
        let done = drive.run(Bisect::restoring(list, port), None);
        let is_other = matches!(done.bisect.verdict(), Some(Verdict::OtherModule));
        last = Some(done);
        if !is_other {
            break;
        }
    }
    last.map_or(ExitCode::FAILURE, |done| drive.teller.end(&done, &nothing))
}

fn link(asked: &BisectArgs) -> LinkSpec {
    if asked.port == "virtual" {
        LinkSpec::Virtual(VirtualSpec { baud: asked.baud, ..VirtualSpec::default() })
    } else {
        LinkSpec::Serial { port: asked.port.clone(), baud: asked.baud }
    }
}

/// The level is that for which there are files.
fn connection(asked: &BisectArgs, teller: Teller) -> Result<Connection, Failure> {
    let security = match (&asked.ca, &asked.cert) {
        (Some(_), Some(_)) => Protection::Mutual,
        (Some(_), None) => Protection::Server,
        (None, None) => Protection::Encrypted,
        (None, Some(_)) => {
            return Err(Failure::plain(Text::new("scanned-cert-key-without-ca")));
        }
    };
    let options = Options {
        security,
        ca: asked.ca.clone(),
        cert: asked.cert.clone(),
        key: asked.key.clone(),
        sni: asked.sni.clone(),
        ignore_clock: asked.ignore_clock,
        tls_version: None,
        tls_suite: None,
        negotiate_timeout: None,
        apn: None,
        apn_user: None,
        apn_password_file: None,
        apn_auth: ApnCheck::None,
        will_topic: None,
        will_payload: None,
        will_qos: 0,
        will_retain: false,
        cached: false,
        find_baud: false,
    };
    let mut notes = Vec::new();
    let host = asked.host.clone().unwrap_or_default();
    let connection = options.applied(Connection::new(host, asked.mqtt_port, "bisect"), &mut notes)?;
    for note in &notes {
        complain(note, teller.lang);
    }
    plan::takeable(connection)
}

/// The consent: by `--yes`, or by whoever sits there.
fn ask(connection: &Connection, asked: &BisectArgs, teller: Teller) -> Result<(), Failure> {
    if asked.yes {
        return Ok(());
    }
    let refuse = |key: &'static str| Err(Failure::plain(Text::new(key)));
    if !io::stdin().is_terminal() || !io::stderr().is_terminal() {
        return refuse("bisected-wants-yes");
    }
    let question = Text::new("bisected-question").put("host", &connection.host).put("port", connection.port);
    let mut err = io::stderr();
    // Who cannot read the question does not agree.
    let is_asked = write!(err, "{} ", question.to(teller.lang)).and_then(|()| err.flush()).is_ok();
    let mut answer = String::new();
    let is_read = is_asked && io::stdin().read_line(&mut answer).is_ok();
    let yes = ["y", "yes", "\u{662f}"];
    if is_read && yes.contains(&answer.trim().to_lowercase().as_str()) { Ok(()) } else { refuse("bisected-not-agreed") }
}

/// Tells in a line that an earlier search was never undone, to whoever is about to use a module.
pub(super) fn remind(lang: Lang) {
    let Some(shelf) = Shelf::of_user() else { return };
    for UndoList { port, .. } in shelf.lists() {
        complain(&Text::new("bisected-cut-off").put("port", port), lang);
    }
}

fn printed(line: &str) {
    print_line(line);
}
