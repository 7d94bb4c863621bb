"""Adding a body that is not ours: its dates are followed here, its agenda is made elsewhere."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import record
from overleg.db import new_id, session
from overleg.lib.dates import local_date
from overleg.lib.text import count_of
from overleg.organisations.models import Body, Organisation, Seat
from overleg.organisations.states import Article, BodyKind, Role
from overleg.organisations.workflow.bodies import free_slug
from overleg.organisations.workflow.roles import grant_role
from overleg.organisations.workflow.seats import note_added_seat


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
    session().flush()
    record(Verb.BODY_STARTED, body, by=by, now=now, reason=told)
    for seat in seats:
        note_added_seat(seat, by=by, now=now)
    grant_role(by, Role.SUPPORT, valid_from=today, by=by, now=now, body=body)
    return body


def _seats_like(example: Body, body: Body, now: datetime) -> list[Seat]:
    """A seat for everybody who sits in another body today, without its empty seats."""
    today = local_date(now)
    seats = session().scalars(
        select(Seat)
        .options(joinedload(Seat.organisation), joinedload(Seat.person))
        .where(Seat.body_id == example.id, Seat.valid_on(today), Seat.person_id.is_not(None))
        .order_by(Seat.id)
    )
    return [
        Seat(
            id=new_id(),
            body=body,
            organisation=seat.organisation,
            person=seat.person,
            function=seat.function,
            title=seat.title,
            kind=seat.kind,
            valid_from=today,
        )
        for seat in seats
    ]
