//! What another program left behind on the module: an open prompt, a radio that is off, an access point that does not fit.

use super::*;
use crate::{
    modem::{
        event::Note,
        request::{self, Authentication},
        status::Rung,
    },
    sim::{AccessPoint, Device},
};

/// A module to which another program spoke before the core came; nothing of that reaches the core.
fn left_by(device: Device, said: &[&[u8]]) -> World {
    let mut world = World::new(&VirtualSpec { device, ..VirtualSpec::default() }, broker(&[]));
    world.is_plugged = false;
    world.run_for(Duration::from_secs(15));
    for bytes in said {
        world.modem.handle_bytes(world.now, bytes);
        world.exchange();
        world.run_for(Duration::from_millis(500));
    }
    world.is_plugged = true;
    world.said.clear();
    world
}

fn closed_prompts(world: &World) -> Vec<&str> {
    let notes = world.events.iter().filter_map(|event| match event {
        Event::Note { note: Note::PromptLeftOpen { line }, .. } => Some(line.as_str()),
        _ => None,
    });
    notes.collect()
}

#[test]
fn a_file_that_another_program_did_not_finish_is_finished_and_named() {
    for (size, sent) in [(1_212, 100), (10_240, 0), (60, 55)] {
        let write = format!("AT+FSWRITE=\"ca.crt\",0,{size},600\r");
        let part = vec![b'x'; sent];
        let mut world = left_by(Device::default(), &[b"AT+FSCREATE=\"ca.crt\"\r", write.as_bytes(), &part]);
        let began = world.now();
        assert_eq!(world.perform(Request::BringUp), Some(Ok(())), "{size}");
        assert!(world.now().since(began) < Duration::from_secs(8), "{size}: {:?}", world.now().since(began));
        // Where so few bytes are missing the first AT are what the module waits for.
        let expected: &[&str] = if size - sent > 18 { &["OK"] } else { &[] };
        assert_eq!(closed_prompts(&world), expected, "{size}");
    }
}

#[test]
fn a_message_without_a_length_that_another_program_left_open_is_ended() {
    let mut world = left_by(
        Device::default(),
        &[
            b"AT+MCONFIG=\"bench\"\r",
            b"AT+MIPSTART=\"broker.test\",1883\r",
            b"AT+MCONNECT=1,120\r",
            b"AT+MPUBEX=\"t\",0,0\r",
        ],
    );
    assert_eq!(world.perform(Request::BringUp), Some(Ok(())));
    assert_eq!(closed_prompts(&world), ["OK"]);
}

#[test]
fn a_radio_that_another_program_switched_off_is_named_at_once() {
    for function in [0, 4] {
        let mut world = left_by(Device::default(), &[format!("AT+CFUN={function}\r").as_bytes()]);
        world.run_for(Duration::from_secs(10));
        let began = world.now();
        assert_eq!(world.perform(Request::BringUp), Some(Err(Fault::RadioOff { function })));
        assert!(world.now().since(began) < Duration::from_secs(2), "{:?}", world.now().since(began));
        assert_eq!(world.core.status().ladder.first_failed().map(|(rung, _)| rung), Some(Rung::Network));
    }
}

#[test]
fn a_wrong_access_point_is_given_up_within_its_own_time() {
    let mut device = Device::default();
    let user = String::new;
    device.radio.private =
        Some(AccessPoint { name: "private".into(), user: user(), password: Password::default(), auth: 0 });
    let mut world = left_by(device, &[]);
    let began = world.now();
    let wrong = request::AccessPoint {
        name: "public".into(),
        user: user(),
        password: Password::default(),
        auth: Authentication::None,
    };
    let wanted = Connection { apn: Some(wrong), ..connection() };
    let result = world.perform(Request::Connect(Box::new(wanted))).unwrap();
    assert!(matches!(result, Err(Fault::NotAttached { .. })), "{result:?}");
    assert!(world.now().since(began) < Duration::from_secs(40), "{:?}", world.now().since(began));
    let set = world.core.status().access_point_set.as_ref().map(|seen| seen.value.as_str());
    assert_eq!(set, Some("public"));
}
