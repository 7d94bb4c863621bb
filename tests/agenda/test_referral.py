"""A proposal goes on in another body: offered with a choice of annexes, accepted or sent back."""

from io import BytesIO

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import Annex, Proposal, ProposalAnswer
from overleg.agenda.states import Answer, CoSubmitterState, ProposalState
from overleg.agenda.workflow.annexes import add_annex
from overleg.agenda.workflow.co_submitting import ask_along, confirm_along
from overleg.agenda.workflow.offers import accept_offer, send_back_offer
from overleg.agenda.workflow.referral import Along, refer_outside_validation, refer_proposal
from overleg.agenda.workflow.validation import cast_vote, open_round
from overleg.documents.states import Circle
from overleg.documents.views import file_store
from overleg.documents.workflow import add_stored_file, receive
from overleg.lib.errors import NotPossible, Refused
from overleg.mail.models import OutboxMessage
from tests.agenda.preparing import NOW, ready_proposal
from tests.agenda.proposing import PDF, make_submitted
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast

REASON = "Dit raakt ook Rivierenland."


@pytest.fixture
def proposal(app: Flask, session: Session, cast: Cast) -> Proposal:
    """A validated proposal of Roeselare with an open and a confidential annex; a route leads on."""
    cast.midwest.refers_to.append(cast.rivierenland)
    made = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOW)
    for name, circle in (("nota", Circle.ADMINISTRATIONS), ("ramingen", Circle.MAYORS)):
        received = receive(file_store(), f"{name}.pdf", BytesIO(PDF + name.encode()))
        stored = add_stored_file(received, by=cast.mayor, now=NOW)
        add_annex(made, stored, circle=circle, by=cast.mayor, now=NOW)
    made.answers.append(
        ProposalAnswer(position=1, question="Wat kost het?", answer_html="<p>0</p>")
    )
    opened = open_round(made)
    assert opened is not None
    cast_vote(opened, Answer.AGREE, motive="", by=cast.chair, now=NOW)
    session.commit()
    return made


def continuation_of(session: Session, proposal: Proposal) -> Proposal:
    """What it goes on as."""
    session.expire_all()
    return session.scalars(select(Proposal).where(Proposal.referred_from_id == proposal.id)).one()


def refer(session: Session, cast: Cast, proposal: Proposal) -> Proposal:
    """Refer it by hand to Rivierenland."""
    continued = refer_proposal(proposal, cast.rivierenland, reason=REASON, by=cast.support, now=NOW)
    session.commit()
    return continued


def mails(session: Session) -> set[tuple[str | None, str]]:
    """To whom went what."""
    return {
        (mail.to_email, mail.subject.partition(":")[0])
        for mail in session.scalars(select(OutboxMessage))
    }


def test_support_staff_choose_where_it_goes_and_what_goes_along(
    session: Session, cast: Cast, proposal: Proposal, sign_in_as: SignInAs
) -> None:
    browser = sign_in_as(cast.support)
    address = f"/voorstellen/{proposal.id}/verwijzen"
    page = browser.get(address).text
    assert "Regionale mandaatgroep Rivierenland" in page
    confidential = next(a for a in proposal.annexes if a.circle is Circle.MAYORS)
    form = {"to": cast.rivierenland.id, "annexes": [confidential.id], "reason": ""}
    assert browser.press(address, form).status_code == 422
    assert browser.press(address, {**form, "reason": REASON}).status_code == 302
    continued = continuation_of(session, proposal)
    assert continued.state is ProposalState.OFFERED
    assert [annex.title for annex in continued.annexes] == ["ramingen.pdf"]
    assert continued.answers == []
    assert proposal.state is ProposalState.REFERRED
    assert {
        (cast.committee_support.email, "Aangeboden"),
        (cast.mayor.email, "Verwezen"),
    } <= mails(session)


def test_confidential_annexes_stay_behind_unless_chosen(
    session: Session, cast: Cast, proposal: Proposal, sign_in_as: SignInAs
) -> None:
    continued = refer(session, cast, proposal)
    assert [annex.title for annex in continued.annexes] == ["nota.pdf"]
    assert [answer.question for answer in continued.answers] == ["Wat kost het?"]
    both = [annex.id for annex in proposal.annexes]
    browser = sign_in_as(cast.support)
    browser.press(f"/voorstellen/{proposal.id}/meegeven", {"annexes": both})
    continued = continuation_of(session, proposal)
    assert [annex.title for annex in continued.annexes] == ["nota.pdf", "ramingen.pdf"]
    assert continued.answers == []


def test_no_route_no_referral(session: Session, cast: Cast, proposal: Proposal) -> None:
    with pytest.raises(NotPossible, match="kan niet verwezen worden"):
        refer_proposal(proposal, cast.denderregio, reason=REASON, by=cast.support, now=NOW)
    cast.midwest.refers_to.clear()
    session.flush()
    with pytest.raises(NotPossible, match="kan niet verwezen worden"):
        refer_proposal(proposal, cast.rivierenland, reason=REASON, by=cast.support, now=NOW)
    assert proposal.state is ProposalState.VALIDATED


def test_what_the_other_body_corrects_leaves_the_shared_dossier_alone(
    session: Session, cast: Cast, proposal: Proposal, sign_in_as: SignInAs
) -> None:
    dossier, title = proposal.dossier, proposal.title
    continued = refer(session, cast, proposal)
    accept_offer(continued, by=cast.committee_support, now=NOW)
    session.commit()
    browser = sign_in_as(cast.committee_support)
    address = f"/voorstellen/{continued.id}/wijzigen"
    assert browser.send(address, {"title": "Vrij", "circle": "public"}).status_code == 302
    session.expire_all()
    assert (continued.title, continued.circle) == ("Vrij", Circle.PUBLIC)
    assert (dossier.title, dossier.circle) == (title, Circle.ADMINISTRATIONS)


def test_who_confirmed_is_asked_again_when_the_other_body_makes_it_another_text(
    session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    cast.midwest.refers_to.append(cast.rivierenland)
    made = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOW, title="Waterbom")
    asked = ask_along(made, cast.tielt_mayor, cast.tielt, by=cast.mayor, now=NOW)
    confirm_along(asked, by=cast.tielt_mayor, now=NOW)
    opened = open_round(made)
    assert opened is not None
    cast_vote(opened, Answer.AGREE, motive="", by=cast.chair, now=NOW)
    continued = refer(session, cast, made)
    accept_offer(continued, by=cast.committee_support, now=NOW)
    session.commit()
    browser, address = sign_in_as(cast.committee_support), f"/voorstellen/{continued.id}/wijzigen"
    assert browser.send(address, {"title": "Waterbom!"}).status_code == 302
    session.expire_all()
    assert [each.state for each in continued.co_submitters] == [CoSubmitterState.CONFIRMED]
    other = {"title": "Zwembad", "explanation": "Heel andere woorden, die niemand bevestigde."}
    assert browser.send(address, other).status_code == 302
    session.expire_all()
    assert [each.state for each in continued.co_submitters] == [CoSubmitterState.ASKED]
    assert (cast.tielt_mayor.email, "Dient u nog mee in? Zwembad") in mails(session)


def test_the_other_body_accepts_and_its_validation_begins(
    session: Session, cast: Cast, proposal: Proposal, sign_in_as: SignInAs
) -> None:
    continued = refer(session, cast, proposal)
    assert open_round(continued) is None
    browser = sign_in_as(cast.committee_support)
    for path in ("/voorstellen?toon=wachtend", "/"):
        assert proposal.title in browser.get(path).text
    address = f"/voorstellen/{continued.id}"
    assert REASON in browser.get(address).text
    assert browser.press(f"{address}/aanvaarden").status_code == 302
    session.expire_all()
    assert continued.state is ProposalState.IN_VALIDATION
    assert proposal.state is ProposalState.REFERRED
    assert {
        (cast.mayor.email, "Aanvaard"),
        (cast.support.email, "Aanvaard"),
        (cast.committee_1.email, "Te valideren"),
    } <= mails(session)
    assert browser.press(f"{address}/aanvaarden").status_code == 409


def test_the_other_body_sends_it_back_and_it_is_where_it_was(
    session: Session, cast: Cast, proposal: Proposal, sign_in_as: SignInAs
) -> None:
    continued = refer(session, cast, proposal)
    browser = sign_in_as(cast.committee_support)
    address = f"/voorstellen/{continued.id}/terugzenden"
    browser.press(address, {"terug-reason": ""})
    session.expire_all()
    assert continued.state is ProposalState.OFFERED
    browser.press(address, {"terug-reason": "Wij hebben dit al."})
    session.expire_all()
    assert (continued.state, continued.state_reason) == (
        ProposalState.REFUSED,
        "Wij hebben dit al.",
    )
    assert proposal.state is ProposalState.VALIDATED
    assert {(cast.mayor.email, "Teruggekomen"), (cast.support.email, "Teruggekomen")} <= mails(
        session
    )
    page = sign_in_as(cast.mayor).get(f"/voorstellen/{proposal.id}").text
    assert "neemt het niet over. Wij hebben dit al." in page


def test_what_a_step_referred_comes_back_to_that_step(
    app: Flask, session: Session, cast: Cast
) -> None:
    cast.midwest.refers_to.append(cast.rivierenland)
    proposal = make_submitted(cast.mayor, cast.midwest, cast.roeselare, now=NOW)
    opened = open_round(proposal)
    assert opened is not None
    cast_vote(
        opened,
        Answer.REFER,
        motive=REASON,
        by=cast.chair,
        now=NOW,
        refer_to=cast.rivierenland,
    )
    session.flush()
    continued = session.scalars(
        select(Proposal).where(Proposal.referred_from_id == proposal.id)
    ).one()
    with pytest.raises(Refused):
        send_back_offer(continued, reason=" ", by=cast.committee_support, now=NOW)
    send_back_offer(continued, reason="Te vroeg.", by=cast.committee_support, now=NOW)
    assert proposal.state is ProposalState.IN_VALIDATION
    again = open_round(proposal)
    assert again is not None
    assert again.position == opened.position
    with pytest.raises(NotPossible):
        accept_offer(continued, by=cast.committee_support, now=NOW)


def test_the_submitter_follows_it_in_a_body_without_a_seat_there(
    session: Session, cast: Cast, proposal: Proposal, sign_in_as: SignInAs
) -> None:
    continued = refer(session, cast, proposal)
    other = make_submitted(
        cast.committee_mayor, cast.rivierenland, cast.bornem, now=NOW, title="Niet voor Midwest"
    )
    accept_offer(continued, by=cast.committee_support, now=NOW)
    session.commit()
    address = f"/voorstellen/{continued.id}"
    mayor = sign_in_as(cast.mayor)
    page = mayor.get(address)
    assert page.status_code == 200
    assert "De agendacommissie" in page.text
    assert mayor.get(f"/voorstellen/{other.id}").status_code == 404
    assert mayor.get(f"/overleg/{cast.rivierenland.slug}").status_code == 404
    assert f"/overleg/{cast.rivierenland.slug}" not in page.text
    assert "Niet voor Midwest" not in mayor.get("/voorstellen?toon=alle").text
    annex = session.scalars(select(Annex).where(Annex.proposal_id == continued.id)).one()
    assert mayor.get(f"/bijlagen/{annex.id}").status_code == 200
    for person in (cast.stranger, cast.chair, cast.tielt_mayor, cast.support, cast.councillor):
        assert sign_in_as(person).get(address).status_code == 404, person.name


def test_a_colleague_follows_it_in_the_circle_of_where_it_came_from(
    session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    cast.midwest.refers_to.append(cast.rivierenland)
    for circle, status in ((Circle.ADMINISTRATIONS, 200), (Circle.MAYORS, 404)):
        proposal = ready_proposal(
            cast.chair, cast.midwest, cast.izegem, circle.value, circle=circle
        )
        continued = refer(session, cast, proposal)
        found = sign_in_as(cast.director).get(f"/voorstellen/{continued.id}")
        assert found.status_code == status


def test_the_trail_shows_on_both_sides(
    session: Session, cast: Cast, proposal: Proposal, sign_in_as: SignInAs
) -> None:
    continued = refer(session, cast, proposal)
    here = sign_in_as(cast.support).get(f"/voorstellen/{proposal.id}").text
    assert "Weg langs de overleggen" in here
    assert "Regionale mandaatgroep Rivierenland" in here
    assert f"/voorstellen/{continued.id}" not in here
    there = sign_in_as(cast.committee_support).get(f"/voorstellen/{continued.id}").text
    assert "Midwestoverleg" in there
    mayor = sign_in_as(cast.mayor)
    assert f"/voorstellen/{continued.id}" in mayor.get(f"/voorstellen/{proposal.id}").text
    assert f"/voorstellen/{proposal.id}" in mayor.get(f"/voorstellen/{continued.id}").text


def test_only_support_staff_refer_and_answer(
    session: Session, cast: Cast, proposal: Proposal, sign_in_as: SignInAs
) -> None:
    for person in (cast.mayor, cast.chair):
        browser = sign_in_as(person)
        assert browser.get(f"/voorstellen/{proposal.id}/verwijzen").status_code == 403
    continued = refer(session, cast, proposal)
    for person in (cast.mayor, cast.committee_1):
        browser = sign_in_as(person)
        for verb in ("aanvaarden", "terugzenden"):
            pressed = browser.press(f"/voorstellen/{continued.id}/{verb}", {"terug-reason": "x"})
            assert pressed.status_code == 403, person.name
    assert continued.state is ProposalState.OFFERED


def test_what_the_table_treated_goes_on_elsewhere_and_stays_treated(
    session: Session, cast: Cast, proposal: Proposal
) -> None:
    proposal.state = ProposalState.TREATED
    everything = Along([annex.id for annex in proposal.annexes])

    def go_on() -> Proposal:
        return refer_outside_validation(
            proposal,
            cast.rivierenland,
            reason=REASON,
            along=everything,
            by=cast.support,
            now=NOW,
        )

    continued = go_on()
    assert (proposal.state, continued.state) == (ProposalState.TREATED, ProposalState.OFFERED)
    with pytest.raises(NotPossible, match="ligt al bij"):
        go_on()
    send_back_offer(continued, reason="Te vroeg.", by=cast.committee_support, now=NOW)
    assert proposal.state is ProposalState.TREATED
    assert go_on().state is ProposalState.OFFERED
    session.flush()
    assert (cast.mayor.email, "Verwezen") in mails(session)
