# Which single setting decides, tried on the module

bisect-step-base = as it is wanted
bisect-step-files = fresh copies of the files that differ on the module ({ $names })
bisect-step-dates = dates of certificates not looked at (ignorelocaltime 1)
bisect-step-host-name = the host itself as server name ({ $host })
bisect-step-no-name = no server name (hostname not set)
bisect-step-level-1 = no client certificate (seclevel 1)
bisect-step-level-0 = nobody checked (seclevel 0)
bisect-step-any-version = every version in place of one (sslversion 4)
bisect-step-version = { $version } alone
bisect-step-any-suite = all suites in place of one (ciphersuite 0XFFFF)
bisect-step-suite = suite { $id } { $name } alone
bisect-step-more-time = five minutes for the handshake (negotiatetimeout 300)
bisect-opened = opens
bisect-failed = does not open: { $fault }
bisect-refused = the module does not take it: { $fault }
bisect-untold = not tried: the module does not tell { $key }, so it could not be put back
bisect-file-same = { $name } on the module is byte for byte the one that is wanted
bisect-file-other = { $name } on the module holds something else ({ $bytes } bytes)
bisect-file-missing = { $name } is not on the module; a copy is used and taken away again
bisect-file-unknown = { $name } was not compared: what should be in it is not on this computer
bisect-opens = The link opens with the settings as they are wanted: there is nothing to find now.
bisect-decides = One change decides: { $change }. With it the link opens, without it it does not.
bisect-passing = The link opened with this change ({ $change }), and then without it as well: what failed comes and goes by itself, and no setting decides it.
bisect-nothing = No single change opens the link: two things are wrong at once, or it is none of the module's settings.
bisect-broken = The module could not be asked to the end: { $fault }
bisect-not-kept = The list that undoes everything could not be written ({ $why }), so nothing was changed.
bisect-undo-first = An earlier search on this module was cut off and never undone. Put its settings back first.
bisect-stopped = Stopped before the end.
bisect-restored = The settings that an earlier search had changed are as they were.
bisect-other-module = This list belongs to another module: nothing was changed.
fact-bisect-decided = on the module itself the link opens with one change and not without it: { $change }

# The command bisect

bisected-no-place = this system names no place for the list that undoes everything, so nothing is changed
bisected-looks = Looking at the module: its settings and its files ...
bisected-untold = The module does not tell { $keys }: these are erased in the end, as after a restart of the module.
bisected-tries = The list that undoes everything is on disk. Trying one change at a time:
bisected-puts-back = Putting everything back ...
bisected-left = NOT put back: { $left }. "air780e bisect --port { $port } --restore" does it; a restart of the module clears the settings as well.
bisected-unforgotten = Everything is put back, but the list of it could not be taken away: { $why }
bisected-question = This opens links from the module to { $host }:{ $port } one after the other, without a login, and changes its TLS settings for it: level, dates, name, version, suites, time. All of it is put back. Agree? [y/N]
bisected-wants-yes = this changes settings of the module and puts them back; nobody is there to agree: add --yes
bisected-not-agreed = not agreed; nothing was changed
bisected-undoes-older = An earlier search at { $port } was cut off: its changes are undone first.
bisected-nothing-to-undo = There is nothing to put back.

# The search in the window

bisect-title = Which setting decides
bisect-ask = Find the setting that decides…
bisect-does = Opens links from the module to { $target }, one after the other, with one TLS setting changed each time: dates, name, level, version, suites, time. It stops at the first change that decides.
bisect-undoes = A list of how everything is now is written to this computer first, and everything is put back at the end. If the module is unplugged or this program ends, the list is offered at the next start.
bisect-sends-nothing = No login and no message is sent.
bisect-yes = Begin
bisect-no = Not now
bisect-stop = Stop and put back
bisect-restore = Put back
bisect-copy = Copy these lines
bisect-older = A search for the deciding setting on the module at { $port } was cut off; its settings were never put back.
bisect-to-come = at most { $count } more
bisect-left = Not put back: { $keys }. A restart of the module clears the settings as well.
bisect-untold-keys = The module does not tell { $keys }: erased at the end, as after a restart of the module.
bisect-why-plain = There is no encrypted connection to search for
bisect-stage-look = Looking at settings and files
bisect-stage-keep = Writing the list that undoes everything
bisect-stage-try = As it is wanted
bisect-stage-put-back = Putting everything back
bisect-stage-over = Over
bisected-cut-off = a search on the module at { $port } was cut off and its settings never put back; "air780e bisect --port { $port } --restore" does it
bisect-hint = This one changes TLS settings for a while, and puts them back.
