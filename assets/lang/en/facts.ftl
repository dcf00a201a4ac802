# What was seen, in sentences, and what the numbers in it mean.

## Numbers of TLS

alert-handshake-failure = No agreement: suites, key type, or a missing client certificate.
alert-bad-certificate = The certificate was not acceptable.
alert-unsupported-certificate = The certificate is of the wrong kind or purpose.
alert-certificate-revoked = The certificate was revoked.
alert-certificate-expired = The certificate has expired.
alert-unknown-ca = The issuer of the certificate is not trusted.
alert-decrypt-error = A signature did not fit: key and certificate do not belong together.
alert-protocol-version = No common TLS version.
alert-unrecognized-name = The server does not know the name asked for, or misses one.
alert-certificate-required = The server demands a client certificate.
verify-signature-failure = A signature in the chain does not fit.
verify-not-yet-valid = A certificate is not valid yet.
verify-expired = A certificate has expired.
verify-self-signed = The certificate signed itself and is not trusted.
verify-self-signed-in-chain = The chain ends in a root that is not trusted.
verify-issuer-not-found = The issuer was neither sent nor is it in the CA file.
verify-leaf-not-verifiable = Only one certificate came, and nothing to check it with.
verify-hostname-mismatch = The certificate does not hold that name.

## What would decide

step-send-every-port-module = Send AT to every port of the module and at the usual rates: one that answers OK decides.
step-try-another-card-module = Try another card in this module and this card in another module at the same place, and ask the provider for the card's state by its ICCID.
step-try-same-computer-name = Try the same from this computer: name, port, suites, chain and the handshake as the module would do it.
step-same-handshake-works-computer = The same handshake works from this computer. Upload the files again and let the module read them back; then try once without the server check: if that opens, the module's files or its clock are to blame, else the way of this card.
step-choose-files-certificates-page = Choose the files on the Certificates page that the module has: then this computer can check the broker's chain with them.
step-log-same-client-id = Let this computer log in with the same user and password under another client id, or read the broker's log at that second: its code decides.
step-watch-topic-second-client = Watch the topic with a second client that may read everything: whether the message reaches the broker decides.
step-look-broker-rights-log = Look at the broker's log and its rights: may this login publish to the topic, and may the same login read it?
step-connect-again-let-run = Connect again and let it run: the time until the next loss, and the broker's log at that second, decide.
step-try-module-same-files = Try it with the module and the same files: its own answer, beside what this computer gets, decides.
step-ask-start-reason = Ask the module why it started (AT*EXINFO?) and measure the supply while it transmits.
step-switch-error-numbers-cmee = Switch error numbers on with AT+CMEE=1 and send the same line again: the number decides.

## What to do with a file

fact-file-bytes-announced-sent = { $line }: { $announced } bytes announced, { $sent } sent
fact-file-pair = client certificate and key belong together
fact-file-not-a-pair = the public key in the client certificate is not the one of the client key
fix-file-issue-authority-again-keyusage = Issue the authority again with keyUsage keyCertSign.
fix-file-issue-client-certificate-again = Issue the client certificate again with keyUsage digitalSignature and keyEncipherment.
fix-file-device-own-certificate-must = The device's own certificate must stand first, then the one that issued it; the root is not needed.
fix-file-check-clock-machine-issued = Check the clock of the machine that issued it, wait, or issue it again.
fix-file-use-authority-rsa-key = Use an authority with an RSA key of 2048 bits, 3072 at most.
fix-file-make-client-key-rsa = Make a client key of RSA with 2048 bits, 3072 at most, and a certificate for it.
fix-file-take-rsa-authority-elliptic = Take an RSA authority; with an elliptic one only level 0, without a check, may be left on this module.
fix-file-issue-without-critical-name = Issue it without critical name limits or policies: a small reader refuses what it does not know.
fix-file-issue-client-certificate-again-signed = Issue the client certificate again, signed with RSA and SHA-256.
fix-file-leave-root-whatever-broker = Leave the root and whatever the broker knows out of the file; one intermediate is usual.
fix-file-take-original-file-again = Take the original file again: what is lost inside cannot be made good.
fix-file-convert-ssh-keygen-p = Convert it: ssh-keygen -p -m PEM -f FILE, or let air780e certs do it.

## evidence

seen-no-answer = no answer
seen-no-answer-to = { $command }: no answer
seen-nothing-came = { $command }: no { $expected } came
seen-not-registered = not registered in the network: state { $stat }
seen-not-attached = registered, but no data connection
seen-registration = { $by }: registration state { $registration }

## rules/command

fact-command-fields-where-1-3 = { $fields } fields where 1, 3 or 7 are right

## rules/here

fact-here-only-builds-fs-ms = of { $name } only the builds _FS and _MS have settings for TLS
fact-here-address-inside = { $host } is { $list }, an address inside
fact-here-computer-name-servers-do = this computer's name servers do not answer for { $host }, or only for now not
fact-here-computer-knows-no-way = this computer knows no way to any other network
fact-here-computer-resolver-failed-error = this computer's resolver failed with error { $number }
fact-here-computer-resolver-did-not = this computer's resolver did not answer for { $host } in time
fact-here-computer-resolves = this computer resolves { $host } to { $list }
fact-here-address-no-name-resolve = { $host } is an address: there is no name to resolve
fact-here-computer-resolver-says-no = this computer's resolver says that there is no { $host }
fact-here-module-resolved = the module resolved { $host } to { $address }
fact-here-refuses-computer-nothing-listens = { $address } refuses this computer: nothing listens there
fact-here-does-not-answer-computer = { $address } does not answer this computer
fact-here-opens-computer = { $address } opens from this computer
fact-here-speaks-first-no-mqtt = { $address } speaks first, which no MQTT broker does: { $words }
fact-here-network-unreachable = the network is unreachable
fact-here-host-unreachable = the host is unreachable
fact-here-network-down = the network is down
fact-here-computer-own-rules-forbid = this computer's own rules forbid it
fact-here-connection-cannot-tried = the connection cannot be tried
fact-here-computer-no-way = this computer has no way to { $address }: { $why }
fact-here-same-login-under-another = the same login under another client ID from this computer: CONNACK { $code }

## rules/losses

fact-losses-closed-after-without-traffic = { $command }: CLOSED after { $seconds } s without traffic

## rules/marks/comparing

fact-comparing-without-module-limits-computer = without the module's limits this computer agrees on { $suite }
fact-comparing-module-suites-files-does = with the module's suites and files it does not: { $cause }
fact-comparing-opens-computer-exists-inside = { $address } opens from this computer, and exists inside a network only
fact-comparing-ended = { $subject } ended on { $day }

## rules/marks/reception

fact-reception-msub-bytes-announced-came = +MSUB: "{ $topic }": { $announced } bytes announced, { $bytes } came
fact-reception-msub-bytes-came-back = +MSUB: "{ $topic }": { $bytes } bytes of { $whole } came back
fact-reception-msub-names-place-cache = +MSUB names a place of the cache
fact-reception-messages-lay-cache = { $count } messages lay in the cache
fact-reception-messages-before-any-subscription = { $count } messages before any subscription, the first to "{ $topic }"

## rules/marks/payload

fact-payload-closed-bytes = CLOSED on { $bytes } bytes

## rules/marks/cloud

fact-cloud-date = its date is { $day }

## rules/marks/staying

fact-staying-closed-after-last-traffic = CLOSED, { $seconds } s after the last traffic
fact-staying-did-not-come-back = it did not come back, as others did

## rules/network

fact-network-network-reject-cause-type = { $by }: the network's reject cause is { $cause } (type { $kind })

## rules/port

fact-port-answered-ok-bit = AT is answered by OK at { $rate } bit/s
fact-port-bytes-answer-none-text = { $bytes } bytes in answer to AT, none of them text

## rules/quiet

fact-quiet-no-message = no message in { $seconds } s
fact-quiet-kept-by-broker = traced: the broker confirmed no. { $number } and did not send it to this computer, which was subscribed all the while ({ $count } of { $traced })

## rules/tls here

fact-tls-here-answers-computer-tls = { $host }:{ $port } answers this computer in TLS
fact-tls-here-does-not-speak-tls = { $host }:{ $port } does not speak TLS
fact-tls-here-lets-computer-closes-once = { $address } lets this computer in and closes at once
fact-tls-here-web-server-answers-computer = a web server answers this computer there: { $words }
fact-tls-here-port-opens-computer-never = the port opens from this computer and never answers the module's offer
fact-tls-here-computer-offers-module-suites = this computer offers the module's suites: the broker takes { $name }
fact-tls-here-refuses-every-aes-suite = it refuses every AES suite of the module
fact-tls-here-tls-1-3-works = TLS 1.3 works from this computer, TLS 1.2 is refused
fact-tls-here-more-signature-algorithms-same = with more signature algorithms the same suites work
fact-tls-here-computer-agrees-tls-other = this computer agrees on TLS with its other suites
fact-tls-here-broker-certificate-elliptic-curve = the broker's certificate has an elliptic-curve key of { $bits } bits
fact-tls-here-broker-certificate-rsa-key = the broker's certificate has an RSA key of { $bits } bits
fact-tls-here-shows-computer-no-certificate = it shows this computer no certificate with any suite
fact-tls-here-answer-computer-offer-not = the answer to this computer's offer is not TLS: { $words }
fact-tls-here-port-closes-offer-module = the port closes on the offer of the module's suites, without an alert, and shakes hands with others
fact-tls-here-port-opens-computer-closes = the port opens from this computer and closes on the offer of TLS, without an alert
fact-tls-here-header-proxy-front-proxy = with the header of a proxy in front (PROXY protocol) it answers the same offer in TLS
fact-tls-here-module-may-speak-alone = the module may speak { $pinned } alone; the broker { $answer }
fact-tls-here-takes = takes it
fact-tls-here-refuses-takes-tls-1 = refuses it and takes TLS 1.2
fact-tls-here-answers = answers with { $answers }
fact-tls-here-without-server-name-computer = without a server name this computer gets the same certificate
fact-tls-here-without-server-name-computer-gets = without a server name this computer gets another certificate: { $subject }
fact-tls-here-without-server-name-computer-refused = without a server name this computer is refused (alert { $alert })
fact-tls-here-without-server-name-computer-gets-no = without a server name this computer gets no agreement
fact-tls-here-module-firmware-names-server = the module's firmware names the server
fact-tls-here-module-firmware-names-no = the module's firmware names no server: V1161 is the first that does
fact-tls-here-broker-refuses-computer-offer = the broker refuses this computer's offer of the module's suites (alert { $alert })
fact-tls-here-alone-taken = { $suite } alone is taken
fact-tls-here-alone-refused = { $suite } alone is refused
fact-tls-here-key-neither-rsa-nor-curve = the key in the broker's certificate is neither plain RSA nor a curve (RSA-PSS or DSA): none of the module's suites can use it
fact-tls-here-address-is-no-server-name = an address is no server name (SNI): a server that needs one refuses this computer in the same way
fact-tls-here-in-clear-it-is-a-broker = in clear it answers this computer as an MQTT broker (CONNACK)
fact-tls-here-in-clear-it-is-no-broker = in clear it does not answer as an MQTT broker either

## rules/tls here/client

fact-client-broker-demands-certificate-computer = the broker demands a certificate of this computer
fact-client-broker-demands-no-certificate = the broker demands no certificate of this computer
fact-client-asks-certificate = it asks for a certificate of: { $shown }
fact-client-whole-handshake-works-computer = the whole handshake works from this computer with the module's files and suites: { $suite }
fact-client-broker-refuses-computer-after = the broker refuses this computer after the client's certificate (alert { $alert })
fact-client-computer-accepts-broker-certificate = this computer accepts the broker's certificate
fact-client-ca-file-does-not = the CA file does not load on this computer
fact-client-client-certificate-does-not = the client certificate does not load on this computer
fact-client-client-key-does-not = the client key does not load on this computer
fact-client-no-client-certificate-set = no client certificate is set
fact-client-no-client-key-set = no client key is set
fact-client-client-key-does-not-belong = the client key does not belong to the client certificate

## rules/tls here/doubts

fact-doubts-broker-sends-chain-out = the broker sends its chain out of order
fact-doubts-ca-file-holds-certificates = the CA file holds { $certificates } certificates
fact-doubts-broker-certificate-message-bytes = the broker's certificate message has { $bytes } bytes; small stacks surely hold { $most }
fact-doubts-certificate-chain-rsa-key = certificate { $number } of the chain has an RSA key of { $bits } bits
fact-doubts-certificate-chain-signed = certificate { $number } of the chain is signed with { $how }
fact-doubts-broker-certificate-allows-other = the broker's certificate allows other uses of its key, and not key encipherment
fact-doubts-broker-certificate-not-servers = the broker's certificate is not for servers
fact-doubts-broker-certificate-common-name = the broker's certificate has { $name } as its common name and no alternative name
fact-doubts-same-handshake-same-files = the same handshake with the same files works from this computer
fact-doubts-offer-without-signature-algorithms = an offer without signature algorithms, as old stacks make it, is refused

## rules/tls here/trust

fact-trust-broker-chain-leads-ca = the broker's chain leads to the CA file, by this computer's check (verify 0)
fact-trust-ca-file-issued-broker = the CA file issued the broker's chain
fact-trust-broker-certificate-signed-itself = the broker's certificate signed itself: { $subject }
fact-trust-ca-file-issued-certificate = the CA file issued a certificate of the chain and is no root itself: the module ends a chain in it only with AT+SSLCFG="verifymode",88,1
fact-trust-broker-certificate-new-begins = the broker's certificate is new: it begins on { $day }
fact-trust-module-clock-says-computer = the module's clock says { $module }, this computer's { $pc }
fact-trust-broker-chain-issued-ca = the broker's chain was issued by { $issuer }; the CA file is { $authority }
fact-trust-computer-check-same-ca = by this computer's check with the same CA file: verify { $verify }
fact-trust-broker-certificate = the broker's certificate is for { $name }
fact-trust-broker-certificate-not = the broker's certificate is for { $names }, not for { $name }
fact-trust-broker-certificate-valid = the broker's certificate is valid from { $from } to { $to }
fact-trust-certificate-chain-valid = certificate { $number } of the chain, { $subject }, is valid from { $from } to { $to }

## rules/traffic

fact-traffic-bytes-most-taken = { $bytes } bytes, at most { $most } are taken

## scan

fact-scan-module-can-connect-without = The module can connect to { $place }. Without a CA file nobody is checked (level 0); with the right one the server can be checked too (level 1).
fact-scan-both-sides-checked = both sides checked
fact-scan-server-checked = the server checked
fact-scan-module-can-connect-security = The module can connect to { $place } with { $who } (security level { $number }).
fact-scan-stopped-before-end = it was stopped before the end
fact-scan-not-over-within-time = it was not over within its time limit
fact-scan-later-connection-dropped = the server took the first offer and dropped a later connection without a word, as brokers do that count connections; wait some minutes
fact-scan-computer-could-not-look = This computer could not look at { $place }: { $why }. That says nothing about the module.
scan-with-cause = { $what }: { $cause }
fact-scan-why-not-decided = { $what }; why is not decided.

## scan/answers

fact-offer-not-tried = not tried
fact-offer-server-takes = the server takes it
fact-offer-server-takes-offer-not = the server takes the offer; not testable by handshake on this computer
fact-offer-server-answers-0x = the server answers with 0x{ $other }
fact-offer-answer-does-not-fit = the answer does not fit the offer
fact-offer-certificate-not-believed = the certificate is not believed
fact-offer-answer-not-tls = the answer is not TLS
fact-offer-closed-without-word = closed without a word
fact-offer-no-answer-time = no answer in time
fact-offer-no-connection = no connection
fact-offer-not-testable-handshake-computer = not testable by handshake on this computer

## The CA file for the module

authority-module-file-believes-certificate = A module with this file believes this one certificate and nobody else's: it must be changed when the broker's is. It came over the very line that it shall protect, so compare the fingerprint with whoever runs the broker before you use it.
authority-module-file-believes-every = A module with this file believes every server that this authority certifies. The broker sent it itself, over the very line that it shall protect: compare the fingerprint with whoever runs the authority before you use it.
authority-module-file-believes-every-server = A module with this file believes every server that this authority certifies, for any name it issues. It comes from this computer's own store, which believes it too.
authority-intermediate-root-neither-sent = This is an intermediate, as its root is neither sent nor known here. A module needs AT+SSLCFG="verifymode",88,1 to end a chain in it, and it ends sooner than a root. It came over the very line that it shall protect: compare the fingerprint before you use it.
authority-chain-signed-across-could = The chain is signed across: it could end in { $theirs } (until { $until }) as well. { $mine } is kept because it serves longer or better.
authority-way-needs-elliptic-curve = its way needs an elliptic curve
authority-chain-could-also-end = The chain could also end in { $theirs } (until { $until }), but that does not work: { $why }.
authority-root-above-ask-where = The root above it is { $issuer }: ask for it where you can trust the answer, and use that instead.
authority-last-certificate-chain-signed = The last certificate of the chain is signed across by { $issuer }, which this computer does not believe: { $mine } works, as the chain reaches it before.
authority-no-authority-sure-do = No authority is sure to do: the way to it needs a signature or key size that small stacks may not know. What is left then is security level 0, or a certificate signed with RSA and SHA-256, perhaps on another port of the broker.
authority-no-ca-file-kept = No CA file is kept: the server shows no certificate.
authority-no-ca-file-kept-server = No CA file is kept: the server sends its own certificate alone, and its issuer { $issuer } is not known here. Ask whoever runs the broker for it, or have the broker send its full chain.
authority-no-ca-file-kept-no = No CA file is kept, as no authority would do: the way to { $authority } needs an elliptic curve, which the module's RSA suites come without. { $left }
authority-no-ca-file-kept-check = No CA file is kept: a check with { $authority } fails all the same (verify { $verify }). Renew the broker's certificate. { $left }

## Naming a server

place-not-bare-name-address = "{ $shown }" is not the bare name or address of a server; write { $meant }
place-not-name-address-server = "{ $shown }" is not the name or address of a server; write HOST or HOST:PORT in plain letters and digits

## What speaks against a file

file-empty = is empty
file-not-certificates = holds neither a certificate nor a key
file-wrong-content = holds no certificate but something else
file-utf16 = is UTF-16
file-byte-order-mark = begins with a byte order mark
file-carriage-returns-only = ends its lines with CR alone
file-literal-line-ends = has \n written out in place of line ends
file-binary = is binary (DER), not PEM
file-container = is a container (PKCS#7 or PKCS#12), not PEM
file-trusted-header = begins with TRUSTED CERTIFICATE, which only OpenSSL reads
file-stray-text = has { $bytes } bytes of other text
file-too-big = has { $bytes } bytes; the module writes 10240 at most
file-bundle = holds { $certificates } certificates
file-pass-phrase = is behind a pass phrase
file-pkcs8 = holds a PKCS#8 key
file-curve-parameters = begins with EC PARAMETERS
file-elliptic-key = holds an elliptic-curve key
file-key-size = holds an RSA key of { $bits } bits
file-expired = holds a certificate that has expired, by this computer's clock
file-not-yet-valid = holds a certificate that is not valid yet
file-not-an-authority = holds a certificate that is no authority's
file-is-an-authority = holds an authority's certificate
file-not-for-clients = holds a certificate that is not meant for clients
file-old-signature = holds a certificate that is signed with SHA-1 or MD5
file-uncommon-signature = holds a certificate with a signature that small stacks may not know
file-open-ssh-key = holds a key in OpenSSH's own form
file-not-rsa = holds a key that is not RSA
file-usage-missing = holds a certificate whose keyUsage lacks digitalSignature, with which a client proves its key
file-no-key-encipherment = holds a server's certificate whose keyUsage lacks keyEncipherment, which the module's suites need
file-wrong-order = does not begin with the device's own certificate
file-long-chain = holds a chain of { $bytes } bytes; modules are known to take 4096 to 6144
file-critical-extension = holds a certificate with a critical extension that small readers do not know: { $name }
file-damage-joined = has its lines joined
file-damage-no-footer = has no END line: it was cut
file-damage-other-footer = ends with another END line than it begins with
file-damage-dashes = does not have five dashes in line { $line }
file-damage-indented = has a blank in front of line { $line }
file-damage-character = has a wrong character in line { $line }, column { $column }
file-damage-dressed = is whole, but written as part of something else (program, mail, web form), not as PEM
file-damage-cut = was cut: it has { $bytes } bytes of { $wanted }
file-damage-behind = has { $bytes } bytes behind its end
file-damage-signature = holds a certificate that was changed: its own signature does not fit it
file-damage-content = is PEM by its look, but what it holds cannot be read
file-sentence = { $file } { $what }
file-of-authority = the CA file
file-of-client-certificate = the file of the client certificate
file-of-client-key = the file of the client key
file-damage-lost = has lost { $characters } base64 characters
file-damage-lost-at = has lost { $characters } base64 characters: line { $line } is shorter than the others
file-damage-surplus = has { $characters } base64 characters too many
file-damage-surplus-at = has { $characters } base64 characters too many: line { $line } is longer than the others
file-wrong-content-key = holds no key
file-usage-missing-authority = holds an authority whose keyUsage does not allow it to sign certificates (keyCertSign)
fact-text-will-too-long = the will has { $bytes } bytes where { $limit } are taken
scan-only-unchecked = The module connects to { $place } only while nobody is checked (security level 0)
scan-cannot = The module cannot connect to { $place } with TLS
scan-doubt = { $said } A doubt remains: { $cause }
authority-left = What is left is security level 0, where nobody is checked, or a certificate with RSA and SHA-256, perhaps on another port of the broker.
