//! Events in, samples and percentiles out.

use super::*;

const MS: Duration = Duration::from_millis(1);

fn opened(port: &str, is_simulated: bool) -> Event {
    Event::Opened { port: port.to_owned(), anchor: WallAnchor::new(DateTime::UNIX_EPOCH.into()), is_simulated }
}

fn publish(latency: &mut Latency, id: u64, qos: Qos, delivery: Delivery) {
    latency.record_publish(RequestId(id), qos);
    latency.apply(&Event::Publish(PublishUpdate { at: Moment::from_millis(id), id: RequestId(id), delivery }));
}

fn confirmed(accept: u32, ack: u32) -> Delivery {
    Delivery::Confirmed { accept: MS * accept, ack: MS * ack }
}

fn timed_out() -> Fault {
    Fault::TimedOut { command: "AT+MPUBEX".to_owned(), expected: "PUBACK", after: MS }
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
    assert!(latency.samples().is_empty());
    publish(&mut latency, 2, Qos::AtMostOnce, Delivery::Accepted { accept: MS });
    assert_eq!(latency.samples()[0].outcome, Ok(Times { accept: MS, ack: None }));
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
    assert_eq!(latency.samples().len(), 4);
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
    assert_eq!((latency.samples().len(), latency.runs()[0].port.as_str()), (1, "COM5"));
}

#[test]
fn an_update_of_nobody_is_no_sample() {
    let mut latency = Latency::default();
    latency.apply(&Event::Publish(PublishUpdate { at: Moment::ZERO, id: RequestId(9), delivery: confirmed(1, 1) }));
    assert!(latency.samples().is_empty());
}
