"""The form of a new request being filled in: what it keeps, and how it is saved.

A form is known by what it came of (`NEW`, or the uid of a visit), so that the request of one visit
left half-filled is not offered for another.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import InvalidInput
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.rules.entry import RequestForm, checked
from desktop_app.ledgers.requests.rules.form_text import (
    RequestText,
    from_plain,
    meaning,
    to_plain,
)
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.service.registering import register
from desktop_app.storage.drafts import drop_draft, drop_in, keep_in, load_draft, save_draft
from desktop_app.storage.session import Desk, Unit

DRAFT = "request"
NEW = "new"
MOST_KEPT = 8


def save(desk: Desk, text: RequestText) -> Changed[Request]:
    """Register what the form says; the half-filled form goes in the same unit of work.

    Raises `InvalidInput` with every problem.
    """
    return register(desk, understood(desk, text), beside=leaving(desk, NEW))


def understood(desk: Desk, text: RequestText) -> RequestForm:
    """What the form means; everything that is wrong with it is told at once."""
    found = meaning(text, desk.today)
    if not found.problems:
        return found.form
    problems = list(found.problems)
    told = {one.field for one in problems}
    try:
        checked(found.form, desk.today)
    except InvalidInput as refused:
        # A field that means nothing is missing as well; once is enough.
        problems += [one for one in refused.problems if one.field not in told]
    raise InvalidInput(problems)


def left_over(desk: Desk, place: str) -> RequestText | None:
    """The form as this operator left it, or None."""
    found = _forms(desk).get(place)
    return from_plain(found) if isinstance(found, Mapping) else None


def keep(desk: Desk, place: str, text: RequestText | None) -> None:
    """Remember the form as typed so far; None forgets it."""
    if desk.actor.uid is None:
        return
    desk.actor.require(Right.REGISTER)
    forms = _forms(desk)
    had = forms.pop(place, None)
    if text is not None:
        forms[place] = to_plain(text)
    elif had is None:
        return
    if forms:
        kept = dict(list(forms.items())[-MOST_KEPT:])
        save_draft(desk.database, desk.actor.uid, DRAFT, {"forms": kept})
    else:
        drop_draft(desk.database, desk.actor.uid, DRAFT)


def leaving(desk: Desk, place: str) -> Callable[[Unit], None]:
    """What makes a half-filled form go in the unit of work that saves what it says: a power cut in
    between would bring it back."""
    forms = _forms(desk)
    forms.pop(place, None)
    return partial(_leave, forms)


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
    desk.actor.require(Right.REGISTER)
    found = (load_draft(desk.database, desk.actor.uid, DRAFT) or {}).get("forms")
    return dict(found) if isinstance(found, Mapping) else {}
