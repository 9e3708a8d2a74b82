"""The front of the kit: a parcel is sealed, and opened again. See FORMAT.md."""

from __future__ import annotations

from desktop_app.bundle.datapackage import Column
from desktop_app.bundle.label import Label, file_name, read_label
from desktop_app.bundle.limits import LIMITS, Limits
from desktop_app.bundle.opening import OpenParcel, open_parcel
from desktop_app.bundle.packing import FileSource, Sealed, TableSource, seal_parcel

__all__ = [
    "LIMITS",
    "Column",
    "FileSource",
    "Label",
    "Limits",
    "OpenParcel",
    "Sealed",
    "TableSource",
    "file_name",
    "open_parcel",
    "read_label",
    "seal_parcel",
]
