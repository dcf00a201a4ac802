#!/bin/bash
# Makes the packages from the committed sources, the same bytes each time:
#
#   dist/release.sh [FOLDER]
#
#   air780e-companion-VERSION-windows-x86_64-setup.exe   installer for one user, English and Simplified Chinese
#   air780e-companion-VERSION-windows-x86_64.zip         the same without an installer; keeps its settings beside itself
#   air780e-companion_VERSION_amd64.deb                  Debian 12 and newer, Ubuntu 22.04 and newer
#   air780e-companion-VERSION-linux-x86_64.tar.gz        any other Linux with glibc 2.35 or newer
#   SHA256SUMS
#
# FOLDER is `target/release-packages` unless named. Needs Rust, a C compiler, perl, make and, through `debian-packages.sh
# release`, Debian's cross compiler and NSIS, which it installs. AIR780E_ONLY=linux or =windows makes
# one half.
set -euo pipefail
cd "$(dirname "$0")/.."

project=$PWD
packages=$(mkdir -p "${1:-target/release-packages}" && cd "${1:-target/release-packages}" && pwd)
only=${AIR780E_ONLY:-linux windows}
name=air780e-companion
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)
linux=x86_64-unknown-linux-gnu
windows=x86_64-pc-windows-gnu

[ -z "$(git status --porcelain)" ] || { echo "commit or put away your changes first: packages are made from what is committed" >&2; exit 1; }
./dist/debian-packages.sh release

# One place on every machine, and one time: that of the newest commit.
work=/var/tmp/$name-release
SOURCE_DATE_EPOCH=$(git log -1 --format=%ct)
export SOURCE_DATE_EPOCH TZ=UTC LC_ALL=C.UTF-8
rm -rf "$work/source" "$work/packages"
mkdir -p "$work/source" "$work/packages"
git archive HEAD | tar -x -C "$work/source"
cd "$work/source"

cargo_home=${CARGO_HOME:-$HOME/.cargo}
export RUSTFLAGS="--remap-path-prefix=$cargo_home=/cargo --remap-path-prefix=$work=/air780e"
export OPENSSL_SRC_PERL=$work/source/dist/neutral-perl.sh CARGO_TARGET_DIR=$work/target CARGO_INCREMENTAL=0
# A file that a C compiler includes is named in the program too.
export CFLAGS="-ffile-prefix-map=$cargo_home=/cargo -ffile-prefix-map=$work=/air780e"

# Window and command line are built apart: the second needs nothing of a window, and is a quarter of its size.
build() {
    cargo build --release --locked --target "$1" --bin $name
    cp "$work/target/$1/release/$name$2" "$3"
    cargo build --release --locked --target "$1" --bin air780e --no-default-features --features serial
    cp "$work/target/$1/release/air780e$2" "$3"
    cargo metadata --format-version 1 --locked --filter-platform "$1" | ./dist/notices.pl >"$3/THIRD-PARTY.txt"
    ! strings -a "$3"/*air780e* | grep -F -e "$cargo_home" -e "$work" -e "$project" ||
        { echo "a path of this machine is in a program" >&2; exit 1; }
}

# Everything below a folder gets the time of the commit.
age() { find "$1" -depth -exec touch -h -d "@$SOURCE_DATE_EPOCH" {} +; }

documents() {
    cp README.md dist/CHANGELOG.md "$1"
    cp dist/LICENSE "$1/LICENSE.txt"
}

for_windows() {
    local folder=$work/packages/$name-$version
    rustup target list --installed 2>/dev/null | grep -qx $windows || rustup target add $windows
    mkdir -p "$folder"
    build $windows .exe "$folder"
    documents "$folder"
    sed -i 's/$/\r/' "$folder"/*.txt
    age "$folder"
    makensis -V2 -DVERSION="$version" -DFILES="$folder" -DOUT="$packages/$name-$version-windows-x86_64-setup.exe" \
        -DICON="$work/source/icons/$name.ico" dist/windows/setup.nsi
    # A folder of this name beside the program keeps the settings there.
    mkdir "$folder/$name-data"
    age "$folder"
    rm -f "$packages/$name-$version-windows-x86_64.zip"
    (cd "$work/packages" && find "$name-$version" | sort | zip -X -q "$packages/$name-$version-windows-x86_64.zip" -@)
    rm -r "$folder"
}

for_linux() {
    local folder=$work/packages/$name-$version root=$work/packages/root
    mkdir -p "$folder"
    build $linux "" "$folder"
    documents "$folder"
    cp dist/70-air780e.rules dist/$name.desktop icons/$name-256.png "$folder"

    mkdir -p "$root/usr/bin" "$root/usr/share/man/man1" "$root/DEBIAN"
    install -m 755 "$folder/$name" "$folder/air780e" "$root/usr/bin"
    install -Dm 644 dist/$name.desktop "$root/usr/share/applications/$name.desktop"
    install -Dm 644 dist/$name.metainfo.xml "$root/usr/share/metainfo/io.github.air780e_companion.metainfo.xml"
    install -Dm 644 dist/70-air780e.rules "$root/usr/lib/udev/rules.d/70-air780e.rules"
    install -Dm 644 icons/$name.svg "$root/usr/share/icons/hicolor/scalable/apps/$name.svg"
    for size in 16 24 32 48 64 128 256 512; do
        install -Dm 644 icons/$name-$size.png "$root/usr/share/icons/hicolor/${size}x$size/apps/$name.png"
    done
    mkdir -p "$folder/completions" "$folder/man1"
    "$folder/air780e" manual "$folder/man1"
    cp dist/$name.1 "$folder/man1"
    cp "$folder"/man1/*.1 "$root/usr/share/man/man1"
    gzip -9 -n "$root"/usr/share/man/man1/*.1
    for shell in bash fish zsh; do "$folder/air780e" completions $shell >"$folder/completions/air780e.$shell"; done
    install -Dm 644 "$folder/completions/air780e.bash" "$root/usr/share/bash-completion/completions/air780e"
    install -Dm 644 "$folder/completions/air780e.fish" "$root/usr/share/fish/vendor_completions.d/air780e.fish"
    install -Dm 644 "$folder/completions/air780e.zsh" "$root/usr/share/zsh/vendor-completions/_air780e"
    debian_papers "$root" "$folder"
    find "$root" -type d -exec chmod 755 {} +
    age "$root"
    fakeroot dpkg-deb --root-owner-group -Zxz --build "$root" "$packages/${name}_${version}_amd64.deb" >/dev/null
    age "$folder"
    tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" -C "$work/packages" -c "$name-$version" |
        gzip -9 -n >"$packages/$name-$version-linux-x86_64.tar.gz"
    rm -r "$folder" "$root"
}

# What a Debian package says of itself.
debian_papers() {
    local root=$1 folder=$2 papers=$1/usr/share/doc/$name loaded linked
    mkdir -p "$papers"
    {
        printf 'Air780E Companion %s\n\n' "$version"
        cat dist/LICENSE
        printf '\nWhat it contains of others stands in THIRD-PARTY.txt beside this file.\n'
    } >"$papers/copyright"
    cp README.md "$papers"
    gzip -9 -n <"$folder/THIRD-PARTY.txt" >"$papers/THIRD-PARTY.txt.gz"
    {
        printf '%s (%s) stable; urgency=medium\n\n' $name "$version"
        sed -n "/^## $version\$/,/^## /{s/^- /  * /p}" dist/CHANGELOG.md | fold -s -w 78 | sed 's/^[^ ]/    &/; s/ *$//'
        printf '\n -- The developers of the Air780E Companion <air780e-companion@example.invalid>  %s\n' \
            "$(date -R -d "@$SOURCE_DATE_EPOCH")"
    } | gzip -9 -n >"$papers/changelog.gz"
    # Loaded when the window opens; the rest is linked.
    loaded=$(./dist/debian-packages.sh names | sed 's/ /, /g')
    mkdir -p "$work/packages/shlibs/debian" && printf 'Source: %s\n' $name >"$work/packages/shlibs/debian/control"
    linked=$(cd "$work/packages/shlibs" && dpkg-shlibdeps -O -e"$root/usr/bin/$name" -e"$root/usr/bin/air780e" 2>/dev/null |
        sed -n 's/^shlibs:Depends=//p')
    rm -r "$work/packages/shlibs"
    cat >"$root/DEBIAN/control" <<CONTROL
Package: $name
Version: $version
Architecture: amd64
Maintainer: The developers of the Air780E Companion <air780e-companion@example.invalid>
Installed-Size: $(du -k -s --exclude=DEBIAN "$root" | cut -f 1)
Depends: $linked, $loaded
Recommends: xdg-desktop-portal, fonts-noto-cjk
Section: comm
Priority: optional
Description: desktop window beside an Air780E 4G module
 Connects the module to an MQTT broker, plain or over TLS, shows each step from
 the cable up with the AT lines beside it, subscribes, publishes, receives,
 measures, and says why when something does not work. A virtual module and a
 broker are built in. The command air780e is the same without a window.
CONTROL
    (cd "$root" && find usr -type f | sort | xargs md5sum) >"$root/DEBIAN/md5sums"
    printf '#!/bin/sh\nset -e\n[ "$1" != configure ] || ! command -v udevadm >/dev/null || { udevadm control --reload && udevadm trigger --subsystem-match=tty; } || true\n' >"$root/DEBIAN/postinst"
    chmod 755 "$root/DEBIAN/postinst"
}

for system in $only; do "for_$system"; done
cd "$packages"
sha256sum ./*"$version"* | sed 's, \./, ,' >SHA256SUMS
cat SHA256SUMS
