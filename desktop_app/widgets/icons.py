"""Our line icons (resources/icons) in the colours of the theme, sharp at every screen scale.

`icon()` for buttons and menus, `pixmap()` for widgets that paint themselves. Rendered pictures lie
in Qt's own pixmap cache, which dies with the application. QtSvg is imported with the first icon.
"""

from __future__ import annotations

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap, QPixmapCache
from PySide6.QtWidgets import QAbstractButton

from desktop_app.core.resources import resource_text
from desktop_app.widgets.theme import theme_of

_SCREEN_SCALES = (1.0, 1.25, 1.5, 2.0, 3.0)
_AIR = 4


def icon(name: str, colour: str = "ink", size: int | None = None) -> QIcon:
    """The icon `name` in a token's colour (or `#RRGGBB`); `size` is logical px, else the theme's.

    `EnvironmentFault` when there is no such file.
    """
    side = theme_of().metrics.icon if size is None else size
    made = QIcon()
    for scale in _SCREEN_SCALES:
        made.addPixmap(_rendered(name, colour, round(side * scale)))
        made.addPixmap(_rendered(name, "edge", round(side * scale)), QIcon.Mode.Disabled)
    return made


def put_icon(
    button: QAbstractButton, name: str, colour: str = "ink", size: int | None = None
) -> None:
    """Put an icon beside a button's word, with more air between the two than Qt leaves."""
    side = theme_of().metrics.icon - 2 if size is None else size
    before = button.layoutDirection() != Qt.LayoutDirection.RightToLeft
    made = QIcon()
    for scale in _SCREEN_SCALES:
        for shade, mode in ((colour, QIcon.Mode.Normal), ("edge", QIcon.Mode.Disabled)):
            picture = _rendered(name, shade, round(side * scale))
            made.addPixmap(_with_air(picture, round(_AIR * scale), before=before), mode)
    button.setIcon(made)
    button.setIconSize(QSize(side + _AIR, side))


def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon as a picture of `size` logical px for a screen of device pixel ratio `ratio`."""
    made = QPixmap(_rendered(name, colour, max(1, round(size * ratio))))
    made.setDevicePixelRatio(ratio)
    return made


def _with_air(picture: QPixmap, air: int, *, before: bool) -> QPixmap:
    wider = QPixmap(picture.width() + air, picture.height())
    wider.fill(Qt.GlobalColor.transparent)
    painter = QPainter(wider)
    painter.drawPixmap(0 if before else air, 0, picture)
    painter.end()
    return wider


def _rendered(name: str, colour: str, pixels: int) -> QPixmap:
    shade = theme_of().tokens.colour(colour)
    key = f"jinlin:{name}:{shade}:{pixels}"
    picture = QPixmap()
    if QPixmapCache.find(key, picture):
        return picture
    # Not at the top: QtSvg costs time that the first window does not have to spend.
    from PySide6.QtSvg import QSvgRenderer

    source = resource_text("icons", f"{name}.svg").replace("currentColor", shade)
    renderer = QSvgRenderer(QByteArray(source.encode("utf-8")))
    picture = QPixmap(pixels, pixels)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    QPixmapCache.insert(key, picture)
    return picture
