"""The one list of what the house holds: every register and ledger, by folder.

Adding a ledger is one new folder, one migration and one line here.
"""

from __future__ import annotations

import importlib
import importlib.util
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from types import ModuleType
from typing import Any

from desktop_app.core.books import Book
from desktop_app.core.figures import MonthCount
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.ledger_spec import Ledger
from desktop_app.core.plain_entry import Finder, Form
from desktop_app.core.travel import Carried, Profile, Projector
from desktop_app.sheets.spec import SheetSpec
from desktop_app.storage.shelf import Shelf

FOLDERS: tuple[str, ...] = (
    "desktop_app.registers.people",
    "desktop_app.registers.places",
    "desktop_app.registers.matters",
    "desktop_app.registers.working_days",
    "desktop_app.registers.offices",
    "desktop_app.registers.residents",
    "desktop_app.registers.partners",
    "desktop_app.registers.volunteers",
    "desktop_app.ledgers.visits",
    "desktop_app.ledgers.activities",
    "desktop_app.ledgers.requests",
    "desktop_app.ledgers.agreements",
    "desktop_app.ledgers.three_lists",
    "desktop_app.ledgers.party",
    "desktop_app.ledgers.posts",
    "desktop_app.ledgers.service",
    "desktop_app.ledgers.papers",
)


_SHA256 = re.compile("[0-9a-f]{64}")


def shelves() -> dict[str, Shelf[Any]]:
    """Where each kind of record is kept, by the kind's name."""
    found = {}
    for folder in FOLDERS:
        store = importlib.import_module(f"{folder}.store")
        for value in vars(store).values():
            if isinstance(value, Shelf):
                found[value.kind.name] = value
    return found


def attached(connection: Any) -> set[bytes]:
    """The SHA-256 of every attachment that some living record points at."""
    found: set[str] = set()
    for folder in FOLDERS:
        store = importlib.import_module(f"{folder}.store")
        if hasattr(store, "attached"):
            found |= store.attached(connection)
    return _hashes(found)


def _hashes(found: set[str]) -> set[bytes]:
    """What another office sent may be no hash at all; then there is no such file either."""
    return {bytes.fromhex(one) for one in found if _SHA256.fullmatch(one)}


def travelling_attachments(
    connection: Any, station: str = "", profile: Profile = Profile.FULL
) -> set[bytes]:
    """The SHA-256 of every attachment that a bundle of this profile points at, or of those of one
    station. What no line of the bundle names would be nothing but a picture of somebody at the
    street; and a kept paper never leaves."""
    found: set[str] = set()
    for folder in FOLDERS:
        store = importlib.import_module(f"{folder}.store")
        kinds = [value.kind for value in vars(store).values() if isinstance(value, Shelf)]
        fields = {
            name
            for kind in kinds
            if kind.travels
            for name, how in Projector(kind, profile).carried.items()
            if how is Carried.CLEAR
        }
        if hasattr(store, "attached") and fields:
            found |= store.attached(connection, station, fields)
    return _hashes(found)


def withheld_counts(connection: Any, without: Collection[Uid] = ()) -> dict[str, list[MonthCount]]:
    """What is counted of the records that never leave the station, by the kind's name; some
    records may be left out."""
    found: dict[str, list[MonthCount]] = {}
    for figures in _figures():
        if hasattr(figures, "withheld_counts"):
            found |= figures.withheld_counts(connection, without)
    return found


KEPT_BY_USE_CASES: tuple[str, ...] = (
    "desktop_app.station.exporting",
    "desktop_app.station.importing",
    "desktop_app.station.reporting",
    "desktop_app.street.inbox",
    "desktop_app.street.overview",
    "desktop_app.street.whistles",
)
"""Use cases of station and street with tables of their own, which hold no kind of record."""


def table_modules() -> list[ModuleType]:
    """Every `tables.py`, imported: after this the storage metadata is whole."""
    return [importlib.import_module(f"{folder}.tables") for folder in FOLDERS + KEPT_BY_USE_CASES]


def travelling() -> dict[str, Shelf[Any]]:
    """The shelves of the kinds that bundles carry, by the kind's name."""
    return {name: shelf for name, shelf in shelves().items() if shelf.kind.travels}


SPOKEN: tuple[str, ...] = (
    "desktop_app.ledgers.visits.ledger",
    "desktop_app.ledgers.activities.ledger",
    "desktop_app.ledgers.requests.ledger",
    "desktop_app.ledgers.agreements.ledger",
    "desktop_app.ledgers.three_lists.ledger",
    "desktop_app.ledgers.party.ledger",
    "desktop_app.ledgers.posts.ledger",
    "desktop_app.ledgers.service.ledger",
    "desktop_app.ledgers.papers.ledger",
    "desktop_app.registers.residents.register",
    "desktop_app.registers.partners.register",
    "desktop_app.registers.volunteers.register",
    "desktop_app.registers.matters.register",
    "desktop_app.registers.places.register",
    "desktop_app.registers.working_days.register",
    "desktop_app.registers.people.register",
    "desktop_app.registers.offices.register",
)
"""What the command line speaks of, in the order its help names it."""


SHEETS: tuple[str, ...] = (
    "desktop_app.ledgers.visits.sheet",
    "desktop_app.registers.residents.sheet",
    "desktop_app.registers.volunteers.sheet",
    "desktop_app.ledgers.requests.sheet",
    "desktop_app.ledgers.activities.sheet",
    "desktop_app.ledgers.service.sheet",
    "desktop_app.ledgers.three_lists.sheet",
    "desktop_app.registers.partners.sheet",
    "desktop_app.ledgers.agreements.sheet",
    "desktop_app.ledgers.party.sheet",
    "desktop_app.ledgers.posts.sheet",
    "desktop_app.registers.matters.sheet",
    "desktop_app.registers.places.sheet",
    "desktop_app.registers.working_days.sheet",
    "desktop_app.ledgers.papers.sheet",
    "desktop_app.registers.people.sheet",
    "desktop_app.registers.offices.sheet",
)
"""Every `sheet.py`, for spreadsheets in and out, in the order the wizard offers their kinds."""


def sheets() -> dict[str, SheetSpec]:
    """What each kind of record says of its sheet, by the kind's name."""
    return {spec.kind: spec for name in SHEETS for spec in importlib.import_module(name).SHEETS}


POINTERS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "residents": (
        ("visits", "resident"), ("requests", "resident"), ("attendance", "resident"),
        ("volunteers", "resident"), ("party", "resident"),
    ),
    "volunteers": (
        ("memberships", "volunteer"), ("service", "volunteer"), ("certificates", "volunteer"),
        ("claims", "volunteer"), ("shifts", "volunteer"), ("teams", "leader"),
        ("teams", "deputy"),
    ),
    "teams": (("memberships", "team"), ("service", "team"), ("posts", "team")),
    "partners": (("agreements", "partner"), ("offers", "partner"), ("duties", "partner")),
    "agreements": (("offers", "agreement"), ("agreements", "renewal_of")),
    "visits": (("requests", "visit"), ("problems", "visit")),
    "requests": (("problems", "request"), ("service", "request")),
    "activities": (
        ("attendance", "activity"), ("service", "activity"), ("requests", "activity"),
        ("problems", "activity"),
    ),
    "attendance": (("service", "attendance"),),
    "problems": (("offers", "for_problem"), ("duties", "problem")),
    "offers": (("duties", "offer"),),
    "posts": (("claims", "post"), ("shifts", "post"), ("service", "post")),
    "shifts": (("service", "shift"),),
}  # fmt: skip
"""Which fields of which kinds hold a record of another kind: it is not to be taken back while one
of them does."""


def pointing_at(
    known: Mapping[str, Shelf[Any]], connection: Any, kind: str, uids: Sequence[Uid]
) -> dict[Uid, dict[Uid, str]]:
    """The living records that point at each of these, and the label of their kind; none for one
    that nothing points at. `known` are the `shelves`, which whoever asks often has at hand."""
    found: dict[Uid, dict[Uid, str]] = {}
    for other, field in POINTERS.get(kind, ()):
        label = known[other].kind.label
        for uid, pointer in known[other].parts(connection, (field, "uid"), field, uids):
            found.setdefault(uid, {})[pointer] = label
    return found


JOINED: tuple[str, ...] = (
    "desktop_app.station.raising.deeds",
    "desktop_app.station.volunteering.deeds",
)
"""Steps that lead from one ledger to another, for the command line: `DEEDS` by the kind's name. One
stands in the place of the ledger's own step of the same name. `FINDERS` by the kind's name and a
field's say how a record of another ledger is found where one is added or changed."""


def ledgers() -> dict[str, Ledger]:
    """Every kind of record the command line knows, by the kind's name."""
    found = {}
    for name in SPOKEN:
        for ledger in importlib.import_module(name).LEDGERS:
            found[ledger.kind.name] = ledger
    for name in JOINED:
        joined = importlib.import_module(name)
        for kind, finders in joined.FINDERS.items():
            found[kind] = _finding(found[kind], finders)
        for kind, deeds in joined.DEEDS.items():
            own = {deed.name: deed for deed in found[kind].deeds}
            together = own | {deed.name: deed for deed in deeds}
            found[kind] = replace(found[kind], deeds=tuple(together.values()))
    return found


def _finding(ledger: Ledger, finders: Mapping[str, Finder]) -> Ledger:
    """The ledger with these finders in the place of its own."""

    def wiser(form: Form) -> Form:
        return replace(form, finders={**form.finders, **finders})

    adding, changing = ledger.adding, ledger.changing
    return replace(
        ledger,
        adding=adding and replace(adding, form=wiser(adding.form)),
        changing=changing and replace(changing, form=wiser(changing.form)),
    )


PAPERS: tuple[str, ...] = (
    "desktop_app.station.papers.making",
    "desktop_app.station.papers.co_building",
    "desktop_app.station.papers.volunteering",
    "desktop_app.street.overview.papers",
)
"""What makes papers, imported when the first one is made: `MAKERS` and `SENTENCES` by kind."""


def paper_makers() -> dict[str, Any]:
    """What makes each kind of paper (`core/paper_kinds.py`), by its name."""
    found: dict[str, Any] = {}
    for name in PAPERS:
        found |= importlib.import_module(name).MAKERS
    return found


def paper_sentences() -> dict[str, Any]:
    """The sentences of each kind of paper that an office may word otherwise, by its name."""
    found: dict[str, Any] = {}
    for name in PAPERS:
        found |= importlib.import_module(name).SENTENCES
    return found


CHECKS: tuple[tuple[str, str, str], ...] = (
    ("street", "收件", "desktop_app.street.inbox.service.checking:check_received"),
)
"""What the data check of one edition looks at besides what every home has: the edition, what the
part is called, and what answers a sentence for each problem."""


def checks(edition: str) -> dict[str, Callable[[Any, Job], list[str]]]:
    """Those of that edition by their names; each takes a desk."""
    found = {}
    for whose, name, place in CHECKS:
        if whose == edition:
            found[name] = _at(place)
    return found


FOLLOW_UPS: tuple[tuple[str, str, str, frozenset[str]], ...] = (
    (
        "station",
        "problems",
        "desktop_app.station.raising.settling:follow_problems",
        frozenset({"requests", "activities"}),
    ),
    (
        "station",
        "requests",
        "desktop_app.station.raising.settling:follow_requests",
        frozenset({"problems"}),
    ),
    (
        "station",
        "duties",
        "desktop_app.station.raising.settling:follow_duties",
        frozenset({"activities"}),
    ),
    (
        "station",
        "service",
        "desktop_app.station.volunteering.following:follow_service",
        frozenset({"shifts"}),
    ),
)
"""What follows of a change in another ledger, in the same unit of work (`Database.have_follow`):
the edition, the kind that was changed, what does it, and the kinds it may change."""


def follow_ups(edition: str) -> Callable[[str], tuple[Any, ...]]:
    """Those of an edition by kind; each is imported when first needed."""
    places = [(kind, place) for whose, kind, place, _ in FOLLOW_UPS if whose == edition]
    known: dict[str, tuple[Any, ...]] = {}

    def of(kind: str) -> tuple[Any, ...]:
        if kind not in known:
            known[kind] = tuple(_at(place) for whose, place in places if whose == kind)
        return known[kind]

    return of


def kinds_after(kinds: Collection[str]) -> frozenset[str]:
    """These kinds, and all that may have changed with them: what a screen must read again."""
    found = frozenset(kinds)
    while more := {one for _, kind, _, reached in FOLLOW_UPS if kind in found for one in reached}:
        if more <= found:
            break
        found |= more
    return found


def _at(place: str) -> Any:
    module, _, name = place.partition(":")
    return getattr(importlib.import_module(module), name)


def books() -> tuple[Book[Any], ...]:
    """What every ledger counts, in the order of the ledgers: the `BOOK` of its `figures.py`, or its
    `BOOKS` where it keeps several kinds of record. What registers count comes after them."""
    return tuple(
        book
        for figures in _figures()
        for book in (figures.BOOKS if hasattr(figures, "BOOKS") else (figures.BOOK,))
    )


def _figures() -> Iterator[ModuleType]:
    """Every `figures.py` there is, imported; those of ledgers first."""
    for folder in sorted(FOLDERS, key=lambda folder: ".registers." in folder):
        if importlib.util.find_spec(f"{folder}.figures") is not None:
            yield importlib.import_module(f"{folder}.figures")
