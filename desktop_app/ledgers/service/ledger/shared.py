"""What the two ledgers of the command line have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.clock import Millis, Zone, millis
from desktop_app.core.errors import UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ids import Uid, parse_uid
from desktop_app.core.ledger_spec import Deed, Row, Values, plain_value
from desktop_app.core.masked_values import masked
from desktop_app.core.masking import mask_name
from desktop_app.core.plain_entry import Finder, Form, Lookup
from desktop_app.core.record import RecordKind
from desktop_app.ledgers.service import store
from desktop_app.registers.volunteers.register import find_team
from desktop_app.registers.volunteers.rules.listing import VolunteerName
from desktop_app.storage.session import Desk

Do = Callable[[Desk, Uid, int, Values], Changed[Any]]

WORDS = Field("words", "原因", required=True)
WHO = (Field("volunteer_number", "志愿者编号"), Field("volunteer_name", "志愿者姓名"))
"""Beside the uid of a volunteer, whom it means; the name is masked."""


def find_uid(_lookup: Lookup, text: str) -> Uid:
    """A record of another ledger, which this one does not know: by its uid. Who joins the ledgers
    finds it by its number, too (`catalog.JOINED`)."""
    uid = parse_uid(text)
    if uid is None:
        raise UserError("这里要写 uid。", "可用 jinlin list 查到。")
    return uid


LINKED: Mapping[str, Finder] = {"team": find_team, **dict.fromkeys(store.LINKS, find_uid)}


def at(moment: datetime, zone: Zone) -> Millis:
    """A point in time as somebody wrote it; without a zone by the station's clock."""
    if moment.tzinfo is not None:
        return millis(moment)
    return zone.at(moment.date(), moment.hour, moment.minute, moment.second)


def deed(
    name: str,
    label: str,
    get: Callable[[Desk, Uid], Any],
    do: Do,
    fields: tuple[Field, ...] = (),
) -> Deed:
    """One step; without a revision it is taken on the record as it stands."""
    required = frozenset(field.name for field in fields if field.required)

    def act(desk: Desk, uid: Uid, revision: int | None, values: Values) -> Any:
        return do(desk, uid, revision or get(desk, uid).revision, values).value

    return Deed(name, label, Form(fields, required=required), act)


def columns(kind: RecordKind[Any], shown: Sequence[str]) -> tuple[Field, ...]:
    """The columns of a list: these fields, who it is, uid and revision."""
    return (
        *(kind.field(name) for name in shown),
        *WHO,
        Field("uid", "uid"),
        Field("revision", "版本", FieldKind.NUMBER),
    )


def row_of(
    kind: RecordKind[Any],
    shown: Sequence[str],
    line: Any,
    zone: Zone,
    names: Mapping[Uid, VolunteerName],
) -> Row:
    """One line of a list as the command line shows it."""
    values = {}
    for name in shown:
        field = kind.field(name)
        values[name] = masked(field, plain_value(field, getattr(line, name), zone))
    told = who(names.get(line.volunteer))
    return {**values, **told, "uid": line.uid.hex, "revision": line.revision}


def who(name: VolunteerName | None) -> dict[str, str]:
    """Whom a volunteer's uid means, with the name masked."""
    if name is None:
        return {"volunteer_number": "", "volunteer_name": ""}
    return {"volunteer_number": name.number, "volunteer_name": mask_name(name.name)}
