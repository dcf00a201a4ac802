//! Many rounds over real sockets leave no open file and no thread behind.

use std::fs;

use air780e_companion::{
    broker::{Server, ServerConfig},
    sim::{
        Route, VirtualSpec,
        net::DEMO_HOST,
        range::{Fault, HOST, Range, RangeConfig},
    },
};

use crate::{
    kit::wait_for,
    rig::{NOW, Rig},
};

/// Open files and threads of this process. Other tests of this binary come and go meanwhile, so only what grows with the
/// rounds is held against a bound.
fn held() -> (usize, usize) {
    let count = |folder: &str| fs::read_dir(folder).map_or(0, Iterator::count);
    (count("/proc/self/fd"), count("/proc/self/task"))
}

const ROUNDS: usize = 150;

#[test]
#[cfg(target_os = "linux")]
fn rounds_leave_nothing_behind() {
    let broker = Server::start(ServerConfig::default()).unwrap();
    let faults = vec![Fault::Good];
    let range = Range::start(&RangeConfig { now: NOW, upstream: Some(broker.local_addr()), faults }).unwrap();
    let routes = vec![Route { host: HOST.to_owned(), port: None, to: range.address(Fault::Good).unwrap() }];
    let mut spec = VirtualSpec { broker: Some(broker.local_addr()), routes, baud: 4_000_000, ..VirtualSpec::default() };
    let soon = air780e_companion::sim::Span::new(0, 1);
    spec.device.timing.air = soon;
    spec.device.timing.answer.network = soon;
    let mut rig = Rig::new(&spec);
    let before = held();
    for round in 0..ROUNDS {
        rig.ask(&format!("AT+MCONFIG=round-{round}"), "OK");
        let start =
            if round % 3 == 0 { format!("AT+SSLMIPSTART={HOST},8883") } else { format!("AT+MIPSTART={DEMO_HOST},1") };
        rig.ask(&start, "CONNECT OK");
        rig.ask("AT+MCONNECT=1,60", "CONNACK OK");
        rig.ask("AT+MPUB=t,1,0,\"x\"", "PUBACK");
        rig.ask("AT+MDISCONNECT", "OK");
        rig.send(b"AT+MIPCLOSE\r");
        rig.read_until("\r\n");
    }
    wait_for("files and threads to be given back", || {
        let after = held();
        (after.0 < before.0 + ROUNDS / 3 && after.1 < before.1 + ROUNDS / 3).then_some(())
    });
}
