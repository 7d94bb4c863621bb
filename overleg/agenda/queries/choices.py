"""What one chooses from when proposing: bodies, organisations to speak for, coming meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.db import session
from overleg.organisations.models import Body, BodySupporter, Organisation, Seat
from overleg.organisations.states import SeatKind
from overleg.organisations.viewer import PROPOSING_ROLES, Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


@dataclass(frozen=True)
class ProposingChoices:
    """The bodies one may propose to, the organisations to do it for, and the coming meetings."""

    bodies: tuple[Body, ...]
    organisations: dict[str, tuple[Organisation, ...]]
    meetings: tuple[Meeting, ...]

    @property
    def all_organisations(self) -> list[Organisation]:
        """Every organisation of any of the bodies, once, by name."""
        found = {o.id: o for options in self.organisations.values() for o in options}
        return sorted(found.values(), key=lambda o: (o.name, o.id))


def proposing_choices(viewer: Viewer, now: datetime) -> ProposingChoices:
    """What this person may choose from at a moment (UTC); four statements.

    Support staff speak for every organisation at the table or supporting it; others for the
    organisation of their own seat (not a guest's) and those they represent as mayor, director or
    partner.
    """
    bodies = (
        session()
        .scalars(
            select(Body)
            .where(Body.id.in_(sorted(viewer.body_ids)), Body.is_external.is_(False))
            .order_by(Body.name, Body.id)
        )
        .all()
    )
    own = viewer.organisations_as(*PROPOSING_ROLES)
    allowed: dict[str, dict[str, Organisation]] = {body.id: {} for body in bodies}
    for body_id, organisation, person_id, kind in _at_the_tables(viewer, sorted(allowed)):
        sits = person_id == viewer.person_id and kind is not SeatKind.GUEST
        if sits or organisation.id in own or viewer.supports(body_id):
            allowed[body_id][organisation.id] = organisation
    meetings = session().scalars(
        select(Meeting)
        .where(
            Meeting.body_id.in_(sorted(key for key, options in allowed.items() if options)),
            Meeting.starts_at_utc > now,
            Meeting.state.in_([MeetingState.PREPARING, MeetingState.AGENDA_SENT]),
        )
        .options(joinedload(Meeting.body))
        .order_by(Meeting.starts_at_utc, Meeting.id)
    )
    return ProposingChoices(
        bodies=tuple(body for body in bodies if allowed[body.id]),
        organisations={
            key: tuple(sorted(options.values(), key=lambda o: (o.name, o.id)))
            for key, options in allowed.items()
            if options
        },
        meetings=tuple(meetings),
    )


def _at_the_tables(
    viewer: Viewer, body_ids: list[str]
) -> Sequence[tuple[str, Organisation, str | None, SeatKind | None]]:
    seats = session().execute(
        select(Seat.body_id, Organisation, Seat.person_id, Seat.kind)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(Seat.body_id.in_(body_ids), Seat.valid_on(viewer.on))
    )
    supporters = session().execute(
        select(BodySupporter.body_id, Organisation)
        .join(Organisation, Organisation.id == BodySupporter.organisation_id)
        .where(BodySupporter.body_id.in_(body_ids))
    )
    return [
        *((row[0], row[1], row[2], row[3]) for row in seats),
        *((row[0], row[1], None, None) for row in supporters),
    ]
