"""Reads PDF files for the screen and the printer: sizes, pictures of pages, text and where it is.

The one door to pdfium. That library may be in one call at a time, so every function here holds one
lock; and none leaves anything open behind it. Opening anew costs less than a millisecond, and with
nothing open there is nothing to be closed in the wrong thread. All of it is work for a job.
"""

from __future__ import annotations

import ctypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage

from desktop_app.core.errors import EnvironmentFault, Fault

POINTS_PER_INCH: Final = 72

_pdfium = threading.Lock()
# In these units a place on a page is asked for; divided by it, it no longer depends on the zoom.
_FINE: Final = 100_000


@dataclass(frozen=True, slots=True)
class PageSize:
    """Width and height of a page as it is seen, in points."""

    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Patch:
    """A rectangle on a page in parts of its width and height, from the upper left corner."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Hit:
    """One place where words were found: its page (from 0) and the patches they cover."""

    page: int
    patches: tuple[Patch, ...]


def warm_up() -> None:
    """Load the library, so that the first page need not wait for it."""
    import pypdfium2

    assert pypdfium2


def page_sizes(data: bytes) -> tuple[PageSize, ...]:
    """The sizes of all pages. A `Fault` with a sentence when this is no PDF that can be shown."""
    with _opened(data) as document:
        sizes = tuple(PageSize(*document.get_page_size(number)) for number in range(len(document)))
    if not sizes:
        raise _damaged()
    return sizes


def render(data: bytes, page: int, pixels: int) -> QImage:
    """The page as a picture exactly `pixels` wide, on white."""
    import pypdfium2
    import pypdfium2.raw as raw

    with _opened(data) as document, _page(document, page) as shown:
        width, height = shown.get_size()
        image = QImage(pixels, max(1, round(pixels * height / width)), QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        # Made in the picture's own memory: a page of a large window is eight megabytes.
        memory = (ctypes.c_ubyte * image.sizeInBytes()).from_buffer(image.bits())
        bitmap = pypdfium2.PdfBitmap.new_native(
            image.width(), image.height(), raw.FPDFBitmap_BGRx,
            buffer=memory, stride=image.bytesPerLine(),
        )  # fmt: skip
        try:
            size = (image.width(), image.height())
            raw.FPDF_RenderPageBitmap(bitmap, shown, 0, 0, *size, 0, raw.FPDF_ANNOT)
        finally:
            bitmap.close()
        return image


def find_on_page(data: bytes, page: int, words: str) -> tuple[Hit, ...]:
    """Where the words stand on a page, whatever spaces or line ends are between their letters.

    A word that goes on in the next line is found, too; capital and small letters are one.
    """
    wanted = squeezed(words)
    if not wanted:
        return ()
    with _opened(data) as document, _page(document, page) as shown:
        text = shown.get_textpage()
        try:
            letters, places = _letters(text)
            found = (
                _patches(shown, text, places[at], places[at + len(wanted) - 1])
                for at in _occurrences(letters, wanted)
            )
            return tuple(Hit(page, patches) for patches in found if patches)
        finally:
            text.close()


def squeezed(words: str) -> str:
    """Words as they are compared: without white space, small letters."""
    return "".join(_folded(mark) for mark in words if not mark.isspace())


def _folded(mark: str) -> str:
    small = mark.lower()
    return small if len(small) == 1 else mark


def _letters(text: Any) -> tuple[str, list[int]]:
    """The letters of a page as they are compared, and the number pdfium knows each by."""
    import pypdfium2.raw as raw

    letters, places = [], []
    for number in range(text.count_chars()):
        mark = chr(raw.FPDFText_GetUnicode(text, number))
        if mark > " " and not mark.isspace():
            letters.append(_folded(mark))
            places.append(number)
    return "".join(letters), places


def _occurrences(letters: str, wanted: str) -> Iterator[int]:
    at = letters.find(wanted)
    while at >= 0:
        yield at
        at = letters.find(wanted, at + len(wanted))


def _patches(page: Any, text: Any, first: int, last: int) -> tuple[Patch, ...]:
    """The patches that letters `first` to `last` cover: one for each line they are on."""
    found = []
    for number in range(text.count_rects(first, last - first + 1)):
        left, bottom, right, top = text.get_rect(number)
        x, y = _seen_at(page, left, top)
        to_x, to_y = _seen_at(page, right, bottom)
        found.append(Patch(min(x, to_x), min(y, to_y), abs(to_x - x), abs(to_y - y)))
    return tuple(found)


def _seen_at(page: Any, x: float, y: float) -> tuple[float, float]:
    """Where a point of the page is seen, in parts of its sides: rotation is taken in."""
    import pypdfium2.raw as raw

    across, down = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page, 0, 0, _FINE, _FINE, 0, x, y, across, down)
    return across.value / _FINE, down.value / _FINE


@contextmanager
def _opened(data: bytes) -> Iterator[Any]:
    import pypdfium2

    with _pdfium:
        try:
            document = pypdfium2.PdfDocument(data)
        except pypdfium2.PdfiumError as error:
            raise _unreadable(error) from error
        try:
            yield document
        except pypdfium2.PdfiumError as error:
            raise _damaged() from error
        finally:
            document.close()


@contextmanager
def _page(document: Any, number: int) -> Iterator[Any]:
    page = document[number]
    try:
        yield page
    finally:
        page.close()


def _unreadable(error: Exception) -> Fault:
    import pypdfium2.raw as raw

    if getattr(error, "err_code", None) == raw.FPDF_ERR_PASSWORD:
        return EnvironmentFault(
            "这份文件设有打开密码，这里不能预览，文件没有改动。",
            "请另存后用能输入密码的阅读软件打开。",
        )
    return _damaged()


def _damaged() -> Fault:
    return EnvironmentFault(
        "这份文件已损坏或不是 PDF，打不开；登记的数据没有受影响。",
        "请重新生成一份；如果是别人发来的，请对方再发一次。",
    )
