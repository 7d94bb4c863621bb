"""Who is writing at a verslag now."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.minutes.models import Writing
from overleg.scheduling.models import Meeting

GONE_AFTER = timedelta(seconds=30)
"""Who was not heard for so long closed the page or lost the line."""


def writing_of(meeting_id: str, person_id: str) -> Writing | None:
    """What is known of this person at this meeting, however long ago."""
    return session().get(Writing, (meeting_id, person_id), populate_existing=True)


def writers_now(meeting: Meeting, now: datetime, *, but: str = "") -> Sequence[Writing]:
    """Who is writing at this meeting now, by name, without the person ``but``; with their item."""
    return (
        session()
        .scalars(
            select(Writing)
            .where(
                Writing.meeting_id == meeting.id,
                Writing.person_id != but,
                Writing.heard_at_utc > now - GONE_AFTER,
            )
            .options(joinedload(Writing.item))
            .order_by(Writing.person_name, Writing.person_id)
            .execution_options(populate_existing=True)
        )
        .all()
    )


def in_words(writers: Sequence[Writing]) -> str:
    """``An schrijft bij punt 4. Bert schrijft bij punt 7.``"""
    return " ".join(
        f"{writing.person_name} schrijft bij punt {writing.item.shown_number}."
        for writing in writers
    )
