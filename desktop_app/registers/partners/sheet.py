"""The sheet of 共建单位."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.codec import Plain
from desktop_app.core.identity import check_credit_code
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding
from desktop_app.core.masking import mask_name
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.registers.partners import store
from desktop_app.registers.partners.record import KIND
from desktop_app.registers.partners.register import PARTNERS, told_of
from desktop_app.registers.partners.rules import UnitKind
from desktop_app.registers.places.sheet import place_names
from desktop_app.sheets.columns import (
    changing,
    columns_of,
    known_by,
    likes,
    only_written,
    telling,
    wide_form,
)
from desktop_app.sheets.spec import CellKind, Connection, Out, SheetSpec, Told, Values
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_KIND_WORDS = (
    ("政府机关", UnitKind.ORGAN), ("党政机关", UnitKind.ORGAN), ("行政机关", UnitKind.ORGAN),
    ("事业", UnitKind.INSTITUTION), ("国企", UnitKind.STATE_FIRM), ("央企", UnitKind.STATE_FIRM),
    ("民企", UnitKind.PRIVATE_FIRM), ("企业", UnitKind.PRIVATE_FIRM),
    ("非公企业", UnitKind.PRIVATE_FIRM), ("商户", UnitKind.PRIVATE_FIRM),
    ("医疗机构", UnitKind.HOSPITAL), ("金融机构", UnitKind.BANK), ("社团", UnitKind.SOCIAL),
    ("物业", UnitKind.PROPERTY), ("物业公司", UnitKind.PROPERTY),
)  # fmt: skip
_CONTACT = re.compile(r"(\S+)(?: (\S.*?))??(?: ([+0-9][0-9-]*))?")


def _contacts(told: Told) -> Out:
    words = (
        " ".join(filter(None, (one.name, one.post, one.phone))) for one in told.record.contacts
    )
    return "；".join(words) or None


def _contact(text: str) -> dict[str, Plain]:
    found = _CONTACT.fullmatch(text)
    parts = found.groups() if found else (text, None, None)
    return {name: part for name, part in zip(("name", "post", "phone"), parts, strict=True) if part}


def _names(uids: Sequence[Any], told: Told) -> str | None:
    return "、".join(filter(None, map(told.name, uids))) or None


def _shape(cells: Values) -> dict[str, Plain]:
    values = dict(cells)
    values.pop("number", None)
    if "contacts" in values:
        texts = re.split(r"[；;\n]+", str(values["contacts"]))
        values["contacts"] = [_contact(text.strip()) for text in texts if text.strip()]
    for name in ("compounds", "former_names"):
        if name in values:
            values[name] = [part for part in re.split(r"[、，,；;\n]+", str(values[name])) if part]
    return values


assert PARTNERS.adding is not None
_ADDING = PARTNERS.adding
_FORM = replace(_ADDING.form, required=frozenset({"name"}))


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Any]:
    """Whether another unit of that name is meant was asked before, of all rows together."""
    told = {"unit_kind": UnitKind.OTHER.value, **given(values), "same_name": True}
    return _ADDING.enter(unit, desk, told)


def _spread(values: Mapping[str, Any]) -> dict[str, Any]:
    return told_of(given(values))


def partner_names(connection: Connection, uids: Collection[Uid]) -> dict[Uid, str]:
    """Units by their names; one of several of a name by its number."""
    rows = store.SHELF.parts(connection, ("uid", "name", "number"), "uid", uids)
    wanted = [name for _, name, _ in rows]
    names = [name for (name,) in store.SHELF.parts(connection, ("name",), "name", wanted)]
    return {uid: name if names.count(name) == 1 else number for uid, name, number in rows}


def _same(_lookup: Lookup, row: Values) -> Sequence[object]:
    return (row.get("name"),)


SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="共建单位名录",
        about="结对共建、驻区、联建的单位，每行一个，写明联络员和专长。",
        columns=(
            _column("number", "number", CellKind.CODE, width=18),
            _column("name", "partner", width=28, required=True),
            _column("short_name", "short_name"),
            _column("credit_code", "credit_code", CellKind.CODE, width=20, check=check_credit_code),
            _column(
                "unit_kind", words=("单位性质", "单位类型"), synonyms=_KIND_WORDS, required=False
            ),
            _column("party_organisation", "party_organisation", width=24),
            _column("address", "address", width=28),
            _column("head", "head", mask=mask_name),
            _column("head_phone", "head_phone", width=16),
            _column("liaison", "liaison", mask=mask_name),
            _column("liaison_phone", "liaison_phone", width=16),
            _column("contacts", "", CellKind.TEXT, out=_contacts, width=28),
            _column("specialities", "specialities", CellKind.TEXT, width=28),
            _column(
                "compounds",
                "",
                CellKind.LINE,
                width=24,
                out=lambda told: _names(told.record.compounds, told),
            ),
            _column(
                "former_names",
                "",
                CellKind.LINE,
                width=24,
                out=lambda told: "、".join(told.record.former_names) or None,
            ),
            _column("since", "since"),
            only_written(KIND.field("until")),
            only_written(KIND.field("end_reason")),
            _column("remark", "remark", CellKind.TEXT, width=30),
        ),
        keys=("number", "credit_code"),
        known=known_by(store.SHELF),
        shape=_shape,
        adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
        changing=changing(PARTNERS, store.SHELF, wide_form(_ADDING.form, KIND), spread=_spread),
        like=likes(store.SHELF, ("name",), _same, "名称相同", ("number", "name")),
        told=telling((place_names, ("compounds",))),
    ),
)
