# The command scan

scanned-works = works
scanned-fails = fails
scanned-no-files-given = no files given
scanned-not-tried = not tried
scanned-0-nobody-checked = 0 (nobody checked)
scanned-1-server-checked = 1 (server checked)
scanned-2-both-checked = 2 (both checked)
scanned-between = ;{" "}
scanned-undecided-would-decide = Undecided. What would decide:
scanned-also = also{" "}
scanned-perhaps = perhaps{" "}
scanned-because = because:
scanned-taken = taken
scanned-refused = refused
scanned-not-testable = not testable
scanned-module-suites = The module's suites:
scanned-everything-allowed-takes = With everything allowed it takes:
scanned-chain-shows = The chain it shows:
scanned-issued = issued by
scanned-valid = valid
scanned-same-certificate = the same certificate
scanned-without-server-name = Without a server name:
scanned-another-server-name = With another server name:
scanned-client-certificate = Client certificate:
scanned-required = required
scanned-asked-not-required = asked for, not required
scanned-not-asked = not asked for
scanned-not-seen = not seen
scanned-these-authorities = , of one of these authorities:{" "}
scanned-lines-would-help = Lines that would help:
scanned-no-signals = no signals: { $error }
scanned-no-server-named = no server is named
scanned-targets-no-server-stands = --targets { $path }: no server stands in it; write one HOST or HOST:PORT a line
scanned-unreadable = { $option } { $path }: { $fault }
scanned-save-ca-file-already = --save-ca { $path }: the file is there already and is left as it is; choose another name
scanned-sni-not-bare-server = --sni "{ $shown }" is not a bare server name; write --sni { $write }
scanned-cert-key-without-ca = --cert and --key without --ca: a module that shows its certificate also checks the server; give --ca too
scanned-model-not-known-give = --model "{ $shown }" is not known; give the answer to ATI, such as AirM2M_780E_V1169_LTE_AT, or one of { $known }
scanned-ca-file-not-kept = The CA file is not kept: --save-ca { $path }: { $error }; choose another place.
scanned-ca-file-kept-valid = CA file kept: { $path }: { $subject }, valid until { $until }, SHA-256 { $print }

## Single words

scanned-level = level
scanned-do = What to do:
scanned-versions = Versions:
scanned-to = to
scanned-for = for
scanned-another-certificate = another certificate:
scanned-refused-by = refused:

# The login from this computer

logged-as-module = Login from this computer with the module's TLS as { $client }:
logged-as-computer = Login from this computer with all that it can do of TLS as { $client }:
logged-accepted = accepted (CONNACK 0): user, password and network are good.
logged-refused = refused, CONNACK { $code }: { $meaning }. The way there and TLS are good.
logged-closed = the broker closed the connection without a word: TLS is good, the login is not.
logged-silent = the broker said nothing that is an answer to a login.
logged-not-reached = not sent: TLS did not come to an agreement.
logged-not-reached-module = not sent: the module's TLS did not come to an agreement. --login-as computer asks the broker all the same.
logged-code-1 = the broker does not take this version of MQTT
logged-code-2 = the broker does not take the client ID
logged-code-3 = the broker is not available
logged-code-4 = wrong user or password
logged-code-5 = not allowed; many brokers say so to a wrong password as well
logged-code-other = a code that MQTT 3.1.1 does not know
logged-granted = { $filter }: QoS { $asked } asked, { $given } granted
logged-denied = { $filter }: QoS { $asked } asked, refused (0x80)
logged-differences = Where MQTTX, as it comes, does something else than the module:
differs-version = It speaks MQTT 5.0; the module speaks 3.1.1 alone.
differs-suites = It agrees on { $version } { $suite } here; the module has its six RSA suites up to TLS 1.2.
differs-name = It always sends the host as server name (SNI); the module does from firmware V1161 on, and sends another where hostname is set. ALPN: it sends one where it is filled in; the module never does.
differs-name-matters = It always sends the host as server name (SNI), and this server answers otherwise without one; the module sends one from firmware V1161 on. ALPN: it sends one where it is filled in; the module never does.
differs-trust = For a server signed by a public authority it believes this computer's own list; the module believes its CA file alone, and nobody at level 0 is checked.
differs-id = It makes a short client ID of its own; the module's has { $bytes } bytes, and a broker need not take more than { $limit }.
differs-keep-alive = Its keep alive is 60 s; the module's is what AT+MCONNECT says, above 300 s only with a third argument.
differs-will = Its will may be of any length and is dropped at an orderly good-bye; the module's has { $limit } bytes at most, and by the vendor it is published at AT+MDISCONNECT too.
differs-payload = It sends payloads of any length; the module takes { $quoted } bytes quoted and { $data } bytes as data, and prints 1360 or 4100 bytes of a message, by its model.
fact-here-granted = a subscription from this computer: { $filter }, QoS { $asked } asked, answer { $given }
scanned-report-file-already = --report: there is a file at { $path } already; it is not written over

# The page of a scan

scanned-page-title = { $place } and the module
scanned-page-causes = Why
scanned-page-chain = The chain that the server shows
scanned-page-login = A login from this computer
scanned-page-anchored = issued by { $issuer }: this is the CA file
scanned-page-issued = issued by { $issuer }
scanned-page-clock = Dates against the clock: { $day }
scanned-page-broker = Broker
