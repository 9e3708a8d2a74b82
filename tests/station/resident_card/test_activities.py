"""What a resident took part in stands on the card and in the copy, and is forgotten, too."""

from __future__ import annotations

import sqlalchemy as sa

from desktop_app.core.clock import FixedClock
from desktop_app.core.rights import Right
from desktop_app.ledgers.activities import service as activities
from desktop_app.ledgers.activities.rules.activity import Group
from desktop_app.ledgers.activities.rules.attendance import Person
from desktop_app.registers.residents import service as residents
from desktop_app.station.resident_card import service
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from desktop_app.storage.tables import CHANGE
from tests.ledgers.activities.builders import people, plan, sign_in, stored_line
from tests.registers.residents.neighbours import neighbour


def test_activities_of_merged_files_stand_on_one_card(desk: Desk, clock: FixedClock) -> None:
    one, two = neighbour(desk, "张淑芬"), neighbour(desk, "张淑芳", "13800001111")
    first, second = plan(desk), plan(desk, name="银发课堂 手机入门")
    activities.sign_in(desk, first.uid, Person(resident=one.uid))
    activities.sign_in(desk, second.uid, Person(resident=two.uid))
    sign_in(desk, first, "赖建国")
    residents.merge(desk, one.uid, two.uid)

    view = service.view(desk, two.uid)

    assert [line.number for line in view.attended.rows] == [second.number, first.number]
    assert service.attended(desk, (one.uid,)).total == 1


def test_the_copy_tells_what_the_person_took_part_in(desk: Desk) -> None:
    zhang = neighbour(desk, "张淑芬")
    made, other = plan(desk), plan(desk, name="迎新春写春联")
    activities.sign_in(desk, made.uid, Person(resident=zhang.uid, group=Group.VOLUNTEER))
    sign_in(desk, other, "赖建国")

    copy = service.own_copy(desk, zhang.uid)

    assert "参加活动 1 次" in copy
    assert f"{made.number}　健康入户 邻里同行　志愿者" in copy
    assert "赖建国" not in copy
    assert "迎新春写春联" not in copy


def test_a_forgotten_person_stays_counted_and_is_named_nowhere(desk: Desk) -> None:
    zhang = neighbour(desk, "张淑芬")
    made = plan(desk)
    row = activities.sign_in(desk, made.uid, Person(resident=zhang.uid, remark="自己带椅子")).value
    kept = sign_in(desk, made, "赖建国")

    gone = service.erase(desk, zhang.uid)

    assert "attendance" in gone.kinds
    assert row.uid in gone.uids
    left = stored_line(desk, row.uid)
    assert (left.resident, left.name, left.unit, left.phone, left.remark) == (None, "", "", "", "")
    assert left.arrived_at == row.arrived_at
    assert people(desk, made)[Group.PUBLIC] == 2
    assert stored_line(desk, kept.uid).name == "赖建国"
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        query = sa.select(CHANGE.c.payload).where(CHANGE.c.uid == row.uid)
        payloads = "".join(filter(None, connection.execute(query).scalars()))
        assert "张淑芬" not in payloads
        assert "自己带椅子" not in payloads
        assert audit.check_changes(connection) == []
