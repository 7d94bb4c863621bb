"""What the trekker sees together: all answers to an outcome, remarks and replies."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.decisions.models import FollowUp, Outcome, RemarkReply


@dataclass
class Answered:
    """What one municipality and organ answered, and what was replied to its remarks."""

    row: FollowUp
    replies: list[RemarkReply] = field(default_factory=list)


def replies_to(outcome: Outcome) -> Sequence[RemarkReply]:
    """All replies, oldest first; for everybody who reads the outcome."""
    return (
        session()
        .scalars(
            select(RemarkReply)
            .where(RemarkReply.outcome_id == outcome.id)
            .options(joinedload(RemarkReply.organisation))
            .order_by(RemarkReply.replied_at_utc, RemarkReply.id)
        )
        .all()
    )


def answers_with_remarks(
    rows: Sequence[FollowUp], replies: Sequence[RemarkReply]
) -> list[Answered]:
    """The rows with a remark, each with the replies to its municipality; those without come first.

    A reply goes to a municipality, so it stands at the first of its rows that has a remark.
    """
    found: dict[str, Answered] = {}
    together = []
    for row in rows:
        if row.remark:
            answered = Answered(row)
            found.setdefault(row.organisation_id, answered)
            together.append(answered)
    for reply in replies:
        if reply.organisation_id in found:
            found[reply.organisation_id].replies.append(reply)
    return sorted(together, key=lambda answered: bool(answered.replies))
