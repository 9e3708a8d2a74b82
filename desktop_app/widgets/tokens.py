"""What the program looks like, in values: colours, sizes and spaces. Only data and arithmetic.

Every colour of the program is named here and nowhere else. The contrast of a text colour against
the surface it stands on is at least 4.5 : 1 (WCAG 2.1, 1.4.3), of an edge that shows where a field
is at least 3 : 1 (1.4.11); tests compute both.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Tokens:
    """Colours as `#RRGGBB`. A soft colour is the ground of a chip or a banner of that tone."""

    paper: str
    surface: str
    raised: str
    hover: str
    ink: str
    quiet: str
    line: str
    edge: str
    soft_edge: str
    accent: str
    accent_strong: str
    on_accent: str
    accent_soft: str
    selection: str
    ok: str
    ok_soft: str
    warn: str
    warn_soft: str
    late: str
    late_soft: str
    info: str
    info_soft: str

    def colour(self, name: str) -> str:
        """The value of a token by name; a `#RRGGBB` passes through. `KeyError` for other names."""
        if name.startswith("#"):
            return name
        if name not in Tokens.__slots__:
            raise KeyError(name)
        return str(getattr(self, name))


LIGHT: Final = Tokens(
    paper="#F6F5F2",
    surface="#FFFFFF",
    raised="#FBFAF8",
    hover="#F1EFEB",
    ink="#1E2226",
    quiet="#5B626A",
    line="#E3E1DB",
    edge="#878B91",
    soft_edge="#C6C4BE",
    accent="#B3201F",
    accent_strong="#951918",
    on_accent="#FFFFFF",
    accent_soft="#FBEAE7",
    selection="#F4CFC9",
    ok="#1B6E3C",
    ok_soft="#E8F3EC",
    warn="#8A5A00",
    warn_soft="#FBF1DC",
    late="#B3201F",
    late_soft="#FBEAE7",
    info="#1F5FA8",
    info_soft="#E8F0FA",
)

DARK: Final = Tokens(
    paper="#16181B",
    surface="#1F2226",
    raised="#24282D",
    hover="#2A2F35",
    ink="#ECEDEE",
    quiet="#A6ADB5",
    line="#343941",
    edge="#727A84",
    soft_edge="#4A515A",
    accent="#F0837A",
    accent_strong="#F59C94",
    on_accent="#1E2226",
    accent_soft="#3A2422",
    selection="#5A332F",
    ok="#6CC48A",
    ok_soft="#1F3327",
    warn="#E2B04A",
    warn_soft="#372D19",
    late="#F0837A",
    late_soft="#3A2422",
    info="#7DB4EE",
    info_soft="#1F2E40",
)


@dataclass(frozen=True, slots=True)
class Space:
    """The only distances there are, in logical pixels."""

    hair: int = 4
    small: int = 8
    medium: int = 12
    large: int = 16
    wide: int = 24
    huge: int = 32


SPACE: Final = Space()
RADIUS: Final = 6
LEAST_WINDOW: Final = (880, 464)
"""In logical pixels: of a screen of 1366x768 that is enlarged to 150 %, there are 911x512."""


@dataclass(frozen=True, slots=True)
class Metrics:
    """Sizes in logical pixels at a text scale; `control` is the height of fields and buttons."""

    body: int
    small: int
    section: int
    title: int
    figure: int
    control: int
    row: int
    two_line_row: int
    header: int
    icon: int
    small_icon: int
    rail: int
    wide_rail: int
    chip: int


def metrics(large: bool = False, scale: float = 1.0) -> Metrics:
    """Sizes for the normal text (14 px) or 大字模式 (18 pt = 24 px, targets of 44 px and more).

    `scale` is this PC's further zoom, 0.9 to 1.5. Source of the 大字 sizes: 工信部 2021
    适老化通用设计规范 (18 pt, targets 44 × 44).
    """
    base = Metrics(
        body=24, small=20, section=26, title=32, figure=40, control=52, row=52, two_line_row=80,
        header=48, icon=28, small_icon=24, rail=104, wide_rail=208, chip=34,
    ) if large else Metrics(
        body=14, small=13, section=16, title=20, figure=28, control=36, row=36, two_line_row=56,
        header=32, icon=20, small_icon=16, rail=72, wide_rail=176, chip=22,
    )  # fmt: skip
    factor = max(0.9, min(1.5, scale))
    if factor == 1.0:
        return base
    return Metrics(*(round(getattr(base, name) * factor) for name in Metrics.__slots__))


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, 1 to 21, by the formula of WCAG 2.1."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
