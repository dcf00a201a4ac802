#!/bin/sh
# Makes pictures of the real window, drawn in software on a virtual screen, with the virtual modem at its other end.
#
#   dist/pictures.sh                   makes assets/readme/window.png
#   dist/pictures.sh FOLDER            makes every page in both languages at 1000×640, 1920×1080 and, at the stage size, at
#                                      1200×800: FOLDER/PAGE-LANGUAGE-SIZE.png
#   dist/pictures.sh FOLDER en 1000x640 …  makes only these
#
# AIR780E_WINDOW names the program, otherwise target/release/air780e-companion or the one in target/debug. Needs Xvfb, xdotool,
# imagemagick and a software OpenGL (dist/debian-packages.sh test installs them).
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

program=${AIR780E_WINDOW:-}
for built in "$root/target/release/air780e-companion" "$root/target/debug/air780e-companion"; do
    [ -n "$program" ] || [ ! -x "$built" ] || program=$built
done
[ -x "$program" ] || { echo "build the window first: cargo build --release" >&2; exit 1; }

work=$(mktemp -d)
screen='' window='' server=''
tidy() {
    [ -z "$window" ] || kill "$window" 2>/dev/null || true
    [ -z "$server" ] || kill "$server" 2>/dev/null || true
    rm -rf "$work"
}
trap tidy EXIT
trap 'exit 1' INT TERM

# Waits until a command succeeds: wait_for SECONDS WHAT COMMAND…
wait_for() {
    left=$1 what=$2
    shift 2
    until "$@" >/dev/null 2>&1; do
        left=$((left - 1))
        [ "$left" -gt 0 ] || { echo "$what did not happen" >&2; exit 1; }
        sleep 1
    done
}

# open_screen SIZE: a virtual screen with a free number.
open_screen() {
    Xvfb -displayfd 3 -screen 0 "$1x24" -nolisten tcp 3>"$work/screen" 2>/dev/null &
    server=$!
    wait_for 20 "a virtual screen" test -s "$work/screen"
    screen=:$(cat "$work/screen")
    export DISPLAY="$screen"
}

close_screen() {
    kill "$window" 2>/dev/null || true
    wait "$window" 2>/dev/null || true
    kill "$server" 2>/dev/null || true
    wait "$server" 2>/dev/null || true
    window='' server=''
    rm -f "$work/screen"
}

# open_window LANGUAGE SIZE PAGE: the window over the whole screen, connected, with settings of its own.
open_window() {
    rm -rf "$work/home"
    mkdir -p "$work/home/.config/air780e-companion"
    size=${2%-stage}
    width=${size%x*} height=${size#*x} is_stage=false
    if [ "$size" != "$2" ]; then
        # Sizes are kept in points, which are half as large again on a stage.
        is_stage=true width=$((width * 2 / 3)) height=$((height * 2 / 3))
    fi
    printf '{"version": 1, "is_stage": %s, "window": {"size": [%s, %s]}}\n' "$is_stage" "$width" "$height" \
        >"$work/home/.config/air780e-companion/settings.json"
    env -u WAYLAND_DISPLAY -u DBUS_SESSION_BUS_ADDRESS -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME \
        HOME="$work/home" LIBGL_ALWAYS_SOFTWARE=1 \
        "$program" --lang "$1" --theme light --connect-virtual --page "$3" >/dev/null 2>&1 &
    window=$!
    wait_for 60 "the window" xdotool search --onlyvisible --name Air780E
    id=$(xdotool search --onlyvisible --name Air780E | head -n 1)
    xdotool windowmove "$id" 0 0 windowsize "$id" "${size%x*}" "${size#*x}" windowfocus "$id"
    wait_for 60 "a session" heard 'SUBACK'
}

# Whether the log of the connection holds these words.
heard() {
    grep -rqs -- "$1" "$work/home" --include='*.trace'
}

# How many lines of the log hold these words.
count() {
    grep -rhs -- "$1" "$work/home" --include='*.trace' | wc -l
}

# publish COUNT: publishes what the composer holds, one after the other, each when the one before was accepted.
publish() {
    wanted=$1
    while [ "$wanted" -gt 0 ]; do
        before=$(count '+MSUB')
        xdotool key ctrl+Return
        wait_for 20 'the answer to a publish' more_than "$before" '+MSUB'
        wanted=$((wanted - 1))
    done
}

more_than() {
    [ "$(count "$2")" -gt "$1" ]
}

# shoot FILE: a picture as soon as two of them, a second apart, are the same.
shoot() {
    xdotool mousemove 1 1
    left=12
    import -window root "$work/before.png"
    while :; do
        sleep 1
        import -window root "$work/after.png"
        cmp -s "$work/before.png" "$work/after.png" && break
        left=$((left - 1))
        # A clock or a signal may go on for ever.
        [ "$left" -gt 0 ] || break
        mv "$work/after.png" "$work/before.png"
    done
    convert "$work/after.png" -define png:exclude-chunks=date,time -strip "$1"
}

# all FOLDER LANGUAGE SIZE: every page.
all() {
    open_screen "${3%-stage}"
    open_window "$2" "$3" messages
    publish 12
    number=1
    for page in connect messages certificates latency watch troubleshoot terminal settings; do
        xdotool key "ctrl+$number"
        shoot "$1/$page-$2-$3.png"
        number=$((number + 1))
    done
    close_screen
}

if [ $# -eq 0 ]; then
    open_screen 1200x800
    open_window en 1200x800 messages
    # In a window of this size: the quality of service, its second choice, and the payload.
    xdotool mousemove 1030 530 click 1 sleep 1 mousemove 1025 597 click 1 sleep 1
    xdotool mousemove 700 585 click 1 sleep 1 type --delay 20 '{"temperature": 21.5}'
    publish 6
    # The newest but one: it was published, and its details tell how it was confirmed.
    xdotool mousemove 600 425 click 1 sleep 1
    shoot "$root/assets/readme/window.png"
    close_screen
elif [ $# -eq 3 ]; then
    mkdir -p "$1"
    all "$1" "$2" "$3"
else
    mkdir -p "$1"
    for language in en zh-CN; do
        for size in 1000x640 1200x800-stage 1920x1080; do
            all "$1" "$language" "$size"
        done
    done
fi
