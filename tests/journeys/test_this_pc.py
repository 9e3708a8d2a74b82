"""What this PC remembers from one start of the program to the next."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.registers.people import service as people
from desktop_app.registers.people.rules import Role
from desktop_app.station.sign_in.ui.page import SignInPage
from desktop_app.widgets.table_page import PagedTable
from tests.driver.program import Counter
from tests.driver.sign_in import CLERK, CLERK_PASSWORD, come_in
from tests.homes import LEAD, StationHome
from tests.journeys.conftest import Open

pytestmark = pytest.mark.sqlite_only


def offered(counter: Counter) -> str:
    """Whose name stands in the sign-in."""
    page = counter.window.findChildren(SignInPage)[0]
    return page.operator.currentText()


def visits_table(counter: Counter) -> PagedTable:
    counter.workplace.pages.show_page("visits")
    counter.settle()
    page = counter.workplace.pages.current_page
    assert page is not None
    return page.findChildren(PagedTable)[0]


def test_who_signed_in_here_last_is_offered_first(home: StationHome, opened: Open) -> None:
    with home.session() as session:
        people.add_operator(
            session.desk,
            session.keeper,
            name=CLERK,
            role=Role.CLERK,
            password=CLERK_PASSWORD,
            must_change=False,
        )
    with opened(home.path) as counter:
        assert offered(counter) == LEAD
        counter.press(Qt.Key.Key_N, with_=Qt.KeyboardModifier.AltModifier)
        counter.type(CLERK)
        counter.press(Qt.Key.Key_Tab)
        come_in(counter, CLERK_PASSWORD)
        assert counter.workplace.desk.actor.name == CLERK
    with opened(home.path) as counter:
        assert offered(counter) == CLERK
        come_in(counter, CLERK_PASSWORD)


def test_a_column_drawn_wider_is_as_wide_at_the_next_start(home: StationHome, opened: Open) -> None:
    with opened(home.path) as counter:
        come_in(counter)
        table = visits_table(counter)
        own = table.view.columnWidth(1)
        table.view.horizontalHeader().resizeSection(1, own + 61)
    with opened(home.path) as counter:
        come_in(counter)
        table = visits_table(counter)
        assert table.view.columnWidth(1) == own + 61
        assert table.view.columnWidth(2) == round(table.model.columns[2].width)
