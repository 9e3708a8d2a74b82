"""Looks at what only Qt can tell: whether Chinese is drawn, typed and shown. Run in a child."""

from __future__ import annotations

import sys
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, qVersion
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QRawFont
from PySide6.QtWidgets import QApplication, QLineEdit

from desktop_app.shell.app import make_application
from desktop_app.widgets.theme import Theme, apply_theme

_SAMPLE = "近邻台登记居民来访〇"


def look(arguments: list[str]) -> list[tuple[str, bool, str]]:
    """The parts of a self-test that need a screen: name, whether it is in order, words."""
    app = make_application(arguments)
    apply_theme(app, Theme())
    return [_font(app), _input_method(app), _screen()]


def _font(app: QApplication) -> tuple[str, bool, str]:
    face = QRawFont.fromFont(app.font())
    missing = [sign for sign in _SAMPLE if not face.supportsCharacter(ord(sign))]
    if missing:
        return "字体显示", False, f"界面字体 {face.familyName()} 里缺少常用汉字，请重新安装"
    return "字体显示", True, face.familyName()


def _input_method(app: QApplication) -> tuple[str, bool, str]:
    """A committed text must arrive in a field, and the plug-in of this desktop must be there."""
    name = "中文输入"
    field = QLineEdit()
    field.show()
    typed = QInputMethodEvent()
    typed.setCommitString("近邻")
    app.sendEvent(field, typed)
    arrived = field.text() == "近邻"
    field.close()
    if not arrived:
        return name, False, "输入框收不到输入法给的文字"
    if not sys.platform.startswith("linux"):
        return name, True, "使用系统自带的输入法"
    folder = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath))
    plugins = sorted(path.stem for path in folder.glob("platforminputcontexts/*ibus*.so"))
    if not plugins:
        return name, False, "缺少输入法插件，请重新安装"
    return name, True, "ibus 插件可用，fcitx5 经同一接口"


def _screen() -> tuple[str, bool, str]:
    if not QGuiApplication.screens():
        return "屏幕", False, "没有找到屏幕"
    field = QLineEdit(_SAMPLE)
    field.show()
    QApplication.processEvents()
    picture = field.grab().toImage()
    drawn = {picture.pixel(x, y) for x in range(picture.width()) for y in range(picture.height())}
    field.close()
    if len(drawn) < 2:
        return "屏幕", False, "画面是空白的，请检查显卡驱动"
    screen = QGuiApplication.primaryScreen()
    size = screen.geometry()
    words = (
        f"{size.width()}×{size.height()}，{screen.devicePixelRatio():.0%}，"
        f"{QGuiApplication.platformName()}，Qt {qVersion()}"
    )
    return "屏幕", True, words
