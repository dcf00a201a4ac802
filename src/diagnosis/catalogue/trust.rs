//! Causes in whom the module trusts, at which time and under which name.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    CA_WRONG = TlsTrust "F-097" "ca_wrong" {
        remedy: Some(Remedy::Certificates),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    CA_TWIN = TlsTrust "F-098" "ca_twin" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
    CA_IS_LEAF = TlsTrust "F-099" "ca_leaf" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
    CA_OLD_ROOT = TlsTrust "F-100" "ca_old_root" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    INTERMEDIATE_MISSING = TlsTrust "F-101" "int_missing" {
        remedy: Some(Remedy::Certificates),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    CHAIN_ORDER = TlsTrust "F-102" "chain_order" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SELF_SIGNED = TlsTrust "F-103" "self_signed" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SERVER_EXPIRED = TlsTrust "F-104" "srv_expired" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SERVER_NOT_YET = TlsTrust "F-105" "srv_future" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    CLOCK_WRONG = TlsTrust "F-106" "clock" {
        remedy: Some(Remedy::ReadDetails),
    }
    DATES_UNCHECKED = TlsTrust "F-107" "clock_ignored" {
        shown: Shown::Here,
    }
    NAME_MISMATCH = TlsTrust "F-108" "name_mismatch" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    NAME_ONLY_COMMON = TlsTrust "F-109" "cn_only" {
        shown: Shown::Here,
    }
    SIGNATURE_UNCOMMON = TlsTrust "F-110" "sig_unsupported" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    USAGE_MISSING = TlsTrust "F-111" "ku_missing" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    KEY_SIZE = TlsTrust "F-112" "key_size" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    OLD_SIGNATURE = TlsTrust "F-113" "sha1_chain" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    REVOKED = TlsTrust "F-114" "revoked" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
}
