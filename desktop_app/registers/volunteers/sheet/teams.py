"""The sheets of teams and of who is in them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.codec import Plain
from desktop_app.core.fields import Field, choices_of
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Values
from desktop_app.core.masking import mask_name
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.record import Record
from desktop_app.registers.places.sheet import place_names
from desktop_app.registers.volunteers import service, store
from desktop_app.registers.volunteers.record import MEMBERSHIPS, TEAMS
from desktop_app.registers.volunteers.register import (
    MEMBERSHIPS_LEDGER,
    TEAMS_LEDGER,
    find_team,
    find_volunteer,
)
from desktop_app.registers.volunteers.rules.membership import left
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.words import Direction, TeamKind
from desktop_app.registers.volunteers.sheet.columns import DIRECTION_WORDS
from desktop_app.sheets.columns import (
    UID,
    Namer,
    Telling,
    changing,
    chosen,
    column,
    columns_of,
    known_by,
    likes,
    only_written,
    referred,
    telling,
    unchanging,
    wide_form,
    without,
)
from desktop_app.sheets.spec import CellKind, Column, Connection, Out, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit


def volunteer_numbers(connection: Connection, uids: Collection[Uid]) -> dict[Uid, str]:
    """Volunteers by their numbers, as sheets of other ledgers refer to them."""
    return {uid: name.number for uid, name in store.names(connection, uids).items()}


def volunteer_names(connection: Connection, uids: Collection[Uid]) -> dict[Uid, str]:
    return {uid: name.name for uid, name in store.names(connection, uids).items()}


def team_names(connection: Connection, uids: Collection[Uid]) -> dict[Uid, str]:
    """Teams by their names; one of several of a name by its number."""
    rows = store.TEAM_SHELF.parts(connection, ("uid", "name", "number"), "uid", uids)
    found = {uid: (name, number) for uid, name, number in rows}
    called = store.TEAM_SHELF.parts(
        connection, ("name",), "name", [one[0] for one in found.values()]
    )
    names = [name for (name,) in called]
    return {
        uid: name if names.count(name) == 1 else number for uid, (name, number) in found.items()
    }


# --- teams ----------------------------------------------------------------------------------------

_column = columns_of(TEAMS)
_KIND_WORDS = (
    ("志愿服务队", TeamKind.NEIGHBOURS), ("近邻", TeamKind.NEIGHBOURS),
    ("党员队", TeamKind.PIONEERS), ("党员志愿服务队", TeamKind.PIONEERS),
    ("先锋队", TeamKind.PIONEERS), ("专业队", TeamKind.EXPERTS), ("青年", TeamKind.YOUTH),
    ("青年志愿服务队", TeamKind.YOUTH), ("巾帼", TeamKind.WOMEN), ("妇女队", TeamKind.WOMEN),
    ("银龄", TeamKind.SILVER), ("老年队", TeamKind.SILVER),
)  # fmt: skip


def _directions(told: Told) -> Out:
    return "、".join(one.label for one in told.record.direction) or None


def _shape(cells: Cells) -> dict[str, Plain]:
    values = without(cells, "number")
    if "direction" in values:
        found, others = chosen(str(values["direction"]), choices_of(Direction), DIRECTION_WORDS)
        values["direction"] = found or [Direction.OTHER.value]
        if others and "direction_words" not in values:
            values["direction_words"] = "、".join(others)
    return values


assert TEAMS_LEDGER.adding is not None
_TEAM_ADDING = TEAMS_LEDGER.adding
_TEAM_FORM = replace(_TEAM_ADDING.form, required=frozenset({"name"}))


def _found(unit: Unit, desk: Desk, values: Values) -> Sequence[Record]:
    """What old rosters leave out: whose team it is, and what for."""
    told = {
        "organisation": unit.station.name,
        "direction": [Direction.OTHER.value],
        "team_kind": TeamKind.NEIGHBOURS.value,
        **given(values),
    }
    return _TEAM_ADDING.enter(unit, desk, told)


def _same_team(_lookup: Lookup, row: Cells) -> Sequence[object]:
    return (row.get("name"),)


def _unless_joined(unit: Unit, team: Team) -> None:
    service.take_back_in(unit, store.TEAM_SHELF, team)


TEAMS_SHEET = SheetSpec(
    kind=TEAMS.name,
    title="志愿服务队伍",
    about="志愿服务队，每行一支。队员在“志愿者花名册”或“队员名册”里导入。",
    columns=(
        _column("number", "number", CellKind.CODE, width=18),
        _column("name", "team", width=24, required=True, words=("名称",)),
        _column("team_kind", "team_kind", synonyms=_KIND_WORDS, required=False),
        _column("organisation", "belongs_to", width=24, required=False),
        only_written(TEAMS.field("leader"), out=referred("leader"), private=True, mask=mask_name),
        only_written(TEAMS.field("deputy"), out=referred("deputy"), private=True, mask=mask_name),
        _column("founded_on", "founded_on", required=False),
        _column("direction", "direction", CellKind.LINE, choices=(), out=_directions, width=24),
        _column("direction_words", "", CellKind.TEXT, width=24),
        _column("compound", "compound", out=referred("compound"), width=16),
        only_written(TEAMS.field("disbanded_on")),
        only_written(TEAMS.field("disband_reason")),
        _column("remark", "remark", CellKind.TEXT, width=30),
    ),
    keys=("number",),
    known=known_by(store.TEAM_SHELF),
    shape=_shape,
    adding=Adding(_TEAM_ADDING.label, _TEAM_ADDING.needs, _TEAM_FORM, _found),
    changing=changing(TEAMS_LEDGER, store.TEAM_SHELF, wide_form(_TEAM_ADDING.form, TEAMS)),
    like=likes(store.TEAM_SHELF, ("name",), _same_team, "队名相同", ("number", "name")),
    told=telling((volunteer_names, ("leader", "deputy")), (place_names, ("compound",))),
    take_back=_unless_joined,
)

# --- memberships ----------------------------------------------------------------------------------

_stay = columns_of(MEMBERSHIPS)
NAME = Field("volunteer_name", "姓名", private=True)
"""Beside the number of a volunteer, whom it means."""


def number_column(field: Field) -> Column:
    """A volunteer as ledgers that point at one write it."""
    return column(
        field,
        CellKind.CODE,
        label="志愿者编号",
        concept="number",
        width=18,
        out=referred("volunteer"),
    )


def name_column() -> Column:
    return column(
        NAME,
        CellKind.NAME,
        concept="name",
        personal=True,
        mask=mask_name,
        out=lambda told: told.beside.get(told.record.volunteer),
    )


def telling_whom(*namers: tuple[Namer, Sequence[str]]) -> Telling:
    """As `telling`, and for each record its volunteer by number; beside it the names."""
    numbers = telling((volunteer_numbers, ("volunteer",)), *namers)

    def told(connection: Connection, zone: Zone, records: Sequence[Any]) -> list[Told]:
        names = volunteer_names(connection, {record.volunteer for record in records})
        return [replace(one, beside=names) for one in numbers(connection, zone, records)]

    return told


def whom(values: Cells) -> dict[str, Plain]:
    """A volunteer by number, or else by the name that only one has."""
    told = without(values, NAME.name, UID.name)
    if "volunteer" not in told and NAME.name in values:
        told["volunteer"] = values[NAME.name]
    return told


assert MEMBERSHIPS_LEDGER.adding is not None
_JOINING = MEMBERSHIPS_LEDGER.adding
_STAY_FORM = replace(
    _JOINING.form,
    fields=(
        *_JOINING.form.fields,
        *(MEMBERSHIPS.field(name) for name in ("left_on", "left_reason")),
    ),
    not_here={},
)


def _join(unit: Unit, desk: Desk, values: Values) -> Sequence[Record]:
    told = given(values)
    stay = service.join_in(unit, told["team"], told["volunteer"], told.get("joined_on"))
    if "left_on" not in told:
        return [stay]
    gone = left(stay, told["left_on"], told.get("left_reason", ""), unit.zone.day(unit.now))
    return [store.MEMBERSHIP_SHELF.put(unit, gone)]


def _same_stay(lookup: Lookup, row: Cells) -> Sequence[object] | None:
    told = whom(row)
    if not {"team", "volunteer"} <= told.keys():
        return None
    return find_team(lookup, str(told["team"])), find_volunteer(lookup, str(told["volunteer"]))


def _unless_leading(unit: Unit, stay: Any) -> None:
    service.take_back_in(unit, store.MEMBERSHIP_SHELF, stay)


MEMBERSHIPS_SHEET = SheetSpec(
    kind=MEMBERSHIPS.name,
    title="队员名册",
    about="谁在哪支队伍、何时入队退队，每行一人一队。志愿者写编号，只有一人叫这个名字的也可只写姓名。",
    columns=(
        _stay("team", "team", out=referred("team"), width=24, required=True),
        number_column(MEMBERSHIPS.field("volunteer")),
        name_column(),
        _stay("joined_on", "joined_on"),
        _stay("left_on", "left_on"),
        _stay("left_reason", words=("离队原因",), width=20),
        only_written(MEMBERSHIPS.field("role")),
        UID,
    ),
    keys=(UID.name,),
    known=known_by(store.MEMBERSHIP_SHELF),
    shape=whom,
    adding=Adding(_JOINING.label, _JOINING.needs, _STAY_FORM, _join),
    changing=unchanging(MEMBERSHIPS, store.MEMBERSHIP_SHELF, wide_form(_JOINING.form, MEMBERSHIPS)),
    like=likes(
        store.MEMBERSHIP_SHELF, ("team", "volunteer"), _same_stay, "已在这支队伍", ("joined_on",)
    ),
    told=telling_whom((team_names, ("team",))),
    take_back=_unless_leading,
)
