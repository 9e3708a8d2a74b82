"""The faces we ship can draw what a station writes."""

from __future__ import annotations

import pytest
from fontTools.ttLib import TTFont

from build_scripts.make_fonts import FONTS, gb2312_characters, standard_characters

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
