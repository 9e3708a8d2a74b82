"""What is remembered of an import, and what may become of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from desktop_app.core.clock import Millis
from desktop_app.core.fields import LabelledEnum
from desktop_app.core.ids import Uid

LEFT_ALONE_MS = 30_000
"""An import that has not moved for so long is nobody's any more: its program has died. Between two
transactions there is half a second; an old PC may make it five."""


class ImportState(LabelledEnum):
    """How far an import has come."""

    RUNNING = "running", "正在导入"
    DONE = "done", "已导入"
    TAKING_BACK = "taking_back", "正在撤回"
    TAKEN_BACK = "taken_back", "已撤回"
    PARTLY = "partly", "部分撤回"


@dataclass(frozen=True, slots=True)
class Import:
    """One sheet that was taken in. `counts` are by the words of `Verdict`; `left` of a PARTLY."""

    uid: Uid
    number: str
    kind: str
    file: str
    digest: str
    begun_at: Millis
    touched_at: Millis
    ended_at: Millis | None
    actor: Uid | None
    actor_name: str
    state: ImportState
    counts: dict[str, int]

    def is_left_alone(self, now: Millis) -> bool:
        """Whether it was begun and nobody is at it any more; a clock set back proves nothing."""
        under_way = self.state in (ImportState.RUNNING, ImportState.TAKING_BACK)
        return under_way and abs(now - self.touched_at) > LEFT_ALONE_MS


class Written(NamedTuple):
    """One thing an import wrote: a record that is new (`before` 0) or a new revision of one."""

    n: int
    row: int
    kind: str
    uid: Uid
    before: int
    after: int

    @property
    def is_new(self) -> bool:
        return self.before == 0
