"""What a row of 来访登记表 means to the counter's form, and past it.

An old ledger knows things that the counter never asks: who received somebody, when it ended. They
go past the form, straight to the registration.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.codec import Plain
from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Values
from desktop_app.core.paper_numbers import is_number_of_others
from desktop_app.core.plain_entry import Lookup, given
from desktop_app.core.rights import Right
from desktop_app.core.text import clean_name
from desktop_app.ledgers.visits import service, store
from desktop_app.ledgers.visits.ledger import VISITS, form_of
from desktop_app.ledgers.visits.record import KIND
from desktop_app.ledgers.visits.rules.entry import VisitForm, checked
from desktop_app.ledgers.visits.rules.registration import FirstClerk
from desktop_app.ledgers.visits.rules.visit import (
    FINAL,
    MOST_REPRESENTATIVES,
    Visit,
    VisitKind,
    VisitState,
)
from desktop_app.ledgers.visits.sheet.columns import NAMELESS
from desktop_app.registers.matters.register import find_matter
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.people import store as people
from desktop_app.registers.places.sheet import (
    ADDRESS,
    ADDRESS_FINDERS,
    spread_address,
)
from desktop_app.registers.residents.register import find_resident
from desktop_app.sheets.columns import (
    differing,
    joined_parts,
    people_of,
)
from desktop_app.sheets.spec import Values as Cells
from desktop_app.storage.session import Desk, Unit

OPEN_FILE = "open_file"
"""Put among a row's values by the importing service where a file is to be opened for the person."""


def shape(cells: Cells) -> dict[str, Plain]:
    values = dict(cells)
    outside = number_outside(cells)
    values.pop("number", None)
    if outside:
        values["external_number"] = outside
    _when(values)
    _who(values)
    _how_it_ended(values)
    return values


def number_outside(cells: Cells) -> str:
    """The number of another platform, or of the old ledger: by it the same row is known when it
    comes again."""
    number = str(cells.get("number", ""))
    return str(cells.get("external_number") or (number if is_number_of_others(number) else ""))


def _when(values: dict[str, Plain]) -> None:
    clock = values.pop("clock", None)
    at = str(values.get("at", ""))
    if at and "T" not in at:
        values["day"] = values.pop("at")
        if clock:
            values["at"] = f"{at}T{clock}"


def _who(values: dict[str, Plain]) -> None:
    joined_parts(values, "agent", {f"agent_{part}": part for part in ("name", "phone", "relation")})
    others = [{"name": name} for name in values.pop("others", ())]
    if "representatives" in values:
        others += people_of(str(values["representatives"]))
    identity = values.pop("id_number", None)
    if values.get("name") in NAMELESS or not (values.get("name") or values.get("kind")):
        values.pop("name", None)
        values["kind"] = VisitKind.ANONYMOUS.value
    elif values.get(OPEN_FILE) and "resident" not in values and (identity or "phone" in values):
        values["new_resident"] = _new_resident(values, identity)
    values.pop(OPEN_FILE, None)
    if others:
        values["representatives"] = others[:MOST_REPRESENTATIVES]
        values["people"] = max(int(values.get("people") or 1), 1 + len(others))
        if left := others[MOST_REPRESENTATIVES:]:
            names = "、".join(one["name"] for one in left)
            values["remark"] = "，".join(filter(None, (f"同来：{names}", values.get("remark"))))


def _new_resident(values: Mapping[str, Plain], identity: Plain) -> dict[str, Plain]:
    """The file that is opened for somebody who came; the address goes with the visit's own."""
    told = {name: values[name] for name in ("name", "gender") if name in values}
    if "phone" in values:
        told["phones"] = [values["phone"]]
    return told | ({"id_number": identity} if identity else {})


def _how_it_ended(values: dict[str, Plain]) -> None:
    """What an old ledger leaves unsaid: a result is an end, and no limit was promised."""
    state = values.get("state")
    if state is None and (values.get("result") or values.get("closed_day")):
        values["state"] = VisitState.CLOSED.value
    elif state is not None and state not in FINAL:
        values["state"] = VisitState.REGISTERED.value
    if values.get("state") == VisitState.CLOSED.value:
        values.setdefault("limit_days", 0)


# --- what the form reads --------------------------------------------------------------------------


def _find_matter_or_words(lookup: Lookup, text: str) -> Matter | str:
    """The matter of the directory that is called so; another name stays as it is written."""
    try:
        return find_matter(lookup, text)
    except UserError:
        return text


def _find_file(lookup: Lookup, text: str) -> Uid:
    """As the ledger finds one; what `joined` found needs no second look."""
    return parse_uid(text) or find_resident(lookup, text)


def _find_clerk(lookup: Lookup, text: str) -> FirstClerk:
    """The operator of that name, or just the name."""
    known = lookup.once(
        "operators", lambda connection: {one.name: one.uid for one in people.everybody(connection)}
    )
    name = clean_name(text, label="首问责任人", field="first_clerk_name")
    return FirstClerk(known.get(name), name)


assert VISITS.adding is not None
assert VISITS.changing is not None
_OLD = ("first_clerk_name", "closed_day")
FORM = replace(
    VISITS.adding.form,
    fields=(*VISITS.adding.form.fields, ADDRESS, *(KIND.field(name) for name in _OLD)),
    finders={
        **VISITS.adding.form.finders,
        **ADDRESS_FINDERS,
        "matter_name": _find_matter_or_words,
        "first_clerk_name": _find_clerk,
        "resident": _find_file,
    },
)
"""A row of 来访登记表: the counter's form, and what only an old ledger knows."""


def _spread(values: Values) -> dict[str, Any]:
    told = spread_address(given(values), "remark", "住址：")
    if isinstance(told.get("matter_name"), Matter):
        told["matter"] = told.pop("matter_name")
    new = told.get("new_resident")
    if new is not None:
        door = {
            name: told[name] for name in ("compound", "building", "unit", "room") if name in told
        }
        told["new_resident"] = {**door, **new}
    return told


def told_of(
    connection: Any, zone: Zone, values: Values, today: date
) -> tuple[VisitForm, FirstClerk | None, date | None]:
    """What was read of a row: the counter's form, who received the visitor, and when it ended."""
    told = _spread(values)
    first, closed = (told.pop(name, None) for name in _OLD)
    form = form_of(connection, zone, told)
    _refuse_wrong_end(closed, form.day, today)
    return form, first, closed


def enter(unit: Unit, desk: Desk, values: Values) -> Sequence[Visit]:
    form, first, closed = told_of(unit.connection, unit.zone, values, desk.today)
    return service.register_in(unit, desk, form, first=first, closed=closed).made


def _refuse_wrong_end(closed: date | None, day: date | None, today: date) -> None:
    if closed is not None and not (day or today) <= closed <= today:
        said = "比今天还晚" if closed > today else "早于来访日期"
        raise UserError(f"办结日期{said}。", "请核对这两个日期。", field="closed_day")


# --- changing -------------------------------------------------------------------------------------

CHANGES = replace(
    VISITS.changing.form,
    fields=(*KIND.fields, ADDRESS),
    finders={**VISITS.changing.form.finders, **ADDRESS_FINDERS},
    not_here={},
)


def save(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Visit:
    """Correct what may be corrected; what follows from the steps is refused when it differs."""
    with desk.reading(needs=Right.READ) as connection:
        visit = store.SHELF.need(connection, uid)
    told = spread_address(given(values), "remark", "住址：")
    at = told.pop("at", None)
    if isinstance(at, datetime) and _minute(at) != _minute(desk.database.zone.local(visit.at)):
        told["at"] = at
    if visit.state not in FINAL and told.get("state") == VisitState.REGISTERED.value:
        told.pop("state")
    if not told.get("limit_days"):
        told.pop("limit_days", None)
    changes = {**differing(visit, {**told, "at": None}), **({"at": at} if "at" in told else {})}
    if not changes:
        return visit
    for name in changes.keys() & {"at", "day", "kind", "state", "closed_day", "first_clerk_name"}:
        label = KIND.field(name).label
        raise UserError(
            f"“{label}”不能从表格里改，没有改动。", "请用相应的办理步骤来改变它。", field=name
        )
    assert VISITS.changing is not None
    return VISITS.changing.save(desk, uid, revision, changes)  # type: ignore[return-value]


def _minute(at: datetime) -> datetime:
    return at.replace(second=0, microsecond=0, tzinfo=None)


def problems(values: Mapping[str, Any], today: date) -> Sequence[UserError]:
    told = _spread(values)
    closed = told.pop("closed_day", None)
    told.pop("first_clerk_name", None)
    told.pop("resident", None)
    try:
        form = form_of(None, Zone(), told)
        checked(form, today)
        _refuse_wrong_end(closed, form.day, today)
    except UserError as problem:
        return getattr(problem, "problems", [problem])
    return ()
