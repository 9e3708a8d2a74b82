"""Volunteers: one person once, what the form asks for, the course from 在册 to 注销."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.core.clock import FixedClock
from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.identity import Gender
from desktop_app.core.photos import Picture
from desktop_app.core.rights import Right
from desktop_app.registers.residents import service as residents
from desktop_app.registers.residents.rules import Guardian, PartyKind
from desktop_app.registers.volunteers import service, store
from desktop_app.registers.volunteers.rules.entry import (
    AlreadyVolunteer,
    SameVolunteer,
    form_of,
)
from desktop_app.registers.volunteers.rules.listing import VolunteerFilter
from desktop_app.registers.volunteers.rules.volunteer import (
    GuardianConsent,
    Insurance,
    VolunteerAction,
    VolunteerForm,
    VolunteerState,
)
from desktop_app.registers.volunteers.rules.volunteer_steps import RULES, allowed
from desktop_app.registers.volunteers.rules.words import Direction, Political, Skill
from desktop_app.storage.attachments import FolderBlobs
from desktop_app.storage.keys import DataKey
from desktop_app.storage.session import Desk
from tests.registers.residents.people import ID, opened, with_rights
from tests.registers.volunteers.helpers import (
    TODAY,
    form,
    joined,
    person,
    several,
    stored,
    team,
    volunteer,
    who,
)

_A = VolunteerAction


@pytest.fixture
def blobs(tmp_path: Path) -> FolderBlobs:
    """Where attachments lie."""
    return FolderBlobs(tmp_path / "attachments", DataKey(b"k" * 32))


def fields(refused: pytest.ExceptionInfo[InvalidInput]) -> list[str | None]:
    return [problem.field for problem in refused.value.problems]


def test_a_resident_becomes_a_volunteer_and_that_can_be_taken_back(desk: Desk) -> None:
    made = service.add(desk, form(person(desk), skills=(Skill.LAW, Skill.MEDICAL)))

    assert made.value.number == "QR01-V2026A-00001"
    assert (made.value.registered_on, made.value.disclose) == (TODAY, False)
    assert made.value.skills == (Skill.MEDICAL, Skill.LAW), "in the order of the list"
    assert [line.name for line in service.page(desk).rows] == ["李慧敏"]
    assert made.undo is not None
    made.undo.call(desk)
    assert service.page(desk).rows == ()


def test_every_problem_is_told_at_once_with_what_the_file_lacks(desk: Desk) -> None:
    bare = opened(desk, "王建国")
    wrong = form(
        bare,
        political=Political.MEMBER,
        registered_on=date(2026, 12, 1),
        emergency_phone="1380000567",
        insurance=Insurance("", "P-1"),
    )
    with pytest.raises(InvalidInput) as refused:
        service.add(desk, wrong)

    assert fields(refused) == [
        "registered_on", "emergency_phone", "insurance", "resident", "political",
    ]  # fmt: skip
    assert "性别、出生日期、联系电话" in refused.value.sentence
    assert "非党员" in refused.value.sentence


def test_a_party_member_needs_the_category_of_the_file(desk: Desk) -> None:
    known = person(desk, party=PartyKind.COMPOUND)
    assert service.add(desk, form(known, political=Political.MEMBER)).value.number


def test_nobody_is_a_volunteer_twice(desk: Desk) -> None:
    known = volunteer(desk)
    with pytest.raises(AlreadyVolunteer, match=known.number) as refused:
        service.add(desk, form(known.resident))
    assert (refused.value.other, "没有再登记" in refused.value.sentence) == (known.uid, True)

    left = service.step(desk, known.uid, known.revision, _A.LEAVE, "搬家").value
    with pytest.raises(AlreadyVolunteer) as refused:
        service.add(desk, form(known.resident))
    assert "重新在册" in refused.value.next_step
    service.step(desk, left.uid, left.revision, _A.RETURN)


def test_a_merged_file_is_the_person_it_is_part_of(desk: Desk) -> None:
    known = volunteer(desk)
    double = person(desk, "李慧敏", "13900000001")
    residents.merge(desk, known.resident, double.uid)
    with pytest.raises(AlreadyVolunteer, match=known.number):
        service.add(desk, form(double))


@pytest.mark.parametrize(
    "other",
    [
        {"name": "李慧敏", "phone": "13900000001"},
        {"name": "李惠敏", "phone": "13800005678", "birth": date(1985, 8, 3)},
        {"name": "黎敏", "phone": "13900000001", "id_number": ID, "birth": None},
    ],
    ids=["same name and birth", "another spelling with one telephone", "one 证件"],
)
def test_the_same_person_under_two_spellings_is_asked_about(
    desk: Desk, other: dict[str, object]
) -> None:
    known = volunteer(desk)
    if "id_number" in other:
        file = residents.for_editing(desk, known.resident)
        residents.change(desk, replace(file, id_number=ID, birth=None))
    second = person(desk, **other)  # type: ignore[arg-type]
    with pytest.raises(SameVolunteer, match=known.number) as asked:
        service.add(desk, form(second))
    assert "李" not in asked.value.words, "no name in a sentence that may be logged"

    two = service.add(desk, form(second), same_person=True).value
    assert two.number != known.number


def test_namesakes_of_another_age_are_two_people(desk: Desk) -> None:
    volunteer(desk)
    other = person(desk, "李慧敏", "13900000001", birth=date(1990, 1, 1))
    assert service.add(desk, form(other)).value.number == "QR01-V2026A-00002"


def test_one_national_number_is_one_person(desk: Desk) -> None:
    known = volunteer(desk, national_number="3508 0212 3456")
    assert known.national_number == "350802123456"
    other = volunteer(desk, "王建国", "13900000001")
    with pytest.raises(UserError, match=known.number) as refused:
        service.change(
            desk,
            other.uid,
            other.revision,
            form(other.resident, national_number="３５０８０２１２３４５６"),
        )
    assert refused.value.field == "national_number"


def test_a_child_needs_a_guardian_in_the_file_who_has_agreed(desk: Desk) -> None:
    child = person(desk, "陈小满", birth=date(2009, 6, 1))
    with pytest.raises(InvalidInput) as refused:
        service.add(desk, form(child))
    assert fields(refused) == ["resident", "guardian_consent"]

    file = residents.for_editing(desk, child.uid)
    residents.change(desk, replace(file, guardian=Guardian("陈志强", "父亲", "13700000002")))
    agreed = GuardianConsent(TODAY, "陈志强", "父亲")
    made = service.add(desk, form(child, guardian_consent=agreed)).value
    assert made.guardian_consent == agreed


def test_who_was_of_age_at_entry_is_not_asked_for_a_guardian(desk: Desk, clock: FixedClock) -> None:
    grown = person(desk, birth=date(2008, 11, 23))
    made = service.add(desk, form(grown)).value
    assert made.registered_on == TODAY, "the birthday itself counts"
    clock.advance(86_400)
    again = service.change(desk, made.uid, made.revision, form(grown, remark="常在周末"))
    assert again.value.remark == "常在周末"


def test_the_form_changes_everything_but_whose_record_it_is(desk: Desk) -> None:
    known, other = volunteer(desk, education="大专"), person(desk, "王建国", "13900000001")
    told = replace(form_of(known), resident=other.uid, education="本科", registered_on=None)
    changed = service.change(desk, known.uid, known.revision, told)

    after = changed.value
    assert (after.resident, after.education) == (known.resident, "本科")
    assert after.registered_on == known.registered_on
    with pytest.raises(Conflict):
        service.change(desk, known.uid, known.revision, told)
    assert changed.undo is not None
    changed.undo.call(desk)
    assert stored(desk, known).education == "大专"


def test_health_is_for_those_who_may_see_it(desk: Desk) -> None:
    clerk = with_rights(desk, Right.READ, Right.REGISTER, Right.HANDLE, Right.REVEAL)
    with pytest.raises(NotAllowed):
        service.add(clerk, form(person(desk), health_note="高血压"))
    known = service.add(
        desk, form(person(desk, "王建国", "13900000001"), health_note="高血压")
    ).value

    assert "高血压" not in str(service.get(clerk, known.uid))
    assert service.for_editing(clerk, known.uid).health_note == ""
    with pytest.raises(NotAllowed):
        service.reveal(clerk, known.uid, "health_note")
    seen = service.for_editing(clerk, known.uid)
    service.change(clerk, known.uid, seen.revision, form_of(seen))
    assert stored(desk, known).health_note == "高血压"
    assert service.reveal(desk, known.uid, "health_note") == "高血压"


def test_the_course_of_a_volunteer(desk: Desk) -> None:
    known = volunteer(desk)
    states = []
    for action, words in (
        (_A.PAUSE, "住院"), (_A.RESUME, ""), (_A.LEAVE, "搬家"), (_A.RETURN, ""),
        (_A.CANCEL, "本人申请"), (_A.RETURN, "本人申请"),
    ):  # fmt: skip
        known = service.step(desk, known.uid, known.revision, action, words).value
        states.append(known.state.label)

    assert states == ["暂停", "在册", "退出", "在册", "注销", "在册"]
    assert known.steps[0].action is _A.REGISTER
    assert [step.to.label for step in known.steps][1:] == states
    assert (known.left_on, known.left_reason) == (None, "")


def test_a_step_that_may_not_be_taken_says_which_may(desk: Desk) -> None:
    known = volunteer(desk)
    for action in RULES:
        if action in allowed(known) or action not in (_A.RESUME, _A.RETURN):
            continue
        with pytest.raises(UserError, match="在册"):
            service.step(desk, known.uid, known.revision, action, "随便")
    with pytest.raises(UserError, match="还没有写退出的原因"):
        service.step(desk, known.uid, known.revision, _A.LEAVE)
    with pytest.raises(UserError, match="比今天还晚"):
        service.step(desk, known.uid, known.revision, _A.LEAVE, "搬家", date(2026, 11, 24))
    with pytest.raises(UserError, match="早于注册日期"):
        service.step(desk, known.uid, known.revision, _A.LEAVE, "搬家", date(2026, 1, 4))
    assert stored(desk, known) == known


def test_who_leaves_leaves_the_teams_and_undo_brings_all_of_it_back(desk: Desk) -> None:
    people = several(desk, ["李慧敏", "王建国"])
    known, there = people[0], team(desk)
    for one in people:
        joined(desk, there, one)
    there = service.set_leader(desk, there.uid, there.revision, known.uid).value

    done = service.step(desk, known.uid, known.revision, _A.LEAVE, "搬家", date(2026, 11, 20))
    assert who(desk, there) == ["王建国"]
    assert who(desk, there, date(2026, 11, 19)) == ["李慧敏", "王建国"]
    assert service.get_team(desk, there.uid).leader is None
    assert service.page(desk, VolunteerFilter(state=VolunteerState.LEFT)).total == 1

    assert done.undo is not None
    done.undo.call(desk)
    assert who(desk, there) == ["李慧敏", "王建国"]
    assert service.get_team(desk, there.uid).leader == known.uid


def test_trainings_and_honours_stand_by_their_days(desk: Desk) -> None:
    known = volunteer(desk)
    for day, words in ((date(2026, 9, 1), "急救"), (date(2026, 3, 1), "应急"), (TODAY, "礼仪")):
        known = service.add_training(
            desk, known.uid, known.revision, day, words, "街道卫生院", 90
        ).value
    known = service.add_honour(
        desk, known.uid, known.revision, TODAY, "优秀志愿者", "澄岭街道"
    ).value
    assert [one.words for one in known.trainings] == ["应急", "急救", "礼仪"]

    known = service.remove_entry(desk, known.uid, known.revision, known.trainings[0].uid).value
    known = service.remove_entry(desk, known.uid, known.revision, known.honours[0].uid).value
    assert ([one.words for one in known.trainings], known.honours) == (["急救", "礼仪"], ())
    with pytest.raises(UserError, match="没有找到"):
        service.remove_entry(desk, known.uid, known.revision, known.uid)
    with pytest.raises(UserError, match="比今天还晚"):
        service.add_training(desk, known.uid, known.revision, date(2026, 12, 1), "急救")
    with pytest.raises(UserError, match="还没有写表彰名称"):
        service.add_honour(desk, known.uid, known.revision, TODAY, " ")


def test_the_signed_paper_of_a_guardian_is_kept_and_found_by_the_sweep(
    desk: Desk, blobs: FolderBlobs
) -> None:
    child = person(
        desk, "陈小满", birth=date(2010, 6, 1), guardian=Guardian("陈志强", "父亲", "13700000002")
    )
    agreed = GuardianConsent(TODAY, "陈志强", "父亲")
    known = service.add(desk, form(child, guardian_consent=agreed)).value
    picture = Picture(b"\xff\xd8signed", 600, 800)
    known = service.add_paper(desk, blobs, known.uid, known.revision, picture).value

    assert known.guardian_consent is not None
    photo = known.guardian_consent.photo
    assert photo is not None
    with desk.reading(needs=Right.READ) as connection:
        assert store.attached(connection) == {photo.sha256}
    known = service.remove_paper(desk, known.uid, known.revision).value
    with desk.reading(needs=Right.READ) as connection:
        assert store.attached(connection) == set()
    grown = volunteer(desk, "王建国", "13900000001")
    with pytest.raises(UserError, match="还没有记录监护人同意书"):
        service.add_paper(desk, blobs, grown.uid, grown.revision, picture)


def test_what_is_private_is_masked_until_revealed(desk: Desk) -> None:
    known = volunteer(
        desk,
        national_number="350802123456",
        emergency_name="王建国",
        emergency_phone="13900001234",
        insurance=Insurance("志愿者意外险", "PZ-2026-778", date(2026, 12, 31)),
        remark="膝盖不好",
    )
    shown = str(service.get(desk, known.uid)) + str(service.history(desk, known.uid))
    for secret in ("350802123456", "王建国", "13900001234", "PZ-2026-778", "膝盖"):
        assert secret not in shown
    assert service.reveal(desk, known.uid, "insurance") == "志愿者意外险 PZ-2026-778 至 2026-12-31"
    with pytest.raises(UserError, match="没有遮挡"):
        service.reveal(desk, known.uid, "skills")


def test_the_list_is_narrowed(desk: Desk) -> None:
    first, second = several(desk, ["李慧敏", "王建国"])
    file = residents.for_editing(desk, second.resident)
    service.change(
        desk, second.uid, second.revision,
        form(file, skills=(Skill.LAW,), directions=(Direction.LEGAL,)),
    )  # fmt: skip
    joined(desk, team(desk), first)
    there = service.teams_page(desk).rows[0]

    def names(**wanted: object) -> list[str]:
        found = service.page(desk, VolunteerFilter(**wanted))  # type: ignore[arg-type]
        return [line.name for line in found.rows]

    assert names() == ["李慧敏", "王建国"]
    assert names(skill=Skill.LAW) == names(direction=Direction.LEGAL) == ["王建国"]
    assert names(team=there.uid) == names(search="lhm") == ["李慧敏"]
    assert names(search=second.number.lower()) == ["王建国"]
    assert names(stations=("QR02",)) == []
    (line,) = service.page(desk, VolunteerFilter(team=there.uid)).rows
    assert (line.teams, line.age, line.gender) == (there.name, 41, Gender.FEMALE)


def test_a_volunteer_needs_a_file(desk: Desk) -> None:
    with pytest.raises(UserError, match="还没有选是哪位居民"):
        service.add(desk, VolunteerForm())
    gone = person(desk, "王建国", "13900000001")
    residents.erase(desk, gone.uid)
    with pytest.raises(UserError, match="没有找到"):
        service.add(desk, form(gone))


def test_only_who_may_handle_registers(desk: Desk) -> None:
    clerk = with_rights(desk, Right.READ, Right.REGISTER)
    with pytest.raises(NotAllowed):
        service.add(clerk, form(person(desk)))
