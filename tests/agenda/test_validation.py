"""Validation by a chair and by an agendacommissie, from the pages."""

from datetime import date, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import Proposal
from overleg.agenda.states import Answer, ProposalState, RoundState
from overleg.agenda.workflow.validation import begin_validation, cast_vote, open_round
from overleg.lib.errors import NotPossible
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Body, RoleAssignment, ValidationStep
from overleg.organisations.states import BodyKind, Role, ValidatedBy
from tests.agenda.proposing import make_submitted
from tests.parsing import parse
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of


@pytest.fixture
def for_chair(cast: Cast, session: Session, now: datetime) -> Proposal:
    """A proposal of the mayor of Roeselare that the chair of Midwest is asked about."""
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    return proposal


@pytest.fixture
def for_committee(cast: Cast, session: Session, now: datetime) -> Proposal:
    """A proposal of the mayor of Bornem before the six of Rivierenland."""
    proposal = make_submitted(cast.committee_mayor, cast.rivierenland, cast.bornem, now=now)
    session.commit()
    return proposal


def answer(client: ReadingClient, proposal: Proposal, said: Answer, **fields: str) -> Any:
    """Open the page to validate and press one of its buttons."""
    opened = open_round(proposal)
    assert opened is not None
    address = f"/voorstellen/{proposal.id}/valideren"
    assert client.get(address).status_code == 200
    return client.press(address, {"round_id": opened.id, "answer": said.value, **fields})


def state_of(session: Session, proposal: Proposal) -> ProposalState:
    """The state that the database knows."""
    session.expire_all()
    return proposal.state


def mails_to(session: Session, person: Person) -> list[str]:
    """The subjects of the mails to somebody."""
    return list(
        session.scalars(select(OutboxMessage.subject).where(OutboxMessage.to_email == person.email))
    )


def end_role(session: Session, person: Person, role: Role) -> None:
    """Let somebody's role end before today."""
    for found in session.scalars(
        select(RoleAssignment).where(
            RoleAssignment.person_id == person.id, RoleAssignment.role == role
        )
    ):
        found.valid_to = date(2026, 2, 1)
    session.commit()


def add_sister_body(session: Session, cast: Cast) -> Body:
    """A second body of the region, without validation."""
    sister = Body(
        slug="ad-midwest",
        name="AD-overleg Midwest",
        kind=BodyKind.DIRECTORS_CONSULTATION,
        region_id=cast.midwest.region_id,
    )
    session.add(sister)
    session.commit()
    return sister


def test_one_akkoord_of_the_chair_validates(
    client: ReadingClient, cast: Cast, session: Session, for_chair: Proposal
) -> None:
    client.sign_in(cast.chair)
    assert "Hoppinpunten" in client.get("/voorstellen").get_data(as_text=True)
    assert answer(client, for_chair, Answer.AGREE).location == f"/voorstellen/{for_chair.id}"
    assert state_of(session, for_chair) is ProposalState.VALIDATED
    assert any("Gevalideerd" in subject for subject in mails_to(session, cast.mayor))
    assert any("Klaar voor de agenda" in subject for subject in mails_to(session, cast.support))
    assert "Er wacht niets op uw antwoord" in client.get("/voorstellen").get_data(as_text=True)


def test_what_is_to_be_answered_first_stands_on_top(
    client: ReadingClient, cast: Cast, session: Session, clock: Clock
) -> None:
    for title, days in (("In april", 20), ("Morgen", 1), ("Volgende week", 7)):
        proposal = make_submitted(
            cast.mayor, cast.midwest, cast.roeselare, now=clock.moment, title=title
        )
        (opened,) = proposal.rounds
        opened.due_at_utc = clock.moment + timedelta(days=days)
        clock.advance(minutes=1)
    session.commit()
    client.sign_in(cast.chair)
    page = client.get("/voorstellen?toon=valideren").text
    places = [page.index(f">{title}</a>") for title in ("Morgen", "Volgende week", "In april")]
    assert places == sorted(places)
    newest_first = client.get("/voorstellen?toon=alle").text
    assert newest_first.index("Volgende week") < newest_first.index("In april")


def test_a_return_needs_a_reason_and_can_be_submitted_again(
    sign_in_as: SignInAs, cast: Cast, session: Session, for_chair: Proposal, clock: Clock
) -> None:
    chair, mayor = sign_in_as(cast.chair), sign_in_as(cast.mayor)
    refused = answer(chair, for_chair, Answer.RETURN)
    assert refused.status_code == 422
    told = refused.get_data(as_text=True)
    assert '<a href="#reden-decision-return">Reden: Geef een reden' in told
    assert 'aria-describedby="reden-decision-return-hint reden-decision-return-error"' in told
    assert told.count('aria-invalid="true"') == 1
    answer(chair, for_chair, Answer.RETURN, motive="Wat kost het?")
    assert state_of(session, for_chair) is ProposalState.RETURNED
    page = mayor.get(f"/voorstellen/{for_chair.id}").get_data(as_text=True)
    assert "Reden: Wat kost het?" in page
    assert "U past het aan en dient het opnieuw in." in page
    support = sign_in_as(cast.support).get(f"/voorstellen/{for_chair.id}").text
    assert "De indiener past het aan en dient het opnieuw in." in support
    clock.advance(hours=1)
    assert mayor.press(f"/voorstellen/{for_chair.id}/indienen").status_code == 302
    assert state_of(session, for_chair) is ProposalState.IN_VALIDATION
    assert [r.state for r in for_chair.rounds] == [RoundState.RETURNED, RoundState.OPEN]
    page = mayor.get(f"/voorstellen/{for_chair.id}").get_data(as_text=True)
    assert "stuurde het voorstel" in page
    assert "Wat kost het?" in page


def test_what_was_sent_back_says_so_when_it_returns(
    sign_in_as: SignInAs, cast: Cast, session: Session, for_chair: Proposal, clock: Clock
) -> None:
    chair, address = sign_in_as(cast.chair), f"/voorstellen/{for_chair.id}"
    assert "Eerder teruggestuurd" not in chair.get(f"{address}/valideren").text
    answer(chair, for_chair, Answer.RETURN, motive="Wat kost het?")
    clock.advance(days=1)
    sign_in_as(cast.mayor).press(f"{address}/indienen")
    above, _below = chair.get(f"{address}/valideren").text.split('id="antwoord"')
    told = "<strong>Eerder teruggestuurd</strong> op 2 maart 2026"
    assert told in above
    assert "Wat kost het?" in above
    assert told in sign_in_as(cast.support).get(address).text


def test_an_answer_after_the_end_says_what_it_is_now(
    client: ReadingClient, cast: Cast, session: Session, for_chair: Proposal
) -> None:
    opened = open_round(for_chair)
    assert opened is not None
    client.sign_in(cast.chair)
    answer(client, for_chair, Answer.AGREE)
    late = client.press(
        f"/voorstellen/{for_chair.id}/valideren",
        {"round_id": opened.id, "answer": "refuse", "motive": "Toch niet."},
    )
    assert late.status_code == 409
    assert "is al afgerond: het voorstel is gevalideerd" in late.get_data(as_text=True)
    assert client.get(f"/voorstellen/{for_chair.id}/valideren").status_code == 302


def test_only_validators_answer(
    sign_in_as: SignInAs, cast: Cast, for_chair: Proposal, session: Session
) -> None:
    address = f"/voorstellen/{for_chair.id}/valideren"
    for person, status in (
        (cast.support, 403),
        (cast.mayor, 403),
        (cast.tielt_mayor, 404),
        (cast.stranger, 404),
        (cast.committee_1, 404),
    ):
        opened = open_round(for_chair)
        assert opened is not None
        client = sign_in_as(person)
        assert client.get(address).status_code == status, person.name
        pressed = client.press(address, {"round_id": opened.id, "answer": "agree"})
        assert pressed.status_code == status, person.name


def test_the_chair_refers_to_a_sister_body_and_both_show_the_trail(
    sign_in_as: SignInAs, cast: Cast, session: Session, for_chair: Proposal
) -> None:
    sister = add_sister_body(session, cast)
    cast.midwest.refers_to.append(sister)
    session.commit()
    chair = sign_in_as(cast.chair)
    nowhere = answer(chair, for_chair, Answer.REFER, motive="Voor de AD's.")
    assert nowhere.status_code == 422
    elsewhere = answer(
        chair, for_chair, Answer.REFER, motive="Voor de AD's.", refer_to=cast.denderregio.id
    )
    assert elsewhere.status_code == 422
    answer(chair, for_chair, Answer.REFER, motive="Voor de AD's.", refer_to=sister.id)
    assert state_of(session, for_chair) is ProposalState.REFERRED
    continued = session.scalars(
        select(Proposal).where(Proposal.referred_from_id == for_chair.id)
    ).one()
    assert continued.state is ProposalState.OFFERED
    assert continued.dossier_id == for_chair.dossier_id
    page = sign_in_as(cast.mayor).get(f"/voorstellen/{for_chair.id}").get_data(as_text=True)
    assert "Naar het AD-overleg Midwest. Voor de AD&#39;s." in page


def test_the_committee_decides_once_the_quorum_makes_it_certain(
    sign_in_as: SignInAs, cast: Cast, session: Session, for_committee: Proposal
) -> None:
    for person in cast.committee[:3]:
        answer(sign_in_as(person), for_committee, Answer.AGREE)
    assert state_of(session, for_committee) is ProposalState.IN_VALIDATION
    page = sign_in_as(cast.committee_4).get(f"/voorstellen/{for_committee.id}/valideren")
    told = page.get_data(as_text=True)
    assert "Antwoorden: 3 van 6" in told
    assert "Nog geen antwoord van Lid 4 agendacommissie Rivierenland, Lid 5" in told
    answer(sign_in_as(cast.committee_4), for_committee, Answer.AGREE)
    assert state_of(session, for_committee) is ProposalState.VALIDATED
    shown = sign_in_as(cast.committee_mayor).get(f"/voorstellen/{for_committee.id}").text
    assert "De agendacommissie valideerde het voorstel" in text_of(parse(shown))


def test_a_member_changes_an_answer_while_the_step_is_open(
    client: ReadingClient, cast: Cast, session: Session, for_committee: Proposal
) -> None:
    client.sign_in(cast.committee_1)
    answer(client, for_committee, Answer.REFUSE, motive="Niet rijp.")
    answer(client, for_committee, Answer.AGREE)
    session.expire_all()
    opened = open_round(for_committee)
    assert opened is not None
    assert [(v.answer, v.motive) for v in opened.votes] == [(Answer.AGREE, "")]


def test_most_answers_return_it(
    sign_in_as: SignInAs, cast: Cast, session: Session, for_committee: Proposal
) -> None:
    for person in cast.committee[:4]:
        answer(sign_in_as(person), for_committee, Answer.RETURN, motive=f"Zegt {person.name}")
    assert state_of(session, for_committee) is ProposalState.RETURNED
    page = sign_in_as(cast.committee_mayor).get(f"/voorstellen/{for_committee.id}").text
    assert "Reden: De agendacommissie zegt:\n– Zegt Lid 1 " in page
    assert "\n– Zegt Lid 4 " in page
    assert "De agendacommissie stuurde het voorstel" in text_of(parse(page))
    assert f"{cast.committee_4.name} stuurde het voorstel" not in text_of(parse(page))


def test_who_reads_a_reason_is_said_as_it_is(
    sign_in_as: SignInAs, cast: Cast, session: Session, for_committee: Proposal
) -> None:
    member = sign_in_as(cast.committee_1)
    page = member.get(f"/voorstellen/{for_committee.id}/valideren").text
    assert "De indiener leest deze reden en kan" not in page
    assert "Beslist de meerderheid ook zo, dan leest de indiener ze mee." in page
    answer(member, for_committee, Answer.RETURN, motive="Geen raming.")
    for person in (cast.committee_2, cast.committee_3, cast.committee_4, cast.committee_5):
        answer(sign_in_as(person), for_committee, Answer.AGREE)
    assert state_of(session, for_committee) is ProposalState.VALIDATED
    outvoted = f"/voorstellen/{for_committee.id}"
    assert "Geen raming." not in sign_in_as(cast.committee_mayor).get(outvoted).text
    for person in (cast.committee_support, cast.committee_2):
        assert "Geen raming." in sign_in_as(person).get(outvoted).text


def test_without_a_chair_it_waits_visibly_and_support_staff_start_it_later(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    end_role(session, cast.chair, Role.CHAIR)
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    assert state_of(session, proposal) is ProposalState.SUBMITTED
    assert any("kan niet starten" in s for s in mails_to(session, cast.support))
    page = sign_in_as(cast.mayor).get(f"/voorstellen/{proposal.id}").get_data(as_text=True)
    assert "Het Midwestoverleg heeft op dit ogenblik geen voorzitter." in page
    support = sign_in_as(cast.support)
    assert "Wacht op ondersteuning" in support.get("/voorstellen").get_data(as_text=True)
    assert "Validatie kan niet starten · Midwestoverleg" in support.get("/").text
    support.press(f"/voorstellen/{proposal.id}/validatie-starten")
    assert state_of(session, proposal) is ProposalState.SUBMITTED
    session.add(
        RoleAssignment(
            person_id=cast.tielt_mayor.id,
            role=Role.CHAIR,
            body_id=cast.midwest.id,
            valid_from=date(2026, 1, 1),
        )
    )
    session.commit()
    support.press(f"/voorstellen/{proposal.id}/validatie-starten")
    assert state_of(session, proposal) is ProposalState.IN_VALIDATION
    assert "Validatie kan niet starten" not in support.get("/").text
    assert mails_to(session, cast.tielt_mayor) == ["Te valideren: Hoppinpunten met deelwagens"]
    again = support.press(f"/voorstellen/{proposal.id}/validatie-starten")
    assert again.status_code == 409


@pytest.mark.parametrize(
    ("percent", "words"),
    [(66, "akkoord bij meer dan 66\N{NO-BREAK SPACE}%"), (100, "eenparig akkoord")],
)
def test_who_answers_reads_which_majority_decides(
    sign_in_as: SignInAs,
    cast: Cast,
    session: Session,
    for_committee: Proposal,
    percent: int,
    words: str,
) -> None:
    opened = open_round(for_committee)
    assert opened is not None
    opened.majority_percent = percent
    session.commit()
    for person, page in ((cast.committee_1, "/valideren"), (cast.committee_support, "")):
        seen = sign_in_as(person).get(f"/voorstellen/{for_committee.id}{page}").text
        told = f"nodig, {words} van wie antwoordt; “ter info” telt als akkoord."
        assert told in unescape(seen)


def test_after_the_term_support_staff_close_with_the_quorum(
    sign_in_as: SignInAs, cast: Cast, session: Session, for_committee: Proposal, clock: Clock
) -> None:
    support = sign_in_as(cast.committee_support)
    address = f"/voorstellen/{for_committee.id}/validatie-sluiten"
    assert support.press(address).status_code == 409
    for person, said in zip(
        cast.committee, [Answer.AGREE, Answer.AGREE, Answer.RETURN], strict=False
    ):
        answer(sign_in_as(person), for_committee, said, motive="Kort")
    clock.advance(days=6)
    below = support.press(address)
    assert below.status_code == 409
    assert "Er antwoordden 3 leden; 4 zijn er nodig" in below.get_data(as_text=True)
    answer(sign_in_as(cast.committee_4), for_committee, Answer.AGREE)
    assert support.press(address).status_code == 302
    assert state_of(session, for_committee) is ProposalState.VALIDATED
    page = text_of(parse(support.get(f"/voorstellen/{for_committee.id}").text))
    assert f"{cast.committee_support.name} sloot na de termijn de validatie van" in page
    assert "De agendacommissie valideerde het voorstel" in page


def test_a_second_step_opens_after_the_first(
    sign_in_as: SignInAs, cast: Cast, session: Session, now: datetime
) -> None:
    cast.midwest.validation_steps.append(
        ValidationStep(position=2, validated_by=ValidatedBy.COMMITTEE, quorum=1)
    )
    session.add(
        RoleAssignment(
            person_id=cast.tielt_mayor.id,
            role=Role.COMMITTEE,
            body_id=cast.midwest.id,
            valid_from=date(2026, 1, 1),
        )
    )
    session.flush()
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    answer(sign_in_as(cast.chair), proposal, Answer.AGREE)
    assert state_of(session, proposal) is ProposalState.IN_VALIDATION
    answer(sign_in_as(cast.tielt_mayor), proposal, Answer.AGREE)
    assert state_of(session, proposal) is ProposalState.VALIDATED


def test_a_change_of_the_setting_leaves_a_step_under_way_alone(
    cast: Cast, session: Session, for_committee: Proposal, now: datetime
) -> None:
    cast.rivierenland.validation_steps[0].quorum = 1
    session.commit()
    opened = open_round(for_committee)
    assert opened is not None
    assert opened.quorum == 4
    with pytest.raises(NotPossible):
        begin_validation(for_committee, by=cast.committee_support, now=now)
    assert cast_vote(opened, Answer.AGREE, motive="", by=cast.committee_1, now=now) is None
    assert opened.due_at_utc == now + timedelta(days=5)
