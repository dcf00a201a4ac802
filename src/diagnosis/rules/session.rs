//! Staying connected: what took a session away that had been there.

use super::{Causes, signal};
use crate::{
    diagnosis::catalogue as c,
    modem::{event::LossCause, status::Status},
};

/// The session ended by `loss`.
pub(super) fn lost(status: &Status, loss: LossCause) -> Causes {
    match loss {
        LossCause::Closed => closed(status),
        LossCause::BearerLost => vec![&c::BEARER_DROPPED, &c::SIM_ARREARS],
        LossCause::ModuleRestarted => vec![&c::RESTARTED, &c::POWER_DIPS],
        LossCause::Silent => {
            let mut causes = super::port::fell_silent();
            causes.push(&c::REENUMERATED);
            causes
        }
        LossCause::SimRemoved => vec![&c::SIM_MISSING, &c::SIM_FAULTY],
    }
}

fn closed(status: &Status) -> Causes {
    let mut causes = Causes::new();
    if signal::is_weak(status) {
        causes.push(&c::SIGNAL_DROP);
    }
    causes.extend([&c::SAME_ID, &c::KEEP_ALIVE_MISSED, &c::KEEP_ALIVE_LONG, &c::BROKER_KICK, &c::BROKER_RESTART]);
    causes
}
