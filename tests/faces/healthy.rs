//! Sessions in which nothing is wrong, with the odd lines that real ones hold: no face says a word.

use air780e_companion::{
    modem::request::{Request, Subscription},
    mqtt::Qos,
    sim::{
        Chip, Device, VirtualSpec,
        bench::{connection, plan},
        scenario::{BrokerPlan, PublishPlan},
    },
};

use crate::{lab::Lab, recorded, said::Said, together::together, window::Session};

/// A line that is typed, and what is waited for.
type Line = (&'static str, &'static str);

/// A session with something odd and harmless in it.
struct Healthy {
    name: &'static str,
    device: fn() -> Device,
    before: &'static [Line],
    inside: &'static [Line],
    after: &'static [Line],
}

const USUAL: Healthy = Healthy { name: "usual", device: Device::default, before: &[], inside: &[], after: &[] };

/// A whole session as the tutorial types it.
const SESSION: [Line; 5] = [
    ("AT+MCONFIG=companion", "OK"),
    ("AT+MIPSTART=broker.test,1883", "CONNECT OK"),
    ("AT+MCONNECT=1,120", "CONNACK OK"),
    ("AT+MSUB=room/#,1", "SUBACK"),
    ("AT+MPUB=room/a,1,0,\"x\"", "+MSUB:"),
];
const GOOD_BYE: [Line; 2] = [("AT+MDISCONNECT", "OK"), ("AT+MIPCLOSE", "")];

const ALL: [Healthy; 13] = [
    USUAL,
    Healthy { name: "file deleted that is not there", before: &[("AT+FSDEL=\"ca.crt\"", "ERROR")], ..USUAL },
    Healthy { name: "context closed that is not open", before: &[("AT+CIPCLOSE", "+CME ERROR")], ..USUAL },
    Healthy {
        name: "reports that the firmware lacks",
        device: sibling,
        before: &[("AT+CGEREP=2,1", "ERROR")],
        ..USUAL
    },
    Healthy { name: "memory without OK", device: unfinished, before: &[("AT+FSMEM", "bytes")], ..USUAL },
    Healthy {
        name: "already connected",
        before: &[
            ("AT+MCONFIG=companion", "OK"),
            ("AT+MIPSTART=broker.test,1883", "CONNECT OK"),
            ("AT+MIPSTART=broker.test,1883", "ALREADY CONNECT"),
            ("AT+MCONNECT=1,120", "CONNACK OK"),
            ("AT+MDISCONNECT", "OK"),
            ("AT+MIPCLOSE", ""),
        ],
        ..USUAL
    },
    Healthy { name: "own good-bye", after: &[("AT+MDISCONNECT", "CLOSED"), ("AT+MIPCLOSE", "ERROR")], ..USUAL },
    Healthy {
        name: "restart before the session",
        before: &[("AT+RESET", "+CGEV: ME PDN ACT"), ("ATE0", "OK")],
        ..USUAL
    },
    Healthy {
        name: "refused questions",
        device: bare,
        before: &[("AT*EXINFO?", "ERROR"), ("AT^HVER", "ERROR")],
        inside: &[("AT+CCLK?", "ERROR")],
        ..USUAL
    },
    Healthy {
        name: "closing what is not open",
        before: &[("AT+MDISCONNECT", "ERROR"), ("AT+MIPCLOSE", "ERROR")],
        ..USUAL
    },
    Healthy {
        name: "looked at all the time",
        inside: &[("AT+CSQ", "OK"), ("AT+CEREG?", "OK"), ("AT+MQTTSTATU", "OK"), ("AT+CGATT?", "OK"), ("AT+CSQ", "OK")],
        ..USUAL
    },
    Healthy {
        name: "subscription given up",
        inside: &[("AT+MUNSUB=room/#", "UNSUBACK"), ("AT+MPUB=room/a,1,0,\"y\"", "PUBACK"), ("AT", "OK")],
        ..USUAL
    },
    Healthy { name: "exactly once", inside: &[("AT+MPUB=room/b,2,0,\"z\"", "PUBCOMP")], after: &GOOD_BYE, ..USUAL },
];

fn sibling() -> Device {
    let mut device = Device::default();
    device.identity.chip = Chip::Ec718;
    device
}

fn unfinished() -> Device {
    let mut device = Device::default();
    device.quirks.is_memory_unfinished = true;
    device
}

fn bare() -> Device {
    Device { lacks: ["*EXINFO", "^HVER", "+CCLK"].map(str::to_owned).to_vec(), ..Device::default() }
}

impl Healthy {
    fn lab(&self) -> Lab {
        let spec = VirtualSpec { seed: 7, device: (self.device)(), ..VirtualSpec::default() };
        Lab::new(spec, &BrokerPlan::default())
    }

    /// Everything typed: at a terminal beside the core, or at the module by a program of somebody else.
    fn typed(&self, mut lab: Lab) -> Lab {
        lab.type_line("ATE0", "OK");
        for (line, end) in [self.before, &SESSION, self.inside, self.after].concat() {
            lab.type_line(line, end);
        }
        lab
    }

    /// The session by the core, only the odd lines typed.
    fn driven(&self) -> Lab {
        let mut lab = self.lab().with_core();
        lab.perform(Request::BringUp);
        self.before.iter().for_each(|(line, end)| lab.type_line(line, end));
        let mut wanted = connection();
        let filter = "room/#".parse().unwrap();
        wanted.subscriptions = vec![Subscription { filter, qos: Qos::AtLeastOnce }];
        lab.perform(Request::Connect(Box::new(wanted)));
        let hello = PublishPlan { topic: "room/a".to_owned(), payload: "x".to_owned(), qos: 1 };
        lab.perform(plan::publish(&hello).unwrap());
        self.inside.iter().for_each(|(line, end)| lab.type_line(line, end));
        if self.after.is_empty() {
            lab.perform(Request::Disconnect);
        }
        self.after.iter().for_each(|(line, end)| lab.type_line(line, end));
        lab
    }
}

#[test]
fn healthy_sessions_are_healthy_to_every_face() {
    let all: Vec<&Healthy> = ALL.iter().collect();
    let rows = together(&all, |healthy| {
        let mut beside = healthy.lab().with_core();
        beside.perform(Request::BringUp);
        let typed = healthy.typed(beside).finish();
        let driven = healthy.driven().finish();
        let by_hand = healthy.typed(healthy.lab()).finish();
        let told = |what: &str, said: Said, shown: String| {
            let is_odd = said != Said::Nothing;
            is_odd.then(|| format!("{}, {what}: {said}; {shown}", healthy.name))
        };
        let seen = |what: &str, session: &Session| {
            let diagnosis = session.judged_blindly();
            told(
                what,
                Said::of(&diagnosis),
                format!("{:?}", diagnosis.episodes.iter().map(|one| &one.root).collect::<Vec<_>>()),
            )
        };
        let replayed = |what: &str, trace: &str| {
            let (said, verdict) = recorded::replayed(trace);
            told(what, said, format!("{}, {}", verdict["fault"], verdict["episodes"]))
        };
        [
            seen("typed in the window", &typed),
            seen("connected by the window", &driven),
            replayed("recording of the window", &driven.trace),
            replayed("recording of another program", &by_hand.trace),
        ]
    });
    let broken: Vec<_> = rows.into_iter().flatten().flatten().collect();
    assert!(broken.is_empty(), "{}:\n{}", broken.len(), broken.join("\n"));
}
