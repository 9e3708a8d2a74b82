"""What a visit's page shows of its fields, in groups; what is masked is masked before."""

from __future__ import annotations

from desktop_app.core.clock import Zone
from desktop_app.core.identity import Gender
from desktop_app.core.wording import list_day, list_moment
from desktop_app.ledgers.visits.rules.visit import Visit, VisitKind
from desktop_app.widgets.facts import Fact


def person_facts(visit: Visit, compound: str, revealed: dict[str, str]) -> list[Fact]:
    """Who came. `revealed` holds in full what was just uncovered, by field."""
    if visit.kind is not VisitKind.NAMED:
        return [
            Fact("姓名", visit.kind.label),
            Fact("人数", _people(visit)),
            *_contacts(visit, revealed),
        ]
    gender = visit.gender.label if visit.gender is not Gender.UNKNOWN else ""
    return [
        Fact("姓名", visit.name, kept=True),
        Fact("性别", gender),
        Fact("出生年", f"{visit.birth_year}年" if visit.birth_year else ""),
        Fact("人员类别", visit.person_kind.label if visit.person_kind else ""),
        Fact("人数", _people(visit)),
        Fact("住址", _address(visit, compound, revealed)),
        *_contacts(visit, revealed),
    ]


def matter_facts(visit: Visit, zone: Zone) -> list[Fact]:
    """What it is about and how far it is."""
    limit = f"{visit.limit_days}个工作日" if visit.limit_days else ""
    due = list_day(visit.due) if visit.due else ""
    if visit.open and visit.limit_days and not visit.due:
        due = "待补材料期间不计时"
    urgent = visit.urgent
    reported = ""
    if urgent is not None:
        at = list_moment(urgent.at, zone)
        reported = " ".join(part for part in (urgent.whom, urgent.phone, at) if part)
    return [
        Fact("类别", visit.category),
        Fact("事项", visit.matter_name),
        Fact("事由", visit.summary),
        Fact("办理方式", visit.handling.label, kept=True),
        Fact("本站时限", limit),
        Fact("到期日", due),
        Fact("一次性告知", "已告知" if visit.notice_given else ""),
        Fact("交办去向", visit.handed_to),
        Fact("交办日期", list_day(visit.handed_on) if visit.handed_on else ""),
        Fact("外部编号", visit.external_number),
        Fact("已报告", reported),
        Fact("办理结果", visit.result),
        Fact("办结日期", list_day(visit.closed_day) if visit.closed_day else ""),
        Fact("回访情况", visit.follow_up),
        Fact("备注", visit.remark),
    ]


def register_facts(visit: Visit, zone: Zone, *, evaluated: bool, station: str = "") -> list[Fact]:
    """How it was written down; `station` names where, when it was not here."""
    late = f"（补录，{list_moment(visit.created_at, zone)} 登记）" if visit.late_entry else ""
    by = visit.registered_by_name
    return [
        Fact("站点", station),
        Fact("来访时间", f"{list_moment(visit.at, zone)}{late}", kept=True),
        Fact("来源", visit.source.label),
        Fact("首问责任人", visit.first_clerk_name),
        Fact("登记人", by if by != visit.first_clerk_name else ""),
        # Which one is shown to nobody at the desk.
        Fact("评价", "已评价" if evaluated else "未评价"),
    ]


def _people(visit: Visit) -> str:
    return f"{visit.people}人" if visit.people > 1 else ""


def _address(visit: Visit, compound: str, revealed: dict[str, str]) -> str:
    building = visit.building
    if building and building[-1].isdigit():
        building = f"{building}栋"
    return " ".join(part for part in (compound, building, revealed.get("room", visit.room)) if part)


def _contacts(visit: Visit, revealed: dict[str, str]) -> list[Fact]:
    facts = [Fact("电话", revealed.get("phone", visit.phone))]
    if visit.agent is not None:
        agent = visit.agent
        phone = revealed.get("agent", agent.phone)
        words = " ".join(part for part in (agent.name, agent.relation, phone) if part)
        facts.append(Fact("代办人", words))
    if visit.representatives:
        listed = "、".join(f"{one.name} {one.phone}".strip() for one in visit.representatives)
        facts.append(Fact("来访代表", revealed.get("representatives", listed)))
    return facts


def maskable(visit: Visit) -> tuple[str, ...]:
    """The fields of this visit that show less than there is."""
    agent, others = visit.agent, visit.representatives
    there = {
        "phone": bool(visit.phone),
        "room": bool(visit.room),
        "agent": agent is not None and bool(agent.phone),
        "representatives": any(one.phone for one in others),
    }
    return tuple(name for name, masked in there.items() if masked)
