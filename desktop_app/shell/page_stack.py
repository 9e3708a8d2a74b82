"""The pages of one operator, one in front: made when first needed; follows their routes."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from desktop_app.core.paper_kinds import kind_named
from desktop_app.core.route import ExportList, Open, OpenPage, OpenPaper, Route
from desktop_app.shell.pages import key_listing, places_for, spec_named, spec_showing
from desktop_app.station.sign_in.session import Session
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page

Place = tuple[str, Route | None]

PAPER = "paper"
"""The page that shows a paper."""


class PageStack(QStackedWidget):
    """`arrived` carries the key of the page now in front; `changed` what a page changed; `made` a
    page that was not there before; `exported` a list that was written as a sheet."""

    arrived = Signal(object)
    made = Signal(object)
    changed = Signal(object)
    exported = Signal(object)
    look_wanted = Signal(object)

    def __init__(self, session: Session, runner: JobRunner, parent: QWidget) -> None:
        super().__init__(parent)
        self._session, self._runner = session, runner
        self._pages: dict[str, Page] = {}
        self._reported = ("", False)
        self._before: list[Place] = []
        self._now: Place = ("", None)

    @property
    def current_page(self) -> Page | None:
        """The page in front."""
        return self._pages.get(self._now[0])

    @property
    def help_key(self) -> str:
        """What the help is to be about: the page in front, or `page.part` of it."""
        part = "" if self.current_page is None else self.current_page.part
        return f"{self._now[0]}.{part}" if part else self._now[0]

    @Slot(object)
    def show_page(self, key: str) -> None:
        """Bring a page of the rail to the front."""
        self._before.clear()
        self._come_to((key, None))

    @Slot(object)
    def follow(self, route: Route) -> None:
        """Go where a page asked to go."""
        if isinstance(route, ExportList):
            self._export(route)
            return
        if isinstance(route, OpenPaper):
            if kind_named(route.kind).edition == self._session.database.station.edition:
                self._show_rows(OpenPage(PAPER, wanted=route))
            return
        if isinstance(route, OpenPage):
            if route.wanted is not None:
                self._show_rows(route)
            elif route.page in places_for(self._session.desk):
                key = key_listing(route.page)
                self.show_page(key)
                self._pages[key].turn_to(route.page)
                if route.search:
                    self._pages[key].search_for(route.search)
            return
        spec = spec_showing(route.kind)
        if spec is not None:
            self._before.append(self._now)
            self._come_to((spec.key, route))

    def _show_rows(self, route: OpenPage) -> None:
        """Bring a list to the front with the rows behind a figure; Alt+Left leads back to it."""
        if route.page not in places_for(self._session.desk):
            return
        key = key_listing(route.page)
        page = self._pages.get(key) or self._make(key)
        page.turn_to(route.page)
        page.narrow_to(route.wanted)
        self._before.append(self._now)
        self._come_to((key, None))

    def _export(self, route: ExportList) -> None:
        """Ask how and where to, and write the list there off the window's thread."""
        from desktop_app.station.exporting.ui.sheet import ExportSheet

        ExportSheet(self._session.desk, self._runner, self, route, self.exported.emit).open()

    @Slot()
    def back(self) -> None:
        """Back to where one came from before a record's page."""
        if self._before:
            self._come_to(self._before.pop())

    def come_back(self) -> None:
        """The same operator unlocked the screen: everything is as it was."""
        if self.current_page is not None:
            self.current_page.arrive()

    def spread(self, kinds: frozenset[str]) -> None:
        """Tell every page that records of these kinds were changed."""
        for page in self._pages.values():
            page.take(kinds)

    def spread_everything(self) -> None:
        """Somebody else wrote, and it is not known what."""
        self.spread(frozenset().union(*(page.kinds for page in self._pages.values())))

    def note_reported(self, words: str, *, late: bool) -> None:
        """Tell every page, and those to come, how the reporting to the street stands."""
        self._reported = (words, late)
        for page in self._pages.values():
            page.reported.emit(words, late)

    def may_close(self) -> bool:
        """Whether nothing would be lost if the window closed now."""
        return all(page.may_leave() for page in self._pages.values())

    @Slot()
    def start_new(self) -> None:
        if self.current_page is not None:
            self.current_page.start_new()

    @Slot()
    def start_search(self) -> None:
        if self.current_page is not None:
            self.current_page.start_search()

    def _come_to(self, place: Place) -> None:
        key, route = place
        page = self._pages.get(key) or self._make(key)
        self._now = place
        self.setCurrentWidget(page)
        self.arrived.emit(key)
        if isinstance(route, Open):
            page.open_record(route.uid)
        page.arrive()

    def _make(self, key: str) -> Page:
        page = spec_named(key).build(self._session, self._runner, self)
        page.places = places_for(self._session.desk)
        page.routed.connect(self.follow)
        page.changed.connect(self.changed)
        page.look_wanted.connect(self.look_wanted)
        page.back_wanted.connect(self.back)
        page.reported.emit(*self._reported)
        self._pages[key] = page
        self.addWidget(page)
        self.made.emit(page)
        return page
