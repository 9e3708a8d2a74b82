"""What the tests of paper share: pictures made on the spot, and letters of one shipped face."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PIL import Image
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop_app.core.resources import resource_path
from desktop_app.printing.letters import Face

Saved = Callable[..., bytes]

CORNERS = ((220, 30, 30), (30, 160, 30), (30, 30, 220), (230, 200, 30))
"""Colours of a test picture, clockwise from the upper left corner."""


def corners(width: int = 400, height: int = 300) -> Image.Image:
    """A picture of four coloured quarters, so that one can see which side is up."""
    made = Image.new("RGB", (width, height))
    half = (width // 2, height // 2)
    places = ((0, 0), (half[0], 0), half, (0, half[1]))
    for colour, (left, top) in zip(CORNERS, places, strict=True):
        made.paste(colour, (left, top, left + half[0] + 1, top + half[1] + 1))
    return made


def saved(picture: Image.Image, kind: str = "JPEG", **more: object) -> bytes:
    """The picture as a file."""
    stream = io.BytesIO()
    picture.save(stream, kind, **more)
    return stream.getvalue()


def opened(data: bytes) -> Image.Image:
    """The picture in a file, unpacked."""
    picture = Image.open(io.BytesIO(data))
    picture.load()
    return picture


def seen_corners(picture: Image.Image) -> list[int]:
    """Which of `CORNERS` is in each corner of the picture, clockwise from the upper left."""
    right, low = picture.width - 8, picture.height - 8
    found = []
    for at in ((8, 8), (right, 8), (right, low), (8, low)):
        pixel = picture.convert("RGB").getpixel(at)
        assert isinstance(pixel, tuple)
        found.append(
            min(
                range(4),
                key=lambda n: sum(abs(a - b) for a, b in zip(pixel, CORNERS[n], strict=True)),
            )
        )
    return found


@dataclass(frozen=True)
class Run:
    """Text of one font."""

    font_name: str
    text: str


class OneFont:
    """Letters of one registered face for every role."""

    def __init__(self, name: str) -> None:
        self.name = name

    def runs(self, text: str, role: object) -> tuple[Run, ...]:
        return (Run(self.name, text),) if text else ()

    def width(self, text: str, role: object, size: float) -> float:
        return float(pdfmetrics.stringWidth(text, self.name, size))


@pytest.fixture(scope="session")
def face() -> Face:
    """The shipped interface face, registered with the PDF writer once."""
    name = "test-sans"
    pdfmetrics.registerFont(TTFont(name, str(resource_path("fonts", "NotoSansSC-Regular.ttf"))))
    return Face(OneFont(name), role=None)
