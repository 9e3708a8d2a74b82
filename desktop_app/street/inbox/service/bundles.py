"""One bundle: compared with what the street has of its station's chain, then it goes in."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Right
from desktop_app.storage.session import Unit
from desktop_app.street.inbox.rules import words
from desktop_app.street.inbox.rules.verdicts import (
    EXIT_STATUS,
    Judgement,
    Outcome,
    Standing,
    Verdict,
    judge,
)
from desktop_app.street.inbox.service import senders
from desktop_app.street.inbox.service.applying import Applying
from desktop_app.street.inbox.service.coming import Coming, Found
from desktop_app.street.inbox.service.filling import Filling, again
from desktop_app.street.inbox.service.history import as_said, put_down
from desktop_app.street.inbox.service.photos import missing_photos
from desktop_app.street.inbox.service.reading import Bundle
from desktop_app.street.inbox.service.receipts import Answer
from desktop_app.street.inbox.service.writing import Written
from desktop_app.street.inbox.store import log
from desktop_app.street.overview.store import mark_dirty, replace_withheld
from desktop_app.street.whistles import store as whistles

DEED = "收件"


def take(coming: Coming, may_wait: bool) -> Found | None:
    """Take a bundle in; None when it came too early and may wait for others.

    Raises `Refused` when its changes are not those its header says.
    """
    with Bundle(coming.on, coming.parcel) as bundle:
        bundle.follow(coming.job)
        if may_wait and _is_early(coming, bundle):
            return None
        return _taken(coming, bundle)


def _taken(coming: Coming, bundle: Bundle) -> Found:
    header = coming.header
    with coming.on.desk.unit_of_work(DEED, needs=Right.RECEIVE) as unit:
        log.wait_for_turn(unit.connection)
        standing = log.standing(unit.connection, coming.station)
        judgement = judged(unit.connection, standing, bundle)
        senders.note(unit, coming.sender, header, standing.name)
        end = _Way(coming, bundle, unit, standing, judgement).gone()
        put_down(
            unit,
            end.verdict,
            sha256=coming.parcel.sha256,
            lineage=header.lineage,
            program=header.program,
            hash_after=header.hash_after,
        )
    return end


def judged(connection: Any, standing: Standing, bundle: Bundle) -> Judgement:
    """What a bundle is to the street: its digests beside those the street has."""
    span, station = bundle.span, standing.station
    before = log.hash_at(connection, station, span.first - 1)
    differs_at = None
    for n, digest in log.digests(connection, station, span.first, span.last):
        if digest != bundle.digest(n):
            differs_at = n
            break
    return judge(standing, span, before, differs_at)


def _is_early(coming: Coming, bundle: Bundle) -> bool:
    with coming.on.desk.reading(needs=Right.RECEIVE) as connection:
        standing = log.standing(connection, coming.station)
        return judged(connection, standing, bundle).outcome is Outcome.GAP


@dataclass
class _Way:
    """What a judged bundle comes to, inside its transaction."""

    coming: Coming
    bundle: Bundle
    unit: Unit
    standing: Standing
    judgement: Judgement
    counts: dict[str, dict[str, int]] = field(default_factory=dict)

    def gone(self) -> Found:
        """Apply it, or say why not."""
        outcome = self.judgement.outcome
        if outcome is Outcome.APPLIED:
            return self._applied()
        name, judgement, connection = self.coming.name, self.judgement, self.unit.connection
        if outcome is Outcome.GAP:
            log.note_missing(connection, self.coming.station, judgement.missing[1])
        at = log.made_at(connection, self.coming.station, judgement.forked_at)
        said = words.not_applied(name, self.standing, judgement, at, self.unit.zone)
        return self._found(outcome, said)

    def _applied(self) -> Found:
        written = self._apply()
        header, zone = self.coming.header, self.unit.zone
        first = max(header.first, self.standing.applied + 1)
        labelled = {self.coming.on.label(kind): of for kind, of in written.counts.items()}
        sentence, step = words.applied(self.coming.name, first, header.last, labelled)
        made_at = Millis(header.made_at)
        if self.bundle.has_unknown:
            sentence, step = sentence + words.UNREAD, step + words.UNREAD_STEP
        step += words.ahead(made_at - self.unit.now)
        step += words.backwards(made_at, self.standing.made_at, zone)
        self.counts = written.counts
        outcome = Outcome.PARKED if written.parked else Outcome.APPLIED
        return self._found(outcome, (sentence, step), written.parked)

    def _apply(self) -> Written:
        """All changes that are new, rows that came again, counts, and how far the station is."""
        unit, header, standing = self.unit, self.coming.header, self.standing
        connection, on = unit.connection, self.coming.on
        known = log.Forms(connection)
        applying = Applying(connection, standing, on.kept, known, unit.now)
        filling = Filling(connection, standing.station, header.profile, on.kept, known)
        for item in self.bundle.items(self.coming.job):
            if item.line.n > standing.applied:
                applying.take(item)
            elif header.projection != standing.projection:
                filling.add(again(item.line))
        written = applying.finish(self.bundle.preparing.without_content())
        for line in self.bundle.current():
            filling.add(line)
        filling.finish(written)
        whistles.settle(connection, standing.station)
        mark_dirty(connection, standing.station, written.months)
        if self.bundle.has_counts:
            replace_withheld(connection, standing.station, self.bundle.counts())
        log.move(connection, self._moved(applying.hash))
        return written

    def _moved(self, end: bytes) -> Standing:
        """How far the station is now. What it wrote under before is a line of the past."""
        header, known = self.coming.header, self.standing
        last = max(known.applied, header.last)
        earlier = [one for one in known.earlier_lineages if one != header.lineage]
        if known.lineage not in ("", header.lineage):
            earlier.append(known.lineage)
        return replace(
            known,
            name=self.coming.name,
            applied=last,
            hash=end,
            lineage=header.lineage,
            earlier_lineages=tuple(earlier),
            profile=header.profile,
            projection=header.projection,
            made_at=Millis(header.made_at),
            taken_at=self.unit.now,
            program=header.program,
            missing_until=known.missing_until if known.missing_until > last else 0,
            photos_missing=missing_photos(self.unit.connection, known.station),
        )

    def _found(self, outcome: Outcome, said: words.Words, parked: int = 0) -> Found:
        header = self.coming.header
        verdict = Verdict(
            uid=self.unit.new_uid(),
            path=self.coming.path,
            outcome=outcome,
            sentence=said[0],
            next_step=said[1],
            exit_status=EXIT_STATUS[outcome],
            parcel=header.kind.value,
            station=self.coming.station,
            station_name=self.coming.name,
            first=header.first,
            last=header.last,
            profile=header.profile,
            made_at=Millis(header.made_at),
            counts=self.counts,
            parked=parked,
        )
        answer = Answer(self.coming.station, as_said(outcome), said[0])
        return Found(verdict, answer)
