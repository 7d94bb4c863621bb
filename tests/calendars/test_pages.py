"""One's own calendar addresses, and the file of one meeting."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import SentForm
from overleg.calendars.invitations.workflow import switch_on
from overleg.calendars.models import Feed
from overleg.calendars.workflow import MOST_FEEDS
from tests.calendars.seen import events_in
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in
from tests.scheduling.planned import meeting_on

FRIDAY = date(2026, 3, 13)
ADDRESS = re.compile(r'value="https?://[^/]+(/kalender/[A-Za-z0-9_-]{43}\.ics)"')


def make(client: ReadingClient, body: str = "") -> str:
    """Make an address on the page; returns its path."""
    response = client.send("/kalender", {"shows": f"overleg:{body}" if body else ""})
    assert response.status_code == 200
    address = shown_in(response.text)
    assert f"webcal://localhost:8000{address}" in response.text
    return address


def test_an_address_is_shown_once_and_works_without_signing_in(
    session: Session, cast: Cast, client: ReadingClient, sign_in_as: SignInAs
) -> None:
    meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    mayor = sign_in_as(cast.mayor)
    path = make(mayor, "midwestoverleg")
    assert b"BEGIN:VEVENT" in client.get(path).data
    text = mayor.get("/kalender").get_data(as_text=True)
    assert path not in text
    assert "Midwestoverleg" in text
    assert text.count("2 maart 2026 om 10.00 uur") == 2  # made, and used
    for word in ("Outlook", "Google", "Apple", "8 tot 24 uur"):
        assert word in text


def test_an_address_is_for_a_body_of_one_s_own(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.mayor)
    assert client.send("/kalender", {"shows": "overleg:dbo"}).status_code == 422
    assert session.scalars(select(Feed)).all() == []


def test_an_address_is_renewed_and_revoked(
    session: Session, cast: Cast, client: ReadingClient, sign_in_as: SignInAs
) -> None:
    mayor = sign_in_as(cast.mayor)
    old = make(mayor)
    feed = session.scalars(select(Feed)).one()
    token = {"csrf_token": mayor_token(mayor)}
    renewed = mayor.post(f"/kalender/{feed.id}/vernieuwen", data=token)
    address = shown_in(renewed.text)
    assert client.get(old).status_code == 404
    assert client.get(address).status_code == 200
    newest = session.scalars(select(Feed).where(Feed.revoked_at_utc.is_(None))).one()
    assert mayor.post(f"/kalender/{newest.id}/intrekken", data=token).status_code == 302
    assert client.get(address).status_code == 404
    assert "nog geen kalenderadres" in mayor.get("/kalender").get_data(as_text=True)
    again = mayor.post(f"/kalender/{newest.id}/intrekken", data=token)
    assert again.status_code == 302
    assert "Dit kalenderadres was al ingetrokken." in mayor.get(again.location).text


def test_who_is_invited_by_mail_is_not_asked_to_make_an_address(
    cast: Cast, session: Session, sign_in_as: SignInAs, now: datetime
) -> None:
    mayor = sign_in_as(cast.mayor)
    assert "nog geen kalenderadres" in mayor.get("/kalender").text
    switch_on(cast.mayor, now=now)
    session.commit()
    page = mayor.get("/kalender").text
    assert "U krijgt uitnodigingen per mail" in page
    assert "nog geen kalenderadres" not in page


def test_a_form_sent_twice_makes_one_address(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.mayor)
    form = form_to("/kalender/nieuw", client)
    first = client.post("/kalender/nieuw", data=form)
    again = client.get(client.post("/kalender/nieuw", data=form).location)
    assert len(session.scalars(select(Feed)).all()) == 1
    assert_tells_how_to_get_another(again.text)
    address = shown_in(first.text)
    assert address not in again.text
    assert client.get(address).status_code == 200
    token = address.removeprefix("/kalender/").removesuffix(".ics")
    assert token not in repr(session.execute(select(SentForm.__table__)).all())


def test_renewing_twice_makes_one_address(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.mayor)
    make(client)
    path = f"/kalender/{session.scalars(select(Feed)).one().id}/vernieuwen"
    form = form_to(path, client)
    address = shown_in(client.post(path, data=form).text)
    again = client.get(client.post(path, data=form).location)
    assert_tells_how_to_get_another(again.text)
    assert len(session.scalars(select(Feed).where(Feed.revoked_at_utc.is_(None))).all()) == 1
    assert client.get(address).status_code == 200


def form_to(path: str, client: ReadingClient) -> dict[str, Any]:
    """What a browser sends of the form on the page that goes to ``path``."""
    (form,) = [
        each
        for each in parse(client.get("/kalender").text).iter("form")
        if each.get("action") == path
    ]
    return filled_in(form)


def shown_in(text: str) -> str:
    found = ADDRESS.search(text)
    assert found
    return found[1]


def assert_tells_how_to_get_another(text: str) -> None:
    assert "Dit formulier was al verstuurd. Het is één keer verwerkt." in text
    assert "Hebt u het niet? Kies <strong>Vernieuwen</strong>" in text


def mayor_token(client: ReadingClient) -> str:
    text = client.get("/kalender").get_data(as_text=True)
    return text.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]


def test_the_address_of_somebody_else_does_not_exist(
    session: Session, cast: Cast, client: ReadingClient, sign_in_as: SignInAs
) -> None:
    path = make(sign_in_as(cast.mayor))
    feed = session.scalars(select(Feed)).one()
    client.sign_in(cast.chair)
    token = {"csrf_token": mayor_token(client)}
    for verb in ("vernieuwen", "intrekken"):
        assert client.post(f"/kalender/{feed.id}/{verb}", data=token).status_code == 404
    assert client.get(path).status_code == 200


def test_there_is_an_end_to_how_many_addresses(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    client.sign_in(cast.mayor)
    for _ in range(MOST_FEEDS):
        make(client)
    refused = client.send("/kalender", {"shows": ""})
    assert refused.status_code == 409
    assert "Trek er eerst een in" in refused.get_data(as_text=True)


def test_a_meeting_is_a_file_of_its_own(
    session: Session, cast: Cast, client: ReadingClient
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    client.sign_in(cast.mayor)
    response = client.get(f"/vergaderingen/{meeting.id}.ics")
    (event,) = events_in(response.data)
    assert event.uid == meeting.calendar_uid
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert "midwestoverleg-2026-01.ics" in response.headers["Content-Disposition"]


@pytest.mark.parametrize("who", ["stranger", "committee_support", "former_mayor"])
def test_the_file_does_not_exist_for_who_is_not_at_the_table(
    session: Session, cast: Cast, client: ReadingClient, who: str
) -> None:
    meeting = meeting_on(cast.midwest, FRIDAY, by=cast.support)
    session.commit()
    assert client.get(f"/vergaderingen/{meeting.id}.ics").status_code == 302
    client.sign_in(getattr(cast, who))
    assert client.get(f"/vergaderingen/{meeting.id}.ics").status_code == 404
    assert client.get("/vergaderingen/aaaaaaaaaaaaaaaa.ics").status_code == 404
