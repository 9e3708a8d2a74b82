"""The form of a plan being filled in: what it offers, what it keeps, and how it is saved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.pinyin import name_keys
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import store
from desktop_app.ledgers.activities.rules.activity import Activity, ActivityKind
from desktop_app.ledgers.activities.rules.entry import ActivityForm, checked, form_of
from desktop_app.ledgers.activities.rules.plan_text import (
    PlanText,
    Series,
    from_plain,
    meaning,
    series_of,
    text_of,
    to_plain,
)
from desktop_app.ledgers.activities.service.planning import Made, change, plan, plan_series
from desktop_app.storage.drafts import drop_draft, drop_in, keep_in, load_draft, save_draft
from desktop_app.storage.session import Desk, Unit

DRAFT = "activity"
NEW = "new"
"""The place of a new activity among the half-filled forms; the others are by uid."""

MOST_KEPT = 8
MOST_USUAL = 40


@dataclass(frozen=True, slots=True)
class Usual:
    """A word that was written before; `found_by` are its pinyin and initials."""

    word: str
    found_by: str


@dataclass(frozen=True, slots=True)
class UsualWords:
    """What the form offers to choose from while one types, by field of the plan."""

    kinds: tuple[Usual, ...] = ()
    words: Mapping[str, tuple[Usual, ...]] | None = None

    def of(self, field: str) -> tuple[Usual, ...]:
        """The words for one field."""
        return self.kinds if field == "own_kind" else (self.words or {}).get(field, ())


@dataclass(frozen=True, slots=True)
class Base:
    """The activity that a form changes, as it was when the form was opened."""

    uid: Uid
    revision: int
    number: str
    text: PlanText


@dataclass(frozen=True, slots=True)
class HalfFilled:
    """A form that was left: as typed, and the revision it was begun with (0: a new activity)."""

    text: PlanText
    revision: int


def usual_words(desk: Desk) -> UsualWords:
    """What was written lately, the most usual first."""
    usual = {kind.value for kind in ActivityKind}
    with desk.reading(needs=Right.READ) as connection:
        kinds = [kind for kind in store.kinds_in_use(connection) if kind not in usual]
        words = store.usual_words(connection, MOST_USUAL)
    return UsualWords(
        _usual(kinds), {field: _usual(found) for field, found in words.items() if found}
    )


def _usual(words: list[str]) -> tuple[Usual, ...]:
    return tuple(Usual(word, " ".join(sorted(name_keys(word)))) for word in words)


def for_change(desk: Desk, uid: Uid) -> Base:
    """An activity for its form; `UserError` when there is none."""
    with desk.reading(needs=Right.HANDLE) as connection:
        activity = store.SHELF.need(connection, uid)
    form = form_of(activity, desk.database.zone)
    return Base(uid, activity.revision, activity.number, text_of(form))


def save(desk: Desk, base: Base | None, text: PlanText) -> Changed[Made]:
    """Keep what the form says: a new activity, a series of them, or the change of one.

    The half-filled form goes in the same unit of work: a power cut in between would bring it back.
    Raises `InvalidInput` with every problem.
    """
    form, series = _checked(desk, base, text)
    forms = _forms(desk)
    forms.pop(_place(base), None)
    beside = partial(_leave, forms)
    if base is not None:
        saved = change(desk, base.uid, base.revision, form, beside=beside)
    elif series is None:
        saved = plan(desk, form, beside=beside)
    else:
        return plan_series(
            desk,
            form,
            series.more,
            every=series.every,
            step=series.step,
            workdays=series.workdays,
            beside=beside,
        )
    made: tuple[Activity, ...] = (saved.value,)
    return Changed(saved.kinds, saved.uids, made, saved.undo)


def left_over(desk: Desk, base: Base | None) -> HalfFilled | None:
    """The form as this operator left it, or None."""
    found = _forms(desk).get(_place(base))
    if not isinstance(found, Mapping) or not isinstance(found.get("text"), Mapping):
        return None
    revision = found.get("revision")
    return HalfFilled(from_plain(found["text"]), revision if isinstance(revision, int) else 0)


def keep(desk: Desk, base: Base | None, text: PlanText | None) -> None:
    """Remember the form as typed so far; None forgets it."""
    if desk.actor.uid is None:
        return
    desk.actor.require(Right.HANDLE)
    forms = _forms(desk)
    had = forms.pop(_place(base), None)
    if text is not None:
        revision = 0 if base is None else base.revision
        forms[_place(base)] = {"revision": revision, "text": to_plain(text)}
    elif had is None:
        return
    if forms:
        kept = dict(list(forms.items())[-MOST_KEPT:])
        save_draft(desk.database, desk.actor.uid, DRAFT, {"forms": kept})
    else:
        drop_draft(desk.database, desk.actor.uid, DRAFT)


def _checked(desk: Desk, base: Base | None, text: PlanText) -> tuple[ActivityForm, Series | None]:
    """What the form means; everything that is wrong with it is told at once."""
    form, problems = meaning(text, desk.today)
    series, wrong = series_of(text) if base is None else (None, [])
    if not problems and not wrong:
        return form, series
    told = {one.field for one in problems}
    try:
        checked(form, desk.today)
    except InvalidInput as refused:
        # A field that means nothing is missing as well; once is enough.
        problems += [one for one in refused.problems if one.field not in told]
    found: list[UserError] = [*problems, *wrong]
    raise InvalidInput(found)


def _leave(forms: Mapping[str, Any], unit: Unit) -> None:
    owner = unit.actor.uid
    if owner is None:
        return
    if forms:
        keep_in(unit.connection, owner, DRAFT, {"forms": dict(forms)}, unit.now)
    else:
        drop_in(unit.connection, owner, DRAFT)


def _forms(desk: Desk) -> dict[str, Any]:
    if desk.actor.uid is None:
        return {}
    desk.actor.require(Right.HANDLE)
    found = (load_draft(desk.database, desk.actor.uid, DRAFT) or {}).get("forms")
    return dict(found) if isinstance(found, Mapping) else {}


def _place(base: Base | None) -> str:
    return NEW if base is None else base.uid.hex
