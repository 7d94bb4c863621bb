"""What one chooses from when proposing: bodies, organisations to speak for, coming meetings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.states import CoSubmitterState
from overleg.db import session
from overleg.lib.errors import NotFound
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, BodySupporter, Organisation, RoleAssignment, Seat
from overleg.organisations.states import Role, SeatKind
from overleg.organisations.viewer import PROPOSING_ROLES, Viewer
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState


@dataclass(frozen=True)
class Speaker:
    """Somebody for whom one may propose, with the organisation for which they speak there."""

    person: Person
    organisation: Organisation


@dataclass(frozen=True)
class ProposingChoices:
    """The bodies one may propose to, for which organisations and people, and when they meet.

    ``organisations`` and ``speakers`` are by body; who writes is no speaker.
    """

    writer: Person
    bodies: tuple[Body, ...]
    organisations: dict[str, tuple[Organisation, ...]]
    speakers: dict[str, tuple[Speaker, ...]]
    meetings: tuple[Meeting, ...]

    @property
    def all_organisations(self) -> list[Organisation]:
        """Every organisation of any of the bodies, once, by name."""
        found = {o.id: o for options in self.organisations.values() for o in options}
        return sorted(found.values(), key=lambda o: (o.name, o.id))


def proposing_choices(viewer: Viewer, now: datetime) -> ProposingChoices:
    """What this person may choose from at a moment (UTC); five statements.

    Support staff speak for every organisation at the table or supporting it, and for anybody with
    a seat there; others for the organisation of their own seat (not a guest's) and those they
    represent as mayor, director or partner, and for the mayor and the seats of the latter. Raises
    ``NotFound`` for nobody.
    """
    if viewer.person is None:
        raise NotFound
    bodies = (
        session()
        .scalars(
            select(Body)
            .where(is_one_of(Body.id, viewer.body_ids), Body.is_external.is_(False))
            .order_by(Body.name, Body.id)
        )
        .all()
    )
    own = viewer.organisations_as(*PROPOSING_ROLES)
    allowed: dict[str, dict[str, Organisation]] = {body.id: {} for body in bodies}
    speakers: dict[str, dict[str, Speaker]] = {body.id: {} for body in bodies}
    mayors = _mayors(viewer, sorted(own))
    for body_id, organisation, person, kind in _at_the_tables(viewer, sorted(allowed)):
        is_member = kind is not SeatKind.GUEST
        sits = person is not None and person.id == viewer.person_id and is_member
        represents = organisation.id in own or viewer.supports(body_id)
        if sits or represents:
            allowed[body_id][organisation.id] = organisation
        if not represents:
            continue
        for each in (person if is_member else None, *mayors.get(organisation.id, ())):
            if each is not None and each.id != viewer.person_id and not each.disabled_at_utc:
                speakers[body_id].setdefault(each.id, Speaker(each, organisation))
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
        writer=viewer.person,
        bodies=tuple(body for body in bodies if allowed[body.id]),
        organisations={
            key: tuple(sorted(options.values(), key=lambda o: (o.name, o.id)))
            for key, options in allowed.items()
            if options
        },
        speakers={
            key: tuple(sorted(found.values(), key=lambda s: (s.person.name, s.person.id)))
            for key, found in speakers.items()
        },
        meetings=tuple(meetings),
    )


def _mayors(viewer: Viewer, organisation_ids: list[str]) -> dict[str, list[Person]]:
    rows = session().execute(
        select(RoleAssignment.organisation_id, Person)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.organisation_id.in_(organisation_ids),
            RoleAssignment.role == Role.MAYOR,
            RoleAssignment.valid_on(viewer.on),
        )
        .order_by(Person.name, Person.id)
    )
    found: dict[str, list[Person]] = {}
    for organisation_id, person in rows:
        found.setdefault(str(organisation_id), []).append(person)
    return found


def people_to_ask(body_id: str, proposal: Proposal, on: date) -> list[Speaker]:
    """Who has a seat in the body on a day and is not on this proposal yet, by name."""
    taken = {proposal.submitter_id} | {
        each.person_id
        for each in proposal.co_submitters
        if each.state is not CoSubmitterState.DECLINED
    }
    rows = session().execute(
        select(Person, Organisation)
        .join(Seat, Seat.person_id == Person.id)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .where(
            Seat.body_id == body_id,
            Seat.kind != SeatKind.GUEST,
            Seat.valid_on(on),
            Person.id.not_in(sorted(taken)),
            Person.disabled_at_utc.is_(None),
        )
        .order_by(Person.name, Person.id, Organisation.name)
    )
    found: dict[str, Speaker] = {}
    for person, organisation in rows:
        found.setdefault(person.id, Speaker(person, organisation))
    return list(found.values())


def _at_the_tables(
    viewer: Viewer, body_ids: list[str]
) -> Sequence[tuple[str, Organisation, Person | None, SeatKind | None]]:
    seats = session().execute(
        select(Seat.body_id, Organisation, Person, Seat.kind)
        .join(Organisation, Organisation.id == Seat.organisation_id)
        .outerjoin(Person, Person.id == Seat.person_id)
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
