"""PDF files for the tests of what shows and prints them. Made on the spot, with nothing of ours."""

from __future__ import annotations

import io
from collections.abc import Sequence

import pikepdf
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop_app.core.resources import resource_path

A4 = (595.27, 841.89)
FACE = "shown"


def pdf(
    pages: Sequence[Sequence[str]],
    size: tuple[float, float] = A4,
    *,
    password: str = "",
    rotation: int = 0,
) -> bytes:
    """A document with these lines on each page, in 16 points, from the upper left."""
    if FACE not in pdfmetrics.getRegisteredFontNames():
        path = resource_path("fonts", "NotoSansSC-Regular.ttf")
        pdfmetrics.registerFont(TTFont(FACE, str(path)))
    stream = io.BytesIO()
    lock = StandardEncryption(password, strength=128) if password else None
    canvas = Canvas(stream, pagesize=size, invariant=True, encrypt=lock)
    for lines in pages:
        canvas.setFont(FACE, 16)
        for number, line in enumerate(lines):
            canvas.drawString(72, size[1] - 100 - 30 * number, line)
        canvas.showPage()
    canvas.save()
    return _turned(stream.getvalue(), rotation) if rotation else stream.getvalue()


def _turned(data: bytes, rotation: int) -> bytes:
    """The same pages, to be shown turned: what a scanner writes for a sheet that lay across."""
    stream = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as document:
        for page in document.pages:
            page.obj.Rotate = rotation
        document.save(stream)
    return stream.getvalue()


def numbered(count: int) -> bytes:
    """A document of so many pages that say which they are."""
    return pdf([[f"来访登记表 第 {n + 1} 页", "张淑芬 医保参保登记"] for n in range(count)])
