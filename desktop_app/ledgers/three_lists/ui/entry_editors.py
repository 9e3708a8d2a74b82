"""The fields of a form: what each is edited with, what it means, and how it is kept as typed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop_app.core.ids import Uid, parse_uid
from desktop_app.ledgers.three_lists.ui.area_picks import AreaPicks
from desktop_app.storage.session import Desk
from desktop_app.widgets.choices import Choice, ChoiceBar, ChoiceBox
from desktop_app.widgets.field import LabelledField
from desktop_app.widgets.inputs import LineInput, TextInput
from desktop_app.widgets.suggest_input import SuggestInput
from desktop_app.widgets.value_inputs import DateInput, NumberInput, PhoneInput


@dataclass(frozen=True, slots=True)
class Entry:
    """One field of a form: its name, label, editor, Alt letter; `bounds` of a number."""

    name: str
    label: str
    editor: str = "line"
    key: str = ""
    optional: bool = False
    placeholder: str = ""
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    bounds: tuple[int, int] = (1, 1_000_000)
    first: object = None
    share: int = 1


def make_editor(entry: Entry, desk: Desk, parent: QWidget) -> QWidget:
    made: dict[str, Callable[[], QWidget]] = {
        "line": lambda: LineInput(parent, placeholder=entry.placeholder),
        "text": lambda: TextInput(parent, placeholder=entry.placeholder),
        "day": lambda: DateInput(lambda: desk.today, parent),
        "phone": lambda: PhoneInput(parent=parent),
        "number": lambda: NumberInput(parent, least=entry.bounds[0], most=entry.bounds[1]),
        "suggest": lambda: SuggestInput(parent, placeholder=entry.placeholder),
        "choice": lambda: ChoiceBox(entry.choices, parent, placeholder=entry.placeholder),
        "bar": lambda: ChoiceBar(entry.choices, parent),
        "areas": lambda: AreaPicks(parent),
    }
    return made[entry.editor]()


def offer_choices(field: LabelledField, choices: Sequence[Choice]) -> None:
    editor = field.editor
    if isinstance(editor, SuggestInput):
        editor.set_offers([(one.label, one.search) for one in choices])
    elif isinstance(editor, ChoiceBox | AreaPicks):
        editor.set_choices(choices)


def close_offers(field: LabelledField) -> None:
    """Put away the list of what fits, where one hangs open."""
    editor = field.editor
    finder = editor.completer() if isinstance(editor, LineInput) else None
    if finder is not None:
        finder.popup().hide()


def raw(field: LabelledField) -> Any:
    """What stands in a field, as it was typed or chosen."""
    editor: Any = field.editor
    return editor.text() if isinstance(editor, LineInput) else editor.value()


def meant(field: LabelledField) -> Any:
    """What a field means."""
    editor: Any = field.editor
    if isinstance(editor, DateInput):
        return editor.day()
    if isinstance(editor, NumberInput):
        return editor.number()
    return editor.value()


def wrong(field: LabelledField) -> str:
    editor = field.editor
    return editor.problem() if isinstance(editor, DateInput | NumberInput | PhoneInput) else ""


def put(field: LabelledField, value: Any) -> None:
    """Show what a record says."""
    editor: Any = field.editor
    if isinstance(editor, DateInput):
        editor.set_day(value or None)
    elif isinstance(editor, NumberInput):
        editor.set_number(value if isinstance(value, int) else None)
    elif isinstance(editor, LineInput | TextInput):
        editor.set_value("" if value is None else str(value))
    elif isinstance(editor, AreaPicks):
        editor.set_value(value or ())
    else:
        editor.set_value(value)


def plain(value: Any) -> Any:
    if isinstance(value, Uid):
        return {"uid": str(value)}
    if isinstance(value, Enum):
        return {"choice": value.value}
    if isinstance(value, tuple):
        return [plain(one) for one in value]
    return value


def put_raw(field: LabelledField, kept: Any) -> None:
    """Show what was kept as typed."""
    editor: Any = field.editor
    if isinstance(kept, list):
        found = [parse_uid(str(one.get("uid"))) for one in kept if isinstance(one, dict)]
        editor.set_value(tuple(uid for uid in found if uid is not None))
    elif isinstance(kept, dict) and "uid" in kept:
        editor.set_value(parse_uid(str(kept["uid"])))
    elif isinstance(kept, dict):
        choices = editor.choices if isinstance(editor, ChoiceBar) else ()
        offered = [one.value for one in choices] or list(getattr(editor, "_values", ()))
        for value in offered:
            if isinstance(value, Enum) and value.value == kept.get("choice"):
                editor.set_value(value)
    elif isinstance(editor, LineInput | TextInput):
        editor.set_value(str(kept or ""))
    else:
        editor.set_value(kept)
