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
from overleg.decisions.workflow.outcomes import Agreed, change_outcome, note_outcome
from overleg.lib.dates import local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.mail.models import OutboxMessage
from overleg.minutes.queries.minutes import latest_note, latest_notes, minutes_of
from overleg.minutes.queries.versions import remarks_of
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
from overleg.minutes.workflow.versions import correct
from overleg.organisations.queries.bodies import seats_of
from overleg.organisations.viewer import viewer_for
from tests.minutes.held import OPEN_POINT, SECRET_POINT, SHARED_POINT, Held, next_for
from tests.parsing import parse
from tests.plugins.application import Clock, SignInAs
from tests.plugins.cast import Cast
from tests.reading import text_of
from tests.word.reading import words

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
    assert mayor.get(page).status_code == 403
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
        bar = "Verslag bij de voorzitter" in meeting
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


def test_a_correction_is_a_version_with_a_reason_and_the_approved_text_stays(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    shared, secret = held.point(SHARED_POINT), held.point(SECRET_POINT)
    for point in (shared, secret):
        save_notes(
            point,
            f"<p>Bedrag {point.title}: 100.</p>",
            started_from=0,
            by=held.by,
            now=held.begun_at,
        )
    held.approve()
    client = sign_in_as(cast.support)
    page = f"{held.path}/verslag/rechtzetten?punt={shared.id}"
    fields = {"text_html": "Bedrag: 200.", "reason": ""}
    assert client.send(page, fields).status_code == 422
    made = client.send(page, {**fields, "reason": "Tikfout in het bedrag"})
    assert made.location.endswith("/verslag/goedgekeurd/2")
    assert "één keer rechtgezet: Tikfout in het bedrag" in client.get(f"{held.path}/verslag").text
    director = sign_in_as(cast.director)
    after = text_of(parse(director.get(made.location).get_data(as_text=True)))
    assert "Tikfout in het bedrag" in after
    assert "[geschrapt: " in after
    before = text_of(
        parse(director.get(f"{held.path}/verslag/goedgekeurd/1").get_data(as_text=True))
    )
    assert f"Bedrag {SHARED_POINT}: 100." in before
    for text in (before, after):
        assert SECRET_POINT not in text
        assert f"2. {SHARED_POINT}" in text
    note = latest_note(shared)
    assert note is not None
    with pytest.raises(Refused, match="niets gewijzigd"):
        correct(
            shared,
            note.text_html,
            started_from=note.edition,
            reason="Zomaar",
            by=cast.support,
            now=held.begun_at,
        )


def test_a_correction_is_told_to_who_reads_its_point_only(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open().approve()
    support, director = sign_in_as(cast.support), sign_in_as(cast.director)
    for title, why in ((SHARED_POINT, "Tikfout"), (SECRET_POINT, "De naam klopte niet")):
        page = f"{held.path}/verslag/rechtzetten?punt={held.point(title).id}"
        assert support.send(page, {"text_html": "Anders.", "reason": why}).status_code == 302
    shared, secret = (f"{held.path}/verslag/goedgekeurd/{number}" for number in (2, 3))
    pages = (f"{held.path}/verslag", f"{held.path}/historiek", shared)
    for page in pages:
        assert "De naam klopte niet" in support.get(page).text, page
        assert "De naam klopte niet" not in director.get(page).text, page
        assert "Tikfout" in director.get(page).text, page
    assert "Het is daarna één keer rechtgezet" in director.get(pages[0]).text
    assert director.get(secret).status_code == 404
    assert support.get(secret).status_code == 200


def test_a_correction_that_came_too_late_shows_both_texts(
    sign_in_as: SignInAs, cast: Cast, held: Held
) -> None:
    held.open()
    shared = held.point(SHARED_POINT)
    save_notes(shared, "<p>Bedrag: 100.</p>", started_from=0, by=held.by, now=held.begun_at)
    held.approve()
    support = sign_in_as(cast.support)
    page = f"{held.path}/verslag/rechtzetten?punt={shared.id}"
    first = {"text_html": "Bedrag: 200.", "reason": "Tikfout"}
    assert support.send(page, first).status_code == 302
    stale = support.press(page, {"text_html": "Bedrag: 300.", "reason": "Fout", "started_from": 1})
    assert stale.status_code == 409
    kept = f"Nu bewaard: tekst van {cast.support.name} Bedrag: 200."
    assert kept in text_of(parse(stale.text))
    assert "Bedrag: 300." in stale.text


def test_what_changes_after_approval_reaches_the_verslag_by_a_correction_that_tells_why(
    sign_in_as: SignInAs, cast: Cast, held: Held, session: Session
) -> None:
    held.open()
    points = [held.point(title) for title in (SECRET_POINT, SHARED_POINT)]
    secret, shared = [
        note_outcome(
            point,
            Agreed(OutcomeKind.AGREEMENT, f"Over {point.title}", "<p>Tegen maart.</p>"),
            by=cast.support,
            now=held.begun_at,
        )
        for point in points
    ]
    held.approve()
    for outcome in (secret, shared):
        later = Agreed(outcome.kind, outcome.title, "<p>Tegen mei.</p>")
        seen = outcome.revision
        change_outcome(outcome, later, revision=seen, by=cast.support, now=held.begun_at)
    session.commit()
    support, director = sign_in_as(cast.support), sign_in_as(cast.director)
    page, word = f"{held.path}/verslag", f"{held.path}/verslag.docx"
    for reader in (support, director):
        assert "gewijzigd na goedkeuring" in reader.get(page).text
        for said in (reader.get(page).text, words(reader.get(word).data)):
            assert "Tegen maart." in said
            assert "Tegen mei." not in said
    correcting = f"{held.path}/verslag/rechtzetten?punt={shared.item_id}"
    assert "Komt mee in het verslag" in support.get(correcting).text
    assert support.send(correcting, {"reason": "De datum klopte niet"}).status_code == 302
    version = director.get(f"{held.path}/verslag/goedgekeurd/2").text
    assert "[toegevoegd: mei.]" in text_of(parse(version))
    assert "gewijzigd na goedkeuring" not in director.get(page).text
    # The other point stays as it was approved.
    assert "gewijzigd na goedkeuring" in support.get(page).text
    told = [m for m in session.scalars(select(OutboxMessage)) if m.subject.startswith("Rechtgezet")]
    assert {mail.to_email for mail in told} == {
        person.email for person in (cast.mayor, cast.tielt_mayor, cast.chair)
    }
    assert "De datum klopte niet" in told[0].text
    assert "Wat wijzigde: wat eruit voortkwam." in told[0].text
    assert "Tegen mei." not in told[0].text


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
    assert client.send(f"{held.path}/sluiten", {}).status_code == 302
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
