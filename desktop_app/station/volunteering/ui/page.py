"""志愿: teams, volunteers and party members who report here, each a tab of one page.

Where a tab says more than the folder of its records knows, it is one of `station/` made from it.
"""

from __future__ import annotations

from desktop_app.widgets.tabbed_page import Tab, TabbedPage

PANES: tuple[Tab, ...] = (
    Tab("teams", "队伍", "desktop_app.station.volunteering.ui.served:ServedTeamsPane"),
    Tab(
        "volunteers", "志愿者", "desktop_app.registers.volunteers.ui.volunteers_pane:VolunteersPane"
    ),
    Tab("posts", "岗位值班", "desktop_app.station.volunteering.ui.of_shift:ServingPostsPane"),
    Tab("service", "服务记录", "desktop_app.ledgers.service.ui.service_pane:ServicePane"),
    Tab(
        "certificates", "证明", "desktop_app.ledgers.service.ui.certificates_pane:CertificatesPane"
    ),
    Tab("party", "报到党员", "desktop_app.station.volunteering.ui.served:ServedPartyPane"),
)
"""In the order of the tabs, which is that of Alt+1, Alt+2, …"""


class VolunteeringPage(TabbedPage):
    """The page 志愿."""

    panes = PANES
    word = "志愿"
    tabs_name = "志愿服务的各个清单"
