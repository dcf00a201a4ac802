//! What the broker tells about itself below `$SYS`.

use std::time::Duration;

use super::world::{Q0, Q1, Q2, World};

const VERSION: &str = concat!("PUBLISH q0 retain $SYS/broker/version=Air780E Companion ", env!("CARGO_PKG_VERSION"));

/// After it the broker looks once at a connection without keep-alive, and no more.
const CONNECT_DEADLINE: Duration = Duration::from_secs(10);

#[test]
fn a_subscriber_gets_every_value_at_once_at_qos_0() {
    let mut world = World::default();
    let client = world.clean("client");
    world.publish(client, "a", "x", Q1);
    world.lines(client);
    world.wait(Duration::from_secs(61));
    world.subscribe(client, "$SYS/#", Q2);
    assert_eq!(
        world.lines(client),
        [
            VERSION,
            "PUBLISH q0 retain $SYS/broker/uptime=61 seconds",
            "PUBLISH q0 retain $SYS/broker/clients/connected=1",
            "PUBLISH q0 retain $SYS/broker/messages/received=1",
            "PUBLISH q0 retain $SYS/broker/messages/sent=0",
            "PUBLISH q0 retain $SYS/broker/messages/dropped=0",
        ]
    );
}

#[test]
fn what_changes_follows_every_ten_seconds() {
    let mut world = World::default();
    let client = world.clean("client");
    world.subscribe(client, "$SYS/broker/clients/+", Q0);
    assert_eq!(world.lines(client), ["PUBLISH q0 retain $SYS/broker/clients/connected=1"]);
    world.wait(Duration::from_secs(10));
    assert_eq!(world.lines(client), ["PUBLISH q0 $SYS/broker/clients/connected=1"]);
    world.wait(Duration::from_secs(30));
    assert!(world.lines(client).is_empty(), "nothing has changed");
    world.clean("another");
    world.open();
    world.wait(Duration::from_secs(10));
    assert_eq!(world.lines(client), ["PUBLISH q0 $SYS/broker/clients/connected=2"], "one has not connected");
}

#[test]
fn nobody_listens_and_no_time_is_waited_for() {
    let mut world = World::default();
    let client = world.clean("client");
    world.subscribe(client, "#", Q0);
    world.subscribe(client, "+/broker/#", Q0);
    assert!(world.lines(client).is_empty());
    world.wait(CONNECT_DEADLINE);
    assert_eq!(world.core.poll_timeout(), None);
    world.subscribe(client, "$SYS/broker/uptime", Q0);
    world.disconnect(client);
    assert!(world.core.poll_timeout().is_some());
    world.wait(Duration::from_secs(10));
    assert_eq!(world.core.poll_timeout(), None);
}

#[test]
fn nobody_else_publishes_there() {
    let mut world = World::default();
    let client = world.clean("client");
    world.subscribe(client, "$SYS/broker/version", Q0);
    assert_eq!(world.lines(client), [VERSION]);
    world.publish(client, "$SYS/broker/version", "mine", Q1);
    assert_eq!(world.lines(client), ["PUBACK #1"]);
}
