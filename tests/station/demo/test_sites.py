"""The invented street has the stations and the visits of the volume model, and nobody twice."""

from __future__ import annotations

from collections import Counter

import pytest

from desktop_app.station.demo.scales import SCALES, Scale, scale_named
from desktop_app.station.demo.sites import Site, site_of, street_office, street_sites

YEAR = 365


@pytest.fixture(scope="module")
def sites() -> list[tuple[Site, Scale]]:
    return street_sites(1)


def test_a_street_has_thirty_six_small_stations_ten_middle_ones_and_two_halls(
    sites: list[tuple[Site, Scale]],
) -> None:
    assert Counter(scale.name for _, scale in sites) == {"small": 36, "middle": 10, "hall": 2}


def test_no_two_stations_share_a_code_a_name_or_an_operator_s_name_within(
    sites: list[tuple[Site, Scale]],
) -> None:
    office = street_office(1)
    codes = [site.code for site, _ in sites]

    assert len({*codes, office.code}) == len(sites) + 1
    assert all(code.isalnum() and code.isupper() and 2 <= len(code) <= 8 for code in codes)
    assert len({site.name for site, _ in sites}) == len(sites)
    for site, scale in sites:
        assert len(set(site.operators)) >= len(scale.roles)


def test_a_year_of_the_street_has_the_visits_of_the_volume_model(
    sites: list[tuple[Site, Scale]],
) -> None:
    visits = Counter[str]()
    for _, scale in sites:
        visits[scale.name] += scale.over(YEAR).visits

    assert visits["small"] == pytest.approx(36 * 2_000, rel=0.01)
    assert visits["middle"] == pytest.approx(10 * 6_250, rel=0.01)
    assert visits["hall"] == pytest.approx(2 * 30_000, rel=0.01)
    assert visits.total() == pytest.approx(194_500, rel=0.01)


def test_seventy_four_months_have_one_million_two_hundred_thousand_visits(
    sites: list[tuple[Site, Scale]],
) -> None:
    days = round(YEAR * 74 / 12)
    assert sum(scale.over(days).visits for _, scale in sites) == pytest.approx(1_200_000, rel=0.01)


def test_fewer_people_are_met_in_less_time_but_more_of_them_at_the_beginning() -> None:
    for scale in SCALES.values():
        half, double = scale.over(scale.days // 2), scale.over(scale.days * 2)
        assert scale.residents / 2 < half.residents < scale.residents
        assert scale.residents < double.residents < scale.residents * 2
        assert half.residents < half.visits


def test_a_small_station_sees_mostly_its_own_compound(sites: list[tuple[Site, Scale]]) -> None:
    for site, scale in sites:
        if scale is SCALES["small"]:
            (community,) = site.communities
            shares = {one["name"]: one["share"] for one in community["compounds"]}
            own = next(name for name in shares if site.name.startswith(name))
            assert shares[own] > sum(shares.values()) / 2


def test_a_station_alone_is_where_it_always_was() -> None:
    assert {name: site_of(scale_named(name)).code for name in SCALES} == {
        "small": "QR01",
        "middle": "HT00",
        "hall": "YL01",
    }
