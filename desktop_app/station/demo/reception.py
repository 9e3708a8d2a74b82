"""What is entered at the counter of a demo station: who, why, and how far it gets at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from desktop_app.core.handling import Handling
from desktop_app.core.identity import Gender
from desktop_app.core.record import altered
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.registration import counted_form
from desktop_app.ledgers.visits.rules.visit import Agent, Representative, VisitKind, VisitSource
from desktop_app.registers.matters.rules import Matter
from desktop_app.station.demo.dice import Dice, Table
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import ELDER_AGE, Person
from desktop_app.station.demo.words import Reason, Replies

ASKING_THE_WAY = "问路和部门指引"
_COUNTED = Table(
    ((ASKING_THE_WAY, 72), ("打印复印和手机操作帮助", 18), ("失物招领登记", 2), ("", 8))
)
_SOURCES = Table(
    (
        (VisitSource.WALK_IN, 86),
        (VisitSource.CALL, 7),
        (VisitSource.GRID, 3),
        (VisitSource.HOME, 2),
        (VisitSource.ONLINE, 1.5),
        (VisitSource.SUPERIOR, 0.5),
    )
)
_REGULARS_COME_FOR = frozenset(
    {
        "打印复印和手机操作帮助",
        "长者食堂用餐登记",
        "活动场地预约",
        "医保政策与报销咨询",
        "便民工具和轮椅借用",
        "环境卫生与垃圾分类",
        "老年人优待政策咨询",
        "失物招领登记",
    }
)
_OF_MANY = ("房屋渗漏水协调", "电梯故障与维修协调", "小区停车管理意见", "业主大会和业委会事务咨询")
_KIN = {
    "elder": ("老伴", "老伴", "儿子", "孙子", "弟弟"),
    "adult": ("母亲", "父亲", "婆婆", "岳父", "爷爷", "外婆"),
}
_RELATIONS = {
    ("husband", "wife"): "丈夫",
    ("wife", "husband"): "妻子",
    ("son", "grandfather"): "儿子",
    ("son", "grandmother"): "儿子",
    ("daughter", "grandfather"): "女儿",
    ("daughter", "grandmother"): "女儿",
    ("son", "daughter"): "丈夫",
    ("daughter", "son"): "妻子",
}
"""What the first is to the second of one household."""

_HANDY = "打印复印和手机操作帮助"
_PETITIONS = ("信访渠道与12345热线告知",)
_ONE_COMES_ONESELF = frozenset(
    {
        ASKING_THE_WAY,
        _HANDY,
        *_PETITIONS,
        "便民工具和轮椅借用",
        "失物招领登记",
        "活动场地预约",
        "志愿者注册与加入服务队",
        "在职党员报到登记",
        "反诈骗与防走失求助",
    }
)
_TRIES = 8
_OLD_ROLES = frozenset({"husband", "wife", "grandfather", "grandmother"})
_AGENTS_OF_ELDERS = ("子女", "子女", "邻居", "网格员", "侄辈")
_AGENTS_OF_OTHERS = ("朋友", "同事", "邻居", "亲戚")
_AT_ONCE = (Handling.INSTANT, Handling.ADVICE)
_FORM, _ENTRY = VisitForm(), MatterEntry()


class Reception:
    """Throws the forms of visits. Sentences fit the matter, the season and the visitor's age."""

    def __init__(
        self,
        dice: Dice,
        names: Names,
        matters: Sequence[Matter],
        reasons: Sequence[Reason],
        replies: Replies,
    ) -> None:
        self._dice = dice
        self._names = names
        self._replies = replies
        self._matters: Mapping[str, Matter] = {matter.name: matter for matter in matters}
        self._usual = next(reason for reason in reasons if reason.matter == _HANDY)
        self._limited = {
            days: Table(
                (
                    reason,
                    float(self._matters[reason.matter].station_days == days and reason.anybody),
                )
                for reason in reasons
            )
            for days in (1, 3)
        }
        self._tables = {
            (month, who): _table(reasons, month, who)
            for month in range(1, 13)
            for who in ("any", "elder", "adult", "regular")
        }

    def counted(self) -> VisitForm:
        """仅计数: somebody who only asked the way."""
        name = self._dice.drawn(_COUNTED)
        return counted_form(MatterEntry(matter=self._matters[name] if name else None))

    def anonymous(self, day: date) -> VisitForm:
        """Somebody who would not say who he is."""
        gender = self._dice.pick((Gender.MALE, Gender.FEMALE, Gender.UNKNOWN))
        entry = self._matter(self._dice.drawn(self._tables[day.month, "any"]), "any", None)
        return VisitForm(kind=VisitKind.ANONYMOUS, gender=gender, matters=(entry,))

    def passing(self, day: date) -> VisitForm:
        """Somebody who gives a name and is not in the register."""
        gender = self._dice.pick((Gender.MALE, Gender.FEMALE))
        name = self._names.of(gender, day.year - self._dice.between(22, 70))
        entry = self._matter(self._dice.drawn(self._tables[day.month, "adult"]), "adult", None)
        return VisitForm(name=name, gender=gender, matters=(entry,))

    def of(self, person: Person, day: date, limit: int = 0) -> VisitForm:
        """A visit of somebody in the register, as the form fills itself from the file; with
        `limit`, about a matter for which the station promises so many working days."""
        dice = self._dice
        who = "elder" if person.age(day) >= ELDER_AGE else "adult"
        table = self._tables[day.month, "regular" if person.regular else who]
        table = self._limited[limit] if limit else table
        reason = self._fitting(table, person, day)
        entries = [self._matter(reason, who, person)]
        if dice.chance(0.035) and not entries[0].is_petition:
            second = self._fitting(table, person, day)
            if second.matter not in (reason.matter, *_PETITIONS):
                entries.append(self._matter(second, who, person))
        agent, people = None, 1
        may_send = reason.matter not in _ONE_COMES_ONESELF and "{kin}" not in reason.text
        if may_send and dice.chance(0.16):
            agent = self._agent(person)
        elif dice.chance(0.06):
            people = 2
        return altered(
            _FORM,
            **_from_file(person),
            matters=tuple(entries),
            source=dice.drawn(_SOURCES),
            agent=agent,
            people=people,
        )

    def _fitting(self, table: Table[Reason], person: Person, day: date) -> Reason:
        """A reason for somebody of that age, who has not come with the same thing just now."""
        age = person.age(day)
        for _ in range(_TRIES):
            reason = self._dice.drawn(table)
            last = person.came_for.get(reason.matter)
            rested = last is None or (day - last).days >= reason.rest
            if rested and reason.youngest <= age <= reason.oldest:
                if reason.rest:
                    person.came_for[reason.matter] = day
                return reason
        return self._usual

    def of_many(self, person: Person, day: date) -> VisitForm:
        """多人来访: several households about one thing, five of them speaking."""
        dice = self._dice
        people = dice.between(6, 24)
        speakers = [Representative(person.draft.name, person.phone)]
        for _ in range(dice.between(1, 4)):
            gender = dice.pick((Gender.MALE, Gender.FEMALE))
            name = self._names.of(gender, day.year - dice.between(35, 70))
            speakers.append(Representative(name, self._names.mobile()))
        matter = self._matters[dice.pick(_OF_MANY)]
        entry = MatterEntry(
            matter=matter,
            summary=f"{people}位居民一同来，{self._dice.pick(_TOGETHER)}",
            handed_to=self._unit(matter) if matter.handling is Handling.FORWARDED else "",
        )
        return VisitForm(
            **_from_file(person),
            people=people,
            representatives=tuple(speakers),
            matters=(entry,),
            remark="已请推选代表座谈",
        )

    def _matter(self, reason: Reason, who: str, person: Person | None) -> MatterEntry:
        dice, matter = self._dice, self._matters[reason.matter]
        if matter.petition:
            return MatterEntry(matter=matter)
        at_once = matter.handling in _AT_ONCE
        entry = altered(
            _ENTRY,
            matter=matter,
            summary="" if at_once and dice.chance(0.2) else self._said(reason.text, who, person),
            notice_given=not at_once and dice.chance(0.4),
        )
        if at_once:
            if reason.reply and dice.chance(0.5):
                return altered(entry, result=reason.reply)
            return altered(entry, done=False) if dice.chance(0.012) else entry
        if matter.handling is Handling.FORWARDED and dice.chance(0.75):
            entry = altered(entry, handed_to=self._unit(matter))
        if matter.urgent and dice.chance(0.06):
            whom = dice.pick(self._replies.of("*", "report"))
            return altered(entry, report_to=whom, report_phone=self._names.mobile())
        return entry

    def _unit(self, matter: Matter) -> str:
        return self._dice.pick(self._replies.of(matter.name, "unit"))

    def _said(self, text: str, who: str, person: Person | None) -> str:
        if "{" not in text:
            return text
        dice = self._dice
        building = person.draft.building if person else str(dice.between(1, 9))
        unit = person.draft.unit if person else ""
        return text.format(
            building=f"{building}栋",
            door=f"{building}栋{unit}单元" if unit else f"{building}栋",
            kin=dice.pick(_KIN["elder" if who == "elder" else "adult"]),
            n=dice.between(2, 6),
            many=dice.between(5, 24),
        )

    def _agent(self, person: Person) -> Agent:
        for one in person.household:
            relation = _RELATIONS.get((one.role, person.role))
            if relation and one.phone:
                return Agent(one.draft.name, one.phone, relation)
        gender = self._dice.pick((Gender.MALE, Gender.FEMALE))
        old = person.role in _OLD_ROLES
        born = person.birth.year + (
            self._dice.between(24, 34) if old else self._dice.between(-4, 4)
        )
        others = _AGENTS_OF_ELDERS if old else _AGENTS_OF_OTHERS
        return Agent(self._names.of(gender, born), self._names.mobile(), self._dice.pick(others))


_TOGETHER = (
    "要求尽快修好，给个时间表",
    "希望三方坐下来谈一次",
    "反映多次，物业一直没有答复",
)


def _table(reasons: Sequence[Reason], month: int, who: str) -> Table[Reason]:
    """In its season a matter comes twice as often."""
    return Table(
        (reason, reason.weight * (2 if month in reason.months else 1))
        for reason in reasons
        if _meant_for(reason, who) and (who != "regular" or reason.matter in _REGULARS_COME_FOR)
    )


def _meant_for(reason: Reason, who: str) -> bool:
    """Whether it may be said by somebody of whom only so much is known."""
    if who == "any":
        return reason.anybody
    return reason.youngest < ELDER_AGE if who == "adult" else reason.oldest >= ELDER_AGE


def _from_file(person: Person) -> dict[str, Any]:
    """What the form takes from somebody's file."""
    resident = person.resident
    assert resident is not None, "a file is opened before its first visit is written"
    return {
        "resident": resident.uid,
        "name": resident.name,
        "gender": resident.gender,
        "birth_year": resident.birth.year if resident.birth else None,
        "phone": resident.phones[0].number if resident.phones else "",
        "compound": resident.compound,
        "building": resident.building,
        "unit": resident.unit,
        "room": resident.room,
        "person_kind": resident.kind,
    }
