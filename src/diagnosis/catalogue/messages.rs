//! Causes in subscriptions and in messages of both directions.

use super::{Shown, causes};
use crate::{diagnosis::Remedy, lang::Phrase};

causes! {
    EARLY_SUBSCRIBE = Subscribe "F-153" "sub_early" {
        remedy: Some(Remedy::Messages),
    }
    NO_SUBACK = Subscribe "F-154" "sub_ok_only" {
        remedy: Some(Remedy::Messages),
    }
    SUBSCRIBE_DENIED = Subscribe "F-155" "sub_deny80" {
        remedy: Some(Remedy::Messages),
    }
    READ_DENIED = Subscribe "F-156" "sub_silent" {
        remedy: Some(Remedy::Messages),
    }
    FILTER_FORM = Subscribe "F-157" "sub_wild" {
        remedy: Some(Remedy::Messages),
    }
    TOPIC_DIFFERS = Subscribe "F-158" "topic_diff" {
        remedy: Some(Remedy::Messages),
    }
    NOT_SUBSCRIBED_AGAIN = Subscribe "F-159" "sub_lost" {
        remedy: Some(Remedy::Messages),
    }
    TOPIC_TOO_LONG = Subscribe "F-160" "sub_long" {
        remedy: Some(Remedy::Messages),
    }
    QOS_LOWERED = Subscribe "F-161" "qos_down" {
        shown: Shown::Nothing(Phrase::new("unshown-F-161")),
    }
    PAYLOAD_QUOTING = Publish "F-162" "pub_quote" {
        remedy: Some(Remedy::Messages),
    }
    PAYLOAD_OVERESCAPED = Publish "F-163" "pub_overescape" {
        remedy: Some(Remedy::Messages),
    }
    PAYLOAD_TOO_LONG = Publish "F-164" "pub_long" {
        remedy: Some(Remedy::Messages),
    }
    DATA_LENGTH = Publish "F-165" "pubex_len" {
        remedy: Some(Remedy::Messages),
    }
    DATA_WITHOUT_PROMPT = Publish "F-166" "pubex_oneline" {
        remedy: Some(Remedy::Messages),
    }
    DATA_CUT = Publish "F-167" "pubex_1a" {
        remedy: Some(Remedy::Messages),
    }
    NO_PUBACK = Publish "F-168" "pub_ok_only" {
        remedy: Some(Remedy::Messages),
    }
    UNCONFIRMED = Publish "F-169" "pub_qos0" {
        remedy: Some(Remedy::Messages),
    }
    IN_FLIGHT = Publish "F-170" "pub_inflight" {
        remedy: Some(Remedy::Messages),
    }
    PUBLISH_DENIED = Publish "F-171" "pub_acl" {
        remedy: Some(Remedy::Messages),
    }
    PUBLISH_TOPIC = Publish "F-172" "pub_topic" {
        remedy: Some(Remedy::Messages),
    }
    HEX_MODE = Publish "F-173" "hexmode" {}
    BROKER_LIMIT = Publish "F-174" "pub_broker_size" {
        remedy: Some(Remedy::Messages),
    }
    MESSAGE_TOO_LONG = Receive "F-175" "msub_long" {}
    CACHE_OVERRUN = Receive "F-176" "cache_over" {
        remedy: Some(Remedy::Messages),
    }
    CACHE_MODE = Receive "F-177" "cache_on" {}
    CACHE_LOST = Receive "F-178" "cache_reset" {}
    MESSAGE_LINES = Receive "F-179" "msub_newline" {
        shown: Shown::Nothing(Phrase::new("unshown-F-179")),
    }
}
