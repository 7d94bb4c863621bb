"""Only what changed since the version before: on the page, in the mail and in Word."""

import re
from io import BytesIO

from docx import Document
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.workflow.items import add_own_item, change_item, remove_item
from overleg.agenda.workflow.order import Direction, move_item
from overleg.agenda.workflow.sending import send_agenda
from overleg.documents.states import Circle
from overleg.mail.models import OutboxMessage
from tests.agenda.preparing import (
    CLOSED_TITLE,
    NOW,
    PUBLIC_TITLE,
    SHARED_TITLE,
    Table,
    own_point,
    send_table,
)
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.plugins.scenarios import scenario
from tests.reading import ReadingClient


@scenario
def changed(cast: Cast) -> Table:
    """Version B: a public point is gone, a shared one changed, a new one came, one stayed."""
    table, by = send_table(cast), cast.support
    remove_item(table.public, by=by, now=NOW)
    change_item(
        table.closed,
        own_point("Nieuwe naam", circle=Circle.MAYORS),
        revision=table.closed.revision,
        by=by,
        now=NOW,
    )
    add_own_item(table.meeting, own_point("Dringend punt"), by=by, now=NOW)
    send_agenda(table.meeting, message="", by=by, now=NOW)
    return table


def page(client: ReadingClient, table: Table, query: str) -> str:
    answer = client.get(f"/vergaderingen/{table.meeting.id}{query}")
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def test_a_mayor_sees_only_what_changed(cast: Cast, sign_in_as: SignInAs, changed: Table) -> None:
    mayor = sign_in_as(cast.mayor)
    whole = page(mayor, changed, "")
    assert SHARED_TITLE in whole
    assert "Enkel wat wijzigde" in whole
    only = page(mayor, changed, "?toon=gewijzigd")
    assert "Dringend punt" in only
    assert "Nieuwe naam" in only
    assert re.search(rf"<li>Punt \d: <del>{PUBLIC_TITLE}</del>", only)
    assert SHARED_TITLE not in only


def test_a_change_of_a_narrower_circle_is_not_told(
    cast: Cast, sign_in_as: SignInAs, changed: Table
) -> None:
    only = page(sign_in_as(cast.director), changed, "?toon=gewijzigd")
    assert "Dringend punt" in only
    assert "Nieuwe naam" not in only
    assert CLOSED_TITLE not in only


def test_the_first_version_stays_readable_as_it_was(
    cast: Cast, sign_in_as: SignInAs, changed: Table
) -> None:
    first = page(sign_in_as(cast.mayor), changed, "?versie=A")
    assert CLOSED_TITLE in first
    assert "Enkel wat wijzigde" not in first


def test_what_changed_is_a_word_file_of_its_own(
    cast: Cast, sign_in_as: SignInAs, changed: Table
) -> None:
    answer = sign_in_as(cast.mayor).get(
        f"/vergaderingen/{changed.meeting.id}/agenda.docx?toon=gewijzigd"
    )
    assert "-wijzigingen.docx" in answer.headers["Content-Disposition"]
    words = "\n".join(p.text for p in Document(BytesIO(answer.data)).paragraphs)
    assert "B (enkel wat wijzigde)" in words
    assert "6. Dringend punt" in words
    assert f"2. {PUBLIC_TITLE}" in words
    assert "niet meer op de agenda" in words
    assert SHARED_TITLE not in words


def test_the_mail_tells_what_changed_and_what_is_asked_of_it(
    session: Session, cast: Cast, changed: Table
) -> None:
    texts = [
        message.text
        for message in session.scalars(select(OutboxMessage))
        if message.to_name == cast.director.name and "versie B" in message.subject
    ]
    assert len(texts) == 1
    assert "6. 13.30 uur – Dringend punt (ter kennisname) [nieuw]" in texts[0]
    assert f"Geschrapt: {PUBLIC_TITLE}" in texts[0]
    assert "Nieuw of gewijzigd: 1 punt ter kennisname." in texts[0]
    assert SHARED_TITLE not in texts[0]
    assert "3 andere punten bleven zoals ze waren." in texts[0]


def test_a_mail_about_another_order_says_so(session: Session, cast: Cast, changed: Table) -> None:
    move_item(changed.shared, Direction.DOWN, by=cast.support, now=NOW)
    send_agenda(changed.meeting, message="", by=cast.support, now=NOW)
    texts = [
        message.text
        for message in session.scalars(select(OutboxMessage))
        if message.to_name == cast.mayor.name and "versie C" in message.subject
    ]
    assert "De punten zelf bleven gelijk" in texts[0]
    assert SHARED_TITLE in texts[0]
