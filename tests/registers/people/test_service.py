"""Opening, closing and changing accounts: the row, the key slot and the audit agree."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from desktop_app.core.errors import (
    EnvironmentFault,
    InvalidInput,
    NotAllowed,
    SafetyRefusal,
    UserError,
)
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Right
from desktop_app.registers.people import service
from desktop_app.registers.people.rules import DEMO_PASSWORD, Operator, Role
from desktop_app.storage import audit
from desktop_app.storage.keys import DataKey, KeySlots
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.slot_keeper import SlotKeeper
from desktop_app.storage.tables import CHANGE
from tests.homes import CHEAP

PASSWORDS = [f"Ban-gong-shi-{n}" for n in range(8)]


@pytest.fixture
def keeper(tmp_path: Path, database: Database) -> SlotKeeper:
    data_key = DataKey.fresh()
    slots, _ = KeySlots.create(database.new_uid(), data_key).new_recovery_code(data_key)
    path = tmp_path / "keyslots.json"
    slots.save(path)
    return SlotKeeper(path, data_key, CHEAP)


@pytest.fixture
def lead(desk: Desk, keeper: SlotKeeper) -> Operator:
    return add(desk, keeper, "王小燕", Role.LEAD)


def add(
    desk: Desk, keeper: SlotKeeper, name: str, role: Role = Role.CLERK, password: str = PASSWORDS[0]
) -> Operator:
    return service.add_operator(desk, keeper, name=name, role=role, password=password).value


def seat(desk: Desk, operator: Operator) -> Desk:
    return Desk(desk.database, service.actor_of(operator))


def opens(keeper: SlotKeeper, uid: Uid, password: str) -> bool:
    try:
        return keeper.slots().unlock(uid, password) == keeper.data_key
    except SafetyRefusal:
        return False


def trail(desk: Desk) -> list[tuple[str, str, str]]:
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        return [(one.action, one.subject, one.detail) for one in audit.entries(connection)][::-1]


def test_an_added_operator_has_a_row_a_slot_and_an_audit_entry(
    desk: Desk, keeper: SlotKeeper
) -> None:
    added = add(desk, keeper, " 林 秀英 ", Role.VOLUNTEER)
    assert added.name == "林秀英"
    assert added.must_change_password
    assert opens(keeper, added.uid, PASSWORDS[0])
    assert trail(desk) == [("新增操作员", "操作员 林秀英", "角色：值班志愿者")]
    assert [line.operator for line in service.list_operators(desk)] == [added]


def test_a_taken_name_leaves_neither_row_nor_slot(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    with pytest.raises(UserError, match="已经有一位操作员叫“王小燕”"):
        add(desk, keeper, "王小燕")
    assert [line.operator for line in service.list_operators(desk)] == [lead]
    assert [slot.slot_id for slot in keeper.slots().operators] == [lead.uid.hex]


def test_a_weak_first_password_is_refused_but_the_published_one_of_a_demo_is_not(
    desk: Desk, keeper: SlotKeeper
) -> None:
    with pytest.raises(InvalidInput, match="至少要有10个字符"):
        add(desk, keeper, "林秀英", password=DEMO_PASSWORD)
    shown = service.add_operator(
        desk, keeper, name="林秀英", role=Role.CLERK, password=DEMO_PASSWORD, demo=True
    )
    assert opens(keeper, shown.value.uid, DEMO_PASSWORD)


def test_nothing_is_added_when_the_key_slots_cannot_be_written(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    before = trail(desk)
    away = keeper.path.rename(keeper.path.with_name("elsewhere.json"))
    with pytest.raises(SafetyRefusal, match=r"keyslots\.json"):
        add(desk, keeper, "林秀英")
    away.rename(keeper.path)
    assert [line.operator for line in service.list_operators(desk)] == [lead]
    assert trail(desk) == before


class DyingKeeper(SlotKeeper):
    """Stops, as a killed program does, right after the slots were written."""

    def put(self, slot: object) -> None:
        super().put(slot)  # type: ignore[arg-type]
        raise KeyboardInterrupt

    def remove(self, operator_uid: Uid) -> None:
        raise KeyboardInterrupt


@pytest.fixture
def dying(keeper: SlotKeeper) -> SlotKeeper:
    return DyingKeeper(keeper.path, keeper.data_key, CHEAP)


def test_an_account_whose_making_was_killed_can_be_made_again(
    desk: Desk, keeper: SlotKeeper, dying: SlotKeeper, lead: Operator
) -> None:
    with pytest.raises(KeyboardInterrupt):
        add(desk, dying, "林秀英")
    assert len(keeper.slots().operators) == 2
    assert [line.operator for line in service.list_operators(desk)] == [lead]

    told = service.settle_slots(desk, keeper)
    assert len(told) == 1
    assert "删除了没有对应账号的密钥" in told[0]
    assert [slot.name for slot in keeper.slots().operators] == ["王小燕"]
    again = add(desk, keeper, "林秀英")
    assert opens(keeper, again.uid, PASSWORDS[0])


def test_a_disabling_that_was_killed_is_finished_at_the_next_sign_in(
    desk: Desk, keeper: SlotKeeper, dying: SlotKeeper, lead: Operator
) -> None:
    clerk = add(desk, keeper, "林秀英")
    with pytest.raises(KeyboardInterrupt):
        service.disable(desk, dying, clerk.uid)
    assert opens(keeper, clerk.uid, PASSWORDS[0])
    assert not service.list_operators(desk)[-1].operator.active

    service.settle_slots(desk, keeper)
    assert not opens(keeper, clerk.uid, PASSWORDS[0])
    assert opens(keeper, lead.uid, PASSWORDS[0])


def test_a_new_password_whose_setting_was_killed_works_and_so_does_the_rest(
    desk: Desk, keeper: SlotKeeper, dying: SlotKeeper, lead: Operator
) -> None:
    clerk = add(desk, keeper, "林秀英")
    with pytest.raises(KeyboardInterrupt):
        service.reset_password(desk, dying, clerk.uid, PASSWORDS[1])
    assert opens(keeper, clerk.uid, PASSWORDS[1])
    assert service.settle_slots(desk, keeper) == []
    service.reset_password(desk, keeper, clerk.uid, PASSWORDS[2])
    assert opens(keeper, clerk.uid, PASSWORDS[2])
    assert opens(keeper, lead.uid, PASSWORDS[0])


def test_where_rows_and_slots_agree_settling_writes_nothing(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    add(desk, keeper, "林秀英")
    before, file = trail(desk), keeper.path.read_bytes()
    assert service.settle_slots(desk, keeper) == []
    assert (trail(desk), keeper.path.read_bytes()) == (before, file)


def test_a_disabled_operator_keeps_the_history_and_loses_the_key(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    clerk = add(desk, keeper, "林秀英")
    after = service.disable(desk, keeper, clerk.uid)
    assert not after.value.active
    assert after.kinds == {"operators"}
    assert not opens(keeper, clerk.uid, PASSWORDS[0])
    assert [line.operator.name for line in service.list_operators(desk)] == ["王小燕", "林秀英"]
    assert trail(desk)[-1] == ("停用操作员", "操作员 林秀英", "停用前的备份仍能用旧密码打开")
    assert "旧密码打开" in service.OLD_BACKUPS_STILL_OPEN
    with pytest.raises(UserError, match="已停用"):
        service.reset_password(desk, keeper, clerk.uid, PASSWORDS[1])


def test_a_disabled_operator_comes_back_with_a_new_password(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    clerk = add(desk, keeper, "林秀英")
    service.disable(desk, keeper, clerk.uid)
    back = service.enable(desk, keeper, clerk.uid, PASSWORDS[1]).value
    assert (back.active, back.must_change_password) == (True, True)
    assert opens(keeper, clerk.uid, PASSWORDS[1])
    assert not opens(keeper, clerk.uid, PASSWORDS[0])


def test_the_last_one_who_manages_operators_cannot_go(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    add(desk, keeper, "林秀英", Role.CLERK)
    with pytest.raises(UserError, match="最后一位能管理操作员的人"):
        service.disable(desk, keeper, lead.uid)
    with pytest.raises(UserError, match="最后一位能管理操作员的人"):
        service.change_role(desk, lead.uid, Role.CLERK)
    assert opens(keeper, lead.uid, PASSWORDS[0])

    add(desk, keeper, "陈志强", Role.COMMUNITY)
    assert not service.disable(desk, keeper, lead.uid).value.active


def test_a_failed_removal_of_the_slot_is_told_and_the_operator_is_disabled_all_the_same(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    class FullDisk(SlotKeeper):
        def remove(self, operator_uid: Uid) -> None:
            raise EnvironmentFault("保存密钥文件没有成功：磁盘已满。")

    clerk = add(desk, keeper, "林秀英")
    full = FullDisk(keeper.path, keeper.data_key, CHEAP)
    with pytest.raises(EnvironmentFault, match="已经停用，不能再登录") as fault:
        service.disable(desk, full, clerk.uid)
    assert "自动补做" in fault.value.next_step
    assert not service.list_operators(desk)[-1].operator.active


def test_changing_the_own_password_needs_the_present_one(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    own = seat(desk, lead)
    with pytest.raises(SafetyRefusal, match="现在的密码不对") as refusal:
        service.change_own_password(own, keeper, current="wrong", new=PASSWORDS[1])
    assert refusal.value.field == "current"
    after = service.change_own_password(own, keeper, current=PASSWORDS[0], new=PASSWORDS[1]).value
    assert not after.must_change_password
    assert opens(keeper, lead.uid, PASSWORDS[1])
    assert not opens(keeper, lead.uid, PASSWORDS[0])


def test_the_last_five_passwords_cannot_be_used_again_and_the_sixth_can(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    own = seat(desk, lead)
    for before, new in pairwise(PASSWORDS[:5]):
        service.change_own_password(own, keeper, current=before, new=new)
    for used in PASSWORDS[:5]:
        with pytest.raises(UserError, match="最近5次用过的密码"):
            service.change_own_password(own, keeper, current=PASSWORDS[4], new=used)
    service.change_own_password(own, keeper, current=PASSWORDS[4], new=PASSWORDS[5])
    service.change_own_password(own, keeper, current=PASSWORDS[5], new=PASSWORDS[0])
    assert opens(keeper, lead.uid, PASSWORDS[0])


def test_a_pin_fits_only_as_it_was_set(desk: Desk, keeper: SlotKeeper, lead: Operator) -> None:
    own = seat(desk, lead)
    assert service.pin_fits(own, lead.uid, "2580") is None
    service.set_pin(own, "2580")
    assert service.myself(own).has_pin
    assert service.pin_fits(own, lead.uid, "2580") is True
    assert service.pin_fits(own, lead.uid, "2581") is False
    service.set_pin(own, None)
    assert service.pin_fits(own, lead.uid, "2580") is None
    assert [entry[0] for entry in trail(desk)][-2:] == ["设置 PIN 码", "取消 PIN 码"]


def test_neither_pins_nor_old_passwords_reach_the_change_log(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    own = seat(desk, lead)
    service.set_pin(own, "2580")
    service.change_own_password(own, keeper, current=PASSWORDS[0], new=PASSWORDS[1])
    with desk.reading(needs=Right.READ) as connection:
        payloads = [row.payload for row in connection.execute(CHANGE.select())]
    assert len(payloads) == 2
    assert not any("argon2" in payload or "pin" in payload for payload in payloads)


def test_a_renamed_operator_signs_in_under_the_new_name(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    service.rename(desk, keeper, lead.uid, "王晓燕")
    assert [slot.name for slot in keeper.slots().operators] == ["王晓燕"]
    assert opens(keeper, lead.uid, PASSWORDS[0])
    assert trail(desk)[-1] == ("操作员改名", "操作员 王晓燕", "原名：王小燕")


def test_a_changed_role_changes_the_rights(desk: Desk, keeper: SlotKeeper, lead: Operator) -> None:
    clerk = add(desk, keeper, "林秀英", Role.CLERK)
    assert service.actor_of(clerk).may(Right.REGISTER)
    after = service.change_role(desk, clerk.uid, Role.AUDITOR).value
    assert not service.actor_of(after).may(Right.REGISTER)
    assert trail(desk)[-1] == ("调整角色", "操作员 林秀英", "窗口 → 安全审计员")


def test_a_clerk_cannot_manage_operators(desk: Desk, keeper: SlotKeeper, lead: Operator) -> None:
    clerk = add(desk, keeper, "林秀英", Role.CLERK)
    own = seat(desk, clerk)
    with pytest.raises(NotAllowed, match="“林秀英”的角色没有“管理操作员”权限"):
        add(own, keeper, "陈志强")
    with pytest.raises(NotAllowed):
        service.disable(own, keeper, lead.uid)
    with pytest.raises(NotAllowed):
        service.reset_password(own, keeper, lead.uid, PASSWORDS[2])
    assert len(keeper.slots().operators) == 2


def test_a_new_recovery_code_replaces_the_old_one(
    desk: Desk, keeper: SlotKeeper, lead: Operator
) -> None:
    first = service.new_recovery_code(desk, keeper)
    second = service.new_recovery_code(desk, keeper)
    assert keeper.slots().unlock_with_recovery(second) == keeper.data_key
    with pytest.raises(SafetyRefusal, match="恢复码打不开"):
        keeper.slots().unlock_with_recovery(first)
