"""The banner of the page: why 重新对账 comes first, or what lies on a stick for this station."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from desktop_app.core.wording import Term
from desktop_app.station.reporting.rules.reports import ReportingState
from desktop_app.station.reporting.ui.taking import looks_like_snapshot
from desktop_app.widgets.notify import Banner

CALM = "登记和办理照常。"
_NUMBER = re.compile(r"-(\d{6,})\D*$")


class Offers(QObject):
    """`wanted` carries the files somebody agreed to; `choose_wanted` asks for one to be chosen."""

    wanted = Signal(object)
    choose_wanted = Signal()

    def __init__(self, banner: Banner) -> None:
        super().__init__(banner)
        self._banner = banner
        self._state: ReportingState | None = None
        self._files: tuple[Path, ...] = ()
        self._offered: tuple[Path, ...] = ()
        banner.pressed.connect(self._press)

    def stand(self, state: ReportingState) -> None:
        """How the station stands now."""
        self._state = state
        self._say()

    def lie_on_stick(self, files: Sequence[Path]) -> None:
        """These files for this station lie on what is plugged in."""
        self._files = tuple(files)
        self._say()

    def _say(self) -> None:
        if self._state is None:
            return
        snapshots = [path for path in self._files if looks_like_snapshot(path)]
        if self._state.needs_reconcile:
            self._offered = tuple(snapshots[-1:])
            step = f"用 {snapshots[-1].name} 对账" if snapshots else "导入对账文件…"
            words = f"要先{Term.RECONCILE.value}，再上报。{self._state.needs_reconcile}{CALM}"
            self._banner.warn(words, tone="info", step=step)
            return
        state = self._state
        self._offered = tuple(path for path in self._files if is_news(path, state))
        if self._offered:
            names = "、".join(path.name for path in self._offered)
            self._banner.warn(f"U 盘里有街道发来的回执：{names}", tone="info", step="导入")
        else:
            self._banner.withdraw()

    @Slot()
    def _press(self) -> None:
        if self._offered:
            self.wanted.emit(self._offered)
        else:
            self.choose_wanted.emit()


def is_news(path: Path, state: ReportingState) -> bool:
    """Whether a receipt says, by its name, more than the station knows; names may be wrong."""
    found = _NUMBER.search(path.stem)
    if found is None or looks_like_snapshot(path):
        return False
    until = int(found.group(1))
    return until > state.confirmed or (until == state.confirmed and state.photos_waiting > 0)
