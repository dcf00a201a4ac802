//! Whole sessions from both ends, and the law of time.

use std::time::Duration;

use super::{World, broker, connection};
use crate::{
    modem::{
        event::{Arrival, Awaited, Delivery, Event, Fault, LossCause, PortFault},
        request::{Credentials, Request, Subscription},
        status::{Rung, RungState, Session},
    },
    mqtt::{Message, Password, Qos},
    sim::{AccessPoint, Device, Power, Steer, VirtualSpec},
};

fn world(device: Device) -> World {
    World::new(&VirtualSpec { device, ..VirtualSpec::default() }, broker(&[]))
}

fn message(topic: &str, payload: &[u8], qos: Qos) -> Message {
    Message { topic: topic.parse().unwrap(), payload: payload.to_vec(), qos, retain: false }
}

fn connect(filter: &str) -> Request {
    let mut wanted = connection();
    wanted.subscriptions = vec![Subscription { filter: filter.parse().unwrap(), qos: Qos::ExactlyOnce }];
    Request::Connect(Box::new(wanted))
}

fn arrivals(world: &World) -> Vec<(String, Vec<u8>)> {
    let arrived = |event: &Event| match event {
        Event::Message(Arrival { message, .. }) => Some((message.topic.to_string(), message.payload.clone())),
        _ => None,
    };
    world.events.iter().filter_map(arrived).collect()
}

#[test]
fn from_plug_to_good_bye() {
    let mut world = world(Device::default());
    assert_eq!(world.perform(connect("room/#")), Some(Ok(())));
    assert_eq!(world.core.status().session, Session::Connected);
    assert_eq!(world.core.status().ladder.entry(Rung::Subscribed).state, RungState::Confirmed);

    let nasty = "{\"t\": 21}\r\nOK\r\n> 温度\\22".as_bytes();
    for qos in Qos::ALL {
        assert_eq!(world.perform(Request::Publish(message("room/a", nasty, qos))), Some(Ok(())), "{qos}");
    }
    world.run_for(Duration::from_secs(2));
    assert_eq!(arrivals(&world), vec![("room/a".to_owned(), nasty.to_vec()); 3]);

    assert_eq!(world.perform(Request::Disconnect), Some(Ok(())));
    assert_eq!(world.core.status().session, Session::Offline);
}

#[test]
fn long_payloads_of_all_bytes_survive_the_way_there_and_back() {
    let mut world = world(Device::default());
    assert_eq!(world.perform(connect("#")), Some(Ok(())));
    let payload: Vec<u8> = (0..1_360_u32).map(|index| u8::try_from(index % 256).unwrap()).collect();
    assert_eq!(world.perform(Request::Publish(message("all", &payload, Qos::AtLeastOnce))), Some(Ok(())));
    world.run_for(Duration::from_secs(2));
    assert_eq!(arrivals(&world), vec![("all".to_owned(), payload)]);
}

/// The program adds at most a tenth to what module and line need themselves.
#[test]
fn connecting_takes_what_the_module_takes() {
    for seed in 1..20 {
        let spec = VirtualSpec { seed, ..VirtualSpec::default() };
        let mut world = World::new(&spec, broker(&[]));
        assert_eq!(world.perform(connect("t")), Some(Ok(())));
        let spent = world.modem.spent();
        let needed = spent.answering + spent.receiving;
        let took = world.now().since_open();
        assert!(needed <= took, "seed {seed}: the module counted more than there was");
        assert!(took <= needed + needed / 10, "seed {seed}: {took:?} against {needed:?}");
        assert!(took < Duration::from_secs(2), "seed {seed}: {took:?}");
    }
}

#[test]
fn a_module_that_was_just_switched_on_is_waited_for() {
    let mut world = world(Device { power: Power::SwitchedOn, ..Device::default() });
    assert_eq!(world.perform(connect("t")), Some(Ok(())));
}

#[test]
fn a_missing_card_is_the_rung_that_accuses() {
    let mut device = Device::default();
    device.card.is_present = false;
    let mut world = world(device);
    let result = world.perform(connect("t")).unwrap();
    assert!(result.is_err());
    let (rung, _) = world.core.status().ladder.first_failed().unwrap();
    assert_eq!(rung, Rung::Sim);
}

#[test]
fn a_network_that_denies_the_module_is_the_rung_that_accuses() {
    let mut device = Device::default();
    device.radio.registration = 3;
    let mut world = world(device);
    let result = world.perform(connect("t")).unwrap();
    assert!(matches!(result, Err(Fault::NotRegistered { stat: 3, .. })), "{result:?}");
    let (rung, _) = world.core.status().ladder.first_failed().unwrap();
    assert_eq!(rung, Rung::Network);
}

#[test]
fn a_refusing_broker_is_told_from_a_refused_login() {
    let mut refused = world(Device::default());
    let mut elsewhere = connection();
    elsewhere.port = 1_884;
    let result = refused.perform(Request::Connect(Box::new(elsewhere))).unwrap();
    assert!(matches!(result, Err(Fault::BadOutcome { expected: Awaited::Link, .. })), "{result:?}");

    let mut login = World::new(&VirtualSpec::default(), broker(&[("root", "right")]));
    let mut wrong = connection();
    wrong.credentials = Some(Credentials { user: "root".to_owned(), password: Password::new("wrong") });
    let result = login.perform(Request::Connect(Box::new(wrong))).unwrap();
    assert!(result.is_err(), "{result:?}");
    let (rung, _) = login.core.status().ladder.first_failed().unwrap();
    assert_eq!(rung, Rung::Mqtt);
    let text = format!("{:?}", login.events);
    assert!(!text.contains("wrong"), "a password in the events");
}

#[test]
fn pulling_the_cable_ends_what_runs() {
    let mut world = world(Device::default());
    assert_eq!(world.perform(connect("t")), Some(Ok(())));
    let id = world.request(Request::Publish(message("t", b"x", Qos::ExactlyOnce)));
    world.unplug(PortFault::Unplugged { port: "COM5".to_owned() });
    let ended = |event: &&Event| matches!(event, Event::Done { id: done, result: Err(_), .. } if *done == id);
    assert_eq!(world.events.iter().filter(ended).count(), 1);
    assert!(matches!(world.events.last(), Some(Event::Closed { fault: Some(_), .. })));
}

#[test]
fn each_way_of_losing_the_session_is_named() {
    type Loss = (fn(&mut World), LossCause);
    let table: [Loss; 4] = [
        (World::cut, LossCause::Closed),
        (|world| world.steer(Steer::DropBearer { back_after: None }), LossCause::BearerLost),
        (|world| world.steer(Steer::Restart), LossCause::ModuleRestarted),
        (|world| world.steer(Steer::RemoveSim), LossCause::SimRemoved),
    ];
    for (lose, expected) in table {
        let mut world = world(Device::default());
        assert_eq!(world.perform(connect("t")), Some(Ok(())));
        world.events.clear();
        lose(&mut world);
        let cause = world.run_until(|event| match event {
            Event::SessionLost { cause, .. } => Some(*cause),
            _ => None,
        });
        assert_eq!(cause, Some(expected));
        assert_eq!(world.core.status().session, Session::Offline);
    }
}

#[test]
fn a_publish_whose_word_never_comes_is_unknown_and_not_repeated() {
    let mut world = world(Device::default());
    assert_eq!(world.perform(connect("t")), Some(Ok(())));
    world.steer(Steer::Swallow(true));
    let result = world.perform(Request::Publish(message("t", b"x", Qos::AtLeastOnce)));
    assert!(matches!(result, Some(Err(_))), "{result:?}");
    let unknown = world
        .events
        .iter()
        .any(|event| matches!(event, Event::Publish(update) if matches!(update.delivery, Delivery::Unknown(_))));
    assert!(unknown);
}

#[test]
fn a_locked_card_is_told_from_a_missing_one() {
    let mut device = Device::default();
    device.card.pin = Some(Password::new("1234"));
    let mut world = world(device);
    let result = world.perform(Request::BringUp).unwrap();
    assert!(matches!(&result, Err(Fault::SimNotReady { state }) if state == "SIM PIN"), "{result:?}");
}

#[test]
fn a_private_card_without_its_access_point_has_no_address() {
    let mut device = Device::default();
    device.radio.private =
        Some(AccessPoint { name: "private".to_owned(), user: String::new(), password: Password::default(), auth: 0 });
    let mut world = world(device);
    let result = world.perform(Request::BringUp).unwrap();
    assert!(matches!(result, Err(Fault::NotAttached { .. })), "{result:?}");
    let (rung, _) = world.core.status().ladder.first_failed().unwrap();
    assert_eq!(rung, Rung::Data);
}

#[test]
fn a_module_without_power_is_silent_to_the_core() {
    let mut world = world(Device::default());
    world.steer(Steer::PowerOff);
    let result = world.perform(Request::BringUp).unwrap();
    assert!(matches!(result, Err(Fault::Silent { .. })), "{result:?}");
}

#[test]
fn a_line_of_9600_bits_holds_a_session_too() {
    let spec = VirtualSpec { baud: 9_600, ..VirtualSpec::default() };
    let mut world = World::new(&spec, broker(&[]));
    assert_eq!(world.perform(connect("t")), Some(Ok(())));
    assert_eq!(world.perform(Request::Publish(message("t", &[b'x'; 1_300], Qos::ExactlyOnce))), Some(Ok(())));
    world.run_for(Duration::from_secs(5));
    assert_eq!(arrivals(&world), vec![("t".to_owned(), vec![b'x'; 1_300])]);
}
