//! Private access points, the TCP/IP context and names (reference, sections 6 and 7).

use std::time::Duration;

use super::desk::{Desk, hold};
use crate::{
    mqtt::Password,
    sim::{AccessPoint, Device, Steer},
};

#[test]
fn a_private_card_gets_its_address_only_from_the_right_access_point() {
    let mut device = Device::default();
    device.radio.private = Some(AccessPoint {
        name: "jscmiot".to_owned(),
        user: "u9682".to_owned(),
        password: Password::new("iot98765"),
        auth: 2,
    });
    let mut desk = Desk::quiet(device);
    hold(
        &mut desk,
        &[
            ("AT+CGPADDR=1", "+CGPADDR: 1|OK"),
            ("AT+CPNETAPN?", "MODE:3|APN:|USR:|PWD:|AUTHMODE:0|OK"),
            ("AT+CPNETAPN=2,\"\",u,p,2", "+CME ERROR: 53"),
            ("AT+CPNETAPN=2,jscmiot,u9682,iot98765,3", "+CME ERROR: 53"),
        ],
    );
    desk.ask("AT+CPNETAPN=2,jscmiot,u9682,wrong,2", "OK");
    desk.after(Duration::from_secs(10));
    hold(&mut desk, &[("AT+CGATT?", "+CGATT: 1|OK"), ("AT+CGPADDR=1", "+CGPADDR: 1|OK")]);
    desk.ask("AT+CPNETAPN=2,jscmiot,u9682,iot98765,2", "OK");
    desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
    hold(
        &mut desk,
        &[
            ("AT+CPNETAPN?", "MODE:2|APN:jscmiot|USR:u9682|PWD:iot98765|AUTHMODE:2|OK"),
            ("AT+CGPADDR=1", "+CGPADDR: 1,\"10.126.200.230\"|OK"),
        ],
    );
    desk.steer(Steer::Restart);
    desk.read_until("+CGEV: ME PDN ACT 1,0\r\n");
}

#[test]
fn names_resolve_only_in_a_context_with_an_address() {
    let mut desk = Desk::quiet(Device::default());
    hold(
        &mut desk,
        &[
            ("AT+CDNSGIP=broker.test", "+CME ERROR: 3"),
            ("AT+CIFSR", "+CME ERROR: 3"),
            ("AT+CIPSTATUS", "OK|STATE: IP INITIAL"),
            ("AT+CSTT", "OK"),
            ("AT+CSTT", "+CME ERROR: 3"),
            ("AT+CIICR", "OK"),
            ("AT+CIFSR", "10.126.200.230"),
            ("AT+CDNSGIP=\"broker.test\"", "OK|+CDNSGIP: 1,\"broker.test\",\"192.0.2.1\""),
            ("AT+CDNSGIP=nowhere.test", "OK|+CDNSGIP:0,10"),
            ("AT+CDNSCFG=114.114.114.114,\"8.8.8.8\"", "OK"),
            ("AT+CDNSCFG?", "PrimaryDns: 114.114.114.114|SecondaryDns: 8.8.8.8|OK"),
            ("AT+CDNSCFG=nonsense", "+CME ERROR: 53"),
        ],
    );
    desk.steer(Steer::DropBearer { back_after: None });
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\n+CGEV: NW PDN DEACT 1\r\n\r\n+PDP: DEACT\r\n");
    hold(
        &mut desk,
        &[
            ("AT+CIPSTATUS", "OK|STATE: PDP DEACT"),
            ("AT+CIPSHUT", "SHUT OK"),
            ("AT+CSTT", "OK"),
            ("AT+CIICR", "+PDP: DEACT|+CME ERROR: 65535"),
        ],
    );
}
