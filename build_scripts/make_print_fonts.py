"""Makes resources/fonts/print/*.ttf: the faces of paper, cut down to what a station prints.

| file | face | source, fetched by the machine's own npm and apt | licence |
|---|---|---|---|
| Song.ttf, Rare.ttf | Noto Serif SC Regular | npm @expo-google-fonts/noto-serif-sc | OFL-1.1 |
| Title.ttf | Noto Serif SC Black | the same | OFL-1.1 |
| Kai.ttf | LXGW WenKai Regular, renamed | apt fonts-lxgw-wenkai | OFL-1.1 |
| Fang.ttf | FandolFang | apt texlive-lang-chinese | GPL-3.0 with font exception |

Every face keeps GB 2312, the 通用规范汉字表 and the rare characters of names, as far as its source
has them, and what else stands in a Chinese text: Latin, figures, punctuation, enclosed numbers.
Song keeps its source's other signs as well. Rare, read only when a name asks for it, has what
neither Song nor the interface's Noto Sans SC has (extension A), and the frequent traditional
characters. The other 11,000 of the Unified Ideographs are printed in Noto Sans SC: they would cost
6 MB for a nicer look. Layout tables and hinting go: the PDF writer reads neither.

The PDF writer wants quadratic outlines, so FandolFang's cubic ones are converted. The name "LXGW"
is reserved by its licence, so what is cut from that face carries another. The result depends on
nothing but the sources and the version of fontTools.
"""

from __future__ import annotations

import gzip
import re
import subprocess
import sys
import tarfile
import tempfile
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

from fontTools import subset
from fontTools.pens.cu2quPen import Cu2QuPen
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont, newTable

from build_scripts.ground.places import ROOT
from build_scripts.make_fonts import FONTS as INTERFACE_FONTS
from build_scripts.make_fonts import gb2312_characters, standard_characters
from desktop_app.printing.half_signs import HALF, INK_LEFT

SERIF_PACKAGE = "@expo-google-fonts/noto-serif-sc@0.4.3"
KAI_PACKAGE = "fonts-lxgw-wenkai"
FANG_PACKAGE = "texlive-lang-chinese"

INTERFACE = INTERFACE_FONTS / "NotoSansSC-Regular.ttf"
FONTS = ROOT / "resources" / "fonts" / "print"
RARE_NAMES = ROOT / "build_scripts" / "fonts" / "rare_name_characters.txt"
KAI_NAME = "Jinlin Kai"

_HAN_BLOCKS = (range(0x3400, 0x4DC0), range(0x4E00, 0xA000), range(0x20000, 0x40000))
_HANGUL = (range(0x1100, 0x1200), range(0x3130, 0x3190), range(0xA960, 0xA980))
_NEVER = (*_HANGUL, range(0xAC00, 0xD800), range(0xE000, 0xF900))
_SIGNS = (
    range(0x20, 0x180),  # Latin, with the letters of pinyin
    range(0x2000, 0x2070),  # dashes, quotation marks, ellipsis
    range(0x2460, 0x2500),  # ① ⑴ ⒈
    range(0x3000, 0x3040),  # 、。《》【】〓
    range(0xFF00, 0xFFF0),  # full-width letters, figures and punctuation
)
_LARGEST_ERROR = 2.0
"""How far a converted outline may lie from the drawn one, in thousandths of the em."""


def rare_name_characters() -> set[int]:
    """The code points of rare_name_characters.txt."""
    lines = RARE_NAMES.read_text(encoding="utf-8").splitlines()
    return {ord(sign) for line in lines if not line.startswith("#") for sign in line}


def song_characters(available: set[int]) -> set[int]:
    """What Song keeps: common Han characters, and all else but Hangul and private use."""
    wanted = _common_han()
    return {
        point
        for point in available
        if point in wanted or not (_is_in(point, _HAN_BLOCKS) or _is_in(point, _NEVER))
    }


def rare_characters(available: set[int]) -> set[int]:
    """What Rare keeps: beyond Song, what the interface's face lacks, and traditional characters."""
    with TTFont(INTERFACE, lazy=True) as font:
        sans = set(font.getBestCmap())
    return {
        point
        for point in available - _common_han() - (sans - traditional_characters())
        if _is_in(point, _HAN_BLOCKS)
    }


def traditional_characters() -> set[int]:
    """The 5401 frequent characters of Big5, its first level."""
    cells = [*range(0x40, 0x7F), *range(0xA1, 0xFF)]
    codes = [bytes([row, cell]) for row in range(0xA4, 0xC7) for cell in cells]
    first_level = [code for code in codes if code <= b"\xc6\x7e"]
    return {ord(code.decode("big5")) for code in first_level}


def common_characters(available: set[int]) -> set[int]:
    """What the other faces keep of what their source has."""
    wanted = _common_han() | gb2312_characters()
    return {point for point in available if point in wanted or _is_in(point, _SIGNS)}


def kai_characters(available: set[int]) -> set[int]:
    """What Kai keeps: not its quotation marks, which are Latin ones, a third of an em wide."""
    return common_characters(available) - {ord(sign) for sign in "“”‘’·"}


def _common_han() -> set[int]:
    wanted = standard_characters() | gb2312_characters() | rare_name_characters()
    return {point for point in wanted if _is_in(point, _HAN_BLOCKS)}


def _is_in(point: int, blocks: tuple[range, ...]) -> bool:
    return any(point in block for block in blocks)


def main() -> int:
    FONTS.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="jinlin-fonts-") as folder:
        serif, kai, fang = (Path(folder) / name for name in ("serif", "kai", "fang"))
        _fetch_npm(SERIF_PACKAGE, serif)
        regular = serif / "package/400Regular/NotoSerifSC_400Regular.ttf"
        _cut(regular, "Song", song_characters, _with_a_full_dash, _with_half_signs)
        _cut(regular, "Rare", rare_characters, _told_apart)
        black = serif / "package/900Black/NotoSerifSC_900Black.ttf"
        _cut(black, "Title", common_characters, _with_a_full_dash, _with_half_signs)
        _fetch_apt(KAI_PACKAGE, kai)
        wenkai = _only(kai, "LXGWWenKai-Regular.ttf")
        _cut(wenkai, "Kai", kai_characters, _renamed, _with_half_signs)
        _fetch_apt(FANG_PACKAGE, fang)
        cubic = _only(fang, "FandolFang-Regular.otf")
        _cut(cubic, "Fang", common_characters, _quadratic, _with_half_signs)
        _keep_licences(serif / "package", kai, fang)
    return 0


def _fetch_npm(package: str, folder: Path) -> None:
    folder.mkdir()
    command = ["npm", "pack", "--silent", package]
    subprocess.run(command, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")


def _fetch_apt(package: str, folder: Path) -> None:
    folder.mkdir()
    subprocess.run(["apt-get", "download", "-q", package], cwd=folder, check=True)
    (archive,) = folder.glob("*.deb")
    subprocess.run(["dpkg-deb", "-x", archive, folder], check=True)


def _only(folder: Path, name: str) -> Path:
    (found,) = folder.rglob(name)
    return found


Change = Callable[[TTFont], None]


def _cut(source: Path, name: str, keep: Callable[[set[int]], set[int]], *changes: Change) -> None:
    options = subset.Options(
        layout_features=[],
        hinting=False,
        notdef_outline=True,
        name_languages=["*"],
        recalc_timestamp=False,
        drop_tables=[
            *subset.Options._drop_tables_default,
            "GSUB",
            "GPOS",
            "GDEF",
            "BASE",
            "gasp",
            "VORG",
            "vhea",
            "vmtx",
        ],
    )
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=keep(set(font.getBestCmap())))
    cutter.subset(font)
    for change in changes:
        change(font)
    target = FONTS / f"{name}.ttf"
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size:,} bytes")


def _with_a_full_dash(font: TTFont) -> None:
    """U+2014 as wide as a Chinese character and without gaps, so that “——” is one line.

    The source has a Latin dash there and joins two of them by a layout feature.
    """
    bar = font.getBestCmap()[0x2015]
    width, left = font["hmtx"][bar]
    glyph = font["glyf"][bar]
    points = glyph.getCoordinates(font["glyf"])[0]
    ink = glyph.xMax - glyph.xMin
    glyph.coordinates = type(points)([(round((x - left) * width / ink), y) for x, y in points])
    glyph.recalcBounds(font["glyf"])
    font["hmtx"][bar] = (width, 0)
    for table in font["cmap"].tables:
        if 0x2014 in table.cmap:
            table.cmap[0x2014] = bar


_HALF_EM, _SPILL = 500, 40


def _with_half_signs(font: TTFont) -> None:
    """Closing and opening signs once more, without the white half, at private code points."""
    drawn, names = font.getGlyphSet(), font.getBestCmap()
    made = {}
    for sign, private in HALF.items():
        if ord(sign) not in names:
            continue
        name = names[ord(sign)]
        shift = 0 if sign in INK_LEFT else -_HALF_EM
        pen = TTGlyphPen(None)
        drawn[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        glyph = pen.glyph()
        glyph.recalcBounds(font["glyf"])
        is_full = font["hmtx"][name][0] == 2 * _HALF_EM
        if is_full and glyph.xMin > -_SPILL and glyph.xMax < _HALF_EM + _SPILL:
            made[private] = glyph
    font.setGlyphOrder([*font.getGlyphOrder(), *(f"half{ord(private):X}" for private in made)])
    for private, glyph in made.items():
        name = f"half{ord(private):X}"
        font["glyf"].glyphs[name] = glyph
        font["hmtx"][name] = (_HALF_EM, glyph.xMin)
        for table in font["cmap"].tables:
            if table.isUnicode():
                table.cmap[ord(private)] = name
    font["glyf"].glyphOrder = font.getGlyphOrder()


def _told_apart(font: TTFont) -> None:
    """Its own PostScript name: a document may hold subsets of Song and of Rare."""
    for record in font["name"].names:
        if record.nameID == 6:
            record.string = "NotoSerifSC-Rare"


def _renamed(font: TTFont) -> None:
    """The face under a name of ours, in every language and record that a reader shows."""
    plain = KAI_NAME.replace(" ", "")
    words = {1: KAI_NAME, 2: "Regular", 3: f"{plain}-Regular", 4: KAI_NAME, 6: f"{plain}-Regular"}
    table = font["name"]
    table.names = [record for record in table.names if record.nameID in {0, 5, 13, 14, *words}]
    for record in table.names:
        if record.nameID in words:
            record.string = words[record.nameID]


def _quadratic(font: TTFont) -> None:
    """Cubic outlines (CFF) become quadratic ones (glyf).

    FandolFang's run clockwise already, as TrueType wants them and CFF does not: not turned round.
    """
    names, drawn = font.getGlyphOrder(), font.getGlyphSet()
    glyphs: dict[str, Any] = {}
    for name in names:
        pen = TTGlyphPen(drawn)
        drawn[name].draw(Cu2QuPen(pen, _LARGEST_ERROR))
        glyphs[name] = pen.glyph()
    _as_glyf(font, names, glyphs)


def _as_glyf(font: TTFont, names: list[str], glyphs: dict[str, Any]) -> None:
    font["loca"] = newTable("loca")
    font["glyf"] = newTable("glyf")
    font["glyf"].glyphOrder, font["glyf"].glyphs = names, glyphs
    for glyph in glyphs.values():
        glyph.recalcBounds(font["glyf"])
    del font["CFF "]
    font["maxp"].tableVersion = 0x00010000
    for field in _LIMITS:
        setattr(font["maxp"], field, 1 if field == "maxZones" else 0)
    font["post"].formatType = 3.0
    font.sfntVersion = "\x00\x01\x00\x00"


_LIMITS = (
    "maxZones", "maxTwilightPoints", "maxStorage", "maxFunctionDefs", "maxInstructionDefs",
    "maxStackElements", "maxSizeOfInstructions", "maxComponentElements", "maxPoints",
    "maxContours", "maxCompositePoints", "maxCompositeContours", "maxComponentDepth",
)  # fmt: skip


def _keep_licences(serif: Path, kai: Path, fang: Path) -> None:
    """Each source's own words, beside what was cut from it."""
    (FONTS / "OFL-NotoSerifSC.txt").write_bytes((serif / "LICENSE_FONT").read_bytes())
    copyright_file = _only(kai, "copyright").read_text(encoding="utf-8")
    head, _, body = copyright_file.partition("License: OFL-1.1\n -")
    owner = re.search(r"Copyright:\n\s*(.+)\n", head)
    assert owner is not None
    text = re.sub(r"(?m)^ \.?", "", " -" + body.split("\nLicense:")[0])
    note = (
        f"{KAI_NAME} is cut from LXGW WenKai (霞鹜文楷), Copyright {owner[1]}, with Reserved Font"
        ' Names "霞鹜" and "LXGW", which is made from Klee, Copyright 2020 The Klee Project'
        " Authors. Both, and this file, are licensed under the SIL Open Font License:"
    )
    kept = "\n".join([*textwrap.wrap(note, 100), "", text.strip(), ""])
    (FONTS / "OFL-JinlinKai.txt").write_text(kept, encoding="utf-8")
    with gzip.open(_only(fang / "usr/share/doc/texlive-doc/fonts/fandol", "COPYING.gz")) as packed:
        (FONTS / "GPL-FandolFang.txt").write_bytes(_FANDOL_NOTE.encode() + packed.read())


_FANDOL_NOTE = """\
Fang.ttf is FandolFang 0.3, Copyright 2012-2013 the Fandol team (Clerk Ma, Jie Su), cut down and its
outlines converted from cubic to quadratic by build_scripts/make_print_fonts.py of this program. It
is licensed as its source is: the GNU General Public License with the font exception at the end of
this text. The unchanged source is the file FandolFang-Regular.otf of the collection "fandol", which
TeX Live and Debian's package texlive-lang-chinese carry.

"""


if __name__ == "__main__":
    sys.exit(main())
