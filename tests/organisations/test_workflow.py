"""Starting and changing bodies, seats, roles and organisations: what is refused."""

from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.audit.queries import history_of
from overleg.audit.states import Verb
from overleg.lib.errors import EditConflict, NotPossible, OverlegError, Refused
from overleg.organisations.models import Organisation, RoleAssignment, Seat
from overleg.organisations.queries import region_by_slug, roles_of_body, seats_of
from overleg.organisations.states import (
    BodyKind,
    OrganisationKind,
    Role,
    SeatFunction,
    SeatKind,
    ValidatedBy,
)
from overleg.organisations.workflow import (
    BodySettings,
    Details,
    Step,
    add_organisation,
    add_seat,
    change_body,
    close_account,
    end_role,
    end_seat,
    grant_role,
    hand_over_seat,
    start_body,
)
from tests.plugins.cast import Cast

TODAY = date(2026, 3, 2)


def settings_of(cast: Cast, **changed: object) -> BodySettings:
    body = cast.midwest
    known = {
        "name": body.name,
        "short_name": body.short_name,
        "article": body.article,
        "kind": body.kind,
        "region": body.region,
        "supporters": body.supporters,
        "rhythm": body.rhythm,
        "description": body.description,
        "default_place": body.default_place,
        "default_duration_minutes": body.default_duration_minutes,
        "proposal_deadline_days": body.proposal_deadline_days,
        "agenda_deadline_days": body.agenda_deadline_days,
        "outcomes_deadline_days": body.outcomes_deadline_days,
        "steps": [Step(ValidatedBy.CHAIR)],
    }
    return BodySettings(**{**known, **changed})  # type: ignore[arg-type]


def add_mayor(cast: Cast, town: Organisation, now: datetime, **changed: object) -> Seat:
    arguments = {
        "function": SeatFunction.MAYOR,
        "kind": SeatKind.VOTING,
        "valid_from": TODAY,
        "by": cast.support,
        "now": now,
        **changed,
    }
    return add_seat(cast.midwest, organisation=town, **arguments)  # type: ignore[arg-type]


def test_a_region_without_a_body_starts_one(app: Flask, cast: Cast, now: datetime) -> None:
    body = start_body(
        name="Overleg van de Rivieren",
        kind=BodyKind.MAYORS_CONSULTATION,
        region=region_by_slug("rivierenland"),
        supporters=[cast.igemo],
        by=cast.committee_support,
        now=now,
    )
    assert body.slug == "overleg-van-de-rivieren"
    assert [(s.organisation.name, s.person) for s in seats_of(body.id, TODAY)] == [
        ("Bornem", None),
        ("Lier", None),
        ("Mechelen", None),
    ]
    (role,) = roles_of_body(body)
    assert (role.person, role.role) == (cast.committee_support, Role.SUPPORT)
    assert history_of([body.id])[0].verb is Verb.BODY_STARTED


def test_a_second_body_of_the_same_name_gets_another_address(
    app: Flask, cast: Cast, now: datetime
) -> None:
    body = start_body(
        name="DBO!",
        kind=BodyKind.OTHER,
        region=None,
        supporters=[],
        by=cast.support,
        now=now,
    )
    assert body.slug == "dbo-2"


def test_a_name_of_only_emoji_is_refused(app: Flask, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="letter of cijfer"):
        start_body(
            name="🚀🚀", kind=BodyKind.OTHER, region=None, supporters=[], by=cast.support, now=now
        )


def test_changing_the_steps_alone_is_a_new_revision(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    before = cast.midwest.revision
    steps = [Step(ValidatedBy.COMMITTEE, quorum=2), Step(ValidatedBy.CHAIR)]
    settings = settings_of(cast, steps=steps)
    change_body(cast.midwest, settings, revision=before, by=cast.support, now=now)
    session.refresh(cast.midwest)
    assert [s.validated_by.value for s in cast.midwest.validation_steps] == ["committee", "chair"]
    assert cast.midwest.revision == before + 1


def test_a_body_can_do_without_validation(app: Flask, cast: Cast, now: datetime) -> None:
    settings = settings_of(cast, steps=[])
    revision = cast.midwest.revision
    change_body(cast.midwest, settings, revision=revision, by=cast.support, now=now)
    assert cast.midwest.validation_steps == []


def test_settings_opened_before_somebody_else_saved_are_not_written(
    app: Flask, cast: Cast, now: datetime
) -> None:
    revision = cast.midwest.revision
    change_body(
        cast.midwest, settings_of(cast, rhythm="a"), revision=revision, by=cast.support, now=now
    )
    with pytest.raises(EditConflict):
        change_body(
            cast.midwest, settings_of(cast, rhythm="b"), revision=revision, by=cast.chair, now=now
        )
    assert cast.midwest.rhythm == "a"


def test_a_municipality_that_merged_away_gets_no_seat(
    app: Flask, cast: Cast, session: Session, now: datetime
) -> None:
    meulebeke = Organisation(
        kind=OrganisationKind.MUNICIPALITY,
        slug="meulebeke",
        name="Meulebeke",
        valid_from=date(1970, 1, 1),
        valid_to=date(2024, 12, 31),
        successor=cast.tielt,
    )
    session.add(meulebeke)
    session.flush()
    with pytest.raises(Refused) as refused:
        add_mayor(cast, meulebeke, now)
    assert str(refused.value) == (
        "Meulebeke ging op 1 januari 2025 op in Tielt. Geef de zetel aan Tielt."
    )
    earlier = add_mayor(cast, meulebeke, now, valid_from=date(2024, 1, 1))
    assert earlier.valid_to == date(2024, 12, 31)


def test_a_seat_that_ends_before_it_starts_is_refused(
    app: Flask, cast: Cast, now: datetime
) -> None:
    with pytest.raises(Refused, match="voor de eerste"):
        add_mayor(cast, cast.aalst, now, valid_to=TODAY - timedelta(days=1))


def test_a_municipality_has_one_mayor_at_a_time(app: Flask, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="burgemeester van Roeselare heeft in die periode al"):
        add_mayor(cast, cast.roeselare, now)


def test_somebody_has_one_seat_at_a_time(app: Flask, cast: Cast, now: datetime) -> None:
    with pytest.raises(Refused, match="Burgemeester Roeselare heeft in die periode al een zetel"):
        add_mayor(cast, cast.aalst, now, person=cast.mayor)


def test_a_new_mayor_takes_over_and_the_past_keeps_the_old_one(
    app: Flask, cast: Cast, now: datetime
) -> None:
    seat = next(s for s in seats_of(cast.midwest.id, TODAY) if s.person == cast.mayor)
    following = hand_over_seat(seat, to=cast.stranger, on=TODAY, by=cast.support, now=now)
    assert following.person == cast.stranger
    yesterday = [s.person for s in seats_of(cast.midwest.id, TODAY - timedelta(days=1))]
    today = [s.person for s in seats_of(cast.midwest.id, TODAY)]
    assert cast.mayor in yesterday
    assert cast.stranger not in yesterday
    assert cast.stranger in today
    assert cast.mayor not in today


def test_a_seat_ends_once(app: Flask, cast: Cast, now: datetime) -> None:
    seat = next(s for s in seats_of(cast.midwest.id, TODAY) if s.person == cast.mayor)
    end_seat(seat, on=TODAY, by=cast.support, now=now)
    with pytest.raises(NotPossible, match="eindigt al op 2 maart 2026"):
        end_seat(seat, on=TODAY + timedelta(days=9), by=cast.support, now=now)
    later = now + timedelta(days=1)
    with pytest.raises(NotPossible, match="eindigde al op 2 maart 2026"):
        end_seat(seat, on=TODAY + timedelta(days=9), by=cast.support, now=later)
    with pytest.raises(Refused, match="begon pas"):
        end_seat(seat, on=date(2020, 1, 1), by=cast.support, now=now)


def test_a_role_needs_the_right_place(app: Flask, cast: Cast, now: datetime) -> None:
    def give(role: Role, **place: object) -> None:
        grant_role(cast.mayor, role, valid_from=TODAY, by=cast.support, now=now, **place)  # type: ignore[arg-type]

    wrong: list[tuple[Role, dict[str, object]]] = [
        (Role.CHAIR, {}),
        (Role.MAYOR, {}),
        (Role.CHAIR, {"organisation": cast.roeselare}),
        (Role.ADMINISTRATOR, {"body": cast.midwest}),
        (Role.SECRETARIAT, {"organisation": cast.dvv}),
        (Role.MAYOR, {"organisation": cast.roeselare}),
    ]
    for role, place in wrong:
        with pytest.raises(Refused):
            give(role, **place)
    give(Role.CHAIR, body=cast.midwest)


def test_a_role_ends_with_its_organisation(cast: Cast, session: Session, now: datetime) -> None:
    last, after = TODAY + timedelta(days=30), TODAY + timedelta(days=31)
    cast.tielt.valid_to = last
    session.commit()

    def give(valid_to: date | None = None) -> RoleAssignment:
        return grant_role(
            cast.stranger,
            Role.SECRETARIAT,
            organisation=cast.tielt,
            valid_from=TODAY,
            valid_to=valid_to,
            by=cast.support,
            now=now,
        )

    with pytest.raises(Refused, match="Tielt bestaat niet meer sinds 2 april 2026"):
        give(after)
    role = give()
    assert role.valid_to == last
    end_role(role, on=TODAY, by=cast.support, now=now)
    with pytest.raises(Refused, match="Tielt bestaat niet meer"):
        end_role(role, on=after, by=cast.support, now=now)
    end_role(role, on=last, by=cast.support, now=now)
    assert role.valid_to == last


def test_the_last_administrator_stays(app: Flask, cast: Cast, now: datetime) -> None:
    role = grant_role(
        cast.support, Role.ADMINISTRATOR, valid_from=TODAY, by=cast.administrator, now=now
    )
    end_role(role, on=TODAY - timedelta(days=1), by=cast.administrator, now=now)
    last = grant_role(
        cast.support,
        Role.ADMINISTRATOR,
        valid_from=TODAY,
        valid_to=TODAY + timedelta(days=30),
        by=cast.administrator,
        now=now,
    )
    end_role(last, on=TODAY, by=cast.administrator, now=now)
    entries = history_of([last.id])
    assert {entry.verb for entry in entries} == {Verb.ROLE_GRANTED, Verb.ROLE_ENDED}


@pytest.mark.parametrize("number", ["123", "0205157868", "abc", "02051578690"])
def test_a_wrong_kbo_number_is_refused(app: Flask, cast: Cast, now: datetime, number: str) -> None:
    with pytest.raises(OverlegError, match="tien cijfers"):
        add_organisation(
            OrganisationKind.PARTNER,
            Details("Nieuwe partner", kbo_number=number),
            by=cast.support,
            now=now,
        )


def test_a_partner_is_added_once(app: Flask, cast: Cast, now: datetime) -> None:
    def add() -> Organisation:
        return add_organisation(
            OrganisationKind.PARTNER,
            Details("Welzijnskoepel", kbo_number="BE 0205.157.869"),
            by=cast.support,
            now=now,
        )

    assert add().kbo_number == "0205157869"
    with pytest.raises(Refused, match="staat al in de lijst"):
        add()


def test_an_administrator_with_a_closed_account_does_not_count(
    cast: Cast, session: Session, now: datetime
) -> None:
    grant_role(cast.support, Role.ADMINISTRATOR, valid_from=TODAY, by=cast.administrator, now=now)
    close_account(cast.support, by=cast.administrator, now=now)
    last = session.scalars(
        select(RoleAssignment).filter_by(role=Role.ADMINISTRATOR, person_id=cast.administrator.id)
    ).one()
    with pytest.raises(NotPossible, match="laatste beheerder"):
        end_role(last, on=TODAY, by=cast.administrator, now=now)
    with pytest.raises(NotPossible, match="laatste beheerder"):
        close_account(cast.administrator, by=cast.support, now=now)


def test_a_seat_is_not_handed_over_before_it_began(
    cast: Cast, session: Session, now: datetime
) -> None:
    seat = session.scalars(select(Seat).filter_by(person_id=cast.mayor.id)).first()
    assert seat is not None
    with pytest.raises(Refused, match="begon pas op"):
        hand_over_seat(seat, to=None, on=date(2006, 3, 2), by=cast.support, now=now)
    assert seat.person_id == cast.mayor.id
