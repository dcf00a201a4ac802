//! Files on the module: what a difference says about how it came there, and what speaks against a file itself.

use crate::{
    certs::Concern,
    diagnosis::{Cause, catalogue as c, suspects::Suspects},
};

/// A file has `found` bytes (or is right up to there) where `expected` were sent.
pub(super) fn differs(expected: usize, found: usize, suspects: &mut Suspects) {
    match found {
        0 => suspects.likely(&c::FILE_MISSING, []),
        _ if found < expected => suspects.likely(&c::COUNT_TOO_SMALL, []),
        _ => suspects.likely(&c::OLD_FILE, []),
    }
    suspects.any_of(&[&c::LINE_ENDS, &c::NO_ROOM, &c::PORT_SHARED]);
}

/// The cause behind one thing that speaks against a file, and whether it is enough to fail a connection.
pub(super) fn by_concern(concern: &Concern) -> Option<(&'static Cause, bool)> {
    Some(match concern {
        Concern::Utf16 => (&c::BYTE_ORDER_MARK, true),
        Concern::ByteOrderMark => (&c::BYTE_ORDER_MARK, false),
        Concern::Empty | Concern::NotCertificates | Concern::WrongContent | Concern::IsAnAuthority => {
            (&c::FILES_MIXED, true)
        }
        Concern::CarriageReturnsOnly => (&c::LINE_ENDS, true),
        Concern::Binary | Concern::Container => (&c::NOT_PEM, true),
        Concern::LiteralLineEnds | Concern::Damaged(_) | Concern::TrustedHeader => (&c::PEM_DAMAGED, true),
        Concern::TooBig { .. } => (&c::NO_ROOM, true),
        Concern::Bundle { .. } => (&c::BUNDLE, false),
        Concern::PassPhrase => (&c::KEY_ENCRYPTED, true),
        Concern::Pkcs8 => (&c::KEY_FORM, false),
        Concern::CurveParameters | Concern::EllipticKey => (&c::KEY_ELLIPTIC, true),
        Concern::Expired => (&c::CLIENT_EXPIRED, true),
        Concern::NotAnAuthority => (&c::CA_IS_LEAF, true),
        Concern::NotForClients => (&c::CLIENT_USAGE, true),
        Concern::StrayText { .. }
        | Concern::KeySize { .. }
        | Concern::NotYetValid
        | Concern::OldSignature
        | Concern::UncommonSignature => return None,
    })
}
