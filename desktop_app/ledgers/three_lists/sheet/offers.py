"""共建清单 as a sheet."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.codec import Plain
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Values
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record
from desktop_app.ledgers.three_lists import store
from desktop_app.ledgers.three_lists.ledger.offers import OFFER_LEDGER, told_of
from desktop_app.ledgers.three_lists.record import OFFERS as KIND
from desktop_app.ledgers.three_lists.rules.offer import Way
from desktop_app.ledgers.three_lists.sheet.problems import problem_numbers
from desktop_app.registers.partners.register import find_partner
from desktop_app.registers.partners.sheet import partner_names
from desktop_app.registers.places.sheet import place_names
from desktop_app.sheets.columns import (
    changing,
    columns_of,
    known_by,
    likes,
    only_written,
    referred,
    telling,
    wide_form,
    without,
)
from desktop_app.sheets.spec import CellKind, Connection, SheetSpec
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_WAY_WORDS = (
    ("上门服务", Way.AT_HOME), ("入户", Way.AT_HOME), ("到站服务", Way.AT_STATION),
    ("现场", Way.AT_STATION), ("集中服务", Way.AT_STATION), ("网上", Way.ONLINE),
    ("提供场地", Way.VENUE), ("捐赠", Way.GOODS), ("提供物资", Way.GOODS), ("资助", Way.MONEY),
)  # fmt: skip


def offer_numbers(connection: Connection, uids: Collection[Uid]) -> dict[Uid, str]:
    """Offers by their numbers, as duties refer to them."""
    return dict(store.OFFER_SHELF.parts(connection, ("uid", "number"), "uid", uids))


def _shape(cells: Cells) -> dict[str, Plain]:
    values = without(cells, "number")
    if "compounds" in values:
        parts = re.split(r"[、，,；;\n]+", str(values["compounds"]))
        values["compounds"] = [part for part in parts if part]
    return values


assert OFFER_LEDGER.adding is not None
_ADDING = OFFER_LEDGER.adding
_FORM = replace(_ADDING.form, required=frozenset({"partner", "resource"}), not_here={}, aliases={})


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Record]:
    return _ADDING.enter(unit, desk, {"category": "其他", **given(values)})


def _spread(values: Mapping[str, Any]) -> dict[str, Any]:
    return told_of(given(values))


def _same(lookup: Lookup, row: Cells) -> Sequence[object] | None:
    if "partner" not in row:
        return None
    return find_partner(lookup, str(row["partner"])), row.get("resource")


OFFERS_SHEET = SheetSpec(
    kind=KIND.name,
    title="共建清单",
    about="共建单位能提供的资源和服务，每行一项；单位要先在“共建单位”里，写名称或编号。",
    columns=(
        _column("number", "number", CellKind.CODE, width=18),
        only_written(KIND.field("offered_on")),
        _column("partner", "partner", out=referred("partner"), width=28, required=True),
        _column("resource", "resource", width=36, required=True),
        _column("category", "category", width=14, required=False),
        _column("way", "resource_how", synonyms=_WAY_WORDS, required=False),
        _column(
            "compounds",
            "",
            CellKind.LINE,
            words=("服务小区",),
            width=24,
            out=lambda told: "、".join(filter(None, map(told.name, told.record.compounds))) or None,
        ),
        _column("from_on", "planned"),
        _column("until_on", "until"),
        _column("weekdays_words", "when_free", width=20),
        _column("amount", "quantity"),
        _column("unit_word"),
        only_written(KIND.field("promised")),
        _column(
            "for_problem", "problem_number", CellKind.CODE, out=referred("for_problem"), width=18
        ),
        only_written(KIND.field("state")),
        only_written(KIND.field("registered_by_name")),
        _column("remark", "remark", CellKind.TEXT, width=30),
    ),
    keys=("number",),
    known=known_by(store.OFFER_SHELF),
    shape=_shape,
    adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
    changing=changing(
        OFFER_LEDGER, store.OFFER_SHELF, wide_form(_ADDING.form, KIND), spread=_spread
    ),
    like=likes(store.OFFER_SHELF, ("partner", "resource"), _same, "同一单位、同一资源"),
    told=telling(
        (partner_names, ("partner",)),
        (place_names, ("compounds",)),
        (problem_numbers, ("for_problem",)),
    ),
)
