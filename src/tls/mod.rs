//! Everything OpenSSL: handshakes as the module makes them, listeners, probes, throw-away authorities.
//!
//! No thread and no MQTT here. A failed handshake is data ([`TlsFailure`]): a stage, an alert number, a verify code or an
//! error kind, never a sentence of the library, because those change between its versions.

mod alert;
pub mod authority;
mod client;
mod connection;
mod failure;
mod hello;
mod material;
mod probe;
mod server;
mod suite;
mod version;
mod watch;

pub use self::{
    alert::{Alert, VerifyCode},
    client::{ClientConfig, ClientContext, SecurityLevel, Trust},
    connection::{Established, Step, TlsConnection},
    failure::{FailureCause, LocalRefusal, Stage, TlsFailure},
    hello::{ClientHello, HelloAnswer, NotAHello},
    material::{MaterialError, certificates_from, key_from},
    probe::{
        FreeProbe, Limited, SuiteAnswer, SuiteProbe, Target, dial, probe_behind, probe_freely, probe_once,
        probe_suites, probe_tls13, probe_up_to_tls12,
    },
    server::{ServerConfig, ServerContext, ServerError, SniRule},
    suite::Suite,
    version::{TlsVersion, VersionSetting},
    watch::{CertificateRequest, Seen, ServerHello},
};
