"""The agenda as a Word file: what it holds per circle, its name, and who gets it."""

from io import BytesIO

from docx import Document
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.workflow.items import add_own_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.db import db
from tests.agenda.preparing import (
    CLOSED_TITLE,
    NOW,
    PUBLIC_TITLE,
    SHARED_TITLE,
    Table,
    lay_table,
    own_point,
)
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario


@scenario
def sent(cast: Cast) -> Table:
    """A meeting whose agenda was sent, with a point of each circle."""
    table = lay_table(db.session(), cast.midwest, cast.support, cast.mayor, cast.roeselare)
    table.meeting.online_url = "https://meet.example.test/midwest"
    send_agenda(table.meeting, message="", by=cast.support, now=NOW)
    return table


def words(sign_in_as: SignInAs, person: Person, table: Table, query: str = "") -> str:
    """All text in the Word file that this person gets."""
    answer = sign_in_as(person).get(f"/vergaderingen/{table.meeting.id}/agenda.docx{query}")
    assert answer.status_code == 200, answer.status
    document = Document(BytesIO(answer.data))
    cells = [cell.text for t in document.tables for row in t.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def found(text: str) -> set[str]:
    return {title for title in (PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE) if title in text}


def test_each_reader_gets_the_file_of_the_own_circle(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    assert found(words(sign_in_as, cast.mayor, sent)) == {PUBLIC_TITLE, SHARED_TITLE, CLOSED_TITLE}
    assert found(words(sign_in_as, cast.director, sent)) == {PUBLIC_TITLE, SHARED_TITLE}
    assert found(words(sign_in_as, cast.councillor, sent)) == {PUBLIC_TITLE}


def test_a_wider_circle_may_be_asked_a_narrower_one_does_not_exist(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    assert found(words(sign_in_as, cast.mayor, sent, "?kring=openbaar")) == {PUBLIC_TITLE}
    director = sign_in_as(cast.director)
    path = f"/vergaderingen/{sent.meeting.id}/agenda.docx"
    for asked in ("burgemeesters", "iedereen", "mayors"):
        assert director.get(f"{path}?kring={asked}").status_code == 404


def test_numbers_stay_when_a_closed_point_is_left_out(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    text = words(sign_in_as, cast.director, sent)
    assert f"3. {SHARED_TITLE}" in text
    assert "5. Varia" in text
    assert "4." not in text


def test_the_file_tells_date_place_members_and_version(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    text = words(sign_in_as, cast.mayor, sent)
    for part in (
        "woensdag 1 april 2026",
        "13.00 tot 15.00 uur",
        "Burgemeester Tielt",
        "A, verzonden op 2 maart 2026",
        "meet.example.test",
        "13.20 uur",
    ):
        assert part in text
    assert "meet.example.test" not in words(sign_in_as, cast.councillor, sent)


def test_the_file_is_named_after_body_number_and_circle(
    sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    answer = sign_in_as(cast.mayor).get(f"/vergaderingen/{sent.meeting.id}/agenda.docx")
    assert answer.headers["Content-Disposition"] == (
        "attachment; filename=agenda-midwestoverleg-2026-02.docx"
    )
    answer = sign_in_as(cast.councillor).get(f"/vergaderingen/{sent.meeting.id}/agenda.docx")
    assert "agenda-midwestoverleg-2026-02-openbaar.docx" in answer.headers["Content-Disposition"]


def test_who_prepares_can_have_the_draft_and_members_keep_what_was_sent(
    session: Session, sent: Table, cast: Cast, sign_in_as: SignInAs
) -> None:
    assert "ONTWERP" not in words(sign_in_as, cast.support, sent)  # nothing changed since
    add_own_item(sent.meeting, own_point("Dringend punt"), by=cast.support, now=NOW)
    session.commit()
    draft = words(sign_in_as, cast.support, sent, "?versie=ontwerp")
    assert "Dringend punt" in draft
    assert "ONTWERP" in draft
    assert "Dringend punt" not in words(sign_in_as, cast.mayor, sent)
    answer = sign_in_as(cast.mayor).get(
        f"/vergaderingen/{sent.meeting.id}/agenda.docx?versie=ontwerp"
    )
    assert answer.status_code == 404
