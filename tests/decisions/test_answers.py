"""The trekker sees all answers together and replies to remarks for all."""

from datetime import datetime

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from overleg.decisions.models import FollowUp, FollowUpLink, RemarkReply
from overleg.decisions.states import FollowUpState, Organ, OutcomeState
from overleg.mail.models import OutboxMessage
from tests.decisions.conftest import Released
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import text_of


@pytest.fixture
def remarked(pulled: Released, session: Session, now: datetime) -> Released:
    """Tielt made a remark on what DVV Midwest pulls."""
    row = pulled.rows["tielt"]
    row.state, row.remark = FollowUpState.NOTED, "Wie betaalt de studie?"
    row.decided_on = now.date()
    session.commit()
    return pulled


def test_the_trekker_replies_to_a_remark_for_all(
    sign_in_as: SignInAs, cast: Cast, remarked: Released, session: Session
) -> None:
    client = sign_in_as(cast.partner)
    page = f"/uitkomsten/{remarked.outcome.id}/antwoorden"
    assert "Wie betaalt de studie?" in client.get(page).text
    row = remarked.rows["tielt"]
    assert client.press(page, {"row": row.id, "text": ""}).status_code == 422
    answer = client.press(page, {"row": row.id, "text": "De provincie betaalt."})
    assert answer.status_code == 302
    no_remark = client.press(page, {"row": remarked.rows["izegem"].id, "text": "Ja?"})
    assert no_remark.status_code == 409
    seen = sign_in_as(cast.mayor).get(f"/uitkomsten/{remarked.outcome.id}").text
    assert "Wie betaalt de studie?" in seen
    assert "De provincie betaalt." in seen
    told = session.scalars(
        select(OutboxMessage.to_email).where(OutboxMessage.subject.startswith("Antwoord"))
    ).all()
    assert cast.secretariat.email in told
    assert cast.other_secretariat.email not in told


def test_a_reply_to_a_remark_that_is_not_there_goes_to_nobody(
    sign_in_as: SignInAs, cast: Cast, remarked: Released, session: Session
) -> None:
    page = f"/uitkomsten/{remarked.outcome.id}/antwoorden"
    answer = sign_in_as(cast.partner).press(page, {"row": "elders", "text": "De provincie."})
    assert answer.status_code == 404
    assert not session.scalars(select(RemarkReply)).all()


def test_municipalities_are_counted_once_where_two_organs_decide(
    sign_in_as: SignInAs, cast: Cast, remarked: Released, session: Session, now: datetime
) -> None:
    for town in (cast.tielt, cast.izegem):
        council = FollowUp(organisation=town, organ=Organ.COUNCIL, opened_at_utc=now)
        remarked.outcome.follow_ups.append(council)
    session.commit()
    client = sign_in_as(cast.support)
    for part, title in (("antwoorden", "Stand per gemeente"), ("voorstellen", "Per gemeente")):
        page = parse(client.get(f"/uitkomsten/{remarked.outcome.id}/{part}").text)
        assert f"{title} 3" in [text_of(each) for each in page.iter("h2")]


@pytest.mark.parametrize(
    ("who", "status"),
    [("partner", 200), ("support", 200), ("mayor", 403), ("secretariat", 403), ("stranger", 404)],
)
def test_who_sees_all_answers_together(
    sign_in_as: SignInAs, cast: Cast, remarked: Released, who: str, status: int
) -> None:
    page = f"/uitkomsten/{remarked.outcome.id}/antwoorden"
    assert sign_in_as(getattr(cast, who)).get(page).status_code == status


def test_the_trekker_writes_the_text_while_it_is_ready_and_others_do_not_see_it(
    sign_in_as: SignInAs, cast: Cast, remarked: Released, session: Session
) -> None:
    outcome = remarked.outcome
    outcome.state, outcome.released_at_utc = OutcomeState.READY, None
    session.execute(delete(FollowUpLink))
    for row in list(remarked.rows.values()):
        session.delete(row)
    session.commit()
    page = f"/uitkomsten/{outcome.id}/tekst/wijzigen"
    trekker = sign_in_as(cast.partner)
    assert trekker.get(page).status_code == 200
    assert "Tekst nakijken" in trekker.get("/").text
    assert "Bekijken en vrijgeven" in sign_in_as(cast.support).get("/").text
    assert sign_in_as(cast.mayor).get(page).status_code == 404


def test_the_costs_lead_to_the_inhabitants_only_for_who_may_fill_them_in(
    sign_in_as: SignInAs, cast: Cast, remarked: Released
) -> None:
    page, inhabitants = (
        f"/uitkomsten/{remarked.outcome.id}/kosten",
        "/overleg/midwestoverleg/inwoners",
    )
    for who, status in ((cast.support, 200), (cast.partner, 403)):
        client = sign_in_as(who)
        assert client.get(inhabitants).status_code == status
        seen = client.get(page).text
        assert "Inwoners niet bekend van Izegem" in seen
        assert (f'href="{inhabitants}"' in seen) is (status == 200)
