"""Adding, changing and showing records of any kind from plain values, through their services.

Knows no kind by name: everything particular is in the `Ledger` that a folder fills in. A file is
added in one unit of work, so that it is kept whole or not at all.
"""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.core.changes import Changed
from desktop_app.core.codec import Plain
from desktop_app.core.errors import InvalidInput, UserError
from desktop_app.core.fields import by_name
from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.ledger_spec import Adding, Deed, Ledger, Note, ProblemList, WrongRecords
from desktop_app.core.plain_entry import Form, Lookup, given, read, read_what_can_be
from desktop_app.core.record import Record
from desktop_app.core.rights import Right
from desktop_app.storage.session import Desk, Unit

MOST_RECORDS = 10_000
"""One unit of work holds the only writer for as long as it lasts: about ten seconds for so many."""


def add_all(
    desk: Desk, ledger: Ledger, entries: Sequence[Plain], job: Job
) -> Changed[tuple[Record, ...]]:
    """Add every object of a file, or none. Raises `WrongRecords` that lists every problem."""
    adding = ledger.adding
    if adding is None:
        raise UserError(f"{ledger.kind.label}不能从这里新增，没有改动。", ledger.elsewhere)
    if len(entries) > MOST_RECORDS:
        raise UserError(
            f"文件里有 {len(entries)} 条，一次最多添加 {MOST_RECORDS} 条，一条也没有保存。",
            "请分成几个文件分别添加。",
        )
    problems = ProblemList()
    added: list[Record] = []
    with desk.unit_of_work(adding.label, needs=adding.needs) as unit:
        lookup = Lookup(unit.connection)
        for number, entry in enumerate(entries, start=1):
            job.progress(number - 1, len(entries), f"第 {number} 条")
            added += _entered(adding, unit, desk, entry, lookup, problems.of(number))
        if problems.found:
            raise WrongRecords(problems.found, len(entries))
        more = f"共 {len(added)} 条" if len(added) > 1 else ""
        unit.about(ledger.title(added[0]) if added else "", more)
    return Changed(frozenset({ledger.kind.name}), tuple(one.uid for one in added), tuple(added))


def _entered(
    adding: Adding, unit: Unit, desk: Desk, entry: Plain, lookup: Lookup, note: Note
) -> Sequence[Record]:
    """What one object became. One that cannot be read whole is tried all the same, so that the
    rules tell their problems with it in the same go; the unit of work then keeps nothing."""
    values, problems = read_what_can_be(adding.form, entry, lookup, desk.today)
    for problem in problems:
        note(problem)
    told = {problem.field for problem in problems}
    # Without what must be there, or what was referred to, the rules would only tell consequences.
    needed = {*adding.form.required, *adding.form.finders}
    if problems and (not values or adding.form.required - given(values).keys() or told & needed):
        return ()
    try:
        return adding.enter(unit, desk, values)
    except InvalidInput as several:
        rest = [problem for problem in several.problems if problem.field not in told]
    except UserError as single:
        rest = [single] if single.field is None or single.field not in told else []
    for problem in rest:
        note(problem)
    return ()


def change(desk: Desk, ledger: Ledger, uid: Uid, plain: Plain) -> Record:
    """Change the fields an object names; with `revision` in it only if that is still the last."""
    if ledger.changing is None:
        raise UserError(f"{ledger.kind.label}不能从这里修改，没有改动。", ledger.elsewhere)
    plain, revision = _without_revision(plain)
    if not plain:
        raise UserError("没有写要修改的字段，没有改动。", "请写明字段和新的内容。")
    values = _read(desk, ledger.changing.form, plain)
    return ledger.changing.save(desk, uid, revision, values)


def act(desk: Desk, deed: Deed, uid: Uid, plain: Plain) -> Record | None:
    """Take one step of a record's workflow with the details an object names."""
    plain, revision = _without_revision(plain)
    return deed.do(desk, uid, revision, _read(desk, deed.form, plain))


def reveal(desk: Desk, ledger: Ledger, uid: Uid, field: str) -> tuple[str, str]:
    """A masked field, by name or label, and its whole content; written to the audit."""
    described = by_name(ledger.kind.fields).get(field)
    if described is None or not described.private or ledger.reveal is None:
        raise UserError(
            f"{ledger.kind.label}没有这一项遮挡的内容。",
            "哪些字段会遮挡，请看 jinlin fields。",
            field="reveal",
        )
    return described.name, ledger.reveal(desk, uid, described.name)


def _read(desk: Desk, form: Form, plain: Plain) -> dict[str, object]:
    with desk.reading(needs=Right.READ) as connection:
        return read(form, plain, Lookup(connection), desk.today)


def _without_revision(plain: Plain) -> tuple[Plain, int | None]:
    if not isinstance(plain, dict):
        return plain, None
    rest = dict(plain)
    told = [rest.pop(name) for name in ("revision", "版本") if name in rest]
    if not told:
        return rest, None
    if not isinstance(told[0], int) or isinstance(told[0], bool):
        raise UserError(
            "“版本”要写成一个整数。",
            "它是 show 里的 revision；不写就按最新的改。",
            field="revision",
        )
    return rest, told[0]
