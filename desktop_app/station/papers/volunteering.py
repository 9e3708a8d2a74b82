"""Makes the papers of volunteers: the names of a team, who is on duty, certificates, records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from desktop_app.core.errors import UserError
from desktop_app.core.identity import Gender
from desktop_app.core.ids import Uid
from desktop_app.core.letterhead import Letterhead
from desktop_app.core.rights import Right
from desktop_app.core.route import OpenPaper
from desktop_app.core.sentences import Sentence
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.party import report as party_papers
from desktop_app.ledgers.posts import report as post_papers
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.service import report as papers
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import EARLIEST_DAY
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.ledgers.visits.report import span_words
from desktop_app.printing.paper import Ready
from desktop_app.registers.volunteers import report as register_papers
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers import store as volunteer_store
from desktop_app.station.volunteering.feedback import quarter_of_member
from desktop_app.storage.session import Desk

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


def _masked(desk: Desk) -> bool:
    """Who may see names on the screen without a key may have them on paper; phones stay masked."""
    return not desk.actor.may(Right.REVEAL)


def _roster(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """As of `until`, or today."""
    assert wanted.about is not None, "checked by rules.check_wanted"
    day = wanted.until or desk.today
    found = volunteers.team_history(desk, wanted.about)
    hours = service.by_person_and_month(desk, EARLIEST_DAY, day, wanted.about)
    told = register_papers.RosterData(
        team=found.team,
        day=day,
        stays=tuple(one for one in found.stays if one.joined_on <= day),
        minutes={one.volunteer: one.minutes for one in hours},
        leader=found.leader.name if found.leader else "",
        leader_phone=found.leader.phone if found.leader else "",
        masked=_masked(desk),
    )
    return Ready(lambda _words: register_papers.roster(told, head))


def _duty(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """Of one post (`about`) or of all, or those whose name has the word; without days this week."""
    monday = desk.today - timedelta(days=desk.today.weekday())
    first = wanted.since or (wanted.until - 6 * _DAY if wanted.until else monday)
    last = wanted.until or first + _WEEK - _DAY
    shown = posts.roster(desk, first, last, wanted.about)
    word = wanted.search.strip()
    if word:
        rows = tuple(row for row in shown.rows if word in row.name or word == row.number)
        kept = {
            one.shift
            for row in rows
            for cell in row.cells
            for slot in cell.slots
            for one in slot.people
        }
        clashes = tuple(one for one in shown.clashes if kept & {one.first, one.second})
        shown = replace(shown, rows=rows, clashes=clashes)
    masked = _masked(desk)
    return Ready(lambda _words: post_papers.duty(shown, head, masked=masked))


def _certificate(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """As it was issued; a void one with the mark that it is."""
    assert wanted.about is not None, "checked by rules.check_wanted"
    whole = service.for_paper(desk, wanted.about, void=True)
    found = service.certificate_history(desk, wanted.about)
    told = papers.CertificateData(whole, found.replaces, found.replaced_by)
    return Ready(
        lambda words: papers.certificate(told, words, head),
        papers.CERTIFICATE_SENTENCES,
        papers.certificate_values(told),
    )


def _summary(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """Without days: everything up to today."""
    assert wanted.about is not None, "checked by rules.check_wanted"
    last = wanted.until or desk.today
    first = wanted.since or _first_day(desk, wanted.about, last)
    told = service.summary(desk, wanted.about, first, last)
    return Ready(
        lambda words: papers.summary(told, words, head),
        papers.SUMMARY_SENTENCES,
        papers.summary_values(told),
    )


def _first_day(desk: Desk, volunteer: Uid, last: date) -> date:
    registered = volunteers.get(desk, volunteer).registered_on
    with desk.reading(needs=Right.READ) as connection:
        everyone = volunteer_store.as_one(connection, volunteer)
    page = service.page(desk, ServiceFilter(volunteers=everyone, until=registered), size=1)
    return min(last, EARLIEST_DAY if page.rows else registered)


def _feedback(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """Of `period`, a quarter; without one of the last that is over."""
    assert wanted.about is not None, "checked by rules.check_wanted"
    found = quarter_of_member(desk, wanted.about, wanted.period)
    told = party_papers.FeedbackData(
        member=found.member,
        name=found.name,
        quarter=found.period,
        deeds=tuple(party_papers.Deed(one.day, one.title, one.minutes) for one in found.lines),
        minutes=found.minutes,
    )
    return Ready(
        lambda words: party_papers.feedback(told, words, head),
        party_papers.SENTENCES,
        party_papers.values(told, head),
    )


# --- 志愿服务记录 ---------------------------------------------------------------------------------


def _records(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """`about` is a volunteer or a team; `listed` the list as it is narrowed on the screen."""
    asked = wanted.listed if isinstance(wanted.listed, ServiceFilter) else ServiceFilter()
    if wanted.listed is None:
        asked = replace(asked, since=wanted.since, until=wanted.until, search=wanted.search.strip())
    person, said = None, ""
    if wanted.about is not None:
        asked, person, said = _about(desk, asked, wanted.about)
    rows = service.listed(desk, asked)
    names = service.names(desk, {one.volunteer for one in rows})
    days = [one.day for one in rows] or [desk.today]
    span = span_words(asked.since or min(days), asked.until or max(days))
    told = papers.RecordsData(
        told="　".join(filter(None, (said, span))),
        rows=rows,
        names=names,
        person=person,
        masked=_masked(desk),
    )
    return Ready(lambda _words: papers.records(told, head))


def _about(
    desk: Desk, asked: ServiceFilter, about: Uid
) -> tuple[ServiceFilter, papers.PersonBlock | None, str]:
    with desk.reading(needs=Right.READ) as connection:
        team = volunteer_store.TEAM_SHELF.get(connection, about)
        known = volunteer_store.SHELF.get(connection, about) is not None
    if team is not None:
        return replace(asked, team=about), None, team.name
    if not known:
        raise UserError(
            "没有找到这位志愿者或这支队伍，没有生成。", "请写志愿者或队伍的 uid。", field="uid"
        )
    found = volunteers.history(desk, about)
    one = found.volunteer
    today = desk.today
    teams = [
        stay.team_name
        for stay in found.stays
        if stay.joined_on <= today and (stay.left_on is None or stay.left_on > today)
    ]
    gender = found.name.gender
    person = papers.PersonBlock(
        number=one.number,
        name=found.name.name,
        gender=gender.label if gender is not Gender.UNKNOWN else "",
        state=one.state.label,
        registered=paper_day(one.registered_on),
        teams="、".join(dict.fromkeys(teams)),
        skills="、".join(skill.label for skill in one.skills),
        trainings=one.trainings,
        honours=one.honours,
    )
    everyone = (one.uid, *found.merged)
    return replace(asked, volunteers=everyone), person, one.number


SENTENCES: Mapping[str, tuple[Sentence, ...]] = {
    "volunteer-certificate": papers.CERTIFICATE_SENTENCES,
    "volunteer-summary": papers.SUMMARY_SENTENCES,
    "party-feedback": party_papers.SENTENCES,
}

MAKERS: Mapping[str, Callable[[Desk, OpenPaper, Letterhead], Ready]] = {
    "roster": _roster,
    "duty": _duty,
    "volunteer-certificate": _certificate,
    "volunteer-summary": _summary,
    "party-feedback": _feedback,
    "service-record": _records,
}
