"""The kinds of paper a street makes of its figures; see `core/paper_kinds.py`."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.core.letterhead import Letterhead
from desktop_app.core.paper_kinds import KINDS
from desktop_app.core.route import OpenPaper
from desktop_app.core.sentences import Sentence
from desktop_app.core.told import By
from desktop_app.printing.paper import Ready
from desktop_app.storage.session import Desk
from desktop_app.street.overview import report, service

_NAMES = tuple(kind.name for kind in KINDS if kind.edition == "street")


def _period(desk: Desk, wanted: OpenPaper, head: Letterhead) -> Ready:
    assert wanted.period is not None, "checked by paper_kinds.check_wanted"
    found = service.street_report(desk, wanted.period)
    stations = service.breakdown(desk, wanted.period, By.STATION)
    return Ready(
        lambda words: report.document(found, stations, words, head),
        report.SENTENCES,
        report.values(found),
    )


SENTENCES: Mapping[str, tuple[Sentence, ...]] = dict.fromkeys(_NAMES, report.SENTENCES)
MAKERS: Mapping[str, Callable[[Desk, OpenPaper, Letterhead], Ready]] = dict.fromkeys(
    _NAMES, _period
)
