"""No character of a name is lost on paper, and every face travels inside the document."""

from __future__ import annotations

import io
import threading
from itertools import cycle
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop_app.core.errors import UserError
from desktop_app.core.resources import resource_path
from desktop_app.printing import repairs
from desktop_app.printing.fonts import UNKNOWN, FontBook, Role, check_face, fonts
from tests.printing.outside import assert_sound

RARE_NAMES = "𬭎𠅤䶮㛃喆堃赟翀昇煜祎珺㼆䲟婳犇驫"
EVERYDAY = "张三在“龙门·新罗”登记——医保缴费（2026年1月①）……，。；：？！《》、0123456789ABCxyz"


def _drawn(text: str, *roles: Role) -> bytes:
    """One page with the text in each role."""
    return _drawn_lines([text] * len(roles), *roles)


def _drawn_lines(lines: list[str], *roles: Role) -> bytes:
    book = fonts()
    memory = io.BytesIO()
    canvas = Canvas(memory, pagesize=(842, 595), invariant=1)
    for number, (text, role) in enumerate(zip(lines, cycle(roles), strict=False), 1):
        place = canvas.beginText(40, 595 - 25 * number)
        for font_name, part in book.runs(text, role):
            place.setFont(font_name, 12)
            place.textOut(part)
        canvas.drawText(place)
    canvas.save()
    return memory.getvalue()


def test_every_role_prints_and_copies_every_character() -> None:
    reading = assert_sound(_drawn(EVERYDAY, *Role))
    assert reading.characters.count(EVERYDAY) == len(Role)


def test_rare_names_print_and_copy_in_every_role() -> None:
    reading = assert_sound(_drawn(RARE_NAMES, *Role))
    assert reading.characters.count(RARE_NAMES) == len(Role)


def test_two_faces_of_one_family_in_a_document_keep_their_characters_apart() -> None:
    text = "".join(map(chr, [*range(0x4E00, 0x4E00 + 600), *range(0x3400, 0x3400 + 600)]))
    lines = [text[start : start + 60] for start in range(0, len(text), 60)]
    assert assert_sound(_drawn_lines(lines, Role.SONG)).characters == text


def test_the_face_of_a_role_draws_what_it_has_and_another_the_rest() -> None:
    book = fonts()
    names = {role: [run.font_name for run in book.runs("张𬭎到", role)] for role in Role}
    assert len(names[Role.FANG]) == 3
    assert names[Role.FANG][0] == names[Role.FANG][2] != names[Role.FANG][1]
    assert names[Role.FANG][1] == names[Role.SONG][0]
    assert len({tuple(found[:1]) for found in names.values()}) == len(Role)


def test_a_character_without_a_face_is_told_beforehand_and_drawn_as_a_mark() -> None:
    book = fonts()
    assert book.missing("王😀强\U0001f600\n") == {"😀"}
    assert [run.text for run in book.runs("王😀强", Role.SONG)] == ["王〓强"]
    assert book.width("😀", Role.SONG, 10) == book.width(UNKNOWN, Role.SONG, 10) == 10
    assert book.missing(EVERYDAY + RARE_NAMES + UNKNOWN) == frozenset()


def test_controls_take_no_place_and_are_not_missing() -> None:
    book = fonts()
    text = "张\x00\u200b三\ufeff\ufe0f"
    assert book.missing(text) == frozenset()
    assert [run.text for run in book.runs(text, Role.FANG)] == ["张三"]
    assert book.width(text, Role.FANG, 16) == 32


def test_a_lone_surrogate_from_a_damaged_file_is_marked_and_breaks_nothing() -> None:
    assert [run.text for run in fonts().runs("\ud800", Role.SONG)] == [UNKNOWN]


def test_private_numbers_of_old_systems_print_as_the_characters_they_stood_for() -> None:
    assert "".join(run.text for run in fonts().runs("\ue863\ue81e", Role.SONG)) == "䶮龴"
    assert fonts().missing("\ue863") == frozenset()
    # Our own private code points (half_signs.py) are nobody's characters either.
    assert fonts().missing("\uf8ff\uf700") == {"\uf8ff", "\uf700"}


def test_every_first_block_ideograph_and_extension_a_has_a_face() -> None:
    block = "".join(map(chr, [*range(0x4E00, 0xA000), *range(0x3400, 0x4DC0)]))
    assert fonts().missing(block) == frozenset()


def test_a_dash_of_two_is_as_wide_as_two_characters_where_a_text_is_printed() -> None:
    for role in (Role.SONG, Role.TITLE, Role.KAI, Role.FANG):
        assert fonts().width("——“”", role, 10) == 40, role


def test_widths_are_those_the_reader_sees() -> None:
    reading = assert_sound(_drawn("一二三四ABC", Role.FANG))
    (word,) = reading.pages[0].lines[0]
    assert word.right - word.left == pytest.approx(
        fonts().width("一二三四ABC", Role.FANG, 12), abs=0.1
    )


def test_an_office_may_use_its_own_face_for_a_role() -> None:
    own = resource_path("fonts", "NotoSansSC-Regular.ttf")
    book = fonts({Role.FANG: own})
    assert book is fonts({Role.FANG: own})
    assert book.refused == {}
    assert book.runs("张", Role.FANG) != fonts().runs("张", Role.FANG)
    assert book.runs("张", Role.TITLE) == fonts().runs("张", Role.TITLE)


@pytest.mark.parametrize(
    "content", [b"", b"not a font", b"OTTO" + bytes(200), b"\x00\x01\x00\x00\x00\xff" + bytes(90)]
)
def test_a_file_that_is_no_truetype_face_is_refused_in_words_and_ours_is_used(
    tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "方正小标宋.ttf"
    path.write_bytes(content)
    book = FontBook({Role.TITLE: path})
    assert "方正小标宋.ttf" in book.refused[Role.TITLE].sentence
    assert book.runs("张", Role.TITLE) == fonts().runs("张", Role.TITLE)
    with pytest.raises(UserError):
        check_face(path)


def test_a_face_that_is_not_there_or_has_no_chinese_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError):
        check_face(tmp_path / "没有.ttf")
    with TTFont(resource_path("fonts", "print", "Fang.ttf")) as font:
        for table in font["cmap"].tables:
            table.cmap = {code: name for code, name in table.cmap.items() if code < 0x3000}
        font.save(tmp_path / "latin.ttf")
    with pytest.raises(UserError):
        check_face(tmp_path / "latin.ttf")


def test_threads_share_the_book(monkeypatch: pytest.MonkeyPatch) -> None:
    book, wrong = FontBook(), []

    def ask(start: int) -> None:
        for point in range(start, start + 2000):
            if book.runs(chr(point), Role.FANG)[0].text != chr(point):
                wrong.append(point)

    threads = [threading.Thread(target=ask, args=(0x4E00 + 500 * n,)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_upstream_still_needs_its_table_of_characters_repaired() -> None:
    """When this fails, the writer has learned characters above U+FFFF: repairs.py can shrink."""
    assert "<2CB4E>" in repairs.upstream_character_map("face", [0x2CB4E])
    assert "<D872DF4E>" in repairs.character_map("face", [0x2CB4E])
