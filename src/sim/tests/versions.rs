//! What differs from firmware to firmware and from chip to chip (reference, sections 18 and 19).

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::sim::{Chip, Device, Steer};

fn at(version: u16) -> Device {
    let mut device = Device::default();
    device.identity.firmware.version = version;
    device
}

fn newer_chip() -> Device {
    let mut device = at(1_010);
    device.identity.chip = Chip::Ec718;
    device.identity.firmware.model = "780EP".to_owned();
    device
}

#[test]
fn the_newer_chip_boots_with_a_stray_byte_and_says_ready_twice() {
    let mut desk = Desk::quiet(newer_chip());
    desk.steer(Steer::Restart);
    assert_eq!(desk.read_until("RDY\r\n\r\nRDY\r\n"), "\0^boot.rom'v'!\\n\r\nRDY\r\n\r\nRDY\r\n");
    assert!(desk.read_until("+NITZ").contains("+CPIN: READY"));
}

#[test]
fn reporting_of_events_is_taken_by_the_older_chip_only() {
    hold(&mut Desk::quiet(Device::default()), &[("AT+CGEREP=2,1", "OK"), ("AT+CGEREP=3", "+CME ERROR: 53")]);
    hold(&mut Desk::quiet(newer_chip()), &[("AT+CGEREP=2,1", "ERROR")]);
}

#[test]
fn a_failed_handshake_crashed_the_oldest_firmware() {
    let mut desk = Desk::quiet(at(1_025));
    desk.ask("AT+MCONFIG=a", "OK");
    let said = desk.ask("AT+SSLMIPSTART=broker.test,1883", "RDY");
    assert!(!said.contains("CONNECT FAIL"), "{said:?}");
    let mut desk = Desk::quiet(at(1_026));
    hold(&mut desk, &[("AT+SSLMIPSTART=broker.test,1883", "OK|STATE: IP STATUS|CONNECT FAIL")]);
}

const CONTEXT: &[(&str, &str)] = &[("AT+CSTT", "OK"), ("AT+CIICR", "OK")];

#[test]
fn shutting_after_an_unknown_name_crashed_before_v1118() {
    for (version, end) in [(1_117, "RDY"), (1_118, "SHUT OK")] {
        let mut desk = Desk::quiet(at(version));
        hold(&mut desk, CONTEXT);
        desk.ask("AT+CIFSR", "10.126.200.230");
        hold(&mut desk, &[("AT+CDNSGIP=no.such.name", "OK|+CDNSGIP:0,10")]);
        desk.ask("AT+CIPSHUT", end);
    }
}

#[test]
fn a_name_that_is_none_and_a_server_that_is_silent_have_their_own_errors() {
    let mut desk = Desk::quiet(Device::default());
    hold(&mut desk, CONTEXT);
    desk.ask("AT+CIFSR", "10.126.200.230");
    hold(&mut desk, &[("AT+CDNSGIP=bro!ker", "OK|+CDNSGIP:0,14")]);
    desk.steer(Steer::Swallow(true));
    hold(&mut desk, &[("AT+CDNSGIP=broker.test", "OK|+CDNSGIP:0,11")]);
    desk.steer(Steer::Swallow(false));
    assert!(desk.ask("AT+CDNSGIP=broker.test", "OK").ends_with("OK\r\n"));
    desk.read_until("+CDNSGIP: 1,\"broker.test\"");
    assert_eq!(desk.after(Duration::from_mins(2)).matches("CDNSGIP").count(), 0, "one answer is enough");
}

#[test]
fn a_stored_rate_ends_training_from_v1162_on() {
    for (version, is_heard) in [(1_161, false), (1_162, true)] {
        let mut device = at(version);
        device.is_auto_baud = true;
        let mut desk = Desk::quiet(device);
        hold(&mut desk, &[("AT+IPR=115200;&W", "OK"), ("AT+RESET", "OK")]);
        let said = desk.after(Duration::from_secs(30));
        assert_eq!(said.contains("RDY"), is_heard, "V{version}: {said:?}");
    }
}

#[test]
fn the_ring_setting_survives_only_when_it_was_kept() {
    let mut desk = Desk::quiet(Device::default());
    hold(&mut desk, &[("AT+CFGRI=1;&W", "OK"), ("AT+RESET", "OK")]);
    desk.read_until("+NITZ");
    desk.ask("ATE0", "OK");
    hold(&mut desk, &[("AT+CFGRI?", "+CFGRI: 0|OK"), ("AT+CFGRI=1;+CFGRISAVE=1", "OK"), ("AT+RESET", "OK")]);
    desk.read_until("+NITZ");
    desk.ask("ATE0", "OK");
    hold(&mut desk, &[("AT+CFGRI?", "+CFGRI: 1|OK")]);
}

#[test]
fn a_command_that_the_firmware_lacks_is_refused_in_every_form() {
    let device = Device { lacks: vec!["+MPUBEX".to_owned()], ..Device::default() };
    let refused = "+CME ERROR: 58";
    let table = [
        ("AT+MPUBEX=?", refused),
        ("at+mpubex=t,0,0,3", refused),
        ("AT+MPUB=?", "+MPUB:<topic>,(0-2),(0-1),<message>|OK"),
    ];
    hold(&mut Desk::quiet(device), &table);
}

#[test]
fn there_is_no_memory_card() {
    let table = [("AT+FSLS=\"D:/\"", "+CME ERROR: 61"), ("AT+FSCREATE=\"D:/a\"", "+CME ERROR: 61")];
    hold(&mut Desk::quiet(Device::default()), &table);
}

#[test]
fn the_audio_build_has_room_for_twice_as_much() {
    let mut device = Device::default();
    device.identity.firmware.suffix = "AUAT".to_owned();
    hold(&mut Desk::quiet(device), &[("AT+FSMEM", "+FSMEM: 524288 bytes|OK")]);
    hold(&mut Desk::quiet(Device::default()), &[("AT+FSMEM", "+FSMEM: 262144 bytes|OK")]);
}

#[test]
fn the_clients_random_is_hexadecimal_of_one_of_two_lengths() {
    let mut desk = Desk::quiet(Device::default());
    for (digits, answer) in
        [("ab".repeat(28), "OK"), ("0F".repeat(32), "OK"), ("ab".repeat(20), "ERROR"), ("zz".repeat(28), "ERROR")]
    {
        hold(&mut desk, &[(&format!("AT+SSLCFG=\"clientrandom\",88,{digits}"), answer)]);
    }
}
