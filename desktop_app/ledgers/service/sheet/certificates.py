"""证明出具登记: a certificate is made in the program, and only there."""

from __future__ import annotations

from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.masking import mask_name
from desktop_app.ledgers.service.record import CERTIFICATES as KIND
from desktop_app.sheets.columns import only_written
from desktop_app.sheets.spec import CellKind, Column, SheetSpec

_SHOWN = (
    "number", "name", "gender", "id_kind", "id_number", "volunteer_number", "first", "last",
)  # fmt: skip
_LATER = (
    "issuer", "head", "handler", "purpose", "state", "applied_on", "applied_by_name",
    "verified_on", "verified_by_name", "issued_on", "public_from", "public_until",
    "collected_by", "collected_on", "void_reason",
)  # fmt: skip


def _column(name: str) -> Column:
    more = {"mask": mask_name} if name == "name" else {}
    return only_written(KIND.field(name), width=14, **more)


CERTIFICATES_SHEET = SheetSpec(
    kind=KIND.name,
    title="志愿服务记录证明登记",
    about="已受理和出具的证明，每行一份。只能导出。",
    columns=(
        *map(_column, _SHOWN),
        only_written(
            Field("hours", "累计小时", FieldKind.LIST),
            kind=CellKind.NUMBER,
            out=lambda told: told.record.minutes / 60,
        ),
        *map(_column, _LATER),
    ),
)
