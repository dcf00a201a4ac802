# Texts of the Connect page and of profiles.

modem-title = Modem
virtual-modem-hint = No hardware needed: a simulated module with its own SIM card and network, inside this program.
ports-reload = Look for ports again
ports-looking = Looking for serial ports…
ports-none = { SYSTEM() ->
    [windows] No serial port was found. Plug the module in and look again. If the Device Manager shows it without a COM port, its driver is missing.
   *[other] No serial port was found. Plug the module in and look again, or type a path.
}
ports-failed = The serial ports cannot be listed: { $detail }
port-typed = typed by hand
port-path = Port path
port-path-hint = { SYSTEM() ->
    [windows] other port, e.g. COM12
   *[other] other port, e.g. COM5 or /dev/ttyUSB0
}
port-path-empty = Type a port first
port-use = Use

broker-title = Broker and login
own-broker = Built-in broker
own-broker-hint = Starts with the connection on a free port of this computer, with a welcome message on mqtt/pub; it answers what is published on mqtt/sub.
own-broker-join = Join with MQTTX or any other client at this address.
own-broker-copy = Copy the address
own-broker-lost = { $count } { $count ->
    [one] message was
   *[other] messages were
} dropped by this broker.
own-broker-queue = The queue of the client "{ $client }" is full: what does not fit is dropped.
own-broker-retained = The store of retained messages is full: new ones are not kept.
own-broker-packet = Messages are larger than the client "{ $client }" takes.
own-broker-half = Half-received packets held too much memory: the client with the largest was cut off.
own-broker-outbound = The client "{ $client }" reads too slowly and was cut off.
own-broker-connections = There are too many connections: new ones are turned away.
own-broker-sessions = There are too many sessions: new clients are turned away.
own-broker-subscriptions = The client "{ $client }" has too many subscriptions: new ones are refused.
other-broker = Another broker
field-host = Host
field-host-hint = broker.example.com
field-port = Port
field-client-id = Client ID
field-user = User name
field-password = Password
field-optional = optional
field-keep-alive = Keep Alive (s)
keep-alive-short = The vendor's tutorial advises 60 to 240 s, 120 is best. Shorter costs data and power, and one slow answer ends the session.
keep-alive-long = The vendor's tutorial advises at most 240 s: mobile networks forget a silent link after some minutes. (Its AT manual says 300 and more.)
keep-alive-very-long = Above 300 s the module needs firmware V1161 and a third argument, and mobile networks forget a silent link sooner. The vendor's tutorial advises 60 to 240 s.
field-clean-session = Clean Session
field-publish-topic = Publish topic
subscriptions-title = Subscriptions
subscription-add = Add a subscription
subscription-filter = Subscription { $number }
subscription-qos = QoS of subscription { $number }
subscription-remove = Remove subscription { $number }
will-title = Last Will
will-hint = What the broker tells the others when it loses this client: after 1.5 × keep alive without a word, or at once when the connection is closed with AT+MIPCLOSE but without AT+MDISCONNECT. After AT+MDISCONNECT the standard discards it; the vendor's tutorial says that it is published then too.
will-on = Use a last will
will-is-on = on
will-topic = Will topic
will-payload = Will message
will-qos = Will QoS
will-retain = Retain

host-meant = Take "{ $host }"
host-meant-port = Take "{ $host }" and port { $port }
form-empty = Must be filled in
form-number = A whole number from { $from } to { $to }
form-twice = Already in the list

profile-title = Profile
profile-name = Profile name
profile-name-hint = name of this profile
profile-save = Save
profile-duplicate = Duplicate
profile-delete = Delete
profile-new = New profile
profile-hint = Everything above is kept under this name; passwords are not part of it.
profile-why-no-name = Type a name first
profile-why-unsaved = This profile is not saved
profile-delete-title = Delete the profile "{ $name }"?
profile-delete-hint = Its settings will be lost. Nothing on the modem changes.
profile-delete-no = Keep it
profile-delete-yes = Delete it

section-broker = Broker
section-sim = SIM
section-link = Go to { $section }
form-locked = This is what is in use. Disconnect first to change it.
plan-title = AT plan
plan-hint = exactly what will be sent, in this order
plan-none = The plan appears as soon as the form can be used.
outcome-nothing = Ready. One click runs the plan below, step by step.
outcome-opening = Opening { $port } …
outcome-connecting = Running the plan …
outcome-closing = Closing the session …
outcome-connected = Connected: the broker said CONNACK OK.
plan-probes = Looking for the cause
outcome-missing = Not ready yet. { $field }: { $why }
outcome-empty = Not ready yet. Still to fill in: { $field }
outcome-reading = The files are being read …
outcome-show-field = Show the field
outcome-undecided = The facts do not decide yet. What would: { $step }
outcome-doctor = Open Troubleshoot
row-absent = was not there, no fault
waiting = { $what }, { $now } of { $limit } s
waiting-answer = waiting for the answer
waiting-card = waiting for the SIM card
waiting-searching = searching
waiting-denied = refused by the network, still trying
waiting-network = waiting for the network
waiting-attach = waiting for packet data
waiting-address = waiting for an address
waiting-link = connecting
waiting-tls = connecting and agreeing on keys
waiting-login = waiting for CONNACK
waiting-suback = waiting for SUBACK
waiting-file = writing
connect-now = Connect now
connect-again = Try again
to-messages = Go to Messages
row-planned = planned
row-running = running
row-done = done
row-failed = failed
row-skipped = not needed

step-attention = Is anybody there?
step-identity = Which firmware is it?
step-error-numbers = Say error numbers instead of a bare ERROR.
step-sim = Is the SIM card ready?
step-signal = How strong is the signal?
step-registration = Does the network have us?
step-attach = May we send data?
step-address = Which address did we get?
step-direct-messages = Print arriving messages at once.
step-text-mode = Print payloads as text.
step-session-state = Is an old session still open?
step-goodbye = Say good-bye to the broker.
step-close-link = Close the old TCP link.
step-config = Client ID, user name, password and last will.
step-open-link = Open the TCP link to the broker; OK is only acceptance, CONNECT OK is success.
step-login = Log in with Clean Session and Keep Alive; CONNACK OK is success.
step-subscribe = Ask for messages; SUBACK is success.
step-cached-messages = Keep messages in the four slots of the module until they are fetched.
step-fetch-messages = Fetch the kept messages.
step-open-encrypted-link = Open the encrypted link; CONNECT OK is success.
step-tls-setting = Set how the link is encrypted; lost at a restart.
step-tls-check = Read the setting back.
step-delete-file = Delete an older file of that name; an error here is harmless.
step-create-file = Make an empty file.
step-write-file = Write exactly these bytes after the prompt.
step-file-size = Ask how long the file is.
step-read-file = Read the file back to compare it.
step-list-files = List the files of the module.
step-free-space = Ask for the free space.
step-saved-access-point = Ask which access point is saved.
step-save-access-point = Save the access point of the private network; the module attaches anew by itself.
step-clear-access-point = Delete the saved access point.
step-used-access-point = Ask which access point is in use.
step-radio-off = Switch the radio off.
step-radio-on = Switch the radio on again.
step-shut-context = Take the TCP context down.
step-restart = Restart the module; files stay, settings go.
step-start-context = Begin the context that resolving needs; an error here is harmless.
step-raise-context = Bring the context up.
step-context-address = Ask for the address of the context.
step-resolve = Resolve the name as the module sees it.
step-name-servers = Ask which name servers are used.
step-enter-pin = Unlock the SIM card with its PIN.
step-set-name-servers = Set the name servers that the module asks.
step-kept-messages = Ask which slots of the module hold a message.
step-detail = Ask what the module can say of itself.

# Ports: what each said, and how they belong together.
ports-probe = Ask for AT
ports-why-open = A port is open: close it first, its line belongs to the connection
device-ports = { $count ->
    [one] one port
   *[other] { $count } ports, only some take AT commands
}
device-several = One device
probe-asking = Asking AT
probe-at = answers OK: an AT port
probe-noise = sends bytes that are no text: the log port, or another line rate
probe-words = sends text but does not answer AT: another device, or it is busy
probe-silent = does not answer AT: no power, another device, or another line rate
probe-unusable = does not open

# The SIM card.
sim-title = SIM card
sim-public = Public card
sim-public-hint = Needs no access point: the module takes it from the network. One saved earlier stays in use.
sim-private = Private network (own APN)
sim-apn = APN
sim-apn-hint = e.g. jscmiot
sim-user = APN user
sim-password = APN password
sim-check = Authentication
sim-check-chap = CHAP
sim-check-pap = PAP (password in clear)
sim-check-none = none
sim-private-warning = Saving another access point makes the module restart its network stack: it is off the network for some seconds. The setting stays in the module, also without power and for the next program.

# Passwords.
password-will-be-asked = needed; asked for when you connect
password-keep = Keep passwords in the system's keyring
password-keep-hint = When the profile is saved; never in the settings file.
keyring-looking = Looking for the system's keyring
keyring-missing = This system has no keyring that can be used. { $detail }
keyring-missing-short = No keyring on this system: passwords are asked for each time and never written.
ask-title = Passwords for "{ $name }"
ask-hint = This profile connects with a password that is kept nowhere on this computer.
ask-login = Login password
ask-access-point = Access point password
ask-connect = Connect with it
ask-without = Connect without
ask-cancel = Cancel
ask-why-empty = Type the password first

# Profiles to and from files.
profile-changed = not saved
profile-rename = Rename
profile-import = Import
profile-export = Export
profile-mqttx = Export for MQTTX
profile-why-same-name = Type another name first
profile-why-taken = Another profile has this name
files-path = Path of the file
files-path-hint = folder/name.json
files-pick = Browse
files-close = Done
files-replace = Replace it
files-exists = { $path } exists already. Press again to replace it, or change the name.
files-no-dialog = This system shows no file dialog: type the path instead.
files-why-busy = Wait for the file
files-why-no-path = Type or pick a path first
import-title = Import profiles
import-hint = Reads a file that this program exported, a JSON export of MQTTX or the settings of MQTT Explorer. Profiles that are there stay as they are.
import-run = Read and import
import-done = "{ $name }" was imported.
import-renamed = "{ $asked }" was taken: the imported one is called "{ $name }".
import-same = "{ $name }" is there already, exactly the same.
import-too-large = This file is larger than any file of profiles.
import-not-text = This file is not text: choose a JSON file of this program, of MQTTX or of MQTT Explorer.
import-not-json = This is not JSON: the first fault is in line { $line }, column { $column }. Nothing was imported.
import-not-profiles = This JSON file holds no profiles of this program and no connections of MQTTX or MQTT Explorer. Nothing was imported.
import-too-new = This file has form { $found }; this program knows forms up to { $known }. Export it again with this version, or use a newer program.
import-empty = There is no profile in this file.
import-bad-profile = Profile { $number } ("{ $name }") cannot be used: the field "{ $field }" has a value that does not fit. Nothing was imported.
export-title = Export profiles
export-hint = Writes a JSON file that this program reads on any computer.
export-all = All { $count } saved profiles
export-secrets = Write passwords too, in clear
export-secrets-warning = Anybody who gets this file can read the passwords. They are not encrypted.
export-no-secrets = No password is typed or loaded now, so none will be written.
export-run = Write the file
mqttx-title = Connection for MQTTX
mqttx-hint = Writes a file for MQTTX: Connections, Import Data, JSON. It uses the same broker, so that you see there what the module sends. A later export of the same profile changes that connection instead of adding one. This profile stands in the file too, so that it can be imported here again.
mqttx-topics = MQTTX joins as { $client } and listens to { $listens }; publish there to { $publishes } to reach the module.
mqttx-why-no-address = The broker's address is not known yet: type a host, or connect once to start the built-in broker
mqttx-no-files = For mutual TLS, MQTTX needs the CA, the certificate and the key as files on this computer. Here at least one of them is only on the module or not chosen: choose it on the Certificates page, or MQTTX cannot connect.
mqttx-no-authority = No CA file is chosen on this computer: MQTTX will check the broker against the authorities it knows by itself.
mqttx-pasted = A certificate or key was pasted and lies in no file. MQTTX reads files: save it as one and choose that on the Certificates page first.
foreign-found = { $tool }: { $count ->
    [0] no connection that the module can use
    [one] one connection
   *[other] { $count } connections
}
foreign-run = Import them
foreign-why-nothing = None of these connections can be used by the module
foreign-secrets = Take the passwords of the file too
foreign-secrets-left = Without it, the password is asked for at the first connect.
foreign-secrets-taken = They are kept in the system's keyring where there is one, else only until the program ends; never in the settings.
foreign-version = There it speaks MQTT 5; the module speaks MQTT 3.1.1. The broker must take that too.
foreign-options = Left out, since only MQTT 5 has them: { $options }
foreign-client-id = The client ID is the same as there: a broker throws out the older of two with the same ID. Change it before both connect.
foreign-client-id-time = There the time is added to the client ID at each connect; the module uses it as it stands.
foreign-disabled = The subscription { $topic } is off there and was left out.
foreign-half-pair = Of certificate and key only one is named: the module needs both to show a certificate.
foreign-checked-here = There the broker's certificate is not checked; with both sides checked, the module checks it.
foreign-no-authority = There the authorities known to that computer count; the module knows none: choose the CA file on the Certificates page.
foreign-files-inside = Certificates lie inside this file: save them as files and choose them on the Certificates page.
foreign-no-file = { $path } cannot be read on this computer: choose the file on the Certificates page.
foreign-elliptic = { $path } is of an elliptic curve: whether the module takes such a file is doubtful. RSA is sure.
foreign-alpn = There ALPN names are sent; the module cannot.
foreign-mirrored = An older version of this program wrote this for MQTTX: client ID and topic are turned back, but what the module subscribes to and its will do not stand in it.
foreign-web-socket = "{ $name }" goes over WebSocket, which the module does not speak: left out.
foreign-no-host = "{ $name }" names no host: left out.

row-if-needed = only if needed
row-extra = not foreseen
plan-to-rung = Why: open "{ $rung }" of the ladder

# How the way to the broker is protected.
security-title = Encryption
security-plain = No encryption
security-plain-hint = Everything travels in clear, the password too.
security-server = Server checked
security-server-hint = One-way TLS: the module checks the broker's certificate against this CA.
security-both = Both sides checked
security-both-hint = Mutual TLS: the broker also checks the module's certificate.
security-encrypted = Encrypted, nothing checked
security-encrypted-warning = Anybody on the way can pretend to be the broker and read everything. Use it to find faults, not to work.
slot-ca = CA certificate
slot-certificate-client = Client certificate
slot-key-client = Client key
slot-path-hint = path of a PEM file
slot-pick = Browse for { $slot }
slot-is-on-module = { $slot } on the module
slot-on-module = { $name } on the module is used as it is.
slot-certificate = { $name }, valid until { $until }{ $more ->
    [0] {""}
    [one] {", and one certificate more"}
   *[other] {", and "}{ $more }{" certificates more"}
}
slot-key = { $kind } key, stays secret
slot-concern = { $what } · { $concern }
slot-other = Neither a certificate nor a key
slot-to-certificates = Look closer on the Certificates page
field-server-name = Server name (SNI)
field-ignore-clock = Leave dates of certificates unchecked
field-ignore-clock-hint = For a module whose clock is wrong. Expired certificates pass too.
security-demo = Use throw-away certificates
security-demo-hint = Made for the built-in broker only.


## The module itself

device-title = Service
device-card = Card
device-pin = PIN
device-unlock = Unlock
device-pin-missing = Type the PIN first
device-pin-left =
    { $n ->
        [0] Three PINs were wrong here: the card will want its PUK.
        [one] At most 1 try is left before the card wants its PUK. The module does not count them; tries elsewhere are not known here.
       *[other] At most { $n } tries are left before the card wants its PUK. The module does not count them; tries elsewhere are not known here.
    }
device-puk = The card is blocked and wants its PUK, which the provider has. Ten wrong ones destroy it: unlock it in a phone.
device-network-gave = The network gave { $address } (access point { $apn }). A public card needs no access point; of a private one ask the provider for access point, user, password, and whether there is a white list.
device-white-list = For a white list: { $address }, port { $port }
device-apn = Access point kept
device-apn-none = none
device-apn-delete = Delete it
device-servers = Name servers
device-servers-new = Ask others
device-servers-set = Set until restart
device-servers-wrong = One address, or two with a comma
device-cache-lost = Cache of the module: { $overwritten } messages overwritten, { $lost } lost at a restart
device-look = Look again
device-radio-off = Radio off
device-radio-on = Radio on
device-restart = Restart
device-hex-on = HEX mode on
device-hex-off = HEX mode off
device-erase = Erase of the encryption:
device-erase-key = Erase the setting { $key }
device-fact = Wrong before V{ $version }: { $text }
device-no-fact = Nothing is known to be wrong in { $name }.
tls-all = all of the module's
tls-version = TLS version
tls-suite = Cipher suite
tls-negotiation = Handshake at most
field-cached = Keep messages in the module
field-cached-hint = In its four slots, until they are fetched: messages up to the cache's size come whole. What is not fetched in time is overwritten, and lost at a restart; both are counted and told.
