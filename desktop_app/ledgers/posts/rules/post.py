"""What a post is: a place to be, how many it needs, and when. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid
from desktop_app.core.record import Record
from desktop_app.ledgers.posts.rules.pattern import Pattern
from desktop_app.registers.volunteers.rules.words import Direction

NUMBER_SERIES = "P"
"""岗位 in paper numbers: `QR01-P2026A-00007`."""

MOST_QUOTA = 500


class PostState(LabelledEnum):
    """Whether it can be claimed and manned."""

    OPEN = "open", "开放"
    CLOSED = "closed", "已停用"


class PostAction(LabelledEnum):
    """One step of a post."""

    OPEN = "open", "设岗"
    CHANGE = "change", "修改"
    CLOSE = "close", "停用"
    REOPEN = "reopen", "恢复"
    UNDO = "undo", "撤销上一步"


@dataclass(frozen=True, slots=True)
class PostStep:
    """What was done at one moment: by whom, to which state it led, and what was said."""

    at: Millis
    actor: str
    action: PostAction
    to: PostState
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Post(Record):
    """A post of the station's.

    `quota` is how many it needs at a time. `pattern` None: manned as agreed each time. `from_on`
    and `until_on` are the days between which a shift may begin, both included; None at the end
    means for good. `team`: the 志愿队伍 that looks after it. `needs_insurance`: it has dangers, so
    nobody under age may do it and the insurance must be valid. `min_age` in whole years, None
    without a bound.
    """

    number: str
    name: str
    direction: Direction = Direction.OTHER
    place_words: str = ""
    compound: Uid | None = None
    quota: int = 1
    pattern: Pattern | None = None
    from_on: date
    until_on: date | None = None
    team: Uid | None = None
    needs_insurance: bool = False
    min_age: int | None = None
    duties: str = ""
    state: PostState = PostState.OPEN
    steps: tuple[PostStep, ...] = ()
    remark: str = ""

    @property
    def open(self) -> bool:
        return self.state is PostState.OPEN and not self.deleted

    def stands_on(self, day: date) -> bool:
        """Whether a shift may begin on that day."""
        return self.open and self.from_on <= day and (self.until_on is None or day <= self.until_on)
