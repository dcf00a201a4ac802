# Texts of the Messages page.

qos-0 = QoS 0 – at most once
qos-1 = QoS 1 – at least once
qos-2 = QoS 2 – exactly once
retain = Retain
bytes = { $n } B
age-now = now
age-seconds = { $n } s
age-minutes = { $n } min
age-hours = { $n } h
age-days = { $n } d
search-empty = Nothing fits the search
payload-empty = (empty)
why-not-connected = Not connected

subscriptions = Subscriptions
subscriptions-empty = None yet. Add a topic below.
subscription-hint = Topic, e.g. mqtt/#
subscription-new = Topic to subscribe to
subscription-new-qos = QoS of the subscription
subscribe = Subscribe
subscription-switch = Subscription { $filter }
subscription-forget = Remove { $filter }
subscription-off = Off
subscription-lasting = Off; the next connection asks for it again
subscription-keep = Keep { $filter } in the profile
subscription-from-messages = made on Messages
subscription-wanted = Waiting to be sent
subscription-accepted = Accepted by the modem (OK), not yet by the broker
subscription-confirmed = Confirmed by the broker (SUBACK)
subscription-failed = Refused, or no answer

messages-part-list = Message list
messages-part-topics = Subscriptions and topics
topics = Topics
topics-search = Search topics
topics-all = Show the messages of all topics
topics-empty = Topics appear here with their first message.
topics-untracked = { $n } messages had too many topics to show here
topic-count = Messages: { $n }
topic-nameless = (no name)
topic-open = Open { $topic }
topic-close = Close { $topic }

messages-all = All
messages-received = Received
messages-sent = Published
messages-search = Search messages
messages-pause = Pause
messages-resume = Go on ({ $n } new)
messages-clear = Clear
messages-counts = { $received } received · { $sent } published
messages-hits = { $n ->
    [one] 1 hit
   *[other] { $n } hits
}
messages-newest = Newest ↓
messages-trimmed = { $n } older ones no longer kept
messages-only-topic = only { $topic }
messages-empty = No messages yet
messages-empty-hint = Subscribe to a topic on the left, or publish one below.
messages-offline-hint = Connect first, then publish below or subscribe on the left.
messages-none-fit-hint = Change the search, the direction or the chosen topic.
message-received = Received
message-sent = Published
message-cut = Cut short
message-cut-hint = The modem announced { $announced } bytes; fewer arrived.
message-probably-cut = Probably cut
message-probably-cut-hint = It has exactly as many bytes as are printed at most in direct mode: 1,360 on an Air780E, 4,100 on an Air780EP, and one of the two where nothing is stated for the model; of a longer message the rest never comes. Send less than that in one message, or let the module keep messages until they are fetched (cached mode, AT+MQTTMSGSET=1).
messages-seam = { $time } · another connection: { $broker }
messages-broker-unknown = broker not known
subscription-received = { $n } received

stage-queued = Queued
stage-sending = Sending
stage-accepted = Accepted
stage-sent = Sent
stage-received = At the broker
stage-confirmed = Confirmed
stage-failed = Not sent
stage-timed-out = No confirmation
stage-unknown = Outcome unknown
stage-queued-hint = It waits for the messages before it.
stage-sending-hint = Its command is on the wire.
stage-accepted-hint = The modem took it (OK). The broker has not confirmed it yet.
stage-sent-hint = The modem took it (OK). At QoS 0 nobody confirms more.
stage-received-hint = The broker has it (PUBREC) and has still to release it (PUBCOMP).
stage-confirmed-hint = The broker confirmed it.
stage-failed-hint = It was certainly not sent.
stage-timed-out-hint = The modem took it, but the broker's confirmation did not come in time. It may have arrived.
stage-unknown-hint = It was on its way when the connection ended. It may have arrived.

details-close = Close the details
details-reuse = Put into the composer
details-copy = Copy
details-left-out = { $n } more bytes are not shown
details-hits = { $n ->
    [one] 1 hit
   *[other] { $n } hits
} in this payload
form-text = Text
form-json = JSON
form-hex = Hex
form-base64 = Base64

composer-topic = Topic
composer-qos = QoS of the message
composer-payload = Payload
composer-format = Payload format
composer-hint-text = Payload as text, UTF-8
composer-hint-json = Payload as JSON, e.g. {"{"}"temperature": 21.5{"}"}
composer-hint-hex = Payload as hex, e.g. 01 A4 FF
composer-hint-base64 = Payload as Base64, e.g. SGVsbG8=
composer-wire = Sends
publish = Publish
publish-hint = Ctrl+Enter

topic-line-end = A line end would break the AT command: remove it
payload-not-json = Not JSON: see line { $line }, column { $column }
payload-not-hex = No hex digit at place { $place }
payload-odd-hex = A hex digit is missing: bytes are pairs of digits
payload-not-base64 = Not Base64 at place { $place }
payload-short-base64 = The Base64 text ends in the middle of a byte

# Details
message-received-hint = The modem prints neither QoS nor retain flag of what arrives.
details-charset = Read as
details-follow = Follow the newest
charset-automatic = Auto: { $charset }
charset-utf8 = UTF-8
charset-gbk = GBK
charset-binary = Bytes
form-history = Changes
json-no-text = No text: choose another character set, or look at the bytes
json-too-deep = JSON, but nested deeper than 128 levels
json-too-long = Longer than 1 MiB: look at the bytes
json-left-out = { $n } more values are not shown
json-copy-path = Copy the path
json-copy-value = Copy the value
history-first = The first message of this topic that is still kept: nothing to compare it with.
history-same = The same as the message before
history-json = Changed values against the message before; { $same } as they were
history-lines = Changed lines against the message before; { $same } as they were
history-bytes = Changed rows of 16 bytes against the message before; { $same } as they were
history-left-out = { $n } more not compared
history-count = Messages of this topic: { $n }
history-row = Message of { $time }: { $payload }

# Chart
chart = Numbers over time
chart-close = Close the chart
chart-show = Draw { $path } over time
chart-hide = Do not draw { $path }
chart-range = { $low } … { $high }
chart-none = no number yet

# Topic tree and subscriptions
topics-pause = Hold the topics still
topics-resume = Let the topics go on
topics-open-all = Open all levels
topics-close-all = Close all levels
topic-address = Publish to this topic
topic-clear-kept = Clear the retained message…
topic-kept = Retained message of { $topic }
topic-kept-published = Retained: published from here with the retain flag, and taken. Click to clear it.
topic-kept-probably = Probably retained: it came right after SUBACK. The modem prints no retain flag, so this is not certain. Click to clear it.
kept-clear-title = Clear the retained message?
kept-clear-lost = The broker forgets the last message that it keeps for this topic. Whoever subscribes later gets nothing until somebody publishes again. This cannot be undone. Topics below it stay as they are.
kept-clear-broker = At the broker { $broker }
kept-clear-no = Keep it
kept-clear-yes = Clear it
topics-order = Order of the topics
topics-order-name = By name
topics-order-newest = Newest message first
topics-order-most = Most messages first
topics-order-kept = Retained first
topic-clear-below = Clear the { $n } retained messages here and below…
topic-why-none-kept = No retained message is known here or below
kept-clear-title-all = Clear { $n } retained messages?
kept-clear-lost-all = The broker forgets the last message that it keeps for each of these topics. Whoever subscribes later gets nothing until somebody publishes again. This cannot be undone. They are cleared one after the other, with the line below for each; it ends when the connection does.
kept-clear-yes-all = Clear all { $n }
subscription-colour = Colour of { $filter }
subscription-qos-hint = The QoS asked for. The modem does not print which one the broker granted.
colour-number = Colour { $n }

# Message list
messages-outcome = Filter by outcome
outcome-any = Any outcome
outcome-open = Under way
outcome-good = Confirmed, or sent at QoS 0
outcome-lost = Not sent, or unknown
messages-export = Save the listed messages
messages-export-json = As JSON, every byte
messages-export-csv = As a table (CSV)
messages-export-none = There is nothing to save
message-copy-payload = Copy the payload
message-copy-topic = Copy the topic

# Composer
format-text = Text
format-gbk = Text (GBK)
format-file = File
composer-hint-gbk = Payload as text in GBK
composer-left = { $used } B, { $left } left
composer-over = { $over } B too many
composer-limits = AT+MPUB takes 2,384 bytes of escaped text (vendor's tutorial; its AT manual says 4,100). Longer payloads, and bytes that are no text, go with AT+MPUBEX: 1 to { $most } bytes (tutorial). An Air780E that receives them prints at most { $direct } bytes in direct mode (tutorial).
composer-indent = Indent the JSON
composer-indent-not = Only sound JSON can be indented
composer-wire-filled = Placeholders as they are now; time goes on until it is sent.
composer-wire-hint = Exactly these characters, then a carriage return:
    { $line }
payload-not-gbk = GBK has no character for the one at place { $place }
file-choose = Choose a file…
file-path = Path of the file
file-hint = Path of a file, then Enter
file-none = No file was chosen
file-reading = The file is being read…
file-read = { $n } B were read from the file
templates = Templates
templates-empty = None yet. A template keeps topic, payload, QoS and retain.
template-name = Name of the template
template-keep = Keep
template-forget = Delete the template { $name }
template-nameless = Give it a name first
placeholders = Placeholders
placeholders-hint = Filled in when the message is sent, in topic and payload. A click appends one to the payload.
placeholders-not-here = Placeholders work in text and JSON only
placeholder-unknown = { $text } is no placeholder and is sent as it stands
placeholder-seq = Number of the message, from 1; a repeat counts its own
placeholder-time = Time of day with milliseconds
placeholder-date = Date
placeholder-iso = Date and time, ISO 8601
placeholder-unix = Seconds since 1970
placeholder-unix-ms = Milliseconds since 1970
placeholder-random = A number from 20 to 30.0, with as many decimals
placeholder-hex = 8 random bytes as hex digits
repeat-open = Repeat…
repeat-close = Hide the repeat
repeat-interval = Interval (ms)
repeat-count = Count
repeat-count-hint = Empty: until it is stopped
repeat-endless = no end
repeat-start = Start
repeat-stop = Stop the repeat
repeat-interval-wrong = The interval is a whole number of milliseconds, { $least } to { $most }
repeat-count-wrong = The count is a whole number, 1 to { $most }, or empty
repeat-sent = { $n } sent
repeat-sent-of = { $n } of { $wanted } sent
repeat-confirmed = { $n } confirmed
repeat-accepted = { $n } accepted (OK)
repeat-failed = { $n } not sent
repeat-unknown = { $n } without confirmation
repeat-late = { $n } later than planned
repeat-late-hint = One message is on its way at a time, and the modem needed longer than { $ms } ms. Nothing was left out: the next one waited.
repeat-finished = Done
repeat-stopped = Stopped
repeat-session-ended = Ended with the session
repeat-refused = Ended: a message was not taken
