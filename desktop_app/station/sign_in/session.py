"""Who sits at the desk once the database is open, and every change of seat.

Imports everything heavy; `service` loads it while the password is being typed. What happens here
stands in the audit in words: sign-ins, failures, lock-outs, switches, locks.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from desktop_app import catalog
from desktop_app.core.changes import Changed
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.ids import Uid
from desktop_app.core.rights import PROGRAM, Right
from desktop_app.core.settings import PASSWORD_DAYS
from desktop_app.registers.people import service as people
from desktop_app.registers.people import store
from desktop_app.registers.people.rules import Operator, password_expired
from desktop_app.station.backups.service import begin_new_lineage
from desktop_app.station.sign_in.clock_check import clock_warning
from desktop_app.station.sign_in.failures import take_failures
from desktop_app.station.sign_in.house import House
from desktop_app.station.sign_in.proof import prove_by_password, prove_by_recovery
from desktop_app.storage.home_database import is_old, open_database, upgrade
from desktop_app.storage.keys import DataKey, KdfCost
from desktop_app.storage.session import Database, Desk
from desktop_app.storage.settings import read_settings
from desktop_app.storage.slot_keeper import SlotKeeper

WRONG_PINS_ALLOWED = 5


class Session:
    """A running program in which at least one operator has signed in.

    `desk` is the seat of who sits there now; services take it. `must_change_password` and
    `password_notice` are about that operator; `clock_warning` is the sentence for the banner.
    """

    def __init__(self, house: House, database: Database, keeper: SlotKeeper) -> None:
        self.house = house
        self.database = database
        self.keeper = keeper
        self.locked = False
        self.must_change_password = False
        self.password_notice = ""
        self._program = Desk(database, PROGRAM)
        self.clock_warning = clock_warning(self._program)
        self._desk: Desk | None = None
        self._signed_in: dict[Uid, date] = {}
        self._wrong_pins: dict[Uid, int] = {}

    @property
    def desk(self) -> Desk:
        """The seat as it is now; another one after each switch."""
        if self._desk is None:
            raise RuntimeError("nobody has signed in")
        return self._desk

    def may_use_pin(self, who: Uid) -> bool:
        """Whether the PIN will do: it is set, not spoilt, and the password was given here today."""
        return self._signed_in_today(who) and people.has_pin(self._program, who)

    def switch_by_pin(self, who: Uid, pin: str) -> Desk:
        """Let somebody else take the seat, or the same one come back, within two seconds.

        Raises `SafetyRefusal` for a wrong PIN, the fifth of which needs the password again, and
        for an operator who has not signed in with the password today in this running program.
        """
        operator = self._operator(who)
        if not self._signed_in_today(who):
            raise SafetyRefusal(
                f"“{operator.name}”今天还没有在这里用密码登录过，不能只用 PIN 码切换。",
                "请先用密码登录一次，之后今天都可以用 PIN 码。",
                field="pin",
            )
        fits = people.pin_fits(self._program, who, pin)
        if fits is None:
            raise SafetyRefusal(
                f"“{operator.name}”还没有设置 PIN 码，没有切换。",
                "请用密码登录，再在“设置 · 操作员”中设置 PIN 码。",
                field="pin",
            )
        if not fits:
            raise self._wrong_pin(operator)
        return self._seat(operator, self._label(who), "PIN 码")

    def switch_by_password(self, who: Uid, password: str) -> Desk:
        """Let somebody take the seat by the full password; afterwards the PIN will do, today."""
        operator = self._operator(who)
        prove_by_password(self.house, who, password)
        return self._seat(operator, self._label(who), "密码", full=True)

    def lock(self) -> None:
        """Lock the screen and put it on record; without effect when it is locked."""
        if not self.locked:
            self.locked = True
            self.record_lock()

    def record_lock(self) -> None:
        """Put it on record that the screen was locked. A full disk never keeps it open."""
        with self.desk.unit_of_work("锁屏", needs=Right.SIGN_IN):
            pass

    def unlock(self, *, pin: str | None = None, password: str | None = None) -> Desk:
        """Come back to a locked screen as the one who sits there, by PIN or by password."""
        who = self.desk.actor.uid
        assert who is not None
        if pin is not None:
            return self.switch_by_pin(who, pin)
        return self.switch_by_password(who, password or "")

    def change_password(self, current: str, new: str) -> Changed[Operator]:
        """Change the own password; wrong guesses at the current one count like a sign-in's."""
        slot = self.desk.actor.uid.hex if self.desk.actor.uid else ""
        self.house.failures.check(slot)
        try:
            done = people.change_own_password(self.desk, self.keeper, current=current, new=new)
        except SafetyRefusal as refusal:
            if refusal.field == "current":
                self.house.failures.failed(slot)
            raise
        self.house.failures.succeeded(slot)
        self._look_at_password(done.value)
        return done

    def sign_out(self) -> None:
        """Leave the seat and close the database; the house stays open for the next sign-in."""
        try:
            with self.desk.unit_of_work("退出", needs=Right.SIGN_IN):
                self.locked = True
        finally:
            self.close()

    def close(self) -> None:
        """Close the database without a word, as a crash or the end of a command does."""
        self.database.close()

    def enter(self, who: Uid, label: str, proof: str) -> Desk:
        """The first full sign-in of this session; used where a session is begun."""
        return self._seat(self._operator(who), label, proof, full=True)

    def _signed_in_today(self, who: Uid) -> bool:
        return self._signed_in.get(who) == self._program.today

    def _operator(self, who: Uid) -> Operator:
        with self._program.reading(needs=Right.SIGN_IN) as connection:
            operator = store.SHELF.get(connection, who)
        if operator is None or operator.deleted:
            raise SafetyRefusal(
                "这个账号没有建完（上次新增时程序被中断），不能登录，数据没有改动。",
                "请管理账号的同事在“设置 · 操作员”中重新添加一次。",
                field="operator",
            )
        if not operator.active:
            raise SafetyRefusal(
                f"“{operator.name}”的账号已停用，没有登录，数据没有改动。",
                "要继续使用，请管理账号的同事在“设置 · 操作员”中重新启用。",
                field="operator",
            )
        return operator

    def _label(self, who: Uid) -> str:
        return "解锁" if self.desk.actor.uid == who else "切换操作员"

    def _seat(self, operator: Operator, label: str, proof: str, *, full: bool = False) -> Desk:
        at_street = self.database.station.is_street
        desk = Desk(self.database, people.actor_of(operator, at_street=at_street))
        with desk.unit_of_work(label, needs=Right.SIGN_IN) as unit:
            unit.about("", proof)
            if full:
                secrets = store.secrets_of(unit.connection, operator.uid)
                if secrets.last_sign_in != desk.today:
                    today = replace(secrets, last_sign_in=desk.today)
                    store.put_secrets(unit, operator.uid, today)
        if full:
            self._signed_in[operator.uid] = desk.today
        self._wrong_pins.pop(operator.uid, None)
        self._look_at_password(operator)
        self._desk = desk
        self.locked = False
        return desk

    def _wrong_pin(self, operator: Operator) -> SafetyRefusal:
        wrong = self._wrong_pins.get(operator.uid, 0) + 1
        self._wrong_pins[operator.uid] = wrong
        spent = wrong >= WRONG_PINS_ALLOWED
        if spent:
            self._signed_in.pop(operator.uid, None)
            self._wrong_pins.pop(operator.uid)
        with self._program.unit_of_work("PIN 码不对", needs=Right.SIGN_IN) as unit:
            then = "，须重新用密码登录" if spent else ""
            unit.about(f"操作员 {operator.name}", f"连续第 {wrong} 次{then}")
        if spent:
            return SafetyRefusal(
                f"PIN 码连续输错 {WRONG_PINS_ALLOWED} 次，没有切换，数据没有改动。",
                "请用密码登录；登录后 PIN 码恢复可用。",
                field="pin",
            )
        return SafetyRefusal(
            "PIN 码不对，没有切换，数据没有改动。"
            f"再错 {WRONG_PINS_ALLOWED - wrong} 次就要用密码登录。",
            "请重新输入，或改用密码。",
            field="pin",
        )

    def _look_at_password(self, operator: Operator) -> None:
        with self._program.reading(needs=Right.SIGN_IN) as connection:
            days = read_settings(connection)[PASSWORD_DAYS]
        expired = password_expired(operator, self._program.today, days)
        self.must_change_password = operator.must_change_password or expired
        if operator.must_change_password:
            self.password_notice = "这个密码是别人给您设的，请先改成只有您自己知道的密码。"
        elif expired:
            self.password_notice = f"这个密码已经用了超过 {days} 天，请先换一个新密码。"
        else:
            self.password_notice = ""


def begin_by_password(
    house: House, who: Uid | str, password: str, kdf_cost: KdfCost | None
) -> Session:
    """See `service.sign_in`."""
    operator = house.operator(who)
    data_key = prove_by_password(house, operator.uid, password)
    session = _opened(house, data_key, kdf_cost)
    try:
        session.enter(operator.uid, "登录", "密码")
    except BaseException:
        session.close()
        raise
    return session


def begin_by_recovery(
    house: House, code: str, who: str, new_password: str, kdf_cost: KdfCost | None
) -> Session:
    """See `service.sign_in_with_recovery`."""
    data_key = prove_by_recovery(house, code)
    session = _opened(house, data_key, kdf_cost)
    try:
        program = Desk(session.database, PROGRAM)
        operator = people.recover_password(program, session.keeper, who, new_password).value
        from_street = session.keeper.spend_rescue(code)
        proof = "街道交回的恢复码（已作废）" if from_street else "恢复码"
        session.enter(operator.uid, "用恢复码登录", f"{proof}，并设了新密码")
    except BaseException:
        session.close()
        raise
    return session


def _opened(house: House, data_key: DataKey, kdf_cost: KdfCost | None) -> Session:
    """The database, upgraded when it is old, with what happened before the unlocking on record."""
    catalog.table_modules()
    house.hold()
    if is_old(house.home, data_key):
        with house.alone():
            upgrade(house.home, data_key, house.clock)
    database = open_database(house.home, data_key, house.clock)
    try:
        if begin_new_lineage(house.home, database):
            database.close()
            database = open_database(house.home, data_key, house.clock)
        database.have_follow(catalog.follow_ups(database.station.edition))
        keeper = SlotKeeper(house.home.key_slots, data_key, kdf_cost)
        session = Session(house, database, keeper)
        program = Desk(database, PROGRAM)
        people.settle_slots(program, keeper)
        take_failures(house.failures, program)
    except BaseException:
        database.close()
        raise
    return session
