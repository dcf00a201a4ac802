//! Bring-up: what is asked, how long it takes, where it stops and why.

use super::*;

#[test]
fn a_good_modem_is_up_in_its_own_answer_time() {
    let mut world = World::new(good_bring_up());
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert_eq!(world.now.as_millis(), 8 * 11, "eight answers of 11 ms and nothing else");
    for rung in [Rung::Port, Rung::At, Rung::Sim, Rung::Signal, Rung::Network, Rung::Data] {
        assert_eq!(world.state(rung), RungState::Confirmed, "{rung}");
    }
    let status = world.modem.status();
    assert_eq!(status.firmware.as_ref().and_then(|seen| seen.value.version), Some(1169));
    assert_eq!(status.address.as_ref().map(|seen| seen.value.as_str()), Some("10.143.27.227"));
    assert!(!status.is_busy);
}

#[test]
fn silence_is_told_after_six_tries() {
    let mut world = World::new([]).without_echo();
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Err(Fault::Silent { tries: 6 }));
    // A prompt that somebody left open is looked for before nobody is said to be there.
    assert_eq!(world.sent, ["AT", "AT", "AT", "AT", "AT", "AT", "\u{1a}", ""]);
    assert!(world.now.as_millis() <= 5_000, "{}", world.now);
    assert_eq!(world.state(Rung::At), RungState::Failed);
}

#[test]
fn a_busy_card_is_asked_again_and_a_missing_one_is_not() {
    let mut cues = good_bring_up();
    cues.insert(3, cue("AT+CPIN?", &["+CME ERROR: 14"]));
    let mut world = World::new(cues);
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Ok(()));

    let cues = good_bring_up()
        .into_iter()
        .take(3)
        .chain([cue("AT+CPIN?", &["+CME ERROR: 10"]), cue("AT+CFUN?", &["+CFUN: 1\nOK"])]);
    let mut world = World::new(cues);
    world.request(Request::BringUp);
    world.run();
    assert_eq!(world.only_result(), Err(Fault::SimNotReady { state: "SIM not inserted".into() }));
    assert_eq!(world.modem.status().ladder.first_failed().map(|(rung, _)| rung), Some(Rung::Sim));
}

#[test]
fn registration_is_taken_from_an_unsolicited_line_at_once() {
    let mut cues: Vec<_> = good_bring_up().into_iter().take(5).collect();
    cues.extend([
        cue("AT+CEREG?", &["+CEREG: 0,2\nOK"]),
        cue("AT+CGREG?", &["+CGREG: 0,2\nOK"]),
        cue("AT+CEREG?", &["+CEREG: 0,1\nOK"]),
    ]);
    cues.extend(good_bring_up().into_iter().skip(6));
    let mut world = World::new(cues);
    world.request(Request::BringUp);
    world.run_until(Moment::from_millis(100));
    world.says(b"\r\n+CGEV: ME PDN ACT 1\r\n");
    world.run();
    assert_eq!(world.only_result(), Ok(()));
    assert!(world.now.as_millis() < 200, "no second of waiting: {}", world.now);
}

#[test]
fn a_network_that_never_comes_is_given_up_after_a_minute() {
    let mut cues: Vec<_> = good_bring_up().into_iter().take(5).collect();
    for _ in 0..60 {
        cues.push(cue("AT+CEREG?", &["+CEREG: 0,2\nOK"]));
        cues.push(cue("AT+CGREG?", &["+CGREG: 0,2\nOK"]));
    }
    let mut world = World::new(cues);
    world.request(Request::BringUp);
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::NotRegistered { stat: 2, .. })), "{:?}", world.only_result());
    assert!(world.now.as_millis() <= 61_000, "{}", world.now);
}

#[test]
fn what_is_no_at_modem_is_named() {
    let mut world = World::new([]).without_echo();
    world.request(Request::BringUp);
    world.says(b"[2024-11-02 08:20:03.551][000000000.009] am_service_init 851:Air780E\r\n");
    world.run();
    assert!(matches!(world.only_result(), Err(Fault::LuaFirmware { .. })), "{:?}", world.only_result());
    assert!(world.now.as_millis() <= 1_000);

    let mut world = World::new([]).without_echo();
    world.request(Request::BringUp);
    let noise: Vec<u8> = (0_u8..200).map(|n| 0x80 | n.wrapping_mul(7)).collect();
    world.says(&noise);
    world.run();
    assert_eq!(world.only_result(), Err(Fault::Noise { bytes: 200 }));
}
