"""Which fields of a visit may be corrected afterwards, and what a correction must not break. Pure.

A correction goes through the same checks as the form at the counter and is itself a step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.text import clean_line
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm, checked
from desktop_app.ledgers.visits.rules.steps import Moment, due_of
from desktop_app.ledgers.visits.rules.visit import (
    LINE_LIMIT,
    Action,
    Step,
    Visit,
    VisitKind,
    VisitState,
)

_OF_PERSON = frozenset(
    {
        "source", "resident", "name", "gender", "birth_year", "people", "phone", "compound",
        "building", "unit", "room", "person_kind", "agent", "representatives", "remark",
    }
)  # fmt: skip
_OF_MATTER = frozenset(
    {
        "category", "matter_name", "summary", "handling", "limit_days", "notice_given", "result",
        "handed_to", "external_number",
    }
)  # fmt: skip

CORRECTABLE = _OF_PERSON | _OF_MATTER
"""Dates, state and numbers are not: they follow from what was done and when."""


def corrected(
    visit: Visit,
    changes: Mapping[str, Any],
    moment: Moment,
    labels: Mapping[str, str],
    reason: str = "",
) -> Visit:
    """The visit with other values in some of its fields, and a step that names them by `labels`.

    `reason` says in the step why; it may be empty. Raises `UserError` for a field that may not be
    corrected, `InvalidInput` for wrong values.
    """
    _refuse_what_is_fixed(visit, changes, labels)
    wanted = replace(visit, **changes)
    form = checked(_form_of(wanted), moment.today)
    (entry,) = form.matters
    tidy = replace(
        wanted,
        **{name: getattr(form, name) for name in _OF_PERSON},
        **{name: getattr(entry, name) for name in _OF_MATTER - {"limit_days", "handling"}},
        limit_days=wanted.limit_days or None,
    )
    words = altered(visit, tidy, labels)
    if not words:
        raise UserError("没有改动任何一项。", "请先修改再保存。")
    why = clean_line(reason, limit=LINE_LIMIT, label="更正原因", field="reason") if reason else ""
    words = f"{words}（{why}）" if why else words
    step = Step(moment.at, moment.actor, Action.CORRECT, visit.state, words)
    tidy = replace(tidy, steps=(*visit.steps, step))
    return replace(tidy, due=due_of(tidy, moment.calendar))


def altered(before: Visit, after: Visit, labels: Mapping[str, str]) -> str:
    """The labels of what a correction changed, in their own order; never what it said."""
    return "、".join(
        label
        for name, label in labels.items()
        if name in CORRECTABLE and getattr(before, name) != getattr(after, name)
    )


def _refuse_what_is_fixed(
    visit: Visit, changes: Mapping[str, Any], labels: Mapping[str, str]
) -> None:
    if visit.petition or visit.kind is VisitKind.COUNTED or visit.state is VisitState.MERGED:
        raise UserError(
            "这条记录只计件数或已并入另一条，不能更正，没有改动。", "请更正并入的那一条。"
        )
    for name in changes:
        if name not in CORRECTABLE:
            label = labels.get(name, name)
            raise UserError(
                f"“{label}”不能直接更正，没有改动。", "请用相应的办理步骤来改变它。", field=name
            )


def _form_of(visit: Visit) -> VisitForm:
    entry = MatterEntry(
        **{name: getattr(visit, name) for name in _OF_MATTER},
    )
    return VisitForm(
        kind=visit.kind,
        day=visit.day,
        matters=(entry,),
        **{name: getattr(visit, name) for name in _OF_PERSON},
    )
