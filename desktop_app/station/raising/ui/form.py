"""登记诉求, also of a visit that could not be settled: who and where are copied from the visit, the
keyboard stands in what is missing, and Ctrl+Enter writes into both ledgers at once."""

from __future__ import annotations

from functools import partial

from desktop_app.core.ids import Uid
from desktop_app.core.job import Job
from desktop_app.core.route import Open
from desktop_app.ledgers.requests.ui.form import Beginning, RequestFormPage
from desktop_app.ledgers.visits.record import KIND as VISITS
from desktop_app.ledgers.visits.rules.visit import Visit
from desktop_app.ledgers.visits.ui.parts import person_words
from desktop_app.station.raising import service
from desktop_app.station.raising.service import Raised
from desktop_app.storage.session import Desk


class RaisingFormPage(RequestFormPage):
    """The form of the ledger; `narrow_to` an `Open` of a visit begins that visit's request."""

    def open_form(self, wanted: object) -> None:
        if isinstance(wanted, Open) and wanted.kind == VISITS.name:
            work = partial(_read, self.desk, wanted.uid)
            self.body.setEnabled(False)
            self.in_background("打开来访", work, self._show_visit, self.not_opened)
        else:
            super().open_form(wanted)

    def _show_visit(self, found: tuple[Visit, str]) -> None:
        visit, where = found
        told = "　".join(filter(None, (person_words(visit), visit.phone, where)))
        self.show_form(
            Beginning(
                partial(service.save_form, self.desk, visit),
                _said,
                place=visit.uid.hex,
                fresh=service.text_of(visit),
                title="来访转诉求",
                beside=visit.number,
                who=f"{told}　（居民和住址照来访登记）",
            )
        )


def _said(raised: Raised) -> str:
    return f"来访已转诉求：{raised.request.title} {raised.request.number}"


def _read(desk: Desk, uid: Uid, _job: Job) -> tuple[Visit, str]:
    """In the worker's thread."""
    visit = service.visit_to_raise(desk, uid)
    return visit, service.address_of(desk, visit)
