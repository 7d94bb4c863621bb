"""The page of a meeting: who reads which agenda, its documents, and what strangers see."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.models import SentAnnex
from overleg.agenda.workflow.items import add_own_item, change_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.documents.states import Circle
from overleg.scheduling.models import Meeting
from overleg.scheduling.states import MeetingState
from tests.agenda.preparing import (
    CLOSED_TITLE,
    NOW,
    PUBLIC_TITLE,
    SHARED_TITLE,
    Table,
    add_points,
    count_statements,
    own_point,
)
from tests.agenda.proposing import make_meeting
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.scheduling.planned import meeting_on
from tests.statements import statements_of


@pytest.fixture
def sent(session: Session, table: Table, cast: Cast) -> Table:
    """The same, sent as version A."""
    send_agenda(table.meeting, message="Graag lezen.", by=cast.support, now=NOW)
    session.commit()
    return table


def address(meeting: Meeting, rest: str = "") -> str:
    return f"/vergaderingen/{meeting.id}{rest}"


def page(sign_in_as: SignInAs, person: Person, path: str) -> str:
    answer = sign_in_as(person).get(path)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True)


def test_before_sending_only_who_prepares_sees_the_agenda(
    table: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    for person in (cast.support, cast.chair):
        seen = page(sign_in_as, person, address(table.meeting))
        assert SHARED_TITLE in seen
        assert "is nog alleen te zien voor de ondersteuners en de voorzitter." in seen
    for person in (cast.mayor, cast.director, cast.councillor):
        seen = page(sign_in_as, person, address(table.meeting))
        assert "De agenda is nog niet verstuurd" in seen
        assert "24 maart 2026" in seen
        assert PUBLIC_TITLE not in seen
        assert SHARED_TITLE not in page(sign_in_as, person, address(table.meeting, "/documenten"))
        assert sign_in_as(person).get(address(table.meeting, "/agenda.docx")).status_code == 404


def test_who_proposes_nothing_is_not_sent_to_the_form(
    table: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    for person, proposes in ((cast.mayor, True), (cast.councillor, False)):
        seen = page(sign_in_as, person, address(table.meeting))
        assert ("Een voorstel indienen" in seen) is proposes


def test_a_body_of_others_shows_only_its_date(
    session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    theirs = meeting_on(cast.zone_council, date(2026, 4, 24), by=cast.support)
    session.commit()
    seen = page(sign_in_as, cast.mayor, address(theirs))
    assert "Enkel de datum staat hier" in seen
    assert "Een voorstel indienen" not in seen
    for person in (cast.mayor, cast.support):
        seen = page(sign_in_as, person, address(theirs))
        assert "Enkel de datum staat hier" in seen
        assert "U leest mee" not in seen
        assert "Stand van de vergadering" not in seen
        assert "Onderdelen van de vergadering" not in seen


def test_the_button_to_change_it_goes_once_it_is_fixed(
    session: Session, table: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    button = address(table.meeting, "/gegevens")
    assert button in page(sign_in_as, cast.support, address(table.meeting))
    table.meeting.state = MeetingState.APPROVED
    session.commit()
    assert button not in page(sign_in_as, cast.support, address(table.meeting))


def test_after_sending_everybody_reads_the_own_circle(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    reads = {
        cast.mayor: {PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE},
        cast.director: {PUBLIC_TITLE, SHARED_TITLE},
        cast.partner: {PUBLIC_TITLE, SHARED_TITLE},
        cast.secretariat: {PUBLIC_TITLE, SHARED_TITLE},
        cast.councillor: {PUBLIC_TITLE},
    }
    for person, expected in reads.items():
        for rest in ("", "/documenten", "?versie=A"):
            seen = page(sign_in_as, person, address(sent.meeting, rest))
            found = {t for t in (PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE) if t in seen}
            assert found == expected, (person.name, rest)
    for person, told in (
        (cast.mayor, ""),
        (cast.director, "De andere punten zijn voor een engere kring."),
        (cast.councillor, "De andere punten zijn niet openbaar."),
    ):
        seen = page(sign_in_as, person, address(sent.meeting))
        assert ("De andere punten" in seen) is bool(told)
        assert told in seen


def test_an_item_says_what_is_asked_when_by_whom_and_who_reads_it(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    seen = page(sign_in_as, cast.mayor, address(sent.meeting))
    for words in ("ter bespreking", "13.20", "Burgemeester Roeselare", "besturen", "15 minuten"):
        assert words in seen
    assert "Graag lezen." in seen


def test_what_changed_since_the_version_before_is_marked(
    session: Session, sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    add_own_item(sent.meeting, own_point("Dringend punt"), by=cast.support, now=NOW)
    text = own_point(SHARED_TITLE, minutes=20)
    change_item(sent.shared, text, revision=sent.shared.revision, by=cast.support, now=NOW)
    session.commit()
    support = page(sign_in_as, cast.support, address(sent.meeting))
    assert "Gewijzigd sinds versie A." in support
    assert "Dringend punt" not in page(sign_in_as, cast.mayor, address(sent.meeting))
    send_agenda(sent.meeting, message="", by=cast.support, now=NOW.replace(hour=10))
    session.commit()
    seen = page(sign_in_as, cast.director, address(sent.meeting))
    assert seen.count("</svg>nieuw") == 1
    assert seen.count("</svg>gewijzigd") == 1
    earlier = page(sign_in_as, cast.director, address(sent.meeting, "?versie=A"))
    assert "vorige versie" in earlier
    assert "Dringend punt" not in earlier


def test_an_unknown_version_or_the_draft_is_not_found_for_members(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    mayor = sign_in_as(cast.mayor)
    for asked in ("Z", "ontwerp", "a b"):
        assert mayor.get(address(sent.meeting, f"?versie={asked}")).status_code == 404


def test_annexes_are_downloaded_by_who_reads_their_circle(
    session: Session, sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    by_circle = {annex.circle: annex.id for annex in session.scalars(select(SentAnnex))}
    can = {
        cast.mayor: set(Circle),
        cast.director: {Circle.PUBLIC, Circle.ADMINISTRATIONS},
        cast.councillor: {Circle.PUBLIC},
        cast.stranger: set(),
    }
    for person, circles in can.items():
        client = sign_in_as(person)
        for circle, annex_id in by_circle.items():
            status = client.get(f"/bijlagen/verstuurd/{annex_id}").status_code
            assert status == (200 if circle in circles else 404), (person.name, circle)


def test_the_documents_page_offers_the_word_file_per_circle_up_to_the_own(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    seen = page(sign_in_as, cast.director, address(sent.meeting, "/documenten"))
    assert "kring=openbaar" in seen
    assert "kring=besturen" in seen
    assert "kring=burgemeesters" not in seen


def test_a_cancelled_meeting_says_why(
    session: Session, table: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    table.meeting.state = MeetingState.CANCELLED
    table.meeting.state_reason = "Te weinig punten."
    session.commit()
    seen = page(sign_in_as, cast.mayor, address(table.meeting))
    assert "Deze vergadering is geannuleerd." in seen
    assert "Te weinig punten." in seen
    answer = sign_in_as(cast.support).get(address(table.meeting, "/voorbereiden"))
    assert answer.status_code == 409


@pytest.mark.parametrize("tab", ["", "/deelnemers", "/verslag", "/uitkomsten", "/documenten"])
@pytest.mark.parametrize("who", ["mayor", "support"])
def test_no_page_of_a_cancelled_meeting_promises_what_will_not_come(
    session: Session, table: Table, cast: Cast, sign_in_as: SignInAs, who: str, tab: str
) -> None:
    table.meeting.state = MeetingState.CANCELLED
    table.meeting.state_reason = "Te weinig punten."
    session.commit()
    seen = page(sign_in_as, getattr(cast, who), address(table.meeting, tab))
    for promise in ("ten laatste", "zodra", "In opmaak"):
        assert promise not in seen


def test_the_page_takes_the_same_statements_with_more_points(
    app: Flask, session: Session, cast: Cast, sign_in_as: SignInAs
) -> None:
    taken = []
    make_meeting(session, cast.midwest, days=30, number=1)
    for number, size in ((2, 2), (3, 20)):
        meeting = make_meeting(session, cast.midwest, days=30 + number, number=number)
        add_points(meeting, size, cast.support)
        send_agenda(meeting, message="", by=cast.support, now=NOW)
        session.commit()
        taken.append(
            [
                _statements(app, sign_in_as, person, address(meeting, rest))
                for person in (cast.mayor, cast.support)
                for rest in ("", "/documenten", "/voorbereiden")
                if person is cast.support or rest != "/voorbereiden"
            ]
        )
    assert taken[0] == taken[1]
    assert max(taken[0]) <= 22


def _statements(app: Flask, sign_in_as: SignInAs, person: Person, path: str) -> int:
    client = sign_in_as(person)
    assert client.get(path).status_code == 200
    count = count_statements(app)
    assert client.get(path).status_code == 200
    return count.number


GET_PAGES = (
    "",
    "/agenda.docx",
    "/documenten",
    "/voorbereiden",
    "/versturen",
    "/agenda/nieuw",
)
POST_PAGES = ("/volgorde", "/agenda/voorstel", "/agenda/vervolg", "/versturen", "/agenda/nieuw")
ITEM_PAGES = ("/wijzigen", "/verplaatsen", "/verwijderen")


def test_a_stranger_finds_none_of_it(sent: Table, cast: Cast, sign_in_as: SignInAs) -> None:
    stranger = sign_in_as(cast.stranger)
    for rest in GET_PAGES:
        assert stranger.get(address(sent.meeting, rest)).status_code == 404, rest
    for rest in POST_PAGES:
        assert stranger.press(address(sent.meeting, rest)).status_code == 404, rest
    for rest in ITEM_PAGES:
        path = f"/agendapunten/{sent.shared.id}{rest}"
        assert stranger.press(path).status_code == 404, rest


def test_a_member_may_not_prepare(sent: Table, cast: Cast, sign_in_as: SignInAs) -> None:
    for person in (cast.mayor, cast.chair):
        client = sign_in_as(person)
        for rest in ("/voorbereiden", "/versturen", "/agenda/nieuw"):
            assert client.get(address(sent.meeting, rest)).status_code == 403, rest
        for rest in POST_PAGES:
            assert client.press(address(sent.meeting, rest)).status_code == 403, rest


def test_who_did_not_sign_in_is_asked_to(sent: Table, app: Flask) -> None:
    answer = app.test_client().get(address(sent.meeting))
    assert answer.status_code == 302
    assert "/aanmelden" in answer.location


def test_what_the_page_says_of_its_body_is_read_with_the_meeting(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    asked = statements_of(sign_in_as(cast.mayor), address(sent.meeting))
    assert [each for each in asked if "FROM bodies WHERE" in each] == []
