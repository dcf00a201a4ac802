//! Causes of a session that ends, and of the last message that speaks for it.

use super::{Shown, causes};
use crate::{diagnosis::Remedy, lang::Phrase};

causes! {
    KEEP_ALIVE_LONG = Stay "F-180" "ka_long" {
        remedy: Some(Remedy::EditConnection),
    }
    KEEP_ALIVE_SHORT = Stay "F-181" "ka_short" {
        remedy: Some(Remedy::EditConnection),
    }
    KEEP_ALIVE_MISSED = Stay "F-182" "ka_15" {
        remedy: Some(Remedy::EditConnection),
    }
    KEEP_ALIVE_FIRMWARE = Stay "F-183" "ka_fw" {}
    KEEP_ALIVE_MANUAL = Stay "F-184" "ka_doc" {
        remedy: Some(Remedy::EditConnection),
    }
    SIGNAL_DROP = Stay "F-185" "drop_signal" {}
    HALF_OPEN = Stay "F-186" "half_open" {
        remedy: Some(Remedy::Recover),
    }
    POWER_DIPS = Stay "F-187" "power" {
        remedy: Some(Remedy::ReadDetails),
    }
    RESTARTED = Stay "F-188" "reboot" {
        remedy: Some(Remedy::ReadDetails),
    }
    BROKER_RESTART = Stay "F-189" "srv_restart" {}
    TUNNEL = Stay "F-190" "tunnel" {
        remedy: Some(Remedy::EditConnection),
    }
    CLOSED_BY_SCRIPT = Stay "F-191" "app_close" {
        remedy: Some(Remedy::Connect),
    }
    BROKER_KICK = Stay "F-192" "kick_policy" {}
    SLEEP_DROP = Stay "F-193" "sleep_drop" {
        remedy: Some(Remedy::Recover),
    }
    CLOSED_IGNORED = Stay "F-194" "closed_state" {
        remedy: Some(Remedy::Recover),
    }
    WILL_LATER = Will "F-195" "will_wait" {
        shown: Shown::Nothing(Phrase::new("unshown-F-195")),
    }
    WILL_ON_RETURN = Will "F-196" "will_on_reconnect" {}
    WILL_ON_CLOSE = Will "F-197" "will_on_disconnect" {}
    WILL_INCOMPLETE = Will "F-198" "will_none" {
        remedy: Some(Remedy::EditConnection),
    }
    WILL_SHARED = Will "F-199" "will_same" {
        remedy: Some(Remedy::EditConnection),
    }
}
