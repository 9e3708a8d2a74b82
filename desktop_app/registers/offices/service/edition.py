"""Whose home it is: what a street does a station cannot, and the other way round."""

from __future__ import annotations

from desktop_app.core.errors import UserError
from desktop_app.storage.session import StationFacts

STREET = "street"


def needs_street(facts: StationFacts, deed: str) -> None:
    """Raise `UserError` unless this is a street's home; `deed` is what was to be done."""
    if facts.edition != STREET:
        raise UserError(
            f"这里是站点“{facts.name}”的数据，{deed}要在街道做，没有改动。",
            "请在街道的电脑上做，或用 --home 指定街道的数据文件夹。",
        )


def needs_station(facts: StationFacts, deed: str) -> None:
    """Raise `UserError` unless this is a station's home; `deed` is what was to be done."""
    if facts.edition == STREET:
        raise UserError(
            f"这里是街道“{facts.name}”的数据，{deed}要在站点做，没有改动。",
            "请在站点的电脑上做，或用 --home 指定站点的数据文件夹。",
        )
