"""What a request's page shows of its fields, in groups; what is masked is masked before."""

from __future__ import annotations

from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.door_text import building_words
from desktop_app.core.origin import Urgency
from desktop_app.core.wording import list_day, list_moment
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.ui.parts import assignee_words
from desktop_app.widgets.facts import Fact


def person_facts(request: Request, compound: str, revealed: dict[str, str]) -> list[Fact]:
    """Whose request it is. `revealed` holds in full what was just uncovered, by field."""
    where = (compound, building_words(request.building), revealed.get("room", request.room))
    return [
        Fact("姓名", request.name, kept=True),
        Fact("住址", " ".join(part for part in where if part)),
        Fact("电话", revealed.get("phone", request.phone)),
        Fact("身份信息", "居民同意提供" if request.consented else ""),
    ]


def matter_facts(request: Request) -> list[Fact]:
    """What it is about."""
    urgency = request.urgency
    stage = request.dispute_stage
    return [
        Fact("事项", request.title, kept=True),
        Fact("类型", request.kind.label, kept=True),
        Fact("类别", request.category),
        Fact("详细情况", request.summary),
        Fact("紧急度", urgency.label if urgency is not Urgency.NORMAL else ""),
        Fact("纠纷阶段", f"物业纠纷：{stage.label}" if stage else ""),
        Fact("备注", request.remark),
    ]


def handling_facts(request: Request, zone: Zone) -> list[Fact]:
    """Who sees to it, until when, and what came of it."""
    limit = f"{request.limit_days}个工作日" if request.limit_days else ""
    due = list_day(request.due) if request.due else ""
    if request.open and request.limit_days and not request.due:
        due = "待补材料期间不计时"
    taken = list_moment(request.taken_at, zone) if request.taken_at else ""
    whistle, answer = request.escalated, request.answer
    forwarded = " ".join(filter(None, (request.forwarded_to, request.forwarded_number)))
    return [
        Fact("承办", assignee_words(request.assignee)),
        Fact("交办日期", _day(request.dispatched_on)),
        Fact("接单", " ".join(filter(None, (request.taken_by, taken)))),
        Fact("退单次数", f"{request.hand_backs}次" if request.hand_backs else ""),
        Fact("本站时限", limit),
        Fact("到期日", due),
        Fact("吹哨", f"{_day(whistle.day)} 到{whistle.level.label}" if whistle else ""),
        Fact("吹哨事由", whistle.reason if whistle else ""),
        Fact("街道答复", f"{answer.words}（{answer.office}）" if answer else ""),
        Fact("办理结果", request.result),
        Fact("办理完毕", _day(request.done_on)),
        Fact("回访情况", request.call_back),
        Fact("回访日期", _day(request.called_back_on)),
        Fact("转办去向", forwarded),
        Fact("结束日期", _day(request.closed_day)),
    ]


def register_facts(
    request: Request, zone: Zone, *, evaluated: bool, station: str = ""
) -> list[Fact]:
    """How it was written down; `station` names where, when it was not here."""
    entered = list_moment(request.created_at, zone)
    late = f"（补录，{entered} 登记）" if request.late_entry else ""
    outside = " ".join(filter(None, (request.platform, request.external_number)))
    return [
        Fact("站点", station),
        Fact("提出时间", f"{list_moment(request.at, zone)}{late}", kept=True),
        Fact("来源", request.source.label, kept=True),
        Fact("来源平台", outside),
        Fact("登记人", request.registered_by_name),
        # Which one is shown to nobody at the desk.
        Fact("评价", "已评价" if evaluated else "未评价"),
    ]


def maskable(request: Request) -> tuple[str, ...]:
    """The fields of this request that show less than there is."""
    there = {"phone": request.phone, "room": request.room}
    return tuple(name for name, masked in there.items() if masked)


def _day(day: date | None) -> str:
    return "" if day is None else list_day(day)
