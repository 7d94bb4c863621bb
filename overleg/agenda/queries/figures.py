"""What a year of agendas was made of, as far as the reader may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select

from overleg.agenda.models import AgendaItem, AgendaVersion, Proposal
from overleg.agenda.states import ItemKind, ProposalFunction, ProposalKind
from overleg.db import session
from overleg.organisations.models import Body, Organisation
from overleg.organisations.viewer import Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState

FIXED_KINDS = frozenset({ItemKind.MINUTES_APPROVAL, ItemKind.ANY_OTHER_BUSINESS})
WAS_SENT = exists().where(AgendaVersion.meeting_id == Meeting.id)


@dataclass(frozen=True)
class Treated:
    """One point of one agenda of the year; kind and function only of a proposal."""

    meeting_id: str
    minutes: int
    kind: ProposalKind | None
    function: ProposalFunction | None
    organisation: str
    is_fixed: bool = False


@dataclass(frozen=True)
class Held:
    """A meeting of the year, and how long it was planned to last."""

    id: str
    starts_at_utc: datetime
    minutes_had: int


def years_with_agendas(body: Body) -> list[int]:
    """The years in which an agenda of this body was sent, the newest first; one statement."""
    return list(
        session().scalars(
            select(Meeting.year)
            .where(Meeting.body_id == body.id, WAS_SENT)
            .distinct()
            .order_by(Meeting.year.desc())
        )
    )


def meetings_of_year(body: Body, year: int) -> list[Held]:
    """The meetings of a year of which the agenda was sent, cancelled ones apart; one statement."""
    found = session().scalars(
        select(Meeting)
        .where(
            Meeting.body_id == body.id,
            Meeting.year == year,
            Meeting.state != MeetingState.CANCELLED,
            WAS_SENT,
        )
        .order_by(Meeting.starts_at_utc, Meeting.id)
    )
    return [Held(each.id, each.starts_at_utc, each.duration_minutes) for each in found]


def points_of_year(viewer: Viewer, body: Body, year: int) -> Sequence[Treated]:
    """The points of those agendas that this viewer may read, fixed ones too; one statement.

    A point that was taken off is left out. Points in preparation that were not sent yet have no
    number and are left out as well.
    """
    rows = session().execute(
        select(
            AgendaItem.meeting_id,
            AgendaItem.minutes_needed,
            Proposal.kind,
            Proposal.function,
            Organisation.name,
            AgendaItem.kind,
        )
        .join(AgendaItem.meeting)
        .outerjoin(Proposal, Proposal.id == AgendaItem.proposal_id)
        .outerjoin(Organisation, Organisation.id == Proposal.organisation_id)
        .where(
            Meeting.body_id == body.id,
            Meeting.year == year,
            Meeting.state != MeetingState.CANCELLED,
            WAS_SENT,
            AgendaItem.position > 0,
            AgendaItem.number.is_not(None),
            viewer.readable(Meeting.body_id, AgendaItem.circle),
        )
    )
    return [
        Treated(*row[:4], organisation=row[4] or "", is_fixed=row[5] in FIXED_KINDS) for row in rows
    ]
