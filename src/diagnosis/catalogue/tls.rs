//! Causes in the TLS talk itself and in its settings on the module: the port's language, suites and versions, files named.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    PLAIN_ON_TLS = TlsTalk "F-069" "plain_on_tls" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    TLS_ON_PLAIN = TlsTalk "F-070" "tls_on_plain" {
        remedy: Some(Remedy::EditConnection),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    NO_COMMON_SUITE = TlsTalk "F-071" "no_suite" {
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    ONLY_TLS13 = TlsTalk "F-072" "tls13_only" {
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    VERSION_PINNED = TlsTalk "F-073" "ver_low" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    ELLIPTIC_SERVER = TlsTalk "F-074" "ecdsa_cert" {
        remedy: Some(Remedy::Compare),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::Here,
    }
    SUITE_PINNED = TlsTalk "F-075" "suite_pinned" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    OLD_SUITES_ONLY = TlsTalk "F-076" "old_suite_only" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SIGNATURE_POLICY = TlsTalk "F-077" "sigalg" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    SERVER_NAME_NEEDED = TlsTalk "F-078" "sni" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    ADDRESS_FOR_NAME = TlsTalk "F-079" "ip_no_sni" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    PROTOCOL_NAME_NEEDED = TlsTalk "F-080" "alpn" {
        remedy: Some(Remedy::EditConnection),
    }
    CHAIN_TOO_BIG = TlsTalk "F-081" "big_chain" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    NO_SERVER_CERTIFICATE = TlsTalk "F-082" "psk_port" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    NOT_TLS = TlsTalk "F-083" "not_tls" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    HANDSHAKE_SLOW = TlsTalk "F-084" "tls_timeout" {}
    MIDDLE_BOX = TlsTalk "F-085" "mid_box" {
        remedy: Some(Remedy::Compare),
        shown: Shown::Here,
    }
    FIRMWARE_TLS = TlsTalk "F-086" "fw_ssl_bug" {}
    FIRMWARE_WITHOUT_TLS = TlsTalk "F-087" "fw_no_ssl" {}
    CONTEXT_WRONG = TlsSettings "F-088" "ctx_wrong" {
        remedy: Some(Remedy::Connect),
    }
    SETTINGS_LOST = TlsSettings "F-089" "cfg_lost" {
        remedy: Some(Remedy::Connect),
    }
    SETTINGS_LATE = TlsSettings "F-090" "cfg_order" {
        remedy: Some(Remedy::Connect),
    }
    QUERY_NOT_SET = TlsSettings "F-091" "query_not_set" {
        remedy: Some(Remedy::Connect),
    }
    FILE_MISSING = TlsSettings "F-092" "file_missing" {
        remedy: Some(Remedy::Certificates),
    }
    CLIENT_FILES_MISSING = TlsSettings "F-093" "seclevel2_nofile" {
        remedy: Some(Remedy::Certificates),
    }
    CA_NOT_SET = TlsSettings "F-094" "seclevel1_noca" {
        remedy: Some(Remedy::Certificates),
    }
    NEEDS_CLIENT_CERTIFICATE = TlsSettings "F-095" "need_client_cert" {
        remedy: Some(Remedy::EditConnection),
        shown: Shown::Here,
    }
    NOBODY_CHECKED = TlsSettings "F-096" "seclevel0" {
        remedy: Some(Remedy::EditConnection),
    }
}
