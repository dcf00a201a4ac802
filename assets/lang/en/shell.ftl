# Texts of the window around the pages, of the ladder, of faults and of the Settings page.

page-connect = Connect
page-messages = Messages
page-certificates = Certificates
page-latency = Latency
page-watch = Watch
page-troubleshoot = Troubleshoot
page-terminal = Terminal
page-settings = Settings

top-modem = Modem
top-profile = Profile
profile-unsaved = Not saved yet
virtual-modem = Virtual Air780E
simulated = SIMULATED
simulated-hint = A virtual modem is at the other end: nothing here comes from a real module or a real network.
connect = Connect
connect-stop = Stop
disconnect = Disconnect
close-now = Close now
close-port = Close port
signal-hint = Signal strength by AT+CSQ, read { $seconds } s ago
language-name = English
language-sign = EN
switch-language = Switch to { $language }
theme = Theme
theme-system = as the system
theme-light = light
theme-dark = dark
why-not-while-connected = Disconnect first

rung-port = Port
rung-at = AT
rung-sim = SIM
rung-signal = Signal
rung-network = Network
rung-data = Data
rung-dns = DNS
rung-tcp = TCP
rung-tls = TLS
rung-mqtt = MQTT
rung-subscribed = Subscribed

state-unknown = unknown
state-trying = trying
state-accepted = accepted
state-confirmed = confirmed
state-failed = failed
state-stale = stale
state-not-needed = not needed
state-not-reached = not reached
state-rested = was fine

evidence-close = Close the evidence
evidence-none = Nothing was asked yet.
evidence-silence = no answer
evidence-fault = What happened
evidence-proves = What it proves
evidence-next = What to do next

proves-port = The system opened the port for this program alone.
proves-at = A module with AT firmware listens on this port at this baud rate.
proves-sim = A SIM card is in, it can be read, and no PIN is wanted.
proves-signal = The radio hears a cell. 18 or more is stable, 11 to 17 may drop, 10 or less hardly connects.
proves-network = The operator let this SIM card in, at home (1) or roaming (5).
proves-data = The module is attached to packet data and was given an address.
proves-dns = The broker's name was turned into an address.
proves-tcp = The broker's port answered across the mobile network.
proves-tls = Both sides agreed on keys, and the certificates were accepted as far as they were checked.
proves-mqtt = The broker accepted the client ID, user name and password: CONNACK OK.
proves-subscribed = The broker answered every subscription with SUBACK. Which QoS it granted is not printed by the module.

next-port = Check the cable and that no other program (Luatools, SSCOM, LLCOM) holds the port, then connect again.
next-at = Choose another port of the module or another baud rate, check its power, then connect again.
next-sim = Take the card out and put it in again; unlock its PIN in a phone; try a card that is known to work.
next-signal = Check the antenna and its plug, and try another place.
next-network = Check the card's account and coverage, and that the card is not bound to another device.
next-data = Check the data plan and, for a private-network card, its APN, user and password.
next-dns = Check the host for typing errors, or use the broker's numeric address.
next-tcp = Check host, port and the broker's firewall; a private-network card must have the address on its whitelist.
next-tls = Check the certificates and which cipher suites the broker offers.
next-mqtt = Check user name, password and client ID; a second client with the same ID throws this one out.
next-subscribed = Check that the broker allows this topic to this user.

settings-hint = kept on this computer
settings-look = Look
settings-language = Language
settings-stage = Stage size
settings-stage-hint = Everything half as large again, to be read from the last row.
settings-history = History
settings-terminal-lines = Terminal lines
settings-messages = Messages kept
settings-history-hint = Older ones are forgotten first. A million terminal lines take about 100 MB of memory, and never more than 256 MB of text.
settings-log = Logs
settings-log-on = Write a log of each connection
settings-log-folder = Folder for logs
settings-export = Copies and exports
settings-export-numbers = Show IMEI, IMSI, ICCID and positions in copies and exports
settings-export-hint = Passwords and keys are masked in any case. Logs never show these numbers.
settings-log-hint = Every byte both ways, from the next connection on, as a .trace file that "air780e replay" reads. Passwords, keys and the numbers of module and card are masked. The newest 200 are kept.
settings-here = When a connection fails
settings-here-on = Try the same from this computer
settings-here-hint = On a failed TCP or TLS connection, try the same from this computer: name, port, handshake; no login, no message. It takes five seconds at most; the broker's log shows some connections that open and close.
settings-program = This program
settings-version = Version
settings-folder = Folder
settings-no-folder = none: nothing is kept
settings-folder-hint = Settings and profiles live there as one JSON file. Passwords are never written.
settings-folder-copy = Copy the path
settings-system = This system
system-keyring = Keyring
system-keyring-ready = There is one; profiles can keep their passwords in it.
system-ports-title = Serial ports
system-ports = { $count ->
    [one] one found
   *[other] { $count } found
}
system-ports-none = None found. The virtual modem works without.

keys-title = Keys you can use now
keys-close = Close
keys-connect = Connect or disconnect
keys-escape = Close what is open
keys-help = This list
keys-publish = Publish
keys-search = Search
keys-send = Send the command
keys-list = Scroll the list in focus
keys-tab = To the next control
keys-recall = Older and newer commands
keys-next-hit = Next hit; with Shift the one before

notices-title = What was said, the newest first
notices-close = Close the notices
notices-none = Nothing yet.
notices-open = Notices ({ $count })
notice-close = Take the notice away
notice-connect-failed = Not connected. { $why }
notice-disconnect-failed = Not closed in order. { $why }
notice-subscribe-failed = The subscription did not work. { $why }
notice-publish-failed = The message was not sent. { $why }
notice-measure-failed = The measuring run ended early. { $why }
notice-raw-failed = The command did not work. { $why }
notice-request-failed = That did not work. { $why }
notice-too-many = Too many requests are waiting; try again in a moment.
notice-no-port = No port is open: connect first.
notice-session-lost = The session was lost. { $why }
note-overwritten = { $count ->
    [one] 1 message was overwritten in the module's cache before it could be read.
   *[other] { $count } messages were overwritten in the module's cache before they could be read.
}
note-kept-lost = { $count ->
    [one] 1 message in the module's cache was lost when the module restarted.
   *[other] { $count } messages in the module's cache were lost when the module restarted.
}
note-dialect = "{ $name }" is not a firmware of the Air780E family: its answers may differ.
note-firmware = Firmware V{ $version }: { $text }.
note-setting = { $command } was refused ({ $refusal }); the usual value is assumed.
note-restarted = The module started anew.
note-too-early = { $command } came too early: the module was still starting.
note-prompt-left = The module was still waiting for data of an earlier command and took commands for them, until it said { $line }.
note-other-vendor = This is the report of another maker's module: { $line }
note-beyond = { $value } is more than { $limit }, the lower of two limits: not every firmware may take it.
notice-own-broker = The built-in broker does not start: { $detail }
notice-file = { $path } cannot be used: { $detail }
notice-log-ended = The log { $path } ends here: it is too large, or the disk does not keep up. The connection goes on.
notice-clearing-ended = The connection ended before all retained messages were cleared: { $left } stay at the broker, and those on their way then may.
notice-open-folder = Open the folder
notice-copy-path = Copy the path
notice-exported = Written to { $path }
notice-keyring = The system's keyring does not work: { $detail }. Passwords are asked for instead.
notice-settings-aside = The settings could not be read ({ $detail }). The old file was kept as { $path }; { $profiles ->
    [0] no profile could be used
    [one] one profile could still be used
   *[other] { $profiles } profiles could still be used
}.
notice-settings-held = The settings are not kept: another window of this program holds { $path } and does not let go. Close that window; the next change here is kept again.
notice-profile-saved = Saved the profile "{ $name }".

fault-silent = No answer to AT after { $tries } tries: wrong port, wrong baud rate, or the module is off.
fault-noise = { $bytes } bytes came, but no text: this is the module's log port, or the baud rate is wrong.
fault-lua = This is Lua script firmware, not AT firmware: flash the AT firmware of this model with Luatools ({ $line }).
fault-refused = The module refused { $command }: { $refusal }
refusal-known = { $line } ({ $meaning })
fault-bad-outcome = { $command } was accepted, then came: { $got }
fault-timed-out = { $command }: no { $expected } within { $seconds } s.
fault-unfitting = { $command } was answered by { $got }, which does not fit.
fault-sim = The SIM card is not usable: { $state }
fault-no-signal = No signal: the modem reports { $rssi } (99 is unknown).
fault-not-registered = Not registered in the network: state { $stat } after { $seconds } s.
fault-not-attached = Registered, but no data connection after { $seconds } s.
fault-not-connected = There is no session with a broker: connect first.
fault-busy = Busy with another step: wait for it or stop it.
fault-bad-value = { $what }: { $why }
fault-radio-off = The radio is off: AT+CFUN? says { $function }. Switch it on with AT+CFUN=1.
fault-no-service = The network is gone: the module reports no service.
value-empty = it is empty; write at least one character.
value-too-long = it has { $bytes } bytes; the module takes at most { $limit } ({ $origin }).
value-out-of-range = { $value } is outside { $lowest } to { $highest }.
value-quote = it holds the quotation mark { $mark }, which breaks the command; remove it.
value-invisible = it holds the invisible character { $code }, often from copying; remove it.
value-not-a-name = it holds "{ $found }"; write only the name or the address, and the port in its own field.
value-blank = it holds a blank; write only the name or the address.
value-control = it holds a control character or a line end; send one line at a time.
value-wants-data = it waits for data after a prompt, which a typed line cannot give; use the page for it.
value-not-text = it is no plain text; the module takes only text here.
value-no-contents = { $name } has no contents; choose the right file.
value-not-digits = it must be { $lowest } to { $highest } digits.
value-unknown-name = the module has no setting of this name.
value-of-host = Host
value-of-port = Port
value-of-client-id = Client id
value-of-user-name = User name
value-of-password = Password
value-of-keep-alive = Keep alive
value-of-apn = Access point
value-of-apn-user = User of the access point
value-of-apn-password = Password of the access point
value-of-file = File
value-of-server-name = Server name
value-of-negotiation = Time for the handshake
value-of-topic = Topic
value-of-filter = Topic filter
value-of-will = Last will
value-of-message = Message
value-of-pin = PIN
value-of-setting = Setting
value-of-command = Command
fault-not-resolved = The module could not resolve { $host } (error { $number }: { $meaning }).
fault-not-resolved-mute = The module could not resolve { $host }.
fault-reading-disturbed = The file { $name } could not be read back to compare it: other lines disturbed the reading. Its length, { $bytes } bytes, is right; switch off what the module prints by itself (AT+CGNSTST=0), then try again.
fault-file-differs = The file { $name } on the module differs: { $found } bytes, { $expected } expected.
fault-setting-differs = The setting { $setting } reads back as "{ $found }"; "{ $expected }" was set.
fault-cancelled = Stopped on request.

port-missing = There is no port { $port }: check the cable, then list the ports again.
port-busy = { $port } is in use by another program: close it there (often Luatools, SSCOM, LLCOM) and try again.
port-no-permission = No permission for { $port }: run as a user who may open it.
port-no-permission-group = No permission for { $port }: add your user to the group { $group } (sudo usermod -aG { $group } $USER) and log in again.
port-unplugged = { $port } was unplugged, or its device restarted: check cable and power, then connect again.
port-not-serial = { $port } is not a serial port: choose the module's AT port.
port-other = { $port }: { $detail }
port-worker-died = The part of this program that served { $port } ended unexpectedly ({ $detail }): connect again and report this.

loss-closed = The broker (or the network) closed the connection: CLOSED.
loss-bearer = The network took the data connection away.
loss-restart = The module restarted: its session and all MQTT settings are gone.
loss-sim = The SIM card was removed.
loss-silent = The module no longer answers.

fault-topic-empty = The topic is empty: write at least one character.
fault-topic-too-long = The topic has { $bytes } bytes; at most { $limit } are possible.
fault-topic-nul = The topic contains a NUL character, which MQTT forbids.
fault-topic-wildcard = { $wildcard } is a wildcard: it may stand in a subscription, not in the topic of a publish.
fault-topic-misplaced-wildcard = { $wildcard } must stand alone in its level, and # only in the last one.
fault-payload-too-long = The payload has { $bytes } bytes; the module takes at most { $limit } in one message (AT+MPUBEX, by the vendor's tutorial).

save-authority = Save the CA file for the module
save-hint-authority = One certificate, no key. Compare its fingerprint before a module believes it. Nothing is written before you press Save.
save-latency = Save the measurements as a table
save-terminal = Save the conversation as a trace
save-messages = Save the listed messages
save-path = File
save-hint-latency = Numbers and times only: no password, no payload. Nothing is written before you press Save.
save-hint-terminal = Passwords, keys and the numbers of module and card are masked; hosts, topics and payloads are not. Nothing is written before you press Save.
save-hint-messages = Numbers of module and card and positions are masked unless the settings say otherwise; all else in topics and payloads is written as it is. Nothing is written before you press Save.
save-choosing = The system's dialog is open …
save-writing = Being written …
save-taken = There is such a file already. Press Replace to overwrite it.
save-failed = It could not be written: { $detail }
save-write = Save file
save-replace = Replace
save-choose = Choose a place …
save-cancel = Cancel
save-why-no-path = Type a path first
save-why-busy = Wait until the step under way has ended

start-no-desktop = The window cannot be opened: there is no desktop here, neither DISPLAY nor WAYLAND_DISPLAY is set.
start-library = The window cannot be opened without { $files }: install { $packages } (names of Debian and Ubuntu).
start-no-drawing = { SYSTEM() ->
    [linux] The window cannot be opened because OpenGL does not come up: install { $packages } (names of Debian and Ubuntu).
    [windows] The window cannot be opened: neither OpenGL nor Direct3D 12 comes up. Update Windows and the driver of the graphics card.
   *[other] The window cannot be opened because OpenGL does not come up.
}
start-failed = { SYSTEM() ->
    [linux] The window cannot be opened ({ $words }). It needs a desktop (X11 or Wayland) and OpenGL.
    [windows] The window cannot be opened ({ $words }). It needs OpenGL or Direct3D 12: update Windows and the driver of the graphics card.
   *[other] The window cannot be opened ({ $words }). It needs OpenGL.
}
start-script = { $script } installs all that the window needs.
start-command = Without a window, the same engine is a command: { $command }
crash-stopped = The program has stopped. What is known of it stands in { $path }

skip-to-page = Skip to the page
closing-title = The module does not log off
closing-hint = It has not answered for a second. The window closes by itself as soon as it does. If you close it now, the broker keeps the session until the Keep Alive runs out.
closing-no = Do not close
closing-yes = Close the window now
