//! Sending files to the module, and what lies on it.

use super::*;

fn refs() -> Vec<FileRef> {
    vec![FileRef::with("ca.crt", Contents::public(ca()))]
}

fn exchange(id: u64, line: &plan::PlannedLine, result: Result<(), Fault>) -> Event {
    // The core does not mind that a file was not there.
    let is_forgiven = result.is_err() && line.step == plan::Step::DeleteFile;
    Event::Exchange(Box::new(ExchangeRecord {
        request: Some(RequestId(id)),
        step: Some(line.step),
        command: line.text.as_str().into(),
        answer: Vec::new(),
        sent_at: Moment::ZERO,
        accepted_at: None,
        ended_at: Moment::from(Duration::from_millis(5)),
        result,
        is_forgiven,
        data: None,
        unreadable: None,
    }))
}

#[test]
fn the_exact_commands_unfold_and_the_upload_is_asked_for() {
    let mut desk = Desk::new(&[(FileRole::Authority, ca())]);
    desk.screen.shows_commands = true;
    let bytes = ca().len();
    let mut harness = harness(desk);
    assert_says(&harness, &format!("AT+FSWRITE=\"ca.crt\",0,{bytes}"));
    assert_says(&harness, &format!("then exactly {bytes} bytes of the file"));
    assert_eq!(wishes(&mut harness, "Upload and read back"), [CertificatesAction::Upload]);
}

#[test]
fn a_running_upload_shows_how_far_it_is_and_can_be_stopped() {
    let mut desk = Desk::new(&[(FileRole::Authority, ca())]).open();
    desk.asked(9, Request::Provision(refs()));
    for line in plan::upload(&refs()).iter().take(3) {
        let result = if line.step == Step::DeleteFile { Err(Fault::Cancelled) } else { Ok(()) };
        desk.told(exchange(9, line, result));
    }
    let total = ca().len();
    desk.file_moved("ca.crt", FileProgress::Writing { written: total, total });
    let mut harness = harness(desk);
    assert_says(&harness, "file 1 of 1, ca.crt: measuring");
    assert_says(&harness, "60 % · ");
    assert_eq!(reason(&mut harness, "Look at the modem"), "An upload is running");
    assert_eq!(wishes(&mut harness, "Stop the upload"), [CertificatesAction::StopUpload]);

    let desk = harness.state_mut();
    desk.file_moved("ca.crt", FileProgress::Verified { bytes: total });
    desk.told(Event::Done { at: Moment::ZERO, id: RequestId(9), result: Ok(()) });
    harness.run();
    assert_says(&harness, "1 file is on the modem");
    assert_says(&harness, "read back and equal, byte for byte.");
}

#[test]
fn a_stopped_upload_says_what_is_incomplete() {
    let mut desk = Desk::new(&[(FileRole::Authority, ca())]).open();
    desk.asked(9, Request::Provision(refs()));
    desk.told(Event::Done { at: Moment::ZERO, id: RequestId(9), result: Err(Fault::Cancelled) });
    assert_says(&harness(desk), "Stopped. ca.crt is not complete on the modem; upload it again.");
}

pub(super) fn desk_with_listing() -> Desk {
    let mut desk = Desk::new(&[(FileRole::Authority, ca())]).open();
    let names = ["ca.crt", "old.bin"].map(ToOwned::to_owned).to_vec();
    desk.told(Event::Files { at: Moment::ZERO, names, free: Some(123_456) });
    desk.file_moved("ca.crt", FileProgress::Found { bytes: ca().len() });
    desk.file_moved("old.bin", FileProgress::Found { bytes: 5 });
    let values = vec![
        ("seclevel", Some("1".to_owned())),
        ("cacert", Some("ca.crt".to_owned())),
        ("clientcert", Some("gone.crt".to_owned())),
        ("clientkey", None),
    ];
    desk.told(Event::TlsSettings { at: Moment::ZERO, values });
    desk
}

#[test]
fn what_is_on_the_module_stands_with_sizes_places_and_free_space() {
    let mut harness = harness(desk_with_listing());
    for part in ["2 files, 123,456 bytes free", "5 bytes", "1, server checked", "not on the modem", "not compared yet"]
    {
        assert_says(&harness, part);
    }
    let compared = wishes(&mut harness, "Read back and compare ca.crt");
    assert_eq!(compared, [CertificatesAction::Compare("ca.crt".to_owned())]);
}

#[test]
fn files_are_compared_byte_for_byte() {
    let mut desk = desk_with_listing();
    desk.file_moved("ca.crt", FileProgress::Read(Contents::public(ca())));
    let mut harness = harness(desk);
    assert_says(&harness, "equal to the file here");
    let mut other = ca();
    other[100] ^= 1;
    harness.state_mut().file_moved("ca.crt", FileProgress::Read(Contents::public(other)));
    harness.run();
    assert_says(&harness, "differs from the file here at byte 101");
}

#[test]
fn deleting_asks_first_and_says_what_is_lost() {
    let mut harness = harness(desk_with_listing());
    let asked = wishes(&mut harness, "Delete old.bin");
    assert_eq!(asked, [CertificatesAction::AskDelete(Some("old.bin".to_owned()))]);
    harness.state_mut().screen.asks_delete = Some("ca.crt".to_owned());
    harness.run();
    assert_says(&harness, "Delete ca.crt on the modem?");
    assert_says(&harness, "the encryption is set to use it");
    assert_eq!(wishes(&mut harness, "Keep it there"), [CertificatesAction::AskDelete(None)]);
    let deleted = wishes(&mut harness, "Delete from the modem");
    assert_eq!(deleted, [CertificatesAction::Delete("ca.crt".to_owned())]);
}

#[test]
fn while_it_connects_nothing_is_asked_and_nothing_changed() {
    let mut desk = full_desk().open();
    desk.asked(1, Request::Connect(Box::new(Connection::new("h", 1883, "c"))));
    let harness = harness(desk);
    for name in ["Upload and read back", "Look at the modem"] {
        assert!(is_disabled(&harness, name), "{name}");
    }
    assert_says(&harness, "Wait until the connection stands, or stop it");
}
