"""记志愿服务 on the page of a request: who went and how long becomes a service record."""

from __future__ import annotations

from functools import partial
from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QWidget

from desktop_app.core.changes import Changed
from desktop_app.core.hours import hours_words
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.links import Linked
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.requests.ui.content import WholeRequest
from desktop_app.ledgers.service import service as ledger
from desktop_app.ledgers.service.record import SERVICE
from desktop_app.ledgers.service.rules.entry import ServiceForm, checked
from desktop_app.ledgers.service.rules.service_record import ServiceRecord
from desktop_app.ledgers.service.ui.deeds import read_teams
from desktop_app.ledgers.service.ui.entry_form import (
    DRAFT,
    EntrySheet,
    entered_words,
    next_of,
)
from desktop_app.registers.volunteers.rules.listing import TeamLine
from desktop_app.registers.volunteers.ui.kept_sheet import Left, read_left
from desktop_app.station.raising.ui.pages import LinkedRequestPage
from desktop_app.station.volunteering import proposing, service
from desktop_app.storage.session import Desk
from desktop_app.widgets.forms import KeyHint, bind_keys, plain_button
from desktop_app.widgets.jobs import JobRunner

SERVE, SERVE_KEY = "记志愿服务", "F6"
"""Not a letter: on the page of a request each letter is a step of its own."""
SERVE_HINT = KeyHint(SERVE_KEY, SERVE)

Opened = tuple[ServiceForm, tuple[TeamLine, ...], Left]


class OrderSheet(EntrySheet):
    """补录, of which the order is known."""

    def enter(self, form: ServiceForm) -> Changed[ServiceRecord]:
        database = self._desk.database
        told = checked(form, database.clock.now(), database.zone)
        assert told.request is not None, "opened about one"
        assert told.volunteer is not None, "checked"
        assert told.started_at is not None, "checked"
        assert told.ended_at is not None, "checked"
        return service.serve_from_request(
            self._desk, told.request, told.volunteer, told.started_at, told.ended_at, told
        )


class ServingRequestPage(LinkedRequestPage):
    """A request, with what was served for it; who served is written down from here."""

    kinds = LinkedRequestPage.kinds | {SERVICE.name}

    def __init__(self, desk: Desk, runner: JobRunner, parent: QWidget | None = None) -> None:
        super().__init__(desk, runner, parent)
        self.serve = plain_button(f"{SERVE}  {SERVE_KEY}", self.header, icon_name="heart-handshake")
        self.serve.setAccessibleName(SERVE)
        self.serve.setToolTip(f"把这一件记成志愿者的服务时长（{SERVE_KEY}）")
        bind_keys(self.serve, SERVE_KEY)
        self.header.offer(self.serve, on=False)
        self.serve.clicked.connect(self._ask_who)
        self.shown.connect(self._offer_serving)
        if self._may_serve:
            self.hints = (*self.hints, SERVE_HINT)

    @property
    def _may_serve(self) -> bool:
        """Its form is kept half-filled, which is for who handles."""
        actor, street = self.desk.actor, self.desk.database.station.is_street
        return not street and actor.may(Right.REGISTER) and actor.may(Right.HANDLE)

    def links(self, uid: Uid) -> tuple[Linked, ...]:
        served = [_link(one) for one in ledger.linked(self.desk, "request", [uid])]
        return (*super().links(uid), *served)

    @Slot(object)
    def _offer_serving(self, whole: WholeRequest) -> None:
        self.header.offer(self.serve, on=self._may_serve and _was_done(whole.request))

    @Slot()
    def _ask_who(self) -> None:
        if self._whole is None or not (self._may_serve and _was_done(self._whole.request)):
            return
        uid = self._whole.request.uid
        self.in_background(f"打开{SERVE}", partial(_read, self.desk, uid), self._open)

    def _open(self, found: Opened) -> None:
        form, teams, left = found
        if not self.isVisible() or form.request != self._uid:
            return
        sheet = OrderSheet(self, self.desk, teams, form, left)

        def taken(changed: Changed[Any]) -> None:
            record: ServiceRecord = changed.value
            self.tell_changed(changed, entered_words(record))
            if sheet.goes_on:
                self._open((next_of(record), teams, None))

        sheet.taken.connect(taken)
        sheet.open()


def _read(desk: Desk, uid: Uid, _job: Job) -> Opened:
    """In the worker's thread: what the order says, and what was typed of it the last time."""
    return service.proposed_of_request(desk, uid), read_teams(desk), read_left(desk, DRAFT, uid)


def _was_done(request: Request) -> bool:
    return not (request.petition or request.deleted) and request.state in proposing.DONE


def _link(one: ServiceRecord) -> Linked:
    told = one.title if one.minutes is None else f"{one.title}　{hours_words(one.minutes)}"
    return Linked(SERVICE.name, one.uid, "志愿服务", one.number, told, one.state.label)
