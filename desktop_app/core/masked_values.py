"""Masks the plain values of a described field: for a terminal, and for what travels to the street.

Which mask a value gets follows from the field; a private text that no mask fits is hidden whole.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from desktop_app.core.codec import Plain
from desktop_app.core.fields import Field, FieldKind
from desktop_app.core.masking import mask_id, mask_name, mask_phone

HIDDEN = "***"
MARK = "*"

_MASK_OF_KIND = {FieldKind.PHONE: "phone", FieldKind.IDENTITY: "id_number"}
_MASKS: Mapping[str, Callable[[str], str]] = {
    "name": mask_name,
    "whom": mask_name,
    "head": mask_name,
    "liaison": mask_name,
    "a_liaison": mask_name,
    "b_liaison": mask_name,
    "phone": mask_phone,
    "number": mask_phone,
    "id_number": mask_id,
}
_SAYS_NOTHING_OF_ANYBODY = frozenset({"relation", "whose", "at", "actor", "action", "to"})


def has_mask(described: Field) -> bool:
    """Whether a masked value of this field still tells something: the ends of a name or number."""
    return described.kind in _MASK_OF_KIND or described.name in _MASKS


def masked(described: Field, value: Plain) -> Plain:
    """A plain value as it may be shown unasked; only private fields are touched."""
    if not described.private or not value:
        return value
    if described.kind is FieldKind.DAY:
        return f"{str(value)[:4]}-**-**"
    return _masked(_MASK_OF_KIND.get(described.kind, described.name), value)


def _masked(name: str, value: Plain) -> Plain:
    if isinstance(value, dict):
        return {key: _masked(key, part) for key, part in value.items()}
    if isinstance(value, list):
        return [_masked(name, part) for part in value]
    if not isinstance(value, str) or not value or name in _SAYS_NOTHING_OF_ANYBODY:
        return value
    if name not in _MASKS:
        return HIDDEN
    return _MASKS[name](value)
