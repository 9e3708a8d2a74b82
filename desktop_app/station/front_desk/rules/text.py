"""What stands in the form of the counter while it is being filled in. Pure.

Everything is kept as it was typed, so that a half-filled form survives Esc, parking and a power cut
word for word. What it means is for `meaning`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from enum import Enum, StrEnum
from typing import Any

from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender, IdKind
from desktop_app.ledgers.visits.rules.visit import VisitSource

MOST_PARKED = 6
"""Half-filled forms that may wait beside the one in hand; more could not be told apart."""


class Came(StrEnum):
    """What the form says of who came."""

    NOT_SAID = ""
    KNOWN = "known"
    NEW = "new"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, kw_only=True)
class MatterText:
    """One matter of the form as typed; uids and choices as text, empty when nothing was chosen."""

    matter: str = ""
    summary: str = ""
    handling: str = ""
    handed_to: str = ""
    limit_days: str = ""
    report_to: str = ""
    report_phone: str = ""

    @property
    def is_empty(self) -> bool:
        return self == MatterText()


@dataclass(frozen=True, kw_only=True)
class FormText:
    """The whole form as typed. `earlier` are the matters already added beside `now`.

    `label` names a parked form on its chip; `number`, `birth` and `note` came from a card reader.
    """

    came: str = Came.NOT_SAID
    resident: str = ""
    name: str = ""
    gender: str = ""
    phone: str = ""
    compound: str = ""
    door: str = ""
    id_kind: str = ""
    id_number: str = ""
    birth: str = ""
    note: str = ""
    group: bool = False
    people: str = "1"
    speakers: str = ""
    earlier: tuple[MatterText, ...] = ()
    now: MatterText = field(default=MatterText())
    source: str = VisitSource.WALK_IN.value
    agent_name: str = ""
    agent_phone: str = ""
    agent_relation: str = ""
    day: str = ""
    time: str = ""
    remark: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing would be lost by clearing the form."""
        return self == FormText()

    @property
    def matters(self) -> tuple[MatterText, ...]:
        """Every matter that says anything; the one in hand counts when there is no other."""
        if self.now.is_empty and self.earlier:
            return self.earlier
        return (*self.earlier, self.now)


@dataclass(frozen=True, kw_only=True)
class Drafts:
    """What is kept of a desk between two starts: the form in hand and the parked ones."""

    now: FormText = field(default=FormText())
    parked: tuple[FormText, ...] = ()

    @property
    def is_empty(self) -> bool:
        return self.now.is_empty and not self.parked


def to_plain(drafts: Drafts) -> dict[str, Any]:
    """As it is stored: only texts, flags and lists."""
    return asdict(drafts)


def from_plain(content: Mapping[str, Any]) -> Drafts:
    """What an earlier start stored; what a newer or older program wrote otherwise is left out."""
    parked = content.get("parked")
    return Drafts(
        now=_form(content.get("now")),
        parked=tuple(_form(one) for one in parked) if isinstance(parked, list | tuple) else (),
    )


def _form(found: object) -> FormText:
    if not isinstance(found, Mapping):
        return FormText()
    kept = _plain_values(FormText, found)
    for name, known in _CHOICES.items():
        if kept.get(name, "") not in {str(one.value) for one in known}:
            kept.pop(name, None)
    earlier = found.get("earlier")
    many = earlier if isinstance(earlier, list | tuple) else ()
    return replace(
        FormText(**kept),
        earlier=tuple(_matter_text(one) for one in many),
        now=_matter_text(found.get("now")),
    )


def _matter_text(found: object) -> MatterText:
    kept = _plain_values(MatterText, found)
    if kept.get("handling", "") not in {one.value for one in Handling}:
        kept.pop("handling", None)
    return MatterText(**kept)


_CHOICES: Mapping[str, type[Enum]] = {
    "came": Came,
    "gender": Gender,
    "id_kind": IdKind,
    "source": VisitSource,
}


def _plain_values(shape: type[FormText] | type[MatterText], found: object) -> dict[str, Any]:
    if not isinstance(found, Mapping):
        return {}
    default = shape()
    return {
        one.name: found[one.name]
        for one in fields(shape)
        if isinstance(getattr(default, one.name), str | bool)
        and type(found.get(one.name)) in (str, bool)
        and isinstance(found[one.name], bool) == isinstance(getattr(default, one.name), bool)
    }
