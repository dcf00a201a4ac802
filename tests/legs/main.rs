//! The two-leg tracer against a real mosquitto and this program's broker: whatever is done to messages on their way, no verdict
//! says what the wire does not show.

mod check;
#[path = "../kit/mod.rs"]
mod kit;
mod tap;
mod world;

use self::world::{Broker, Fault, Tally, World};

/// Messages of each quality of service and fault in an ordinary run.
const USUAL: usize = 4;

#[test]
fn no_verdict_is_wrong_at_mosquitto() {
    judge(&Broker::mosquitto, true);
}

#[test]
fn no_verdict_is_wrong_at_the_broker_of_this_program() {
    judge(&Broker::ours, false);
}

fn judge(start: &dyn Fn() -> Broker, confirms_what_it_drops: bool) {
    let broker = start();
    let mut tally = Tally::default();
    for seed in 0..kit::times(1) {
        for fault in Fault::ALL {
            for qos in 0..3_u8 {
                World::new(&broker, fault, qos, seed).run(USUAL, &mut tally);
            }
        }
    }
    println!("{tally:#?}");
    tally.assert_sound(confirms_what_it_drops);
}
