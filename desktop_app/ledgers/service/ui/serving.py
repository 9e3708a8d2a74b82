"""Who is serving now, as a list: those of earlier days who forgot to sign out stand on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QLabel, QWidget

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.ids import Uid
from desktop_app.core.wording import list_day, minute
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.listing import ServiceFilter, ServiceLine
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.ledgers.service.ui.looks import FORGOTTEN, Around
from desktop_app.storage.session import Desk
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.line_list import LineItem, LineList

MOST_SERVING = 300


@dataclass(frozen=True, slots=True)
class Serving:
    """Somebody who has signed in and not out."""

    uid: Uid
    revision: int
    volunteer: Uid
    name: str
    title: str
    team: str
    started_at: Millis
    since: str
    forgotten: bool

    @property
    def item(self) -> LineItem:
        uid = self.uid.hex
        if self.forgotten:
            told = f"{self.since} · {self.title}"
            return LineItem(uid, self.name, detail=told, chip=FORGOTTEN)
        told = " · ".join(filter(None, (self.title, self.team)))
        return LineItem(uid, self.name, beside=self.since, detail=told)


def read_serving(desk: Desk) -> list[ServiceLine]:
    """Who has not signed out, those of earlier days first, then the latest; in a worker's
    thread."""
    wanted = ServiceFilter(state=ServiceState.OPEN)
    found = service.page(desk, wanted, size=MOST_SERVING).rows
    latest_first = sorted(found, key=lambda line: line.started_at, reverse=True)
    return sorted(latest_first, key=lambda line: not line.is_forgotten(desk.today))


def serving_of(line: ServiceLine, around: Around) -> Serving:
    """A record that has not ended, in words."""
    forgotten = line.day < around.today
    at = minute(line.started_at, around.zone)
    day = f"{list_day(line.day, today=around.today)} " if forgotten else ""
    return Serving(
        line.uid,
        line.revision,
        line.volunteer,
        around.name(line.volunteer),
        line.title,
        around.team(line.team),
        line.started_at,
        f"{day}{at} 起",
        forgotten,
    )


def just_come(record: ServiceRecord, name: str, team: str, zone: Zone) -> Serving:
    """Somebody who has signed in this moment."""
    since = f"{minute(record.started_at, zone)} 起"
    return Serving(
        record.uid,
        record.revision,
        record.volunteer,
        name,
        record.title,
        team,
        record.started_at,
        since,
        forgotten=False,
    )


class ServingList:
    """The list and the line above it that counts; whoever lays them out places both."""

    def __init__(self, parent: QWidget) -> None:
        self.counts = QLabel(parent)
        self.counts.setProperty("role", "bold")
        self.list = LineList("正在服务", parent)
        self.list.setToolTip("按 Enter 给这一位签退")
        self._serving: tuple[Serving, ...] = ()
        self.counts.setText("正在读取…")

    @property
    def serving(self) -> tuple[Serving, ...]:
        return self._serving

    def show(self, serving: Sequence[Serving]) -> None:
        """Show exactly these."""
        self._serving = tuple(serving)
        self.list.set_items([one.item for one in self._serving])
        missed = sum(one.forgotten for one in self._serving)
        more = f"，忘签退 {missed} 人" if missed else ""
        now = len(self._serving) - missed
        self.counts.setText(f"正在服务 {now} 人{more}" if self._serving else "现在没有人在服务")

    def add(self, one: Serving) -> None:
        """Somebody has come: on top, below those who forgot."""
        missed = [other for other in self._serving if other.forgotten]
        self.show([*missed, one, *self._serving[len(missed) :]])

    def drop(self, uid: Uid) -> None:
        """The one of this record has gone."""
        self.show([one for one in self._serving if one.uid != uid])

    def chips(self) -> Mapping[Uid, ChipText]:
        """What is said beside each of them where they are found by the box."""
        return {
            one.volunteer: FORGOTTEN if one.forgotten else ChipText(one.since, "info")
            for one in self._serving
        }
