"""吹哨 as the page shows it. Words only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from desktop_app.core.clock import Zone
from desktop_app.core.origin import Urgency
from desktop_app.core.wording import list_moment, number
from desktop_app.street.whistles.rules import Stage, Whistle
from desktop_app.widgets.chips import ChipText
from desktop_app.widgets.facts import Fact
from desktop_app.widgets.line_list import LineItem

NONE, NONE_WHY = "没有吹哨。", "站点在诉求里吹哨后，随下一个上报包到这里。"
NO_MATCH = "这个站点没有吹哨。"
FIGURES_ONLY = "（站点只上报统计数字，看不到事项）"
FORGOTTEN = "（居民的个人信息已删除）"

_CHIPS: Mapping[Stage, tuple[str, str]] = {
    Stage.WAITING: ("warn", "megaphone"),
    Stage.ANSWERED: ("info", "hourglass"),
    Stage.TAKEN: ("ok", "circle-check"),
    Stage.ELSEWHERE: ("quiet", "phone"),
    Stage.ENDED: ("quiet", "corner-up-right"),
}
_STEPS: Mapping[Stage, str] = {
    Stage.WAITING: "写好答复按 Ctrl+Enter，随给这个站点的下一份回执送去。",
    Stage.ANSWERED: "答复写进给这个站点的每一份回执，直到站点收下；在那以前可以改。",
    Stage.TAKEN: "站点报来的记录里已有这条答复，不用再做什么。",
    Stage.ELSEWHERE: "站点自己记下了答复（例如电话里说的），不用再答复。",
    Stage.ENDED: "站点没有等答复，已经继续办理，不用再答复。",
}


def key_of(one: Whistle) -> str:
    """Tells the whistles of a list apart: a request that is escalated anew is another one."""
    return f"{one.record.station} {one.record.uid.hex} {one.asked or 0}"


def chip_of(one: Whistle) -> ChipText:
    """How it stands, as a chip."""
    tone, icon = _CHIPS[one.stage]
    return ChipText(one.stage.label, tone, icon)


def step_of(one: Whistle) -> str:
    """What is to be done about it now."""
    return _STEPS[one.stage]


def waited(one: Whistle, today: date) -> str:
    """How long it has been waiting, in words."""
    days = one.days(today)
    return f"{number(days)} 天" if days else "今天"


def title_of(one: Whistle) -> str:
    """The matter, or why it is not to be seen."""
    return one.record.title or FIGURES_ONLY


def item_of(one: Whistle, today: date) -> LineItem:
    """Its line in the list: what and whose, below it where and why."""
    raised = one.record.escalated
    reason = "" if raised is None else raised.reason or FORGOTTEN
    return LineItem(
        key_of(one),
        title_of(one),
        beside=one.station_name,
        detail="　".join(part for part in (one.place, reason) if part),
        end=waited(one, today) if one.stage is Stage.WAITING else "",
        chip=chip_of(one),
    )


def facts_of(one: Whistle, zone: Zone, today: date) -> list[Fact]:
    """What the street has to know to answer it."""
    record, raised = one.record, one.record.escalated
    urgency = "" if record.urgency is Urgency.NORMAL else record.urgency.label
    since = "" if record.escalated_on is None else f"{record.escalated_on:%Y-%m-%d}"
    if since and one.stage is Stage.WAITING and one.days(today):
        since += f"，已等 {waited(one, today)}"
    return [
        *_answers(one, zone, today),
        Fact("站点", f"{one.station_name}（{record.station}）"),
        Fact("地点", one.place),
        Fact("站点现在", record.state_words),
        Fact("吹哨日期", since),
        Fact("吹哨人", "" if raised is None else raised.by),
        Fact("吹哨到", "" if raised is None else raised.level.label),
        Fact("紧急度", urgency),
        Fact("业务类别", record.category),
        Fact("编号", record.number),
    ]


def _answers(one: Whistle, zone: Zone, today: date) -> list[Fact]:
    given, shown = one.given, one.record.answer
    facts = []
    if given is not None:
        facts.append(Fact("答复人", f"{given.by}　{list_moment(given.at, zone, today=today)}"))
    if shown is not None and one.stage is Stage.ELSEWHERE:
        facts.append(Fact("站点所记", f"{shown.office}：{shown.words}" if shown.words else ""))
    return facts


def reason_of(one: Whistle) -> str:
    """Why it was escalated, in the station's own words."""
    raised = one.record.escalated
    if raised is None:
        return "站点只上报统计数字，事由没有送来。请让站点用“工作数据”再上报一次。"
    return raised.reason or "居民的个人信息已经删除，事由没有保留。"


def may_be_answered(one: Whistle) -> bool:
    """Whether the form is open: what is refused in the end is not asked for first."""
    raised = one.record.escalated
    open_ = one.stage in (Stage.WAITING, Stage.ANSWERED)
    return open_ and raised is not None and bool(raised.reason)
