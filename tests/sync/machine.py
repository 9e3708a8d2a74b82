"""Two stations, a street and a bag of sticks, to which everything happens that happens to sticks.

Clerks enter, change and erase people, and register requests, take them on and give them to their
street, which answers by its receipts; they make agreements with units, and problems, offers and
duties of the three lists go their way and back; volunteers join teams, serve and leave; files are
made, lost, delivered late, twice or in any order; backups of stations and street are put back at
any moment; a station's folder is copied and both copies go on; taking in dies in the middle.
Afterwards both sides talk until nothing is new, and must hold the same: whoever either side still
knew of, once, and erased where either had erased; no petition has left its station, whatever the
street had answered has come down once, and units, agreements, the three lists, volunteers and
their hours are the same on both sides as far as they travel.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, ClassVar

import sqlalchemy as sa
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from desktop_app.core.errors import UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.ledgers.requests.rules.request import Action
from tests.sync import joint
from tests.sync.houses import Dump, House
from tests.sync.joint import Deed
from tests.sync.world import CODES, STREET, World

NAMES = ("王小明", "李大海", "欧阳雪", "陈阿妹", "赵四", "林立")
STATION = st.sampled_from(CODES)
STEPS = (Action.ESCALATE, Action.ANSWERED, Action.DONE, Action.CLOSE, Action.WITHDRAW)
WHICH = st.integers(min_value=0, max_value=10_000)
DEED = st.sampled_from(joint.DEEDS)
OFTEN = st.sampled_from((True, True, False))


class PowerCut(BaseException):
    """Stands for the moment the machine stops: nothing of ours catches it."""


class Exchange(RuleBasedStateMachine):
    """`met` counts what happened in a whole run, so that a run can be asked what it has tried."""

    met: ClassVar[Counter[str]] = Counter()
    founded: ClassVar[Path]
    world: World | None = None

    @initialize(weeks=st.integers(min_value=0, max_value=2).map(lambda drawn: 2 - drawn))
    def begin(self, weeks: int) -> None:
        """Most stations have reported, and heard of it, before anything goes wrong."""
        self.world = World(self.founded, self.met)
        for deed in (joint.promise, joint.go_on)[:weeks]:
            for code in CODES:
                self.join(code, 1, twin=False, deed=joint.agree)
                self.usual_day(code, "王小明", 1, deed)
                self.world.back_up(code)
            self.world.back_up(STREET)

    def teardown(self) -> None:
        if self.world is None:
            return
        try:
            for code in CODES:
                self.world.settle(code)
        finally:
            self.world.close()

    @property
    def now(self) -> World:
        assert self.world is not None
        return self.world

    # --- at the counter ---------------------------------------------------------------------------

    @rule(code=STATION, name=st.sampled_from(NAMES), which=WHICH, deed=DEED)
    def usual_day(self, code: str, name: str, which: int, deed: Deed) -> None:
        house = self.now.stations[code]
        self.enter(code, name, twin=False)
        self.join(code, which, twin=False, deed=deed)
        made = self.now.export(house)
        if made is not None:
            self.now.deliver(made, hear=house)

    @rule(code=STATION, name=st.sampled_from(NAMES), twin=st.booleans())
    def enter(self, code: str, name: str, twin: bool) -> None:
        self.now.tick()
        self.now.at(code, twin).enter(name)

    @rule(code=STATION, which=WHICH, name=st.sampled_from(NAMES), twin=st.booleans())
    def rename(self, code: str, which: int, name: str, twin: bool) -> None:
        house = self.now.at(code, twin)
        if uid := _somebody(house, which):
            self.now.tick()
            house.rename(uid, name)

    @rule(code=STATION, which=WHICH)
    def erase(self, code: str, which: int) -> None:
        house = self.now.stations[code]
        if uid := _somebody(house, which):
            self.now.tick()
            house.erase(uid)

    @rule(code=STATION, which=WHICH, twin=st.booleans(), deed=DEED)
    def join(self, code: str, which: int, twin: bool, deed: Deed) -> None:
        """Something is done with units, their agreements and the three lists."""
        self.now.tick()
        try:
            done = deed(self.now.at(code, twin), which)
        except UserError:
            # E.g. an agreement that is being renewed already; nothing of it was kept.
            done = "refused"
        self.met[done] += 1

    @rule(code=STATION, twin=st.booleans(), petition=st.sampled_from((False, False, True)))
    def ask(self, code: str, twin: bool, petition: bool) -> None:
        self.now.tick()
        house = self.now.at(code, twin)
        uid = house.ask(petition=petition)
        self.met["petition"] += petition
        if not petition:
            self.now.tick()
            house.step(uid, Action.ESCALATE)

    @rule(code=STATION, which=WHICH, twin=st.booleans(), action=st.sampled_from(STEPS))
    def take_a_step(self, code: str, which: int, twin: bool, action: Action) -> None:
        house = self.now.at(code, twin)
        if open_ones := sorted(uid for uid, one in house.requests().items() if not one.petition):
            self.now.tick()
            self.met[action.value] += house.step(open_ones[which % len(open_ones)], action)

    @rule(code=STATION, which=WHICH, heard=OFTEN)
    def whistle(self, code: str, which: int, heard: bool) -> None:
        """The way of most of them: asked, reported, answered, and taken in or on a lost stick."""
        house = self.now.stations[code]
        self.ask(code, twin=False, petition=False)
        made = self.now.export(house)
        if made is not None:
            self.now.deliver(made)
            self.answer(which)
        if heard and (made := self.now.export(house)) is not None:
            self.now.deliver(made, hear=house)

    @rule(which=WHICH)
    def answer(self, which: int) -> None:
        self.now.answer(which)

    # --- backups and copies -----------------------------------------------------------------------

    @rule(who=st.sampled_from((*CODES, STREET)))
    def back_up(self, who: str) -> None:
        self.now.back_up(who)

    @rule(code=STATION, which=WHICH, goes_on=OFTEN)
    def restore_station(self, code: str, which: int, goes_on: bool) -> None:
        if not (backups := self.now.backups[code]):
            return
        letter = self.now.letters[code]
        backup = backups[which % len(backups)]
        self.now.letters[code] = self.now.stations[code].restore(backup, letter)
        self.met["station restored"] += 1
        if goes_on:
            # The clerk does not wait for anybody, and reports: this is where forks come from.
            self.enter(code, "林立", twin=False)
            self.join(code, which, twin=False, deed=joint.DEEDS[which % len(joint.DEEDS)])
            self.report(code, twin=False, deliver=True)

    @rule(code=STATION, which=WHICH, goes_on=OFTEN)
    def restore_street(self, code: str, which: int, goes_on: bool) -> None:
        if not self.now.backups[STREET]:
            self.now.back_up(STREET)
        backups = self.now.backups[STREET]
        if goes_on:
            # A station hears of more than the street then knows: this is where gaps come from.
            self.join(code, which, twin=False, deed=joint.promise)
            self.whistle(code, which, heard=True)
        self.now.street.put_back(backups[which % len(backups)])
        self.met["street restored"] += 1
        if goes_on:
            self.join(code, which, twin=False, deed=joint.go_on)
            self.report(code, twin=False, deliver=True)

    @rule(code=STATION)
    def copy_the_folder(self, code: str) -> None:
        if code not in self.now.twins:
            self.now.twins[code] = self.now.stations[code].twin(self.now.root / f"{code}-twin")
            self.met["folder copied"] += 1

    @rule(code=STATION, which=WHICH, deeds=st.tuples(DEED, DEED))
    def both_copies_go_on(self, code: str, which: int, deeds: tuple[Deed, Deed]) -> None:
        self.copy_the_folder(code)
        for twin, deed in zip((False, True), deeds, strict=True):
            self.enter(code, "赵四", twin=twin)
            self.join(code, which, twin=twin, deed=deed)
            self.report(code, twin=twin, deliver=True)

    # --- sticks -----------------------------------------------------------------------------------

    @rule(code=STATION, twin=st.booleans(), deliver=OFTEN)
    def report(self, code: str, twin: bool, deliver: bool) -> None:
        made = self.now.export(self.now.at(code, twin))
        if made is not None and deliver:
            self.now.deliver(made)

    @precondition(lambda self: self.now.sticks)
    @rule(several=st.lists(WHICH, min_size=1, max_size=4))
    def deliver_some(self, several: list[int]) -> None:
        sticks = self.now.sticks
        self.now.take([sticks[which % len(sticks)] for which in several])

    @precondition(lambda self: self.now.sticks)
    @rule(which=WHICH, after=st.integers(min_value=0, max_value=40))
    def deliver_and_lose_power(self, which: int, after: int) -> None:
        street = self.now.street
        before = street.dump()
        died = _dies(lambda: self.deliver_some([which]), after)
        street.close()
        street.open()
        if died:
            self.met["power lost"] += 1
            assert street.dump() == before or _took_effect(street, before)

    @precondition(lambda self: self.now.receipts)
    @rule(which=WHICH)
    def read_receipt(self, which: int) -> None:
        code, path = self.now.receipts[which % len(self.now.receipts)]
        self.now.hear(self.now.stations[code], path)

    # --- what always holds ------------------------------------------------------------------------

    @invariant()
    def logs_of_the_street_have_no_hole(self) -> None:
        if self.world is None:
            return
        with self.world.street.desk.reading(needs=Right.READ) as connection:
            rows = connection.exec_driver_sql(
                "SELECT count(*), min(n), max(n) FROM received GROUP BY station"
            ).all()
        for count, first, last in rows:
            assert (first, last) == (1, count)


def _somebody(house: House, which: int) -> Uid | None:
    living = sorted(uid for uid, one in house.residents().items() if one.listed and one.name)
    return living[which % len(living)] if living else None


def _dies(work: Any, after: int) -> bool:
    """Do it, and have the power go at the statement after `after` others; whether it went."""
    statements = iter(range(after))

    def cut(*_: Any) -> None:
        if next(statements, None) is None:
            raise PowerCut

    sa.event.listen(sa.Engine, "before_cursor_execute", cut)
    try:
        work()
    except PowerCut:
        return True
    finally:
        sa.event.remove(sa.Engine, "before_cursor_execute", cut)
    return False


def _took_effect(street: House, before: Dump) -> bool:
    """The power went after the one transaction, at the receipt: then all of it is there."""
    return street.dump()["inbox_file"] != before["inbox_file"]
