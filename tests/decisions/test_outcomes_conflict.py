"""Two people change one outcome: the second reads both texts, and nothing is lost."""

from datetime import datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from overleg.decisions.models import Outcome
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.outcomes import Agreed, change_outcome, note_outcome
from overleg.lib.errors import NotFound
from tests.at_once import ON_BOTH, at_once
from tests.decisions.conftest import Held
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in, shown_forms, text_of


@pytest.fixture
def outcome(held: Held, cast: Cast, session: Session, now: datetime) -> Outcome:
    """An agreement that is not set ready."""
    agreed = Agreed(OutcomeKind.AGREEMENT, "Energie", "<p>Samen doen.</p>")
    noted = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    session.commit()
    return noted


@pytest.fixture
def two(sign_in_as: SignInAs, cast: Cast) -> list[ReadingClient]:
    """Two browsers of support staff."""
    return [sign_in_as(cast.support), sign_in_as(cast.support)]


def address(outcome: Outcome) -> str:
    return f"/uitkomsten/{outcome.id}/wijzigen"


def form_on(page: str) -> dict[str, Any]:
    """What stands in the form of an outcome."""
    forms = [form for form in shown_forms(parse(page)) if "text_html" in filled_in(form)]
    return filled_in(forms[-1])


@ON_BOTH
def test_who_saves_an_outcome_second_reads_both_texts_and_goes_on(
    outcome: Outcome, two: list[ReadingClient], session: Session, database_kind: str
) -> None:
    opened = [form_on(client.get(address(outcome)).text) for client in two]
    first = {**opened[0], "kind": "advice", "text_html": "Woorden van de eerste."}
    second = {**opened[1], "text_html": "Woorden van de tweede."}
    assert two[0].press(address(outcome), first).status_code == 302
    late = two[1].press(address(outcome), second)
    assert late.status_code == 409, database_kind
    page = text_of(parse(late.text))
    assert "Iemand anders bewaarde deze uitkomst terwijl u typte." in page
    assert "Nu bewaard: Energie Woorden van de eerste." in page
    assert two[1].press(address(outcome), {**second, "revision": ""}).status_code == 409
    shown = form_on(late.text)
    assert (shown["kind"], shown["text_html"].strip()) == ("agreement", "Woorden van de tweede.")
    session.expire_all()
    assert outcome.text_html == "<p>Woorden van de eerste.</p>"
    assert two[1].press(address(outcome), shown).status_code == 302
    session.expire_all()
    assert outcome.text_html == "<p>Woorden van de tweede.</p>"


@ON_BOTH
def test_of_two_who_save_an_outcome_at_once_one_reads_both_texts(
    outcome: Outcome, two: list[ReadingClient], database_kind: str
) -> None:
    opened = [form_on(client.get(address(outcome)).text) for client in two]
    here, told = address(outcome), []

    def save(number: int, client: ReadingClient) -> int:
        typed = {**opened[number], "text_html": f"Woorden van {number}."}
        answer = client.press(here, typed)
        told.append(answer.text)
        return answer.status_code

    assert at_once(two, save) == [302, 409], database_kind
    assert any("Nu bewaard: Energie" in page for page in told)


def test_who_changes_what_another_dropped_meanwhile_is_told(
    outcome: Outcome, cast: Cast, session: Session, now: datetime
) -> None:
    revision = outcome.revision
    with Session(session.get_bind()) as elsewhere:
        elsewhere.delete(elsewhere.get_one(Outcome, outcome.id))
        elsewhere.commit()
    agreed = Agreed(OutcomeKind.AGREEMENT, "Energie", "<p>Later.</p>")
    with pytest.raises(NotFound, match="schrapte deze uitkomst intussen"):
        change_outcome(outcome, agreed, revision=revision, by=cast.support, now=now)
