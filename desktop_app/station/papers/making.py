"""Puts a paper together: data from the ledgers, words, letterhead, and the document they become.

Imported when the first paper is made; see `rules.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from desktop_app.core.letterhead import Letterhead
from desktop_app.core.sentences import Sentence, worded
from desktop_app.printing.document import Document
from desktop_app.station.papers.rules import Wanted
from desktop_app.station.period_figures import report as period_paper
from desktop_app.station.period_figures import service as period_figures
from desktop_app.storage.session import Desk


@dataclass(frozen=True, slots=True)
class Ready:
    """Everything of a paper but its words: `make` gives the document for the sentences by name.

    `values` fill the gaps of the sentences.
    """

    make: Callable[[Mapping[str, str]], Document]
    sentences: tuple[Sentence, ...] = ()
    values: Mapping[str, str] | None = None

    def words(self, phrases: Mapping[str, str], own: Mapping[str, str]) -> dict[str, str]:
        """The sentences as they shall stand: one's own words, else the office's, else ours."""
        return worded(self.sentences, phrases, own, self.values or {})


def ready(desk: Desk, wanted: Wanted, head: Letterhead) -> Ready:
    """Read what a paper tells. Raises `UserError` when its record is gone."""
    return _MAKERS[wanted.kind](desk, wanted, head)


def _period(desk: Desk, wanted: Wanted, head: Letterhead) -> Ready:
    assert wanted.period is not None, "checked by rules.check_wanted"
    found = period_figures.period_report(desk, wanted.period)
    zone = desk.database.zone
    return Ready(
        lambda words: period_paper.document(found, words, head, zone),
        period_paper.SENTENCES,
        period_paper.values(found),
    )


SENTENCES: Mapping[str, tuple[Sentence, ...]] = dict.fromkeys(
    ("month", "quarter", "half-year", "year"), period_paper.SENTENCES
)
"""By kind, the sentences an office may word otherwise."""

_MAKERS: Mapping[str, Callable[[Desk, Wanted, Letterhead], Ready]] = {
    "month": _period,
    "quarter": _period,
    "half-year": _period,
    "year": _period,
}
