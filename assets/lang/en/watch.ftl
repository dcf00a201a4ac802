# words

watch-no-drop = No drop in { $time }
watch-unexplained = { $count } unexplained
watch-another-client-same-client = { $count } by another client with the same client id
watch-after-nothing-had-reached = { $count } after nothing had reached the broker for a keep-alive
watch-after-keep-alive-too = { $count } after a keep-alive too long for the network
watch-network-took-data-connection = { $count } by the network, which took the data connection away
watch-without-sim-card = { $count } without a SIM card
watch-port-vanished = { $count } with the port, which vanished
watch-command-side = { $count } by a command from this side
watch-by = { $count } by { $id } ({ $cause })
watch-after-signal-dbm-less = { $count } after a signal of { $most } dBm or less
watch-after-signal-lost = { $count } after the signal was lost
watch-h = h
watch-min = min
watch-s = s

## compare

watch-nothing-tells-apart = nothing tells them apart
watch-more-than-chance-so = more than chance: so uneven counts come by chance in { $percent } % of such pairs
watch-probably-more-than-chance = probably more than chance ({ $percent } % by chance alone); watch longer to be sure
watch-may-chance-counts-uneven = it may be chance: counts as uneven as these come by chance in { $percent } % of such pairs
watch-against = { $one } against { $other }: { $what }.

## finder

watch-quiet-time-survived-cut = A quiet time of { $survived } was survived, one of { $cut } was cut
watch-every-quiet-time-up = Every quiet time up to { $survived } was survived
watch-already-quiet-time-cut = Already a quiet time of { $cut } was cut
watch-nothing-found = Nothing was found
watch-keep-alive-safe-here = a keep-alive of { $safe } s is safe here
watch-try-longer-ones-know = try longer ones to know a safe keep-alive
watch-path-bears-no-usual = this path bears no usual keep-alive: ask the provider of the card, or let the application send often

## watching

watch-no-way-back-helped = No way back helped. Press RESET, or take the supply away for ten seconds; if the module stays silent, hold its power key for two seconds.

## The summary of a watch

watch-drops =
    { $count ->
        [one] { $count } drop in { $time }
       *[other] { $count } drops in { $time }
    }
watch-in =
    { $count ->
        [one] { $count } drop in { $time }
       *[other] { $count } drops in { $time }
    }
watch-restart-supply =
    { $count ->
        [one] { $count } restart by the supply
       *[other] { $count } restarts by the supply
    }
watch-restart-module-itself =
    { $count ->
        [one] { $count } restart of the module itself
       *[other] { $count } restarts of the module itself
    }
watch-broker-restarts =
    { $count ->
        [one] { $count } by a restart of the broker
       *[other] { $count } by restarts of the broker
    }
watch-summary = { $drops }. { $uptime }
watch-summary-by-cause = { $drops }: { $causes }. { $uptime }
watch-comma = ,{" "}
watch-semicolon = ;{" "}
watch-uptime = Connected for { $share } % of the time
watch-longest-quiet = the longest quiet time survived was { $time }
watch-unwatched = nobody watched for { $time }
watch-sentence = { $what }.
watch-span = { $value } { $unit }
watch-quiet = { $what }; { $advice }.
watch-quiet-given-up = { $what } (given up: the session was lost by other causes); { $advice }.

## A watch as it goes

watch-begins = watching { $broker } for { $seconds } s
watch-through = watching through { $port }
watch-session-open = the session is open
watch-drop = drop { $number }: { $what }
watch-drop-because = drop { $number }: { $what }, because { $fact }
watch-named = { $id } ({ $certainty })
watch-no-cause = unexplained
watch-perhaps = unexplained, perhaps { $ids }
watch-seen = seen
watch-likely = likely
watch-possible = possible
watch-way-link = a new connection
watch-way-context = a new TCP context
watch-way-radio = a restart of the radio
watch-way-module = a restart of the module
watch-helped = { $way } helped
watch-port-gone = the port vanished
watch-port-away = { $port } is gone; waiting for it to come back
watch-gap = nobody watched for { $seconds } s
watch-missed = the session was lost while nobody watched
watch-over = the time is over
watch-signal = signal { $dbm } dBm
watch-no-signal = no signal
watch-journal = the journal is { $path }
watch-journal-busy = --journal { $path }: another watch is writing it; choose another file
watch-journal-over = --journal { $path }: this watch is over; read it with "air780e drops", or choose another file
watch-journal-of-other = --journal { $path }: this watch was begun with other arguments; give the same ones, or choose another file
watch-journal-unwritten = the journal cannot be written: { $why }; make room, and it goes on
watch-no-journal-line = line { $line }: this is no line of a watch's journal; give a file that air780e watch wrote
watch-no-watch-in-it = there is no watch in it; give the journal of a watch
watch-publish-how-often = --publish without --publish-every; say how many seconds lie between two messages

## How a watch ended

watch-failed-by = FAILED: { $why } ({ $id })
watch-never-opened = the session never opened
watch-did-not-come-back = the session was lost at { $at } and did not come back
watch-lost-too-often = the session was lost { $drops } times, { $most } allowed
watch-lost-by-one-cause = the session was lost { $count } times by { $id }
watch-drop-line = drop { $number } at { $at }: { $course }; { $what }; { $before }: { $why }
watch-still-lost = still lost
watch-seconds = { $seconds } s
watch-partly-unwatched = for a part of it nobody watched
watch-back-by = back by { $way }
watch-quiet-before = quiet for { $seconds } s
watch-signal-before = signal { $dbm } dBm before

## Quiet times

quiet-survived = quiet for { $seconds } s: survived
quiet-cut = quiet for { $seconds } s: cut
quiet-disturbed = quiet for { $seconds } s: disturbed
quiet-port-closed = the port was closed
quiet-too-many-requests = too many requests are waiting; try again in a moment
quiet-port-ended = the connection to the port has ended
