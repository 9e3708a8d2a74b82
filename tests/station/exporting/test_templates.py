"""Templates: those of the program can all be filled; an office's own are added, filled, removed."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from build_scripts.make_sheet_templates import SHAPES, made
from desktop_app import catalog
from desktop_app.core.errors import NotAllowed, UserError
from desktop_app.core.ledger_spec import Query
from desktop_app.core.periods import parse_period
from desktop_app.core.resources import resource_bytes
from desktop_app.core.rights import Actor, Right
from desktop_app.ledgers.visits import service as visits
from desktop_app.sheets.template import names_in
from desktop_app.station.exporting.rules.templates import BUILT_IN, PERIOD
from desktop_app.station.exporting.service import listed
from desktop_app.station.exporting.service import templates as service
from desktop_app.station.exporting.service.filling import fill_list, fill_period
from desktop_app.storage.audit import entries
from desktop_app.storage.session import Desk
from tests.ledgers.visits.builders import form, matter


def _book(*texts: str) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for place, text in enumerate(texts, 1):
        sheet.cell(1, place, text)
    memory = io.BytesIO()
    book.save(memory)
    return memory.getvalue()


@pytest.fixture
def office(desk: Desk) -> Desk:
    """A desk with two visits."""
    visits.register(desk, form(matter()))
    visits.register(desk, form(matter("临时救助")))
    return desk


def _audit(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        return [(one.action, one.subject, one.detail) for one in entries(connection)]


def _fill(desk: Desk, path: Path, text: str, **more: Any) -> Any:
    ledger = catalog.ledgers()["visits"]
    found = service.template(desk, text)
    pages = listed(desk, ledger, Query())
    done = fill_list(desk, ledger, pages, path, found, with_rows=True, **more).value
    return done, openpyxl.load_workbook(path).active


@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: shape.file)
def test_the_programs_own_are_what_its_script_makes(shape: Any) -> None:
    assert resource_bytes("sheets", f"{shape.file}.xlsx") == made(shape)


@pytest.mark.parametrize("template", BUILT_IN, ids=lambda template: template.file)
def test_the_programs_own_name_nothing_that_is_not_known(template: Any) -> None:
    names = names_in(resource_bytes("sheets", template.file))
    assert names.unknown(service.names_for(template.kind).__contains__) == ()


def test_a_list_is_written_into_the_programs_own(office: Desk, tmp_path: Path) -> None:
    done, sheet = _fill(office, tmp_path / "来访.xlsx", "来访登记表", words="本月")
    assert done.rows == 2
    assert sheet["A1"].value == "青榕雅苑党群服务站来访登记表"
    assert "期间：本月" in sheet["A2"].value
    assert "填报日期：2026年11月23日" in sheet["A2"].value
    assert [sheet["A4"].value, sheet["A5"].value] == [1, 2]
    assert sheet["C3"].value == "姓名"
    assert "*" in sheet["C4"].value
    assert sheet["A6"].value.startswith("填报人：王小燕")
    assert "来访人姓名" in done.masked
    assert ("导出表格", "来访（来访登记表）", "2 条，已遮挡") in _audit(office)


def test_the_whole_content_needs_its_reason_in_a_template_too(office: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        _fill(office, tmp_path / "来访.xlsx", "来访登记表", unmasked=True)
    done, sheet = _fill(
        office, tmp_path / "来访.xlsx", "来访登记表", unmasked=True, reason="街道核对"
    )
    assert done.masked == ()
    assert "*" not in sheet["C4"].value


def test_the_figures_of_a_month_are_written_into_the_monthly_table(
    office: Desk, tmp_path: Path
) -> None:
    path = tmp_path / "月报.xlsx"
    fill_period(office, service.template(office, "月报表"), parse_period("2026-11"), path)
    sheet = openpyxl.load_workbook(path).active
    assert sheet is not None
    told = dict(zip([c.value for c in sheet[3]], [c.value for c in sheet[4]], strict=True))
    assert told["单位"] == "青榕雅苑党群服务站"
    assert told["登记总数"] == 2
    assert "2026年11月" in str(sheet["A2"].value)
    assert ("导出表格", "月报表", "2026年11月") in _audit(office)


def test_an_offices_own_is_added_filled_renamed_and_removed(office: Desk, tmp_path: Path) -> None:
    content = _book("{{序号}}", "{{来访人姓名}}", "{{站点名称}}")
    own = service.add(office, " 街道来访表 ", "visits", content).value
    assert own.name == "街道来访表"
    _, sheet = _fill(office, tmp_path / "来访.xlsx", "街道来访表")
    assert [cell.value for cell in sheet["A"]] == [1, 2]
    assert sheet["C1"].value == "青榕雅苑党群服务站"

    service.rename(office, own.key, "区里来访表")
    names = [one.name for one in service.templates(office, "visits")]
    assert names == ["区里来访表", "来访登记表"]

    removed = service.remove(office, own.key)
    assert [one.name for one in service.templates(office, "visits")] == ["来访登记表"]
    assert removed.undo is not None
    removed.undo.call(office)
    assert service.workbook(office, service.template(office, "区里来访表")) == content
    done = [action for action, _, _ in _audit(office)]
    assert {"添加表格模板", "改名表格模板", "移走表格模板", "放回表格模板"} <= set(done)


def test_adding_can_be_taken_back(office: Desk) -> None:
    added = service.add(office, "来访表", "visits", _book("{{编号}}"))
    assert added.undo is not None
    added.undo.call(office)
    assert [one.name for one in service.templates(office, "visits")] == ["来访登记表"]


def test_names_that_nothing_is_known_of_are_listed(office: Desk) -> None:
    with pytest.raises(UserError) as refused:
        service.add(office, "来访表", "visits", _book("{{编号}}", "{{星座}}", "{{血型}}"))
    assert "{{星座}}、{{血型}}" in refused.value.sentence
    assert "{{编号}}" not in refused.value.sentence


@pytest.mark.parametrize(
    ("name", "kind", "content", "said"),
    [
        ("来访表", "visits", _book("没有要填的"), "没有 {{…}}"),
        ("", "visits", _book("{{编号}}"), "名称"),
        ("来访登记表", "visits", _book("{{编号}}"), "已经有"),
        ("来访表", "不知道", _book("{{编号}}"), "哪一种内容"),
        ("来访表", "visits", b"not a book", "打不开"),
    ],
)
def test_what_cannot_be_a_template_is_refused_with_a_sentence(
    office: Desk, name: str, kind: str, content: bytes, said: str
) -> None:
    with pytest.raises(UserError) as refused:
        service.add(office, name, kind, content)
    assert said in refused.value.sentence
    assert all(one.is_built_in for one in service.templates(office))


def test_only_who_manages_the_station_adds_and_nobody_changes_the_programs_own(
    office: Desk,
) -> None:
    rights = office.actor.rights - {Right.MANAGE_STATION}
    clerk = Desk(office.database, Actor(None, "李明", "窗口", rights))
    with pytest.raises(NotAllowed):
        service.add(clerk, "来访表", "visits", _book("{{编号}}"))
    with pytest.raises(UserError):
        service.remove(office, BUILT_IN[0].key)


def test_a_template_is_filled_with_its_own_kind_only(office: Desk, tmp_path: Path) -> None:
    with pytest.raises(UserError):
        _fill(office, tmp_path / "来访.xlsx", "志愿者花名册")
    with pytest.raises(UserError):
        _fill(office, tmp_path / "来访.csv", "来访登记表")
    with pytest.raises(UserError):
        fill_period(
            office,
            service.template(office, "来访登记表"),
            parse_period("2026"),
            tmp_path / "a.xlsx",
        )
    assert service.template(office, "月报表").kind == PERIOD
