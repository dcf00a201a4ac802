#!/bin/bash
# What can be known of the Windows programs on a Linux machine: that they compile without a warning, and that the library's
# tests hold under wine.
#
#   dist/windows.sh lint      clippy for Windows, window and command line
#   dist/windows.sh test      the library's tests and those of layers, traces and diagnosis, under wine
#   dist/windows.sh setup     the installer, with the command line in it, installs, starts and takes itself away under wine
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

# A Windows of its own for this run.
begin_wine() {
    have_packages wine64 || skip "the package wine64 cannot be had here"
    place=$(mktemp -d)
    trap 'WINEPREFIX=$place/wine /usr/lib/wine/wineserver64 -k || true; rm -rf "$place"' EXIT
    make_random_numbers "$place"
    export WINEPREFIX=$place/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=" WINEPATH="Z:${place//\//\\}"
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
    *)
        sed -n '2,11s/^# \{0,1\}//p' "$0"
        exit 2
        ;;
esac
