"""The colours can be read, and 大字 is large."""

from __future__ import annotations

from itertools import product
from string import Template
from xml.etree import ElementTree

import pytest

from desktop_app.core.resources import resource_files, resource_text
from desktop_app.widgets.theme import Theme, style_sheet
from desktop_app.widgets.tokens import DARK, LIGHT, Tokens, contrast, metrics

THEMES = [LIGHT, DARK]
TONES = ("ok", "warn", "late", "info")
WORDS = (
    *product(("ink", "quiet"), ("paper", "surface", "raised", "hover", "accent_soft")),
    *((tone, ground) for tone in (*TONES, "accent") for ground in ("surface", "paper")),
    *((tone, f"{tone}_soft") for tone in TONES),
    ("ink", "selection"),
    ("accent_strong", "accent_soft"),
    ("on_accent", "accent"),
    ("on_accent", "accent_strong"),
    ("surface", "ink"),
)


def test_the_formula_gives_the_figures_of_the_standard() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.005)


@pytest.mark.parametrize("tokens", THEMES, ids=["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), WORDS)
def test_every_text_can_be_read_on_its_ground(tokens: Tokens, text: str, ground: str) -> None:
    assert contrast(tokens.colour(text), tokens.colour(ground)) >= 4.5


@pytest.mark.parametrize("tokens", THEMES, ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["surface", "paper"])
@pytest.mark.parametrize("edge", ["edge", "accent"])
def test_fields_and_the_focus_can_be_seen(tokens: Tokens, edge: str, ground: str) -> None:
    assert contrast(tokens.colour(edge), tokens.colour(ground)) >= 3


def test_large_text_is_18_points_and_targets_44_pixels() -> None:
    sizes = metrics(large=True)
    assert sizes.body == 24  # 18 pt at 96 dots an inch
    assert min(sizes.control, sizes.row, sizes.header) >= 44


@pytest.mark.parametrize(("wanted", "body"), [(1.5, 21), (9.0, 21), (0.1, 13)])
def test_zoom_stays_within_what_the_screens_can_bear(wanted: float, body: int) -> None:
    assert metrics(scale=wanted).body == body


def test_an_unknown_colour_is_an_error_and_a_plain_one_passes() -> None:
    assert LIGHT.colour("#123456") == "#123456"
    with pytest.raises(KeyError):
        LIGHT.colour("pink")


@pytest.mark.parametrize("theme", [Theme(), Theme(dark=True), Theme(large=True, scale=1.2)])
def test_the_style_sheet_names_no_token_that_does_not_exist(theme: Theme) -> None:
    sheet = style_sheet(theme)
    assert "$" not in sheet
    assert theme.tokens.accent in sheet


def test_the_style_sheet_has_no_colour_of_its_own() -> None:
    template = Template(resource_text("styles", "base.qss")).template
    assert "#" not in template.replace("QListView#completion", "")


def test_every_icon_is_a_drawing_that_takes_the_colour_of_the_theme() -> None:
    fixed = {"check-dark", "check-light", "control-down"}
    for path in resource_files("icons", ".svg"):
        text = path.read_text(encoding="utf-8")
        assert ElementTree.fromstring(text).get("viewBox") == "0 0 24 24", path.name
        assert ("currentColor" in text) != (path.stem in fixed), path.name
