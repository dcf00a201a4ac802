//! Where on the way from the cable to the message a cause lies.

/// A section of the catalogue, in wire order: the first red one accuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stage {
    /// Cable, port and console.
    Port,
    /// The card.
    Sim,
    /// The radio's signal.
    Signal,
    /// Registration in the network.
    Registration,
    /// Attachment, bearer and access point.
    Data,
    /// The broker's name.
    Dns,
    /// The broker's host and port.
    Tcp,
    /// What the port speaks: TLS at all, versions, suites.
    TlsTalk,
    /// TLS settings on the module.
    TlsSettings,
    /// Trust, dates and names.
    TlsTrust,
    /// Certificate and key files.
    TlsFiles,
    /// The login at the broker.
    Login,
    /// Subscriptions.
    Subscribe,
    /// Messages to the broker.
    Publish,
    /// Messages from the broker.
    Receive,
    /// Keep-alive and losses.
    Stay,
    /// The will.
    Will,
    /// Tools, comparisons and people.
    Other,
}
