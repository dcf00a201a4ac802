#!/bin/bash
# What a Debian user does with the package, on a fresh Debian: makes a bare root with debootstrap, installs the package there
# with what it depends on, opens the window on a virtual screen, connects, and takes everything away again.
#
#   dist/try-deb.sh PACKAGE.deb [FOLDER]
#
# FOLDER is made anew (default /tmp/air780e-try-deb) and takes 1 GB. Needs root, a network, and on this machine debootstrap and
# what `debian-packages.sh test` installs. Ends with 0 when the window connected and nothing was left; takes about two minutes.
set -euo pipefail

[ "$(id -u)" = 0 ] || { echo "run this as root: it makes a root of its own" >&2; exit 1; }
[ -f "${1:-}" ] || { sed -n '2,8s/^# \{0,1\}//p' "$0" >&2; exit 2; }
# A view of the file system of its own: whatever is mounted goes with this script.
[ -n "${TRY_DEB_INSIDE:-}" ] || exec env TRY_DEB_INSIDE=1 unshare --mount --propagation private "$0" "$@"

package=$(realpath "$1")
root=${2:-/tmp/air780e-try-deb}
name=air780e-companion
picture=$root/tmp/window.png

say() { printf '\n== %s (%s s)\n' "$*" "$SECONDS"; }

make_root() {
    [ ! -e "$root" ] || rm -rf --one-file-system "$root"
    debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$root.log" 2>&1 ||
        { tail "$root.log" >&2; exit 1; }
    for folder in proc sys dev; do mount --rbind "/$folder" "$root/$folder"; done
    # Names and trust of this machine's network, and the one name that an installed system always knows.
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    printf '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n' >"$root/etc/hosts"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
    for file in /etc/apt/apt.conf.d/*proxy*; do [ ! -f "$file" ] || cp "$file" "$root/etc/apt/apt.conf.d/"; done
    mkdir -p "$root/tmp/.X11-unix"
    cp "$package" "$root/tmp/$name.deb"
}

inside() {
    chroot "$root" /usr/bin/env -i HOME=/root LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"
}

# Every path of the root but those of the user and those in which apt and dpkg write down what they do.
paths() {
    find "$root" -xdev -path "$root/tmp" -prune -o -path "$root/root" -prune -o -printf '/%P\n' |
        grep -vE '^/(var/(cache|log|lib/apt|lib/dpkg)|etc/ld.so.cache)' | sort
}

own_paths() { paths | grep -i air780e || true; }

words() {
    import -display "$display" -window root -colorspace Gray -resize 300% png:- |
        OMP_THREAD_LIMIT=1 tesseract - - --psm 6 --dpi 300 2>/dev/null
}

# Waits until the words of the first argument can be read, at most as many seconds as the second says.
wait_to_read() {
    local limit=$((SECONDS + $2))
    until [[ $(words) == *"$1"* ]]; do
        if [ "$SECONDS" -gt "$limit" ] || ! kill -0 "$window"; then
            import -display "$display" -window root "$picture"
            echo "\"$1\" cannot be read: see $picture" >&2
            return 1
        fi
    done
}

open_screen() {
    exec 3< <(exec Xvfb -displayfd 1 -screen 0 1280x900x24 -nolisten tcp 2>/dev/null)
    screen=$!
    trap 'kill "$screen"' EXIT
    read -r number <&3
    display=:$number
    mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
}

try_window() {
    local began
    began=$(date +%s%N)
    inside DISPLAY="$display" $name --lang en --theme light &
    window=$!
    trap 'kill "$window" "$screen" 2>/dev/null' EXIT
    DISPLAY=$display timeout 60 xdotool search --sync --onlyvisible --name Air780E >/dev/null
    echo "the window is there after $((($(date +%s%N) - began) / 1000000)) ms"
    wait_to_read "One click" 60
    DISPLAY=$display xdotool search --onlyvisible --name Air780E windowfocus --sync key ctrl+k
    wait_to_read CONNACK 60
    import -display "$display" -window root "$picture"
    echo "connected; see $picture"
    kill "$window"
    wait "$window" || true
}

say "a bare root in $root"
make_root
inside apt-get -q update >"$root/tmp/apt.log"
paths >"$root/tmp/before"

say "apt install ./$name.deb"
inside apt-get -q install -y --no-install-recommends "/tmp/$name.deb" >>"$root/tmp/apt.log"
inside dpkg-query -W -f '${Package} ${Version} ${db:Status-Status}, ${Installed-Size} kB\n' $name
own_paths
inside air780e --version
open_screen
try_window

say "apt purge"
inside apt-get -q purge -y $name >>"$root/tmp/apt.log"
if inside dpkg-query -W $name 2>/dev/null; then echo "dpkg still knows it" >&2; exit 1; fi
if [ -n "$(own_paths)" ]; then
    echo "of the package itself is left:" >&2
    own_paths >&2
    exit 1
fi
# What came along for it goes in the way that Debian has for that.
inside apt-get -q autoremove --purge -y >>"$root/tmp/apt.log"
paths >"$root/tmp/after"
if ! diff "$root/tmp/before" "$root/tmp/after"; then
    echo "the root is another than before" >&2
    exit 1
fi
say "nothing is left: $(wc -l <"$root/tmp/before") paths as before"
