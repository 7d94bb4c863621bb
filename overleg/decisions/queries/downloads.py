"""Who took which version of a proposal, and which of those are outdated."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.db import session
from overleg.decisions.models import CanonicalText, FollowUp, TextDownload


@dataclass(frozen=True)
class Taken:
    """The last download of a municipality's proposal."""

    version_number: int
    by_name: str
    at_utc: datetime
    is_outdated: bool
    """Whether the text has a later version by now."""


def last_taken(follow_up_ids: Collection[str]) -> dict[str, Taken]:
    """The last download of each of these rows by id; none for those nobody downloaded."""
    rows = session().execute(
        select(
            TextDownload.follow_up_id,
            TextDownload.version_number,
            Person.name,
            TextDownload.downloaded_at_utc,
            CanonicalText.version_number,
        )
        .join(Person, Person.id == TextDownload.person_id)
        .join(FollowUp, FollowUp.id == TextDownload.follow_up_id)
        .join(CanonicalText, CanonicalText.outcome_id == FollowUp.outcome_id)
        .where(TextDownload.follow_up_id.in_(sorted(follow_up_ids)))
        .order_by(TextDownload.downloaded_at_utc, TextDownload.version_number, TextDownload.id)
    )
    return {row[0]: Taken(row[1], row[2], row[3], row[1] < row[4]) for row in rows}
