"""The sheet of residents' files: rosters of a 小区, and the same as the program writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.plain_entry import given
from desktop_app.registers.places.sheet import (
    place_names,
    spread_address,
)
from desktop_app.registers.residents import service, store
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.register import RESIDENTS
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.sheet.columns import COLUMNS, KIND_WORDS, file_columns
from desktop_app.registers.residents.sheet.people import (
    FORM,
    draft_of_values,
    drafts,
    files_of,
    found_or_opened,
    kept_files,
    people_like,
    refuse_other_person,
    shape,
    with_ids,
)
from desktop_app.registers.residents.tidying import validate
from desktop_app.sheets.columns import (
    differing,
    telling,
)
from desktop_app.sheets.spec import (
    Connection,
    Like,
    Several,
    SheetSpec,
)
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Resident]:
    return [service.enter(unit, draft_of_values(values))]


def _problems(values: Mapping[str, Any], today: date) -> Sequence[UserError]:
    return validate(draft_of_values(values), today)


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Resident:
    with desk.reading(needs=RESIDENTS_NEED) as connection:
        resident = store.SHELF.need(connection, uid)
    changes = differing(resident, spread_address(given(values), "address_note"))
    if not changes:
        return resident
    assert RESIDENTS.changing is not None
    return RESIDENTS.changing.save(desk, uid, revision, changes)  # type: ignore[return-value]


assert RESIDENTS.adding is not None
RESIDENTS_NEED = RESIDENTS.adding.needs


def _known(connection: Connection, name: str, texts: Sequence[str]) -> dict[str, Uid]:
    if name == "id_number":
        return with_ids(connection, texts)
    upper = {text.upper(): text for text in texts}
    found = store.SHELF.parts(connection, ("number", "uid", "merged_into"), "number", upper)
    return {upper[number]: uid for number, uid, merged in found if merged is None}


def _like(connection: Connection, rows: Sequence[Cells]) -> list[tuple[Like, ...]]:
    return [
        tuple(Like(f"{other.number} {other.name}", why, other.uid) for other, why in one)
        for one in people_like(connection, drafts(connection, rows))
    ]


def _take_back(unit: Unit, resident: Resident) -> None:
    if store.seen(unit.connection, resident.uid) is not None:
        raise UserError(
            "这位居民已有来访记录，没有撤销这份档案。", "请先撤销或更正那些来访，或保留这份档案。"
        )
    if store.merged_uids(unit.connection, resident.uid):
        raise UserError("已有别的档案并入这一份，没有撤销。", "请先撤销合并。")
    store.forget(unit, resident)


SHEETS = (
    SheetSpec(
        kind=KIND.name,
        title="居民档案名册",
        about="小区住户、人口登记一类的名册，每行一位居民；一格里写了几个人的，拆成几行。",
        columns=COLUMNS,
        several=Several.SPLIT,
        keys=("number", "id_number"),
        known=_known,
        shape=shape,
        adding=Adding(RESIDENTS.adding.label, RESIDENTS.adding.needs, FORM, _enter),
        changing=Changing(replace(FORM, required=frozenset()), _save),
        problems=_problems,
        like=_like,
        told=telling((place_names, ("compound", "party_branch"))),
        take_back=_take_back,
    ),
)

__all__ = [
    "FORM",
    "KIND_WORDS",
    "SHEETS",
    "draft_of_values",
    "drafts",
    "file_columns",
    "files_of",
    "found_or_opened",
    "kept_files",
    "people_like",
    "refuse_other_person",
    "shape",
    "with_ids",
]
