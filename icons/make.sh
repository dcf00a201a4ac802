#!/bin/sh
# Makes every size a platform asks for out of air780e-companion.svg. Needs rsvg-convert and ImageMagick.
set -eu
cd "$(dirname "$0")"
for size in 16 24 32 48 64 128 256 512; do
    rsvg-convert -w "$size" -h "$size" air780e-companion.svg -o "air780e-companion-$size.png"
done
convert air780e-companion-16.png air780e-companion-32.png air780e-companion-48.png air780e-companion-256.png air780e-companion.ico
