"""Opening, closing and approving."""

import pytest

from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.lib.errors import NotPossible
from overleg.minutes.queries.minutes import minutes_of
from overleg.minutes.states import MinutesState
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import approve_minutes, close_meeting, open_meeting
from overleg.scheduling.states import MeetingState
from tests.minutes.held import SHARED_POINT, Held, next_for, sent_meeting
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient


def test_a_meeting_is_started_closed_and_taken_up_again(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    for page, state in (
        ("starten", MeetingState.IN_SESSION),
        ("sluiten", MeetingState.MINUTES),
        ("starten", MeetingState.IN_SESSION),
    ):
        assert client.press(f"{held.path}/{page}").status_code == 302
        assert held.meeting.state is state
    verbs = [entry.verb for entry in history_of([held.meeting.id])]
    assert verbs.count(Verb.MEETING_OPENED) == 2
    assert verbs.count(Verb.MEETING_CLOSED) == 1


def test_starting_twice_changes_nothing(cast: Cast, held: Held) -> None:
    for _ in range(2):
        open_meeting(held.meeting, by=cast.support, now=held.begun_at)
    verbs = [entry.verb for entry in history_of([held.meeting.id])]
    assert verbs.count(Verb.MEETING_OPENED) == 1


def test_a_meeting_that_did_not_start_is_not_closed(cast: Cast, held: Held) -> None:
    with pytest.raises(NotPossible, match="Wat wel kan"):
        close_meeting(held.meeting, by=cast.support, now=held.begun_at)


def test_a_verslag_is_approved_at_the_next_meeting(
    client: ReadingClient, cast: Cast, held: Held, clock: Clock
) -> None:
    held.close()
    page = f"{held.path}/verslag/goedkeuren"
    client.sign_in(cast.chair)
    assert "Plan ze eerst." in client.get(page).get_data(as_text=True)
    next_for(held)
    early = client.press(page)
    assert early.status_code == 409
    assert "Vanaf die dag kan het hier." in early.get_data(as_text=True)

    clock.advance(days=28)
    asked = client.get(page).get_data(as_text=True)
    assert "niemand kan de tekst of de aanwezigheden nog wijzigen" in asked
    assert "Nog niets geschreven bij de punten" in asked
    assert client.press(page).status_code == 302
    minutes = minutes_of(held.meeting)
    assert minutes is not None
    assert minutes.state is MinutesState.APPROVED
    assert minutes.approved_by_name == cast.chair.name
    assert held.meeting.state is MeetingState.APPROVED
    assert history_of([minutes.id])[0].verb is Verb.MINUTES_APPROVED


def test_approval_freezes_the_notes(client: ReadingClient, cast: Cast, held: Held) -> None:
    held.approve()
    point = held.point(SHARED_POINT)
    with pytest.raises(NotPossible, match="“Rechtzetten” kiezen"):
        save_notes(point, "<p>Later.</p>", started_from=0, by=cast.support, now=held.begun_at)
    client.sign_in(cast.support)
    page = client.get(f"{held.path}/verslag?punt={point.id}").get_data(as_text=True)
    assert "Dit verslag ligt vast." in page
    assert 'name="text_html"' not in page
    answer = client.press(
        f"{held.path}/verslag?punt={point.id}", {"text_html": "Later.", "started_from": "0"}
    )
    assert answer.status_code == 409
    refused = answer.get_data(as_text=True)
    assert "Rechtzetten" in refused
    assert "Later." in refused  # what somebody was writing meanwhile can still be copied


def test_what_is_approved_is_not_approved_again(cast: Cast, held: Held) -> None:
    held.approve()
    with pytest.raises(NotPossible, match="ligt vast"):
        approve_minutes(held.meeting, by=cast.support, now=held.begun_at)


def test_only_support_and_chair_approve_and_only_support_writes(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.close()
    for person in (cast.mayor, cast.director):
        assert sign_in_as(person).get(f"{held.path}/verslag/goedkeuren").status_code == 403
    for person in (cast.chair, cast.mayor):
        other = sign_in_as(person)
        assert other.press(f"{held.path}/verslag").status_code == 403
        assert other.get(f"{held.path}/verslag/versies").status_code == 403


def test_the_committee_of_another_region_reads_its_own_drafts(
    sign_in_as: SignInAs, cast: Cast
) -> None:
    held = sent_meeting(cast.rivierenland, by=cast.committee_support).open()
    member = sign_in_as(cast.committee_3)
    assert "is bezig" in member.get(f"{held.path}/verslag").get_data(as_text=True)
    assert sign_in_as(cast.support).get(f"{held.path}/verslag").status_code == 404
