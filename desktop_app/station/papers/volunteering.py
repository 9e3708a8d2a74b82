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
from desktop_app.core.sentences import Sentence, filled
from desktop_app.core.wording import paper_day
from desktop_app.ledgers.party import report as party_papers
from desktop_app.ledgers.posts import report as post_papers
from desktop_app.ledgers.posts import service as posts
from desktop_app.ledgers.service import report as papers
from desktop_app.ledgers.service import service
from desktop_app.ledgers.service.rules.entry import EARLIEST_DAY
from desktop_app.ledgers.service.rules.listing import ServiceFilter
from desktop_app.ledgers.service.service.checking import Summary
from desktop_app.ledgers.visits.report import span_words
from desktop_app.printing.document import Document
from desktop_app.printing.paper import Ready
from desktop_app.registers.volunteers import report as register_papers
from desktop_app.registers.volunteers import service as volunteers
from desktop_app.registers.volunteers import store as volunteer_store
from desktop_app.registers.volunteers.rules.listing import VolunteerFilter
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


def _names(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """`chosen` or `listed`, the list as it is narrowed on the screen."""
    asked = wanted.listed if isinstance(wanted.listed, VolunteerFilter) else VolunteerFilter()
    if wanted.chosen:
        asked = VolunteerFilter(chosen=wanted.chosen)
    elif wanted.listed is None:
        asked = replace(asked, search=wanted.search.strip())
    rows = volunteers.listed(desk, asked)
    words = asked.words
    if asked.team is not None:
        words = "、".join(filter(None, (volunteers.get_team(desk, asked.team).name, words)))
    said = f"筛选：{words}" if words else ""
    hours = service.by_person_and_month(desk, EARLIEST_DAY, desk.today)
    told = register_papers.NamesData(
        told=f"所选{len(rows)}人" if wanted.chosen else said,
        day=desk.today,
        rows=rows,
        minutes={one.volunteer: one.minutes for one in hours},
        masked=_masked(desk),
    )
    return Ready(lambda _words: register_papers.names(told, head))


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
    if wanted.chosen:
        return _summaries(desk, wanted, head)
    assert wanted.about is not None, "checked by rules.check_wanted"
    told = _summed(desk, wanted, wanted.about)
    return Ready(
        lambda words: papers.summary(told, words, head),
        papers.SUMMARY_SENTENCES,
        papers.summary_values(told),
    )


def _summed(desk: Desk, wanted: OpenPaper, volunteer: Uid) -> Summary:
    last = wanted.until or desk.today
    first = wanted.since or _first_day(desk, volunteer, last)
    return service.summary(desk, volunteer, first, last)


MOST_SUMMARIES = 200
"""A pile that is handed out one by one is no larger."""


def _summaries(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    """Of several people, in the order of their numbers; whoever was ticked twice has one.

    The sentences are worded once for all, so that their gaps stay open and are filled for each.
    """
    with desk.reading(needs=Right.READ) as connection:
        found = volunteer_store.names(connection, wanted.chosen)
    people = {one.uid: one.number for one in found.values()}
    if not people:
        raise UserError("选中的志愿者都不在了，没有生成。", "请回到清单重新选。", field="only")
    if len(people) > MOST_SUMMARIES:
        raise UserError(
            f"一次最多生成 {MOST_SUMMARIES} 人的汇总，没有生成。", "请分几次选。", field="only"
        )
    told = [_summed(desk, wanted, one) for one in sorted(people, key=people.__getitem__)]

    def make(words: Mapping[str, str]) -> Document:
        each = [
            {name: filled(text, papers.summary_values(one)) for name, text in words.items()}
            for one in told
        ]
        return papers.summaries(told, each, head)

    return Ready(make, papers.SUMMARY_SENTENCES)


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
    """`about` is a volunteer or a team; `listed` the list as it is narrowed on the screen, `chosen`
    just those of it."""
    asked = wanted.listed if isinstance(wanted.listed, ServiceFilter) else ServiceFilter()
    if wanted.chosen:
        asked = ServiceFilter(chosen=wanted.chosen)
    elif wanted.listed is None:
        asked = replace(asked, since=wanted.since, until=wanted.until, search=wanted.search.strip())
    person, said = None, ""
    if wanted.about is not None:
        asked, person, said = _about(desk, asked, wanted.about)
    rows = service.listed(desk, asked)
    if wanted.chosen:
        said = "　".join(filter(None, (said, f"所选{len(rows)}条")))
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
    "volunteers": _names,
    "duty": _duty,
    "volunteer-certificate": _certificate,
    "volunteer-summary": _summary,
    "party-feedback": _feedback,
    "service-record": _records,
}
