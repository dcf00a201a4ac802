//! What survives a restart and what does not (reference, section 17).

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::sim::{Device, Steer};

#[test]
fn reset_says_ok_and_boots() {
    let mut desk = Desk::quiet(Device::default());
    let text = desk.ask("AT+RESET", "RDY");
    assert_eq!(text, "\r\nOK\r\n^boot.rom'v'!\\n\r\nRDY\r\n");
    desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
    desk.after(Duration::from_secs(2));
    desk.ask("ATE0", "OK");
    hold(&mut desk, &[("AT*EXINFO?", "*EXINFO: 3|OK")]);
}

#[test]
fn a_supply_dip_loses_the_session_and_all_of_mqtt() {
    let mut desk = Desk::connected(Device::default());
    hold(&mut desk, &[("AT+MQTTMODE=1", "OK"), ("AT+MQTTMSGSET=1", "OK"), ("AT+CMEE=2", "OK")]);
    desk.steer(Steer::Restart);
    desk.read_until("+NITZ");
    desk.after(Duration::from_secs(1));
    desk.ask("ATE0", "OK");
    hold(
        &mut desk,
        &[
            ("AT+MQTTSTATU", "+MQTTSTATU :0|OK"),
            ("AT+MQTTMODE?", "+MQTTMODE: 0|OK"),
            ("AT+MQTTMSGSET?", "+MQTTMSGSET:0|OK"),
            ("AT+CMEE?", "+CMEE :1|OK"),
            ("AT+MIPSTART=broker.test,1883", "OK|CONNECT OK"),
            ("AT+MCONNECT=1,60", "ERROR"),
        ],
    );
}

#[test]
fn stored_settings_survive() {
    let mut desk = Desk::quiet(Device::default());
    hold(&mut desk, &[("AT+CMEE=2;&W", "OK"), ("AT+CFUN=1,1", "OK")]);
    desk.read_until("+NITZ");
    desk.after(Duration::from_secs(1));
    hold(&mut desk, &[("AT+CMEE?", "+CMEE :2|OK"), ("AT&F", "OK")]);
    assert_eq!(desk.ask("AT+CMEE?", "OK"), "AT+CMEE?\r\r\n+CMEE :1\r\n\r\nOK\r\n");
}

#[test]
fn a_powered_down_module_is_silent() {
    let mut desk = Desk::connected(Device::default());
    hold(&mut desk, &[("AT+CPOWD=1", "NORMAL POWER DOWN")]);
    desk.send(b"AT\r");
    assert_eq!(desk.after(Duration::from_mins(1)), "");
}

#[test]
fn a_link_after_a_restart_is_a_new_link() {
    let mut desk = Desk::connected(Device::default());
    let before = desk.modem.session.link();
    desk.steer(Steer::Restart);
    desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
    desk.connect();
    let after = desk.modem.session.link();
    assert!(before.is_some() && after > before, "{before:?} and {after:?}");
}

#[test]
fn a_module_without_power_is_silent_until_it_is_started() {
    let mut desk = Desk::connected(Device::default());
    desk.steer(Steer::PowerOff);
    desk.send(b"AT\r");
    assert_eq!(desk.after(Duration::from_mins(1)), "");
    desk.steer(Steer::Restart);
    desk.read_until("RDY\r\n");
    desk.ask("AT", "OK");
}
