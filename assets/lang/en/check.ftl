# What a check says, step by step and in the end.

check-open = { $port } is open
check-open-simulated = { $port } is open (SIMULATED: a virtual modem, no hardware)
check-rung = { $rung }: { $state }
check-rung-port = port
check-rung-at = at
check-rung-sim = sim
check-rung-signal = signal
check-rung-network = network
check-rung-data = data
check-rung-dns = dns
check-rung-tcp = tcp
check-rung-tls = tls
check-rung-mqtt = mqtt
check-rung-subscribed = subscribed
check-state-confirmed = confirmed
check-state-failed = failed
check-state-stale = stale
check-was-none = { $answer } (there was none)
check-message = message on { $topic }: { $payload }
check-no-text = { $bytes } bytes that are no UTF-8: { $digits }
check-text-in = { $text } ({ $charset })
check-messages-ended = the table of messages ends here: { $why }
check-probably-cut = this message is probably cut: it has exactly as many bytes as this module prints at most; send less in one message, or use --cached
check-perhaps-cut = this message may be cut: other modules of the family print exactly so many bytes at most, and for this model nothing is stated; try one that is longer
check-publish = publish { $id }: { $state }
check-delivery-accepted = accepted
check-delivery-received = received
check-delivery-confirmed = confirmed
check-delivery-failed = failed: { $fault }
check-delivery-unknown = unknown: { $fault }
check-subscribed = subscription { $filter }: confirmed
check-unsubscribed = subscription { $filter }: ended
check-not-subscribed = subscription { $filter }: failed: { $fault }
check-lines-left-out = { $lines } terminal lines left out
check-events-left-out = { $lines } terminal lines left out, and { $others } other events, messages among them

## Coming back

check-try-planned = try { $attempt } to come back follows at { $due } s
check-trying = trying to come back by { $way }
check-in-vain = { $way } was in vain: { $fault }
check-back = the session is back by { $way }
check-port-back = { $port } is back
check-port-gone = the port is gone; waiting for it to come back
check-connect-again = connecting was in vain: { $fault }; another try follows in { $seconds } s
check-not-closed = the broker connection did not close in time

## What the module says of itself

details-module = the module: { $values }
details-nothing = the module: it says nothing of itself
details-value = { $name } { $value }
details-explained = { $value } ({ $meaning })
details-firmware = firmware
details-chip = chip
details-built = built
details-clock = clock
details-last-start = last start
details-supply = supply
details-radio = radio
details-radio-off = off
details-radio-on = on
details-radio-flight = flight mode
details-operator = operator
details-signal = signal
details-bearers = bearers
details-bearer-up = { $context } up
details-bearer-down = { $context } down
details-rate = rate
details-rate-automatic = automatic

## The end

check-ok = OK: { $counted }
check-failed = FAILED: { $why }
check-failed-at = FAILED at { $rung }: { $why }
check-published = published { $count }
check-confirmed = confirmed { $count }
check-not-sent = not sent { $count }
check-perhaps-sent = unknown whether sent { $count }
check-received = received { $count }
check-lost = lost in the module's cache { $count }
check-times-accept = command to OK: { $times }
check-times-ack = OK to confirmation: { $times }
check-undecided = Undecided. What would decide: { $step }
check-perhaps = perhaps { $id } { $key }: { $cause }
check-cause = { $id } { $key }: { $cause }
check-or = or { $id } { $key }: { $cause }
check-fix = What to do: { $fix }
check-excluded = Not the cause: { $names }
check-because = because: { $fact }
check-because-at = because { $place }: { $fact }
check-place-time = { $at } s
check-place-line = line { $line }
check-recovered = recovered: { $begin } s to { $end } s: { $fault } ({ $why })
check-recovered-open = recovered: { $begin } s: { $fault } ({ $why })
check-cause-undecided = cause undecided
check-stopped = stopped before the end
check-no-message = no message with the awaited text came within { $limit } s
check-came-back-cut = the awaited message came back cut: { $came } bytes of { $sent }
check-too-long = the check took longer than { $limit } s; last: { $last }
check-lost-and-back = the session was lost { $drops } times and came back each time

## Arguments

check-option = { $option }: { $why }
check-option-meant = { $option }: { $why }; you may mean { $meant }
check-no-qos = QoS { $qos } is none; it is 0, 1 or 2
check-no-rate = { $port } says nothing at any of { $rates }; check port, wiring and power
check-port-unusable = { $port }: { $why }; check the port's name, or who else uses it
check-watch-too-long = --watch { $watch } does not fit into --timeout { $limit }; give a longer time-out
check-find-baud-virtual = --find-baud needs a real port; the virtual modem answers at any rate: leave it out
check-needs-encryption = { $option } without encryption; add --security server, or leave it out
check-security-needs = --security { $level } needs { $what }; give the file, or another level
check-needs-ca = --ca
check-needs-cert-key = --cert and --key
check-encrypted-takes-no-files = --security encrypted checks nothing, so --ca and --cert have no use; choose server or mutual
check-cert-key-mutual = --cert and --key belong to --security mutual; choose it, or leave them out
check-apn-user-without-auth = --apn-user without --apn-auth; say pap or chap, as the provider of the card does
check-will-too-long = --will-payload has { $bytes } bytes; the module takes at most { $limit }: shorten it
check-repaired = { $option } { $name }: repaired in memory: { $before } -> { $after }
check-doubt = { $option } { $name }: { $id }: { $what }; { $fix }
check-file-not-taken = { $option } { $name }: the module would not take it: { $why }; give { $wanted } as PEM
check-file-hopeless = { $option } { $name }: no connection would come of it: { $why }; give { $wanted } as PEM
check-wanted-authority = the certificate of the authority that issued the broker's
check-wanted-certificate = the module's certificate
check-wanted-key = an RSA key without pass phrase
check-not-a-pair = --cert and --key do not belong together; give the key that the certificate was made for
check-several-keys = --key { $path }: more than one key lies in it; the one that belongs to --cert is taken
check-trace = { $words }
check-cannot-join = this computer cannot join the broker: { $error }
check-joined = this computer has joined the broker
check-subscription-refused = the broker refuses this computer the subscription { $filter }
check-not-joined = this computer is not at the broker: { $why }
check-joined-again = this computer has joined the broker; its session goes on
