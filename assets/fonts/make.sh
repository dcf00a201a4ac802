#!/bin/sh
# Makes NotoSansSC-gb2312.otf: the 6,763 Chinese characters and the symbols of GB 2312, plus Latin, arrows and the
# pictures of control characters, cut out of Noto Sans CJK SC; and NotoSansSC-marks.otf of it (marks.py). Needs Debian's fonts-noto-cjk and fonttools (PyPI).
set -eu
here=$(cd "$(dirname "$0")" && pwd)
text=$(mktemp)
trap 'rm -f "$text"' EXIT
python3 - "$text" <<'PY'
import sys
chars = {chr(c) for span in ((0x20, 0x7F), (0xA0, 0x180), (0x2010, 0x2040), (0x2190, 0x2200), (0x2400, 0x2440), (0x25A0, 0x2600), (0xFF01, 0xFF5F)) for c in range(*span)}
for high in range(0xA1, 0xF8):
    for low in range(0xA1, 0xFF):
        try:
            chars.add(bytes((high, low)).decode("gb2312"))
        except UnicodeDecodeError:
            pass
open(sys.argv[1], "w", encoding="utf-8").write("".join(sorted(chars)))
PY
pyftsubset "${1:-/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc}" --font-number=2 --text-file="$text" \
    --output-file="$here/NotoSansSC-gb2312.otf" --no-hinting --desubroutinize --layout-features='' \
    --drop-tables+=vhea,vmtx,VORG,GSUB,GPOS,BASE --name-IDs='*'
python3 "$here/marks.py" "$here/NotoSansSC-gb2312.otf" "$here/NotoSansSC-marks.otf"
