"""The street's second key on paper: what opens its bundles when its home is lost."""

from __future__ import annotations

from datetime import datetime

from desktop_app.printing.blocks import Paragraph, Spacer
from desktop_app.printing.document import Document
from desktop_app.printing.form_frame import FormFrame
from desktop_app.printing.key_values import KeyValues, Pair
from desktop_app.printing.paragraph import Align
from desktop_app.printing.table import Table
from desktop_app.printing.table_layout import Column

TITLE = "街道备用密钥"
PREFIX = "AGE-SECRET-KEY-1"
GROUP = 4
IN_A_LINE = 5
_USUAL, _LARGE = 14.0, 18.0
_WIDE = 90.0
"""Points of a group: five of them fill the page."""

_WHAT_FOR = (
    "街道的电脑和备份都没有了，只有这把密钥还能打开各站送来的上报包。"
    "谁拿到它，谁就能打开这些上报包，请密封后放进保密柜，不要拍照，不要存进电脑。"
)
_HOW = "用法：在新装的街道版里打开“站点 · 更多 · 启用备用密钥”，照下面输入，空格不用输。"


def groups_of(key: str) -> tuple[str, ...]:
    """The key in groups that one can copy by hand, its fixed beginning first."""
    rest = key.removeprefix(PREFIX)
    groups = tuple(rest[at : at + GROUP] for at in range(0, len(rest), GROUP))
    return (PREFIX, *groups) if key.startswith(PREFIX) else groups


def document(key: str, street: str, fingerprint: str, made_at: datetime) -> Document:
    """One sheet of paper with the key, to be sealed."""
    first, *rest = groups_of(key)
    lines = [tuple(rest[at : at + IN_A_LINE]) for at in range(0, len(rest), IN_A_LINE)]
    rows = [(*line, *[""] * (IN_A_LINE - len(line))) for line in lines]
    columns = tuple(Column("", Align.CENTER, width=_WIDE) for _ in range(IN_A_LINE))
    return Document(
        TITLE,
        (
            Paragraph(_WHAT_FOR),
            Paragraph(_HOW),
            Spacer(),
            Paragraph(first, Align.CENTER),
            Table(columns, rows, size=_LARGE, headless=True),
            Spacer(),
            KeyValues(
                (Pair("街道", street, wide=True), Pair("街道核对码", fingerprint, wide=True))
            ),
        ),
        made_at,
        FormFrame(street, made_at, side=22, size=_USUAL),
        author=street,
    )
