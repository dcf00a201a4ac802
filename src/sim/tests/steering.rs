//! Hands on the module: late, lost and garbled bytes, a broker that closes, a timeline, and the truth about all of it.

use std::{path::PathBuf, time::Duration};

use super::desk::Desk;
use crate::{
    sim::{
        Delay, Device, Steer, VirtualSpec,
        bench::broker,
        steer::Share,
        truth::{Fact, Way},
    },
    time::Moment,
};

fn truthful(spec: VirtualSpec) -> Desk {
    Desk::of(&VirtualSpec { truth: Some(PathBuf::from("unused")), ..spec }, broker(&[]))
}

fn facts(desk: &mut Desk) -> Vec<Fact> {
    std::iter::from_fn(|| desk.modem.poll_truth()).map(|entry| entry.fact).collect()
}

/// How long a publish waits for its `PUBACK`.
fn round_trip(desk: &mut Desk) -> Duration {
    let before = desk.now;
    desk.ask("AT+MPUB=t,1,0,\"x\"", "PUBACK");
    desk.now.since(before)
}

#[test]
fn acknowledgements_are_held_up_and_in_order() {
    let mut desk = Desk::connected(Device::default());
    let usual = round_trip(&mut desk);
    assert!(usual < Duration::from_millis(200), "{usual:?}");
    desk.steer(Steer::Delay(Some(Delay::Fixed { ms: 2_000 })));
    let late = round_trip(&mut desk);
    assert!(late > Duration::from_secs(2) && late < Duration::from_millis(2_300), "{late:?}");
    desk.steer(Steer::Delay(Some(Delay::Exponential { mean_ms: 300 })));
    let text = desk.ask("AT+MPUB=t,2,0,\"x\"", "PUBCOMP");
    assert!(text.find("PUBREC") < text.find("PUBCOMP"), "{text:?}");
    desk.steer(Steer::Delay(None));
    assert!(round_trip(&mut desk) < Duration::from_millis(200));
}

#[test]
fn a_broker_that_closes_ends_the_session_with_one_word() {
    let mut desk = Desk::connected(Device::default());
    desk.steer(Steer::Kick);
    assert_eq!(desk.after(Duration::from_secs(1)), "\r\nCLOSED\r\n");
    assert_eq!(desk.net.stats().connections, 0);
    desk.steer(Steer::Kick);
    assert_eq!(desk.after(Duration::from_secs(1)), "");
    desk.connect();
}

#[test]
fn bytes_are_lost_and_garbled_at_their_share_in_both_directions() {
    let mut desk = truthful(VirtualSpec::default());
    desk.ask("ATE0", "OK");
    for (steer, is_shorter) in
        [(Steer::Lose(Share::millionths(100_000)), true), (Steer::Garble(Share::millionths(100_000)), false)]
    {
        desk.steer(steer);
        let mut heard = String::new();
        for _ in 0..200 {
            desk.send(b"ATI\r");
            heard.push_str(&desk.after(Duration::from_secs(1)));
        }
        assert!(!heard.is_empty(), "{steer}");
        let told = facts(&mut desk);
        let count = |way: Way| -> usize {
            told.iter()
                .map(|fact| match fact {
                    Fact::Lost { way: one, bytes } if is_shorter && *one == way => *bytes,
                    Fact::Garbled { way: one, bytes } if !is_shorter && *one == way => *bytes,
                    _ => 0,
                })
                .sum()
        };
        // A tenth of 800 bytes.
        assert!((40..=120).contains(&count(Way::In)), "{steer}: {}", count(Way::In));
        assert!(count(Way::Out) > 100, "{steer}: {}", count(Way::Out));
        desk.steer(Steer::Lose(Share::default()));
        desk.steer(Steer::Garble(Share::default()));
        desk.send(b"\r");
        desk.after(Duration::from_secs(1));
        desk.ask("AT", "OK");
    }
}

#[test]
fn a_timeline_comes_at_its_moments_and_survives_a_restart() {
    let at = Duration::from_secs;
    let timeline =
        vec![(at(1), Steer::Restart), (at(10), Steer::Signal(5)), (at(2), Steer::PowerOff), (at(3), Steer::Restart)];
    let mut desk = truthful(VirtualSpec { timeline, ..VirtualSpec::default() });
    let told = desk.after(at(12));
    assert_eq!(told.matches("RDY").count(), 2, "{told:?}");
    assert_eq!(desk.now, Moment::from_millis(12_000));
    assert!(desk.ask("AT+CSQ", "OK").contains("+CSQ: 5,0"));
    let steered: Vec<String> = facts(&mut desk)
        .into_iter()
        .filter_map(|fact| match fact {
            Fact::Steered { line } => Some(line),
            _ => None,
        })
        .collect();
    assert_eq!(steered, ["restart", "off", "restart", "signal 5"]);
}

#[test]
fn the_truth_tells_nothing_when_nobody_asked() {
    let mut desk = Desk::quiet(Device::default());
    assert_eq!(desk.modem.poll_truth(), None);
}
