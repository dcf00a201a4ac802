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
terminal-copy = Copy
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
