#!/bin/bash
# What can be known of the Windows programs on a Linux machine: that they compile without a warning, and that the library's
# tests hold under wine.
#
#   dist/windows.sh lint      clippy for Windows, window and command line
#   dist/windows.sh test      the library's tests and those of layers, traces and diagnosis, under wine
#   dist/windows.sh setup     the installer, with the command line in it, installs, starts and takes itself away under wine
#   dist/windows.sh port      the command line drives a virtual modem through COM5 and COM12 under wine
#   dist/windows.sh window EXE
#                             the window under wine: connects the virtual modem by a click, and a message arrives; EXE is the
#                             program, of a release or a build for Windows
#
# Installs what it needs. Where the Rust target or a package cannot be had it says so in a line that begins with "skipped:"
# and ends with 0.
set -euo pipefail
cd "$(dirname "$0")/.."

target=x86_64-pc-windows-gnu
skip() { echo "skipped: $*"; exit 0; }

have_packages() {
    dpkg-query -W -f='${Status}\n' "$@" 2>/dev/null | grep -c 'ok installed' | grep -qx "$#" && return
    [ "$(id -u)" = 0 ] || return
    apt-get -o Acquire::Retries=5 update && DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=5 \
        -o DPkg::Lock::Timeout=600 install -y --no-install-recommends "$@"
}

have_target() {
    [ -d "$(rustc --print sysroot)/lib/rustlib/$target" ] || rustup target add "$target"
}

command -v apt-get >/dev/null || skip "this system has no apt to get a cross compiler from"
have_target || skip "the Rust target $target cannot be had here"
have_packages gcc-mingw-w64-x86-64 || skip "the package gcc-mingw-w64-x86-64 cannot be had here"

# Wine 8 lacks a library that Rust's own library asks for random numbers; it has the function under another name.
make_random_numbers() {
    cat >"$1/random.c" <<'C'
#include <windows.h>
BOOLEAN NTAPI SystemFunction036(PVOID, ULONG);
__declspec(dllexport) BOOL WINAPI ProcessPrng(PBYTE data, SIZE_T size) { return SystemFunction036(data, (ULONG)size); }
C
    x86_64-w64-mingw32-gcc -shared -o "$1/bcryptprimitives.dll" "$1/random.c" -ladvapi32
}

# What was started beside it, each by its number.
ended=()
end_wine() {
    WINEPREFIX=$place/wine /usr/lib/wine/wineserver64 -k || true
    [ ${#ended[@]} = 0 ] || kill "${ended[@]}" 2>/dev/null || true
    rm -rf "$place"
}

# A Windows of its own for this run.
begin_wine() {
    have_packages wine64 || skip "the package wine64 cannot be had here"
    place=$(mktemp -d)
    trap end_wine EXIT
    make_random_numbers "$place"
    export WINEPREFIX=$place/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=" WINEPATH="Z:${place//\//\\}"
}

# A virtual modem and its broker run on this side; a COM port of wine leads to the modem's pseudo terminal.
try_port() {
    local windows=${CARGO_TARGET_DIR:-target}/$target/debug/air780e.exe modem port name
    cargo build --locked --target $target --no-default-features --features serial --bin air780e
    env -u CARGO_TARGET_DIR cargo build --locked --bin air780e
    $wine wineboot -i >/dev/null 2>&1
    exec 3< <(exec target/debug/air780e broker --port 0)
    ended+=($!)
    read -r port <&3
    exec 4< <(exec target/debug/air780e sim --broker "127.0.0.1:$port" </dev/null)
    ended+=($!)
    read -r modem <&4
    for name in COM5 COM12; do
        ln -s "$modem" "$WINEPREFIX/dosdevices/${name,,}"
        timeout 120 $wine "$windows" check --lang zh --port "$name" --host 127.0.0.1 --mqtt-port "$port" --subscribe mqtt/pub \
            --publish mqtt/pub --payload 你好 --qos 1 --wait-for 你好 --json >"$place/$name.json" ||
            { cat "$place/$name.json" >&2; exit 1; }
        grep -q '"payload":"你好"' "$place/$name.json"
    done
    # The same port by its long name, asked whether a modem answers there.
    timeout 120 $wine "$windows" ports --lang en --probe '\\.\com12' | grep -q 'answers AT'
    if timeout 120 $wine "$windows" check --lang en --port COM7 --host 127.0.0.1 >"$place/none"; then exit 1; fi
    grep -q 'driver is missing' "$place/none"
    echo "COM5 and COM12 lead to the modem, COM7 is missed"
}

# Waits until the word of the first argument can be read on the screen; prints where its middle is.
place_of() {
    local limit=$((SECONDS + 120)) found=
    until [ -n "$found" ]; do
        [ "$SECONDS" -lt "$limit" ] || { echo "\"$1\" cannot be read on the screen" >&2; return 1; }
        import -window root -colorspace Gray -resize 300% "$place/screen.png"
        found=$(OMP_THREAD_LIMIT=1 tesseract "$place/screen.png" - --psm 11 --dpi 300 tsv 2>/dev/null |
            awk -F '\t' -v word="$1" '$12 == word { print int(($7 + $9 / 2) / 3), int(($8 + $10 / 2) / 3); exit }')
    done
    echo "$found"
}

# The window is told nothing but clicks.
try_window() {
    local began number x y logs=$place/air780e-companion-data/logs picture=${PICTURE:-/tmp/air780e-windows.png}
    cp "$1" "$place/air780e-companion.exe"
    mkdir "$place/air780e-companion-data"
    # The screen first: what Wine starts without one shows nothing later either.
    exec 3< <(exec Xvfb -displayfd 1 -screen 0 1280x900x24 -nolisten tcp 2>/dev/null)
    ended+=($!)
    read -r number <&3
    export DISPLAY=:$number
    $wine wineboot -i >/dev/null 2>&1
    began=$(date +%s%N)
    $wine "$place/air780e-companion.exe" --lang en --theme light &
    ended+=($!)
    # Without a window manager nothing tells that it is there but what it draws.
    timeout 120 sh -c 'until [ "$(import -window root -format %k info:)" -gt 20 ]; do :; done'
    echo "the window is there after $((($(date +%s%N) - began) / 1000000)) ms"
    # The button lies below these words.
    place_of Ready. >"$place/ready"
    read -r x y <"$place/ready"
    xdotool mousemove $((x + 32)) $((y + 26)) click 1
    # The program's own log, beside it, tells the rest.
    timeout 60 sh -c 'until grep -aqs "+MSUB: .*Welcome" "$1"/*.trace; do :; done' wait "$logs"
    import -window root "$picture"
    echo "connected, and a message came; see $picture"
}

# What a user does with the installer, without a word of it on the screen.
try_setup() {
    local files=$place/files programs=$place/wine/drive_c/users/$(id -un)/AppData/Local/Programs/air780e-companion
    cargo build --locked --target $target --no-default-features --features serial --bin air780e
    mkdir "$files"
    x86_64-w64-mingw32-strip -o "$files/air780e.exe" "${CARGO_TARGET_DIR:-target}/$target/debug/air780e.exe"
    cp "$files/air780e.exe" "$files/air780e-companion.exe"
    # As in a release: what the installer brings and forgets to take away keeps its folder.
    cp README.md dist/CHANGELOG.md "$files"
    cp dist/LICENSE "$files/LICENSE.txt"
    cp dist/LICENSE "$files/THIRD-PARTY.txt"
    makensis -V2 -DVERSION=0.0.1 -DFILES="$files" -DOUT="$place/air780e-setup.exe" -DICON="$PWD/icons/air780e-companion.ico" \
        dist/windows/setup.nsi
    $wine "$place/air780e-setup.exe" /S
    [[ $($wine "$programs/air780e.exe" --version) == air780e\ * ]]
    find "$place/wine" -name 'Air780E Companion.lnk' | grep -q . || { echo "no entry in the start menu" >&2; exit 1; }
    $wine "$programs/uninstall.exe" /S
    # It goes on in a copy of itself.
    timeout 60 sh -c 'while [ -e "$1" ]; do sleep 0.2; done' wait "$programs"
    if find "$place/wine" -name 'Air780E Companion.lnk' | grep -q .; then echo "the start menu still has it" >&2; exit 1; fi
    echo "installed, started and taken away"
}

wine=/usr/lib/wine/wine64
case ${1:-} in
    lint)
        cargo clippy --locked --target $target --no-default-features --features serial --lib --bin air780e -- -D warnings
        cargo clippy --locked --target $target --lib --bins -- -D warnings
        ;;
    test)
        begin_wine
        export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=$wine
        cargo test --locked --target $target --no-default-features --features serial \
            --lib --test layers --test trace --test diagnosis
        ;;
    setup)
        have_packages nsis || skip "the package nsis cannot be had here"
        begin_wine
        try_setup
        ;;
    port)
        begin_wine
        try_port
        ;;
    window)
        [ -f "${2:-}" ] || { echo "which program?" >&2; exit 2; }
        have_packages xvfb xdotool imagemagick tesseract-ocr || skip "the packages for a virtual screen cannot be had here"
        begin_wine
        try_window "$2"
        ;;
    *)
        sed -n '2,15s/^# \{0,1\}//p' "$0"
        exit 2
        ;;
esac
