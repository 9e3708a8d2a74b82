"""A resident's file being entered or changed: what its form offers, keeps, warns of and saves.

Nothing of the screen is here. What is typed is in `entry_text`, what is in order in `rules`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import InvalidInput
from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import name_keys
from desktop_app.core.rights import Right
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import service
from desktop_app.registers.residents.entry_text import (
    ResidentText,
    from_plain,
    meaning,
    to_plain,
)
from desktop_app.registers.residents.rules import Resident, with_draft
from desktop_app.registers.residents.search import find
from desktop_app.registers.residents.service import Duplicate
from desktop_app.registers.residents.tidying import validate
from desktop_app.storage.drafts import drop_draft, load_draft, save_draft
from desktop_app.storage.session import Desk

DRAFT = "resident"
NEW = "new"
"""The place of a new file among the half-filled forms; the others are by uid."""

MOST_KEPT = 8
SIMILAR_SHOWN = 3


@dataclass(frozen=True, slots=True)
class PlaceChoice:
    """A 小区 or 党支部 to choose; `found_by` are its pinyin, initials and what it lies in."""

    uid: Uid
    name: str
    found_by: str


@dataclass(frozen=True, slots=True)
class PlaceChoices:
    """What a form and a list of residents offer to choose from."""

    compounds: tuple[PlaceChoice, ...] = ()
    branches: tuple[PlaceChoice, ...] = ()


@dataclass(frozen=True, slots=True)
class HalfFilled:
    """A form that was left: as typed, and the revision of the file it was begun with (0: new)."""

    text: ResidentText
    revision: int


def place_choices(desk: Desk) -> PlaceChoices:
    """The 小区 and 党支部 of today. The first call loads the readings of characters (0.3 s)."""
    today = desk.today
    known = places.directory(desk)
    compounds = tuple(
        _choice(one.uid, one.name, (*one.above, one.name)) for one in places.compounds(desk)
    )
    branches = [
        _choice(place.uid, place.name_on(today), known.names_on(place.uid, today))
        for place in known
        if place.kind is PlaceKind.BRANCH and place.exists_on(today)
    ]
    branches.sort(key=lambda choice: choice.name)
    return PlaceChoices(compounds, tuple(branches))


def _choice(uid: Uid, name: str, names: Iterable[str]) -> PlaceChoice:
    return PlaceChoice(uid, name, " ".join([*names, *sorted(name_keys(name))]))


def save(desk: Desk, base: Resident | None, text: ResidentText) -> Changed[Resident]:
    """Keep what the form says: a new file, or a change of `base`; the half-filled form is gone.

    Raises `InvalidInput` with every problem, `Conflict` when somebody saved meanwhile.
    """
    draft, problems = meaning(text, desk.today)
    if problems:
        raise InvalidInput([*problems, *validate(draft, desk.today)])
    if base is None:
        saved = service.add(desk, draft)
    else:
        saved = service.change(desk, with_draft(base, draft))
    keep(desk, base, None)
    return saved


def similar(desk: Desk, base: Resident | None, text: ResidentText) -> tuple[Duplicate, ...]:
    """Files that may already be this person's, the surest first, then people of the same name."""
    draft, _problems = meaning(text, desk.today)
    sure = service.possible_duplicates(desk, draft if base is None else with_draft(base, draft))
    name = draft.name.strip()
    there = {one.line.uid for one in sure} | ({base.uid} if base else set())
    namesakes = [
        Duplicate(line, ("同名",))
        for line in (find(desk, name).people if name else ())
        if line.name == name and line.uid not in there
    ]
    return (*sure, *namesakes)[:SIMILAR_SHOWN]


def left_over(desk: Desk, base: Resident | None) -> HalfFilled | None:
    """The form as this operator left it, or None."""
    found = _forms(desk).get(_place(base))
    if not isinstance(found, Mapping) or not isinstance(found.get("text"), Mapping):
        return None
    revision = found.get("revision")
    text = from_plain(found["text"])
    return HalfFilled(text, revision if isinstance(revision, int) else 0)


def keep(desk: Desk, base: Resident | None, text: ResidentText | None) -> None:
    """Remember the form as typed so far; None forgets it."""
    if desk.actor.uid is None:
        return
    desk.actor.require(Right.REGISTER)
    forms = _forms(desk)
    had = forms.pop(_place(base), None)
    if text is not None:
        revision = 0 if base is None else base.revision
        forms[_place(base)] = {"revision": revision, "text": to_plain(text)}
    elif had is None:
        return
    if not forms:
        drop_draft(desk.database, desk.actor.uid, DRAFT)
        return
    kept = dict(list(forms.items())[-MOST_KEPT:])
    save_draft(desk.database, desk.actor.uid, DRAFT, {"forms": kept})


def _forms(desk: Desk) -> dict[str, Any]:
    if desk.actor.uid is None:
        return {}
    desk.actor.require(Right.REGISTER)
    found = (load_draft(desk.database, desk.actor.uid, DRAFT) or {}).get("forms")
    return dict(found) if isinstance(found, Mapping) else {}


def _place(base: Resident | None) -> str:
    return NEW if base is None else base.uid.hex
