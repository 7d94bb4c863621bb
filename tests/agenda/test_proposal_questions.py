"""What a body wants answered: kept by support staff, asked on the form, told on the agenda."""

from datetime import datetime
from io import BytesIO

import pytest
from docx import Document
from sqlalchemy.orm import Session

from overleg.agenda.models import ProposalTemplate
from overleg.agenda.states import Answer, ProposalKind, ProposalState
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import schedule_proposal
from overleg.agenda.workflow.questions import AskedQuestion, keep_questions
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.db import NO_ROW
from tests.agenda.proposing import make_draft, make_meeting
from tests.agenda.test_proposals import FILLED_IN, only, send
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

COST = "Wat kost het?"
OWNER = "Wie trekt het?"
NEWS = "Wat is er nieuw?"
PAGE = "/overleg/midwestoverleg/vragen"


@pytest.fixture
def asked(session: Session, cast: Cast, now: datetime) -> None:
    """Midwest asks the cost of everything, and of information only what is new."""
    general = [
        AskedQuestion(question=COST, is_required=True),
        AskedQuestion(question=OWNER, hint="Een bestuur."),
    ]
    keep_questions(cast.midwest, None, general, revision=NO_ROW, by=cast.support, now=now)
    news = [AskedQuestion(question=NEWS)]
    keep_questions(
        cast.midwest, ProposalKind.INFORMATION, news, revision=NO_ROW, by=cast.support, now=now
    )
    session.commit()


def test_support_staff_keep_the_questions_and_their_order(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.support)
    fields = {
        "rows-0-question": OWNER,
        "rows-0-place": "2",
        "rows-1-question": COST,
        "rows-1-place": "1",
        "rows-1-is_required": "y",
    }
    assert client.send(PAGE, fields).status_code == 302
    page = client.get(PAGE).get_data(as_text=True)
    assert page.index(COST) < page.index(OWNER)
    template = session.query(ProposalTemplate).one()
    assert [(q.question, q.is_required) for q in template.questions] == [
        (COST, True),
        (OWNER, False),
    ]
    dropped = client.send(PAGE, {"rows-0-question": ""})
    assert dropped.status_code == 302
    session.expire_all()
    assert [q.question for q in template.questions] == [OWNER]


def test_a_question_stands_there_once(client: ReadingClient, cast: Cast) -> None:
    client.sign_in(cast.support)
    answer = client.send(PAGE, {"rows-0-question": COST, "rows-1-question": COST})
    assert answer.status_code == 422
    assert "Deze vraag staat er al." in answer.get_data(as_text=True)


def test_only_support_staff_of_the_body_keep_them(sign_in_as: SignInAs, cast: Cast) -> None:
    for person, status in (
        (cast.chair, 403),
        (cast.mayor, 403),
        (cast.secretariat, 403),
        (cast.committee_support, 404),
        (cast.stranger, 404),
    ):
        visitor = sign_in_as(person)
        assert visitor.get(PAGE).status_code == status
        assert visitor.press(PAGE).status_code == status


@pytest.mark.usefixtures("asked")
def test_the_form_asks_them_and_wants_the_required_ones_to_submit(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    page = client.get("/voorstellen/nieuw").get_data(as_text=True)
    assert COST in page
    assert OWNER in page
    assert "Een bestuur." in page
    assert NEWS not in page
    refused = send(client, FILLED_IN | {"actie": "indienen"})
    assert refused.status_code == 422
    assert "Beantwoord deze vraag voor u het voorstel indient." in refused.get_data(as_text=True)
    draft = send(client, FILLED_IN | {"answers-1-answer": "Roeselare", "actie": "bewaren"})
    assert draft.status_code == 302
    pressed = client.press(f"{draft.location}/indienen")
    assert pressed.location.endswith("/wijzigen")
    assert only(session).state is ProposalState.DRAFT
    edited = send(client, {"answers-0-answer": "5.000 euro"}, pressed.location)
    assert edited.status_code == 302
    assert client.press(f"{draft.location}/indienen").status_code == 302
    proposal = only(session)
    assert proposal.state is ProposalState.IN_VALIDATION
    assert [(a.question, a.answer_html) for a in proposal.answers] == [
        (COST, "<p>5.000 euro</p>"),
        (OWNER, "<p>Roeselare</p>"),
    ]
    assert "5.000 euro" in client.get(draft.location).get_data(as_text=True)


@pytest.mark.usefixtures("asked")
def test_another_kind_asks_other_questions_and_loses_no_answer(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    further = {"kind": "information", "answers-0-answer": "5.000 euro", "actie": "verder"}
    page = send(client, FILLED_IN | further).get_data(as_text=True)
    assert NEWS in page
    assert OWNER not in page
    assert "Dit wordt niet meer gevraagd." in page
    assert "5.000 euro" in page
    assert 'value="Hoppinpunten met deelwagens"' in page
    asked_by_script = client.press(
        "/voorstellen/vragen",
        {"body_id": cast.midwest.id, "kind": "information", "answers-0-question": COST},
    )
    assert NEWS in asked_by_script.get_json()["html"]
    assert COST not in asked_by_script.get_json()["html"]


@pytest.mark.usefixtures("asked")
def test_other_answers_alone_are_a_change_as_well(
    client: ReadingClient, cast: Cast, session: Session
) -> None:
    client.sign_in(cast.mayor)
    made = send(client, FILLED_IN | {"answers-0-answer": "Niets", "actie": "bewaren"})
    before = only(session).revision
    address = f"{made.location}/wijzigen"
    assert send(client, {"answers-0-answer": "Alles"}, address).status_code == 302
    assert only(session).revision == before + 1
    stale = client.send(address, {"answers-0-answer": "Iets", "revision": str(before)})
    assert stale.status_code == 409
    assert "Alles" in stale.get_data(as_text=True)
    assert "Iets" in stale.get_data(as_text=True)


@pytest.mark.usefixtures("asked")
def test_the_agenda_tells_each_answer_below_its_question(
    client: ReadingClient, cast: Cast, session: Session, now: datetime
) -> None:
    client.sign_in(cast.mayor)
    send(client, FILLED_IN | {"answers-0-answer": "5.000 euro", "actie": "indienen"})
    proposal = only(session)
    opened = open_round(proposal)
    assert opened is not None
    cast_vote(opened, Answer.AGREE, motive="", by=cast.chair, now=now)
    meeting = make_meeting(session, cast.midwest)
    ensure_fixed_items(meeting, now=now)
    item = schedule_proposal(meeting, proposal, by=cast.support, now=now)
    assert item.explanation_html.endswith("<p><strong>Wat kost het?</strong></p><p>5.000 euro</p>")
    session.commit()
    client.sign_in(cast.support)
    word = client.get(f"/vergaderingen/{meeting.id}/agenda.docx")
    paragraphs = [p.text for p in Document(BytesIO(word.data)).paragraphs]
    assert paragraphs.index("5.000 euro") == paragraphs.index(COST) + 1


def test_a_body_without_questions_asks_none(
    session: Session, cast: Cast, now: datetime, client: ReadingClient
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    client.sign_in(cast.mayor)
    assert client.press(f"/voorstellen/{draft.id}/indienen").status_code == 302
    assert only(session).state is ProposalState.IN_VALIDATION


def test_what_the_questions_ask_is_not_asked_in_the_hint_too(
    sign_in_as: SignInAs, cast: Cast, asked: None
) -> None:
    own = "wat kost het, wie trekt het?"
    assert own not in sign_in_as(cast.mayor).get("/voorstellen/nieuw").text
    assert own in sign_in_as(cast.committee_mayor).get("/voorstellen/nieuw").text
