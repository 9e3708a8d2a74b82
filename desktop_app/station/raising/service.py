"""A visit that cannot be settled at the counter becomes a request, and each shows the other.

Ledgers do not know each other; what is written into two of them at once is written here, in one
unit of work. Without Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from desktop_app.core.changes import Changed, Undo
from desktop_app.core.door_text import building_words
from desktop_app.core.errors import Conflict, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.links import Linked
from desktop_app.core.origin import Source
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.record import KIND as ACTIVITIES
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.record import KIND as REQUESTS
from desktop_app.ledgers.requests.rules.entry import RequestForm
from desktop_app.ledgers.requests.rules.form_text import RequestText
from desktop_app.ledgers.requests.rules.request import TITLE_LIMIT, Request
from desktop_app.ledgers.requests.service import drafting
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.three_lists.record import DUTIES, PROBLEMS
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.listing import ProblemFilter, ProblemLine
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, Visit, VisitKind
from desktop_app.registers.places import service as places
from desktop_app.station.raising import store
from desktop_app.storage.session import Desk, Unit

_OF_PERSON = ("resident", "name", "phone", "compound", "building", "unit", "room")
_KINDS = frozenset({VISITS.name, REQUESTS.name})


@dataclass(frozen=True, slots=True)
class Raised:
    """A request and the visit it came of, both as they stand now."""

    request: Request
    visit: Visit


def raise_from_visit(
    desk: Desk,
    visit: Uid,
    form: RequestForm | None = None,
    *,
    revision: int | None = None,
    beside: Callable[[Unit], None] | None = None,
) -> Changed[Raised]:
    """Register the request that a visit is about, and hand the visit over to it, at once.

    Who it is and where is copied from the visit, whatever `form` says of it; without a form the
    matter is copied, too. `revision` is that of the visit the clerk saw. Raises `UserError` for a
    petition, a visit that cannot be handed over, or one that is a request already; `Conflict` when
    the visit has changed since.
    """
    with desk.unit_of_work("来访转诉求", needs=Right.HANDLE) as unit:
        unit.actor.require(Right.REGISTER)
        before = store.visit(unit.connection, visit)
        if revision is not None and before.revision != revision:
            raise Conflict(VISITS.label)
        _refuse_unless_raisable(before, store.open_request_of(unit.connection, visit))
        told = form_of(before) if form is None else form
        made = requests.register_in(unit, desk, _of_person(told, before))
        handed = StepDetails(handed_to=f"诉求 {made.number}")
        after = visits.act_in(unit, desk, before, Action.HAND_OVER, handed)
        unit.about(made.number, f"来访 {after.number}")
        if beside is not None:
            beside(unit)
    back = Undo("撤销转诉求", _taking_back(before, after, made))
    return Changed(_KINDS, (made.uid, after.uid), Raised(made, after), back)


def form_of(visit: Visit) -> RequestForm:
    """The request a visit would become if nobody wrote more: what was told at the counter."""
    form = RequestForm(
        category=visit.category,
        title=_title(visit),
        summary=visit.summary,
        limit_days=visit.limit_days,
    )
    return _of_person(form, visit)


def text_of(visit: Visit) -> RequestText:
    """The same for the form, where what is about the person is not typed again."""
    return RequestText(
        source=Source.VISIT.value,
        category=visit.category,
        title=_title(visit),
        summary=visit.summary,
        limit=str(visit.limit_days or ""),
    )


def save_form(desk: Desk, visit: Visit, text: RequestText) -> Changed[Raised]:
    """What the form of a visit's request says, saved into both ledgers; its draft goes with it.

    Raises what `raise_from_visit` raises, and `InvalidInput` with every problem of the form.
    """
    form = drafting.understood(desk, _about(text, visit))
    return raise_from_visit(
        desk,
        visit.uid,
        form,
        revision=visit.revision,
        beside=drafting.leaving(desk, visit.uid.hex),
    )


def visit_to_raise(desk: Desk, uid: Uid) -> Visit:
    """The visit (masked) whose request is to be written down; `UserError` when it can have none."""
    visit = visits.get(desk, uid)
    with desk.reading(needs=Right.HANDLE) as connection:
        already = store.open_request_of(connection, uid)
    _refuse_unless_raisable(visit, already)
    return visit


def address_of(desk: Desk, visit: Visit) -> str:
    """Where a visit's person lives, down to the building."""
    names = () if visit.compound is None else places.breadcrumb(desk, visit.compound, visit.day)
    told = (names[-1] if names else "", building_words(visit.building))
    return " ".join(filter(None, told))


def links_of(desk: Desk, kind: str, uid: Uid) -> tuple[Linked, ...]:
    """What belongs to a record of this kind in other ledgers, what it came of before what came of
    it: of a visit its requests and problems, of a request its visit, its activity and the problems
    it was put on the list as, of a problem its request, visit and activity, of a duty the
    activities that served it, of an activity the problems, requests and duties that name it.

    Empty for kinds that lead nowhere, and for what has not come to the street yet."""
    find = _LINKS.get(kind)
    return () if find is None else find(desk, uid)


def _links_of_visit(desk: Desk, uid: Uid) -> tuple[Linked, ...]:
    asked = requests.came_of(desk, "visit", [uid])
    problems = lists.came_of(desk, "visit", [uid])
    return (*(_to_request(one) for one in asked), *(_to_problem(one) for one in problems))


def _links_of_request(desk: Desk, uid: Uid) -> tuple[Linked, ...]:
    request = requests.found(desk, uid)
    became = lists.problems_page(desk, ProblemFilter(request=uid)).rows
    before = () if request is None else _came_of(desk, request)
    return (*before, *(_to_problem(one) for one in became))


def _links_of_problem(desk: Desk, uid: Uid) -> tuple[Linked, ...]:
    problem = lists.get_problem(desk, uid)
    request = requests.found(desk, problem.request) if problem.request is not None else None
    asked = () if request is None or request.petition else (_to_request(request, "来自这件诉求"),)
    return (*asked, *_came_of(desk, problem))


def _came_of(desk: Desk, record: Request | Problem) -> tuple[Linked, ...]:
    """The visit and the activity that a request or a problem came of."""
    visit = visits.found(desk, record.visit) if record.visit is not None else None
    held = activities.found(desk, [record.activity] if record.activity is not None else [])
    why = "来自这场活动" if record.resolution is None else "来自这次会议的议定事项"
    visited = () if visit is None or visit.petition else (_to_visit(visit),)
    return (*visited, *(_to_activity(one, why) for one in held))


def _links_of_duty(desk: Desk, uid: Uid) -> tuple[Linked, ...]:
    served = activities.found(desk, lists.get_duty(desk, uid).activities)
    return tuple(_to_activity(one, "关联的活动") for one in served)


def _links_of_activity(desk: Desk, uid: Uid) -> tuple[Linked, ...]:
    problems = lists.came_of(desk, "activity", [uid])
    asked = requests.came_of(desk, "activity", [uid])
    return (
        *(_to_problem(one) for one in problems),
        *(_to_request(one, "活动中提出的诉求") for one in asked),
        *(_to_duty(one) for one in lists.served_by(desk, uid)),
    )


_LINKS: Mapping[str, Callable[[Desk, Uid], tuple[Linked, ...]]] = {
    VISITS.name: _links_of_visit,
    REQUESTS.name: _links_of_request,
    PROBLEMS.name: _links_of_problem,
    DUTIES.name: _links_of_duty,
    ACTIVITIES.name: _links_of_activity,
}


def _to_request(request: Request, why: str = "转成的诉求") -> Linked:
    return Linked(
        REQUESTS.name, request.uid, why, request.number, request.title, request.state_words
    )


def _to_duty(duty: Duty) -> Linked:
    words = f"{duty.unit}：{duty.measures}"
    return Linked(DUTIES.name, duty.uid, "服务的责任", duty.number, words, duty.state.label)


def _to_problem(problem: Problem | ProblemLine) -> Linked:
    return Linked(
        PROBLEMS.name, problem.uid, "列入的问题", problem.number, problem.description,
        problem.state.label,
    )  # fmt: skip


def _to_activity(activity: Activity, why: str) -> Linked:
    return Linked(
        ACTIVITIES.name, activity.uid, why, activity.number, activity.name, activity.state.label
    )


def _to_visit(visit: Visit) -> Linked:
    told = visit.matter_name or visit.category or "未写事项"
    return Linked(VISITS.name, visit.uid, "来自这次来访", visit.number, told, visit.state.label)


def _about(text: RequestText, visit: Visit) -> RequestText:
    """Where it comes from is known; who it is stands in the visit and is copied from there."""
    return replace(
        text, source=Source.VISIT.value, resident="", name="", phone="", door="", compound=""
    )


def _of_person(form: RequestForm, visit: Visit) -> RequestForm:
    person = {name: getattr(visit, name) for name in _OF_PERSON}
    if visit.kind is not VisitKind.NAMED:
        person |= {"resident": None, "name": ""}
    return replace(form, source=Source.VISIT, visit=visit.uid, petition=False, **person)


def _title(visit: Visit) -> str:
    """The matter's name; what was told is not taken for it, because it may name somebody."""
    return visit.matter_name[:TITLE_LIMIT]


def _refuse_unless_raisable(visit: Visit, already: Request | None) -> None:
    if visit.petition:
        # 信访工作条例: petitions are registered in the petition system and nowhere else.
        raise UserError(
            "信访事项只告知渠道、只计件数，不能转成诉求，没有改动。",
            "请居民到信访窗口或信访网上平台反映。",
        )
    if already is not None:
        raise UserError(
            f"这次来访已经转成诉求 {already.number}，没有再登记一件。",
            "请打开那件诉求接着办；要另起一件，请在“诉求”里按 F2 登记。",
        )


def _taking_back(before: Visit, after: Visit, made: Request) -> Callable[[Desk], Changed[Raised]]:
    """Both go back together: the registration as if it had not been, the visit with a step."""

    def undo(desk: Desk) -> Changed[Raised]:
        with desk.unit_of_work("撤销转诉求", needs=Right.HANDLE) as unit:
            unit.actor.require(Right.REGISTER)
            gone = requests.take_back_in(unit, made)
            restored = visits.back_in(unit, before, after)
            unit.about(made.number, f"来访 {restored.number}")
        return Changed(_KINDS, (gone.uid, restored.uid), Raised(gone, restored))

    return undo
