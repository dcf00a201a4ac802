//! The table: which lines help against which causes, and what they cost.

use super::{
    row::{Place, Row},
    sets::{CERTIFICATE, CLIENT_AUTHORITY, LISTENER, NO_DEMAND, POLICY, STRAIGHT, SUITES},
};
use crate::lang::Phrase;

/// One row a wish. A cause may stand in several; what lies nearest to hand comes first.
pub(super) const ROWS: &[Row] = &[
    Row { causes: &["F-071", "F-072", "F-076"], lines: SUITES, why: Phrase::new("cure-lets-module-tls-1") },
    Row { causes: &["F-077"], lines: POLICY, why: Phrase::new("cure-takes-clients-do-not") },
    Row {
        causes: &["F-074", "F-104", "F-105", "F-110", "F-113", "F-112", "F-111", "F-109"],
        lines: &[(Place::Files, &["certbot certonly --key-type rsa --rsa-key-size 2048 --force-renewal -d {domain}"])],
        why: Phrase::new("cure-public-authority-certificate-rsa"),
    },
    Row {
        causes: &["F-074", "F-104", "F-105", "F-108", "F-109", "F-110", "F-111", "F-112", "F-113"],
        lines: &[(
            Place::Files,
            &[
                "openssl req -new -newkey rsa:2048 -nodes -sha256 -keyout server.key -out server.csr -subj \"/CN={name}\"",
                "printf 'subjectAltName={san}\\nkeyUsage=critical,digitalSignature,keyEncipherment\\nextendedKeyUsage=serverAuth\\n' \
                 > server.ext",
                "openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -days 825 -sha256 -extfile server.ext -out \
                 server-chain.crt",
            ],
        )],
        why: Phrase::new("cure-certificate-your-own-authority"),
    },
    Row {
        causes: &[
            "F-074", "F-082", "F-101", "F-102", "F-081", "F-104", "F-105", "F-108", "F-110", "F-111", "F-112", "F-113",
        ],
        lines: CERTIFICATE,
        why: Phrase::new("cure-shows-new-certificate-server"),
    },
    Row {
        causes: &["F-101", "F-102", "F-097"],
        lines: &[(Place::Files, &["cat server.crt intermediate.crt > server-chain.crt"])],
        why: Phrase::new("cure-full-chain-broker-each"),
    },
    Row {
        causes: &["F-081"],
        lines: &[(
            Place::Files,
            &[
                "openssl x509 -in server-chain.crt -noout -ext subjectAltName",
                "openssl x509 -in server-chain.crt -out server.crt",
            ],
        )],
        why: Phrase::new("cure-shows-makes-certificate-large"),
    },
    Row {
        causes: &["F-097", "F-098", "F-099", "F-100", "F-103", "F-101", "F-094", "F-096"],
        lines: &[(Place::Files, &["air780e scan {target} --save-ca ca.crt"])],
        why: Phrase::new("cure-saves-certificate-module-must"),
    },
    Row {
        causes: &["F-097", "F-098", "F-099", "F-100", "F-103", "F-094", "F-096", "F-125"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"cacert\",88,ca.crt", "AT+SSLCFG=\"seclevel\",88,1"])],
        why: Phrase::new("cure-lets-module-check-server"),
    },
    Row {
        causes: &["F-101", "F-211"],
        lines: &[(
            Place::Module,
            &["AT+SSLCFG=\"cacert\",88,ca.crt", "AT+SSLCFG=\"verifymode\",88,1", "AT+SSLCFG=\"seclevel\",88,1"],
        )],
        why: Phrase::new("cure-lets-intermediate-ca-file"),
    },
    Row {
        causes: &["F-104", "F-105", "F-106"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"ignorelocaltime\",88,1"])],
        why: Phrase::new("cure-stop-gap-module-no"),
    },
    Row {
        causes: &["F-106"],
        lines: &[(Place::Module, &["AT+CNTP=\"ntp.aliyun.com\",32", "AT+CNTP"])],
        why: Phrase::new("cure-sets-module-clock-network"),
    },
    Row {
        causes: &["F-108", "F-078", "F-079"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"hostname\",88,\"{domain}\""])],
        why: Phrase::new("cure-names-server-choice-certificate"),
    },
    Row {
        causes: &["F-070"],
        lines: &[(Place::Module, &["AT+MIPSTART=\"{host}\",{port}"])],
        why: Phrase::new("cure-plain-way-port-speaks"),
    },
    Row { causes: &["F-070", "F-058"], lines: LISTENER, why: Phrase::new("cure-opens-listener-tls-module") },
    Row {
        causes: &["F-069"],
        lines: &[(Place::Module, &["AT+SSLMIPSTART=\"{host}\",{port}"])],
        why: Phrase::new("cure-encrypted-way-port-speaks"),
    },
    Row {
        causes: &["F-062", "F-080", "F-083"],
        lines: &[(Place::Module, &["AT+SSLMIPSTART=\"{host}\",8883"])],
        why: Phrase::new("cure-usual-port-mqtt-tls"),
    },
    Row { causes: &["F-065"], lines: STRAIGHT, why: Phrase::new("cure-lets-clients-come-without") },
    Row {
        causes: &["F-073"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"sslversion\",88,4"])],
        why: Phrase::new("cure-lets-module-speak-every"),
    },
    Row {
        causes: &["F-075"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"ciphersuite\",88,0XFFFF"])],
        why: Phrase::new("cure-offers-all-suites-module"),
    },
    Row {
        causes: &["F-084"],
        lines: &[(Place::Module, &["AT+SSLCFG=\"negotiatetimeout\",88,120"])],
        why: Phrase::new("cure-gives-handshake-two-minutes"),
    },
    Row {
        causes: &["F-095", "F-093"],
        lines: &[(
            Place::Module,
            &[
                "AT+SSLCFG=\"clientcert\",88,client.crt",
                "AT+SSLCFG=\"clientkey\",88,client.key",
                "AT+SSLCFG=\"cacert\",88,ca.crt",
                "AT+SSLCFG=\"seclevel\",88,2",
            ],
        )],
        why: Phrase::new("cure-module-shows-certificate-once"),
    },
    Row {
        causes: &["F-095", "F-130", "F-131", "F-132", "F-114", "F-128", "F-129"],
        lines: &[(
            Place::Files,
            &[
                "openssl req -new -newkey rsa:2048 -nodes -sha256 -keyout client.pkcs8.key -out client.csr -subj \"/CN=device-1\"",
                "printf 'keyUsage=critical,digitalSignature\\nextendedKeyUsage=clientAuth\\n' > client.ext",
                "openssl x509 -req -in client.csr -CA clients-ca.crt -CAkey clients-ca.key -CAcreateserial -days 825 -sha256 -extfile \
                 client.ext -out client.crt",
                "openssl rsa -in client.pkcs8.key -traditional -out client.key",
            ],
        )],
        why: Phrase::new("cure-new-certificate-key-module"),
    },
    Row { causes: &["F-095"], lines: NO_DEMAND, why: Phrase::new("cure-lets-clients-without-certificate") },
    Row {
        causes: &["F-130"],
        lines: &[(Place::Files, &["cat client.crt intermediate.crt > client-chain.crt"])],
        why: Phrase::new("cure-client-certificate-first-then"),
    },
    Row { causes: &["F-130"], lines: CLIENT_AUTHORITY, why: Phrase::new("cure-makes-broker-trust-authority") },
    Row {
        causes: &[
            "F-117", "F-118", "F-119", "F-120", "F-121", "F-122", "F-124", "F-125", "F-126", "F-127", "F-128", "F-129",
            "F-099", "F-115", "F-116",
        ],
        lines: &[(Place::Files, &["air780e certs ca.crt client.crt client.key --for module --out module-files"])],
        why: Phrase::new("cure-reads-person-would-still"),
    },
];
