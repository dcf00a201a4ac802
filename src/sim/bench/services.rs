//! Files, settings, access points, names and ways back against the virtual modem.

use std::time::Duration;

use super::{HOST, World, broker, connection};
use crate::{
    modem::{
        event::{Arrival, Event, FileProgress, LossCause, Means, Note, RecoveryStep},
        request::{
            AccessPoint as Wanted, Authentication, Contents, FileRef, Reception, Reconnect, Request, Subscription,
        },
        status::Session,
    },
    mqtt::{Message, Password, Qos},
    sim::{AccessPoint, Device, Steer, VirtualSpec},
};

fn world(device: Device) -> World {
    World::new(&VirtualSpec { device, ..VirtualSpec::default() }, broker(&[]))
}

fn message(topic: &str, payload: &[u8], qos: Qos) -> Message {
    Message { topic: topic.parse().unwrap(), payload: payload.to_vec(), qos, retain: false }
}

fn subscribed(filter: &str) -> crate::modem::request::Connection {
    let subscriptions = vec![Subscription { filter: filter.parse().unwrap(), qos: Qos::AtLeastOnce }];
    crate::modem::request::Connection { subscriptions, ..connection() }
}

#[test]
fn a_file_of_all_bytes_is_put_on_the_module_listed_read_and_deleted() {
    let mut world = world(Device::default());
    let bytes: Vec<u8> = (0..12_000_u32).map(|index| u8::try_from(index * 7 % 256).unwrap()).collect();
    let file = FileRef::with("all.bin", Contents::public(bytes.clone()));
    assert_eq!(world.perform(Request::Provision(vec![file])), Some(Ok(())));
    assert_eq!(world.perform(Request::ListFiles), Some(Ok(())));
    assert_eq!(world.perform(Request::ReadFile("all.bin".into())), Some(Ok(())));
    assert_eq!(world.perform(Request::DeleteFile("all.bin".into())), Some(Ok(())));
    let listed =
        |event: &Event| matches!(event, Event::Files { names, .. } if names.iter().any(|name| name == "all.bin"));
    assert!(world.events.iter().any(listed));
    let read = |event: &Event| match event {
        Event::File(update) => match &update.progress {
            FileProgress::Read(contents) => Some(contents.bytes().to_vec()),
            _ => None,
        },
        _ => None,
    };
    assert_eq!(world.events.iter().find_map(read), Some(bytes));
    assert!(matches!(world.perform(Request::ReadFile("all.bin".into())), Some(Err(_))));
}

fn needed() -> AccessPoint {
    AccessPoint { name: "private".into(), user: "u".into(), password: Password::new("right"), auth: 2 }
}

fn wanted(password: &str) -> Wanted {
    let password = Password::new(password);
    Wanted { name: "private".into(), user: "u".into(), password, auth: Authentication::Chap }
}

#[test]
fn a_private_card_connects_through_its_access_point_with_new_and_old_firmware() {
    for version in [1_169, 1_150] {
        let mut device = Device::default();
        device.radio.private = Some(needed());
        device.identity.firmware.version = version;
        let mut world = world(device);
        let connection = crate::modem::request::Connection { apn: Some(wanted("right")), ..connection() };
        assert_eq!(world.perform(Request::Connect(Box::new(connection))), Some(Ok(())), "V{version}");
        assert!(world.now().since_open() < Duration::from_mins(1), "V{version}: {}", world.now());
        assert!(!format!("{:?}", world.events).contains("right"));
    }
}

#[test]
fn a_wrong_password_in_the_saved_access_point_is_replaced() {
    let mut device = Device::default();
    device.radio.private = Some(needed());
    let mut world = world(device);
    assert!(matches!(world.perform(Request::SetAccessPoint(wanted("other"))), Some(Err(_))));
    let connection = crate::modem::request::Connection { apn: Some(wanted("right")), ..connection() };
    assert_eq!(world.perform(Request::Connect(Box::new(connection))), Some(Ok(())));
}

#[test]
fn names_resolve_as_the_module_sees_them() {
    let mut world = world(Device::default());
    assert_eq!(world.perform(Request::Resolve(HOST.into())), Some(Ok(())));
    assert!(matches!(world.perform(Request::Resolve("nowhere.test".into())), Some(Err(_))));
    assert_eq!(world.events.iter().filter(|event| matches!(event, Event::Resolved { .. })).count(), 2);
}

#[test]
fn kept_messages_arrive_and_the_overwritten_are_counted() {
    let mut world = world(Device::default());
    let cached = crate::modem::request::Connection { reception: Reception::Cached, ..subscribed("t") };
    assert_eq!(world.perform(Request::Connect(Box::new(cached))), Some(Ok(())));
    for _ in 0..3 {
        assert_eq!(world.perform(Request::Publish(message("t", b"kept", Qos::AtLeastOnce))), Some(Ok(())));
    }
    world.run_for(Duration::from_secs(3));
    let arrived =
        |event: &&Event| matches!(event, Event::Message(Arrival { message, .. }) if message.payload == b"kept");
    assert_eq!(world.events.iter().filter(arrived).count(), 3);
    assert!(
        !world.events.iter().any(|event| matches!(event, Event::Note { note: Note::MessagesOverwritten { .. }, .. }))
    );
}

fn returning() -> Request {
    let reconnect = Some(Reconnect::default());
    Request::Connect(Box::new(crate::modem::request::Connection { reconnect, ..subscribed("t") }))
}

#[test]
fn every_kind_of_loss_heals_by_itself() {
    type Loss = (fn(&mut World), LossCause);
    let table: [Loss; 3] = [
        (World::cut, LossCause::Closed),
        (|world| world.steer(Steer::DropBearer { back_after: Some(Duration::from_secs(4)) }), LossCause::BearerLost),
        (|world| world.steer(Steer::Restart), LossCause::ModuleRestarted),
    ];
    for (lose, cause) in table {
        let mut world = world(Device::default());
        assert_eq!(world.perform(returning()), Some(Ok(())));
        lose(&mut world);
        let helped = world.run_until(|event| match event {
            Event::Recovery(update) => matches!(update.step, RecoveryStep::Helped(Means::Reconnect)).then_some(()),
            _ => None,
        });
        assert_eq!(helped, Some(()), "{cause:?}");
        assert_eq!(world.core.status().session, Session::Connected, "{cause:?}");
        assert_eq!(world.core.status().losses.last().map(|loss| loss.cause), Some(cause));
        assert_eq!(world.perform(Request::Publish(message("t", b"back", Qos::AtLeastOnce))), Some(Ok(())));
        world.run_for(Duration::from_secs(2));
        assert!(
            world
                .events
                .iter()
                .any(|event| matches!(event, Event::Message(arrival) if arrival.message.payload == b"back"))
        );
    }
}

#[test]
fn recovery_and_restart_on_request() {
    let mut world = world(Device::default());
    assert_eq!(world.perform(Request::Connect(Box::new(subscribed("t")))), Some(Ok(())));
    assert_eq!(world.perform(Request::Recover), Some(Ok(())));
    assert_eq!(world.core.status().session, Session::Connected);
    assert_eq!(world.perform(Request::Restart), Some(Ok(())));
    assert_eq!(world.core.status().session, Session::Offline);
    assert!(!world.events.iter().any(|event| matches!(event, Event::SessionLost { .. })));
    assert_eq!(world.perform(Request::ReadDetails), Some(Ok(())));
}

/// The whole way of a message to a firmware that does not know `AT+MPUBEX`: as hex digits, byte for byte.
#[test]
fn any_bytes_reach_the_broker_through_a_module_without_mpubex() {
    let device = Device { lacks: vec!["+MPUBEX".to_owned()], ..Device::default() };
    for qos in Qos::ALL {
        let mut world = world(device.clone());
        assert_eq!(world.perform(Request::Connect(Box::new(subscribed("t")))), Some(Ok(())));
        let all: Vec<u8> = (0..=u8::MAX).collect();
        let sent: [&[u8]; 5] = [&all, b"plain text", b"\0", b"+MSUB: \"t\",3 byte,abc\r\nOK\r\n\xff", b"313233"];
        for payload in sent {
            assert_eq!(world.perform(Request::Publish(message("t", payload, qos))), Some(Ok(())), "{payload:?}");
            world.run_for(Duration::from_secs(2));
        }
        let arrived: Vec<_> = world
            .events
            .iter()
            .filter_map(|event| match event {
                Event::Message(arrival) => Some(arrival.message.payload.as_slice()),
                _ => None,
            })
            .collect();
        assert_eq!(arrived, sent, "{qos:?}");
        let asked = |command: &str| {
            let is_it =
                |event: &&Event| matches!(event, Event::Exchange(record) if record.command.starts_with(command));
            world.events.iter().filter(is_it).count()
        };
        assert_eq!(
            (asked("AT+MPUBEX"), asked("AT+MQTTMODE=1")),
            (1, 3),
            "{qos:?}: it is asked for once and remembered"
        );
    }
}
