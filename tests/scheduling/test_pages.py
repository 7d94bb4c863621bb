"""The pages of planning, by the people who open them."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event as sql_event
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from overleg.audit.workflow import System
from overleg.db import db
from overleg.lib.dates import BRUSSELS, to_utc
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Body
from overleg.organisations.viewer import viewer_for
from overleg.scheduling.models import Meeting, MeetingSeries
from overleg.scheduling.queries import (
    coming_meetings,
    next_meeting_after,
    previous_meeting,
)
from overleg.scheduling.workflow import cancel_meeting
from tests.parsing import parse
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)
NEW = "/overleg/midwestoverleg/vergaderingen/nieuw"
SERIES = "/overleg/midwestoverleg/reeks"
GOOD = {
    "day": "2026-03-13",
    "starts": "09:30",
    "ends": "11:30",
    "place": "Stadhuis Roeselare",
    "online_url": "",
}
COLUMNS = ["Wanneer", "Overleg", "Plaats", "Stand", "Volgende termijn"]


def count_meetings(session: Session) -> int:
    return session.scalar(select(func.count(Meeting.id))) or 0


def test_support_staff_plan_a_meeting(session: Session, cast: Cast, client: ReadingClient) -> None:
    client.sign_in(cast.support)
    response = client.send(NEW, GOOD)
    meeting = session.scalars(select(Meeting)).one()
    assert response.status_code == 302
    assert response.location == f"/vergaderingen/{meeting.id}"
    assert meeting.starts_at_utc.astimezone(BRUSSELS).time() == time(9, 30)
    assert (meeting.label, meeting.place) == ("2026/01", "Stadhuis Roeselare")


@pytest.mark.parametrize("page", [NEW, SERIES])
def test_the_form_starts_from_the_habits_of_the_body(
    session: Session, cast: Cast, client: ReadingClient, page: str
) -> None:
    client.sign_in(cast.support)
    text = client.get(page).text
    assert 'value="Stadhuis Roeselare"' in text
    assert 'value="11:30"' in text
    held = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    start = to_utc(FRIDAY, time(19))
    held.starts_at_utc, held.ends_at_utc = start, start + timedelta(hours=2.5)
    held.place, cast.midwest.default_place = "Huis van de Streek", ""
    session.commit()
    text = client.get(page).text
    for habit in ("19:00", "21:30", "Huis van de Streek"):
        assert f'value="{habit}"' in text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"day": "2026-03-01"}, "Deze dag is al voorbij"),
        ({"day": "2026-03-02", "starts": "08:00", "ends": "08:30"}, "Dit moment is al voorbij"),
        ({"day": "2020-03-13"}, "Deze dag is al voorbij"),
        ({"day": "2100-12-31"}, "Kies een dag voor"),
        ({"day": "9999-12-31"}, "Kies een dag van 1970 tot en met 2100"),
        ({"day": "morgen"}, "Kies een dag"),
        ({"day": ""}, "Kies een dag"),
        ({"starts": "25:00"}, "Geef een uur"),
        ({"ends": "09:30"}, "later eindigen dan ze begint"),
        ({"ends": ""}, "Geef een uur"),
        ({"online_url": "javascript:alert(1)"}, "https://"),
        ({"online_url": "meet.example"}, "https://"),
        ({"online_url": "https://[x"}, "https://"),
        ({"online_url": "https://meet.example/" + "a" * 3000}, "tekens"),
        ({"place": "x" * 100_000}, "tekens"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence_and_nothing_typed_is_lost(
    session: Session, cast: Cast, client: ReadingClient, wrong: dict[str, str], sentence: str
) -> None:
    client.sign_in(cast.support)
    typed = {**GOOD, "place": "Zaal van het OCMW", **wrong}
    response = client.send(NEW, typed)
    text = response.get_data(as_text=True)
    assert response.status_code == 422
    assert sentence in text
    assert typed["place"][:50] in text
    assert count_meetings(session) == 0


def test_the_same_form_sent_twice_plans_one_meeting(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.support)
    client.send(NEW, GOOD)
    response = client.send(NEW, GOOD)
    assert response.status_code == 422
    assert "vergadert het Midwestoverleg al" in response.get_data(as_text=True)
    assert count_meetings(session) == 1


@pytest.mark.parametrize("place", ["Zaal 🎉, Roeselare; 1e", "בניין העירייה", "a\x00b"])
def test_any_place_is_kept_as_it_was_typed(
    session: Session, cast: Cast, client: ReadingClient, place: str
) -> None:
    client.sign_in(cast.support)
    client.send(NEW, {**GOOD, "place": place})
    assert session.scalars(select(Meeting)).one().place == place.replace("\x00", "")


def test_who_may_plan(cast: Cast, sign_in_as: SignInAs) -> None:
    for person, status in (
        (cast.support, 200),
        (cast.chair, 403),
        (cast.mayor, 403),
        (cast.councillor, 403),
        (cast.stranger, 404),
        (cast.committee_support, 404),
    ):
        visitor = sign_in_as(person)
        assert visitor.get(NEW).status_code == status, person.name
        assert visitor.get(SERIES).status_code == status, person.name


def test_who_may_change_and_cancel(session: Session, cast: Cast, sign_in_as: SignInAs) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    for person, status in ((cast.support, 200), (cast.chair, 403), (cast.stranger, 404)):
        visitor = sign_in_as(person)
        for page in ("gegevens", "annuleren"):
            path = f"/vergaderingen/{meeting.id}/{page}"
            assert visitor.get(path).status_code == status, (person.name, page)


def series_form(**changes: Any) -> dict[str, Any]:
    form = {
        **GOOD,
        "kind": "monthly",
        "nth": "2",
        "weekday": "4",
        "every_weeks": "6",
        "first_day": "2026-03-02",
        "last_day": "2026-06-30",
        "stap": "tonen",
    }
    del form["day"]
    return {**form, **changes}


def send_series(client: ReadingClient, **changes: Any) -> tuple[int, str]:
    """Send the form of the series with a token of its page; several days may be given."""
    answer = client.post(SERIES, data={**series_form(**changes), "csrf_token": token_of(client)})
    return answer.status_code, answer.get_data(as_text=True)


def token_of(client: ReadingClient) -> str:
    text = client.get(SERIES).get_data(as_text=True)
    return text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


SHOWN = ["2026-03-13", "2026-04-10", "2026-05-08", "2026-06-12"]


def test_a_series_is_shown_before_anything_is_planned(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    meeting_on(cast.midwest, date(2026, 5, 8), by=cast.support)
    session.commit()
    client.sign_in(cast.support)
    status, text = send_series(client)
    assert status == 200
    for day in ("13 maart", "10 april", "8 mei", "12 juni"):
        assert f"vrijdag {day} 2026" in text
    assert "Dan is er al vergadering 2026/01." in text
    assert count_meetings(session) == 1


def test_the_holidays_stand_beside_the_days_of_a_series(cast: Cast, client: ReadingClient) -> None:
    client.sign_in(cast.support)
    _status, text = send_series(client, kind="weekly", every_weeks="1", last_day="2026-05-31")
    page = parse(text)
    said = {each.get("for"): text_of(each) for each in page.iter("label")}
    boxes = [each for each in page.iter("input") if each.get("checked") is not None]
    ticked = {each.get("value") for each in boxes}
    assert said["dag-2026-05-01"] == "vrijdag 1 mei 2026 Dag van de Arbeid"
    assert said["dag-2026-04-10"] == "vrijdag 10 april 2026 Paasvakantie"
    assert said["dag-2026-04-24"] == "vrijdag 24 april 2026"
    assert {"2026-04-10", "2026-04-24"} <= ticked
    assert "2026-05-01" not in ticked
    chosen = {"getoond": "2026-05-01", "dag": "2026-05-01", "nth": "1"}
    days = {"first_day": "2026-05-01", "last_day": "2026-05-01"}
    _status, again = send_series(client, **chosen, **days)
    assert 'value="2026-05-01" checked' in again


def test_the_ticked_days_of_a_series_are_planned(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.support)
    status, _ = send_series(client, stap="plannen", getoond=SHOWN, dag=[SHOWN[0], SHOWN[3]])
    assert status == 302
    meetings = session.scalars(select(Meeting).order_by(Meeting.starts_at_utc)).all()
    assert [str(meeting.day) for meeting in meetings] == [SHOWN[0], SHOWN[3]]
    assert [m.starts_at_utc.astimezone(BRUSSELS).hour for m in meetings] == [9, 9]
    series = session.scalars(select(MeetingSeries)).one()
    assert series.rule == "elke tweede vrijdag van de maand"
    status, text = send_series(client, stap="plannen", getoond=SHOWN, dag=[SHOWN[0], SHOWN[3]])
    assert (status, count_meetings(session)) == (422, 2)
    assert "Kies minstens één datum." in text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"last_day": "2026-03-01"}, "Deze dag"),
        ({"first_day": "2026-02-01"}, "Deze dag is al voorbij"),
        ({"last_day": "2026-03-10"}, "geen enkele dag"),
        ({"every_weeks": "0"}, "1 tot 26"),
        ({"every_weeks": "x"}, "1 tot 26"),
        ({"kind": "weekly", "every_weeks": "1", "last_day": "2028-01-01"}, "meer dan 60"),
        ({"stap": "plannen", "getoond": SHOWN, "dag": []}, "minstens één datum"),
        ({"stap": "plannen", "getoond": SHOWN[:2], "dag": SHOWN[:2]}, "Het ritme veranderde"),
    ],
)
def test_a_series_that_cannot_be_is_refused(
    session: Session, cast: Cast, client: ReadingClient, wrong: dict[str, Any], sentence: str
) -> None:
    client.sign_in(cast.support)
    status, text = send_series(client, **wrong)
    assert status == 422
    assert sentence in text
    assert count_meetings(session) == 0


def test_a_meeting_is_moved_and_the_page_says_who_is_told(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    client.sign_in(cast.support)
    path = f"/vergaderingen/{meeting.id}/gegevens"
    assert "3 personen krijgen een mail" in client.get(path).get_data(as_text=True)
    response = client.send(path, {"day": "2026-03-20"})
    assert response.status_code == 302
    session.expire_all()
    assert (str(meeting.day), meeting.calendar_sequence) == ("2026-03-20", 1)
    assert session.scalar(select(func.count(OutboxMessage.id))) == 3


def test_a_meeting_of_yesterday_keeps_its_day_while_its_place_is_corrected(
    session: Session, cast: Cast, client: ReadingClient, clock: Clock
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    clock.advance(days=12)
    client.sign_in(cast.support)
    path = f"/vergaderingen/{meeting.id}/gegevens"
    assert client.send(path, {"place": "Gemeentehuis Izegem"}).status_code == 302
    assert client.send(path, {"day": "2026-03-12"}).status_code == 422


def test_the_list_shows_what_is_coming_per_month_with_its_deadline(
    session: Session, cast: Cast, client: ReadingClient, now: datetime
) -> None:
    meeting_on(cast.midwest, date(2026, 3, 27), by=cast.support)
    meeting_on(cast.midwest, date(2026, 4, 10), by=cast.support)
    meeting_on(cast.midwest, date(2026, 1, 9), by=cast.support)
    meeting_on(cast.zone_council, date(2026, 4, 24), by=cast.support)
    meeting_on(cast.denderregio, date(2026, 4, 17), by=cast.support)
    session.commit()
    client.sign_in(cast.mayor)
    text = client.get("/vergaderingen").get_data(as_text=True)
    assert text.index("Maart 2026") < text.index("April 2026")
    assert "Voorstellen indienen tot 13 maart 2026" in text
    assert "nog 11 dagen" in text
    assert "24 april 2026" in text
    assert "17 april 2026" not in text
    assert "9 januari 2026" not in text
    assert "Plan een" not in text
    assert "/gegevens" not in text
    of_zone = client.get("/vergaderingen?overleg=zoneraad-midwest").get_data(as_text=True)
    assert "24 april 2026" in of_zone
    assert "27 maart 2026" not in of_zone
    past = client.get("/vergaderingen?toon=voorbij").get_data(as_text=True)
    assert "9 januari 2026" in past
    assert "27 maart 2026" not in past


@pytest.mark.parametrize(("who", "has_buttons"), [("support", True), ("secretariat", False)])
def test_who_changes_no_meeting_has_no_column_for_it(
    session: Session, cast: Cast, client: ReadingClient, who: str, has_buttons: bool
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    client.sign_in(getattr(cast, who))
    head = next(parse(client.get("/vergaderingen").text).iter("thead"))
    assert [text_of(column) for column in head[0]] == COLUMNS + [""] * has_buttons


def test_an_empty_list_says_what_to_do(
    cast: Cast, client: ReadingClient, sign_in_as: SignInAs
) -> None:
    client.sign_in(cast.support)
    empty = client.get("/vergaderingen?overleg=midwestoverleg").get_data(as_text=True)
    assert "Er is niets gepland." in empty
    assert SERIES in empty
    past = client.get("/vergaderingen?toon=voorbij&jaar=1800").get_data(as_text=True)
    assert "nog geen voorbije vergaderingen" in past
    nobody = sign_in_as(cast.administrator).get("/vergaderingen").get_data(as_text=True)
    assert "nog bij geen enkel overleg" in nobody


def test_neighbours_leave_cancelled_meetings_out(
    session: Session, cast: Cast, now: datetime
) -> None:
    days = [FRIDAY + timedelta(days=28 * number) for number in range(3)]
    first, second, third = (meeting_on(cast.midwest, day, by=cast.support) for day in days)
    cancel_meeting(second, reason="Te weinig punten.", by=cast.support, now=now)
    assert next_meeting_after(first) is third
    assert previous_meeting(third) is first
    assert previous_meeting(first) is None


def test_coming_meetings_are_those_of_the_viewer(
    session: Session, cast: Cast, now: datetime
) -> None:
    mine = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    meeting_on(cast.denderregio, FRIDAY, by=cast.support)
    assert coming_meetings(viewer_for(cast.mayor, now.date()), now) == [mine]


@pytest.mark.parametrize("query", ["", "?toon=voorbij"])
def test_the_list_takes_as_many_statements_for_many_meetings_as_for_few(
    session: Session, cast: Cast, client: ReadingClient, query: str
) -> None:
    client.sign_in(cast.mayor)
    path = f"/vergaderingen{query}"
    planner = System()
    counts = []
    for first, last in ((0, 2), (2, 20)):
        for number in range(first, last):
            meeting_on(cast.midwest, FRIDAY + timedelta(days=number), by=planner)
            meeting_on(cast.midwest, date(2026, 1, 9) + timedelta(days=number), by=planner)
        session.commit()
        session.expunge_all()
        client.get(path)
        session.expunge_all()
        with counted() as statements:
            client.get(path)
        counts.append(len(statements))
        cast.midwest = session.scalars(select(Body).where(Body.slug == "midwestoverleg")).one()
    assert counts[0] == counts[1]


@contextmanager
def counted() -> Iterator[list[str]]:
    """The statements sent to the database within."""
    seen: list[str] = []

    def note(*arguments: object) -> None:
        seen.append(str(arguments[2]))

    sql_event.listen(db.engine, "after_cursor_execute", note)
    yield seen
    sql_event.remove(db.engine, "after_cursor_execute", note)
