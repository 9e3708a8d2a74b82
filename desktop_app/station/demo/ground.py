"""What a demo station has before its first visitor: places, matters, calendar, settings, operators.

Written by the services that the screens call, but for the places, which go through `bulk` at once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.rights import PROGRAM, Actor, Right
from desktop_app.core.settings import (
    ADDRESS,
    CERTIFICATE_HEAD,
    CERTIFICATE_ISSUER,
    CERTIFICATE_ISSUER_KIND,
    CERTIFICATE_PHONE,
    CONTROLLER,
    ISSUER,
    PASSWORD_DAYS,
    SERVICE_PHONE,
)
from desktop_app.ledgers.service.rules.certificate import Issuer
from desktop_app.ledgers.service.service.certifying import SECRET
from desktop_app.registers.matters import service as matters
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.people import service as operators
from desktop_app.registers.people.rules import DEMO_PASSWORD, Operator
from desktop_app.registers.places.rules import (
    CompoundType,
    Place,
    PlaceKind,
    PlaceLink,
    PlaceName,
    checked_link,
    checked_place,
    refuse_wrong_parent,
)
from desktop_app.registers.places.store import LINKS, PLACES
from desktop_app.registers.working_days import service as working_days
from desktop_app.station.demo.people import Home
from desktop_app.station.demo.proofs import Giver
from desktop_app.station.demo.scales import Scale
from desktop_app.station.demo.sites import Community, Site
from desktop_app.storage.bulk import bulk_unit
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.settings import write_setting
from desktop_app.storage.slot_keeper import SlotKeeper
from desktop_app.storage.station_secret import secret_for


def add_operators(
    database: Database,
    keeper: SlotKeeper,
    lead: Operator,
    scale: Scale,
    names: Sequence[str],
) -> list[Operator]:
    """Everybody of the scale, the first being there already."""
    desk = Desk(database, operators.actor_of(lead))
    others = [
        operators.add_operator(
            desk,
            keeper,
            name=name,
            role=role,
            password=DEMO_PASSWORD,
            must_change=False,
            demo=True,
        ).value
        for name, role in zip(names[1:], scale.roles[1:], strict=False)
    ]
    return [lead, *others]


def add_settings(database: Database, site: Site) -> None:
    """Particulars of the station; passwords of a demo never expire, because it says them itself."""
    community = site.communities[0]["name"]
    values = (
        (ISSUER, site.issuer),
        (CONTROLLER, site.issuer),
        (SERVICE_PHONE, "2000110"),
        (ADDRESS, f"{community}{site.name}（演示）"),
    )
    desk = Desk(database, PROGRAM)
    for setting, value in values:
        with desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
            write_setting(unit, setting, value)
    with desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
        write_setting(unit, PASSWORD_DAYS, 0)


def add_giver(database: Database, site: Site, head: str) -> Giver:
    """The residents' committee may certify (民政部令第67号); the secret behind the codes is as
    random as anybody's."""
    issuer = Issuer("基层群众性自治组织", site.issuer, head, "2000110")
    values = (
        (CERTIFICATE_ISSUER_KIND, issuer.kind),
        (CERTIFICATE_ISSUER, issuer.name),
        (CERTIFICATE_HEAD, issuer.head),
        (CERTIFICATE_PHONE, issuer.phone),
    )
    desk = Desk(database, PROGRAM)
    for setting, value in values:
        with desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
            write_setting(unit, setting, value)
            secret = secret_for(unit, SECRET)
    return Giver(issuer, secret)


def add_matters(database: Database, lead: Actor) -> tuple[Matter, ...]:
    """The starter directory."""
    return matters.add_starter(Desk(database, lead)).value


def add_days(database: Database, lead: Actor, first: date, last: date) -> None:
    """A few days on which the station went its own way."""
    desk = Desk(database, lead)
    for year in range(first.year, last.year + 1):
        for month, day, works, reason in _OWN_DAYS:
            when = _next_saturday(date(year, month, day)) if works else date(year, month, day)
            if first <= when <= last + timedelta(days=60):
                working_days.set_day(desk, when, works, reason)


_OWN_DAYS = (
    (11, 8, True, "医保集中征缴，周六值班"),
    (8, 18, False, "防台风停止办公"),
)


def _next_saturday(day: date) -> date:
    return day + timedelta(days=(5 - day.weekday()) % 7)


_TYPES = {sort.value: sort for sort in CompoundType}


class Places:
    """Enters the invented street as `registers.places` would, from the top down."""

    def __init__(self, database: Database, lead: Actor, clock: FixedClock) -> None:
        self._database = database
        self._lead = lead
        self._clock = clock
        self._compounds: list[Place] = []
        self._homes: list[Home] = []

    def add(self, site: Site) -> tuple[Home, ...]:
        """The communities of the site with all below them, and the station among them."""
        with bulk_unit(self._database, self._lead, needs=Right.MANAGE_STATION) as bulk:
            self._bulk = bulk
            street = self._put(PlaceKind.STREET, site.street, None)
            station_above = street
            for one in site.communities:
                community = self._put(PlaceKind.COMMUNITY, one["name"], street)
                station_above = community if site.in_one_community else street
                self._community(one, community)
            station = self._put(PlaceKind.STATION, site.name, station_above)
            for compound in self._compounds:
                self._link(station, compound)
        return tuple(self._homes)

    def _community(self, one: Community, community: Place) -> None:
        for number, compound in enumerate(one["compounds"], start=1):
            below = self._put(
                PlaceKind.COMPOUND,
                compound["name"],
                community,
                compound_type=_TYPES[compound["type"]],
            )
            for building in range(1, compound["buildings"] + 1):
                self._put(PlaceKind.BUILDING, f"{building}栋", below)
            grid = self._put(PlaceKind.GRID, f"{community.name}第{number}网格", community)
            branch = self._put(PlaceKind.BRANCH, f"{compound['name']}小区党支部", community)
            self._put(PlaceKind.GROUP, "第一党小组", branch)
            self._link(below, branch)
            self._link(below, grid)
            self._homes.append(_home(compound, community.name, below, branch))
            self._compounds.append(below)

    def _put(self, kind: PlaceKind, name: str, parent: Place | None, **more: Any) -> Place:
        now = self._tick()
        place = Place(
            uid=self._database.new_uid(),
            station=self._database.station.code,
            kind=kind,
            names=(PlaceName(name),),
            parent=parent.uid if parent else None,
            **more,
        )
        refuse_wrong_parent(place, parent)
        saved = self._bulk.put(PLACES, checked_place(place), now)
        self._bulk.deed(now, self._lead, "新增地点", f"{kind.label} {name}")
        return saved

    def _link(self, place: Place, other: Place) -> None:
        now = self._tick()
        link = PlaceLink(
            uid=self._database.new_uid(),
            station=self._database.station.code,
            place=place.uid,
            other=other.uid,
        )
        self._bulk.put(LINKS, checked_link(link, place, other), now)
        self._bulk.deed(now, self._lead, "关联地点", f"{place.name} — {other.name}")

    def _tick(self) -> Millis:
        self._clock.advance(11)
        return self._clock.now()


def _home(compound: Mapping[str, Any], community: str, place: Place, branch: Place) -> Home:
    return Home(
        uid=place.uid,
        branch=branch.uid,
        buildings=compound["buildings"],
        units=compound["units"],
        floors=compound["floors"],
        share=compound["share"],
        rented=compound["type"] in ("old", "unmanaged", "affordable"),
        name=compound["name"],
        community=community,
    )
