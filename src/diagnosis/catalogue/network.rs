//! Causes between the bearer and the broker's open port: attachment, access point, name, TCP.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    NOT_ATTACHED = Data "F-043" "gatt0" {
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Data, Innocent::Data)),
    }
    NO_ADDRESS = Data "F-044" "no_ip" {
        remedy: Some(Remedy::AskAgain),
        ruled_out_by: Some((Rung::Data, Innocent::Data)),
    }
    APN_PRIVATE = Data "F-045" "apn_private" {
        remedy: Some(Remedy::EditConnection),
    }
    APN_LOGIN = Data "F-046" "apn_auth" {
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Data, Innocent::Data)),
    }
    APN_STALE = Data "F-047" "apn_stale" {
        remedy: Some(Remedy::EditConnection),
    }
    WHITE_LIST = Data "F-048" "whitelist" {
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
        shown: Shown::Here,
    }
    BEARER_DROPPED = Data "F-049" "pdp_deact" {
        remedy: Some(Remedy::Recover),
        is_plain: true,
    }
    BEARER_STUCK = Data "F-050" "pdp_stuck" {
        remedy: Some(Remedy::Recover),
        ruled_out_by: Some((Rung::Data, Innocent::Data)),
    }
    ADDRESS_FAMILY = Data "F-051" "ip_family" {
        remedy: Some(Remedy::ReadDetails),
    }
    NAME_UNKNOWN = Dns "F-052" "dns_name" {
        remedy: Some(Remedy::Resolve),
        ruled_out_by: Some((Rung::Dns, Innocent::Name)),
    }
    DNS_SILENT = Dns "F-053" "dns_server" {
        remedy: Some(Remedy::Resolve),
        ruled_out_by: Some((Rung::Dns, Innocent::Name)),
    }
    DNS_DIFFERS = Dns "F-054" "dns_split" {
        remedy: Some(Remedy::Resolve),
        shown: Shown::Here,
    }
    DNS_EARLY = Dns "F-055" "dns_order" {
        remedy: Some(Remedy::Resolve),
        ruled_out_by: Some((Rung::Dns, Innocent::Name)),
    }
    DNS_FIRMWARE = Dns "F-056" "dns_fw" {
        remedy: Some(Remedy::Resolve),
    }
    HOST_FORM = Dns "F-057" "host_syntax" {
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
    }
    TCP_REFUSED = Tcp "F-058" "tcp_refused" {
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
        shown: Shown::Here,
    }
    TCP_DROPPED = Tcp "F-059" "tcp_drop" {
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
        shown: Shown::Here,
    }
    TCP_PRIVATE = Tcp "F-060" "tcp_private" {
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tcp, Innocent::Host)),
    }
    LISTENS_LOCALLY = Tcp "F-061" "tcp_local" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    PORT_ROLE = Tcp "F-062" "port_role" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    ALREADY_OPEN = Tcp "F-063" "already" {
        remedy: Some(Remedy::Recover),
    }
    WRONG_STATE = Tcp "F-064" "state767" {
        remedy: Some(Remedy::Recover),
    }
    CLOSED_AT_ONCE = Tcp "F-065" "tcp_accept_close" {}
    FAR_BROKER = Tcp "F-066" "far_broker" {
        remedy: Some(Remedy::Compare),
    }
    NUMBERED_LINKS = Tcp "F-067" "multi_prefix" {}
    ONE_LINK = Tcp "F-068" "one_conn" {}
}
