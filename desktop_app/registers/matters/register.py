"""The 事项目录 for the command line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.codec import encode
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind, choices_of
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    cut,
    events,
    plain_record,
    refuse_days,
    refuse_status,
)
from desktop_app.core.plain_entry import Form, Group, Lookup, altered, build
from desktop_app.core.rights import Right
from desktop_app.registers.matters import service, store
from desktop_app.registers.matters.record import KIND
from desktop_app.registers.matters.rules import MaterialForm, Matter
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk, Unit

_MATERIAL = Form(
    (
        Field("name", "名称"),
        Field("form", "形式", FieldKind.CHOICE, choices=choices_of(MaterialForm)),
        Field("copies", "份数", FieldKind.NUMBER),
    ),
    required=frozenset({"name"}),
)
_FORM = Form(
    KIND.fields,
    required=frozenset({"category", "name", "handling"}),
    groups={"materials": Group(_MATERIAL, many=True, single="name")},
)
_SHOWN = (
    "code", "category", "name", "handling", "station_days", "office", "active", "checked_on",
)  # fmt: skip
_IN_USE, _RETIRED, _ALL = "在用", "停用", "全部"


def find_matter(lookup: Lookup, text: str) -> Matter:
    """The matter a text means: its uid, its code, or a name that only one in use has."""
    known = lookup.once("matters", lambda of: store.directory(of, with_retired=False))
    uid = parse_uid(text)
    for matter in known:
        if text == matter.code or (uid is not None and uid == matter.uid):
            return matter
    named = [matter for matter in known if text == matter.name]
    if len(named) != 1:
        said = f"有 {len(named)} 个事项都叫这个名称。" if named else "事项目录里没有这个事项。"
        raise UserError(said, "请改写编号或 uid；有哪些事项请看 jinlin list matters。")
    return named[0]


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Matter]:
    common = {"uid": unit.new_uid(), "station": unit.station.code, "code": ""}
    return [service.enter(unit, build(Matter, {**common, **values}))]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Matter:
    matter = service.get(desk, uid)
    changes: dict[str, Any] = {**altered(matter, values), "revision": revision or matter.revision}
    return service.save(desk, replace(matter, **changes)).value


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    if query.status not in ("", _IN_USE, _RETIRED, _ALL):
        raise refuse_status(KIND.label, [_IN_USE, _RETIRED, _ALL])
    found = service.search(desk, query.search, with_retired=query.status in (_RETIRED, _ALL))
    rows = [
        {name: encode(getattr(matter, name)) for name in (*_SHOWN, "uid")}
        for matter in found
        if not (query.status == _RETIRED and matter.active)
    ]
    return cut(rows, query)


def _show(desk: Desk, uid: Uid) -> Shown:
    matter = service.get(desk, uid)
    plain, hidden = plain_record(KIND, matter, desk.database.zone)
    with desk.reading(needs=Right.READ) as connection:
        lines = entries(connection, subject=f"事项 {matter.code}")
    deeds = ("retire" if matter.active else "bring-back", "mark-checked")
    return Shown(plain, hidden, deeds, events(lines))


def _deed(name: str, label: str, call: Callable[[Desk, Uid], Changed[Matter]]) -> Deed:
    def do(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Matter:
        return call(desk, uid).value

    return Deed(name, label, Form(), do)


MATTERS = Ledger(
    kind=KIND,
    columns=(*(KIND.field(name) for name in _SHOWN), Field("uid", "uid")),
    page=_page,
    show=_show,
    title=lambda matter: f"事项 {matter.code}",
    adding=Adding("新增事项", Right.MANAGE_DIRECTORY, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    deeds=(
        _deed("retire", "停用", service.retire),
        _deed("bring-back", "恢复使用", service.bring_back),
        _deed("mark-checked", "已核对", service.mark_checked),
    ),
)

LEDGERS = (MATTERS,)
