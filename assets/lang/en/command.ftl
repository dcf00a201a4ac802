# What the command line says whatever it does: of arguments, files and ports.

command-no-sense = the arguments make no sense
command-no-signals = no signals: { $error }
command-file = { $path }: { $why }
command-option-file = { $option } { $why }
command-unwritable = { $option } { $path }: { $why }; choose another file
command-recording-ended = the recording cannot go on: { $why }

## Arguments

command-key-on-line = a private key stands on the command line, where others can read it; save it into a file and name that
command-pasted-key = { $place } is the text of a key; save it as a file, and give the file's path to --ca, --cert or --key
command-pasted-certificate = { $place } is the text of a certificate; save it as a file, and give the file's path to --ca, --cert or --key
command-an-argument = an argument
command-value-of = the value of { $option }
command-no-language = there are no words in it; choose one of { $known }
command-no-span = { $text } is no span of time; write a number with h, m or s, such as 40h, and at most 200h
command-no-form = { $text } says no form; end it with .html, .md or .txt
usage-unknown = there is no option { $argument }; --help lists those there are
usage-no-command = there is no command "{ $command }"; --help lists those there are
usage-missing = this is missing: { $argument }
usage-missing-command = a command is missing; --help lists those there are
usage-conflict = { $argument } and { $other } exclude each other; leave one out
usage-no-value = { $argument } needs a value
usage-choose = { $argument }: "{ $value }" is none of its values; choose one of { $known }
usage-unfit = { $argument }: "{ $value }" does not fit: { $why }
usage-unfit-value = it cannot be read
usage-range = it is not within { $range }
usage-other = the arguments do not fit ({ $detail }); --help says how they are written

## What the system says

command-system-missing = there is no such file or folder
command-system-no-folder = a part of the path is no folder
command-system-no-permission = this user may not do that
command-system-there-already = it is there already
command-system-folder = this is a folder
command-system-disk-full = the disk is full
command-system-read-only = nothing can be written there: the file system is read-only
command-in-the-way-link = this is a symbolic link; give the path of the file itself
command-in-the-way-nameless = this names no file

## Ports

command-link-missing = no such port
command-link-busy = held by another program
command-link-no-permission = permission denied
command-link-gone = the other end is gone
command-link-not-serial = not a serial port
ports-none-found = { SYSTEM() ->
    [windows] No serial port found: connect the module by a data cable and press its power key for two seconds. If the Device Manager shows it without a COM port, its driver is missing.
   *[other] No serial port found: connect the module by a data cable and press its power key for two seconds.
}
ports-answers = answers AT
ports-silent = silent
ports-noise = no text: the log port, or another rate
ports-other-text = text, but no answer to AT
ports-unusable = unusable: { $why }
ports-interface = interface { $number }
ports-family = Air780E family
ports-use-this = ← use this one

## A trace that is read again

replay-line = line { $line }: { $why }
replay-bad-line = { $why }. Correct this line, or cut the file off before it, and try again
replay-cut = the recording breaks off in the middle of line { $line }; it is read up to there
replay-flaw-begin = a trace begins with "# air780e trace 1"
replay-flaw-no-text = this is no text (UTF-8); give a file that --save-trace wrote
replay-flaw-no-moment = the first moment (`@ 0.000000`) is missing above
replay-flaw-mark = a line begins with `# `, `@ `, `> ` or `< `
replay-flaw-moment = { $text } is not a moment; write seconds with six decimals, as in 12.034000
replay-flaw-backwards = the moment { $moment } lies before the one above it
replay-flaw-hex = two hex digits follow `\x`
replay-flaw-secret-end = `\*` ends with `;`
replay-flaw-secret-count = a count stands between `\*` and `;`
replay-flaw-secret-length = { $count } secret bytes in one place; at most { $most } are read
replay-flaw-escape = after a backslash come r, n, t, x, * or a backslash

## The virtual modem

sim-needs-unix = a virtual serial port needs Unix; use "check --port virtual" instead
sim-no-scenario = --scenario { $name }: there is no such scenario; --list-scenarios shows them all
sim-what-helps = what helps: { $fix }
sim-same-check = a check that tries the same from this computer: { $place }
sim-type = type: { $line }
sim-send = send exactly: { $bytes }
sim-wait = {"  "}wait for: { $text }
sim-wait-for-link = {"  "}wait for: CONNECT OK (or what must be seen instead)
sim-pass = {"  "}let { $seconds } s pass
sim-see = you must see, in this order: { $texts }
sim-rung = the step that fails: { $rung }
sim-finding = failure catalogue: { $id }
sim-takes-no-orders = { $order }: the virtual modem takes no more orders now; try again
sim-unknown-word = "{ $word }" is not known here; "help" lists what is
sim-unfit-order = "{ $given }" does not fit: write { $usage }
sim-steer-card = pull the card out or put it in
sim-steer-signal = set the signal as AT+CSQ shows it; 99 is no cell
sim-steer-registration = set the network's answer
sim-steer-bearer = give the address back or take it, for a while or for good
sim-steer-restart = let the supply dip: the module starts again
sim-steer-crash = let the firmware fail: the module starts again
sim-steer-off = switch the module off until "restart"
sim-steer-kick = let the broker close the connection
sim-steer-swallow = let the network drop everything without a word
sim-steer-delay = hold up what the broker sends, in milliseconds
sim-steer-lose = lose this share (0 to 1) of the bytes on the serial line
sim-steer-garble = garble this share (0 to 1) of the bytes on the serial line
sim-steer-speed = let the module's time go that many times as fast; real sockets keep theirs
sim-steer-help = show this
sim-broker-unknown = --broker { $broker }: this leads to no address; write it as HOST:PORT, such as 127.0.0.1:1883
sim-broker-no-address = --broker { $broker }: the name has no address
sim-link-taken = --link { $path }: something else stands there; choose another path or remove it
sim-link-no-start = the virtual modem at { $path } cannot start: { $why }
sim-no-start = the virtual modem cannot start: { $why }
