"""The one list of pages: what stands on the rail and which page shows which kind of record.

Adding a page is one line here; its `editions` say whether stations have it, the street, or both. A
page is imported when somebody first goes there, so that the window is quick to come.
"""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from desktop_app.core.rights import Right
from desktop_app.station.sign_in.session import Session
from desktop_app.storage.home import Edition
from desktop_app.storage.session import Desk
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page
from desktop_app.widgets.rail import RailEntry

STATION = frozenset({Edition.STATION})
STREET = frozenset({Edition.STREET})
BOTH = STATION | STREET


@dataclass(frozen=True, slots=True)
class PageSpec:
    """`place` is `module:class`; `shows` is the kind of record the page is about, if any; `lists`
    are those it has lists of besides the one called like the page, each a part of it."""

    key: str
    word: str
    icon: str
    place: str
    needs: Right = Right.READ
    shows: str = ""
    lists: tuple[str, ...] = ()
    on_rail: bool = True
    at_foot: bool = False
    of_the_house: bool = False
    editions: frozenset[Edition] = STATION

    def build(self, session: Session, runner: JobRunner, parent: QWidget) -> Page:
        """Import the page and make it.

        Every page takes a desk, a runner and a parent; one `of_the_house` needs more than the
        database (files of the home, everybody's passwords) and takes the session instead.
        """
        module, _, name = self.place.partition(":")
        first = session if self.of_the_house else session.desk
        made: Page = getattr(importlib.import_module(module), name)(first, runner, parent)
        return made


PAGES: tuple[PageSpec, ...] = (
    PageSpec(
        "inbox",
        "收件",
        "inbox",
        "desktop_app.street.inbox.ui.page:InboxPage",
        editions=STREET,
    ),
    PageSpec(
        "stations",
        "站点",
        "building-2",
        "desktop_app.street.stations.ui.page:StationsPage",
        editions=STREET,
    ),
    PageSpec(
        "overview",
        "总览",
        "chart-column",
        "desktop_app.street.overview.ui.page:OverviewPage",
        editions=STREET,
    ),
    PageSpec(
        "whistles",
        "吹哨",
        "megaphone",
        "desktop_app.street.whistles.ui.page:WhistlesPage",
        editions=STREET,
    ),
    PageSpec(
        "front_desk",
        "前台",
        "concierge-bell",
        "desktop_app.station.front_desk.ui.page:FrontDeskPage",
        needs=Right.REGISTER,
    ),
    PageSpec(
        "visits",
        "来访",
        "clipboard-list",
        "desktop_app.ledgers.visits.ui.page:VisitsPage",
        editions=BOTH,
    ),
    PageSpec(
        "visit",
        "来访详情",
        "clipboard-list",
        "desktop_app.station.raising.ui.pages:LinkedVisitPage",
        shows="visits",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "requests",
        "诉求",
        "message-square-warning",
        "desktop_app.ledgers.requests.ui.page:RequestsPage",
        editions=BOTH,
    ),
    PageSpec(
        "request",
        "诉求详情",
        "message-square-warning",
        "desktop_app.station.volunteering.ui.of_request:ServingRequestPage",
        shows="requests",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "request_form",
        "登记诉求",
        "message-square-warning",
        "desktop_app.station.raising.ui.form:RaisingFormPage",
        needs=Right.REGISTER,
        on_rail=False,
    ),
    PageSpec(
        "activities",
        "活动",
        "calendar-days",
        "desktop_app.ledgers.activities.ui.page:ActivitiesPage",
        editions=BOTH,
    ),
    PageSpec(
        "activity",
        "活动详情",
        "calendar-days",
        "desktop_app.station.volunteering.ui.of_activity:ServingActivityPage",
        shows="activities",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "co_building",
        "三单",
        "handshake",
        "desktop_app.station.co_building.ui.page:CoBuildingPage",
        lists=("problems", "offers", "duties", "partners", "agreements"),
        editions=BOTH,
    ),
    PageSpec(
        "problem",
        "问题详情",
        "message-square-warning",
        "desktop_app.station.raising.ui.list_pages:JoinedProblemPage",
        shows="problems",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "offer",
        "资源详情",
        "handshake",
        "desktop_app.ledgers.three_lists.ui.offer_page:OfferPage",
        shows="offers",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "duty",
        "责任详情",
        "clipboard-check",
        "desktop_app.station.raising.ui.list_pages:JoinedDutyPage",
        shows="duties",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "partner",
        "共建单位",
        "handshake",
        "desktop_app.station.co_building.ui.partners:JoinedPartnerPage",
        shows="partners",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "agreement",
        "共建协议",
        "file-text",
        "desktop_app.station.co_building.ui.agreements:JoinedAgreementPage",
        shows="agreements",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "volunteering",
        "志愿",
        "heart-handshake",
        "desktop_app.station.volunteering.ui.page:VolunteeringPage",
        lists=("teams", "volunteers", "posts", "service", "certificates", "party"),
        editions=BOTH,
    ),
    PageSpec(
        "team",
        "志愿队伍",
        "heart-handshake",
        "desktop_app.registers.volunteers.ui.team_page:TeamPage",
        shows="teams",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "volunteer",
        "志愿者",
        "heart-handshake",
        "desktop_app.station.volunteering.ui.served:ServedVolunteerPage",
        shows="volunteers",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "post",
        "岗位",
        "heart-handshake",
        "desktop_app.ledgers.posts.ui.post_page:PostPage",
        shows="posts",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "service_record",
        "服务记录",
        "heart-handshake",
        "desktop_app.ledgers.service.ui.service_page:ServicePage",
        shows="service",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "claim",
        "岗位认领",
        "heart-handshake",
        "desktop_app.ledgers.posts.ui.post_page:PostOfClaimPage",
        shows="claims",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "shift",
        "值班",
        "heart-handshake",
        "desktop_app.ledgers.posts.ui.post_page:PostOfShiftPage",
        shows="shifts",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "certificate",
        "服务证明",
        "award",
        "desktop_app.ledgers.service.ui.certificate_page:CertificatePage",
        shows="certificates",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "party_member",
        "报到党员",
        "heart-handshake",
        "desktop_app.station.volunteering.ui.served:ServedPartyPage",
        shows="party",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "residents",
        "居民",
        "users",
        "desktop_app.registers.residents.ui.page:ResidentsPage",
        editions=BOTH,
    ),
    PageSpec(
        "resident",
        "居民档案",
        "user",
        "desktop_app.station.resident_card.ui.page:ResidentCardPage",
        shows="residents",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "reports", "报表", "chart-column", "desktop_app.station.period_figures.ui.page:ReportsPage"
    ),
    PageSpec(
        "reporting",
        "上报",
        "upload",
        "desktop_app.station.reporting.ui.page:ReportingPage",
        needs=Right.EXPORT,
        of_the_house=True,
    ),
    PageSpec(
        "evaluations",
        "评价",
        "star",
        "desktop_app.station.evaluation.ui.page:EvaluationsPage",
        needs=Right.MANAGE_STATION,
    ),
    PageSpec(
        "story",
        "来龙去脉",
        "history",
        "desktop_app.station.story.ui.page:StoryPage",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "paper",
        "文书",
        "printer",
        "desktop_app.station.papers.ui.page:PaperPage",
        on_rail=False,
        editions=BOTH,
    ),
    PageSpec(
        "importing",
        "导入表格",
        "table-2",
        "desktop_app.station.importing.ui.page:ImportingPage",
        needs=Right.HANDLE,
        lists=("imports",),
        on_rail=False,
    ),
    PageSpec(
        "settings",
        "设置",
        "settings",
        "desktop_app.shell.settings.ui.page:SettingsPage",
        at_foot=True,
        of_the_house=True,
        editions=BOTH,
    ),
)


def pages_for(desk: Desk) -> list[PageSpec]:
    """The pages this operator may use in this edition of the program."""
    edition, actor = Edition(desk.database.station.edition), desk.actor
    return [
        spec
        for spec in PAGES
        if edition in spec.editions and (actor.may(spec.needs) or spec.key == "settings")
    ]


def places_for(desk: Desk) -> frozenset[str]:
    """The keys of those pages and the kinds of record they show: where a route may lead."""
    return frozenset(
        name for spec in pages_for(desk) for name in (spec.key, spec.shows, *spec.lists) if name
    )


def rail_entries(desk: Desk) -> list[RailEntry]:
    """The rail as this operator sees it."""
    return [
        RailEntry(spec.key, spec.word, spec.icon, at_foot=spec.at_foot)
        for spec in pages_for(desk)
        if spec.on_rail
    ]


def spec_named(key: str) -> PageSpec:
    """The page of that key; `KeyError` when there is none."""
    return {spec.key: spec for spec in PAGES}[key]


def key_listing(kind: str) -> str:
    """The key of the page that lists records of a kind: of that name, or with a part for them."""
    return next((spec.key for spec in PAGES if kind in spec.lists), kind)


def spec_showing(kind: str) -> PageSpec | None:
    """The page about one record of a kind."""
    return next((spec for spec in PAGES if spec.shows == kind), None)
