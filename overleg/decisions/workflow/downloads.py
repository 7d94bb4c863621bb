"""Noting who takes which version of a proposal."""

from collections.abc import Iterable
from datetime import datetime

from overleg.accounts.models import Person
from overleg.db import new_id, session
from overleg.decisions.models import FollowUp, TextDownload


def note_downloads(
    rows: Iterable[FollowUp], version_number: int, *, by: Person, now: datetime
) -> None:
    """Note that somebody takes the proposals of these rows in this version of their text."""
    session().add_all(
        TextDownload(
            id=new_id(),
            follow_up_id=row.id,
            version_number=version_number,
            person_id=by.id,
            downloaded_at_utc=now,
        )
        for row in rows
    )
