"""What is listed is written, in its order and masked; whole only for who may, and it is logged."""

from __future__ import annotations

import resource
import signal
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from python_calamine import CalamineWorkbook

from desktop_app import catalog
from desktop_app.core.clock import Millis
from desktop_app.core.errors import EnvironmentFault, NotAllowed, UserError
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.identity import Gender
from desktop_app.core.job import Cancelled, Job
from desktop_app.core.ledger_spec import Query
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.visits import service as visits
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, ResidentDraft
from desktop_app.sheets.spec import CellKind, Column, SheetSpec
from desktop_app.station.exporting.rules.columns import Exported, Listed, written
from desktop_app.station.exporting.service import export, listed, place, walked
from desktop_app.storage.audit import entries
from desktop_app.storage.files import TEMPORARY_SUFFIX
from desktop_app.storage.paging import PAGE_SIZE
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import form, matter

_SPEC = SheetSpec(
    kind="residents",
    title="居民名册",
    columns=(
        Column(
            name="number", label="档案号", kind=CellKind.CODE, out=lambda one: one.record.number
        ),
        Column(name="name", label="姓名", kind=CellKind.NAME, out=lambda one: one.record.name),
        Column(
            name="birth", label="出生日期", kind=CellKind.DAY, private=True,
            out=lambda one: one.record.birth,
        ),
        Column(
            name="phones", label="电话", kind=CellKind.PHONES, private=True,
            out=lambda one: "、".join(phone.number for phone in one.record.phones),
            mask=lambda text: f"{text[:3]}……",
        ),
        Column(
            name="tags", label="关爱对象", kind=CellKind.CHOICES,
            out=lambda one: "独居老人" if one.record.name == "张淑芬" else "",
        ),
        Column(name="read_only", label="只读", out=None),
    ),
)  # fmt: skip


@pytest.fixture
def people(desk: Desk) -> Desk:
    """A desk with three residents."""
    for name, birth in (("张淑芬", date(1951, 12, 31)), ("赖建国", None), ("林阿妹", None)):
        draft = ResidentDraft(
            name=name, gender=Gender.FEMALE, birth=birth, phones=(Phone("13800005678"),)
        )
        residents.add(desk, draft)
    return desk


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder; the database lies in another."""
    made = tmp_path / "给街道"
    made.mkdir()
    return made


def _all(desk: Desk, kind: str = "residents") -> list[list[Listed]]:
    return list(listed(desk, catalog.ledgers()[kind], Query()))


def _export(desk: Desk, path: Path, kind: str = "residents", **more: Any) -> Exported:
    pages = more.pop("pages", None) or _all(desk, kind)
    return export(desk, catalog.ledgers()[kind], pages, path, **more).value


def _table(path: Path) -> list[list[Any]]:
    return CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python()


def _audit(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        found = entries(connection)
    return [(one.action, one.subject, one.detail) for one in found if one.action == "导出表格"]


def _as(desk: Desk, *without: Right) -> Desk:
    rights = desk.actor.rights - set(without)
    return Desk(desk.database, Actor(desk.actor.uid, desk.actor.name, "窗口", frozenset(rights)))


def test_the_columns_of_the_sheet_are_written_and_what_is_private_is_masked(
    people: Desk, tmp_path: Path
) -> None:
    done = _export(people, tmp_path / "居民.xlsx", spec=_SPEC)
    head, *rows = _table(tmp_path / "居民.xlsx")

    assert head == ["档案号", "姓名", "出生日期", "电话", "关爱对象"]
    by_name = {row[1]: row for row in rows}
    assert by_name.keys() == {"张*芬", "赖*国", "林*妹"}
    assert by_name["张*芬"][2:] == ["1951-**-**", "138……", "***"]
    assert by_name["林*妹"][2:] == ["", "138……", ""]
    assert set(done.masked) == {"姓名", "出生日期", "电话", "关爱对象"}
    assert not done.unmasked


def test_what_the_record_calls_private_is_so_whatever_the_sheet_says(
    people: Desk, tmp_path: Path
) -> None:
    assert not _SPEC.column("name").private
    _export(people, tmp_path / "居民.xlsx", spec=_SPEC)
    assert "张淑芬" not in str(_table(tmp_path / "居民.xlsx"))


def test_the_whole_content_is_written_with_real_dates(people: Desk, tmp_path: Path) -> None:
    path = tmp_path / "居民.xlsx"
    _export(people, path, spec=_SPEC, unmasked=True, reason="街道核对")
    by_name = {row[1]: row for row in _table(path)[1:]}
    assert by_name["张淑芬"][2:] == [date(1951, 12, 31), "13800005678", "独居老人"]


def test_sensitive_content_needs_its_own_right(people: Desk, tmp_path: Path) -> None:
    path = tmp_path / "居民.xlsx"
    clerk = _as(people, Right.SENSITIVE)
    done = _export(clerk, path, spec=_SPEC, unmasked=True, reason="街道核对")
    by_name = {row[1]: row for row in _table(path)[1:]}
    assert by_name["张淑芬"][3:] == ["13800005678", "***"]
    assert done.masked == ("关爱对象",)


@pytest.mark.parametrize(
    ("without", "unmasked"), [(Right.EXPORT, False), (Right.EXPORT, True), (Right.REVEAL, True)]
)
def test_who_may_not_export_or_reveal_gets_nothing(
    people: Desk, tmp_path: Path, without: Right, unmasked: bool
) -> None:
    path, pages = tmp_path / "居民.xlsx", _all(people)
    with pytest.raises(NotAllowed):
        _export(_as(people, without), path, pages=pages, unmasked=unmasked, reason="街道核对")
    assert not path.exists()
    assert _audit(people) == []


def test_every_export_is_one_entry_of_the_audit_and_names_nobody(
    people: Desk, tmp_path: Path
) -> None:
    _export(people, tmp_path / "居民.xlsx")
    _export(people, tmp_path / "居民.csv", unmasked=True, reason="  街道核对  ")
    assert sorted(_audit(people)) == [
        ("导出表格", "居民档案", "3 条，完整内容，原因：街道核对"),
        ("导出表格", "居民档案", "3 条，已遮挡"),
    ]


def test_a_kind_that_says_nothing_of_its_sheet_is_written_from_its_list_and_fields(
    desk: Desk,
) -> None:
    (visit,) = visits.register(desk, form(matter())).value
    ledger = catalog.ledgers()["visits"]
    zone = desk.database.zone
    how = written(ledger.kind, None, ledger.columns, desk.actor, zone, unmasked=False)
    row = {"number": visit.number, "at": "2026-11-23T09:00:00+08:00"}
    head = [column.label for column in how.columns]
    told = dict(zip(head, [cell((visit, row)) for cell in how.cells], strict=True))
    assert head[:4] == ["编号", "来访时间", "来访人姓名", "人数"]
    assert told["编号"] == visit.number
    assert told["来访时间"] == datetime(2026, 11, 23, 9, 0)
    assert told["人数"] == 1
    assert told["补录"] == "否"
    assert told["来访日期"] == date(2026, 11, 23)
    assert "*" in str(told["来访人姓名"])
    assert "办理过程" not in head
    assert "居民档案" not in head


def test_a_list_on_screen_is_walked_to_its_end_in_its_own_order(desk: Desk, tmp_path: Path) -> None:
    made = PAGE_SIZE * 2 + 3
    for number in range(made):
        residents.add(desk, ResidentDraft(name=f"张淑{'一二三四五六七八九十'[number % 10]}"))
    asked: list[str | None] = []

    def read(cursor: str | None, _job: Job) -> tuple[Sequence[str], str | None]:
        asked.append(cursor)
        found = residents.page(desk, cursor)
        return [line.uid.hex for line in found.rows], found.later

    pages = list(walked(read, Job("导出")))
    first = residents.page(desk).rows

    assert sum(map(len, pages)) == made
    assert [line.uid for line in pages[0][:PAGE_SIZE]] == [line.uid for line in first]
    assert len(asked) == 1, "pages are larger for whoever walks a list to its end"
    assert len(first) == PAGE_SIZE
    assert _export(desk, tmp_path / "居民.xlsx", pages=pages).rows == made


def test_who_was_erased_while_the_list_was_read_is_left_out(people: Desk, tmp_path: Path) -> None:
    pages = _all(people)
    residents.erase(people, pages[0][0].uid)
    assert _export(people, tmp_path / "居民.xlsx", pages=pages).rows == 2


def test_a_cancel_leaves_the_file_that_was_there_and_nothing_in_the_log(
    people: Desk, folder: Path
) -> None:
    path, job = folder / "居民.xlsx", Job("导出")
    path.write_bytes(b"as it was")
    job.listen(lambda _progress: job.cancel())
    with pytest.raises(Cancelled):
        _export(people, path, job=job)
    assert path.read_bytes() == b"as it was"
    assert [one.name for one in folder.iterdir()] == ["居民.xlsx"]
    assert _audit(people) == []


def test_a_disk_that_is_full_is_told_in_words_and_leaves_nothing(
    people: Desk, folder: Path
) -> None:
    made = Path(_export(people, folder / "居民.csv").path)
    content = made.read_bytes() * 10
    before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (len(content) // 2, hard))
    try:
        with pytest.raises(EnvironmentFault) as told:
            place(folder / "大.csv", content)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, before)
    assert "导出表格没有成功" in told.value.sentence
    assert [one.name for one in folder.iterdir()] == ["居民.csv"]


def test_what_a_crash_left_in_the_folder_is_gone_after_the_next_export(
    people: Desk, folder: Path
) -> None:
    (folder / f".left{TEMPORARY_SUFFIX}").write_bytes(b"half of a file")
    _export(people, folder / "居民.xlsx")
    assert [one.name for one in folder.iterdir()] == ["居民.xlsx"]


def test_a_name_that_is_no_sheet_is_refused_before_anything_is_read(
    people: Desk, tmp_path: Path
) -> None:
    def never() -> Any:
        raise AssertionError("nothing is read")
        yield

    for name in ("居民.xls", "居民.xlsm", "没有/居民.xlsx"):
        with pytest.raises(UserError):
            _export(people, tmp_path / name, pages=never())


def test_a_point_in_time_and_a_choice_are_written_as_people_read_them(desk: Desk) -> None:
    from desktop_app.station.exporting.rules.columns import cell_of

    zone = desk.database.zone
    labels = {"a": "甲"}
    assert cell_of(Millis(0), FieldKind.MOMENT, {}, zone) == datetime(1970, 1, 1, 8, 0)
    assert cell_of("a", FieldKind.CHOICE, labels, zone) == "甲"
    assert cell_of(("a", "b"), FieldKind.CHOICES, labels, zone) == "甲、b"
    assert cell_of(True, FieldKind.FLAG, {}, zone) == "是"
    assert cell_of(None, FieldKind.DAY, {}, zone) is None
    assert Field("x", "x").kind is FieldKind.TEXT
