"""志愿服务记录: the records of a person, of a team or of a time as a ledger (domain 3.3). Pure.

Of one person it has all that the law wants recorded (志愿服务条例 art. 19): who it is, what was
served, courses, honours, and how it was judged.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.core.hours import HOURS_RULE, folded, hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.masking import mask_name
from desktop_app.ledgers.service.rules.service_record import ServiceRecord, ServiceState
from desktop_app.ledgers.service.rules.spans import counted_once
from desktop_app.printing.blocks import Block, Heading, Note, Paragraph
from desktop_app.printing.document import Document
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.page import LedgerFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column
from desktop_app.registers.volunteers.rules.listing import VolunteerName
from desktop_app.registers.volunteers.rules.volunteer import Honour, Training

TITLE = "志愿服务记录"
_C = Align.CENTER
_NAME = Column("姓名", _C, weight=0)
_COLUMNS = (
    Column("编号", weight=0),
    Column("日期", _C, weight=0),
    Column("起止时间", _C, weight=0),
    Column("活动（项目）名称", weight=1),
    Column("地点", weight=0.7),
    Column("服务内容", weight=1.2),
    Column("服务对象\n（人次）", weight=0.5),
    Column("服务时长", Align.RIGHT, weight=0),
    Column("时长来源", _C, weight=0),
    Column("组织单位\n负责人", weight=0.8),
    Column("评价", _C, weight=0),
    Column("确认", _C, weight=0),
)
_TRAININGS = (
    Column("日期", _C, weight=0),
    Column("培训内容", weight=1),
    Column("组织单位", weight=0.8),
    Column("时长", Align.RIGHT, weight=0),
)
_HONOURS = (
    Column("日期", _C, weight=0),
    Column("表彰奖励", weight=1),
    Column("颁发单位", weight=0.8),
)


@dataclass(frozen=True, slots=True)
class PersonBlock:
    """What stands above the records of one person."""

    number: str
    name: str
    gender: str
    state: str
    registered: str
    teams: str
    skills: str
    trainings: Sequence[Training]
    honours: Sequence[Honour]


@dataclass(frozen=True, slots=True)
class RecordsData:
    """The records in the order of their days. `told` says which they are; `person` is given when
    all of them are one person's."""

    told: str
    rows: Sequence[ServiceRecord]
    names: Mapping[Uid, VolunteerName]
    person: PersonBlock | None
    masked: bool


def records(data: RecordsData, head: Letterhead) -> Document:
    """The records as a ledger, lying; void ones stay and count nothing."""
    return Document(
        TITLE,
        tuple(_blocks(data, head)),
        head.made_at,
        LedgerFrame(head.station, data.told, head.operator, head.made_at, mark=head.mark),
        author=head.signed_by,
        subject=data.told,
    )


def _blocks(data: RecordsData, head: Letterhead) -> Iterator[Block]:
    person = data.person
    if person is not None:
        yield Heading("一、个人基本信息")
        yield KeyValues(tuple(_facts(person, data.masked)), beside=3)
        yield Heading("二、志愿服务和评价情况")
    columns = _COLUMNS if person else (_COLUMNS[0], _NAME, *_COLUMNS[1:])
    if data.rows:
        yield Table(columns, [_row(one, data, head) for one in data.rows])
    else:
        yield Paragraph("没有符合条件的服务记录。", flush=True)
    yield Note(_summary(data.rows, data.names))
    yield Note(f"口径：只计已确认的；路途、休息已扣除。{HOURS_RULE}")
    if person is not None:
        yield from _courses(person)


def _facts(person: PersonBlock, masked: bool) -> Iterator[Pair]:
    yield Pair("志愿者编号", person.number)
    yield Pair("姓名", mask_name(person.name) if masked else person.name)
    yield Pair("性别", person.gender)
    yield Pair("注册日期", person.registered)
    yield Pair("状态", person.state)
    yield Pair("所在队伍", person.teams)
    yield Pair("技能特长", person.skills, wide=True)


def _courses(person: PersonBlock) -> Iterator[Block]:
    yield Heading("三、培训情况")
    if person.trainings:
        trainings = [
            (f"{one.day:%Y-%m-%d}", one.words, one.organiser, hours_words(one.minutes))
            for one in person.trainings
        ]
        yield Table(_TRAININGS, trainings)
    else:
        yield Paragraph("没有培训记录。", flush=True)
    yield Heading("四、表彰奖励情况")
    if person.honours:
        honours = [(f"{one.day:%Y-%m-%d}", one.words, one.by) for one in person.honours]
        yield Table(_HONOURS, honours)
    else:
        yield Paragraph("没有表彰奖励记录。", flush=True)


def _row(one: ServiceRecord, data: RecordsData, head: Letterhead) -> tuple[str, ...]:
    served = "" if one.served is None else f"{one.served}人次"
    cells = (
        one.number,
        f"{one.day:%Y-%m-%d}",
        _span(one, head),
        one.title + ("（好人好事）" if one.good_deed else ""),
        one.place_words,
        one.content,
        served,
        "—" if one.minutes is None else hours_words(one.minutes),
        one.source.label + ("\n超期" if one.late else ""),
        "\n".join(filter(None, (one.organiser, one.head))),
        one.rating.label if one.rating is not None else "",
        _confirmed(one),
    )
    if data.person is not None:
        return cells
    return (cells[0], _name(one, data), *cells[1:])


def _name(one: ServiceRecord, data: RecordsData) -> str:
    found = data.names.get(one.volunteer)
    if found is None or not found.name:
        return found.number if found else ""
    return mask_name(found.name) if data.masked else found.name


def _span(one: ServiceRecord, head: Letterhead) -> str:
    starts = head.local(one.started_at)
    if one.ended_at is None:
        return f"{starts:%H:%M}起"
    ends = head.local(one.ended_at)
    ahead = "次日" if ends.date() > starts.date() else ""
    without = f"\n扣{one.excluded_minutes}分" if one.excluded_minutes else ""
    return f"{starts:%H:%M}—{ahead}{ends:%H:%M}{without}"


def _confirmed(one: ServiceRecord) -> str:
    if one.state is not ServiceState.CONFIRMED:
        return one.state.label
    on = f"{one.confirmed_on:%m-%d}" if one.confirmed_on else ""
    return "\n".join(filter(None, (one.confirmed_by_name, on)))


def _summary(rows: Sequence[ServiceRecord], names: Mapping[Uid, VolunteerName]) -> str:
    counted = [one for one in rows if one.counts]
    people = {names[one.volunteer].uid if one.volunteer in names else one.volunteer for one in rows}
    minutes = sum(one.minutes or 0 for one in counted)
    said = (
        f"以上共{len(rows)}条、{len(people)}人，其中已确认{len(counted)}条，"
        f"累计{hours_words(minutes)}，折合{folded(minutes)}小时。"
    )
    once = sum(share.minutes for share in counted_once(counted)) if len(people) == 1 else minutes
    if once != minutes:
        said += f"其中{hours_words(minutes - once)}与别的服务同时，出具证明时只计一次。"
    return said
