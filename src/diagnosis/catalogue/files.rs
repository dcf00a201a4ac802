//! Causes in the certificate and key files, and in how they came onto the module.

use super::{Shown, causes};
use crate::{
    diagnosis::{Innocent, Remedy},
    modem::status::Rung,
};

causes! {
    COUNT_TOO_BIG = TlsFiles "F-115" "count_big" {
        remedy: Some(Remedy::Certificates),
    }
    COUNT_TOO_SMALL = TlsFiles "F-116" "count_small" {
        remedy: Some(Remedy::Certificates),
    }
    LINE_ENDS = TlsFiles "F-117" "crlf" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    BYTE_ORDER_MARK = TlsFiles "F-118" "bom" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    NOT_PEM = TlsFiles "F-119" "der" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    PEM_DAMAGED = TlsFiles "F-120" "pem_damaged" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    STRAY_TEXT = TlsFiles "F-121" "trailing" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    FILES_MIXED = TlsFiles "F-122" "wrong_file" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    OLD_FILE = TlsFiles "F-123" "old_file" {
        remedy: Some(Remedy::Certificates),
    }
    NO_ROOM = TlsFiles "F-124" "fs_full" {
        remedy: Some(Remedy::Certificates),
    }
    BUNDLE = TlsFiles "F-125" "bundle" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    KEY_FORM = TlsFiles "F-126" "key_pkcs8" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    KEY_ENCRYPTED = TlsFiles "F-127" "key_enc" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    KEY_ELLIPTIC = TlsFiles "F-128" "key_ec" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    KEY_MISMATCH = TlsFiles "F-129" "key_mismatch" {
        remedy: Some(Remedy::Certificates),
        ruled_out_by: Some((Rung::Tls, Innocent::Handshake)),
        shown: Shown::File,
    }
    CLIENT_UNTRUSTED = TlsFiles "F-130" "cli_untrusted" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
    CLIENT_EXPIRED = TlsFiles "F-131" "cli_expired" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    CLIENT_USAGE = TlsFiles "F-132" "cli_eku" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::File,
    }
    CLIENT_NOT_REGISTERED = TlsFiles "F-133" "cli_notreg" {
        remedy: Some(Remedy::Certificates),
        shown: Shown::Here,
    }
}
