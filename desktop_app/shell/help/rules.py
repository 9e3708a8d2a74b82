"""The topics of the manual, and which of them fits which page. Only reads what is shipped.

A street has a manual of its own: little of what a counter does is done there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.core.resources import resource_files, resource_text

FOLDER, STREET_FOLDER = "help", "help_street"
FITTING: Mapping[str, str] = {
    "front_desk": "front_desk",
    "visits": "lists",
    "visit": "steps",
    "requests": "requests",
    "request": "requests",
    "request_form": "requests",
    "activities": "activities",
    "activity": "activities",
    "co_building": "co_building",
    "partner": "co_building",
    "agreement": "co_building",
    "co_building.board": "three_lists",
    "co_building.problems": "three_lists",
    "co_building.offers": "three_lists",
    "co_building.duties": "three_lists",
    "problem": "three_lists",
    "offer": "three_lists",
    "duty": "three_lists",
    "residents": "finding",
    "resident": "finding",
    "reports": "reports",
    "paper": "papers",
    "settings.phrases": "papers",
    "settings.templates": "spreadsheets",
    "reporting": "reporting",
    "reporting.join": "joining",
    "evaluations": "steps",
    "settings": "settings",
    "settings.operators": "lock",
    "settings.backups": "backup",
}
STREET_FITTING: Mapping[str, str] = {
    "inbox": "inbox",
    "inbox.parked": "verdicts",
    "stations": "stations",
    "overview": "overview",
    "paper": "overview",
    "settings.phrases": "overview",
    "settings.templates": "looking",
    "visits": "looking",
    "visit": "looking",
    "requests": "looking",
    "request": "looking",
    "activities": "looking",
    "activity": "looking",
    "co_building": "looking",
    "partner": "looking",
    "agreement": "looking",
    "co_building.board": "looking",
    "co_building.problems": "looking",
    "co_building.offers": "looking",
    "co_building.duties": "looking",
    "problem": "looking",
    "offer": "looking",
    "duty": "looking",
    "volunteering": "looking",
    "volunteer": "looking",
    "team": "looking",
    "post": "looking",
    "claim": "looking",
    "shift": "looking",
    "service_record": "looking",
    "certificate": "looking",
    "residents": "looking",
    "resident": "looking",
    "settings": "settings",
    "settings.operators": "lock",
    "settings.backups": "backup",
}
"""The topic for each page of the window; for a page that is not here it is the first one."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One file of `resources/help`: `01_front_desk.md` is the first and called front_desk."""

    name: str
    title: str
    text: str


def topics(*, at_street: bool = False) -> tuple[Topic, ...]:
    """The manual in its order. `EnvironmentFault` when the installation lacks a file."""
    folder = STREET_FOLDER if at_street else FOLDER
    made = []
    for path in resource_files(folder, ".md"):
        text = resource_text(folder, path.name)
        title = text.partition("\n")[0].removeprefix("# ").strip()
        made.append(Topic(path.stem.partition("_")[2], title, text))
    return tuple(made)


def fitting(page: str, *, at_street: bool = False) -> str:
    """The name of the topic for a page, or for a part of one as `page.part`."""
    fits = STREET_FITTING if at_street else FITTING
    whole = page.partition(".")[0]
    return fits.get(page) or fits.get(whole) or next(iter(fits.values()))
