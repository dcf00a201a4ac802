# The command doctor

log-lines-devices-sessions = { $file }: { $format }, { $encoding }, { $lines } lines, devices { $devices }, sessions { $sessions }
log-when = { $number }. When: { $when }
log-what = {" "}  What: { $fault }{ $place }{ $times }
log-why-undecided-log-does = {" "}  Why: undecided; the log does not decide between these:
log-would-decide = {" "}  What would decide: { $what }
log-why = Why
log-also = Also
log-finding = {"   "}{ $head }: { $id } ({ $sure }) { $cause }
log-do = {" "}  What to do: { $fix }
log-put-right = put right
log-not-put-right = not put right
log-lines = { $device }{ $time }lines { $begin } to { $end }, { $lasting }
log-healthy-nothing-went-wrong = HEALTHY: nothing went wrong in this log.
log-trouble-lasts-end-log = TROUBLE: it lasts to the end of the log.
log-recovered-all-works-end = RECOVERED: all works at the end of the log.
log-other-firmware-module-runs = OTHER FIRMWARE: the module runs Lua scripts and does not speak AT, as lines { $lines } show. Load the AT firmware, or ask whoever wrote the script.
log-other-maker-log-another = OTHER MAKER: this is the log of another maker's module, as lines { $lines } show. Use its maker's manual and tools.
log-no-log-file-kind = NO LOG: this is a file of the kind { $kind }. Give the text that the serial tool saved; unpack it first if it is inside.
log-no-log-file-empty = NO LOG: the file is empty.
log-no-log-none-lines = NO LOG: none of its { $lines } lines is an AT command with an answer. Give what passed the module's AT port.
log-messages-published-confirmed-received = Messages: published { $published }, confirmed { $confirmed }, received { $received }.
log-no-format-leave-format = there is no format { $name }; leave --format out, or give one of these: { $known }
log-no-line-let-most = there is no line from { $from } to { $to }; let --from be at most --to
log-give-path-file-can = { $detail }; give the path of a file that can be read
log-no-text-first-64 = there is no text in its first 64 MiB; this is no log
log-not-read-end = it was not read to its end
log-file-shrank-while-read = the file shrank while it was read: { $read } of { $length } bytes were there
log-file-grew-while-read = the file grew while it was read, from { $length } to { $read } bytes; what came later is read too
log-report-about-log-give = a report is about one log; give one file with --report
log-report-would-written-over = the report would be written over { $log }; give --report another name
log-report-carries-no-recording = this report carries no recording; open the log that it was made of

## A file that the user named

user-file-missing = there is no such file; check the path
user-file-no-permission = this user may not read it; change its permissions or copy it
user-file-folder = this is a folder; give the path of a file in it
user-file-not-regular = this is no regular file, but a pipe or a device; give the path of a file
user-file-too-large = this file is larger than { $most }, which no such file is; give another file
user-file-not-text = line { $line } is no text (UTF-8); save the file as UTF-8, or give another file
user-file-pasted-key = this is the text of a key, and no path; save it as a file, and give its path
user-file-pasted-certificate = this is the text of a certificate, and no path; save it as a file, and give its path
user-file-unreadable = { $detail }; give the path of a file that can be read
log-missing = there is no such file; check the path
log-no-permission = this user may not read it; change its permissions or copy it
log-folder = this is a folder; give the path of a file in it
log-not-regular = this is a pipe or a device and no file; save the log first, or pipe it into "air780e doctor -"
log-unreadable = { $fault }

# Two tries to connect side by side.

compare-title = A try that failed, line { $failed }, beside one that did not, line { $good }
compare-hint = A difference is no cause: it shows what to look at.
compare-setting = Set otherwise
compare-missing = In one of them only
compare-order = In another order
compare-answer = Answered otherwise
compare-slow = Took much longer
compare-failed = where it failed
compare-good = where it did not fail
compare-absent = not there
compare-same = Nothing differs but the outcome.
compare-hidden = Passwords are masked in both: whether they are the same is not known.
compare-no-none = nothing to compare: there has to be a try that failed and one that did not
compare-no-which = there are { $count } tries; say which two as A,B, counted from 1
compare-no-files = compare two tries of one log, or two logs
log-follow-one = follow one file; standard input is read once
log-file-rewritten = The file was written while it was read: read it again when it is done.
