"""Reminders before and after the date: one mail per person per day, escalation, pauses."""

import re
from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.decisions.models import FollowUp
from overleg.decisions.states import FollowUpState, Organ, OutcomeKind
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    make_ready,
    note_outcome,
    release_outcome,
)
from overleg.decisions.workflow.reminders import (
    Days,
    pause_reminders,
    send_reminders,
    set_reminder_days,
)
from overleg.lib.errors import Refused
from overleg.mail.history import sendings_about
from overleg.mail.models import OutboxMessage
from tests.decisions.conftest import Released
from tests.plugins.application import Clock
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


class Post:
    """Runs the job and tells who got how many mails of it."""

    def __init__(self, session: Session, clock: Clock) -> None:
        self._session, self._clock = session, clock

    def on_day(self, days: int) -> dict[str, list[str]]:
        """The subjects of the mails by name, ``days`` after the release."""
        moment = self._clock.moment + timedelta(days=days)
        before = {mail.id for mail in self._session.query(OutboxMessage)}
        send_reminders(moment)
        send_reminders(moment)
        self._session.commit()
        found: dict[str, list[str]] = {}
        for mail in self._session.query(OutboxMessage).order_by(OutboxMessage.to_name):
            if mail.id not in before:
                found.setdefault(mail.to_name, []).append(mail.subject)
        return found


@pytest.fixture
def post(released: Released, session: Session, clock: Clock) -> Post:
    """The outcome asks an answer in 30 days; Izegem has a director and no secretariat."""
    return Post(session, clock)


def test_each_is_reminded_once_before_then_every_week_and_it_goes_higher_after_two(
    post: Post, cast: Cast, session: Session
) -> None:
    once = {
        "Algemeen directeur Izegem": ["Opvolging: 1 punt te melden"],
        "Secretariaat Roeselare": ["Opvolging: 1 punt te melden"],
        "Secretariaat Tielt": ["Opvolging: 1 punt te melden"],
    }
    late = {name: ["Opvolging: 1 punt te melden, te laat"] for name in once}
    assert post.on_day(22) == {}
    assert post.on_day(23) == once
    assert post.on_day(29) == {}
    assert post.on_day(31) == late
    assert post.on_day(36) == {}
    assert post.on_day(38) == late
    assert post.on_day(44) == {"Ondersteuner Midwest": ["Opvolging: 3 punten te melden, te laat"]}


def test_all_rows_of_a_person_stand_in_one_mail_with_a_link_each(
    post: Post, released: Released, session: Session, cast: Cast, clock: Clock
) -> None:
    first = released.rows["tielt"]
    second = FollowUp(
        outcome=released.outcome,
        organisation=cast.tielt,
        organ="council",
        due_on=first.due_on,
        opened_at_utc=clock.moment,
    )
    session.add(second)
    session.commit()
    assert post.on_day(25)["Secretariaat Tielt"] == ["Opvolging: 2 punten te melden"]
    mails = session.query(OutboxMessage).filter_by(to_name="Secretariaat Tielt")
    mail = mails.order_by(OutboxMessage.created_at_utc.desc()).limit(1).one()
    assert mail.text.count("/opvolging/antwoord/") == 2
    outcome = released.outcome
    (reminded,) = [
        each
        for each in sendings_about([outcome.id], {outcome.item.meeting.body_id})
        if "Opvolging" in each.sentence
    ]
    assert reminded.people == 3, "it stands in the history of what was asked"


def test_a_mail_tells_by_date_then_outcome_then_municipality(
    post: Post, cast: Cast, released: Released, session: Session, clock: Clock
) -> None:
    day, item = clock.moment.date(), released.held.open_item
    for title, days in (("Afval", 30), ("Zwembad", 29)):
        agreed = Agreed(OutcomeKind.AGREEMENT, title, "<p>Keurt het goed.</p>")
        outcome = note_outcome(item, agreed, by=cast.support, now=clock.moment)
        towns = [cast.roeselare, cast.izegem, cast.tielt]
        make_ready(outcome, by=cast.support, now=clock.moment)
        request = Request(towns, [Organ.COLLEGE], due_on=day + timedelta(days=days))
        release_outcome(outcome, request, by=cast.support, now=clock.moment)
    session.commit()
    post.on_day(44)
    mail = session.query(OutboxMessage).filter_by(to_name="Ondersteuner Midwest").one()
    order = ["Zwembad", "Afval", "Regionale energiestrategie"]
    expected = [(title, town) for title in order for town in ("Izegem", "Roeselare", "Tielt")]
    in_text = re.findall(r"^(.+)\n(\w+), college, ", mail.text, re.MULTILINE)
    in_html = re.findall(r"<strong>(.+?)</strong></a><br>(\w+), college, ", mail.html)
    assert in_text == in_html == expected


@pytest.mark.parametrize("whole", [True, False])
def test_what_rests_is_not_reminded_of_until_its_day(
    post: Post, cast: Cast, released: Released, session: Session, clock: Clock, whole: bool
) -> None:
    row = None if whole else released.rows["tielt"]
    until = clock.moment.date() + timedelta(days=28)
    with pytest.raises(Refused):
        pause_reminders(
            released.outcome, row, until=until, reason=" ", by=cast.support, now=clock.moment
        )
    pause_reminders(
        released.outcome, row, until=until, reason="Nieuwe nota", by=cast.support, now=clock.moment
    )
    session.commit()
    assert "Secretariaat Tielt" not in post.on_day(24)
    assert "Secretariaat Tielt" in post.on_day(29)


def test_a_body_chooses_its_own_days_and_what_was_answered_is_left_alone(
    post: Post, cast: Cast, released: Released, session: Session, clock: Clock
) -> None:
    usual = Days().revision
    set_reminder_days(
        cast.midwest, Days(0, 3, 5), revision=usual, by=cast.support, now=clock.moment
    )
    released.rows["tielt"].state = FollowUpState.NOT_APPLICABLE
    session.commit()
    assert post.on_day(29) == {}
    assert set(post.on_day(31)) == {"Algemeen directeur Izegem", "Secretariaat Roeselare"}
    assert set(post.on_day(35)) == {
        "Algemeen directeur Izegem",
        "Secretariaat Roeselare",
        "Ondersteuner Midwest",
    }


def test_support_staff_set_the_days_and_pause_on_the_pages(
    client: ReadingClient, cast: Cast, released: Released, session: Session
) -> None:
    client.sign_in(cast.support)
    days = {"before": "3", "every": "5", "escalate_after": "10"}
    assert client.send("/overleg/midwestoverleg/herinneringen", days).status_code == 302
    page = f"/uitkomsten/{released.outcome.id}/herinneringen"
    told = {"row": released.rows["tielt"].id, "until": "2026-04-01", "reason": "Wacht op de nota"}
    assert client.send(page, told).status_code == 302
    assert "Wacht op de nota" in client.get("/gemeenten/37022").text
    assert "Wacht op de nota" in client.get(page).text
    who: Person = cast.secretariat
    client.sign_in(who)
    assert client.get(page).status_code == 403
