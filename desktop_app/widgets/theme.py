"""The look, applied: fonts, palette and style sheet made from the tokens.

`apply_theme()` is called once at the start and again when somebody changes 大字 or the theme; a
widget that paints itself asks `theme_of()` while painting, so that it follows. Colours and sizes
themselves are in `tokens.py`, the style sheet is `resources/styles/base.qss`.
"""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass
from string import Template

from PySide6.QtCore import QCoreApplication, QDir
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette, QPixmapCache
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from desktop_app.core.resources import resource_files, resource_path, resource_text
from desktop_app.widgets.tokens import DARK, LIGHT, RADIUS, Metrics, Tokens, metrics

log = logging.getLogger(__name__)

_PROPERTY = "jinlin_theme"
_FAMILY_PROPERTY = "jinlin_family"
_INTERFACE_FONT = "Noto Sans SC"


@dataclass(frozen=True, slots=True)
class Theme:
    """What a person chose: dark or light, 大字 or not, and a further zoom of this PC."""

    dark: bool = False
    large: bool = False
    scale: float = 1.0

    @property
    def tokens(self) -> Tokens:
        return DARK if self.dark else LIGHT

    @property
    def metrics(self) -> Metrics:
        return metrics(self.large, self.scale)


def apply_theme(app: QApplication, theme: Theme) -> None:
    """Give the whole application this look, now and for every window to come.

    Costs as long as a page takes to come, and every picture drawn so far; so not for the look that
    it has already.
    """
    if app.property(_PROPERTY) == theme:
        return
    app.setProperty(_PROPERTY, theme)
    QPixmapCache.clear()
    QDir.setSearchPaths("icons", [str(resource_path("icons"))])
    if app.style().name() != "fusion":
        app.setStyle(QStyleFactory.create("fusion"))
    app.setFont(_font(_family(app), theme.metrics.body))
    app.setPalette(palette(theme.tokens))
    app.setStyleSheet(style_sheet(theme))


def theme_of() -> Theme:
    """The theme in force; the plain light one before any was applied."""
    app = QCoreApplication.instance()
    found = None if app is None else app.property(_PROPERTY)
    return found if isinstance(found, Theme) else Theme()


def colour(name: str) -> QColor:
    """A token of the theme in force as a `QColor`; see `Tokens.colour`."""
    return QColor(theme_of().tokens.colour(name))


def font(pixels: int, *, bold: bool = False) -> QFont:
    """The interface font at a size of `Metrics`, for widgets that paint themselves."""
    made = QFont(QApplication.font())
    made.setPixelSize(pixels)
    made.setBold(bold)
    return made


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget another role in the style sheet (title, quiet, problem, …) and repaint it."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    widget.style().unpolish(widget)
    widget.style().polish(widget)


def load_fonts() -> str:
    """Load the shipped faces and answer the family to use; the system's own when there are none."""
    loaded: list[str] = []
    for path in resource_files("fonts", ".ttf"):
        number = QFontDatabase.addApplicationFont(str(path))
        if number < 0:
            log.warning("the font %s cannot be read", path.name)
            continue
        loaded.extend(QFontDatabase.applicationFontFamilies(number))
    for family in loaded:
        if family.startswith(_INTERFACE_FONT):
            return family
    log.info("no interface font was shipped; the system font is used")
    return QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont).family()


def palette(tokens: Tokens) -> QPalette:
    """The application palette of these tokens."""
    made = QPalette()
    role = QPalette.ColorRole
    for where, value in (
        (role.Window, tokens.paper),
        (role.WindowText, tokens.ink),
        (role.Base, tokens.surface),
        (role.AlternateBase, tokens.raised),
        (role.Text, tokens.ink),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.ink),
        (role.BrightText, tokens.on_accent),
        (role.PlaceholderText, tokens.quiet),
        (role.Highlight, tokens.selection),
        (role.HighlightedText, tokens.ink),
        (role.Accent, tokens.accent),
        (role.ToolTipBase, tokens.ink),
        (role.ToolTipText, tokens.surface),
        (role.Link, tokens.info),
    ):
        made.setColor(where, QColor(value))
    for where in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, where, QColor(tokens.edge))
    return made


def style_sheet(theme: Theme) -> str:
    """The style sheet of a theme: the shipped file with the tokens and sizes put in."""
    sizes = {name: f"{value}px" for name, value in asdict(theme.metrics).items()}
    # A focused field has a border of 2 px instead of 1, so its content box shrinks by as much.
    sizes["control_1"] = f"{theme.metrics.control - 2}px"
    sizes["control_2"] = f"{theme.metrics.control - 4}px"
    # The one action of a screen where there is nothing else to do; an em higher than the others.
    big = theme.metrics.control + theme.metrics.body
    sizes["big_1"], sizes["big_2"] = f"{big - 2}px", f"{big - 4}px"
    # Half of a numbered step's round badge.
    sizes["badge"] = f"{(theme.metrics.icon + 8) // 2}px"
    sizes["indicator"] = f"{theme.metrics.small_icon}px"
    return Template(resource_text("styles", "base.qss")).substitute(
        asdict(theme.tokens),
        **sizes,
        radius=f"{RADIUS}px",
        check_icon="check-dark" if theme.dark else "check-light",
    )


def _family(app: QApplication) -> str:
    known = app.property(_FAMILY_PROPERTY)
    if isinstance(known, str):
        return known
    family = load_fonts()
    app.setProperty(_FAMILY_PROPERTY, family)
    return family


def _font(family: str, pixels: int) -> QFont:
    made = QFont(family)
    made.setPixelSize(pixels)
    # Without hinting the text looks the same on Windows, UOS and in a screenshot.
    made.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return made
