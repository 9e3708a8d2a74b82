"""What the three ledgers of the command line have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Zone
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Deed, Row, Values, plain_value
from desktop_app.core.masked_values import masked
from desktop_app.core.plain_entry import Finder, Form, Lookup
from desktop_app.core.record import RecordKind
from desktop_app.ledgers.three_lists import store
from desktop_app.registers.partners.store import SHELF as PARTNERS
from desktop_app.storage.session import Desk

Do = Callable[[Desk, Uid, int, Values], Changed[Any]]

WORDS = Field("words", "原因", required=True)


def _finder(shelf: Any, said: str, kind: str) -> Finder:
    def find(lookup: Lookup, text: str) -> Uid:
        uid = parse_uid(text)
        if uid is None:
            uid = store.of_number(lookup.connection, shelf, text.upper())
        if uid is None:
            raise UserError(
                f"没有找到这条{said}。", f"请写编号或 uid，可用 jinlin list {kind} 查找。"
            )
        return uid

    return find


find_problem = _finder(store.PROBLEM_SHELF, "问题", "problems")
find_offer = _finder(store.OFFER_SHELF, "资源", "offers")


def with_name(connection: Any, told: Mapping[str, Any], name: str) -> dict[str, Any]:
    """These values; where a 共建单位 is told and no `name` for it, what it is called now."""
    uid = told.get("partner")
    partner = None if uid is None or told.get(name) else PARTNERS.get(connection, uid)
    return dict(told) if partner is None else {**told, name: partner.name}


def find_uid(lookup: Lookup, text: str) -> Uid:
    """A record of another ledger, which this one does not know: by its uid. Who joins the ledgers
    finds it by its number, too (`catalog.JOINED`)."""
    uid = parse_uid(text)
    if uid is None:
        raise UserError("这里要写 uid。", "可用 jinlin list 查到。")
    return uid


def deed(
    name: str,
    label: str,
    get: Callable[[Desk, Uid], Any],
    do: Do,
    fields: tuple[Field, ...] = (),
    finders: Mapping[str, Finder] | None = None,
) -> Deed:
    """One step; without a revision it is taken on the record as it stands."""
    required = frozenset(field.name for field in fields if field.required)

    def act(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Any:
        return do(desk, uid, revision or get(desk, uid).revision, values).value

    return Deed(name, label, Form(fields, required=required, finders=finders or {}), act)


def columns(kind: RecordKind[Any], shown: Sequence[str]) -> tuple[Field, ...]:
    """The columns of a list: these fields, uid and revision."""
    return (
        *(kind.field(name) for name in shown),
        Field("uid", "uid"),
        Field("revision", "版本", FieldKind.NUMBER),
    )


def row_of(kind: RecordKind[Any], shown: Sequence[str], line: Any, zone: Zone) -> Row:
    """One line of a list as the command line shows it."""
    values = {}
    for name in shown:
        field = kind.field(name)
        values[name] = masked(field, plain_value(field, getattr(line, name), zone))
    return {**values, "uid": line.uid.hex, "revision": line.revision}
