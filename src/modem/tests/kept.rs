//! Messages that the module keeps and loses: a restart empties its slots.

use super::*;
use crate::modem::{event::Note, request::Reception};

const BOOT: &[u8] = b"\r\n^boot.rom'v'!\\n\r\n\r\nRDY\r\n";

fn notes(world: &World) -> Vec<Note> {
    let notes = world.events.iter().filter_map(|event| match event {
        // That it restarted is told as well.
        Event::Note { note, .. } if !matches!(note, Note::Restarted { .. }) => Some(note.clone()),
        _ => None,
    });
    notes.collect()
}

/// A session with cached reception, with `publish` on the wire: nothing is fetched meanwhile.
fn busy(more: impl IntoIterator<Item = Cue>) -> World {
    let mut cues = good_connect();
    cues[9] = cue("AT+MQTTMSGSET=1", &["OK"]);
    let invalid: Vec<_> = (0..4).map(|slot| format!("+MQTTMSGGET: {slot},INVALID")).collect();
    cues.push(cue("AT+MQTTMSGGET?", &[&format!("{}\nOK", invalid.join("\n"))]));
    let mut world = World::new(cues.into_iter().chain(more));
    let wanted = Connection { reception: Reception::Cached, ..connection() };
    world.request(Request::Connect(Box::new(wanted)));
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    world.events.clear();
    world
}

#[test]
fn a_restart_loses_what_was_kept_and_not_fetched() {
    let mut world = busy([cue(r#"AT+MPUB="mqtt/sub",1,0,"x""#, &["OK"])]);
    world.request(Request::Publish(message(b"x", Qos::AtLeastOnce)));
    world.run_until(world.now + Duration::from_millis(50));
    world.says(b"\r\n+MSUB: 0\r\n\r\n+MSUB: 1\r\n");
    world.says(BOOT);
    world.run();
    assert_eq!(notes(&world), [Note::KeptMessagesLost { count: 2 }]);
    assert_eq!(world.modem.status().lost_in_cache, 2);
    world.says(BOOT);
    assert_eq!(notes(&world).len(), 1, "a second boot line loses nothing more");
}

#[test]
fn a_restart_during_a_fetch_loses_what_had_not_come() {
    let mut world = busy([cue("AT+MQTTMSGGET", &["+MSUB: t,1 byte,a"])]);
    world.says(b"\r\n+MSUB: 0\r\n\r\n+MSUB: 1\r\n\r\n+MSUB: 2\r\n");
    world.run_until(world.now + Duration::from_millis(50));
    world.says(BOOT);
    world.run();
    assert_eq!(notes(&world), [Note::KeptMessagesLost { count: 2 }]);
}

#[test]
fn a_restart_with_empty_slots_loses_nothing() {
    let mut world = busy([cue("AT+MQTTMSGGET", &["+MSUB: t,1 byte,a\nOK"])]);
    world.says(b"\r\n+MSUB: 0\r\n");
    world.run();
    world.says(BOOT);
    world.run();
    assert_eq!(notes(&world), []);
    assert_eq!(world.modem.status().lost_in_cache, 0);
}
