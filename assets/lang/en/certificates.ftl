# Texts of the Certificates page.

form-file-none = No file chosen yet
form-file-reading = Being read…
form-file-not-a-pair = This key does not belong to the client certificate. Choose the key that was made for it.
form-file-refused = The module would not take this file: { $why }
form-file-same-name = Two files would get the same name on the module
file-missing = There is no file { $path }. Check the path.
file-no-permission = { $path } may not be read by this user. Change its permissions or copy it.
file-folder = { $path } is a folder. Choose a file in it.
file-too-large = { $path } has { $bytes } bytes, and at most { $most } are read here. Choose another file.
file-not-regular = { $path } is no regular file, but a pipe or a device. Choose a file.
file-not-text = Line { $line } of { $path } is no text in UTF-8. Save the file as UTF-8, or choose another.
file-pasted-key = This is the text of a key, not the path of a file. It is kept nowhere. Use it from memory on the Certificates page, or save it as a file and give its path.
file-pasted-certificate = This is the text of a certificate, not the path of a file. Use it from memory on the Certificates page, or save it as a file and give its path.
file-other = { $path } cannot be read: { $detail }
refusal-no-block = it holds no PEM block of the kind needed here.
refusal-no-line-feed = its lines do not end with a line feed.
refusal-character = there are characters that have no place in base64, or blanks inside a line.
refusal-content = its content is damaged, or is not what its header says.
refusal-pass-phrase = the key is behind a pass phrase, and there is no command to give one. Remove the pass phrase.
refusal-container = PKCS#12 and PKCS#7 are unknown to it. Take certificate and key out as PEM.

role-ca = CA certificate
role-certificate = Client certificate
role-key = Client key
file-bytes = { $count } bytes

certs-use-demo = Use the demo certificates
certs-try-demo = Try it with the demo certificates
certs-demo-hint = Throw-away certificates for the built-in broker, kept beside the settings.
certs-read-again = Read the files again
certs-first-title = Start here
certs-first-hint = Choose the CA certificate of your broker below, or drop files anywhere on this window: each finds its place by what is in it. Only when both sides are checked are a client certificate and its key needed too.
certs-picked-nothing = No file was chosen. If no dialog appeared, this computer has no file dialog service: type the path, or drop the file here.
certs-dropped-in-vain = Not used: { $names } – no certificate and no key in it, or the place was taken by another dropped file.
drop-here-payload = Drop a file here to publish it; certificates and keys go to their places
drop-here-log = Drop a log here; certificates and keys go to their places
certs-offer = These files are for "{ $fits }"; the profile in use has "{ $has }".
certs-offer-yes = Use "{ $fits }"
certs-offer-no = Leave it as it is
certs-drop-here = Drop certificates, keys or a log here
certs-clock-modem = Dates are judged by the clock of the modem: { $time }
certs-clock-pc = Dates are judged by the clock of this computer ({ $time }) until that of the modem is known.
certs-clock-doubt = The clock of the modem is more than a day away from that of this computer ({ $time }): good certificates may be refused. Set it, or ignore dates.
certs-why-opening = The port is being opened
certs-why-connecting = Wait until the connection stands, or stop it
certs-why-closing = The session is being closed

slot-wanted = needed, no file yet
slot-not-needed = not needed for this protection
certs-slot-on-module = the file on the modem is used
slot-unreadable = cannot be read
slot-good = good
slot-good-with-notes = good, with notes
slot-path = Path of the { $role }
certs-slot-path-hint = path of the file, e.g. ca.crt
certs-slot-pick = Choose the file: { $role }
slot-why-picking = A file dialog is open
slot-name-label = Name on the modem
slot-name = Name on the modem: { $role }
slot-use-module-name = { $role } is there already
slot-use-module = is there already
slot-secret = secret, never shown
slot-more-items = and { $count } more
severity-note = Note
severity-doubt = Doubtful
severity-bad = Problem

file-is = { $form } · { $bytes } bytes
file-is-empty = empty file
file-is-pem = PEM, line ends { $lines }
file-is-der = DER (binary)
file-is-archive = Archive (zip or the like)
file-is-java-store = Java key store
file-is-putty = PuTTY key
file-is-ssh-public = Public key for SSH
file-is-pgp = PGP
file-is-web-page = Web page
file-is-document = Document
file-is-picture = Picture
file-is-pkcs12 = PKCS#12 container
file-is-pkcs7 = PKCS#7 bundle
file-is-text = text, but no certificate
file-is-binary = binary, but no certificate
item-key = { $kind } private key, { $form }
item-curve-parameters = EC PARAMETERS
item-revocation-list = Revocation list
item-request = Certificate request (CSR), not a certificate
item-public-key = Public key, not a certificate
item-unreadable = A block that cannot be read
key-pkcs1 = PKCS#1 (BEGIN RSA PRIVATE KEY)
key-pkcs8 = PKCS#8 (BEGIN PRIVATE KEY)
key-sec1 = SEC 1 (BEGIN EC PRIVATE KEY)
key-openssh = OpenSSH (BEGIN OPENSSH PRIVATE KEY)
key-encrypted = Encrypted private key, behind a pass phrase
certificate-subject = Subject
certificate-issuer = Issuer
certificate-self-issued = Issued by itself (root)
certificate-names = Names
certificate-key = { $kind } key · signed with { $signed }
validity-not-yet = Not valid yet: begins in { $days } { $days ->
    [one] day
   *[other] days
}
validity-holds = Valid, { $days } days left
validity-soon = Ends soon: { $days } { $days ->
    [one] day
   *[other] days
} left
validity-ended = Ended { $days } { $days ->
    [one] day
   *[other] days
} ago
validity-marker = The line is the clock; the bar is the time in which the certificate is valid.

concern-empty = The file is empty.
concern-not-certificates = This is not a certificate and not a key, perhaps a web page that was saved in its place.
concern-no-certificate = There is no certificate in this file.
concern-no-key = There is no private key in this file.
concern-utf16 = The text is stored as UTF-16; the module reads single bytes and refuses it.
concern-bom = A byte order mark stands in front (UTF-8 BOM): the module skips it, but the file is 3 bytes longer than its text.
concern-cr-only = Lines end with CR alone; the module needs LF.
concern-literal = The two characters \n are written out where lines should end.
concern-binary = Binary DER: the examples of the vendor are PEM, and not every firmware takes DER.
concern-container = A container (PKCS#12 or PKCS#7); the module does not know it.
concern-container-do = PKCS#7: the repair below opens it. PKCS#12: air780e certs file.p12 --out FOLDER (asks for the pass phrase), then choose the files.
concern-trusted = TRUSTED CERTIFICATE is a form of OpenSSL alone; the module refuses it.
concern-stray = { $bytes } bytes of other text around the blocks: skipped by the module, but they count in the size.
concern-too-big = { $bytes } bytes: more than one AT+FSWRITE takes; it is written in several pieces.
concern-bundle = { $count } certificates in one file: a bundle that may not fit into the memory of the module.
concern-bundle-do = Keep only the authority that issued the certificate of your broker.
concern-pass-phrase = The key is behind a pass phrase, and there is no command to give one.
concern-pass-phrase-do = Remove it: air780e certs KEY --out FOLDER asks for the pass phrase, and opens keys of OpenSSL and OpenSSH.
concern-pkcs8 = PKCS#8 key; the example of the vendor has PKCS#1. Most firmware takes both.
concern-curve-parameters = EC PARAMETERS stand in front of the key; several modules stumble over them.
concern-elliptic = An elliptic curve key: all suites of this module need RSA.
concern-openssh = A key in the form of OpenSSH itself, which no module reads.
concern-not-rsa = Neither RSA nor elliptic: every suite of this module needs RSA.
concern-usage-ca = Its key usage does not allow it to sign certificates (keyCertSign).
concern-usage = Its key usage lacks digitalSignature, with which a client proves its key: brokers refuse it with alert 43.
concern-usage-do = Ask for a certificate with digitalSignature and keyEncipherment.
concern-no-encipherment = A server certificate without keyEncipherment, which the suites of this module need.
concern-order = The certificate of the device itself must stand first.
concern-long-chain = The chain has { $bytes } bytes; modules are known to take 4096 to 6144.
concern-long-chain-do = Leave the root out, and what the broker knows.
concern-critical = A critical extension that small readers do not know: { $name }.
concern-critical-do = Have it issued without critical name limits or policies.
concern-elliptic-ca = The authority has an elliptic curve key; a module that knows only RSA cannot check its signatures.
concern-elliptic-do = Ask for a certificate with an RSA key of 2048 bits.
concern-key-size = { $bits } bits: outside 2048 to 4096, which modules and brokers agree on.
concern-key-size-do = Ask for one with an RSA key of 2048 bits.
concern-expired = It is no longer valid by the clock above.
concern-expired-do = Ask the issuer for a new one. If the clock is wrong, set that of the modem first.
concern-not-yet-valid = It is not valid yet by the clock above.
concern-not-yet-valid-do = Mostly the clock is wrong: wait for network time or set it; ignoring dates helps for a test.
concern-not-an-authority = This is a certificate of a server or client, not of an authority.
concern-not-an-authority-do = Take the certificate of the authority that issued the certificate of the broker, mostly called ca.crt or root.
concern-is-an-authority = This is the certificate of an authority; a device should show its own.
concern-not-for-clients = It is not made for clients (extended key usage): brokers refuse it with alert 43.
concern-not-for-clients-do = Ask for a certificate with the usage clientAuth.
concern-old-signature = Signed with MD5 or SHA-1; brokers of today refuse that.
concern-uncommon-signature = Signed otherwise than RSA with SHA-256; small modules may not know it.
concern-signature-do = Ask for one that is signed with RSA and SHA-256.
concern-crlf = { $lines } lines end with CR LF: the module takes that, only the byte count changes ({ $bytes } instead of { $lf }).
concern-crlf-do = Nothing to do here, the right count is sent. By hand, count the file as it is.
concern-no-last-line-end = The last line has no line end: harmless.
concern-several = { $count } certificates in one file: all are read.
concern-do-nothing = Nothing to do.
concern-do-repair = Repair it below with one click.
concern-do-repair-better = It works; the repair below makes it tidy.
concern-do-other-file = Choose another file.
concern-do-other-place = Choose the right file, or put this one into its own place.
concern-do-fetch-again = Get the file once more from where it came; it was cut or changed on the way.
damage-joined = The lines were joined: no line end between header and body.
damage-no-footer = The end of the file is missing: it was cut.
damage-other-footer = The footer names something else than the header.
damage-dashes = Line { $line }: not five dashes on each side.
damage-indented = Line { $line } begins with a blank.
damage-character = Line { $line }, column { $column }: a character that base64 does not have.
damage-dressed = Whole, but written as part of a program, a mail, an address or a web page.
damage-lost = { $count } base64 characters are missing{ $line ->
    [0] .
   *[other] : line { $line } is shorter than the others.
}
damage-surplus = { $count } base64 characters too many{ $line ->
    [0] .
   *[other] : line { $line } is longer than the others.
}
damage-cut = Cut: { $bytes } of { $wanted } bytes.
damage-behind = { $bytes } bytes stand behind its end.
damage-signature = The certificate was changed: the signature it made itself does not fit.
damage-content = The lines look well, but their content is damaged.

repair-title = This can be repaired with one click
repair-in-memory = Repaired in memory; the file itself is as it was
repair-plain-text = UTF-16 or byte order mark becomes plain text
repair-to-pem = DER becomes PEM
repair-bundle = the certificates of the PKCS#7 bundle become PEM
repair-order = the device's own certificate comes first, then those above it
repair-rebuild = the blocks are written anew: line ends, dashes and blanks as they should be
repair-stray = text around the blocks goes
repair-line-feeds = CR LF becomes LF
repair-pkcs1 = PKCS#8 becomes PKCS#1, the form in the example of the vendor
repair-sizes = { $before } → { $after } bytes
repair-before = Before
repair-after = After
repair-save = Save repaired copy and use it
repair-save-name = Save a repaired copy and use it: { $role }
repair-use = Use repaired, do not save
repair-use-name = Use it repaired from memory: { $role }
repair-undo = Use it as it is
repair-undo-name = Use the file as it is: { $role }
repair-hint = The copy is a new file beside yours; your file is never changed.

together-title = What belongs together
pair-yes = Client key and client certificate are a pair
pair-no = Client key and client certificate are not a pair
pair-no-do = Choose the key that was made for this certificate.
pair-unreadable = One of the two cannot be read, so the pair cannot be judged
pair-unknown = Client certificate and key are not both chosen yet
pair-not-needed = No client certificate is needed for this protection
chain-none = The chain is drawn here as soon as there is a certificate.
chain-signed-by = signed by
chain-whole = The chain is whole: it ends in a root.
chain-missing = Issued by { $issuer }, which is in neither file. That is fine when the broker knows it: brokers often check clients by another authority.
chain-no-root = No root: issued by { $issuer }, which is not in the file. The module may stop here, or want the root too.
chain-other-key = A certificate named { $issuer } is here, but another key signed: the authority was issued anew. Get its current certificate.
link-root = root
link-intermediate = intermediate
link-leaf = client

upload-title = Upload to the modem
upload-start = Upload and read back
upload-hint = Connecting does this too. Only the port is needed: no SIM card, no network.
upload-why-running = An upload is running
upload-why-no-file = Choose a file first
upload-why-unfit = { $role }: { $why }
upload-why-name = A name on the modem has 1 to 64 bytes
upload-stop = Stop the upload
upload-stop-hint = The command on the wire is finished first.
upload-progress = { $percent } % · { $written } of { $total } bytes · file { $number } of { $count }, { $name }: { $step }
upload-step-create = making room
upload-step-write = writing
upload-step-size = measuring
upload-step-read = reading back
upload-done = { $count } { $count ->
    [one] file is
   *[other] files are
} on the modem, { $bytes } bytes read back and equal, byte for byte.
upload-stopped = Stopped. { $name } is not complete on the modem; upload it again.
upload-failed = { $name }: { $why }
upload-show = Show the { $lines } commands, { $bytes } bytes
upload-hide = Hide the { $lines } commands, { $bytes } bytes
upload-data = then exactly { $bytes } bytes of the file

module-title = On the modem
module-look = Look at the modem
module-not-asked = Files, free space and which file each setting points to.
module-closed = The port is closed; this is what was seen last.
module-free = { $count } { $count ->
    [one] file
   *[other] files
}, { $bytes } bytes free
module-free-unknown = { $count } { $count ->
    [one] file
   *[other] files
}
module-empty = There is no file.
module-why-asked = The modem is being asked
module-compare = Read back and compare { $name }
module-delete = Delete { $name }
compare-reading = being read back…
compare-no-local = no file chosen here has this name
compare-unknown = not compared yet
compare-equal = equal to the file here, { $bytes } bytes compared
compare-different = differs from the file here at byte { $place } (here { $here } bytes, on the modem { $there })
compare-other-size = differs: here { $here } bytes, on the modem { $there }
pointer-title = Settings of the encryption (AT+SSLCFG, lost at a restart)
pointer-level = level
pointer-host = server name
pointer-clock = dates
pointer-untold = not told
pointer-empty = not set
pointer-value = { $value }
pointer-level-0 = 0, nothing checked
pointer-level-1 = 1, server checked
pointer-level-2 = 2, both sides checked
pointer-clock-checked = 0, checked
pointer-clock-ignored = 1, ignored
pointer-dangling = not on the modem
delete-title = Delete { $name } on the modem?
delete-loss-copy = The same file is here on this computer, so it can be uploaded again.
delete-loss-copy-used = The encryption is set to use it: connecting fails until it is uploaded again. The same file is here on this computer.
delete-loss-only = It is gone for good: no equal file is known here on this computer.
delete-loss-only-used = It is gone for good: no equal file is known here, and the encryption is set to use it. Connecting fails until another is uploaded.
delete-no = Keep it there
delete-yes = Delete from the modem
pasted-key-title = This is the text of a key
pasted-certificate-title = This is the text of a certificate
pasted-file-hint = It does not belong into this field, and was not put there. It is kept nowhere. It can be used from memory, until the program ends.
pasted-file-use = Use it as { $role }
pasted-file-forget = Forget it
field-pasted-key = This is the text of a key. It is not saved. Take it out, and use it from memory on the Certificates page.
field-pasted-certificate = This is the text of a certificate. It is not saved. Take it out, and use it from memory on the Certificates page.
field-looks-like-key = This looks like a piece of a key, and is not saved.
field-is-password = This is the password. It is not saved here.
