"""From draft to approval: the chair, remarks, versions, and what comes of points not treated."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.agenda.queries.items import pool_of
from overleg.agenda.states import ItemState
from overleg.agenda.workflow.items import continue_item
from overleg.db import NO_ROW
from overleg.decisions.queries.actions import my_open_actions
from overleg.decisions.states import OutcomeKind
from overleg.decisions.workflow.actions import ToDo, finish_action, note_action
from overleg.decisions.workflow.outcomes import Agreed, note_outcome
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.mail.models import OutboxMessage
from overleg.minutes.queries.minutes import latest_notes, minutes_of
from overleg.minutes.queries.versions import remarks_of
from overleg.minutes.reading import read_minutes
from overleg.minutes.states import MinutesState, RemarkState
from overleg.minutes.workflow.absences import note_absences
from overleg.minutes.workflow.circulating import (
    circulate,
    give_to_chair,
    make_remark,
    settle_remark,
    take_back,
)
from overleg.minutes.workflow.drafting import draft_item
from overleg.minutes.workflow.notes import save_notes
from overleg.minutes.workflow.sessions import approve_minutes
from overleg.organisations.queries.bodies import seats_of
from overleg.organisations.viewer import viewer_for
from tests.minutes.held import OPEN_POINT, SECRET_POINT, SHARED_POINT, Held, next_for
from tests.parsing import parse
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import text_of

DAY = timedelta(days=1)


def test_a_verslag_goes_to_the_chair_then_round_and_back(
    cast: Cast, held: Held, session: Session
) -> None:
    with pytest.raises(NotPossible, match="Sluit ze eerst"):
        give_to_chair(held.open().meeting, by=cast.support, now=held.begun_at)
    held.close()
    at = held.meeting.ends_at_utc
    give_to_chair(held.meeting, by=cast.support, now=at)
    with pytest.raises(Refused, match="voorbij"):
        circulate(held.meeting, local_date(at) - DAY, by=cast.chair, now=at)
    circulate(held.meeting, local_date(at) + DAY, by=cast.chair, now=at)
    told = {
        (message.subject.split(":")[0], message.to_email)
        for message in session.scalars(select(OutboxMessage))
    }
    assert ("Na te lezen", cast.chair.email) in told
    assert {email for subject, email in told if subject.startswith("Verslag van")} >= {
        cast.mayor.email,
        cast.tielt_mayor.email,
    }
    minutes = take_back(held.meeting, by=cast.support, now=at)
    assert minutes.state is MinutesState.DRAFT


def test_members_remark_by_item_until_a_date_and_each_remark_is_settled(
    sign_in_as: SignInAs, cast: Cast, held: Held, clock: Clock
) -> None:
    held.close()
    point = held.point(SHARED_POINT)
    page = f"{held.path}/verslag/opmerking?punt={point.id}"
    mayor = sign_in_as(cast.mayor)
    assert mayor.get(page).status_code == 409
    early = mayor.press(page, {"text": "Graag het bedrag erbij."})
    assert early.status_code == 409
    assert "Het verslag is nog niet rondgestuurd" in early.text
    assert "Graag het bedrag erbij." in early.text
    circulate(held.meeting, local_date(clock.moment) + DAY, by=cast.support, now=clock.moment)
    assert "Uw opmerking is voor de ondersteuners en de voorzitter." in mayor.get(page).text
    assert mayor.send(page, {"text": "Graag het bedrag erbij."}).status_code == 302
    assert sign_in_as(cast.director).get(page).status_code == 403
    seen = sign_in_as(cast.tielt_mayor).get(f"{held.path}/verslag/opmerkingen")
    assert "Graag het bedrag" not in seen.get_data(as_text=True)
    minutes = minutes_of(held.meeting)
    assert minutes is not None
    (remark,) = remarks_of(viewer_for(cast.support, clock.moment.date()), minutes)
    next_for(held)
    clock.advance(days=28)
    with pytest.raises(NotPossible, match="1 opmerking wacht"):
        approve_minutes(held.meeting, by=cast.support, now=clock.moment)
    with pytest.raises(NotPossible, match="Opmerkingen konden tot"):
        make_remark(point, "Te laat", by=cast.mayor, now=clock.moment)
    with pytest.raises(Refused, match="waarom"):
        settle_remark(remark, RemarkState.DECLINED, " ", by=cast.support, now=clock.moment)
    support = sign_in_as(cast.support)
    settled = support.send(f"{held.path}/verslag/opmerkingen", {"state": "adopted"})
    assert settled.status_code == 302
    assert "verwerkt" in mayor.get(f"{held.path}/verslag/opmerkingen").get_data(as_text=True)
    approve_minutes(held.meeting, by=cast.support, now=clock.moment)
    late = mayor.press(page, {"text": "Toch nog iets."})
    assert late.status_code == 409
    assert "opmerkingen kunnen niet meer" in late.text
    assert "Toch nog iets." in late.text


def test_what_was_not_begun_is_not_sent_round(sign_in_as: SignInAs, cast: Cast, held: Held) -> None:
    answer = sign_in_as(cast.support).press(f"{held.path}/verslag/rondsturen")
    assert answer.status_code == 409
    assert "de vergadering staat op “agenda verstuurd”" in answer.text


def test_a_verslag_stands_on_the_start_page_of_who_may_remark_on_it(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session, clock: Clock
) -> None:
    held.close()

    def asks(person: Person) -> bool:
        return "Verslag nalezen" in sign_in_as(person).get("/").text

    give_to_chair(held.meeting, by=cast.support, now=clock.moment)
    session.commit()
    assert asks(cast.chair)
    assert not asks(cast.mayor)
    assert "verslag in opmaak" in sign_in_as(cast.mayor).get(held.path).text
    until = local_date(clock.moment) + DAY
    circulate(held.meeting, until, by=cast.support, now=clock.moment)
    session.commit()
    seen = sign_in_as(cast.mayor).get(held.path).text
    assert "verslag rondgestuurd" in seen
    assert "verslag in opmaak" not in seen
    assert asks(cast.chair)
    assert asks(cast.mayor)
    assert asks(cast.tielt_mayor)
    assert not asks(cast.director)
    assert not asks(cast.support)
    make_remark(held.point(SHARED_POINT), "Het bedrag?", by=cast.mayor, now=clock.moment)
    session.commit()
    assert not asks(cast.mayor)
    assert asks(cast.tielt_mayor)
    clock.advance(days=2)
    assert not asks(cast.tielt_mayor)


def test_support_staff_are_not_asked_to_finish_what_the_chair_reads(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session, clock: Clock
) -> None:
    held.close()
    support = sign_in_as(cast.support)
    clock.advance(days=30)

    def said() -> list[bool]:
        start, meeting = (support.get(path).text for path in ("/", held.path))
        bar = "Naar het verslag" in meeting
        return ["Verslag afwerken" in start, "Verslag afwerken" in meeting, bar]

    assert said() == [True, True, False]
    give_to_chair(held.meeting, by=cast.support, now=clock.moment)
    session.commit()
    assert said() == [False, False, True]
    make_remark(held.point(SHARED_POINT), "Het bedrag?", by=cast.chair, now=clock.moment)
    session.commit()
    assert said() == [True, True, False]


@pytest.mark.parametrize(
    "page",
    [
        "/",
        "/vergaderingen?toon=voorbij",
        "/overleg/midwestoverleg",
        "/vergaderingen/{id}",
        "/vergaderingen/{id}/verslag/goedkeuren",
    ],
)
def test_every_page_says_of_a_verslag_that_it_was_sent_round(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session, clock: Clock, page: str
) -> None:
    held.close()
    clock.moment = held.meeting.ends_at_utc + DAY
    support, address = sign_in_as(cast.support), page.format(id=held.meeting.id)
    assert "verslag in opmaak" in support.get(address).text.lower()
    circulate(held.meeting, local_date(clock.moment), by=cast.support, now=clock.moment)
    session.commit()
    seen = support.get(address).text.lower()
    assert "verslag rondgestuurd" in seen
    assert "verslag in opmaak" not in seen


def test_the_first_text_writes_itself_and_one_part_again_leaves_the_others(
    cast: Cast, held: Held
) -> None:
    held.open()
    shared, open_point = held.point(SHARED_POINT), held.point(OPEN_POINT)
    for point in (shared, open_point):
        note_outcome(
            point,
            Agreed(OutcomeKind.AGREEMENT, "Samen kopen", "<p>We kopen samen.</p>"),
            by=cast.support,
            now=held.begun_at,
        )
    seat = next(s for s in seats_of(cast.midwest.id, held.meeting.day) if s.person is cast.mayor)
    away = {seat.id: "bestuurder"}
    note_absences(shared, away, revision=NO_ROW, by=cast.support, now=held.begun_at)
    held.close()
    notes = latest_notes([item.id for item in held.items()])
    assert set(notes) == {shared.id, open_point.id}
    assert notes[shared.id].is_drafted
    assert f"{cast.mayor.name} (bestuurder) neemt niet deel" in notes[shared.id].text_html
    assert "Het overleg komt tot een afspraak: “Samen kopen”." in notes[open_point.id].text_html
    for point in (shared, open_point):
        save_notes(
            point,
            "<p>Met de hand geschreven.</p>",
            started_from=notes[point.id].edition,
            by=cast.support,
            now=held.begun_at,
        )
    draft_item(shared, by=cast.support, now=held.begun_at)
    again = latest_notes([shared.id, open_point.id])
    assert again[shared.id].number == 3
    assert again[shared.id].text_html == notes[shared.id].text_html
    assert again[open_point.id].text_html == "<p>Met de hand geschreven.</p>"


def test_the_button_says_whether_a_text_stands_there_already(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    client = sign_in_as(cast.support)
    point = held.point(SHARED_POINT)
    page = f"{held.path}/verslag"
    assert "Deze tekst opnieuw opstellen" not in client.get(page).text
    draft = f"{page}/opnieuw-opstellen?punt={point.id}"
    told = client.get(client.press(draft, {}).location or "").text
    assert f"De tekst van punt {point.shown_number} is opgesteld." in told
    assert told.count("Deze tekst opnieuw opstellen") == 1
    assert "opnieuw opgesteld" in client.get(client.press(draft, {}).location or "").text


def test_points_that_were_not_treated_are_offered_and_wait_visibly(
    sign_in_as: SignInAs, cast: Cast, held: Held, clock: Clock
) -> None:
    held.open()
    client = sign_in_as(cast.support)
    asked = client.get(f"{held.path}/sluiten").get_data(as_text=True)
    assert SHARED_POINT in asked
    assert "Er is nog geen volgende vergadering gepland." in asked
    closed = client.get(client.send(f"{held.path}/sluiten", {}).location or "").text
    assert "Bij het sluiten uitgesteld naar een volgende vergadering: 3 punten." in closed
    point = held.point(SHARED_POINT)
    assert point.state is ItemState.POSTPONED
    clock.advance(hours=3)
    body = client.get(f"/overleg/{cast.midwest.slug}").get_data(as_text=True)
    assert "Deze punten wachten hier tot ze er is." in body
    following = next_for(held)
    assert point in pool_of(following).postponed
    later = continue_item(following, point, by=cast.support, now=held.begun_at)
    assert later.continues is point
    other = sign_in_as(cast.director).get(f"/overleg/{cast.midwest.slug}").get_data(as_text=True)
    assert "Uitgesteld, wacht op een vergadering" not in other


def test_a_point_that_was_discussed_is_not_postponed_unless_somebody_says_so(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    told, silent = held.point(SHARED_POINT), held.point(OPEN_POINT)
    save_notes(told, "<p>Veel vragen.</p>", started_from=0, by=cast.support, now=held.begun_at)
    todo = ToDo("Offertes vragen", cast.mayor.name, cast.mayor)
    note_action(held.point(SECRET_POINT), todo, by=cast.support, now=held.begun_at)
    client = sign_in_as(cast.support)
    asked = client.get(f"{held.path}/sluiten").get_data(as_text=True)
    assert asked.count("Het telt als behandeld, tenzij u iets anders kiest.") == 2
    client.send(f"{held.path}/sluiten", {})
    states = {item.title: item.state for item in held.items()}
    assert states[SHARED_POINT] is states[SECRET_POINT] is ItemState.TREATED
    assert silent.state is ItemState.POSTPONED
    lines = read_minutes(viewer_for(cast.mayor, held.meeting.day), held.meeting).lines
    assert [line.item.title for line in lines if line.fate] == [OPEN_POINT]


def test_what_is_missing_is_told_before_a_verslag_goes_round_and_before_approval(
    sign_in_as: SignInAs, cast: Cast, held: Held, clock: Clock
) -> None:
    held.open()
    point = held.point(SHARED_POINT)
    agreed = Agreed(OutcomeKind.AGREEMENT, "Samen", "<p>Het overleg spreekt af:</p>")
    note_outcome(point, agreed, by=cast.support, now=held.begun_at)
    held.close()
    clock.advance(days=(next_for(held).day - held.meeting.day).days)
    client = sign_in_as(cast.support)
    for page in ("rondsturen", "goedkeuren"):
        asked = text_of(parse(client.get(f"{held.path}/verslag/{page}").text))
        assert "Kijk dit eerst na" in asked
        assert "Nog niets geschreven bij de punten" in asked
        assert f"Een uitkomst is nog niet af bij punt {point.shown_number}: na de" in asked
        assert "Aanwezigheid niet genoteerd van" in asked


def test_an_action_stands_on_the_start_page_of_who_does_it_until_it_is_done(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    todo = ToDo("Offertes vragen", cast.mayor.name, cast.mayor, None, held.meeting.day + DAY)
    action = note_action(held.point(SECRET_POINT), todo, by=cast.support, now=held.begun_at)
    for organisation, title in ((cast.tielt, SHARED_POINT), (cast.roeselare, SECRET_POINT)):
        note_action(
            held.point(title),
            ToDo(f"Voor {organisation.name}", organisation.name, None, organisation),
            by=cast.support,
            now=held.begun_at,
        )
    with pytest.raises(Refused, match="vóór het overleg"):
        note_action(
            held.point(OPEN_POINT),
            ToDo("Gisteren", "Wie dan ook", due_on=held.meeting.day - DAY),
            by=cast.support,
            now=held.begun_at,
        )
    support, edit = sign_in_as(cast.support), f"/actiepunten/{action.id}/wijzigen"
    for who in (cast.chair, cast.mayor):
        assert support.send(edit, {"text": "Offertes vragen", "who": who.name}).status_code == 302
        assert action.person is who
    assert "Offertes vragen" not in sign_in_as(cast.mayor).get("/").get_data(as_text=True)
    held.close()
    mayor = sign_in_as(cast.mayor)
    assert "Offertes vragen" in mayor.get("/").get_data(as_text=True)
    tab = f"{held.path}/uitkomsten"
    assert "Offertes vragen" in mayor.get(tab).get_data(as_text=True)
    assert mayor.press(f"/actiepunten/{action.id}/stand").status_code == 302
    assert "door Burgemeester Roeselare" in mayor.get(tab).get_data(as_text=True)
    assert "Offertes vragen" not in mayor.get("/").get_data(as_text=True)
    finish_action(action, by=cast.mayor, now=held.begun_at)
    # A point of the burgemeesters stays unknown to an administration, whatever it has to do there.
    director = viewer_for(cast.director, held.meeting.day)
    assert [each.text for each in my_open_actions(director)] == []
    assert sign_in_as(cast.director).get(f"/actiepunten/{action.id}/wijzigen").status_code == 404
