# A log of another program, looked at like a connection.

recorded = RECORDED
recorded-hint = This is a log that was read: nothing here comes from a module that is connected now.
recorded-elsewhere = A log is open: show it
recorded-open = Open a log
recorded-open-hint = Text that a serial tool, a firmware or this program saved. It is only read, and its passwords are masked.
recorded-path = Path of the log
recorded-read = Read it
recorded-choose = Choose a file …
recorded-last = Read last
recorded-own = Written by this program
recorded-pasted = Pasted text
recorded-pasted-title = Read the pasted text as a log?
recorded-pasted-size = Lines: { $lines }, bytes: { $bytes }. It is kept in memory only.
recorded-read-pasted = Read as a log
recorded-show-live = Show the connection
recorded-close = Close the log
recorded-format = Format of the log
recorded-format-found = Format: found
recorded-format-hint = How the log is read. Choose the tool that saved it where what is understood does not fit the lines.
recorded-port = Port of the log
recorded-follow = Follow
recorded-follow-hint = Read the file again whenever it grows or is written anew
recorded-understood = Understood
recorded-time = Time line of the log: sessions { $sessions }, episodes { $episodes }, losses { $drops }
recorded-time-line = line { $line }
recorded-time-legend = Green: session · red stroke: session lost · block: episode · curve: signal. A click leads to the line.
recorded-no-messages = No message passes in this log.
recorded-no-latency = No publish with its answer passes in this log.
recorded-no-times = This log tells no times
recorded-no-times-hint = How long something took can be told only where the tool that saved the log wrote the time at each line.

recorded-reading = { $percent } % read, { $lines } lines
recorded-about = { $format }, { $encoding }, { $lines } lines, sessions: { $sessions }
recorded-being-read = The log is being read …
recorded-unread = The log could not be read
recorded-healthy = Nothing went wrong in this log
recorded-trouble = Something is wrong, up to the end of the log
recorded-recovered = All works at the end of the log
recorded-other-firmware = Other firmware: the module runs Lua scripts and does not speak AT. Load the AT firmware, or ask whoever wrote the script.
recorded-other-vendor = Another maker's module. Use its maker's manual and tools.
recorded-other-kind = No log: this is a file of the kind { $kind }. Open the text that the serial tool saved; unpack it first if it is inside.
recorded-empty = No log: there is nothing in it
recorded-no-log = No log: none of the { $lines } lines is an AT command with an answer. Open what passed the module's AT port.
recorded-counts = Messages: published { $published }, confirmed { $confirmed }, received { $received }
recorded-unreadable = It cannot be read on: { $detail }
recorded-nothing = There is no text in its first 64 MiB: this is no log.
recorded-unwanted = It was not read to its end.
recorded-shrank = The file shrank while it was read: { $read } of { $length } bytes were there.
recorded-grew = The file grew while it was read, from { $length } to { $read } bytes; what came later is read too.

recorded-episode = Episode { $number }
recorded-from-to = { $device }{ $begin } to { $end }, lines { $first } to { $last }{ $times ->
        [1] {""}
       *[other] , { $times } times
    }
recorded-from = { $device }from { $begin }, lines { $first } to { $last }{ $times ->
        [1] {""}
       *[other] , { $times } times
    }
recorded-timeless = { $device }lines { $first } to { $last }{ $times ->
        [1] {""}
       *[other] , { $times } times
    }
recorded-put-right = put right
recorded-lasts = not put right
recorded-undecided = The log does not decide between these causes:
recorded-decides = What would decide
recorded-more = Episodes that are not listed: { $count }
recorded-to-line = Go to line { $line }
recorded-to-episode = Go to episode { $number }
recorded-lines-hint = The log's own lines, and what was understood of them; ◆ marks those that show something
recorded-no-lines = There are no lines
recorded-rewritten = The file was written while it was read: read it again when it is done.
