"""A few weeks at a small station, written down through the real services."""

from __future__ import annotations

from dataclasses import dataclass, replace

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.ids import Uid
from desktop_app.ledgers.visits import service
from desktop_app.ledgers.visits.rules.entry import MatterEntry, VisitForm
from desktop_app.ledgers.visits.rules.steps import StepDetails
from desktop_app.ledgers.visits.rules.visit import Action, Agent, Visit
from desktop_app.registers.matters import service as matters
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Phone, Resident, ResidentDraft
from desktop_app.storage.session import Desk

MINUTE = 60_000
DAY = 24 * 60 * MINUTE

PEOPLE = (
    ("张淑芬", "13800005678", "3", "2", "501"),
    ("赖建国", "13900001234", "1", "1", "302"),
    ("单桂英", "13700002468", "5", "1", "101"),
    ("阿迪力·买买提", "13600001357", "2", "1", "204"),
    ("陈阿妹", "05972212345", "6", "3", "601"),
    ("曾秋英", "13500009876", "8", "2", "1203"),
)


@dataclass
class Ledger:
    """Writes visits down as a clerk would, each a little later than the one before."""

    desk: Desk
    clock: FixedClock

    def __post_init__(self) -> None:
        self.matters: dict[str, Matter] = {
            matter.name: matter for matter in matters.add_starter(self.desk).value
        }

    def days_ago(self, days: int) -> None:
        """Go back in time, to the morning of an earlier day."""
        self.clock.set(Millis(self.clock.now() - days * DAY))

    def days_on(self, days: int) -> None:
        """Go forward again."""
        self.clock.set(Millis(self.clock.now() + days * DAY))

    def resident(self, name: str = "张淑芬") -> Resident:
        """A person with a file and an address."""
        _, phone, building, unit, room = next(who for who in PEOPLE if who[0] == name)
        draft = ResidentDraft(
            name=name, phones=(Phone(phone),), building=building, unit=unit, room=room
        )
        return residents.add(self.desk, draft).value

    def visit(self, matter: str = "", person: Resident | None = None, /, **more: object) -> Visit:
        """A visit, a minute after the last; `entry_…` are fields of its matter."""
        self.clock.advance(60)
        entry = {key[6:]: value for key, value in more.items() if key.startswith("entry_")}
        form = {key: value for key, value in more.items() if not key.startswith("entry_")}
        if person is not None:
            form = {**_as_shown(person), **form}
        entered = MatterEntry(matter=self.matters.get(matter), **entry)  # type: ignore[arg-type]
        if not matter and "summary" not in entry:
            entered = replace(entered, summary="问社保卡在哪里办")
        made = VisitForm(**{"name": "林国强", "matters": (entered,), **form})  # type: ignore[arg-type]
        return service.register(self.desk, made).value[0]

    def step(self, visit: Visit, action: Action, **details: object) -> Visit:
        """The next step of a visit, a minute later."""
        self.clock.advance(60)
        said = StepDetails(**details)  # type: ignore[arg-type]
        return service.act(self.desk, visit.uid, action, visit.revision, said).value

    def read(self, uid: Uid) -> Visit:
        """The visit as it stands now."""
        return service.get(self.desk, uid)

    def some_weeks(self) -> list[Visit]:
        """Visits in every state, overdue and due today among them; the newest last."""
        people = [self.resident(who[0]) for who in PEOPLE]
        zhang, lai, shan, adili, chen, zeng = people
        made = []
        self.days_ago(40)
        claim = self.visit("最低生活保障申请协助", shan, entry_summary="材料已收")
        made.append(self.step(claim, Action.TAKE_UP))
        self.days_on(12)
        leak = "楼上漏水，物业一直没有处理，天花板已经发霉。\n要求物业给出修理日期。"
        late = self.visit("房屋渗漏水协调", lai, entry_summary=leak, entry_done=False)
        late = self.step(late, Action.TAKE_UP)
        late = self.step(late, Action.HAND_OVER, handed_to="金色家园物业", external_number="WY-318")
        made.append(late)
        waiting = self.visit("高龄津贴申领帮办", chen)
        made.append(self.step(waiting, Action.ASK_FOR_MATERIALS, words="户口簿原件、银行卡复印件"))
        gone = self.visit("小区停车管理意见", adili, entry_summary="申请固定车位")
        made.append(self.step(gone, Action.NOT_OURS, words="请到小区物业服务中心办理，电话已告知"))
        self.days_on(25)
        today = self.visit("临时救助申请协助", zhang, entry_summary="住院费用较高", agent=_DAUGHTER)
        made.append(self.step(today, Action.TAKE_UP))
        taken_back = self.visit("独居老人定期探访登记", zeng)
        made.append(self.step(taken_back, Action.WITHDRAW, words="本人不再申请"))
        done = self.visit("光荣牌悬挂更换登记", zeng)
        made.append(self.step(done, Action.CLOSE, result="新牌已送到家"))
        lamp = self.step(self.visit("无障碍设施需求反映", lai, entry_done=False), Action.TAKE_UP)
        made.append(self.step(lamp, Action.ANSWER, result="已报街道，下周加装扶手"))
        self.days_on(3)
        made.append(self.visit("城乡居民医保参保缴费帮办", zhang, entry_summary="给孙子缴费"))
        service.count_only(self.desk)
        made.append(self.visit("邻里纠纷人民调解申请", shan, entry_summary="晚上十一点后仍在装修"))
        made.append(self.visit("", None, people=12, entry_summary="反映小区充电桩不够用"))
        return made


_DAUGHTER = Agent("林小梅", "13800009999", "女儿")


def _as_shown(person: Resident) -> dict[str, object]:
    return {
        "resident": person.uid,
        "name": person.name,
        "phone": person.phones[0].number if person.phones else "",
        "building": person.building,
        "unit": person.unit,
        "room": person.room,
    }
