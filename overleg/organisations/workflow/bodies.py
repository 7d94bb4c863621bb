"""Starting a body and changing its settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, session
from overleg.lib.dates import local_date
from overleg.lib.errors import EditConflict, Refused
from overleg.lib.text import slugify
from overleg.organisations.models import Body, Organisation, RoleAssignment, Seat, ValidationStep
from overleg.organisations.queries.organisations import members_of
from overleg.organisations.states import (
    BodyKind,
    OrganisationKind,
    Role,
    SeatFunction,
    ValidatedBy,
)

MOST_STEPS = 3
FUNCTION_BY_KIND = {
    BodyKind.MAYORS_CONSULTATION: SeatFunction.MAYOR,
    BodyKind.DIRECTORS_CONSULTATION: SeatFunction.GENERAL_DIRECTOR,
}
"""Whose seats a new body of this kind gets by itself; other kinds start empty."""


@dataclass(frozen=True)
class Step:
    """A validation step: who takes it, how many answers count, which share agrees, in how long."""

    validated_by: ValidatedBy
    quorum: int = 1
    majority_percent: int = 50
    days_to_answer: int = 5


@dataclass(frozen=True)
class BodySettings:
    """Everything about a body that its support staff can set."""

    name: str
    short_name: str
    kind: BodyKind
    region: Organisation | None
    supporters: Sequence[Organisation]
    rhythm: str
    description: str
    default_place: str
    default_duration_minutes: int
    proposal_deadline_days: int
    agenda_deadline_days: int
    outcomes_deadline_days: int
    steps: Sequence[Step]


def start_body(
    *,
    name: str,
    kind: BodyKind,
    region: Organisation | None,
    supporters: Sequence[Organisation],
    by: Person,
    now: datetime,
    rhythm: str = "",
) -> Body:
    """Start a body with sensible habits; ``by`` becomes its support staff.

    A consultation of mayors or general directors gets a vacant voting seat for each municipality
    that belongs to the region today; the chair validates. Raises ``Refused`` for a name without a
    letter or digit, or for such a consultation without a region.
    """
    today = local_date(now)
    function = FUNCTION_BY_KIND.get(kind)
    if function and (region is None or region.kind is not OrganisationKind.REGION):
        raise Refused("Kies de regio: haar gemeenten krijgen elk een zetel.")
    body = Body(
        id=new_id(),
        slug=_free_slug(name),
        name=name,
        kind=kind,
        region=region,
        supporters=list(supporters),
        rhythm=rhythm,
        founded_year=today.year,
        validation_steps=[ValidationStep(position=1, validated_by=ValidatedBy.CHAIR)],
    )
    session().add(body)
    session().flush()
    towns = members_of(region, today) if function and region else []
    for town in towns:
        session().add(Seat(body_id=body.id, organisation=town, function=function, valid_from=today))
    record(Verb.BODY_STARTED, body, by=by, now=now, reason=_vacant(len(towns)))
    role = RoleAssignment(id=new_id(), person=by, role=Role.SUPPORT, body=body, valid_from=today)
    session().add(role)
    record(Verb.ROLE_GRANTED, role, by=by, now=now)
    session().flush()
    return body


def _vacant(number: int) -> str:
    return f"met {number} vrije zetels, één per gemeente" if number else ""


def _free_slug(name: str) -> str:
    base = slugify(name)[:60].strip("-")
    if not base:
        raise Refused("Geef een naam met minstens één letter of cijfer.")
    taken = set(session().scalars(select(Body.slug).where(Body.slug.startswith(base)))) | {"nieuw"}
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def change_body(
    body: Body, settings: BodySettings, *, revision: int, by: Actor, now: datetime
) -> None:
    """Set a body's habits. The address (slug) stays: people have it in their mails.

    ``revision`` is the one the page was opened with; raises ``EditConflict`` when somebody saved
    since, and ``Refused`` for more than three steps or a quorum of nobody.
    """
    if revision != body.revision:
        raise EditConflict(
            "Iemand anders wijzigde deze instellingen net voor u. Wat u typte staat hieronder; "
            "bewaar opnieuw als u dat wilt behouden."
        )
    if len(settings.steps) > MOST_STEPS:
        raise Refused("Een overleg heeft hoogstens drie stappen van validatie.")
    body.name = settings.name
    body.short_name = settings.short_name
    body.kind = settings.kind
    body.region = settings.region
    body.supporters = list(settings.supporters)
    body.rhythm = settings.rhythm
    body.description = settings.description
    body.default_place = settings.default_place
    body.default_duration_minutes = settings.default_duration_minutes
    body.proposal_deadline_days = settings.proposal_deadline_days
    body.agenda_deadline_days = settings.agenda_deadline_days
    body.outcomes_deadline_days = settings.outcomes_deadline_days
    _set_steps(body, settings.steps)
    flag_modified(body, "name")  # a change of steps alone is a new revision too
    session().flush()
    record(Verb.BODY_CHANGED, body, by=by, now=now)


def _set_steps(body: Body, steps: Sequence[Step]) -> None:
    while len(body.validation_steps) > len(steps):
        body.validation_steps.pop()
    for place, step in enumerate(steps):
        if place == len(body.validation_steps):
            body.validation_steps.append(ValidationStep(position=place + 1))
        row = body.validation_steps[place]
        row.validated_by = step.validated_by
        row.quorum = step.quorum
        row.majority_percent = step.majority_percent
        row.days_to_answer = step.days_to_answer
