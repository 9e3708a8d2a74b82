"""The one box on a real database: what a clerk types for somebody finds them, in a fair order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from desktop_app.core.clock import FixedClock, Millis
from desktop_app.core.errors import NotAllowed
from desktop_app.core.job import Cancelled, Job
from desktop_app.core.pinyin import DERIVED_VERSION, name_keys, query_tokens, sort_key
from desktop_app.core.rights import Actor, Right
from desktop_app.registers.residents import service, store
from desktop_app.registers.residents.rules import Resident, ResidentDraft
from desktop_app.registers.residents.search import RANKED_PEOPLE, RECENT_DAYS, find
from desktop_app.registers.residents.search.store import VISIT_WORTH, VISITS_COUNTED
from desktop_app.registers.residents.tables import PERSON_KEY, RESIDENT
from desktop_app.storage.session import Desk
from tests.registers.residents.people import DRAFTS, NAMES, names_found, opened

DAY = 86_400_000

# One database serves all examples of a test: what is checked holds however many people there are.
# A failure is told as it happened, because replays would meet a fuller database.
one_database = settings(
    max_examples=25,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def came(desk: Desk, resident: Resident, days_ago: int, times: int = 1) -> None:
    now = desk.database.clock.now()
    with desk.unit_of_work("登记来访", needs=Right.REGISTER) as unit:
        store.mark_seen(unit, resident.uid, Millis(now - days_ago * DAY), times)


TYPED = """
张淑芬|淑芬|芬|张|zhangshufen|zhangs|zsf|ZSF|z|5678|13800005678|138 0000 5678|3-2-501|501
3栋2单元501室|002x|zsf 501|501 zsf|张淑芬501|淑芬 5678
"""


@pytest.mark.parametrize("typed", TYPED.strip().replace("\n", "|").split("|"))
def test_a_resident_is_found_by_anything_a_clerk_may_type(desk: Desk, typed: str) -> None:
    opened(desk, "赖建国", "13900001111", building="1", unit="1", room="302")
    opened(
        desk, "张淑芬", "13800005678", building="3", unit="2", room="501",
        id_number="11010519491231002X",
    )  # fmt: skip
    assert names_found(desk, typed) == ["张淑芬"]


@pytest.mark.parametrize(
    "typed", ["", "  ", "zhangsanfeng", "zsf 502", "'; DROP TABLE", "🙂", "\0"]
)
def test_what_nobody_has_finds_nobody(desk: Desk, typed: str) -> None:
    opened(desk, "张淑芬", "13800005678", building="3", unit="2", room="501")
    assert find(desk, typed).people == ()
    assert find(desk, typed).complete


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雄信", "shanxiong"),
        ("仇英", "qiuying"),
        ("曾国安", "zenggu"),
        ("解晓东", "xiexiao"),
        ("查良民", "zhaliang"),
        ("区大相", "oudax"),
        ("朴正英", "piaozh"),
        ("尉迟敬", "yuchij"),
    ],
)
def test_a_polyphone_surname_is_found_by_its_reading_as_a_surname(
    desk: Desk, name: str, typed: str
) -> None:
    opened(desk, name)
    opened(desk, "王明")
    assert names_found(desk, typed) == [name]


@one_database
@given(name=NAMES, data=st.data())
def test_any_part_and_any_spelling_of_a_name_finds_it(
    desk: Desk, name: str, data: st.DataObject
) -> None:
    resident = opened(desk, name)
    key = data.draw(st.sampled_from(sorted(name_keys(name))))
    typed = key[: data.draw(st.integers(1, len(key)))]
    found = find(desk, typed, limit=RANKED_PEOPLE)
    assert resident.uid in {line.uid for line in found.people}


@one_database
@given(
    drafts=st.lists(DRAFTS, min_size=1, max_size=3),
    visit=st.none() | st.tuples(st.integers(0, 200), st.integers(1, 40)),
    data=st.data(),
)
def test_the_answer_is_that_of_a_plain_look_at_everybody(
    desk: Desk,
    drafts: list[ResidentDraft],
    visit: tuple[int, int] | None,
    data: st.DataObject,
) -> None:
    added = [service.add(desk, draft).value for draft in drafts]
    if visit is not None:
        came(desk, added[0], *visit)
    keys = st.sampled_from(sorted(store.keys_of(added[-1])))
    words = [
        word[: data.draw(st.integers(1, len(word)))]
        for word in data.draw(st.lists(keys, min_size=1, max_size=3))
    ]
    typed = " ".join(words)
    everybody = _everybody(desk)
    assert len(everybody) < RANKED_PEOPLE
    expected = _looked_at_one_by_one(desk, everybody, typed)
    found = find(desk, typed, limit=RANKED_PEOPLE)
    assert [line.uid for line in found.people] == [resident.uid for resident in expected]
    assert found.complete
    few = find(desk, typed, limit=3)
    assert few.people == found.people[:3]
    assert few.complete == (len(expected) <= 3)


def _everybody(desk: Desk) -> list[Resident]:
    with desk.reading(needs=Right.READ) as connection:
        return store.SHELF.values(connection.execute(RESIDENT.select()).mappings())


def _looked_at_one_by_one(desk: Desk, everybody: Iterable[Resident], typed: str) -> list[Resident]:
    now = desk.database.clock.now()
    words = query_tokens(typed)
    ranked = []
    with desk.reading(needs=Right.READ) as connection:
        for resident in everybody:
            keys = store.keys_of(resident)
            if not all(any(key.startswith(word) for key in keys) for word in words):
                continue
            visits = store.seen(connection, resident.uid)
            score = (
                visits.last_at + min(visits.times, VISITS_COUNTED) * VISIT_WORTH if visits else 0
            )
            recent = visits is not None and visits.last_at >= now - RECENT_DAYS * DAY
            whole = sum(word in keys for word in words)
            order = (-whole, not recent, -score, sort_key(resident.name), resident.uid.bytes)
            ranked.append((order, resident))
    return [resident for _, resident in sorted(ranked, key=lambda pair: pair[0])]


def test_who_was_here_lately_and_often_comes_first(desk: Desk) -> None:
    never = opened(desk, "张淑凤")
    once = opened(desk, "张淑芳")
    often = opened(desk, "张淑芬")
    long_ago = opened(desk, "张淑芹")
    came(desk, once, days_ago=80)
    came(desk, often, days_ago=85, times=9)
    came(desk, long_ago, days_ago=95, times=30)
    found = [line.uid for line in find(desk, "zs").people]
    assert found == [often.uid, once.uid, long_ago.uid, never.uid]


def test_a_whole_word_comes_before_the_beginning_of_one(desk: Desk) -> None:
    longer = opened(desk, "张明华")
    came(desk, longer, days_ago=0)
    opened(desk, "张明")
    assert names_found(desk, "张明") == ["张明", "张明华"]


def test_a_line_shows_enough_to_tell_two_people_apart_and_no_more(desk: Desk) -> None:
    resident = opened(
        desk, "张淑芬", "13800005678", building="3", unit="2", room="501",
        id_number="11010519491231002X",
    )  # fmt: skip
    came(desk, resident, days_ago=3, times=2)
    (line,) = find(desk, "zsf").people
    assert (line.address, line.phone) == ("3-2-501", "138****5678")
    assert line.birth is not None
    assert (line.birth.year, line.times) == (1949, 2)
    assert line.last_seen is not None
    assert (desk.today - line.last_seen).days == 3
    assert "110105" not in repr(line)


def test_a_late_entry_counts_the_visit_but_not_as_the_last_one(desk: Desk) -> None:
    resident = opened(desk, "张淑芬")
    came(desk, resident, days_ago=1)
    came(desk, resident, days_ago=30)
    (line,) = find(desk, "zsf").people
    assert line.last_seen is not None
    assert ((desk.today - line.last_seen).days, line.times) == (1, 2)


def crowd(desk: Desk, count: int) -> list[Resident]:
    """So many people whose initials begin with z, without the ceremony of a service call each."""
    residents = []
    with desk.unit_of_work("导入", needs=Right.REGISTER) as unit:
        for place in range(count):
            name = "张" + chr(0x4E00 + place // 90) + chr(0x4E00 + place % 90)
            fresh = Resident(uid=unit.new_uid(), station="QR01", number=f"R{place}", name=name)
            residents.append(store.SHELF.put(unit, fresh))
        for resident in residents[-30:]:
            store.mark_seen(unit, resident.uid, unit.now)
    return residents


@pytest.mark.slow
def test_more_matches_than_can_be_ranked_show_who_was_here_lately_and_say_so(desk: Desk) -> None:
    residents = crowd(desk, RANKED_PEOPLE * 2)
    lately = {resident.uid for resident in residents[-30:]}
    for typed in ("z", "zhang", "张"):
        found = find(desk, typed)
        assert not found.complete
        assert len(found.people) == 20
        assert {line.uid for line in found.people} <= lately
    exact = find(desk, residents[0].name)
    assert [line.uid for line in exact.people] == [residents[0].uid]
    assert exact.complete


@pytest.mark.slow
def test_when_too_few_were_here_lately_the_rest_are_the_first_there_are(
    desk: Desk, clock: FixedClock
) -> None:
    crowd(desk, RANKED_PEOPLE * 2)
    clock.advance(seconds=(RECENT_DAYS + 1) * DAY / 1000)
    found = find(desk, "zhang")
    assert len({line.uid for line in found.people}) == 20
    assert not found.complete


def test_looking_needs_the_right_to_read(desk: Desk) -> None:
    stranger = Desk(desk.database, Actor(None, "路人", "无", frozenset()))
    with pytest.raises(NotAllowed):
        find(stranger, "zsf")


def test_a_changed_name_is_found_by_its_new_spelling_only(desk: Desk) -> None:
    resident = opened(desk, "张淑芬", "13800005678")
    service.change(desk, replace(resident, name="仇淑芬"))
    assert names_found(desk, "zsf") == []
    assert names_found(desk, "qiu") == names_found(desk, "5678") == ["仇淑芬"]


def test_saving_without_a_change_of_keys_writes_none(desk: Desk) -> None:
    resident = opened(desk, "张淑芬", "13800005678")

    def keys() -> set[str]:
        with desk.reading(needs=Right.READ) as connection:
            return set(connection.execute(PERSON_KEY.select()).scalars())

    before = keys()
    service.change(desk, replace(resident, remark="常来"))
    assert keys() == before == store.keys_of(resident)


def test_keys_of_an_older_version_are_made_anew_and_the_box_says_so(desk: Desk) -> None:
    for name in ("张淑芬", "仇英", "单雄信"):
        opened(desk, name)
    with desk.database.unrecorded() as connection:
        connection.execute(PERSON_KEY.delete())
        connection.execute(RESIDENT.update().values(derived_version=DERIVED_VERSION - 1))
    assert find(desk, "zsf").searching_rebuild
    assert names_found(desk, "zsf") == []
    assert service.rebuild_keys(desk.database, Job("更新查找")) == 3
    assert names_found(desk, "zsf") == ["张淑芬"]
    assert not find(desk, "zsf").searching_rebuild
    assert service.rebuild_keys(desk.database, Job("更新查找")) == 0


def test_a_stopped_rebuild_goes_on_where_it_was(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service, "RENEWED_AT_ONCE", 2)
    for place in range(5):
        opened(desk, "张淑芬", f"1380000000{place}")
    with desk.database.unrecorded() as connection:
        connection.execute(RESIDENT.update().values(derived_version=DERIVED_VERSION - 1))
    job = Job("更新查找", lambda progress: job.cancel() if progress.done else None)
    with pytest.raises(Cancelled):
        service.rebuild_keys(desk.database, job)
    assert service.rebuild_keys(desk.database, Job("更新查找")) == 1
