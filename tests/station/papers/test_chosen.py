"""Papers of a list of volunteers, and of just those people or records that somebody chose."""

from __future__ import annotations

import re
from datetime import date

import pytest

from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.hours import HOURS_RULE
from desktop_app.core.paper_kinds import kind_named
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.ledgers.papers import service as kept_papers
from desktop_app.ledgers.papers.rules import CopyKind
from desktop_app.ledgers.service import service as ledger
from desktop_app.registers.volunteers import service as register
from desktop_app.registers.volunteers.rules.listing import VolunteerFilter
from desktop_app.registers.volunteers.rules.volunteer import VolunteerAction, VolunteerState
from desktop_app.station.papers import service
from desktop_app.station.resident_card import service as card
from desktop_app.storage.session import Desk
from tests.ledgers.requests.builders import seat
from tests.ledgers.service.builders import at, form
from tests.ledgers.three_lists.builders import blobs
from tests.registers.volunteers.helpers import joined, person, team, volunteer
from tests.station.papers.volunteers import drawn, has, office, said, served

__all__ = ["blobs", "office"]

# What is drawn does not hang on the database; what is read is tried on both where it lives.
pytestmark = pytest.mark.sqlite_only


def test_the_names_of_a_list_have_teams_and_all_hours_and_say_what_was_left_out(
    office: Desk,
) -> None:
    squad = team(office)
    one, two = volunteer(office), volunteer(office, "林志强", "13800001111")
    joined(office, squad, one)
    served(office, one.uid, 2, team=squad.uid)
    alone = ledger.enter(office, form(one.uid, at(9), at(10))).value
    ledger.confirm(office, alone.uid, alone.revision)
    register.step(office, two.uid, two.revision, VolunteerAction.LEAVE, "已搬离")
    reading = drawn(office, "volunteers", listed=VolunteerFilter(state=VolunteerState.ACTIVE))
    has(
        reading,
        "志愿者名单", "筛选：在册", "截至2026年11月23日", "李慧敏", one.number, squad.name, "5.1",
        "医疗护理", "2026-01-05", "以上共1人", HOURS_RULE,
    )  # fmt: skip
    assert "林志强" not in said(reading)
    everybody = drawn(office, "volunteers")
    has(everybody, "林志强", "退出", "以上共2人")
    assert "筛选" not in said(everybody)
    has(drawn(office, "volunteers", listed=VolunteerFilter(team=squad.uid)), f"筛选：{squad.name}")
    has(drawn(office, "volunteers", search="没有的人"), "没有符合条件的志愿者", "“没有的人”")


def test_only_who_was_chosen_is_named_and_the_paper_says_that_they_were_chosen(
    office: Desk,
) -> None:
    one, two, three = (
        volunteer(office, name, f"1380000567{number}")
        for number, name in enumerate(("李慧敏", "欧阳志强", "赖建国"))
    )
    # Whoever has left since is still who was ticked.
    register.step(office, two.uid, two.revision, VolunteerAction.LEAVE, "已搬离")
    reading = drawn(office, "volunteers", chosen=(two.uid, one.uid))
    has(reading, "所选2人", "李慧敏", "欧阳志强", "以上共2人")
    assert "赖建国" not in said(reading)
    assert three.number not in said(reading)
    masked = seat(office, "小王", without=frozenset({Right.REVEAL}))
    has(drawn(masked, "volunteers", chosen=(one.uid,)), "所选1人", "李*敏")
    reader = seat(office, "小李", without=frozenset({Right.EXPORT}))
    with pytest.raises(NotAllowed, match="没有“导出”权限"):
        drawn(reader, "volunteers", chosen=(one.uid,))


def test_a_paper_of_those_chosen_is_kept_like_any_other(office: Desk) -> None:
    one = volunteer(office)
    drafted = service.draft(office, OpenPaper("volunteers", chosen=(one.uid,)))
    service.keep(office, drafted, CopyKind.PRINTED)
    (kept,) = kept_papers.page(office).rows
    assert (kept.report, kept.title) == ("volunteers", "志愿者名单")


def test_summaries_kept_in_one_go_with_whoever_is_erased_and_lists_of_names_stay(
    office: Desk,
) -> None:
    one, two = volunteer(office), volunteer(office, "林志强", "13800001111")
    for kind in ("volunteer-summary", "volunteers"):
        drafted = service.draft(office, OpenPaper(kind, chosen=(one.uid, two.uid)))
        service.keep(office, drafted, CopyKind.PRINTED)
    card.erase(office, person(office, "不是志愿者", "13800002222").uid)
    assert len(kept_papers.page(office).rows) == 2
    card.erase(office, one.resident)
    assert [kept.report for kept in kept_papers.page(office).rows] == ["volunteers"]


def test_a_paper_of_one_record_is_not_made_of_several(office: Desk) -> None:
    with pytest.raises(UserError, match="不能只要选中的几条"):
        drawn(office, "roster", team(office).uid, chosen=(volunteer(office).uid,))


def test_the_summaries_of_those_chosen_begin_a_page_each_with_their_own_words(
    office: Desk,
) -> None:
    one, two, three = (
        volunteer(office, name, f"1380000567{number}")
        for number, name in enumerate(("李慧敏", "欧阳志强", "赖建国"))
    )
    served(office, two.uid, 2)
    sentence = next(
        one.sentence for one in service.wordings(office) if one.sentence.name == "notice"
    )
    service.word(office, kind_named("volunteer-summary"), sentence, "仅供{志愿者姓名}本人核对。")
    reading = drawn(office, "volunteer-summary", chosen=(two.uid, one.uid, two.uid))
    assert len(reading.pages) == 2
    first, second = (re.sub(r"\s", "", "".join(page.texts)) for page in reading.pages)
    for page, name, rest in (
        (first, "李慧敏", "没有已确认的服务记录"),
        (second, "欧阳志强", "4小时10分"),
    ):
        assert f"仅供{name}本人核对。" in page
        assert rest in page
        assert "所选2人，每人另起一页" in page
        assert "志愿服务记录汇总（非证明）" in page
    assert "赖建国" not in said(reading)
    with pytest.raises(UserError, match="都不在了"):
        drawn(office, "volunteer-summary", chosen=(office.database.new_uid(),))
    assert three.number not in said(reading)


def test_only_the_records_that_were_chosen_are_on_the_paper(office: Desk) -> None:
    one, two = volunteer(office), volunteer(office, "林志强", "13800001111")
    served(office, one.uid, 2)
    served(office, two.uid, 1, title="清理楼道")
    rows = ledger.page(office).rows
    chosen = tuple(row.uid for row in rows if row.day == date(2026, 11, 20))
    reading = drawn(office, "service-record", chosen=chosen)
    has(reading, "所选2条", "2026年11月20日", "李慧敏", "林志强", "清理楼道", "共2条、2人")
    assert "2026-11-19" not in said(reading)
    has(drawn(office, "service-record", chosen=chosen[:1]), "所选1条", "共1条、1人")
