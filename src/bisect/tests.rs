//! The core against a module that is a table: what decides is found, everything is put back, whatever cuts it off.

use std::collections::BTreeMap;

use super::*;
use crate::{
    diagnosis::Changed,
    modem::{
        event::{Awaited, Event, ExchangeRecord, Fault, FileProgress, FileUpdate, LossCause, PortFault, Refusal},
        request::{Connection, Contents, FileRef, Request, Security, TlsOptions},
    },
    time::Moment,
};

type Opens = fn(&Module) -> bool;

/// A module whose link opens when its settings and files say so.
struct Module {
    settings: BTreeMap<String, String>,
    files: BTreeMap<String, Vec<u8>>,
    opens: Opens,
    imei: &'static str,
    /// Keys that it does not tell, and changes that it refuses.
    mute: &'static [&'static str],
    refuses: &'static [&'static str],
    /// Links tried, and after which it is unplugged.
    links: usize,
    unplugged_after: usize,
    requests: Vec<Request>,
}

impl Module {
    fn new(opens: Opens) -> Self {
        let settings = [("seclevel", "2"), ("cacert", "old.crt"), ("sslversion", "4")];
        Self {
            settings: settings.map(|(key, value)| (key.to_owned(), value.to_owned())).into(),
            files: [("ca.crt".to_owned(), b"CA".to_vec())].into(),
            opens,
            imei: "861234567890123",
            mute: &[],
            refuses: &[],
            links: 0,
            unplugged_after: usize::MAX,
            requests: Vec::new(),
        }
    }

    fn is(&self, key: &str, value: &str) -> bool {
        self.settings.get(key).map_or("", String::as_str) == value
    }

    fn ask(&mut self, request: &Request, bisect: &mut Bisect) -> Result<(), Fault> {
        self.requests.push(request.clone());
        if self.links >= self.unplugged_after {
            return Err(Fault::Port(PortFault::Missing { port: "COM5".to_owned() }));
        }
        let refused = |key: &str| Fault::Refused { command: key.into(), refusal: Refusal::Error };
        match request {
            Request::ReadLinkSettings => {
                const KEYS: [&str; 9] = [
                    "seclevel",
                    "cacert",
                    "clientcert",
                    "clientkey",
                    "hostname",
                    "ignorelocaltime",
                    "sslversion",
                    "ciphersuite",
                    "negotiatetimeout",
                ];
                let told = |key: &'static str| {
                    let value = self.settings.get(key).cloned().unwrap_or_default();
                    (key, (!self.mute.contains(&key)).then_some(value))
                };
                let values = KEYS.map(told).to_vec();
                bisect.handle_event(&Event::TlsSettings { at: Moment::ZERO, values });
                Ok(())
            }
            Request::ChangeTls(changes) => {
                for change in changes {
                    if change.value.as_ref().is_some_and(|value| self.refuses.contains(&value.as_str())) {
                        return Err(refused(change.key));
                    }
                    match &change.value {
                        Some(value) => _ = self.settings.insert(change.key.to_owned(), value.clone()),
                        None => _ = self.settings.remove(change.key),
                    }
                }
                Ok(())
            }
            Request::TryLink { .. } => {
                self.links += 1;
                let command = "AT+SSLMIPSTART=\"broker.test\",8883".into();
                let after = std::time::Duration::from_secs(1);
                let fail = Fault::BadOutcome { command, expected: Awaited::Link, got: "CONNECT FAIL".into(), after };
                if (self.opens)(self) { Ok(()) } else { Err(fail) }
            }
            Request::ReadFile(name) => {
                let bytes = self.files.get(name).cloned().ok_or_else(|| refused(name))?;
                let progress = FileProgress::Read(Contents::public(bytes));
                bisect.handle_event(&Event::File(FileUpdate { at: Moment::ZERO, name: name.clone(), progress }));
                Ok(())
            }
            Request::Provision(files) => {
                let written =
                    files.iter().filter_map(|file| Some((file.name.clone(), file.contents.as_ref()?.bytes().to_vec())));
                self.files.extend(written);
                Ok(())
            }
            Request::DeleteFile(name) => self.files.remove(name).map(|_| ()).ok_or_else(|| refused(name)),
            Request::Raw(line) if line == "AT+CGSN" => {
                bisect.handle_event(&Event::Exchange(Box::new(answered(line, self.imei))));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn answered(line: &str, answer: &str) -> ExchangeRecord {
    ExchangeRecord {
        request: None,
        step: None,
        command: line.into(),
        answer: vec![answer.to_owned()],
        sent_at: Moment::ZERO,
        accepted_at: Some(Moment::ZERO),
        ended_at: Moment::ZERO,
        result: Ok(()),
        is_forgiven: false,
        data: None,
        unreadable: None,
    }
}

fn wanted() -> Connection {
    let ca = FileRef::with("ca.crt", Contents::public(b"CA".to_vec()));
    Connection { security: Security::Server { ca }, ..Connection::new("broker.test", 8883, "x") }
}

/// Runs to the end; gives the list that was on the disk at the end, if one was.
fn run(bisect: &mut Bisect, module: &mut Module, disk: &mut Option<UndoList>) {
    while let Some(wish) = bisect.poll_wish() {
        match wish {
            Wish::Ask(request) => {
                let changes = matches!(request, Request::ChangeTls(_) | Request::Provision(_) | Request::DeleteFile(_));
                assert!(!changes || disk.is_some(), "nothing is changed without a list on disk: {request:?}");
                let result = module.ask(&request, bisect);
                bisect.handle_done(result);
            }
            Wish::Keep(list) => {
                *disk = Some(list);
                bisect.handle_kept(Ok(()));
            }
            Wish::Forget(name) => {
                assert_eq!(disk.take().map(|list| list.module), Some(name));
            }
        }
    }
    assert!(bisect.is_over());
}

/// What a bisect of `connection` comes to; everything must be as before.
fn found(module: &mut Module, connection: Connection) -> Bisect {
    let before = (module.settings.clone(), module.files.clone());
    let mut disk = None;
    let mut bisect = Bisect::new(connection, "COM5", Vec::new(), 1);
    run(&mut bisect, module, &mut disk);
    assert_eq!((&module.settings, &module.files), (&before.0, &before.1), "{:?}", bisect.verdict());
    assert_eq!(disk, None);
    assert!(bisect.is_undone());
    bisect
}

fn decides(opens: Opens, connection: Connection) -> (String, Vec<String>) {
    match found(&mut Module::new(opens), connection).verdict() {
        Some(Verdict::Decides(decided)) => (decided.changed.key().to_owned(), decided.lines.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_one_setting_that_decides_is_found_with_its_lines() {
    let table: [(Opens, &str, &str); 5] = [
        (|it| it.is("ignorelocaltime", "1"), "ignore-time", "AT+SSLCFG=\"ignorelocaltime\",88,1"),
        (|it| it.is("hostname", ""), "no-name", "AT+SSLCFG=\"hostname\",88,"),
        (|it| it.is("seclevel", "0"), "level-0", "AT+SSLCFG=\"seclevel\",88,0"),
        (|it| it.is("sslversion", "3"), "version", "AT+SSLCFG=\"sslversion\",88,3"),
        (|it| it.is("ciphersuite", "0X002F"), "suite", "AT+SSLCFG=\"ciphersuite\",88,0X002F"),
    ];
    for (opens, key, line) in table {
        assert_eq!(decides(opens, wanted()), (key.to_owned(), vec![line.to_owned()]));
    }
    let tls = TlsOptions { server_name: Some("other.test".to_owned()), ..TlsOptions::default() };
    let named = Connection { tls, ..wanted() };
    assert_eq!(decides(|it| it.is("hostname", "broker.test"), named).0, "host-name");
    let tls = TlsOptions { version: Some(crate::modem::request::Version::Tls10), ..TlsOptions::default() };
    assert_eq!(decides(|it| it.is("sslversion", "4"), Connection { tls, ..wanted() }).0, "any-version");
    let tls = TlsOptions { suite: Some(crate::modem::request::Suite::Rc4Sha), ..TlsOptions::default() };
    assert_eq!(decides(|it| it.is("ciphersuite", "0XFFFF"), Connection { tls, ..wanted() }).0, "any-suite");
}

#[test]
fn a_client_certificate_that_the_broker_refuses_decides_before_everything_is_left_unchecked() {
    let file = |name: &str| FileRef::with(name, Contents::public(b"CA".to_vec()));
    let security = Security::Mutual { ca: file("ca.crt"), certificate: file("c.crt"), key: file("c.key") };
    let mut module = Module::new(|it| !it.is("seclevel", "2"));
    for name in ["c.crt", "c.key"] {
        module.files.insert(name.to_owned(), b"CA".to_vec());
    }
    let bisect = found(&mut module, Connection { security, ..wanted() });
    assert!(matches!(bisect.verdict(), Some(Verdict::Decides(one)) if one.changed == Changed::ServerOnly));
}

#[test]
fn a_file_that_holds_something_else_decides_and_one_that_is_missing_is_copied_for_the_time() {
    let mut module = Module::new(|it| it.is("cacert", "bisect-ca.crt"));
    module.files.insert("ca.crt".to_owned(), b"other".to_vec());
    let bisect = found(&mut module, wanted());
    let Some(Verdict::Decides(one)) = bisect.verdict() else { panic!("{:?}", bisect.verdict()) };
    assert_eq!(one.changed, Changed::Files { other: vec![("ca.crt".to_owned(), 2, 5)] });
    assert_eq!(bisect.files()[0].1, FileSeen::Other(5));
    let mut module = Module::new(|it| it.files.contains_key("bisect-ca.crt") && it.is("cacert", "bisect-ca.crt"));
    module.files.clear();
    let bisect = found(&mut module, wanted());
    assert_eq!((bisect.verdict(), &bisect.files()[0].1), (Some(&Verdict::Opens), &FileSeen::Missing));
}

#[test]
fn what_opens_by_itself_what_comes_and_goes_and_what_nothing_opens_are_told_apart() {
    assert_eq!(found(&mut Module::new(|_| true), wanted()).verdict(), Some(&Verdict::Opens));
    let nothing = found(&mut Module::new(|_| false), wanted());
    assert_eq!(nothing.verdict(), Some(&Verdict::Nothing));
    assert!(nothing.tries().len() > 10, "{:?}", nothing.tries());
    let passing = found(&mut Module::new(|it| it.links > 1), wanted());
    assert!(matches!(passing.verdict(), Some(Verdict::Passing(_))), "{:?}", passing.verdict());
}

#[test]
fn what_the_module_does_not_take_or_does_not_tell_is_told_and_left() {
    let mut module = Module::new(|it| it.is("sslversion", "1"));
    module.refuses = &["3"];
    let bisect = found(&mut module, wanted());
    assert!(matches!(bisect.verdict(), Some(Verdict::Decides(_))), "{:?}", bisect.verdict());
    assert!(bisect.tries().iter().any(|tried| matches!(tried.outcome, Outcome::Refused(_))));
    let mut module = Module::new(|_| false);
    module.settings.remove("sslversion");
    module.mute = &["sslversion", "clientkey"];
    let bisect = found(&mut module, wanted());
    assert_eq!(bisect.untold(), ["sslversion"], "clientkey is left alone");
}

#[test]
fn without_a_list_on_disk_nothing_is_changed() {
    let (mut module, before) = (Module::new(|_| false), Module::new(|_| false));
    let mut bisect = Bisect::new(wanted(), "COM5", Vec::new(), 1);
    while let Some(wish) = bisect.poll_wish() {
        match wish {
            Wish::Ask(request) => {
                let result = module.ask(&request, &mut bisect);
                bisect.handle_done(result);
            }
            Wish::Keep(_) => bisect.handle_kept(Err("disk full".to_owned())),
            Wish::Forget(name) => panic!("{name}"),
        }
    }
    assert_eq!(bisect.verdict(), Some(&Verdict::NotKept("disk full".to_owned())));
    assert_eq!((module.settings, module.links), (before.settings, 0));
}

/// Cuts it off after each request in turn, and undoes it from the list alone.
#[test]
fn wherever_it_is_cut_off_the_list_puts_everything_back() {
    let fresh = || {
        let mut module = Module::new(|_| false);
        module.files.insert("ca.crt".to_owned(), b"other".to_vec());
        module
    };
    let mut cut = 0;
    loop {
        let mut module = fresh();
        let (mut disk, mut asked) = (None, 0);
        let mut bisect = Bisect::new(wanted(), "COM5", Vec::new(), 1);
        while let Some(wish) = bisect.poll_wish() {
            match wish {
                Wish::Ask(request) => {
                    if asked == cut {
                        break;
                    }
                    asked += 1;
                    let result = module.ask(&request, &mut bisect);
                    bisect.handle_done(result);
                }
                Wish::Keep(list) => {
                    disk = Some(list);
                    bisect.handle_kept(Ok(()));
                }
                Wish::Forget(_) => disk = None,
            }
        }
        let is_whole = bisect.is_over();
        if let Some(list) = disk.clone() {
            let next = Bisect::new(wanted(), "COM6", vec![list.clone()], 2);
            assert!(is_told_first(next, &mut module), "{cut}");
            run(&mut Bisect::restoring(list, "COM6"), &mut module, &mut disk);
            assert_eq!(disk, None, "{cut}");
        }
        assert_eq!((module.settings, module.files), (fresh().settings, fresh().files), "cut off after {cut} requests");
        if is_whole {
            break;
        }
        cut += 1;
    }
    assert!(cut > 30, "{cut}");
}

/// Whether a new bisect finds the old list before it changes anything.
fn is_told_first(mut bisect: Bisect, module: &mut Module) -> bool {
    while let Some(Wish::Ask(request)) = bisect.poll_wish() {
        assert!(!matches!(request, Request::ChangeTls(_)), "nothing is changed before");
        let result = module.ask(&request, &mut bisect);
        bisect.handle_done(result);
    }
    matches!(bisect.verdict(), Some(Verdict::UndoFirst(_)))
}

#[test]
fn an_unplugged_module_keeps_its_list_and_another_module_is_left_alone() {
    let mut module = Module::new(|_| false);
    module.unplugged_after = 3;
    let (before, mut disk) = (Module::new(|_| false).settings, None);
    let mut bisect = Bisect::new(wanted(), "COM5", Vec::new(), 1);
    run(&mut bisect, &mut module, &mut disk);
    assert!(matches!(bisect.verdict(), Some(Verdict::Broken(_))) && !bisect.is_undone());
    let list = disk.clone().expect("the list stays");
    let mut other = Module::new(|_| false);
    other.imei = "869999999999999";
    let mut wrong = Bisect::restoring(list.clone(), "COM5");
    run(&mut wrong, &mut other, &mut disk);
    assert_eq!((wrong.verdict(), &other.settings), (Some(&Verdict::OtherModule), &before));
    assert!(disk.is_some());
    module.unplugged_after = usize::MAX;
    let mut back = Bisect::restoring(list, "COM7");
    run(&mut back, &mut module, &mut disk);
    assert_eq!((back.verdict(), &module.settings, disk), (Some(&Verdict::Restored), &before, None));
}

#[test]
fn a_stop_and_a_restart_put_everything_back() {
    let mut module = Module::new(|_| false);
    let (before, mut disk) = (module.settings.clone(), None);
    let mut bisect = Bisect::new(wanted(), "COM5", Vec::new(), 1);
    for _ in 0..12 {
        match bisect.poll_wish().expect("a wish") {
            Wish::Ask(request) => {
                let result = module.ask(&request, &mut bisect);
                bisect.handle_done(result);
            }
            Wish::Keep(list) => {
                disk = Some(list);
                bisect.handle_kept(Ok(()));
            }
            Wish::Forget(name) => panic!("{name}"),
        }
    }
    bisect.stop();
    run(&mut bisect, &mut module, &mut disk);
    assert_eq!((bisect.verdict(), &module.settings, &disk), (Some(&Verdict::Stopped), &before, &None));
    // A module that restarts in the middle has lost all settings.
    let mut bisect = Bisect::new(wanted(), "COM5", Vec::new(), 1);
    let mut links = 0;
    while let Some(wish) = bisect.poll_wish() {
        match wish {
            Wish::Ask(Request::TryLink { .. }) if links == 2 => {
                module.settings.clear();
                bisect.handle_done(Err(Fault::SessionLost(LossCause::ModuleRestarted)));
            }
            Wish::Ask(request) => {
                links += usize::from(matches!(request, Request::TryLink { .. }));
                let result = module.ask(&request, &mut bisect);
                bisect.handle_done(result);
            }
            Wish::Keep(list) => {
                disk = Some(list);
                bisect.handle_kept(Ok(()));
            }
            Wish::Forget(_) => disk = None,
        }
    }
    assert_eq!((&module.settings, &disk), (&before, &None), "{:?}", bisect.verdict());
}

#[test]
fn lists_lie_on_the_shelf_until_they_are_taken_and_what_is_none_is_no_list() {
    let folder = tempfile::tempdir().expect("a folder");
    let shelf = Shelf::at(folder.path().join("undo"));
    assert!(shelf.lists().is_empty());
    let list = UndoList {
        version: UndoList::VERSION,
        module: UndoList::module_of("861234567890123"),
        port: "COM5".to_owned(),
        made_at: 5,
        settings: Vec::new(),
        files: vec!["bisect-ca.crt".to_owned()],
    };
    shelf.keep(&list).expect("kept");
    std::fs::write(folder.path().join("undo/torn.json"), "{\"version\":1,").expect("written");
    assert_eq!(shelf.lists(), std::slice::from_ref(&list));
    assert!(!format!("{list:?}").contains("861234567890123"));
    shelf.forget(&list.module).expect("forgotten");
    shelf.forget(&list.module).expect("twice");
    assert!(shelf.lists().is_empty());
}
