# What the broker says of its clients, its files and its ports.

broker-session-goes-on = its session goes on
broker-session-new = a new session
broker-connected = { $client } connected from { $peer }: MQTT { $version }, keep alive { $seconds } s, { $session }
broker-connected-as = { $client } connected from { $peer } as { $user }: MQTT { $version }, keep alive { $seconds } s, { $session }
broker-refused = refused from { $peer }: { $why }
broker-refused-client = refused { $client } from { $peer }: { $why }
broker-disconnected = { $client } disconnected ({ $peer })
broker-disconnected-reason = { $client } disconnected with reason { $code } ({ $peer })
broker-gone = { $client } is gone without a good-bye ({ $peer })
broker-cut-off = { $client } was cut off ({ $peer }): { $why }
broker-subscribed = { $client } subscribed to { $filter } with QoS { $qos }
broker-may-not-subscribe = { $client } may not subscribe to { $filter }: { $code }
broker-unsubscribed = { $client } unsubscribed from { $filter }
broker-may-not-publish = { $client } may not publish to { $topic }; its message goes to nobody
broker-will = the will of { $client } goes to { $topic }
broker-session-expired = the session of { $client } expired
broker-limited = limit: { $limit } ({ $times } times)
broker-limited-client = limit: { $limit } ({ $times } times, last for { $client })
broker-not-kept = the store cannot be written, nothing is kept: { $error }
broker-missed = { $count } events are left out here
broker-open-to-readers = WARNING: this broker listens on { $address }: passwords and messages on the port without TLS cross the network readable for everybody between. Use --bind 127.0.0.1 to keep it to this computer.
broker-open-to-all = WARNING: this broker listens on { $address }: everybody who reaches this computer can read and write, without password. Use --bind 127.0.0.1 to keep it to this computer.

## Bounds

broker-limit-queue = the queue of a client is full, messages to it are dropped
broker-limit-retained = the store of retained messages is full
broker-limit-client-packet = messages are larger than their receiver takes
broker-limit-half-received = half-received packets hold too much memory
broker-limit-outbound = a client reads too slowly
broker-limit-connections = there are too many connections
broker-limit-sessions = there are too many sessions
broker-limit-subscriptions = a client has too many subscriptions

## Why a client is refused or cut off

broker-no-connect = no CONNECT within the time allowed
broker-keep-alive = silent for one and a half keep-alive periods
broker-not-connect = the first packet is not a CONNECT
broker-flags = packet type { $type } with flags { $flags }
broker-zero-identifier = a packet identifier of zero
broker-wrong-packet = a packet that only a server may send, or of another protocol version
broker-malformed = a malformed packet: { $what }
broker-protocol = a protocol error: { $what }
broker-topic-alias = a topic alias that is out of range or stands for nothing
broker-receive-maximum = more unfinished messages than the receive maximum allows
broker-too-large = a packet larger than this broker takes
broker-version = { $client }; this broker speaks MQTT 3.1.1 and 5
broker-version-3 = the client speaks MQTT 3.1
broker-version-bridge = the client is a bridge with a protocol level of its own
broker-version-other = the client speaks protocol level { $level }
broker-client-id = an empty client identifier for a session that shall stay; give the client one, or a clean session
broker-no-user = no user name, and this broker lets in known users only
broker-password = a user name or password that is not on the list
broker-authentication-method = an authentication method, which this broker does not offer
broker-sessions = as many sessions as the limit allows
broker-taken-over = another connection came with the same client identifier
broker-kicked = the program wants this client cut off
broker-slow-reader = { $waiting } bytes wait to be read by the client
broker-half-received = half-received packets hold too much memory together, and this client's is the largest
broker-quota = its message would be lost to a limit: { $limit }
broker-crowded = too many connections
broker-handshake = { $why }
broker-panicked = the packet reader panicked
broker-ending = the broker ends
broker-detail-auth-no-method = AUTH without an authentication method
broker-detail-nul = a NUL character in a text
broker-detail-field = a field or property that may not stand there
broker-detail-length = a length of more than four bytes
broker-detail-maximum-zero = a maximum of zero
broker-detail-no-user-name = a password without a user name
broker-detail-property = a property that may not stand there, or stands twice
broker-detail-name = a protocol name that is not MQTT
broker-detail-response-topic = a response topic that is no topic
broker-detail-second-connect = a second CONNECT
broker-detail-expiry = a session that ended with its connection shall stay now
broker-detail-subscription-identifier = a subscription identifier in a client's PUBLISH
broker-detail-answer = an answer that cannot be written
broker-detail-auth-no-data = authentication data without a method
broker-detail-behind = bytes behind the last field
broker-detail-in-empty = bytes in a packet that has none
broker-detail-flags = connect flags that exclude each other
broker-detail-no-properties = it ends before its properties
broker-detail-no-end = it ends in the middle of a field
broker-detail-unfit = its fields do not fit
broker-detail-no-topic = neither a topic nor an alias
broker-detail-no-local = no local in a shared subscription
broker-detail-reserved = reserved bits beside the QoS of a subscription

## Files and ports

broker-users-no-colon = line { $line }: write one user a line as name:password
broker-users-no-name = line { $line }: the name before the colon is empty
broker-users-twice = line { $line }: this name stands on an earlier line too; keep one of them
broker-port-taken = port { $port } on { $ip } is taken by another program; stop that program or choose another port
broker-port-no-right = port { $port } may not be opened without administrator rights; choose a port above 1023
broker-port-kept = Windows keeps port { $port } for itself, often for Hyper-V or WSL (netsh int ipv4 show excludedportrange protocol=tcp lists them); choose another port
broker-address-foreign = { $ip } is not an address of this computer; choose 127.0.0.1, or 0.0.0.0 for all its addresses
broker-cannot-listen = the broker cannot listen on { $address }: { $detail }
broker-no-authority = demanding client certificates needs the CA file that they are checked against
broker-no-file = this is no file
broker-store-busy = another broker keeps its sessions in this file
broker-store-foreign = this is not a store of this broker; choose another file
broker-certificate = the server certificate does not load: { $why }
broker-key = the server key does not load: { $why }
broker-key-mismatch = the server key does not belong to the server certificate
broker-client-authority = the CA file for clients does not load: { $why }
broker-tls-refused = { $why }
broker-not-a-certificate = this is not a certificate in PEM or DER form
broker-not-a-key = this is not a private key in PEM or DER form without a pass phrase
broker-not-a-list = this is not a revocation list in PEM or DER form
