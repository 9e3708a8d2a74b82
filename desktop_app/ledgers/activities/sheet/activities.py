"""活动台账: the plan of an activity, what came of it, and how many came, in one row."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid
from desktop_app.core.ledger_spec import Adding, Changing, Values
from desktop_app.core.plain_entry import Form, Lookup, given
from desktop_app.core.plain_entry import Group as Parts
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service, store
from desktop_app.ledgers.activities.ledger.activities import ACTIVITIES, told_of
from desktop_app.ledgers.activities.record import KIND
from desktop_app.ledgers.activities.rules.activity import Activity, Fund, Group, kind_label
from desktop_app.ledgers.activities.rules.counting import counted, with_counts
from desktop_app.ledgers.activities.rules.entry import ActivityForm
from desktop_app.ledgers.activities.rules.recording import (
    record_form_of,
    recorded,
)
from desktop_app.ledgers.activities.service.parts import count, moment
from desktop_app.sheets.columns import (
    columns_of,
    day_of,
    differing,
    known_by,
    likes,
    noted,
    only_read,
    only_written,
    without,
)
from desktop_app.sheets.spec import CellKind, Column, Connection, Out, SheetSpec, Told
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

_column = columns_of(KIND)
_PEOPLE = {
    "party_members": ("党员人数", "party_members", Group.PARTY),
    "volunteers": ("志愿者人数", "volunteers", Group.VOLUNTEER),
    "masses": ("群众人数", "masses", Group.PUBLIC),
    "unit_people": ("共建单位人数", "", Group.PARTNER),
}
_TOTAL = Field("total_people", "参加人数", FieldKind.NUMBER)
_COUNTS = tuple(Field(name, label, FieldKind.NUMBER) for name, (label, _, _) in _PEOPLE.items())
_RECORDED = ("summary", "outcome", "next_steps", "served", "recorder", "media", "funds")
_BEGINS, _LASTS = "09:00", timedelta(hours=2)
"""What an old ledger leaves unsaid; the remark then says that it did."""
_WHY = "原台账所记人数"


def _people(told: Told, group: Group) -> int | None:
    return None if told.beside is None else told.beside.people[group] or None


def _counted(name: str) -> Column:
    label, concept, group = _PEOPLE[name]
    return Column(
        name=name,
        label=label,
        kind=CellKind.NUMBER,
        concept=concept,
        out=lambda told: _people(told, group),
    )


def _units(told: Told) -> Out:
    return "、".join(told.record.partners) or None


def _yuan(fen: int) -> str:
    return f"{fen // 100}" if fen % 100 == 0 else f"{fen / 100:.2f}"


def _funds(told: Told) -> Out:
    words = (f"{fund.source}{_yuan(fund.amount)}元" for fund in told.record.funds)
    return "；".join(words) or None


_COLUMNS: tuple[Column, ...] = (
    _column("number", "number", CellKind.CODE, width=18),
    _column("name", "activity_name", width=28, required=True),
    _column(
        "kind",
        "activity_kind",
        CellKind.LINE,
        choices=(),
        required=False,
        out=lambda told: kind_label(told.record.kind),
    ),
    _column("brand", "brand"),
    _column("starts_at", "starts", width=17, words=("活动日期", "日期", "时间"), required=True),
    _column("ends_at", "ends", width=17, required=False),
    _column("place_words", "place", width=20, required=False),
    _column("organiser", "organiser", width=20),
    _column("undertaker", "undertaker", width=20),
    _column("co_organiser", "co_organiser", width=20),
    _column("partners", "", CellKind.LINE, out=_units, width=24),
    _column("host", "host"),
    _column("recorder", "recorder"),
    _column("expected", "should_attend"),
    *map(_counted, _PEOPLE),
    Column(
        name=_TOTAL.name,
        label=_TOTAL.label,
        kind=CellKind.NUMBER,
        concept="total_people",
        words=("实到人数", "实到"),
        out=lambda told: None if told.beside is None else told.beside.present or None,
    ),
    _column("served", "served"),
    _column("agenda", "agenda", CellKind.TEXT, width=30),
    _column("summary", "content", CellKind.TEXT, width=40),
    _column("outcome", "outcome", CellKind.TEXT, width=30),
    _column("next_steps", "", CellKind.TEXT, width=24),
    only_written(
        Field("solved_count", "解决问题数", FieldKind.NUMBER),
        out=lambda told: len(told.record.solved) or None,
    ),
    only_written(KIND.field("funds"), out=_funds, width=20),
    only_read("cost", "经费金额（元）", CellKind.LINE, concept="cost"),
    only_read("cost_from", "经费来源", CellKind.LINE, concept="cost_from"),
    _column("media", "media", CellKind.TEXT, width=24),
    only_written(KIND.field("reviewer")),
    only_written(KIND.field("state")),
    only_written(KIND.field("late_entry")),
    _column("remark", "remark", CellKind.TEXT, width=30),
)


def _shape(cells: Cells) -> dict[str, Plain]:
    values = without(cells, "number", "cost", "cost_from")
    _times(values)
    if "partners" in values:
        values["partners"] = [one for one in re.split(r"[、，,；;\n]+", values["partners"]) if one]
    if "cost" in cells:
        fund = _fund(str(cells["cost"]), str(cells.get("cost_from") or ""))
        if fund is None:
            noted(values, "经费", [str(cells["cost"])])
        else:
            values["funds"] = [fund]
    return values


def _times(values: dict[str, Plain]) -> None:
    """A day without a time, and a beginning without an end, are taken as usual, and it is said."""
    start = str(values.get("starts_at", ""))
    if start and "T" not in start:
        values["starts_at"] = f"{start}T{_BEGINS}"
        noted(values, "原台账没有写", ["开始时间"])
    end = str(values.get("ends_at", ""))
    if start and (not end or "T" not in end):
        begins = datetime.fromisoformat(values["starts_at"])
        values["ends_at"] = (begins + _LASTS).isoformat(timespec="minutes")
        noted(values, "原台账没有写", ["结束时间"])


_AMOUNT = re.compile(r"(?:￥|¥)?\s*([0-9]{1,9})(?:\.([0-9]{1,2}))?\s*(万)?元?")


def _fund(text: str, source: str) -> dict[str, Plain] | None:
    found = _AMOUNT.fullmatch(text.replace(",", "").strip())
    if found is None:
        return None
    fen = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    return {"source": source or "未写明", "amount": fen * (10_000 if found[3] else 1)}


assert ACTIVITIES.adding is not None
_ADDING = ACTIVITIES.adding
_FUND = Field("funds", "经费", FieldKind.LIST)
_FUNDS = Parts(
    Form((Field("source", "来源"), Field("amount", "金额（分）", FieldKind.NUMBER))), many=True
)
_FORM = replace(
    _ADDING.form,
    fields=(
        *_ADDING.form.fields,
        *(KIND.field(name) for name in _RECORDED if name != "funds"),
        _FUND,
        *_COUNTS,
        _TOTAL,
    ),
    required=frozenset({"name", "starts_at"}),
    groups={**_ADDING.form.groups, "funds": _FUNDS},
    not_here={},
)


def _split(values: Values) -> tuple[dict[str, Any], dict[str, Any], dict[Group, int]]:
    """What belongs to the plan, to the record, and how many of each group there were."""
    told = given(values)
    people = {group: told.pop(name) for name, (_, _, group) in _PEOPLE.items() if name in told}
    total = told.pop(_TOTAL.name, None)
    if total is not None:
        # Who is of no group is 群众; a sum of them all tells nothing more.
        rest = total - sum(people.values())
        if rest > 0:
            people[Group.PUBLIC] = people.get(Group.PUBLIC, 0) + rest
    record = {name: told.pop(name) for name in _RECORDED if name in told}
    if "funds" in record:
        record["funds"] = tuple(Fund(**one) for one in record["funds"])
    return told, record, people


def _enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Activity]:
    plan, record, people = _split(values)
    usual = {"kind": "其他", "place_words": unit.station.name} if not plan.get("place") else {}
    form = ActivityForm(**{"kind": "其他", **usual, **told_of(plan, unit.zone)})
    made = service.plan_in(unit, form)
    after = made
    if record:
        whole = replace(record_form_of(after), **record)
        after = recorded(after, whole, moment(unit), unit.new_uid)
    if people:
        after = with_counts(after, people, _WHY, counted((), {}, 0), moment(unit))
    return [made if after is made else store.SHELF.put(unit, after)]


# --- changing -------------------------------------------------------------------------------------

_CHANGES = replace(
    _FORM,
    fields=(*_FORM.fields, *(field for field in KIND.fields if field.name == "state")),
    required=frozenset(),
)


def _save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Record:
    plan, record, people = _split(values)
    zone = desk.database.zone
    with desk.reading(needs=Right.READ) as connection:
        activity = store.SHELF.need(connection, uid)
        there = store.head_counts(connection, [activity])[uid]
    _refuse_other_counts(people, there.people)
    if "partners" in plan:
        plan["partners"] = [one["name"] for one in plan["partners"]]
    if "kind" in plan and plan["kind"] == kind_label(activity.kind):
        plan.pop("kind")
    changes = differing(activity, plan, zone)
    if "partners" in changes:
        changes["partners"] = [{"name": name} for name in changes["partners"]]
    saved: Record = activity
    if changes:
        assert ACTIVITIES.changing is not None
        saved = ACTIVITIES.changing.save(desk, uid, revision, changes)
    told = {name: value for name, value in record.items() if getattr(activity, name) != value}
    if told:
        form = replace(record_form_of(saved), **told)  # type: ignore[arg-type]
        saved = service.record(desk, uid, saved.revision, form).value
    return saved


def _refuse_other_counts(people: Mapping[Group, int], there: Mapping[Group, int]) -> None:
    if sum(people.values()) and any(there[group] != number for group, number in people.items()):
        raise UserError(
            "参加人数与签到表的不一样，没有改动。",
            "请在活动页用“更正人数”，并写明原因。",
            field=_TOTAL.name,
        )


def _same(_lookup: Lookup, row: Cells) -> Sequence[object]:
    return day_of(row, "starts_at"), row.get("name")


def _told(connection: Connection, zone: Zone, records: Sequence[Activity]) -> list[Told]:
    counts = store.head_counts(connection, records)
    return [Told(one, zone, {}, counts.get(one.uid)) for one in records]


def _take_back(unit: Unit, activity: Activity) -> None:
    if count(unit, activity).listed:
        raise UserError("这场活动已经有人签到，没有撤销。", "请先移除签到，或取消这场活动。")
    store.SHELF.remove(unit, activity)


ACTIVITIES_SHEET = SheetSpec(
    kind=KIND.name,
    title="活动台账",
    about="办过和计划办的活动，每行一场：名称、时间、地点、各类人数、内容和成效。",
    columns=_COLUMNS,
    keys=("number",),
    known=known_by(store.SHELF),
    shape=_shape,
    adding=Adding(_ADDING.label, _ADDING.needs, _FORM, _enter),
    changing=Changing(_CHANGES, _save),
    like=likes(store.SHELF, ("day", "name"), _same, "同一天、同名", ("number", "name")),
    told=_told,
    take_back=_take_back,
)
