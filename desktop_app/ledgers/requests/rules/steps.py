"""Which step of a request may follow which: the one table of its course, and what a step must say.

登记 → 接办 →(待补材料)→ 交办 → 接单 → 办理中 → 待回访 → 办结, with 退单, 列清单, 吹哨 and the side
exits of domain 2c. Pure: the moment, the clerk and the calendar are handed in. What a step changes
besides the state is for `course`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.origin import Level
from desktop_app.core.text import clean_line, clean_text
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.requests.rules.request import (
    FINAL,
    LINE_LIMIT,
    RESULT_LIMIT,
    Action,
    Assignee,
    AssigneeKind,
    DisputeStage,
    Request,
    RequestState,
    action_words,
    state_words,
)
from desktop_app.registers.matters.rules import MOST_STATION_DAYS

_S = RequestState


@dataclass(frozen=True, slots=True)
class StepRule:
    """From which states a step may be taken, and where it leads (None: the state stays).

    `at_once` is where it leads instead when the station keeps the request for itself.
    """

    sources: frozenset[RequestState]
    to: RequestState | None
    at_once: RequestState | None = None

    def may_lead(self, before: RequestState, after: RequestState) -> bool:
        """Whether the step may have led from one state to the other."""
        return before in self.sources and after in (self.to or before, self.at_once)


_OPEN = frozenset(RequestState) - FINAL

RULES: Mapping[Action, StepRule] = {
    Action.ACCEPT: StepRule(frozenset({_S.REGISTERED}), _S.ACCEPTED),
    Action.ASK_MATERIALS: StepRule(frozenset({_S.ACCEPTED, _S.DOING}), _S.AWAITING),
    Action.MATERIALS_COMPLETE: StepRule(frozenset({_S.AWAITING}), _S.ACCEPTED),
    Action.DISPATCH: StepRule(
        frozenset({_S.REGISTERED, _S.ACCEPTED, _S.UNTAKEN}), _S.DISPATCHED, at_once=_S.DOING
    ),
    Action.TAKE: StepRule(frozenset({_S.DISPATCHED}), _S.DOING),
    Action.HAND_BACK: StepRule(frozenset({_S.DISPATCHED, _S.DOING}), _S.ACCEPTED),
    Action.NOBODY_TOOK: StepRule(frozenset({_S.DISPATCHED}), _S.UNTAKEN),
    Action.LIST: StepRule(
        frozenset({_S.REGISTERED, _S.ACCEPTED, _S.DISPATCHED, _S.DOING, _S.UNTAKEN}), _S.LISTED
    ),
    Action.UNLIST: StepRule(frozenset({_S.LISTED}), _S.ACCEPTED),
    Action.ESCALATE: StepRule(_OPEN - {_S.ESCALATED}, _S.ESCALATED),
    Action.ANSWERED: StepRule(frozenset({_S.ESCALATED}), _S.ACCEPTED),
    Action.DONE: StepRule(
        frozenset({_S.ACCEPTED, _S.DOING, _S.LISTED, _S.ESCALATED}), _S.TO_CALL_BACK
    ),
    Action.CLOSE: StepRule(frozenset({_S.TO_CALL_BACK}), _S.CLOSED),
    Action.REDO: StepRule(frozenset({_S.TO_CALL_BACK}), _S.DOING),
    Action.FOLLOW_UP: StepRule(frozenset({_S.TO_CALL_BACK, _S.CLOSED}), None),
    Action.SET_STAGE: StepRule(_OPEN, None),
    Action.NOT_OURS: StepRule(_OPEN - {_S.TO_CALL_BACK}, _S.NOT_OURS),
    Action.FORWARD: StepRule(_OPEN - {_S.TO_CALL_BACK}, _S.FORWARDED),
    Action.WITHDRAW: StepRule(_OPEN, _S.WITHDRAWN),
    Action.MERGE: StepRule(_OPEN, _S.MERGED),
    Action.REOPEN: StepRule(FINAL - {_S.MERGED}, _S.ACCEPTED),
}
"""The course of a request. Registration is in `entry`, correction in `correction`."""


@dataclass(frozen=True, kw_only=True)
class StepDetails:
    """What a clerk says with a step; each step reads only what concerns it.

    `words`: which material is missing, why it came back, why it is escalated, what the street
    answered, what the call gave. `whom`: who takes an order, which office answered, to whom it is
    forwarded. `day` is the business date on which it happened, if not today. `stage` None takes the
    mark of a dispute away. `merged_into` is the request that this one repeats. `limit_days` is the
    limit whoever it is given to has in working days, counted with the request's own: 0 takes the
    limit away, None leaves it.
    """

    words: str = ""
    result: str = ""
    assignee: Assignee | None = None
    whom: str = ""
    external_number: str = ""
    level: Level = Level.STREET
    stage: DisputeStage | None = None
    day: date | None = None
    merged_into: Uid | None = None
    limit_days: int | None = None


@dataclass(frozen=True, slots=True)
class Moment:
    """When a step is taken and by whom, and the working days its limit is counted in."""

    at: Millis
    today: date
    actor: str
    calendar: WorkCalendar


def allowed(request: Request) -> tuple[Action, ...]:
    """The steps that may be taken now, in the order of buttons; of a petition there are none."""
    if request.deleted or request.petition:
        return ()
    return steps_from(request.state)


def steps_from(state: RequestState) -> tuple[Action, ...]:
    """The same for a line of a list, which shows neither deleted requests nor petitions."""
    return tuple(action for action, rule in RULES.items() if state in rule.sources)


def refuse_unless_allowed(request: Request, action: Action) -> None:
    """Raise `UserError` unless this step may be taken now; it says which may."""
    if action in allowed(request):
        return
    called = action_words(action, request.kind)
    state = state_words(request.state, request.kind)
    raise UserError(
        f"这件{request.kind.label}现在是“{state}”，不能“{called}”，没有改动。",
        _what_can_be_done(request),
    )


def _what_can_be_done(request: Request) -> str:
    labels = "、".join(action_words(action, request.kind) for action in allowed(request))
    return f"现在可以：{labels}。" if labels else "这条记录不再需要办理。"


NEEDED_WORDS: Mapping[Action, str] = {
    Action.ASK_MATERIALS: "缺少的材料",
    Action.HAND_BACK: "退单原因",
    Action.ESCALATE: "吹哨事由",
    Action.ANSWERED: "答复内容",
    Action.CLOSE: "回访情况",
    Action.REDO: "继续办理的原因",
    Action.FOLLOW_UP: "回访情况",
    Action.NOT_OURS: "告知的去向",
    Action.WITHDRAW: "撤回原因",
    Action.REOPEN: "重新打开的原因",
}
"""Steps that are worth nothing without words, and what the words are called."""

_WHOM: Mapping[Action, tuple[str, str]] = {
    Action.ANSWERED: ("还没有写是哪个单位答复的。", "请填写答复单位。"),
    Action.FORWARD: ("还没有写转到哪里。", "请填写接收的平台或单位。"),
}


def tidy(request: Request, action: Action, details: StepDetails, today: date) -> StepDetails:
    """The details as they are kept; raises `InvalidInput` with every problem and its field."""
    problems: list[UserError] = []
    texts: dict[str, Any] = {}
    for name, label, clean, limit in (
        ("words", NEEDED_WORDS.get(action, "说明"), clean_text, RESULT_LIMIT),
        ("result", "办理结果", clean_text, RESULT_LIMIT),
        ("whom", "对方", clean_line, LINE_LIMIT),
        ("external_number", "外部编号", clean_line, LINE_LIMIT),
    ):
        raw = getattr(details, name)
        try:
            texts[name] = clean(raw, limit=limit, label=label, field=name) if raw else ""
        except UserError as problem:
            problems.append(problem)
            texts[name] = raw
    kept = replace(details, **texts, assignee=_assignee(details.assignee, problems))
    problems += _missing(request, action, kept)
    problems += _day_problems(request, action, kept, today)
    if problems:
        raise InvalidInput(problems)
    return kept


def _assignee(given: Assignee | None, problems: list[UserError]) -> Assignee | None:
    if given is None:
        return None
    words = given.words
    if not words.strip() and given.kind is AssigneeKind.STATION:
        words = AssigneeKind.STATION.label
    try:
        words = clean_line(words, limit=LINE_LIMIT, label="承办", field="assignee")
    except UserError as problem:
        problems.append(problem)
        return given
    if not words:
        problems.append(
            UserError("还没有写交给谁办。", "请填写人员、队伍、岗位或单位。", field="assignee")
        )
    return replace(given, words=words)


def _missing(request: Request, action: Action, details: StepDetails) -> list[UserError]:
    problems = []
    if action in NEEDED_WORDS and not details.words:
        said = f"还没有写{NEEDED_WORDS[action]}。"
        problems.append(UserError(said, "请写一句话，便于以后说清楚。", field="words"))
    if action in _WHOM and not details.whom:
        problems.append(UserError(*_WHOM[action], field="whom"))
    if action is Action.DONE and not details.result:
        problems.append(UserError("还没有写办理结果。", "请用一句话写明结果。", field="result"))
    if action is Action.DISPATCH and details.assignee is None:
        problems.append(
            UserError(
                "还没有写交给谁办。", "请选本站、个人、队伍、岗位或共建单位。", field="assignee"
            )
        )
    days = details.limit_days
    if action is Action.DISPATCH and days is not None and not 0 <= days <= MOST_STATION_DAYS:
        problems.append(
            UserError(
                "本站时限不对。",
                f"请填0到{MOST_STATION_DAYS}之间的工作日数，0表示不设时限。",
                field="limit_days",
            )
        )
    if action is Action.MERGE and details.merged_into in (None, request.uid):
        problems.append(
            UserError("还没有选合并到哪一条。", "请选同一件事的另一条。", field="merged_into")
        )
    if action is Action.SET_STAGE and details.stage is request.dispute_stage:
        problems.append(UserError("纠纷阶段没有变。", "请另选一个阶段。", field="stage"))
    return problems


def _day_problems(
    request: Request, action: Action, details: StepDetails, today: date
) -> list[UserError]:
    if details.day is None or earliest(request) <= details.day <= today:
        return []
    if details.day > today:
        said = f"{action_words(action, request.kind)}日期比今天还晚。"
    else:
        said = f"{action_words(action, request.kind)}日期早于上一步的日期。"
    return [UserError(said, "请改成实际的那一天。", field="day")]


def earliest(request: Request) -> date:
    """A step cannot lie before the request, nor before anything dated that was done with it."""
    dated = [
        request.limit_from, request.dispatched_on, request.done_on, request.called_back_on,
        request.escalated_on, request.answer.day if request.answer else None, request.closed_day,
        *(pause.until or pause.since for pause in request.pauses),
    ]  # fmt: skip
    return max([request.day, *(day for day in dated if day is not None)])


def _assigned(details: StepDetails) -> str:
    assignee = details.assignee
    if assignee is None or assignee.kind is AssigneeKind.STATION:
        return assignee.words if assignee else ""
    return f"{assignee.kind.label}：{assignee.words}"


def _limited(details: StepDetails) -> str:
    if details.limit_days is None:
        return ""
    return f"本站时限{details.limit_days}个工作日" if details.limit_days else "不设本站时限"


_SAID: Mapping[Action, Callable[[StepDetails], tuple[str, ...]]] = {
    Action.DISPATCH: lambda d: (_assigned(d), _limited(d), d.words),
    Action.TAKE: lambda d: (d.whom, d.words),
    Action.ESCALATE: lambda d: (d.level.label, d.words),
    Action.ANSWERED: lambda d: (d.whom, d.words),
    Action.DONE: lambda d: (d.result, d.words),
    Action.FORWARD: lambda d: (d.whom, d.external_number, d.words),
    Action.SET_STAGE: lambda d: (d.stage.label if d.stage else "取消标注", d.words),
}


def said(action: Action, details: StepDetails) -> str:
    """What the step says of itself."""
    parts = _SAID[action](details) if action in _SAID else (details.words,)
    return "，".join(part for part in parts if part)
