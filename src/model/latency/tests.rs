//! Events in, samples and percentiles out.

use super::*;
use crate::{
    air780e::signal::Signal,
    modem::{
        event::{Awaited, LossCause, MeasureStep, MeasureUpdate},
        request::MeasurePlan,
        status::{Rung, Session, Status},
    },
    time::Observed,
};

const MS: Duration = Duration::from_millis(1);

fn opened(port: &str, is_simulated: bool) -> Event {
    Event::Opened { port: port.to_owned(), anchor: WallAnchor::new(DateTime::UNIX_EPOCH.into()), is_simulated }
}

fn publish(latency: &mut Latency, id: u64, qos: Qos, delivery: Delivery) {
    latency.record_publish(RequestId(id), qos);
    latency.apply(&Event::Publish(PublishUpdate { at: Moment::from_millis(id), id: RequestId(id), delivery }));
}

fn only_sample(latency: &Latency) -> Sample {
    *latency.runs()[0].track.iter().next().expect("a sample")
}

fn confirmed(accept: u32, ack: u32) -> Delivery {
    Delivery::Confirmed { accept: MS * accept, ack: MS * ack }
}

fn timed_out() -> Fault {
    Fault::TimedOut { command: "AT+MPUBEX".into(), expected: Awaited::Acknowledged, after: MS }
}

#[test]
fn a_confirmed_publish_is_split_into_its_parts() {
    let mut latency = Latency::default();
    latency.apply(&opened("COM5", false));
    publish(&mut latency, 1, Qos::AtLeastOnce, confirmed(20, 80));
    publish(&mut latency, 2, Qos::ExactlyOnce, confirmed(30, 170));
    let stats = latency.stats(None).expect("all");
    let max = |qos, part| stats.percentiles(qos, part).map(|p| p.max);
    assert_eq!(max(Qos::AtLeastOnce, Part::Modem), Some(MS * 20));
    assert_eq!(max(Qos::AtLeastOnce, Part::Network), Some(MS * 80));
    assert_eq!(max(Qos::ExactlyOnce, Part::Total), Some(MS * 200));
}

#[test]
fn acceptance_alone_is_a_sample_only_at_qos_0() {
    let mut latency = Latency::default();
    publish(&mut latency, 1, Qos::AtLeastOnce, Delivery::Accepted { accept: MS });
    assert_eq!(latency.kept(), 0);
    publish(&mut latency, 2, Qos::AtMostOnce, Delivery::Accepted { accept: MS });
    assert_eq!(only_sample(&latency).outcome, Ok(Times::new(None, MS, None)));
}

#[test]
fn losses_are_told_apart() {
    let mut latency = Latency::default();
    publish(&mut latency, 1, Qos::AtLeastOnce, Delivery::Failed(Fault::NotConnected));
    publish(&mut latency, 2, Qos::AtLeastOnce, Delivery::Unknown(timed_out()));
    publish(&mut latency, 3, Qos::AtLeastOnce, Delivery::Unknown(Fault::Cancelled));
    latency.record_publish(RequestId(4), Qos::AtLeastOnce);
    latency.apply(&Event::Closed { at: Moment::from_millis(9), fault: None });
    let losses = latency.stats(None).expect("all").losses(Qos::AtLeastOnce);
    assert_eq!(losses, Losses { failed: 1, timed_out: 1, unknown: 2 });
    assert_eq!(latency.kept(), 4);
}

#[test]
fn each_link_with_measurements_is_a_run() {
    let mut latency = Latency::default();
    latency.apply(&opened("COM5", false));
    latency.apply(&opened("COM6", false));
    publish(&mut latency, 1, Qos::AtLeastOnce, confirmed(1, 1));
    latency.apply(&opened("Virtual Air780E", true));
    publish(&mut latency, 2, Qos::AtLeastOnce, confirmed(2, 2));
    let runs: Vec<_> = latency.runs().iter().map(|run| (run.number, run.port.as_str(), run.is_simulated)).collect();
    assert_eq!(runs, [(1, "COM6", false), (2, "Virtual Air780E", true)]);
    let count = |run| latency.stats(run).and_then(|s| s.percentiles(Qos::AtLeastOnce, Part::Modem)).map(|p| p.count);
    assert_eq!((count(Some(1)), count(Some(2)), count(None), count(Some(3))), (Some(1), Some(1), Some(2), None));
}

#[test]
fn clearing_starts_a_new_run_on_the_same_link() {
    let mut latency = Latency::default();
    latency.apply(&opened("COM5", false));
    publish(&mut latency, 1, Qos::AtLeastOnce, confirmed(1, 1));
    latency.clear();
    publish(&mut latency, 2, Qos::AtLeastOnce, confirmed(2, 2));
    assert_eq!(latency.runs().len(), 1);
    assert_eq!((latency.kept(), latency.runs()[0].port.as_str()), (1, "COM5"));
}

#[test]
fn an_update_of_nobody_is_no_sample() {
    let mut latency = Latency::default();
    latency.apply(&Event::Publish(PublishUpdate { at: Moment::ZERO, id: RequestId(9), delivery: confirmed(1, 1) }));
    assert_eq!(latency.kept(), 0);
}

#[test]
fn a_named_run_holds_what_is_measured_after_its_beginning() {
    let mut latency = Latency::default();
    latency.apply(&opened("COM5", false));
    publish(&mut latency, 1, Qos::AtLeastOnce, confirmed(1, 1));
    latency.take(&Input::RunBegan(" 移动 ".to_owned()));
    assert_eq!(latency.next_name(), Some("移动"), "it begins with its first measurement");
    publish(&mut latency, 2, Qos::AtLeastOnce, confirmed(2, 2));
    publish(&mut latency, 3, Qos::AtLeastOnce, confirmed(3, 3));
    let runs: Vec<_> = latency.runs().iter().map(|run| (run.name.as_deref(), run.track.len())).collect();
    assert_eq!(runs, [(None, 1), (Some("移动"), 2)]);
    latency.take(&Input::RunRenamed(2, "China Mobile".to_owned()));
    assert_eq!(latency.run(2).and_then(|run| run.name.as_deref()), Some("China Mobile"));
}

#[test]
fn a_deleted_run_counts_nowhere_and_its_number_is_not_given_again() {
    let mut latency = Latency::default();
    latency.apply(&opened("COM5", false));
    publish(&mut latency, 1, Qos::AtLeastOnce, confirmed(10, 10));
    latency.take(&Input::RunBegan("b".to_owned()));
    publish(&mut latency, 2, Qos::AtLeastOnce, confirmed(20, 20));
    publish(&mut latency, 3, Qos::AtLeastOnce, Delivery::Unknown(timed_out()));
    latency.take(&Input::RunDeleted(2));
    let stats = latency.stats(None).expect("all");
    let left = stats.percentiles(Qos::AtLeastOnce, Part::Modem).expect("one run");
    assert_eq!((left.count, left.max, stats.losses(Qos::AtLeastOnce).total()), (1, MS * 10, 0));
    publish(&mut latency, 4, Qos::AtLeastOnce, confirmed(30, 30));
    assert_eq!(latency.runs().iter().map(|run| run.number).collect::<Vec<_>>(), [1, 3]);
}

fn measure_plan() -> MeasurePlan {
    let topic = "m".parse().expect("a topic");
    MeasurePlan { topic, qos: Qos::AtLeastOnce, bytes: 8, period: MS * 100, count: 3, reads_signal: false }
}

#[test]
fn a_measuring_run_counts_from_the_planned_instants_and_is_a_run_of_its_own() {
    let mut latency = Latency::default();
    latency.apply(&opened("COM5", false));
    latency.take(&Input::RunBegan("plan".to_owned()));
    let request = Box::new(Request::Measure(measure_plan()));
    latency.take(&Input::Asked { id: RequestId(7), request });
    let tell = |latency: &mut Latency, at: u64, step: MeasureStep| {
        latency.apply(&Event::Measure(Box::new(MeasureUpdate { at: Moment::from_millis(at), id: RequestId(7), step })));
    };
    tell(&mut latency, 1_000, MeasureStep::Began);
    let ended = |planned: u64, sent: u64| MeasureStep::Ended {
        number: 0,
        planned: Moment::from_millis(planned),
        sent: Some(Moment::from_millis(sent)),
        delivery: confirmed(10, 40),
    };
    tell(&mut latency, 1_050, ended(1_000, 1_000));
    tell(&mut latency, 1_900, ended(1_100, 1_850));
    let total = latency.stats(Some(1)).and_then(|stats| stats.percentiles(Qos::AtLeastOnce, Part::Total));
    assert_eq!(total.map(|total| total.max), Some(MS * 800), "750 ms late, 50 ms on the way");
    let measuring = latency.measuring().expect("under way");
    assert!(measuring.falls_behind() && measuring.ended == 2);
    assert!(measuring.reached_rate().is_some_and(|rate| (rate - 1.18).abs() < 0.01));
    latency.apply(&Event::Done { at: Moment::from_millis(1_900), id: RequestId(7), result: Ok(()) });
    assert!(latency.measuring().is_none());
    publish(&mut latency, 2_000, Qos::AtLeastOnce, confirmed(1, 1));
    assert_eq!(latency.runs().iter().map(|run| run.track.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn the_signal_and_times_without_a_session_are_kept_beside_the_samples() {
    let mut latency = Latency::default();
    latency.apply(&opened("COM5", false));
    let status = |at: u64, rssi: u8, session: Session| {
        let signal = Some(Observed::new(Signal { rssi, ber: 0 }, Moment::from_millis(at), "AT+CSQ"));
        let mut status = Status { signal, session, ..Status::default() };
        status.ladder.entry_mut(Rung::Mqtt).since = Moment::from_millis(at);
        Event::Status(Box::new(status))
    };
    latency.apply(&status(1_000, 20, Session::Connected));
    latency.apply(&status(1_000, 20, Session::Connected));
    latency.apply(&Event::SessionLost { at: Moment::from_millis(2_000), cause: LossCause::Closed, asked: None });
    latency.apply(&status(3_000, 99, Session::Offline));
    latency.apply(&status(4_000, 10, Session::Connected));
    let readings: Vec<_> = latency.signal().iter().map(|read| (read.at_micros / 1_000, read.rssi_dbm)).collect();
    assert_eq!(readings, [(1_000, Some(-73)), (3_000, None), (4_000, Some(-93))]);
    let outage = Outage { from_micros: 2_000_000, to_micros: Some(4_000_000) };
    assert_eq!(latency.outages(), [outage]);
}
