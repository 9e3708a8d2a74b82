"""What the papers of the three lists are made from, and how they call a place and an amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.core.clock import Zone
from desktop_app.core.door_text import building_words
from desktop_app.core.ids import Uid
from desktop_app.core.photos import Photo
from desktop_app.ledgers.three_lists.rules.duty import Duty
from desktop_app.ledgers.three_lists.rules.names import ListNames
from desktop_app.ledgers.three_lists.rules.offer import Offer
from desktop_app.ledgers.three_lists.rules.problem import Problem
from desktop_app.printing import photo as pictures
from desktop_app.printing.blocks import written_date
from desktop_app.printing.photo_sheet import Captioned

EVERYWHERE = "全社区"

Places = Mapping[Uid, str]
"""The names of the 小区 and grids that records point at."""


@dataclass(frozen=True, slots=True)
class ListsData:
    """The three lists of a meeting or of one unit.

    `told` says of what they are (a period, a unit). `problems` holds, besides those to print, every
    problem that a duty or an offer points at; `printed` are those of the list, in its order.
    """

    names: ListNames
    told: str
    printed: tuple[Uid, ...]
    problems: Mapping[Uid, Problem]
    offers: tuple[Offer, ...]
    duties: tuple[Duty, ...]
    places: Places
    agreements: Mapping[Uid, str]


@dataclass(frozen=True, slots=True)
class DutyData:
    """One line with all that its sheets tell; `problem` is None where it has not come yet."""

    names: ListNames
    duty: Duty
    problem: Problem | None
    offer: Offer | None
    places: Places
    photos: tuple[Captioned, ...] = ()


def evidence(duty: Duty, photo: Photo, jpeg: bytes, zone: Zone) -> Captioned:
    """A photo of a duty with its content, to be printed; below it what it shows, the day and the
    step it belongs to."""
    kept = pictures.Photo(jpeg, photo.width, photo.height, photo.sha256, photo.taken_on)
    told = "　".join(part for part in (photo.caption, _when(duty, photo, zone)) if part)
    return Captioned(kept, told)


def _when(duty: Duty, photo: Photo, zone: Zone) -> str:
    """2026年11月29日记进展; nothing for a photo of the duty as a whole."""
    if photo.step is None or photo.step > len(duty.steps):
        return ""
    step = duty.steps[photo.step - 1]
    return f"{written_date(zone.day(step.at))}{step.action.label}"


def place_of(problem: Problem | None, places: Places) -> str:
    """小区楼栋, or the grid where no 小区 is known; never a door."""
    if problem is None:
        return ""
    compound = places.get(problem.compound, "") if problem.compound else ""
    grid = places.get(problem.grid, "") if problem.grid else ""
    return f"{compound or grid}{building_words(problem.building)}"


def affected_words(problem: Problem | None) -> str:
    """24户; nothing where nobody has counted."""
    if problem is None or problem.affected is None:
        return ""
    return f"{problem.affected}{problem.affected_unit.label}"


def amount_words(amount: int | None, offer: Offer | None) -> str:
    """2次; nothing without an amount."""
    if amount is None or offer is None:
        return ""
    return f"{amount}{offer.unit_word}"
