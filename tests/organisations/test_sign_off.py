"""Whether the general director signs proposals off is a setting of the municipality."""

from collections.abc import Callable
from datetime import datetime

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.audit.models import JournalEntry
from overleg.lib.errors import NotPossible
from overleg.organisations.workflow import set_sign_off
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]


def test_it_stands_in_the_journal_and_is_set_once(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    set_sign_off(cast.izegem, is_required=True, by=cast.director, now=now)
    with pytest.raises(NotPossible, match="van Izegem tekent al af"):
        set_sign_off(cast.izegem, is_required=True, by=cast.director, now=now)
    told = session.scalars(select(JournalEntry)).one()
    assert told.subject_id == cast.izegem.id
    assert told.reason == "de algemeen directeur tekent voorstellen af"


@pytest.mark.parametrize("who", ["director", "support", "administrator"])
def test_its_director_and_who_keeps_it_switch_it(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, who: str
) -> None:
    client = sign_in_as(getattr(cast, who))
    page = f"/organisaties/{cast.izegem.id}"
    assert "tekent ze niet eerst af" in client.get(page).text
    on = client.get(client.send(page, {"naar": "aan"}).location or "")
    assert "Voorstellen wachten voortaan op de algemeen directeur." in on.text
    session.expire_all()
    assert cast.izegem.requires_sign_off
    assert client.press(f"{page}/aftekenen", {"naar": "aan"}).status_code == 409
    off = client.get(client.send(page, {"naar": "uit"}).location or "")
    assert "rechtstreeks naar het overleg" in off.text


@pytest.mark.parametrize("who", ["mayor", "chair", "secretariat", "stranger", "committee_support"])
def test_others_read_it_only(cast: Cast, sign_in_as: SIGN_IN, who: str) -> None:
    client = sign_in_as(getattr(cast, who))
    page = f"/organisaties/{cast.izegem.id}"
    assert "Laat aftekenen" not in client.get(page).text
    assert client.press(f"{page}/aftekenen", {"naar": "aan"}).status_code == 404


def test_a_director_sets_it_for_the_own_municipality_alone(cast: Cast, sign_in_as: SIGN_IN) -> None:
    client = sign_in_as(cast.director)
    page = f"/organisaties/{cast.tielt.id}/aftekenen"
    assert client.press(page, {"naar": "aan"}).status_code == 404


def test_the_page_says_when_there_is_no_director(cast: Cast, sign_in_as: SIGN_IN) -> None:
    page = sign_in_as(cast.support).get(f"/organisaties/{cast.tielt.id}").text
    assert "Er is nog geen algemeen directeur met een account." in page
