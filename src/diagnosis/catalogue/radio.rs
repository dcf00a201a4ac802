//! Causes between the card and the network: card, antenna, registration.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    lang::Phrase,
    modem::status::Rung,
};

causes! {
    SIM_MISSING = Sim "F-021" "sim_none" {
        remedy: Some(Remedy::AskAgain),
        is_plain: true,
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_SLOT = Sim "F-022" "sim_slot" {
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_PIN = Sim "F-023" "sim_pin" {
        remedy: Some(Remedy::AskAgain),
        is_plain: true,
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_PUK = Sim "F-024" "sim_puk" {
        is_plain: true,
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_BUSY = Sim "F-025" "sim_busy" {
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Sim, Innocent::Card)),
    }
    SIM_FAULTY = Sim "F-026" "sim_fail" {
        remedy: Some(Remedy::AskAgain),
    }
    SIM_ARREARS = Sim "F-027" "sim_arrears" {
        remedy: Some(Remedy::ReadDetails),
    }
    SIM_BOUND = Sim "F-028" "sim_bind" {
        remedy: Some(Remedy::ReadDetails),
    }
    SIM_INACTIVE = Sim "F-029" "sim_inactive" {
        remedy: Some(Remedy::ReadDetails),
    }
    TETHERED = Sim "F-030" "rndis_eats" {}
    SIGNAL_NONE = Signal "F-031" "sig_none" {
        remedy: Some(Remedy::AskAgain),
        is_plain: true,
        ruled_out_by: Some((Rung::Signal, Innocent::Signal)),
    }
    SIGNAL_WEAK = Signal "F-032" "sig_weak" {
        remedy: Some(Remedy::AskAgain),
    }
    SIGNAL_DIRTY = Signal "F-033" "sig_quality" {
        remedy: Some(Remedy::AskAgain),
    }
    ANTENNA_PLACE = Signal "F-034" "sig_env" {
        shown: Shown::Nothing(Phrase::new("unshown-F-034")),
    }
    ANTENNA_DESIGN = Signal "F-035" "sig_ant" {
        shown: Shown::Nothing(Phrase::new("unshown-F-035")),
    }
    BAND_LOCKED = Signal "F-036" "band_lock" {
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    NOT_REGISTERED = Registration "F-037" "reg_search" {
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    REGISTRATION_DENIED = Registration "F-038" "reg_denied" {
        remedy: Some(Remedy::ReadDetails),
        is_plain: true,
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    RADIO_OFF = Registration "F-039" "cfun" {
        remedy: Some(Remedy::RadioOn),
        is_plain: true,
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    OPERATOR_FIXED = Registration "F-040" "cops" {
        remedy: Some(Remedy::AnyOperator),
        ruled_out_by: Some((Rung::Network, Innocent::Network)),
    }
    LIMITED_SERVICE = Registration "F-041" "reg_limited" {}
    CELL_BAD = Registration "F-042" "cell_bad" {
        shown: Shown::Nothing(Phrase::new("unshown-F-042")),
    }
}
