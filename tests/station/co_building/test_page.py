"""The page 三单: one window's page with a tab for each list."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from desktop_app.core.route import OpenPage
from desktop_app.shell.pages import spec_named
from desktop_app.station.co_building.ui.page import PANES, CoBuildingPage
from tests.driver import sign_in as door
from tests.driver.program import Counter

pytestmark = pytest.mark.sqlite_only


@pytest.fixture
def page(counter: Counter) -> CoBuildingPage:
    door.come_in(counter)
    counter.workplace.pages.show_page("co_building")
    counter.settle()
    shown = counter.workplace.pages.current_page
    assert isinstance(shown, CoBuildingPage)
    return shown


def test_alt_and_a_digit_bring_each_tab_to_the_front(
    counter: Counter, page: CoBuildingPage
) -> None:
    for number, tab in enumerate(PANES, start=1):
        counter.press(Qt.Key(Qt.Key.Key_0 + number), with_=Qt.KeyboardModifier.AltModifier)
        assert (page.part, page.pane.isVisible()) == (tab.key, True)


def test_each_list_of_the_page_is_a_place_a_figure_can_lead_to(
    counter: Counter, page: CoBuildingPage
) -> None:
    listed = {tab.key for tab in PANES} - {"board"}
    assert listed == set(spec_named("co_building").lists)
    assert listed <= page.places
    for kind in sorted(listed):
        counter.workplace.pages.show_page("visits")
        counter.workplace.pages.follow(OpenPage(kind))
        assert (counter.workplace.pages.current_page, page.part) == (page, kind)


def test_the_primary_action_and_the_keys_are_those_of_the_tab(
    counter: Counter, page: CoBuildingPage
) -> None:
    for tab in PANES:
        page.turn_to(tab.key)
        counter.settle()
        assert page.title.action.isVisible() == bool(page.pane.new_word)
        if page.pane.new_word:
            assert page.title.action.text() == f"{page.pane.new_word}  F2"
