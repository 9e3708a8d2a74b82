"""What the one door to pdfium answers: sizes, pictures, places of words, and what is no PDF."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtGui import QImage

from desktop_app.core.errors import EnvironmentFault
from desktop_app.widgets.pdf_pages import Hit, find_on_page, page_sizes, render
from tests.widgets.pdfs import A4, numbered, pdf


def dark_parts(image: QImage) -> tuple[float, float, float, float]:
    """Left, top, right, bottom of what is not white, in parts of the picture."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    wide, high = grey.width(), grey.height()
    step = grey.bytesPerLine()
    pixels = bytes(grey.constBits())
    rows = [pixels[y * step : y * step + wide] for y in range(high)]
    ys = [y / high for y, row in enumerate(rows) if min(row) < 128]
    xs = [x / wide for x in range(wide) if min(row[x] for row in rows) < 128]
    return min(xs), min(ys), max(xs), max(ys)


def test_all_pages_have_their_sizes_as_they_are_seen() -> None:
    sizes = page_sizes(pdf([["a"]], (595, 842)))
    assert [(size.width, size.height) for size in sizes] == [(595, 842)]
    lying = page_sizes(pdf([["a"]], (595, 842), rotation=90))
    assert [(size.width, size.height) for size in lying] == [(842, 595)]
    assert len(page_sizes(numbered(7))) == 7


@pytest.mark.parametrize("pixels", [1, 37, 200, 794, 795, 1191])
def test_a_picture_is_exactly_as_wide_as_asked_for(pixels: int) -> None:
    image = render(numbered(1), 0, pixels)
    assert image.width() == pixels
    assert image.height() == max(1, round(pixels * A4[1] / A4[0]))


def test_a_picture_shows_the_words_where_they_are_on_the_page() -> None:
    left, top, _, bottom = dark_parts(render(pdf([["国"]]), 0, 400))
    assert left == pytest.approx(72 / A4[0], abs=0.01)
    assert top > 80 / A4[1]
    assert bottom < 110 / A4[1]


@pytest.mark.parametrize("data", [b"", b"no pdf", numbered(1)[:300], numbered(2)[100:]])
def test_what_cannot_be_shown_is_told_in_a_sentence(data: bytes) -> None:
    with pytest.raises(EnvironmentFault) as refused:
        page_sizes(data)
    assert "已损坏" in refused.value.sentence
    assert refused.value.next_step


def test_a_document_with_a_password_is_told_so() -> None:
    with pytest.raises(EnvironmentFault) as refused:
        page_sizes(pdf([["a"]], password="secret"))
    assert "密码" in refused.value.sentence


def found(data: bytes, words: str, page: int = 0) -> tuple[Hit, ...]:
    return find_on_page(data, page, words)


def test_words_are_found_at_their_place() -> None:
    data = pdf([["前面的字", "居民 张淑芬 来访"]])
    (hit,) = found(data, "张淑芬")
    (patch,) = hit.patches
    # "居民 " is two letters and a space before it, in 16 points from 72 on.
    assert patch.left * A4[0] == pytest.approx(72 + 2 * 16 + 3.6, abs=3)
    assert patch.width * A4[0] == pytest.approx(3 * 16, abs=4)
    assert patch.top * A4[1] < 130 < (patch.top + patch.height) * A4[1]
    assert hit.page == 0


def test_on_a_page_that_lies_words_are_found_where_they_are_seen() -> None:
    upright = found(pdf([["张淑芬"]]), "张淑芬")[0].patches[0]
    lying = found(pdf([["张淑芬"]], rotation=90), "张淑芬")[0].patches[0]
    assert lying.height > lying.width * 0.4
    assert lying.left == pytest.approx(1 - upright.top - upright.height, abs=0.01)
    assert lying.top == pytest.approx(upright.left, abs=0.01)


def test_a_word_that_goes_on_in_the_next_line_is_found_with_both_its_parts() -> None:
    (hit,) = found(pdf([["请到社区服", "务站来"]]), "服务站")
    assert len(hit.patches) == 2


def test_letters_are_found_whatever_their_size_and_the_spaces_between_them() -> None:
    data = pdf([["身份证 ABC 复印件", "abc"]])
    assert len(found(data, "a b C")) == 2
    assert len(found(data, "身份证abc")) == 1


def test_rare_characters_are_found_and_do_not_move_others() -> None:
    data = pdf([["陈\U0002cb4e龙 来访 张三 张三"]])
    assert len(found(data, "张三")) == 2
    first = found(data, "张三")[0].patches[0]
    assert first.width * A4[0] == pytest.approx(32, abs=4)


def test_what_is_not_there_or_nothing_is_not_found() -> None:
    assert found(numbered(1), "李四") == ()
    assert found(numbered(1), "  ") == ()


def test_many_threads_may_ask_at_once() -> None:
    data, answers = numbered(4), list[tuple[int, int]]()

    def ask(number: int) -> None:
        for _ in range(5):
            image = render(data, number % 4, 120)
            answers.append((image.width(), len(find_on_page(data, number % 4, "张淑芬"))))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [(120, 1)] * 30
