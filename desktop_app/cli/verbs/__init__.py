"""Every verb, in the order the help tells them. A verb stands here from the day it works."""

from __future__ import annotations

from desktop_app.cli.parser import Verb
from desktop_app.cli.verbs import (
    accounts,
    changing,
    keeping,
    looking,
    reporting,
    self_test,
    starting,
    summing,
)

VERBS: dict[str, Verb] = {
    verb.name: verb
    for verb in (
        *starting.VERBS,
        *looking.FIELDS,
        *changing.VERBS,
        *looking.VERBS,
        *reporting.VERBS,
        *summing.VERBS,
        *accounts.VERBS,
        *keeping.VERBS,
        *self_test.VERBS,
    )
}
