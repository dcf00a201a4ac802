//! The words of the rungs.

use super::Rung;

/// The name of the rung's word in the language files.
pub const fn key(rung: Rung) -> &'static str {
    match rung {
        Rung::Port => "rung-port",
        Rung::At => "rung-at",
        Rung::Sim => "rung-sim",
        Rung::Signal => "rung-signal",
        Rung::Network => "rung-network",
        Rung::Data => "rung-data",
        Rung::Dns => "rung-dns",
        Rung::Tcp => "rung-tcp",
        Rung::Tls => "rung-tls",
        Rung::Mqtt => "rung-mqtt",
        Rung::Subscribed => "rung-subscribed",
    }
}

/// The name of the sentence that says what the rung proves.
pub const fn proves(rung: Rung) -> &'static str {
    match rung {
        Rung::Port => "proves-port",
        Rung::At => "proves-at",
        Rung::Sim => "proves-sim",
        Rung::Signal => "proves-signal",
        Rung::Network => "proves-network",
        Rung::Data => "proves-data",
        Rung::Dns => "proves-dns",
        Rung::Tcp => "proves-tcp",
        Rung::Tls => "proves-tls",
        Rung::Mqtt => "proves-mqtt",
        Rung::Subscribed => "proves-subscribed",
    }
}

/// The name of the sentence that says what to do next, where no finding is about the rung.
pub const fn sentence(rung: Rung) -> &'static str {
    match rung {
        Rung::Port => "next-port",
        Rung::At => "next-at",
        Rung::Sim => "next-sim",
        Rung::Signal => "next-signal",
        Rung::Network => "next-network",
        Rung::Data => "next-data",
        Rung::Dns => "next-dns",
        Rung::Tcp => "next-tcp",
        Rung::Tls => "next-tls",
        Rung::Mqtt => "next-mqtt",
        Rung::Subscribed => "next-subscribed",
    }
}
