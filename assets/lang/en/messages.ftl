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
subscription-wanted = Waiting to be sent
subscription-accepted = Accepted by the modem (OK), not yet by the broker
subscription-confirmed = Confirmed by the broker (SUBACK)
subscription-failed = Refused, or no answer

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
composer-bytes = { $used } of { $limit } B
composer-wire = Sends
publish = Publish
publish-hint = Ctrl+Enter

topic-line-end = A line end would break the AT command: remove it
payload-not-json = Not JSON: see line { $line }, column { $column }
payload-not-hex = No hex digit at place { $place }
payload-odd-hex = A hex digit is missing: bytes are pairs of digits
payload-not-base64 = Not Base64 at place { $place }
payload-short-base64 = The Base64 text ends in the middle of a byte
