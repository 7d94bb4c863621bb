"""Sending an agenda: what is frozen, who is told what, and when it is refused."""

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.agenda.models import AgendaVersion
from overleg.agenda.queries.items import items_of_meeting
from overleg.agenda.queries.versions import lines_of_version
from overleg.agenda.workflow.fixed_items import ensure_fixed_items
from overleg.agenda.workflow.items import add_own_item, change_item, remove_item
from overleg.agenda.workflow.sending import send_agenda, version_letter
from overleg.audit.queries import history_of
from overleg.documents.states import Circle
from overleg.lib.dates import format_clock
from overleg.lib.errors import NotPossible
from overleg.mail.models import OutboxMessage
from overleg.organisations.models import Seat
from overleg.scheduling.states import MeetingState
from tests.agenda.preparing import (
    CLOSED_TITLE,
    NOW,
    PUBLIC_TITLE,
    SHARED_TITLE,
    Table,
    own_point,
)
from tests.agenda.proposing import make_meeting
from tests.plugins.cast import Cast


def send(table: Table, cast: Cast, message: str = "") -> AgendaVersion:
    return send_agenda(table.meeting, message=message, by=cast.support, now=NOW)


def mails(session: Session) -> dict[str, OutboxMessage]:
    """The last mail to each person."""
    found = session.scalars(select(OutboxMessage).order_by(OutboxMessage.created_at_utc))
    return {message.to_name: message for message in found}


def test_the_first_sending_makes_version_a_and_moves_the_meeting(table: Table, cast: Cast) -> None:
    version = send(table, cast, "Tot dan!")
    assert (version.letter, version.sent_by_name, version.message) == (
        "A",
        "Ondersteuner Midwest",
        "Tot dan!",
    )
    assert table.meeting.state is MeetingState.AGENDA_SENT
    last = history_of([table.meeting.id])[0]
    assert last.sentence == "verstuurde agenda A van 2026/02"


def test_a_version_keeps_numbers_and_clock_times_for_every_circle(table: Table, cast: Cast) -> None:
    version = send(table, cast)
    everything = lines_of_version(version.id, Circle.MAYORS.readable)
    assert [(line.number, format_clock(line.starts_at_utc)) for line in everything] == [
        (1, "13.00"),
        (2, "13.05"),
        (3, "13.20"),
        (4, "13.35"),
        (5, "13.50"),
    ]
    public = lines_of_version(version.id, Circle.PUBLIC.readable)
    assert [line.number for line in public] == [1, 2, 5]
    shared = lines_of_version(version.id, Circle.ADMINISTRATIONS.readable)
    assert [line.number for line in shared] == [1, 2, 3, 5]
    assert [a.title for line in shared for a in line.annexes] == [
        f"Nota bij {PUBLIC_TITLE}",
        f"Nota bij {SHARED_TITLE}",
    ]


def test_what_was_sent_stays_as_it_was(table: Table, cast: Cast) -> None:
    version = send(table, cast)
    change_item(
        table.shared,
        own_point("Andere titel"),
        revision=table.shared.revision,
        by=cast.support,
        now=NOW,
    )
    lines = lines_of_version(version.id, Circle.MAYORS.readable)
    assert SHARED_TITLE in [line.title for line in lines]


def test_sending_again_without_a_change_is_refused(table: Table, cast: Cast) -> None:
    send(table, cast)
    with pytest.raises(NotPossible, match="niets gewijzigd sinds versie A"):
        send(table, cast)


def test_a_change_makes_the_next_version(table: Table, cast: Cast) -> None:
    send(table, cast)
    add_own_item(table.meeting, own_point("Dringend punt"), by=cast.support, now=NOW)
    assert send(table, cast).letter == "B"
    assert table.meeting.state is MeetingState.AGENDA_SENT


def test_members_support_directors_and_partners_are_told(
    session: Session, table: Table, cast: Cast
) -> None:
    send(table, cast)
    assert sorted(mails(session)) == [
        "Algemeen directeur Izegem",
        "Burgemeester Izegem",
        "Burgemeester Roeselare",
        "Burgemeester Tielt",
        "Medewerker DVV Midwest",
        "Ondersteuner Midwest",
    ]


def test_a_mail_tells_what_is_asked_in_the_readers_own_circle(
    session: Session, table: Table, cast: Cast
) -> None:
    send(table, cast, "Lees vooral punt 3.")
    mayor, director = mails(session)[cast.mayor.name], mails(session)[cast.director.name]
    assert mayor.subject == "Agenda: Midwestoverleg van 1 april 2026"
    assert CLOSED_TITLE in mayor.text
    assert "3. 13.20 uur – Sportinfrastructuurplan (ter bespreking)" in mayor.text
    for body in (director.text, director.html):
        assert CLOSED_TITLE not in body
        assert SHARED_TITLE in body
        assert "Lees vooral punt 3." in body
        assert f"/vergaderingen/{table.meeting.id}" in body


def test_who_cannot_read_the_change_is_not_told(session: Session, table: Table, cast: Cast) -> None:
    send(table, cast)
    before = len(session.scalars(select(OutboxMessage)).all())
    text = own_point(CLOSED_TITLE + " en taken", circle=Circle.MAYORS, minutes=15)
    change_item(table.closed, text, revision=table.closed.revision, by=cast.support, now=NOW)
    send(table, cast)
    new = session.scalars(select(OutboxMessage)).all()[before:]
    told = {message.to_name for message in new if "versie B" in message.subject}
    assert cast.mayor.name in told
    assert cast.director.name not in told
    assert cast.partner.name not in told


def test_a_later_mail_says_what_changed(session: Session, table: Table, cast: Cast) -> None:
    send(table, cast)
    remove_item(table.public, by=cast.support, now=NOW)
    add_own_item(table.meeting, own_point("Dringend punt"), by=cast.support, now=NOW)
    send(table, cast)
    texts = [
        message.text
        for message in session.scalars(select(OutboxMessage))
        if message.to_name == cast.director.name and "versie B" in message.subject
    ]
    assert len(texts) == 1
    assert "Dringend punt (ter kennisname) [nieuw]" in texts[0]
    assert f"Geschrapt: {PUBLIC_TITLE}" in texts[0]


def test_an_agenda_with_only_fixed_points_is_not_sent(session: Session, cast: Cast) -> None:
    meeting = make_meeting(session, cast.midwest)
    ensure_fixed_items(meeting, now=NOW)
    with pytest.raises(NotPossible, match="enkel de vaste punten"):
        send_agenda(meeting, message="", by=cast.support, now=NOW)
    assert items_of_meeting(meeting)[0].title == "Varia"


def test_without_members_nobody_would_get_it(session: Session, table: Table, cast: Cast) -> None:
    for seat in session.scalars(select(Seat).where(Seat.body_id == cast.midwest.id)):
        session.delete(seat)
    with pytest.raises(NotPossible, match="nog geen leden"):
        send(table, cast)


@pytest.mark.parametrize(
    ("state", "sentence"),
    [(MeetingState.CANCELLED, "geannuleerd"), (MeetingState.MINUTES, "al begonnen")],
)
def test_a_meeting_that_is_over_or_off_sends_no_agenda(
    table: Table, cast: Cast, state: MeetingState, sentence: str
) -> None:
    table.meeting.state = state
    with pytest.raises(NotPossible, match=sentence):
        send(table, cast)


def test_versions_are_lettered_beyond_z() -> None:
    assert [version_letter(n) for n in (0, 1, 25, 26, 52)] == ["A", "B", "Z", "AA", "BA"]
