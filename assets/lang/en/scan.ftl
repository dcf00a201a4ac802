# The command scan

scanned-works = works
scanned-fails = fails
scanned-no-files-given = no files given
scanned-not-tried = not tried
scanned-0-nobody-checked = 0 (nobody checked)
scanned-1-server-checked = 1 (server checked)
scanned-2-both-checked = 2 (both checked)
scanned-between = ;{" "}
scanned-undecided-would-decide = Undecided. What would decide:
scanned-also = also{" "}
scanned-perhaps = perhaps{" "}
scanned-because = because:
scanned-taken = taken
scanned-refused = refused
scanned-not-testable = not testable
scanned-module-suites = The module's suites:
scanned-everything-allowed-takes = With everything allowed it takes:
scanned-chain-shows = The chain it shows:
scanned-issued = issued by
scanned-valid = valid
scanned-same-certificate = the same certificate
scanned-without-server-name = Without a server name:
scanned-another-server-name = With another server name:
scanned-client-certificate = Client certificate:
scanned-required = required
scanned-asked-not-required = asked for, not required
scanned-not-asked = not asked for
scanned-not-seen = not seen
scanned-these-authorities = , of one of these authorities:{" "}
scanned-lines-would-help = Lines that would help:
scanned-no-signals = no signals: { $error }
scanned-no-server-named = no server is named
scanned-targets-no-server-stands = --targets { $path }: no server stands in it; write one HOST or HOST:PORT a line
scanned-unreadable = { $option } { $path }: { $fault }
scanned-save-ca-file-already = --save-ca { $path }: the file is there already and is left as it is; choose another name
scanned-sni-not-bare-server = --sni "{ $shown }" is not a bare server name; write --sni { $write }
scanned-cert-key-without-ca = --cert and --key without --ca: a module that shows its certificate also checks the server; give --ca too
scanned-model-not-known-give = --model "{ $shown }" is not known; give the answer to ATI, such as AirM2M_780E_V1169_LTE_AT, or one of { $known }
scanned-ca-file-not-kept = The CA file is not kept: --save-ca { $path }: { $error }; choose another place.
scanned-ca-file-kept-valid = CA file kept: { $path }: { $subject }, valid until { $until }, SHA-256 { $print }

## Single words

scanned-level = level
scanned-do = What to do:
scanned-versions = Versions:
scanned-to = to
scanned-for = for
scanned-another-certificate = another certificate:
scanned-refused-by = refused:
