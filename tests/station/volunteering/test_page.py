"""The page 志愿: its tabs, the way to a volunteer and back."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.route import Open, OpenPage
from desktop_app.registers.volunteers import service
from desktop_app.registers.volunteers.ui.volunteer_page import VolunteerPage
from desktop_app.shell.pages import rail_entries, spec_named
from desktop_app.station.volunteering.ui.page import PANES, VolunteeringPage
from tests.driver import sign_in as door
from tests.driver.program import Counter
from tests.registers.volunteers.helpers import joined, team, volunteer

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def page(counter: Counter) -> VolunteeringPage:
    door.come_in(counter)
    counter.workplace.pages.show_page("volunteering")
    counter.settle()
    shown = counter.workplace.pages.current_page
    assert isinstance(shown, VolunteeringPage)
    return shown


def test_it_stands_on_the_rail_after_the_three_lists(page: VolunteeringPage) -> None:
    words = [entry.word for entry in rail_entries(page._desk)]
    assert words[words.index("三单") + 1] == "志愿"


def test_alt_and_a_digit_bring_each_tab_with_its_verb_to_the_front(
    counter: Counter, page: VolunteeringPage
) -> None:
    for number, tab in enumerate(PANES, start=1):
        counter.press(Qt.Key(Qt.Key.Key_0 + number), with_=Qt.KeyboardModifier.AltModifier)
        counter.settle()
        assert (page.part, page.pane.isVisible()) == (tab.key, True)
        assert page.title.action.text() == f"{page.pane.new_word}  F2"


def test_each_list_of_the_page_is_a_place_a_figure_can_lead_to(
    counter: Counter, page: VolunteeringPage
) -> None:
    assert {tab.key for tab in PANES} == set(spec_named("volunteering").lists)
    for tab in PANES:
        counter.workplace.pages.show_page("visits")
        counter.workplace.pages.follow(OpenPage(tab.key))
        assert (counter.workplace.pages.current_page, page.part) == (page, tab.key)


def test_from_a_team_to_a_member_and_back_again(counter: Counter, page: VolunteeringPage) -> None:
    desk = counter.workplace.desk
    one, there = volunteer(desk), team(desk)
    joined(desk, there, one)
    pages = counter.workplace.pages
    pages.follow(Open("teams", there.uid))
    counter.settle()
    pages.follow(Open("volunteers", one.uid))
    counter.settle()
    shown = pages.current_page
    assert isinstance(shown, VolunteerPage)
    assert shown.whole is not None
    assert shown.whole.volunteer == service.get(desk, one.uid)
    for _step in range(2):
        counter.press(Qt.Key.Key_Escape)
        counter.settle()
    assert pages.current_page is page
