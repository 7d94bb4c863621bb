"""Who is at the table."""

from typing import Any

import pytest
from sqlalchemy.orm import Session

from overleg.db import NO_ROW
from overleg.lib.errors import EditConflict, NotPossible, Refused
from overleg.minutes.queries.attendance import table_of
from overleg.minutes.queries.minutes import minutes_of
from overleg.minutes.results import attendance_in_words
from overleg.minutes.states import Presence
from overleg.minutes.workflow.attendance import Guest, Seen, note_attendance
from overleg.organisations.models import Seat
from overleg.organisations.states import SeatFunction
from tests.minutes.held import Held
from tests.parsing import parse
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast
from tests.reading import ReadingClient, filled_in, text_of


def _form(client: ReadingClient, held: Held) -> dict[str, Any]:
    """The form as it stands on the page."""
    page = parse(client.get(f"{held.path}/deelnemers").get_data(as_text=True))
    forms = [f for f in page.iter("form") if "revision" in {e.get("name") for e in f.iter()}]
    return filled_in(forms[0])


def _row_of(fields: dict[str, Any], held: Held, name: str) -> str:
    """The prefix of the fields of this person's seat."""
    seat = next(line.seat.id for line in table_of(held.meeting).seats if line.name == name)
    key = next(key for key, value in fields.items() if value == seat)
    return key.removesuffix("seat_id")


def test_the_seats_of_that_day_are_tapped_and_kept(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    fields = _form(client, held)
    fields[_row_of(fields, held, cast.mayor.name) + "presence"] = "present"
    fields[_row_of(fields, held, cast.chair.name) + "presence"] = "excused"
    tielt = _row_of(fields, held, cast.tielt_mayor.name)
    fields |= {tielt + "presence": "replaced", tielt + "replaced_by": "Schepen Jan Maes"}
    fields |= {"guests-0-name": "Els Goossens", "guests-0-organisation": "POM"}
    assert client.post(f"{held.path}/deelnemers", data=fields).status_code == 302
    page = text_of(parse(client.get(f"{held.path}/deelnemers").get_data(as_text=True)))
    assert "1 aanwezig, 1 verontschuldigd, 1 vervangen, 1 gast" in page
    table = table_of(held.meeting)
    assert [line.replaced_by for line in table.with_presence(Presence.REPLACED)] == [
        "Schepen Jan Maes"
    ]
    assert cast.former_mayor.name not in [line.name for line in table.seats]


def test_a_replacement_has_a_name(client: ReadingClient, cast: Cast, held: Held) -> None:
    client.sign_in(cast.support)
    fields = _form(client, held)
    fields[_row_of(fields, held, cast.mayor.name) + "presence"] = "replaced"
    answer = client.post(f"{held.path}/deelnemers", data=fields)
    assert answer.status_code == 422
    assert "Zeg wie in de plaats komt." in answer.get_data(as_text=True)
    seat = table_of(held.meeting).seats[0].seat
    with pytest.raises(Refused, match="door wie"):
        note_attendance(
            held.meeting,
            {seat.id: Seen(Presence.REPLACED, " ")},
            [],
            revision=1,
            by=cast.support,
            now=held.begun_at,
        )


def test_a_space_is_no_presence(client: ReadingClient, cast: Cast, held: Held) -> None:
    client.sign_in(cast.support)
    fields = _form(client, held)
    fields[_row_of(fields, held, cast.mayor.name) + "presence"] = " "
    assert client.post(f"{held.path}/deelnemers", data=fields).status_code == 422


def test_one_button_makes_all_others_present(client: ReadingClient, cast: Cast, held: Held) -> None:
    client.sign_in(cast.support)
    fields = _form(client, held)
    fields[_row_of(fields, held, cast.mayor.name) + "presence"] = "absent"
    client.post(f"{held.path}/deelnemers", data={**fields, "do": "others_present"})
    table = table_of(held.meeting)
    assert [line.name for line in table.with_presence(Presence.ABSENT)] == [cast.mayor.name]
    others = [line for line in table.seats if line.seat.person not in {cast.mayor, None}]
    assert table.with_presence(Presence.PRESENT) == others


def test_nobody_is_made_present_on_an_empty_seat_unless_a_stand_in_is_named(
    client: ReadingClient, cast: Cast, held: Held, session: Session
) -> None:
    empty = [
        Seat(
            body=cast.midwest,
            organisation=organisation,
            function=SeatFunction.OTHER,
            title=title,
            valid_from=held.meeting.day,
        )
        for title, organisation in (("deskundige", cast.tielt), ("waarnemer", cast.izegem))
    ]
    session.add_all(empty)
    session.commit()
    client.sign_in(cast.support)
    fields = _form(client, held)
    row = next(key for key, value in fields.items() if value == empty[1].id)
    fields[row.replace("seat_id", "replaced_by")] = "Jan Maes"
    client.post(f"{held.path}/deelnemers", data={**fields, "do": "others_present"})
    table = table_of(held.meeting)
    assert {line.seat.person_id is None for line in table.with_presence(Presence.PRESENT)} == {
        False
    }
    assert empty[0].id in {line.seat.id for line in table.with_presence(None)}
    assert [x.replaced_by for x in table.with_presence(Presence.REPLACED)] == ["Jan Maes"]
    assert "3 aanwezig, 1 vervangen" in text_of(parse(client.get(f"{held.path}/deelnemers").text))


def test_hours_belong_to_who_becomes_present_with_all_others(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    fields = _form(client, held)
    row = _row_of(fields, held, cast.mayor.name)
    fields |= {row + "arrived_at": "09:50", row + "left_at": "11:00"}
    client.post(f"{held.path}/deelnemers", data={**fields, "do": "others_present"})
    late = next(line for line in table_of(held.meeting).seats if line.name == cast.mayor.name)
    assert late.presence is Presence.PRESENT
    assert late.hours == "komt binnen om 9.50 uur, vertrekt om 11.00 uur"


@pytest.mark.parametrize(
    ("detail", "typed"), [("left_at", "11:00"), ("replaced_by", "Schepen Jan Maes")]
)
def test_what_is_typed_of_a_seat_without_a_choice_is_not_dropped(
    client: ReadingClient, cast: Cast, held: Held, detail: str, typed: str
) -> None:
    client.sign_in(cast.support)
    fields = _form(client, held)
    row = _row_of(fields, held, cast.mayor.name)
    refused = client.post(f"{held.path}/deelnemers", data={**fields, row + detail: typed})
    assert refused.status_code == 422
    page = refused.get_data(as_text=True)
    assert "Kies ook aanwezig of vervangen door" in page
    assert f'value="{typed}"' in page
    assert not table_of(held.meeting).is_noted


def test_a_stale_page_overwrites_nothing_and_shows_both(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    first, second = sign_in_as(cast.support), sign_in_as(cast.support)
    mine, theirs = _form(first, held), _form(second, held)
    row = _row_of(mine, held, cast.mayor.name) + "presence"
    first.post(f"{held.path}/deelnemers", data={**mine, row: "excused"})
    refused = second.post(f"{held.path}/deelnemers", data={**theirs, row: "present"})
    assert refused.status_code == 409
    page = text_of(parse(refused.get_data(as_text=True)))
    assert "De ander bewaarde: verontschuldigd" in page
    assert len(table_of(held.meeting).with_presence(Presence.EXCUSED)) == 1

    form = next(
        form
        for form in parse(refused.get_data(as_text=True)).iter("form")
        if "revision" in {field.get("name") for field in form.iter()}
    )
    again = second.post(f"{held.path}/deelnemers", data=filled_in(form))
    assert again.status_code == 302
    assert len(table_of(held.meeting).with_presence(Presence.PRESENT)) == 1


def test_the_same_form_sent_twice_is_no_conflict(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    fields = {**_form(client, held), "do": "others_present"}
    for _ in range(2):
        answer = client.post(f"{held.path}/deelnemers", data=fields)
        assert answer.status_code in {302, 303}


def test_writing_notes_does_not_make_the_attendance_stale(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.support)
    fields = {**_form(client, held), "do": "others_present"}
    held.open()
    client.send(f"{held.path}/verslag", {"text_html": "Welkom."})
    assert client.post(f"{held.path}/deelnemers", data=fields).status_code == 302


def test_names_stay_as_they_were_that_day(cast: Cast, held: Held, session: Session) -> None:
    seat = next(x.seat for x in table_of(held.meeting).seats if x.seat.person is cast.mayor)
    note_attendance(
        held.meeting,
        {seat.id: Seen(Presence.PRESENT)},
        [Guest("Jan Peeters", "VVSG")],
        revision=1,
        by=cast.support,
        now=held.begun_at,
    )
    before = cast.mayor.name
    cast.mayor.name = "Iemand anders"
    session.commit()
    assert [x.name for x in table_of(held.meeting).with_presence(Presence.PRESENT)] == [before]
    minutes = minutes_of(held.meeting)
    assert minutes is not None
    with pytest.raises(EditConflict):
        note_attendance(
            held.meeting,
            {seat.id: Seen(Presence.ABSENT)},
            [],
            revision=minutes.revision - 1,
            by=cast.support,
            now=held.begun_at,
        )


def test_the_words_that_are_kept_say_for_whom_each_was_there(cast: Cast, held: Held) -> None:
    cast.mayor.name = "Jan Peeters"
    seat = next(x.seat for x in table_of(held.meeting).seats if x.seat.person is cast.mayor)
    seen, guests = {seat.id: Seen(Presence.PRESENT)}, [Guest("Els Maes", "VVSG")]
    note_attendance(held.meeting, seen, guests, revision=NO_ROW, by=cast.support, now=held.begun_at)
    assert attendance_in_words(table_of(held.meeting)).split("\n") == [
        "Aanwezig: Jan Peeters (burgemeester Roeselare).",
        "Gasten: Els Maes (VVSG).",
    ]


def test_approval_freezes_who_was_there(cast: Cast, held: Held) -> None:
    held.approve()
    seat = table_of(held.meeting).seats[0].seat
    with pytest.raises(NotPossible, match="“Rechtzetten”"):
        note_attendance(
            held.meeting,
            {seat.id: Seen(Presence.PRESENT)},
            [],
            revision=1,
            by=cast.support,
            now=held.begun_at,
        )


def test_others_read_who_is_invited_and_change_nothing(
    client: ReadingClient, cast: Cast, held: Held
) -> None:
    client.sign_in(cast.mayor)
    page = client.get(f"{held.path}/deelnemers").get_data(as_text=True)
    assert "Deze mensen zijn uitgenodigd" in page
    assert cast.tielt_mayor.name in page
    assert "Aanwezigheden bewaren" not in page
    assert client.press(f"{held.path}/deelnemers", {"revision": "1"}).status_code == 403
    assert client.press(f"{held.path}/starten").status_code == 403
