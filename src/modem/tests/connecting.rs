//! Connecting: the plan, the pace, what goes wrong on the way.

use super::*;
use crate::modem::plan::plan;

#[test]
fn the_lines_sent_are_the_lines_planned() {
    let mut world = World::new(good_connect());
    world.request(connect());
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    let planned = plan(&connection());
    let records = world.records();
    assert_eq!(
        records.iter().map(|record| record.step).collect::<Vec<_>>(),
        planned.iter().map(|line| Some(line.step)).collect::<Vec<_>>()
    );
    assert_eq!(world.wire(WireKind::Sent), planned.iter().map(|line| line.text.as_str()).collect::<Vec<_>>());
    assert!(planned.iter().all(|line| !line.text.contains("s3cret")));
}

#[test]
fn connecting_takes_only_the_modems_own_time() {
    let mut world = World::new(good_connect());
    world.request(connect());
    world.run();
    let answers: Duration = world.records().iter().map(|record| record.took()).sum();
    assert_eq!(world.now.since_open(), answers);
    for rung in Rung::ALL {
        let expected = if rung == Rung::Tls { RungState::NotNeeded } else { RungState::Confirmed };
        assert_eq!(world.state(rung), expected, "{rung}");
    }
}
