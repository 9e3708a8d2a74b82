"""From what is on the screen to its paper and back, at the real window, by keyboard."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.route import Open
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.service import service as served
from desktop_app.ledgers.visits import service as visits
from desktop_app.registers.matters import service as matters
from desktop_app.station.papers.service import Drafted
from desktop_app.station.papers.ui.page import PaperPage
from tests.driver.program import Counter
from tests.driver.settings import CONTROL
from tests.driver.sign_in import come_in, settings
from tests.homes import StationHome
from tests.journeys.conftest import Open as Opens
from tests.ledgers.activities.builders import form as plan
from tests.ledgers.service.builders import form as evening
from tests.ledgers.visits.builders import form
from tests.registers.volunteers.helpers import joined, team, volunteer

pytestmark = pytest.mark.sqlite_only
K = Qt.Key
ALT, SHIFT = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def counter(home: StationHome, opened: Opens) -> Iterator[Counter]:
    """The program with a visit and an activity in its ledgers, somebody signed in."""
    with home.session() as session:
        matter = matters.directory(session.desk)[0]
        visits.register(session.desk, form(matter))
        activities.plan(session.desk, plan())
    with opened(home.path) as running:
        come_in(running)
        yield running


def made(counter: Counter, kind: str) -> Drafted:
    """The paper that is in front once it is made; Esc leads back to where one was."""
    pages = counter.workplace.pages

    def is_there() -> bool:
        page = pages.current_page
        return (
            isinstance(page, PaperPage)
            and isinstance(page.shown, Drafted)
            and page.shown.kind.name == kind
        )

    counter.wait(is_there)
    counter.settle()
    page = pages.current_page
    assert isinstance(page, PaperPage)
    assert isinstance(page.shown, Drafted)
    return page.shown


def back(counter: Counter) -> None:
    counter.press(K.Key_Escape)
    counter.wait(lambda: not isinstance(counter.workplace.pages.current_page, PaperPage))


def test_the_list_of_visits_as_it_is_narrowed(counter: Counter) -> None:
    counter.workplace.pages.show_page("visits")
    counter.settle()
    before = counter.workplace.pages.current_page
    counter.press(K.Key_P, with_=CONTROL)
    assert "来访登记台账" in made(counter, "visits-ledger").title
    back(counter)
    assert counter.workplace.pages.current_page is before


def test_the_receipt_and_the_notice_of_a_visit(counter: Counter) -> None:
    visit = visits.today(counter.workplace.desk).rows[0]
    counter.workplace.pages.follow(Open("visits", visit.uid))
    counter.settle()
    counter.press(K.Key_P, with_=CONTROL)
    assert made(counter, "receipt").pages == 1
    back(counter)
    counter.press(K.Key_P, with_=CONTROL | SHIFT)
    assert made(counter, "slip").title == "一次性告知单"


def test_the_notice_of_a_matter_from_the_directory(counter: Counter) -> None:
    page = settings(counter, "matters")
    counter.settle()
    assert page.section is not None
    counter.press(K.Key_Tab, K.Key_Tab, K.Key_Tab, K.Key_Tab)
    counter.press(K.Key_P)
    made(counter, "slip")


def test_the_sheet_to_sign_in_on_before_an_activity(counter: Counter) -> None:
    activity = activities.page(counter.workplace.desk).rows[0]
    counter.workplace.pages.follow(Open("activities", activity.uid))
    counter.settle()
    counter.press(K.Key_P, with_=CONTROL | SHIFT)
    assert made(counter, "sign-in").pages == 1
    back(counter)


def test_the_month_from_its_figures(counter: Counter) -> None:
    counter.workplace.pages.show_page("reports")
    counter.settle()
    counter.press(K.Key_P, with_=CONTROL)
    drafted = made(counter, "month")
    assert "2026年11月工作报告" in drafted.title
    assert drafted.words["overall"].startswith("2026年11月，本站登记来访1件")


def test_the_plan_of_an_activity_is_changed_from_its_page(counter: Counter) -> None:
    activity = activities.page(counter.workplace.desk).rows[0]
    counter.workplace.pages.follow(Open("activities", activity.uid))
    counter.settle()
    counter.press(K.Key_F4)
    counter.wait(lambda: "活动名称" in counter.words() and "主办单位" in counter.words())
    counter.settle()


def test_each_tab_of_the_volunteers_prints_its_own(counter: Counter) -> None:
    desk, pages = counter.workplace.desk, counter.workplace.pages
    there, someone = team(desk), volunteer(desk)
    joined(desk, there, someone)
    served.enter(desk, evening(someone.uid))
    pages.show_page("volunteering")
    counter.settle()
    counter.press(K.Key_P, with_=CONTROL)
    assert there.name in made(counter, "roster").title
    back(counter)
    counter.press(K.Key_4, with_=ALT)
    counter.settle()
    counter.press(K.Key_P, with_=CONTROL)
    assert "志愿服务记录" in made(counter, "service-record").title
    back(counter)
    pages.follow(Open("volunteers", someone.uid))
    counter.settle()
    counter.press(K.Key_P, with_=CONTROL | SHIFT)
    made(counter, "service-record")
