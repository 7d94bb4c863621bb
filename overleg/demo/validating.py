"""Validation in the demo beyond one chair: directors advise the mayors, something urgent, and a
group whose chair left."""

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import select

from overleg.agenda.models import Proposal
from overleg.agenda.states import Advice, ProposalState
from overleg.agenda.workflow.rounds import open_round
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.agenda.workflow.validation import give_advice
from overleg.db import session
from overleg.demo.proposing import draft_answered
from overleg.demo.story import Story
from overleg.lib.dates import local_date
from overleg.organisations.models import Body, RoleAssignment
from overleg.organisations.queries.validators import validators
from overleg.organisations.states import Decides, Role, ValidatedBy, WhenTimeIsOver
from overleg.organisations.workflow.roles import end_role

MAYORS, DIRECTORS = "dbo", "dado"
STEERING = "stuurgroep-regiovorming-denderregio"
ADVISED = (
    (Advice.ON_AGENDA, ""),
    (Advice.NOT_RIPE, "De cijfers van de mutualiteiten komen pas volgende maand."),
)


def play_validating(stories: Sequence[Story]) -> None:
    """The directors of the Denderregio advise its mayors' proposals, and the chair decides."""
    by_slug = {story.body.slug: story for story in stories}
    if not {MAYORS, DIRECTORS} <= by_slug.keys():
        return
    story = by_slug[MAYORS]
    _ask_directors(story.body, by_slug[DIRECTORS].body)
    _advised(story)
    _urgent(story)


def leave_without_chair(stories: Sequence[Story]) -> None:
    """The chair of the steering group stops, and a proposal waits until another one is named."""
    story = next(each for each in stories if each.body.slug == STEERING)
    for proposal in session().scalars(
        select(Proposal)
        .where(
            Proposal.body_id == story.body.id,
            Proposal.state == ProposalState.IN_VALIDATION,
        )
        .order_by(Proposal.created_at_utc, Proposal.id)
    ):
        story.validate(proposal, at=story.now - timedelta(hours=20))
    role = (
        session()
        .scalars(
            select(RoleAssignment).where(
                RoleAssignment.body_id == story.body.id, RoleAssignment.role == Role.CHAIR
            )
        )
        .one()
    )
    yesterday = story.now - timedelta(days=1)
    end_role(role, on=local_date(yesterday), by=story.region.support, now=yesterday)
    _submit(
        story,
        "Wie trekt de werkgroep mobiliteit?",
        "De werkgroep heeft sinds de zomer geen trekker. Wij vragen wie dat volgend jaar wil opnemen, "
        "met een halve dag per week vanuit een intercommunale.",
        days_ago=0,
    )


def _ask_directors(body: Body, directors: Body) -> None:
    (step,) = body.validation_steps
    step.validated_by, step.asked_body = ValidatedBy.BODY, directors
    step.decides, step.when_time_is_over = Decides.CHAIR, WhenTimeIsOver.TO_CHAIR
    step.quorum = len(ADVISED)
    session().flush()


def _advised(story: Story) -> None:
    """Two directors answered; the others, and the chair, still have to."""
    at = story.now - timedelta(days=2)
    proposal = _submit(
        story,
        "Wachttijden bij de huisartsen",
        "In drie gemeenten neemt geen huisarts nog nieuwe patiënten aan. Wij willen samen met de "
        "huisartsenkring een gedeelde praktijk zoeken.",
        days_ago=2,
    )
    opened = open_round(proposal)
    if opened is None:
        return
    people = validators(
        story.body.id,
        ValidatedBy.BODY,
        local_date(at),
        asked_body_id=opened.asked_body_id,
    )
    for hours, (person, (advice, motive)) in enumerate(zip(people, ADVISED, strict=False), 1):
        give_advice(opened, advice, motive=motive, by=person, now=at + timedelta(hours=hours))


def _urgent(story: Story) -> None:
    _submit(
        story,
        "Opvang na de brand in het woonzorgcentrum",
        "Veertig bewoners hebben tijdelijk een andere plaats nodig. Elke gemeente zegt hoeveel "
        "kamers er vrij zijn.",
        days_ago=0,
        urgent="De bewoners moeten dit weekend nog verhuizen.",
    )


def _submit(story: Story, title: str, words: str, *, days_ago: int, urgent: str = "") -> Proposal:
    at = story.now - timedelta(days=days_ago, hours=1)
    town = story.region.towns[-1]
    mayor = story.region.people[f"burgemeester.{town.slug}"]
    meeting = next(meeting for meeting in story.meetings if meeting.starts_at_utc > story.now)
    proposal = draft_answered(
        story,
        title,
        words,
        by=mayor,
        submitter=mayor,
        town=town,
        meeting=meeting,
        now=at,
        urgent=urgent,
    )
    session().flush()
    submit_proposal(proposal, by=mayor, now=at)
    session().flush()
    return proposal
