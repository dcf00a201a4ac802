//! Nothing is wrong from here: what small stacks may dislike, and what only the module's side can be.

use crate::{
    certs::{CertificateFacts, Concern, Digest, PublicKey, Signature},
    diagnosis::{Cause, Fact, Here, catalogue as c, suspects::Suspects},
    lang::Text,
    tls::{FreeProbe, HelloAnswer},
};

/// What is left when this computer finds nothing that must fail.
pub(super) fn by_doubts(here: &Here, suspects: &mut Suspects) {
    by_size(here, suspects);
    for (depth, certificate) in here.chain.iter().enumerate() {
        by_certificate(depth, certificate, suspects);
    }
    if let Some(leaf) = here.chain.first() {
        by_leaf(leaf, suspects);
    }
    if here.judged.as_ref().is_some_and(|judged| !judged.is_in_order) {
        let fact = Fact::said(Text::new("fact-doubts-broker-sends-chain-out"));
        suspects.likely(&c::CHAIN_ORDER, [fact]);
    }
    for (_, concern) in &here.files {
        if let Concern::Bundle { certificates } = concern {
            let fact =
                Fact::said(Text::new("fact-doubts-ca-file-holds-certificates").put("certificates", certificates));
            suspects.likely(&c::BUNDLE, [fact]);
        }
    }
    // Only where the module failed all the same is there something left to explain.
    if matches!(here.as_module, Some(Ok(_))) && !here.is_scan {
        by_success(here, suspects);
    }
}

fn by_size(here: &Here, suspects: &mut Suspects) {
    let bytes = here.free.as_ref().and_then(FreeProbe::certificate_message);
    if let Some(bytes) = bytes.filter(|bytes| *bytes > LARGE_CHAIN) {
        let fact = Fact::said(
            Text::new("fact-doubts-broker-certificate-message-bytes").put("bytes", bytes).put("most", LARGE_CHAIN),
        );
        suspects.likely(&c::CHAIN_TOO_BIG, [fact]);
    }
}

fn by_certificate(depth: usize, certificate: &CertificateFacts, suspects: &mut Suspects) {
    let number = depth + 1;
    if let PublicKey::Rsa { bits } = certificate.key
        && !(2_048..=4_096).contains(&bits)
    {
        let fact =
            Fact::said(Text::new("fact-doubts-certificate-chain-rsa-key").put("number", number).put("bits", bits));
        suspects.likely(&c::KEY_SIZE, [fact]);
    }
    // Nobody checks the signature of a root.
    if certificate.is_self_issued {
        return;
    }
    let (cause, how): (&'static Cause, _) = match certificate.signature {
        Signature::Rsa(Digest::Md5) => (&c::OLD_SIGNATURE, "RSA + MD5"),
        Signature::Rsa(Digest::Sha1) => (&c::OLD_SIGNATURE, "RSA + SHA-1"),
        Signature::Rsa(Digest::Sha384) => (&c::SIGNATURE_UNCOMMON, "RSA + SHA-384"),
        Signature::Rsa(Digest::Sha512) => (&c::SIGNATURE_UNCOMMON, "RSA + SHA-512"),
        Signature::RsaPss => (&c::SIGNATURE_UNCOMMON, "RSA-PSS"),
        Signature::Ecdsa(_) => (&c::SIGNATURE_UNCOMMON, "ECDSA"),
        Signature::Rsa(Digest::Sha256 | Digest::Other) | Signature::Other => return,
    };
    let fact = Fact::said(Text::new("fact-doubts-certificate-chain-signed").put("number", number).put("how", how));
    suspects.likely(cause, [fact]);
}

fn by_leaf(leaf: &CertificateFacts, suspects: &mut Suspects) {
    if leaf.usage.is_some_and(|usage| !usage.key_encipherment) {
        let fact = Fact::said(Text::new("fact-doubts-broker-certificate-allows-other"));
        suspects.likely(&c::USAGE_MISSING, [fact]);
    }
    if leaf.server_auth == Some(false) {
        let fact = Fact::said(Text::new("fact-doubts-broker-certificate-not-servers"));
        suspects.likely(&c::USAGE_MISSING, [fact]);
    }
    if let (true, Some(name)) = (leaf.names.is_empty(), &leaf.common_name) {
        let fact = Fact::said(Text::new("fact-doubts-broker-certificate-common-name").put("name", name));
        suspects.likely(&c::NAME_ONLY_COMMON, [fact]);
    }
}

/// The same works from here: what is left lies on the module or on its way.
fn by_success(here: &Here, suspects: &mut Suspects) {
    let fact = || Fact::said(Text::new("fact-doubts-same-handshake-same-files"));
    if matches!(here.without_algorithms, Some(Ok(HelloAnswer::Alert(_)))) {
        let old = Fact::said(Text::new("fact-doubts-offer-without-signature-algorithms"));
        suspects.possible(&c::SIGNATURE_POLICY, [old]);
    }
    for cause in [&c::OLD_FILE, &c::COUNT_TOO_SMALL, &c::MIDDLE_BOX, &c::FIRMWARE_TLS] {
        suspects.possible(cause, [fact()]);
    }
}

/// What small TLS stacks surely hold (catalogue, F-081).
const LARGE_CHAIN: usize = 4_096;
