//! Measurements in, page and export out.

use chrono::DateTime;

use super::*;
use crate::{
    modem::{
        event::{Delivery, Event, Fault, PublishUpdate},
        request::RequestId,
    },
    time::{Moment, WallAnchor},
};

const MS: Duration = Duration::from_millis(1);

fn open(latency: &mut Latency, port: &str, is_simulated: bool) {
    let anchor = WallAnchor::new(DateTime::UNIX_EPOCH.into());
    latency.apply(&Event::Opened { port: port.to_owned(), anchor, is_simulated });
}

fn publish(latency: &mut Latency, millis: u64, qos: Qos, delivery: Delivery) {
    let id = RequestId(millis);
    latency.record_publish(id, qos);
    latency.apply(&Event::Publish(PublishUpdate { at: Moment::from_millis(millis), id, delivery }));
}

fn confirmed(accept: u32, ack: u32) -> Delivery {
    Delivery::Confirmed { accept: MS * accept, ack: MS * ack }
}

fn measured() -> Latency {
    let mut latency = Latency::default();
    open(&mut latency, "COM5", false);
    publish(&mut latency, 1_000, Qos::AtLeastOnce, confirmed(20, 80));
    publish(&mut latency, 2_000, Qos::ExactlyOnce, confirmed(30, 170));
    publish(&mut latency, 3_000, Qos::AtLeastOnce, Delivery::Failed(Fault::NotConnected));
    latency
}

#[test]
fn qos_and_part_have_series_of_their_own() {
    let latency = measured();
    let mut screen = Screen::default();
    let view = view(&latency, &mut screen, true, None);
    let seen: Vec<_> = view.series.iter().map(|series| (series.kind, series.points.clone())).collect();
    let expected = [
        (SeriesKind::Network(Qos::AtLeastOnce), vec![[1.0, 80.0]]),
        (SeriesKind::Network(Qos::ExactlyOnce), vec![[2.0, 170.0]]),
        (SeriesKind::Modem(Qos::AtLeastOnce), vec![[1.0, 20.0]]),
        (SeriesKind::Modem(Qos::ExactlyOnce), vec![[2.0, 30.0]]),
        (SeriesKind::Total(Qos::AtLeastOnce), vec![[1.0, 100.0]]),
        (SeriesKind::Total(Qos::ExactlyOnce), vec![[2.0, 200.0]]),
        (SeriesKind::Lost, vec![[3.0, 0.0]]),
    ];
    assert_eq!(seen, expected);
    assert!(!view.is_shown(SeriesKind::Total(Qos::AtLeastOnce)), "the sum is there when it is wanted");
    assert_eq!(view.origin_micros, 0, "a whole hour");
}

#[test]
fn the_table_has_a_row_for_each_part_that_was_measured() {
    let latency = measured();
    let mut screen = Screen::default();
    let view = view(&latency, &mut screen, true, None);
    let rows: Vec<_> = view.rows.iter().map(|row| (row.qos, row.part, row.percentiles.max)).collect();
    let expected = [
        (Qos::AtLeastOnce, Part::Modem, MS * 20),
        (Qos::AtLeastOnce, Part::Network, MS * 80),
        (Qos::AtLeastOnce, Part::Total, MS * 100),
        (Qos::ExactlyOnce, Part::Modem, MS * 30),
        (Qos::ExactlyOnce, Part::Network, MS * 170),
        (Qos::ExactlyOnce, Part::Total, MS * 200),
    ];
    assert_eq!(rows, expected);
    assert_eq!(view.losses, [(Qos::AtLeastOnce, Losses { failed: 1, timed_out: 0, unknown: 0 })]);
}

#[test]
fn a_hundred_thousand_samples_become_two_points_a_column() {
    let mut latency = Latency::default();
    open(&mut latency, "COM5", false);
    for number in 0..100_000_u64 {
        let ack = if number == 77_777 { 9_000 } else { 80 };
        publish(&mut latency, number, Qos::AtLeastOnce, confirmed(20, ack));
    }
    let mut screen = Screen { columns: 500, ..Screen::default() };
    let view = view(&latency, &mut screen, true, None);
    let network = &view.series[0];
    assert_eq!(network.count, 100_000);
    assert!(network.points.len() <= 1_000);
    assert!(network.points.contains(&[77.777, 9_000.0]), "the outlier is there");
    assert!(network.points.is_sorted_by(|one, other| one[0] <= other[0]));
}

#[test]
fn a_window_shows_only_its_part() {
    let latency = measured();
    let mut screen =
        Screen { window: Some(Window { start_micros: 1_500_000, end_micros: 2_500_000 }), ..Screen::default() };
    let kinds: Vec<_> = view(&latency, &mut screen, true, None).series.iter().map(|series| series.kind).collect();
    let of_qos_2 = [SeriesKind::Network, SeriesKind::Modem, SeriesKind::Total].map(|kind| kind(Qos::ExactlyOnce));
    assert_eq!(kinds, of_qos_2);
}

#[test]
fn a_run_that_is_gone_is_no_longer_chosen() {
    let mut latency = measured();
    open(&mut latency, "Virtual Air780E", true);
    publish(&mut latency, 4_000, Qos::AtMostOnce, Delivery::Accepted { accept: MS });
    let mut screen = Screen { run: Some(2), ..Screen::default() };
    assert!(view(&latency, &mut screen, true, None).is_simulated);
    screen.run = Some(1);
    assert!(!view(&latency, &mut screen, true, None).is_simulated);
    latency.clear();
    assert!(view(&latency, &mut screen, true, None).is_empty());
    assert_eq!(screen.run, None);
}

#[test]
fn the_line_sets_a_floor() {
    let latency = measured();
    let mut screen = Screen::default();
    let floor = view(&latency, &mut screen, true, Some(9_600)).floor.expect("a floor");
    assert_eq!(floor.accept.as_micros(), 6_250);
    assert_eq!(floor.ack.as_micros(), 10_416);
    assert_eq!(view(&latency, &mut screen, true, Some(0)).floor, None);
}

#[test]
fn the_export_has_a_row_for_each_end() {
    let mut latency = measured();
    open(&mut latency, "Virtual, \"new\"", true);
    latency.begin_run("=a,1");
    publish(&mut latency, 4_000, Qos::AtMostOnce, Delivery::Accepted { accept: MS * 2 });
    let export = Export::new(&latency, &Screen::default());
    let rows: Vec<String> = export.csv().lines().map(|row| row.split_once(',').expect("a time").1.to_owned()).collect();
    assert_eq!(
        rows,
        [
            "run,run_name,port,source,qos,outcome,wait_ms,modem_ms,network_ms,total_ms,signal_dbm",
            "1,,COM5,modem,1,confirmed,,20.000,80.000,100.000,",
            "1,,COM5,modem,2,confirmed,,30.000,170.000,200.000,",
            "1,,COM5,modem,1,not sent,,,,,",
            "2,\"'=a,1\",\"Virtual, \"\"new\"\"\",SIMULATED,0,accepted,,2.000,,,",
        ]
    );
    assert!(export.is_simulated() && export.file_name().contains("SIMULATED"));
    let first_run = Export::new(&latency, &Screen { run: Some(1), ..Screen::default() });
    assert!(!first_run.is_simulated() && !first_run.file_name().contains("SIMULATED"));
    assert_eq!(first_run.len(), 3);
}

#[test]
fn compared_runs_begin_at_zero_and_keep_their_place() {
    let mut latency = measured();
    latency.begin_run("second");
    publish(&mut latency, 60_000, Qos::AtLeastOnce, confirmed(10, 40));
    publish(&mut latency, 61_000, Qos::AtLeastOnce, confirmed(10, 60));
    let mut screen = Screen::default();
    screen.compare(true, &latency);
    assert_eq!(screen.compared, [1, 2]);
    screen.part = Part::Network;
    let page = view(&latency, &mut screen, true, None);
    let overlays: Vec<_> = page.overlays.iter().map(|overlay| (overlay.place, overlay.points.clone())).collect();
    assert_eq!(overlays, [(0, vec![[0.0, 80.0], [1.0, 170.0]]), (1, vec![[0.0, 40.0], [1.0, 60.0]])]);
    assert_eq!(page.overlays[0].lost, [[2.0, 0.0]]);
    let compared = page.compared.expect("a comparison");
    let maxima: Vec<_> = compared
        .iter()
        .map(|run| (run.name.as_deref(), run.rows[0].percentiles.map(|p| p.max), run.rows[0].losses.total()))
        .collect();
    assert_eq!(maxima, [(Some("second"), Some(MS * 60), 0), (None, Some(MS * 80), 1)]);
    screen.toggle_compared(1);
    assert_eq!(view(&latency, &mut screen, true, None).overlays.len(), 1);
    latency.clear();
    view(&latency, &mut screen, true, None);
    assert!(screen.compared.is_empty());
}

#[test]
fn no_line_of_the_signal_is_drawn_across_what_was_not_read() {
    use crate::{
        air780e::signal::Signal,
        modem::{event::LossCause, status::Status},
        time::Observed,
    };
    let mut latency = measured();
    let mut read = |at: u64, rssi: u8| {
        let signal = Some(Observed::new(Signal { rssi, ber: 0 }, Moment::from_millis(at), "AT+CSQ"));
        latency.apply(&Event::Status(Box::new(Status { signal, ..Status::default() })));
    };
    read(1_000, 20);
    read(2_000, 21);
    read(2_500, 99);
    read(3_000, 22);
    latency.apply(&Event::SessionLost { at: Moment::from_millis(3_200), cause: LossCause::Closed, asked: None });
    let signal = Some(Observed::new(Signal { rssi: 23, ber: 0 }, Moment::from_millis(4_000), "AT+CSQ"));
    latency.apply(&Event::Status(Box::new(Status { signal, ..Status::default() })));
    let mut screen = Screen::default();
    let page = view(&latency, &mut screen, true, None);
    let lines: Vec<_> = page.signal.iter().map(|line| line.points.clone()).collect();
    assert_eq!(lines, [vec![[1.0, -73.0], [2.0, -71.0]], vec![[3.0, -69.0]], vec![[4.0, -67.0]]]);
    assert_eq!(page.outages.iter().map(|outage| outage.from).collect::<Vec<_>>(), [3.2]);
}

#[test]
fn the_export_tells_the_signal_read_within_the_minute_before() {
    use crate::{air780e::signal::Signal, modem::status::Status, time::Observed};
    let mut latency = Latency::default();
    open(&mut latency, "COM5", false);
    for (at, rssi) in [(1_000, 20), (100_000, 99), (200_000, 22)] {
        let signal = Some(Observed::new(Signal { rssi, ber: 0 }, Moment::from_millis(at), "AT+CSQ"));
        latency.apply(&Event::Status(Box::new(Status { signal, ..Status::default() })));
    }
    for at in [900, 1_000, 61_000, 61_001, 100_500, 200_001] {
        publish(&mut latency, at, Qos::AtMostOnce, Delivery::Accepted { accept: Duration::ZERO });
    }
    let csv = Export::new(&latency, &Screen::default()).csv();
    let signals: Vec<_> = csv.lines().skip(1).map(|row| row.rsplit(',').next().expect("a field")).collect();
    assert_eq!(signals, ["", "-73", "-73", "", "", "-69"]);
}
