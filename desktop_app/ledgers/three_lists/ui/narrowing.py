"""A list narrowed to the rows behind a figure: what boxes say in them, the rest on the button."""

from __future__ import annotations

from typing import Any

from desktop_app.core.fields import LabelledEnum
from desktop_app.ledgers.three_lists.rules.offer import OfferState
from desktop_app.ledgers.three_lists.ui.filters import said_beyond
from desktop_app.ledgers.three_lists.ui.list_pane import ListPane
from desktop_app.widgets.choices import Choice

_MARKS = ("open", "late", "live", "extended", "usable", "used_up")


def labelled(kind: type[LabelledEnum]) -> tuple[Choice, ...]:
    """Every member of an enumeration, to choose from."""
    return tuple(Choice(one, one.label) for one in kind)


def narrow(pane: ListPane, wanted: Any, names: tuple[str, ...], stands: object) -> None:
    """Show exactly the rows of a filter: what boxes say in them, the rest on the button."""
    pane.show_main()
    row = pane.filters
    plain = type(wanted)()
    row.blockSignals(True)
    row.clear()
    row.box.set_value(wanted.search)
    if row.station is not None:
        row.station.set_codes(wanted.stations)
    for name in names:
        value = getattr(wanted, name)
        if isinstance(value, str) and value and not isinstance(value, LabelledEnum):
            # It may be asked for before the list has told which there are.
            row.offer_words(name, [value])
        row.put(name, value)
    row.put("stands", stands)
    marks = {name for name in _MARKS if name == stands}
    boxed = {"search", "stations", *names, *marks}
    if "stands" in row.boxes and isinstance(stands, OfferState):
        boxed.add("state")
    row.keep(wanted, said_beyond(wanted, plain, boxed))
    row.blockSignals(False)
    row.changed.emit()
