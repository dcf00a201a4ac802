//! The same wish in the spelling of each broker: mosquitto 2.0, EMQX 5, `VerneMQ` 1.13 and 2, `HiveMQ` 4, nginx 1.25, `HAProxy` 2.8.
//! The lines for mosquitto, nginx and `HAProxy` are tried in tests; the others follow the options' documented names and have met
//! no broker here.

use super::row::{Lines, Place};

/// The module's suites behind those of today, TLS 1.2 and newer: other clients keep what they have.
pub(super) const SUITES: &[Lines] = &[
    (Place::Mosquitto, &["tls_version tlsv1.2", "ciphers ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA"]),
    (
        Place::Emqx,
        &[
            "listeners.ssl.default.ssl_options.versions = [\"tlsv1.3\", \"tlsv1.2\"]",
            "listeners.ssl.default.ssl_options.ciphers = [\"TLS_AES_256_GCM_SHA384\", \"TLS_AES_128_GCM_SHA256\", \
             \"ECDHE-RSA-AES256-GCM-SHA384\", \"ECDHE-RSA-AES128-GCM-SHA256\", \"AES256-SHA256\", \"AES256-SHA\", \
             \"AES128-SHA\"]",
        ],
    ),
    (
        Place::VerneMq,
        &[
            "listener.ssl.default.tls_version = tlsv1.2",
            "listener.ssl.default.ciphers = ECDHE-RSA-AES256-GCM-SHA384:ECDHE-RSA-AES128-GCM-SHA256:AES256-SHA256:\
             AES256-SHA:AES128-SHA",
        ],
    ),
    (
        Place::HiveMq,
        &[
            "<protocols>",
            "  <protocol>TLSv1.3</protocol>",
            "  <protocol>TLSv1.2</protocol>",
            "</protocols>",
            "<cipher-suites>",
            "  <cipher-suite>TLS_AES_256_GCM_SHA384</cipher-suite>",
            "  <cipher-suite>TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384</cipher-suite>",
            "  <cipher-suite>TLS_RSA_WITH_AES_256_CBC_SHA256</cipher-suite>",
            "  <cipher-suite>TLS_RSA_WITH_AES_256_CBC_SHA</cipher-suite>",
            "  <cipher-suite>TLS_RSA_WITH_AES_128_CBC_SHA</cipher-suite>",
            "</cipher-suites>",
        ],
    ),
    (
        Place::Nginx,
        &["ssl_protocols TLSv1.2 TLSv1.3;", "ssl_ciphers ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA;"],
    ),
    (
        Place::HaProxy,
        &["bind :{port} ssl crt /etc/haproxy/server.pem ssl-min-ver TLSv1.2 ciphers \
           ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA"],
    ),
];

/// As [`SUITES`], with OpenSSL's policy about keys and signatures switched off.
pub(super) const POLICY: &[Lines] = &[
    (
        Place::Mosquitto,
        &["tls_version tlsv1.2", "ciphers ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA:@SECLEVEL=0"],
    ),
    (Place::Nginx, &["ssl_ciphers ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA:@SECLEVEL=0;"]),
    (
        Place::HaProxy,
        &["bind :{port} ssl crt /etc/haproxy/server.pem ssl-min-ver TLSv1.2 ciphers \
           ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA:@SECLEVEL=0"],
    ),
];

/// Certificate and key of the listener, the intermediates behind the certificate in one file.
pub(super) const CERTIFICATE: &[Lines] = &[
    (Place::Mosquitto, &["certfile /etc/mosquitto/certs/server-chain.crt", "keyfile /etc/mosquitto/certs/server.key"]),
    (
        Place::Emqx,
        &[
            "listeners.ssl.default.ssl_options.certfile = \"etc/certs/server-chain.crt\"",
            "listeners.ssl.default.ssl_options.keyfile = \"etc/certs/server.key\"",
        ],
    ),
    (
        Place::VerneMq,
        &[
            "listener.ssl.default.certfile = /etc/vernemq/server-chain.crt",
            "listener.ssl.default.keyfile = /etc/vernemq/server.key",
        ],
    ),
    (
        Place::HiveMq,
        &[
            "<keystore>",
            "  <path>conf/server.p12</path>",
            "  <password>changeme</password>",
            "  <private-key-password>changeme</private-key-password>",
            "</keystore>",
        ],
    ),
    (Place::Nginx, &["ssl_certificate /etc/nginx/server-chain.crt;", "ssl_certificate_key /etc/nginx/server.key;"]),
    (Place::HaProxy, &["bind :{port} ssl crt /etc/haproxy/server.pem"]),
];

/// A client certificate is welcome and nobody is turned away without.
pub(super) const NO_DEMAND: &[Lines] = &[
    (Place::Mosquitto, &["require_certificate false"]),
    (
        Place::Emqx,
        &[
            "listeners.ssl.default.ssl_options.verify = verify_peer",
            "listeners.ssl.default.ssl_options.fail_if_no_peer_cert = false",
        ],
    ),
    (Place::VerneMq, &["listener.ssl.default.require_certificate = off"]),
    (Place::HiveMq, &["<client-authentication-mode>OPTIONAL</client-authentication-mode>"]),
    (Place::Nginx, &["ssl_verify_client optional;"]),
    (
        Place::HaProxy,
        &["bind :{port} ssl crt /etc/haproxy/server.pem ca-file /etc/haproxy/clients.crt verify optional"],
    ),
];

/// The authorities whose clients are let in.
pub(super) const CLIENT_AUTHORITY: &[Lines] = &[
    (Place::Mosquitto, &["cafile /etc/mosquitto/certs/clients-ca.crt"]),
    (Place::Emqx, &["listeners.ssl.default.ssl_options.cacertfile = \"etc/certs/clients-ca.crt\""]),
    (Place::VerneMq, &["listener.ssl.default.cafile = /etc/vernemq/clients-ca.crt"]),
    (
        Place::HiveMq,
        &["<truststore>", "  <path>conf/clients.p12</path>", "  <password>changeme</password>", "</truststore>"],
    ),
    (Place::Nginx, &["ssl_client_certificate /etc/nginx/clients-ca.crt;"]),
    (
        Place::HaProxy,
        &["bind :{port} ssl crt /etc/haproxy/server.pem ca-file /etc/haproxy/clients-ca.crt verify required"],
    ),
];

/// A listener with TLS where there is none.
pub(super) const LISTENER: &[Lines] = &[
    (
        Place::Mosquitto,
        &[
            "listener {port}",
            "certfile /etc/mosquitto/certs/server-chain.crt",
            "keyfile /etc/mosquitto/certs/server.key",
            "tls_version tlsv1.2",
            "ciphers ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA",
        ],
    ),
    (
        Place::Emqx,
        &[
            "listeners.ssl.default.bind = \"0.0.0.0:{port}\"",
            "listeners.ssl.default.ssl_options.certfile = \"etc/certs/server-chain.crt\"",
            "listeners.ssl.default.ssl_options.keyfile = \"etc/certs/server.key\"",
        ],
    ),
    (
        Place::VerneMq,
        &[
            "listener.ssl.default = 0.0.0.0:{port}",
            "listener.ssl.default.certfile = /etc/vernemq/server-chain.crt",
            "listener.ssl.default.keyfile = /etc/vernemq/server.key",
        ],
    ),
    (
        Place::Nginx,
        &[
            "listen {port} ssl;",
            "ssl_certificate /etc/nginx/server-chain.crt;",
            "ssl_certificate_key /etc/nginx/server.key;",
            "ssl_protocols TLSv1.2 TLSv1.3;",
            "ssl_ciphers ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA;",
            "proxy_pass 127.0.0.1:1883;",
        ],
    ),
    (
        Place::HaProxy,
        &["bind :{port} ssl crt /etc/haproxy/server.pem ssl-min-ver TLSv1.2 ciphers \
           ECDHE+AESGCM:AES256-SHA256:AES256-SHA:AES128-SHA"],
    ),
];

/// Clients come straight, without a header of a proxy in front of them, and not too many are too many.
pub(super) const STRAIGHT: &[Lines] = &[
    (Place::Mosquitto, &["max_connections -1"]),
    (
        Place::Emqx,
        &["listeners.ssl.default.proxy_protocol = false", "listeners.ssl.default.max_connections = infinity"],
    ),
    (Place::VerneMq, &["listener.ssl.default.proxy_protocol = off", "listener.ssl.default.max_connections = infinity"]),
    (Place::HiveMq, &["<proxy-protocol>false</proxy-protocol>"]),
    (Place::Nginx, &["listen {port} ssl;"]),
    (Place::HaProxy, &["bind :{port} ssl crt /etc/haproxy/server.pem"]),
];
