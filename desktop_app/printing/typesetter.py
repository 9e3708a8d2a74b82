"""Blocks onto pages: first where everything stands, then, when all pages are counted, the drawing.

Takes platypus flowables, but not platypus' own document template: that draws as it goes, so it
cannot know the number of pages, lets a heading pull a whole paragraph to the next page, and lets a
signature stand there alone. A flowable may have, beyond platypus' own: `keep_with_next`,
`needs_company`, `least_height(width)`, `without_tail(width)`, `breaks_page`, `outline`.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import Any, NamedTuple

from desktop_app.printing.page import Area, Leaf, PageFrame

_FITS = 0.01  # points that may be missing through rounding


class Placed(NamedTuple):
    """A flowable and its lower left corner on its page, and its height."""

    flowable: Any
    left: float
    bottom: float
    height: float


class _Column:
    """Stands where flowables expect platypus' frame: the room of the page being filled."""

    def __init__(self, area: Area) -> None:
        self._aW, self._aH = area.width, area.height
        self._atTop = True


class Typesetter:
    """Lays one document out."""

    def __init__(self, canvas: Any, area: Area) -> None:
        self._canvas, self._area = canvas, area
        self._pages: list[list[Placed]] = [[]]
        self._column = _Column(area)
        self._room = area.height
        self._owed = 0.0  # space the last block wants after it

    def lay(self, flowables: Iterable[Any]) -> list[list[Placed]]:
        """The pages; at least one, even without a block."""
        waiting = deque(flowables)
        while waiting:
            self._place_next(waiting)
        return self._pages

    def _place_next(self, waiting: deque[Any]) -> None:
        block = waiting.popleft()
        if getattr(block, "breaks_page", False):
            if waiting and not self._column._atTop:
                self._turn()
            return
        room = self._room - self._space_before(block)
        if not self._column._atTop and room < self._wanted(block, waiting) - _FITS:
            self._turn()
            waiting.appendleft(block)
            return
        height = self._height(block, room)
        if height > room + _FITS:
            self._place_part(block, room, waiting)
        elif self._leaves_alone(block, waiting, room - height):
            self._place_with_company(block, waiting)
        else:
            self._put(block, height)

    def _place_part(self, block: Any, room: float, waiting: deque[Any]) -> None:
        """As much of a block as there is room for; the rest waits for the next page."""
        parts = self._asked(block).split(self._area.width, room)
        if not parts and self._column._atTop:
            raise ValueError(f"{type(block).__name__} is higher than a page and does not divide")
        if not parts:
            waiting.appendleft(block)
        else:
            self._put(parts[0], self._height(parts[0], room))
            waiting.extendleft(reversed(parts[1:]))
        if waiting:
            self._turn()

    def _place_with_company(self, block: Any, waiting: deque[Any]) -> None:
        """The last lines of a block go over the page with the signature that follows it."""
        divide = getattr(block, "without_tail", None)
        parts = divide(self._area.width) if divide else []
        if parts:
            self._put(parts[0], self._height(parts[0], self._room))
            waiting.appendleft(parts[1])
            self._turn()
        elif self._column._atTop or not self._take_back(waiting, block):
            self._put(block, self._height(block, self._room))
        else:
            self._turn()

    def _take_back(self, waiting: deque[Any], block: Any) -> bool:
        """The block waits for the next page, with headings before it; not if nothing would stay."""
        page = self._pages[-1]
        kept = len(page)
        while kept and getattr(page[kept - 1].flowable, "keep_with_next", False):
            kept -= 1
        if not kept:
            return False
        waiting.extendleft(reversed([*(placed.flowable for placed in page[kept:]), block]))
        del page[kept:]
        return True

    def _leaves_alone(self, block: Any, waiting: deque[Any], room: float) -> bool:
        """Whether a signature would have to follow on the next page, without a line of text."""
        follower = waiting[0] if waiting else None
        if follower is None or not getattr(follower, "needs_company", False):
            return False
        room -= max(_after(block), float(follower.getSpaceBefore()))
        return self._height(follower, room) > room + _FITS

    def _wanted(self, block: Any, waiting: deque[Any]) -> float:
        """What must be free for a block to begin here with what has to stay with it."""
        if not getattr(block, "keep_with_next", False):
            return 0.0
        wanted = 0.0
        followers = iter(waiting)
        while block is not None and getattr(block, "keep_with_next", False):
            wanted += self._height(block, self._area.height) + _after(block)
            block = next(followers, None)
            wanted += block.getSpaceBefore() if block is not None else 0.0
        if block is not None and not getattr(block, "breaks_page", False):
            wanted += self._least_height(block)
        return wanted

    def _least_height(self, block: Any) -> float:
        ask = getattr(self._asked(block), "least_height", None)
        if ask:
            return float(ask(self._area.width))
        return min(self._height(block, self._area.height), self._area.height)

    def _height(self, block: Any, room: float) -> float:
        return float(self._asked(block).wrap(self._area.width, room)[1])

    def _asked(self, block: Any) -> Any:
        """The block, able to ask back what platypus' blocks ask their frame and canvas."""
        block._frame, block.canv = self._column, self._canvas
        return block

    def _space_before(self, block: Any) -> float:
        if self._column._atTop:
            return 0.0
        return max(self._owed, float(block.getSpaceBefore()))

    def _put(self, block: Any, height: float) -> None:
        self._room -= self._space_before(block) + height
        bottom = self._area.bottom + self._room
        self._pages[-1].append(Placed(block, self._area.left, bottom, height))
        self._owed = _after(block)
        self._column._atTop = False

    def _turn(self) -> None:
        self._pages.append([])
        self._room, self._owed = self._area.height, 0.0
        self._column._atTop = True


def _after(block: Any) -> float:
    return float(block.getSpaceAfter())


def draw(canvas: Any, pages: list[list[Placed]], frame: PageFrame, book: Any, title: str) -> None:
    """Every page with what its frame puts there, and the outline a reader shows at the side."""
    deepest, count = -1, 0
    for number, page in enumerate(pages, 1):
        frame.draw(canvas, book, title, Leaf(number, len(pages)))
        for block, left, bottom, height in page:
            outline = getattr(block, "outline", None)
            if outline:
                # The format knows no grandchild without a child.
                deepest = min(outline[0], deepest + 1)
                count += 1
                canvas.bookmarkPage(f"h{count}", fit="XYZ", left=0, top=bottom + height)
                canvas.addOutlineEntry(outline[1], f"h{count}", deepest)
            block.drawOn(canvas, left, bottom)
        canvas.showPage()
