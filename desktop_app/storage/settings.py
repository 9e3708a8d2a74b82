"""The station's settings in its database: read all at once, written one at a time and audited."""

from __future__ import annotations

import json
from typing import TypeVar

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from desktop_app.core.errors import UserError
from desktop_app.core.settings import ALL, Setting
from desktop_app.core.text import clean_line
from desktop_app.storage.session import Unit
from desktop_app.storage.tables import SETTING

T = TypeVar("T", str, int, bool)

TEXT_LIMIT = 200


class Settings:
    """The values of one moment; a setting never written has its default."""

    def __init__(self, values: dict[str, object]) -> None:
        self._values = values

    def __getitem__(self, setting: Setting[T]) -> T:
        value = self._values.get(setting.key, setting.default)
        return value if type(value) is type(setting.default) else setting.default


def read_settings(connection: sa.Connection) -> Settings:
    """Every setting of this database."""
    rows = connection.execute(sa.select(SETTING))
    return Settings({row.key: json.loads(row.value) for row in rows})


def write_setting(unit: Unit, setting: Setting[T], value: T) -> T:
    """Check and store one value; the audit says which setting, and numbers but not texts."""
    checked = check_value(setting, value)
    insert = postgresql.insert if unit.connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(SETTING).values(
        key=setting.key, value=json.dumps(checked, ensure_ascii=False)
    )
    unit.connection.execute(
        statement.on_conflict_do_update(
            index_elements=[SETTING.c.key], set_={"value": statement.excluded.value}
        )
    )
    unit.about(setting.label)
    return checked


def check_value(setting: Setting[T], value: T) -> T:
    """The value as it may be stored; a `UserError` names the setting and its bounds."""
    if setting.choices and value not in setting.choices:
        raise UserError(
            f"“{setting.label}”没有这一种，没有改动。",
            f"可选：{'；'.join(map(str, setting.choices))}。",
            field=setting.key,
        )
    if isinstance(value, str):
        return clean_line(value, limit=TEXT_LIMIT)
    if isinstance(value, bool):
        return value
    low, high = setting.low, setting.high
    if (low is not None and value < low) or (high is not None and value > high):
        raise UserError(
            f"“{setting.label}”应在 {low} 到 {high} 之间，没有改动。",
            "请重新填写。",
            field=setting.key,
        )
    return value


def setting_named(key: str) -> Setting[str] | Setting[int] | Setting[bool]:
    """The setting stored under `key`; `KeyError` when there is none."""
    return {setting.key: setting for setting in ALL}[key]
