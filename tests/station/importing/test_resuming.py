"""An import that is not done is kept for its operator, and what a dead program left is counted."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from desktop_app.core.clock import FixedClock
from desktop_app.core.job import Job
from desktop_app.core.rights import Right
from desktop_app.station.importing import service, store
from desktop_app.station.importing.rules.history import LEFT_ALONE_MS, ImportState
from desktop_app.station.importing.rules.kept import Kept, kept_from
from desktop_app.station.importing.rules.trial import Choice, Decisions
from desktop_app.station.importing.service import resuming
from desktop_app.storage.session import Desk
from tests.station.front_desk.conftest import settle_in
from tests.station.importing.ui.sheets import old_visits

KEPT = Kept(
    path=Path("/盘/2023来访.xls"),
    digest="ab" * 32,
    kind="visits",
    sheet=1,
    step="PREVIEW",
    row=3,
    year=2023,
    columns={1: "day", 2: "name"},
    options=frozenset({"open_file"}),
    decisions=Decisions(Choice.SAME, {7: Choice.NEW}),
)


def seated(desk: Desk) -> Desk:
    """A seat with an operator of its own."""
    actor = replace(desk.actor, uid=desk.database.new_uid())
    return Desk(desk.database, actor)


def test_what_was_said_of_a_sheet_comes_back_to_its_operator(desk: Desk) -> None:
    desk, another = seated(desk), seated(desk)
    assert resuming.kept(desk) is None
    resuming.keep(desk, KEPT)
    assert resuming.kept(desk) == KEPT
    assert resuming.kept(another) is None
    resuming.keep(desk, replace(KEPT, step="MAPPING"))
    found = resuming.kept(desk)
    assert found is not None
    assert found.step == "MAPPING"
    resuming.keep(desk, None)
    assert resuming.kept(desk) is None


def test_what_another_version_kept_is_passed_over() -> None:
    assert kept_from({"path": "x"}) is None
    assert kept_from({**KEPT.plain, "for_all": "PERHAPS"}) is None
    assert kept_from(KEPT.plain) == KEPT


def test_only_an_import_that_nobody_works_at_is_counted_as_left(
    desk: Desk, clock: FixedClock, tmp_path: Path
) -> None:
    settle_in(desk)
    opened = service.open_file(old_visits(tmp_path))
    tried = service.try_out(desk, opened, service.propose(desk, opened, 0), Job("试"))
    made = service.take_in(desk, tried, Decisions(), Job("导入")).value.made
    with desk.unit_of_work("断电", needs=Right.HANDLE, told=False) as unit:
        store.move(
            unit.connection, made.uid, unit.now,
            expected=ImportState.DONE, state=ImportState.RUNNING,
        )  # fmt: skip
    assert resuming.unended(desk).left_behind == 0
    clock.advance(seconds=2 * LEFT_ALONE_MS // 1000)
    assert resuming.unended(desk).left_behind == 1
    assert service.recover(desk, Job("撤回")) == 1
    assert resuming.unended(desk).left_behind == 0
