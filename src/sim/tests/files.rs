//! Files and TLS settings (reference, sections 8 and 9).

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::sim::{Device, Steer};

fn write(desk: &mut Desk, command: &str, bytes: &[u8]) -> String {
    desk.send(command.as_bytes());
    desk.send(b"\r");
    assert_eq!(desk.read_until(">"), "\r\n>");
    desk.send(bytes);
    desk.after(Duration::from_secs(1))
}

#[test]
fn a_file_is_written_read_measured_and_deleted() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+FSWRITE=\"ca.crt\",0,10,15", "ERROR"),
            ("AT+FSCREATE=\"ca.crt\"", "OK"),
            ("AT+FSCREATE=ca.crt", "ERROR"),
            ("AT+FSWRITE=\"ca.crt\",0,10241,15", "ERROR"),
            ("AT+FSDRIVE=0", "+FSDRIVE:C|OK"),
        ],
    );
    assert_eq!(write(&mut desk, "AT+FSWRITE=\"ca.crt\",0,10,15", b"AT\r\n567890\r\n"), "\r\nOK\r\n");
    assert_eq!(write(&mut desk, "AT+FSWRITE=\"ca.crt\",1,2,15", b"ab"), "\r\nOK\r\n");
    hold(
        &mut desk,
        &[
            ("AT+FSFLSIZE=\"ca.crt\"", "+FSFLSIZE: 12|OK"),
            ("AT+FSREAD=ca.crt,1,4,8", "90ab|OK"),
            ("AT+FSREAD=ca.crt,0,100,0", "AT\r\n567890ab|OK"),
            ("AT+FSLS=\"/\"", "ca.crt|OK"),
            ("AT+FSMEM", "+FSMEM: 262068 bytes|OK"),
            ("AT+FSDEL=ca.crt", "OK"),
            ("AT+FSDEL=ca.crt", "ERROR"),
            ("AT+FSFLSIZE=ca.crt", "ERROR"),
        ],
    );
}

#[test]
fn a_write_that_is_short_of_bytes_times_out() {
    let mut desk = Desk::quiet(Device::default());
    desk.ask("AT+FSCREATE=key", "OK");
    desk.send(b"AT+FSWRITE=key,0,10,15\r");
    desk.read_until(">");
    let started = desk.now;
    desk.send(b"nine");
    desk.after(Duration::from_secs(10));
    desk.send(b"bytes");
    assert_eq!(desk.read_until("TimeOut\r\n"), "\r\nTimeOut\r\n");
    assert_eq!(desk.now.since(started).as_secs(), 15);
    hold(&mut desk, &[("AT+FSFLSIZE=key", "+FSFLSIZE: 0|OK")]);
}

#[test]
fn files_survive_a_restart_and_tls_settings_do_not() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+SSLCFG=\"cacert\",88,\"ca.crt\"", "OK"),
            ("AT+SSLCFG=\"seclevel\",88,2", "OK"),
            ("AT+SSLCFG=\"seclevel\",88,3", "ERROR"),
            ("AT+SSLCFG=\"ciphersuite\",88,0x003d", "OK"),
            ("AT+SSLCFG=\"ciphersuite\",88,0XC02F", "ERROR"),
            ("AT+SSLCFG=\"negotiatetimeout\",88,9", "ERROR"),
            ("AT+SSLCFG=\"ignorertctime\",88,1", "ERROR"),
            ("AT+SSLCFG=\"seclevel\",77,1", "ERROR"),
            ("AT+SSLCFG=\"cacert\",88", "+SSLCFG: \"cacert\",88,\"ca.crt\"|OK"),
            ("AT+SSLCFG=\"ciphersuite\",88", "+SSLCFG: \"ciphersuite\",88,0X003D|OK"),
            ("AT+SSLCFG=\"cacert\",88,", "OK"),
            ("AT+SSLCFG=\"cacert\",88", "+SSLCFG: \"cacert\",88,\"\"|OK"),
            ("AT+FSCREATE=ca.crt", "OK"),
        ],
    );
    desk.steer(Steer::Restart);
    desk.read_until("+NITZ");
    desk.after(Duration::from_secs(1));
    desk.ask("ATE0", "OK");
    hold(
        &mut desk,
        &[("AT+SSLCFG=\"seclevel\",88", "+SSLCFG: \"seclevel\",88,|OK"), ("AT+FSFLSIZE=ca.crt", "+FSFLSIZE: 0|OK")],
    );
}
