"""Writing the verslag, point by point."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from overleg.decisions.models import Outcome
from overleg.lib.errors import NotPossible
from overleg.minutes.models import NoteRevision
from overleg.minutes.queries.minutes import latest_note, revisions_of
from overleg.minutes.workflow.notes import NotesConflict, save_notes
from overleg.organisations.states import NotesVotes
from tests.minutes.held import OPEN_POINT, SHARED_POINT, Held
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in, text_of


def _next_page(client: ReadingClient, answer: TestResponse) -> str:
    """The page that a saved form leads to."""
    assert answer.status_code == 302, answer.get_data(as_text=True)
    return client.get(answer.location).get_data(as_text=True)


def test_support_writes_point_after_point(client: ReadingClient, cast: Cast, held: Held) -> None:
    held.open()
    client.sign_in(cast.support)
    first = f"{held.path}/verslag"
    answer = client.send(first, {"text_html": "De tafel luistert.", "do": "next"})
    assert answer.status_code == 302
    assert held.point(SHARED_POINT).id in answer.location
    page = client.get(held.verslag(SHARED_POINT)).get_data(as_text=True)
    assert "De tafel luistert." in page
    assert "Punt 1 is bewaard." in page


@pytest.mark.parametrize("field", ["kind", "agreed_by"])
def test_a_space_is_no_kind_of_outcome(
    client: ReadingClient, cast: Cast, held: Held, field: str
) -> None:
    held.open()
    client.sign_in(cast.support)
    outcome = {"kind": "agreement", "title": "Samen kopen", "outcome_html": "We kopen samen in."}
    refused = client.press(
        held.verslag(SHARED_POINT),
        {"text_html": "De tafel luistert.", "started_from": "0", **outcome, field: " "},
    )
    assert refused.status_code == 422
    assert "We kopen samen in." in refused.get_data(as_text=True)


def test_two_people_who_write_the_same_point_lose_nothing(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session
) -> None:
    held.open()
    first = sign_in_as(cast.support)
    second = sign_in_as(cast.support)
    here = held.verslag(SHARED_POINT)
    assert first.press(here, {"text_html": "Tekst van An.", "started_from": "0"}).status_code == 302
    refused = second.press(
        here,
        {
            "text_html": "Tekst van Bert.",
            "started_from": "0",
            "kind": "agreement",
            "title": "Samen kopen",
            "outcome_html": "We kopen samen in.",
        },
    )
    assert refused.status_code == 409
    page = refused.get_data(as_text=True)
    assert "Tekst van An." in page
    assert "Tekst van Bert." in page
    assert "We kopen samen in." in page
    assert "Bewaar mijn tekst als nieuwe versie" in page
    assert 'name="started_from" type="hidden" value="1"' in page
    assert not session.scalars(select(Outcome)).all()

    again = second.press(here, {"text_html": "Tekst van Bert.", "started_from": "1"})
    assert again.status_code == 302
    versions = second.get(
        f"{held.path}/verslag/versies?punt={held.point(SHARED_POINT).id}"
    ).get_data(as_text=True)
    assert "Tekst van An." in versions
    assert "Tekst van Bert." in versions


def test_a_form_sent_twice_makes_one_version_and_one_outcome(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    held.open()
    client.sign_in(cast.support)
    fields = {
        "text_html": "Iedereen akkoord.",
        "started_from": "0",
        "kind": "agreement",
        "title": "Energiestrategie",
        "outcome_html": "Alle gemeenten leggen de tekst voor.",
    }
    for _ in range(2):
        assert client.press(held.verslag(SHARED_POINT), fields).status_code in {302, 303}
    assert len(session.scalars(select(NoteRevision)).all()) == 1
    assert [outcome.title for outcome in session.scalars(select(Outcome))] == ["Energiestrategie"]


def test_a_kennisname_needs_no_words_of_its_own(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    answer = client.send(held.verslag(OPEN_POINT), {"kind": "noted"})
    assert "Het overleg neemt kennis." in _next_page(client, answer)


def test_an_agreement_without_text_is_refused_and_nothing_is_lost(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    held.open()
    client.sign_in(cast.support)
    answer = client.send(
        held.verslag(OPEN_POINT), {"kind": "agreement", "text_html": "Lang besproken."}
    )
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    point = held.point(OPEN_POINT).id
    (error,) = [e for e in parse(page).iter() if e.get("id") == f"outcome_html-{point}-error"]
    assert "Schrijf wat er is afgesproken." in text_of(error)
    assert "Lang besproken." in page
    assert not session.scalars(select(NoteRevision)).all()


EVERYTHING = {
    "text_html": "Lang besproken.",
    "kind": "agreement",
    "title": "Samen kopen",
    "outcome_html": "We kopen samen in.",
    "action_text": "Offertes vragen",
    "action_who": "Secretariaat Tielt",
}


def test_an_action_before_the_meeting_is_put_right_in_the_form(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    held.open()
    client.sign_in(cast.support)
    before = held.meeting.day - timedelta(days=1)
    typed = {**EVERYTHING, "action_due_on": f"{before:%Y-%m-%d}"}
    answer = client.send(held.verslag(OPEN_POINT), typed)
    assert answer.status_code == 422
    assert "valt vóór het overleg" in answer.text
    assert "Dat kan nu niet meer" not in answer.text
    forms = [filled_in(form) for form in parse(answer.text).iter("form")]
    (form,) = [form for form in forms if form.get("action_text", "").strip()]
    assert {name: form[name].strip() for name in typed} == typed
    assert not session.scalars(select(Outcome)).all()
    assert not session.scalars(select(NoteRevision)).all()

    later = {**form, "action_due_on": f"{held.meeting.day:%Y-%m-%d}"}
    page = _next_page(client, client.post(held.verslag(OPEN_POINT), data=later))
    assert "Offertes vragen" in page
    assert len(session.scalars(select(Outcome)).all()) == 1


AGREED = {"kind": "agreement", "title": "Samen kopen", "outcome_html": "We kopen samen in."}


@pytest.mark.parametrize(
    ("typed", "field", "said"),
    [
        (
            {**AGREED, "agreed_by": "", "reservations": "Tielt: wacht"},
            "reservations",
            "Kies hoe het overleg ertoe kwam.",
        ),
        (
            {"kind": "", "agreed_by": "", "reservations": "Tielt: wacht"},
            "reservations",
            "Kies eerst welke uitkomst dit is.",
        ),
        (
            {**AGREED, "agreed_by": "consensus", "reservations": "Tielt\n: wacht"},
            "reservations",
            "Zet op elke regel eerst een naam.",
        ),
        (
            {**AGREED, "agreed_by": "consensus", "reservations": f"{'Tielt ' * 40}wacht"},
            "reservations",
            "Houd elke naam onder 200 tekens. Zet een dubbelepunt voor de reden.",
        ),
        ({"action_due_on": "2026-05-01"}, "action_text", "Schrijf wat er moet gebeuren."),
    ],
    ids=["not_noted", "no_outcome", "nobody", "long_name", "day_alone"],
)
def test_what_cannot_be_noted_is_told_at_its_field_and_stays(
    client: ReadingClient,
    cast: Cast,
    held: Held,
    session: Session,
    typed: dict[str, str],
    field: str,
    said: str,
) -> None:
    cast.midwest.notes_votes = NotesVotes.VOTES
    held.open()
    client.sign_in(cast.support)
    sent = {"text_html": "Besproken.", "started_from": "0", **typed}
    answer = client.press(held.verslag(OPEN_POINT), sent)
    assert answer.status_code == 422
    page, point = parse(answer.text), held.point(OPEN_POINT).id
    (error,) = [each for each in page.iter() if each.get("id") == f"{field}-{point}-error"]
    assert said in text_of(error)
    forms = [filled_in(form) for form in page.iter("form")]
    (form,) = [form for form in forms if form.get("text_html", "").strip() == "Besproken."]
    assert {name: form[name].strip() for name in typed} == typed
    assert not session.scalars(select(NoteRevision)).all()


def test_what_comes_too_late_is_given_back_to_copy(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    client.open_page()
    held.approve()
    answer = client.press(held.verslag(OPEN_POINT), {**EVERYTHING, "started_from": "0"})
    assert answer.status_code == 409
    lost = [said for name, said in EVERYTHING.items() if name != "kind" and said not in answer.text]
    assert not lost


def test_what_was_refused_at_one_point_does_not_stand_at_the_others(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    typed = {"text_html": "Besproken.", "started_from": "0", "kind": "agreement"}
    answer = client.press(held.verslag(OPEN_POINT), typed)
    assert answer.status_code == 422
    boxes = [(box.text or "").strip() for box in parse(answer.text).iter("textarea")]
    assert boxes.count("Besproken.") == 1


def test_what_an_outcome_needs_is_not_called_optional(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    page = parse(client.get(held.verslag(OPEN_POINT)).text)
    point = held.point(OPEN_POINT).id
    for name in ("title", "outcome_html"):
        (label,) = [e for e in page.iter("label") if e.get("for") == f"{name}-{point}"]
        assert "niet verplicht" not in text_of(label)


def test_an_agreement_that_stops_at_a_colon_is_kept_with_a_warning(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    begun = {"kind": "agreement", "outcome_html": "Het overleg spreekt het volgende af:"}
    page = _next_page(client, client.send(held.verslag(OPEN_POINT), begun))
    assert "is bewaard." in page
    assert 'data-flash="warning">De tekst van deze uitkomst is nog niet af' in page
    assert "data-unfinished" in page


def test_an_unknown_kind_of_outcome_is_refused(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    answer = client.send(held.verslag(OPEN_POINT), {"kind": "besluit", "outcome_html": "Ja."})
    assert answer.status_code == 422


def test_a_text_without_its_outcome_asks_which(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    answer = client.send(held.verslag(OPEN_POINT), {"outcome_html": "Akkoord."})
    assert answer.status_code == 422
    assert "Kies welke uitkomst dit is." in answer.get_data(as_text=True)


def test_a_text_of_100_000_characters_is_refused_but_stays_on_the_page(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    answer = client.send(held.verslag(OPEN_POINT), {"text_html": "a" * 100_000})
    assert answer.status_code == 422
    page = answer.get_data(as_text=True)
    assert "Deze tekst is te lang" in page
    assert "a" * 100_000 in page


def test_emoji_and_text_from_right_to_left_are_kept(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    held.open()
    client.sign_in(cast.support)
    words = "Proficiat 🎉 שלום מרחבא"
    answer = client.send(held.verslag(OPEN_POINT), {"text_html": words})
    assert words in _next_page(client, answer)
    note = latest_note(held.point(OPEN_POINT))
    assert note is not None
    assert words in note.text_html


def test_markup_in_plain_text_stays_text(client: ReadingClient, cast: Cast, held: Held) -> None:
    held.open()
    client.sign_in(cast.support)
    answer = client.send(held.verslag(OPEN_POINT), {"text_html": "<script>alert(1)</script>"})
    page = _next_page(client, answer)
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_a_save_names_the_version_it_started_from(cast: Cast, held: Held) -> None:
    held.open()
    point = held.point(SHARED_POINT)
    save_notes(point, "<p>Een</p>", started_from=0, by=cast.support, now=held.begun_at)
    with pytest.raises(NotesConflict) as conflict:
        save_notes(point, "<p>Twee</p>", started_from=0, by=cast.chair, now=held.begun_at)
    assert conflict.value.latest.text_html == "<p>Een</p>"
    save_notes(point, "<p>Twee</p>", started_from=1, by=cast.chair, now=held.begun_at)
    assert [(r.number, r.written_by_name) for r in revisions_of(point)] == [
        (2, cast.chair.name),
        (1, cast.support.name),
    ]


def test_writing_waits_for_the_meeting_to_begin(cast: Cast, held: Held) -> None:
    with pytest.raises(NotPossible, match="zodra u de vergadering start"):
        save_notes(
            held.point(OPEN_POINT),
            "<p>Te vroeg</p>",
            started_from=0,
            by=cast.support,
            now=held.begun_at,
        )


def test_a_point_of_another_meeting_does_not_exist_here(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    held.open()
    client.sign_in(cast.support)
    answer = client.press(
        f"{held.path}/verslag?punt=bestaatniet", {"text_html": "x", "started_from": "0"}
    )
    assert answer.status_code == 404
