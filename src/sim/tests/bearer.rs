//! Older ways to a bearer, blocked cards, directories, and what changed from firmware to firmware.

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::{
    mqtt::Password,
    sim::{AccessPoint, Device, Steer},
};

#[test]
fn an_application_bearer_opens_tells_and_closes() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+SAPBR=3,1,\"APN\",\"\"", "OK"),
            ("AT+SAPBR=3,1,\"COLOUR\",\"\"", "+CME ERROR: 53"),
            ("AT+SAPBR=2,1", "+SAPBR: 1,3,\"0.0.0.0\"|OK"),
            ("AT+SAPBR=0,1", "+CME ERROR: 3"),
            ("AT+SAPBR=1,1", "OK"),
            ("AT+SAPBR=2,1", "+SAPBR: 1,1,\"10.126.200.230\"|OK"),
        ],
    );
    desk.steer(Steer::DropBearer { back_after: None });
    assert!(desk.after(Duration::from_secs(1)).contains("+SAPBR 1: DEACT"));
    hold(&mut desk, &[("AT+SAPBR=1,1", "ERROR")]);
    desk.steer(Steer::RestoreBearer);
    desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
    desk.after(Duration::from_secs(2));
    hold(&mut desk, &[("AT+SAPBR=1,1", "OK"), ("AT+SAPBR=0,1", "OK")]);
}

#[test]
fn a_login_by_cgauth_opens_a_private_network_too() {
    let mut device = Device::default();
    let password = Password::new("p");
    device.radio.private = Some(AccessPoint { name: "private".to_owned(), user: "u".to_owned(), password, auth: 1 });
    let mut desk = Desk::quiet(device);
    hold(
        &mut desk,
        &[
            ("AT+CGAUTH=1,1", "+CME ERROR: 53"),
            ("AT+CGDCONT=1,\"IP\",\"private\"", "OK"),
            ("AT+CGAUTH=1,1,u,p", "OK"),
            ("AT+CGAUTH?", "+CGAUTH: 1,1,\"u\"|OK"),
        ],
    );
    desk.ask("AT+CGACT=1,1", "OK");
    desk.after(Duration::from_secs(2));
    hold(&mut desk, &[("AT+CGPADDR=1", "+CGPADDR: 1,\"10.126.200.230\"|OK")]);
}

#[test]
fn ping_needs_a_context_and_always_ends() {
    let mut desk = Desk::quiet(Device::default());
    hold(&mut desk, &[("AT+CIPPING=broker.test", "+CME ERROR: 3"), ("AT+CSTT", "OK"), ("AT+CIICR", "OK")]);
    let answer = desk.ask("AT+CIPPING=\"broker.test\"", "OK");
    assert_eq!(answer.matches("+CIPPING: ").count(), 4, "{answer:?}");
    assert!(answer.contains("+CIPPING: 1,\"192.0.2.1\","), "{answer:?}");
    hold(&mut desk, &[("AT+CIPPING=nowhere.test", "ERROR")]);
    desk.steer(Steer::Swallow(true));
    desk.ask("AT+CIPPING=broker.test", "ERROR");
    hold(&mut desk, &[("AT", "OK")]);
}

#[test]
fn three_wrong_pins_block_the_card_until_the_puk() {
    let mut device = Device::default();
    device.card.pin = Some(Password::new("1234"));
    let mut desk = Desk::quiet(device);
    hold(
        &mut desk,
        &[
            ("AT+CPIN=1111", "+CME ERROR: 16"),
            ("AT+CPIN=1111", "+CME ERROR: 16"),
            ("AT+CPIN=1111", "+CME ERROR: 12"),
            ("AT+CPIN?", "+CPIN: SIM PUK|OK"),
            ("AT+CIMI", "+CME ERROR: 12"),
            ("AT+CPIN=1234", "+CME ERROR: 53"),
            ("AT+CPIN=00000000,5678", "+CME ERROR: 16"),
        ],
    );
    desk.ask("AT+CPIN=12345678,5678", "OK");
    desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
    hold(&mut desk, &[("AT+CPIN?", "+CPIN: READY|OK")]);
}

#[test]
fn directories_hold_files_and_end_in_a_backslash() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+FSCREATE=\"keys/a\"", "ERROR"),
            ("AT+FSMKDIR=\"keys\"", "OK"),
            ("AT+FSMKDIR=\"/keys\"", "ERROR"),
            ("AT+FSCREATE=\"C:/keys/a\"", "OK"),
            ("AT+FSCREATE=\"b\"", "OK"),
            ("AT+FSLS=\"C:/\"", "keys\\|b|OK"),
            ("AT+FSLS=\"/keys\"", "a|OK"),
            ("AT+FSLS=\"/nothing\"", "ERROR"),
            ("AT+FSRMDIR=\"keys\"", "ERROR"),
            ("AT+FSDEL=\"keys/a\"", "OK"),
            ("AT+FSRMDIR=\"keys\"", "OK"),
            ("AT+FSRMDIR=\"keys\"", "ERROR"),
        ],
    );
    let is_made = |desk: &mut Desk, number: u32| {
        desk.send(format!("AT+FSMKDIR=d{number}\r").as_bytes());
        desk.after(Duration::from_millis(100)) == "\r\nOK\r\n"
    };
    let number = (0..10_000).find(|number| !is_made(&mut desk, *number)).unwrap();
    assert!((4_000..4_200).contains(&number), "{number}");
}

#[test]
fn versions_differ_where_the_history_says_so() {
    let at = |version: u16| {
        let mut device = Device::default();
        device.identity.firmware.version = version;
        Desk::quiet(device)
    };
    hold(&mut at(1_117), &[("AT+FSREADHEAD=1", "+CME ERROR: 58"), ("AT+CDNSCFG?", "ERROR")]);
    hold(&mut at(1_118), &[("AT+FSREADHEAD=1", "OK")]);
    for (version, end) in [(1_160, "SIM REMOVED 0\r\n+CGEV"), (1_161, "SIM REMOVED 0\r\n\r\n+CGEV")] {
        let mut desk = at(version);
        desk.steer(Steer::RemoveSim);
        let told = desk.after(Duration::from_secs(1));
        assert!(told.contains(end), "V{version}: {told:?}");
    }
}

#[test]
fn a_stored_access_point_holds_after_a_restart_from_v1161_on() {
    for (version, holds) in [(1_160, false), (1_161, true)] {
        let mut device = Device::default();
        device.identity.firmware.version = version;
        let needed = AccessPoint { name: "p".to_owned(), user: String::new(), password: Password::default(), auth: 1 };
        device.radio.private = Some(needed);
        let mut desk = Desk::quiet(device);
        desk.ask("AT+CPNETAPN=2,p,,,1", "OK");
        desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
        desk.steer(Steer::Restart);
        let told = desk.after(Duration::from_secs(10));
        assert_eq!(told.contains("+CGEV: ME PDN ACT 1,0"), holds, "V{version}: {told:?}");
    }
}

#[test]
fn a_memory_answer_without_ok_and_a_read_with_a_head() {
    let mut device = Device::default();
    device.quirks.is_memory_unfinished = true;
    let mut desk = Desk::quiet(device);
    hold(&mut desk, &[("AT+FSMEM", "+FSMEM: 262144 bytes"), ("AT+FSCREATE=a", "OK"), ("AT+FSREADHEAD=1", "OK")]);
    desk.send(b"AT+FSWRITE=a,0,2,5\r");
    desk.read_until(">");
    desk.send(b"hi");
    desk.read_until("\r\nOK\r\n");
    hold(&mut desk, &[("AT+FSREAD=a,0,9,0", "+FSREAD:|hi|OK")]);
}

#[test]
fn with_several_links_the_outcome_carries_its_number() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+CIPMUX=1", "OK"),
            ("AT+MCONFIG=m", "OK"),
            ("AT+MIPSTART=broker.test,1884", "OK|7,CONNECT FAIL"),
            ("AT+MIPSTART=broker.test,1883", "OK|7,CONNECT OK"),
            ("AT+MIPSTART=broker.test,1883", "OK|ALREADY CONNECT"),
            ("AT+MIPCLOSE", "OK"),
            ("AT+CSTT", "OK"),
            ("AT+CIICR", "OK"),
            ("AT+CIPSTATUS", "OK|STATE: IP PROCESSING"),
        ],
    );
}
