//! The line protocol: echo, frames, chaining, errors (reference, sections 1 to 5).

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::sim::{Chip, Device};

#[test]
fn the_echo_ends_in_cr_and_the_answer_is_framed() {
    let mut desk = Desk::new(Device::default());
    assert_eq!(desk.ask("AT", "OK"), "AT\r\r\nOK\r\n");
    assert_eq!(desk.ask("at+csq", "OK"), "at+csq\r\r\n+CSQ: 24,0\r\n\r\nOK\r\n");
    assert_eq!(desk.ask("ATE0", "OK"), "ATE0\r\r\nOK\r\n");
    assert_eq!(desk.ask("AT", "OK"), "\r\nOK\r\n");
    assert_eq!(desk.ask("ATE1", "OK"), "\r\nOK\r\n");
    assert_eq!(desk.ask("AT", "OK"), "AT\r\r\nOK\r\n");
}

#[test]
fn a_line_feed_after_the_carriage_return_is_tolerated() {
    let mut desk = Desk::new(Device::default());
    desk.send(b"AT+CSQ\r\nAT\r\n");
    assert_eq!(desk.read_until("OK\r\nAT\r\r\nOK\r\n"), "AT+CSQ\r\r\n+CSQ: 24,0\r\n\r\nOK\r\nAT\r\r\nOK\r\n");
}

#[test]
fn text_that_is_no_command_is_echoed_and_ignored() {
    let mut desk = Desk::new(Device::default());
    desk.send(b"hello\r\r\n");
    assert_eq!(desk.after(Duration::from_secs(1)), "hello\r\r");
}

#[test]
fn identity_commands() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("ATI", "AirM2M_780E_V1169_LTE_AT|OK"),
            ("AT+VER", "AirM2M_780E_V1169_LTE_AT|OK"),
            ("AT+CGMI", "+CGMI: \"AirM2M\"|OK"),
            ("AT+CGMM", "+CGMM: \"Air780E\"|OK"),
            ("AT+CGMR", "+CGMR: \"AirM2M_780E_V1169_LTE_AT\"|OK"),
            ("AT+CGSN", "866000000000017|OK"),
            ("AT+CIMI", "460010000000017|OK"),
            ("AT+CCID", "898600000022C0000017|OK"),
            ("AT+ICCID", "+ICCID: 898600000022C0000017|OK"),
            ("AT^HVER", "^HVER: EC618|OK"),
            ("AT*EXINFO?", "*EXINFO: 0|OK"),
            ("AT+CCLK?", "+CCLK: \"24/10/11,15:38:35+32\"|OK"),
        ],
    );
}

#[test]
fn settings_and_chains() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+CSQ;+CGATT?", "+CSQ: 24,0|+CGATT: 1|OK"),
            ("AT+CMEE?", "+CMEE :1|OK"),
            ("AT+NOSUCH", "+CME ERROR: 58"),
            ("AT+CSQ;+NOSUCH", "+CME ERROR: 58"),
            ("AT+CNTP=\"ntp.aliyun.com\",32", "OK"),
            ("AT+CNTP", "OK|+CNTP: 1"),
            ("AT+CMEE=0", "OK"),
            ("AT+NOSUCH", "ERROR"),
            ("AT+CMEE=2", "OK"),
            ("AT+NOSUCH", "+CME ERROR: INVALID_COMMAND_LINE"),
            ("AT+CMEE=7", "+CME ERROR: parameters are invalid"),
            ("AT+CMEE=1", "OK"),
            ("ATS3=13", "OK"),
            ("ATS3=10", "+CME ERROR: 58"),
            ("ATS5?", "008|OK"),
            ("AT+IPR?", "+IPR: 0|OK"),
            ("AT+CSCS?", "+CSCS: \"GSM\"|OK"),
            ("AT+CIPMUX?", "+CIPMUX: 0|OK"),
            ("AT+CREG=?", "+CREG: (0-2)|OK"),
        ],
    );
}

#[test]
fn a_new_rate_holds_after_its_ok() {
    let mut desk = Desk::quiet(Device::default());
    let before = desk.modem.line.span(1);
    hold(&mut desk, &[("AT+IPR=9600;&W", "OK"), ("AT+IPR?", "+IPR: 9600|OK"), ("AT+IPR=9601", "+CME ERROR: 53")]);
    assert!(desk.modem.line.span(1) > before * 10);
}

#[test]
fn a_module_that_learns_the_rate_waits_for_upper_case() {
    let device = Device { is_auto_baud: true, power: crate::sim::Power::SwitchedOn, ..Device::default() };
    let mut desk = Desk::new(device);
    let boot = desk.after(Duration::from_secs(10));
    assert_eq!(boot, "^boot.rom'v'!\\n");
    desk.send(b"at\r");
    assert_eq!(desk.after(Duration::from_secs(1)), "");
    desk.send(b"xA");
    desk.send(b"T\r");
    let reports = desk.read_until("OK\r\n");
    assert!(reports.starts_with("\r\nRDY\r\n\r\n+CPIN: READY\r\n"), "{reports:?}");
}

#[test]
fn the_two_chips_differ_in_a_few_lines() {
    let mut device = Device::default();
    device.identity.chip = Chip::Ec718;
    device.identity.firmware.model = "780EP".into();
    device.identity.firmware.version = 1_010;
    let mut desk = Desk::quiet(device);
    hold(
        &mut desk,
        &[("AT^HVER", "^HVER: EC718|OK"), ("AT*EXINFO?", "+CME ERROR: 58"), ("ATI", "AirM2M_780EP_V1010_LTE_AT|OK")],
    );
}
