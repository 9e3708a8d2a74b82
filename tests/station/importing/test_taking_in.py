"""An old ledger is tried out and taken in: what is kept, what is told, what is left."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.core.identity import Gender
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.ledgers.visits.rules.visit import VisitState
from desktop_app.registers.residents.rules import Resident
from desktop_app.registers.residents.search import find
from desktop_app.station.importing import service
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from tests.sheets.gallery import workbook
from tests.station.importing.books import (
    CHEN,
    HEAD,
    LAI,
    counts,
    kept,
    taken,
    tried,
    visits,
    visits_book,
)


def _entries(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.reading(needs=Right.READ) as connection:
        lines = audit.entries(connection)
    return [(line.action, line.subject, line.detail) for line in lines]


def test_trying_out_keeps_nothing_and_says_what_each_row_would_be(
    desk: Desk, tmp_path: Path
) -> None:
    before = _entries(desk)
    wrong = ("2023.13.40", *LAI[1:])
    found = tried(desk, visits_book(tmp_path / "2023.xlsx", CHEN, LAI, wrong))

    assert counts(found) == {"new": 2, "wrong": 1}
    (problem,) = found.trial.rows[2].problems
    assert (found.trial.rows[2].row.number, problem.label) == (5, "日期")
    assert visits(desk) == []
    assert kept(desk, "residents") == []
    assert _entries(desk) == before


def test_the_good_rows_are_kept_as_the_old_ledger_says_and_the_others_come_back(
    desk: Desk, tmp_path: Path
) -> None:
    wrong = ("2023.13.40", *LAI[1:])
    done = taken(desk, visits_book(tmp_path / "2023.xlsx", CHEN, LAI, wrong))

    first, second = visits(desk)
    assert (first.name, first.gender, first.phone) == ("陈桂英", Gender.FEMALE, "13800005678")
    assert (first.day.isoformat(), first.late_entry) == ("2023-03-05", True)
    assert (first.building, first.unit, first.room) == ("3", "2", "501")
    assert (first.state, first.result) == (VisitState.CLOSED, "已帮助缴好")
    assert (first.first_clerk_name, first.registered_by_name) == ("王小燕", desk.actor.name)
    assert first.number.startswith("QR01-2023A-")
    assert (second.day.isoformat(), second.summary) == ("2023-03-06", "楼道漏水")
    assert [one.row.number for one in done.left] == [5]


def test_an_import_is_one_entry_of_the_audit_that_names_nobody_and_both_chains_hold(
    desk: Desk, tmp_path: Path
) -> None:
    before = len(_entries(desk))
    done = taken(desk, visits_book(tmp_path / "陈桂英的.xlsx", CHEN, LAI))

    entries = _entries(desk)
    assert len(entries) == before + 1
    assert ("导入表格：来访", done.made.number, "新增 2 条") in entries
    with desk.reading(needs=Right.READ) as connection:
        assert audit.check_audit(connection) + audit.check_changes(connection) == []


def test_one_person_gets_one_file_however_often_he_came_and_is_found_by_initials(
    desk: Desk, tmp_path: Path
) -> None:
    again = ("2023.4.1", *CHEN[1:7], "又来问一次", "", "王小燕")
    taken(desk, visits_book(tmp_path / "2023.xlsx", CHEN, LAI, again))

    people = [one for one in kept(desk, "residents") if isinstance(one, Resident)]
    assert sorted(one.name for one in people) == ["赖建国", "陈桂英"]
    chen = next(one for one in people if one.name == "陈桂英")
    assert [one.resident for one in visits(desk)].count(chen.uid) == 2
    (line,) = find(desk, "cgy").people
    assert (line.uid, line.times) == (chen.uid, 2)


def test_somebody_who_has_a_file_gets_no_second_one(desk: Desk, tmp_path: Path) -> None:
    taken(desk, visits_book(tmp_path / "2022.xlsx", CHEN))
    later = ("2023.9.9", *CHEN[1:7], "另一件事", "", "王小燕")
    taken(desk, visits_book(tmp_path / "2023.xlsx", later))

    assert len(kept(desk, "residents")) == 1
    assert len({one.resident for one in visits(desk)}) == 1


def test_no_file_is_opened_when_that_was_not_chosen(desk: Desk, tmp_path: Path) -> None:
    opened = service.open_file(visits_book(tmp_path / "2023.xlsx", CHEN))
    plan = service.propose(desk, opened, 0, kind="visits")

    found = service.try_out(desk, opened, replace(plan, options=frozenset()), service_job())
    service.take_in(desk, found, service.Decisions(), service_job())

    assert kept(desk, "residents") == []
    assert [one.resident for one in visits(desk)] == [None]


def service_job() -> Job:
    return Job("导入")


def test_the_same_row_twice_is_in_doubt_and_what_is_decided_is_done(
    desk: Desk, tmp_path: Path
) -> None:
    path = visits_book(tmp_path / "2023.xlsx", CHEN, CHEN)
    found = tried(desk, path)
    assert counts(found) == {"new": 1, "duplicate": 1}
    assert found.trial.rows[1].like[0].row == 3
    assert service.reasons_of(found.trial.rows[1]) == ("可能重复：和第 3 行完全相同",)

    left = taken(desk, path).left
    assert (len(visits(desk)), [one.row.number for one in left]) == (1, [4])


def test_a_row_of_a_day_that_was_registered_already_is_in_doubt(desk: Desk, tmp_path: Path) -> None:
    path = visits_book(tmp_path / "2023.xlsx", CHEN)
    taken(desk, path)
    found = tried(desk, path)

    assert counts(found) == {"duplicate": 1}
    assert found.trial.rows[0].like[0].uid == visits(desk)[0].uid
    taken(desk, path, choice=service.Choice.SAME)
    assert len(visits(desk)) == 1
    taken(desk, path, choice=service.Choice.NEW)
    assert len(visits(desk)) == 2


def test_orders_of_another_platform_are_updated_and_not_doubled_when_they_come_again(
    desk: Desk, tmp_path: Path
) -> None:
    head = ("工单编号", "受理时间", "反映人", "联系电话", "诉求标题", "诉求内容")
    line = ("BXGJ2026110023", "2026-11-20", "陈桂英", "13800005678", "路灯", "三栋路灯不亮")
    path = workbook(tmp_path / "百姓管家.xlsx", [head, line])
    taken(desk, path, "requests")
    changed = (*line[:5], "三栋和四栋的路灯都不亮")
    found = tried(desk, workbook(tmp_path / "又导出.xlsx", [head, changed]), "requests")

    assert counts(found) == {"updated": 1}
    (difference,) = found.trial.rows[0].differences
    assert (difference.before, difference.after) == ("三栋路灯不亮", "三栋和四栋的路灯都不亮")
    service.take_in(desk, found, service.Decisions(), service_job())
    (order,) = kept(desk, "requests")
    assert (getattr(order, "summary"), order.revision) == ("三栋和四栋的路灯都不亮", 2)  # noqa: B009
    assert counts(tried(desk, path, "requests")) == {"updated": 1}


def test_what_the_headings_meant_is_remembered(desk: Desk, tmp_path: Path) -> None:
    head = (*HEAD[:7], "说了些什么", *HEAD[8:])
    path = visits_book(tmp_path / "2023.xlsx", CHEN, head=head)
    opened = service.open_file(path)
    plan = service.propose(desk, opened, 0, kind="visits")
    mended = service.with_mapping(plan, {"说了些什么": "事由"})
    service.take_in(
        desk, service.try_out(desk, opened, mended, service_job()), service.Decisions(),
        service_job(),
    )  # fmt: skip
    again = service.propose(
        desk, service.open_file(visits_book(tmp_path / "2024.xlsx", LAI, head=head)), 0
    )

    assert (again.kind, again.learned) == ("visits", True)
    assert again.by_heading["说了些什么"] == "summary"


def test_what_was_left_can_be_corrected_in_its_workbook_and_dropped_again(
    desk: Desk, tmp_path: Path
) -> None:
    wrong = ("2023.3.7", "赖建国", "男", 350802199001011234.0, *LAI[4:])
    found = tried(desk, visits_book(tmp_path / "2023.xlsx", CHEN, wrong))
    done = service.take_in(desk, found, service.Decisions(), service_job()).value
    left = tmp_path / "没有导入的.xlsx"
    assert service.write_left(desk, found.plan, done.left, left) == 1

    opened = service.open_file(left)
    again = service.propose(desk, opened, 0)
    assert (again.kind, again.learned) == ("visits", False)
    rows = opened.book.rows(0)
    assert rows[1][-1] is not None
    assert "身份证" in str(rows[1][-1])
    rows[1][3] = ""
    rows[1][0] = "2023.3.7"
    cells = [row[:-1] for row in rows]
    taken(desk, workbook(tmp_path / "改好的.xlsx", cells))
    assert sorted(one.name for one in visits(desk)) == ["赖建国", "陈桂英"]
