"""Two people end roles or start bodies at once: the service keeps an administrator."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from overleg.organisations.models import RoleAssignment
from overleg.organisations.states import Role
from tests.at_once import ON_BOTH, at_once
from tests.plugins.application import SignInAs
from tests.plugins.cast import Cast

TODAY = "2026-03-02"


def second_administrator(session: Session, cast: Cast) -> list[RoleAssignment]:
    """The roles of two administrators."""
    session.add(
        RoleAssignment(
            person_id=cast.support.id, role=Role.ADMINISTRATOR, valid_from=date(2025, 1, 1)
        )
    )
    session.commit()
    return list(session.scalars(select(RoleAssignment).filter_by(role=Role.ADMINISTRATOR)))


@ON_BOTH
def test_two_administrators_cannot_both_be_ended_at_once(
    session: Session, cast: Cast, sign_in_as: SignInAs, database_kind: str
) -> None:
    roles = second_administrator(session, cast)
    two = [sign_in_as(cast.administrator), sign_in_as(cast.support)]
    data = {"last_day": TODAY}
    statuses = at_once(
        two, lambda n, c: c.press(f"/beheer/rollen/{roles[n].id}/einde", data).status_code
    )
    session.expire_all()
    left = [role for role in roles if role.valid_to is None]
    assert len(left) == 1
    assert statuses[0] == 302
    assert statuses[1] == 409


@ON_BOTH
def test_two_administrators_cannot_close_each_others_account_at_once(
    session: Session, cast: Cast, sign_in_as: SignInAs, database_kind: str
) -> None:
    second_administrator(session, cast)
    two = [sign_in_as(cast.administrator), sign_in_as(cast.support)]
    for client in two:
        client.open_page()  # whoever is second is signed out before a page could be opened
    closed = [cast.support.id, cast.administrator.id]
    statuses = at_once(
        two, lambda n, c: c.press(f"/beheer/personen/{closed[n]}/account").status_code
    )
    session.expire_all()
    people = [cast.support, cast.administrator]
    assert len([person for person in people if person.disabled_at_utc is None]) == 1
    assert statuses[0] == 302
    assert statuses[1] in {303, 404, 409}
