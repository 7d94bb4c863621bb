"""Starting a body and changing its settings."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from overleg.accounts.models import Person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import new_id, refuse_stale, session
from overleg.lib.dates import local_date
from overleg.lib.errors import Refused
from overleg.lib.text import slugify, upper_first
from overleg.organisations.models import Body, Organisation, Seat, ValidationStep
from overleg.organisations.queries.organisations import members_of
from overleg.organisations.queries.validators import asked_steps, validators
from overleg.organisations.states import (
    OF_ONE,
    AdviceShown,
    Article,
    BodyKind,
    Decides,
    ItemNumbering,
    NotesVotes,
    OrganisationKind,
    Quorum,
    Role,
    SeatFunction,
    SectionsBy,
    ValidatedBy,
    WhenTimeIsOver,
)
from overleg.organisations.wording import (
    body_in_words,
    changes_in_words,
    steps_in_words,
    validation_in_words,
)
from overleg.organisations.workflow.roles import grant_role

MOST_STEPS = 3
FUNCTION_BY_KIND = {
    BodyKind.MAYORS_CONSULTATION: SeatFunction.MAYOR,
    BodyKind.DIRECTORS_CONSULTATION: SeatFunction.GENERAL_DIRECTOR,
}
"""Whose seats a new body of this kind gets by itself; other kinds start empty."""


@dataclass(frozen=True)
class Step:
    """A validation step as it is asked for; see :class:`ValidationStep` for what each is."""

    validated_by: ValidatedBy
    quorum: int = 1
    majority_percent: int = 50
    days_to_answer: int = 5
    asked_body: Body | None = None
    decides: Decides = Decides.MAJORITY
    may_return: bool = True
    may_refuse: bool = True
    may_refer: bool = True
    when_time_is_over: WhenTimeIsOver = WhenTimeIsOver.REMIND


@dataclass(frozen=True)
class BodySettings:
    """Everything about a body that its support staff can set."""

    name: str
    short_name: str
    article: Article
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
    advice_shown: AdviceShown = AdviceShown.AFTER_OWN
    item_numbering: ItemNumbering = ItemNumbering.MEETING
    sections_by: SectionsBy = SectionsBy.NONE
    notes_votes: NotesVotes = NotesVotes.NONE
    refers_to: Sequence[Body] = ()
    has_public_calendar: bool = False
    quorum: Quorum = Quorum.MAJORITY
    quorum_number: int = 1


def start_body(
    *,
    name: str,
    kind: BodyKind,
    region: Organisation | None,
    supporters: Sequence[Organisation],
    by: Person,
    now: datetime,
    rhythm: str = "",
    article: Article | None = None,
) -> Body:
    """Start a body with sensible habits; ``by`` becomes its support staff.

    A consultation of mayors or general directors gets a vacant voting seat for each municipality
    that belongs to the region today; the chair validates. Without an article the name takes the
    one that it most likely has. Raises ``Refused`` for a name without a
    letter or digit, or for such a consultation without a region.
    """
    today = local_date(now)
    function = FUNCTION_BY_KIND.get(kind)
    if function and (region is None or region.kind is not OrganisationKind.REGION):
        raise Refused("Kies de regio: haar gemeenten krijgen elk een zetel.")
    body = Body(
        id=new_id(),
        slug=free_slug(name),
        name=name,
        article=article or Article.of(name),
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
    grant_role(by, Role.SUPPORT, valid_from=today, by=by, now=now, body=body)
    return body


def _vacant(number: int) -> str:
    return f"met {number} vrije zetels, één per gemeente" if number else ""


def free_slug(name: str) -> str:
    """An address for a new body of this name. Raises ``Refused`` without a letter or digit."""
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

    Rounds of validation under way keep the settings that they were opened with. The journal says
    what each setting was. ``revision`` is the one the page was opened with; raises ``EditConflict``
    when somebody saved since, and ``Refused`` for more than three steps, a step that asks a body
    which cannot answer, or a referral to what is not ours.
    """
    refuse_stale(body, revision, "deze instellingen")
    if len(settings.steps) > MOST_STEPS:
        raise Refused("Een overleg heeft hoogstens drie stappen van validatie.")
    today = local_date(now)
    for position, step in enumerate(settings.steps, 1):
        _check_asked(body, position, step, today)
    for target in settings.refers_to:
        if target.is_external or target.id == body.id:
            raise Refused(f"Naar {target.the_name} kunt u niet verwijzen: kies een ander overleg.")
    before, process = _in_words(body), validation_in_words(asked_steps(body, today))
    body.name = settings.name
    body.short_name = settings.short_name
    body.article = settings.article
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
    body.advice_shown = settings.advice_shown
    body.item_numbering = settings.item_numbering
    body.sections_by = settings.sections_by
    body.notes_votes = settings.notes_votes
    body.quorum = settings.quorum
    body.quorum_number = settings.quorum_number
    body.has_public_calendar = settings.has_public_calendar and not body.is_external
    body.refers_to = list(settings.refers_to)
    _set_steps(body, settings.steps)
    flag_modified(body, "name")  # a change of steps alone is a new revision too
    session().flush()
    if changes := changes_in_words(before, _in_words(body)):
        after = validation_in_words(asked_steps(body, today))
        told = f"{changes}. {after}" if after != process else changes
        record(Verb.BODY_CHANGED, body, by=by, now=now, reason=told)


def _in_words(body: Body) -> dict[str, str]:
    return {**body_in_words(body), **steps_in_words(body.validation_steps)}


def _check_asked(body: Body, position: int, step: Step, today: date) -> None:
    """Refuse a step that asks a body which cannot answer; one that asked it before may stay."""
    if step.validated_by is not ValidatedBy.BODY:
        return
    asked = step.asked_body
    if asked is None:
        raise Refused(f"Kies welk overleg in stap {position} gevraagd wordt.")
    if asked.id == body.id:
        raise Refused(
            f"Stap {position} vraagt {body.the_call_name} zelf. Kies een ander overleg, of de "
            "agendacommissie."
        )
    if asked.is_external:
        raise Refused(
            f"{upper_first(asked.the_name)} is een orgaan van anderen en antwoordt hier niet. Kies "
            f"in stap {position} een ander overleg."
        )
    if asked.id in {each.asked_body_id for each in body.validation_steps}:
        return
    if not validators(body.id, ValidatedBy.BODY, today, asked_body_id=asked.id):
        raise Refused(
            f"Aan de tafel van {asked.the_name} zit nog niemand die kan antwoorden. Geef daar "
            f"eerst zetels, of kies in stap {position} iemand anders."
        )


def _set_steps(body: Body, steps: Sequence[Step]) -> None:
    while len(body.validation_steps) > len(steps):
        body.validation_steps.pop()
    for place, step in enumerate(steps):
        if place == len(body.validation_steps):
            body.validation_steps.append(ValidationStep(position=place + 1))
        row = body.validation_steps[place]
        is_of_one = step.validated_by in OF_ONE
        by_chair = step.validated_by is ValidatedBy.CHAIR
        row.validated_by = step.validated_by
        row.quorum = 1 if is_of_one else step.quorum
        row.majority_percent = step.majority_percent
        row.days_to_answer = step.days_to_answer
        row.asked_body = step.asked_body if step.validated_by is ValidatedBy.BODY else None
        row.decides = Decides.MAJORITY if is_of_one else step.decides
        row.may_return, row.may_refuse = step.may_return, step.may_refuse
        row.may_refer = step.may_refer
        row.when_time_is_over = WhenTimeIsOver.REMIND if by_chair else step.when_time_is_over
