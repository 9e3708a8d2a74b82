"""What a resident asked for stands in the copy of the file, and is forgotten with it."""

from __future__ import annotations

from desktop_app.registers.residents import service as residents
from desktop_app.station.resident_card import service
from desktop_app.storage.session import Desk
from tests.ledgers.requests.builders import register, stored
from tests.registers.residents.neighbours import neighbour


def test_what_merged_files_asked_for_stands_in_one_list(desk: Desk) -> None:
    one, two = neighbour(desk, "张淑芬"), neighbour(desk, "张淑芳", "13800001111")
    first = register(desk, resident=one.uid)
    second = register(desk, resident=two.uid)
    register(desk, name="赖建国")
    residents.merge(desk, one.uid, two.uid)

    found = service.asked_for(desk, service.view(desk, two.uid).files)

    assert {line.uid for line in found.rows} == {first.uid, second.uid}


def test_the_copy_tells_what_the_person_asked_for(desk: Desk) -> None:
    zhang = neighbour(desk, "张淑芬")
    made = register(desk, resident=zhang.uid, summary="夜里看不清台阶")
    register(desk, name="赖建国", title="想学用手机")

    copy = service.own_copy(desk, zhang.uid)

    assert "诉求、点单和微心愿 1 件" in copy
    assert f"{made.number}　诉求　楼道灯不亮　夜里看不清台阶" in copy
    assert "想学用手机" not in copy


def test_who_is_erased_is_named_by_no_request(desk: Desk) -> None:
    zhang = neighbour(desk, "张淑芬")
    made = register(desk, resident=zhang.uid, name="张淑芬")
    kept = register(desk, name="赖建国")

    gone = service.erase(desk, zhang.uid)

    assert "requests" in gone.kinds
    assert made.uid in gone.uids
    left = stored(desk, made.uid)
    assert (left.resident, left.name, left.phone, left.summary) == (None, "", "", "")
    assert left.title == "楼道灯不亮"
    assert stored(desk, kept.uid).name == "赖建国"
