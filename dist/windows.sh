#!/bin/bash
# What can be known of the Windows programs on a Linux machine: that they compile without a warning, and that the library's
# tests hold under wine.
#
#   dist/windows.sh lint      clippy for Windows, window and command line
#   dist/windows.sh test      the library's tests and those of layers, traces and diagnosis, under wine
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
        install -y --no-install-recommends "$@"
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

case ${1:-} in
    lint)
        cargo clippy --locked --target $target --no-default-features --features serial --lib --bin air780e -- -D warnings
        cargo clippy --locked --target $target --lib --bins -- -D warnings
        ;;
    test)
        have_packages wine64 || skip "the package wine64 cannot be had here"
        place=$(mktemp -d)
        trap 'WINEPREFIX=$place/wine wineserver64 -k 2>/dev/null || true; rm -rf "$place"' EXIT
        make_random_numbers "$place"
        export WINEPREFIX=$place/wine WINEDEBUG=-all WINEDLLOVERRIDES="mscoree=;mshtml=" WINEPATH="Z:${place//\//\\}"
        export CARGO_TARGET_X86_64_PC_WINDOWS_GNU_RUNNER=/usr/lib/wine/wine64
        cargo test --locked --target $target --no-default-features --features serial \
            --lib --test layers --test trace --test diagnosis
        ;;
    *)
        sed -n '2,10s/^# \{0,1\}//p' "$0"
        exit 2
        ;;
esac
