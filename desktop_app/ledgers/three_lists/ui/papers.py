"""Which papers of the three lists can be made here: a button never leads to one that is not."""

from __future__ import annotations

from desktop_app.core.paper_kinds import KINDS

_NAMES = frozenset(kind.name for kind in KINDS)


def there_is(name: str) -> bool:
    """Whether there is a kind of paper of that name."""
    return name in _NAMES
