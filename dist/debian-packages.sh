#!/bin/sh
# Installs the Debian or Ubuntu packages the window needs at run time; with the word `test`, also what the tests need.
# Says nothing and needs no rights when all of them are there.
set -eu

run="libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0 libegl1 libgl1-mesa-dri libfontconfig1"
test="mosquitto mosquitto-clients xvfb xdotool imagemagick tesseract-ocr mesa-vulkan-drivers procps"

wanted=$run
[ "${1:-run}" = test ] && wanted="$run $test"

missing=
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
[ "$(id -u)" = 0 ] || as_root=sudo
$as_root apt-get update
DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y --no-install-recommends $missing
