"""What a manager does with operators, and what each does with the own password and PIN.

An operator is a row in the database and a slot in `keyslots.json`; no transaction spans both. The
slow part (Argon2id) is done before. Then:

- *adding, a new password, a new name*: the row is written, the slot is put on disk, the transaction
  commits. When the disk refuses the slot, nothing has happened. When the program dies between slot
  and commit, the new slot is there without its row: a new operator's name is refused at sign-in and
  may be added again; a changed password works at once.
- *disabling*: the row commits first, then the slot goes. When the program dies between, the
  operator is refused all the same, because the row says so.

`settle_slots`, run at each sign-in, takes away what such an end left behind. No order of events
leaves the home without somebody who can open it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from desktop_app.core.changes import Changed, changed
from desktop_app.core.errors import EnvironmentFault, SafetyRefusal, UserError
from desktop_app.core.ids import Uid
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.people import store
from desktop_app.registers.people.record import KIND
from desktop_app.registers.people.rules import (
    RIGHTS,
    Operator,
    OperatorLine,
    OperatorSecrets,
    Role,
    check_password,
    check_pin,
    checked_operator_name,
    refuse_no_manager_left,
    refuse_reused,
    refuse_taken_name,
    rights_of,
    role_word,
)
from desktop_app.storage.keys import Slot, hash_password, hash_pin, verify_password, verify_pin
from desktop_app.storage.session import Desk, Unit
from desktop_app.storage.slot_keeper import SlotKeeper

OLD_BACKUPS_STILL_OPEN = (
    "停用后他不能再登录，以前的登记和操作记录都保留。"
    "停用之前做的备份仍能用他的旧密码打开，请收好或销毁那些备份。"
)
"""What the screen and the command line say when somebody is disabled (amendments, 13)."""


def list_operators(desk: Desk) -> list[OperatorLine]:
    """Everybody who works or worked here, those in use first."""
    with desk.reading(needs=Right.MANAGE_OPERATORS) as connection:
        return store.lines(connection)


def works_alone(unit: Unit) -> bool:
    """Whether nobody else in use here works with the ledgers: a one-person station.

    There nobody else could look over what was written, so the rules ask for another way.
    """
    return _nobody_beside(unit.actor, store.everybody(unit.connection))


def is_alone(desk: Desk) -> bool:
    """The same for a list that is only read."""
    with desk.reading(needs=Right.READ) as connection:
        return _nobody_beside(desk.actor, store.everybody(connection))


def _nobody_beside(actor: Actor, everybody: Sequence[Operator]) -> bool:
    working = {Right.REGISTER, Right.MANAGE_STATION}
    return not any(
        one.active and one.uid != actor.uid and working & RIGHTS[one.role] for one in everybody
    )


def myself(desk: Desk) -> OperatorLine:
    """The operator who sits at the desk."""
    with desk.reading(needs=Right.SIGN_IN) as connection:
        me = _own_uid(desk)
        return next(line for line in store.lines(connection) if line.operator.uid == me)


def add_operator(
    desk: Desk,
    keeper: SlotKeeper,
    *,
    name: str,
    role: Role,
    password: str,
    must_change: bool = True,
    demo: bool = False,
) -> Changed[Operator]:
    """Open an account. Somebody else typed the first password, so it must be changed.

    `demo` lets the published password of demo homes pass. Raises `UserError` for a name that is
    taken, `InvalidInput` for a weak password.
    """
    name = checked_operator_name(name)
    if not demo:
        check_password(password, name=name)
    uid = desk.database.new_uid()
    slot, remembered = keeper.made(uid, name, password), hash_password(password)
    with desk.unit_of_work("新增操作员", needs=Right.MANAGE_OPERATORS) as unit:
        refuse_taken_name(name, store.everybody(unit.connection, to_change=True))
        new = Operator(
            uid=uid,
            station=unit.station.code,
            name=name,
            role=role,
            password_changed=_today(unit),
            must_change_password=must_change,
        )
        saved = store.SHELF.put(unit, new)
        store.put_secrets(unit, uid, OperatorSecrets(password_history=(remembered,)))
        unit.about(_subject(saved), f"角色：{role.label}")
        keeper.put(slot)
    return changed(KIND.name, uid, saved)


def disable(desk: Desk, keeper: SlotKeeper, uid: Uid) -> Changed[Operator]:
    """Close an account for good or for a while; what the operator did stays on record.

    Refused for the last one who can manage operators. `OLD_BACKUPS_STILL_OPEN` is to be said.
    """
    with desk.unit_of_work("停用操作员", needs=Right.MANAGE_OPERATORS) as unit:
        everybody = store.everybody(unit.connection, to_change=True)
        operator = _in_use(store.SHELF.need(unit.connection, uid))
        after = replace(operator, active=False)
        refuse_no_manager_left(_with(everybody, after), "停用")
        saved = store.SHELF.put(unit, after)
        unit.about(_subject(saved), "停用前的备份仍能用旧密码打开")
    try:
        keeper.remove(uid)
    except EnvironmentFault as fault:
        raise EnvironmentFault(
            f"“{operator.name}”已经停用，不能再登录；但密钥文件没能改写：{fault.sentence}",
            "下次有人登录时会自动补做，无需重复停用。",
        ) from fault
    return changed(KIND.name, uid, saved)


def enable(desk: Desk, keeper: SlotKeeper, uid: Uid, password: str) -> Changed[Operator]:
    """Open a disabled account again, with a new password that must be changed."""
    with desk.reading(needs=Right.MANAGE_OPERATORS) as connection:
        operator = store.SHELF.need(connection, uid)
    return _give_password(desk, keeper, operator, password, "重新启用操作员")


def reset_password(desk: Desk, keeper: SlotKeeper, uid: Uid, password: str) -> Changed[Operator]:
    """Give somebody who forgot it a new password, which must be changed at the next sign-in."""
    with desk.reading(needs=Right.MANAGE_OPERATORS) as connection:
        operator = _in_use(store.SHELF.need(connection, uid))
    return _give_password(desk, keeper, operator, password, "重设密码")


def recover_password(desk: Desk, keeper: SlotKeeper, name: str, password: str) -> Changed[Operator]:
    """Give an operator a new password after the recovery code has opened the home."""
    with desk.reading(needs=Right.MANAGE_OPERATORS) as connection:
        operator = store.named(connection, name.strip())
    if operator is None:
        raise UserError(
            f"这里没有叫“{name.strip()}”的操作员，没有登录，数据没有改动。",
            "请核对姓名后再试。",
            field="operator",
        )
    return _give_password(
        desk, keeper, _in_use(operator), password, "用恢复码重设密码", must_change=False
    )


def new_recovery_code(desk: Desk, keeper: SlotKeeper) -> str:
    """Make a recovery code, shown this once; the one before opens nothing any more."""
    with desk.unit_of_work("生成恢复码", needs=Right.MANAGE_STATION) as unit:
        unit.about("恢复码", "以前的恢复码同时作废")
    # After the commit: a refused commit must not leave a code that nobody has been shown.
    return keeper.new_recovery_code()


def change_own_password(
    desk: Desk, keeper: SlotKeeper, *, current: str, new: str
) -> Changed[Operator]:
    """Change the password of who sits at the desk; `current` is asked for again.

    Raises `SafetyRefusal` when `current` is wrong (the caller counts that), `InvalidInput` for a
    weak one and `UserError` for one of the last five.
    """
    me = _own_uid(desk)
    with desk.reading(needs=Right.SIGN_IN) as connection:
        operator = _in_use(store.SHELF.need(connection, me))
        secrets = store.secrets_of(connection, me)
    check_password(new, name=operator.name)
    slots = keeper.slots()
    try:
        slots.unlock(me, current)
    except SafetyRefusal as refusal:
        if refusal.field != "password":
            raise
        raise SafetyRefusal(
            "现在的密码不对，密码没有改动。", "请重新输入现在的密码。", field="current"
        ) from refusal
    _refuse_reuse(new, secrets)
    slot, remembered = keeper.made(me, operator.name, new), hash_password(new)
    with desk.unit_of_work("修改密码", needs=Right.SIGN_IN) as unit:
        saved = _with_password(unit, operator, remembered, must_change=False)
        keeper.put(slot)
    return changed(KIND.name, me, saved)


def set_pin(desk: Desk, pin: str | None) -> Changed[Operator]:
    """Set the own PIN for switching at a desk, or take it away with None."""
    me = _own_uid(desk)
    if pin is not None:
        check_pin(pin)
    hashed = None if pin is None else hash_pin(pin)
    label = "取消 PIN 码" if pin is None else "设置 PIN 码"
    with desk.unit_of_work(label, needs=Right.SIGN_IN) as unit:
        operator = _in_use(store.SHELF.need(unit.connection, me))
        secrets = store.secrets_of(unit.connection, me)
        store.put_secrets(unit, me, replace(secrets, pin_hash=hashed))
        unit.about(_subject(operator))
    return changed(KIND.name, me, operator)


def has_pin(desk: Desk, uid: Uid) -> bool:
    """Whether an operator has set a PIN."""
    with desk.reading(needs=Right.SIGN_IN) as connection:
        return store.secrets_of(connection, uid).pin_hash is not None


def pin_fits(desk: Desk, uid: Uid, pin: str) -> bool | None:
    """Whether this is the operator's PIN; None when none is set. The caller counts failures."""
    with desk.reading(needs=Right.SIGN_IN) as connection:
        hashed = store.secrets_of(connection, uid).pin_hash
    return None if hashed is None else verify_pin(pin, hashed)


def rename(desk: Desk, keeper: SlotKeeper, uid: Uid, name: str) -> Changed[Operator]:
    """Call an operator by another name from now on; the audit keeps the name of then."""
    name = checked_operator_name(name)
    with desk.unit_of_work("操作员改名", needs=Right.MANAGE_OPERATORS) as unit:
        everybody = store.everybody(unit.connection, to_change=True)
        operator = store.SHELF.need(unit.connection, uid)
        refuse_taken_name(name, [other for other in everybody if other.uid != uid])
        saved = store.SHELF.put(unit, replace(operator, name=name))
        unit.about(_subject(saved), f"原名：{operator.name}")
        keeper.rename(uid, name)
    return changed(KIND.name, uid, saved)


def change_role(desk: Desk, uid: Uid, role: Role) -> Changed[Operator]:
    """Give an operator another role, in force from the next sign-in or switch on."""
    with desk.unit_of_work("调整角色", needs=Right.MANAGE_OPERATORS) as unit:
        everybody = store.everybody(unit.connection, to_change=True)
        operator = store.SHELF.need(unit.connection, uid)
        after = replace(operator, role=role)
        refuse_no_manager_left(_with(everybody, after), "改成别的角色")
        saved = store.SHELF.put(unit, after)
        before, now = (
            role_word(one, at_street=unit.station.is_street) for one in (operator.role, role)
        )
        unit.about(_subject(saved), f"{before} → {now}")
    return changed(KIND.name, uid, saved)


def settle_slots(desk: Desk, keeper: SlotKeeper) -> list[str]:
    """Make the key slots agree with the rows, after a program that died between the two.

    Takes away slots whose operator is not there or not in use, and mends names. Answers a sentence
    for each; usually there is nothing to do, and nothing is written.
    """
    with desk.reading(needs=Right.MANAGE_OPERATORS) as connection:
        if not _disagreements(store.everybody(connection), keeper.slots().operators):
            return []
    # Looked at again with the write lock held: a slot whose row another process is about to
    # commit is no disagreement.
    with desk.unit_of_work("整理密钥", needs=Right.MANAGE_OPERATORS) as unit:
        everybody = store.everybody(unit.connection, to_change=True)
        found = _disagreements(everybody, keeper.slots().operators)
        for uid, name in found.items():
            if name is None:
                keeper.remove(uid)
            else:
                keeper.rename(uid, name)
        told = [_told(uid, name) for uid, name in found.items()]
        unit.about("密钥文件", "；".join(told)[:2000])
    return told


def actor_of(operator: Operator, *, at_street: bool = False) -> Actor:
    """The operator as the one who acts, with the rights of the role in this edition."""
    role = operator.role
    word = role_word(role, at_street=at_street)
    return Actor(operator.uid, operator.name, word, rights_of(role, at_street=at_street))


def _give_password(
    desk: Desk,
    keeper: SlotKeeper,
    operator: Operator,
    password: str,
    label: str,
    *,
    must_change: bool = True,
) -> Changed[Operator]:
    with desk.reading(needs=Right.MANAGE_OPERATORS) as connection:
        secrets = store.secrets_of(connection, operator.uid)
    check_password(password, name=operator.name)
    _refuse_reuse(password, secrets)
    slot = keeper.made(operator.uid, operator.name, password)
    remembered = hash_password(password)
    with desk.unit_of_work(label, needs=Right.MANAGE_OPERATORS) as unit:
        opened = replace(operator, active=True)
        saved = _with_password(unit, opened, remembered, must_change=must_change)
        keeper.put(slot)
    return changed(KIND.name, operator.uid, saved)


def _with_password(
    unit: Unit, operator: Operator, remembered: str, *, must_change: bool
) -> Operator:
    saved = store.SHELF.put(
        unit,
        replace(operator, password_changed=_today(unit), must_change_password=must_change),
    )
    secrets = store.secrets_of(unit.connection, operator.uid)
    history = secrets.remembering(remembered)
    store.put_secrets(unit, operator.uid, replace(secrets, password_history=history))
    unit.about(_subject(saved))
    return saved


def _refuse_reuse(password: str, secrets: OperatorSecrets) -> None:
    if any(verify_password(password, hashed) for hashed in secrets.password_history):
        raise refuse_reused()


def _in_use(operator: Operator) -> Operator:
    if not operator.active:
        raise UserError(
            f"“{operator.name}”的账号已停用，没有改动。", "要继续使用，请先重新启用这个账号。"
        )
    return operator


def _own_uid(desk: Desk) -> Uid:
    if desk.actor.uid is None:
        raise UserError("现在没有操作员登录，没有改动。", "请先登录。")
    return desk.actor.uid


def _with(everybody: Sequence[Operator], changed_one: Operator) -> list[Operator]:
    return [changed_one if one.uid == changed_one.uid else one for one in everybody]


def _disagreements(everybody: Sequence[Operator], slots: Sequence[Slot]) -> dict[Uid, str | None]:
    """By the slot's operator: the name it should have, or None when it should not be there."""
    in_use = {one.uid: one.name for one in everybody if one.active}
    found: dict[Uid, str | None] = {}
    for slot in slots:
        uid = Uid(slot.slot_id)
        if in_use.get(uid) != slot.name:
            found[uid] = in_use.get(uid)
    return found


def _told(uid: Uid, name: str | None) -> str:
    if name is None:
        return f"删除了没有对应账号的密钥 {uid.hex[-6:]}"
    return f"密钥 {uid.hex[-6:]} 的姓名改为“{name}”"


def _today(unit: Unit) -> date:
    return unit.zone.day(unit.now)


def _subject(operator: Operator) -> str:
    return f"操作员 {operator.name}"
