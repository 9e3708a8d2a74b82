"""What a clerk would say of the demo's data: the hours, the holidays, the people, the sentences."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_app.core.clock import Zone
from desktop_app.core.identity import Gender, IdKind, check_id, check_phone
from desktop_app.core.ids import Uid
from desktop_app.core.workdays import WorkCalendar
from desktop_app.ledgers.visits.rules.entry import checked
from desktop_app.registers.matters.rules import Matter
from desktop_app.registers.matters.starter import starter_matters
from desktop_app.registers.residents.rules import GUARDIAN_AGE, Resident
from desktop_app.registers.residents.tidying import tidy
from desktop_app.station.demo import words
from desktop_app.station.demo.dice import Dice, spread
from desktop_app.station.demo.filing import in_order_on
from desktop_app.station.demo.names import Names
from desktop_app.station.demo.people import Home, People, Person
from desktop_app.station.demo.reception import Reception
from desktop_app.station.demo.rhythm import MINUTE, arrivals, day_weights

FIRST = date(2024, 11, 25)
TODAY = date(2026, 11, 23)


@pytest.fixture
def dice() -> Dice:
    return Dice("believable")


@pytest.fixture
def people(dice: Dice) -> list[Person]:
    home = Home(Uid(int=1), Uid(int=2), 14, 2, 18, 1.0, rented=False)
    thrower = People(dice, Names(dice), [home], words.places(), FIRST)
    return thrower.thrown(900)


@pytest.fixture
def reception(dice: Dice) -> Reception:
    matters = [
        Matter(
            uid=Uid(int=place),
            station="QR01",
            code=f"{place:04d}",
            category=line.category,
            name=line.name,
            handling=line.handling,
            station_days=line.station_days,
            petition=line.petition,
            urgent=line.urgent,
        )
        for place, line in enumerate(starter_matters(), start=1)
    ]
    return Reception(dice, Names(dice), matters, words.reasons(), words.Replies())


def test_most_come_between_nine_and_eleven_and_in_the_middle_of_the_afternoon(dice: Dice) -> None:
    midnight = Zone().at(TODAY)
    minutes = [(at - midnight) // MINUTE for at in arrivals(dice, midnight, 5000)]
    morning = sum(9 * 60 <= minute < 11 * 60 for minute in minutes) / 5000
    afternoon = sum(14 * 60 + 30 <= minute < 16 * 60 + 30 for minute in minutes) / 5000
    assert morning == pytest.approx(0.45, abs=0.04)
    assert afternoon == pytest.approx(0.40, abs=0.04)
    assert all(8 * 60 <= minute < 12 * 60 or minute >= 14 * 60 for minute in minutes)


def test_mondays_are_fullest_and_holidays_quiet(dice: Dice) -> None:
    days = [FIRST + timedelta(days=number) for number in range(700)]
    calendar = WorkCalendar()
    counts = dict(zip(days, spread(20_000, day_weights(days, calendar, dice)), strict=True))
    by_weekday: Counter[int] = Counter()
    for day, count in counts.items():
        by_weekday[day.weekday()] += count
    assert by_weekday.most_common(1)[0][0] == 0
    assert by_weekday[5] + by_weekday[6] < by_weekday[4] / 2
    # 国庆节 2025: eight days with 中秋, beginning on a Wednesday.
    assert sum(counts[date(2025, 10, day)] for day in range(1, 9)) < 10
    assert sum(counts.values()) == 20_000


def test_every_file_is_one_the_register_would_have_taken(people: list[Person]) -> None:
    for person in people:
        draft = in_order_on(person, TODAY, "王小燕")
        resident = Resident(uid=Uid(int=7), station="QR01", **vars(draft))
        assert tidy(resident, TODAY) == (resident, [])


def test_half_of_the_people_are_over_sixty_and_children_have_a_guardian(
    people: list[Person],
) -> None:
    ages = [person.age(TODAY) for person in people]
    assert 0.4 < sum(age >= 60 for age in ages) / len(ages) < 0.62
    young = [person for person in people if person.age(FIRST) < GUARDIAN_AGE]
    assert young
    assert all(person.draft.guardian for person in young)


def test_no_number_can_be_anybodys(dice: Dice) -> None:
    names = Names(dice)
    numbers = [names.mobile() for _ in range(2000)]
    assert len(set(numbers)) == 2000
    assert {number[:3] for number in numbers} <= {
        "154", "160", "161", "163", "164", "168", "169",
    }  # fmt: skip
    assert all(check_phone(number) == number for number in numbers)
    for gender in (Gender.MALE, Gender.FEMALE):
        number = names.id_number(gender, date(1951, 3, 4))
        known = check_id(IdKind.RESIDENT_ID_CARD, number, today=TODAY)
        assert (known.birth, known.gender) == (date(1951, 3, 4), gender)
        assert number.startswith("350899")


def test_polyphone_rare_and_transliterated_names_occur(dice: Dice) -> None:
    names = Names(dice)
    thrown = [names.of(Gender.FEMALE, 1950 + number % 60) for number in range(6000)]
    firsts = {name[0] for name in thrown}
    assert set("单仇曾解查区朴") <= firsts
    assert any(name.startswith("尉迟") for name in thrown)
    assert any("·" in name for name in thrown)
    assert any(character in name for name in thrown for character in "㛃喆堃彧曌")


def test_every_form_passes_the_checks_of_the_counter_unchanged(
    people: list[Person], reception: Reception
) -> None:
    forms = [reception.counted(), reception.anonymous(TODAY), reception.passing(TODAY)]
    for person in people[:400]:
        draft = in_order_on(person, TODAY, "王小燕")
        person.resident = Resident(uid=Uid(int=7), station="QR01", **vars(draft))
        if person.comes:
            forms += [reception.of(person, TODAY), reception.of_many(person, TODAY)]
    for form in forms:
        assert checked(form, TODAY) == form


def test_what_is_asked_fits_who_asks(people: list[Person], reception: Reception) -> None:
    asked: dict[str, list[int]] = {}
    for person in people:
        person.resident = Resident(uid=Uid(int=7), station="QR01", **vars(person.draft))
        if person.comes:
            for entry in reception.of(person, TODAY).matters:
                asked.setdefault(entry.summary, []).append(person.age(TODAY))
    assert min(asked["养老金认证过期了，这个月没到账"]) >= 60
    assert max(asked["给外地上学的孩子交医保"]) <= 60
    assert not any("{" in summary for summary in asked)


def test_the_season_of_medical_insurance_doubles_its_share(
    people: list[Person], reception: Reception
) -> None:
    def share(day: date) -> float:
        names = []
        for person in people:
            person.came_for.clear()
            person.resident = Resident(uid=Uid(int=7), station="QR01", **vars(person.draft))
            if person.comes:
                names += [
                    entry.matter.name for entry in reception.of(person, day).matters if entry.matter
                ]
        return names.count("城乡居民医保参保缴费帮办") / len(names)

    assert share(date(2026, 11, 2)) > 1.5 * share(date(2026, 6, 1))


def test_every_sentence_belongs_to_a_matter_of_the_starter_directory() -> None:
    known = {line.name for line in starter_matters()}
    assert {reason.matter for reason in words.reasons()} <= known
    petitions = {line.name for line in starter_matters() if line.petition}
    assert all(not reason.text for reason in words.reasons() if reason.matter in petitions)


def test_nothing_in_the_word_lists_names_a_real_place_or_a_label_that_must_not_be() -> None:
    folder = Path(__file__).parents[3] / "resources" / "sample" / "demo"
    lists = sorted(path for path in folder.iterdir() if path.is_file())
    text = "".join(path.read_text(encoding="utf-8") for path in lists)
    banned = (
        "精神", "吸毒", "社区矫正", "刑满", "艾滋", "上访", "举报", "检举", "龙岩", "新罗",
        "金色家园", "阳光都汇", "宝泰", "万福城", "华莲",
    )  # fmt: skip
    assert [word for word in banned if word in text] == []


def test_a_spread_gives_out_everything_and_nothing_where_there_is_no_weight() -> None:
    assert spread(10, [1.0, 0.0, 3.0, 1.0]) == [2, 0, 6, 2]
