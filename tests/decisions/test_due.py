"""Changing by when the municipalities decide on a released outcome."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.decisions.models import OrganDay, Outcome
from overleg.decisions.states import DueRule, FollowUpState, Organ
from overleg.decisions.workflow.due import asked_of, change_due, revision_of_due
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
from tests.statements import statements_of

LATER = date(2026, 5, 15)


def ask_by(outcome: Outcome, rule: DueRule, day: date, *, by: Person, now: datetime) -> None:
    """Change the date from the one that stands there."""
    change_due(outcome, rule, day, revision=revision_of_due(asked_of(outcome)), by=by, now=now)


def _mails(session: Session) -> dict[str, str]:
    """The mails about another date, by whom they go to."""
    told = select(OutboxMessage).where(OutboxMessage.subject.startswith("Andere termijn"))
    return {mail.to_email: mail.text for mail in session.scalars(told)}


def test_support_staff_ask_by_another_date(
    client: ReadingClient, cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    izegem = released.rows["izegem"]
    approved = Report(FollowUpState.APPROVED, now.date())
    report(izegem, approved, revision=izegem.revision, by=cast.director, now=now)
    session.commit()
    client.sign_in(cast.support)
    outcome = f"/uitkomsten/{released.outcome.id}"
    assert f'href="{outcome}/termijn"' in client.get(outcome).text
    assert "2 gemeenten die nog moeten antwoorden" in client.get(f"{outcome}/termijn").text

    answer = client.send(f"{outcome}/termijn", {"due_on": LATER.isoformat()})

    assert answer.status_code == 302
    page = client.get(answer.location).text
    assert "De termijn is gewijzigd: 2 gemeenten krijgen een mail." in page
    assert "tegen 15 mei 2026" in page
    assert "wijzigde de termijn van" in page
    assert "Nu tegen 15 mei 2026; eerder tegen 1 april 2026." in page
    session.expire_all()
    assert {row.due_on for row in released.rows.values()} == {LATER}
    told = _mails(session)
    assert cast.director.email not in told
    assert "het college tegen 15 mei 2026" in told[cast.secretariat.email or ""]
    row = released.rows["tielt"]
    assert f"/gemeenten/{cast.tielt.nis_code}#rij-{row.id}" in told[cast.secretariat.email or ""]


@pytest.mark.parametrize(
    ("fields", "field", "sentence"),
    [
        ({"due_on": "2026-03-01"}, "due_on", "Deze dag is al voorbij."),
        ({"due_on": ""}, "due_rule", "Kies een datum, of “geen datum”."),
        ({"due_rule": "before_council", "due_on": "2026-03-01"}, "due_on", "al voorbij"),
        ({"due_on": "2026-04-01"}, "", "er is niets gewijzigd"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    client: ReadingClient,
    cast: Cast,
    released: Released,
    session: Session,
    fields: dict[str, str],
    field: str,
    sentence: str,
) -> None:
    client.sign_in(cast.support)
    answer = client.send(f"/uitkomsten/{released.outcome.id}/termijn", fields)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert (f'id="{field}-error"' in answer.text) == bool(field)
    session.expire_all()
    assert {row.due_on for row in released.rows.values()} == {date(2026, 4, 1)}
    assert not _mails(session)


def test_a_date_can_be_dropped_and_asked_again(
    cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    ask_by(released.outcome, DueRule.OPEN, LATER, by=cast.support, now=now)
    assert released.outcome.request is not None
    assert released.outcome.request.due_on is None
    assert {row.due_on for row in released.rows.values()} == {None}
    assert "het college zonder datum" in _mails(session)[cast.secretariat.email or ""]
    ask_by(released.outcome, DueRule.DATE, LATER, by=cast.support, now=now)
    assert {row.due_on for row in released.rows.values()} == {LATER}


def test_the_first_council_after_a_day_follows_each_municipality(
    cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    session.add(
        OrganDay(
            organisation=cast.tielt,
            organ=Organ.COUNCIL,
            day=date(2026, 5, 28),
            meets=True,
            added_by_name="",
            added_at_utc=now,
        )
    )
    ask_by(released.outcome, DueRule.BEFORE_COUNCIL, LATER, by=cast.support, now=now)
    assert released.rows["tielt"].due_on == date(2026, 5, 27)
    assert released.rows["izegem"].due_on is None
    told = _mails(session)
    assert "tegen 27 mei 2026" in told[cast.secretariat.email or ""]
    assert "tegen de eerste gemeenteraad na 15 mei 2026" in told[cast.director.email or ""]


def test_a_mail_names_the_college_before_the_council(
    cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now)
    asked = Request([cast.tielt], [Organ.COUNCIL, Organ.COLLEGE], due_on=None)
    release_outcome(outcome, asked, by=cast.support, now=now)
    outcome.follow_ups.sort(key=lambda row: row.organ, reverse=True)
    ask_by(outcome, DueRule.DATE, LATER, by=cast.support, now=now)
    both = "het college tegen 15 mei 2026 en de gemeenteraad tegen 15 mei 2026"
    assert both in _mails(session)[cast.secretariat.email or ""]


def test_who_is_reporting_meanwhile_is_not_stopped(
    cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    row = released.rows["tielt"]
    seen = row.revision
    ask_by(released.outcome, DueRule.DATE, LATER, by=cast.support, now=now)
    session.commit()
    approved = Report(FollowUpState.APPROVED, now.date())
    report(row, approved, revision=seen, by=cast.secretariat, now=now)
    session.commit()
    assert (row.state, row.due_on) == (FollowUpState.APPROVED, LATER)


def test_a_municipality_that_steps_in_again_has_the_new_date(
    cast: Cast, released: Released, session: Session, now: datetime
) -> None:
    why = Reasoned(now.date(), "De gemeenteraad wil nog overleggen.")
    step_out(released.outcome, cast.tielt, why, by=cast.support, now=now)
    ask_by(released.outcome, DueRule.DATE, LATER, by=cast.support, now=now)
    assert cast.secretariat.email not in _mails(session)
    later = now + timedelta(days=45)
    step_in(
        released.outcome, cast.tielt, Reasoned(later.date(), "Toch."), by=cast.support, now=later
    )
    assert not released.rows["tielt"].is_late(later.date())


def test_no_verb_asks_by_a_day_that_is_over_or_of_what_was_not_released(
    cast: Cast, released: Released, now: datetime
) -> None:
    yesterday = now.date() - timedelta(days=1)
    with pytest.raises(Refused, match="al voorbij"):
        ask_by(released.outcome, DueRule.DATE, yesterday, by=cast.support, now=now)
    ready = agree_and_prepare(released.held.open_item, by=cast.support, now=now)
    with pytest.raises(NotPossible, match="na het vrijgeven"):
        ask_by(ready, DueRule.DATE, LATER, by=cast.support, now=now)


@pytest.mark.parametrize("page", ["termijn", "kosten"])
def test_the_municipalities_are_read_together(
    sign_in_as: SignInAs, cast: Cast, released: Released, page: str
) -> None:
    asked = statements_of(sign_in_as(cast.support), f"/uitkomsten/{released.outcome.id}/{page}")
    assert len([each for each in asked if "FROM organisations WHERE" in each]) == 1


@pytest.mark.parametrize(
    ("who", "status"),
    [("support", 200), ("mayor", 403), ("chair", 403), ("secretariat", 403), ("stranger", 404)],
)
def test_who_changes_the_date(
    sign_in_as: SignInAs, cast: Cast, released: Released, who: str, status: int
) -> None:
    client = sign_in_as(getattr(cast, who))
    outcome = f"/uitkomsten/{released.outcome.id}"
    assert client.get(f"{outcome}/termijn").status_code == status
    seen = revision_of_due(asked_of(released.outcome))
    moved = {"due_rule": "date", "due_on": LATER.isoformat(), "revision": seen}
    assert client.press(f"{outcome}/termijn", moved).status_code == (
        302 if status == 200 else status
    )
    if status != 404:
        assert ("Termijn wijzigen" in client.get(outcome).text) == (status == 200)
