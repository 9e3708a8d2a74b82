"""三单: the board, the three lists, 共建单位 and agreements, each a tab of one page.

Where a tab says more than the folder of its records knows, it is one of `station/` made from it.
"""

from __future__ import annotations

from desktop_app.ledgers.three_lists.service import list_names
from desktop_app.widgets.tabbed_page import Tab, TabbedPage

PANES: tuple[Tab, ...] = (
    Tab("board", "看板", "desktop_app.ledgers.three_lists.ui.board_pane:BoardPane"),
    Tab("problems", "问题清单", "desktop_app.ledgers.three_lists.ui.problems_pane:ProblemsPane"),
    Tab("offers", "共建清单", "desktop_app.ledgers.three_lists.ui.offers_pane:OffersPane"),
    Tab("duties", "责任清单", "desktop_app.ledgers.three_lists.ui.duties_pane:DutiesPane"),
    Tab("partners", "共建单位", "desktop_app.station.co_building.ui.partners:JoinedPartnersPane"),
    Tab("agreements", "协议", "desktop_app.station.co_building.ui.agreements:JoinedAgreementsPane"),
)
"""In the order of the tabs, which is that of Alt+1, Alt+2, …"""


class CoBuildingPage(TabbedPage):
    """The page 三单."""

    panes = PANES
    word = "三单"
    tabs_name = "三单的各个清单"

    def name_tabs(self) -> None:
        """The three lists are called as the station's settings say."""
        names = list_names(self._desk)
        words = {"problems": names.problems, "offers": names.offers, "duties": names.duties}
        for number, tab in enumerate(PANES):
            self.tabs.setTabText(number, words.get(tab.key, tab.word))
