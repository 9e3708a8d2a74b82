"""Settings are typed and audited; drafts outlive a power cut."""

from __future__ import annotations

import pytest

from desktop_app.core import settings as known
from desktop_app.core.errors import UserError
from desktop_app.core.rights import Right
from desktop_app.storage import audit
from desktop_app.storage.drafts import drop_draft, load_draft, save_draft
from desktop_app.storage.session import Desk
from desktop_app.storage.settings import read_settings, write_setting


def test_a_setting_has_its_default_until_somebody_writes_it(desk: Desk) -> None:
    with desk.reading(needs=Right.READ) as connection:
        assert read_settings(connection)[known.LOCK_AFTER_MINUTES] == 10
    with desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit:
        write_setting(unit, known.LOCK_AFTER_MINUTES, 5)
        write_setting(unit, known.ISSUER, " 荷塘里社区居民委员会 ")

    with desk.reading(needs=Right.READ) as connection:
        settings = read_settings(connection)
        (entry,) = audit.entries(connection)
    assert settings[known.LOCK_AFTER_MINUTES] == 5
    assert settings[known.ISSUER] == "荷塘里社区居民委员会"
    assert entry.action == "修改设置"


@pytest.mark.parametrize("minutes", [0, -1, 121])
def test_a_setting_out_of_bounds_is_refused_and_names_them(desk: Desk, minutes: int) -> None:
    with (
        pytest.raises(UserError, match="应在 1 到 120 之间") as told,
        desk.unit_of_work("修改设置", needs=Right.MANAGE_STATION) as unit,
    ):
        write_setting(unit, known.LOCK_AFTER_MINUTES, minutes)
    assert told.value.field == known.LOCK_AFTER_MINUTES.key


def test_setting_keys_are_unique() -> None:
    keys = [setting.key for setting in known.ALL]
    assert len(set(keys)) == len(keys)


def test_a_draft_is_kept_per_operator_and_form_until_it_is_dropped(desk: Desk) -> None:
    database = desk.database
    me, other = database.new_uid(), database.new_uid()
    save_draft(database, me, "visit", {"事由": "漏水"})
    save_draft(database, me, "visit", {"事由": "漏水三天"})
    save_draft(database, other, "visit", {"事由": "问路"})

    assert load_draft(database, me, "visit") == {"事由": "漏水三天"}
    assert load_draft(database, me, "resident") is None
    drop_draft(database, me, "visit")
    assert load_draft(database, me, "visit") is None
    assert load_draft(database, other, "visit") == {"事由": "问路"}
