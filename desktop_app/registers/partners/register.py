"""共建单位 for the command line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.codec import decode
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_parts import by_the_program
from desktop_app.core.ledger_spec import (
    Adding,
    Changing,
    Deed,
    Ledger,
    Query,
    Rows,
    Shown,
    Values,
    events,
    member_of,
    plain_record,
    plain_value,
    refuse_days,
    refuse_status,
)
from desktop_app.core.masked_values import masked
from desktop_app.core.plain_entry import Form, Group, Lookup, given
from desktop_app.core.rights import Right
from desktop_app.core.text import visible
from desktop_app.registers.partners import service, store
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.rules import (
    Partner,
    PartnerFilter,
    PartnerForm,
    UnitKind,
    form_of,
)
from desktop_app.registers.places.register import find_compound
from desktop_app.storage.session import Desk, Unit

_CONTACT = Form(
    (
        Field("name", "姓名"),
        Field("post", "职务"),
        Field("phone", "电话", FieldKind.PHONE),
    ),
    required=frozenset({"name"}),
)
_COMPOUND = Form(
    (Field("place", "小区", FieldKind.REFERENCE, required=True),), finders={"place": find_compound}
)
_SAME_NAME = Field("same_name", "确认与别的单位重名", FieldKind.FLAG)
_ENTERED = tuple(PartnerForm.__dataclass_fields__)
_BY_THE_PROGRAM = by_the_program(KIND, _ENTERED)
_FORM = Form(
    (*(KIND.field(name) for name in _ENTERED), _SAME_NAME),
    required=frozenset({"name", "unit_kind"}),
    groups={
        "contacts": Group(_CONTACT, many=True, single="name"),
        "compounds": Group(_COMPOUND, many=True, single="place"),
        "former_names": Group(Form((Field("name", "名称", required=True),)), True, "name"),
    },
    aliases={"名称": "name", "小区": "compounds", "类别": "unit_kind"},
    not_here=_BY_THE_PROGRAM,
)


def find_partner(lookup: Lookup, text: str) -> Uid:
    """The unit a text means: its uid, its number, its credit code, or a name only one has."""
    uid = parse_uid(text)
    if uid is not None and store.SHELF.get(lookup.connection, uid) is not None:
        return uid
    known = store.named(lookup.connection, text)
    if known is not None:
        return known.uid
    found = store.exactly(lookup.connection, text)
    if len(found) != 1:
        said = "有几个共建单位都这样叫。" if found else "没有找到这个共建单位。"
        raise UserError(said, "请写编号或 uid；有哪些单位请看 jinlin list partners。")
    return found[0]


def told_of(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of an object as the form has them."""
    told = dict(values)
    if "compounds" in told:
        told["compounds"] = tuple(part["place"] for part in told["compounds"])
    if "former_names" in told:
        told["former_names"] = tuple(part["name"] for part in told["former_names"])
    return told


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Partner]:
    told = told_of(given(values))
    same_name = bool(told.pop("same_name", False))
    return [service.add_in(unit, decode(PartnerForm, told), same_name=same_name)]


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Partner:
    partner = service.for_editing(desk, uid)
    told = told_of(given(values))
    same_name = bool(told.pop("same_name", False))
    blank = PartnerForm()
    empty = {name: getattr(blank, name) for name, value in values.items() if value is None}
    whole = {name: getattr(form_of(partner), name) for name in _ENTERED}
    form = decode(PartnerForm, {**whole, **empty, **told})
    seen = revision or partner.revision
    return service.change(desk, uid, seen, form, same_name=same_name).value


_SHOWN = (
    "number", "name", "short_name", "unit_kind", "party_organisation", "liaison", "liaison_phone",
    "since", "until",
)  # fmt: skip
_NOW, _ENDED, _ALL = "在册", "已终止", "全部"


def _page(desk: Desk, query: Query) -> Rows:
    refuse_days(KIND.label, query)
    found = service.page(desk, _filter(query), query.after, size=query.limit)
    zone = desk.database.zone
    rows = []
    for line in found.rows:
        values = {}
        for name in _SHOWN:
            field = KIND.field(name)
            values[name] = masked(field, plain_value(field, getattr(line, name), zone))
        rows.append({**values, "uid": line.uid.hex, "revision": line.revision})
    return Rows(tuple(rows), found.later, found.total_words)


def _filter(query: Query) -> PartnerFilter:
    base = PartnerFilter(search=visible(query.search), stations=query.stations)
    status = query.status.strip()
    if status in ("", _ALL):
        return base
    if status in (_NOW, _ENDED):
        return replace(base, ended=status == _ENDED)
    kind = member_of(UnitKind, status)
    if kind is None:
        words = [_NOW, _ENDED, _ALL, *(one.label for one in UnitKind)]
        raise refuse_status(KIND.label, words)
    return replace(base, kind=kind)


def _show(desk: Desk, uid: Uid) -> Shown:
    found = service.history(desk, uid)
    plain, hidden = plain_record(KIND, found.partner, desk.database.zone)
    deeds = ("resume",) if found.partner.ended else ("end",)
    return Shown(plain, hidden, deeds, events(found.entries))


def _end(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Partner:
    seen = revision or service.get(desk, uid).revision
    return service.end(desk, uid, seen, values["end_reason"], values.get("until")).value


def _resume(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Partner:
    return service.resume(desk, uid, revision or service.get(desk, uid).revision).value


PARTNERS = Ledger(
    kind=KIND,
    columns=(
        *(KIND.field(name) for name in _SHOWN),
        Field("uid", "uid"),
        Field("revision", "版本", FieldKind.NUMBER),
    ),
    page=_page,
    show=_show,
    title=lambda partner: partner.number,
    adding=Adding("新增共建单位", Right.HANDLE, _FORM, _enter),
    changing=Changing(replace(_FORM, required=frozenset()), _save),
    deeds=(
        Deed(
            "end",
            "终止",
            Form(
                (KIND.field("end_reason"), KIND.field("until")),
                required=frozenset({"end_reason"}),
                aliases={"原因": "end_reason"},
            ),
            _end,
        ),
        Deed("resume", "恢复", Form(), _resume),
    ),
    reveal=service.read_out,
    by_station=True,
)

LEDGERS = (PARTNERS,)
