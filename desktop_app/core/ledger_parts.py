"""What the ledgers of the command line have in common: fields that no file may give, records with
steps as `show` prints them, steps as they are written. Pure; what a ledger is stands in
`ledger_spec`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from desktop_app.core.clock import Zone
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.ledger_spec import plain_record, plain_value
from desktop_app.core.record import Record, RecordKind
from desktop_app.core.wording import list_moment

_AT = Field("", "", FieldKind.MOMENT)


def by_the_program(kind: RecordKind[Any], entered: Iterable[str]) -> dict[str, str]:
    """The sentence for each field, by name and label, that a file may not give."""
    written = set(entered)
    return {
        word: f"“{field.label}”由程序填写，或由办理步骤改变，不能写进文件。"
        for field in kind.fields
        if field.name not in written
        for word in (field.name, field.label)
    }


def record_of(
    kind: RecordKind[Any], record: Record, zone: Zone, timed: Sequence[str] = ("steps",)
) -> tuple[dict[str, Any], tuple[str, ...]]:
    """A record as `show` prints it, and which fields are masked; `timed` are lists whose entries
    hold a point in time, told by the station's clock."""
    plain: dict[str, Any]
    plain, hidden = plain_record(kind, record, zone)
    for name in timed:
        for part in plain[name]:
            part["at"] = plain_value(_AT, part["at"], zone)
    return plain, hidden


def course(steps: Sequence[Any], zone: Zone) -> str:
    """The steps of a record in one line, without what was said with them."""
    return "；".join(
        f"{list_moment(step.at, zone)} {step.actor} {step.action.label} → {step.to.label}"
        for step in steps
    )


def name_of(action: Any) -> str:
    """An action as the command line writes it."""
    return str(action.value).replace("_", "-")
