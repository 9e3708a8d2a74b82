"""Residents' files on a real database: kept, changed, looked at, merged, erased."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.core.errors import Conflict, InvalidInput, NotAllowed, UserError
from desktop_app.core.rights import Right
from desktop_app.registers.places import service as places
from desktop_app.registers.places.rules import PlaceKind
from desktop_app.registers.residents import service
from desktop_app.registers.residents.record import KIND
from desktop_app.registers.residents.rules import (
    Consent,
    ConsentBasis,
    PartyKind,
    Phone,
    ResidentDraft,
    SpecialGroup,
)
from desktop_app.storage import audit
from desktop_app.storage.session import Desk
from tests.registers.residents.people import (
    ID,
    TODAY,
    names_found,
    opened,
    read,
    someone_cared_for,
    undone,
    with_rights,
)


def test_a_file_is_read_back_as_it_was_saved_with_a_number_of_its_own(desk: Desk) -> None:
    first = someone_cared_for(desk)
    second = opened(desk, "阿迪力·买买提", party=PartyKind.MOBILE, flow_from="喀什")
    assert read(desk, first) == first
    assert read(desk, second) == second
    assert (first.number, second.number) == ("QR01-R2026A-00001", "QR01-R2026A-00002")


def test_a_wrong_draft_is_refused_whole_and_takes_no_number(desk: Desk) -> None:
    with pytest.raises(InvalidInput) as refused:
        service.add(desk, ResidentDraft(name="", id_number="1"))
    assert [problem.field for problem in refused.value.problems] == ["name", "id_number"]
    assert opened(desk, "张三").number.endswith("00001")


def test_taking_back_a_new_file_leaves_nothing_of_the_person(desk: Desk) -> None:
    done = service.add(desk, ResidentDraft(name="张淑芬"))
    undone(desk, done)
    assert names_found(desk, "zsf") == []
    assert read(desk, done.value).name == ""


def test_a_change_and_its_undo_are_both_kept(desk: Desk) -> None:
    before = opened(desk, "张淑芬", "13800005678")
    done = service.change(desk, replace(before, name="张淑芳"))
    assert names_found(desk, "5678") == ["张淑芳"]
    back = undone(desk, done)
    assert replace(back, revision=1, changed_at=before.changed_at) == before
    assert back.revision == 3


def test_a_change_over_somebody_elses_is_refused(desk: Desk) -> None:
    before = opened(desk, "张淑芬")
    service.change(desk, replace(before, remark="一"))
    with pytest.raises(Conflict):
        service.change(desk, replace(before, remark="二"))
    assert read(desk, before).remark == "一"


def test_undoing_a_change_after_another_one_is_refused(desk: Desk) -> None:
    before = opened(desk, "张淑芬")
    done = service.change(desk, replace(before, remark="一"))
    service.change(desk, replace(done.value, remark="二"))
    with pytest.raises(Conflict):
        undone(desk, done)


def test_a_change_can_neither_renumber_nor_merge(desk: Desk) -> None:
    before = opened(desk, "张淑芬")
    other = opened(desk, "张淑芳")
    saved = service.change(desk, replace(before, number="X", merged_into=other.uid)).value
    assert (saved.number, saved.merged_into) == (before.number, None)


# --- what is shown -------------------------------------------------------------------------------


def test_a_card_shows_nothing_private_unasked(desk: Desk) -> None:
    resident = someone_cared_for(desk)
    card = service.card(desk, resident.uid)
    shown = repr(card.resident) + card.line.phone
    for private in (ID, "13800005678", "13900001111", "1949, 12, 31", "纠纷", "独居"):
        assert private not in shown
    assert card.resident.name == "张淑芬"
    assert {"phones", "id_number", "remark", "special_groups", "guardian"} <= card.masked


@pytest.mark.parametrize(
    ("field", "plain"),
    [
        ("id_number", ID),
        ("phones", "13800005678"),
        ("birth", "1949-12-31"),
        ("remark", "与楼下有纠纷"),
        ("special_groups", "独居老人"),
        ("guardian", "张小明 儿子 13900001111"),
    ],
)
def test_a_reveal_tells_one_field_and_is_in_the_audit_by_number(
    desk: Desk, field: str, plain: str
) -> None:
    resident = someone_cared_for(desk)
    assert service.reveal(desk, resident.uid, field) == plain
    with desk.reading(needs=Right.READ_AUDIT) as connection:
        last = audit.entries(connection, limit=1)[0]
    assert (last.action, last.subject) == ("查看完整内容", resident.number)
    assert plain not in repr(last)
    assert "张淑芬" not in repr(last)


def test_a_reveal_needs_its_right_and_a_sensitive_one_more(desk: Desk) -> None:
    resident = someone_cared_for(desk)
    reader = with_rights(desk, Right.READ)
    clerk = with_rights(desk, Right.READ, Right.REVEAL)
    with pytest.raises(NotAllowed):
        service.reveal(reader, resident.uid, "phones")
    assert service.reveal(clerk, resident.uid, "phones") == "13800005678"
    with pytest.raises(NotAllowed):
        service.reveal(clerk, resident.uid, "special_groups")
    assert service.card(clerk, resident.uid).hidden == {"special_groups"}


def test_every_private_field_can_be_revealed(desk: Desk) -> None:
    resident = someone_cared_for(desk)
    told = {
        field.name: service.reveal(desk, resident.uid, field.name)
        for field in KIND.fields
        if field.private
    }
    assert told["room"] == "501"
    with pytest.raises(UserError):
        service.reveal(desk, resident.uid, "number")


def test_a_clerk_without_the_right_keeps_what_she_cannot_see(desk: Desk) -> None:
    resident = someone_cared_for(desk)
    clerk = with_rights(desk, Right.READ, Right.REVEAL, Right.REGISTER)
    form = service.for_editing(clerk, resident.uid)
    assert form.special_groups == ()
    service.change(clerk, replace(form, remark="搬走了"))
    assert read(desk, resident).special_groups == (SpecialGroup.LIVING_ALONE,)
    with pytest.raises(NotAllowed):
        service.add(
            clerk,
            ResidentDraft(
                name="李四",
                special_groups=(SpecialGroup.AGED,),
                consent=Consent(ConsentBasis.WRITTEN, TODAY),
            ),
        )


def test_on_a_server_the_card_number_and_the_care_do_not_lie_open(desk: Desk) -> None:
    someone_cared_for(desk)
    opens = desk.database.dialect == "sqlite"
    with desk.reading(needs=Right.READ) as connection:
        row = connection.exec_driver_sql(
            "SELECT id_number, special_groups, phones, guardian FROM resident"
        ).one()
    stored = " ".join(row)
    assert [word in stored for word in (ID, "living_alone", "1390000")] == [opens] * 3


# --- the list ------------------------------------------------------------------------------------


def test_the_list_goes_by_pinyin_in_pages_and_back(desk: Desk) -> None:
    for name in ("张三", "单雄信", "李四", "阿强", "曾国安", "Anna Smith", "李四光"):
        opened(desk, name)
    names, cursor = [], None
    while True:
        page = service.page(desk, cursor, size=3)
        names += [line.name for line in page.rows]
        if page.later is None:
            break
        cursor = page.later
    assert names == ["阿强", "Anna Smith", "李四", "李四光", "单雄信", "曾国安", "张三"]
    assert page.earlier is not None
    assert [line.name for line in service.page(desk, page.earlier, size=3).rows] == names[3:6]


def test_the_list_is_narrowed_by_words_party_and_compound(desk: Desk) -> None:
    compound = places.add(desk, kind=PlaceKind.COMPOUND, name="青榕雅苑").value
    opened(desk, "张三", compound=compound.uid, building="3", room="501")
    opened(desk, "张四", party=PartyKind.COMPOUND)
    opened(desk, "李五")

    def names(**narrowed: object) -> list[str]:
        return [line.name for line in service.page(desk, **narrowed).rows]  # type: ignore[arg-type]

    assert names(search="z") == ["张三", "张四"]
    assert names(search="z 501") == ["张三"]
    assert names(party=PartyKind.COMPOUND) == ["张四"]
    assert names(compound=compound.uid) == ["张三"]
    (line,) = service.page(desk, compound=compound.uid).rows
    assert line.address == "青榕雅苑 3-501"


# --- duplicates ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("draft", "reason"),
    [
        (ResidentDraft(name="完全不同", id_number=ID.lower()), "证件号码相同"),
        (ResidentDraft(name="张淑芬", birth=date(1949, 12, 31)), "姓名和出生日期相同"),
        (ResidentDraft(name="张淑芬", building="3", unit="2", room="501"), "姓名和门牌相同"),
        (ResidentDraft(name="张淑分", phones=(Phone("138 0000 5678"),)), "电话相同，姓名相近"),
    ],
)
def test_who_may_already_be_known_is_named_with_the_reason(
    desk: Desk, draft: ResidentDraft, reason: str
) -> None:
    known = someone_cared_for(desk)
    opened(desk, "李淑芬", "13800009999", building="3", unit="2", room="502")
    (found,) = service.possible_duplicates(desk, draft)
    assert (found.line.uid, found.reasons) == (known.uid, (reason,))


def test_the_same_name_alone_or_a_shared_phone_alone_is_no_duplicate(desk: Desk) -> None:
    someone_cared_for(desk)
    husband = ResidentDraft(name="李建国", phones=(Phone("13800005678"),))
    assert service.possible_duplicates(desk, ResidentDraft(name="张淑芬")) == ()
    assert service.possible_duplicates(desk, husband) == ()
    assert service.possible_duplicates(desk, ResidentDraft()) == ()


def test_a_file_is_no_duplicate_of_itself(desk: Desk) -> None:
    assert service.possible_duplicates(desk, someone_cared_for(desk)) == ()


def test_the_surest_duplicate_comes_first(desk: Desk) -> None:
    opened(desk, "张淑芬", "13800005678")
    sure = opened(desk, "张小芬", id_number=ID)
    draft = ResidentDraft(name="张淑芬", phones=(Phone("13800005678"),), id_number=ID)
    found = service.possible_duplicates(desk, draft)
    assert len(found) == 2
    assert found[0].line.uid == sure.uid
