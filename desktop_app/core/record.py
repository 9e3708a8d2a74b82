"""What every record of the house has in common, and how a kind of record is declared.

A record is a frozen dataclass below `Record`. Its `RecordKind` says how it is called on the command
line, in the change log and in bundles, and turns it into a versioned, plain form and back. Digests
are taken over that form, so it lies below storage.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, Generic, Self, TypeVar

from desktop_app.core.clock import Millis
from desktop_app.core.codec import ALREADY_PLAIN, Plain, decode, encode, spelling
from desktop_app.core.errors import SafetyRefusal
from desktop_app.core.fields import Field
from desktop_app.core.ids import Uid

__all__ = ["META_FIELDS", "NEVER", "Record", "RecordKind", "altered"]

NEVER = Millis(0)
"""The time of what has not happened yet."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """The columns every record has.

    `station` is the code of the owning station; `revision` counts saves from 1 (0: not saved yet);
    `created_at`, `changed_at` and `deleted_at` are set by storage. A deleted record stays as a
    tombstone, so that an older copy can never bring it back.
    """

    uid: Uid
    station: str
    revision: int = 0
    created_at: Millis = NEVER
    changed_at: Millis = NEVER
    deleted_at: Millis | None = None

    @property
    def deleted(self) -> bool:
        return self.deleted_at is not None

    def saved_at(self, now: Millis) -> Self:
        """This record as its next revision."""
        return altered(
            self,
            revision=self.revision + 1,
            created_at=self.created_at or now,
            changed_at=now,
        )


if TYPE_CHECKING:
    from dataclasses import replace as altered
else:

    def altered(value, /, **changes):
        """`dataclasses.replace` for a record or a form, at a tenth of its cost: only what changes
        is set, and nothing is checked. Never for one with slots.

        A record has some fifty fields, and a step of a matter changes three of them several times.
        """
        new = object.__new__(type(value))
        attributes = vars(new)
        attributes.update(vars(value))
        known = len(attributes)
        attributes.update(changes)
        if len(attributes) != known:
            raise TypeError(f"{type(value).__name__} has no such field: {', '.join(changes)}")
        return new


META_FIELDS = ("uid", "station", "revision", "created_at", "changed_at", "deleted_at")
"""Names of the columns every record has; a kind's `fields` do not repeat them."""

R = TypeVar("R", bound=Record)
Upgrade = Callable[[dict[str, Plain]], dict[str, Plain]]


@dataclass(frozen=True)
class RecordKind(Generic[R]):
    """One kind of record: `name` as the command line and the change log say it (plural, English).

    `upgrades[v]` turns the plain form of version v into that of v + 1, so that an old bundle and an
    old change-log payload are still understood; a bundle has not all fields, which it must bear.
    `travels`: bundles carry it to the street (which of its fields, the fields say); a record whose
    plain form is `withheld` never leaves, only counts.
    """

    name: str
    label: str
    cls: type[R]
    fields: tuple[Field, ...]
    version: int = 1
    upgrades: Mapping[int, Upgrade] | None = None
    travels: bool = False
    withheld: Callable[[Mapping[str, Plain]], bool] | None = None

    def to_plain(self, value: R) -> dict[str, Plain]:
        """The record's own fields (not the common ones) as JSON values."""
        values = vars(value)
        return {
            # Most values are plain already, and asking costs less than a call.
            field.name: plain
            if type(plain := values[field.name]) in ALREADY_PLAIN
            else encode(plain)
            for field in self.fields
        }

    def to_text(self, value: R) -> str:
        """`canonical(to_plain(value))`, the short way."""
        return self._spelling(value)

    @cached_property
    def _spelling(self) -> Callable[[R], str]:
        return spelling(tuple(field.name for field in self.fields))

    def from_plain(self, common: Mapping[str, Any], plain: Mapping[str, Plain], version: int) -> R:
        """A record from its plain form of any version up to ours; a newer one is refused."""
        return decode(self.cls, {**self.upgraded(plain, version), **common})

    def upgraded(self, plain: Mapping[str, Plain], version: int) -> dict[str, Plain]:
        """The plain form of any version up to ours as the present one; a newer one is refused."""
        if version > self.version:
            raise SafetyRefusal(
                f"这条{self.label}由更新版本的近邻台写成，本版本读不懂，没有改动任何内容。",
                "请先升级本机的近邻台。",
            )
        current = dict(plain)
        for step in range(version, self.version):
            current = (self.upgrades or {})[step](current)
        return current

    def field(self, name: str) -> Field:
        """The field of that name; `KeyError` when there is none."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)
