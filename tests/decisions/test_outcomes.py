"""Noting an outcome, and releasing it to the municipalities."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from overleg.agenda.states import ItemState
from overleg.decisions.models import FollowUp, FollowUpLink, Outcome
from overleg.decisions.papers import proposal_paper
from overleg.decisions.states import AskedOfOrgan, Organ, OutcomeKind, OutcomeState
from overleg.decisions.workflow.outcomes import (
    Agreed,
    Request,
    note_outcome,
    release_outcome,
)
from overleg.lib.errors import Refused
from overleg.mail.models import OutboxMessage
from overleg.scheduling.states import MeetingState
from tests.decisions.agreeing import agree_and_prepare
from tests.decisions.conftest import Held, Released
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of


def test_support_staff_note_an_agreement(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    client.sign_in(cast.support)
    answer = client.send(
        f"/agendapunten/{held.open_item.id}/uitkomst",
        {
            "kind": "agreement",
            "title": "Regionale energiestrategie",
            "text_html": "Alle colleges keuren de strategie goed 🎉",
        },
    )
    assert answer.status_code == 302
    outcome = session.scalars(select(Outcome)).one()
    assert outcome.kind is OutcomeKind.AGREEMENT
    assert outcome.text_html == "<p>Alle colleges keuren de strategie goed 🎉</p>"
    assert held.open_item.state is ItemState.TREATED
    page = client.get(f"/uitkomsten/{outcome.id}").get_data(as_text=True)
    assert "nog niet vrijgegeven" in page
    assert "noteerde de uitkomst" in page


def test_an_outcome_needs_a_text_and_keeps_the_title(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    answer = client.send(
        f"/agendapunten/{held.open_item.id}/uitkomst",
        {"kind": "agreement", "title": "Mijn titel", "text_html": ""},
    )
    assert answer.status_code == 422
    assert "Schrijf wat er is afgesproken." in answer.text
    assert "Mijn titel" in answer.text


def test_nothing_is_noted_before_the_meeting_starts(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    held.meeting.state = MeetingState.PREPARING
    session.commit()
    client.sign_in(cast.support)
    answer = client.send(
        f"/agendapunten/{held.open_item.id}/uitkomst",
        {"kind": "noted", "title": "T", "text_html": "X"},
    )
    assert answer.status_code == 409
    assert "zodra de vergadering gestart is" in answer.text


def test_a_postponed_point_stays_with_its_number(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    client.send(
        f"/agendapunten/{held.open_item.id}/uitkomst",
        {"kind": "postponed", "title": "Later", "text_html": "Volgende keer."},
    )
    assert held.open_item.state is ItemState.POSTPONED
    assert held.open_item.position == 1


def test_release_opens_a_row_per_municipality_and_tells_the_secretariats(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    client.sign_in(cast.support)
    client.send(
        f"/agendapunten/{held.open_item.id}/uitkomst",
        {"kind": "agreement", "title": "Energie", "text_html": "Samen."},
    )
    outcome = session.scalars(select(Outcome)).one()
    asked = {
        "municipalities": [cast.roeselare.id, cast.izegem.id, cast.tielt.id],
        "organs": "college_then_council",
        "council_asked": "notice",
        "due_rule": "date",
        "due_on": "2026-05-01",
    }
    too_early = client.press(f"/uitkomsten/{outcome.id}/vrijgeven", asked)
    assert too_early.status_code == 409
    assert "nog niet klaar om vrij te geven" in too_early.text
    assert client.press(f"/uitkomsten/{outcome.id}/klaar", {}).status_code == 302
    assert client.send(f"/uitkomsten/{outcome.id}/vrijgeven", asked).status_code == 302
    session.expire_all()
    assert outcome.state is OutcomeState.RELEASED
    rows = session.scalars(select(FollowUp)).all()
    assert {(row.organ, row.asked, row.waits_for_college) for row in rows} == {
        (Organ.COLLEGE, AskedOfOrgan.APPROVAL, False),
        (Organ.COUNCIL, AskedOfOrgan.NOTICE, True),
    }
    assert len(rows) == 6
    page = client.get(f"/uitkomsten/{outcome.id}").text
    assert "goedkeuring van het college, dan kennisname van de gemeenteraad" in page
    assert "wacht op college" in page
    said = {row.organ: proposal_paper(row, outcome.text).articles for row in rows if outcome.text}
    assert "wordt goedgekeurd" in said[Organ.COLLEGE][0]
    assert "De gemeenteraad neemt kennis van de afspraak “Energie”" in said[Organ.COUNCIL][0]
    text = client.get(f"/uitkomsten/{outcome.id}/tekst").text
    assert "Besluit (college: goedkeuring)" in text
    assert "Besluit (gemeenteraad: kennisname)" in text
    told = session.scalars(select(OutboxMessage.to_email)).all()
    assert cast.secretariat.email in told
    assert cast.director.email in told
    assert cast.stranger.email not in told


def test_a_release_without_municipalities_is_refused(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    client.sign_in(cast.support)
    client.send(
        f"/agendapunten/{held.open_item.id}/uitkomst",
        {"kind": "agreement", "title": "Energie", "text_html": "Samen."},
    )
    outcome = session.scalars(select(Outcome)).one()
    client.press(f"/uitkomsten/{outcome.id}/klaar", {})
    answer = client.press(f"/uitkomsten/{outcome.id}/vrijgeven", {"organs": "college"})
    assert answer.status_code == 422
    assert "Kies minstens één gemeente." in answer.text


@pytest.mark.parametrize("rule", ["date", "before_council"])
def test_a_release_by_a_day_that_is_over_is_refused_at_the_field(
    client: ReadingClient, cast: Cast, held: Held, session: Session, now: datetime, rule: str
) -> None:
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now)
    session.commit()
    client.sign_in(cast.support)
    page = f"/uitkomsten/{outcome.id}/vrijgeven"
    asked = {
        "municipalities": [cast.tielt.id],
        "organs": "council",
        "due_rule": rule,
        "due_on": "2026-03-01",
    }
    refused = client.send(page, asked)
    assert refused.status_code == 422
    shown = list(parse(refused.text).iter())
    (error,) = [each for each in shown if each.get("id") == "due_on-error"]
    assert "Deze dag is al voorbij. Kies een dag die nog komt." in text_of(error)
    (day,) = [each for each in shown if each.get("name") == "due_on"]
    assert (day.get("value"), day.get("aria-invalid")) == ("2026-03-01", "true")
    towns = [each for each in shown if each.get("name") == "municipalities"]
    kept = [each.get("value") for each in towns if each.get("checked") is not None]
    assert kept == [cast.tielt.id]
    session.expire_all()
    assert outcome.state is OutcomeState.READY
    assert not session.scalars(select(OutboxMessage)).all()

    assert client.send(page, asked | {"due_on": "2026-03-02"}).status_code == 302


def test_a_day_that_is_over_does_not_matter_where_no_date_is_asked(
    client: ReadingClient, cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now)
    session.commit()
    client.sign_in(cast.support)
    asked = {"organs": "college", "due_rule": "open", "due_on": "2026-03-01"}
    assert client.send(f"/uitkomsten/{outcome.id}/vrijgeven", asked).status_code == 302


def test_no_verb_releases_by_a_day_that_is_over(
    cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now)
    request = Request([cast.tielt], [Organ.COLLEGE], due_on=now.date() - timedelta(days=1))
    with pytest.raises(Refused, match="1 maart 2026 is al voorbij"):
        release_outcome(outcome, request, by=cast.support, now=now)


def test_a_released_outcome_is_not_changed_or_released_again(
    client: ReadingClient, cast: Cast, released: Released
) -> None:
    client.sign_in(cast.support)
    page = f"/uitkomsten/{released.outcome.id}"
    changed = client.press(
        f"{page}/wijzigen", {"kind": "position", "title": "Anders", "text_html": "Anders"}
    )
    assert changed.status_code == 409
    again = client.press(
        f"{page}/vrijgeven",
        {"municipalities": released.rows["tielt"].organisation_id, "organs": "college"},
    )
    assert again.status_code == 409
    assert "al vrijgegeven" in again.text


@pytest.mark.parametrize(
    ("who", "before", "after"),
    [
        ("support", 200, 200),
        ("chair", 200, 200),
        ("mayor", 404, 200),
        ("director", 404, 200),
        ("secretariat", 404, 200),
        ("partner", 404, 200),
        ("councillor", 404, 404),
        ("former_mayor", 404, 404),
        ("administrator", 404, 404),
        ("stranger", 404, 404),
    ],
)
def test_who_reads_an_outcome_before_and_after_release(
    sign_in_as: SignInAs,
    cast: Cast,
    released: Released,
    session: Session,
    who: str,
    before: int,
    after: int,
) -> None:
    client = sign_in_as(getattr(cast, who))
    page = f"/uitkomsten/{released.outcome.id}"
    assert client.get(page).status_code == after
    released.outcome.state = OutcomeState.DRAFT
    released.outcome.released_at_utc = None
    session.execute(delete(FollowUpLink))
    for row in list(released.rows.values()):
        session.delete(row)
    session.commit()
    assert client.get(page).status_code == before


def test_a_member_who_reads_the_draft_hears_that_an_outcome_is_still_checked(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    agree_and_prepare(held.open_item, by=cast.support, now=now)
    session.commit()
    page = f"/vergaderingen/{held.meeting.id}/uitkomsten"
    told = "1 uitkomst wordt nog nagekeken voor ze naar de gemeenten gaat."
    assert told not in sign_in_as(cast.mayor).get(page).text
    held.meeting.state = MeetingState.MINUTES
    session.commit()
    assert told in sign_in_as(cast.mayor).get(page).text
    for person in (cast.support, cast.director):
        assert told not in sign_in_as(person).get(page).text


def test_what_was_set_ready_can_be_taken_back_and_changed(
    client: ReadingClient, cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    outcome = agree_and_prepare(held.open_item, by=cast.support, now=now)
    session.commit()
    client.sign_in(cast.support)
    page = f"/uitkomsten/{outcome.id}"
    other = {"kind": "position", "title": "Anders", "text_html": "Anders"}
    assert "Neem ze eerst terug" in client.press(f"{page}/wijzigen", other).text
    assert client.press(f"{page}/klaar", {"terug": "1"}).status_code == 302
    unfinished = other | {"text_html": "Het overleg spreekt het volgende af: "}
    assert client.send(f"{page}/wijzigen", unfinished).status_code == 302
    assert "nog niet af" in client.get(page).text
    refused = client.press(f"{page}/klaar", {})
    assert (refused.status_code, "nog niet af" in refused.text) == (409, True)
    assert "<h1>Anders</h1>" in refused.text
    assert f'class="button button-primary" href="{page}/wijzigen"' in refused.text
    assert outcome.state is OutcomeState.DRAFT
    assert client.send(f"{page}/wijzigen", other).status_code == 302
    assert client.press(f"{page}/klaar", {}).status_code == 302
    session.expire_all()
    assert outcome.text is not None
    assert outcome.text.subject == "Anders"
    again = client.press(f"{page}/klaar", {})
    assert (again.status_code, "Deze uitkomst is al klaar" in again.text) == (409, True)
    assert f"{page}/wijzigen" not in again.text


def test_what_stops_at_a_colon_is_kept_and_told_when_it_is_noted(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    begun = {"kind": "agreement", "title": "Energie", "text_html": "Het overleg spreekt af:"}
    kept = client.send(f"/agendapunten/{held.open_item.id}/uitkomst", begun)
    page = client.get(kept.location).text
    assert "Uitkomst genoteerd" in page
    assert "na de dubbelepunt staat niets" in page


def test_a_kennisname_may_stop_where_it_likes(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    noted = {"kind": "noted", "title": "Energie", "text_html": "Het overleg hoort:"}
    kept = client.send(f"/agendapunten/{held.open_item.id}/uitkomst", noted)
    assert "dubbelepunt" not in client.get(kept.location).text


def test_members_read_what_asks_nothing_once_the_meeting_is_closed(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session, now: datetime
) -> None:
    noted = Agreed(OutcomeKind.NOTED, "Stand van zaken", "<p>Kennis genomen.</p>")
    outcome = note_outcome(held.open_item, noted, by=cast.support, now=now)
    session.commit()
    page = f"/uitkomsten/{outcome.id}"
    assert sign_in_as(cast.mayor).get(page).status_code == 404
    held.meeting.state = MeetingState.MINUTES
    session.commit()
    assert sign_in_as(cast.mayor).get(page).status_code == 200
    assert sign_in_as(cast.councillor).get(page).status_code == 404
