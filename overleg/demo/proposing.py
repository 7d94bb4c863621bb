"""What people of the demo ask of each other before a proposal is on a table."""

from dataclasses import replace
from datetime import datetime, timedelta

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.states import Asked, ProposalKind
from overleg.agenda.workflow.asking_back import ask_back
from overleg.agenda.workflow.co_submitting import ask_along, confirm_along
from overleg.agenda.workflow.proposals import ProposalContent, change_proposal, draft_proposal
from overleg.agenda.workflow.questions import (
    Answered,
    AskedQuestion,
    answers_of,
    keep_questions,
)
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.db import NO_ROW, session
from overleg.demo.story import Story
from overleg.organisations.models import Organisation
from overleg.organisations.states import BodyKind
from overleg.scheduling.models import Meeting

COST, OWNER, WANTED = "Wat kost het?", "Wie trekt het?", "Wat vragen we aan het overleg?"
QUESTIONS = (
    AskedQuestion(question=WANTED, hint="In één of twee zinnen.", is_required=True),
    AskedQuestion(question=COST, hint="Per gemeente of per inwoner; “niets” is ook een antwoord."),
    AskedQuestion(question=OWNER, hint="Welk bestuur of welke partner bereidt de teksten voor?"),
)
WITH_QUESTIONS = frozenset({"midwestoverleg", "dbo"})
NEWS = (AskedQuestion(question="Wat moeten de leden onthouden?", is_required=True),)


def ask_questions(story: Story, *, at: datetime) -> None:
    """Have the support staff of some bodies keep questions, at a moment in UTC."""
    if story.body.slug not in WITH_QUESTIONS:
        return
    support = story.region.support
    keep_questions(story.body, None, QUESTIONS, revision=NO_ROW, by=support, now=at)
    keep_questions(story.body, ProposalKind.INFORMATION, NEWS, revision=NO_ROW, by=support, now=at)


def play_proposing(story: Story) -> None:
    """Somebody writes for a mayor, two submit together, one waits for its director, one is back.

    Only at tables of mayors, where directors write for them.
    """
    coming = [meeting for meeting in story.meetings if meeting.ends_at_utc > story.now]
    if story.body.kind is not BodyKind.MAYORS_CONSULTATION or len(coming) < 2:
        return
    meeting, at = coming[1], story.now - timedelta(days=4)
    ask_questions(story, at=at)
    towns = story.region.towns
    first, second, third, fourth = [town for town in towns if not town.requires_sign_off][:4]
    signing = next((town for town in towns if town.requires_sign_off), fourth)
    _for_the_mayor(story, first, meeting, at)
    _together(story, second, (third, fourth), meeting, at)
    _waits_for_director(story, signing, meeting, at)
    _asked_back(story, third, meeting, at)
    session().flush()


def _person(story: Story, role: str, town: Organisation) -> Person:
    return story.region.people[f"{role}.{town.slug}"]


def draft_answered(
    story: Story,
    title: str,
    words: str,
    *,
    by: Person,
    submitter: Person,
    town: Organisation,
    meeting: Meeting,
    now: datetime,
    urgent: str = "",
) -> Proposal:
    """A draft that answers what its body asks; ``urgent`` is the motive, where it cannot wait."""
    answers = (
        Answered(
            question=WANTED,
            answer_html="<p>Een akkoord om dit samen uit te werken.</p>",
            is_required=True,
        ),
        Answered(question=COST, answer_html="<p>Twintig cent per inwoner per jaar.</p>"),
        Answered(question=OWNER, answer_html=f"<p>{town.name}.</p>"),
    )
    content = _content(story, title, words, submitter, town, meeting, answers)
    if urgent:
        content = replace(content, is_urgent=True, urgent_motive=urgent)
    return draft_proposal(content, by=by, now=now)


def _content(
    story: Story,
    title: str,
    words: str,
    submitter: Person,
    town: Organisation,
    meeting: Meeting,
    answers: tuple[Answered, ...],
) -> ProposalContent:
    asks = story.body.slug in WITH_QUESTIONS
    return ProposalContent(
        body_id=story.body.id,
        organisation_id=town.id,
        submitter_id=submitter.id,
        title=title,
        explanation_html=f"<p>{words}</p>",
        asked=Asked.DECIDE,
        minutes_needed=15,
        wished_meeting_id=meeting.id,
        answers=answers if asks else (),
    )


def _for_the_mayor(story: Story, town: Organisation, meeting: Meeting, at: datetime) -> None:
    """The director writes, the mayor submits."""
    director = _person(story, "ad", town)
    proposal = draft_answered(
        story,
        "Gedeelde veiligheidscoördinator",
        "De kleinere besturen vinden er geen. Samen kunnen we er twee aanwerven.",
        by=director,
        submitter=_person(story, "burgemeester", town),
        town=town,
        meeting=meeting,
        now=at,
    )
    submit_proposal(proposal, by=director, now=at + timedelta(minutes=30))


def _together(
    story: Story,
    town: Organisation,
    others: tuple[Organisation, Organisation],
    meeting: Meeting,
    at: datetime,
) -> None:
    """Two others are asked along; one confirmed."""
    mayor = _person(story, "burgemeester", town)
    proposal = draft_answered(
        story,
        "Bluswater bij droogte",
        "Vorige zomer stonden de bufferbekkens leeg. De brandweer vraagt vaste afspraken.",
        by=mayor,
        submitter=mayor,
        town=town,
        meeting=meeting,
        now=at,
    )
    asked = [
        ask_along(proposal, _person(story, "burgemeester", other), other, by=mayor, now=at)
        for other in others
    ]
    confirm_along(asked[0], by=asked[0].person, now=at + timedelta(hours=3))
    submit_proposal(proposal, by=mayor, now=at + timedelta(hours=4))


def _waits_for_director(story: Story, town: Organisation, meeting: Meeting, at: datetime) -> None:
    town.requires_sign_off = True
    mayor = _person(story, "burgemeester", town)
    proposal = draft_answered(
        story,
        "Parkeerbeleid voor deelfietsen",
        "Deelfietsen staan overal op het voetpad. Een gelijk reglement helpt de aanbieders en ons.",
        by=mayor,
        submitter=mayor,
        town=town,
        meeting=meeting,
        now=at,
    )
    submit_proposal(proposal, by=mayor, now=at + timedelta(days=1))


def _asked_back(story: Story, town: Organisation, meeting: Meeting, at: datetime) -> None:
    """Support staff corrected it, and its mayor asks it back."""
    mayor, support = _person(story, "burgemeester", town), story.region.support
    title, words = "Samenaankoop van laadpalen", "Samen kopen we laadpalen voor vijftig pleinen."
    proposal = draft_answered(
        story, title, words, by=mayor, submitter=mayor, town=town, meeting=meeting, now=at
    )
    submit_proposal(proposal, by=mayor, now=at)
    session().flush()
    better = "Samen kopen we laadpalen voor zestig pleinen, na een marktverkenning."
    change_proposal(
        proposal,
        _content(
            story,
            title,
            better,
            mayor,
            town,
            meeting,
            answers_of(proposal),
        ),
        revision=proposal.revision,
        by=support,
        now=at + timedelta(days=1),
    )
    ask_back(
        proposal,
        reason="De marktverkenning is net klaar; ik voeg de cijfers toe.",
        by=mayor,
        now=at + timedelta(days=2),
    )
