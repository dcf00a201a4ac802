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
watch-cell = cell { $name }
watch-journal = the journal is { $path }
watch-journal-busy = another watch is writing it; choose another file
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

## Coming back to a lost session

comeback-field = Session lost
comeback-off = do nothing
comeback-ask = ask me
comeback-automatic = come back by itself
comeback-pauses = Pauses
comeback-first-pause = First pause before coming back
comeback-longest-pause = Longest pause before coming back
comeback-asking = The session was lost. Come back?
comeback-waiting = Coming back: try { $number } in { $seconds } s
comeback-trying = Coming back: try { $number }, { $way }
comeback-port = The port is gone; it is opened again as soon as it is there
comeback-lost = Lost at { $time }: { $why }
comeback-return = Come back
comeback-always = Always
comeback-always-hint = Come back, and by itself from now on in this profile.
comeback-leave = Leave it
comeback-stop = Stop trying
comeback-now = Try now

## The Watch page and the report

watch-empty = Nothing watched yet
watch-empty-hint = A watch keeps one session for hours and explains every drop. Journals of the command line open here too.
watch-new = New watch
watch-start = Start watching
watch-stop = End watch
watch-close-form = Close the form
watch-awaiting = Begins as soon as there is a session
watch-open = Open a journal
watch-open-hint = Of "air780e watch", or of this window.
watch-path = Path of the journal
watch-read = Read
watch-own-journals = Written by this window
watch-reading = Reading…
watch-report = Save report
watch-report-hint = One HTML file with the picture, in both languages, without script.
watch-nothing-yet = Watch first, or open a journal
watch-progress = Time watched
watch-shown = Watch shown
watch-own-name = Watch of this window
watch-forget = Close this journal; its file stays
watch-against-none = compared with none
watch-held-against = Compared with
watch-comparison = Comparison
watch-not-over = Its time is not over.
watch-go-on = Go on watching
watch-other-session = This journal is of a session with { $broker } and a keep-alive of { $keep_alive } s; connect to that first.
watch-unreadable = { $path }: { $detail }
watch-form-hint = While it runs, a lost session is opened again by itself. The journal survives a crash and can be gone on with.
watch-field-hours = Hours
watch-field-publish = Publish every (s)
watch-field-qos = Quality of service
watch-field-topic = Topic
watch-field-signal = Signal every (s)
watch-field-drops = Drops allowed
watch-wrong-hours = Hours: a number up to 200
watch-wrong-seconds = Seconds: a whole number up to 86400
watch-wrong-drops = Drops allowed: a whole number, or nothing for no limit
watch-strip = Course of the watch: session, drops, signal
watch-lane-session = Session
watch-lane-signal = Signal
watch-strip-hint = Wheel zooms, drag pans, double-click shows all; a click on a drop shows the time around it. High and red: lost; low and green: open; a thin line: nobody watched.
watch-figures = Figures
watch-by-cause = Drops by cause
watch-every-drop = Every drop
watch-losses = Losses of the session in this window
watch-drops-left = { $n } older ones are in the report
watch-drop-name = Drop { $n } · { $time }
watch-look-at-drop = Show the time around it
watch-back-after = back after { $time }
watch-vain =
    { $n ->
        [one] 1 try in vain
       *[other] { $n } tries in vain
    }
watch-report-title = Watch: { $name }
watch-picture = The session over time (high: lost, low: open, thin: nobody watched), drops marked, and the signal below in dBm.
watch-verdict-ok = Verdict: fine.
watch-verdict-failed = Verdict: failed ({ $failure }).
watch-verdict-failed-by = Verdict: failed ({ $failure }), by { $id }.
watch-cause = { $id } { $words }
watch-cause-none = Unexplained
watch-cause-perhaps = Unexplained, perhaps { $ids }
watch-before = quiet for { $quiet } before
watch-before-signal = { $dbm } dBm and quiet for { $quiet } before
watch-column-cause = Cause
watch-column-count = Drops
watch-column-number = No.
watch-column-begin = Begin
watch-column-lasted = Back after
watch-column-by = By
watch-column-before = Before
watch-column-helped = Helped
watch-figure-broker = Broker
watch-figure-begin = Begin
watch-figure-plan = Messages of its own
watch-figure-publishes = one every { $seconds } s at QoS { $qos }
watch-figure-publishes-nothing = none
watch-figure-keep-alive = Keep-alive
watch-figure-watched = Watched
watch-figure-up = Connected
watch-figure-drops = Drops
watch-figure-per-hour = Drops an hour
watch-figure-return = Time to return
watch-figure-return-both = { $middle } in the middle, { $longest } at most
watch-figure-quiet = Longest quiet time survived
watch-figure-messages = Messages
watch-figure-messages-counts = { $published } published, { $confirmed } confirmed, { $failed } not sent, { $unknown } unknown, { $received } received
watch-figure-signal = Signal
watch-figure-unwatched = Nobody watched
watch-figure-operators = Operators
watch-figure-cells = Cells (area-cell)
watch-figure-cells-named = { $count }: { $names }
watch-figure-supply = Supply
