"""What was noted of an outcome by mistake: taken away, put back, or written again."""

from datetime import datetime

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaItem
from overleg.agenda.states import ItemState
from overleg.decisions.models import DroppedOutcome, Outcome
from overleg.decisions.queries.actions import vote_of
from overleg.decisions.states import OutcomeKind, OutcomeState
from overleg.decisions.workflow.dropping import drop_outcome
from overleg.decisions.workflow.outcomes import Agreed, make_ready, note_outcome
from overleg.decisions.workflow.votes import in_words
from overleg.lib.errors import NotPossible
from overleg.organisations.states import NotesVotes
from overleg.scheduling.states import MeetingState
from tests.decisions.conftest import Held, Released
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


@pytest.fixture
def mistaken(held: Held, cast: Cast, session: Session, now: datetime) -> Outcome:
    """An agreement noted at the wrong point."""
    agreed = Agreed(OutcomeKind.AGREEMENT, "Samen kopen", "<p>We kopen samen.</p>")
    outcome = note_outcome(held.open_item, agreed, by=cast.support, now=now)
    session.commit()
    return outcome


def state_of(item: AgendaItem) -> ItemState:
    """Where a point stands by now."""
    return item.state


def test_it_is_dropped_with_a_reason_and_put_back_as_it_was(
    sign_in_as: SignInAs, cast: Cast, held: Held, mistaken: Outcome, session: Session
) -> None:
    address, tab = f"/uitkomsten/{mistaken.id}", f"/vergaderingen/{held.meeting.id}/uitkomsten"
    support, chair = sign_in_as(cast.support), sign_in_as(cast.chair)
    assert chair.get(f"{address}/schrappen").status_code == 403
    asking = support.get(f"{address}/schrappen").text
    assert "Ze verdwijnt uit het verslag en uit de lijst" in asking
    assert support.send(f"{address}/schrappen", {}).status_code == 422
    outcome_id = mistaken.id
    assert support.send(f"{address}/schrappen", {"reason": "Verkeerd punt"}).status_code == 302
    session.expire_all()
    assert session.get(Outcome, outcome_id) is None
    assert state_of(held.open_item) is ItemState.SCHEDULED
    listed = support.get(tab).text
    assert "We kopen samen." in listed
    assert "Verkeerd punt" in listed
    assert "We kopen samen." not in chair.get(tab).text
    history = f"/vergaderingen/{held.meeting.id}/historiek"
    assert "schrapte de uitkomst" in support.get(history).text
    assert chair.get(address).status_code == 404
    assert "Deze uitkomst is geschrapt." in support.get(support.get(address).location).text
    assert chair.press(f"{address}/terugzetten").status_code == 404
    assert support.press(f"{address}/terugzetten").status_code == 302
    session.expire_all()
    again = session.get_one(Outcome, outcome_id)
    assert (again.title, again.state) == ("Samen kopen", OutcomeState.DRAFT)
    assert state_of(held.open_item) is ItemState.TREATED
    assert session.get(DroppedOutcome, outcome_id) is None
    once_more = support.press(f"{address}/terugzetten")
    assert once_more.status_code == 302
    assert "De uitkomst was al teruggezet." in support.get(once_more.location).text


def test_who_writes_while_it_is_dropped_reads_that_and_gets_the_text_back(
    sign_in_as: SignInAs, cast: Cast, mistaken: Outcome, now: datetime
) -> None:
    address = f"/uitkomsten/{mistaken.id}"
    drop_outcome(mistaken, reason="Verkeerd punt", by=cast.support, now=now)
    typed = {"kind": "agreement", "title": "Samen aankopen", "revision": "1"}
    answer = sign_in_as(cast.support).press(f"{address}/wijzigen", typed)
    assert answer.status_code == 409
    assert "Iemand anders schrapte deze uitkomst intussen." in answer.text
    assert "Samen aankopen" in answer.text
    elsewhere = sign_in_as(cast.committee_support).press(f"{address}/wijzigen", typed)
    assert elsewhere.status_code == 404


def test_it_is_put_back_with_how_the_table_came_to_it(
    sign_in_as: SignInAs, cast: Cast, mistaken: Outcome, session: Session
) -> None:
    cast.midwest.notes_votes = NotesVotes.VOTES
    session.commit()
    address, support = f"/uitkomsten/{mistaken.id}", sign_in_as(cast.support)
    vote = {"agreed_by": "vote", "in_favour": "2", "against": "1"}
    support.send(f"{address}/stemming", {**vote, "reservations": "Tielt: wacht op cijfers"})
    support.send(f"{address}/schrappen", {"reason": "Verkeerd punt"})
    support.press(f"{address}/terugzetten")
    said = "Bij stemming: 2 voor, 1 tegen, 0 onthoudingen. Voorbehoud: Tielt (wacht op cijfers)."
    assert said in support.get(address).text


def test_an_approved_verslag_is_not_said_to_lose_it(
    sign_in_as: SignInAs, cast: Cast, held: Held, mistaken: Outcome, session: Session
) -> None:
    held.meeting.state = MeetingState.APPROVED
    session.commit()
    support = sign_in_as(cast.support)
    noting = support.get(f"/agendapunten/{mistaken.item_id}/uitkomst").text
    assert "blijft zeggen wat er bij de goedkeuring stond" in noting
    page = support.get(f"/uitkomsten/{mistaken.id}/schrappen").text
    assert "blijft zeggen wat er bij de goedkeuring stond" in page
    assert "Ze verdwijnt uit de lijst; niemand krijgt een mail." in page


def test_a_point_with_another_outcome_stays_treated(
    cast: Cast, held: Held, mistaken: Outcome, now: datetime
) -> None:
    noted = Agreed(OutcomeKind.NOTED, "Kennis", "<p>Kennis.</p>")
    second = note_outcome(held.open_item, noted, by=cast.support, now=now)
    drop_outcome(mistaken, reason="Dubbel", by=cast.support, now=now)
    assert state_of(held.open_item) is ItemState.TREATED
    drop_outcome(second, reason="Ook niet", by=cast.support, now=now)
    assert state_of(held.open_item) is ItemState.SCHEDULED


def test_what_is_ready_is_not_dropped(cast: Cast, mistaken: Outcome, now: datetime) -> None:
    make_ready(mistaken, by=cast.support, now=now)
    with pytest.raises(NotPossible, match="Neem ze eerst terug"):
        drop_outcome(mistaken, reason="Toch niet", by=cast.support, now=now)


def test_what_is_released_is_not_dropped(cast: Cast, released: Released, now: datetime) -> None:
    with pytest.raises(NotPossible, match="laten uitstappen"):
        drop_outcome(released.outcome, reason="Toch niet", by=cast.support, now=now)


def test_how_the_table_came_to_it_is_written_again_or_taken_away(
    sign_in_as: SignInAs, cast: Cast, mistaken: Outcome, session: Session
) -> None:
    address = f"/uitkomsten/{mistaken.id}/stemming"
    support = sign_in_as(cast.support)
    assert support.get(address).status_code == 409
    cast.midwest.notes_votes = NotesVotes.VOTES
    session.commit()
    assert sign_in_as(cast.chair).get(address).status_code == 403
    vote = {"agreed_by": "vote", "in_favour": "2", "against": "1"}
    assert support.send(address, {"agreed_by": "vote"}).status_code == 422
    for sent, said in (
        ({**vote, "reservations": "Tielt: wacht op cijfers"}, "2 voor, 1 tegen"),
        ({**vote, "in_favour": "3", "against": "0", "reservations": ""}, "3 voor, 0 tegen"),
    ):
        assert support.send(address, sent).status_code == 302
        session.expire_all()
        found = vote_of(mistaken)
        assert found is not None
        assert said in in_words(found)
    assert "3 voor, 0 tegen" in support.get(f"/uitkomsten/{mistaken.id}").text
    assert support.send(address, {"agreed_by": "", "reservations": "Tielt"}).status_code == 422
    assert support.send(address, {"reservations": "Tielt: wacht"}).status_code == 302
    assert support.send(address, {"agreed_by": ""}).status_code == 302
    session.expire_all()
    assert vote_of(mistaken) is None
