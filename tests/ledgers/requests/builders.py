"""Requests with sensible defaults, and readings that tests need."""

from __future__ import annotations

from typing import Any

from desktop_app.core.ids import Uid
from desktop_app.core.origin import Source
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.requests import service, store
from desktop_app.ledgers.requests.rules.entry import RequestForm
from desktop_app.ledgers.requests.rules.request import Action, Assignee, AssigneeKind, Request
from desktop_app.ledgers.requests.rules.steps import StepDetails
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, Resident, ResidentDraft
from desktop_app.storage.session import Desk

STATION = Assignee(AssigneeKind.STATION, "")
TEAM = Assignee(AssigneeKind.TEAM, "金色家园义诊队")

SAID: dict[Action, StepDetails] = {
    Action.ASK_MATERIALS: StepDetails(words="缺户口簿"),
    Action.DISPATCH: StepDetails(assignee=TEAM),
    Action.HAND_BACK: StepDetails(words="人手不够"),
    Action.ESCALATE: StepDetails(words="需要住建所协调"),
    Action.ANSWERED: StepDetails(whom="街道城建办", words="已安排下周上门"),
    Action.DONE: StepDetails(result="已修好并试亮"),
    Action.CLOSE: StepDetails(words="已电话回访，居民认可"),
    Action.REDO: StepDetails(words="居民说灯又灭了"),
    Action.FOLLOW_UP: StepDetails(words="再次回访，仍然正常"),
    Action.NOT_OURS: StepDetails(words="已告知到供电营业厅办理"),
    Action.FORWARD: StepDetails(whom="12345", external_number="RX-1"),
    Action.WITHDRAW: StepDetails(words="居民自己解决了"),
    Action.REOPEN: StepDetails(words="问题又出现"),
}
"""What each step must say, at the least."""


def form(**more: Any) -> RequestForm:
    """楼道灯不亮, told by 陈桂英 over the telephone."""
    values: dict[str, Any] = {
        "source": Source.CALL,
        "name": "陈桂英",
        "phone": "13800005678",
        "building": "3栋",
        "unit": "2",
        "room": "501",
        "category": "物业服务",
        "title": "楼道灯不亮",
        "summary": "三楼到五楼的灯坏了半个月",
    }
    return RequestForm(**{**values, **more})


def register(desk: Desk, **more: Any) -> Request:
    """A registered request."""
    return service.register(desk, form(**more)).value


def petition(desk: Desk) -> Request:
    """Somebody was told where petitions go: nothing else is written down."""
    return register(desk, petition=True, title="", summary="")


def act(desk: Desk, request: Request, *actions: Action, **more: Any) -> Request:
    """The request after these steps, each saying what it must; `more` is said with the last."""
    now = stored(desk, request.uid)
    for place, action in enumerate(actions, start=1):
        details = SAID.get(action, StepDetails())
        if more and place == len(actions):
            values = {name: getattr(details, name) for name in StepDetails.__dataclass_fields__}
            details = StepDetails(**{**values, **more})
        now = service.act(desk, now.uid, action, now.revision, details).value
    return now


CLOSING = (Action.ACCEPT, Action.DONE, Action.CLOSE)


def closed(desk: Desk, **more: Any) -> Request:
    """A request that was done and closed at once."""
    return act(desk, register(desk, **more), *CLOSING)


def resident(desk: Desk, name: str = "陈桂英", phone: str = "13800005678") -> Resident:
    """A resident with a file."""
    return residents.add(desk, ResidentDraft(name=name, phones=(Phone(phone),))).value


def seat(desk: Desk, name: str, *, without: frozenset[Right] = frozenset()) -> Desk:
    """Another operator's seat at the same database."""
    actor = Actor(desk.database.new_uid(), name, "站长", frozenset(Right) - without)
    return Desk(desk.database, actor)


def stored(desk: Desk, uid: Uid) -> Request:
    """The request as it stands in the table, nothing masked."""
    with desk.reading(needs=Right.READ) as connection:
        return store.SHELF.need(connection, uid)
