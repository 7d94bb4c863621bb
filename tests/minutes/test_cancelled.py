"""A meeting that was cancelled has no verslag, and no page promises one."""

from datetime import timedelta

from overleg.db import session
from overleg.scheduling.workflow import cancel_meeting
from tests.agenda.proposing import make_meeting
from tests.minutes.held import Held
from tests.parsing import parse
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, text_of


def test_a_cancelled_meeting_has_no_verslag(client: ReadingClient, cast: Cast, held: Held) -> None:
    cancel_meeting(
        held.meeting,
        reason="Te weinig punten.",
        by=cast.support,
        now=held.begun_at - timedelta(days=1),
    )
    session().commit()
    client.sign_in(cast.mayor)
    for tab in ("deelnemers", "verslag", "historiek"):
        assert "geannuleerd" in text_of(parse(client.get(f"{held.path}/{tab}").text))
    client.sign_in(cast.support)
    assert client.press(f"{held.path}/starten").status_code == 409


def test_a_cancelled_meeting_without_points_does_not_promise_a_verslag(
    client: ReadingClient, cast: Cast
) -> None:
    meeting = make_meeting(session(), cast.midwest)
    session().commit()
    client.sign_in(cast.support)
    page = f"/vergaderingen/{meeting.id}/verslag"
    assert "Nog geen punten" in text_of(parse(client.get(page).text))
    cancel_meeting(meeting, reason="Te weinig punten.", by=cast.support, now=meeting.created_at_utc)
    session().commit()
    words = text_of(parse(client.get(page).text))
    assert "er komt geen verslag" in words
    assert "Nog geen punten" not in words
