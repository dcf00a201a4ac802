//! Publishing in all its forms (reference, sections 11.5, 11.6 and 11.8).

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::sim::Device;

fn subscribed() -> Desk {
    let mut desk = Desk::connected(Device::default());
    desk.ask("AT+MSUB=back,0", "SUBACK");
    desk
}

#[test]
fn each_quality_of_service_has_its_own_words() {
    let mut desk = Desk::connected(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+MPUB=t,0,0,\"x\"", "OK"),
            ("AT+MPUB=t,1,0,\"x\"", "OK|PUBACK"),
            ("AT+MPUB=\"t\",2,1,\"x\"", "OK|PUBREC|PUBCOMP"),
        ],
    );
    assert_eq!(desk.after(Duration::from_secs(2)), "");
}

#[test]
fn escapes_are_translated_and_wrong_messages_refused() {
    let mut desk = subscribed();
    hold(
        &mut desk,
        &[
            (r#"AT+MPUB=back,0,0,"{\22a\22:1}""#, "OK|+MSUB: \"back\",7 byte,{\"a\":1}"),
            (r#"AT+MPUB=back,0,0,"a;b,c""#, "OK|+MSUB: \"back\",5 byte,a;b,c"),
            (r#"AT+MPUB=back,0,0,"{\"a\":1}""#, "ERROR"),
            (r#"AT+MPUB=back,0,0,"{"a":1}""#, "ERROR"),
            ("AT+MPUB=back,0,0,text", "ERROR"),
            ("AT+MPUB=back,0,0,“text”", "ERROR"),
            ("AT+MPUB=back,3,0,\"x\"", "ERROR"),
            ("AT+MPUB=back,0,2,\"x\"", "ERROR"),
            ("AT+MPUB=a/#,0,0,\"x\"", "ERROR"),
        ],
    );
}

#[test]
fn the_length_limit_counts_the_text_as_written() {
    let mut desk = Desk::connected(Device::default());
    let fits = format!("AT+MPUB=t,0,0,\"{}\"", "x".repeat(2_384));
    let escaped = format!("AT+MPUB=t,0,0,\"{}\"", r"\22".repeat(795));
    hold(&mut desk, &[(&fits, "OK"), (&fits.replacen('x', "xx", 1), "ERROR"), (&escaped, "ERROR")]);
}

#[test]
fn hexadecimal_mode_is_for_publishing_only() {
    let mut desk = subscribed();
    hold(
        &mut desk,
        &[
            ("AT+MQTTMODE=1", "OK"),
            ("AT+MPUB=back,0,0,\"313233\"", "OK|+MSUB: \"back\",3 byte,123"),
            ("AT+MPUB=back,0,0,\"31323\"", "ERROR"),
            ("AT+MPUB=back,0,0,\"hello!\"", "ERROR"),
        ],
    );
}

#[test]
fn counted_data_is_taken_as_it_is_and_not_echoed() {
    let mut desk = subscribed();
    desk.ask("ATE1", "OK");
    desk.send(b"AT+MPUBEX=back,2,0,9\r");
    assert_eq!(desk.read_until(">"), "AT+MPUBEX=back,2,0,9\r\r\n>");
    desk.send(b"\"a\r\nOK\x1a");
    assert_eq!(desk.after(Duration::from_secs(20)), "");
    desk.send(b"z!\r\n");
    assert_eq!(
        desk.read_until("PUBCOMP\r\n"),
        "\r\nOK\r\n\r\r\n+MSUB: \"back\",9 byte,\"a\r\nOK\u{1a}z!\r\n\r\nPUBREC\r\n\r\nPUBCOMP\r\n"
    );
}

#[test]
fn data_without_a_length_ends_at_sub_or_after_silence() {
    let mut desk = subscribed();
    desk.send(b"AT+MPUBEX=back,0,0\r");
    desk.read_until(">");
    desk.send(b"to the mark\x1a");
    assert_eq!(desk.read_until("mark\r\n"), "\r\nOK\r\n\r\n+MSUB: \"back\",11 byte,to the mark\r\n");
    desk.send(b"AT+MPUBEX=back,0,0\r");
    desk.read_until(">");
    desk.send(b"half, ");
    assert_eq!(desk.after(Duration::from_secs(4)), "");
    desk.send(b"and half");
    assert_eq!(desk.after(Duration::from_millis(4_900)), "");
    assert_eq!(desk.read_until("half\r\n"), "\r\nOK\r\n\r\n+MSUB: \"back\",14 byte,half, and half\r\n");
    desk.send(b"AT+MPUBEX=back,0,0\r");
    desk.read_until(">");
    assert_eq!(desk.after(Duration::from_secs(6)), "\r\nERROR\r\n");
}

#[test]
fn data_sent_before_the_prompt_is_lost() {
    let mut desk = subscribed();
    desk.send(b"AT+MPUBEX=back,0,0,5\rhello");
    desk.read_until(">");
    assert_eq!(desk.after(Duration::from_secs(3)), "");
    desk.send(b"world");
    assert_eq!(desk.read_until("world\r\n"), "\r\nOK\r\n\r\n+MSUB: \"back\",5 byte,world\r\n");
}

#[test]
fn a_few_versions_take_command_and_data_in_one_go() {
    let mut device = Device::default();
    device.identity.firmware.version = 1_156;
    let mut desk = Desk::connected(device);
    desk.ask("AT+MSUB=back,0", "SUBACK");
    desk.send(b"AT+MPUBEX=back,0,0,5\rhello");
    assert_eq!(desk.read_until("hello\r\n"), "\r\n>\r\nOK\r\n\r\n+MSUB: \"back\",5 byte,hello\r\n");
}

#[test]
fn the_length_must_be_one_to_4100() {
    let mut desk = Desk::connected(Device::default());
    hold(&mut desk, &[("AT+MPUBEX=t,0,0,0", "ERROR"), ("AT+MPUBEX=t,0,0,4101", "ERROR"), ("AT+MPUBEX=t,0", "ERROR")]);
    desk.send(b"AT+MPUBEX=t,1,0,4100\r");
    desk.read_until(">");
    desk.send(&[b'x'; 4_100]);
    assert_eq!(desk.read_until("PUBACK\r\n"), "\r\nOK\r\n\r\nPUBACK\r\n");
}

#[test]
fn a_session_lost_behind_the_prompt_is_told_after_the_data() {
    let mut desk = Desk::connected(Device::default());
    desk.send(b"AT+MPUBEX=t,1,0,4\r");
    desk.read_until(">");
    desk.cut();
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\nCLOSED\r\n");
    desk.send(b"data");
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\n+CME ERROR: 767\r\n");
}
