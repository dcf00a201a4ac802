//! Causes that came up beside those of the catalogue: numbered behind them, each in the stage in which it acts.

use super::{Shown, causes};
use crate::diagnosis::Remedy;

causes! {
    CA_IS_INTERMEDIATE = TlsTrust "F-211" "ca_not_root" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
}
