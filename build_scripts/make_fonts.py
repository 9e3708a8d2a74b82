"""Makes resources/fonts/*.ttf: Noto Sans SC, cut down to what a station writes.

The source is the npm package `@expo-google-fonts/noto-sans-sc`, fetched with `npm pack` from
whatever registry the machine is set to. What is kept:

- Regular, the interface and every name: all that the source has of the Unified Ideographs block,
  of the extensions from B on and of scripts other than Han, and of extension A the characters of
  the 通用规范汉字表. Not in it: the rest of extension A (some 6,400), and what the source lacks.
- Bold, for headings: GB 2312, the 通用规范汉字表, Latin and punctuation.

Figures in the source are all of one width, so columns of numbers align without a feature.
The result depends on nothing but the source and the version of fontTools.
"""

from __future__ import annotations

import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from fontTools import subset

from build_scripts.ground.places import ROOT

PACKAGE = "@expo-google-fonts/noto-sans-sc@0.4.3"
FONTS = ROOT / "resources" / "fonts"
STANDARD_CHARACTERS = ROOT / "build_scripts" / "fonts" / "tongyong_guifan_hanzi.txt"

_HAN_BLOCK = range(0x4E00, 0xA000)
_HAN_EXTENSION_A = range(0x3400, 0x4DC0)
_HAN_BEYOND_BMP = range(0x20000, 0x40000)
_HANGUL = range(0xAC00, 0xD7B0)
_KEPT_FEATURES = ["ccmp", "kern", "liga", "locl", "mark", "vert"]


def standard_characters() -> set[int]:
    """The code points of the 通用规范汉字表 (8105)."""
    lines = STANDARD_CHARACTERS.read_text(encoding="utf-8").splitlines()
    return {ord(sign) for line in lines if not line.startswith("#") for sign in line}


def gb2312_characters() -> set[int]:
    """The 6763 Han characters and the signs of GB 2312."""
    found = set()
    for row in range(0xA1, 0xF8):
        for cell in range(0xA1, 0xFF):
            try:
                found.add(ord(bytes([row, cell]).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    return found


def regular_characters(available: set[int]) -> set[int]:
    """What Regular keeps of what its source has."""
    standard = standard_characters()
    return {
        point
        for point in available
        if point not in _HANGUL and (point not in _HAN_EXTENSION_A or point in standard)
    }


def bold_characters(available: set[int]) -> set[int]:
    """What Bold keeps of what its source has."""
    wanted = standard_characters() | gb2312_characters()
    return {
        point
        for point in available
        if point in wanted
        or not (
            point in _HAN_BLOCK
            or point in _HAN_EXTENSION_A
            or point in _HAN_BEYOND_BMP
            or point in _HANGUL
        )
    }


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="jinlin-fonts-") as folder:
        source = _fetch(Path(folder))
        FONTS.mkdir(parents=True, exist_ok=True)
        (FONTS / "OFL.txt").write_bytes((source / "LICENSE_FONT").read_bytes())
        for weight, name in (("400Regular", "Regular"), ("700Bold", "Bold")):
            _cut(source / weight / f"NotoSansSC_{weight}.ttf", FONTS / f"NotoSansSC-{name}.ttf")
    return 0


def _fetch(folder: Path) -> Path:
    subprocess.run(
        ["npm", "pack", "--silent", PACKAGE], cwd=folder, check=True, stdout=subprocess.DEVNULL
    )
    (archive,) = folder.glob("*.tgz")
    with tarfile.open(archive) as packed:
        packed.extractall(folder, filter="data")
    return folder / "package"


def _cut(source: Path, target: Path) -> None:
    options = subset.Options(
        layout_features=_KEPT_FEATURES,
        hinting=False,
        notdef_outline=True,
        name_languages=["*"],
        recalc_timestamp=False,
    )
    font = subset.load_font(str(source), options)
    keep = bold_characters if target.stem.endswith("Bold") else regular_characters
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=keep(set(font.getBestCmap())))
    cutter.subset(font)
    subset.save_font(font, str(target), options)
    print(f"{target.name}: {len(font.getBestCmap())} characters, {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
