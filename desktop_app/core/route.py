"""Where to go in the window, said without knowing it: pages emit a route, the shell opens it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.periods import Period


@dataclass(frozen=True, slots=True)
class Open:
    """Open the page of one record, by its kind's name and uid."""

    kind: str
    uid: Uid


@dataclass(frozen=True, slots=True)
class OpenPage:
    """Open one of the rail's pages by its name, optionally with words for its search box.

    `wanted` is the filter of the page's ledger its list is to be narrowed to (the rows behind a
    figure), or the uid of a record to be changed there. One comes back to where one was.
    """

    page: str
    search: str = ""
    wanted: object | None = None


@dataclass(frozen=True, slots=True)
class OpenPaper:
    """Make one paper and show it: of a record, of a period, or of a list.

    `kind` is its name (`core/paper_kinds.py`). `listed` is the filter of the list's ledger,
    `chosen` are just those of its records, whatever it is narrowed to;
    `since` and `until` are business dates, both included, `search` words as in the list's box.
    """

    kind: str
    about: Uid | None = None
    period: Period | None = None
    listed: object | None = None
    chosen: tuple[Uid, ...] = ()
    since: date | None = None
    until: date | None = None
    search: str = ""


ReadUids = Callable[[str | None, Job], tuple[Sequence[str], str | None]]
"""Reads a page of a list, in a worker's thread: the uids of its rows and the cursor of the next."""


@dataclass(frozen=True, slots=True)
class ExportList:
    """Write a list of records as a sheet: just those that are listed, in their order.

    `kind` is the name of their kind, `read` reads on from a cursor (None: from the beginning),
    `found` says how many there are and `words` how the list is narrowed.
    """

    kind: str
    read: ReadUids
    found: str = ""
    words: str = ""


STORY = "story"
"""The page that tells the whole story of a line (`station/story`)."""


def story_of(kind: str, uid: Uid) -> OpenPage:
    """Tell the whole story a record belongs to, from the visit to the photo of what was done."""
    return OpenPage(STORY, wanted=Open(kind, uid))


IMPORTING, IMPORTS = "importing", "imports"
"""The page that takes spreadsheets in, and its part that lists what was taken in
(`station/importing`)."""

SHEET_ENDINGS = frozenset({".xls", ".xlsx", ".xlsm", ".csv", ".et"})
"""Files that lead there from anywhere in the window. A .txt may be anything: it is chosen there."""


@dataclass(frozen=True, slots=True)
class ImportFile:
    """Take a spreadsheet in: this one, or one that is still to be chosen; for the ledger of this
    kind, or for the one it fits best."""

    kind: str = ""
    path: Path | None = None


def import_for(kind: str = "", path: Path | None = None) -> OpenPage:
    """Fill a ledger from a spreadsheet."""
    return OpenPage(IMPORTING, wanted=ImportFile(kind, path))


Route = Open | OpenPage | OpenPaper | ExportList
