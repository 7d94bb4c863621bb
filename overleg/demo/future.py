"""What lies ahead in the demo: the next agenda in the making, and proposals in every state."""

from datetime import datetime, timedelta
from io import BytesIO

from overleg.agenda.models import Proposal
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.states import Answer, Asked
from overleg.agenda.workflow.annexes import add_annex
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import remove_item, schedule_proposal
from overleg.agenda.workflow.sending import send_agenda
from overleg.agenda.workflow.submitting import submit_proposal, withdraw_proposal
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.demo.annex import one_page_pdf
from overleg.demo.coming import COMING, Coming
from overleg.demo.story import Story
from overleg.demo.topics import DISCUSS, NOTED, Stage, Topic
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.organisations.models import Body
from overleg.organisations.states import OF_ONE
from overleg.scheduling.models import Meeting
from overleg.scheduling.workflow import cancel_meeting


def play_future(story: Story) -> None:
    """Prepare the next meeting, fill its pool, and leave proposals in every other state."""
    coming = [meeting for meeting in story.meetings if meeting.ends_at_utc > story.now]
    if len(coming) < 2:
        return
    following, last = coming[0], coming[-1]
    at = story.now - timedelta(days=9)
    subjects = COMING[story.body.kind]
    own = [body for body in story.region.bodies.values() if not body.is_external]
    elsewhere = next((body for body in own if body is not story.body), None)
    _prepare(story, subjects, following, at)
    for title, asked in subjects.in_pool:
        _validated(story, title, asked, following, at)
    for title, asked in subjects.in_validation:
        _submitted(story, title, asked, coming[1], story.now - timedelta(days=1))
    _ended(story, subjects, coming[1], at)
    if elsewhere is not None:
        _answered(
            story, subjects.referred, coming[1], at, Answer.REFER,
            "Dit bereiden we beter eerst ambtelijk voor.", refer_to=elsewhere,
        )  # fmt: skip
    if len(coming) > 3:
        cancel_meeting(
            last,
            reason="Valt samen met de plechtige opening van het streekhuis.",
            by=story.region.support,
            now=story.now - timedelta(days=2),
        )


def _prepare(story: Story, subjects: Coming, meeting: Meeting, at: datetime) -> None:
    proposals = [
        _validated(story, title, asked, meeting, at, circle=circle)
        for title, asked, circle in subjects.on_agenda
    ]
    prepared = story.now - timedelta(days=1)
    ensure_fixed_items(meeting, now=prepared)
    for proposal in proposals:
        schedule_proposal(meeting, proposal, by=story.region.support, now=prepared)
    if story.region.slug != "midwest":
        _send_twice(story, meeting, prepared)


def _send_twice(story: Story, meeting: Meeting, at: datetime) -> None:
    """Send the agenda, take a point off again and send what changed."""
    support = story.region.support
    send_agenda(meeting, message="", by=support, now=at)
    last = [item for item in items_of_meeting(meeting) if not item.is_fixed][-1]
    remove_item(last, by=support, now=at + timedelta(hours=2))
    send_agenda(
        meeting, message="Eén punt verhuist naar later.", by=support, now=at + timedelta(hours=3)
    )


def _validated(
    story: Story,
    title: str,
    asked: Asked,
    meeting: Meeting,
    at: datetime,
    *,
    circle: Circle = Circle.ADMINISTRATIONS,
) -> Proposal:
    proposal = _submitted(story, title, asked, meeting, at, circle=circle)
    story.validate(proposal, at=at + timedelta(days=1))
    return proposal


def _submitted(
    story: Story,
    title: str,
    asked: Asked,
    meeting: Meeting,
    at: datetime,
    *,
    circle: Circle = Circle.ADMINISTRATIONS,
) -> Proposal:
    topic, proposal = _drafted(story, title, asked, meeting, at, circle=circle)
    _attach(proposal, story, topic, at)
    submit_proposal(proposal, by=story.submitter(topic), now=at + timedelta(minutes=20))
    return proposal


def _drafted(
    story: Story,
    title: str,
    asked: Asked,
    meeting: Meeting,
    at: datetime,
    *,
    circle: Circle = Circle.ADMINISTRATIONS,
) -> tuple[Topic, Proposal]:
    town = story.region.towns[len(title) % len(story.region.towns)]
    topic = Topic(
        title,
        town.slug,
        "De diensten werkten dit punt samen uit. De nota in bijlage geeft de achtergrond, de "
        "kosten en een voorstel van planning.",
        (),
        circle=circle,
    )
    stage = Stage("voorstel", asked, "", NOTED, "")
    proposal = story.draft(topic, stage, meeting, at=at)
    proposal.title = title
    return topic, proposal


def _attach(proposal: Proposal, story: Story, topic: Topic, at: datetime) -> None:
    lines = [proposal.title, "", f"Nota voor {story.body.name}", "", *_wrapped(topic.explanation)]
    received = receive(file_store(), "nota.pdf", BytesIO(one_page_pdf(lines)))
    by = story.submitter(topic)
    stored = add_stored_file(received, by=by, now=at)
    add_annex(proposal, stored, circle=proposal.circle, by=by, now=at)


def _wrapped(text: str, width: int = 70) -> list[str]:
    lines, line = [], ""
    for word in text.split():
        if len(line) + len(word) > width:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    return [*lines, line]


def _ended(story: Story, subjects: Coming, meeting: Meeting, at: datetime) -> None:
    """A draft, and proposals that were returned, refused and withdrawn."""
    _drafted(story, subjects.draft, DISCUSS, meeting, at)
    _answered(
        story, subjects.returned, meeting, at, Answer.RETURN,
        "Zeg ook wat het kost en wie het ontwerp begeleidt.",
    )  # fmt: skip
    by_one = story.body.validation_steps[0].validated_by in OF_ONE
    _answered(
        story, subjects.refused, meeting, at,
        Answer.REFUSE if by_one else Answer.RETURN,  # a committee advises, it never refuses
        "Dit is een zaak van één gemeente en het gewest.",
    )  # fmt: skip
    topic, proposal = _drafted(story, subjects.withdrawn, DISCUSS, meeting, at)
    by = story.submitter(topic)
    submit_proposal(proposal, by=by, now=at)
    withdraw_proposal(
        proposal, reason="De datum past niet meer.", by=by, now=at + timedelta(days=1)
    )


def _answered(
    story: Story,
    title: str,
    meeting: Meeting,
    at: datetime,
    answer: Answer,
    motive: str,
    *,
    refer_to: Body | None = None,
) -> None:
    proposal = _submitted(story, title, DISCUSS, meeting, at)
    for hours, person in enumerate(story.validators(), 24):
        opened = open_round(proposal)
        if opened is None:
            return
        moment = at + timedelta(hours=hours)
        cast_vote(opened, answer, motive=motive, by=person, now=moment, refer_to=refer_to)
