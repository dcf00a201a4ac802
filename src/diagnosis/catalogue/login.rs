//! Causes between the open link and the broker's yes.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    LATE_LOGIN = Login "F-134" "late_mconnect" {
        remedy: Some(Remedy::Recover),
    }
    EARLY_LOGIN = Login "F-135" "early_mconnect" {
        remedy: Some(Remedy::Recover),
    }
    SECOND_LOGIN = Login "F-136" "second_mconnect" {
        remedy: Some(Remedy::Recover),
    }
    CONFIG_MISSING = Login "F-137" "mconfig_missing" {
        remedy: Some(Remedy::Recover),
    }
    LOGIN_FORM = Login "F-138" "mconfig_parse" {
        remedy: Some(Remedy::EditConnection),
    }
    FIELD_TOO_LONG = Login "F-139" "field_long" {
        remedy: Some(Remedy::EditConnection),
    }
    VERSION_REFUSED = Login "F-140" "ack1" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    ID_REFUSED = Login "F-141" "ack2" {
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Mqtt, Innocent::Login)),
        shown: Shown::Here,
    }
    BROKER_UNAVAILABLE = Login "F-142" "ack3" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    LOGIN_WRONG = Login "F-143" "ack4" {
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Mqtt, Innocent::Login)),
        shown: Shown::Here,
    }
    NOT_AUTHORISED = Login "F-144" "ack5" {
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Mqtt, Innocent::Login)),
        shown: Shown::Here,
    }
    LOGIN_BOUND = Login "F-145" "ack_bind" {
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Mqtt, Innocent::Login)),
        shown: Shown::Here,
    }
    CLOUD_SIGNATURE = Login "F-146" "cloud_sign" {
        remedy: Some(Remedy::EditConnection),
    }
    DEVICE_DISABLED = Login "F-147" "dev_disabled" {}
    NO_CONNACK = Login "F-148" "no_connack" {}
    SAME_ID = Login "F-149" "dup_id" {
        remedy: Some(Remedy::EditConnection),
    }
    OLD_SESSION = Login "F-150" "clean0" {
        remedy: Some(Remedy::EditConnection),
    }
    BANNED = Login "F-151" "banned" {}
    LOGIN_FIRMWARE = Login "F-152" "mconnect_fw" {}
}
