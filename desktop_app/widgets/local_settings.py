"""What belongs to this PC and not to the station: zoom, 大字, theme, printer, column widths.

A small file whose path comes in by argument. It holds nothing about residents; a damaged or missing
one gives the defaults, as a lost column width is no reason to stop anyone's work.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from PySide6.QtCore import QIODevice, QSaveFile

from desktop_app.widgets.theme import Theme

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class LocalSettings:
    """The values; `operator` signed in here last, `widths` are column widths by table name and
    column key, in pixels."""

    large: bool = False
    dark: bool = False
    scale: float = 1.0
    printer: str = ""
    masked: bool = True
    operator: str = ""
    widths: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    @property
    def theme(self) -> Theme:
        return Theme(dark=self.dark, large=self.large, scale=self.scale)

    def with_widths(self, table: str, widths: Mapping[str, int]) -> LocalSettings:
        """The same settings with the widths of one table replaced."""
        merged = {**self.widths, table: dict(widths)}
        return replace(self, widths=merged)


def load_local_settings(path: Path) -> LocalSettings:
    """Read the file; whatever is missing or makes no sense has its default."""
    try:
        found = json.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return LocalSettings()
    except (OSError, ValueError):
        log.warning("the settings of this PC cannot be read; the defaults are used")
        return LocalSettings()
    if not isinstance(found, dict):
        return LocalSettings()
    scale = found.get("scale")
    printer, operator = found.get("printer"), found.get("operator")
    return LocalSettings(
        large=found.get("large") is True,
        dark=found.get("dark") is True,
        scale=float(scale) if isinstance(scale, int | float) and 0.9 <= scale <= 1.5 else 1.0,
        printer=printer if isinstance(printer, str) else "",
        masked=found.get("masked") is not False,
        operator=operator if isinstance(operator, str) else "",
        widths=_widths(found.get("widths")),
    )


def save_local_settings(path: Path, settings: LocalSettings) -> bool:
    """Write the file, whole or not at all; False (and a log line) when the disk refuses."""
    text = json.dumps(
        {
            "large": settings.large,
            "dark": settings.dark,
            "scale": settings.scale,
            "printer": settings.printer,
            "masked": settings.masked,
            "operator": settings.operator,
            "widths": {table: dict(widths) for table, widths in settings.widths.items()},
        },
        ensure_ascii=False,
        indent=1,
        sort_keys=True,
    )
    # The kits do not know each other, so this one uses Qt's own atomic file.
    target = QSaveFile(str(path))
    if target.open(QIODevice.OpenModeFlag.WriteOnly):
        target.write(text.encode("utf-8"))
        if target.commit():
            return True
    log.warning("the settings of this PC cannot be written")
    return False


def _widths(found: object) -> dict[str, dict[str, int]]:
    if not isinstance(found, dict):
        return {}
    return {
        str(table): {
            str(key): width
            for key, width in widths.items()
            if isinstance(width, int) and 0 < width < 4_000
        }
        for table, widths in found.items()
        if isinstance(widths, dict)
    }
