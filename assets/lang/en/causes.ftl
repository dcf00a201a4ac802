# Why something fails: causes, what to do, and why nothing can show one.

## From the cable to the module

cause-F-001 = This is not the module's AT port: a module shows two or three ports and only some take commands.
fix-F-001 = Try the other ports of the same device and keep the one that answers OK to AT.
cause-F-002 = Another program holds the port.
fix-F-002 = Close the other serial tool (often Luatools, SSCOM or LLCOM), then try again.
cause-F-003 = The system does not let this user open the port.
fix-F-003 = Add your user to the group that owns the device (usually dialout or uucp) and log in again.
cause-F-004 = A system service seems to talk on the same port: answers came that fit no command of ours.
fix-F-004 = { SYSTEM() ->
    [linux] Stop ModemManager, or tell it by a udev rule to leave this USB id alone.
   *[other] Close every other program that talks on serial ports (serial tools, dial-up and phone software), then try again.
}
cause-F-005 = The baud rate or the frame format does not fit: bytes come, but no text.
fix-F-005 = Try 115200 8N1 first, then 9600, 57600, 460800 and 921600; once connected, fix it with AT+IPR=115200;&W.
cause-F-006 = The UART has not learned its baud rate yet.
fix-F-006 = Send AT in capital letters several times after power-on, or store a fixed rate in the module.
cause-F-007 = The module may be asleep: the first bytes after a pause are lost.
fix-F-007 = Send AT once more to wake it; while testing, keep it awake with AT+CSCLK=0.
cause-F-008 = { SYSTEM() ->
    [windows] The module is off, the cable carries no data, or a driver is missing.
   *[other] The module is off, or the cable carries no data.
}
fix-F-008 = { SYSTEM() ->
    [windows] Hold the power key for two seconds, use a data cable, check the supply (3.3 to 4.3 V) and list the ports again. If the Device Manager shows it without a COM port, its driver is missing: Windows 10 and 11 bring the module's along, a UART adapter may need its maker's.
   *[other] Hold the power key for two seconds, use a data cable, check the supply (3.3 to 4.3 V) and list the ports again.
}
cause-F-009 = The module runs script firmware, which takes no AT commands.
fix-F-009 = Flash the AT firmware made for this model with Luatools.
cause-F-010 = A command was sent without its carriage return.
fix-F-010 = End every command with CR.
cause-F-011 = The module repeats each command before its answer, or a program expects that and it does not.
fix-F-011 = This program reads both; for a program of your own choose one with ATE0 or ATE1 after every start.
unshown-F-011 = The echo stands on the wire, but not what another program makes of it; here it does no harm.
cause-F-012 = The module refuses without saying why.
fix-F-012 = Switch error numbers on with AT+CMEE=1 and repeat the step.
cause-F-013 = The module still waits for data after a > prompt and swallows commands.
fix-F-013 = Wait until its input time has run out, then repeat with exactly the announced number of bytes.
cause-F-014 = The port may be in transparent or dial-up mode, where commands pass as data.
fix-F-014 = Pause one second, send +++ without a line end, then switch it off with AT+CIPMODE=0.
cause-F-015 = The module does not understand the line: a wrong character, a Chinese comma or quote, or a wrong value.
fix-F-015 = Write the command with plain ASCII quotes and commas and check each value against the manual.
cause-F-016 = A client id, topic or text was sent in GBK; MQTT wants UTF-8, and the broker closes.
fix-F-016 = Set the serial tool to UTF-8, or keep ids and topics in plain ASCII.
cause-F-017 = On a UART: TX and RX may be swapped, or the level does not fit (1.8 or 3.3 V).
fix-F-017 = Cross TX and RX, join the grounds, match the level and leave hardware flow control off.
cause-F-018 = Two commands overlapped: an answer stands under the wrong one.
fix-F-018 = Wait for the end of one step before starting the next.
cause-F-019 = Bytes were lost on the serial line: a message is shorter than the module announced.
fix-F-019 = Raise the baud rate, join and enable flow control (AT+IFC=2,2), or receive through the module's cache.
cause-F-020 = The port vanished while it was in use: unplugged, or the module restarted.
fix-F-020 = Check cable and supply, then connect again; AT*EXINFO? tells why the module started.

## Card, antenna, registration

cause-F-021 = The module finds no SIM card.
fix-F-021 = Put the card in the right way round, press it home, then restart the module.
cause-F-022 = The card may be in the other slot.
fix-F-022 = Move the card to slot 0, or select the other slot in flight mode with AT+SIMCROSS=1.
cause-F-023 = The card is locked by a PIN.
fix-F-023 = Switch the PIN off in a phone, or enter it once with AT+CPIN (only three tries).
cause-F-024 = The card is blocked and asks for its PUK.
fix-F-024 = Ask the operator for the PUK; do not guess, ten wrong tries destroy the card.
cause-F-025 = The card is still starting.
fix-F-025 = Wait ten seconds and try again.
cause-F-026 = The card has a bad contact or is faulty.
fix-F-026 = Clean and reseat the card, then compare with another one.
cause-F-027 = The card may be out of credit, over its data volume, or expired.
fix-F-027 = Ask the SIM provider for the card's state by its ICCID, top it up, then restart the module.
cause-F-028 = The card may be bound to another device.
fix-F-028 = Ask the SIM provider to bind it to this module's IMEI.
cause-F-029 = The card may not be activated, or its trial has ended.
fix-F-029 = Have the SIM provider activate it.
cause-F-030 = The module serves this computer as a network card, which uses up the card's volume.
fix-F-030 = Switch it off with AT+RNDISCALL=0,1 and ask the provider how much volume is left.
cause-F-031 = The module hears no cell.
fix-F-031 = Fit the antenna to the LTE connector, go near a window, and compare with a phone.
cause-F-032 = The signal is too weak for a steady connection.
fix-F-032 = Improve or move the antenna; the value of AT+CSQ should be above 15.
cause-F-033 = The signal is strong but disturbed.
fix-F-033 = Move away from metal and power supplies; try another place or operator.
cause-F-034 = The place weakens the antenna: a metal wall, a cellar, a lift, a closed box.
fix-F-034 = Lead the antenna outside, or use one with more gain and a longer cable.
unshown-F-034 = One session sees one place; only the same module measured at two places tells them apart.
cause-F-035 = The antenna of this product is badly tuned.
fix-F-035 = Have the antenna measured and tuned; compare with a reference board at the same spot.
unshown-F-035 = One session sees one device; only another board with the same card at the same spot tells.
cause-F-036 = The module may be locked to bands that are not used here.
fix-F-036 = Compare AT+ECBAND? with the bands of the model and unlock all of them in flight mode.
cause-F-037 = The module searches and no network takes it.
fix-F-037 = Wait a minute, switch the radio off and on (AT+CFUN=0, AT+CFUN=1), then check card, antenna and bands in this order.
cause-F-038 = The network refused the card.
fix-F-038 = Ask the SIM provider whether the card is active and allowed here; give them ICCID and IMEI.
cause-F-039 = The radio is switched off.
fix-F-039 = Switch it on with AT+CFUN=1.
cause-F-040 = A fixed operator may be set that is not present here.
fix-F-040 = Let the module choose with AT+COPS=0.
cause-F-041 = The network gives this card no data: emergency calls or messages only.
fix-F-041 = Ask the SIM provider for the card's data and roaming rights.
cause-F-042 = A single cell may be crowded, faulty or false.
fix-F-042 = Try a kilometre away or on another band; firmware V1162 or later avoids false cells.
unshown-F-042 = One session seldom leaves its cell; only the outcome at several cells tells one of them to be bad.

## Data connection, names, TCP

cause-F-043 = Registered, but not attached to the packet network.
fix-F-043 = Send AT+CGATT=1; if it stays 0, restart the radio and check the card's data service.
cause-F-044 = Attached, but the network gave no address.
fix-F-044 = Set the APN that belongs to the card, then restart the radio.
cause-F-045 = A private-network card needs its own APN.
fix-F-045 = Set it with AT+CPNETAPN=2,apn,user,password,auth and the provider's values, then restart the module.
cause-F-046 = The network refused the APN's user, password or kind of check.
fix-F-046 = Compare them with the provider's values; try PAP (1) and CHAP (2).
cause-F-047 = An access point of an older project is stored in the module.
fix-F-047 = Delete it (AT+CPNETAPN=3) and restart, or save the right one.
cause-F-048 = The card may reach listed servers only, and this broker is not on the list.
fix-F-048 = Have the SIM provider put the broker's name, address, port and the DNS servers on the card's list.
cause-F-049 = The network took the data connection away.
fix-F-049 = Connect again from the start; if it repeats, switch the radio off and on and check card and signal.
cause-F-050 = The data connection failed again and again; the module does not get out of it by itself.
fix-F-050 = Pulse the RESET pin, or take the power away for some seconds; then check card and access point.
cause-F-051 = The module has an IPv6 address only, and this broker or this firmware needs IPv4.
fix-F-051 = Ask for both with AT+CGDCONT=1,"IPV4V6" and your access point, and use a broker name that has an IPv4 address.
cause-F-052 = The broker's name does not exist.
fix-F-052 = Check the host name letter by letter; try it from this computer too.
cause-F-053 = The module's DNS servers do not answer.
fix-F-053 = Set others, for example AT+CDNSCFG="223.5.5.5","119.29.29.29", or use the broker's address.
cause-F-054 = The module and this computer get different addresses for the broker's name.
fix-F-054 = Use the public name or the address; look for a hosts entry or a private zone.
cause-F-055 = The name was asked for before the data connection was opened.
fix-F-055 = Run AT+CSTT, AT+CIICR and AT+CIFSR first; the button does it.
cause-F-056 = This firmware has a known fault with names.
fix-F-056 = Update the firmware; use the address meanwhile.
cause-F-057 = The host is not a bare name or address.
fix-F-057 = Write the name alone, without mqtt://, blanks, path or port.
cause-F-058 = Nothing listens on that port: the connection was refused at once.
fix-F-058 = Correct the port, or start the broker's listener.
cause-F-059 = Nobody answers at that address: a firewall or security group drops the packets.
fix-F-059 = Open the port for all sources in the firewall and the cloud's security group.
cause-F-060 = The broker has a private address that the mobile network cannot reach.
fix-F-060 = Use a broker with a public address, or a card of the same private network.
cause-F-061 = The broker may listen on its own machine only.
fix-F-061 = Add a listener for all addresses (mosquitto 2: a listener line) and a login.
cause-F-062 = That port of the broker speaks WebSocket or HTTP, not MQTT.
fix-F-062 = Use the MQTT port, usually 1883, with TLS 8883.
cause-F-063 = An older connection is still open in the module.
fix-F-063 = Close it with AT+MDISCONNECT and AT+MIPCLOSE, then connect again.
cause-F-064 = The command does not fit the state of the connection.
fix-F-064 = Look at AT+MQTTSTATU, then connect again from the start.
cause-F-065 = The server accepts the connection and closes it at once.
fix-F-065 = Look for a connection limit, a ban list or a proxy setting at the broker.
cause-F-066 = The broker is far away or slow to answer.
fix-F-066 = Test against a broker near the device.
cause-F-067 = The module counts its connections, so its reports begin with a number (7,CONNECT OK).
fix-F-067 = Set AT+CIPMUX=0, or let the program that reads the lines expect the number.
cause-F-068 = A second MQTT connection was asked for; the firmware has one.
fix-F-068 = Use one connection and tell the uses apart by topic, or close the first one before.

## TLS: talk and settings

cause-F-069 = The port wants TLS, but the connection was made without.
fix-F-069 = Choose a connection with encryption, or the broker's plain port (usually 1883).
cause-F-070 = The port speaks plain MQTT, but the module tries TLS.
fix-F-070 = Choose a connection without encryption, or the broker's TLS port (usually 8883).
cause-F-071 = The broker allows none of the module's six cipher suites.
fix-F-071 = Allow AES256-SHA256, AES256-SHA or AES128-SHA with TLS 1.2 on the broker, at least on a listener of its own.
cause-F-072 = The broker speaks TLS 1.3 only; the module ends at TLS 1.2.
fix-F-072 = Enable TLS 1.2 on the broker as well.
cause-F-073 = The module is pinned to a protocol version that the broker refuses.
fix-F-073 = Set the version to TLS 1.2 or to all: AT+SSLCFG="sslversion",88,4.
cause-F-074 = The broker's certificate has no RSA key but another (an elliptic curve, mostly); the module needs plain RSA.
fix-F-074 = Issue an RSA certificate for the broker (certbot: --key-type rsa), or add one beside the other.
cause-F-075 = The module offers one suite only, and the broker refuses just that one.
fix-F-075 = Offer all suites: AT+SSLCFG="ciphersuite",88,0XFFFF.
cause-F-076 = The broker takes only RC4 or 3DES of the module's suites.
fix-F-076 = Enable an AES suite on the broker; RC4 and 3DES are broken.
cause-F-077 = The broker's policy refuses a client that does not name its signature algorithms.
fix-F-077 = Lower the listener's security level (@SECLEVEL=0), or update the firmware.
cause-F-078 = The broker wants to know which name is asked for (SNI), and the module does not say it.
fix-F-078 = Update the firmware to V1161 or later, set the TLS server name, and connect by name.
cause-F-079 = The broker is asked by its address, but it goes by its name.
fix-F-079 = Use the host name of the instance instead of the address.
cause-F-080 = On port 443 the broker wants to be told the protocol (ALPN), which the module cannot.
fix-F-080 = Use the broker's port 8883.
cause-F-081 = The broker's certificate message may be larger than the module can hold.
fix-F-081 = Send a shorter chain: no root, fewer names, or a private authority with one small certificate.
cause-F-082 = The broker's TLS listener never shows a certificate.
fix-F-082 = Point the listener to its certificate and key; read the broker's log from its start.
cause-F-083 = Something else than TLS answers on that port.
fix-F-083 = Correct the port.
cause-F-084 = The TLS handshake did not end in time.
fix-F-084 = Improve the signal, or give it more time: AT+SSLCFG="negotiatetimeout",88,120.
cause-F-085 = Something between the module and the broker may stop TLS on this card.
fix-F-085 = Try another card or access point; ask the provider to release the port.
cause-F-086 = This firmware has a known fault with TLS.
fix-F-086 = Update the firmware.
cause-F-087 = This build of the firmware has no TLS settings or no files.
fix-F-087 = Flash a build with TLS support.
cause-F-088 = TLS settings were written to another number than 88, so MQTT does not use them.
fix-F-088 = Repeat the settings with 88, the number of MQTT.
cause-F-089 = The TLS settings are gone: they do not survive a restart.
fix-F-089 = Send the settings again after every start; connecting here does it.
cause-F-090 = TLS settings were changed while the connection was open.
fix-F-090 = Close, set, connect again.
cause-F-091 = A TLS setting was asked for or emptied where it was meant to be set: the value is missing.
fix-F-091 = Send it with its value, as in AT+SSLCFG="seclevel",88,2; a comma with nothing behind it empties the setting.
cause-F-092 = A file that the TLS settings name is not on the module.
fix-F-092 = Upload the file, or correct its name.
cause-F-093 = Both sides shall be checked, but the client certificate or its key is missing.
fix-F-093 = Upload both files, or choose the server check alone.
cause-F-094 = The server shall be checked, but no CA file is set.
fix-F-094 = Upload the CA file and set it.
cause-F-095 = The broker demands a client certificate, and the module shows none.
fix-F-095 = Choose "both sides checked" with the client certificate and its key.
cause-F-096 = The connection is encrypted, but nobody checks who the broker is.
fix-F-096 = Good for a test only; use the server check with a CA file in production.

## TLS: the chain

cause-F-097 = The CA file did not sign this broker's certificate.
fix-F-097 = Upload the CA that issued the broker's certificate; its name stands in the evidence.
cause-F-098 = The CA file has the right name but another key: the authority was issued anew.
fix-F-098 = Get the current CA file.
cause-F-099 = The broker's own certificate was given as the CA.
fix-F-099 = Upload the root or intermediate that issued it.
cause-F-100 = The broker's certificate was renewed a short time ago, perhaps by another authority.
fix-F-100 = Upload the new root; prefer a private authority with a long life for devices.
cause-F-101 = The broker does not send its intermediate certificate.
fix-F-101 = Configure the full chain on the broker, or load the intermediate as CA on the module.
cause-F-102 = The broker sends its chain in the wrong order.
fix-F-102 = Order it: the broker's certificate first, then the intermediates, no root.
cause-F-103 = The broker's certificate signed itself, and the module does not know it.
fix-F-103 = Upload this very certificate as CA, or sign it by a private authority.
cause-F-104 = A certificate of the broker, or the CA, has expired.
fix-F-104 = Renew it; as a stop-gap let the module ignore the time.
cause-F-105 = The broker's certificate is not valid yet.
fix-F-105 = Check the clock of the machine that issued it, wait, or issue it again.
cause-F-106 = The module's clock is wrong, so valid certificates look invalid.
fix-F-106 = Let the network or AT+CNTP set the clock, or let the module ignore the time.
cause-F-107 = The module took a certificate whose dates are over: it does not check them.
fix-F-107 = Renew the certificate all the same, and do not rely on the module to notice.
cause-F-108 = The broker's certificate does not hold the name that is asked for.
fix-F-108 = Connect by a name that stands in the certificate, or issue it again with the right names.
cause-F-109 = The broker's certificate has its name in the old place only; many programs refuse that.
fix-F-109 = Issue it again with a subject alternative name.
cause-F-110 = The broker's chain is signed in a way that small TLS stacks may not know.
fix-F-110 = Sign the broker's certificate and intermediates with RSA and SHA-256.
cause-F-111 = The broker's certificate does not allow key encipherment, which the module's suites need.
fix-F-111 = Issue it again with digitalSignature, keyEncipherment and serverAuth.
cause-F-112 = The broker's RSA key is smaller than 2048 or larger than 4096 bits.
fix-F-112 = Use RSA with 2048 bits, 3072 at most.
cause-F-113 = The broker's chain is signed with SHA-1 or MD5.
fix-F-113 = Sign it again with SHA-256.
cause-F-114 = The broker says that the client certificate was revoked.
fix-F-114 = Issue a new certificate.

## TLS: the files

cause-F-115 = More bytes were announced for a file than were sent.
fix-F-115 = Wait for the time-out, then upload with the exact byte count; the Certificates page counts by itself.
cause-F-116 = A file on the module is shorter than the file here: it was cut.
fix-F-116 = Upload it again with the exact byte count.
cause-F-117 = The line ends of a certificate file were changed on the way.
fix-F-117 = Send the file as it is, not through a terminal's paste.
cause-F-118 = A certificate file begins with a byte order mark, or is UTF-16.
fix-F-118 = Save it as UTF-8 without the mark; the Certificates page can do it.
cause-F-119 = A certificate file is binary, not PEM.
fix-F-119 = Convert it to PEM; the Certificates page can do it.
cause-F-120 = A certificate file is damaged.
fix-F-120 = Take the original file, or let the Certificates page rebuild it.
cause-F-121 = A certificate file holds text beside its certificates.
fix-F-121 = It is mostly harmless; the Certificates page can take it out.
cause-F-122 = The certificate files are mixed up.
fix-F-122 = Put each file into its slot: CA, client certificate, client key.
cause-F-123 = The module still holds other contents than the file that was sent.
fix-F-123 = Delete the file on the module and upload it again.
cause-F-124 = The file does not fit: no room on the module, or more than 10240 bytes.
fix-F-124 = Delete old files, or shorten the bundle.
cause-F-125 = The CA file holds many authorities; the module may not have the memory.
fix-F-125 = Upload only the root that is needed.
cause-F-126 = The key is PKCS#8; some modules want PKCS#1.
fix-F-126 = Convert it to PKCS#1 on the Certificates page.
cause-F-127 = The client key, or the store that holds it, is behind a pass phrase, which the module cannot be given.
fix-F-127 = Open it before the upload: air780e certs FILE --out FOLDER asks for the pass phrase.
cause-F-128 = The client key is elliptic; the module needs RSA.
fix-F-128 = Use an RSA client key and certificate.
cause-F-129 = The client key does not belong to the client certificate.
fix-F-129 = Use the pair that belongs together.
cause-F-130 = The broker does not trust the authority of the client certificate.
fix-F-130 = Sign it by the authority that the broker trusts, add that authority to the broker, or append its intermediate to the client file.
cause-F-131 = The client certificate has expired.
fix-F-131 = Renew the client certificate.
cause-F-132 = The client certificate is not meant for clients.
fix-F-132 = Issue it again with clientAuth.
cause-F-133 = The client certificate may not be registered or active at the platform.
fix-F-133 = Activate the certificate and attach its policy in the console.

## The login

cause-F-134 = The login came too late after the connection was open.
fix-F-134 = Start again: the login must follow CONNECT OK within a second.
cause-F-135 = The login was sent before CONNECT OK: OK only means that the module has begun.
fix-F-135 = Wait for CONNECT OK, then send MCONNECT at once.
cause-F-136 = The session is up already; a second login is refused.
fix-F-136 = Go on with the session, or close it before connecting again.
cause-F-137 = MCONFIG was not sent since the module started.
fix-F-137 = Send MCONFIG before MIPSTART after every start; connecting here does it.
cause-F-138 = The module does not take the client id, user or password as written.
fix-F-138 = Keep quotes, commas and line ends out of these values.
cause-F-139 = A value is longer than the module takes: 256 bytes, 1360 for the will message.
fix-F-139 = Shorten it; for long cloud tokens choose another way to log in.
cause-F-140 = The broker refuses MQTT 3.1.1, the only version that the module speaks.
fix-F-140 = Allow MQTT 3.1.1 at the broker.
cause-F-141 = The broker may not accept this client id.
fix-F-141 = Use an id that is not empty and follows the platform's pattern.
cause-F-142 = The broker says that it cannot serve anybody just now.
fix-F-142 = Try again with growing pauses; look at the broker's load, licence and database.
cause-F-143 = User name or password may be wrong.
fix-F-143 = Type both again, character by character, and try them in a client on this computer.
cause-F-144 = The broker refused the login.
fix-F-144 = Check user, password and rights; mosquitto says the same for a wrong password.
cause-F-145 = The account may belong to another client id.
fix-F-145 = Use the client id that the account was issued for.
cause-F-146 = The cloud platform's signature or token may not fit or may have expired.
fix-F-146 = Generate client ID, user name and password again with the right method, mode and expiry.
cause-F-147 = The device may not exist on the platform, or it is switched off there.
fix-F-147 = Look for it in the platform's console; create or enable it.
cause-F-148 = The server took the login and never answered it.
fix-F-148 = Check that a broker runs behind this port; else improve the signal.
cause-F-149 = Another client may use the same client id: each throws the other out.
fix-F-149 = Give every client its own id, and never test from a computer with the device's id.
cause-F-150 = The broker delivers what an older session left behind, because the login kept it (clean session 0).
fix-F-150 = Log in with clean session 1, or read the backlog until it is empty.
cause-F-151 = The broker may shut this client out after too many tries.
fix-F-151 = Wait some minutes, then reconnect with growing pauses.
cause-F-152 = This firmware refuses MCONNECT with two parameters.
fix-F-152 = Update the firmware to V1156 or later.

## Subscribing, publishing, receiving

cause-F-153 = The subscription was sent before CONNACK OK.
fix-F-153 = Wait for CONNACK OK, then subscribe.
cause-F-154 = The module accepted the subscription, but the broker never confirmed it.
fix-F-154 = Subscribe again; if it stays so, check signal and the broker's log.
cause-F-155 = The broker may not allow this subscription.
fix-F-155 = Grant the topic to this user in the broker's access list.
cause-F-156 = The subscription is granted, but this user may not read the topic.
fix-F-156 = Grant read access to the topic in the broker's access list.
cause-F-157 = The topic filter is not well formed.
fix-F-157 = Let # stand alone at the end and + alone in its level, as in a/+/b or a/#.
cause-F-158 = The sender's topic may differ from the subscribed one.
fix-F-158 = Compare both byte by byte: leading slash, capitals, blanks, device id.
cause-F-159 = After the new connection nobody subscribed again.
fix-F-159 = Subscribe after every CONNACK OK.
cause-F-160 = The topic is longer than 256 bytes or holds characters the module does not take.
fix-F-160 = Use a shorter topic of letters, digits and slashes.
cause-F-161 = The broker may grant a lower quality of service than was asked for.
fix-F-161 = Accept it, or raise the limit at the broker.
unshown-F-161 = The module prints SUBACK without the quality that was granted.
cause-F-162 = The module does not take the payload as written.
fix-F-162 = Send quotes and line ends escaped (\22, \0D, \0A, \5C) or as counted data.
cause-F-163 = The payload is escaped twice: the receiver sees backslashes.
fix-F-163 = Use one backslash on the wire; two only inside a C string.
cause-F-164 = The payload is longer than the module takes in one message.
fix-F-164 = Split it into messages of at most 4100 bytes.
cause-F-165 = The data after the prompt did not match the announced length.
fix-F-165 = Wait some seconds and send it again without an extra line end.
cause-F-166 = The data of MPUBEX were sent before the module asked for them with >.
fix-F-166 = Wait for > and then send exactly the announced bytes.
cause-F-167 = A message without a length ended at its first byte 1A.
fix-F-167 = Give the length as the last value of MPUBEX.
cause-F-168 = The module took the message, but the broker never confirmed it.
fix-F-168 = Do not count it as delivered; check signal and session, then send it again.
cause-F-169 = Messages of QoS 0 went out while the link may have been dead; their OK says nothing of delivery.
fix-F-169 = Send what matters with QoS 1, or send a QoS 1 test message now and then.
cause-F-170 = The next QoS 1 message was sent before the one before it was confirmed.
fix-F-170 = Wait for PUBACK (or PUBCOMP) before the next message.
cause-F-171 = The broker may not let this user publish to the topic.
fix-F-171 = Grant write access to the topic in the broker's access list.
cause-F-172 = The topic is not one that a publish may carry.
fix-F-172 = Publish to a plain name: not empty, without + and #.
cause-F-173 = The module is in HEX mode: it takes and prints payloads as pairs of digits.
fix-F-173 = Set AT+MQTTMODE=0 for text, or write the payload as pairs of hex digits.
cause-F-174 = The message may be larger than the broker accepts.
fix-F-174 = Raise the broker's packet limit, or split the message.
cause-F-175 = A message was longer than the module prints: the rest is lost.
fix-F-175 = Keep messages within what the module prints: 1360 bytes on an Air780E, 4100 on an Air780EP.
cause-F-176 = Messages were overwritten in the module's four slots before they were read.
fix-F-176 = Use direct reception, or read at once after each notice.
cause-F-177 = The module keeps messages in its cache and prints their places only.
fix-F-177 = Read them with AT+MQTTMSGGET, or have them printed with AT+MQTTMSGSET=0.
cause-F-178 = Messages in the module's cache were lost when it restarted.
fix-F-178 = Read each message as soon as it is announced; let the sender retain what must not be lost.
cause-F-179 = A message holds line ends; a program that reads line by line takes its parts for answers.
fix-F-179 = Read as many bytes as the length field says; this program does.
unshown-F-179 = The line ends stand on the wire, but not what another program makes of them; here they do no harm.

## Staying connected

cause-F-180 = The mobile network may drop idle connections before the next ping.
fix-F-180 = Set the keep-alive to 120 s, between 60 and 240.
cause-F-181 = The keep-alive is short for a weak link.
fix-F-181 = Set the keep-alive to 120 s.
cause-F-182 = Nothing reached the broker for one and a half keep-alive times.
fix-F-182 = Find out why nothing got out (signal, supply), then choose a longer keep-alive.
cause-F-183 = This firmware takes a keep-alive of more than 300 s for 300 s.
fix-F-183 = Update the firmware to V1161 or later, or set the keep-alive to 120 s.
cause-F-184 = The keep-alive follows the command manual (300 s and more), which mobile networks seldom stand.
fix-F-184 = Set it to 120 s as the vendor's own advice for MQTT says.
cause-F-185 = The connection was lost while the signal was weak.
fix-F-185 = Improve the antenna or the place; keep-alive 120 s.
cause-F-186 = The connection may be dead without the module having noticed.
fix-F-186 = Close it and connect again; let the application send a test message now and then.
cause-F-187 = The supply may dip when the module transmits.
fix-F-187 = Use a stronger supply, short leads and at least 220 uF near VBAT, which must stay between 3.3 and 4.3 V.
cause-F-188 = The module restarted; its session and MQTT settings are gone.
fix-F-188 = Read the reason with AT*EXINFO?, stop whatever resets it, then connect again.
cause-F-189 = The broker may have been restarted.
fix-F-189 = Check the broker; reconnect after a pause of random length.
cause-F-190 = The broker sits behind a home tunnel, which breaks off now and then for everybody.
fix-F-190 = Use a broker with a public address of its own.
cause-F-191 = A command from this side closed the connection.
fix-F-191 = Look at the command in the evidence; correct the script that sent it.
cause-F-192 = The broker may have ended the session by a rule of its own.
fix-F-192 = Read the broker's log for an expired token, an administrator's action or a forbidden topic.
cause-F-193 = The session ended after the module had been sent to sleep.
fix-F-193 = Choose a mode that keeps the connection (AT+CSCLK=0 while testing), or connect again on waking.
cause-F-194 = The session has ended and was not opened again.
fix-F-194 = Connect again, then repeat the step.
cause-F-195 = The will is not due yet: the broker publishes it only after one and a half keep-alive times of silence.
fix-F-195 = Wait that long, or choose a shorter keep-alive.
unshown-F-195 = Whoever waits for a will is another client: this wire does not tell since when it waits.
cause-F-196 = The will came when the device was back: its new login ended the old session.
fix-F-196 = Publish a retained "online" message after every CONNACK OK, so that it has the last word.
cause-F-197 = The will was published although the session was closed on purpose.
fix-F-197 = Do not rely on either: publish the state yourself before closing.
cause-F-198 = The will is not set, or only a part of it: it needs QoS, retain, topic and message together.
fix-F-198 = Give all four values in MCONFIG, and let this user publish to the will's topic.
cause-F-199 = The will names no device: whoever receives it cannot tell which one is gone.
fix-F-199 = Put the client id into the will's topic or message.

## Everything else

cause-F-000 = A part of this program ended unexpectedly.
fix-F-000 = Connect again; if it happens twice, report it with the saved log.
cause-F-200 = The command belongs to another vendor's modules.
fix-F-200 = Use this module's own commands: MCONFIG, MIPSTART, MCONNECT, MSUB, MPUB.
cause-F-201 = A remark or a placeholder of the manual was sent with the command.
fix-F-201 = Send the command without the remark, with your own values.
cause-F-202 = Another client works because it asks for something else: another version, other suites, no check of the server.
fix-F-202 = Trust the try with the module's own values, then change one thing at a time.
cause-F-203 = This computer stands in another network (office, VPN), so it reaches what the module cannot.
fix-F-203 = Try it from outside, for example through a phone's hot spot.
cause-F-204 = The firmware has known faults that are mended in a later version.
fix-F-204 = Update the firmware.
cause-F-205 = Only the last line of the log was looked at; the first failing step lies before it.
fix-F-205 = Look at the first red step from the left.
unshown-F-205 = It is a way of reading, not a state of the device; here the first failing step always comes first.
cause-F-206 = The command came while the module was still starting.
fix-F-206 = Wait for +CGEV: ME PDN ACT, or until AT+CGATT? answers 1, then send it again.
cause-F-207 = MQTT works; the application behind the broker refuses what the message says.
fix-F-207 = Compare the message with the platform's model, field by field; the connection needs no change.
cause-F-208 = This is another vendor's module: it answers that vendor's commands.
fix-F-208 = Use that vendor's manual and tool; this program knows the Air780E and its siblings.
cause-F-209 = The restart was asked for by a command.
fix-F-209 = Nothing is broken: connect again, which also sends again what a restart loses.
cause-F-210 = This computer has no network itself, so what it gets says nothing about the broker.
fix-F-210 = Connect this computer to the Internet, or go by the module's own answers.
cause-F-211 = The CA file is an intermediate, and the module ends a chain only in a root.
fix-F-211 = Take the root as CA file, or let the module end a chain in others: AT+SSLCFG="verifymode",88,1.
