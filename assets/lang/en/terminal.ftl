# Texts of the Terminal page and of the strip below every page.

strip-title = Terminal
strip-fold = Fold the terminal
strip-unfold = Unfold the terminal
strip-open-page = Open the page
strip-empty = Every line to and from the modem appears here.
terminal-lines = { $count ->
    [one] 1 line
   *[other] { $count } lines
}
terminal-search = Search lines
terminal-kind-hint = Show or hide these lines
terminal-shown = { $shown } of { $total } lines
terminal-dropped = { $count } left out: the window was too slow
terminal-forgotten = { $count } older forgotten
terminal-clear = Clear
terminal-copy = Copy shown
terminal-why-empty = There is nothing yet
terminal-empty = Nothing was said yet
terminal-empty-hint = Connect, and every line to and from the modem appears here with its time.
terminal-command = AT command
terminal-command-hint = AT command, e.g. AT+CSQ — Enter sends it, ↑ brings back older ones
terminal-send = Send
terminal-why-closed = No port is open: connect first
wire-sent = sent
wire-echo = echo
wire-answer = answers
wire-unsolicited = unsolicited
wire-unrecognised = unrecognised
terminal-only-hits = Only hits
terminal-previous = Previous hit
terminal-next = Next hit
terminal-hits = { $n ->
    [one] 1 hit
   *[other] { $n } hits
}
terminal-why-no-search = Type what to look for first
terminal-why-no-hit = No line holds this text
terminal-save = Save trace
terminal-copy-line = Copy line
terminal-copy-bytes = Copy bytes
terminal-bytes = { $n ->
    [one] 1 byte
   *[other] { $n } bytes
}
terminal-bytes-masked = a secret is masked: these are the bytes of the masked text
terminal-chosen = { $n } lines chosen
terminal-more = … and { $n } bytes more
terminal-detail-close = Close the line
terminal-advice-hint = While you type, this line says what the command does.
terminal-advice-unknown = Not in the list of known commands; it is sent as it is.
terminal-section = § { $section }
terminal-suggest = Take { $command }
terminal-ask = Send this command?
terminal-ask-send = Send it
terminal-stopped = One of the lines failed
terminal-stopped-left = { $n ->
    [one] 1 line has not been sent.
   *[other] { $n } lines have not been sent.
}
terminal-stopped-no = Send no more
terminal-stopped-yes = Send the rest
terminal-ask-lines = Send these { $n } lines one after the other?
terminal-ask-send-all = Send all
terminal-why-too-many = At most { $n } lines at once
terminal-ask-withdraw = Do not send
harm-restart = The module restarts: the session, its subscriptions and all MQTT and TLS settings are lost. Files stay.
harm-factory = Stored settings go back to those of the factory; the module may restart, and a fixed baud rate is lost.
harm-radio = The radio goes off: the session and the address are lost until AT+CFUN=1.
harm-power = The module switches itself off; only its power key brings it back.
harm-file = The file is gone from the module and has to be uploaded again.
harm-apn = The stored access point changes and the module attaches anew: the session is lost, and a wrong access point cuts it off.
harm-session = The session with the broker ends; messages under way may be lost.
harm-baud = The baud rate changes: this program no longer understands the module until it is set to the same rate.

# What the commands do, and what some destroy.
cmd-at = asks whether the module is there
cmd-at-i = reads the firmware name
cmd-at-star-i = reads model, hardware, IMEI, ICCID and IMSI at once
cmd-at-e0 = switches the echo off
cmd-at-e1 = switches the echo on
cmd-at-and-w = stores the classic settings, such as the baud rate
cmd-at-and-f = back to the factory values of the classic settings
cmd-at-star-exinfo = reads why the module started last: 8 is the watchdog, 6 a crash
cmd-at-hat-hver = reads the chip platform
cmd-at-hat-sysinfo = reads service, domain and roaming state
cmd-ver = reads the firmware name
cmd-cgmi = reads the manufacturer
cmd-cgmm = reads the model
cmd-cgmr = reads the firmware version
cmd-cgsn = reads the IMEI, the number of the module
cmd-cimi = reads the IMSI, the subscriber number of the card
cmd-ccid = reads the ICCID, the number of the card
cmd-iccid = reads the ICCID, the number of the card
cmd-cpin = asks for the state of the SIM card, or enters its PIN
cmd-csq = reads the signal: 0 to 31, 99 is unknown; dBm = 2 × value − 113
cmd-cesq = reads the signal in more detail: RSRP and RSRQ
cmd-creg = asks for the registration: 1 at home, 5 roaming, 2 searching, 3 denied
cmd-cgreg = asks for the registration for packet data
cmd-cereg = asks for the registration in LTE, with cell and area
cmd-cgatt = asks whether the module is attached to packet data; 1 is attached
cmd-cops = asks for the operator
cmd-cgdcont = shows the access point in use and its address
cmd-cgpaddr = reads the address that the network gave
cmd-cgact = asks which bearers are up
cmd-cfun = asks for or sets the radio: 1 on, 0 off, 4 flight mode
cmd-reset = restarts the module
cmd-rstset = restarts with factory settings
cmd-cpowd = switches the module off
cmd-cmee = chooses how errors are told: 0 plain, 1 as numbers, 2 as text
cmd-cclk = reads the local clock
cmd-cntp = sets the clock from the network; 1 is success
cmd-ipr = reads or sets the baud rate; 0 is automatic
cmd-cscs = reads or sets the character set of SMS; payloads of MQTT are not touched
cmd-cbc = reads the supply voltage
cmd-cipping = sends pings; needs CSTT and CIICR before
cmd-cpnetapn = shows or stores the access point of a private network
cmd-cstt = begins a TCP context with an access point
cmd-ciicr = brings the TCP context up
cmd-cifsr = reads the address of the TCP context; no OK follows
cmd-cipshut = takes the TCP context down
cmd-cipstatus = asks for the state of TCP
cmd-cgauth = sets user and password of a bearer: 0 none, 1 PAP, 2 CHAP
cmd-sapbr = bearer of HTTP, FTP and the time server: 1 opens, 2 asks, 0 closes; MQTT does not need it
cmd-cdnsgip = resolves a host name
cmd-cdnscfg = shows or sets the name servers
cmd-fsls = lists the files on the module
cmd-fsmem = reads the free space
cmd-fsflsize = reads the size of a file
cmd-fsread = reads a file
cmd-fsdel = deletes a file
cmd-fscreate = makes an empty file
cmd-fswrite = writes a file; it waits for data, so use the Certificates page
cmd-fsmkdir = makes a folder
cmd-fsrmdir = removes a folder
cmd-fsdrive = asks for the drive of the files: C is the module, D a TF card
cmd-fsreadhead = prints a head before the bytes of FSREAD: 1 on, 0 off
cmd-sslcfg = shows or sets one setting of the encryption
cmd-mconfig = sets client ID, user, password and last will
cmd-mipstart = opens the TCP link to the broker; MCONNECT has to follow at once
cmd-sslmipstart = opens the encrypted link to the broker
cmd-mconnect = logs in at the broker: clean session, keep alive in seconds
cmd-msub = subscribes to a topic filter
cmd-munsub = ends a subscription
cmd-mpub = publishes a text: topic, QoS, retain, message
cmd-mpubex = publishes bytes after a prompt; use the Messages page
cmd-mqttmsgset = how messages arrive: 0 printed at once, 1 kept in four slots
cmd-mqttmsgget = fetches the kept messages
cmd-mqttmode = payload of MPUB: 0 text, 1 hex digits
cmd-mqttstatu = asks for the session: 0 none, 1 logged in, 2 link only
cmd-mdisconnect = says good-bye to the broker
cmd-mipclose = closes the TCP link
