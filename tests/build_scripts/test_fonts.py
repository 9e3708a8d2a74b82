"""The faces we ship can draw what a station writes."""

from __future__ import annotations

import pytest
from fontTools.pens.areaPen import AreaPen
from fontTools.ttLib import TTFont

from build_scripts import make_print_fonts
from build_scripts.make_fonts import FONTS, gb2312_characters, standard_characters

PRINT_FACES = ["Song.ttf", "Title.ttf", "Kai.ttf", "Fang.ttf", "Rare.ttf"]
FACES = ["NotoSansSC-Regular.ttf", "NotoSansSC-Bold.ttf"]


def _characters(face: str) -> set[int]:
    with TTFont(FONTS / face, lazy=True) as font:
        return set(font.getBestCmap())


def test_the_standard_table_has_its_8105_characters() -> None:
    assert len(standard_characters()) == 8105
    assert {ord("一"), ord("蠼"), ord("𬭎")} <= standard_characters()


def test_gb_2312_has_its_6763_characters() -> None:
    han = [point for point in gb2312_characters() if 0x4E00 <= point < 0xA000]
    assert len(han) == 6763


@pytest.mark.parametrize("face", FACES)
def test_a_face_draws_every_character_of_the_national_tables(face: str) -> None:
    assert standard_characters() | gb2312_characters() <= _characters(face)


def test_the_interface_draws_every_unified_ideograph_of_the_first_block() -> None:
    assert set(range(0x4E00, 0x9FA6)) <= _characters("NotoSansSC-Regular.ttf")


@pytest.mark.parametrize("face", FACES)
def test_figures_are_of_one_width_so_columns_align(face: str) -> None:
    with TTFont(FONTS / face, lazy=True) as font:
        named = font.getBestCmap()
        widths = {font["hmtx"][named[ord(figure)]][0] for figure in "0123456789"}
    assert len(widths) == 1


def test_the_faces_stay_small_and_bring_their_licence() -> None:
    total = sum((FONTS / face).stat().st_size for face in FACES)
    assert total < 12_000_000
    assert "SIL Open Font License" in (FONTS / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("face", PRINT_FACES)
def test_a_printed_face_has_outlines_the_pdf_writer_can_embed(face: str) -> None:
    with TTFont(make_print_fonts.FONTS / face, lazy=True) as font:
        tables = set(font.keys())
        assert font["OS/2"].fsType & 0x0302 == 0, "its licence forbids embedding"
    assert {"glyf", "loca", "cmap"} <= tables
    assert not {"CFF ", "fpgm", "prep", "cvt ", "GSUB", "GPOS"} & tables


@pytest.mark.parametrize("face", ["Song.ttf", "Title.ttf", "Kai.ttf"])
def test_a_printed_face_draws_the_national_tables_and_rare_names(face: str) -> None:
    with TTFont(make_print_fonts.FONTS / face, lazy=True) as font:
        drawn = set(font.getBestCmap())
    wanted = standard_characters() | make_print_fonts.rare_name_characters()
    han = {point for point in gb2312_characters() if 0x4E00 <= point < 0xA000}
    assert wanted | han <= drawn
    assert {ord(sign) for sign in "，。、；：？！（）《》①⑳〓"} <= drawn


def test_the_thin_face_draws_gb_2312() -> None:
    with TTFont(make_print_fonts.FONTS / "Fang.ttf", lazy=True) as font:
        drawn = set(font.getBestCmap())
    assert {point for point in gb2312_characters() if 0x4E00 <= point < 0xA000} <= drawn


@pytest.mark.parametrize("face", PRINT_FACES)
def test_outlines_run_as_truetype_wants_them(face: str) -> None:
    """Clockwise around what is filled: some printers fill by that and not by counting crossings."""
    turned = []
    with TTFont(make_print_fonts.FONTS / face) as font:
        glyphs, names = font.getGlyphSet(), font.getBestCmap()
        for point in sorted(names)[::25]:
            pen = AreaPen(glyphs)
            glyphs[names[point]].draw(pen)
            if 0x3400 <= point < 0xA000 and pen.value > 0:
                turned.append(chr(point))
    assert turned == []


def test_a_reserved_name_is_not_used_for_what_was_cut() -> None:
    with TTFont(make_print_fonts.FONTS / "Kai.ttf", lazy=True) as font:
        names = {record.toUnicode() for record in font["name"].names if record.nameID in {1, 4, 6}}
    assert names
    assert not any("LXGW" in name or "霞鹜" in name for name in names)


def test_all_faces_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FONTS.rglob("*.ttf")) < 36_000_000
