"""What stands in a verslag for one circle, part by part, to see whether something changed."""

from datetime import date

from sqlalchemy import (
    ScalarSelect,
    Select,
    SQLColumnExpression,
    String,
    cast,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import ItemState
from overleg.db import session
from overleg.decisions.models import ActionItem, FollowUp, Outcome, OutcomeVote
from overleg.documents.states import Circle
from overleg.minutes.models import AbsenceList, Minutes, MinutesVersion, NoteRevision
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

HELD = "held"
UNCOUNTED, SILENT = literal(0), literal("")

Part = tuple[str, str, int, str]
"""Of which kind, its id, its revision, and what it says that no revision of its own counts."""


def parts_in_circle(meeting_id: str, body_id: str, circle: Circle) -> list[Part]:
    """Every part that readers of this circle read in the verslag of a meeting of this body.

    One statement. ``HELD`` tells the state of the meeting; its day and place are fixed by then. Of
    what goes on elsewhere (the next meeting, the one that took up a postponed point, who has to
    decide, whether it was done) only what stands in the verslag counts.
    """
    points = (
        select(AgendaItem.id)
        .where(
            AgendaItem.meeting_id == meeting_id,
            AgendaItem.position > 0,
            AgendaItem.circle.in_(sorted(circle.readable)),
        )
        .cte("points")
    )
    outcomes = (
        select(Outcome.id, Outcome.revision)
        .join(points, points.c.id == Outcome.item_id)
        .cte("noted")
    )
    later = aliased(AgendaItem)
    moment = cast(Meeting.starts_at_utc, String)
    place = cast(AgendaItem.position, String) + cast(AgendaItem.state, String)
    of_meeting = Minutes.meeting_id == meeting_id
    found = session().execute(
        union_all(
            _part(HELD, Meeting.id, told=cast(Meeting.state, String)).where(
                Meeting.id == meeting_id, Meeting.body_id == body_id
            ),
            _part("table", Minutes.id, Minutes.revision).where(of_meeting),
            _part("version", MinutesVersion.id).join(MinutesVersion.minutes).where(of_meeting),
            _part("point", AgendaItem.id, AgendaItem.revision, place).join(
                points, points.c.id == AgendaItem.id
            ),
            _part("note", NoteRevision.item_id, func.max(NoteRevision.edition))
            .join(points, points.c.id == NoteRevision.item_id)
            .group_by(NoteRevision.item_id),
            _part("away", AbsenceList.item_id, AbsenceList.revision).join(
                points, points.c.id == AbsenceList.item_id
            ),
            _part(
                "action",
                ActionItem.id,
                told=_day(ActionItem.due_on) + ActionItem.who + ": " + ActionItem.text,
            ).join(points, points.c.id == ActionItem.item_id),
            _part("outcome", outcomes.c.id, outcomes.c.revision),
            _part("vote", OutcomeVote.outcome_id, OutcomeVote.revision).join(
                outcomes, outcomes.c.id == OutcomeVote.outcome_id
            ),
            _part("asked", FollowUp.id, told=FollowUp.organisation_id + _day(FollowUp.due_on)).join(
                outcomes, outcomes.c.id == FollowUp.outcome_id
            ),
            _part("later", later.id, told=moment)
            .join(points, points.c.id == later.continues_id)
            .join(Meeting, Meeting.id == later.meeting_id)
            .where(
                later.state != ItemState.WITHDRAWN,
                Meeting.state != MeetingState.CANCELLED,
                Meeting.is_quiet.is_(False),
            ),
            _part("next", Meeting.id, told=moment + Meeting.place).where(
                Meeting.id == _following(meeting_id)
            ),
        )
    )
    return sorted((part, of, revision, told) for part, of, revision, told in found)


def _part(
    kind: str,
    of: SQLColumnExpression[str],
    revision: SQLColumnExpression[int] = UNCOUNTED,
    told: SQLColumnExpression[str] = SILENT,
) -> Select[str, str, int, str]:
    return select(literal(kind), of, revision, told)


def _day(column: SQLColumnExpression[date | None]) -> SQLColumnExpression[str]:
    return func.coalesce(cast(column, String), "")


def _following(meeting_id: str) -> ScalarSelect[str]:
    """The id of the first meeting after it, as ``next_meeting_after`` finds it."""
    held, after = aliased(Meeting), aliased(Meeting)
    return (
        select(after.id)
        .join(held, held.body_id == after.body_id)
        .where(
            held.id == meeting_id,
            after.state != MeetingState.CANCELLED,
            after.starts_at_utc > held.starts_at_utc,
        )
        .order_by(after.starts_at_utc, after.id)
        .limit(1)
        .scalar_subquery()
    )
