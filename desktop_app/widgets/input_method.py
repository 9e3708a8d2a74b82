"""Chinese input: which input-method plug-in Qt loads, and fields that start without one.

`prepare_input_method()` must run before `QApplication` is made. The Qt of the wheels has no fcitx
plug-in, and its ibus plug-in switches itself off when there is no `ibus-daemon` in the PATH unless
it may use the portal; fcitx5 answers on both. Measured on Debian 12 with fcitx5-pinyin.
"""

from __future__ import annotations

import logging
import os
import shutil
import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

log = logging.getLogger(__name__)

OVERRIDE = "JINLIN_IM_MODULE"
"""Environment variable with which somebody names the plug-in; it is obeyed as it stands."""

_USELESS = frozenset({"", "fcitx", "fcitx5", "xim", "none"})


def decide_input_method(
    environ: Mapping[str, str], which: Callable[[str], str | None]
) -> dict[str, str | None]:
    """What to change in the environment of a Linux desktop; None means: remove the variable.

    A module that this Qt can load (ibus, compose, qtvirtualkeyboard, …) is left as it is.
    """
    # Qt reads QT_IM_MODULES first since 6.7; it would bring an unusable name back.
    changes: dict[str, str | None] = {"QT_IM_MODULES": None} if "QT_IM_MODULES" in environ else {}
    chosen = environ.get(OVERRIDE, "")
    if chosen:
        return {**changes, "QT_IM_MODULE": chosen}
    module = environ.get("QT_IM_MODULE", "")
    if module == "ibus":
        return {**changes, **_portal(environ, which)}
    if module in _USELESS:
        return {**changes, "QT_IM_MODULE": "ibus", **_portal(environ, which)}
    return {}


def _portal(
    environ: Mapping[str, str], which: Callable[[str], str | None]
) -> dict[str, str | None]:
    if which("ibus-daemon") is None and "IBUS_USE_PORTAL" not in environ:
        return {"IBUS_USE_PORTAL": "1"}
    return {}


def prepare_input_method() -> None:
    """Apply `decide_input_method` to this process; nothing outside Linux."""
    if not sys.platform.startswith("linux"):
        return
    changes = decide_input_method(os.environ, shutil.which)
    for name, value in changes.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value
    log.info("input method: %s", os.environ.get("QT_IM_MODULE", ""))


def set_input_method(field: QWidget, on: bool) -> None:
    """Switch the input method of one field. Text it commits is taken in either way.

    Off is for digits and for the box, where `zcm` must arrive as typed even when the clerk left the
    input method in Chinese; a person can switch it on again in the field with Ctrl+Space.
    """
    field.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on)
    hints = field.inputMethodHints()
    latin = Qt.InputMethodHint.ImhPreferLatin | Qt.InputMethodHint.ImhNoPredictiveText
    field.setInputMethodHints(hints & ~latin if on else hints | latin)


def is_input_method_on(field: QWidget) -> bool:
    return field.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
