"""What is done with a place besides writing it down: renamed, ended, taken into use again, linked.

The list and the form offer the same deeds; both come here.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from desktop_app.core.changes import Changed
from desktop_app.core.errors import Fault
from desktop_app.core.job import Job
from desktop_app.registers.places import service
from desktop_app.registers.places.outline import Book, Offer, lying_in
from desktop_app.registers.places.rules import LINKED_KINDS, Place, PlaceLink
from desktop_app.registers.places.ui.sheets import CloseSheet, LinkSheet, RenameSheet, UnlinkSheet
from desktop_app.storage.session import Desk
from desktop_app.widgets.form_sheet import FormSheet
from desktop_app.widgets.jobs import JobRunner
from desktop_app.widgets.page import Page


class Deeds:
    """Opens the sheets over a page, which tells the window what came of it."""

    def __init__(self, page: Page, desk: Desk, runner: JobRunner) -> None:
        self._page, self._desk, self._runner = page, desk, runner

    def rename(self, place: Place) -> None:
        """Ask for a name and the day it counts from."""
        sheet = RenameSheet(self._page, place, self._desk.today)

        def work(_job: Job) -> object:
            name, since = sheet.name.value(), sheet.chosen_day()
            return service.rename(self._desk, place.uid, name, since)

        self._carry_out(sheet, work, _renamed)

    def close(self, place: Place, book: Book) -> None:
        """Ask for the last day, and for what takes over."""
        today = self._desk.today
        heirs = [one for one in book.living() if one.kind is place.kind and one.uid != place.uid]
        below = len(lying_in(book.known, place, today))
        sheet = CloseSheet(self._page, place, today, heirs, below)

        def work(_job: Job) -> object:
            return service.close(self._desk, place.uid, sheet.chosen_day(), sheet.heir.uid())

        def sentence(saved: Place) -> str:
            heir = book.name_of(saved.successor)
            return f"“{saved.name}”已并入“{heir}”" if heir else f"已撤销“{saved.name}”"

        self._carry_out(sheet, work, sentence)

    def reopen(self, place: Place) -> None:
        """Take an ended place into use again, at once: it can be undone."""
        try:
            changed = service.reopen(self._desk, place.uid)
        except Fault as fault:
            self._page.say_fault(fault)
            return
        self._page.tell_changed(changed, f"已恢复使用“{place.name}”")

    def link(self, place: Place, book: Book) -> None:
        """Ask for what belongs together with the place."""
        open_links = [link for link in book.links_of(place) if link.until is None]
        linked = {link.beyond(place.uid) for link in open_links}
        others = [
            _with_kind(one)
            for one in book.living()
            if one.kind in LINKED_KINDS and one.kind is not place.kind and one.uid not in linked
        ]
        sheet = LinkSheet(self._page, place, self._desk.today, others)

        def work(_job: Job) -> object:
            other = sheet.other.uid()
            assert other is not None
            since, remark = sheet.day.day(), sheet.remark.value()
            return service.link(self._desk, place.uid, other, since=since, remark=remark)

        self._carry_out(sheet, work, partial(_linked, place, book))

    def unlink(self, place: Place, link: PlaceLink, book: Book) -> None:
        """Ask for the last day of a link."""
        other = book.name_of(link.beyond(place.uid))
        sheet = UnlinkSheet(self._page, place.name, other, self._desk.today)

        def work(_job: Job) -> object:
            return service.unlink(self._desk, link.uid, sheet.chosen_day())

        self._carry_out(sheet, work, lambda _saved: f"已解除“{place.name}”和“{other}”的关联")

    def _carry_out(
        self, sheet: FormSheet, work: Callable[[Job], object], sentence: Callable[[Any], str]
    ) -> None:
        sheet.carry_out(self._runner, work, partial(self._tell, sentence))

    def _tell(self, sentence: Callable[[Any], str], changed: Changed[Any]) -> None:
        self._page.tell_changed(changed, sentence(changed.value))


def _renamed(saved: Place) -> str:
    return f"已改名为“{saved.name}”"


def _linked(place: Place, book: Book, link: PlaceLink) -> str:
    return f"已关联“{place.name}”和“{book.name_of(link.beyond(place.uid))}”"


def _with_kind(offer: Offer) -> Offer:
    return Offer(offer.uid, offer.kind, f"{offer.label}（{offer.kind.label}）", offer.found_by)
