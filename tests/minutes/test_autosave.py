"""A text that saves itself: in revisions one can read, and nobody's words overwritten."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy.orm import Session

from overleg.agenda.states import ItemKind
from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.decisions.queries.actions import actions_by_item, votes_by_outcome
from overleg.minutes.queries.minutes import latest_note, minutes_of, outcomes_by_item, revisions_of
from overleg.minutes.workflow.notes import LONGEST, PAUSE, NotesConflict, save_notes
from overleg.organisations.states import NotesVotes
from overleg.scheduling.states import MeetingState
from tests.at_once import ON_BOTH
from tests.minutes.held import OPEN_POINT, SHARED_POINT, Held, next_for, sent_meeting
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SECONDS = timedelta(seconds=3)
NOTED = {Verb.NOTES_SAVED, Verb.OUTCOME_NOTED}


def _save(client: ReadingClient, held: Held, point: str, /, **fields: Any) -> dict[str, Any]:
    path = held.verslag(point).replace("/verslag?", "/verslag/bewaren?")
    answer = client.press(path, {"started_from": "0", "writing_id": "venster", **fields})
    told: dict[str, Any] = answer.get_json()
    return told


def test_saves_of_one_window_grow_one_revision_until_somebody_pauses(
    cast: Cast, held: Held
) -> None:
    held.open()
    point, at = held.point(SHARED_POINT), held.begun_at

    def save(text: str, **more: Any) -> None:
        note = latest_note(point)
        started_from = note.edition if note else 0
        save_notes(
            point,
            f"<p>{text}</p>",
            started_from=started_from,
            by=more.get("by", cast.support),
            now=at,
            writing_id=more.get("writing_id", "venster"),
        )

    for number in range(5):
        at += SECONDS
        save(f"Tekst {number}")
    assert [(r.number, r.edition, r.text_html) for r in revisions_of(point)] == [
        (1, 5, "<p>Tekst 4</p>")
    ]
    assert [e.verb for e in history_of([point.id])].count(Verb.NOTES_SAVED) == 1
    at += PAUSE
    save("Na een pauze")
    at += SECONDS
    save("Van een ander", by=cast.chair, writing_id="ander venster")
    at += SECONDS
    save("Weer de eerste")
    at += SECONDS
    save("Klaar", writing_id="")
    assert [r.number for r in revisions_of(point)] == [5, 4, 3, 2, 1]
    for _ in range(LONGEST // PAUSE + 2):
        at += PAUSE - SECONDS
        save(f"Lang bezig om {at}")
    assert revisions_of(point)[0].number == 7


def test_a_save_whose_answer_got_lost_is_taken_again_and_another_window_is_told(
    cast: Cast, held: Held
) -> None:
    held.open()
    point, at = held.point(SHARED_POINT), held.begun_at
    common: dict[str, Any] = {"started_from": 0, "by": cast.support}
    save_notes(point, "<p>Een</p>", now=at, writing_id="venster", **common)
    save_notes(point, "<p>Een twee</p>", now=at + SECONDS, writing_id="venster", **common)
    with pytest.raises(NotesConflict):
        save_notes(point, "<p>Drie</p>", now=at + SECONDS, writing_id="tweede venster", **common)
    note = latest_note(point)
    assert note is not None
    assert note.text_html == "<p>Een twee</p>"


def test_the_screen_is_told_that_an_outcome_is_unfinished(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    client = sign_in_as(cast.support)
    begun = {"kind": "agreement", "title": "X", "outcome_html": "Wij spreken af:"}
    told = _save(client, held, OPEN_POINT, done="1", **begun)
    assert told["state"] == "saved"
    assert "data-unfinished" in told["results"]
    other = {"kind": "agreement", "title": "Y", "outcome_html": "Wij kopen samen in."}
    told = _save(client, held, SHARED_POINT, done="1", **other)
    assert "data-unfinished" not in told["results"]


def test_the_screen_is_told_what_was_kept_and_what_was_not(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    client = sign_in_as(cast.support)
    assert _save(client, held, OPEN_POINT, text_html="Een tekst.") == {
        "state": "saved",
        "message": "Bewaard om 10.00 uur",
        "edition": 1,
    }
    assert _save(client, held, OPEN_POINT, text_html="a" * 60_000)["state"] == "incomplete"
    told = _save(client, held, OPEN_POINT, text_html="Van elders.", writing_id="ander")
    assert told["state"] == "conflict"
    assert "Een tekst." in told["theirs"]
    assert _save(client, held, OPEN_POINT, done="1", kind="agreement", title="X") == {
        "state": "incomplete",
        "message": "Nog niet bewaard. Schrijf wat er is afgesproken.",
        "errors": {"outcome_html": "Schrijf wat er is afgesproken."},
    }
    held.close()
    held.approve()
    assert _save(client, held, OPEN_POINT, text_html="Te laat.")["state"] == "closed"
    stranger = sign_in_as(cast.stranger)
    path = held.verslag(OPEN_POINT).replace("/verslag?", "/verslag/bewaren?")
    assert stranger.press(path, {"text_html": "x", "started_from": "0"}).status_code == 404
    assert sign_in_as(cast.mayor).press(path, {"text_html": "x"}).status_code == 403


def test_the_notes_save_themselves_while_the_rest_of_the_form_is_half_typed(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    client = sign_in_as(cast.support)
    half = {"action_due_on": "2026-04-01", "agreed_by": "", "reservations": "Tielt"}
    told = _save(client, held, OPEN_POINT, text_html="Een tekst.", **half)
    assert (told["state"], told["edition"]) == ("saved", 1)
    told = _save(client, held, OPEN_POINT, done="1", started_from="1", action_due_on="2026-04-01")
    assert told["errors"] == {"action_text": "Schrijf wat er moet gebeuren."}


def test_an_outcome_with_its_vote_and_an_action_are_kept_at_once_and_only_once(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    cast.midwest.notes_votes = NotesVotes.VOTES
    client = sign_in_as(cast.support)
    fields = {
        "done": "1",
        "text_html": "Besproken.",
        "kind": "agreement",
        "title": "Samen kopen",
        "outcome_html": "We kopen samen.",
        "agreed_by": "vote",
        "in_favour": "9",
        "against": "2",
        "abstained": "1",
        "reservations": "Tielt: wacht op cijfers",
        "action_text": "Offertes vragen",
        "action_who": cast.mayor.name.upper(),
        "action_due_on": "2026-04-01",
    }
    for _ in range(2):
        told = _save(client, held, SHARED_POINT, **fields)
        assert told["state"] == "saved"
    assert "Bij stemming: 9 voor, 2 tegen, 1 onthouding." in told["results"]
    assert "Voorbehoud: Tielt (wacht op cijfers)." in told["results"]
    point = held.point(SHARED_POINT).id
    assert len(outcomes_by_item([point])[point]) == 1
    assert len(votes_by_outcome([point])) == 1
    (action,) = actions_by_item([point])[point]
    assert action.person is cast.mayor


WITH_ACTION = {
    "done": "1",
    "text_html": "Besproken.",
    "kind": "agreement",
    "title": "Samen kopen",
    "outcome_html": "We kopen samen.",
    "action_text": "Offertes vragen",
    "action_who": "An",
    "writing_id": "",
}
WITH_VOTE = {
    "done": "1",
    "text_html": "Besproken.",
    "kind": "agreement",
    "title": "Samen kopen",
    "outcome_html": "We kopen samen.",
    "agreed_by": "vote",
    "in_favour": "9",
    "against": "1",
    "writing_id": "",
}


@ON_BOTH
@pytest.mark.parametrize(
    ("fields", "wrong", "right"),
    [
        (WITH_ACTION, {"action_due_on": "2025-01-01"}, {"action_due_on": "2026-05-01"}),
        (WITH_VOTE, {"reservations": "Tielt: a\nTielt: b"}, {"reservations": "Tielt: a"}),
    ],
    ids=["action", "vote"],
)
def test_of_what_was_refused_nothing_is_kept_and_it_can_be_put_right(
    sign_in_as: SignInAs,
    cast: Cast,
    held: Held,
    session: Session,
    database_kind: str,
    fields: dict[str, str],
    wrong: dict[str, str],
    right: dict[str, str],
) -> None:
    held.open()
    cast.midwest.notes_votes = NotesVotes.VOTES
    session.commit()
    client, point = sign_in_as(cast.support), held.point(SHARED_POINT)
    told = _save(client, held, SHARED_POINT, **fields, **wrong)
    assert told["message"].startswith("Nog niet bewaard."), database_kind
    session.expire_all()
    assert latest_note(point) is None
    assert outcomes_by_item([point.id]) == {}
    assert NOTED.isdisjoint(entry.verb for entry in history_of([point.id]))
    assert _save(client, held, SHARED_POINT, **fields, **right)["state"] == "saved"
    session.expire_all()
    assert len(outcomes_by_item([point.id])[point.id]) == 1
    votes, actions = votes_by_outcome([point.id]), actions_by_item([point.id])
    assert (len(votes), len(actions)) == ((0, 1) if fields is WITH_ACTION else (1, 0))


def test_two_writers_hear_each_other_and_nobody_approves_meanwhile(
    sign_in_as: SignInAs, cast: Cast, held: Held, clock: Clock
) -> None:
    held.close()
    next_for(held)
    clock.advance(days=28)
    writer, chair = sign_in_as(cast.support), sign_in_as(cast.chair)
    hear = held.verslag(SHARED_POINT).replace("/verslag?", "/verslag/schrijvers?")
    assert writer.press(hear).get_json()["others"] == []
    refused = chair.press(f"{held.path}/verslag/goedkeuren")
    assert refused.status_code == 409
    assert f"{cast.support.name} schrijft bij punt 2." in refused.get_data(as_text=True)
    clock.advance(seconds=31)
    assert chair.press(f"{held.path}/verslag/goedkeuren").status_code == 302


def test_the_point_about_the_previous_verslag_approves_it(
    sign_in_as: SignInAs, cast: Cast, held: Held, clock: Clock
) -> None:
    held.close()
    following = sent_meeting(cast.midwest, by=cast.support, on=held.meeting.day.replace(day=30))
    following.open()
    approval = next(i.title for i in following.items() if i.title.startswith("Goedkeuring"))
    client = sign_in_as(cast.support)
    early = _save(client, following, approval, done="1", kind="noted", title="Verslag")
    assert "nog niet goedgekeurd" in early["message"]
    clock.advance(days=28)
    fields = {"kind": "agreement", "title": "Verslag", "outcome_html": "Goedgekeurd."}
    told = _save(client, following, approval, done="1", started_from="0", **fields)
    assert "Het verslag van 2 maart 2026 is goedgekeurd." in told["message"]
    minutes = minutes_of(held.meeting)
    assert minutes is not None
    assert minutes.approved_by_name == cast.support.name


def test_an_outcome_noted_at_uitkomsten_approves_it_as_well(
    sign_in_as: SignInAs, cast: Cast, held: Held, clock: Clock
) -> None:
    held.close()
    following = sent_meeting(cast.midwest, by=cast.support, on=held.meeting.day.replace(day=30))
    following.open()
    approval = next(i for i in following.items() if i.kind is ItemKind.MINUTES_APPROVAL)
    client, page = sign_in_as(cast.support), f"/agendapunten/{approval.id}/uitkomst"
    fields = {"kind": "noted", "title": "Verslag", "text_html": "Goedgekeurd."}
    early = client.get(client.send(page, fields).location)
    assert "Het verslag van 2 maart 2026 is nog niet goedgekeurd." in early.text
    clock.advance(days=28)
    later = client.get(client.send(page, {**fields, "kind": "postponed"}).location)
    assert "Het verslag van 2 maart 2026" not in later.text
    told = client.get(client.send(page, {**fields, "kind": "agreement"}).location)
    assert "Het verslag van 2 maart 2026 is goedgekeurd." in told.text
    assert held.meeting.state is MeetingState.APPROVED
