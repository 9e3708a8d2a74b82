"""What stations sent, in the ledgers' pages: whose it is, to be read and not to be changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.route import Open
from desktop_app.ledgers.activities.ui.page import ActivitiesPage
from desktop_app.ledgers.activities.ui.record import ActivityPage
from desktop_app.ledgers.visits.ui.page import VisitsPage
from desktop_app.ledgers.visits.ui.record import VisitPage
from desktop_app.registers.residents.ui.page import ResidentsPage
from desktop_app.station.resident_card.ui.page import ResidentCardPage
from desktop_app.widgets.page import Page
from tests.driver.inbox import InboxDesk
from tests.driver.program import Counter
from tests.ledgers.activities.builders import plan
from tests.ledgers.visits.builders import resident
from tests.street.neighbourhood import Branch, Neighbourhood

pytestmark = pytest.mark.sqlite_only


def page(office: Counter, key: str) -> Page:
    """A page of the rail, once it has read what it shows."""
    office.workplace.pages.show_page(key)
    office.settle()
    found = office.workplace.pages.current_page
    assert found is not None
    return found


def test_a_visit_says_whose_it_is_and_offers_no_step(
    inbox: InboxDesk, branch: Branch, stick: Path, office: Counter
) -> None:
    branch.register("陈桂英")
    inbox.drop(branch.report(stick))
    listed = page(office, "visits")
    assert isinstance(listed, VisitsPage)
    row = listed.table.row(listed.table.focused_uid() or "")
    assert row is not None
    office.workplace.pages.follow(Open("visits", row.line.uid))
    office.settle()
    record = office.workplace.pages.current_page
    assert isinstance(record, VisitPage)
    assert record.content.register.words_of("站点") == "青榕雅苑党群服务站"
    assert record.header.offered == ()
    assert record.header.correct.isHidden()
    assert all(button.isHidden() for button in record.header.papers.values())


def test_the_lists_are_narrowed_to_one_station(
    inbox: InboxDesk, branch: Branch, around: Neighbourhood, stick: Path, office: Counter
) -> None:
    second = around.joined("QR02", "翠竹园党群服务站", office.workplace.desk)
    for one in (branch, second):
        one.register("陈桂英")
        inbox.drop(one.report(stick))
    listed = page(office, "visits")
    assert isinstance(listed, VisitsPage)
    assert listed.filters.station is not None
    assert len(listed.table.model.rows) == 2
    listed.filters.station.set_codes(["QR02"])
    office.settle()
    shown = listed.table.row(listed.table.focused_uid() or "")
    assert len(listed.table.model.rows) == 1
    assert shown is not None
    assert shown.station == "翠竹园党群服务站"
    assert "翠竹园党群服务站" in listed.filters.words()


def test_an_activity_says_whose_it_is_and_can_not_be_changed(
    inbox: InboxDesk, branch: Branch, stick: Path, office: Counter
) -> None:
    activity = plan(branch.desk)
    inbox.drop(branch.report(stick))
    listed = page(office, "activities")
    assert isinstance(listed, ActivitiesPage)
    (row,) = listed.list.table.rows
    assert row.station == "青榕雅苑党群服务站"
    office.press(Qt.Key.Key_E)
    assert page(office, "activities") is listed
    office.workplace.pages.follow(Open("activities", activity.uid))
    office.settle()
    record = office.workplace.pages.current_page
    assert isinstance(record, ActivityPage)
    assert record.header.about.startswith("青榕雅苑党群服务站")
    assert record.header.offered == ()
    assert "打印" not in office.words()
    assert "记志愿服务" not in [hint.words for hint in record.hints]


def test_masked_residents_are_not_listed_and_not_found(
    inbox: InboxDesk, branch: Branch, stick: Path, office: Counter
) -> None:
    resident(branch.desk)
    inbox.drop(branch.report(stick))
    listed = page(office, "residents")
    assert isinstance(listed, ResidentsPage)
    assert listed.list.table.model.rows == ()
    assert "完整资料" in office.words()
    listed.search_for("cgy")
    office.settle()
    assert listed.list.table.model.rows == ()


def test_complete_data_let_a_person_be_found_across_stations_and_only_read(
    inbox: InboxDesk, branch: Branch, around: Neighbourhood, stick: Path, office: Counter
) -> None:
    second = around.joined("QR02", "翠竹园党群服务站", office.workplace.desk)
    resident(branch.desk)
    resident(second.desk, name="陈国元")
    inbox.drop(branch.report_all(stick), second.report(stick))
    listed = page(office, "residents")
    assert isinstance(listed, ResidentsPage)
    listed.search_for("cgy")
    office.settle()
    (row,) = listed.list.table.model.rows
    assert row.station == "青榕雅苑党群服务站"  # type: ignore[attr-defined]
    office.workplace.pages.follow(Open("residents", row.listed.line.uid))  # type: ignore[attr-defined]
    office.settle()
    card = office.workplace.pages.current_page
    assert isinstance(card, ResidentCardPage)
    assert "陈桂英" in office.words()
    heading = card.card.heading
    offered = (heading.title.action, *heading.buttons.values())
    assert all(button.isHidden() for button in offered)
    assert not any("志愿者" in hint.words for hint in card.hints)
