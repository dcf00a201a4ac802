# The command certs

certs-byte-order-mark-front = a byte order mark in front
certs-none = none
certs-utf-16-powershell-notepad = UTF-16, as PowerShell and Notepad save it
certs-plain-text = plain text
certs-lines-end-cr-alone = lines end with CR alone
certs-lines-end-lf = lines end with LF
certs-lines-end-cr-lf = lines end with CR LF
certs-left-out = left out
certs-begin-trusted-certificate-only = BEGIN TRUSTED CERTIFICATE, which only OpenSSL reads
certs-binary-der = binary (DER)
certs-pkcs-7-bundle-p7b = a PKCS#7 bundle (.p7b)
certs-pkcs-12-store-p12 = a PKCS#12 store (.p12, .pfx)
certs-key-behind-pass-phrase = a key behind a pass phrase
certs-without-memory-written-file = without one, in memory and in the written file
certs-openssh-own-form-begin = OpenSSH's own form (BEGIN OPENSSH PRIVATE KEY)
certs-device-own-certificate-did = the device's own certificate did not stand first
certs-does-those-above-follow = it does; those above it follow
certs-certificate-key-twice = a certificate or key is there twice
certs-once = once
certs-clean-pem = clean PEM
certs-dashes-word-processor-too = dashes of a word processor, too few, or none around BEGIN and END
certs-characters-look-like-others = characters that look like others or are not seen
certs-n-like-written-out = \n and the like written out, as in a program or JSON
certs-strings-program-quotes-joins = strings of a program: quotes and what joins them
certs-0a-like-address = %0A and the like, as in an address
certs-10-tags-web-page = &#10; or tags, as in a web page or XML
certs-3d-like-mail = =3D and the like, as in a mail
certs-base64-place = base64 with - and _ in place of + and /
certs-something-beside-each-line = something beside each line: > of a mail, numbers, times
certs-base64-without-begin-line = base64 without a BEGIN line
certs-no-end-line-stands = no END line; what stands before it is whole
certs-begin-line-names-something = a BEGIN line that names something else than the block holds
certs-whole-pem-file-base64 = a whole PEM file in base64, as Kubernetes keeps it
certs-bytes-hex = bytes in hex
certs-end-missing = the = at the end are missing
certs-give-authority-certificates-alone = Give the authority's certificates alone: the root, or what issued the broker's certificate.
certs-if-broker-chain-ends = If the broker's chain ends in that authority, ask for an RSA chain; else nothing.
certs-holds-client-certificate-does = holds a client certificate that does not belong to the key given; all certificates were looked at
certs-use-pair-belongs-together = Use the pair that belongs together.
certs-holds-more-key-only = holds one more key; only the one that a certificate belongs to is used
certs-give-pair-time = Give one pair at a time.
certs-take-original-file-again = Take the original file again.
certs-holds-nothing-module-can = holds nothing that a module can use
certs-give-certificates-private-key = Give the certificates and the private key; a request goes to the authority, a public key is of no use here.
certs-behind-pass-phrase-none = is behind a pass phrase, and none was given
certs-give-file-passphrase-file = Give it in a file: --passphrase-file FILE.
certs-not-opened-pass-phrase = is not opened by the pass phrase given, or is damaged
certs-check-pass-phrase-only = Check the pass phrase; only the first line of its file counts.
certs-openssh-key-behind-pass = is an OpenSSH key behind a pass phrase
certs-take-pass-phrase-away = Take the pass phrase away from a copy: ssh-keygen -p -m PEM -N "" -f COPY.
certs-locked-cipher-program-does = is locked with a cipher that this program does not have
certs-open-where-made-openssl = Open it where it was made, or with openssl -legacy, and lock it anew with AES.
certs-give-certificate-key-file = Give the certificate or key file itself.
certs-text-without-certificate-key = is a text without a certificate or key
certs-binary-but-neither-certificate = is binary, but neither a certificate nor a key
certs-archive-zip-like-not = is an archive (zip or the like), not a certificate
certs-unpack-give-files = Unpack it, and give the files in it.
certs-key-store-java = is a key store of Java
certs-convert-keytool-importkeystore-srckeystore = Convert it: keytool -importkeystore -srckeystore FILE -destkeystore new.p12 -deststoretype pkcs12.
certs-key-putty = is a key of PuTTY
certs-puttygen-choose-conversions-export = In PuTTYgen choose Conversions, Export OpenSSH key.
certs-public-key-ssh = is a public key for SSH
certs-something-pgp = is something of PGP
certs-web-page-download-gave = is a web page: the download gave a page instead of the file
certs-log-load-file-itself = Log in there, and load the file itself.
certs-document-not-certificate = is a document, not a certificate
certs-copy-certificate-text-out = Copy the certificate's text out of it into a text file.
certs-picture = is a picture
certs-intermediate-above-client-certificate = intermediate above the client certificate
certs-client-certificate = client certificate
certs-root-authority = root authority
certs-authority = authority
certs-certificate-left-out = certificate, left out
certs-private-key = private key
certs-private-key-not-used = private key, not used
certs-request-certificate-not-needed = request for a certificate, not needed
certs-public-key-not-needed = public key, not needed
certs-revocation-list-not-needed = revocation list, not needed

## The report on files

certs-repaired = repaired
certs-no-authority-broker-among = no authority for the broker is among the files; levels 1 and 2 need one
certs-lost-end-own-length = { $name } lost the = at its end; by its own length the rest is whole
certs-take-original-file-when = Take the original file when there is one; the file written here is complete.

## New certificates

certs-new-mosquitto-also-mosquitto-conf = For mosquitto (also in mosquitto.conf; the broker's user must be able to read server.key):
certs-new-emqx-5 = For EMQX 5:
certs-new-module = For the module:
certs-new-keep-ca-key-server = Keep ca.key and server.key to yourself: only ca.crt, client.crt and client.key go to the module.

## Pieces and verdicts

certs-do = What to do
certs-written = written:
certs-bytes = bytes
certs-usable-module = USABLE by the module
certs-usable-doubts = USABLE, with doubts
certs-refused-no-connection-would = REFUSED: no connection would come of it
certs-issued = issued by
certs-signed = signed
certs-valid-until = valid until

## Changes and details with values

certs-stray = { $bytes } bytes of other text
certs-stray-foreign = { $bytes } bytes of other text, not UTF-8
certs-line-ends-lost = line ends became blanks or were lost
certs-no-end-line = the END line is missing; what stands before it is whole
certs-other-end-line = the END line names something else than the BEGIN line
certs-dashes = line { $line }: not five dashes on each side
certs-indented = line { $line } begins with a blank
certs-no-base64 = line { $line }, column { $column }: no character of base64
certs-not-as-pem = not written as PEM
certs-leaf-left-out = holds the broker's own certificate ({ $subject }) beside authorities; it was left out
certs-elliptic-left-out = holds an elliptic-curve authority ({ $subject }); it was left out beside the RSA ones
certs-wrong-signature = holds a certificate ({ $subject }) whose issuer's signature does not fit: one of the two was changed
certs-no-root = the root ({ $issuer }) is not among the files; the module stops at what it believes, a computer wants it too
certs-of-file = { $name } { $what }
certs-pass-phrase = Pass phrase
certs-authority-key-left-out = holds the private key of an authority; it was left out
certs-keep-authority-key-away = Keep it away from the device: who has it makes certificates in the authority's name.
certs-authority-key-alone = holds the private key of an authority, and no device's certificate is there
certs-authority-key-only-self-signed = Use it only where the device's certificate signed itself; else give the device's own pair, and keep this key away from the device.
certs-half-certificate = { $name } holds a client certificate whose key is not among the files; level 2 needs both
certs-half-key = { $name } holds a private key whose certificate is not among the files; level 2 needs both
certs-give-no-public-key = Give the private key: a public key is not it.
certs-give-key-too = Give the key too; without it only the server can be checked.
certs-give-no-request = Give the certificate: a request is what an authority makes one of.
certs-give-certificate-too = Give its certificate too; without it only the server can be checked.

## What cannot be done

certs-key-for-a-name = the text of a key, or of something that may be one, stands where the name of a file should: others can read a command line, so save it into a file (or give - and pipe it in)
certs-there-already = { $path } is there already and holds something else; nothing was written: choose another folder, or add --overwrite
certs-nothing-written = --out { $folder }: { $why }; nothing was written: choose another folder
certs-new-no-name = { $name } is no host name and no address; give the name under which the module reaches the broker, without port or scheme
certs-new-client-name = the client's name has { $length } characters; a certificate holds 1 to 64: shorten it
certs-new-key-bits = RSA keys of { $bits } bits; the module reads 2048 to 4096: choose 2048 (F-112)
certs-new-days = valid for { $days } days; choose 1 to 36500
certs-new-no-keys = the keys could not be made: { $why }
