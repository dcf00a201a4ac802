//! Causes between the cable and the console: port, rate, power, the text of a line.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    lang::Phrase,
    modem::status::Rung,
};

causes! {
    PORT_WRONG = Port "F-001" "port_wrong" {
        remedy: Some(Remedy::FindPort),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
        shown: Shown::Here,
    }
    PORT_BUSY = Port "F-002" "port_busy" {
        remedy: Some(Remedy::Connect),
        is_plain: true,
        shown: Shown::Here,
    }
    PORT_PERMISSION = Port "F-003" "port_perm" {
        remedy: Some(Remedy::Connect),
        is_plain: true,
        shown: Shown::Here,
    }
    PORT_SHARED = Port "F-004" "port_mm" {}
    BAUD_WRONG = Port "F-005" "baud_wrong" {
        remedy: Some(Remedy::FindPort),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
    }
    BAUD_UNTRAINED = Port "F-006" "baud_auto" {
        remedy: Some(Remedy::FindPort),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
    }
    ASLEEP = Port "F-007" "sleep" {
        remedy: Some(Remedy::Wake),
    }
    NOT_POWERED = Port "F-008" "not_on" {
        remedy: Some(Remedy::Connect),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
        shown: Shown::Here,
    }
    NOT_AT_FIRMWARE = Port "F-009" "not_at_fw" {
        remedy: Some(Remedy::FindPort),
        is_plain: true,
        ruled_out_by: Some((Rung::At, Innocent::Port)),
    }
    NO_CARRIAGE_RETURN = Port "F-010" "no_cr" {}
    ECHO = Port "F-011" "echo" {
        shown: Shown::Nothing(Phrase::new("unshown-F-011")),
    }
    NO_ERROR_NUMBERS = Port "F-012" "cmee0" {
        remedy: Some(Remedy::ErrorNumbers),
    }
    PROMPT_OPEN = Port "F-013" "prompt_stuck" {}
    DATA_MODE = Port "F-014" "data_mode" {}
    COMMAND_TEXT = Port "F-015" "fullwidth" {}
    NOT_UTF8 = Port "F-016" "gbk" {
        remedy: Some(Remedy::Messages),
    }
    UART_WIRING = Port "F-017" "uart_hw" {
        remedy: Some(Remedy::FindPort),
        ruled_out_by: Some((Rung::At, Innocent::Port)),
    }
    OVERLAP = Port "F-018" "overlap" {}
    UART_LOSS = Port "F-019" "uart_loss" {}
    REENUMERATED = Port "F-020" "reenum" {
        remedy: Some(Remedy::Connect),
        is_plain: true,
        shown: Shown::Here,
    }
}
