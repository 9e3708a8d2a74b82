"""The topics of the manual, and which of them fits which page. Only reads what is shipped."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_app.core.resources import resource_files, resource_text

FOLDER = "help"
FITTING: Mapping[str, str] = {
    "front_desk": "front_desk",
    "visits": "lists",
    "visit": "steps",
    "activities": "activities",
    "activity": "activities",
    "residents": "finding",
    "resident": "finding",
    "reports": "reports",
    "paper": "papers",
    "settings.phrases": "papers",
    "reporting": "reporting",
    "reporting.join": "joining",
    "evaluations": "steps",
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


def topics() -> tuple[Topic, ...]:
    """The manual in its order. `EnvironmentFault` when the installation lacks a file."""
    made = []
    for path in resource_files(FOLDER, ".md"):
        text = resource_text(FOLDER, path.name)
        title = text.partition("\n")[0].removeprefix("# ").strip()
        made.append(Topic(path.stem.partition("_")[2], title, text))
    return tuple(made)


def fitting(page: str) -> str:
    """The name of the topic for a page, or for a part of one as `page.part`."""
    whole = page.partition(".")[0]
    return FITTING.get(page) or FITTING.get(whole) or FITTING["front_desk"]
