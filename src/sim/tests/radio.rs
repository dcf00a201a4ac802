//! Boot reports, card, registration and bearer (reference, sections 3 and 4).

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::{
    mqtt::Password,
    sim::{Device, Power, Steer},
};

#[test]
fn boot_reports_come_in_the_order_of_the_logs() {
    let mut desk = Desk::new(Device { power: Power::SwitchedOn, ..Device::default() });
    let boot = desk.after(Duration::from_secs(10));
    let lines: Vec<&str> = boot.split("\r\n").filter(|line| !line.is_empty()).collect();
    assert_eq!(
        lines[..6],
        ["^boot.rom'v'!\\n", "RDY", "+CPIN: READY", "^MODE: 17,17", "+E_UTRAN Service", "+CGEV: ME PDN ACT 1,0",]
    );
    assert!(lines[6].starts_with("+NITZ: 2024/10/11,07:38:"), "{:?}", lines[6]);
}

#[test]
fn nobody_listens_before_rdy_and_the_card_is_busy_after_it() {
    let mut desk = Desk::new(Device { power: Power::SwitchedOn, ..Device::default() });
    desk.send(b"AT\r");
    desk.read_until("RDY\r\n");
    assert_eq!(desk.ask("AT+CPIN?", "+CME ERROR: 14"), "AT+CPIN?\r\r\n+CME ERROR: 14\r\n");
}

#[test]
fn status_commands_of_a_registered_module() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+CPIN?", "+CPIN: READY|OK"),
            ("AT+CESQ", "+CESQ: 99,99,255,255,24,56|OK"),
            ("AT+CREG?", "+CREG: 0,1|OK"),
            ("AT+CEREG=2", "OK"),
            ("AT+CEREG?", "+CEREG: 2,1,\"1A2B\",\"0C3D4E5F\",7|OK"),
            ("AT+CGATT?", "+CGATT: 1|OK"),
            ("AT+COPS?", "+COPS: 0,2,\"46001\",7|OK"),
            ("AT+CGDCONT?", "+CGDCONT: 1,\"IP\",\"cmiot\",\"10.126.200.230\",0,0|OK"),
            ("AT+CGPADDR=1", "+CGPADDR: 1,\"10.126.200.230\"|OK"),
            ("AT+CGACT?", "+CGACT: 1,1|OK"),
            ("AT+CFUN?", "+CFUN: 1|OK"),
        ],
    );
}

#[test]
fn without_a_card_the_card_commands_fail_with_ten() {
    let mut device = Device::default();
    device.card.is_present = false;
    let mut desk = Desk::quiet(device);
    hold(
        &mut desk,
        &[
            ("AT+CPIN?", "+CME ERROR: 10"),
            ("AT+CIMI", "+CME ERROR: 10"),
            ("AT+ICCID", "+CME ERROR: 10"),
            ("AT+CEREG?", "+CEREG: 0,0|OK"),
            ("AT+CGATT?", "+CGATT: 0|OK"),
            ("AT+CGPADDR=1", "+CGPADDR: 1|OK"),
        ],
    );
}

#[test]
fn a_card_with_a_pin_registers_after_it() {
    let mut device = Device::default();
    device.card.pin = Some(Password::new("1234"));
    let mut desk = Desk::quiet(device);
    hold(
        &mut desk,
        &[
            ("AT+CPIN?", "+CPIN: SIM PIN|OK"),
            ("AT+CIMI", "+CME ERROR: 11"),
            ("AT+CPIN=\"9999\"", "+CME ERROR: 16"),
            ("AT+CPIN=\"1234\"", "+CPIN: READY|OK"),
        ],
    );
    desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
    hold(&mut desk, &[("AT+CREG?", "+CREG: 0,1|OK")]);
}

#[test]
fn a_card_that_leaves_and_returns_is_reported() {
    let mut desk = Desk::quiet(Device::default());
    hold(&mut desk, &[("AT+CEREG=1", "OK")]);
    desk.steer(Steer::RemoveSim);
    assert_eq!(
        desk.after(Duration::from_secs(1)),
        "\r\n+CPIN: SIM REMOVED 0\r\n\r\n+CGEV: ME DETACH\r\n\r\n+CEREG: 0\r\n\r\n^MODE: 0,0\r\n\r\n+NO Service\r\n"
    );
    hold(&mut desk, &[("AT+CPIN?", "+CME ERROR: 10")]);
    desk.steer(Steer::InsertSim);
    let back = desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
    assert!(back.starts_with("\r\n+CPIN: READY 0\r\n\r\n+CEREG: 2\r\n\r\n+CEREG: 1\r\n"), "{back:?}");
}

#[test]
fn a_refused_registration_and_a_lost_signal_show_as_such() {
    let mut desk = Desk::quiet(Device::default());
    desk.steer(Steer::Registration(3));
    desk.after(Duration::from_secs(1));
    hold(&mut desk, &[("AT+CEREG?", "+CEREG: 0,3|OK"), ("AT+CGATT?", "+CGATT: 0|OK")]);
    desk.steer(Steer::Registration(5));
    desk.after(Duration::from_secs(5));
    hold(&mut desk, &[("AT+CEREG?", "+CEREG: 0,5|OK")]);
    desk.steer(Steer::Signal(99));
    desk.after(Duration::from_secs(1));
    hold(&mut desk, &[("AT+CSQ", "+CSQ: 99,99|OK"), ("AT+CEREG?", "+CEREG: 0,2|OK")]);
}

#[test]
fn flight_mode_and_back() {
    let mut desk = Desk::quiet(Device::default());
    let answer = desk.ask("AT+CFUN=0", "OK");
    assert!(answer.contains("+CGEV: ME DETACH"), "{answer:?}");
    hold(&mut desk, &[("AT+CFUN?", "+CFUN: 0|OK"), ("AT+MIPSTART=broker.test,1883", "+CME ERROR: 797")]);
    desk.ask("AT+CFUN=1", "OK");
    desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
    hold(&mut desk, &[("AT+CFUN=9", "+CME ERROR: 53")]);
}

#[test]
fn a_card_that_leaves_during_the_search_stops_it() {
    let mut desk = Desk::new(Device { power: Power::SwitchedOn, ..Device::default() });
    desk.read_until("+CPIN: READY\r\n");
    desk.steer(Steer::RemoveSim);
    let text = desk.after(Duration::from_secs(20));
    assert!(!text.contains("^MODE: 17,17"), "{text:?}");
    desk.steer(Steer::InsertSim);
    let text = desk.after(Duration::from_secs(20));
    assert_eq!(text.matches("^MODE: 17,17").count(), 1, "{text:?}");
}
