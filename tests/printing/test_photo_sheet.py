"""Photos on paper: sizes, edges and captions, and how many pages they fill."""

from __future__ import annotations

import io
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import combinations, pairwise, product
from pathlib import Path

import pytest
from PIL import Image
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer

from desktop_app.core.chart import BarChart, Series
from desktop_app.printing.document import Document, render
from desktop_app.printing.letters import Face
from desktop_app.printing.photo import Photo, take_in
from desktop_app.printing.photo_sheet import GAP, Area, Box, Captioned, PhotoSheet, place
from desktop_app.printing.pictures import Charted, Photos
from tests.printing.conftest import corners, saved
from tests.printing.outside import assert_sound

A4_TEXT = Area(442.2, 637.8)
"""156 × 225 mm, the text area of GB/T 9704-2012, 5.1."""

LANDSCAPE, PORTRAIT, SQUARE = 4 / 3, 3 / 4, 1.0
PANORAMA, SCREENSHOT = 8.0, 0.12
SHAPES = (LANDSCAPE, PORTRAIT, SQUARE, PANORAMA, SCREENSHOT)


def some_captions(number: int, width: float) -> float:
    """Captions of different lengths that take more lines, up to 8, as the photo gets narrower."""
    return 14.7 * min(8, 1 + int((40 + 60 * number) * 10.5 / max(width, 10.5)))


def overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.left + other.width - 0.01
        and other.left < one.left + one.width - 0.01
        and one.top < other.top + other.height - 0.01
        and other.top < one.top + one.height - 0.01
    )


@pytest.mark.parametrize("count", [1, 2, 3, 4])
def test_every_photo_keeps_its_shape_inside_the_page_and_off_the_others(count: int) -> None:
    for aspects in product(SHAPES, repeat=count):
        boxes = place(aspects, A4_TEXT, some_captions)
        for number, (aspect, box) in enumerate(zip(aspects, boxes, strict=True)):
            assert box.width / box.height == pytest.approx(aspect)
            assert box.left >= -0.01
            assert box.top >= -0.01
            assert box.left + box.width <= A4_TEXT.width + 0.01
            end = box.caption_top + some_captions(number, box.caption_width)
            assert max(box.top + box.height, end) <= A4_TEXT.height + 0.01
        assert not any(overlap(one, other) for one, other in combinations(boxes, 2))


@pytest.mark.parametrize("count", [2, 3, 4])
def test_rows_begin_and_end_on_the_same_edges(count: int) -> None:
    for aspects in product((LANDSCAPE, PORTRAIT, SQUARE), repeat=count):
        boxes = place(aspects, A4_TEXT, some_captions)
        for row in rows(boxes):
            assert row[0].left == pytest.approx(min(box.left for box in boxes))
            assert row[-1].left + row[-1].width == pytest.approx(
                max(box.left + box.width for box in boxes)
            )
            assert {round(box.height, 3) for box in row} == {round(row[0].height, 3)}
            for before, after in pairwise(row):
                assert after.left - before.left - before.width == pytest.approx(GAP)


def rows(boxes: Sequence[Box]) -> list[list[Box]]:
    found: dict[float, list[Box]] = {}
    for box in boxes:
        found.setdefault(round(box.top, 2), []).append(box)
    return list(found.values())


@pytest.mark.parametrize(
    ("aspects", "division"),
    [
        ([LANDSCAPE], [1]),
        ([LANDSCAPE] * 2, [1, 1]),
        ([PORTRAIT] * 2, [2]),
        ([LANDSCAPE] * 3, [1, 2]),
        ([LANDSCAPE] * 4, [2, 2]),
        ([PORTRAIT] * 4, [2, 2]),
    ],
)
def test_usual_photos_lie_as_one_would_lay_them(aspects: list[float], division: list[int]) -> None:
    assert [len(row) for row in rows(place(aspects, A4_TEXT))] == division


def test_captions_are_not_squeezed_into_narrow_columns() -> None:
    low = Area(A4_TEXT.width, 400)
    boxes = place([LANDSCAPE, PORTRAIT, LANDSCAPE, LANDSCAPE], low, lambda _, width: 9000 / width)
    assert [len(row) for row in rows(boxes)] == [2, 2]


def test_a_single_photo_is_as_large_as_the_page_allows_and_in_the_middle() -> None:
    (wide,) = place([LANDSCAPE], A4_TEXT)
    assert (wide.left, wide.width) == pytest.approx((0, A4_TEXT.width))
    (high,) = place([0.5], A4_TEXT)
    assert high.height == pytest.approx(A4_TEXT.height)
    assert high.left == pytest.approx((A4_TEXT.width - high.width) / 2)


def test_five_photos_are_no_set() -> None:
    with pytest.raises(ValueError, match="5 photos"):
        place([1.0] * 5, A4_TEXT)


@pytest.fixture(scope="module")
def shots() -> dict[str, Photo]:
    """A landscape and a portrait photo as they are kept."""
    return {
        "landscape": take_in(saved(corners(640, 480))),
        "portrait": take_in(saved(corners(480, 640))),
        "other": take_in(saved(Image.effect_noise((640, 480), 50).convert("RGB"))),
    }


def printed(path: Path, *blocks: Flowable) -> Path:
    """A PDF of these blocks."""
    SimpleDocTemplate(str(path), invariant=True).build(list(blocks))
    return path


def pages(path: Path) -> list[str]:
    """The text of each page, read by a program that is not ours, without its line ends."""
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    return ["".join(page.split()) for page in text.split("\f")[:-1]]


def images(path: Path) -> list[int]:
    """On which page each picture of the PDF stands."""
    listed = subprocess.run(
        ["pdfimages", "-list", path], capture_output=True, check=True, text=True
    ).stdout
    return [int(line.split()[0]) for line in listed.splitlines()[2:]]


@pytest.mark.parametrize(("per_page", "count"), [(1, 40), (2, 20), (3, 14), (4, 10)])
def test_forty_photos_fill_whole_pages_with_nothing_lost(
    per_page: int, count: int, face: Face, shots: dict[str, Photo], tmp_path: Path
) -> None:
    kinds = ("landscape", "portrait", "other", "landscape")
    photos = [Captioned(shots[kinds[n % 4]], f"照片{n + 1:03d}号") for n in range(40)]
    path = printed(tmp_path / "many.pdf", PhotoSheet(photos, face, per_page=per_page))
    found = pages(path)
    assert len(found) == count
    for number, page in enumerate(found):
        first = number * per_page + 1
        expected = {f"照片{n:03d}号" for n in range(first, min(first + per_page, 41))}
        assert {
            name for name in (f"照片{n:03d}号" for n in range(1, 41)) if name in page
        } == expected
    on_pages = images(path)
    assert [on_pages.count(number + 1) for number in range(count)] == [
        len(photos[n * per_page : (n + 1) * per_page]) for n in range(count)
    ]


def test_a_photo_lies_in_the_pdf_byte_for_byte_as_it_is_kept(
    face: Face, shots: dict[str, Photo], tmp_path: Path
) -> None:
    path = printed(tmp_path / "one.pdf", PhotoSheet([Captioned(shots["other"])], face))
    subprocess.run(["pdfimages", "-all", path, tmp_path / "out"], check=True)
    (found,) = tmp_path.glob("out*")
    assert found.suffix == ".jpg"
    assert found.read_bytes() == shots["other"].data


def test_photos_begin_below_the_text_when_half_a_page_is_free_and_otherwise_on_the_next(
    face: Face, shots: dict[str, Photo], tmp_path: Path
) -> None:
    photos = [Captioned(shots["landscape"], f"第{n}张") for n in range(4)]
    below = printed(tmp_path / "a.pdf", Spacer(1, 120), PhotoSheet(photos, face))
    assert len(pages(below)) == 1
    after = printed(tmp_path / "b.pdf", Spacer(1, 400), PhotoSheet(photos, face))
    assert images(after) == [2] * 4


def test_a_long_caption_is_broken_into_lines_and_all_there(
    face: Face, shots: dict[str, Photo], tmp_path: Path
) -> None:
    caption = "志愿者在金色家园小区广场为老年人量血压、讲解“三高”防治知识（共服务居民86人次）。" * 2
    photos = [Captioned(shots["portrait"], caption) for _ in range(4)]
    path = printed(tmp_path / "long.pdf", PhotoSheet(photos, face))
    text = subprocess.run(
        ["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True
    ).stdout
    assert "".join(text.split()).count(caption) == 4


def test_a_caption_without_end_leaves_the_photo_room(
    face: Face, shots: dict[str, Photo], tmp_path: Path
) -> None:
    photos = [Captioned(shots["portrait"], "很长的说明，" * 400) for _ in range(4)]
    path = printed(tmp_path / "endless.pdf", PhotoSheet(photos, face))
    assert images(path) == [1] * 4
    assert "…" in pages(path)[0]


def test_no_photos_are_no_block(face: Face, tmp_path: Path) -> None:
    path = printed(tmp_path / "none.pdf", PhotoSheet([], face), Spacer(1, 10))
    assert images(path) == []


def test_a_photo_of_each_kind_is_found_again_by_another_reader(
    face: Face, shots: dict[str, Photo], tmp_path: Path
) -> None:
    path = printed(tmp_path / "seen.pdf", PhotoSheet([Captioned(shots["landscape"], "说明")], face))
    out = subprocess.run(["pdftoppm", "-r", "40", "-png", path], capture_output=True, check=True)
    assert out.stderr == b""
    page = Image.open(io.BytesIO(out.stdout)).convert("RGB")
    assert len({page.getpixel((x, 90)) for x in range(60, page.width - 60, 9)}) >= 2


def test_photos_and_charts_are_parts_of_a_document(shots: dict[str, Photo]) -> None:
    photos = Photos(tuple(Captioned(shots["other"], f"第{n}张") for n in range(5)), per_page=2)
    chart = BarChart("各月来访", ("1月", "2月"), (Series("来访", (3, 4)),), "件")
    made_at = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
    reading = assert_sound(render(Document("照片", (Charted(chart, height=160), photos), made_at)))
    assert "各月来访" in "".join(reading.pages[0].texts)
    assert all(f"第{n}张" in reading.characters for n in range(5))
