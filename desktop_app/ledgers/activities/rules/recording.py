"""What is written down of an activity afterwards, whether it is complete, and who may approve it.

Pure. The columns are those of 活动台账; the review is by somebody who did not write the record.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.record import altered
from desktop_app.core.steps import Moment
from desktop_app.core.text import clean_line
from desktop_app.ledgers.activities.rules.activity import (
    LINE_LIMIT,
    MOST_EXPECTED,
    MOST_FUNDS,
    MOST_RESOLUTIONS,
    REASON_LIMIT,
    TEXT_LIMIT,
    USUAL_PHOTOS,
    Action,
    Activity,
    Fund,
    Resolution,
    Review,
)
from desktop_app.ledgers.activities.rules.cleaning import Problems
from desktop_app.ledgers.activities.rules.counting import HeadCount, stale_groups
from desktop_app.ledgers.activities.rules.steps import refuse_before_start, refuse_unless, with_step

MOST_FEN = 10_000_000_00
"""Ten million yuan: more is a slip of the decimal point."""

MOST_POINTS = 100
MOST_SERVED = 999_999


@dataclass(frozen=True, kw_only=True)
class ResolutionLine:
    """A resolution as entered; `uid` is None for a new one."""

    words: str = ""
    owner: str = ""
    due: date | None = None
    uid: Uid | None = None


@dataclass(frozen=True, kw_only=True)
class RecordForm:
    """The record: 活动内容, 成效, 下一步, 议定事项, 经费, 媒体报道.

    `served` is 服务人次. `recorder` empty means whoever saves it.
    """

    summary: str = ""
    outcome: str = ""
    next_steps: str = ""
    host: str = ""
    recorder: str = ""
    expected: int | None = None
    served: int | None = None
    resolutions: tuple[ResolutionLine, ...] = ()
    reviews: tuple[Review, ...] = ()
    disclosed_on: date | None = None
    disclosed_at: str = ""
    funds: tuple[Fund, ...] = ()
    media: str = ""


def record_form_of(activity: Activity) -> RecordForm:
    """The form as it stands, for going on with it."""
    names = set(RecordForm.__dataclass_fields__) - {"resolutions"}
    return RecordForm(
        resolutions=tuple(
            ResolutionLine(words=one.words, owner=one.owner, due=one.due, uid=one.uid)
            for one in activity.resolutions
        ),
        **{name: getattr(activity, name) for name in names},
    )


def recorded(
    activity: Activity, form: RecordForm, moment: Moment, new_uid: Callable[[], Uid]
) -> Activity:
    """The activity with its record. Raises `InvalidInput`, or `UserError` before it has begun."""
    refuse_unless(activity, Action.RECORD)
    refuse_before_start(activity, Action.RECORD, moment)
    tidy = _checked(form)
    links = {one.uid: one.link for one in activity.resolutions}
    resolutions = tuple(
        Resolution(line.uid, line.words, line.owner, line.due, links[line.uid])
        if line.uid in links
        else Resolution(new_uid(), line.words, line.owner, line.due)
        for line in tidy.resolutions
    )
    _refuse_lost_links(activity, resolutions)
    names = set(RecordForm.__dataclass_fields__) - {"resolutions", "recorder"}
    changed = altered(
        activity,
        resolutions=resolutions,
        recorder=tidy.recorder or moment.actor,
        recorded_by=moment.operator,
        recorded_on=moment.today,
        **{name: getattr(tidy, name) for name in names},
    )
    return with_step(changed, Action.RECORD, moment)


def _refuse_lost_links(activity: Activity, resolutions: tuple[Resolution, ...]) -> None:
    """A resolution that is an item of the problem list already cannot go."""
    left = {one.uid for one in resolutions}
    if any(one.link is not None and one.uid not in left for one in activity.resolutions):
        raise UserError(
            "有一条议定事项已经转入问题清单，不能删除，没有保存。",
            "请保留这一条；办得不对的，请在问题清单里处理。",
            field="resolutions",
        )


def _checked(form: RecordForm) -> RecordForm:
    problems = Problems()
    problems.whole(form.expected, MOST_EXPECTED, "应到人数", "expected")
    problems.whole(form.served, MOST_SERVED, "服务人次", "served")
    tidy = replace(
        form,
        summary=problems.text(form.summary, "活动内容", "summary", TEXT_LIMIT),
        outcome=problems.text(form.outcome, "活动成效", "outcome", TEXT_LIMIT),
        next_steps=problems.text(form.next_steps, "下一步打算", "next_steps", TEXT_LIMIT),
        media=problems.text(form.media, "媒体报道", "media", TEXT_LIMIT),
        host=problems.line(form.host, "主持人", "host", LINE_LIMIT),
        recorder=problems.line(form.recorder, "记录人", "recorder", LINE_LIMIT),
        disclosed_at=problems.line(form.disclosed_at, "公开地点", "disclosed_at", LINE_LIMIT),
        resolutions=_resolutions(form.resolutions, problems),
        funds=_funds(form.funds, problems),
        reviews=_reviews(form.reviews, problems),
    )
    problems.raise_if_any()
    return tidy


def _resolutions(
    given: tuple[ResolutionLine, ...], problems: Problems
) -> tuple[ResolutionLine, ...]:
    if len(given) > MOST_RESOLUTIONS:
        problems.add(f"议定事项最多写{MOST_RESOLUTIONS}条。", "请合并相近的。", "resolutions")
        return given
    kept = []
    for place, line in enumerate(given, start=1):
        words = problems.text(line.words, f"第{place}条议定事项", "resolutions", TEXT_LIMIT)
        owner = problems.line(line.owner, "责任单位（人）", "resolutions", LINE_LIMIT)
        if words:
            kept.append(replace(line, words=words, owner=owner))
        elif owner or line.due or line.uid:
            problems.add(f"第{place}条议定事项没有写内容。", "请写明，或去掉。", "resolutions")
    return tuple(kept)


def _funds(given: tuple[Fund, ...], problems: Problems) -> tuple[Fund, ...]:
    if len(given) > MOST_FUNDS:
        problems.add(f"经费最多写{MOST_FUNDS}笔。", "请合并同一来源的。", "funds")
        return given
    kept = []
    for place, fund in enumerate(given, start=1):
        source = problems.line(fund.source, "经费来源", "funds", LINE_LIMIT)
        note = problems.line(fund.note, "经费说明", "funds", LINE_LIMIT)
        if not source:
            problems.add(f"第{place}笔经费没有写来源。", "请写明，或去掉这一笔。", "funds")
        if not 0 < fund.amount <= MOST_FEN:
            problems.add(f"第{place}笔经费的金额不对。", "请填大于0的金额。", "funds")
        kept.append(Fund(source, fund.amount, note))
    return tuple(kept)


def _reviews(given: tuple[Review, ...], problems: Problems) -> tuple[Review, ...]:
    kept = []
    for review in given:
        body = problems.line(review.body, "评议对象", "reviews", LINE_LIMIT)
        words = problems.line(review.words, "评议意见", "reviews", LINE_LIMIT)
        if not body:
            problems.add("还没有写评议对象。", "请写“业委会”或“物业”。", "reviews")
        problems.whole(review.points, MOST_POINTS, "评议分数", "reviews")
        kept.append(Review(body, review.points, words))
    if len({review.body for review in kept}) < len(kept):
        problems.add("同一个评议对象写了两次。", "请只留一个。", "reviews")
    return tuple(kept)


# --- review --------------------------------------------------------------------------------------


def submitted(activity: Activity, words: str, counts: HeadCount, moment: Moment) -> Activity:
    """The activity handed in for review.

    Raises `InvalidInput` that lists all that is missing. With fewer than two photos `words` say
    why: 活动台账 asks for them, and a meeting may have none.
    """
    said = clean_line(words, limit=REASON_LIMIT, label="说明", field="words") if words else ""
    submitted_one = with_step(activity, Action.SUBMIT, moment, said)
    problems = missing(activity, counts, said)
    if problems:
        raise InvalidInput(problems)
    return submitted_one


def missing(activity: Activity, counts: HeadCount, words: str = "") -> list[UserError]:
    """What a record still lacks before it may be handed in."""
    found = []
    if not activity.summary:
        found.append(UserError("还没有写活动内容。", "请写明做了什么。", field="summary"))
    if activity.meeting and not activity.host:
        found.append(UserError("会议还没有写主持人。", "请填写主持人。", field="host"))
    if counts.present == 0:
        found.append(
            UserError(
                "签到表还是空的。", "请签到、补录签到表，或更正人数并写明原因。", field="people"
            )
        )
    for one in stale_groups(activity, counts):
        found.append(
            UserError(
                f"{one.group.label}人数更正后签到表又有变化"
                f"（更正时{one.rows}人，现在{counts.rows[one.group]}人）。",
                "请核对后再更正一次，或改回签到表的人数。",
                field="people",
            )
        )
    fewest, most = USUAL_PHOTOS
    if len(activity.photos) < fewest and not words:
        found.append(
            UserError(
                f"照片有{len(activity.photos)}张，活动台账要{fewest}到{most}张。",
                "请添加照片；确实没有的，请在提交时写一句说明。",
                field="photos",
            )
        )
    return found


def approved(activity: Activity, moment: Moment, *, alone: bool, outside: str = "") -> Activity:
    """The activity in the archive.

    Whoever wrote the record does not approve it; a namesake counts as the same person. At a
    one-person station (`alone`) it was reviewed by the community or the street: `outside` says
    who, and that name is printed.
    """
    who = clean_line(outside, limit=LINE_LIMIT, label="审核人", field="outside") if outside else ""
    refuse_unless(activity, Action.APPROVE)
    own = _wrote(activity, moment)
    if own and not alone:
        raise UserError(
            "这场活动由您记录，不能由您审核，没有改动。",
            "请另一位站长或社区管理员审核；也可以请同事核对并重新记录后，再由您审核。",
        )
    if own and not who:
        raise UserError(
            "本站只有您一人，活动要由社区或街道审核，没有改动。",
            "请把活动记录交社区或街道看过，再写上审核人的单位和姓名。",
            field="outside",
        )
    reviewer = who if own else moment.actor
    changed = altered(
        activity,
        reviewer=reviewer,
        reviewed_by=None if own else moment.operator,
        reviewed_on=moment.today,
    )
    return with_step(changed, Action.APPROVE, moment, who if own else "")


def _wrote(activity: Activity, moment: Moment) -> bool:
    if moment.operator is not None and moment.operator == activity.recorded_by:
        return True
    return moment.actor == activity.recorder
