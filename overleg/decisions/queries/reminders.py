"""What must be reminded of, what waits a while, and what was sent. Days are days in Brussels."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import contains_eager

from overleg.accounts.models import Person
from overleg.agenda.models import AgendaItem
from overleg.db import session
from overleg.decisions.models import (
    FollowUp,
    Outcome,
    ReminderPause,
    ReminderSent,
    ReminderSettings,
)
from overleg.decisions.states import OPEN_FOLLOW_UP
from overleg.one_of import is_one_of
from overleg.organisations.models import Body, Organisation, RoleAssignment
from overleg.organisations.states import Role
from overleg.scheduling.models import Meeting


def settings_of(body: Body) -> ReminderSettings | None:
    """When a body reminds; None is the usual days."""
    return session().get(ReminderSettings, body.id)


def all_settings() -> dict[str, ReminderSettings]:
    """When each body reminds that chose its own days, by body."""
    return {one.body_id: one for one in session().scalars(select(ReminderSettings))}


def pauses_of(rows: Iterable[FollowUp], today: date) -> dict[str, ReminderPause]:
    """The pause that holds for each row, its own or its outcome's: the longest; one statement."""
    rows = list(rows)
    pauses: Sequence[ReminderPause] = (
        session()
        .scalars(
            select(ReminderPause)
            .where(
                ReminderPause.outcome_id.in_(sorted({row.outcome_id for row in rows})),
                ReminderPause.until >= today,
            )
            .order_by(ReminderPause.until, ReminderPause.id)
        )
        .all()
    )
    return {
        row.id: pause
        for pause in pauses
        for row in rows
        if pause.outcome_id == row.outcome_id and pause.follow_up_id in {None, row.id}
    }


def pauses_of_outcome(outcome: Outcome, today: date) -> Sequence[ReminderPause]:
    """The pauses of an outcome and its rows that hold today, the longest last."""
    return (
        session()
        .scalars(
            select(ReminderPause)
            .where(ReminderPause.outcome_id == outcome.id, ReminderPause.until >= today)
            .order_by(ReminderPause.until, ReminderPause.id)
        )
        .all()
    )


def rows_to_remind(before: date, today: date) -> Sequence[FollowUp]:
    """Open rows with a date up to and including ``before`` that nothing pauses.

    In order of date, outcome and municipality. A council that waits for its college is not asked
    yet.
    """
    paused = exists().where(
        ReminderPause.outcome_id == FollowUp.outcome_id,
        or_(ReminderPause.follow_up_id.is_(None), ReminderPause.follow_up_id == FollowUp.id),
        ReminderPause.until >= today,
    )
    return (
        session()
        .scalars(
            select(FollowUp)
            .join(FollowUp.outcome)
            .join(Outcome.item)
            .join(AgendaItem.meeting)
            .join(FollowUp.organisation)
            .where(
                is_one_of(FollowUp.state, OPEN_FOLLOW_UP),
                FollowUp.due_on <= before,
                ~FollowUp.waits_for_college,
                ~paused,
            )
            .options(
                contains_eager(FollowUp.outcome)
                .contains_eager(Outcome.item)
                .contains_eager(AgendaItem.meeting)
                .joinedload(Meeting.body),
                contains_eager(FollowUp.organisation),
            )
            .order_by(FollowUp.due_on, Outcome.title, Outcome.id, Organisation.name, FollowUp.id)
        )
        .all()
    )


def last_sent(follow_up_ids: Collection[str]) -> dict[tuple[str, str, bool], date]:
    """When each row last stood in somebody's reminder: by row, person, and escalation or not."""
    rows = session().execute(
        select(
            ReminderSent.follow_up_id,
            ReminderSent.person_id,
            ReminderSent.is_escalation,
            func.max(ReminderSent.sent_on),
        )
        .where(ReminderSent.follow_up_id.in_(sorted(follow_up_ids)))
        .group_by(ReminderSent.follow_up_id, ReminderSent.person_id, ReminderSent.is_escalation)
    )
    return {(row, person, escalated): day for row, person, escalated, day in rows}


def reminded_today(today: date) -> set[str]:
    """Who had a reminder today already."""
    return set(session().scalars(select(ReminderSent.person_id).filter_by(sent_on=today)))


def support_of_bodies(body_ids: Collection[str], on: date) -> dict[str, list[Person]]:
    """The support staff of each body on a day, by name; one statement."""
    rows = session().execute(
        select(RoleAssignment.body_id, Person)
        .join(Person, Person.id == RoleAssignment.person_id)
        .where(
            RoleAssignment.body_id.in_(sorted(body_ids)),
            RoleAssignment.role == Role.SUPPORT,
            RoleAssignment.valid_on(on),
            Person.disabled_at_utc.is_(None),
        )
        .order_by(Person.name, Person.id)
    )
    found: dict[str, list[Person]] = {}
    for body_id, person in rows:
        found.setdefault(str(body_id), []).append(person)
    return found
