"""What follows when a service record changes: the shift that it is about says the same.

Registered in `catalog.FOLLOW_UPS` and run inside the unit of work that made the change, so that no
record points at a shift that knows nothing of it, whoever made it void, put it right or took that
back.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.posts import store as post_store
from desktop_app.ledgers.service import store
from desktop_app.ledgers.service.rules.service_record import (
    ServiceAction,
    ServiceRecord,
    ServiceState,
)
from desktop_app.storage.session import Desk, Unit

_A = ServiceAction
_LETS_GO = frozenset({_A.CORRECT, _A.VOID, _A.UNDO})
"""Steps after which a record may no longer be about the shift it was about."""


def follow_service(desk: Desk, unit: Unit, uids: Sequence[Uid]) -> list[str]:
    """A record was entered, put right, made void or taken back: its shift points at it, or at none.

    Raises `UserError` where another record stands for that shift already.
    """
    for record in store.SHELF.many(unit.connection, uids).values():
        gone = record.deleted or record.state is ServiceState.VOID
        if gone or (record.steps and record.steps[-1].action in _LETS_GO):
            _let_go(unit, record, gone=gone)
        if record.shift is not None and not gone:
            _take(unit, record, record.shift)
    return []


def _let_go(unit: Unit, record: ServiceRecord, *, gone: bool) -> None:
    for shift in post_store.with_service(unit.connection, record.uid):
        if gone or shift.uid != record.shift:
            words = record.number + ("已作废" if gone else "改为别的值班")
            posts.unlink_service_in(unit, shift.uid, words)


def _take(unit: Unit, record: ServiceRecord, uid: Uid) -> None:
    shift = post_store.SHIFT_SHELF.get(unit.connection, uid)
    if shift is None or shift.deleted or shift.service == record.uid:
        return
    if shift.service is not None:
        raise UserError(
            "这一班已有另一条服务记录，没有保存。", "请先作废那一条，或者不写值班。", field="shift"
        )
    posts.link_service_in(unit, uid, record.uid, record.number)
