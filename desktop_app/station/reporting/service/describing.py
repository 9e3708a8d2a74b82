"""What the fields of a bundle's tables hold, for tools that know Data Packages."""

from __future__ import annotations

from desktop_app import catalog
from desktop_app.bundle.datapackage import Column
from desktop_app.core.fields import FieldKind
from desktop_app.core.travel import Projection

_TYPES = {
    FieldKind.NUMBER: "integer",
    FieldKind.MOMENT: "integer",
    FieldKind.FLAG: "boolean",
    FieldKind.DAY: "date",
    FieldKind.CHOICES: "array",
}
_GIVEN = {"phones": "array", "gender": "integer"}


def inside(projection: Projection) -> dict[str, tuple[Column, ...]]:
    """The fields that travel, by kind, with their words."""
    shelves = catalog.travelling()
    return {
        name: tuple(
            Column(field.name, _type(field.name, field.kind), field.label)
            for field in shelves[name].kind.fields
            if field.name in fields
        )
        for name, fields in projection.items()
    }


def _type(name: str, kind: FieldKind) -> str:
    return _GIVEN.get(name, _TYPES.get(kind, "string"))
