#!/bin/bash
# Runs both commands of the README on a fresh Debian: makes a bare root with debootstrap (Rust, a C compiler, perl and make,
# nothing else), puts the committed sources into it, and does there what a newcomer does.
#
#   dist/fresh-root.sh [FOLDER] [TIMES]
#
# FOLDER is made anew (default /tmp/air780e-fresh-root) and takes 8 GB; TIMES is how often the tests run (default 1). Needs
# root, a network, and on this machine the packages debootstrap and those that `debian-packages.sh test` names: the window
# is watched on a virtual screen from outside. Ends with 0 when the window connected and every run of the tests passed.
set -euo pipefail

[ "$(id -u)" = 0 ] || { echo "run this as root: it makes a root of its own" >&2; exit 1; }
# A view of the file system of its own: whatever is mounted goes with this script.
[ -n "${FRESH_ROOT_INSIDE:-}" ] || exec env FRESH_ROOT_INSIDE=1 unshare --mount --propagation private "$0" "$@"

project=$(cd "$(dirname "$0")/.." && pwd)
root=${1:-/tmp/air780e-fresh-root}
times=${2:-1}
picture=$root/window.png

say() { printf '\n== %s (%s min)\n' "$*" "$((SECONDS / 60))"; }

make_root() {
    [ ! -e "$root" ] || rm -rf --one-file-system "$root"
    debootstrap --variant=minbase --include=ca-certificates,gcc,libc6-dev,make,perl bookworm "$root"
    for folder in proc sys dev; do mount --rbind "/$folder" "$root/$folder"; done
    # Names and trust of this machine's network, and the one name that an installed system always knows.
    cp /etc/resolv.conf "$root/etc/resolv.conf"
    printf '127.0.0.1\tlocalhost\n::1\tlocalhost ip6-localhost ip6-loopback\n' >"$root/etc/hosts"
    cp /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
    mkdir -p "$root/opt/rust" "$root/project" "$root/tmp/.X11-unix"
    mount --bind -o ro "$(cd "$project" && rustc --print sysroot)" "$root/opt/rust"
    git -C "$project" archive HEAD | tar -x -C "$root/project"
}

# What stands before a command that runs in there.
inside=(chroot "$root" /usr/bin/env -i HOME=/root PATH=/opt/rust/bin:/usr/sbin:/usr/bin:/sbin:/bin CARGO_NET_RETRY=5)

# What a reader finds on the screen.
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
        sleep 2
    done
}

say "a bare root in $root"
make_root
before=$(du -sm --one-file-system "$root" | cut -f 1)

exec 3< <(exec Xvfb -displayfd 1 -screen 0 1280x900x24 -nolisten tcp 2>/dev/null)
screen=$!
read -r number <&3
display=:$number
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
trap 'kill "$screen"' EXIT

say "./dist/debian-packages.sh && cargo run --release"
started=$SECONDS
"${inside[@]}" DISPLAY="$display" LANG=C.UTF-8 sh -c 'cd /project && ./dist/debian-packages.sh && exec cargo run --release' &
window=$!
trap 'kill "$window" "$screen" 2>/dev/null' EXIT
wait_to_read "One click" 7200
echo "the window is open after $((SECONDS - started)) s"
DISPLAY=$display xdotool search --onlyvisible --name Air780E windowfocus --sync key ctrl+k
wait_to_read CONNACK 300
import -display "$display" -window root "$picture"
echo "connected; see $picture"
kill "$window"
wait "$window" || true

# Every binary of every run: one that falls hides neither the rest of its run nor the runs behind it.
fell=0
for run in $(seq "$times"); do
    say "./dist/debian-packages.sh test && cargo test --locked, $run of $times (load $(cut -d ' ' -f 1-3 /proc/loadavg))"
    "${inside[@]}" sh -c 'cd /project && ./dist/debian-packages.sh test && cargo test --locked --no-fail-fast' || {
        fell=$((fell + 1))
        say "run $run fell"
    }
done
[ "$fell" = 0 ] || { echo "$fell of $times runs fell" >&2; exit 1; }

after=$(du -sm --one-file-system "$root" | cut -f 1)
say "both commands hold; they took $((after - before)) MB, of that $(du -sm "$root/root/.cargo" | cut -f 1) MB in /root/.cargo"
