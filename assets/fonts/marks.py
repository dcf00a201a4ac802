"""Makes NotoSansSC-marks.otf from NotoSansSC-gb2312.otf: the marks that Chinese and other languages share, but which stand in
a square of their own only in Chinese. Their outlines stay, without the room around them; the ellipsis is three full stops.
Needs fonttools (PyPI)."""

import io
import sys

from fontTools import subset
from fontTools.misc.transform import Offset
from fontTools.pens.recordingPen import RecordingPen
from fontTools.pens.boundsPen import BoundsPen
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.transformPen import TransformPen
from fontTools.ttLib import TTFont

MARKS = "…·×÷±≤≥≠≈“”‘’•§"
# Room at either side of a mark, in thousandths of its size.
SIDE = 60

source, target = sys.argv[1:]
font = TTFont(source)
chosen = subset.Subsetter(subset.Options(layout_features=[], hinting=False, desubroutinize=True, name_IDs=["*"]))
chosen.populate(text=MARKS + ".")
chosen.subset(font)
names, glyphs = font.getBestCmap(), font.getGlyphSet()
stop = names[ord(".")]
stop_width = font["hmtx"][stop][0]
drawn = {}
for mark in MARKS:
    name = names.get(ord(mark))
    if name is None:
        continue
    pen = RecordingPen()
    if mark == "…":
        for place in range(3):
            glyphs[stop].draw(TransformPen(pen, Offset(place * stop_width, 0)))
        width = 3 * stop_width
    else:
        bounds = BoundsPen(glyphs)
        glyphs[name].draw(bounds)
        left, _, right, _ = bounds.bounds
        glyphs[name].draw(TransformPen(pen, Offset(SIDE - left, 0)))
        width = round(right - left) + 2 * SIDE
    drawn[name] = (pen, width)
cff = font["CFF "].cff
top = cff[cff.fontNames[0]]
for name, (pen, width) in drawn.items():
    index = top.CharStrings.charStrings[name] if isinstance(top.CharStrings.charStrings[name], int) else None
    private = top.FDArray[top.FDSelect[font.getGlyphID(name)]].Private
    out = T2CharStringPen(width - private.nominalWidthX, None)
    pen.replay(out)
    string = out.getCharString(private=private, globalSubrs=top.GlobalSubrs)
    if index is None:
        top.CharStrings.charStrings[name] = string
    else:
        top.CharStrings.charStringsIndex[index] = string
    font["hmtx"][name] = (width, SIDE)
for table in font["cmap"].tables:
    table.cmap.pop(ord("."), None)
font.save(target)
