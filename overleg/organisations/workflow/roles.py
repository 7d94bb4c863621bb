"""Giving and ending roles."""

from datetime import date, datetime

from sqlalchemy import func, or_, select

from overleg.accounts.models import Person
from overleg.accounts.workflow import disable_person
from overleg.audit.states import Verb
from overleg.audit.workflow import Actor, record
from overleg.db import hold_until_commit, new_id, session
from overleg.lib.dates import ONE_DAY, format_date, local_date
from overleg.lib.errors import NotPossible, Refused
from overleg.organisations.models import Body, Organisation, RoleAssignment
from overleg.organisations.states import BODY_ROLES, ORGANISATION_ROLES, OrganisationKind, Role
from overleg.organisations.wording import period_in_words
from overleg.organisations.workflow.seats import end_within

ADVICE = "Geef de rol aan"
OF_MUNICIPALITIES = frozenset({Role.MAYOR, Role.SECRETARIAT, Role.COUNCILLOR})


def grant_role(
    person: Person,
    role: Role,
    *,
    valid_from: date,
    by: Actor,
    now: datetime,
    body: Body | None = None,
    organisation: Organisation | None = None,
    valid_to: date | None = None,
) -> RoleAssignment:
    """Give somebody a role from a day (in Brussels), in a body, for an organisation or everywhere.

    It ends with its organisation. Raises ``Refused`` when place and role don't go together, the end
    lies before the start, the organisation does not exist then, or the person has the role in that
    period already; ``NotPossible`` for a closed account.
    """
    _check_place(role, body, organisation)
    if person.disabled_at_utc is not None:
        raise NotPossible(f"De account van {person.name} is gesloten. Open die eerst opnieuw.")
    assignment = RoleAssignment(
        id=new_id(),
        person_id=person.id,
        role=role,
        body_id=body.id if body else None,
        organisation_id=organisation.id if organisation else None,
        valid_from=valid_from,
        valid_to=end_within(organisation, valid_from, valid_to, ADVICE),
    )
    if _has_same(assignment):
        raise Refused(f"{person.name} heeft deze rol in die periode al.")
    session().add(assignment)
    session().flush()
    _note(Verb.ROLE_GRANTED, assignment, period_in_words(assignment), by=by, now=now)
    return assignment


def end_role(assignment: RoleAssignment, *, on: date, by: Actor, now: datetime) -> None:
    """Let a role end after a day, its last; the day before its first takes it back altogether.

    Raises ``Refused`` for an earlier day or one after its organisation's last, ``NotPossible`` when
    it ended already or when nobody would be administrator any more.
    """
    if assignment.role is Role.ADMINISTRATOR:
        hold_until_commit(RoleAssignment, RoleAssignment.role == Role.ADMINISTRATOR)
        if session().get(RoleAssignment, assignment.id, populate_existing=True) is None:
            raise NotPossible("Deze rol werd net teruggenomen.")
    if on < assignment.valid_from - ONE_DAY:
        raise Refused(
            f"Deze rol begon pas op {format_date(assignment.valid_from)}. Kies een latere dag."
        )
    if assignment.valid_to is not None and assignment.valid_to < min(on, local_date(now)):
        raise NotPossible(f"Deze rol eindigde al op {format_date(assignment.valid_to)}.")
    if assignment.valid_to is not None and assignment.valid_to < on:
        end_within(assignment.organisation, assignment.valid_from, on, ADVICE)
    if assignment.role is Role.ADMINISTRATOR:
        _refuse_last_administrator(assignment.person_id, on)
    if on < assignment.valid_from:
        _note(Verb.ROLE_ENDED, assignment, "teruggenomen: de rol gold geen dag", by=by, now=now)
        session().delete(assignment)
    else:
        last = f"laatste dag {format_date(on)}"
        planned = assignment.valid_to
        told = last if planned is None else f"{last}, eerst {format_date(planned)}"
        assignment.valid_to = on
        _note(Verb.ROLE_ENDED, assignment, told, by=by, now=now)
    session().flush()


def _note(verb: Verb, role: RoleAssignment, why: str, *, by: Actor, now: datetime) -> None:
    label = role.ended_label if verb is Verb.ROLE_ENDED else role.journal_label
    record(verb, role, by=by, now=now, reason=why, about=role.concerns, label=label)


def close_account(person: Person, *, by: Actor, now: datetime) -> None:
    """Close somebody's account. Raises ``NotPossible`` as ``disable_person`` does, and when nobody
    would be administrator any more.
    """
    hold_until_commit(RoleAssignment, RoleAssignment.role == Role.ADMINISTRATOR)
    session().refresh(person)
    _refuse_last_administrator(person.id, local_date(now))
    disable_person(person, by=by, now=now)


def _check_place(role: Role, body: Body | None, organisation: Organisation | None) -> None:
    if role in BODY_ROLES and (body is None or organisation is not None):
        raise Refused(f"De rol {role.label} geldt in een overleg: kies er een.")
    if role in ORGANISATION_ROLES and (organisation is None or body is not None):
        raise Refused(f"De rol {role.label} geldt voor een organisatie: kies er een.")
    if role is Role.ADMINISTRATOR and (body is not None or organisation is not None):
        raise Refused("De rol beheerder geldt voor de hele dienst: kies geen plaats.")
    is_town = organisation is not None and organisation.kind is OrganisationKind.MUNICIPALITY
    if role in OF_MUNICIPALITIES and not is_town:
        raise Refused(f"De rol {role.label} geldt voor een gemeente: kies een gemeente.")


def _has_same(new: RoleAssignment) -> bool:
    same = select(RoleAssignment.id).where(
        RoleAssignment.person_id == new.person_id,
        RoleAssignment.role == new.role,
        RoleAssignment.body_id == new.body_id,
        RoleAssignment.organisation_id == new.organisation_id,
        or_(RoleAssignment.valid_to.is_(None), RoleAssignment.valid_to >= new.valid_from),
    )
    if new.valid_to is not None:
        same = same.where(RoleAssignment.valid_from <= new.valid_to)
    return session().scalar(same.limit(1)) is not None


def _refuse_last_administrator(person_id: str, on: date) -> None:
    """Raise ``NotPossible`` when after a day nobody else would be administrator and could sign in.

    Somebody who is no administrator can always go.
    """
    running = (
        select(func.count(RoleAssignment.id))
        .join(RoleAssignment.person)
        .where(
            RoleAssignment.role == Role.ADMINISTRATOR,
            RoleAssignment.valid_on(on + ONE_DAY),
            Person.disabled_at_utc.is_(None),
        )
    )
    others = running.where(RoleAssignment.person_id != person_id)
    own = running.where(RoleAssignment.person_id == person_id)
    if session().scalar(own) and not session().scalar(others):
        raise NotPossible("Dit is de laatste beheerder. Maak eerst iemand anders beheerder.")
