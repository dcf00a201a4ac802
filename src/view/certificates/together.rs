//! What belongs together: key and certificate, and the way from a certificate up to its root.

use crate::{
    certs::{Pairing, PathEnd},
    lang::Text,
    settings::{Profile, SecurityCase},
    view::files::{FileRole, LocalFiles},
};

use super::{Severity, visible};

/// Whether certificate and key belong together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PairView {
    /// The words.
    pub text: Text,
    /// `None` while there is nothing to judge; `Some(Note)` when they do.
    pub severity: Option<Severity>,
}

/// The way to the root, drawn from below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ChainView {
    /// The certificates, each signed by the next.
    pub links: Vec<LinkView>,
    /// How it ends.
    pub end: Text,
    /// How bad that is.
    pub severity: Severity,
}

/// One certificate of a chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkView {
    /// Leaf, intermediate, root.
    pub kind: Text,
    /// Its common name, or its whole subject.
    pub name: String,
    /// Kind and size of its key.
    pub key: String,
}

/// Whether the pair is one.
pub(super) fn pair(profile: &Profile, files: &LocalFiles) -> PairView {
    let (text, severity) = match files.pairing() {
        Some(Pairing::Pair) => ("pair-yes", Some(Severity::Note)),
        Some(Pairing::NotAPair) => ("pair-no", Some(Severity::Bad)),
        Some(Pairing::Unreadable) => ("pair-unreadable", Some(Severity::Doubt)),
        None if profile.security.case != SecurityCase::Both => ("pair-not-needed", None),
        None => ("pair-unknown", None),
    };
    PairView { text: Text::new(text), severity }
}

/// The chain, when there is a certificate.
pub(super) fn chain(files: &LocalFiles) -> Option<ChainView> {
    let path = files.path()?;
    let last = path.links.len() - 1;
    let has_leaf =
        files.file(FileRole::ClientCertificate).is_some_and(|file| file.facts.certificates().next().is_some());
    let links = path.links.iter().enumerate().map(|(place, link)| LinkView {
        kind: Text::new(match place {
            place if place == last && path.end == PathEnd::SelfSigned => "link-root",
            0 if has_leaf => "link-leaf",
            _ => "link-intermediate",
        }),
        name: visible(link.common_name.as_deref().unwrap_or(&link.subject)),
        key: link.key.to_string(),
    });
    let issuer = path.links.last().map(|link| visible(&link.issuer)).unwrap_or_default();
    let (end, severity) = match path.end {
        PathEnd::SelfSigned => (Text::new("chain-whole"), Severity::Note),
        PathEnd::Missing if has_leaf => (Text::new("chain-missing").with("issuer", issuer), Severity::Note),
        PathEnd::Missing => (Text::new("chain-no-root").with("issuer", issuer), Severity::Doubt),
        PathEnd::SameNameOtherKey => (Text::new("chain-other-key").with("issuer", issuer), Severity::Bad),
    };
    Some(ChainView { links: links.collect(), end, severity })
}
