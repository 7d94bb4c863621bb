"""Adding a body that is not ours: its dates are followed here, its agenda is made elsewhere."""

from datetime import datetime

from sqlalchemy import select

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, session
from overleg.lib.dates import local_date
from overleg.lib.text import count_of
from overleg.organisations.models import Body, Organisation, RoleAssignment, Seat
from overleg.organisations.states import Article, BodyKind, Role
from overleg.organisations.workflow.bodies import free_slug


def add_other_body(
    *,
    name: str,
    kind: BodyKind,
    region: Organisation | None,
    same_people_as: Body | None,
    article: Article | None = None,
    by: Person,
    now: datetime,
) -> Body:
    """Add a body of others, such as a zoneraad or a council; ``by`` becomes its support staff.

    It exists for who has a seat in it: those of ``same_people_as`` today, or nobody yet. Raises
    ``Refused`` for a name without a letter or digit.
    """
    today = local_date(now)
    body = Body(
        id=new_id(),
        slug=free_slug(name),
        name=name,
        article=article or Article.of(name),
        kind=kind,
        region=region,
        is_external=True,
    )
    session().add(body)
    session().flush()
    seats = _seats_like(same_people_as, body, now) if same_people_as is not None else []
    session().add_all(seats)
    told = f"met {count_of(len(seats), 'zetel', 'zetels')}" if seats else ""
    record(Verb.BODY_STARTED, body, by=by, now=now, reason=told)
    role = RoleAssignment(id=new_id(), person=by, role=Role.SUPPORT, body=body, valid_from=today)
    session().add(role)
    record(Verb.ROLE_GRANTED, role, by=by, now=now)
    session().flush()
    return body


def _seats_like(example: Body, body: Body, now: datetime) -> list[Seat]:
    """A seat for everybody who sits in another body today, without its empty seats."""
    today = local_date(now)
    seats = session().scalars(
        select(Seat)
        .where(Seat.body_id == example.id, Seat.valid_on(today), Seat.person_id.is_not(None))
        .order_by(Seat.id)
    )
    return [
        Seat(
            id=new_id(),
            body=body,
            organisation_id=seat.organisation_id,
            person_id=seat.person_id,
            function=seat.function,
            title=seat.title,
            kind=seat.kind,
            valid_from=today,
        )
        for seat in seats
    ]
