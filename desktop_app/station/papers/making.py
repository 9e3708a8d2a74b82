"""Puts a paper together: data from the ledgers, words, letterhead, and the document they become.

Imported when the first paper is made; see `core/paper_kinds.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from desktop_app.core.figures import Span
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.photos import Photo
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.core.sentences import Sentence
from desktop_app.ledgers.activities import report as activity_papers
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.report import ActivityData
from desktop_app.ledgers.activities.rules.activity import Activity
from desktop_app.ledgers.agreements import report as agreement_papers
from desktop_app.ledgers.agreements import service as agreements
from desktop_app.ledgers.papers import service as papers
from desktop_app.ledgers.requests import report as request_papers
from desktop_app.ledgers.requests import service as requests
from desktop_app.ledgers.requests.rules.listing import RequestFilter
from desktop_app.ledgers.requests.rules.request import Request
from desktop_app.ledgers.three_lists import service as lists
from desktop_app.ledgers.visits import report as visit_papers
from desktop_app.ledgers.visits import service as visits
from desktop_app.ledgers.visits.rules.listing import VisitFilter
from desktop_app.printing.paper import Ready
from desktop_app.printing.photo_sheet import Captioned
from desktop_app.registers.matters import report as matter_papers
from desktop_app.registers.matters import service as matters
from desktop_app.registers.places import service as places
from desktop_app.station.period_figures import report as period_paper
from desktop_app.station.period_figures import service as period_figures
from desktop_app.storage.session import Desk


def _period(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    assert wanted.period is not None, "checked by rules.check_wanted"
    found = period_figures.period_report(desk, wanted.period)
    zone = desk.database.zone
    return Ready(
        lambda words: period_paper.document(found, words, head, zone),
        period_paper.SENTENCES,
        period_paper.values(found),
    )


def _activity(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    data = _activity_data(desk, wanted, photos=True)
    return Ready(
        lambda words: activity_papers.activity(data, words, head),
        activity_papers.SENTENCES,
        activity_papers.values(data, head),
    )


def _brief(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    assert wanted.about is not None, "checked by rules.check_wanted"
    issue = papers.issue_of(desk, wanted.kind, wanted.about)
    data = replace(_activity_data(desk, wanted, photos=True), issue=issue)
    return Ready(
        lambda words: activity_papers.brief(data, words, head),
        activity_papers.BRIEF_SENTENCES,
        activity_papers.values(data, head),
    )


def _sign_in(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    data = _activity_data(desk, wanted, photos=False)
    return Ready(lambda _words: activity_papers.sign_in(data, head))


def _activity_data(desk: Desk, wanted: OpenPaper, *, photos: bool) -> ActivityData:
    assert wanted.about is not None, "checked by rules.check_wanted"
    sheet = activities.attendance_of(desk, wanted.about)
    told = sheet.activity
    return ActivityData(
        activity=told,
        rows=sheet.rows,
        counts=sheet.counts,
        expected=sheet.expected,
        photos=tuple(_picture(desk, told, one) for one in told.photos) if photos else (),
        solved=lists.numbers_of(desk, told.solved),
        place="" if told.place is None else places.get(desk, told.place).name_on(told.day),
    )


def _picture(desk: Desk, activity: Activity, photo: Photo) -> Captioned:
    jpeg = activities.photo(desk, desk.database.blobs, activity.uid, photo.sha256)
    return activity_papers.picture(photo, jpeg)


def _visits_ledger(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    asked = wanted.listed if isinstance(wanted.listed, VisitFilter) else VisitFilter()
    if wanted.listed is None:
        asked = replace(asked, since=wanted.since, until=wanted.until, search=wanted.search.strip())
    rows = visits.listed(desk, asked)
    days = [row.day for row in rows] or [desk.today]
    span = Span(asked.since or min(days), asked.until or max(days), desk.today)
    # Who may see names on the screen without a key may have them on paper; phones stay masked.
    return Ready(
        lambda _words: visit_papers.ledger(
            rows, asked.words, span, head, masked=not desk.actor.may(Right.REVEAL)
        )
    )


def _requests_ledger(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    asked = wanted.listed if isinstance(wanted.listed, RequestFilter) else RequestFilter()
    if wanted.listed is None:
        asked = replace(asked, since=wanted.since, until=wanted.until, search=wanted.search.strip())
    rows = requests.listed(desk, asked)
    days = [row.day for row in rows] or [desk.today]
    told = visit_papers.span_words(asked.since or min(days), asked.until or max(days))
    told += f"　筛选：{asked.words}" if asked.words else ""
    directory = places.directory(desk)
    names = {uid: _named(directory.names_on(uid, desk.today)) for uid in _compounds(rows)}
    # Who may see names on the screen without a key may have them on paper; phones stay masked.
    return Ready(
        lambda _words: request_papers.ledger(
            rows, told, head, places=names, masked=not desk.actor.may(Right.REVEAL)
        )
    )


def _compounds(rows: Iterable[Request]) -> set[Uid]:
    return {row.compound for row in rows if row.compound is not None}


def _named(names: Sequence[str]) -> str:
    return names[-1] if names else ""


def _dispute_slip(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    assert wanted.about is not None, "checked by rules.check_wanted"
    request = requests.for_handing_over(desk, wanted.about)
    compound = ""
    if request.compound is not None:
        compound = _named(places.directory(desk).names_on(request.compound, desk.today))
    return Ready(lambda _words: request_papers.dispute_slip(request, compound, head))


def _receipt(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    assert wanted.about is not None, "checked by rules.check_wanted"
    visit = visits.get(desk, wanted.about)
    return Ready(lambda _words: visit_papers.receipt(visit, head))


def _slip(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    assert wanted.about is not None, "checked by rules.check_wanted"
    matter = matters.get(desk, wanted.about)
    return Ready(lambda _words: matter_papers.notice(matter, head))


def _agreement(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    assert wanted.about is not None, "checked by rules.check_wanted"
    told = agreements.get(desk, wanted.about)
    names = lists.list_names(desk)
    annexes = (names.problems, names.offers, names.duties)
    return Ready(lambda _words: agreement_papers.agreement(told, head, annexes))


SENTENCES: Mapping[str, tuple[Sentence, ...]] = {
    "activity": activity_papers.SENTENCES,
    "brief": activity_papers.BRIEF_SENTENCES,
    **dict.fromkeys(("month", "quarter", "half-year", "year"), period_paper.SENTENCES),
}
"""By kind, the sentences an office may word otherwise."""

MAKERS: Mapping[str, Callable[[Desk, OpenPaper, Letterhead], Ready]] = {
    "activity": _activity,
    "brief": _brief,
    "sign-in": _sign_in,
    "visits-ledger": _visits_ledger,
    "requests-ledger": _requests_ledger,
    "dispute-slip": _dispute_slip,
    "slip": _slip,
    "receipt": _receipt,
    "agreement": _agreement,
    "month": _period,
    "quarter": _period,
    "half-year": _period,
    "year": _period,
}
"""By kind, what reads all that the paper tells; raises `UserError` when its record is gone."""
