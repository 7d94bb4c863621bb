"""What the pages share on which somebody reports what a college or council did."""

from typing import Any

from wtforms import Field

from overleg.accounts.models import Person
from overleg.decisions.models import FollowUp
from overleg.decisions.states import DECIDED_FOLLOW_UP, AskedOfOrgan, FollowUpState
from overleg.decisions.workflow.follow_up import Report
from overleg.documents.models import StoredFile
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.errors import Refused
from overleg.web import clock


def likely_next(row: FollowUp) -> FollowUpState:
    """What is most often reported next."""
    if row.state is FollowUpState.TO_SCHEDULE:
        return FollowUpState.SCHEDULED
    if row.state is FollowUpState.SCHEDULED:
        noted = row.asked is AskedOfOrgan.NOTICE
        return FollowUpState.NOTED if noted else FollowUpState.APPROVED
    return row.state


def what_of(form: Any, file: StoredFile | None = None) -> Report:
    """What a form says; a day only where the state has one."""
    state = FollowUpState(form.state.data)
    dated = state in DECIDED_FOLLOW_UP or state is FollowUpState.SCHEDULED
    return Report(
        state=state,
        day=form.day.data if dated else None,
        reference_number=form.reference_number.data or "",
        decision_url=form.decision_url.data or "",
        remark=(form.remark.data or "").strip(),
        file=file,
    )


def uploaded(field: Field, by: Person) -> StoredFile | None:
    """The file that came along, kept; None when none was chosen.

    Raises ``Refused``, and then says why beside the field itself.
    """
    upload = field.data
    if not upload or not getattr(upload, "filename", ""):
        return None
    try:
        received = receive(file_store(), upload.filename, upload.stream)
    except Refused as refused:
        field.errors = [*field.errors, str(refused)]
        raise
    return add_stored_file(received, by=by, now=clock.now())


def is_about_day(message: str) -> bool:
    """Whether a refusal is about the date, so that it stands beside that field."""
    return "datum" in message.lower()
