"""Asking a submitted proposal back, and seeing what others changed in it."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import Answer, ProposalState, RoundState
from overleg.agenda.workflow.asking_back import ask_back, give_back
from overleg.agenda.workflow.revisions import changes_by_others
from overleg.agenda.workflow.submitting import submit_proposal
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.lib.errors import NotPossible
from tests.agenda.proposing import make_draft, make_submitted
from tests.agenda.test_proposal_for_others import mails_to
from tests.agenda.test_proposals import only, send
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast


@pytest.fixture
def submitted(session: Session, cast: Cast, now: datetime) -> Proposal:
    """What the mayor of Roeselare submitted."""
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now, title="Waterbom")
    session.commit()
    return proposal


def test_it_is_asked_back_and_given_back(
    sign_in_as: SignInAs, cast: Cast, session: Session, submitted: Proposal
) -> None:
    address = f"/voorstellen/{submitted.id}"
    mayor, support = sign_in_as(cast.mayor), sign_in_as(cast.support)
    assert mayor.press(f"{address}/terugvragen").status_code == 422
    reason = {"ask_back-reason": "De cijfers van 2025 zijn er."}
    assert mayor.press(f"{address}/terugvragen", reason).status_code == 302
    assert "vroeg het terug om het te wijzigen" in mayor.get(address).get_data(as_text=True)
    assert mayor.press(f"{address}/terugvragen", reason).status_code == 409
    assert "Teruggevraagd: Waterbom" in mails_to(session, cast.support)
    tasks = support.get("/").get_data(as_text=True)
    assert "Teruggevraagd" in tasks
    assert "De cijfers van 2025 zijn er." in tasks
    assert support.press(f"{address}/teruggeven").status_code == 302
    session.expire_all()
    assert submitted.state is ProposalState.RETURNED
    assert [each.state for each in submitted.rounds] == [RoundState.STOPPED]
    assert "De cijfers van 2025 zijn er." in mayor.get(address).get_data(as_text=True)
    assert "Teruggestuurd: Waterbom" in mails_to(session, cast.mayor)
    assert mayor.press(f"{address}/indienen").status_code == 302
    assert only(session).state is ProposalState.IN_VALIDATION
    assert only(session).asked_back_at_utc is None


def test_it_is_not_given_back_with_a_reason(
    sign_in_as: SignInAs, cast: Cast, session: Session, submitted: Proposal, now: datetime
) -> None:
    ask_back(submitted, reason="Nog eens nalezen.", by=cast.mayor, now=now)
    session.commit()
    address, support = f"/voorstellen/{submitted.id}", sign_in_as(cast.support)
    refused = support.press(f"{address}/niet-teruggeven")
    assert refused.status_code == 422
    assert '<a href="#keep-reason">Reden: ' in refused.text
    given = {"keep-reason": "De agenda vertrekt vandaag."}
    assert support.press(f"{address}/niet-teruggeven", given).status_code == 302
    session.expire_all()
    assert submitted.state is ProposalState.IN_VALIDATION
    assert "Komt niet terug: Waterbom" in mails_to(session, cast.mayor)
    assert support.press(f"{address}/teruggeven").status_code == 409
    assert "Teruggevraagd" not in support.get("/").get_data(as_text=True)


def test_who_validates_it_reads_that_it_was_asked_back_before_answering(
    sign_in_as: SignInAs, cast: Cast, session: Session, submitted: Proposal, now: datetime
) -> None:
    address, chair = f"/voorstellen/{submitted.id}", sign_in_as(cast.chair)
    assert "eruggevraagd" not in chair.get(f"{address}/valideren").text
    ask_back(submitted, reason="De cijfers van 2025 zijn er.", by=cast.mayor, now=now)
    session.commit()
    page = chair.get(f"{address}/valideren").text
    assert page.index("De cijfers van 2025 zijn er.") < page.index("Uw antwoord")
    assert chair.press(f"{address}/teruggeven").status_code == 302


def test_the_sentence_speaks_to_who_answers_and_to_who_gives_back(
    sign_in_as: SignInAs, cast: Cast, session: Session, submitted: Proposal, now: datetime
) -> None:
    address, chair = f"/voorstellen/{submitted.id}", sign_in_as(cast.chair)
    asked = "U antwoordt uiterlijk op 7 maart 2026."
    assert asked in chair.get(address).text
    assert asked not in sign_in_as(cast.mayor).get(address).text
    ask_back(submitted, reason="De cijfers van 2025 zijn er.", by=cast.mayor, now=now)
    session.commit()
    decides = "De indiener vroeg het terug; u beslist hieronder."
    for person, told in (
        (cast.chair, decides),
        (cast.support, decides),
        (cast.mayor, "de voorzitter of de ondersteuners antwoorden daarop."),
    ):
        assert told in sign_in_as(person).get(address).text


def test_only_its_own_side_asks_and_only_who_steers_answers(
    sign_in_as: SignInAs, cast: Cast, submitted: Proposal
) -> None:
    address = f"/voorstellen/{submitted.id}"
    assert sign_in_as(cast.chair).press(f"{address}/terugvragen").status_code == 403
    assert sign_in_as(cast.mayor).press(f"{address}/teruggeven").status_code == 403
    assert sign_in_as(cast.mayor).press(f"{address}/niet-teruggeven").status_code == 403
    stranger = sign_in_as(cast.stranger)
    for action in ("terugvragen", "teruggeven", "niet-teruggeven"):
        assert stranger.press(f"{address}/{action}").status_code == 404


def test_from_the_agenda_on_it_does_not_come_back(
    session: Session, cast: Cast, submitted: Proposal, now: datetime
) -> None:
    submitted.state = ProposalState.SCHEDULED
    with pytest.raises(NotPossible, match="al op een agenda"):
        ask_back(submitted, reason="Toch nog iets.", by=cast.mayor, now=now)
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=now)
    with pytest.raises(NotPossible):
        ask_back(draft, reason="Iets.", by=cast.mayor, now=now)
    with pytest.raises(NotPossible):
        give_back(draft, by=cast.support, now=now)


def test_the_submitter_sees_word_by_word_what_others_changed(
    sign_in_as: SignInAs, cast: Cast, session: Session, submitted: Proposal, now: datetime
) -> None:
    address = f"/voorstellen/{submitted.id}"
    mayor = sign_in_as(cast.mayor)
    assert "Wat anderen wijzigden" not in mayor.get(address).get_data(as_text=True)
    changed = {"title": "Waterbommen", "explanation": "Samen tien deelwagens plaatsen."}
    corrected = send(sign_in_as(cast.support), changed, f"{address}/wijzigen")
    assert corrected.status_code == 302
    page = mayor.get(address).get_data(as_text=True)
    assert "Wat anderen wijzigden" in page
    assert "Door Ondersteuner Midwest" in page
    assert '<ins><span class="visually-hidden">[toegevoegd: </span>tien<' in page
    assert '<del><span class="visually-hidden">[geschrapt: </span>Waterbom<' in page
    changes = changes_by_others(submitted)
    assert changes is not None
    assert [name for name, _pieces in changes.facts] == ["Titel"]


def test_it_is_seen_on_what_came_back_and_gone_once_it_is_submitted_again(
    session: Session, cast: Cast, sign_in_as: SignInAs, submitted: Proposal, now: datetime
) -> None:
    address = f"/voorstellen/{submitted.id}"
    send(sign_in_as(cast.support), {"title": "Waterbommen"}, f"{address}/wijzigen")
    opened = open_round(submitted)
    assert opened is not None
    later = now + timedelta(hours=1)
    cast_vote(opened, Answer.RETURN, motive="Wat kost het?", by=cast.chair, now=later)
    session.commit()
    mayor = sign_in_as(cast.mayor)
    assert "Wat anderen wijzigden" in mayor.get(address).get_data(as_text=True)
    send(mayor, {"title": "Waterbommen voor iedereen"}, f"{address}/wijzigen")
    assert changes_by_others(submitted) is None
    submit_proposal(submitted, by=cast.mayor, now=later)
    assert changes_by_others(submitted) is None
