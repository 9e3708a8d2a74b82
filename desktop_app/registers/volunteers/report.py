"""队伍名册: who is in a team, since when, with what skills and how many hours. Pure.

志愿者名单 says the same of a list of volunteers, whatever teams they are in.

The columns are those of domain 3.2. Telephones are masked, names as the caller says.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from desktop_app.core.hours import HOURS_RULE, folded
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.masking import mask_name
from desktop_app.printing.blocks import Block, Note, Paragraph, written_date
from desktop_app.printing.document import Document
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.page import LedgerFrame
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column, Group, Row
from desktop_app.registers.volunteers.rules.listing import RosterLine, VolunteerLine
from desktop_app.registers.volunteers.rules.team import Team
from desktop_app.registers.volunteers.rules.words import MemberRole

_C = Align.CENTER
_SIZE = 10.0
_COLUMNS = (
    Column("序号", _C, weight=0),
    Column("姓名", _C, weight=0),
    Column("性别", _C, weight=0),
    Column("志愿者编号", weight=0),
    Column("电话", _C, weight=0),
    Column("技能特长", weight=1),
    Column("职务", _C, weight=0),
    Column("入队日期", _C, weight=0),
    Column("退队日期", _C, weight=0),
    Column("累计时长\n（小时）", Align.RIGHT, weight=0),
)
NAMES_TITLE = "志愿者名单"
_NAMES = (
    *_COLUMNS[:6],
    Column("所在队伍", weight=1),
    Column("注册日期", _C, weight=0),
    Column("状态", _C, weight=0),
    _COLUMNS[-1],
)


@dataclass(frozen=True, slots=True)
class RosterData:
    """A team on a day: `stays` are those of everybody who was ever in it up to then, `minutes` what
    each volunteer served for the team until that day, `phones` the masked ones of who leads."""

    team: Team
    day: date
    stays: Sequence[RosterLine]
    minutes: Mapping[Uid, int]
    leader: str
    leader_phone: str
    masked: bool


def roster(told: RosterData, head: Letterhead) -> Document:
    """队伍名册 of one team as of one day."""
    title = f"{told.team.name}名册"
    return Document(
        title,
        tuple(_blocks(told)),
        head.made_at,
        LedgerFrame(
            head.station,
            f"截至{written_date(told.day)}",
            head.operator,
            head.made_at,
            mark=head.mark,
        ),
        author=head.signed_by,
        subject=told.team.number,
    )


def _blocks(told: RosterData) -> Iterator[Block]:
    stays = sorted(told.stays, key=lambda one: one.joined_on)
    here = [one for one in stays if one.left_on is None or one.left_on > told.day]
    gone = [one for one in stays if one.left_on is not None and one.left_on <= told.day]
    here.sort(key=_rank)
    yield KeyValues(tuple(_facts(told, len(here))), size=_SIZE)
    rest = dict(told.minutes)
    rows: list[Row] = [_row(told, one, rest, at) for at, one in enumerate(here, start=1)]
    if gone:
        rows.append(Group("已退队"))
        rows += [_row(told, one, rest, at) for at, one in enumerate(gone, start=len(here) + 1)]
    if not rows:
        rows.append(Group("这支队伍还没有队员"))
    yield Table(_COLUMNS, rows, size=_SIZE)
    total = sum(told.minutes.values())
    yield Note(
        f"在队{len(here)}人"
        + (f"，已退队{len({one.volunteer for one in gone})}人" if gone else "")
        + f"；全队累计服务{folded(total)}小时。"
    )
    yield Note(
        f"口径：累计时长只计以本队名义服务并已确认的时间，退队后保留；同一人多次入队的只列一次。{HOURS_RULE}"
    )


_RANKS = {MemberRole.LEADER: 0, MemberRole.DEPUTY: 1, MemberRole.MEMBER: 2}


def _rank(line: RosterLine) -> int:
    return _RANKS[line.role]


def _facts(told: RosterData, members: int) -> Iterator[Pair]:
    team = told.team
    named = mask_name(told.leader) if told.masked else told.leader
    yield Pair("队伍编号", team.number)
    yield Pair("队伍类别", team.team_kind.label)
    yield Pair("所属组织", team.organisation)
    yield Pair("成立日期", written_date(team.founded_on))
    yield Pair("队长", named)
    yield Pair("队长电话", told.leader_phone)
    directions = "、".join(one.label for one in team.direction)
    words = "；".join(filter(None, (directions, team.direction_words)))
    yield Pair("服务方向", words, wide=True)
    yield Pair("人数", f"{members}人")
    over = team.disbanded_on is not None and team.disbanded_on <= told.day
    stands = f"{written_date(team.disbanded_on)}解散" if over and team.disbanded_on else "在册"
    yield Pair("状态", stands)


def _row(told: RosterData, line: RosterLine, rest: dict[Uid, int], at: int) -> tuple[str, ...]:
    """One stay; the hours of somebody who was there twice stand with the first line alone."""
    known = line.gender in (Gender.MALE, Gender.FEMALE)
    gone = line.left_on is not None and line.left_on <= told.day
    minutes = rest.pop(line.volunteer, None)
    return (
        str(at),
        mask_name(line.name) if told.masked else line.name,
        line.gender.label if known else "",
        line.number,
        line.phone,
        "、".join(one.label for one in line.skills),
        line.role.label,
        f"{line.joined_on:%Y-%m-%d}",
        f"{line.left_on:%Y-%m-%d}" if gone and line.left_on else "",
        "—" if minutes is None else folded(minutes),
    )


# --- 志愿者名单 -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class NamesData:
    """The volunteers of a list on a day. `told` says which they are; `minutes` is what each served
    until that day."""

    told: str
    day: date
    rows: Sequence[VolunteerLine]
    minutes: Mapping[Uid, int]
    masked: bool


def names(data: NamesData, head: Letterhead) -> Document:
    """志愿者名单, by number."""
    told = "　".join(filter(None, (data.told, f"截至{written_date(data.day)}")))
    return Document(
        NAMES_TITLE,
        tuple(_names(data)),
        head.made_at,
        LedgerFrame(head.station, told, head.operator, head.made_at, mark=head.mark),
        author=head.signed_by,
        subject=told,
    )


def _names(data: NamesData) -> Iterator[Block]:
    if data.rows:
        rows = [_named(data, one, at) for at, one in enumerate(data.rows, start=1)]
        yield Table(_NAMES, rows, size=_SIZE)
    else:
        yield Paragraph("没有符合条件的志愿者。", flush=True)
    total = sum(data.minutes.get(one.uid, 0) for one in data.rows)
    yield Note(f"以上共{len(data.rows)}人，累计服务{folded(total)}小时。")
    yield Note(f"口径：累计时长只计已确认的时间，以哪支队伍名义服务的都算。{HOURS_RULE}")


def _named(data: NamesData, line: VolunteerLine, at: int) -> tuple[str, ...]:
    known = line.gender in (Gender.MALE, Gender.FEMALE)
    minutes = data.minutes.get(line.uid)
    return (
        str(at),
        mask_name(line.name) if data.masked else line.name,
        line.gender.label if known else "",
        line.number,
        line.phone,
        "、".join(one.label for one in line.skills),
        line.teams,
        f"{line.registered_on:%Y-%m-%d}",
        line.state.label,
        "—" if minutes is None else folded(minutes),
    )
