# What the core tells: parts of sentences, which begin small and end without a point. The English ones are also what a fault
# displays.

## What failed, as the core met it

seen-refused-port = no permission for { $port }: run as a user who may open it
seen-refused-port-group = no permission for { $port }: add your user to the group { $group } (sudo usermod -aG { $group } $USER) and log in again
seen-port-missing = there is no port { $port }: check the cable, then list the ports again
seen-port-busy = { $port } is in use by another program: close it there (often Luatools, SSCOM, LLCOM) and try again
seen-port-unplugged = { $port } was unplugged (or its device restarted): check cable and power, then connect again
seen-port-not-serial = { $port } is not a serial port: choose the module's AT port
seen-port-other = { $port }: { $detail }
seen-worker-died = the part of this program that served { $port } ended unexpectedly ({ $detail }): connect again and report this
seen-closed = the broker (or the network) closed the connection: CLOSED
seen-bearer-lost = the network took the data bearer away
seen-module-restarted = the module restarted: its session and all MQTT settings are gone
seen-sim-removed = the SIM card was removed
seen-module-silent = the module no longer answers
seen-silent = no answer to AT after { $tries } tries: wrong port, wrong baud rate, or the module is off
seen-noise = { $bytes } bytes came, but no text: this is the module's log port, or the baud rate is wrong
seen-lua-firmware = this is Lua script firmware, not AT firmware: flash the AT firmware of this model with Luatools ({ $line })
seen-refused = { $command } was refused: { $refusal }
seen-bad-outcome = { $command } was accepted, then: { $got }
seen-timed-out = { $command }: no { $expected } within { $seconds } s
seen-unfitting = { $command } was answered by { $quoted }, which does not fit
seen-sim-not-ready = the SIM card is not usable: { $state }
seen-no-signal = no signal: the modem reports { $rssi } (99 is unknown)
seen-not-registered-after = not registered in the network: state { $stat } after { $seconds } s
seen-radio-off = the radio is off: AT+CFUN? says { $function }; switch it on with AT+CFUN=1
seen-no-service = the network is gone: the module reports no service
seen-not-attached-after = registered, but no data connection after { $seconds } s
seen-not-connected = not connected to a broker
seen-busy = busy with another step; wait for it or stop it
seen-bad-value = { $what }: { $why }
seen-not-resolved = the module could not resolve { $host } (error { $number })
seen-not-resolved-mute = the module could not resolve { $host }
seen-file-differs = the file { $name } on the module differs from what was sent: { $found } bytes, { $expected } expected
seen-reading-disturbed = the file { $name } could not be read back to compare it: other lines disturbed the reading; its length, { $bytes } bytes, is right: switch off what the module prints by itself (AT+CGNSTST=0), then try again
seen-setting-differs = the setting { $setting } reads back as { $quoted }, { $wanted } was set
seen-cancelled = stopped on request

## A value as the core names it

seen-value-host = host
seen-value-port = port
seen-value-client-id = client id
seen-value-user-name = user name
seen-value-password = password
seen-value-keep-alive = keep alive
seen-value-access-point = access point
seen-value-access-point-user = access point user
seen-value-access-point-password = access point password
seen-value-file = file
seen-value-file-name = file name
seen-value-server-name = server name
seen-value-negotiation-time = negotiation time
seen-value-topic = topic
seen-value-will-topic = will topic
seen-value-filter = topic filter
seen-value-will-message = will message
seen-value-quoted-message = message of AT+MPUB
seen-value-payload = payload
seen-value-setting = setting
seen-value-count = count
seen-value-command = command

## Who states a limit

seen-origin-manual = the AT manual
seen-origin-tutorial = the tutorial
seen-origin-tutorial-mpubex = the tutorial, for AT+MPUBEX
seen-origin-tutorial-direct = the tutorial, for receiving in direct mode

## A topic or a message that cannot be

seen-topic-empty = the topic is empty; write at least one character
seen-topic-too-long = the topic has { $bytes } bytes; MQTT carries at most 65535
seen-topic-over-limit = the topic has { $bytes } bytes; the module takes at most { $limit }
seen-topic-nul = the topic contains a NUL character, which MQTT forbids
seen-topic-wildcard = { $wildcard } is a wildcard: it may stand in a subscription, not in the topic of a publish
seen-topic-misplaced-hash = '#' must stand alone in its level, and the level must be the last
seen-topic-misplaced-wildcard = { $wildcard } must stand alone in its level
seen-payload-too-long = the payload has { $bytes } bytes; the module takes at most { $limit } in one message by { $origin }

## What is worth knowing

noted-dialect = { $name } is not a firmware of the Air780E family: its answers may differ from what is expected
noted-setting = { $command } was refused ({ $refusal }): an older firmware; the usual value is assumed
noted-overwritten = { $count } messages were overwritten in the module's cache before they could be read
noted-kept-lost = { $count } messages in the module's cache were lost when it restarted, before they could be read
noted-firmware = firmware V{ $version }: { $text }
noted-restarted = the module started anew
noted-restarted-asked = the module started anew, as { $line } had asked
noted-too-early = { $command } came too early ({ $refusal }): the module was still starting
noted-prompt-left = the module was still waiting for data that an earlier command had announced, until it said { $line }
noted-other-vendor = this is the report of another maker's module: { $line }
noted-beyond = { $what }: { $value } is more than { $limit }, the limit of { $origin }
