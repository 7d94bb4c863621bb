"""Each kind of step: who is asked, what is allowed, and advice apart from the decision."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import Proposal
from overleg.agenda.states import Advice, Answer, Asked, ProposalState, RoundState
from overleg.agenda.workflow.validation import decide_round, give_advice
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.documents.states import Circle
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Body, Seat
from overleg.organisations.states import (
    AdviceShown,
    Decides,
    Role,
    ValidatedBy,
    WhenTimeIsOver,
)
from tests.agenda.proposing import make_submitted
from tests.agenda.validating import (
    YESTERDAY,
    add_directors,
    answer,
    give_role,
    mails_to,
    opened_of,
    set_steps,
    subjects_to,
)
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast

COMMITTEE = {"validated_by": ValidatedBy.COMMITTEE, "quorum": 4}
FOR_CHAIR = {**COMMITTEE, "decides": Decides.CHAIR}


@pytest.fixture
def chaired(cast: Cast, session: Session) -> Body:
    """Rivierenland, where six advise and the chair decides."""
    give_role(session, cast.committee_mayor, Role.CHAIR, cast.rivierenland)
    set_steps(session, cast.rivierenland, FOR_CHAIR)
    return cast.rivierenland


def propose(cast: Cast, session: Session, now: datetime) -> Proposal:
    """A proposal for Rivierenland of its support staff, so that the mayor is only the chair."""
    proposal = make_submitted(cast.committee_support, cast.rivierenland, cast.lier, now=now)
    session.commit()
    return proposal


def test_a_round_copies_every_setting_and_keeps_it(
    cast: Cast, session: Session, now: datetime
) -> None:
    directors = add_directors(session, cast, (cast.director, cast.izegem))
    settings = {
        "validated_by": ValidatedBy.BODY,
        "asked_body_id": directors.id,
        "quorum": 1,
        "majority_percent": 66,
        "days_to_answer": 9,
        "decides": Decides.CHAIR,
        "may_return": False,
        "may_refuse": False,
        "may_refer": False,
        "when_time_is_over": WhenTimeIsOver.TO_CHAIR,
    }
    set_steps(session, cast.midwest, settings)
    cast.midwest.advice_shown = AdviceShown.AT_ONCE
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    set_steps(session, cast.midwest, {"validated_by": ValidatedBy.CHAIR})
    opened = opened_of(proposal)
    copied = {key: getattr(opened, key) for key in settings if key != "days_to_answer"}
    assert copied == {key: value for key, value in settings.items() if key != "days_to_answer"}
    assert opened.due_at_utc == now + timedelta(days=9)
    assert opened.advice_shown is AdviceShown.AT_ONCE


def test_only_what_a_step_allows_is_offered_and_taken(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    set_steps(
        session,
        cast.midwest,
        {"validated_by": ValidatedBy.CHAIR, "may_return": False, "may_refer": False},
    )
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    chair = sign_in_as(cast.chair)
    page = chair.get(f"/voorstellen/{proposal.id}/valideren").get_data(as_text=True)
    assert "Akkoord" in page
    assert "Weigeren" in page
    assert "Terug met reden" not in page
    assert "Verwijzen" not in page
    refused = answer(chair, proposal, "return", motive="Te vroeg")
    assert refused.status_code == 422
    assert "In deze stap kiest u akkoord of weigeren." in refused.get_data(as_text=True)
    session.expire_all()
    assert proposal.state is ProposalState.IN_VALIDATION


def test_support_staff_take_a_step_of_their_own(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    set_steps(session, cast.midwest, {"validated_by": ValidatedBy.SUPPORT})
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    assert "Te valideren" in subjects_to(session, cast.support)
    support, chair = sign_in_as(cast.support), sign_in_as(cast.chair)
    assert "Hoppinpunten" in support.get("/voorstellen?toon=valideren").get_data(as_text=True)
    assert chair.get(f"/voorstellen/{proposal.id}/valideren").status_code == 403
    answer(support, proposal, "agree")
    session.expire_all()
    assert proposal.state is ProposalState.VALIDATED
    assert proposal.rounds[0].decision is Answer.AGREE
    assert proposal.rounds[0].decided_by_id == cast.support.id


def test_members_of_another_body_advise_and_then_the_chair_decides(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    directors = add_directors(
        session, cast, (cast.director, cast.izegem), (cast.committee_1, cast.lier)
    )
    set_steps(
        session,
        cast.midwest,
        {"validated_by": ValidatedBy.BODY, "asked_body_id": directors.id, "quorum": 2},
        {"validated_by": ValidatedBy.CHAIR},
    )
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    director, outsider = sign_in_as(cast.director), sign_in_as(cast.committee_1)
    page = sign_in_as(cast.mayor).get(f"/voorstellen/{proposal.id}").get_data(as_text=True)
    assert "Het AD-overleg Midwest – Algemeen directeur Izegem en Lid 1" in page
    for client in (director, outsider):
        assert "Hoppinpunten" in client.get("/").get_data(as_text=True)
        answer(client, proposal, "on_agenda")
    session.expire_all()
    assert [each.state for each in proposal.rounds] == [RoundState.PASSED, RoundState.OPEN]
    assert outsider.get(f"/voorstellen/{proposal.id}").status_code == 200
    answer(sign_in_as(cast.chair), proposal, "agree")
    session.expire_all()
    assert proposal.state is ProposalState.VALIDATED


def test_who_lost_the_seat_in_the_asked_body_no_longer_sees_it(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    directors = add_directors(
        session, cast, (cast.committee_1, cast.lier), (cast.director, cast.izegem)
    )
    step = {"validated_by": ValidatedBy.BODY, "asked_body_id": directors.id, "quorum": 1}
    set_steps(session, cast.midwest, step)
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    client = sign_in_as(cast.committee_1)
    address = f"/voorstellen/{proposal.id}/valideren"
    assert client.get(address).status_code == 200
    for seat in session.scalars(select(Seat).where(Seat.person_id == cast.committee_1.id)):
        seat.valid_to = YESTERDAY
    session.commit()
    assert client.get(address).status_code == 404


def test_what_is_for_mayors_goes_to_the_chair_instead_of_the_directors(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    directors = add_directors(session, cast, (cast.director, cast.izegem))
    step = {"validated_by": ValidatedBy.BODY, "asked_body_id": directors.id, "quorum": 1}
    set_steps(session, cast.midwest, step)
    proposal = make_submitted(
        cast.mayor, cast.midwest, cast.roeselare, now=now, circle=Circle.MAYORS
    )
    session.commit()
    assert opened_of(proposal).validated_by is ValidatedBy.CHAIR
    assert not mails_to(session, cast.director)
    client = sign_in_as(cast.director)
    assert client.get(f"/voorstellen/{proposal.id}/valideren").status_code == 404
    reasons = [entry.reason for entry in history_of([proposal.id])]
    told = "Enkel voor burgemeesters: de voorzitter antwoordt voor het AD-overleg Midwest."
    assert told in reasons


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (
            {"validated_by": ValidatedBy.COMMITTEE, "quorum": 1},
            "De agendacommissie van het Midwestoverleg telt geen leden; er zijn er 1 nodig",
        ),
        (
            {"validated_by": ValidatedBy.BODY, "quorum": 2},
            "kan 1 lid antwoorden; er zijn er 2 nodig",
        ),
    ],
)
def test_a_step_that_points_at_too_few_waits_visibly(
    cast: Cast,
    session: Session,
    now: datetime,
    sign_in_as: SignInAs,
    step: dict[str, object],
    told: str,
) -> None:
    directors = add_directors(session, cast, (cast.director, cast.izegem))
    if step["validated_by"] is ValidatedBy.BODY:
        step = {**step, "asked_body_id": directors.id}
    set_steps(session, cast.midwest, step)
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=now)
    session.commit()
    assert proposal.state is ProposalState.SUBMITTED
    assert told in sign_in_as(cast.mayor).get(f"/voorstellen/{proposal.id}").get_data(as_text=True)
    assert subjects_to(session, cast.support) == ["Validatie kan niet starten"]
    assert told in mails_to(session, cast.support)[0].text


def test_members_advise_with_a_motive_and_read_each_other_afterwards(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs, chaired: Body
) -> None:
    proposal = propose(cast, session, now)
    first, second = sign_in_as(cast.committee_1), sign_in_as(cast.committee_2)
    missing = answer(first, proposal, "not_ripe")
    assert missing.status_code == 422
    answer(first, proposal, "not_ripe", motive="De cijfers ontbreken.")
    address = f"/voorstellen/{proposal.id}/valideren"
    for page in (address, f"/voorstellen/{proposal.id}"):
        assert "De cijfers ontbreken" not in second.get(page).get_data(as_text=True)
    answer(second, proposal, "for_information")
    assert "De cijfers ontbreken" in second.get(address).get_data(as_text=True)
    support = sign_in_as(cast.committee_support).get(f"/voorstellen/{proposal.id}")
    assert "nog niet rijp" in support.get_data(as_text=True)


def test_members_read_each_other_at_once_where_the_body_has_it_so(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    cast.rivierenland.advice_shown = AdviceShown.AT_ONCE
    proposal = propose(cast, session, now)
    answer(sign_in_as(cast.committee_1), proposal, "not_ripe", motive="De cijfers ontbreken.")
    page = sign_in_as(cast.committee_2).get(f"/voorstellen/{proposal.id}/valideren")
    assert "De cijfers ontbreken" in page.get_data(as_text=True)


def test_the_submitter_reads_the_decision_and_never_who_advised_what(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    give_role(session, cast.committee_1, Role.CHAIR, cast.rivierenland)
    set_steps(session, cast.rivierenland, {**FOR_CHAIR, "quorum": 1})
    proposal = make_submitted(cast.committee_mayor, cast.rivierenland, cast.bornem, now=now)
    session.commit()
    answer(sign_in_as(cast.committee_2), proposal, "not_ripe", motive="Slecht geschreven.")
    chair = sign_in_as(cast.committee_1)
    answer(chair, proposal, "return", motive="Wat kost het?", **{"as": "decision"})
    session.expire_all()
    assert proposal.state is ProposalState.RETURNED
    page = sign_in_as(cast.committee_mayor).get(f"/voorstellen/{proposal.id}")
    told = page.get_data(as_text=True)
    assert "Wat kost het?" in told
    assert "Slecht geschreven" not in told
    assert "nog niet rijp" not in told


def test_the_chair_decides_once_the_quorum_advised(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs, chaired: Body
) -> None:
    proposal = propose(cast, session, now)
    chair = sign_in_as(cast.committee_mayor)
    address = f"/voorstellen/{proposal.id}/valideren"
    for member in cast.committee[:3]:
        answer(sign_in_as(member), proposal, "on_agenda")
    assert "zodra er 4 adviezen zijn" in chair.get(address).get_data(as_text=True)
    early = answer(chair, proposal, "agree")
    assert early.status_code == 409
    assert "u kunt beslissen vanaf 4" in early.get_data(as_text=True)
    answer(sign_in_as(cast.committee_4), proposal, "return", motive="Nog eens bekijken")
    assert opened_of(proposal).passed_to_chair_at_utc is None
    assert subjects_to(session, cast.committee_mayor) == ["Te beslissen"]
    page = chair.get(address).get_data(as_text=True)
    assert "3 × op de agenda" in page
    assert "Nog eens bekijken" in page
    assert "Nog geen antwoord van Lid 5" in page
    answer(chair, proposal, "agree")
    session.expire_all()
    assert proposal.state is ProposalState.VALIDATED
    decided = proposal.rounds[0]
    assert (decided.decision, decided.decided_by_id) == (Answer.AGREE, cast.committee_mayor.id)
    assert Verb.PROPOSAL_STEP_DECIDED in {entry.verb for entry in history_of([proposal.id])}


def test_the_chair_decides_after_the_term_with_what_there_is(
    cast: Cast, session: Session, now: datetime, chaired: Body
) -> None:
    proposal = propose(cast, session, now)
    opened = opened_of(proposal)
    later = opened.due_at_utc
    with pytest.raises(NotPossible):
        decide_round(opened, Answer.AGREE, reason="", by=cast.committee_mayor, now=now)
    decide_round(opened, Answer.AGREE, reason="", by=cast.committee_mayor, now=later)
    assert opened.decision is Answer.AGREE


def test_a_majority_is_written_down_as_the_decision_with_its_reason(
    cast: Cast, session: Session, now: datetime
) -> None:
    proposal = propose(cast, session, now)
    opened = opened_of(proposal)
    for number, member in enumerate(cast.committee[:4]):
        advice = Advice.NOT_RIPE if number % 2 else Advice.RETURN
        give_advice(opened, advice, motive=f"Reden {number}", by=member, now=now)
    assert proposal.state is ProposalState.RETURNED
    assert opened.decision is Answer.RETURN
    assert opened.decided_by is cast.committee_4
    told = "De agendacommissie zegt:\n– Reden 0\n– Reden 1\n– Reden 2\n– Reden 3"
    assert opened.decision_reason == told
    assert proposal.state_reason == opened.decision_reason
    returned, last_answer = history_of([proposal.id])[:2]
    assert (returned.verb, returned.actor_name) == (Verb.PROPOSAL_RETURNED, "De agendacommissie")
    assert returned.actor_id is None
    assert (last_answer.verb, last_answer.actor_id) == (Verb.PROPOSAL_VOTED, cast.committee_4.id)


def test_a_member_cannot_refuse_and_a_chair_cannot_decide_what_a_majority_does(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    give_role(session, cast.committee_mayor, Role.CHAIR, cast.rivierenland)
    proposal = propose(cast, session, now)
    refused = answer(sign_in_as(cast.committee_1), proposal, "refuse", motive="Nooit")
    assert refused.status_code == 422
    opened = opened_of(proposal)
    with pytest.raises(NotPossible, match="de meerderheid"):
        decide_round(opened, Answer.AGREE, reason="", by=cast.committee_mayor, now=now)
    with pytest.raises(Refused, match="In deze stap kiest u op de agenda"):
        give_advice(opened, Advice.REFER, motive="Elders", by=cast.committee_1, now=now)


def test_mostly_for_information_is_suggested_and_changes_nothing_by_itself(
    cast: Cast, session: Session, now: datetime, sign_in_as: SignInAs
) -> None:
    proposal = propose(cast, session, now)
    opened = opened_of(proposal)
    for advice, member in zip(
        [Advice.FOR_INFORMATION] * 3 + [Advice.ON_AGENDA], cast.committee, strict=False
    ):
        give_advice(opened, advice, motive="", by=member, now=now)
    session.commit()
    assert proposal.state is ProposalState.VALIDATED
    assert proposal.asked is Asked.DISCUSS
    told = "adviseerden <strong>ter info</strong>"
    support = sign_in_as(cast.committee_support)
    assert told in support.get(f"/voorstellen/{proposal.id}").get_data(as_text=True)
    ready = [m for m in mails_to(session, cast.committee_support) if "Klaar" in m.subject]
    assert "ter kennisname" in ready[0].text
    proposal.asked = Asked.NOTE
    assert told not in support.get(f"/voorstellen/{proposal.id}").get_data(as_text=True)
