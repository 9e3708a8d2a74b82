"""What a record of each kind tells in a story. Pure; nothing here names a resident."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.clock import Millis, Zone
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo, of_step
from desktop_app.ledgers.activities.rules.activity import Activity, kind_label
from desktop_app.ledgers.requests.rules.request import Action, Request, action_words
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem, ProblemAction
from desktop_app.ledgers.visits.rules.visit import Visit

KINDS = ("visits", "requests", "problems", "offers", "duties", "activities")
"""The kinds a story is told of, in the order in which one leads to the next."""

LABELS: Mapping[str, str] = {
    "visits": "来访",
    "requests": "诉求",
    "problems": "问题",
    "offers": "资源",
    "duties": "责任",
    "activities": "活动",
}


@dataclass(frozen=True, slots=True)
class Chapter:
    """One thing that happened, on its business date.

    `kind` and `uid` are the record it belongs to, `number` that record's. `done` says what was
    done, `words` what it was about. `photos` are those of the step, or of a later one that
    is not told; all the evidence stands where it was closed. `at` orders what happened on one day,
    `after` what happened at one moment: what a duty brings about stands behind it.
    """

    day: date
    at: Millis
    kind: str
    uid: Uid
    number: str
    done: str
    words: str = ""
    photos: tuple[Photo, ...] = ()
    after: int = 0

    @property
    def label(self) -> str:
        return LABELS[self.kind]


def of_visit(visit: Visit) -> Iterator[Chapter]:
    """When somebody came, and about what; what was said stays with the visit."""
    matter = visit.matter_name or visit.category
    yield Chapter(visit.day, visit.at, "visits", visit.uid, visit.number, "来访登记", matter)


_OF_REQUEST = frozenset(
    {
        Action.ACCEPT,
        Action.DISPATCH,
        Action.TAKE,
        Action.LIST,
        Action.UNLIST,
        Action.ESCALATE,
        Action.ANSWERED,
        Action.DONE,
        Action.REDO,
        Action.CLOSE,
        Action.NOT_OURS,
        Action.FORWARD,
        Action.WITHDRAW,
        Action.MERGE,
        Action.REOPEN,
    }
)


def of_request(request: Request, zone: Zone) -> Iterator[Chapter]:
    """Its registration and the steps that led on; what a resident said is not told again."""
    uid, number, kind = request.uid, request.number, request.kind
    told = [n for n, step in enumerate(request.steps, start=1) if step.action in _OF_REQUEST]
    shown = _shared_out(request.photos, told)
    done = f"{kind.label}登记"
    yield Chapter(request.day, request.at, "requests", uid, number, done, request.title, shown[0])
    for place in told:
        step = request.steps[place - 1]
        said = action_words(step.action, kind)
        after = 2 if step.action in (Action.DONE, Action.REDO) else 0
        day, photos = zone.day(step.at), shown[place]
        yield Chapter(day, step.at, "requests", uid, number, said, photos=photos, after=after)


def _shared_out(photos: Sequence[Photo], told: Sequence[int]) -> dict[int, tuple[Photo, ...]]:
    """The photos by the step they are shown at: their own, else the last one told before it; at 0
    those of the record as a whole and of what came before any."""
    found: dict[int, tuple[Photo, ...]] = dict.fromkeys((0, *told), ())
    for photo in photos:
        place = max((one for one in found if one <= (photo.step or 0)), default=0)
        found[place] += (photo,)
    return found


_OF_PROBLEM = frozenset(
    {
        ProblemAction.LIST,
        ProblemAction.CLAIM,
        ProblemAction.FREE,
        ProblemAction.CLOSE,
        ProblemAction.MERGE,
        ProblemAction.WITHDRAW,
        ProblemAction.REOPEN,
    }
)


_FOLLOWS_DUTIES = frozenset({ProblemAction.CLAIM, ProblemAction.FREE, ProblemAction.CLOSE})


def of_problem(problem: Problem, zone: Zone) -> Iterator[Chapter]:
    """From its raising to its closing, of every turn."""
    uid, number = problem.uid, problem.number
    first = problem.steps[0].at if problem.steps else problem.created_at
    told = [n for n, step in enumerate(problem.steps, start=1) if step.action in _OF_PROBLEM]
    shown = _shared_out(problem.photos, told)
    yield Chapter(
        problem.raised_on,
        first,
        "problems",
        uid,
        number,
        ProblemAction.RAISE.label,
        problem.description,
        shown[0],
    )
    for place in told:
        step = problem.steps[place - 1]
        day, done, photos = zone.day(step.at), step.action.label, shown[place]
        after = int(step.action in _FOLLOWS_DUTIES)
        yield Chapter(day, step.at, "problems", uid, number, done, step.words, photos, after)


def of_offer(offer: Offer) -> Iterator[Chapter]:
    """What a unit can give."""
    at = offer.steps[0].at if offer.steps else offer.created_at
    words = f"{offer.partner_name}：{offer.resource}" if offer.partner_name else offer.resource
    yield Chapter(offer.offered_on, at, "offers", offer.uid, offer.number, "登记资源", words)


_OF_DUTY = frozenset(
    {
        DutyAction.PROPOSE,
        DutyAction.ACCEPT,
        DutyAction.DECLINE,
        DutyAction.EXTEND,
        DutyAction.ESCALATE,
        DutyAction.SUBMIT,
        DutyAction.REVIEW_BACK,
        DutyAction.CANCEL,
        DutyAction.REOPEN,
        DutyAction.ASK_OPINION,
    }
)


def of_duty(duty: Duty, zone: Zone) -> Iterator[Chapter]:
    """From the match to the closing, with its entries of progress; the photos close it."""
    uid, number = duty.uid, duty.number

    def chapter(
        day: date, at: Millis, done: str, words: str, photos: tuple[Photo, ...] = ()
    ) -> Chapter:
        return Chapter(day, at, "duties", uid, number, done, words, photos)

    noted = {}
    for place, step in enumerate(duty.steps, start=1):
        day, own = zone.day(step.at), of_step(duty.evidence, place)
        if step.action is DutyAction.REVIEW_OK:
            # Of an earlier closing the photos stand at the last one.
            last = duty.closed_on is not None and step == _last_review(duty)
            words, photos = (duty.result, duty.evidence) if last else ("", ())
            yield chapter(day, step.at, step.action.label, words, photos)
        elif step.action is DutyAction.PROGRESS:
            noted[step.at] = own
        elif step.action in _OF_DUTY:
            yield chapter(day, step.at, step.action.label, _said(duty, step.action), own)
    for entry in duty.progress:
        yield chapter(entry.day, entry.at, "进展", entry.words, noted.get(entry.at, ()))


def _last_review(duty: Duty) -> object:
    return next(step for step in reversed(duty.steps) if step.action is DutyAction.REVIEW_OK)


def _said(duty: Duty, action: DutyAction) -> str:
    if action is DutyAction.PROPOSE:
        return f"{duty.unit}：{duty.measures}"
    if action is DutyAction.ACCEPT:
        return f"{duty.unit} {duty.person}"
    if action is DutyAction.ASK_OPINION and duty.opinion is not None:
        return duty.opinion.level.label
    return ""


def of_activity(activity: Activity) -> Iterator[Chapter]:
    """When it was held; its own photos are on its page."""
    label = kind_label(activity.kind)
    words = activity.name if label in activity.name else f"{label}：{activity.name}"
    number, done = activity.number, "议定" if activity.meeting else "开展活动"
    yield Chapter(activity.day, activity.starts_at, "activities", activity.uid, number, done, words)
