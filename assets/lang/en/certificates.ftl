# Texts of the Certificates page.

form-file-none = No file chosen yet
form-file-reading = Being read…
form-file-not-a-pair = This key does not belong to the client certificate. Choose the key that was made for it.
form-file-refused = The module would not take this file: { $why }
form-file-same-name = Two files would get the same name on the module
file-missing = There is no file { $path }. Check the path.
file-no-permission = { $path } may not be read by this user. Change its permissions or copy it.
file-folder = { $path } is a folder. Choose a file in it.
file-too-large = { $path } has { $bytes } bytes: far too much for a certificate or a key.
file-other = { $path } cannot be read: { $detail }
refusal-no-block = it holds no PEM block of the kind needed here.
refusal-no-line-feed = its lines do not end with a line feed.
refusal-character = there are characters that have no place in base64, or blanks inside a line.
refusal-content = its content is damaged, or is not what its header says.
refusal-pass-phrase = the key is behind a pass phrase, and there is no command to give one. Remove the pass phrase.
refusal-container = PKCS#12 and PKCS#7 are unknown to it. Take certificate and key out as PEM.
