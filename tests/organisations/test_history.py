"""What the journal tells of rights: whose, where, and what they were before."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

from flask import Flask
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from overleg.accounts.models import Person
from overleg.audit.models import JournalEntry
from overleg.audit.queries import history_around, history_of
from overleg.audit.states import Verb
from overleg.migrating import migrate_database, take_back
from overleg.organisations.models import RoleAssignment, Seat
from overleg.organisations.periods import FLOOR
from overleg.organisations.states import BodyKind, Role, SeatFunction, SeatKind
from overleg.organisations.workflow import (
    add_other_body,
    add_seat,
    change_seat,
    end_role,
    end_seat,
    grant_role,
    hand_over_seat,
)
from tests.plugins.cast import Cast
from tests.reading import ReadingClient

SIGN_IN = Callable[[Person], ReadingClient]
TODAY = date(2026, 3, 2)
SETTINGS = "/overleg/midwestoverleg/instellingen"
AS_IT_WAS = {"step_1-may": ["return", "refuse", "refer"]}
ROLES = "/overleg/midwestoverleg/rollen"


def seat_of_mayor(session: Session, cast: Cast) -> Seat:
    return session.scalars(
        select(Seat).where(Seat.person_id == cast.mayor.id, Seat.body_id == cast.midwest.id)
    ).one()


def change(seat: Seat, cast: Cast, now: datetime, **changed: object) -> None:
    known = {
        "function": seat.function,
        "kind": seat.kind,
        "title": seat.title,
        "person": seat.person,
        "valid_from": seat.valid_from,
        "valid_to": seat.valid_to,
    }
    change_seat(seat, revision=seat.revision, by=cast.support, now=now, **{**known, **changed})  # type: ignore[arg-type]


def told_of(seat: Seat) -> list[tuple[Verb, str]]:
    return [(entry.verb, entry.reason) for entry in history_of([seat.id])]


def history_on(client: ReadingClient, address: str) -> str:
    return client.get(address).text.partition('<ol class="history">')[2]


def test_a_changed_seat_says_what_it_was(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    seat = seat_of_mayor(session, cast)
    change(seat, cast, now, kind=SeatKind.GUEST, person=cast.director, valid_to=date(2026, 6, 30))
    assert told_of(seat) == [
        (
            Verb.SEAT_CHANGED,
            (
                "Aan tafel als: lid werd genodigde; "
                "Persoon: Burgemeester Roeselare werd Algemeen directeur Izegem; "
                "Periode: vanaf 1 januari 2025 werd vanaf 1 januari 2025 tot en met 30 juni 2026"
            ),
        )
    ]


def test_a_seat_saved_as_it_was_leaves_no_row(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    seat = seat_of_mayor(session, cast)
    change(seat, cast, now)
    assert told_of(seat) == []


def test_a_seat_added_handed_over_and_ended_says_as_what_and_until_when(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    seat = add_seat(
        cast.midwest,
        organisation=cast.izegem,
        function=SeatFunction.GENERAL_DIRECTOR,
        kind=SeatKind.ADVISORY,
        person=cast.director,
        valid_from=TODAY,
        valid_to=date(2026, 12, 31),
        by=cast.support,
        now=now,
    )
    after = hand_over_seat(seat, to=None, on=date(2026, 4, 1), by=cast.support, now=now)
    end_seat(after, on=date(2026, 5, 1), by=cast.support, now=now)
    assert told_of(seat) == [
        (Verb.SEAT_ENDED, "laatste dag 31 maart 2026, daarna vrij"),
        (Verb.SEAT_ADDED, "raadgevend lid, vanaf 2 maart 2026 tot en met 31 december 2026"),
    ]
    assert told_of(after) == [
        (Verb.SEAT_ENDED, "laatste dag 1 mei 2026, eerst 31 december 2026"),
        (Verb.SEAT_ADDED, "raadgevend lid, vanaf 1 april 2026 tot en met 31 december 2026"),
    ]


def test_a_seat_of_before_what_is_known_is_given_to_somebody(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    seat = seat_of_mayor(session, cast)
    seat.valid_from, cast.roeselare.valid_from = FLOOR, date(1977, 1, 1)
    change(seat, cast, now, person=None)
    assert told_of(seat) == [
        (Verb.SEAT_CHANGED, "Persoon: Burgemeester Roeselare werd vrij"),
    ]


def test_who_lost_a_seat_reads_it_in_the_own_history(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    change(seat_of_mayor(session, cast), cast, now, person=cast.director)
    session.commit()
    client = sign_in_as(cast.support)
    for person in (cast.mayor, cast.director):
        told = history_on(client, f"/beheer/personen/{person.id}")
        assert (
            "wijzigde de zetel van Algemeen directeur Izegem (burgemeester, Roeselare) in "
            "het Midwestoverleg" in told
        )
        assert "Persoon: Burgemeester Roeselare werd Algemeen directeur Izegem" in told


def test_a_role_that_was_taken_back_stays_in_the_history_of_person_and_body(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    role = grant_role(
        cast.mayor, Role.CHAIR, body=cast.midwest, valid_from=TODAY, by=cast.support, now=now
    )
    end_role(role, on=TODAY - timedelta(days=1), by=cast.support, now=now)
    session.commit()
    client = sign_in_as(cast.support)
    for address in (f"/beheer/personen/{cast.mayor.id}", ROLES, SETTINGS):
        told = history_on(client, address)
        assert "gaf de rol voorzitter (Midwestoverleg) aan Burgemeester Roeselare" in told
        assert "vanaf 2 maart 2026" in told
        assert "beëindigde de rol voorzitter (Midwestoverleg) van Burgemeester Roeselare" in told
        assert "teruggenomen: de rol gold geen dag" in told


def test_the_history_of_roles_tells_no_seats_and_no_settings(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    change(seat_of_mayor(session, cast), cast, now, kind=SeatKind.GUEST)
    session.commit()
    client = sign_in_as(cast.support)
    client.send(SETTINGS, {"rhythm": "om de maand"})
    assert history_on(client, ROLES) == ""
    told = history_on(client, SETTINGS)
    assert "Ritme: om de maand (was: niets)" in told
    assert "lid werd genodigde" in told


def test_rights_of_elsewhere_are_not_told_to_other_support_staff(
    cast: Cast, sign_in_as: SIGN_IN, session: Session, now: datetime
) -> None:
    boss = cast.administrator
    grant_role(cast.mayor, Role.CHAIR, body=cast.denderregio, valid_from=TODAY, by=boss, now=now)
    add_seat(
        cast.denderregio,
        organisation=cast.roeselare,
        function=SeatFunction.EXPERT,
        kind=SeatKind.GUEST,
        person=cast.mayor,
        valid_from=TODAY,
        by=boss,
        now=now,
    )
    session.commit()
    page = f"/beheer/personen/{cast.mayor.id}"
    assert "Denderregio" not in sign_in_as(cast.support).get(page).text.partition("<main")[2]
    everything = history_on(sign_in_as(boss), page)
    assert "gaf de rol voorzitter (Denderregio Burgemeestersoverleg)" in everything
    assert "in het Denderregio Burgemeestersoverleg" in everything


def test_every_setting_that_changed_is_told_in_the_words_of_the_form(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    client = sign_in_as(cast.support)
    client.send(
        SETTINGS,
        {
            "proposal_deadline_days": "21",
            "default_place": "",
            "supporters": [cast.dvv.id, cast.igemo.id],
            "quorum": "number",
            "quorum_number": "5",
            "has_public_calendar": "y",
            "step_1-may": ["return"],
            "step_2-who": "committee",
            "step_2-quorum": "3",
            "step_2-may": ["return", "refuse", "refer"],
            "refers_to": [cast.rivierenland.id],
        },
    )
    (entry,) = session.scalars(select(JournalEntry).where(JournalEntry.verb == Verb.BODY_CHANGED))
    settings, _, process = entry.reason.partition(". ")
    assert settings.split("; ") == [
        "Wie ondersteunt: DVV Midwest werd DVV Midwest en IGEMO",
        "Gewone plaats: Stadhuis Roeselare werd niets",
        "Quorum: meer dan de helft werd een vast aantal (5)",
        "Openbare kalender: nee werd ja",
        "Voorstellen indienen: 14 dagen vooraf werd 21 dagen vooraf",
        "Doorverwijzen naar: Regionale mandaatgroep Rivierenland (was: niets)",
        "Stappen van validatie: 1 werd 2",
        "Stap 1, mogelijke antwoorden: akkoord, terug, weigeren en verwijzen werd akkoord en terug",
        "Stap 2, wie valideert: agendacommissie",
        "Stap 2, mogelijke antwoorden: akkoord, terug, weigeren en verwijzen",
        "Stap 2, tijd om te antwoorden: 5 dagen",
        "Stap 2, antwoorden nodig: 3",
        "Stap 2, nodige meerderheid: 50 %",
        "Stap 2, wie beslist: de meerderheid van wie antwoordt",
        "Stap 2, als iemand te laat is: een herinnering",
    ]
    assert process.startswith("Een voorstel gaat naar de voorzitter")


def test_settings_saved_as_they_were_leave_no_row(
    cast: Cast, sign_in_as: SIGN_IN, session: Session
) -> None:
    assert sign_in_as(cast.support).send(SETTINGS, AS_IT_WAS).status_code == 302
    rows = session.scalars(select(JournalEntry).where(JournalEntry.verb == Verb.BODY_CHANGED))
    assert not rows.all()


def test_seats_copied_to_a_body_of_others_are_rows_too(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    body = add_other_body(
        name="Zoneraad Fluvia",
        kind=BodyKind.EMERGENCY_ZONE_COUNCIL,
        region=cast.midwest.region,
        same_people_as=cast.midwest,
        by=cast.support,
        now=now,
    )
    seats = session.scalars(select(Seat).where(Seat.body_id == body.id)).all()
    assert len(seats) == 3
    for seat in seats:
        assert told_of(seat) == [(Verb.SEAT_ADDED, "lid, vanaf 2 maart 2026")]


def test_what_was_noted_before_is_found_from_the_person_and_the_body(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    role = grant_role(
        cast.mayor, Role.CHAIR, body=cast.midwest, valid_from=TODAY, by=cast.support, now=now
    )
    change(seat_of_mayor(session, cast), cast, now, kind=SeatKind.GUEST)
    person, body, role_id = cast.mayor.id, cast.midwest.id, role.id
    session.commit()
    before = [entry.id for entry in history_around(person)]
    assert len(before) == 2
    session.close()
    take_back("0035")
    migrate_database()
    assert session.scalar(text("SELECT count(*) FROM journal_mentions")) == 4
    assert [entry.id for entry in history_around(person)] == before
    assert [entry.id for entry in history_around(body)] == before
    (of_role,) = history_around(body, only=RoleAssignment)
    assert of_role.subject_id == role_id
