"""Choosing municipalities by label, and who steps in or out after the release."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.decisions.models import MunicipalityTag, OrganDay
from overleg.decisions.standing import in_a_sentence
from overleg.decisions.states import DueRule, FollowUpState, Organ
from overleg.decisions.workflow.follow_up import Report, report
from overleg.decisions.workflow.outcomes import (
    Request,
    release_outcome,
)
from overleg.decisions.workflow.participation import Reasoned, step_in, step_out
from overleg.lib.errors import NotPossible, Refused
from overleg.mail.models import OutboxMessage
from tests.decisions.agreeing import agree_and_prepare
from tests.decisions.conftest import Held, Released
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


def test_a_label_chooses_its_municipalities(
    client: ReadingClient, cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now)
    session.commit()
    client.sign_in(cast.support)
    labels = "/overleg/midwestoverleg/labels"
    filled_in = {"name": "Westrand", "municipalities": [cast.tielt.id]}
    assert client.send(f"{labels}/nieuw", filled_in).status_code == 302
    assert "Er is al een label" in client.send(f"{labels}/nieuw", filled_in).text
    assert "Westrand" in client.get(labels).text
    tag_id = session.scalars(select(MunicipalityTag.id)).one()
    page = client.get(f"/uitkomsten/{outcome.id}/vrijgeven?label={tag_id}").text
    ticked = [line for line in page.split("<input") if "checked" in line]
    assert any(cast.tielt.id in line for line in ticked)
    assert not any(cast.izegem.id in line for line in ticked)
    assert client.press(f"{labels}/{tag_id}", {"weg": "1"}).status_code == 302
    assert client.get(f"/uitkomsten/{outcome.id}/vrijgeven?label={tag_id}").status_code == 404


@pytest.mark.parametrize(
    ("who", "status"), [("support", 200), ("mayor", 403), ("stranger", 404), ("administrator", 404)]
)
def test_who_keeps_labels_and_inhabitants(
    sign_in_as: SignInAs, cast: Cast, who: str, status: int
) -> None:
    client = sign_in_as(getattr(cast, who))
    for page in ("labels", "labels/nieuw", "inwoners"):
        assert client.get(f"/overleg/midwestoverleg/{page}").status_code == status


def test_no_municipality_steps_out_before_one_is_chosen(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    client.sign_in(cast.support)
    sent = client.send(f"/uitkomsten/{released.outcome.id}/gemeenten", {"out-reason": "Geen plan."})
    assert sent.status_code == 422
    assert "Kies een gemeente." in sent.text


def test_a_municipality_steps_out_and_in_again_with_the_reason(
    client: ReadingClient, cast: Cast, released: Released, session: Session
) -> None:
    client.sign_in(cast.support)
    page = f"/uitkomsten/{released.outcome.id}"
    given = {"step": "out", "out-town": cast.tielt.id, "out-on_day": "2026-03-02"}
    assert "Zeg waarom." in client.press(f"{page}/gemeenten", given).text
    given["out-reason"] = "Tielt heeft een eigen plan."
    assert client.press(f"{page}/gemeenten", given).status_code == 302
    session.expire_all()
    row = released.rows["tielt"]
    assert [row.state] == [FollowUpState.STEPPED_OUT]
    shown = client.get(page).text
    assert "stapte uit op 2 maart 2026: Tielt heeft een eigen plan." in shown
    assert "Nog geen van de 2 antwoordde, 1 stapte uit." in shown
    with pytest.raises(NotPossible, match="er is niets meer te melden"):
        report(
            row,
            Report(FollowUpState.POSTPONED),
            revision=row.revision,
            by=cast.secretariat,
            now=released.outcome.noted_at_utc,
        )
    told = session.scalars(
        select(OutboxMessage.to_email).where(OutboxMessage.subject.startswith("Niet langer"))
    ).all()
    assert cast.secretariat.email in told
    back = {"step": "in", "in-town": cast.tielt.id, "in-on_day": "2026-03-02", "in-reason": "Toch."}
    assert client.press(f"{page}/gemeenten", back).status_code == 302
    session.expire_all()
    assert [row.state] == [FollowUpState.TO_SCHEDULE]
    assert in_a_sentence(released.outcome.follow_ups, row.opened_at_utc.date()) == (
        "nog geen van de 3 antwoordde"
    )


def test_who_steps_in_again_did_not_decide_yet(
    client: ReadingClient, cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    row, day = released.rows["tielt"], now.date()
    for what in (
        Report(FollowUpState.SCHEDULED, day),
        Report(FollowUpState.APPROVED, day, "CBS/7", "https://tielt.example/besluit"),
    ):
        report(row, what, revision=row.revision, by=cast.secretariat, now=now)
        session.flush()
    for step, why in ((step_out, "Een eigen plan."), (step_in, "Toch.")):
        step(released.outcome, cast.tielt, Reasoned(day, why), by=cast.support, now=now)
    session.commit()
    assert (row.state, row.scheduled_on, row.decided_on) == (FollowUpState.TO_SCHEDULE, None, None)
    assert (row.reference_number, row.decision_url) == ("", "")
    client.sign_in(cast.support)
    page = client.get(f"/uitkomsten/{released.outcome.id}").text
    assert "goedgekeurd op 2 maart 2026, nummer CBS/7" in page
    assert page.count("CBS/7") == 1


def test_nobody_steps_in_twice_or_tomorrow(cast: Cast, released: Released, now: datetime) -> None:
    with pytest.raises(NotPossible, match="Tielt doet al mee"):
        step_in(released.outcome, cast.tielt, Reasoned(now.date(), "Zo."), by=cast.support, now=now)
    tomorrow = Reasoned(now.date() + timedelta(days=1), "Later.")
    with pytest.raises(Refused, match="in de toekomst"):
        step_in(released.outcome, cast.lier, tomorrow, by=cast.support, now=now)


def test_before_the_first_council_follows_the_days_of_each_municipality(
    cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    day = now.date()
    council = day + timedelta(days=24)
    session.add(
        OrganDay(
            organisation=cast.tielt,
            organ=Organ.COUNCIL,
            day=council,
            meets=True,
            added_by_name="Secretariaat Tielt",
            added_at_utc=now,
        )
    )
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now)
    request = Request(
        [cast.izegem, cast.tielt],
        [Organ.COLLEGE, Organ.COUNCIL],
        due_on=day,
        in_order=True,
        due_rule=DueRule.BEFORE_COUNCIL,
    )
    release_outcome(outcome, request, by=cast.support, now=now)
    due = {(row.organisation.slug, row.organ): row.due_on for row in outcome.follow_ups}
    assert due == {
        ("izegem", Organ.COLLEGE): None,
        ("izegem", Organ.COUNCIL): None,
        ("tielt", Organ.COLLEGE): council - timedelta(days=1),
        ("tielt", Organ.COUNCIL): council,
    }
    assert outcome.request
    assert outcome.request.due_in_words == "tegen de eerste gemeenteraad na 2 maart 2026"
