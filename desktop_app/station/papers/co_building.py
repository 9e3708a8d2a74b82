"""Makes the papers of 共建: the three lists, the sheets of a duty, a unit's year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.periods import PeriodKind, period_of
from desktop_app.core.route import OpenPaper
from desktop_app.core.sentences import Sentence
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.three_lists import report, service
from desktop_app.ledgers.three_lists.report import DutyData, ListsData
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.printing.paper import Ready
from desktop_app.printing.photo_sheet import Captioned
from desktop_app.registers.partners import service as partners
from desktop_app.registers.places import service as places
from desktop_app.station.co_building import unit_report, unit_year
from desktop_app.storage.session import Desk


def _three_lists(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """`about` is a partner's file, `search` the name of a unit without one; with neither it is a
    meeting's. The days are those of closing; without them the quarter up to today."""
    quarter = period_of(desk.today, PeriodKind.QUARTER)
    since, until = wanted.since or quarter.first, wanted.until or desk.today
    unit = wanted.search.strip()
    found = service.for_meeting(desk, since, until, partner=wanted.about, unit=unit)
    if wanted.about is not None:
        unit = partners.get(desk, wanted.about).name
    told = ListsData(
        names=service.list_names(desk),
        told=_told(since, until, unit),
        printed=found.printed,
        problems=found.problems,
        offers=found.offers,
        duties=found.duties,
        places=_places(
            desk,
            [one.compound for one in found.problems.values()],
            [one.grid for one in found.problems.values()],
            *(one.compounds for one in found.offers),
        ),
        agreements=_numbers(desk, {one.agreement for one in found.offers}),
    )
    return Ready(lambda _words: report.three_lists(told, head))


def _told(since: date, until: date, unit: str) -> str:
    whose = f"{unit}　" if unit else ""
    return f"{whose}未销号的全部，以及 {paper_day(since)}至{paper_day(until)}销号的"


def _numbers(desk: Desk, uids: Iterable[Uid | None]) -> dict[Uid, str]:
    return {uid: agreements.get(desk, uid).number for uid in uids if uid is not None}


def _places(desk: Desk, *groups: Iterable[Uid | None]) -> dict[Uid, str]:
    directory = places.directory(desk)
    uids = {uid for group in groups for uid in group if uid is not None}
    found = {uid: directory.names_on(uid, desk.today) for uid in uids}
    return {uid: names[-1] for uid, names in found.items() if names}


def _duty_sheet(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    told = _lines(desk, wanted)[0]
    return Ready(lambda _words: report.duty_sheet(told, head))


def _closing_sheet(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """Of one duty, or of a problem: then of every duty that closed it."""
    told = _lines(desk, wanted, photos=True)
    return Ready(lambda _words: report.closing_sheet(told, head))


def _lines(desk: Desk, wanted: OpenPaper, *, photos: bool = False) -> tuple[DutyData, ...]:
    assert wanted.about is not None, "checked by rules.check_wanted"
    found = service.for_sheet(desk, wanted.about)
    names = service.list_names(desk)
    problems = [one.problem for one in found if one.problem is not None]
    named = _places(desk, [one.compound for one in problems], [one.grid for one in problems])
    return tuple(
        DutyData(
            names=names,
            duty=one.duty,
            problem=one.problem,
            offer=one.offer,
            places=named,
            photos=_evidence(desk, one.duty) if photos else (),
        )
        for one in found
    )


def _evidence(desk: Desk, duty: Duty) -> tuple[Captioned, ...]:
    """The evidence alone: a signed paper has a name on it and stays at the station."""
    blobs, zone = desk.database.blobs, desk.database.zone
    return tuple(
        report.evidence(duty, photo, service.picture(desk, blobs, duty.uid, photo.sha256), zone)
        for photo in duty.evidence
    )


def _unit_year(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    assert wanted.about is not None, "checked by rules.check_wanted"
    told = unit_year.year_of(desk, wanted.about, wanted.period)
    return Ready(lambda _words: unit_report.unit_year(told, head))


SENTENCES: Mapping[str, tuple[Sentence, ...]] = {}
"""None of them is worded by an office: the columns and the sheet are given from above."""

MAKERS: Mapping[str, Callable[[Desk, OpenPaper, Letterhead], Ready]] = {
    "three-lists": _three_lists,
    "duty-sheet": _duty_sheet,
    "closing-sheet": _closing_sheet,
    "unit-year": _unit_year,
}
