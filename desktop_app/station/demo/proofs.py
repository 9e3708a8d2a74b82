"""The 服务证明 of a demo station: asked for, verified by a second person, issued, collected, now
and then void and made again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from desktop_app.core.clock import Millis
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.ledgers.service.rules import certificate_steps as steps
from desktop_app.ledgers.service.rules.certificate import (
    NUMBER_SERIES,
    Certificate,
    CertificateAction,
    Issuer,
    Line,
    Wording,
)
from desktop_app.ledgers.service.store import CERTIFICATE_SHELF
from desktop_app.station.demo.helpers import Helper, Helpers
from desktop_app.station.demo.rhythm import MINUTE

_A = CertificateAction

_FEWEST = 4
_FEWEST_RECORDS = 3
_TRIES = 30
_VOID, _MADE_AGAIN, _PUBLIC, _COLLECTED, _ARCHIVED = 0.08, 0.7, 0.5, 0.9, 0.7
_LATELY, _LATELY_SHARE = 40, 0.3


@dataclass(frozen=True, slots=True)
class Giver:
    """Who gives certificates here, and the secret that their codes are made with."""

    issuer: Issuer
    secret: bytes


@dataclass(eq=False)
class Proof:
    """A certificate while it is lived through."""

    helper: Helper
    certificate: Certificate


class Proofs:
    """Puts `count` certificates on the agenda."""

    def __init__(self, helpers: Helpers, giver: Giver, count: int) -> None:
        self._helpers = helpers
        self._stage = helpers.stage
        self._giver = giver
        self._count = max(_FEWEST, count)
        self.certificates = 0

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once; one application is of this morning."""
        stage = self._stage
        for day in stage.days_for(self._count, _LATELY, _LATELY_SHARE):
            stage.put(stage.on(day), self._apply, None)
        today = stage.hours.at(stage.dice, stage.span.today, 9 * 60 + 20)
        stage.put(today, self._apply, None)

    def _apply(self, at: Millis, _: None) -> None:
        helper = self._somebody()
        if helper is None:
            return
        days = sorted(one.day for one in helper.served.values())
        actor = self._stage.dice.pick(self._stage.shift.everybody)
        now = self._helpers.now(at, actor)
        # From the first day of a year, or from the first service of all.
        first = days[0] if self._stage.dice.chance(0.5) else date(days[-1].year, 1, 1)
        last = max(days[-1], min(now.today - timedelta(days=1), days[-1] + timedelta(days=9)))
        self._new(helper, (first, last), self._helpers.say("purpose"), now, actor)

    def _somebody(self) -> Helper | None:
        """Who has served, and whose file says by which paper."""
        there = list(self._helpers.everybody.values())
        for _ in range(min(_TRIES, len(there))):
            helper = self._stage.dice.pick(there)
            if len(helper.served) >= _FEWEST_RECORDS and helper.file.id_number:
                return helper
        return None

    def _new(
        self, helper: Helper, period: tuple[date, date], purpose: str, now: Moment, actor: Actor,
        replaces: Proof | None = None,
    ) -> None:  # fmt: skip
        books = self._stage.books
        number = books.number(now.today.year, NUMBER_SERIES)
        old = None if replaces is None else replaces.certificate
        made = steps.applied(
            books.new_uid(), books.station, number, helper.uid, period, purpose, now, replaces=old
        )
        if replaces is not None and old is not None:
            gone = steps.replaced(old, made, now)
            replaces.certificate = self._helpers.put(CERTIFICATE_SHELF, gone, now)
        proof = Proof(helper, self._helpers.put(CERTIFICATE_SHELF, made, now))
        self.certificates += 1
        action, about = (_A.REISSUE, f"代替 {old.number}") if old else (_A.APPLY, "")
        books.deed(now.at, actor, f"服务证明：{action.label}", number, about)
        self._stage.put(self._stage.later(now.at, 1, 2), self._verify, proof)

    # --- its course ------------------------------------------------------------------------------

    def _lines(self, proof: Proof) -> tuple[Line, ...]:
        one = proof.certificate
        records = [
            record for record in proof.helper.served.values() if one.first <= record.day <= one.last
        ]
        return steps.lines_of(records)

    def _verify(self, at: Millis, proof: Proof) -> None:
        """By somebody else than who took the application; when nobody is there, another day."""
        others = [
            one for one in self._stage.shift.handlers if one.uid != proof.certificate.applied_by
        ]
        if not others:
            self._stage.put(self._stage.later(at, 1, 1), self._verify, proof)
            return
        actor = self._stage.dice.pick(others)
        now = self._helpers.now(at, actor)
        lines = self._lines(proof)
        if not lines:
            return
        self._step(proof, steps.verified(proof.certificate, lines, now), _A.VERIFY, now, actor)
        self._stage.put(self._stage.later(at, 0, 1), self._issue, proof)

    def _issue(self, at: Millis, proof: Proof) -> None:
        """What changed since is verified once more."""
        actor = self._stage.handler()
        lines = self._lines(proof)
        if not steps.same_lines(lines, proof.certificate.lines):
            self._stage.put(Millis(at + 10 * MINUTE), self._verify, proof)
            return
        now = self._helpers.now(at, actor)
        own, file = proof.helper.volunteer, proof.helper.file
        wording = Wording(
            file.name, file.gender, file.id_kind, file.id_number, own.number, own.national_number
        )
        giver = self._giver
        after = steps.issued(proof.certificate, lines, wording, giver.issuer, giver.secret, now)
        self._step(proof, after, _A.ISSUE, now, actor)
        proof.helper.certified |= {one.service for one in lines}
        self._go_on(at, proof)

    def _go_on(self, at: Millis, proof: Proof) -> None:
        stage = self._stage
        if stage.dice.chance(_VOID):
            stage.put(stage.later(at, 1, 6), self._void, proof)
            return
        if stage.dice.chance(_COLLECTED):
            stage.put(stage.later(at, 0, 5), self._collect, proof)
        if proof.helper.volunteer.disclose and stage.dice.chance(_PUBLIC):
            stage.put(stage.later(at, 0, 1), self._publicise, proof)
        elif stage.dice.chance(_ARCHIVED):
            stage.put(stage.later(at, 6, 20), self._archive, proof)

    def _collect(self, at: Millis, proof: Proof) -> None:
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        after = steps.collected(proof.certificate, proof.helper.file.name, None, now)
        self._step(proof, after, _A.COLLECT, now, actor)

    def _publicise(self, at: Millis, proof: Proof) -> None:
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        agreed = proof.helper.volunteer.disclose
        after = steps.publicised(proof.certificate, agreed, None, None, now)
        self._step(proof, after, _A.PUBLICISE, now, actor)
        self._stage.put(self._stage.later(at, 8, 15), self._archive, proof)

    def _archive(self, at: Millis, proof: Proof) -> None:
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        self._step(proof, steps.archived(proof.certificate, now), _A.ARCHIVE, now, actor)

    def _void(self, at: Millis, proof: Proof) -> None:
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        after = steps.voided(proof.certificate, self._helpers.say("cert_void"), now)
        self._step(proof, after, _A.VOID, now, actor)
        if self._stage.dice.chance(_MADE_AGAIN):
            self._stage.put(self._stage.later(at, 0, 2), self._make_again, proof)

    def _make_again(self, at: Millis, proof: Proof) -> None:
        actor = self._stage.handler()
        now = self._helpers.now(at, actor)
        one = proof.certificate
        period = (one.first, one.last)
        self._new(proof.helper, period, one.purpose, now, actor, replaces=proof)

    def _step(
        self, proof: Proof, after: Certificate, action: CertificateAction, now: Moment, actor: Actor
    ) -> None:
        before = proof.certificate
        proof.certificate = self._helpers.put(CERTIFICATE_SHELF, after, now)
        moved = f"{before.state.label} → {after.state.label}"
        label = f"服务证明：{action.label}"
        self._stage.books.deed(now.at, actor, label, after.number, moved)
