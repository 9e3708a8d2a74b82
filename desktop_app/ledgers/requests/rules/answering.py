"""街道答复 as it comes down in a receipt: to which 吹哨 it belongs, and what it changes. Pure.

Receipts are lost, repeated and brought late, so an answer comes as often as the street likes and
changes a request once. It may also come too late, when the request was closed, merged or escalated
anew: then it only stands in its history. Nothing here refuses: what the street said is kept.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.text import visible
from desktop_app.ledgers.requests.rules.course import due_of
from desktop_app.ledgers.requests.rules.request import (
    LINE_LIMIT,
    RESULT_LIMIT,
    Action,
    Answer,
    Request,
    RequestState,
    Step,
)
from desktop_app.ledgers.requests.rules.steps import RULES, Moment, earliest


@dataclass(frozen=True, kw_only=True)
class SentDown:
    """One answer of the street to one 吹哨 of one request.

    `uid` names the answer, `asked` is the moment of the 吹哨 (`Escalation.at`) that it answers.
    `at` is when it was given by the street's clock, `by` whoever gave it, `office` the street.
    """

    request: Uid
    uid: Uid
    asked: Millis
    at: Millis
    by: str
    office: str
    words: str


def answered_from_above(request: Request, sent: SentDown, moment: Moment) -> Request | None:
    """The request with the answer; None when it has it already, or knows a newer one."""
    raised, known = request.escalated, request.answer
    if raised is None or raised.at != sent.asked:
        return _late(request, sent, moment)
    if known is not None and known.uid is not None and _is_no_news(sent, known):
        return None
    # Without a reason the people were forgotten: nothing of what was said may come back.
    words = _clean(sent.words, RESULT_LIMIT) if raised.reason else ""
    office, by = _clean(sent.office, LINE_LIMIT), _clean(sent.by, LINE_LIMIT)
    day = max(moment.today, earliest(request))
    answer = Answer(sent.at, by, office, words, day, sent.uid)
    if request.state is not RequestState.ESCALATED:
        return _told(altered(request, answer=answer), moment, request.state, answer)
    to = RULES[Action.ANSWERED].to
    assert to is not None, "an answer leads somewhere"
    free = altered(request, answer=answer, state=to, assignee=None, taken_by="", taken_at=None)
    return _told(altered(free, due=due_of(free, moment.calendar)), moment, to, answer)


def _is_no_news(sent: SentDown, known: Answer) -> bool:
    """Both are the street's: which came later is told by its own clock, then by their names."""
    return known.uid == sent.uid or (known.at, known.uid or sent.uid) > (sent.at, sent.uid)


def _late(request: Request, sent: SentDown, moment: Moment) -> Request | None:
    """An answer to an earlier 吹哨, or to one that was taken back: it stands in the history only,
    once, and only while what was asked stands there too."""
    asked = any(
        step.action is Action.ESCALATE and step.at == sent.asked and step.words
        for step in request.steps
    )
    words, office = _clean(sent.words, RESULT_LIMIT), _clean(sent.office, LINE_LIMIT)
    answer = Answer(sent.at, _clean(sent.by, LINE_LIMIT), office, words, moment.today, sent.uid)
    step = _step(moment, request.state, answer)
    has = any(
        (one.action, one.actor, one.words) == (step.action, step.actor, step.words)
        for one in request.steps
    )
    return altered(request, steps=(*request.steps, step)) if asked and not has else None


def _told(request: Request, moment: Moment, to: RequestState, answer: Answer) -> Request:
    return altered(request, steps=(*request.steps, _step(moment, to, answer)))


def _step(moment: Moment, to: RequestState, answer: Answer) -> Step:
    words = "，".join(part for part in (answer.office, answer.words) if part)
    return Step(moment.at, answer.by, Action.ANSWERED, to, words)


def _clean(text: str, limit: int) -> str:
    """Another office's words, which nobody here can be asked about: cleaned, never refused."""
    return visible(text).strip()[:limit]
