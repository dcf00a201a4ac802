//! Bytes that nobody should send, from both sides, and bytes cut anywhere.

use std::time::Duration;

use proptest::prelude::*;

use super::desk::Desk;
use crate::sim::{
    Device, VirtualModem, VirtualSpec,
    net::{LinkId, NetEvent, NetRequest},
};
use crate::time::Moment;

/// Commands that together touch every part.
const SCRIPT: &[u8] = b"AT\r\nATE0\rATE1\rAT+CSQ;+CREG?\rat+cgatt?\rAT+MPUB=t,0,0,\"x\"\r\r\nnoise\rAT+NOSUCH\rATI\r";

fn output(chunks: &[&[u8]]) -> String {
    let mut desk = Desk::new(Device::default());
    for chunk in chunks {
        desk.send(chunk);
    }
    desk.after(Duration::from_secs(20))
}

/// Runs everything that is due in the next two minutes of a module whose broker sends `bytes`.
fn feed_broker_bytes(bytes: &[u8]) -> String {
    let mut modem = VirtualModem::new(&VirtualSpec::default(), Moment::ZERO);
    let mut now = Moment::ZERO;
    let mut seen = Vec::new();
    for line in ["AT+MCONFIG=a\r", "AT+MIPSTART=h,1\r", "AT+MCONNECT=1,60\r"] {
        modem.handle_bytes(now, line.as_bytes());
        while let Some(next) = modem.poll_timeout().filter(|next| *next < now + Duration::from_mins(1)) {
            now = next;
            modem.handle_timeout(now);
            while let Some(request) = modem.poll_net() {
                match request {
                    NetRequest::Open { id, .. } => modem.handle_net(now, NetEvent::Opened { id }),
                    NetRequest::Send { id, .. } => {
                        modem.handle_net(now, NetEvent::Received { id, bytes: bytes.to_vec() });
                    }
                    NetRequest::Close { .. } | NetRequest::Resolve { .. } => {}
                }
            }
            while let Some(bytes) = modem.poll_transmit(now) {
                seen.extend(bytes);
            }
        }
    }
    String::from_utf8_lossy(&seen).into_owned()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_cutting_of_the_pcs_bytes_gives_the_same_answers(cuts in prop::collection::vec(0..SCRIPT.len(), 0..12)) {
        let mut cuts = cuts;
        cuts.extend([0, SCRIPT.len()]);
        cuts.sort_unstable();
        let chunks: Vec<&[u8]> = cuts.windows(2).map(|pair| &SCRIPT[pair[0]..pair[1]]).collect();
        prop_assert_eq!(output(&chunks), output(&[SCRIPT]));
    }

    #[test]
    fn any_bytes_from_the_pc_are_survived(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let mut desk = Desk::new(Device::default());
        desk.send(&bytes);
        desk.after(Duration::from_secs(100));
        desk.send(b"\r\x1a\rATE0\r");
        desk.after(Duration::from_secs(10));
        prop_assert_eq!(desk.ask("AT", "OK"), "\r\nOK\r\n");
    }

    #[test]
    fn any_arguments_are_survived(name in prop::sample::select(COMMANDS), args in "[=?]?[\"a0-9,\\\\“。]{0,24}") {
        let mut desk = Desk::quiet(Device::default());
        desk.send(format!("AT{name}{args}\r").as_bytes());
        desk.after(Duration::from_mins(2));
        desk.send(b"\x1a\r");
        desk.after(Duration::from_mins(2));
        prop_assert!(desk.modem.poll_timeout().is_none_or(|next| next > desk.now));
    }

    #[test]
    fn any_bytes_from_the_broker_are_survived(bytes in prop::collection::vec(any::<u8>(), 1..200)) {
        let seen = feed_broker_bytes(&bytes);
        prop_assert!(seen.contains("CONNECT OK"));
    }
}

const COMMANDS: &[&str] = &[
    "+MCONFIG",
    "+MIPSTART",
    "+MCONNECT",
    "+MSUB",
    "+MPUB",
    "+MPUBEX",
    "+MQTTMODE",
    "+MQTTMSGSET",
    "+MQTTMSGGET",
    "+CFUN",
    "+CPIN",
    "+CGATT",
    "+CGACT",
    "+CGDCONT",
    "+CREG",
    "+CCLK",
    "+IPR",
    "+CMEE",
    "+CPNETAPN",
    "+CDNSCFG",
    "+FSCREATE",
    "+FSWRITE",
    "+FSREAD",
    "+FSLS",
    "+SSLCFG",
    "+CPOWD",
    "E",
    "S3",
    "&W",
    "*I",
];

#[test]
fn a_packet_that_is_no_packet_ends_the_connection() {
    assert!(feed_broker_bytes(&[0xFF; 8]).ends_with("\r\nCLOSED\r\n"));
}

#[test]
fn events_of_a_link_that_is_not_ours_are_ignored() {
    let mut modem = VirtualModem::new(&VirtualSpec::default(), Moment::ZERO);
    let id = LinkId(7);
    for event in [NetEvent::Opened { id }, NetEvent::Closed { id }, NetEvent::Received { id, bytes: vec![0x20] }] {
        modem.handle_net(Moment::ZERO, event);
    }
    modem.handle_timeout(Moment::from_millis(1_000));
    assert_eq!(modem.poll_transmit(Moment::from_millis(2_000)), None);
}
