"""Taking away what is gone already: who sees its page is led there, others see nothing."""

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.workflow.items import add_own_item
from tests.agenda.preparing import own_point
from tests.agenda.proposing import NOON, make_draft, make_meeting
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import text_of

GONE = "2" * 16
OF_THE_BODY = [
    (f"/overleg/midwestoverleg/regels/{GONE}/verwijderen", "De regel was al verwijderd."),
    (f"/overleg/midwestoverleg/data/{GONE}/verwijderen", "De datum was al verwijderd."),
    (f"/overleg/midwestoverleg/databronnen/{GONE}/verwijderen", "De bron was al verwijderd."),
]
LABEL = f"/overleg/midwestoverleg/labels/{GONE}"
OF_ALL_SUPPORT = (f"/beheer/themas/{GONE}/verwijderen", "Het thema was al van de lijst.")


@pytest.mark.parametrize(("address", "words"), [*OF_THE_BODY, OF_ALL_SUPPORT])
def test_the_second_tab_is_told_and_led_to_the_page(
    cast: Cast, sign_in_as: SignInAs, address: str, words: str
) -> None:
    client = sign_in_as(cast.support)
    answer = client.press(address)
    assert answer.status_code == 302
    assert words in text_of(parse(client.get(answer.location or "").text))


@pytest.mark.parametrize("address", [address for address, _words in OF_THE_BODY])
def test_who_does_not_see_the_page_is_not_told(
    cast: Cast, sign_in_as: SignInAs, address: str
) -> None:
    assert sign_in_as(cast.committee_support).press(address).status_code == 404


def test_a_label_that_is_gone_is_told_only_to_who_takes_it_away(
    cast: Cast, sign_in_as: SignInAs
) -> None:
    client = sign_in_as(cast.support)
    answer = client.press(LABEL, {"weg": "1"})
    assert answer.status_code == 302
    assert "Het label was al verwijderd." in client.get(answer.location).text
    assert client.press(LABEL, {"name": "Kust"}).status_code == 404
    assert sign_in_as(cast.committee_support).press(LABEL, {"weg": "1"}).status_code == 404


def test_a_point_that_is_gone_leads_to_its_agenda(
    cast: Cast, sign_in_as: SignInAs, session: Session
) -> None:
    meeting = make_meeting(session, cast.midwest)
    item = add_own_item(meeting, own_point("Varia"), by=cast.support, now=NOON)
    session.commit()
    client = sign_in_as(cast.support)
    address = f"/agendapunten/{item.id}/verwijderen?vergadering={meeting.id}"
    assert address in client.get(f"/vergaderingen/{meeting.id}/voorbereiden").text
    for words in ("is van de agenda gehaald.", "Dit punt was al van de agenda."):
        answer = client.press(address)
        assert answer.status_code == 302
        assert words in client.get(answer.location).text
    assert sign_in_as(cast.committee_support).press(address).status_code == 404


def test_a_person_or_a_dossier_that_is_gone_leads_to_where_it_stood(
    cast: Cast, sign_in_as: SignInAs
) -> None:
    draft = make_draft(cast.mayor, cast.midwest, cast.roeselare, now=NOON)
    proposal, dossier = f"/voorstellen/{draft.id}", f"/dossiers/{draft.dossier_id}"
    client = sign_in_as(cast.mayor)
    for address, page, words in (
        (f"{proposal}/samen/{GONE}/weghalen", proposal, "werd al niet meer gevraagd."),
        (f"{dossier}/verwant/{GONE}/losmaken", dossier, "was al niet meer verwant."),
    ):
        answer = client.press(address)
        assert (answer.status_code, answer.location) == (302, page)
        assert words in client.get(page).text
