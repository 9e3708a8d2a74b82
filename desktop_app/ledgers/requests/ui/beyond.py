"""What a list is narrowed to beyond its boxes (类别, 按时, 超时), on a button that undoes it.

Nobody sets this by hand: it comes with the rows behind a figure or from another page.
"""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from desktop_app.core.wording import paper_day
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.widgets.icons import put_icon


class BeyondChip(QPushButton):
    """Gone while there is nothing to say. `dropped` tells that somebody has taken it back."""

    dropped = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._wanted = RequestFilter()
        put_icon(self, "x")
        self.setToolTip("不再按这一条筛选")
        self.clicked.connect(self._drop)
        self.hide()

    def set_wanted(self, wanted: RequestFilter) -> None:
        """Keep what of a filter no box can say."""
        self._wanted = wanted
        words = " · ".join(self.said())
        self.setText(words)
        self.setAccessibleName(words)
        self.setVisible(bool(words))

    def added_to(self, chosen: RequestFilter) -> RequestFilter:
        """The filter of the boxes with what is kept here."""
        kept = self._wanted
        return replace(
            chosen,
            category=kept.category,
            assignee=kept.assignee,
            residents=kept.residents,
            in_time=kept.in_time,
            closed_since=kept.closed_since,
            closed_until=kept.closed_until,
        )

    def said(self) -> list[str]:
        """It in words, as the foot of the list says what is hidden."""
        kept = self._wanted
        words = [kept.category] if kept.category else []
        words += ["同一位居民"] if kept.residents else []
        words += ["同一承办"] if kept.assignee else []
        if kept.in_time is not None:
            since, until = kept.closed_since, kept.closed_until
            days = [paper_day(since)] if since else []
            days += [paper_day(until)] if until and until != since else []
            words.append(f"{'至'.join(days)}{'按时办结' if kept.in_time else '超时办结'}")
        return words

    @Slot()
    def _drop(self) -> None:
        self.set_wanted(RequestFilter())
        self.dropped.emit()
