"""Single lines at fixed places of a page, for heads and feet: long ones smaller, never cut."""

from __future__ import annotations

from typing import Protocol

from desktop_app.printing.fonts import FontBook, Role
from desktop_app.printing.ink import Pen


class Edges(Protocol):
    """What a line at a margin has to know of the area."""

    @property
    def left(self) -> float: ...

    @property
    def width(self) -> float: ...


def at_the_left(
    pen: Pen, book: FontBook, area: Edges, text: str, role: Role, size: float, base: float,
    room: float,
) -> None:  # fmt: skip
    size = _fitting(book, text, role, size, room)
    pen.text(area.left, base, text, book, role, size)


def at_the_right(
    pen: Pen, book: FontBook, area: Edges, text: str, role: Role, size: float, base: float,
    room: float = 0.0,
) -> None:  # fmt: skip
    size = _fitting(book, text, role, size, room or area.width)
    pen.text(area.left + area.width - book.width(text, role, size), base, text, book, role, size)


def in_the_middle(
    pen: Pen, book: FontBook, area: Edges, text: str, role: Role, size: float, base: float,
    side: float,
) -> None:  # fmt: skip
    """Centred on the page, with `side` points left free on both sides."""
    size = _fitting(book, text, role, size, area.width - 2 * side)
    left = area.left + (area.width - book.width(text, role, size)) / 2
    pen.text(left, base, text, book, role, size)


def _fitting(book: FontBook, text: str, role: Role, size: float, room: float) -> float:
    """The size at which a line fits its room: what is long is set smaller, never cut."""
    width = book.width(text, role, size)
    return size if width <= room else size * room / width
