//! Causes in what people and programs do around the module, and in how they read it.

use super::{Shown, causes};
use crate::{diagnosis::Remedy, lang::Phrase};

causes! {
    PROGRAM_FAULT = Other "F-000" "program_fault" {
        shown: Shown::Here,
    }
    OTHER_VENDOR = Other "F-200" "wrong_vendor" {}
    REMARK_COPIED = Other "F-201" "comment_copied" {}
    NOT_COMPARABLE = Other "F-202" "pc_not_equal" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    OTHER_NETWORK = Other "F-203" "pc_net" {
        shown: Shown::Here,
    }
    FIRMWARE_OLD = Other "F-204" "fw_old" {}
    LAST_LINE_ONLY = Other "F-205" "cme_hidden" {
        shown: Shown::Nothing(Phrase::new("unshown-F-205")),
    }
    TOO_EARLY = Other "F-206" "too_early" {
        remedy: Some(Remedy::AskAgain),
    }
    APPLICATION_REFUSED = Other "F-207" "app_reject" {}
    OTHER_MODULE = Other "F-208" "other_vendor" {}
    OWN_RESTART = Other "F-209" "own_restart" {
        remedy: Some(Remedy::Connect),
    }
    PC_OFFLINE = Other "F-210" "pc_offline" {
        shown: Shown::Here,
    }
}
