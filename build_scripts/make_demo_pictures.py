"""Makes resources/sample/demo/pictures/*.jpg: drawn stand-ins for the photos of a demo home.

Nobody and no place is on them. The same version of Pillow draws the same bytes.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PIL import Image, ImageDraw

from build_scripts.ground.places import ROOT

PICTURES = ROOT / "resources" / "sample" / "demo" / "pictures"
MOST_BYTES = 40_000

_SIZE = (800, 600)
_QUALITY = 72
_SKY, _DUSK, _GROUND, _WALL = "#cfe0ea", "#39465a", "#a9aa9f", "#dcd3c3"
_GREEN, _RED, _GREY, _WOOD, _DARK = "#5f8a5b", "#b8483a", "#7d8288", "#a57b4f", "#3b3f44"

Draw = ImageDraw.ImageDraw


def _lamps(draw: Draw) -> None:
    """Street lamps that burn."""
    draw.rectangle((0, 0, 800, 430), fill=_DUSK)
    for left in (150, 400, 650):
        draw.ellipse((left - 70, 90, left + 70, 230), fill="#7c7a5c")
        draw.rectangle((left - 6, 160, left + 6, 460), fill=_DARK)
        draw.ellipse((left - 22, 138, left + 22, 182), fill="#fff2b0")


def _charging(draw: Draw) -> None:
    """A shed with charging places."""
    draw.polygon([(90, 190), (710, 150), (710, 185), (90, 225)], fill=_RED)
    for left in range(120, 700, 140):
        draw.rectangle((left, 210, left + 10, 470), fill=_GREY)
        draw.rectangle((left + 40, 300, left + 76, 350), fill="#f4f4ef", outline=_DARK, width=3)
        draw.ellipse((left + 20, 430, left + 60, 470), outline=_DARK, width=6)
        draw.ellipse((left + 80, 430, left + 120, 470), outline=_DARK, width=6)


def _passage(draw: Draw) -> None:
    """A fire lane that is free."""
    draw.polygon([(260, 230), (540, 230), (760, 600), (40, 600)], fill="#6c7076")
    for place in range(5):
        top = 250 + place * 68
        draw.line((400, top, 400, top + 30 + place * 6), fill="#e6c84f", width=6 + place * 3)
    draw.rectangle((60, 90, 220, 300), fill=_WALL, outline=_DARK)
    draw.rectangle((590, 70, 750, 300), fill=_WALL, outline=_DARK)


def _roof(draw: Draw) -> None:
    """A roof with a new skin."""
    draw.polygon([(40, 430), (400, 160), (760, 430)], fill=_RED)
    for place in range(6):
        draw.line((100 + place * 50, 400, 400, 180 + place * 38), fill="#8e3428", width=4)
    draw.rectangle((110, 430, 690, 560), fill=_WALL)
    draw.rectangle((180, 460, 280, 540), fill=_SKY, outline=_DARK, width=4)
    draw.rectangle((520, 460, 620, 540), fill=_SKY, outline=_DARK, width=4)


def _ramp(draw: Draw) -> None:
    """A ramp with a rail."""
    draw.rectangle((470, 100, 760, 430), fill=_WALL, outline=_DARK)
    draw.rectangle((560, 210, 660, 430), fill=_WOOD)
    draw.polygon([(60, 540), (470, 430), (760, 430), (760, 540)], fill="#8f928f")
    draw.line((70, 440, 470, 330), fill=_GREY, width=10)
    for left in range(80, 480, 80):
        top = 440 - (left - 70) * 110 // 400
        draw.line((left, top, left, top + 95), fill=_GREY, width=7)


def _room(draw: Draw) -> None:
    """A room with chairs."""
    draw.rectangle((0, 0, 800, 430), fill="#ece5d6")
    draw.rectangle((230, 60, 570, 210), fill="#f8f8f4", outline=_WOOD, width=8)
    for top in (330, 440):
        for left in range(90, 720, 130):
            draw.rectangle((left, top, left + 70, top + 12), fill=_WOOD)
            draw.rectangle((left, top - 62, left + 10, top), fill=_WOOD)
            draw.line((left + 6, top + 12, left + 6, top + 66), fill=_DARK, width=5)
            draw.line((left + 64, top + 12, left + 64, top + 66), fill=_DARK, width=5)


def _paper(draw: Draw) -> None:
    """A signed sheet."""
    draw.rectangle((0, 0, 800, 600), fill=_WOOD)
    draw.rectangle((210, 30, 590, 570), fill="#fbfbf8", outline="#d7d7d0", width=3)
    draw.rectangle((300, 70, 500, 92), fill=_DARK)
    for top in range(130, 400, 34):
        draw.line((250, top, 550 - top % 90, top), fill="#b4b4ae", width=5)
    draw.line((430, 480, 450, 450, 470, 492, 500, 446, 540, 486), fill="#2c4f8f", width=5)
    draw.ellipse((270, 420, 370, 520), outline=_RED, width=6)


def _goods(draw: Draw) -> None:
    """Parcels on a table."""
    draw.rectangle((60, 400, 740, 430), fill=_WOOD)
    draw.rectangle((100, 430, 130, 580), fill=_WOOD)
    draw.rectangle((670, 430, 700, 580), fill=_WOOD)
    for left, top, colour in ((120, 280, _GREEN), (290, 250, "#c9a25d"), (480, 300, _RED)):
        draw.rectangle((left, top, left + 140, 400), fill=colour, outline=_DARK, width=3)
        draw.line((left + 70, top, left + 70, 400), fill="#f4f0e4", width=8)


def _dark(draw: Draw) -> None:
    """A street whose lamps are out."""
    draw.rectangle((0, 0, 800, 430), fill="#262f3d")
    draw.rectangle((0, 430, 800, 600), fill="#4b4f52")
    for left in (150, 400, 650):
        draw.rectangle((left - 6, 160, left + 6, 460), fill="#15181d")
        draw.ellipse((left - 22, 138, left + 22, 182), fill="#454d59", outline="#15181d", width=4)
    draw.rectangle((560, 200, 610, 250), fill="#6d6648")


def _blocked(draw: Draw) -> None:
    """A fire lane with a car on it."""
    _passage(draw)
    draw.polygon([(300, 330), (330, 260), (480, 260), (515, 330)], fill=_SKY, outline=_DARK)
    draw.rectangle((250, 330, 560, 440), fill="#4d6f9c", outline=_DARK, width=3)
    for left in (285, 465):
        draw.ellipse((left, 405, left + 66, 471), fill=_DARK)
        draw.ellipse((left + 20, 425, left + 46, 451), fill=_GREY)


def _leak(draw: Draw) -> None:
    """A ceiling through which water comes."""
    draw.rectangle((0, 0, 800, 430), fill="#efece4")
    draw.rectangle((0, 0, 800, 120), fill="#dedad0")
    for box, shade in (((180, 20, 520, 150), "#c9bd9d"), ((250, 45, 440, 130), "#b5a67f")):
        draw.ellipse(box, fill=shade)
    for left, top in ((300, 170), (350, 240), (410, 190), (370, 320)):
        draw.ellipse((left, top, left + 14, top + 26), fill="#8fb3c9")
    draw.polygon([(300, 450), (440, 450), (420, 550), (320, 550)], fill="#4d6f9c", outline=_DARK)


def _heaped(draw: Draw) -> None:
    """A landing full of things."""
    draw.rectangle((0, 0, 800, 430), fill=_WALL)
    draw.rectangle((560, 90, 720, 430), fill=_WOOD, outline=_DARK, width=4)
    for box, shade in (
        ((90, 330, 260, 520), "#c9a25d"), ((150, 200, 300, 340), "#b98f4c"),
        ((270, 380, 430, 530), _GREY), ((420, 300, 520, 530), "#8a6a45"),
    ):  # fmt: skip
        draw.rectangle(box, fill=shade, outline=_DARK, width=3)
    draw.ellipse((300, 410, 400, 510), outline=_DARK, width=8)


SCENES: dict[str, Callable[[Draw], None]] = {
    "lamps": _lamps,
    "charging": _charging,
    "passage": _passage,
    "roof": _roof,
    "ramp": _ramp,
    "room": _room,
    "goods": _goods,
    "paper": _paper,
    "dark": _dark,
    "blocked": _blocked,
    "leak": _leak,
    "heaped": _heaped,
}


def drawn(scene: Callable[[Draw], None], path: Path) -> None:
    """Draw one picture and write it down."""
    image = Image.new("RGB", _SIZE, _SKY)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 430, 800, 600), fill=_GROUND)
    scene(draw)
    image.save(path, "JPEG", quality=_QUALITY, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise SystemExit(f"{path.name} is too large: {path.stat().st_size} bytes")


def main() -> None:
    """Draw all of them."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    for name, scene in SCENES.items():
        drawn(scene, PICTURES / f"{name}.jpg")


if __name__ == "__main__":
    main()
