"""Problems, offers and duties with sensible defaults, and readings that tests need."""

from __future__ import annotations

import io
from datetime import date
from typing import Any

import pytest
from PIL import Image

from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo, Picture
from desktop_app.core.record import Record
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.three_lists import service, store
from desktop_app.ledgers.three_lists.rules.duty import Duty, DutyAction
from desktop_app.ledgers.three_lists.rules.duty_entry import DutyForm
from desktop_app.ledgers.three_lists.rules.duty_steps import DutyDetails
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.offer_entry import OfferForm
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.ledgers.three_lists.rules.problem_entry import ProblemForm
from desktop_app.registers.people import store as people
from desktop_app.registers.people.rules import Operator, Role
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk

TODAY = date(2026, 11, 23)
IN_A_WEEK = date(2026, 11, 30)


def seat(desk: Desk, name: str) -> Desk:
    """Another operator's seat at the same database."""
    return Desk(desk.database, Actor(desk.database.new_uid(), name, "站长", frozenset(Right)))


def enrolled(desk: Desk, name: str) -> Desk:
    """The seat of an operator who is in the station's list, so that nobody works alone there."""
    with desk.unit_of_work("新增操作员", needs=Right.MANAGE_OPERATORS) as unit:
        operator = Operator(
            uid=unit.new_uid(),
            station=unit.station.code,
            name=name,
            role=Role.LEAD,
            password_changed=TODAY,
        )
        people.SHELF.put(unit, operator)
    return Desk(desk.database, Actor(operator.uid, name, "站长", frozenset(Right)))


def problem_form(**more: Any) -> ProblemForm:
    """楼道灯不亮, category 物业维修, on the list at once."""
    values: dict[str, Any] = {
        "category": "物业维修",
        "description": "3栋楼道灯长期不亮，老人夜里上下楼不便",
        "listed": True,
    }
    return ProblemForm(**{**values, **more})


def raise_problem(desk: Desk, **more: Any) -> Problem:
    """A problem on the list."""
    return service.raise_problem(desk, problem_form(**more)).value


def offer_form(desk: Desk, **more: Any) -> OfferForm:
    """The electrician of a power company, five times."""
    values: dict[str, Any] = {
        "partner": desk.database.new_uid(),
        "partner_name": "澄岭供电所",
        "resource": "电工上门检修楼道灯",
        "category": "物业维修",
        "amount": 5,
    }
    return OfferForm(**{**values, **more})


def offer(desk: Desk, **more: Any) -> Offer:
    """Something a unit can give."""
    return service.offer(desk, offer_form(desk, **more)).value


def duty_form(problem: Problem, given: Offer | None = None, **more: Any) -> DutyForm:
    """陈师傅 of the power company sees to it within a week."""
    values: dict[str, Any] = {
        "problem": problem.uid,
        "offer": given.uid if given else None,
        "unit": "澄岭供电所",
        "person": "陈师傅",
        "due": IN_A_WEEK,
        "measures": "更换全部楼道灯",
    }
    return DutyForm(**{**values, **more})


def propose(desk: Desk, problem: Problem, given: Offer | None = None, **more: Any) -> Duty:
    """A duty that waits for its unit."""
    return service.propose(desk, duty_form(problem, given, **more)).value


def act(desk: Desk, duty: Duty, action: DutyAction, **details: Any) -> Duty:
    """One step, on the duty as it stands now."""
    now = service.get_duty(desk, duty.uid).revision
    return service.act(desk, duty.uid, action, now, DutyDetails(**details)).value


@pytest.fixture
def blobs(tmp_path: Any) -> FolderBlobs:
    return FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))


def jpeg(colour: int = 40) -> bytes:
    """A small photo; another colour is another photo."""
    stream = io.BytesIO()
    Image.new("RGB", (80, 60), (colour, 90, 200 - colour)).save(stream, "JPEG")
    return stream.getvalue()


def picture(colour: int = 40, caption: str = "") -> Picture:
    return Picture(jpeg(colour), 80, 60, caption=caption)


def add_evidence(desk: Desk, blobs: FolderBlobs, duty: Duty, colour: int = 40) -> Duty:
    """One picture more that shows what was done."""
    now = service.get_duty(desk, duty.uid).revision
    return service.add_evidence(desk, blobs, duty.uid, now, [picture(colour)]).value


def handed_in(desk: Desk, blobs: FolderBlobs, duty: Duty) -> Duty:
    """Accepted, done, with evidence, and waiting for the second person."""
    act(desk, duty, DutyAction.ACCEPT)
    add_evidence(desk, blobs, duty)
    return act(desk, duty, DutyAction.SUBMIT, result="楼道灯全部换好")


def closed(desk: Desk, other: Desk, blobs: FolderBlobs, duty: Duty) -> Duty:
    """Handed in at one seat and looked over at the other."""
    handed_in(desk, blobs, duty)
    return act(other, duty, DutyAction.REVIEW_OK)


def stored(desk: Desk, record: Record) -> Any:
    """A record as it stands in its table, nothing masked."""
    shelves = (store.PROBLEM_SHELF, store.OFFER_SHELF, store.DUTY_SHELF)
    shelf: Any = next(one for one in shelves if one.kind.cls is type(record))
    with desk.reading(needs=Right.READ) as connection:
        return shelf.need(connection, record.uid)


def signed(uid: Uid) -> Photo:
    """What is known of a photo of a signed paper."""
    return Photo(uid.hex * 2, 1000, 80, 60)
