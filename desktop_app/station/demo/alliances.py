"""The 共建单位 of a demo station and what it has signed with them, put on the story's agenda.

Whatever becomes of an agreement goes through its own rules. Some are older than the station's
records and are entered in its first weeks; one always runs out soon, and one is still a draft.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop_app.core.clock import Millis
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor
from desktop_app.core.steps import Moment
from desktop_app.ledgers.agreements.rules import steps
from desktop_app.ledgers.agreements.rules.agreement import (
    NUMBER_SERIES,
    Action,
    Agreement,
    AgreementState,
)
from desktop_app.ledgers.agreements.rules.entry import form_of
from desktop_app.ledgers.agreements.rules.scans import with_scans
from desktop_app.ledgers.agreements.rules.supplementing import SupplementForm, supplemented
from desktop_app.ledgers.agreements.store import SHELF
from desktop_app.registers.partners.rules import NUMBER_SERIES as PARTNER_SERIES
from desktop_app.registers.partners.rules import Partner, PartnerForm, checked, ended
from desktop_app.registers.partners.store import SHELF as PARTNERS
from desktop_app.station.demo.pictures import Pictures
from desktop_app.station.demo.stage import Stage
from desktop_app.station.demo.treaties import Ally, Fate, Terms, Treaty

_SCANNED, _OTHER_PEOPLE = 0.7, 0.3


@dataclass
class Signing:
    """One agreement while it is lived through."""

    treaty: Treaty
    agreement: Agreement

    @property
    def signed(self) -> bool:
        return self.agreement.state is AgreementState.SIGNED


class Scribe:
    """Writes agreements down, with their deeds."""

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    def now(self, at: Millis) -> tuple[Moment, Actor]:
        """The moment for the rules, and who acts."""
        now, actor = self._stage.books.moment(at), self._stage.handler()
        return Moment(now, self._stage.day(now), actor.name), actor

    def register(self, now: Moment) -> steps.Register:
        """What a new agreement is called by."""
        books = self._stage.books
        number = books.number(now.today.year, NUMBER_SERIES)
        return steps.Register(books.new_uid(), books.station, number)

    def step(
        self, about: Signing, after: Agreement, action: Action, now: Moment, actor: Actor
    ) -> None:
        """A step that somebody takes by name."""
        before = about.agreement
        about.agreement = self._stage.books.put(SHELF, after, now.at)
        moved = before.state is not after.state
        words = f"{before.state.label} → {after.state.label}" if moved else ""
        self._stage.books.deed(now.at, actor, f"共建协议：{action.label}", after.number, words)


class Alliances:
    """`set_out` puts all on the agenda; `named` and `joined` tell who is a partner by now."""

    def __init__(
        self, stage: Stage, pictures: Pictures, terms: Terms, allies: Sequence[Ally],
        treaties: Sequence[Treaty],
    ) -> None:  # fmt: skip
        self._stage = stage
        self._scribe = Scribe(stage)
        self._pictures = pictures
        self._terms = terms
        self._allies = allies
        self._treaties = treaties
        self._known: dict[str, Partner] = {}
        self._signings: dict[Uid, list[Signing]] = {}
        self.agreements = 0

    def set_out(self) -> None:
        """Put everything that will be on the agenda, once."""
        for ally in self._allies:
            self._stage.put(self._stage.on(ally.met_on), self._meet, ally)
        for treaty in self._treaties:
            self._stage.put(self._stage.on(treaty.drafted_on), self._draft, treaty)

    @property
    def joined(self) -> list[Partner]:
        """Those who are partners at this moment, in the order they came."""
        return [one for one in self._known.values() if not one.ended]

    def named(self, words: str) -> Partner | None:
        """The present partner of that name."""
        found = self._known.get(words)
        return None if found is None or found.ended else found

    def agreement_with(self, partner: Uid) -> Uid | None:
        """The agreement that holds with a partner."""
        found = [one.agreement.uid for one in self._signings.get(partner, ()) if one.signed]
        return found[-1] if found else None

    # --- partners --------------------------------------------------------------------------------

    def _meet(self, at: Millis, ally: Ally) -> None:
        books, actor = self._stage.books, self._stage.handler()
        now = books.moment(at)
        form = checked(ally.form, self._stage.day(now))
        values = {name: getattr(form, name) for name in PartnerForm.__dataclass_fields__}
        number = books.number(self._stage.day(now).year, PARTNER_SERIES)
        made = Partner(uid=books.new_uid(), station=books.station, number=number, **values)
        self._known[made.name] = books.put(PARTNERS, made, now)
        books.deed(now, actor, "新增共建单位", number)
        if ally.left_on is not None:
            self._stage.put(self._stage.on(ally.left_on), self._leave, made.name)

    def _leave(self, at: Millis, name: str) -> None:
        books, actor = self._stage.books, self._stage.handler()
        now = books.moment(at)
        today = self._stage.day(now)
        partner = self._known[name]
        after = ended(partner, today, self._stage.dice.pick(self._terms.words["left"]), today)
        self._known[name] = books.put(PARTNERS, after, now)
        books.deed(now, actor, "终止共建单位", partner.number)

    # --- agreements ------------------------------------------------------------------------------

    def _draft(self, at: Millis, treaty: Treaty) -> None:
        if treaty.ally.name not in self._known:
            # Its first day was a day of rest: it is entered a little later than planned.
            self._stage.put(self._stage.later(at, 1, 2), self._draft, treaty)
            return
        now, actor = self._scribe.now(at)
        partner = self._known[treaty.ally.name]
        form = self._terms.form(partner, treaty)
        made = steps.drafted(
            form, self._scribe.register(now), partner.name, now, self._stage.books.new_uid
        )
        signing = self._keep_new(Signing(treaty, made), now, actor, "草拟共建协议")
        if treaty.fate is not Fate.DRAFT:
            when = self._stage.on(treaty.entered_on)
            self._stage.put(max(when, Millis(at + 60_000)), self._sign, signing)

    def _sign(self, at: Millis, about: Signing) -> None:
        now, actor = self._scribe.now(at)
        treaty = about.treaty
        after = steps.signed(about.agreement, treaty.signed_on, about.agreement.partner_name, now)
        self._scribe.step(about, after, Action.SIGN, now, actor)
        if self._stage.dice.chance(_SCANNED):
            self._stage.put(self._stage.later(at, 0, 3), self._scan, about)
        self._go_on(about)

    def _go_on(self, about: Signing) -> None:
        """What comes later, if it comes before the demo is opened."""
        ways = {
            Fate.SUPPLEMENTED: self._supplement,
            Fate.ENDED: self._end,
            Fate.RENEWED: self._renew,
        }
        treaty = about.treaty
        if treaty.turns_on is not None and treaty.fate in ways:
            self._stage.put(self._stage.on(treaty.turns_on), ways[treaty.fate], about)
        elif treaty.turns_on is not None and self._stage.dice.chance(_OTHER_PEOPLE):
            self._stage.put(self._stage.on(treaty.turns_on), self._change_contacts, about)

    def _scan(self, at: Millis, about: Signing) -> None:
        now, actor = self._scribe.now(at)
        after = with_scans(about.agreement, "", (self._pictures.signed,), now)
        self._scribe.step(about, after, Action.ADD_SCAN, now, actor)

    def _supplement(self, at: Millis, about: Signing) -> None:
        now, actor = self._scribe.now(at)
        words, changes = self._terms.supplement(about.agreement)
        form = SupplementForm(signed_on=now.today, words=words, changes=changes)
        after = supplemented(about.agreement, form, now, self._stage.books.new_uid)
        self._scribe.step(about, after, Action.SUPPLEMENT, now, actor)

    def _change_contacts(self, at: Millis, about: Signing) -> None:
        now, actor = self._scribe.now(at)
        name, phone = self._terms.person()
        form = replace(form_of(about.agreement), b_liaison=name, b_phone=phone)
        after = steps.with_contacts(about.agreement, form, now)
        self._scribe.step(about, after, Action.CONTACTS, now, actor)

    def _end(self, at: Millis, about: Signing) -> None:
        now, actor = self._scribe.now(at)
        reason = self._stage.dice.pick(self._terms.words["end"])
        after = steps.ended(about.agreement, reason, now.today, now)
        self._scribe.step(about, after, Action.END, now, actor)

    def _renew(self, at: Millis, about: Signing) -> None:
        """The draft that goes on with an agreement; it is signed some days later."""
        now, actor = self._scribe.now(at)
        older = about.agreement
        form = steps.renewal_form(older)
        made = steps.drafted(
            form, self._scribe.register(now), older.partner_name, now, self._stage.books.new_uid,
            older.uid,
        )  # fmt: skip
        new = Signing(about.treaty, self._stage.books.put(SHELF, made, now.at))
        self.agreements += 1
        after = steps.with_step(older, Action.RENEW, now, made.number)
        about.agreement = self._stage.books.put(SHELF, after, now.at)
        self._stage.books.deed(now.at, actor, "共建协议：续签", older.number, made.number)
        self._stage.put(self._stage.later(at, 2, 6), self._sign_again, (about, new))

    def _sign_again(self, at: Millis, told: tuple[Signing, Signing]) -> None:
        older, new = told
        now, actor = self._scribe.now(at)
        after = steps.signed(new.agreement, now.today, new.agreement.partner_name, now)
        self._scribe.step(new, after, Action.SIGN, now, actor)
        gone = steps.replaced(older.agreement, new.agreement.uid, new.agreement.number, now)
        older.agreement = self._stage.books.put(SHELF, gone, now.at)
        self._of(new.agreement).append(new)

    def _keep_new(self, signing: Signing, now: Moment, actor: Actor, label: str) -> Signing:
        books = self._stage.books
        signing.agreement = books.put(SHELF, signing.agreement, now.at)
        books.deed(now.at, actor, label, signing.agreement.number)
        self._of(signing.agreement).append(signing)
        self.agreements += 1
        return signing

    def _of(self, agreement: Agreement) -> list[Signing]:
        assert agreement.partner is not None, "drafted with one"
        return self._signings.setdefault(agreement.partner, [])
