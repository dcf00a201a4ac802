#!/bin/sh
# Installs the Debian or Ubuntu packages the window needs at run time; with the word `test`, also what the tests need, with
# `release` what `release.sh` needs. Says nothing and needs no rights when all of them are there. What it cannot install it
# names. With the word `names` it only prints what the window needs at run time.
set -eu
cd "$(dirname "$0")/.."

x11="libx11-6 libx11-xcb1 libxcursor1 libxi6 libxkbcommon-x11-0"
wayland="libwayland-client0 libwayland-egl1 libxkbcommon0"
run="$x11 $wayland libegl1 libgl1-mesa-dri libfontconfig1"
test="mosquitto mosquitto-clients nginx libnginx-mod-stream haproxy openssl openssh-client xvfb xdotool imagemagick tesseract-ocr mesa-vulkan-drivers procps"
release="gcc-mingw-w64-x86-64 nsis zip xz-utils dpkg-dev fakeroot"

if [ "${1:-run}" = names ]; then
    echo "$run"
    exit 0
fi

# In the language of the terminal.
say() {
    case "${LC_ALL:-${LC_MESSAGES:-${LANG:-}}}" in
        zh*) printf '%s\n' "$2" >&2 ;;
        *) printf '%s\n' "$1" >&2 ;;
    esac
}

# The Rust of a distribution is often older than the one that this project is written in, and stumbles over Cargo.toml.
needed=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
found=$(rustc --version 2>/dev/null | sed 's/^rustc \([0-9.]*\).*/\1/') || true
if [ -n "$found" ] && [ "$(printf '%s\n' "$needed" "$found" | sort -V | head -n 1)" != "$needed" ]; then
    say "Rust $found is too old: $needed or newer is needed. Get it from https://rustup.rs (or: rustup update)." \
        "Rust $found 版本过旧：需要 $needed 或更新版本。请从 https://rustup.rs 安装（或运行 rustup update）。"
    exit 1
# Whoever calls this through sudo has Rust in his own home.
elif [ -z "$found" ] && [ -z "${SUDO_USER:-}" ]; then
    say "Rust is missing: $needed or newer is needed. Get it from https://rustup.rs." \
        "没有找到 Rust：需要 $needed 或更新版本。请从 https://rustup.rs 安装。"
    exit 1
fi

wanted=$run
[ "${1:-run}" = test ] && wanted="$run $test"
[ "${1:-run}" = release ] && wanted="$release"
command -v cc >/dev/null || wanted="$wanted gcc libc6-dev"
command -v make >/dev/null || wanted="$wanted make"
perl -MFindBin -MIPC::Cmd -e 1 2>/dev/null || wanted="$wanted perl"

if ! command -v apt-get >/dev/null || ! command -v dpkg-query >/dev/null; then
    say "This system has no apt. Install by its own names what Debian calls:" \
        "此系统没有 apt。请按本系统的名称安装以下软件包（此处为 Debian 的名称）："
    say "  $wanted" "  $wanted"
    say "Then go on with the cargo command of the README." "然后继续执行 README 中的 cargo 命令。"
    exit 1
fi

missing=
for package in $wanted; do
    dpkg-query -W -f='${Status}' "$package" 2>/dev/null | grep -q 'ok installed' || missing="$missing $package"
done
[ -n "$missing" ] || exit 0

as_root=
if [ "$(id -u)" != 0 ]; then
    as_root=sudo
    if ! command -v sudo >/dev/null; then
        say "Packages are missing and there is no sudo. As root, run:" "缺少软件包，而且没有 sudo。请以 root 身份运行："
        say "  apt-get install --no-install-recommends$missing" "  apt-get install --no-install-recommends$missing"
        exit 1
    fi
fi

apt() {
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -o Acquire::Retries=5 "$@"
}

apt update
# shellcheck disable=SC2086 # a list of names
apt install -y --no-install-recommends $missing

# The tests start brokers of their own; a service that came along is neither left running nor started with the machine.
case " $missing " in
    *" mosquitto "*)
        if [ -d /run/systemd/system ]; then
            $as_root systemctl disable --now mosquitto.service
        else
            $as_root service mosquitto stop
            $as_root update-rc.d mosquitto disable
        fi
        ;;
esac
