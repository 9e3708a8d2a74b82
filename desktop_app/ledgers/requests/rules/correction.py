"""Which fields of a request may be corrected afterwards, and what that must not break. Pure.

A correction goes through the same checks as the form and is itself a step.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from desktop_app.core.errors import UserError
from desktop_app.core.text import clean_line
from desktop_app.ledgers.requests.rules.course import due_of
from desktop_app.ledgers.requests.rules.entry import RequestForm, checked
from desktop_app.ledgers.requests.rules.request import (
    LINE_LIMIT,
    Action,
    Request,
    RequestState,
    Step,
)
from desktop_app.ledgers.requests.rules.steps import Moment

CORRECTABLE = frozenset(
    {
        "kind", "source", "platform", "external_number", "visit", "activity", "resolution",
        "resident", "name", "phone", "compound", "building", "unit", "room", "consented",
        "category", "title", "summary", "urgency", "limit_days", "result", "remark",
    }
)  # fmt: skip
"""Dates, state and numbers are not: they follow from what was done and when."""


def corrected(
    request: Request,
    changes: Mapping[str, Any],
    moment: Moment,
    labels: Mapping[str, str],
    reason: str = "",
) -> Request:
    """The request with other values in some of its fields, and a step that names them by `labels`.

    `reason` says in the step why; it may be empty. Raises `UserError` for a field that may not be
    corrected, `InvalidInput` for wrong values.
    """
    _refuse_what_is_fixed(request, changes, labels)
    wanted = replace(request, **changes)
    form = checked(
        RequestForm(day=request.day, **{name: getattr(wanted, name) for name in CORRECTABLE}),
        moment.today,
    )
    values = {name: getattr(form, name) for name in CORRECTABLE}
    tidy = replace(request, **{**values, "limit_days": form.limit_days or None})
    words = altered_labels(request, tidy, labels)
    if not words:
        raise UserError("没有改动任何一项。", "请先修改再保存。")
    why = clean_line(reason, limit=LINE_LIMIT, label="更正原因", field="reason") if reason else ""
    words = f"{words}（{why}）" if why else words
    step = Step(moment.at, moment.actor, Action.CORRECT, request.state, words)
    tidy = replace(tidy, steps=(*request.steps, step))
    if tidy.limit_days != request.limit_days and tidy.done_on is not None:
        # Another limit is counted for what is done, too: it was written down wrongly then.
        due = due_of(replace(tidy, done_on=None, state=RequestState.DOING), moment.calendar)
        return replace(tidy, due=due)
    return replace(tidy, due=due_of(tidy, moment.calendar))


def altered_labels(before: Request, after: Request, labels: Mapping[str, str]) -> str:
    """The labels of what a correction changed, in their own order; never what it said."""
    return "、".join(
        label
        for name, label in labels.items()
        if name in CORRECTABLE and getattr(before, name) != getattr(after, name)
    )


def _refuse_what_is_fixed(
    request: Request, changes: Mapping[str, Any], labels: Mapping[str, str]
) -> None:
    if request.petition or request.state is RequestState.MERGED:
        raise UserError(
            "这条记录只计件数或已并入另一条，不能更正，没有改动。", "请更正并入的那一条。"
        )
    for name in changes:
        if name not in CORRECTABLE:
            label = labels.get(name, name)
            raise UserError(
                f"“{label}”不能直接更正，没有改动。", "请用相应的办理步骤来改变它。", field=name
            )
