#!/bin/sh
# Makes every size a platform asks for out of air780e-companion.svg. Needs rsvg-convert and ImageMagick.
set -eu
cd "$(dirname "$0")"
name=air780e-companion
for size in 16 24 32 48 64 128 256 512 1024; do
    rsvg-convert -w "$size" -h "$size" "$name.svg" -o "$name-$size.png"
done

# Windows: one file with the sizes of lists, task bars and tiles.
convert "$name-16.png" "$name-24.png" "$name-32.png" "$name-48.png" "$name-64.png" "$name-128.png" "$name-256.png" "$name.ico"

# macOS: a header and PNGs one after the other, each behind its type and its length (big end first).
be32() {
    for shift in 24 16 8 0; do printf "\\$(printf %03o $(($1 >> shift & 255)))"; done
}
part() {
    printf %s "$1"
    be32 $(($(wc -c <"$name-$2.png") + 8))
    cat "$name-$2.png"
}
{
    part icp4 16
    part ic11 32
    part ic12 64
    part ic07 128
    part ic08 256
    part ic09 512
    part ic10 1024
} >"$name.parts"
{
    printf icns
    be32 $(($(wc -c <"$name.parts") + 8))
    cat "$name.parts"
} >"$name.icns"
rm "$name.parts"
