"""What is asked of a finished PDF that must stay what it was, and how a copy of it is marked."""

from __future__ import annotations

import io

import pikepdf
from reportlab.pdfgen.canvas import Canvas

from desktop_app.printing.fonts import FontBook, Role, fonts
from desktop_app.printing.ink import Pen
from desktop_app.printing.page import MM

_SIZE = 9.0
_FROM_TOP, _FROM_RIGHT = 10 * MM, 12 * MM


def page_count(pdf: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


def fonts_embedded(pdf: bytes) -> bool:
    """Whether every face a PDF uses travels inside it; False for one that uses none."""
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        faces = [
            face
            for page in opened.pages
            for face in page.resources.get("/Font", pikepdf.Dictionary()).values()
        ]
        return bool(faces) and all(
            "/FontDescriptor" in face and "/FontFile2" in face["/FontDescriptor"] for face in faces
        )


def stamped(pdf: bytes, words: str, book: FontBook | None = None) -> bytes:
    """A copy with `words` in the upper right corner of every page; the pages themselves unchanged.

    Above the print area of every frame of ours, so that nothing is covered.
    """
    book = book or fonts()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        marks: dict[tuple[float, float], pikepdf.Page] = {}
        sources = []
        for page in opened.pages:
            size = _size_of(page)
            if size not in marks:
                sources.append(pikepdf.open(io.BytesIO(_mark(words, size, book))))
                marks[size] = sources[-1].pages[0]
            page.add_overlay(marks[size], pikepdf.Rectangle(*page.mediabox))
        memory = io.BytesIO()
        opened.save(memory, deterministic_id=True)
    for source in sources:
        source.close()
    return memory.getvalue()


def _size_of(page: pikepdf.Page) -> tuple[float, float]:
    left, bottom, right, top = (float(edge) for edge in page.mediabox)
    return right - left, top - bottom


def _mark(words: str, size: tuple[float, float], book: FontBook) -> bytes:
    memory = io.BytesIO()
    canvas = Canvas(memory, pagesize=size, invariant=1)
    width = book.width(words, Role.HEI, _SIZE)
    pen = Pen(canvas)
    pen.text(size[0] - _FROM_RIGHT - width, size[1] - _FROM_TOP, words, book, Role.HEI, _SIZE)
    pen.done()
    canvas.showPage()
    canvas.save()
    return memory.getvalue()
